//! Random effects: xᵢ = μ + λᵢ + εᵢ with a variance τ² between laboratories beside the stated uᵢ².

use heng_uncertainty::student;
use serde::Serialize;

use super::standardized::{Found, Standardized, differences, weighted};
use super::weighted_mean::normal_interval;
use super::{Consensus, Estimator, MeasuredValue, Settings};
use crate::distribution::bisection;
use crate::error::ComparisonError;
use crate::statistics::square;

/// How τ² is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BetweenLaboratories {
    /// τ² = max(0, (χ² − (n − 1))/(Σw − Σw²/Σw)), w = 1/u².
    DerSimonianLaird,
    /// τ² with Σ (xᵢ − x̂)²/(uᵢ² + τ²) = n − 1; zero where χ² ≤ n − 1.
    MandelPaule,
    /// The τ² ≥ 0 of the largest restricted likelihood.
    RestrictedMaximumLikelihood,
}

/// x̂ = Σ xᵢ/vᵢ/Σ 1/vᵢ with vᵢ = uᵢ² + τ², u²(x̂) = 1/Σ 1/vᵢ; u²(dᵢ) = vᵢ − u²(x̂); a normal interval. Needs two results.
///
/// Sources: DerSimonian and Laird, Control. Clin. Trials 7 (1986) 177; Mandel and Paule, Anal. Chem. 42 (1970) 1194; Searle, Casella and
/// McCulloch, Variance Components (1992), 6.6.
pub fn random_effects(
    results: &[MeasuredValue],
    method: BetweenLaboratories,
    settings: &Settings,
) -> Result<Consensus, ComparisonError> {
    let standardized = Standardized::new(results, 2, settings)?;
    let (values, stated) = (&standardized.values, &standardized.variances);
    let (between, estimator) = match method {
        BetweenLaboratories::DerSimonianLaird => (der_simonian_laird(values, stated), Estimator::DerSimonianLaird),
        BetweenLaboratories::MandelPaule => (mandel_paule(values, stated), Estimator::MandelPaule),
        BetweenLaboratories::RestrictedMaximumLikelihood => {
            (restricted_maximum_likelihood(values, stated), Estimator::RestrictedMaximumLikelihood)
        }
    };
    let variances = widened(stated, between);
    let mean = weighted(values, &variances);
    let variance = 1.0 / mean.sum;
    let found = Found {
        value: mean.mean,
        variance,
        interval: normal_interval(mean.mean, variance, settings),
        between: Some(between),
        differences: differences(&mean.weights, &variances, variance),
        weights: mean.weights,
    };
    Ok(standardized.restored(estimator, found))
}

/// The value of DerSimonian and Laird with u²(x̂) = Σ wᵢ(xᵢ − x̂)²/((n − 1) Σ wᵢ), wᵢ = 1/(uᵢ² + τ²), and an interval of t with n − 1 degrees.
///
/// Errors: results without scatter.
///
/// Sources: Hartung and Knapp, Stat. Med. 20 (2001) 3875; Sidik and Jonkman, Stat. Med. 21 (2002) 3153.
pub fn hartung_knapp_sidik_jonkman(
    results: &[MeasuredValue],
    settings: &Settings,
) -> Result<Consensus, ComparisonError> {
    let standardized = Standardized::new(results, 2, settings)?;
    let (values, stated) = (&standardized.values, &standardized.variances);
    let between = der_simonian_laird(values, stated);
    let variances = widened(stated, between);
    let mean = weighted(values, &variances);
    let degrees_of_freedom = results.len() as f64 - 1.0;
    let variance = mean.chi_squared / degrees_of_freedom / mean.sum;
    if variance <= 0.0 {
        return Err(ComparisonError::NoSpread);
    }
    let half =
        student::quantile(f64::midpoint(1.0, settings.coverage_probability), degrees_of_freedom) * libm::sqrt(variance);
    let found = Found {
        value: mean.mean,
        variance,
        interval: [mean.mean - half, mean.mean + half],
        between: Some(between),
        differences: differences(&mean.weights, &variances, variance),
        weights: mean.weights,
    };
    Ok(standardized.restored(Estimator::HartungKnappSidikJonkman, found))
}

