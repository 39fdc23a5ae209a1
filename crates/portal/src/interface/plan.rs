//! The plan for programs: the facts of each of its pages.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;

use super::facts;
use crate::plan::asked::Asked;
use crate::plan::{conflicts, department, forecasts, indicator, matrix, norms, progress};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;

type Answer = Result<Response, Problem>;

/// `/api/plan`
pub(crate) async fn plan(State(portal): State<Arc<Portal>>, Query(asked): Query<Asked>) -> Answer {
    read(portal, move |portal| facts(&matrix::facts(portal, &asked)?)).await
}

/// `/api/plan/{indicator}`
pub(crate) async fn one(
    State(portal): State<Arc<Portal>>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    read(portal, move |portal| facts(&indicator::facts(portal, &id, &asked)?)).await
}

/// `/api/plan/department/{name}`
pub(crate) async fn of_department(
    State(portal): State<Arc<Portal>>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    read(portal, move |portal| facts(&department::facts(portal, &name, &asked)?)).await
}

/// `/api/plan/conflicts`
pub(crate) async fn of_conflicts(State(portal): State<Arc<Portal>>, Query(asked): Query<Asked>) -> Answer {
    read(portal, move |portal| facts(&conflicts::facts(portal, &asked)?)).await
}

/// `/api/plan/forecasts`
pub(crate) async fn of_forecasts(State(portal): State<Arc<Portal>>, Query(asked): Query<Asked>) -> Answer {
    read(portal, move |portal| facts(&forecasts::facts(portal, &asked)?)).await
}

/// `/api/plan/norms`
pub(crate) async fn of_norms(State(portal): State<Arc<Portal>>, Query(asked): Query<Asked>) -> Answer {
    read(portal, move |portal| facts(&norms::facts(portal, &asked)?)).await
}

/// `/api/plan/progress`
pub(crate) async fn of_progress(State(portal): State<Arc<Portal>>, Query(asked): Query<Asked>) -> Answer {
    read(portal, move |portal| facts(&progress::facts(portal, &asked)?)).await
}
