//! The field sheet: begun for an instrument, filled row by row with the verdict beside it, signed when nothing is missing.

mod band;
mod begin;
mod bench;
mod budget;
mod fields;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use heng_office::drafts::{Draft, NotSaved};
use heng_office::{Failure, Moment, clock};
use heng_rule::Refusal;
use heng_statement::StatementHash;
use heng_supervision::sheet::rows_field;

use super::refusal::{Reason, reasons};
use crate::access::{Action, Matter};
use crate::frame::address;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;
pub(crate) use begin::{begin, page as beginning};
use bench::Bench;
use view::{Said, sheet_page};

/// Fields of a sheet, and the longest text of one.
const MOST_FIELDS: usize = 3_000;
const LONGEST_TEXT: usize = 500;

/// What a browser sends of a sheet.
type Fields = BTreeMap<String, String>;

/// The draft, if the visitor may do this with it.
fn own(portal: &Portal, visit: &Visit, id: &str, action: Action) -> Result<Draft, Problem> {
    let draft = portal.office().drafts().draft(id)?;
    let draft = draft.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "no-draft"))?;
    let matter = Matter {
        laboratory: Some(draft.laboratory.clone()),
        verifier: Some(draft.by.clone()),
        reviewer: draft.reviewer.clone(),
        ..Matter::default()
    };
    portal.require(visit, action, &matter)?;
    Ok(draft)
}

/// Whether nothing was signed of it. A crash may have come between the naming of the record and its signing.
pub(crate) fn is_open(portal: &Portal, draft: &Draft) -> Result<bool, Problem> {
    Ok(match &draft.signed {
        Some(named) => portal.store().index_of(named)?.is_none(),
        None => true,
    })
}

/// Where a signed sheet is now: with its reviewer, unless it was sent back.
fn elsewhere(portal: &Portal, draft: &Draft) -> Result<Option<String>, Problem> {
    let is_open = is_open(portal, draft)?;
    let Some(signed) = draft.signed.as_ref().filter(|_| !is_open) else { return Ok(None) };
    let inventory = portal.inventory()?;
    let is_back = inventory.work_of(signed).is_some_and(|work| work.returned.is_some());
    Ok((!is_back).then(|| address("/laboratory/record/", signed)))
}

/// `/laboratory/sheet/{draft}`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let draft = own(portal, &visit, &id, Action::ReadSheet)?;
        if let Some(elsewhere) = elsewhere(portal, &draft)? {
            return Ok(Redirect::to(&elsewhere).into_response());
        }
        sheet_page(portal, &visit, &Bench::of(portal, visit.person(), draft)?, Said::default())
    })
    .await
}

/// `POST /laboratory/sheet/{draft}`: saves, and signs where that was asked.
pub(crate) async fn fill(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let draft = own(portal, &visit, &id, Action::FillSheet)?;
        if let Some(elsewhere) = elsewhere(portal, &draft)? {
            return Ok(Redirect::to(&elsewhere).into_response());
        }
        let signs = fields.get("act").is_some_and(|act| act == "sign");
        let added = fields.get("act").and_then(|act| added_rows(act)).map(|(item, _)| item.to_owned());
        let typed = filled(draft, fields)?;
        let saved = match portal.office().drafts().save(typed.clone(), clock::now()) {
            Ok(saved) => saved,
            Err(NotSaved::Changed(revision)) => return changed_in_between(portal, &visit, typed, revision),
            Err(NotSaved::Gone) => return Err(Problem::new(StatusCode::NOT_FOUND, "no-draft")),
            Err(NotSaved::Failure(failure)) => return Err(failure.into()),
        };
        match added {
            _ if signs => sign(portal, &visit, saved),
            Some(item) => Ok(Redirect::to(&format!("{}#item-{item}", sheet(&id))).into_response()),
            None => Ok(Redirect::to(&sheet(&id)).into_response()),
        }
    })
    .await
}

/// `POST /laboratory/sheet/{draft}/live`: the page as it would be with what is typed now; nothing is saved.
pub(crate) async fn live(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let draft = own(portal, &visit, &id, Action::FillSheet)?;
        let bench = Bench::of(portal, visit.person(), filled(draft, fields)?)?;
        sheet_page(portal, &visit, &bench, Said::default())
    })
    .await
}

