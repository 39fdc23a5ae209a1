//! The Hampel estimator of a mean (ISO 13528:2022, C.5.3).

use super::above_zero;
use crate::error::{ComparisonError, checked};
use crate::statistics::{middle, sorted};

/// Where ψ stops to rise, begins to fall and has fallen to zero (C.5.3.2, formula C.30).
const CORNERS: [f64; 3] = [1.5, 3.0, 4.5];
const MOST_UPDATES: usize = 1_000;

/// x* with Σ ψ((xᵢ − x*)/s*) = 0, the solution nearest to the median; the median itself where two are equally near or there is none.
/// ψ(q) is q up to 1.5, 1.5 up to 3, 4.5 − q up to 4.5 and zero beyond, odd. The sum is linear between its corners, so that all
/// solutions are found in finitely many steps.
///
/// Source: ISO 13528:2022, C.5.3.3, formula (C.31).
pub fn hampel(results: &[f64], scale: f64) -> Result<f64, ComparisonError> {
    let (origin, offsets) = standardized(results, scale)?;
    let mut corners: Vec<f64> = offsets
        .iter()
        .flat_map(|offset| CORNERS.iter().flat_map(move |corner| [offset - corner, offset + corner]))
        .collect();
    corners.sort_by(f64::total_cmp);
    let sum = |place: f64| offsets.iter().map(|offset| influence(offset - place)).sum::<f64>();
    let sums: Vec<f64> = corners.iter().map(|corner| sum(*corner)).collect();
    let rounding = 1e-12 * offsets.len() as f64;
    let mut solutions: Vec<f64> = Vec::new();
    for (ends, heights) in corners.windows(2).zip(sums.windows(2)) {
        let ([left, right], [from, to]) = (ends, heights) else { continue };
        // Beyond all results the sum is zero without being a solution.
        let has_results =
            offsets.iter().any(|offset| libm::fabs(offset - left) < 4.5 || libm::fabs(offset - right) < 4.5);
        if !has_results || right - left <= rounding {
            continue;
        }
        if libm::fabs(*from) <= rounding {
            solutions.push(*left);
        }
        if libm::fabs(*to) <= rounding {
            solutions.push(*right);
        }
        if libm::fabs(*from) > rounding && libm::fabs(*to) > rounding && (*from > 0.0) != (*to > 0.0) {
            solutions.push(left + (right - left) * from / (from - to));
        }
    }
    solutions.sort_by(|one, other| libm::fabs(*one).total_cmp(&libm::fabs(*other)));
    let Some(nearest) = solutions.first() else { return Ok(origin) };
    let is_tied = solutions.iter().any(|solution| {
        libm::fabs(libm::fabs(*solution) - libm::fabs(*nearest)) <= rounding
            && libm::fabs(solution - nearest) > rounding
    });
    Ok(if is_tied { origin } else { origin + scale * nearest })
}

/// x* by weighting again and again from the median on, until it changes by less than 0.01 s*/√p, with the number of updates.
///
/// Source: ISO 13528:2022, C.5.3.2.
pub fn hampel_iterated(results: &[f64], scale: f64) -> Result<(f64, usize), ComparisonError> {
    let (origin, offsets) = standardized(results, scale)?;
    let enough = 0.01 / libm::sqrt(offsets.len() as f64);
    let mut place = 0.0;
    for update in 1..=MOST_UPDATES {
        let (mut weights, mut sum) = (0.0, 0.0);
        for offset in &offsets {
            let distance = offset - place;
            let weight = if libm::fabs(distance) <= 1.5 { 1.0 } else { influence(distance) / distance };
            weights += weight;
            sum += weight * offset;
        }
        if weights <= 0.0 {
            return Err(ComparisonError::NoSpread);
        }
        let new = sum / weights;
        let is_settled = libm::fabs(new - place) < enough;
        place = new;
        if is_settled {
            return Ok((origin + scale * place, update));
        }
    }
    Err(ComparisonError::NotSettled { updates: MOST_UPDATES })
}

fn standardized(results: &[f64], scale: f64) -> Result<(f64, Vec<f64>), ComparisonError> {
    checked(results, 2)?;
    checked(&[scale], 1)?;
    above_zero(scale)?;
    let origin = middle(&sorted(results));
    Ok((origin, results.iter().map(|result| (result - origin) / scale).collect()))
}

fn influence(distance: f64) -> f64 {
    let [flat, falling, gone] = CORNERS;
    let size = libm::fabs(distance);
    let height = if size <= flat {
        size
    } else if size <= falling {
        flat
    } else if size <= gone {
        gone - size
    } else {
        0.0
    };
    libm::copysign(height, distance)
}
