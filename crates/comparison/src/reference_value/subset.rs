//! The largest subset of results that agree (Cox, Metrologia 44 (2007) 187).

use serde::Serialize;

use super::standardized::{Found, Standardized, differences, weighted};
use super::weighted_mean::normal_interval;
use super::{Consensus, Estimator, MeasuredValue, Settings};
use crate::distribution::chi_squared_survival;
use crate::error::ComparisonError;
use crate::statistics::square;

/// A subset whose weighted mean passes the test of consistency.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConsistentSubset {
    /// Whether each result is in it, in the order of the laboratories.
    pub members: Vec<bool>,
    /// How many are.
    pub size: usize,
    /// χ² of the members about their weighted mean.
    pub chi_squared: f64,
    /// P(χ²(size − 1) ≥ χ²).
    pub p_value: f64,
    /// Whether no other subset of this size has the same χ²; where one has, the first in the order of the laboratories is taken.
    pub is_unique: bool,
    /// Whether more than half of the results are in it, without which it is no consensus.
    pub is_majority: bool,
}

/// More than that take seconds: the time goes with n³ ln n.
const MOST_RESULTS: usize = 200;
/// χ² of two subsets that differ by less than this part are alike.
const ALIKE: f64 = 1e-10;

/// The largest subset with P(χ²(m − 1) ≥ χ²) ≥ α, of those of its size the one with the smallest χ². Needs two results that agree.
///
/// χ² of a subset is the least over μ of Σ (xᵢ − μ)²/uᵢ², so the best subset of size m holds the m results nearest to its own mean in units
/// of uᵢ. The order of these distances changes only at the n(n − 1) places μ where two of them are equal; between two such places it is
/// looked at once. This finds what a search of all 2ⁿ subsets finds.
///
/// Source: Cox, Metrologia 44 (2007) 187.
pub fn largest_consistent_subset(
    results: &[MeasuredValue],
    settings: &Settings,
) -> Result<ConsistentSubset, ComparisonError> {
    let standardized = Standardized::new(results, 2, settings)?;
    let count = results.len();
    if count > MOST_RESULTS {
        return Err(ComparisonError::TooMany { most: MOST_RESULTS, given: count });
    }
    let points: Vec<(f64, f64)> = standardized
        .values
        .iter()
        .zip(&standardized.variances)
        .map(|(value, variance)| (*value, 1.0 / libm::sqrt(*variance)))
        .collect();
    let mut best: Vec<Option<Candidate>> = (0..=count).map(|_| None).collect();
    for place in places(&points) {
        offer(&points, place, &mut best);
    }
    for (size, candidate) in best.into_iter().enumerate().skip(2).rev() {
        let Some(candidate) = candidate else { continue };
        let p_value = chi_squared_survival(candidate.chi_squared, size as f64 - 1.0);
        if p_value >= settings.significance {
            let mut members = vec![false; count];
            for member in &candidate.members {
                if let Some(flag) = members.get_mut(*member) {
                    *flag = true;
                }
            }
            let has_twin = points.iter().zip(&members).any(|(outside, is_member)| {
                !is_member && points.iter().zip(&members).any(|(inside, is_member)| *is_member && inside == outside)
            });
            return Ok(ConsistentSubset {
                members,
                size,
                chi_squared: candidate.chi_squared,
                p_value,
                is_unique: !(candidate.is_tied || has_twin),
                is_majority: 2 * size > count,
            });
        }
    }
    Err(ComparisonError::NoConsistentSubset)
}

/// The weighted mean of the largest consistent subset. Results outside it have the weight zero and u²(dᵢ) = uᵢ² + u²(x̂).
///
/// Source: Cox, Metrologia 44 (2007) 187.
pub fn subset_mean(results: &[MeasuredValue], settings: &Settings) -> Result<Consensus, ComparisonError> {
    mean_of_subset(results, &largest_consistent_subset(results, settings)?, settings)
}

pub(super) fn mean_of_subset(
    results: &[MeasuredValue],
    subset: &ConsistentSubset,
    settings: &Settings,
) -> Result<Consensus, ComparisonError> {
    let standardized = Standardized::new(results, 2, settings)?;
    let of_members = |all: &[f64]| -> Vec<f64> {
        all.iter().zip(&subset.members).filter(|(_, is_member)| **is_member).map(|(one, _)| *one).collect()
    };
    let mean = weighted(&of_members(&standardized.values), &of_members(&standardized.variances));
    let weights: Vec<f64> = standardized
        .variances
        .iter()
        .zip(&subset.members)
        .map(|(variance, is_member)| if *is_member { 1.0 / variance / mean.sum } else { 0.0 })
        .collect();
    let found = Found {
        value: mean.mean,
        variance: 1.0 / mean.sum,
        interval: normal_interval(mean.mean, 1.0 / mean.sum, settings),
        between: None,
        differences: differences(&weights, &standardized.variances, 1.0 / mean.sum),
        weights,
    };
    Ok(standardized.restored(Estimator::LargestConsistentSubset, found))
}

struct Candidate {
    chi_squared: f64,
    /// In ascending order.
    members: Vec<usize>,
    is_tied: bool,
}

/// One place between each two at which the order of distances |x − μ|/u changes.
fn places(points: &[(f64, f64)]) -> Vec<f64> {
    let mut changes: Vec<f64> = points.iter().map(|(value, _)| *value).collect();
    for (index, (x, s)) in points.iter().enumerate() {
        for (y, t) in points.iter().skip(index + 1) {
            changes.push((s * x + t * y) / (s + t));
            if s != t {
                changes.push((s * x - t * y) / (s - t));
            }
        }
    }
    let low = points.iter().fold(f64::INFINITY, |low, (value, _)| low.min(*value));
    let high = points.iter().fold(f64::NEG_INFINITY, |high, (value, _)| high.max(*value));
    // The mean of a subset lies between its results.
    changes.retain(|change| *change >= low && *change <= high);
    changes.sort_by(f64::total_cmp);
    let mut places: Vec<f64> = changes.windows(2).map(|pair| pair.iter().sum::<f64>() / 2.0).collect();
    places.dedup();
    if places.is_empty() {
        places.push(low);
    }
    places
}

/// The subsets of all sizes of the results nearest to a place.
fn offer(points: &[(f64, f64)], place: f64, best: &mut [Option<Candidate>]) {
    let mut order: Vec<(f64, usize)> =
        points.iter().enumerate().map(|(index, (value, s))| (libm::fabs(value - place) * s, index)).collect();
    order.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let (mut mean, mut sum, mut chi_squared) = (0.0, 0.0, 0.0);
    for (size, (_, index)) in order.iter().enumerate() {
        let Some((value, s)) = points.get(*index) else { continue };
        let weight = s * s;
        let total = sum + weight;
        chi_squared += weight * sum / total * square(value - mean);
        mean += (value - mean) * weight / total;
        sum = total;
        let Some(entry) = best.get_mut(size + 1) else { continue };
        let margin = ALIKE * chi_squared;
        if entry.as_ref().is_some_and(|known| chi_squared > known.chi_squared + margin) {
            continue;
        }
        let mut members: Vec<usize> = order.iter().take(size + 1).map(|(_, index)| *index).collect();
        members.sort_unstable();
        match entry {
            Some(known) if chi_squared >= known.chi_squared - margin => {
                if members != known.members {
                    known.is_tied = true;
                    if members < known.members {
                        known.members = members;
                        known.chi_squared = chi_squared;
                    }
                }
            }
            _ => *entry = Some(Candidate { chi_squared, members, is_tied: false }),
        }
    }
}
