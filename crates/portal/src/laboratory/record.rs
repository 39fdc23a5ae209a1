//! A record under review: what it would be certified as, and the reviewer's answer. Nobody reviews what they measured.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use heng_exchange::document::sections_html;
use heng_office::{Foreseen, Moment, clock};
use heng_view::inventory::Work;
use serde::Deserialize;

use super::refusal::{Reason, reasons};
use crate::access::{Action, Matter};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::why::outcome_in;
use crate::router::read;
use crate::visit::Visit;

/// Longer reasons are refused.
const LONGEST_REASON: usize = 500;

/// The reviewer's answer.
#[derive(Deserialize)]
pub(crate) struct Answer {
    /// `approve` or `return`.
    answer: String,
    #[serde(default)]
    reason: String,
}

/// What is said of an answer that was not taken.
#[derive(Default)]
struct Said {
    reasons: Vec<Reason>,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage<'a> {
    frame: &'a Frame<'a>,
    name: String,
    what: String,
    statement: String,
    verifier: String,
    reviewer: String,
    day: String,
    verdict: Option<(&'static str, String)>,
    rule: String,
    /// Whether it would give values and no verdict.
    is_calibration: bool,
    through: Option<String>,
    /// Escaped by the crate that made it.
    results: String,
    findings: Vec<String>,
    reasons: Vec<Reason>,
    returned: Option<String>,
    may_review: bool,
    wrong: Option<String>,
}

/// A record that waits, and what the policy asks about it.
fn waiting(portal: &Portal, hash: &str) -> Result<(Work, Matter), Problem> {
    let inventory = portal.inventory()?;
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "no-record");
    let work = inventory.work_of(hash).cloned().ok_or_else(unknown)?;
    let matter = Matter {
        laboratory: inventory.party(&work.verifier).and_then(|party| party.of.clone()),
        verifier: Some(work.verifier.clone()),
        reviewer: Some(work.reviewer.clone()),
        ..Matter::default()
    };
    Ok((work, matter))
}

fn moment() -> Moment {
    let at = clock::now();
    Moment { at, day: clock::day(at) }
}

/// `/laboratory/record/{hash}`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(hash): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        // Once certified it waits no longer; its certificate is its page.
        if let Some(number) = certified_as(portal, &hash)? {
            return Ok(Redirect::to(&address("/certificate/", &number)).into_response());
        }
        let (work, matter) = waiting(portal, &hash)?;
        portal.require(&visit, Action::ReadRecord, &matter)?;
        shown(portal, &visit, (&hash, &work, &matter), Said::default())
    })
    .await
}

/// `POST /laboratory/record/{hash}`
pub(crate) async fn answer(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(hash): Path<String>,
    Form(typed): Form<Answer>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        if let Some(number) = certified_as(portal, &hash)? {
            return Ok(Redirect::to(&address("/certificate/", &number)).into_response());
        }
        let (work, matter) = waiting(portal, &hash)?;
        portal.require(&visit, Action::Review, &matter)?;
        let words = portal.words(visit.language());
        let desk = portal.desk()?;
        let reason = typed.reason.trim();
        let refused = |refused| -> Result<Response, Problem> {
            let said = Said { reasons: reasons(refused, words)?, wrong: None };
            let mut response = shown(portal, &visit, (&hash, &work, &matter), said)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        };
        match typed.answer.as_str() {
            "approve" => match desk.approve(&hash, &work.reviewer, moment()) {
                Ok(issued) => Ok(Redirect::to(&address("/certificate/", &issued.certificate.number)).into_response()),
                Err(why) => refused(why),
            },
            "return" if (1..=LONGEST_REASON).contains(&reason.chars().count()) => {
                match desk.send_back(&hash, &work.reviewer, reason, moment()) {
                    Ok(_) => Ok(Redirect::to("/laboratory").into_response()),
                    Err(why) => refused(why),
                }
            }
            _ => {
                let longest = LONGEST_REASON.to_string();
                let wrong = words.say("laboratory-reason-wrong", &[("longest", &longest)]);
                let said = Said { reasons: Vec::new(), wrong: Some(wrong) };
                let mut response = shown(portal, &visit, (&hash, &work, &matter), said)?;
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
                Ok(response)
            }
        }
    })
    .await
}

/// The number under which a record was certified.
fn certified_as(portal: &Portal, hash: &str) -> Result<Option<String>, Problem> {
    let citing = portal.store().citing(hash)?;
    let inventory = portal.inventory()?;
    Ok(citing.iter().find_map(|entry| inventory.certificate(&entry.hash)).map(|certified| certified.number.clone()))
}

fn shown(
    portal: &Portal,
    visit: &Visit,
    (hash, work, matter): (&String, &Work, &Matter),
    said: Said,
) -> Result<Response, Problem> {
    let words = portal.words(visit.language());
    let desk = portal.desk()?;
    let Said { reasons: mut because, wrong } = said;
    let foreseen = match desk.waiting(hash, moment()) {
        Ok(foreseen) => Some(foreseen),
        Err(why) => {
            if because.is_empty() {
                because = reasons(why, words)?;
            }
            None
        }
    };
    let person = |id: &str| {
        desk.introduced(id).map_or_else(|| id.to_owned(), |party| one_of(&party.name, visit.language()).to_owned())
    };
    let (name, what) = {
        let inventory = portal.inventory()?;
        let registration = inventory.thing(&work.thing).and_then(|thing| thing.registration.as_ref());
        let name = registration.map(|one| one_of(&one.name, visit.language()).to_owned());
        let instrument = registration.and_then(|one| one.instrument.as_ref());
        (name.unwrap_or_else(|| work.thing.clone()), instrument.map(|one| format!("{} · {}", one.model, one.serial)))
    };
    let frame = Frame::new(portal, visit, Place::Laboratory, words.say("laboratory-record-title", &[]));
    let content = foreseen.as_ref().map(|foreseen: &Foreseen| &foreseen.certificate);
    let finding = |finding: &heng_quantity::Finding| words.finding(&finding.code, &finding.data);
    Ok(html(&RecordPage {
        what: what.unwrap_or_default(),
        statement: address("/statement/", hash),
        verifier: person(&work.verifier),
        reviewer: person(&work.reviewer),
        day: work.performed_on.to_string(),
        verdict: content.and_then(|content| content.verdict.as_ref()).map(|verdict| outcome_in(verdict.outcome, words)),
        is_calibration: content.is_some_and(|content| content.verdict.is_none()),
        rule: content.map_or_else(|| work.rule.clone(), |content| content.rule.norm.clone()),
        through: content.and_then(|content| content.valid_through).map(|through| through.to_string()),
        results: content.map(|content| sections_html(content, words)).unwrap_or_default(),
        findings: foreseen.iter().flat_map(|foreseen| &foreseen.findings).map(finding).collect(),
        returned: work.returned.as_ref().map(|returned| returned.reason.clone()),
        may_review: work.returned.is_none()
            && because.is_empty()
            && portal.access().allows(visit.person(), Action::Review, matter),
        reasons: because,
        wrong,
        name,
        frame: &frame,
    }))
}