fn widened(stated: &[f64], between: f64) -> Vec<f64> {
    stated.iter().map(|variance| variance + between).collect()
}

fn der_simonian_laird(values: &[f64], stated: &[f64]) -> f64 {
    let mean = weighted(values, stated);
    let squares: f64 = mean.weights.iter().map(|weight| square(*weight)).sum();
    // Σw − Σw²/Σw with the normalized weights.
    let spread = mean.sum * (1.0 - squares);
    ((mean.chi_squared - (values.len() as f64 - 1.0)) / spread).max(0.0)
}

fn mandel_paule(values: &[f64], stated: &[f64]) -> f64 {
    let expected = values.len() as f64 - 1.0;
    let is_too_small = |between: f64| weighted(values, &widened(stated, between)).chi_squared > expected;
    if !is_too_small(0.0) {
        return 0.0;
    }
    let mut high = 1.0;
    while is_too_small(high) && high < 1e30 {
        high *= 2.0;
    }
    bisection(0.0, high, is_too_small)
}

/// Steps of the first look for the largest restricted likelihood, which can have several tops.
const STEPS: u32 = 2_000;

fn restricted_maximum_likelihood(values: &[f64], stated: &[f64]) -> f64 {
    // Results and u are within 1 of zero, so that no top lies far out; squares lay the steps closer near zero.
    let at = |step: u32| {
        let part = f64::from(step) / f64::from(STEPS);
        8.0 * part * part * part * part
    };
    let mut best = (f64::NEG_INFINITY, 0);
    for step in 0..=STEPS {
        let height = log_likelihood(values, stated, at(step));
        if height > best.0 {
            best = (height, step);
        }
    }
    let (low, high) = (at(best.1.saturating_sub(1)), at((best.1 + 1).min(STEPS)));
    if slope(values, stated, low) <= 0.0 {
        // Down from the left end on: that is zero, or the top lies at it.
        return low;
    }
    bisection(low, high, |between| slope(values, stated, between) > 0.0)
}

/// ln L(τ²) = −½ (Σ ln vᵢ + ln Σ 1/vᵢ + Σ (xᵢ − x̂)²/vᵢ), up to a constant.
fn log_likelihood(values: &[f64], stated: &[f64], between: f64) -> f64 {
    let variances = widened(stated, between);
    let mean = weighted(values, &variances);
    let logarithms: f64 = variances.iter().map(|variance| libm::log(*variance)).sum();
    -(logarithms + libm::log(mean.sum) + mean.chi_squared) / 2.0
}

/// d ln L/dτ² = −½ (Σ w − Σ w²/Σ w − Σ w²(xᵢ − x̂)²).
fn slope(values: &[f64], stated: &[f64], between: f64) -> f64 {
    let variances = widened(stated, between);
    let mean = weighted(values, &variances);
    let squares: f64 = mean.weights.iter().map(|weight| square(*weight)).sum();
    let residuals: f64 =
        values.iter().zip(&variances).map(|(value, variance)| square((value - mean.mean) / variance)).sum();
    (residuals - mean.sum * (1.0 - squares)) / 2.0
}

/// ln L(τ²) of the restricted likelihood of τ ≥ 0, in the unit of the results, up to a constant.
///
/// Source: Searle, Casella and McCulloch, Variance Components (1992), 6.6.
pub fn restricted_log_likelihood(results: &[MeasuredValue], between_laboratories: f64) -> f64 {
    let values: Vec<f64> = results.iter().map(|result| result.value).collect();
    let stated: Vec<f64> = results.iter().map(|result| square(result.standard_uncertainty)).collect();
    log_likelihood(&values, &stated, square(between_laboratories))
}
