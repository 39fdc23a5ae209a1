//! The certified value with its combined uncertainty, and how long it holds.

use serde::Serialize;

use super::StabilityTrend;
use crate::error::{ComparisonError, checked};
use crate::statistics::square;

/// Standard uncertainties of a certified value, in its unit; zero where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Components {
    /// u_char.
    pub characterization: f64,
    /// u_bb.
    pub between_bottles: f64,
    /// u_lts, in storage.
    pub long_term_stability: f64,
    /// u_sts, in transport.
    pub short_term_stability: f64,
}

/// A certified value, in the unit of the study.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CertifiedValue {
    /// x_CRM.
    pub value: f64,
    /// What u is made of.
    pub components: Components,
    /// u_CRM.
    pub standard_uncertainty: f64,
    /// k.
    pub coverage_factor: f64,
    /// U_CRM = k u_CRM.
    pub expanded_uncertainty: f64,
}

/// u_CRM = √(u_char² + u_bb² + u_lts² + u_sts²), U_CRM = k u_CRM, all in one unit.
///
/// Errors: a component that is negative or no finite number; k not above zero.
///
/// Source: ISO 33405:2024 (ISO Guide 35:2017, clauses 6 and 10); JJF 1343-2022.
pub fn certified_value(
    value: f64,
    components: Components,
    coverage_factor: f64,
) -> Result<CertifiedValue, ComparisonError> {
    let all = [
        components.characterization,
        components.between_bottles,
        components.long_term_stability,
        components.short_term_stability,
    ];
    checked(&[value, coverage_factor], 2)?;
    checked(&all, 4)?;
    if all.iter().any(|component| *component < 0.0) {
        return Err(ComparisonError::Uncertainty);
    }
    if coverage_factor <= 0.0 {
        return Err(ComparisonError::Setting);
    }
    let standard_uncertainty = libm::sqrt(all.iter().map(|component| square(*component)).sum());
    let expanded_uncertainty = coverage_factor * standard_uncertainty;
    Ok(CertifiedValue { value, components, standard_uncertainty, coverage_factor, expanded_uncertainty })
}

/// The longest time t for which √(u_others² + (u(b₁) t)²) stays within the uncertainty that is allowed, in the unit of time of the trend; infinite
/// where u(b₁) is zero.
///
/// Errors: a slope that differs from zero; others that already are more than what is allowed.
///
/// Source: ISO 33405:2024 (ISO Guide 35:2017, clause 8).
pub fn shelf_life(
    trend: &StabilityTrend,
    others: f64,
    allowed_standard_uncertainty: f64,
) -> Result<f64, ComparisonError> {
    checked(&[others, allowed_standard_uncertainty], 2)?;
    if trend.is_significant {
        return Err(ComparisonError::Trend);
    }
    if others < 0.0 || allowed_standard_uncertainty <= others {
        return Err(ComparisonError::Uncertainty);
    }
    let left = libm::sqrt((allowed_standard_uncertainty - others) * (allowed_standard_uncertainty + others));
    Ok(left / trend.slope_uncertainty)
}
