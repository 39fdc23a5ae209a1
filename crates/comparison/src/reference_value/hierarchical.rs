//! The Bayesian hierarchical model, by quadrature over the standard deviation between laboratories.

use super::standardized::{Found, Standardized, weighted};
use super::{Consensus, Estimator, MeasuredValue, Settings};
use crate::distribution::{bisection, normal_cumulative, normal_quantile};
use crate::error::ComparisonError;
use crate::robust::median_deviation;
use crate::statistics::square;

/// Half the width of the quadrature in ln τ about the scales of the data, beyond which less than a last digit lies.
const REACH: f64 = 38.0;
/// The step in ln τ; the trapezoidal rule gains digits exponentially with smaller ones.
const STEP: f64 = 1.0 / 32.0;

/// μ of xᵢ ~ N(θᵢ, uᵢ²), θᵢ ~ N(μ, τ²), with a flat prior of μ and a half-Cauchy prior of τ whose median is the median absolute deviation
/// of the results, divided by Φ⁻¹(¾); the median of uᵢ where that is zero. Needs three results, below which u(μ) has no bound.
///
/// p(τ | x) ∝ p(τ) Π vᵢ^(−½) (Σ 1/vᵢ)^(−½) exp(−½ Σ (xᵢ − x̂(τ))²/vᵢ), vᵢ = uᵢ² + τ², and μ given τ is N(x̂(τ), 1/Σ 1/vᵢ). The value is the
/// posterior mean, u the posterior standard deviation, the interval symmetric in probability, τ and the weights posterior means.
/// u²(dᵢ) = E(vᵢ − 1/Σ 1/vᵢ) + Var(x̂(τ)). The uᵢ are taken as known.
///
/// Sources: Gelman, Bayesian Anal. 1 (2006) 515; Koepke, Lafarge, Possolo and Toman, Metrologia 54 (2017) S34.
pub fn hierarchical(results: &[MeasuredValue], settings: &Settings) -> Result<Consensus, ComparisonError> {
    let standardized = Standardized::new(results, 3, settings)?;
    let (values, stated) = (&standardized.values, &standardized.variances);
    let deviation = median_deviation(values) / normal_quantile(0.75);
    let widths: Vec<f64> = stated.iter().map(|variance| libm::sqrt(*variance)).collect();
    let prior = if deviation > 0.0 { deviation } else { crate::statistics::median(&widths)? };
    let nodes = nodes(values, stated, prior);
    let count = values.len();
    let expectation = |of: &dyn Fn(&Node) -> f64| nodes.iter().map(|node| node.probability * of(node)).sum::<f64>();
    let value = expectation(&|node| node.mean);
    let of_means = expectation(&|node| square(node.mean - value));
    let variance = expectation(&|node| node.variance) + of_means;
    let between = expectation(&|node| node.between);
    let weights: Vec<f64> = (0..count)
        .map(|place| {
            let own = stated.get(place).copied().unwrap_or(f64::NAN);
            expectation(&|node| node.variance / (own + square(node.between)))
        })
        .collect();
    let common = expectation(&|node| square(node.between) - node.variance) + of_means;
    let tail = (1.0 - settings.coverage_probability) / 2.0;
    let found = Found {
        value,
        variance,
        interval: [quantile(&nodes, tail, 1.0), -quantile(&nodes, tail, -1.0)],
        between: Some(square(between)),
        differences: stated.iter().map(|own| (own + common).max(0.0)).collect(),
        weights,
    };
    Ok(standardized.restored(Estimator::Hierarchical, found))
}

struct Node {
    /// τ.
    between: f64,
    probability: f64,
    /// x̂(τ).
    mean: f64,
    /// 1/Σ 1/vᵢ.
    variance: f64,
}

fn nodes(values: &[f64], stated: &[f64], prior: f64) -> Vec<Node> {
    // From far below the smallest scale to far above the largest one, which is 1 where results are standardized.
    let first = libm::floor((libm::log(prior.min(1.0)) - REACH) / STEP) as i64;
    let last = libm::ceil((libm::log(prior.max(1.0)) + REACH) / STEP) as i64;
    let mut nodes: Vec<Node> = (first..=last)
        .map(|step| {
            let between = libm::exp(step as f64 * STEP);
            let variances: Vec<f64> = stated.iter().map(|own| own + square(between)).collect();
            let mean = weighted(values, &variances);
            let logarithms: f64 = variances.iter().map(|variance| libm::log(*variance)).sum();
            // dτ = τ d(ln τ).
            let density = -(logarithms + libm::log(mean.sum) + mean.chi_squared) / 2.0
                - libm::log1p(square(between / prior))
                + step as f64 * STEP;
            Node { between, probability: density, mean: mean.mean, variance: 1.0 / mean.sum }
        })
        .collect();
    let highest = nodes.iter().fold(f64::NEG_INFINITY, |highest, node| highest.max(node.probability));
    let mut sum = 0.0;
    for node in &mut nodes {
        node.probability = libm::exp(node.probability - highest);
        sum += node.probability;
    }
    for node in &mut nodes {
        node.probability /= sum;
    }
    nodes.retain(|node| node.probability > 0.0);
    nodes
}

/// The quantile at a small probability of the distribution of μ, or of −μ.
fn quantile(nodes: &[Node], probability: f64, sign: f64) -> f64 {
    let is_below = |place: f64| {
        let parts = nodes
            .iter()
            .map(|node| node.probability * normal_cumulative((place - sign * node.mean) / libm::sqrt(node.variance)));
        parts.sum::<f64>() <= probability
    };
    let (mut low, mut high) = (-2.0, 2.0);
    while !is_below(low) && low > -1e30 {
        low *= 2.0;
    }
    while is_below(high) && high < 1e30 {
        high *= 2.0;
    }
    bisection(low, high, is_below)
}
