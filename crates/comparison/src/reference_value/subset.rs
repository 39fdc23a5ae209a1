//! The largest subset of results that agree (Cox, Metrologia 44 (2007) 187).

mod bound;
mod sweep;
#[cfg(test)]
mod tests;

use serde::Serialize;

use super::standardized::{Found, Standardized, differences, weighted};
use super::weighted_mean::normal_interval;
use super::{Consensus, Estimator, MeasuredValue, Settings};
use crate::distribution::{chi_squared_quantile, chi_squared_survival};
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

/// Where branch and bound does not end soon, going through all places does, but takes seconds for more results: its time goes with n³ ln n.
const MOST_RESULTS: usize = 200;
/// So many branches take a few milliseconds.
const MOST_BRANCHES: u64 = 200_000;
/// χ² of two subsets that differ by less than this part are alike.
const ALIKE: f64 = 1e-10;

/// The largest subset with P(χ²(m − 1) ≥ χ²) ≥ α, of those of its size the one with the smallest χ². Needs two results that agree.
///
/// Found by branch and bound: results are taken or left out one after the other, and a branch ends where the χ² of those that were taken, which never
/// falls, is beyond the limit or the best that is known. Where that takes too many branches, as where most results are a little too far off, all
/// places are gone through at which the order of the results about a mean changes, n(n − 1) at most. Both are exact.
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
    let passes = |size: usize, candidate: &Candidate| {
        chi_squared_survival(chi_squared(&points, &candidate.members), size as f64 - 1.0) >= settings.significance
    };
    let limit = |size: usize| chi_squared_quantile(1.0 - settings.significance, size as f64 - 1.0);
    let mut branches = MOST_BRANCHES;
    let found = (2..=count)
        .rev()
        .map_while(|size| bound::best(&points, size, limit(size), &mut branches).map(|best| (size, best)))
        .find_map(|(size, best)| best.filter(|best| passes(size, best)));
    let found = match found {
        None if branches == 0 => sweep::best(&points, passes),
        found => found,
    };
    let Some(candidate) = found else { return Err(ComparisonError::NoConsistentSubset) };
    let size = candidate.members.len();
    let chi_squared = chi_squared(&points, &candidate.members);
    let mut members = vec![false; count];
    for member in &candidate.members {
        if let Some(flag) = members.get_mut(*member) {
            *flag = true;
        }
    }
    let has_twin = points.iter().zip(&members).any(|(outside, is_member)| {
        !is_member && points.iter().zip(&members).any(|(inside, is_member)| *is_member && inside == outside)
    });
    Ok(ConsistentSubset {
        members,
        size,
        chi_squared,
        p_value: chi_squared_survival(chi_squared, size as f64 - 1.0),
        is_unique: !(candidate.is_tied || has_twin),
        is_majority: 2 * size > count,
    })
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

/// A subset with the smallest χ² of its size.
#[derive(Clone, Debug, PartialEq)]
struct Candidate {
    chi_squared: f64,
    /// In ascending order.
    members: Vec<usize>,
    /// Whether another has the same χ².
    is_tied: bool,
}

impl Candidate {
    /// Keeps the better of two; of two that are alike the first in the order of the laboratories.
    fn offer(known: &mut Option<Self>, chi_squared: f64, mut members: Vec<usize>) {
        members.sort_unstable();
        let margin = ALIKE * chi_squared;
        match known {
            Some(known) if chi_squared > known.chi_squared + margin => {}
            Some(known) if chi_squared >= known.chi_squared - margin => {
                if members != known.members {
                    known.is_tied = true;
                    if members < known.members {
                        known.members = members;
                        known.chi_squared = chi_squared;
                    }
                }
            }
            _ => *known = Some(Self { chi_squared, members, is_tied: false }),
        }
    }
}

/// Weights, mean and χ² of results that are added one after the other.
#[derive(Clone, Copy, Default)]
struct Sum {
    weight: f64,
    mean: f64,
    chi_squared: f64,
}

impl Sum {
    /// With one more result, which is x and 1/u: χ² never falls.
    fn with(self, (value, s): (f64, f64)) -> Self {
        let own = s * s;
        let weight = self.weight + own;
        let apart = value - self.mean;
        Self {
            weight,
            mean: self.mean + apart * own / weight,
            chi_squared: self.chi_squared + own * self.weight / weight * square(apart),
        }
    }
}

/// χ² of a subset about its weighted mean, added in the order of the laboratories: the same digits however it was found.
fn chi_squared(points: &[(f64, f64)], members: &[usize]) -> f64 {
    members
        .iter()
        .filter_map(|member| points.get(*member))
        .fold(Sum::default(), |sum, point| sum.with(*point))
        .chi_squared
}
