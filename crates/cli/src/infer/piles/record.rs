//! What was inferred of charging piles, as whoever watches them signs it.

use heng_inference::piles::{Gauge, Inference, PileError};
use heng_office::service::Judged;
use heng_quantity::Unit;
use heng_statement::certificate::Document;
use heng_statement::service::{
    InstrumentResult, Level, LevelKind, OwnLimit, RESULTS, ServiceResults, ServiceState, SessionCounts,
};
use heng_telemetry::sessions::{BillCounts, SessionTable};
use jiff::civil::Date;

use super::limits::{Applied, PileLimit};
use crate::infer::stated::{ENERGY, at, probability, with_interval};

/// The level is stated to this place in percent.
const LEVEL: i32 = -3;

/// What a record of an inference says beside the inference itself.
pub struct Told<'a> {
    /// The piles that are watched together.
    pub network: &'a str,
    /// The first and the last day of the sessions.
    pub days: (Date, Date),
    /// The files that were read.
    pub readings: Vec<Document>,
    /// The limits.
    pub limits: &'a Applied,
    /// How many piles were verified.
    pub verified: usize,
    /// Made up for a demonstration or a test.
    pub synthetic: bool,
}

/// What was inferred, as it is recorded. `things` are the instruments by the rank of their piles; of a pile that is none nothing is recorded. Nothing where a
/// figure is none.
pub fn judged(
    (table, inference): (&SessionTable, &Inference),
    told: Told<'_>,
    things: &[Option<String>],
) -> Option<Judged> {
    let units: (Unit, Unit) = (r"\percent".parse().ok()?, r"\kilo\watt\hour".parse().ok()?);
    let rows = things.iter().zip(&inference.piles).zip(table.bills.iter().zip(&table.energy_kwh));
    let ranked = (0..).zip(rows);
    let registered = ranked.filter_map(|(rank, ((thing, pile), rest))| Some((rank, thing.clone()?, pile, rest)));
    let own = |rank: u32| told.limits.own.get(&rank);
    let instruments = registered
        .map(|(rank, thing, pile, (bills, energy))| instrument(thing, (pile, own(rank)), (bills, *energy), &units))
        .collect::<Option<Vec<InstrumentResult>>>()?;
    let against = match inference.gauge {
        Gauge::PopulationMean => LevelKind::PopulationMean,
        Gauge::VerifiedPiles => LevelKind::Verified,
    };
    let common = &told.limits.common;
    Some(Judged {
        begins_on: told.days.0,
        ends_on: told.days.1,
        readings: told.readings,
        program: concat!("heng ", env!("CARGO_PKG_VERSION")).to_owned(),
        limit: common.name.clone(),
        largest_error: common.largest_error()?,
        balance: None,
        level: Some(Level {
            against,
            verified: u32::try_from(told.verified).unwrap_or(u32::MAX),
            standard_uncertainty: at(inference.gauge_u_percent, LEVEL, &units.0)?,
        }),
        results: ServiceResults {
            format: RESULTS.to_owned(),
            network: told.network.to_owned(),
            instruments,
            days: Vec::new(),
        },
        synthetic: told.synthetic,
    })
}

fn instrument(
    thing: String,
    (pile, own): (&PileError, Option<&PileLimit>),
    (bills, energy_kwh): (&BillCounts, f64),
    (percent, kwh): &(Unit, Unit),
) -> Option<InstrumentResult> {
    let BillCounts { timed, beyond_power, priced, wrong_amount } = *bills;
    let own_limit = match own {
        Some(own) => Some(OwnLimit { limit: own.name.clone(), largest_error: own.largest_error()? }),
        None => None,
    };
    Some(InstrumentResult {
        thing,
        state: state(pile),
        decidable: pile.decidable,
        reason: pile.reason.code().to_owned(),
        error: with_interval(pile.error_percent, pile.u_percent, (pile.low_percent, pile.high_percent), percent)?,
        probability: probability(pile.p_beyond_limit)?,
        own_limit,
        since: None,
        registered: at(energy_kwh, ENERGY, kwh)?,
        sessions: Some(SessionCounts {
            sessions: pile.sessions,
            vehicles: pile.vehicles,
            timed,
            beyond_power,
            priced,
            wrong_amount,
        }),
    })
}

/// A pile on the list to inspect is one that somebody has to look at, as a meter is whose probability puts it on the list of its district.
fn state(pile: &PileError) -> ServiceState {
    match (pile.decidable, pile.p_beyond_limit > 0.5) {
        _ if pile.listed => ServiceState::Beyond,
        (true, true) => ServiceState::Beyond,
        (true, false) => ServiceState::Good,
        (false, _) => ServiceState::Undecided,
    }
}
