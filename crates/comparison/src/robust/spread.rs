//! Spreads about the median: MADe, nIQR and the estimators for few laboratories.

use crate::error::{ComparisonError, checked};
use crate::statistics::{middle, order_quantile, sorted};

/// 1/Φ⁻¹(¾), rounded as in ISO 13528:2022, C.2.2.
pub(super) const MADE_FACTOR: f64 = 1.483;
/// 1/(Φ⁻¹(¾) − Φ⁻¹(¼)), rounded as in ISO 13528:2022, C.2.3.
const NIQR_FACTOR: f64 = 0.7413;
/// √(2/π), rounded as in ISO 13528:2022, D.1.4.2, formula (D.1).
const MEAN_DEVIATION_FACTOR: f64 = 0.798;

/// MADe = 1.483 med|xᵢ − med(x)|, in the unit of the values; zero where more than half of them are alike.
///
/// Source: ISO 13528:2022, C.2.2.
pub fn made(values: &[f64]) -> Result<f64, ComparisonError> {
    checked(values, 2)?;
    Ok(MADE_FACTOR * median_deviation(values))
}

/// nIQR = 0.7413 (Q₃ − Q₁) with quartiles linear between the order statistics, as in table E.5.
///
/// Source: ISO 13528:2022, C.2.3.
pub fn niqr(values: &[f64]) -> Result<f64, ComparisonError> {
    checked(values, 2)?;
    let sorted = sorted(values);
    Ok(NIQR_FACTOR * (order_quantile(&sorted, 0.75) - order_quantile(&sorted, 0.25)))
}

/// s* = Σ|xᵢ − med(x)|/(0.798 p), for few laboratories.
///
/// Source: ISO 13528:2022, D.1.4.2, formula (D.1).
pub fn mean_absolute_deviation(values: &[f64]) -> Result<f64, ComparisonError> {
    checked(values, 2)?;
    let median = middle(&sorted(values));
    let sum: f64 = values.iter().map(|value| libm::fabs(value - median)).sum();
    Ok(sum / (MEAN_DEVIATION_FACTOR * values.len() as f64))
}

/// |x₁ − x₂|/√2, the standard deviation of two results.
///
/// Source: ISO 13528:2022, D.1.4.2.
pub fn deviation_of_two(first: f64, second: f64) -> Result<f64, ComparisonError> {
    checked(&[first, second], 2)?;
    Ok(libm::fabs(first - second) / std::f64::consts::SQRT_2)
}

/// med|xᵢ − med(x)|.
pub(crate) fn median_deviation(values: &[f64]) -> f64 {
    let median = middle(&sorted(values));
    let deviations: Vec<f64> = values.iter().map(|value| libm::fabs(value - median)).collect();
    middle(&sorted(&deviations))
}
