//! Algorithm A: a mean and a standard deviation of winsorized results (ISO 13528:2022, C.3; ISO 5725-5:1998, 5.2).

use serde::Serialize;

use super::spread::{MADE_FACTOR, median_deviation};
use super::{RobustEstimate, RobustMethod, above_zero, estimate};
use crate::distribution::{normal_cumulative, normal_density, normal_quantile};
use crate::error::{ComparisonError, checked};
use crate::statistics::{average, middle, sorted, square, variance};

/// Which factors and which end of the iteration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AlgorithmA {
    /// The factors 1.483 and 1.134 as printed; iterated until nothing changes.
    Converged,
    /// 1/Φ⁻¹(¾) and the unrounded factor of the winsorized standard deviation; iterated until nothing changes.
    ExactFactors,
    /// The factors as printed; stopped where the third significant figures of x* and of s* stay from one update to the next.
    AsPrinted,
}

/// Where the iteration of s* began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StartingScale {
    /// At MADe.
    Made,
    /// At the standard deviation, because MADe is zero (C.3.1, note 2).
    StandardDeviation,
    /// At a standard deviation that was given and stays.
    Given,
}

/// Results are drawn in to x* ± 1.5 s* (C.3.1, formula C.7).
const WIDTH: f64 = 1.5;
/// The factor of the standard deviation of winsorized results, rounded as in C.3.1, formula (C.10).
const WINSORIZED_FACTOR: f64 = 1.134;
/// Far beyond what settles; a set where half of the results and one more are alike shrinks for ever.
const MOST_UPDATES: usize = 100_000;
/// s* of less than this part of its beginning is on its way to zero.
const COLLAPSED: f64 = 1e-9;

/// x* and s*: x* = Σ xᵢ*/p, s* = 1.134 √(Σ (xᵢ* − x*)²/(p − 1)) with xᵢ* = xᵢ within x* ± 1.5 s*, else the nearer end; from the median
/// and MADe on. All values in one unit.
///
/// Errors: fewer than three results; one that is no finite number; s* zero or on its way to zero.
///
/// Source: ISO 13528:2022, C.3.1, formulae (C.5) to (C.10).
pub fn algorithm_a(results: &[f64], variant: AlgorithmA) -> Result<RobustEstimate, ComparisonError> {
    checked(results, 3)?;
    let (made_factor, factor, method) = match variant {
        AlgorithmA::Converged => (MADE_FACTOR, WINSORIZED_FACTOR, RobustMethod::AlgorithmA),
        AlgorithmA::AsPrinted => (MADE_FACTOR, WINSORIZED_FACTOR, RobustMethod::AlgorithmAAsPrinted),
        AlgorithmA::ExactFactors => {
            (1.0 / normal_quantile(0.75), winsorized_factor(), RobustMethod::AlgorithmAExactFactors)
        }
    };
    let made = made_factor * median_deviation(results);
    let (scale, start) = if made > 0.0 {
        (made, StartingScale::Made)
    } else {
        (libm::sqrt(variance(results)), StartingScale::StandardDeviation)
    };
    iterated(results, above_zero(scale)?, start, Some(factor), method)
}

/// x* alone, with a standard deviation that was found otherwise and stays, such as that of the Q method.
///
/// Source: ISO 13528:2022, C.3.2.
pub fn algorithm_a_with_scale(results: &[f64], scale: f64) -> Result<RobustEstimate, ComparisonError> {
    checked(results, 3)?;
    checked(&[scale], 1)?;
    iterated(results, above_zero(scale)?, StartingScale::Given, None, RobustMethod::AlgorithmAFixedScale)
}

/// 1/√γ, where γ is the variance of a standard normal variable drawn in to ± c:
/// γ = 2Φ(c) − 1 − 2cφ(c) + 2c²(1 − Φ(c)).
fn winsorized_factor() -> f64 {
    let above = normal_cumulative(-WIDTH);
    let variance = 1.0 - 2.0 * above - 2.0 * WIDTH * normal_density(WIDTH) + 2.0 * WIDTH * WIDTH * above;
    1.0 / libm::sqrt(variance)
}

fn iterated(
    results: &[f64],
    first: f64,
    start: StartingScale,
    factor: Option<f64>,
    method: RobustMethod,
) -> Result<RobustEstimate, ComparisonError> {
    // About the median, where identical results are exactly zero.
    let origin = middle(&sorted(results));
    let offsets: Vec<f64> = results.iter().map(|result| result - origin).collect();
    let (mut location, mut scale) = (0.0, first);
    for update in 1..=MOST_UPDATES {
        let (low, high) = (location - WIDTH * scale, location + WIDTH * scale);
        let drawn: Vec<f64> = offsets.iter().map(|offset| offset.clamp(low, high)).collect();
        let new_location = average(&drawn);
        let new_scale = factor.map_or(scale, |factor| {
            let squares: f64 = drawn.iter().map(|offset| square(offset - new_location)).sum();
            factor * libm::sqrt(squares / (results.len() as f64 - 1.0))
        });
        if new_scale <= COLLAPSED * first {
            return Err(ComparisonError::NoSpread);
        }
        let is_settled = if method == RobustMethod::AlgorithmAAsPrinted {
            // The beginning is no iteration.
            update > 1
                && third_figure(origin + new_location) == third_figure(origin + location)
                && third_figure(new_scale) == third_figure(scale)
        } else {
            let change = libm::fabs(new_location - location).max(libm::fabs(new_scale - scale));
            change <= 1e-14 * new_scale
        };
        (location, scale) = (new_location, new_scale);
        if is_settled {
            return Ok(estimate(method, results.len(), origin + location, scale, update, Some(start)));
        }
    }
    Err(ComparisonError::NotSettled { updates: MOST_UPDATES })
}

/// The value rounded to three significant figures, as figures and the power of ten of the last one.
pub(super) fn third_figure(value: f64) -> (f64, i32) {
    if value == 0.0 {
        return (0.0, 0);
    }
    let power = libm::floor(libm::log10(libm::fabs(value))) as i32 - 2;
    (libm::round(value / libm::exp10(f64::from(power))), power)
}
