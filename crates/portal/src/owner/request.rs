//! Asking a laboratory to verify an instrument: a statement of the owner's organisation.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use heng_office::clock;
use heng_rule::RuleSet;
use heng_statement::authority::Subject;
use heng_statement::{Body, LegalStanding, Party, Request, Role, Statement};
use jiff::civil::Date;
use serde::Deserialize;

use crate::access::{Action, Matter};
use crate::facts::listing::{Listed, listed};
use crate::frame::{Frame, Place, html, one_of};
use crate::listing::{Row, rows};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// Longer remarks are refused.
const LONGEST_REMARK: usize = 500;

/// Which instrument.
#[derive(Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    thing: String,
}

/// What was typed.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    thing: String,
    #[serde(default)]
    laboratory: String,
    #[serde(default)]
    wanted_on: String,
    #[serde(default)]
    remark: String,
}

#[derive(Template)]
#[template(path = "request.html")]
struct RequestPage<'a> {
    frame: &'a Frame<'a>,
    row: Row,
    /// The laboratories that may do it: identifier and name.
    laboratories: Vec<(String, String)>,
    typed: Typed,
    today: String,
    wrong: Vec<(&'static str, String)>,
}

impl RequestPage<'_> {
    fn wrong_of(&self, field: &str) -> Option<&str> {
        self.wrong.iter().find(|(name, _)| *name == field).map(|(_, said)| said.as_str())
    }
}

/// `/holdings/request?thing=…`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let typed = Typed { thing: which.thing, ..Typed::default() };
        let one = own(portal, &visit, &typed.thing)?;
        shown(portal, &visit, &one, typed, Vec::new())
    })
    .await
}

/// `POST /holdings/request`
pub(crate) async fn ask(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let one = own(portal, &visit, &typed.thing)?;
        let words = portal.words(visit.language());
        let mut wrong = Vec::new();
        let today = portal.today();
        let wanted_on = typed.wanted_on.trim().parse::<Date>().ok().filter(|day| *day >= today);
        if wanted_on.is_none() {
            wrong.push(("wanted_on", words.say("owner-request-day-wrong", &[])));
        }
        if !laboratories(portal, &one)?.contains(&typed.laboratory) {
            wrong.push(("laboratory", words.say("owner-request-laboratory-wrong", &[])));
        }
        if typed.remark.chars().count() > LONGEST_REMARK {
            let longest = LONGEST_REMARK.to_string();
            wrong.push(("remark", words.say("owner-request-remark-wrong", &[("longest", &longest)])));
        }
        let (Some(wanted_on), true) = (wanted_on, wrong.is_empty()) else {
            let mut response = shown(portal, &visit, &one, typed, wrong)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        };
        let remark = Some(typed.remark.trim().to_owned()).filter(|remark| !remark.is_empty());
        let request = Request { thing: one.id.clone(), laboratory: typed.laboratory, wanted_on, remark };
        let statement = Statement::of(&one.keeper, vec![one.id], clock::now(), Body::Req(request));
        portal.office().append(vec![portal.office().signed(&statement)?])?;
        Ok(Redirect::to("/holdings").into_response())
    })
    .await
}

/// The instrument, if it is of the visitor's own organisation.
fn own(portal: &Portal, visit: &Visit, id: &str) -> Result<Listed, Problem> {
    let inventory = portal.inventory()?;
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "no-thing").with("id", id);
    let thing = inventory.thing(id).ok_or_else(unknown)?;
    let one = listed(&inventory, portal.catalogue(), id, thing, portal.today()).ok_or_else(unknown)?;
    drop(inventory);
    portal.require(visit, Action::Request, &Matter { keeper: Some(one.keeper.clone()), ..Matter::default() })?;
    Ok(one)
}

/// The laboratories that are authorized today for a rule that applies to such an instrument.
fn laboratories(portal: &Portal, one: &Listed) -> Result<BTreeSet<String>, Problem> {
    let desk = portal.desk()?;
    let rules: Vec<&str> = applicable(desk.rules(), &one.kind);
    let today = portal.today();
    let may = |party: &str| {
        rules.iter().any(|rule| desk.authority().permission(party, Role::Certify, &Subject::rule(rule), today).is_ok())
    };
    // The laboratory of an enterprise serves that enterprise only.
    let serves = |party: &Party| {
        party.standing != Some(LegalStanding::Internal) || party.of.as_deref() == Some(one.keeper.as_str())
    };
    let inventory = portal.inventory()?;
    let asked = inventory.laboratories().filter(|party| serves(party) && may(&party.id));
    Ok(asked.map(|party| party.id.clone()).collect())
}

/// The verification rules of a kind of instrument.
fn applicable<'a>(rules: &'a RuleSet, kind: &str) -> Vec<&'a str> {
    rules.iter().filter(|rule| rule.applies_to().iter().any(|one| one == kind)).map(|rule| rule.id()).collect()
}

fn shown(
    portal: &Portal,
    visit: &Visit,
    one: &Listed,
    typed: Typed,
    wrong: Vec<(&'static str, String)>,
) -> Result<Response, Problem> {
    let words = portal.words(visit.language());
    let able = laboratories(portal, one)?;
    let desk = portal.desk()?;
    let named = able.into_iter().filter_map(|id| {
        let name = one_of(&desk.introduced(&id)?.name, visit.language()).to_owned();
        Some((id, name))
    });
    let frame = Frame::new(portal, visit, Place::Holdings, words.say("owner-request-title", &[]));
    let row = rows([one], desk.rules(), words)
        .into_iter()
        .next()
        .ok_or_else(|| Problem::failure("a list without its row"))?;
    Ok(html(&RequestPage {
        frame: &frame,
        row,
        laboratories: named.collect(),
        typed,
        today: portal.today().to_string(),
        wrong,
    }))
}
