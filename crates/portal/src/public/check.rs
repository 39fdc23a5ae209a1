//! The public check: a number, an address from a paper's QR code, or a file; the same answer as `heng check` offline.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use heng_checker::{Given, Report};
use heng_statement::{SignedStatement, StatementHash};
use serde::Deserialize;

use crate::facts::certificate::{CertificateFacts, certificate_facts};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::answer::{Told, told};
use crate::public::files::files;
use crate::public::line::{VerdictLine, verdict_line};
use crate::public::uncertainty::evaluated::BOUNDS;
use crate::public::who::who;
use crate::router::read;
use crate::uploads::{given, look};
use crate::visit::Visit;

/// What a reader asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    number: String,
}

/// One answer, with what the store knows of the certificate.
struct Answered {
    told: Told,
    known: Option<Known>,
}

struct Known {
    facts: CertificateFacts,
    line: VerdictLine,
    page: String,
    /// The address of the bundle, where the visitor may have it.
    bundle: Option<String>,
    files: Vec<(String, String)>,
    thing: String,
}

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage<'a> {
    frame: &'a Frame<'a>,
    answers: Vec<Answered>,
    is_of_file: bool,
}

/// `/check?number=…`: what the form without scripts asks; the answer has the address that the QR code has.
pub(crate) async fn by_query(Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let asked = asked.number.trim();
    if asked.is_empty() {
        return Ok(Redirect::to("/").into_response());
    }
    let is_thing = ["thing:", "party:", "rule:"].iter().any(|kind| asked.starts_with(kind));
    let folder = if is_thing { "/thing/" } else { "/check/" };
    Ok(Redirect::to(&address(folder, asked)).into_response())
}

/// `/check/{number}`
pub(crate) async fn by_number(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let number = number.trim();
        let reports = checked(portal, number)?;
        page(portal, &visit, &reports, false)
    })
    .await
}

/// `POST /check`: files as a browser's form sends them.
pub(crate) async fn of_file(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    files: Multipart,
) -> Result<Response, Problem> {
    let upload = given(&portal, files).await?;
    look(portal, upload, move |portal, files| {
        let reports = checked_files(portal, files)?;
        page(portal, &visit, &reports, true)
    })
    .await
}

/// The last version of the certificate with this number.
pub(crate) fn found(portal: &Portal, number: &str) -> Result<Arc<SignedStatement>, Problem> {
    let hash = numbered(portal, number)?;
    portal.statement(&hash)?.ok_or_else(|| Problem::failure(format!("no statement {hash}")))
}

/// Its statement's hash.
fn numbered(portal: &Portal, number: &str) -> Result<StatementHash, Problem> {
    let inventory = portal.inventory()?;
    if let Some(certified) = inventory.numbered(number) {
        return Ok(certified.hash.clone());
    }
    let near = inventory.numbers_near(number);
    Err(Problem::new(StatusCode::NOT_FOUND, "no-certificate").with("number", number).near("/check/", near))
}

/// What the checker says of the certificate with this number, as of now.
pub(crate) fn checked(portal: &Portal, number: &str) -> Result<Vec<Report>, Problem> {
    Ok(vec![portal.report(&numbered(portal, number)?)?])
}

/// What the checker says of files, with this store's policy; models in them are computed again as far as a page computes models.
pub(crate) fn checked_files(portal: &Portal, files: &[(String, Vec<u8>)]) -> Result<Vec<Report>, Problem> {
    let given: Vec<Given<'_>> = files.iter().map(|(name, bytes)| Given { name, bytes }).collect();
    heng_checker::check_within(&given, portal.policy(), &BOUNDS)
        .map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "not-checkable").with("file", error.name))
}

fn page(portal: &Portal, visit: &Visit, reports: &[Report], is_of_file: bool) -> Result<Response, Problem> {
    let words = portal.words(visit.language());
    let named = |id: &str| name(portal, visit, id);
    let mut answers = Vec::new();
    for report in reports {
        let known = match &report.number {
            Some(number) => known(portal, visit, number)?,
            None => None,
        };
        answers.push(Answered { told: told(report, words, &named), known });
    }
    let title = match answers.as_slice() {
        [Answered { told, .. }] => {
            format!("{} {}", told.word, told.number.as_deref().unwrap_or_default())
        }
        _ => words.say("portal-check-title", &[]),
    };
    let frame = Frame::new(portal, visit, Place::Check, title);
    Ok(html(&CheckPage { frame: &frame, answers, is_of_file }))
}

/// The name of a party or of a thing, as the visitor may know it.
fn name(portal: &Portal, visit: &Visit, id: &str) -> Option<String> {
    let words = portal.words(visit.language());
    let known = portal.known_as(visit, id).ok()?;
    if known.name.is_some() || known.of.is_some() {
        return Some(who(id, known.name.as_ref(), known.of.as_ref(), words));
    }
    let inventory = portal.inventory().ok()?;
    let registration = inventory.thing(id)?.registration.as_ref()?;
    Some(one_of(&registration.name, words.language()).to_owned())
}

/// What this store knows of the certificate; a file may be of a certificate that it never issued.
fn known(portal: &Portal, visit: &Visit, number: &str) -> Result<Option<Known>, Problem> {
    let hash = portal.inventory()?.numbered(number).map(|certified| certified.hash.clone());
    let Some(signed) = hash.map(|hash| portal.statement(&hash)).transpose()?.flatten() else { return Ok(None) };
    let Some(facts) = certificate_facts(portal, visit, &signed)? else { return Ok(None) };
    let page = address("/certificate/", number);
    let mut files = files(&facts);
    let bundle = files.pop().map(|(_, address)| address);
    Ok(Some(Known {
        line: verdict_line(&facts, portal.words(visit.language())),
        bundle,
        files,
        thing: address("/thing/", facts.certificate.instrument.id.as_deref().unwrap_or_default()),
        facts,
        page,
    }))
}
