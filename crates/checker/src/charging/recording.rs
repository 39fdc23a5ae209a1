//! Whether the sessions of a recording of OCPP messages hold together, and with what was signed in them.
//!
//! Nothing of a recording is signed but the records inside it: what the messages tell can convict a session, and prove only as much as its signed records do.

use heng_exchange::ocmf::Presented;
use heng_exchange::ocpp::{Recording, Session};
use heng_quantity::{Decimal, Reported, Unit};
use heng_rule::readings::ReadingLimits;
use heng_rule::recordings::RecordingLimits;
use jiff::Timestamp;

use super::sheet::allowed;
use super::{Found, Grounds, ReadingReport, check_readings};
use crate::report::{self, Answer, Check, Outcome, Reason};

/// Every check of a recorded session, in the order in which a reader meets them.
pub const NAMES: [&str; 7] = ["bounds", "sequence", "clock", "register", "gaps", "plausibility", "signed"];

/// What was found of one session.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionReport {
    /// The pile and its transaction, as far as the recording says.
    pub subject: String,
    /// The checks.
    pub checks: Vec<Check>,
    /// The places of its signed records among all of the recording.
    pub signed: Vec<usize>,
}

impl SessionReport {
    /// The answer in one word.
    pub fn answer(&self) -> Answer {
        report::answer(&self.checks)
    }
}

/// What was found of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordingReport {
    /// One for each session.
    pub sessions: Vec<SessionReport>,
    /// One for each signed record.
    pub signed: Vec<ReadingReport>,
}

/// Checks the sessions of a recording and every signed record in it.
pub fn check_recording(recording: &Recording, grounds: &Grounds<'_>, limits: &RecordingLimits) -> RecordingReport {
    let presented: Vec<Presented> = recording.signed.iter().map(|signed| signed.presented.clone()).collect();
    let signed = check_readings(&presented, grounds);
    let mut of_sessions: Vec<Vec<usize>> = vec![Vec::new(); recording.sessions.len()];
    for (place, signed) in recording.signed.iter().enumerate() {
        if let Some(of_session) = signed.session.and_then(|session| of_sessions.get_mut(session)) {
            of_session.push(place);
        }
    }
    let sessions = recording.sessions.iter().zip(of_sessions).map(|(session, places)| {
        let reports: Vec<&ReadingReport> = places.iter().filter_map(|place| signed.get(*place)).collect();
        let subject = subject(session);
        let checks = [
            bounds(session),
            sequence(session),
            clock(session),
            register(session),
            gaps(session, limits),
            plausible(session, grounds.limits),
            signed_as_told(session, &reports, limits),
        ];
        let checks = NAMES.into_iter().zip(checks).map(|(name, (outcome, reason))| Check {
            name,
            subject: subject.clone(),
            outcome,
            reason,
        });
        SessionReport { checks: checks.collect(), subject, signed: places }
    });
    RecordingReport { sessions: sessions.collect(), signed }
}

fn subject(session: &Session) -> String {
    let transaction = session.transaction.clone().unwrap_or_else(|| format!(":{}", session.line));
    match &session.pile {
        Some(pile) => format!("{pile} {transaction}"),
        None => transaction,
    }
}

/// The check `bounds`: the recording holds the beginning and the end.
fn bounds(session: &Session) -> Found {
    match (session.began, session.ended) {
        (Some(began), Some(ended)) => {
            (Outcome::Passed, Reason::new("recording-bounds-passed").with("began", began).with("ended", ended))
        }
        (None, Some(_)) => (Outcome::NotPossible, Reason::new("recording-begins-later")),
        (Some(_), None) => (Outcome::NotPossible, Reason::new("recording-ends-before")),
        (None, None) => (Outcome::NotPossible, Reason::new("recording-middle")),
    }
}

/// The check `sequence`: of the numbered messages of 2.0.1 none is missing and none is there twice.
fn sequence(session: &Session) -> Found {
    let mut numbers = session.numbers.clone();
    numbers.sort_unstable();
    if numbers.is_empty() {
        return (Outcome::NotPossible, Reason::new("recording-unnumbered"));
    }
    for pair in numbers.windows(2) {
        let [before, after] = pair else { continue };
        let said = |code: &str| Reason::new(code).with("before", before).with("after", after);
        if before == after {
            return (Outcome::Failed, said("recording-number-twice"));
        }
        if *after != before + 1 {
            return (Outcome::Failed, said("recording-number-missing"));
        }
    }
    (Outcome::Passed, Reason::new("recording-numbered").with("count", numbers.len()))
}

/// The check `clock`: the pile's time goes on from value to value, and no value lies outside the session.
fn clock(session: &Session) -> Found {
    let samples = session.samples.iter().filter_map(|sample| sample.time);
    let times: Vec<Timestamp> = session.began.into_iter().chain(samples).chain(session.ended).collect();
    if times.len() < 2 {
        return (Outcome::NotPossible, Reason::new("charging-clock-missing"));
    }
    let backwards = times.windows(2).find_map(|pair| match pair {
        [before, after] if after < before => Some((*before, *after)),
        _ => None,
    });
    match backwards {
        Some((before, after)) => {
            (Outcome::Failed, Reason::new("charging-clock-backwards").with("before", before).with("after", after))
        }
        None => (Outcome::Passed, Reason::new("recording-clock-passed").with("count", times.len())),
    }
}

