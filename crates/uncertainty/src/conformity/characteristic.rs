//! The operating characteristic of a rule of acceptance: how often a true value is accepted.

use serde::{Deserialize, Serialize};

use super::{AcceptanceInterval, ConformityError};

/// A curve for people has no more points.
const MOST_POINTS: usize = 100_000;

/// The probability of acceptance against the true value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OperatingCharacteristic {
    /// The measured values that are accepted.
    pub acceptance: AcceptanceInterval,
    /// u, of the measured value about the true one.
    pub standard_uncertainty: f64,
    /// The curve.
    pub points: Vec<CharacteristicPoint>,
    /// True values that are as often accepted as rejected, where consumer and producer share the risk; none where all are rejected more often.
    pub shared_risk: Vec<f64>,
}

/// A point of the curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CharacteristicPoint {
    /// η.
    pub true_value: f64,
    /// P(accepted | η).
    pub acceptance_probability: f64,
}

impl OperatingCharacteristic {
    /// The curve at `count` places from `from` to `to`.
    ///
    /// Errors: an acceptance interval without limits; an uncertainty that is not above zero; places that do not rise; fewer than two points or
    /// more than a hundred thousand.
    ///
    /// Source: JCGM 106:2012, 9.5.3 (the probability of acceptance of a true value); ISO 2859-1:1999, 3.1.25 (operating characteristic).
    pub fn between(
        acceptance: &AcceptanceInterval,
        standard_uncertainty: f64,
        from: f64,
        to: f64,
        count: usize,
    ) -> Result<Self, ConformityError> {
        acceptance.check()?;
        if acceptance.lower.is_none() && acceptance.upper.is_none() {
            return Err(ConformityError::NoLimit);
        }
        if !(standard_uncertainty > 0.0 && standard_uncertainty.is_finite()) {
            return Err(ConformityError::Uncertainty);
        }
        if !(from < to && from.is_finite() && to.is_finite()) {
            return Err(ConformityError::LimitsCross);
        }
        if !(2..=MOST_POINTS).contains(&count) {
            return Err(ConformityError::TooFew);
        }
        let last = (count - 1) as f64;
        let point = |step: usize| {
            let true_value = from + (to - from) * (step as f64 / last);
            let acceptance_probability = acceptance.acceptance_probability(true_value, standard_uncertainty);
            CharacteristicPoint { true_value, acceptance_probability }
        };
        Ok(Self {
            acceptance: *acceptance,
            standard_uncertainty,
            points: (0..count).map(point).collect(),
            shared_risk: shared_risk(acceptance, standard_uncertainty),
        })
    }
}

/// η with P(accepted | η) = ½: near each acceptance limit, exactly there where only one limit matters.
fn shared_risk(acceptance: &AcceptanceInterval, u: f64) -> Vec<f64> {
    let probability = |at: f64| acceptance.acceptance_probability(at, u);
    match (acceptance.lower, acceptance.upper) {
        (Some(lower), Some(upper)) => {
            let middle = lower + (upper - lower) / 2.0;
            if probability(middle) < 0.5 {
                return Vec::new();
            }
            [-1.0, 1.0].map(|side| half(middle, middle + side * (upper - lower + u), &probability)).to_vec()
        }
        (one, other) => one.into_iter().chain(other).collect(),
    }
}

fn half(inside: f64, outside: f64, probability: &impl Fn(f64) -> f64) -> f64 {
    let (mut inside, mut outside) = (inside, outside);
    for _ in 0..2_000 {
        let middle = inside + (outside - inside) / 2.0;
        if middle == inside || middle == outside {
            break;
        }
        if probability(middle) >= 0.5 {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    inside
}
