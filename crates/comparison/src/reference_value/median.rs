//! Medians of results with the uncertainty that the stated ones give them, by exact enumeration and quadrature.

mod even;

use serde::Serialize;

use super::standardized::{Found, Standardized, differences};
use super::{Consensus, Estimator, MeasuredValue, Settings};
use crate::distribution::{bisection, normal_cumulative, normal_density};
use crate::error::ComparisonError;
use crate::statistics::square;
use even::Even;

/// What each result counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MedianWeights {
    /// All the same.
    Equal,
    /// 1/uᵢ².
    InverseVariance,
}

/// The sums of half of the weights are listed: 2¹¹ of them.
const MOST_RESULTS: usize = 22;
/// Weights that differ by less than this part of their sum are alike.
const ALIKE: f64 = 1e-12;

/// The value with half of the weight on either side; the middle of two where they have exactly half.
///
/// u and the interval are those of the median of Xᵢ ~ N(xᵢ, uᵢ²): P(median ≤ t) = P(Σ wᵢ[Xᵢ ≤ t] > W/2) + ½ P(Σ wᵢ[Xᵢ ≤ t] = W/2), from
/// all sums of weights, and its moments by Gauss's quadrature: what the Monte Carlo evaluation of Cox's procedure B tends to. An even number of
/// equal weights has the distribution of the middle of the two in the middle. Where other weights can be halved, the term with ½ takes either
/// of two middle results at random, and u is an upper bound. Weights aᵢ = P(result i is the median, or half that it is one of two), which is
/// cov(Xᵢ, median)/uᵢ².
///
/// Errors: fewer than two or more than 22 results.
///
/// Source: Cox, Metrologia 39 (2002) 589, procedure B.
pub fn weighted_median(
    results: &[MeasuredValue],
    weights: MedianWeights,
    settings: &Settings,
) -> Result<Consensus, ComparisonError> {
    let standardized = Standardized::new(results, 2, settings)?;
    if results.len() > MOST_RESULTS {
        return Err(ComparisonError::TooMany { most: MOST_RESULTS, given: results.len() });
    }
    let counts: Vec<f64> = standardized
        .variances
        .iter()
        .map(|variance| if weights == MedianWeights::Equal { 1.0 } else { 1.0 / variance })
        .collect();
    let normals: Vec<Normal> = standardized
        .values
        .iter()
        .zip(&standardized.variances)
        .map(|(mean, variance)| Normal { mean: *mean, width: libm::sqrt(*variance) })
        .collect();
    let scales = Scales::new(&counts);
    let below = |place: f64| {
        let chances: Vec<f64> = normals.iter().map(|normal| normal.cumulative(place)).collect();
        scales.more_than_half(&chances)
    };
    let value = middle(&standardized.values, &counts);
    let mut parts = vec![0.0; normals.len()];
    let (mut first, mut second) = (0.0, 0.0);
    let ends = ends(&normals, value);
    for (place, weight) in quadrature(&ends) {
        let chances: Vec<f64> = normals.iter().map(|normal| normal.cumulative(place)).collect();
        let cumulated = scales.more_than_half(&chances);
        // About the value: E = ∫₀ (1 − F) − ∫⁰ F and E(x²) = 2 ∫₀ x(1 − F) − 2 ∫⁰ xF.
        let offset = place - value;
        let tail = if offset > 0.0 { 1.0 - cumulated } else { -cumulated };
        first += weight * tail;
        second += 2.0 * weight * offset * tail;
        for ((part, normal), slope) in parts.iter_mut().zip(&normals).zip(scales.slopes(&chances)) {
            *part += weight * normal.density(place) * slope;
        }
    }
    let mut variance = second - square(first);
    let tail = (1.0 - settings.coverage_probability) / 2.0;
    let mut interval = [quantile(tail, below), quantile(1.0 - tail, below)];
    if matches!(scales, Scales::Equal { count } if count.is_multiple_of(2)) {
        let even = Even::new(&normals, &ends);
        variance -= even.spread();
        let (low, high) = (ends.first().copied().unwrap_or(value), ends.last().copied().unwrap_or(value));
        interval = [even.quantile(tail, low, high), even.quantile(1.0 - tail, low, high)];
    }
    let found = Found {
        value,
        variance,
        interval,
        between: None,
        differences: differences(&parts, &standardized.variances, variance),
        weights: parts,
    };
    let estimator = match weights {
        MedianWeights::Equal => Estimator::Median,
        MedianWeights::InverseVariance => Estimator::WeightedMedian,
    };
    Ok(standardized.restored(estimator, found))
}

