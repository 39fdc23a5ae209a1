//! The probability that a quantity lies within its tolerance interval.

use crate::student::cumulative;

/// A tolerance interval, in the unit of the result; an absent limit is infinitely far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ToleranceInterval {
    /// T_L.
    pub lower: Option<f64>,
    /// T_U.
    pub upper: Option<f64>,
}

impl ToleranceInterval {
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
                cumulative(-beyond / standard_uncertainty, f64::INFINITY)
            } else {
                f64::from(u8::from(beyond < 0.0))
            }
        };
        let above = self.upper.map_or(0.0, |limit| tail(limit - value));
        let below = self.lower.map_or(0.0, |limit| tail(value - limit));
        1.0 - above - below
    }
}
