//! The city's watched charging piles: registered together, and what was done after the first alarms, up to the certificates of those that were mended.

use heng_quantity::Decimal;
use heng_rule::{Cell, Record, Words};
use heng_statement::Registration;
use heng_statement::body::Place;
use heng_statement::service::{Fix, FixAction};
use heng_supervision::World;
use heng_supervision::city::Job;
use heng_supervision::city::piles::{NETWORK, PLATFORM, WatchedPile, mended_on, verified_on, visited_on};
use heng_view::Inventory;
use jiff::civil::Date;

use super::Made;
use super::networks::certified;
use super::template::Templates;
use crate::founding::afternoon;
use crate::ledger::registering;
use crate::{Desk, Failure, service};

/// An error at the largest load, in the middle and at the smallest differs so much from its mean, in hundredths of a percent.
const BY_LOAD: [i32; 3] = [10, 0, -10];

/// Registers what is watched together; it lies in no one district.
pub(super) fn register(desk: &Desk, world: &World) -> Result<(), Failure> {
    let office = desk.office();
    let registration = Registration {
        id: NETWORK.to_owned(),
        kind: Registration::NETWORK.to_owned(),
        name: Words {
            zh: "全市公共充电桩（示例）".to_owned(),
            en: "Public charging piles of the city (example)".to_owned(),
        },
        keeper: PLATFORM.to_owned(),
        instrument: None,
        place: None::<Place>,
        purpose: None,
        synthetic: true,
    };
    let signed = office.signed(&registering(PLATFORM, registration, world.founded_at))?;
    office.append(vec![signed])
}

/// The record of a pile with what a laboratory sees of it.
pub(super) fn observed(mut record: Record, hundredths: i32) -> Record {
    let rows = record.observations.get_mut("working_error").into_iter().flatten();
    for (row, by_load) in rows.zip(BY_LOAD.into_iter().cycle()) {
        // To the step of the display, a thousandth of a kilowatt hour.
        let thousandths = 1000 + (hundredths + by_load).div_euclid(10);
        let shown = [("reference", "1.0000".to_owned()), ("indication", decimal(thousandths))];
        for (column, value) in shown {
            if let (Some(Cell::Quantity(stated)), Ok(value)) = (row.get_mut(column), value.parse::<Decimal>()) {
                stated.value = value;
            }
        }
    }
    record
}

fn decimal(thousandths: i32) -> String {
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

/// What was done after the first alarms: the piles concerned are verified as they are, mended and verified again; some are verified at random.
pub fn answer(made: &Made, inventory: &Inventory, today: Date, seed: u64) -> Result<(), Failure> {
    let Made { desk, piles, world, .. } = made;
    let templates = Templates::read(seed)?;
    let inference = inventory.service().network(NETWORK).last().map(|inferred| inferred.hash.clone());
    let job = |day: Date| Job {
        performed_on: day,
        is_failing: false,
        verifier: "party:person:wang-qiang".to_owned(),
        reviewer: "party:person:he-jing".to_owned(),
        climate: (221, 47),
    };
    let verify = |watched: &WatchedPile, day: Date, hundredths: i32| -> Result<(), Failure> {
        let Some(record) = templates.record(&watched.pile, &job(day), world) else { return Ok(()) };
        certified(desk, observed(record, hundredths), afternoon(day)?)
    };
    for watched in piles {
        let id = &watched.pile.id;
        let waits = inventory.service().alerts_of(id).find(|alert| alert.answer.is_none());
        let fix = |alert: Option<&str>, action, done_on| Fix {
            thing: id.clone(),
            alert: alert.map(str::to_owned),
            inference: alert.is_none().then(|| inference.clone()).flatten(),
            action,
            done_on,
            replaced_by: None,
            last_register: None,
            remark: None,
            decided_by: None,
            synthetic: true,
        };
        let [_, in_service, later] = watched.errors;
        match waits {
            Some(alert) if watched.is_mended => {
                verify(watched, visited_on(today), in_service)?;
                let mended = afternoon(mended_on(today))?;
                let fix = fix(Some(&alert.hash), FixAction::Repaired, mended.day);
                service::fix(desk.office(), inventory, &watched.pile.keeper, fix, (mended.at, mended.day))?;
                verify(watched, verified_on(today), later)?;
            }
            None if watched.is_sampled => {
                let visited = afternoon(visited_on(today))?;
                let fix = fix(None, FixAction::Sampled, visited.day);
                service::fix(desk.office(), inventory, &watched.pile.keeper, fix, (visited.at, visited.day))?;
                verify(watched, visited.day, in_service)?;
            }
            _ => {}
        }
    }
    Ok(())
}
