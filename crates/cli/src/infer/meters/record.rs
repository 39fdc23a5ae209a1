//! What was inferred, as a network's keeper signs it.

use heng_inference::meters::{Assessment, District, MeterAssessment, State};
use heng_office::service::Judged;
use heng_quantity::{Reported, Unit};
use heng_rule::service::ServiceLimit;
use heng_statement::certificate::Document;
use heng_statement::legal_day;
use heng_statement::service::{DayBalance, InstrumentResult, RESULTS, ServiceResults, ServiceState};
use jiff::Timestamp;
use jiff::civil::Date;

use super::code;
use crate::infer::stated::{ENERGY, at, probability, with_interval};

/// Losses are stated to this place in percent.
const LOSS: i32 = -2;

/// The verdict on a network as it is recorded. `thing` names the instrument of each meter of the readings. Nothing where the readings span no day.
pub fn judged(
    network: &str,
    (district, assessment): (&District, &Assessment),
    limit: &ServiceLimit,
    thing: &dyn Fn(&str) -> String,
    readings: Vec<Document>,
    synthetic: bool,
) -> Option<Judged> {
    let kwh: Unit = r"\kilo\watt\hour".parse().ok()?;
    let percent: Unit = r"\percent".parse().ok()?;
    let energy = |value: f64| at(value, ENERGY, &kwh);
    let instruments = assessment
        .meters
        .iter()
        .map(|meter| instrument(meter, thing(&meter.meter), (&percent, &kwh)))
        .collect::<Option<Vec<InstrumentResult>>>()?;
    let days = days(district, assessment, &energy)?;
    let supplied = between(&district.head_kwh, 0, district.head_kwh.len().checked_sub(1)?)?;
    Some(Judged {
        begins_on: day(*district.times_s.first()?)?,
        // The last reading closes the day before it.
        ends_on: day(district.times_s.last()? - 1)?,
        readings,
        program: concat!("heng ", env!("CARGO_PKG_VERSION")).to_owned(),
        limit: format!("{}:{}", limit.id, limit.class),
        largest_error: limit.largest.value.clone(),
        balance: Some((energy(supplied)?, at(assessment.district.loss_percent, LOSS, &percent)?)),
        level: None,
        results: ServiceResults { format: RESULTS.to_owned(), network: network.to_owned(), instruments, days },
        synthetic,
    })
}

/// The error with its interval, and what else is said of an instrument.
fn instrument(meter: &MeterAssessment, thing: String, (percent, kwh): (&Unit, &Unit)) -> Option<InstrumentResult> {
    Some(InstrumentResult {
        thing,
        state: state(meter.state),
        decidable: meter.decidable,
        reason: code(meter.reason).replace('_', "-"),
        error: with_interval(meter.error_percent, meter.u_percent, (meter.low_percent, meter.high_percent), percent)?,
        probability: probability(meter.p_beyond_limit)?,
        own_limit: None,
        since: meter.since_s.and_then(day),
        registered: at(meter.registered_kwh, ENERGY, kwh)?,
        sessions: None,
    })
}

fn state(state: State) -> ServiceState {
    match state {
        State::Good => ServiceState::Good,
        State::Beyond => ServiceState::Beyond,
        State::Drifting => ServiceState::Drifting,
        State::Stopped => ServiceState::Stopped,
        State::Bypassed => ServiceState::Bypassed,
        State::Undecided => ServiceState::Undecided,
    }
}

/// The legal day of an instant of the readings.
pub fn day(seconds: i64) -> Option<Date> {
    Timestamp::from_second(seconds).ok().map(legal_day)
}

/// The balance of each whole day.
fn days(
    district: &District,
    assessment: &Assessment,
    energy: &dyn Fn(f64) -> Option<Reported>,
) -> Option<Vec<DayBalance>> {
    let mut bounds: Vec<(Date, usize)> = Vec::new();
    for (place, seconds) in district.times_s.iter().enumerate() {
        let of = day(*seconds)?;
        if bounds.last().is_none_or(|(last, _)| *last != of) {
            bounds.push((of, place));
        }
    }
    bounds
        .iter()
        .zip(bounds.iter().skip(1))
        .map(|((day, from), (_, to))| {
            let registered = district.meters.iter().filter_map(|meter| between(&meter.register_kwh, *from, *to)).sum();
            let lost = assessment.district.loss_kwh.get(*from..*to).unwrap_or_default().iter().sum();
            Some(DayBalance {
                day: *day,
                supplied: energy(between(&district.head_kwh, *from, *to).unwrap_or(0.0))?,
                registered: energy(registered)?,
                loss: energy(lost)?,
            })
        })
        .collect()
}

/// What a register advanced between two readings; where one is missing, from the last one before it.
fn between(register: &[f64], from: usize, to: usize) -> Option<f64> {
    let read = |at: usize| register.get(..=at)?.iter().rev().find(|value| value.is_finite()).copied();
    Some(read(to)? - read(from)?)
}
