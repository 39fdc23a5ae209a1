//! The example city's charging piles are watched: made-up sessions of all of them are judged together, and alarms ask whoever keeps each.

use heng_inference::piles::infer_verified;
use heng_office::city::Made;
use heng_office::founding::afternoon;
use heng_office::service::{document, record};
use heng_supervision::city::networks::{TO_ACT, period_end};
use heng_supervision::city::piles::{DAYS, NETWORK, PLATFORM, sessions_begin};
use heng_supervision::service::Asked;
use heng_telemetry::made_up_sessions::{MadeUpPile, MadeUpSessions};
use heng_telemetry::sessions::read_bytes;
use heng_view::Inventory;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::failure::Failure;
use crate::infer::piles::limits::{Applied, Limits};
use crate::infer::piles::record::{Told, judged};
use crate::infer::piles::verified::from_log;

/// The class of one that is registered without.
const CLASS: &str = "1";

/// So many sessions a day, of so many vehicles.
const A_DAY: usize = 240;
const VEHICLES: usize = 700;

/// Judges the sessions of one period.
pub fn watch(made: &Made, inventory: &Inventory, (period, today): (usize, Date), seed: u64) -> Result<(), Failure> {
    let failed = |reason: &dyn std::fmt::Display| Failure::new("error-founding").with("reason", reason);
    let office = made.desk.office();
    let in_service = |errors: &[i32; 3]| errors.get(period + 1).copied().unwrap_or_default();
    let made_up = MadeUpSessions {
        piles: made
            .piles
            .iter()
            .map(|watched| MadeUpPile {
                pile: watched.pile.id.clone(),
                error_percent: f64::from(in_service(&watched.errors)) / 100.0,
                district: watched.district,
                bills_wrongly: watched.bills_wrongly,
            })
            .collect(),
        vehicles: VEHICLES,
        sessions: A_DAY * usize::try_from(DAYS).unwrap_or_default(),
        seed: seed ^ 0x70_69_6c_65 ^ period as u64,
    };
    let sessions = made_up.written().into_bytes();
    let limits = Limits::builtin()?;
    let of_class = limits.of_class(CLASS)?;
    let table = read_bytes("sessions.csv", sessions.clone(), of_class.percent()).map_err(|error| failed(&error))?;
    let begins_on = sessions_begin(today, period);
    let things: Vec<Option<String>> = table.piles.iter().map(|name| Some(name.to_string())).collect();
    let anchors = from_log(&things, office, inventory, begins_on)?;
    let limits = Applied::of_registered(&things, inventory, &limits, &of_class);
    let (inference, contradicted) = infer_verified(&table.sessions, &anchors, &limits.settings());
    let end = period_end(today, period);
    let told = Told {
        network: NETWORK,
        days: (begins_on, end),
        readings: vec![document("sessions.csv", "text/csv", &sessions)],
        limits: &limits,
        verified: anchors.len() - contradicted.len(),
        synthetic: true,
    };
    let judged = judged((&table, &inference), told, &things).ok_or_else(|| failed(&NETWORK))?;
    office.keep(&[&sessions])?;
    let on = end.tomorrow().unwrap_or(end);
    let asked = Asked { addressee: None, answer_by: on.checked_add(TO_ACT.days()).unwrap_or(on) };
    record(office, inventory, judged, PLATFORM, Some(asked), afternoon(on)?.at)?;
    Ok(())
}
