//! What the readings say of clock, meter and energy.

use heng_exchange::ocmf::{ClockState, Current, Reading, Reason as Why};
use heng_quantity::{Decimal, Reported, Unit};
use heng_rule::cited::Cited;
use heng_rule::readings::ReadingLimits;
use jiff::SignedDuration;

use super::Found;
use super::session::Session;
use crate::report::{Outcome, Reason};

/// The check `clock`: time goes on, and the clock is one by which a duration is known.
pub(super) fn clock(session: &Session<'_>, limits: &ReadingLimits) -> Found {
    let times: Vec<_> = session.readings().map(|reading| reading.time).collect();
    if times.is_empty() || times.contains(&None) {
        return (Outcome::NotPossible, Reason::new("charging-clock-missing"));
    }
    if session.readings().any(|reading| reading.errors.time) {
        return (Outcome::Failed, Reason::new("charging-clock-flagged"));
    }
    let times: Vec<_> = times.into_iter().flatten().collect();
    let backwards = times.windows(2).find_map(|pair| match pair {
        [before, after] if after.instant < before.instant => Some((before.instant, after.instant)),
        _ => None,
    });
    if let Some((before, after)) = backwards {
        return (Outcome::Failed, Reason::new("charging-clock-backwards").with("before", before).with("after", after));
    }
    let mut letters: Vec<char> = times.iter().filter_map(|time| time.clock).map(|clock| clock.letter()).collect();
    letters.sort_unstable();
    letters.dedup();
    let letters: String = letters.into_iter().collect();
    let said = |code: &str| Reason::new(code).with("states", &letters);
    if session.clocks_within(&[ClockState::Synchronised.letter()]) {
        (Outcome::Passed, said("charging-clock-passed"))
    } else if session.clocks_within(&limits.duration_clocks.value) {
        (Outcome::Passed, said("charging-clock-duration"))
    } else {
        (Outcome::NotPossible, said("charging-clock-unproved"))
    }
}

/// The check `meter-state`: at every reading the meter said that it works, and that its energy is usable.
pub(super) fn state(session: &Session<'_>, limits: &ReadingLimits) -> Found {
    if session.readings().any(|reading| reading.errors.energy) {
        return (Outcome::Failed, Reason::new("charging-energy-flagged"));
    }
    if session.readings().any(|reading| reading.reason == Some(Why::Exception)) {
        return (Outcome::Failed, Reason::new("charging-exception"));
    }
    let good = &limits.good_states.value;
    let mut states = session.readings().map(|reading| reading.state);
    match states.find(|state| state.is_none_or(|state| !good.contains(&state))) {
        Some(Some(state)) => (Outcome::Failed, Reason::new("charging-meter-state").with("state", state)),
        Some(None) => (Outcome::NotPossible, Reason::new("charging-meter-state-unstated")),
        None => (Outcome::Passed, Reason::new("charging-meter-state-passed").with("count", session.readings().count())),
    }
}

/// The check `plausibility`: no register runs backwards, and no more energy was given than the largest charging gives in the time.
///
/// E ≤ P·(t + δ), where E is the energy between the first and the last reading of a register, t the difference of their time stamps, δ their resolution and P the
/// largest power of the kind of current, all from `rules/signed-readings`.
pub(super) fn plausible(session: &Session<'_>, limits: &ReadingLimits) -> Found {
    let mut best = None;
    for shown in session.registers() {
        for pair in shown.windows(2) {
            let [before, after] = pair else { continue };
            let Some(energy) = difference(before, after) else { continue };
            if energy.value.is_negative() {
                let reason = Reason::new("charging-register-backwards");
                return (Outcome::Failed, with_readings(reason, before, after));
            }
        }
        if let [first, .., last] = shown.as_slice()
            && let Some(found) = power(first, last, session, limits)
        {
            if found.0 != Outcome::Passed {
                return found;
            }
            best.get_or_insert(found);
        }
    }
    best.unwrap_or((Outcome::NotPossible, Reason::new("charging-one-reading")))
}

fn difference(before: &Reading, after: &Reading) -> Option<Reported> {
    after.energy.as_ref()?.since(before.energy.as_ref()?)
}

fn with_readings(reason: Reason, before: &Reading, after: &Reading) -> Reason {
    let text = |reading: &Reading| reading.energy.as_ref().map(|energy| energy.shown.text()).unwrap_or_default();
    reason.with("before", text(before)).with("after", text(after))
}

fn power(first: &Reading, last: &Reading, session: &Session<'_>, limits: &ReadingLimits) -> Option<Found> {
    let energy = difference(first, last)?;
    let (began, ended) = (first.time?, last.time?);
    let duration = ended.instant.duration_since(began.instant);
    let limit = match last.current.or(first.current) {
        Some(Current::Alternating) => limits.power.get("AC"),
        Some(Current::Direct) => limits.power.get("DC"),
        None => limits.largest_power(),
    }?;
    let allowed = allowed(limit, duration, limits)?;
    let reason = Reason::new("")
        .with("energy", energy.text())
        .with("seconds", Decimal::from_f64(duration.as_secs_f64())?)
        .with("limit", limit.value.text());
    let said = |code: &str| Reason { code: code.to_owned(), ..reason.clone() };
    let joule: Unit = "\\joule".parse().ok()?;
    let is_too_much = energy.converted_to(&joule).ok()?.value.to_f64() > allowed;
    Some(match (is_too_much, session.clocks_within(&limits.duration_clocks.value)) {
        (false, _) => (Outcome::Passed, said("charging-plausible")),
        (true, true) => (Outcome::Failed, said("charging-too-much")),
        // Either the energy or the clock is wrong, and the clock says itself that it cannot be relied on.
        (true, false) => (Outcome::NotPossible, said("charging-too-much-or-clock")),
    })
}

/// P·(t + δ) in joules.
pub(super) fn allowed(limit: &Cited<Reported>, duration: SignedDuration, limits: &ReadingLimits) -> Option<f64> {
    let si = |value: &Reported, unit: &str| Some(value.converted_to(&unit.parse().ok()?).ok()?.value.to_f64());
    let resolution = si(&limits.resolution.value, "\\second")?;
    Some(si(&limit.value, "\\watt")? * (duration.as_secs_f64() + resolution))
}
