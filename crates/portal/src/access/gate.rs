//! The gate: before any handler, is this address one of ours, and may this visitor knock there at all.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::endpoints::{ENDPOINTS, action};
use super::{Action, Matter};
use crate::frame::address;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::visit::Visit;

/// Lets a request through, sends a visitor to the door, or refuses.
pub(crate) async fn gate(State(portal): State<Arc<Portal>>, visit: Visit, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let method = request.method().clone();
    let Some(action) = path.as_deref().and_then(|path| action(&method, path)) else {
        // The router itself answers a method that a known route has not; a route that the list lacks is answered to nobody.
        let is_known = path.is_some_and(|path| ENDPOINTS.iter().any(|endpoint| endpoint.path == path));
        return if is_known { next.run(request).await } else { Problem::no_page().into_response() };
    };
    if portal.access().allows(visit.person(), action.at_the_gate(), &Matter::default()) {
        return next.run(request).await;
    }
    if visit.person().is_none() && method == Method::GET && !visit.is_of_program() {
        return Redirect::to(&address("/sign-in?to=", visit.path())).into_response();
    }
    refused(&visit, action).into_response()
}

/// Why somebody may not: unknown people are asked who they are.
pub(crate) fn refused(visit: &Visit, action: Action) -> Problem {
    match visit.person() {
        None => Problem::new(StatusCode::UNAUTHORIZED, "sign-in-first"),
        Some(person) => Problem::new(StatusCode::FORBIDDEN, "not-allowed")
            .with("action", action.name())
            .with("person", person.name.zh.clone()),
    }
}

impl Portal {
    /// Refuses what the policy does not allow this visitor to do with this.
    pub(crate) fn require(&self, visit: &Visit, action: Action, matter: &Matter) -> Result<(), Problem> {
        if self.access().allows(visit.person(), action, matter) { Ok(()) } else { Err(refused(visit, action)) }
    }
}
