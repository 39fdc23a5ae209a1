//! What sealed forecasts were worth: each is held against what was then observed, by nobody's hand.
//!
//! A forecast counts if it was sealed before the time it is about began: by its own clock, and by its place in the log, which must not lie behind a
//! statement of a later time. It is verified by an observation that covers its time and that somebody else made. An event that no forecast covers is
//! a miss. A sealed forecast cannot be taken back: otherwise the bad ones would be.

use heng_statement::StatementHash;
use heng_statement::legal_day;
use jiff::civil::Date;
use serde::Serialize;

use super::log::{ForecastLog, Observed, PlanLog};

/// What became of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It happened, as was said.
    Hit,
    /// It happened, and nobody said so.
    Miss,
    /// It was said, and did not happen.
    FalseAlarm,
    /// It was said that it would not, and it did not.
    CorrectRejection,
    /// Nobody else has said yet what happened.
    Unverified,
    /// It was not sealed before its time began, and does not count.
    Late,
}

impl Outcome {
    /// Its name in facts and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::FalseAlarm => "false-alarm",
            Self::CorrectRejection => "correct-rejection",
            Self::Unverified => "unverified",
            Self::Late => "late",
        }
    }

    /// Whether it counts in scores.
    pub fn counts(self) -> bool {
        !matches!(self, Self::Unverified | Self::Late)
    }
}

/// A forecast, or an event that nobody forecast, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The forecast; none where an event was missed.
    pub seal: Option<StatementHash>,
    /// The observation; none where it is not verified.
    pub observation: Option<StatementHash>,
    /// What was forecast.
    pub product: String,
    /// Where.
    pub district: String,
    /// How far ahead, where it is said.
    pub horizon: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// From the sealing to the event, in minutes; for hits.
    pub lead_minutes: Option<i64>,
    /// The day its time ended.
    pub day: Date,
    /// The day from which on it is known.
    pub known_from: Date,
}

/// Every forecast, and every event that was missed, in the order of the log.
pub fn verified(log: &PlanLog) -> Vec<Verified> {
    let seals: Vec<&ForecastLog> = log.seals().iter().collect();
    let observed: Vec<&Observed> = log.observed().iter().filter(|one| one.said.withdrawn_from.is_none()).collect();
    let mut all: Vec<Verified> = seals.iter().map(|seal| of_seal(seal, &observed)).collect();
    all.extend(observed.iter().filter_map(|observed| missed(observed, &seals)));
    all
}

impl ForecastLog {
    /// Whether it was sealed before its time began.
    pub fn is_in_time(&self) -> bool {
        self.said.made_at <= self.seal.begins_at && self.not_before <= self.seal.begins_at
    }

    fn is_about(&self, observed: &Observed) -> bool {
        let (seal, seen) = (&self.seal, &observed.observation);
        seal.product == seen.product && seal.district == seen.district
    }
}

fn of_seal(sealed: &ForecastLog, observed: &[&Observed]) -> Verified {
    let seal = &sealed.seal;
    let covers = |one: &&&Observed| {
        let seen = &one.observation;
        sealed.is_about(one)
            && seen.begins_at <= seal.begins_at
            && seal.ends_at <= seen.ends_at
            && one.said.issuer != sealed.said.issuer
            && one.said.index > sealed.said.index
            && one.said.made_at >= seal.ends_at
    };
    let seen = observed.iter().find(covers).filter(|_| sealed.is_in_time());
    let happened_at = seen
        .and_then(|one| one.observation.happened_at)
        .filter(|happened| seal.begins_at <= *happened && *happened <= seal.ends_at);
    let outcome = match (sealed.is_in_time(), seen, seal.will_happen, happened_at) {
        (false, ..) => Outcome::Late,
        (true, None, ..) => Outcome::Unverified,
        (true, Some(_), true, Some(_)) => Outcome::Hit,
        (true, Some(_), true, None) => Outcome::FalseAlarm,
        (true, Some(_), false, Some(_)) => Outcome::Miss,
        (true, Some(_), false, None) => Outcome::CorrectRejection,
    };
    let ended = legal_day(seal.ends_at);
    Verified {
        seal: Some(sealed.said.hash.clone()),
        observation: seen.map(|one| one.said.hash.clone()),
        product: seal.product.clone(),
        district: seal.district.clone(),
        horizon: seal.horizon.clone(),
        outcome,
        lead_minutes: happened_at
            .filter(|_| outcome == Outcome::Hit)
            .map(|happened| (happened.as_second() - sealed.said.made_at.as_second()) / 60),
        day: ended,
        known_from: seen.map_or(ended, |one| legal_day(one.said.made_at).max(ended)),
    }
}

/// An event that no forecast in time was about, whatever it said.
fn missed(observed: &Observed, seals: &[&ForecastLog]) -> Option<Verified> {
    let seen = &observed.observation;
    let happened = seen.happened_at?;
    let is_forecast = seals.iter().any(|one| {
        one.is_about(observed) && one.is_in_time() && one.seal.begins_at <= happened && happened <= one.seal.ends_at
    });
    (!is_forecast).then(|| Verified {
        seal: None,
        observation: Some(observed.said.hash.clone()),
        product: seen.product.clone(),
        district: seen.district.clone(),
        horizon: None,
        outcome: Outcome::Miss,
        lead_minutes: None,
        day: legal_day(happened),
        known_from: legal_day(observed.said.made_at).max(legal_day(happened)),
    })
}