/// The check `register`: what is billed never runs backwards.
fn register(session: &Session) -> Found {
    let shown: Vec<&Reported> = session.energies().filter_map(|sample| sample.value.as_ref()).collect();
    if shown.len() < 2 {
        return (Outcome::NotPossible, Reason::new("charging-one-reading"));
    }
    for pair in shown.windows(2) {
        let [before, after] = pair else { continue };
        if after.order(before) == Some(std::cmp::Ordering::Less) {
            let reason =
                Reason::new("charging-register-backwards").with("before", before.text()).with("after", after.text());
            return (Outcome::Failed, reason);
        }
    }
    (Outcome::Passed, Reason::new("recording-register-passed").with("count", shown.len()))
}

/// The check `gaps`: no interval between two values is much longer than the usual one of the session.
fn gaps(session: &Session, limits: &RecordingLimits) -> Found {
    let mut times: Vec<Timestamp> = session.energies().filter_map(|sample| sample.time).collect();
    times.dedup();
    let seconds = |pair: &[Timestamp]| match pair {
        [before, after] => after.duration_since(*before).as_secs_f64(),
        _ => 0.0,
    };
    let intervals: Vec<f64> = times.windows(2).map(seconds).collect();
    let gap = limits.gap.value;
    if intervals.len() < gap.intervals.max(1) {
        return (Outcome::NotPossible, Reason::new("recording-few-values").with("count", times.len()));
    }
    let mut sorted = intervals.clone();
    sorted.sort_by(f64::total_cmp);
    let usual = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let longest = intervals.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((place, longest)) = longest else {
        return (Outcome::NotPossible, Reason::new("recording-few-values").with("count", times.len()));
    };
    let from = times.get(place).map(ToString::to_string).unwrap_or_default();
    let reason = Reason::new("").with("usual", whole(usual)).with("longest", whole(longest)).with("from", from);
    let said = |code: &str| Reason { code: code.to_owned(), ..reason.clone() };
    if longest > gap.factor * usual {
        (Outcome::Failed, said("recording-gap"))
    } else {
        (Outcome::Passed, said("recording-no-gap"))
    }
}

fn whole(seconds: f64) -> String {
    format!("{seconds:.0}")
}

/// The check `plausibility`: E ≤ P·(t + δ) with the largest power there is, from `rules/signed-readings`.
fn plausible(session: &Session, limits: &ReadingLimits) -> Found {
    let times: Vec<Timestamp> = session.energies().filter_map(|sample| sample.time).collect();
    let (first, last) = (times.first().copied(), times.last().copied());
    let (Some(energy), Some(began), Some(ended), Some(limit)) =
        (session.energy(), session.began.or(first), session.ended.or(last), limits.largest_power())
    else {
        return (Outcome::NotPossible, Reason::new("charging-one-reading"));
    };
    let duration = ended.duration_since(began);
    let joules = joules(&energy);
    let (Some(allowed), Some(joules)) = (allowed(limit, duration, limits), joules) else {
        return (Outcome::NotPossible, Reason::new("charging-one-reading"));
    };
    let seconds = Decimal::from_f64(duration.as_secs_f64()).map(|seconds| seconds.to_string()).unwrap_or_default();
    let reason =
        Reason::new("").with("energy", energy.text()).with("seconds", seconds).with("limit", limit.value.text());
    let said = |code: &str| Reason { code: code.to_owned(), ..reason.clone() };
    if joules > allowed {
        (Outcome::Failed, said("charging-too-much"))
    } else {
        (Outcome::Passed, said("charging-plausible"))
    }
}

fn joules(energy: &Reported) -> Option<f64> {
    let joule: Unit = "\\joule".parse().ok()?;
    Some(energy.converted_to(&joule).ok()?.value.to_f64())
}

/// The check `signed`: every signed record of the session holds, and the energy that they sign is the one that the messages tell.
fn signed_as_told(session: &Session, reports: &[&ReadingReport], limits: &RecordingLimits) -> Found {
    if reports.is_empty() {
        return (Outcome::NotPossible, Reason::new("recording-nothing-signed"));
    }
    let doubtful = reports.iter().filter(|report| report.answer() == Answer::Doubtful).count();
    if doubtful > 0 {
        return (Outcome::Failed, Reason::new("recording-signed-fails").with("count", doubtful));
    }
    // The record of the whole session: the one whose energy is the largest.
    let of_report = |report: &&ReadingReport| report.session.as_ref().and_then(|facts| facts.energy.clone());
    let signed = reports.iter().filter_map(of_report).max_by(|a, b| a.order(b).unwrap_or(std::cmp::Ordering::Equal));
    if let (Some(signed), Some(told)) = (&signed, session.energy()) {
        let resolution = joules(&limits.resolution.value);
        if let (Some(signed_joules), Some(told_joules), Some(resolution)) = (joules(signed), joules(&told), resolution)
            && libm::fabs(signed_joules - told_joules) > resolution
        {
            let reason = Reason::new("recording-told-otherwise").with("signed", signed.text());
            return (Outcome::Failed, reason.with("told", told.text()));
        }
    }
    if reports.iter().all(|report| report.holds()) {
        let energy = signed.map(|signed| signed.text()).unwrap_or_else(|| "–".to_owned());
        return (
            Outcome::Passed,
            Reason::new("recording-signed-holds").with("count", reports.len()).with("energy", energy),
        );
    }
    (Outcome::NotPossible, Reason::new("recording-signed-without-key").with("count", reports.len()))
}
