//! Whether two lots that are measured side by side differ as their certificates say.

use serde::Serialize;

use crate::error::{ComparisonError, checked};
use crate::statistics::square;

/// A lot with its certified value and what was measured of it, all in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Lot {
    /// The certified value.
    pub certified: f64,
    /// Its standard uncertainty.
    pub certified_uncertainty: f64,
    /// The mean measured beside the other lot.
    pub measured: f64,
    /// Its standard uncertainty under repeatability conditions.
    pub measured_uncertainty: f64,
}

/// The comparison of two lots.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LotAgreement {
    /// Δ = (measured₂ − measured₁) − (certified₂ − certified₁).
    pub difference: f64,
    /// u(Δ).
    pub standard_uncertainty: f64,
    /// U(Δ) = k u(Δ).
    pub expanded_uncertainty: f64,
    /// Whether |Δ| ≤ U(Δ).
    pub agrees: bool,
}

/// Δ of two lots with u²(Δ) = Σ u²(certified) + Σ u²(measured): what both lots share makes u(Δ) an upper bound.
///
/// Errors: a number that is not finite; a negative u; no u at all; k not above zero.
///
/// Source: the comparison of a measured with a certified value of Linsinger, ERM Application Note 1 (2010), for a difference of two.
pub fn lot_agreement(first: Lot, second: Lot, coverage_factor: f64) -> Result<LotAgreement, ComparisonError> {
    let widths = [
        first.certified_uncertainty,
        first.measured_uncertainty,
        second.certified_uncertainty,
        second.measured_uncertainty,
    ];
    checked(&[first.certified, first.measured, second.certified, second.measured, coverage_factor], 5)?;
    checked(&widths, 4)?;
    if widths.iter().any(|width| *width < 0.0) {
        return Err(ComparisonError::Uncertainty);
    }
    let standard_uncertainty = libm::sqrt(widths.iter().map(|width| square(*width)).sum());
    if standard_uncertainty <= 0.0 {
        return Err(ComparisonError::NoDenominator);
    }
    if coverage_factor <= 0.0 {
        return Err(ComparisonError::Setting);
    }
    let difference = (second.measured - first.measured) - (second.certified - first.certified);
    let expanded_uncertainty = coverage_factor * standard_uncertainty;
    let agrees = libm::fabs(difference) <= expanded_uncertainty;
    Ok(LotAgreement { difference, standard_uncertainty, expanded_uncertainty, agrees })
}
