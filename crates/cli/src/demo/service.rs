//! The example city's meters and charging piles are watched: made-up readings are judged, alarms raised and answered, and judged again.

use heng_inference::meters::{District, Settings, assessment};
use heng_office::Office;
use heng_office::city::Made;
use heng_office::city::networks::answer;
use heng_office::city::piles;
use heng_office::founding::afternoon;
use heng_office::parallel::each;
use heng_office::service::{Judged, document, record};
use heng_office::{follow, snapshot};
use heng_rule::service::ServiceLimit;
use heng_statement::certificate::Document;
use heng_supervision::city::networks::{Fate, Home, PERIOD, PlannedNetwork, TO_ACT, UTILITY, period_begin, period_end};
use heng_supervision::service::Asked;
use heng_telemetry::made_up::{MadeUp, MadeUpHome, written};
use heng_telemetry::meter_rows::begin_s;
use heng_view::Inventory;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::failure::Failure;
use crate::infer::meters::batch::Batches;
use crate::infer::meters::limits::{limit, percent};
use crate::infer::meters::recalled::from_log;
use crate::infer::meters::record::judged;

/// The limit that the city's utility asks for.
const LIMIT: &str = "jjf-wan-111-2021";

/// Watches every network over both periods; between them the first alarms are answered.
pub fn watch(made: &Made, today: Date, seed: u64) -> Result<(), Failure> {
    let limit = limit(LIMIT)?;
    let office = made.desk.office();
    let store = office.store();
    let mut inventory = made.inventory.clone();
    follow::follow(store, &mut inventory, office.size(), &mut |_, _| {})?;
    for period in 0..2 {
        let all: Vec<&PlannedNetwork> = made.networks.iter().collect();
        let known = (office, &inventory);
        for seen in each(all, |network| looked_at((network, period), &limit, known, today, seed)) {
            let Seen { judged, readings } = seen?;
            office.keep(&readings.iter().map(Vec::as_slice).collect::<Vec<_>>())?;
            let end = period_end(today, period);
            let told = end.tomorrow().unwrap_or(end);
            let asked = Asked { addressee: Some(UTILITY), answer_by: told.checked_add(TO_ACT.days()).unwrap_or(told) };
            record(office, &inventory, judged, UTILITY, Some(asked), afternoon(told)?.at)?;
            follow::follow(store, &mut inventory, office.size(), &mut |_, _| {})?;
        }
        super::piles::watch(made, &inventory, (period, today), seed)?;
        follow::follow(store, &mut inventory, office.size(), &mut |_, _| {})?;
        if period == 0 {
            answer(made, &inventory, today, seed)?;
            piles::answer(made, &inventory, today, seed)?;
            follow::follow(store, &mut inventory, office.size(), &mut |_, _| {})?;
        }
    }
    // The portal takes up from here.
    snapshot::keep(store, &inventory)
}

/// What one period of a network came to, and the files that were read.
struct Seen {
    judged: Judged,
    readings: Vec<Vec<u8>>,
}

fn looked_at(
    (network, period): (&PlannedNetwork, usize),
    limit: &ServiceLimit,
    (office, inventory): (&Office, &Inventory),
    today: Date,
    seed: u64,
) -> Result<Seen, Failure> {
    let failed = |reason: &dyn std::fmt::Display| Failure::new("error-founding").with("reason", reason);
    let is_out = |home: &Home| {
        inventory.service().done().iter().any(|done| done.fix.thing == home.meter.id && done.fix.action.takes_out())
    };
    let made_up = MadeUp {
        homes: network.homes.iter().map(|home| in_service(home, is_out(home), period)).collect(),
        begins_s: begin_s(period_begin(today, period)).ok_or_else(|| failed(&network.id))?,
        days: usize::try_from(PERIOD).unwrap_or_default(),
        register_step_kwh: 0.01,
        seed: seed ^ crc(&network.id) ^ period as u64,
    };
    let mut district = made_up.district();
    from_log(&mut district, (office, inventory), &Batches::default(), &str::to_owned)?;
    let assessed = assessment(&district, &Settings::for_limit(percent(limit))).ok_or_else(|| failed(&network.id))?;
    let files = readings(&district);
    let (documents, readings): (Vec<Document>, Vec<Vec<u8>>) = files.into_iter().unzip();
    let judged = judged(&network.id, (&district, &assessed), limit, &str::to_owned, documents, true)
        .ok_or_else(|| failed(&network.id))?;
    Ok(Seen { judged, readings })
}

/// The meter that serves a home in a period.
fn in_service(home: &Home, is_out: bool, period: usize) -> MadeUpHome {
    let (meter, hundredths, fate) = match (period, is_out) {
        (0, _) => (&home.meter.id, home.error, home.fates[0]),
        (_, true) => (&home.replacement.0.id, home.replacement.1, Fate::None),
        (_, false) => (&home.meter.id, home.worn_error(), home.fates[1]),
    };
    MadeUpHome {
        meter: meter.clone(),
        error_percent: f64::from(hundredths) / 100.0,
        stops: match fate {
            Fate::Stops(day) => Some(day as usize),
            _ => None,
        },
        drifts: match fate {
            Fate::Drifts(day, by) => Some((day as usize, f64::from(by) / 100.0)),
            _ => None,
        },
    }
}

/// A number of its own for each network, so that no two are alike.
fn crc(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The readings as files, so that anyone who may see them can judge again.
fn readings(district: &District) -> Vec<(Document, Vec<u8>)> {
    let names = ["readings.csv", "voltages.csv", "meters.csv"].into_iter();
    names
        .zip(written(district))
        .map(|(name, text)| (document(name, "text/csv", text.as_bytes()), text.into_bytes()))
        .collect()
}
