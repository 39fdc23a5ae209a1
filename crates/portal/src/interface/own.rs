//! The facts of the pages behind the sign-in: for nobody else's eyes, and kept by no one on the way.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use heng_view::service::causes::SIGNIFICANCE;
use serde::Serialize;
use serde_json::{Value, json};

use crate::access::{Action, refused};
use crate::district::matrix::{Axes, Count, matrix};
use crate::district::page::{Cell, instruments};
use crate::facts::day::day as day_of;
use crate::facts::service::causes::{self as failing, CausesSeen};
use crate::facts::service::matrix::{self as watched, service_matrix};
use crate::laboratory::tasks;
use crate::owner::holdings::holdings as of_organisation;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// Facts for nobody else.
pub(super) fn facts(facts: &impl Serialize) -> Result<Response, Problem> {
    let text = serde_json::to_string(facts).map_err(Problem::failure)?;
    Ok(([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")], text).into_response())
}

/// `/api/day`
pub(crate) async fn day(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let person = visit.person().ok_or_else(|| refused(&visit, Action::SeeOwnDay))?;
        facts(&day_of(portal, person, portal.words(visit.language()))?)
    })
    .await
}

/// `/api/holdings`
pub(crate) async fn holdings(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| facts(&of_organisation(portal, &visit)?)).await
}

/// `/api/laboratory`
pub(crate) async fn laboratory(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let person = visit.person().ok_or_else(|| refused(&visit, Action::EnterLaboratory))?;
        facts(&tasks::tasks(portal, person, portal.words(visit.language()))?)
    })
    .await
}

/// `/api/districts`
pub(crate) async fn districts(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(cell): Query<Cell>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let person = visit.person().ok_or_else(|| refused(&visit, Action::EnterDistricts))?;
        let on = portal.today();
        let axes = cell.axes();
        let counted = matrix(&*portal.inventory()?, portal.catalogue(), on, axes);
        let [row, rows, column, columns] = match axes {
            Axes::DistrictsByKind => ["district", "districts", "kind", "kinds"],
            Axes::KeepersByDistrict(_) => ["keeper", "keepers", "district", "districts"],
        };
        let by_column = |counts: &[Count]| -> Vec<Value> {
            counted.columns.iter().zip(counts).map(|(name, count)| counted_as(column, name, *count)).collect()
        };
        let all_rows: Vec<Value> = counted
            .rows
            .iter()
            .map(|(name, counts, total)| json!({ row: name, columns: by_column(counts), "total": total }))
            .collect();
        facts(&json!({
            "day": on,
            rows: all_rows,
            columns: by_column(&counted.totals),
            "total": counted.total,
            "others": counted.others,
            "instruments": instruments(portal, &visit, &cell, &person.districts)?,
        }))
    })
    .await
}

/// `/api/service/matrix`
pub(crate) async fn service(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(cell): Query<watched::Cell>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let counted = service_matrix(portal, &visit, &cell)?;
        let rows = counted.rows.iter().map(|(keeper, counts)| {
            let in_district = |(district, count): (&String, &watched::Count)| {
                json!({
                    "district": district,
                    "all": count.all,
                    "alarming": count.alarming,
                    "undecided": count.undecided,
                })
            };
            let occurring = counted.districts.iter().zip(counts).filter(|(_, count)| count.all > 0);
            json!({ "keeper": keeper, "districts": occurring.map(in_district).collect::<Vec<Value>>() })
        });
        facts(&json!({ "of": cell.watched().code(), "keepers": rows.collect::<Vec<Value>>(), "instruments": counted.list }))
    })
    .await
}

/// `/api/service/causes`
pub(crate) async fn causes(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let CausesSeen { causes, unread } = failing::causes(portal, &visit)?;
        facts(&json!({
            "looked": causes.looked,
            "failed": causes.failed,
            "groups": causes.groups,
            "significance": SIGNIFICANCE,
            "networks_not_read": unread,
            "found": causes.found,
        }))
    })
    .await
}

fn counted_as(column: &str, name: &str, count: Count) -> Value {
    json!({ column: name, "all": count.all, "in_time": count.in_time })
}
