//! Assigned values that do not come from the participants, and how participants compare with them (ISO 13528:2022, clause 7).

use serde::Serialize;

use crate::error::{ComparisonError, checked};
use crate::statistics::{mean, square, standard_deviation};

/// A value assigned by one laboratory against a reference material, in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ValueAgainstReferenceMaterial {
    /// d̄, the mean difference between the item and the reference material.
    pub mean_difference: f64,
    /// u_d̄ = s(d)/√n.
    pub difference_uncertainty: f64,
    /// x_pt = x_CRM + d̄.
    pub value: f64,
    /// u(x_pt) = √(u_CRM² + u_d̄²).
    pub standard_uncertainty: f64,
}

/// x_pt of an item that one laboratory measured side by side with a reference material, from the differences dᵢ of at least two pairs.
///
/// Source: ISO 13528:2022, 7.5.2, formulae (4) and (5).
pub fn value_against_reference_material(
    certified: f64,
    certified_uncertainty: f64,
    differences: &[f64],
) -> Result<ValueAgainstReferenceMaterial, ComparisonError> {
    checked(&[certified, certified_uncertainty], 2)?;
    if certified_uncertainty < 0.0 {
        return Err(ComparisonError::Uncertainty);
    }
    let difference_uncertainty = standard_deviation(differences)? / libm::sqrt(differences.len() as f64);
    let mean_difference = mean(differences)?;
    Ok(ValueAgainstReferenceMaterial {
        mean_difference,
        difference_uncertainty,
        value: certified + mean_difference,
        standard_uncertainty: libm::hypot(certified_uncertainty, difference_uncertainty),
    })
}

/// u(x_pt) = √(u_char² + u_hom² + u_trans² + u_stab²), all in one unit.
///
/// Source: ISO 13528:2022, 7.2.2, formula (3).
pub fn assigned_value_uncertainty(
    characterization: f64,
    homogeneity: f64,
    transport: f64,
    stability: f64,
) -> Result<f64, ComparisonError> {
    let all = [characterization, homogeneity, transport, stability];
    checked(&all, 4)?;
    if all.iter().any(|component| *component < 0.0) {
        return Err(ComparisonError::Uncertainty);
    }
    Ok(libm::sqrt(all.iter().map(|component| square(*component)).sum()))
}

/// The consensus of participants beside a reference value, in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ConsensusBesideReference {
    /// x_diff = x_ref − x_pt.
    pub difference: f64,
    /// u_diff = √(u²(x_ref) + u²(x_pt)).
    pub standard_uncertainty: f64,
    /// x_diff/u_diff.
    pub ratio: f64,
    /// Whether |x_diff| > 2 u_diff: the reason should be looked for.
    pub needs_investigation: bool,
}

/// From this many uncertainties on a difference needs a reason: ISO 13528:2022, 7.8.
const NEEDS_INVESTIGATION: f64 = 2.0;

/// Whether a consensus and a reference value agree.
///
/// Source: ISO 13528:2022, 7.8, formula (7).
pub fn consensus_beside_reference(
    reference: f64,
    reference_uncertainty: f64,
    consensus: f64,
    consensus_uncertainty: f64,
) -> Result<ConsensusBesideReference, ComparisonError> {
    checked(&[reference, reference_uncertainty, consensus, consensus_uncertainty], 4)?;
    if reference_uncertainty < 0.0 || consensus_uncertainty < 0.0 {
        return Err(ComparisonError::Uncertainty);
    }
    let difference = reference - consensus;
    let standard_uncertainty = libm::hypot(reference_uncertainty, consensus_uncertainty);
    if standard_uncertainty <= 0.0 {
        return Err(ComparisonError::NoDenominator);
    }
    let ratio = difference / standard_uncertainty;
    let needs_investigation = libm::fabs(ratio) > NEEDS_INVESTIGATION;
    Ok(ConsensusBesideReference { difference, standard_uncertainty, ratio, needs_investigation })
}