struct Normal {
    mean: f64,
    width: f64,
}

impl Normal {
    fn cumulative(&self, place: f64) -> f64 {
        normal_cumulative((place - self.mean) / self.width)
    }

    /// 1 − Φ, to full precision in the upper tail.
    fn mirrored_cumulative(&self, place: f64) -> f64 {
        normal_cumulative((self.mean - place) / self.width)
    }

    fn density(&self, place: f64) -> f64 {
        normal_density((place - self.mean) / self.width) / self.width
    }
}

fn middle(values: &[f64], counts: &[f64]) -> f64 {
    let mut order: Vec<(f64, f64)> = values.iter().copied().zip(counts.iter().copied()).collect();
    order.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = counts.iter().sum::<f64>() / 2.0;
    let mut sum = 0.0;
    for (index, (value, count)) in order.iter().enumerate() {
        sum += count;
        if libm::fabs(sum - half) <= ALIKE * half {
            let next = order.get(index + 1).map_or(*value, |(next, _)| *next);
            return f64::midpoint(*value, next);
        }
        if sum > half {
            return *value;
        }
    }
    f64::NAN
}

/// What is needed to weigh results: nothing for equal weights, which are counted; else all sums of each half of the weights in ascending order.
enum Scales {
    Equal { count: usize },
    Unequal(Halves),
}

struct Halves {
    split: usize,
    first: Vec<(f64, usize)>,
    second: Vec<(f64, usize)>,
    half: f64,
    /// Whether some of the weights are exactly half of all.
    can_be_halved: bool,
}

impl Scales {
    fn new(counts: &[f64]) -> Self {
        if counts.iter().zip(counts.iter().skip(1)).all(|(one, next)| libm::fabs(one - next) <= ALIKE * one) {
            return Self::Equal { count: counts.len() };
        }
        let split = counts.len() / 2;
        let (one, other) = counts.split_at(split);
        let (first, second, half) = (sums(one), sums(other), counts.iter().sum::<f64>() / 2.0);
        let can_be_halved = first.iter().any(|(sum, _)| {
            let place = second.partition_point(|(rest, _)| sum + rest < half * (1.0 - ALIKE));
            second.get(place).is_some_and(|(rest, _)| sum + rest <= half * (1.0 + ALIKE))
        });
        Self::Unequal(Halves { split, first, second, half, can_be_halved })
    }

    /// P(Σ wᵢBᵢ > W/2) + ½ P(Σ wᵢBᵢ = W/2) of independent Bᵢ that are one with the given chances.
    fn more_than_half(&self, chances: &[f64]) -> f64 {
        match self {
            Self::Equal { count } => {
                let numbers = numbers(chances);
                let more: f64 = numbers.iter().skip(count / 2 + 1).sum();
                let half = if count.is_multiple_of(2) { numbers.get(count / 2).copied().unwrap_or(0.0) } else { 0.0 };
                more + half / 2.0
            }
            Self::Unequal(halves) => halves.more_than_half(chances),
        }
    }

