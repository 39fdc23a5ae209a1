//! The kernel density of results and its modes, which show whether laboratories fall into groups (ISO 13528:2022, 10.3).

use serde::Serialize;

use crate::distribution::{bisection, normal_density};
use crate::error::{ComparisonError, checked};

/// A top of the density.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mode {
    /// Where it is, in the unit of the results.
    pub place: f64,
    /// The density there, in the reciprocal unit.
    pub density: f64,
}

/// Steps of the search in a bandwidth: two tops are at least a bandwidth apart.
const STEPS: f64 = 32.0;
/// Beyond that many results and steps the search would take seconds.
const MOST_EVALUATIONS: f64 = 2e7;

/// f(x) = Σ φ((x − xᵢ)/h)/(p h) of results and a bandwidth h in one unit, in the reciprocal unit.
///
/// Source: ISO 13528:2022, 10.3.
pub fn kernel_density(results: &[f64], bandwidth: f64, place: f64) -> Result<f64, ComparisonError> {
    usable(results, bandwidth)?;
    checked(&[place], 1)?;
    Ok(height(results, bandwidth, place))
}

/// The modes of the kernel density, the highest first; of equal ones the smaller. A common bandwidth is 0.75 σ_pt.
///
/// Errors: no result; one that is no finite number; a bandwidth that is not above zero, or far too small for the spread of the results.
///
/// Source: ISO 13528:2022, 10.3 and E.6.
pub fn kernel_modes(results: &[f64], bandwidth: f64) -> Result<Vec<Mode>, ComparisonError> {
    usable(results, bandwidth)?;
    let low = results.iter().fold(f64::INFINITY, |low, result| low.min(*result));
    let high = results.iter().fold(f64::NEG_INFINITY, |high, result| high.max(*result));
    let step = bandwidth / STEPS;
    let steps = libm::ceil((high - low) / step) + 2.0;
    if steps * results.len() as f64 > MOST_EVALUATIONS {
        return Err(ComparisonError::Incommensurable);
    }
    // All modes lie among the results; the slope is looked at half a step beside round places, so that none falls on a top.
    let at = |index: f64| low + (index - 0.5) * step;
    let mut modes: Vec<Mode> = Vec::new();
    let mut rises = slope(results, bandwidth, at(0.0)) > 0.0;
    for index in 1..=(steps as u64) {
        let is_rising = slope(results, bandwidth, at(index as f64)) > 0.0;
        if rises && !is_rising {
            let place =
                bisection(at(index as f64 - 1.0), at(index as f64), |place| slope(results, bandwidth, place) > 0.0);
            modes.push(Mode { place, density: height(results, bandwidth, place) });
        }
        rises = is_rising;
    }
    modes.sort_by(|one, other| other.density.total_cmp(&one.density).then(one.place.total_cmp(&other.place)));
    Ok(modes)
}

fn usable(results: &[f64], bandwidth: f64) -> Result<(), ComparisonError> {
    checked(results, 1)?;
    checked(&[bandwidth], 1)?;
    if bandwidth > 0.0 { Ok(()) } else { Err(ComparisonError::Setting) }
}

fn height(results: &[f64], bandwidth: f64, place: f64) -> f64 {
    let sum: f64 = results.iter().map(|result| normal_density((place - result) / bandwidth)).sum();
    sum / (results.len() as f64 * bandwidth)
}

/// The sign of the derivative, and its size up to a factor.
fn slope(results: &[f64], bandwidth: f64, place: f64) -> f64 {
    let of = |result: &f64| {
        let distance = (place - result) / bandwidth;
        -distance * normal_density(distance)
    };
    results.iter().map(of).sum()
}
