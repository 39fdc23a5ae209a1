//! The alarms that wait, and what is done about them: a statement of the one who was asked.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use heng_office::clock;
use heng_rule::Words as Said;
use heng_statement::service::{Fix, FixAction};
use heng_view::service::{AlertLog, AlertState};
use jiff::civil::Date;
use serde::Deserialize;

use super::instruments::placed;
use super::said::{symbol, word};
use crate::access::{Action, Matter};
use crate::facts::service::{error_text, percent, waiting};
use crate::frame::{Frame, Place, address, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::answer::shape;
use crate::router::read;
use crate::visit::Visit;

/// Longer remarks are refused.
const LONGEST_REMARK: usize = 500;

/// The answers that an alarm can have.
const ACTIONS: [FixAction; 3] = [FixAction::Replaced, FixAction::Repaired, FixAction::LeftInPlace];

/// What was typed.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    alert: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    done_on: String,
    #[serde(default)]
    replaced_by: String,
    #[serde(default)]
    remark: String,
}

/// An alarm as the list shows it.
struct Row {
    hash: String,
    shape: &'static str,
    word: String,
    page: String,
    name: String,
    place: String,
    error: String,
    probability: String,
    state: &'static str,
    answer_by: String,
    is_overdue: bool,
    /// Whether the visitor may answer it.
    is_own: bool,
    typed: Option<(Typed, String)>,
}

impl Row {
    /// Whether this answer was chosen in a form that could not be taken.
    fn has_typed(&self, action: &str) -> bool {
        self.typed.as_ref().is_some_and(|(typed, _)| typed.action == action)
    }
}

#[derive(Template)]
#[template(path = "alarms.html")]
struct AlarmsPage<'a> {
    frame: &'a Frame<'a>,
    rows: Vec<Row>,
    actions: Vec<(&'static str, String)>,
    today: String,
}

/// `/service/alarms`
pub(crate) async fn page(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| shown(portal, &visit, None)).await
}

/// `POST /service/alarms`
pub(crate) async fn answer(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let alert = portal.inventory()?.service().alert(&typed.alert).cloned().ok_or_else(Problem::no_page)?;
        let addressee = alert.alert.addressee.clone();
        portal.require(
            &visit,
            Action::AnswerAlarm,
            &Matter { keeper: Some(addressee.clone()), ..Matter::default() },
        )?;
        let words = portal.words(visit.language());
        let again = |code: &str| {
            let mut response = shown(portal, &visit, Some((typed.clone(), words.say(code, &[]))))?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        };
        let Some(action) = ACTIONS.into_iter().find(|action| action.code() == typed.action) else {
            return again("service-answer-action-wrong");
        };
        let Ok(done_on) = typed.done_on.trim().parse::<Date>() else { return again("service-answer-day-wrong") };
        let replaced_by = Some(typed.replaced_by.trim().to_owned()).filter(|id| !id.is_empty());
        if action == FixAction::Replaced
            && !replaced_by.as_ref().is_some_and(|id| portal.inventory().is_ok_and(|known| known.thing(id).is_some()))
        {
            return again("service-answer-instrument-wrong");
        }
        let remark = typed.remark.trim();
        if remark.chars().count() > LONGEST_REMARK {
            return again("service-answer-remark-wrong");
        }
        let fix = Fix {
            thing: alert.alert.thing.clone(),
            alert: Some(alert.hash.clone()),
            inference: None,
            action,
            done_on,
            replaced_by,
            last_register: None,
            remark: (!remark.is_empty()).then(|| Said { zh: remark.to_owned(), en: remark.to_owned() }),
            decided_by: visit.person().map(|person| person.id.clone()),
            synthetic: alert.alert.synthetic,
        };
        let _turn = portal.turn();
        let done = {
            let inventory = portal.inventory()?;
            heng_office::service::fix(portal.office(), &inventory, &addressee, fix, (clock::now(), portal.today()))
        };
        match done {
            Ok(_) => Ok(Redirect::to("/service/alarms").into_response()),
            Err(failure) if failure.is_of_input() => again(failure.code()),
            Err(failure) => Err(failure.into()),
        }
    })
    .await
}

fn shown(portal: &Portal, visit: &Visit, typed: Option<(Typed, String)>) -> Result<Response, Problem> {
    let words = portal.words(visit.language());
    let frame = Frame::new(portal, visit, Place::Service, words.say("service-alarms-title", &[]));
    let waiting = waiting(portal, visit)?;
    let rows = waiting.iter().map(|(alert, state)| row(portal, visit, (alert, *state), typed.as_ref()));
    let rows = rows.collect::<Result<_, Problem>>()?;
    let actions = ACTIONS.map(|action| (action.code(), words.say(&format!("service-action-{}", action.code()), &[])));
    Ok(html(&AlarmsPage { frame: &frame, rows, actions: actions.into(), today: portal.today().to_string() }))
}

fn row(
    portal: &Portal,
    visit: &Visit,
    (alert, state): (&AlertLog, AlertState),
    typed: Option<&(Typed, String)>,
) -> Result<Row, Problem> {
    let words = portal.words(visit.language());
    let inventory = portal.inventory()?;
    let said = &alert.alert;
    let registration = inventory.thing(&said.thing).and_then(|thing| thing.registration.as_ref());
    let instrument = registration.and_then(|registration| registration.instrument.as_ref());
    let place = registration.and_then(|registration| registration.place.as_ref());
    let own = Matter { keeper: Some(said.addressee.clone()), ..Matter::default() };
    Ok(Row {
        hash: alert.hash.clone(),
        shape: symbol(said.state),
        word: word(said.state, words),
        page: address("/thing/", &said.thing),
        name: instrument.map_or_else(|| said.thing.clone(), |instrument| instrument.serial.clone()),
        place: place.map(|place| placed(portal, visit, &inventory, (&said.thing, place), words)).unwrap_or_default(),
        error: error_text(&said.error),
        probability: percent(&said.probability),
        state: if state == AlertState::Overdue { shape::BAD } else { shape::ATTENTION },
        answer_by: words.say(&format!("service-alarm-{}", state.code()), &[("day", &said.answer_by.to_string())]),
        is_overdue: state == AlertState::Overdue,
        is_own: portal.access().allows(visit.person(), Action::AnswerAlarm, &own),
        typed: typed.filter(|(typed, _)| typed.alert == alert.hash).cloned(),
    })
}