    /// How the same changes with each of the chances: it is linear in every one of them, so this is what it is when that is one less what it is
    /// when that is none.
    fn slopes(&self, chances: &[f64]) -> Vec<f64> {
        let Self::Unequal(halves) = self else {
            let with = |index: usize, chance: f64| {
                let other = |(place, own): (usize, &f64)| if place == index { chance } else { *own };
                self.more_than_half(&chances.iter().enumerate().map(other).collect::<Vec<f64>>())
            };
            return (0..chances.len()).map(|index| with(index, 1.0) - with(index, 0.0)).collect();
        };
        halves.slopes(chances)
    }
}

/// The probability of each number of Bᵢ that are one, from none to all.
fn numbers(chances: &[f64]) -> Vec<f64> {
    let mut numbers = vec![1.0];
    for chance in chances {
        numbers.push(0.0);
        let mut before = 0.0;
        for number in &mut numbers {
            let own = *number;
            *number = own * (1.0 - chance) + before * chance;
            before = own;
        }
    }
    numbers
}

impl Halves {
    fn more_than_half(&self, chances: &[f64]) -> f64 {
        let (one, other) = chances.split_at(self.split.min(chances.len()));
        let (one, other) = (products(one), products(other));
        let more = self.beyond(&one, &other, self.half * (1.0 + ALIKE));
        if self.can_be_halved {
            return f64::midpoint(self.beyond(&one, &other, self.half * (1.0 - ALIKE)), more);
        }
        more
    }

    /// P(sum > limit): sums of the first half ascend while the part of the second half that suffices grows.
    fn beyond(&self, one: &[f64], other: &[f64], limit: f64) -> f64 {
        let chance = |products: &[f64], index: usize| products.get(index).copied().unwrap_or(0.0);
        let (mut total, mut enough) = (0.0, 0.0);
        let mut waiting = self.second.iter().rev().peekable();
        for (sum, index) in &self.first {
            while let Some((_, index)) = waiting.next_if(|(rest, _)| sum + rest > limit) {
                enough += chance(other, *index);
            }
            total += chance(one, *index) * enough;
        }
        total
    }

    fn slopes(&self, chances: &[f64]) -> Vec<f64> {
        let (one, other) = chances.split_at(self.split.min(chances.len()));
        let products = (products(one), products(other));
        let mut by_subset = self.subset_slopes(&products, self.half * (1.0 + ALIKE));
        if self.can_be_halved {
            let less = self.subset_slopes(&products, self.half * (1.0 - ALIKE));
            by_subset.0.iter_mut().zip(less.0).for_each(|(own, less)| *own = f64::midpoint(*own, less));
            by_subset.1.iter_mut().zip(less.1).for_each(|(own, less)| *own = f64::midpoint(*own, less));
        }
        let mut slopes = chance_slopes(one, by_subset.0);
        slopes.extend(chance_slopes(other, by_subset.1));
        slopes
    }

    /// How `beyond` changes with the chance of each subset of either half: by what suffices with it.
    fn subset_slopes(&self, (one, other): &(Vec<f64>, Vec<f64>), limit: f64) -> (Vec<f64>, Vec<f64>) {
        let chance = |products: &[f64], index: usize| products.get(index).copied().unwrap_or(0.0);
        let put = |slopes: &mut [f64], index: usize, slope: f64| {
            if let Some(own) = slopes.get_mut(index) {
                *own = slope;
            }
        };
        let mut slopes = (vec![0.0; one.len()], vec![0.0; other.len()]);
        let mut enough = 0.0;
        // What of the first half is still to come suffices with whatever has begun to suffice.
        let mut rest: f64 = one.iter().sum();
        let mut waiting = self.second.iter().rev().peekable();
        for (sum, index) in &self.first {
            while let Some((_, index)) = waiting.next_if(|(second, _)| sum + second > limit) {
                enough += chance(other, *index);
                put(&mut slopes.1, *index, rest);
            }
            put(&mut slopes.0, *index, enough);
            rest -= chance(one, *index);
        }
        slopes
    }
}

