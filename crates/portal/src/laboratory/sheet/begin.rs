//! Beginning a sheet: which instrument, under which rule, on which occasion.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use heng_office::clock;
use heng_office::drafts::Beginning;
use heng_rule::{Occasion, RuleKind};
use heng_statement::Role;
use heng_statement::authority::Subject;
use serde::Deserialize;

use crate::access::{Action, Person, refused};
use crate::facts::listing::listed;
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
    occasion: Occasion,
}

#[derive(Template)]
#[template(path = "begin.html")]
struct BeginPage<'a> {
    frame: &'a Frame<'a>,
    row: Row,
    /// The rules that apply and that this person may apply: identifier, norm and title.
    rules: Vec<(String, String)>,
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
            listed(&inventory, portal.catalogue(), &which.thing, thing, portal.today()).ok_or_else(unknown)?
        };
        let frame = Frame::new(portal, &visit, Place::Laboratory, words.say("sheet-begin-title", &[]));
        let row = rows([&one], words).into_iter().next().ok_or_else(Problem::no_page)?;
        let desk = portal.desk()?;
        let rules = applicable(portal, person, &one.kind)?;
        let rules = rules.iter().filter_map(|id| desk.rules().rule(id)).map(|rule| {
            let reference = rule.reference();
            (reference.id.clone(), format!("{}　{}", reference.norm, one_of(&reference.title, visit.language())))
        });
        let occasions = ["subsequent", "initial", "in-service"];
        Ok(html(&BeginPage {
            row,
            rules: rules.collect(),
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
        let (by, laboratory) = (person.id.clone(), person.organisation.clone());
        let beginning = Beginning { thing, rule, occasion, by, laboratory };
        let draft = portal.office().drafts().begin(beginning, clock::now())?;
        Ok(Redirect::to(&format!("/laboratory/sheet/{}", draft.id)).into_response())
    })
    .await
}

/// The verification rules of a kind that this person may apply today.
fn applicable(portal: &Portal, person: &Person, kind: &str) -> Result<Vec<String>, Problem> {
    let desk = portal.desk()?;
    let today = portal.today();
    let may = |rule: &str| desk.authority().permission(&person.id, Role::Measure, &Subject::rule(rule), today).is_ok();
    let fits = |rule: &&heng_rule::Rule| {
        rule.kind() == RuleKind::Verification && rule.applies_to().iter().any(|one| one == kind) && may(rule.id())
    };
    Ok(desk.rules().iter().filter(fits).map(|rule| rule.id().to_owned()).collect())
}
