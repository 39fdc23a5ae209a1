//! The facts of every public page as JSON under `/api`, and their description as OpenAPI 3.1.
//!
//! The description is kept by hand beside the routes, and a test compares both: it says in words what a derived one cannot, and needs no
//! further library.

pub(crate) mod own;
pub(crate) mod plan;
pub(crate) mod readings;
pub(crate) mod uncertainty;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Multipart, Path, Query, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use heng_checker::{Answer, Check, Outcome, Report};
use heng_office::charging::readings_json;
use heng_office::said;
use heng_quantity::Finding;
use heng_wording::Words;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;

use crate::facts::certificate::certificate_facts;
use crate::facts::chain::{chain_facts, downwards};
use crate::facts::register::register as search;
use crate::facts::statement::statement_facts;
use crate::facts::thing::{thing_facts, thing_json};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::check::{checked, checked_files, found};
use crate::public::register::{Typed, example_of};
use crate::public::session;
use crate::router::read;
use crate::uploads::{given, look};
use crate::visit::Visit;

const DESCRIPTION: &str = include_str!("../assets/openapi.json");

/// `/api/openapi.json`
pub(crate) async fn description() -> Response {
    answered(DESCRIPTION)
}

/// Public facts: any page of any site may read them.
fn answered(json: impl IntoResponse) -> Response {
    let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    (headers, json).into_response()
}

fn facts(facts: &impl Serialize) -> Result<Response, Problem> {
    serde_json::to_vec(facts).map(answered).map_err(Problem::failure)
}

/// Facts of which a signed-in visitor may see more than others: those are for nobody else, and kept by no one on the way.
fn seen(visit: &Visit, facts: &impl Serialize) -> Result<Response, Problem> {
    match visit.person() {
        Some(_) => own::facts(facts),
        None => self::facts(facts),
    }
}

/// `/api/check/{number}`
pub(crate) async fn check(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let reports = checked(portal, &number)?;
        facts(&in_words(&reports, portal.words(visit.language())))
    })
    .await
}

/// `POST /api/check`
pub(crate) async fn check_files(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    files: Multipart,
) -> Result<Response, Problem> {
    let upload = given(&portal, files).await?;
    look(portal, upload, move |portal, files| {
        let reports = checked_files(portal, files)?;
        facts(&in_words(&reports, portal.words(visit.language())))
    })
    .await
}

/// `POST /api/session`: what `heng ocmf check --json` gives.
pub(crate) async fn check_session(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    files: Multipart,
) -> Result<Response, Problem> {
    let upload = given(&portal, files).await?;
    look(portal, upload, move |portal, files| {
        let checked = session::checked(portal, files)?;
        facts(&readings_json(&checked.named(), portal.words(visit.language())))
    })
    .await
}

/// Reports with their sentences in the reader's language.
#[derive(Serialize)]
struct InWords<'a> {
    reports: Vec<ReportInWords<'a>>,
}

#[derive(Serialize)]
struct ReportInWords<'a> {
    number: &'a Option<String>,
    answer: Answer,
    valid_through: Option<Date>,
    as_of: Option<Timestamp>,
    synthetic: bool,
    checks: Vec<CheckInWords<'a>>,
    findings: &'a [Finding],
}

#[derive(Serialize)]
struct CheckInWords<'a> {
    name: &'static str,
    subject: &'a str,
    outcome: Outcome,
    code: &'a str,
    data: &'a BTreeMap<String, String>,
    sentence: String,
}

fn in_words<'a>(reports: &'a [Report], words: &Words) -> InWords<'a> {
    let check = |check: &'a Check| CheckInWords {
        name: check.name,
        subject: &check.subject,
        outcome: check.outcome,
        code: &check.reason.code,
        data: &check.reason.data,
        sentence: said::reason(&check.reason, words),
    };
    let report = |report: &'a Report| ReportInWords {
        number: &report.number,
        answer: report.answer(),
        valid_through: report.valid_through,
        as_of: report.as_of,
        synthetic: report.synthetic,
        checks: report.checks.iter().map(check).collect(),
        findings: &report.findings,
    };
    InWords { reports: reports.iter().map(report).collect() }
}

/// `/api/certificate/{number}`
pub(crate) async fn certificate(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let signed = found(portal, &number)?;
        let certificate = certificate_facts(portal, &visit, &signed)?.ok_or_else(Problem::no_page)?;
        let chain = chain_facts(portal, &visit, &certificate.statement)?;
        let downwards = downwards(portal, &certificate.statement)?;
        seen(&visit, &json!({ "certificate": certificate, "chain": chain, "downwards": downwards }))
    })
    .await
}

/// `/api/thing/{id}`
pub(crate) async fn thing(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| match visit.person() {
        Some(_) => own::facts(&thing_facts(portal, &visit, &id)?),
        None => Ok(answered(thing_json(portal, &visit, &id)?)),
    })
    .await
}

/// `/api/statement/{hash}`
pub(crate) async fn statement(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(hash): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| seen(&visit, &statement_facts(portal, &visit, &hash)?)).await
}

/// `/api/register`
pub(crate) async fn register(
    State(portal): State<Arc<Portal>>,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let (wanted, unreadable) = typed.wanted();
        if let Some(field) = unreadable.first() {
            return Err(wrong_field("register-unreadable", field).with("example", example_of(field)));
        }
        match search(portal, &wanted)? {
            Ok(found) => facts(&found),
            Err(faults) => Err(faults.first().map_or_else(Problem::no_page, |fault| {
                wrong_field("register-other-quantity", fault.field).with("example", fault.example.value_text())
            })),
        }
    })
    .await
}

fn wrong_field(code: &'static str, field: &str) -> Problem {
    Problem::new(axum::http::StatusCode::BAD_REQUEST, code).with("field", field)
}
