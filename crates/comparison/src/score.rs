//! Scores of laboratories and their judgement (ISO 13528:2022, clause 9; JJF 1117-2010; CNAS-GL002).

use serde::Serialize;

use crate::error::{ComparisonError, checked};

/// Beyond it a z, z' or ζ score is questionable: ISO 13528:2022, 9.4.2.
pub const WARNING_LIMIT: f64 = 2.0;
/// From it on a z, z' or ζ score is unsatisfactory: ISO 13528:2022, 9.4.2.
pub const ACTION_LIMIT: f64 = 3.0;
/// Beyond it an E_n is unsatisfactory: JJF 1117-2010; ISO 13528:2022, 9.7.2, where the limit itself already is a signal.
pub const E_N_LIMIT: f64 = 1.0;
/// From it on a P_A is unsatisfactory, in percent: ISO 13528:2022, 9.3.2.
pub const ALL_ALLOWED: f64 = 100.0;
/// Up to this part of σ_pt, u(x_pt) needs no account in a score: ISO 13528:2022, 9.2.1, formula (10).
pub const NEGLIGIBLE_PART: f64 = 0.3;
/// The same part of δ_E: ISO 13528:2022, 9.2.1, formula (10).
pub const NEGLIGIBLE_PART_OF_ERROR: f64 = 0.1;

/// What a score says of the laboratory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// |z| ≤ 2, |E_n| ≤ 1, |P_A| < 100 %.
    Satisfactory,
    /// 2 < |z| < 3: a warning signal.
    Questionable,
    /// |z| ≥ 3, |E_n| > 1, |P_A| ≥ 100 %: an action signal.
    Unsatisfactory,
}

/// A score with its judgement.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The number, without unit.
    pub value: f64,
    /// What it says.
    pub judgement: Judgement,
}

/// Which of z and z' a round uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PreferredScore {
    /// u(x_pt) < 0.3 σ_pt: z.
    Z,
    /// Otherwise z', which takes u(x_pt) into account.
    ZPrime,
}

/// A value with U and k, in the unit of the round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Expanded {
    /// x.
    pub value: f64,
    /// U.
    pub expanded_uncertainty: f64,
    /// k.
    pub coverage_factor: f64,
}

impl Expanded {
    /// u = U/k.
    pub fn standard_uncertainty(self) -> f64 {
        self.expanded_uncertainty / self.coverage_factor
    }
}

/// z, z' or ζ with its judgement by the limits 2 and 3 (ISO 13528:2022, 9.4.2; CNAS-GL002).
fn score(value: f64) -> Score {
    let size = libm::fabs(value);
    let judgement = if size <= WARNING_LIMIT {
        Judgement::Satisfactory
    } else if size < ACTION_LIMIT {
        Judgement::Questionable
    } else {
        Judgement::Unsatisfactory
    };
    Score { value, judgement }
}

/// D% = 100 (x − x_pt)/x_pt, in percent. No number where x_pt is zero.
///
/// Source: ISO 13528:2022, 9.3.1, formula (12).
pub fn percent_difference(value: f64, reference: f64) -> Result<f64, ComparisonError> {
    checked(&[value, reference], 2)?;
    quotient(100.0 * (value - reference), reference)
}

/// P_A = 100 (x − x_pt)/δ_E, in percent of the largest error allowed δ_E > 0, in the unit of the values; satisfactory within ± 100 %.
///
/// Source: ISO 13528:2022, 9.3.2 and 9.3.6, formula (13).
pub fn percent_allowed(value: f64, reference: f64, maximum_error: f64) -> Result<Score, ComparisonError> {
    checked(&[value, reference], 2)?;
    let value = quotient(100.0 * (value - reference), above_zero(maximum_error)?)?;
    let is_within = libm::fabs(value) < ALL_ALLOWED;
    let judgement = if is_within { Judgement::Satisfactory } else { Judgement::Unsatisfactory };
    Ok(Score { value, judgement })
}

/// z = (x − x_pt)/σ_pt, with σ_pt > 0 in the unit of the values.
///
/// Source: ISO 13528:2022, 9.4.1, formula (14); JJF 1117-2010.
pub fn z(value: f64, reference: f64, standard_deviation: f64) -> Result<Score, ComparisonError> {
    checked(&[value, reference], 2)?;
    quotient(value - reference, above_zero(standard_deviation)?).map(score)
}

