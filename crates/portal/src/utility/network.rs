//! One network: its balance, and each instrument with its interval.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use heng_picture::{InstrumentRow, InstrumentsPicture};
use heng_quantity::{Coverage, Estimate, Reported, RoundingRule, Uncertainty, Unit};
use heng_statement::service::{DayBalance, InstrumentResult, ServiceState};
use heng_view::Inventory;
use heng_view::service::{AlertState, over_registered};
use heng_wording::Words;

use super::said::{drawn, symbol, word};
use crate::access::Action;
use crate::facts::service::{error_text, matter, over_registered_together, percent, results};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::style::PICTURES;
use crate::visit::Visit;

/// An instrument as the table shows it.
struct Row {
    shape: &'static str,
    word: String,
    page: String,
    name: String,
    place: String,
    error: String,
    probability: String,
    registered: String,
    over: String,
    said: String,
    alarm: String,
}

#[derive(Template)]
#[template(path = "network.html")]
struct NetworkPage<'a> {
    frame: &'a Frame<'a>,
    pictures: &'static str,
    name: String,
    lead: String,
    facts: Vec<(String, String, Option<String>)>,
    picture: String,
    rows: Vec<Row>,
    /// What was over-registered beyond the limits, together.
    over: Option<String>,
    days: Vec<[String; 4]>,
    earlier: Vec<(String, String)>,
}

/// `/service/network/{id}`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let words = portal.words(visit.language());
        let (inferred, earlier, matter) = {
            let inventory = portal.inventory()?;
            let all = inventory.service().network(&id);
            let last = all.last().cloned().ok_or_else(Problem::no_page)?;
            let earlier: Vec<(String, String)> = all
                .iter()
                .rev()
                .skip(1)
                .map(|one| {
                    let period = format!("{} – {}", one.inference.begins_on, one.inference.ends_on);
                    (period, address("/statement/", &one.hash))
                })
                .collect();
            (last, earlier, matter(&inventory, &id))
        };
        portal.require(&visit, Action::ReadNetwork, &matter)?;
        let mut results = results(portal, &inferred)?;
        let rank = |state: ServiceState| ServiceState::ALL.iter().position(|one| *one == state);
        results.instruments.sort_by(|one, other| {
            let size = |one: &InstrumentResult| one.error.value.to_f64().abs();
            rank(one.state).cmp(&rank(other.state)).then_with(|| size(other).total_cmp(&size(one)))
        });
        let inventory = portal.inventory()?;
        let inference = &inferred.inference;
        let name = one_of(&inference.name, visit.language()).to_owned();
        let frame = Frame::new(portal, &visit, Place::Service, name.clone());
        let count = |state| inference.states.get(&state).copied().unwrap_or(0).to_string();
        let alarming: u32 =
            inference.states.iter().filter(|(state, _)| state.is_alarming()).map(|(_, count)| count).sum();
        let lead = [
            ("alarming", alarming.to_string()),
            ("good", count(ServiceState::Good)),
            ("undecided", count(ServiceState::Undecided)),
            ("from", inference.begins_on.to_string()),
            ("through", inference.ends_on.to_string()),
        ];
        let lead: Vec<(&str, &str)> = lead.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let facts = vec![
            (words.say("service-supplied", &[]), inference.supplied.value_text(), None),
            (words.say("service-loss", &[]), inference.loss.text(), None),
            (words.say("service-limit", &[]), format!("±{}", inference.largest_error.value_text()), None),
            (words.say("service-program", &[]), inference.program.clone(), None),
            (words.say("service-statement", &[]), inferred.hash.clone(), Some(address("/statement/", &inferred.hash))),
        ];
        Ok(html(&NetworkPage {
            pictures: PICTURES.address(),
            lead: words.say("service-network-lead", &lead),
            facts,
            picture: picture(&inventory, &results.instruments, &inference.largest_error, words),
            rows: results.instruments.iter().map(|one| row(portal, &inventory, one, &frame)).collect(),
            over: over_registered_together(&results).as_ref().and_then(stated),
            days: results.days.iter().map(day).collect(),
            earlier,
            name,
            frame: &frame,
        }))
    })
    .await
}

/// A computed value with U for k = 2, as people read it.
pub(crate) fn stated(energy: &Estimate) -> Option<String> {
    let coverage =
        Coverage::Factor { factor: "2".parse().ok()?, probability: "0.95".parse().ok()?, distribution: None };
    energy.reported(RoundingRule::Gum726, &coverage).ok().map(|stated| stated.text())
}

fn day(balance: &DayBalance) -> [String; 4] {
    [balance.day.to_string(), balance.supplied.value_text(), balance.registered.value_text(), balance.loss.value_text()]
}

/// What an instrument is called: its serial number.
fn called(inventory: &Inventory, thing: &str) -> String {
    let registration = inventory.thing(thing).and_then(|thing| thing.registration.as_ref());
    let serial = registration.and_then(|one| one.instrument.as_ref()).map(|instrument| instrument.serial.clone());
    serial.unwrap_or_else(|| thing.to_owned())
}

fn row(portal: &Portal, inventory: &Inventory, one: &InstrumentResult, frame: &Frame<'_>) -> Row {
    let words = frame.words;
    let registration = inventory.thing(&one.thing).and_then(|thing| thing.registration.as_ref());
    let place = registration.and_then(|registration| registration.place.as_ref());
    let alarm = inventory.service().alerts_of(&one.thing).next_back().map(|alert| {
        let state = alert.state(portal.today());
        let day = match (&alert.answer, state) {
            (Some(done), AlertState::Answered) => done.fix.done_on,
            _ => alert.alert.answer_by,
        };
        words.say(&format!("service-alarm-{}", state.code()), &[("day", &day.to_string())])
    });
    let since = one.since.map(|day| words.say("service-since", &[("day", &day.to_string())]));
    let reason = || words.say(&format!("infer-reason-{}", one.reason), &[]);
    Row {
        shape: symbol(one.state),
        word: word(one.state, words),
        page: address("/thing/", &one.thing),
        name: called(inventory, &one.thing),
        place: place.map(|place| one_of(&place.address, words.language()).to_owned()).unwrap_or_default(),
        error: error_text(&one.error),
        probability: percent(&one.probability),
        registered: one.registered.value_text(),
        over: over_registered(&one.registered, &one.error).as_ref().and_then(stated).unwrap_or_else(|| "–".to_owned()),
        said: since.unwrap_or_else(|| if one.decidable { String::new() } else { reason() }),
        alarm: alarm.unwrap_or_default(),
    }
}

fn picture(inventory: &Inventory, instruments: &[InstrumentResult], limit: &Reported, words: &Words) -> String {
    let rows = instruments.iter().map(|one| InstrumentRow {
        name: called(inventory, &one.thing),
        state: word(one.state, words),
        value: one.error.value.to_f64(),
        interval: interval(&one.error),
        found: None,
        shape: drawn(one.state),
    });
    let unit: Unit = limit.unit.clone();
    InstrumentsPicture { name: "e".to_owned(), unit, limit: limit.value.to_f64(), rows: rows.collect() }
        .picture(words)
        .figure(words)
}

/// The ends of the interval of an error.
pub(crate) fn interval(error: &Reported) -> (f64, f64) {
    let value = error.value.to_f64();
    match &error.uncertainty {
        Some(Uncertainty::Interval { lower, upper, .. }) => (lower.to_f64(), upper.to_f64()),
        Some(Uncertainty::Expanded { value: half, .. }) => (value - half.to_f64(), value + half.to_f64()),
        _ => (value, value),
    }
}
