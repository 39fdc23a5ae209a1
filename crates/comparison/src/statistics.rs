//! Means, medians and spreads that the methods share.

use crate::error::{ComparisonError, checked};

/// x̄ = Σ xᵢ/p of finite values in one unit.
pub fn mean(values: &[f64]) -> Result<f64, ComparisonError> {
    checked(values, 1)?;
    Ok(average(values))
}

/// s = √(Σ (xᵢ − x̄)²/(p − 1)) of at least two values, in their unit (JCGM 100:2008, 4.2.2).
pub fn standard_deviation(values: &[f64]) -> Result<f64, ComparisonError> {
    checked(values, 2)?;
    Ok(libm::sqrt(variance(values)))
}

/// The value in the middle, or the mean of the two in the middle (ISO 13528:2022, C.2.1).
pub fn median(values: &[f64]) -> Result<f64, ComparisonError> {
    checked(values, 1)?;
    Ok(middle(&sorted(values)))
}

/// The quantile of the values at a fraction, linear between the order statistics h = 1 + (p − 1)·fraction.
pub(crate) fn order_quantile(sorted: &[f64], fraction: f64) -> f64 {
    let place = (sorted.len() as f64 - 1.0) * fraction;
    let below = libm::floor(place);
    let at = |index: f64| sorted.get(index as usize).or(sorted.last()).copied().unwrap_or(f64::NAN);
    let (low, high) = (at(below), at(below + 1.0));
    low + (high - low) * (place - below)
}

pub(crate) fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The median of sorted values.
pub(crate) fn middle(sorted: &[f64]) -> f64 {
    let at = |index: usize| sorted.get(index).copied().unwrap_or(f64::NAN);
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        at(half)
    } else {
        at(half.wrapping_sub(1)) + (at(half) - at(half.wrapping_sub(1))) / 2.0
    }
}

pub(crate) fn average(values: &[f64]) -> f64 {
    // About the first value, so that a large common part costs no digits.
    let origin = values.first().copied().unwrap_or(f64::NAN);
    origin + values.iter().map(|value| value - origin).sum::<f64>() / values.len() as f64
}

pub(crate) fn variance(values: &[f64]) -> f64 {
    let mean = average(values);
    values.iter().map(|value| square(value - mean)).sum::<f64>() / (values.len() as f64 - 1.0)
}

pub(crate) fn square(x: f64) -> f64 {
    x * x
}
