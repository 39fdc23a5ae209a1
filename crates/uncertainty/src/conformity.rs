//! Whether a quantity lies within its tolerance interval: probabilities, decisions and their risks (JCGM 106:2012).

pub mod acceptance;
pub mod capability;
pub mod characteristic;
pub mod decision;
pub mod error;
pub mod guard;
pub mod measured;
pub mod prior;
pub mod risk;

use serde::{Deserialize, Serialize};

pub use acceptance::AcceptanceInterval;
pub use error::ConformityError;

use crate::special::normal::survival;

/// A tolerance interval, in the unit of the result; an absent limit is infinitely far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ToleranceInterval {
    /// T_L.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<f64>,
    /// T_U.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<f64>,
}

impl ToleranceInterval {
    /// The width T = T_U − T_L; none where a limit is absent.
    pub fn width(&self) -> Option<f64> {
        self.upper.zip(self.lower).map(|(upper, lower)| upper - lower)
    }

    /// Whether the value lies within the limits, which belong to the interval.
    pub fn contains(&self, value: f64) -> bool {
        self.lower.is_none_or(|limit| limit <= value) && self.upper.is_none_or(|limit| value <= limit)
    }

    /// The conformance probability of a quantity that is normal about `value`: Φ((T_U − y)/u) − Φ((T_L − y)/u).
    ///
    /// With u = 0 it is 1 within the limits, which belong to the interval, and 0 outside.
    ///
    /// Source: JCGM 106:2012, clause 7.
    pub fn conformance_probability(&self, value: f64, standard_uncertainty: f64) -> f64 {
        // Each tail is computed as a tail, so that a small one keeps its digits.
        let tail = |beyond: f64| {
            if standard_uncertainty > 0.0 {
                survival(beyond / standard_uncertainty)
            } else {
                f64::from(u8::from(beyond < 0.0))
            }
        };
        let above = self.upper.map_or(0.0, |limit| tail(limit - value));
        let below = self.lower.map_or(0.0, |limit| tail(value - limit));
        1.0 - above - below
    }

    /// Errors: no limit; a limit that is no finite number; a lower limit that is not below the upper one.
    pub(crate) fn check(&self) -> Result<(), ConformityError> {
        if self.lower.is_none() && self.upper.is_none() {
            return Err(ConformityError::NoLimit);
        }
        if self.lower.into_iter().chain(self.upper).any(|limit| !limit.is_finite()) {
            return Err(ConformityError::NotFinite { what: "limit" });
        }
        if self.width().is_some_and(|width| width <= 0.0) {
            return Err(ConformityError::LimitsCross);
        }
        Ok(())
    }
}
