//! Beginning a sheet: which instrument or standard, under which rule, on which occasion.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use heng_office::clock;
use heng_office::drafts::Beginning;
use heng_rule::{Occasion, Rule, RuleKind};
use heng_statement::authority::Subject;
use heng_statement::{Body, Role};
use heng_supervision::sheet::{Typed, again};
use serde::Deserialize;

use crate::access::{Action, Person, refused};
use crate::facts::listing::workable;
use crate::frame::{Frame, Place, html, one_of};
use crate::listing::{Row, rows};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// Which instrument.
#[derive(Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    thing: String,
}

/// What was chosen.
#[derive(Deserialize)]
pub(crate) struct Chosen {
    thing: String,
    rule: String,
    /// Of a verification; a calibration is an occasion of its own.
    #[serde(default)]
    occasion: Option<Occasion>,
}

#[derive(Template)]
#[template(path = "begin.html")]
struct BeginPage<'a> {
    frame: &'a Frame<'a>,
    row: Row,
    /// The rules that apply and that this person may apply, those that verify and those that calibrate: identifier, norm and title.
    verifications: Vec<(String, String)>,
    calibrations: Vec<(String, String)>,
    occasions: Vec<(&'static str, String)>,
}

/// `/laboratory/new?thing=…`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let person = visit.person().ok_or_else(|| refused(&visit, Action::BeginSheet))?;
        let words = portal.words(visit.language());
        let one = {
            let inventory = portal.inventory()?;
            let unknown = || Problem::new(StatusCode::NOT_FOUND, "no-thing").with("id", &which.thing);
            let thing = inventory.thing(&which.thing).ok_or_else(unknown)?;
            workable(&inventory, portal.catalogue(), &which.thing, thing, portal.today()).ok_or_else(unknown)?
        };
        let frame = Frame::new(portal, &visit, Place::Laboratory, words.say("sheet-begin-title", &[]));
        let desk = portal.desk()?;
        let row = rows([&one], desk.rules(), words).into_iter().next().ok_or_else(Problem::no_page)?;
        let rules = applicable(portal, person, &one.kind)?;
        let of_kind = |kind: RuleKind| -> Vec<(String, String)> {
            let rules = rules.iter().filter_map(|id| desk.rules().rule(id)).filter(|rule| rule.kind() == kind);
            rules.map(|rule| named(rule, visit.language())).collect()
        };
        let occasions = ["subsequent", "initial", "in-service"];
        Ok(html(&BeginPage {
            row,
            verifications: of_kind(RuleKind::Verification),
            calibrations: of_kind(RuleKind::Calibration),
            occasions: occasions.map(|code| (code, words.say(&format!("sheet-occasion-{code}"), &[]))).into(),
            frame: &frame,
        }))
    })
    .await
}

/// `POST /laboratory/new`
pub(crate) async fn begin(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let person = visit.person().ok_or_else(|| refused(&visit, Action::BeginSheet))?;
        let kind = {
            let inventory = portal.inventory()?;
            let registration = inventory.thing(&chosen.thing).and_then(|thing| thing.registration.as_ref());
            registration.and_then(|one| one.instrument.as_ref()).map(|instrument| instrument.kind.clone())
        };
        let kind = kind.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "no-thing").with("id", &chosen.thing))?;
        if !applicable(portal, person, &kind)?.contains(&chosen.rule) {
            return Err(refused(&visit, Action::BeginSheet));
        }
        let Chosen { thing, rule, occasion } = chosen;
        let desk = portal.desk()?;
        let applied = desk.rules().rule(&rule).ok_or_else(Problem::no_page)?;
        let (occasion, values) = match (applied.kind(), occasion) {
            (RuleKind::Calibration, _) => (Occasion::Calibration, places(portal, &thing, applied)?),
            (RuleKind::Verification, Some(occasion)) if occasion != Occasion::Calibration => (occasion, Typed::new()),
            _ => return Err(Problem::of_status(StatusCode::BAD_REQUEST)),
        };
        let (by, laboratory) = (person.id.clone(), person.organisation.clone());
        let beginning = Beginning { thing, rule, occasion, by, laboratory, values };
        let draft = portal.office().drafts().begin(beginning, clock::now())?;
        Ok(Redirect::to(&format!("/laboratory/sheet/{}", draft.id)).into_response())
    })
    .await
}

/// A rule as one chooses it: its identifier, its norm with its title.
fn named(rule: &Rule, language: heng_wording::Language) -> (String, String) {
    let reference = rule.reference();
    (reference.id.clone(), format!("{}　{}", reference.norm, one_of(&reference.title, language)))
}

/// Where the thing was calibrated the last time by this rule.
fn places(portal: &Portal, thing: &str, rule: &Rule) -> Result<Typed, Problem> {
    let earlier: Vec<_> = {
        let inventory = portal.inventory()?;
        let thing = inventory.thing(thing).ok_or_else(Problem::no_page)?;
        inventory.certificates_of(thing).map(|certified| certified.hash.clone()).collect()
    };
    for hash in earlier.into_iter().rev() {
        let Some(signed) = portal.statement(&hash)? else { continue };
        let Body::Cert(certificate) = &signed.statement.body else { continue };
        if certificate.rule.id == rule.id() {
            return Ok(again(rule, certificate));
        }
    }
    Ok(Typed::new())
}

/// The rules for a kind that this person may apply today.
pub(super) fn applicable(portal: &Portal, person: &Person, kind: &str) -> Result<Vec<String>, Problem> {
    let desk = portal.desk()?;
    let today = portal.today();
    let may = |rule: &str| desk.authority().permission(&person.id, Role::Measure, &Subject::rule(rule), today).is_ok();
    let fits = |rule: &&Rule| rule.applies_to().iter().any(|one| one == kind) && may(rule.id());
    Ok(desk.rules().iter().filter(fits).map(|rule| rule.id().to_owned()).collect())
}
