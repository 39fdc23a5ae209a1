//! Means whose weights do not depend on the results: weighted by stated uncertainties, widened by the Birge ratio, and arithmetic.

use heng_uncertainty::student;

use super::standardized::{Found, Standardized, differences, weighted};
use super::{Consensus, Estimator, MeasuredValue, Settings};
use crate::error::ComparisonError;
use crate::statistics::{average, square, variance};

/// x̂ = Σ xᵢuᵢ⁻²/Σ uᵢ⁻², u²(x̂) = 1/Σ uᵢ⁻²; u²(dᵢ) = uᵢ² − u²(x̂); a normal interval.
///
/// Source: Cox, Metrologia 39 (2002) 589, procedure A.
pub fn weighted_mean(results: &[MeasuredValue], settings: &Settings) -> Result<Consensus, ComparisonError> {
    scaled_mean(results, Estimator::WeightedMean, settings)
}

/// The weighted mean with all uᵢ multiplied by the Birge ratio R_B = √(χ²/(n − 1)) where that is above one.
///
/// Source: Birge, Phys. Rev. 40 (1932) 207.
pub fn birge_adjusted_mean(results: &[MeasuredValue], settings: &Settings) -> Result<Consensus, ComparisonError> {
    scaled_mean(results, Estimator::BirgeAdjustedMean, settings)
}

fn scaled_mean(
    results: &[MeasuredValue],
    estimator: Estimator,
    settings: &Settings,
) -> Result<Consensus, ComparisonError> {
    let standardized = Standardized::new(results, 2, settings)?;
    let mean = weighted(&standardized.values, &standardized.variances);
    let widening = match estimator {
        Estimator::BirgeAdjustedMean => (mean.chi_squared / (results.len() as f64 - 1.0)).max(1.0),
        _ => 1.0,
    };
    let variance = widening / mean.sum;
    let widened: Vec<f64> = standardized.variances.iter().map(|variance| widening * variance).collect();
    let found = Found {
        value: mean.mean,
        variance,
        interval: normal_interval(mean.mean, variance, settings),
        between: None,
        differences: differences(&mean.weights, &widened, variance),
        weights: mean.weights,
    };
    Ok(standardized.restored(estimator, found))
}

/// x̄ = Σ xᵢ/n, u²(x̄) = Σ uᵢ²/n² (JCGM 100:2008, 5.1.2); a normal interval.
pub fn arithmetic_mean(results: &[MeasuredValue], settings: &Settings) -> Result<Consensus, ComparisonError> {
    let standardized = Standardized::new(results, 2, settings)?;
    let count = results.len() as f64;
    let value = average(&standardized.values);
    let variance = standardized.variances.iter().sum::<f64>() / square(count);
    let weights = vec![1.0 / count; results.len()];
    let found = Found {
        value,
        variance,
        interval: normal_interval(value, variance, settings),
        between: None,
        differences: differences(&weights, &standardized.variances, variance),
        weights,
    };
    Ok(standardized.restored(Estimator::ArithmeticMean, found))
}

/// x̄ = Σ xᵢ/n with u²(x̄) = s²/n of the scatter of the results, whatever their stated uncertainties; an interval of t with n − 1 degrees.
///
/// Errors: results without scatter.
///
/// Source: JCGM 100:2008, 4.2.3; CCQM/13-22.
pub fn arithmetic_mean_by_scatter(
    results: &[MeasuredValue],
    settings: &Settings,
) -> Result<Consensus, ComparisonError> {
    let standardized = Standardized::new(results, 2, settings)?;
    let count = results.len() as f64;
    let value = average(&standardized.values);
    let scatter = variance(&standardized.values);
    if scatter <= 0.0 {
        return Err(ComparisonError::NoSpread);
    }
    let weights = vec![1.0 / count; results.len()];
    let half =
        student::quantile(f64::midpoint(1.0, settings.coverage_probability), count - 1.0) * libm::sqrt(scatter / count);
    let found = Found {
        value,
        variance: scatter / count,
        interval: [value - half, value + half],
        between: None,
        differences: differences(&weights, &standardized.variances, scatter / count),
        weights,
    };
    Ok(standardized.restored(Estimator::ArithmeticMeanByScatter, found))
}

/// x̂ ± z u(x̂) with Φ(z) = (1 + p)/2.
pub(super) fn normal_interval(value: f64, variance: f64, settings: &Settings) -> [f64; 2] {
    let tail = (1.0 - settings.coverage_probability) / 2.0;
    let half = -crate::distribution::normal_quantile(tail) * libm::sqrt(variance);
    [value - half, value + half]
}
