//! The measured values that are accepted, and how often a true value is.

use serde::{Deserialize, Serialize};

use super::{ConformityError, ToleranceInterval};
use crate::special::normal;

/// An acceptance interval; an absent limit is infinitely far. Where A_L > A_U no value is accepted.
///
/// Source: JCGM 106:2012, 3.3.9 and 8.3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AcceptanceInterval {
    /// A_L.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<f64>,
    /// A_U.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<f64>,
}

impl AcceptanceInterval {
    /// The tolerance interval itself: simple acceptance (8.2).
    pub fn simple(tolerance: &ToleranceInterval) -> Self {
        Self::guarded(tolerance, 0.0)
    }

    /// A_L = T_L + w and A_U = T_U − w: guarded acceptance for w > 0 (8.3.2), guarded rejection for w < 0 (8.3.3).
    pub fn guarded(tolerance: &ToleranceInterval, guard_band: f64) -> Self {
        Self {
            lower: tolerance.lower.map(|limit| limit + guard_band),
            upper: tolerance.upper.map(|limit| limit - guard_band),
        }
    }

    /// Whether the measured value is accepted; the limits belong to the interval.
    pub fn contains(&self, value: f64) -> bool {
        self.lower.is_none_or(|limit| limit <= value) && self.upper.is_none_or(|limit| value <= limit)
    }

    /// Whether no value can be accepted.
    pub fn is_empty(&self) -> bool {
        self.lower.zip(self.upper).is_some_and(|(lower, upper)| lower > upper)
    }

    /// P(A_L ≤ Y ≤ A_U | η) = Φ((A_U − η)/u) − Φ((A_L − η)/u) for a measured value Y that is normal about the true value η.
    ///
    /// With u = 0 it is 1 within the interval and 0 outside. Source: JCGM 106:2012, 9.5.3.
    pub fn acceptance_probability(&self, true_value: f64, standard_uncertainty: f64) -> f64 {
        if self.is_empty() {
            return 0.0;
        }
        if standard_uncertainty == 0.0 {
            return f64::from(u8::from(self.contains(true_value)));
        }
        let z = |limit: f64| (limit - true_value) / standard_uncertainty;
        match (self.lower.map(z), self.upper.map(z)) {
            (None, None) => 1.0,
            (Some(lower), None) => normal::survival(lower),
            (None, Some(upper)) => normal::cumulative(upper),
            // The difference of the two smaller tails keeps its digits.
            (Some(lower), Some(upper)) if lower > 0.0 => normal::survival(lower) - normal::survival(upper),
            (Some(lower), Some(upper)) if upper < 0.0 => normal::cumulative(upper) - normal::cumulative(lower),
            (Some(lower), Some(upper)) => 1.0 - normal::cumulative(lower) - normal::survival(upper),
        }
    }

    /// 1 − P(accepted | η), which keeps its digits where it is small.
    pub fn rejection_probability(&self, true_value: f64, standard_uncertainty: f64) -> f64 {
        if self.is_empty() || standard_uncertainty == 0.0 {
            return 1.0 - self.acceptance_probability(true_value, standard_uncertainty);
        }
        let z = |limit: f64| (limit - true_value) / standard_uncertainty;
        self.lower.map_or(0.0, |limit| normal::cumulative(z(limit)))
            + self.upper.map_or(0.0, |limit| normal::survival(z(limit)))
    }

    pub(crate) fn check(&self) -> Result<(), ConformityError> {
        let is_finite = self.lower.into_iter().chain(self.upper).all(f64::is_finite);
        if is_finite { Ok(()) } else { Err(ConformityError::NotFinite { what: "acceptance limit" }) }
    }
}
