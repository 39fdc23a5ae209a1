//! `POST /api/readings`: readings of meters, from the machine that a feed belongs to. What is answered is durable.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use heng_office::clock;
use heng_quantity::Finding;
use heng_telemetry::readings::form::{Form, read as understood};
use heng_telemetry::readings::{Ingested, Readings};
use heng_wording::Words;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::own::facts;
use crate::access::{Action, Matter};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// Where it is asked, and the only address where a token counts.
pub(crate) const ADDRESS: &str = "/api/readings";

/// Whose readings.
#[derive(Deserialize)]
pub(crate) struct Asked {
    feed: String,
}

/// `POST /api/readings`
pub(crate) async fn take(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(asked): Query<Asked>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|rejection| Problem::of_status(rejection.status()))?;
    read(portal, move |portal| {
        let readings: &Readings =
            portal.readings().ok_or_else(|| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "readings-closed"))?;
        // A feed that nobody declared belongs to nobody, and nobody may send it: who knocks does not learn which feeds there are.
        let feed = readings.feeds().named(&asked.feed);
        let matter = Matter { keeper: feed.and_then(|feed| feed.party.clone()), ..Matter::default() };
        portal.require(&visit, Action::SendReadings, &matter)?;
        let batch = understood(Form::of(&body), &body, feed.and_then(|feed| feed.utc_offset));
        let ingested = readings
            .ingest(&asked.feed, batch, clock::now().as_millisecond())
            .map_err(|error| Problem { status: StatusCode::SERVICE_UNAVAILABLE, ..Problem::failure(error) })?;
        facts(&Answer::of(&ingested, portal.words(visit.language())))
    })
    .await
}

/// What became of a message, with its findings in the reader's language.
#[derive(Serialize)]
struct Answer {
    readings: u64,
    added: u64,
    again: u64,
    conflicts: u64,
    late: u64,
    early: u64,
    rejected: u64,
    findings: Vec<Value>,
}

impl Answer {
    fn of(ingested: &Ingested, words: &Words) -> Self {
        let said = |finding: &Finding| {
            json!({
                "code": finding.code,
                "severity": finding.severity,
                "data": finding.data,
                "message": words.finding(&finding.code, &finding.data),
            })
        };
        let Ingested { readings, added, again, conflicts, late, early, rejected, ref findings } = *ingested;
        let findings = findings.iter().map(said).collect();
        Self { readings, added, again, conflicts, late, early, rejected, findings }
    }
}
