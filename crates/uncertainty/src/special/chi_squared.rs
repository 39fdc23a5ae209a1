//! The χ² distribution.

use super::gamma;

/// P(χ² ≤ x) = P(ν/2, x/2) for ν > 0 degrees of freedom. Source: Abramowitz and Stegun, 26.4.19.
pub fn cumulative(x: f64, degrees_of_freedom: f64) -> f64 {
    gamma::lower(degrees_of_freedom / 2.0, x / 2.0)
}

/// P(χ² > x).
pub fn survival(x: f64, degrees_of_freedom: f64) -> f64 {
    gamma::upper(degrees_of_freedom / 2.0, x / 2.0)
}

/// The density at x.
pub fn density(x: f64, degrees_of_freedom: f64) -> f64 {
    gamma::density(degrees_of_freedom / 2.0, x / 2.0) / 2.0
}

/// x with P(χ² ≤ x) = `probability`; no number outside 0 < p < 1, ν > 0.
///
/// ```
/// use heng_uncertainty::special::chi_squared;
///
/// assert!((chi_squared::quantile(0.95, 4.0) - 9.487_729_036_781_154).abs() < 1e-13);
/// ```
pub fn quantile(probability: f64, degrees_of_freedom: f64) -> f64 {
    2.0 * gamma::quantile(probability, degrees_of_freedom / 2.0)
}

/// x with P(χ² > x) = `probability`; no number outside 0 < p < 1, ν > 0.
pub fn upper_quantile(probability: f64, degrees_of_freedom: f64) -> f64 {
    2.0 * gamma::upper_quantile(probability, degrees_of_freedom / 2.0)
}
