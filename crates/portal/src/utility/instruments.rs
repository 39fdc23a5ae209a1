//! Instruments in service as tables show them: what their readings say of each.

use heng_quantity::{Coverage, Estimate, RoundingRule};
use heng_statement::body::Place;
use heng_statement::service::{InstrumentResult, SessionCounts};
use heng_view::Inventory;
use heng_view::service::{AlertState, over_registered};
use heng_wording::Words;

use super::said::{symbol, word};
use crate::facts::service::{error_text, is_concerned, percent};
use crate::frame::{Frame, address, one_of};
use crate::portal::Portal;
use crate::visit::Visit;

/// An instrument as the table shows it.
pub(crate) struct Row {
    pub(crate) shape: &'static str,
    pub(crate) word: String,
    pub(crate) page: String,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) error: String,
    pub(crate) probability: String,
    pub(crate) registered: String,
    pub(crate) over: String,
    /// Since when, or why nothing is said, and what sessions show besides.
    pub(crate) said: Vec<String>,
    pub(crate) alarm: String,
}

/// A computed value with U for k = 2, as people read it.
pub(crate) fn stated(energy: &Estimate) -> Option<String> {
    let coverage =
        Coverage::Factor { factor: "2".parse().ok()?, probability: "0.95".parse().ok()?, distribution: None };
    energy.reported(RoundingRule::Gum726, &coverage).ok().map(|stated| stated.text())
}

/// What an instrument is called: its serial number.
pub(super) fn called(inventory: &Inventory, thing: &str) -> String {
    let registration = inventory.thing(thing).and_then(|thing| thing.registration.as_ref());
    let serial = registration.and_then(|one| one.instrument.as_ref()).map(|instrument| instrument.serial.clone());
    serial.unwrap_or_else(|| thing.to_owned())
}

pub(super) fn row(
    portal: &Portal,
    visit: &Visit,
    inventory: &Inventory,
    one: &InstrumentResult,
    frame: &Frame<'_>,
) -> Row {
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
    let why = if one.sessions.is_some() { "service-reason" } else { "infer-reason" };
    let reason = (!one.decidable).then(|| words.say(&format!("{why}-{}", one.reason), &[]));
    let mut said: Vec<String> = since.or(reason).into_iter().collect();
    said.extend(
        one.own_limit.as_ref().map(|own| words.say("service-own-limit", &[("limit", &own.largest_error.value_text())])),
    );
    said.extend(one.sessions.iter().flat_map(|counts| of_sessions(counts, frame)));
    Row {
        shape: symbol(one.state),
        word: word(one.state, words),
        page: address("/thing/", &one.thing),
        name: called(inventory, &one.thing),
        place: place.map(|place| placed(portal, visit, inventory, (&one.thing, place), words)).unwrap_or_default(),
        error: error_text(&one.error),
        probability: percent(&one.probability),
        registered: one.registered.value_text(),
        over: over_registered(&one.registered, &one.error).as_ref().and_then(stated).unwrap_or_else(|| "–".to_owned()),
        said,
        alarm: alarm.unwrap_or_default(),
    }
}

/// Where an instrument is: its address for those whom it concerns itself, for all others its district.
pub(super) fn placed(
    portal: &Portal,
    visit: &Visit,
    inventory: &Inventory,
    (thing, place): (&str, &Place),
    words: &Words,
) -> String {
    if is_concerned(portal, visit, inventory, thing) {
        one_of(&place.address, words.language()).to_owned()
    } else {
        words.say(&format!("district-{}", place.district), &[])
    }
}

/// How many sessions and vehicles say so, and what is wrong with the bills.
fn of_sessions(counts: &SessionCounts, frame: &Frame<'_>) -> Vec<String> {
    let say = |code: &str, part: u32, all: u32| {
        frame.words.say(code, &[("part", &part.to_string()), ("all", &all.to_string())])
    };
    let mut said = vec![say("service-sessions", counts.vehicles, counts.sessions)];
    if counts.beyond_power > 0 {
        said.push(say("service-beyond-power", counts.beyond_power, counts.timed));
    }
    if counts.wrong_amount > 0 {
        said.push(say("service-wrong-amount", counts.wrong_amount, counts.priced));
    }
    said
}