/// How a sum over subsets changes with the chance of each member, from how it changes with the chance of each subset: back along the way on
/// which [`products`] makes them.
fn chance_slopes(chances: &[f64], mut by_subset: Vec<f64>) -> Vec<f64> {
    let mut slopes = vec![0.0; chances.len()];
    for (index, (slope, chance)) in slopes.iter_mut().zip(chances).enumerate().rev() {
        let before = products(chances.get(..index).unwrap_or_default());
        let (without, with) = by_subset.split_at(before.len().min(by_subset.len()));
        *slope = before
            .iter()
            .zip(without.iter().zip(with))
            .map(|(before, (without, with))| before * (with - without))
            .sum();
        by_subset = without.iter().zip(with).map(|(without, with)| without * (1.0 - chance) + with * chance).collect();
    }
    slopes
}

/// All sums of subsets, each with the bits of its members, in ascending order.
fn sums(counts: &[f64]) -> Vec<(f64, usize)> {
    let mut sums = vec![(0.0, 0)];
    for (bit, count) in counts.iter().enumerate() {
        let more: Vec<(f64, usize)> = sums.iter().map(|(sum, members)| (sum + count, members | (1 << bit))).collect();
        sums.extend(more);
    }
    sums.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    sums
}

/// The chance of each subset, by the bits of its members.
fn products(chances: &[f64]) -> Vec<f64> {
    let mut products = vec![1.0];
    for chance in chances {
        let more: Vec<f64> = products.iter().map(|product| product * chance).collect();
        for product in &mut products {
            *product *= 1.0 - chance;
        }
        products.extend(more);
    }
    products
}

/// Places where one of the distributions bends, and the value, where the integrand of the moments does; in ascending order.
fn ends(normals: &[Normal], value: f64) -> Vec<f64> {
    let mut ends: Vec<f64> = normals
        .iter()
        .flat_map(|normal| BENDS.iter().map(move |bend| normal.mean + bend * normal.width))
        .chain([value])
        .collect();
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    ends
}

/// Places with weights: Gauss's points between the ends.
fn quadrature(ends: &[f64]) -> Vec<(f64, f64)> {
    let points = gauss_points();
    let mut places = Vec::new();
    for ends in ends.windows(2) {
        let [low, high] = ends else { continue };
        let (middle, half) = (f64::midpoint(*low, *high), (high - low) / 2.0);
        places.extend(points.iter().map(|(place, weight)| (middle + half * place, half * weight)));
    }
    places
}

const BENDS: [f64; 9] = [-9.0, -5.0, -2.5, -1.0, 0.0, 1.0, 2.5, 5.0, 9.0];
const POINTS: u32 = 10;

/// The points and weights of the Gauss-Legendre rule (Abramowitz and Stegun, 25.4.29), by Newton's method.
fn gauss_points() -> Vec<(f64, f64)> {
    let n = f64::from(POINTS);
    (0..POINTS)
        .map(|index| {
            let mut place = libm::cos(std::f64::consts::PI * (f64::from(index) + 0.75) / (n + 0.5));
            let mut slope = 1.0;
            for _ in 0..50 {
                let (mut before, mut height) = (1.0, place);
                for order in 2..=POINTS {
                    let k = f64::from(order);
                    let next = ((2.0 * k - 1.0) * place * height - (k - 1.0) * before) / k;
                    (before, height) = (height, next);
                }
                slope = n * (place * height - before) / (place * place - 1.0);
                let step = height / slope;
                place -= step;
                if libm::fabs(step) < 1e-16 {
                    break;
                }
            }
            (place, 2.0 / ((1.0 - place * place) * slope * slope))
        })
        .collect()
}

fn quantile(probability: f64, below: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (-2.0, 2.0);
    while below(low) >= probability && low > -1e30 {
        low *= 2.0;
    }
    while below(high) < probability && high < 1e30 {
        high *= 2.0;
    }
    bisection(low, high, |place| below(place) < probability)
}