/// z' = (x − x_pt)/√(σ_pt² + u²(x_pt)), all in one unit.
///
/// Source: ISO 13528:2022, 9.5.1, formula (15).
pub fn z_prime(
    value: f64,
    reference: f64,
    standard_deviation: f64,
    reference_uncertainty: f64,
) -> Result<Score, ComparisonError> {
    checked(&[value, reference], 2)?;
    let width = libm::hypot(above_zero(standard_deviation)?, from_zero(reference_uncertainty)?);
    quotient(value - reference, width).map(score)
}

/// ζ = (x − x_pt)/√(u²(x) + u²(x_pt) − 2 cov(x, x_pt)), all in one unit; the covariance is zero where the laboratory gave nothing to x_pt.
///
/// Source: ISO 13528:2022, 9.6.1, formula (19).
pub fn zeta(
    value: f64,
    standard_uncertainty: f64,
    reference: f64,
    reference_uncertainty: f64,
    covariance: f64,
) -> Result<Score, ComparisonError> {
    checked(&[value, reference], 2)?;
    let width = uncertainty_of_difference(standard_uncertainty, reference_uncertainty, covariance)?;
    quotient(value - reference, width).map(score)
}

/// E_n = (x − X)/√(U²(x) + U²(X) − 2 k_x k_X cov(x, X)), all in one unit.
///
/// The covariance, of the values and so in the unit squared, is zero where the laboratory gave nothing to the reference. Where X = Σ aⱼ xⱼ of
/// independent results, cov(x, X) = a u²(x); for the weighted mean this is u²(X), and the root becomes √(U²(x) − U²(X)).
///
/// Source: ISO 13528:2022, 9.7.1, formula (20); JJF 1117-2010, with the covariance of JCGM 100:2008, 5.2.2.
pub fn e_n(laboratory: Expanded, reference: Expanded, covariance: f64) -> Result<Score, ComparisonError> {
    checked(&[laboratory.value, reference.value], 2)?;
    above_zero(laboratory.coverage_factor)?;
    above_zero(reference.coverage_factor)?;
    let factors = laboratory.coverage_factor * reference.coverage_factor;
    let width = uncertainty_of_difference(
        laboratory.expanded_uncertainty,
        reference.expanded_uncertainty,
        factors * covariance,
    )?;
    let value = quotient(laboratory.value - reference.value, width)?;
    let judgement = if libm::fabs(value) <= E_N_LIMIT { Judgement::Satisfactory } else { Judgement::Unsatisfactory };
    Ok(Score { value, judgement })
}

/// Whether a round uses z or z': z' unless u(x_pt) < 0.3 σ_pt.
///
/// Source: ISO 13528:2022, 9.2.1, formula (10), and 9.5.
pub fn preferred_score(standard_deviation: f64, reference_uncertainty: f64) -> PreferredScore {
    if reference_uncertainty < NEGLIGIBLE_PART * standard_deviation {
        PreferredScore::Z
    } else {
        PreferredScore::ZPrime
    }
}

fn uncertainty_of_difference(one: f64, other: f64, covariance: f64) -> Result<f64, ComparisonError> {
    let (one, other) = (from_zero(one)?, from_zero(other)?);
    checked(&[covariance], 1)?;
    let rounding = 1e-12 * (one * one + other * other);
    let square = one * one + other * other - 2.0 * covariance;
    // |cov| is at most the product, up to what rounding of u = U/k leaves.
    if libm::fabs(covariance) > one * other + rounding {
        return Err(ComparisonError::Covariance);
    }
    Ok(libm::sqrt(square.max(0.0)))
}

fn quotient(difference: f64, width: f64) -> Result<f64, ComparisonError> {
    let quotient = difference / width;
    if quotient.is_finite() { Ok(quotient) } else { Err(ComparisonError::NoDenominator) }
}

fn above_zero(value: f64) -> Result<f64, ComparisonError> {
    checked(&[value], 1)?;
    if value > 0.0 { Ok(value) } else { Err(ComparisonError::NoDenominator) }
}

fn from_zero(value: f64) -> Result<f64, ComparisonError> {
    checked(&[value], 1)?;
    if value >= 0.0 { Ok(value) } else { Err(ComparisonError::Uncertainty) }
}
