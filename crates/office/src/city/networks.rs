//! The city's transformer districts: registered with their meters, and what was done after the first alarms, up to the laboratory's certificates.

use heng_quantity::Decimal;
use heng_rule::{Cell, Record};
use heng_statement::service::{Fix, FixAction};
use heng_statement::{Registration, SignedStatement};
use heng_supervision::World;
use heng_supervision::city::networks::{Fate, Home, PlannedNetwork, UTILITY, taken_out_on, verified_on};
use heng_supervision::city::{Job, Planned};
use heng_view::Inventory;
use jiff::civil::Date;

use super::Made;
use super::template::Templates;
use crate::founding::{afternoon, taken};
use crate::ledger::registering;
use crate::{Desk, Failure, Moment, service};

/// Every meter of the networks, those that are put in later too.
pub(super) fn meters(networks: &[PlannedNetwork]) -> Vec<&Planned> {
    networks.iter().flat_map(|network| &network.homes).flat_map(|home| [&home.meter, &home.replacement.0]).collect()
}

/// Registers the networks themselves.
pub(super) fn register(desk: &Desk, networks: &[PlannedNetwork], world: &World) -> Result<(), Failure> {
    let office = desk.office();
    let registered = networks.iter().map(|network| {
        let registration = Registration {
            id: network.id.clone(),
            kind: Registration::NETWORK.to_owned(),
            name: network.name.clone(),
            keeper: UTILITY.to_owned(),
            instrument: None,
            place: Some(network.place.clone()),
            purpose: None,
            synthetic: true,
        };
        office.signed(&registering(UTILITY, registration, world.founded_at))
    });
    office.append(registered.collect::<Result<Vec<SignedStatement>, _>>()?)
}

/// What was done after the first alarms: the meters concerned and a few taken at random are replaced, and a laboratory verifies them.
pub fn answer(made: &Made, inventory: &Inventory, today: Date, seed: u64) -> Result<(), Failure> {
    let Made { desk, networks, world, .. } = made;
    let templates = Templates::read(seed)?;
    let out = afternoon(taken_out_on(today))?;
    for network in networks {
        for home in &network.homes {
            let Some(fix) = taken_out(inventory, (network, home), taken_out_on(today)) else { continue };
            service::fix(desk.office(), inventory, UTILITY, fix, (out.at, out.day))?;
            // What stands still has no error that a laboratory could measure; it is scrapped.
            if matches!(home.fates[0], Fate::Stops(_)) {
                continue;
            }
            let day = verified_on(today);
            let job = Job {
                performed_on: day,
                is_failing: false,
                verifier: network.bench.0.clone(),
                reviewer: network.bench.1.clone(),
                climate: (221, 47),
            };
            let Some(record) = templates.record(&home.meter, &job, world) else { continue };
            certified(desk, observed(record, home), afternoon(day)?)?;
        }
    }
    Ok(())
}

pub(super) fn certified(desk: &Desk, record: Record, moment: Moment) -> Result<(), Failure> {
    let id = record.instrument.id.clone().unwrap_or_default();
    let prepared = taken(&id, desk.prepared(record, moment))?;
    for issued in desk.issued(vec![desk.with_xml_only(prepared)], moment)? {
        taken(&id, issued)?;
    }
    Ok(())
}

/// The answer to the alarm about a home's meter, or the random sample; nothing where nobody acts.
fn taken_out(inventory: &Inventory, (network, home): (&PlannedNetwork, &Home), on: Date) -> Option<Fix> {
    let waits = inventory.service().alerts_of(&home.meter.id).find(|alert| alert.answer.is_none());
    let (alert, action) = match waits {
        Some(_) if home.is_neglected => return None,
        Some(alert) => (Some(alert.hash.clone()), FixAction::Replaced),
        None if home.is_sampled => (None, FixAction::Sampled),
        None => return None,
    };
    Some(Fix {
        thing: home.meter.id.clone(),
        inference: match action {
            FixAction::Sampled => inventory.service().network(&network.id).last().map(|inferred| inferred.hash.clone()),
            _ => None,
        },
        alert,
        action,
        done_on: on,
        replaced_by: Some(home.replacement.0.id.clone()),
        last_register: None,
        remark: None,
        decided_by: None,
        synthetic: true,
    })
}

/// The record with what a laboratory sees of such a meter: its error at every load, a little more at a low power factor.
fn observed(mut record: Record, home: &Home) -> Record {
    for row in record.observations.get_mut("basic_error").into_iter().flatten() {
        let is_low = matches!(row.get("power_factor"), Some(Cell::Text(word)) if word != "1.0");
        let ten_thousandths = 10_000 + home.worn_error() + if is_low { 7 } else { 0 };
        let indication = format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000);
        if let (Some(Cell::Quantity(stated)), Ok(value)) = (row.get_mut("indication"), indication.parse::<Decimal>()) {
            stated.value = value;
        }
    }
    record
}
