//! Standard deviations from the differences of pairs of results: Qₙ and the Q method (ISO 13528:2022, C.5.2).

use super::above_zero;
use crate::distribution::normal_quantile;
use crate::error::{ComparisonError, LARGEST, checked};

/// 1/(√2 Φ⁻¹(⅝)), rounded as by Rousseeuw and Croux, and in ISO 13528:2022/Amd 1, C.5.2.1.
const QN_FACTOR: f64 = 2.2191;
/// b_p for p = 2, 3, … 12 (ISO 13528:2022, table C.2).
const QN_SMALL: [f64; 11] = [0.3994, 0.9937, 0.5132, 0.8440, 0.6122, 0.8588, 0.6699, 0.8734, 0.7201, 0.8891, 0.7574];
/// More pairs than that would take minutes.
const MOST_RESULTS: usize = 3_000;

/// Qₙ = 2.2191 b_p d₍ₖ₎: the k-th smallest of |xᵢ − xⱼ|, i < j, with h = ⌊p/2⌋ + 1 and k = h(h − 1)/2. Zero where more than half are alike.
///
/// b_p from table C.2 for p ≤ 12, else 1/(1 + r_p), r_p = (1.6019 + (−2.128 − 5.172/p)/p)/p for odd p and
/// (3.6756 + (1.965 + (6.987 − 77/p)/p)/p)/p for even p.
///
/// Source: ISO 13528:2022 with Amd 1, C.5.2.1, formulae (C.15) to (C.21).
pub fn qn(results: &[f64]) -> Result<f64, ComparisonError> {
    checked(results, 2)?;
    few_enough(results.len())?;
    let mut differences: Vec<f64> = Vec::new();
    for (place, one) in results.iter().enumerate() {
        differences.extend(results.iter().skip(place + 1).map(|other| libm::fabs(one - other)));
    }
    differences.sort_by(f64::total_cmp);
    let count = results.len();
    let half = count / 2 + 1;
    let rank = half * (half - 1) / 2;
    let difference = differences.get(rank - 1).copied().unwrap_or(f64::NAN);
    Ok(QN_FACTOR * small_sample_factor(count) * difference)
}

fn small_sample_factor(count: usize) -> f64 {
    if let Some(factor) = QN_SMALL.get(count - 2) {
        return *factor;
    }
    let p = count as f64;
    let excess = if count % 2 == 1 {
        (1.6019 + (-2.128 - 5.172 / p) / p) / p
    } else {
        (3.6756 + (1.965 + (6.987 - 77.0 / p) / p) / p) / p
    };
    1.0 / (1.0 + excess)
}

/// The Q method's standard deviation of the results of p laboratories, one or several of each, in their unit.
///
/// H₁(x) is the mean over pairs of laboratories of the part of their differences |yᵢⱼ − yₖₗ| ≤ x; G₁ is linear between the points
/// (xₘ, ½(H₁(xₘ) + H₁(xₘ₋₁))) at its steps, with G₁(0) = 0; s* = G₁⁻¹(¼ + ¾H₁(0))/(√2 Φ⁻¹(⅝ + ⅜H₁(0))).
///
/// Errors: fewer than two laboratories; one without results; a value that is no finite number; s* zero.
///
/// Source: ISO 13528:2022, C.5.2.2, formulae (C.22) to (C.25).
pub fn q_method(laboratories: &[&[f64]]) -> Result<f64, ComparisonError> {
    let count = laboratories.len();
    if count < 2 {
        return Err(ComparisonError::TooFew { needed: 2, given: count });
    }
    for results in laboratories {
        checked(results, 1)?;
    }
    few_enough(laboratories.iter().map(|results| results.len()).sum())?;
    // What rounding can make of two differences that are alike in decimals.
    let largest =
        laboratories.iter().copied().flatten().fold(0.0, |largest: f64, value| largest.max(libm::fabs(*value)));
    let alike = 4.0 * f64::EPSILON * largest;
    let pairs = count as f64 * (count as f64 - 1.0) / 2.0;
    let mut steps: Vec<(f64, f64)> = Vec::new();
    for (place, one) in laboratories.iter().enumerate() {
        for other in laboratories.iter().skip(place + 1) {
            let weight = 1.0 / (one.len() as f64 * other.len() as f64 * pairs);
            for x in *one {
                for y in *other {
                    let difference = libm::fabs(x - y);
                    steps.push((if difference <= alike { 0.0 } else { difference }, weight));
                }
            }
        }
    }
    steps.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut merged: Vec<(f64, f64)> = Vec::new();
    for (difference, weight) in steps {
        match merged.last_mut() {
            Some((place, sum)) if difference - *place <= alike => *sum += weight,
            _ => merged.push((difference, weight)),
        }
    }
    let at_zero = merged.first().filter(|(place, _)| *place == 0.0).map_or(0.0, |(_, weight)| *weight);
    let level = 0.25 + 0.75 * at_zero;
    let (mut cumulated, mut before) = (0.0, (0.0, 0.0));
    for (place, weight) in merged {
        let middle = if place == 0.0 { 0.0 } else { cumulated + weight / 2.0 };
        cumulated += weight;
        if middle >= level && middle > before.1 {
            let (start, below) = before;
            let quantile = start + (place - start) * (level - below) / (middle - below);
            let normal = std::f64::consts::SQRT_2 * normal_quantile(0.625 + 0.375 * at_zero);
            return above_zero(quantile / normal)
                .and_then(|scale| if scale <= LARGEST { Ok(scale) } else { Err(ComparisonError::NoSpread) });
        }
        before = (place, middle);
    }
    Err(ComparisonError::NoSpread)
}

fn few_enough(given: usize) -> Result<(), ComparisonError> {
    if given <= MOST_RESULTS { Ok(()) } else { Err(ComparisonError::TooMany { most: MOST_RESULTS, given }) }
}
