//! The linear pool: the mixture of the distributions that the laboratories state.

use heng_uncertainty::student;
use serde::Serialize;

use super::standardized::{Found, Standardized, differences};
use super::{Consensus, Estimator, MeasuredValue, Settings};
use crate::distribution::{bisection, normal_cumulative};
use crate::error::ComparisonError;
use crate::statistics::{average, square};

/// What stands for each result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinearPoolShape {
    /// N(xᵢ, uᵢ²).
    Normal,
    /// t with νᵢ degrees about xᵢ, whose standard deviation is uᵢ where νᵢ > 2 and whose ± uᵢ holds 68.27 % otherwise; normal where νᵢ is infinite.
    Student,
}

/// Φ(1).
const ONE_SIGMA: f64 = 0.841_344_746_068_542_9;

/// The equal mixture of the results' distributions: the mean Σ xᵢ/n, u² = Σ (uᵢ² + (xᵢ − x̄)²)/n, the symmetric interval of the mixture.
///
/// Where a t-distribution has no variance (ν ≤ 2), u counts its uᵢ as stated; the interval is that of the mixture as it is.
/// Degrees of equivalence take x̄ as the mean of independent results: u²(dᵢ) = uᵢ²(1 − 2/n) + u².
///
/// Source: Koepke, Lafarge, Possolo and Toman, NIST Consensus Builder, User's Manual (2020).
pub fn linear_pool(
    results: &[MeasuredValue],
    shape: LinearPoolShape,
    settings: &Settings,
) -> Result<Consensus, ComparisonError> {
    let standardized = Standardized::new(results, 2, settings)?;
    let parts: Vec<Part> = standardized
        .values
        .iter()
        .zip(&standardized.variances)
        .zip(&standardized.degrees_of_freedom)
        .map(|((value, variance), degrees)| Part::new(*value, libm::sqrt(*variance), *degrees, shape))
        .collect();
    let value = average(&standardized.values);
    let count = results.len() as f64;
    let squares = standardized.values.iter().zip(&standardized.variances);
    let variance = squares.map(|(one, stated)| stated + square(one - value)).sum::<f64>() / count;
    let tail = (1.0 - settings.coverage_probability) / 2.0;
    let weights = vec![1.0 / count; results.len()];
    let found = Found {
        value,
        variance,
        interval: [lower_quantile(&parts, tail), -lower_quantile(&mirrored(&parts), tail)],
        between: None,
        differences: differences(&weights, &standardized.variances, variance),
        weights,
    };
    let estimator = match shape {
        LinearPoolShape::Normal => Estimator::LinearPool,
        LinearPoolShape::Student => Estimator::LinearPoolStudent,
    };
    Ok(standardized.restored(estimator, found))
}

#[derive(Clone, Copy)]
struct Part {
    centre: f64,
    scale: f64,
    degrees_of_freedom: f64,
}

impl Part {
    fn new(centre: f64, width: f64, degrees: f64, shape: LinearPoolShape) -> Self {
        if shape == LinearPoolShape::Normal || degrees.is_infinite() {
            return Self { centre, scale: width, degrees_of_freedom: f64::INFINITY };
        }
        let scale = if degrees > 2.0 {
            width * libm::sqrt((degrees - 2.0) / degrees)
        } else {
            width / student::quantile(ONE_SIGMA, degrees)
        };
        Self { centre, scale, degrees_of_freedom: degrees }
    }

    fn cumulative(&self, place: f64) -> f64 {
        let standard = (place - self.centre) / self.scale;
        if self.degrees_of_freedom.is_infinite() {
            normal_cumulative(standard)
        } else {
            student::cumulative(standard, self.degrees_of_freedom)
        }
    }
}

fn mirrored(parts: &[Part]) -> Vec<Part> {
    parts.iter().map(|part| Part { centre: -part.centre, ..*part }).collect()
}

/// The quantile of the mixture at a probability of at most ½, where tails are small numbers and not small differences.
fn lower_quantile(parts: &[Part], probability: f64) -> f64 {
    let is_below =
        |place: f64| parts.iter().map(|part| part.cumulative(place)).sum::<f64>() / parts.len() as f64 <= probability;
    let (mut low, mut high) = (-2.0, 2.0);
    while !is_below(low) && low > -1e30 {
        low *= 2.0;
    }
    while is_below(high) && high < 1e30 {
        high *= 2.0;
    }
    bisection(low, high, is_below)
}