/// `POST /laboratory/sheet/{draft}/discard`
pub(crate) async fn discard(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        own(portal, &visit, &id, Action::FillSheet)?;
        portal.office().drafts().discard(&id)?;
        Ok(Redirect::to("/laboratory").into_response())
    })
    .await
}

/// The item that gets a row, and the rows it has then: `rows:weighing:7`.
fn added_rows(act: &str) -> Option<(&str, &str)> {
    act.strip_prefix("rows:")?.rsplit_once(':')
}

fn sheet(id: &str) -> String {
    format!("/laboratory/sheet/{id}")
}

/// The draft with what was typed, as it was typed.
fn filled(mut draft: Draft, mut fields: Fields) -> Result<Draft, Problem> {
    let is_too_long = |(name, text): (&String, &String)| name.len() > 100 || text.chars().count() > LONGEST_TEXT;
    if fields.len() > MOST_FIELDS || fields.iter().any(is_too_long) {
        return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    // A button that adds a row says how many rows its item has from now on.
    if let Some(act) = fields.remove("act")
        && let Some((item, rows)) = added_rows(&act)
    {
        fields.insert(rows_field(item), rows.to_owned());
    }
    // Without the revision that was on the page nobody knows what is being overwritten.
    let revision = fields.remove("revision").and_then(|revision| revision.parse().ok());
    draft.revision = revision.ok_or_else(|| Problem::of_status(StatusCode::BAD_REQUEST))?;
    draft.reviewer = fields.remove("reviewer").filter(|reviewer| !reviewer.is_empty());
    fields.retain(|_, text| !text.trim().is_empty());
    draft.values = fields;
    Ok(draft)
}

/// Somebody saved the sheet meanwhile: both are shown to be different, and nothing is lost.
fn changed_in_between(portal: &Portal, visit: &Visit, mut typed: Draft, revision: u64) -> Result<Response, Problem> {
    typed.revision = revision;
    let said = Said { changed: true, reasons: Vec::new() };
    let mut response = sheet_page(portal, visit, &Bench::of(portal, visit.person(), typed)?, said)?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

/// Signs what was observed. Whatever is missing is refused with its reason, and the draft is still there.
fn sign(portal: &Portal, visit: &Visit, draft: Draft) -> Result<Response, Problem> {
    let words = portal.words(visit.language());
    let bench = Bench::of(portal, visit.person(), draft)?;
    let matter = Matter { verifier: Some(bench.draft.by.clone()), ..Matter::default() };
    portal.require(visit, Action::SignRecord, &matter)?;
    let missing = bench.missing(words);
    let refused = |reasons: Vec<Reason>| -> Result<Response, Problem> {
        let mut response = sheet_page(portal, visit, &bench, Said { changed: false, reasons })?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(response)
    };
    if !missing.is_empty() {
        return refused(missing);
    }
    let at = clock::now();
    // The draft names the record before it is in the log: after a crash the log tells whether it was signed.
    let note = |hash: &StatementHash| {
        let mut named = bench.draft.clone();
        named.signed = Some(hash.clone());
        portal.office().drafts().save(named, at).map(|_| ()).map_err(|error| match error {
            NotSaved::Failure(failure) => failure,
            NotSaved::Changed(_) | NotSaved::Gone => Failure::new("error-draft-name").with("name", &bench.draft.id),
        })
    };
    let record = bench.read.record.clone();
    match portal.desk()?.measure_noted(record, Moment { at, day: clock::day(at) }, note) {
        Ok(hash) => Ok(Redirect::to(&address("/laboratory/record/", &hash)).into_response()),
        Err(why) => refused(reasons(why, words)?),
    }
}

/// A reason of our own, without a norm.
fn plain(sentence: String) -> Reason {
    Reason { sentence, norm: None, is_unread: false }
}

/// The codes of refusals that only say that the sheet is not finished.
fn is_of_unfinished(refusal: &Refusal) -> bool {
    refusal.code.ends_with("-missing") || refusal.code.starts_with("values-missing")
}
