//! Whether results agree within their stated uncertainties.

use serde::Serialize;

use super::standardized::{Standardized, weighted};
use super::{MeasuredValue, Settings};
use crate::distribution::{chi_squared_quantile, chi_squared_survival};
use crate::error::ComparisonError;

/// The test of the weighted mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Consistency {
    /// χ² = Σ (xᵢ − x̂)²/uᵢ².
    pub chi_squared: f64,
    /// n − 1.
    pub degrees_of_freedom: f64,
    /// P(χ²(n − 1) ≥ χ²).
    pub p_value: f64,
    /// The quantile of χ²(n − 1) at 1 − α.
    pub critical_value: f64,
    /// Whether p ≥ α.
    pub is_consistent: bool,
    /// R_B = √(χ²/(n − 1)).
    pub birge_ratio: f64,
    /// I² = max(0, 1 − (n − 1)/χ²), the part of the variation that is between laboratories.
    pub between_laboratories_part: f64,
}

/// χ² of results about their weighted mean, with its p-value and the Birge ratio. Needs two results.
///
/// Source: Cox, Metrologia 39 (2002) 589, procedure A; Birge, Phys. Rev. 40 (1932) 207.
pub fn consistency(results: &[MeasuredValue], settings: &Settings) -> Result<Consistency, ComparisonError> {
    let standardized = Standardized::new(results, 2, settings)?;
    let chi_squared = weighted(&standardized.values, &standardized.variances).chi_squared;
    let degrees_of_freedom = results.len() as f64 - 1.0;
    let p_value = chi_squared_survival(chi_squared, degrees_of_freedom);
    let between = if chi_squared > degrees_of_freedom { 1.0 - degrees_of_freedom / chi_squared } else { 0.0 };
    Ok(Consistency {
        chi_squared,
        degrees_of_freedom,
        p_value,
        critical_value: chi_squared_quantile(1.0 - settings.significance, degrees_of_freedom),
        is_consistent: p_value >= settings.significance,
        birge_ratio: libm::sqrt(chi_squared / degrees_of_freedom),
        between_laboratories_part: between,
    })
}
