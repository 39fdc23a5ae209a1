//! Numerical tolerances, and whether a linear result stands beside a Monte Carlo result.

use super::Interval;

/// Half a unit of the last of `digits` significant decimal digits of u.
///
/// δ = ½ 10^l with u = c × 10^l and c a whole number of `digits` digits; no number where u is not above zero or `digits` is zero.
///
/// Source: JCGM 101:2008, 7.9.2.
pub fn numerical_tolerance(standard_uncertainty: f64, digits: u8) -> f64 {
    if !(standard_uncertainty > 0.0 && standard_uncertainty.is_finite() && digits > 0) {
        return f64::NAN;
    }
    let written = format!("{standard_uncertainty:.*e}", usize::from(digits - 1));
    let exponent: i32 = written.split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0);
    format!("5e{}", exponent - i32::from(digits)).parse().unwrap_or(f64::NAN)
}

/// Whether the linear result stands beside the Monte Carlo result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Validation {
    /// |low end of the linear interval − low end of the other|, in the unit of the result.
    pub low_difference: f64,
    /// The same of the high ends.
    pub high_difference: f64,
    /// δ, from the linear u.
    pub tolerance: f64,
}

impl Validation {
    /// Compares the ends; `digits` significant digits of the linear u are meaningful.
    ///
    /// Source: JCGM 101:2008, 8.1.
    pub fn of(linear: Interval, linear_standard_uncertainty: f64, trials: Interval, digits: u8) -> Self {
        Self {
            low_difference: libm::fabs(linear.low - trials.low),
            high_difference: libm::fabs(linear.high - trials.high),
            tolerance: numerical_tolerance(linear_standard_uncertainty, digits),
        }
    }

    /// Neither difference exceeds δ.
    pub fn is_validated(&self) -> bool {
        self.low_difference <= self.tolerance && self.high_difference <= self.tolerance
    }
}
