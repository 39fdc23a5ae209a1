//! Results about their mean and in units of their spread, where nothing cancels or overflows.

use super::{Consensus, DegreeOfEquivalence, Estimator, MeasuredValue, Settings, check};
use crate::error::ComparisonError;
use crate::statistics::{average, square};

/// Below this part of the spread of the results, sums of weights lose what an uncertainty says.
const SMALLEST_PART: f64 = 1e-12;

/// Results moved and scaled, with the way back.
pub(super) struct Standardized<'a> {
    /// (xᵢ − origin)/scale.
    pub(super) values: Vec<f64>,
    /// uᵢ²/scale².
    pub(super) variances: Vec<f64>,
    /// νᵢ.
    pub(super) degrees_of_freedom: Vec<f64>,
    origin: f64,
    scale: f64,
    settings: &'a Settings,
}

/// What an estimator found, in standardized numbers.
pub(super) struct Found {
    pub(super) value: f64,
    pub(super) variance: f64,
    pub(super) interval: [f64; 2],
    /// τ², if the estimator has one.
    pub(super) between: Option<f64>,
    pub(super) weights: Vec<f64>,
    /// u²(dᵢ).
    pub(super) differences: Vec<f64>,
}

/// u²(dᵢ) = (1 − 2aᵢ)vᵢ + u²(x̂) of an estimate with cov(xᵢ, x̂) = aᵢvᵢ.
pub(super) fn differences(weights: &[f64], variances: &[f64], variance: f64) -> Vec<f64> {
    weights.iter().zip(variances).map(|(weight, own)| ((1.0 - 2.0 * weight) * own + variance).max(0.0)).collect()
}

impl<'a> Standardized<'a> {
    pub(super) fn new(
        results: &[MeasuredValue],
        needed: usize,
        settings: &'a Settings,
    ) -> Result<Self, ComparisonError> {
        check(results, needed, settings)?;
        let values: Vec<f64> = results.iter().map(|result| result.value).collect();
        let origin = average(&values);
        let spread = values.iter().fold(0.0, |spread: f64, value| spread.max(libm::fabs(value - origin)));
        let largest = results.iter().fold(0.0, |largest: f64, result| largest.max(result.standard_uncertainty));
        let scale = spread.max(largest);
        if results.iter().any(|result| result.standard_uncertainty < SMALLEST_PART * scale) {
            return Err(ComparisonError::Incommensurable);
        }
        Ok(Self {
            values: values.iter().map(|value| (value - origin) / scale).collect(),
            variances: results.iter().map(|result| square(result.standard_uncertainty / scale)).collect(),
            degrees_of_freedom: results.iter().map(|result| result.degrees_of_freedom).collect(),
            origin,
            scale,
            settings,
        })
    }

    pub(super) fn restored(&self, estimator: Estimator, found: Found) -> Consensus {
        let back = |value: f64| self.origin + self.scale * value;
        let degrees_of_equivalence = self
            .values
            .iter()
            .zip(&found.differences)
            .map(|(value, variance)| {
                DegreeOfEquivalence::new(
                    self.scale * (value - found.value),
                    variance * square(self.scale),
                    self.settings,
                )
            })
            .collect();
        Consensus {
            estimator,
            value: back(found.value),
            standard_uncertainty: self.scale * libm::sqrt(found.variance),
            interval: found.interval.map(back),
            between_laboratories: found.between.map(|between| self.scale * libm::sqrt(between)),
            weights: found.weights,
            degrees_of_equivalence,
        }
    }
}

/// x̂ = Σ xᵢ/vᵢ/Σ 1/vᵢ with its weights, Σ 1/vᵢ and Σ (xᵢ − x̂)²/vᵢ.
pub(super) struct Weighted {
    pub(super) mean: f64,
    pub(super) weights: Vec<f64>,
    pub(super) sum: f64,
    pub(super) chi_squared: f64,
}

pub(super) fn weighted(values: &[f64], variances: &[f64]) -> Weighted {
    let sum: f64 = variances.iter().map(|variance| 1.0 / variance).sum();
    let weights: Vec<f64> = variances.iter().map(|variance| 1.0 / variance / sum).collect();
    let mean = values.iter().zip(&weights).map(|(value, weight)| value * weight).sum::<f64>();
    let chi_squared =
        values.iter().zip(variances).map(|(value, variance)| square(value - mean) / variance).sum::<f64>();
    Weighted { mean, weights, sum, chi_squared }
}
