//! One network: its balance, and each instrument with its interval.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use heng_picture::{InstrumentRow, InstrumentsPicture};
use heng_quantity::{Reported, Uncertainty, Unit};
use heng_statement::service::{DayBalance, InstrumentResult, Level, ServiceState};
use heng_view::Inventory;
use heng_view::service::standing;
use heng_wording::Words;

use super::instruments::{Row, called, row, stated};
use super::said::{drawn, word};
use crate::access::Action;
use crate::facts::service::{is_concerned, is_seen_whole, matter, over_registered_together, results};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::style::PICTURES;
use crate::visit::Visit;

/// Tables and pictures show no more than the first so many, those that need somebody before the others.
const SHOWN: usize = 1000;
const DRAWN: usize = 200;

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
    note: String,
    /// How many there are, where not all are shown.
    cut: Option<usize>,
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
            // Where all of it was taken back the last one is shown, and that it was.
            let last = standing(all).or(all.last()).cloned().ok_or_else(Problem::no_page)?;
            let earlier: Vec<(String, String)> = all
                .iter()
                .rev()
                .filter(|one| one.hash != last.hash)
                .map(|one| {
                    let days = [("from", one.inference.begins_on), ("through", one.inference.ends_on)];
                    let days = days.map(|(name, day)| (name, day.to_string()));
                    let days: Vec<(&str, &str)> = days.iter().map(|(name, day)| (*name, day.as_str())).collect();
                    let code = if one.is_withdrawn { "service-period-withdrawn" } else { "service-period-of" };
                    (words.say(code, &days), address("/statement/", &one.hash))
                })
                .collect();
            (last, earlier, matter(&inventory, &id))
        };
        let inventory = portal.inventory()?;
        let is_whole = is_seen_whole(portal, &visit, &inventory, &id);
        // A balance is of the whole network; of piles each keeper and district has its own part.
        if !is_whole && inferred.inference.level.is_none() {
            portal.require(&visit, Action::ReadNetwork, &matter)?;
        }
        let mut results = (*results(portal, &inferred)?).clone();
        results.instruments.retain(|one| is_whole || is_concerned(portal, &visit, &inventory, &one.thing));
        // Whoever may see none of it is told whom to ask.
        if results.instruments.is_empty() {
            portal.require(&visit, Action::ReadNetwork, &matter)?;
        }
        let rank = |state: ServiceState| ServiceState::ALL.iter().position(|one| *one == state);
        results.instruments.sort_by(|one, other| {
            let size = |one: &InstrumentResult| one.error.value.to_f64().abs();
            rank(one.state).cmp(&rank(other.state)).then_with(|| size(other).total_cmp(&size(one)))
        });
        let inference = &inferred.inference;
        let name = one_of(&inference.name, visit.language()).to_owned();
        let frame = Frame::new(portal, &visit, Place::Service, name.clone());
        let count = |is: &dyn Fn(ServiceState) -> bool| {
            results.instruments.iter().filter(|one| is(one.state)).count().to_string()
        };
        let lead = [
            ("alarming", count(&|state| state.is_alarming())),
            ("good", count(&|state| state == ServiceState::Good)),
            ("undecided", count(&|state| state == ServiceState::Undecided)),
            ("from", inference.begins_on.to_string()),
            ("through", inference.ends_on.to_string()),
        ];
        let lead: Vec<(&str, &str)> = lead.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut facts = Vec::new();
        facts.extend(
            inference.supplied.as_ref().map(|one| (words.say("service-supplied", &[]), one.value_text(), None)),
        );
        facts.extend(inference.loss.as_ref().map(|one| (words.say("service-loss", &[]), one.text(), None)));
        facts.extend(inference.level.as_ref().map(|one| (words.say("service-level", &[]), level(one, words), None)));
        facts.extend([
            (words.say("service-limit", &[]), format!("±{}", inference.largest_error.value_text()), None),
            (words.say("service-program", &[]), inference.program.clone(), None),
            (words.say("service-statement", &[]), inferred.hash.clone(), Some(address("/statement/", &inferred.hash))),
        ]);
        Ok(html(&NetworkPage {
            pictures: PICTURES.address(),
            lead: words
                .say(if inferred.is_withdrawn { "service-network-withdrawn" } else { "service-network-lead" }, &lead),
            facts,
            picture: pictures(
                &inventory,
                results.instruments.get(..DRAWN).unwrap_or(&results.instruments),
                &inference.largest_error,
                words,
            ),
            cut: (results.instruments.len() > SHOWN).then_some(results.instruments.len()),
            rows: results
                .instruments
                .iter()
                .take(SHOWN)
                .map(|one| row(portal, &visit, &inventory, one, &frame))
                .collect(),
            over: over_registered_together(&results).as_ref().and_then(stated),
            days: results.days.iter().map(day).collect(),
            earlier,
            note: words.say(if inference.level.is_some() { "service-note-piles" } else { "service-note" }, &[]),
            name,
            frame: &frame,
        }))
    })
    .await
}

/// Against what the errors of a comparison are.
fn level(level: &Level, words: &Words) -> String {
    let facts = [("piles", level.verified.to_string()), ("u", level.standard_uncertainty.text())];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    words.say(&format!("service-level-{}", level.against.code()), &facts)
}

fn day(balance: &DayBalance) -> [String; 4] {
    [balance.day.to_string(), balance.supplied.value_text(), balance.registered.value_text(), balance.loss.value_text()]
}

/// The errors, drawn for each limit that occurs, that of the inference first.
fn pictures(inventory: &Inventory, instruments: &[InstrumentResult], common: &Reported, words: &Words) -> String {
    let limit_of = |one: &InstrumentResult| match &one.own_limit {
        Some(own) => own.largest_error.clone(),
        None => common.clone(),
    };
    let mut limits: Vec<Reported> = vec![common.clone()];
    for limit in instruments.iter().map(limit_of) {
        if !limits.contains(&limit) {
            limits.push(limit);
        }
    }
    let drawing = |limit: &Reported| {
        let rows = instruments.iter().filter(|one| limit_of(one) == *limit).map(|one| InstrumentRow {
            name: called(inventory, &one.thing),
            state: word(one.state, words),
            value: one.error.value.to_f64(),
            interval: interval(&one.error),
            found: None,
            shape: drawn(one.state),
        });
        let rows: Vec<InstrumentRow> = rows.collect();
        let (unit, limit): (Unit, f64) = (limit.unit.clone(), limit.value.to_f64());
        let drawn = (!rows.is_empty()).then(|| InstrumentsPicture { name: "e".to_owned(), unit, limit, rows });
        drawn.map(|picture| picture.picture(words).figure(words)).unwrap_or_default()
    };
    limits.iter().map(drawing).collect()
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
