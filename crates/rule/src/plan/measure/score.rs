//! What verified forecasts were worth.

use std::collections::BTreeMap;

use num_rational::BigRational;

use super::amount::integer;

/// A score of yes-or-no forecasts. With hits H, misses M, false alarms F and correct rejections C:
///
/// | name | formula | of |
/// | --- | --- | --- |
/// | `hit-rate` | H/(H+M) | events that came |
/// | `accuracy` | (H+C)/(H+M+F+C) | all forecasts |
/// | `threat` | H/(H+M+F) | events and alarms |
/// | `false-alarm-ratio` | F/(H+F) | alarms |
/// | `base-rate` | (H+M)/(H+M+F+C) | all forecasts |
///
/// Source: I. T. Jolliffe and D. B. Stephenson (eds.), *Forecast Verification*, 2nd ed., 2012, chapter 3. An accuracy says little without its base
/// rate: where events are rare, never to warn is nearly always right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Score {
    /// Events that were forecast.
    HitRate,
    /// Forecasts that were right.
    Accuracy,
    /// Hits among events and alarms (TS).
    Threat,
    /// Alarms without event.
    FalseAlarmRatio,
    /// How often the event comes.
    BaseRate,
}

/// The word of a forecast that says how it came out.
pub(super) const OUTCOME: &str = "outcome";

impl Score {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::HitRate, Self::Accuracy, Self::Threat, Self::FalseAlarmRatio, Self::BaseRate];

    /// Its name in measures.
    pub fn code(self) -> &'static str {
        match self {
            Self::HitRate => "hit-rate",
            Self::Accuracy => "accuracy",
            Self::Threat => "threat",
            Self::FalseAlarmRatio => "false-alarm-ratio",
            Self::BaseRate => "base-rate",
        }
    }

    /// Numerator and denominator, from how many forecasts came out in each way.
    pub(super) fn fraction(self, outcomes: &BTreeMap<&str, i64>) -> (BigRational, BigRational) {
        let of = |name: &str| outcomes.get(name).copied().unwrap_or(0);
        let (hits, misses, alarms, rejections) = (of("hit"), of("miss"), of("false-alarm"), of("correct-rejection"));
        let all = hits + misses + alarms + rejections;
        let (part, whole) = match self {
            Self::HitRate => (hits, hits + misses),
            Self::Accuracy => (hits + rejections, all),
            Self::Threat => (hits, hits + misses + alarms),
            Self::FalseAlarmRatio => (alarms, hits + alarms),
            Self::BaseRate => (hits + misses, all),
        };
        (integer(part), integer(whole))
    }
}
