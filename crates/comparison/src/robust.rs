//! Robust means and standard deviations of the results of laboratories (ISO 13528:2022, annexes C and D.1).

mod algorithm_a;
mod algorithm_s;
mod hampel;
mod pairs;
mod spread;

use serde::{Deserialize, Serialize};

pub use algorithm_a::{AlgorithmA, StartingScale, algorithm_a, algorithm_a_with_scale};
pub use algorithm_s::{AlgorithmS, PooledSpread, algorithm_s};
pub use hampel::{hampel, hampel_iterated};
pub use pairs::{q_method, qn};
pub(crate) use spread::median_deviation;
pub use spread::{deviation_of_two, made, mean_absolute_deviation, niqr};

use crate::error::ComparisonError;
use crate::statistics::{average, mean, median, standard_deviation};

/// How a robust mean and standard deviation were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RobustMethod {
    /// Algorithm A with the factors 1.483 and 1.134, iterated until nothing changes (C.3.1).
    AlgorithmA,
    /// The same with unrounded factors.
    AlgorithmAExactFactors,
    /// The same with the rounded factors, stopped where the third significant figures no longer change.
    AlgorithmAAsPrinted,
    /// Algorithm A with a standard deviation that stays as it is (C.3.2).
    AlgorithmAFixedScale,
    /// Median and MADe (C.2.1, C.2.2).
    MedianMade,
    /// Median and nIQR (C.2.1, C.2.3).
    MedianNiqr,
    /// Median and Qₙ (C.2.1, C.5.2.1).
    MedianQn,
    /// Median and mean absolute deviation, for few laboratories (D.1.4.2).
    MedianMeanDeviation,
    /// The Q method with the Hampel estimator (C.5.4).
    QHampel,
    /// Arithmetic mean and standard deviation: not robust, for comparison.
    Mean,
}

/// A mean and a standard deviation of p results, all in one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RobustEstimate {
    /// How they were found.
    pub method: RobustMethod,
    /// p.
    pub count: usize,
    /// x*.
    pub location: f64,
    /// s*.
    pub scale: f64,
    /// u(x_pt) = 1.25 s*/√p; s/√p for the arithmetic mean (ISO 13528:2022, 7.7.7, formula 6).
    pub standard_uncertainty: f64,
    /// How often the values were updated; zero where nothing is iterated.
    pub iterations: usize,
    /// Where the iteration of the standard deviation began, if it was iterated.
    pub start: Option<StartingScale>,
}

/// u(x_pt) = 1.25 s*/√p of a robust mean (ISO 13528:2022, 7.7.7, formula 6).
pub fn uncertainty_of_robust_mean(scale: f64, count: usize) -> f64 {
    UNCERTAINTY_OF_ROBUST_MEAN * scale / libm::sqrt(count as f64)
}

/// What a robust mean loses against the arithmetic one: ISO 13528:2022, 7.7.7.
const UNCERTAINTY_OF_ROBUST_MEAN: f64 = 1.25;

/// The mean and standard deviation of results in one unit, one from each laboratory, by a method.
///
/// Errors: fewer than two results (three for Algorithm A and Hampel), a value that is no finite number, no spread.
///
/// ```
/// use heng_comparison::robust::{RobustMethod, robust_estimate};
///
/// // A round of three laboratories (ISO 13528:2022, D.1.4.2).
/// let results = [1.5310, 1.4030, 1.6300];
/// let estimate = robust_estimate(&results, RobustMethod::MedianMade)?;
/// assert_eq!(estimate.location, 1.5310);
/// assert!((estimate.standard_uncertainty - 0.1060).abs() < 0.00005);
/// # Ok::<(), heng_comparison::ComparisonError>(())
/// ```
pub fn robust_estimate(results: &[f64], method: RobustMethod) -> Result<RobustEstimate, ComparisonError> {
    let count = results.len();
    let around_median = |scale: Result<f64, ComparisonError>| {
        Ok(estimate(method, count, median(results)?, above_zero(scale?)?, 0, None))
    };
    match method {
        RobustMethod::AlgorithmA => algorithm_a(results, AlgorithmA::Converged),
        RobustMethod::AlgorithmAExactFactors => algorithm_a(results, AlgorithmA::ExactFactors),
        RobustMethod::AlgorithmAAsPrinted => algorithm_a(results, AlgorithmA::AsPrinted),
        RobustMethod::AlgorithmAFixedScale => algorithm_a_with_scale(results, above_zero(made(results)?)?),
        RobustMethod::MedianMade => around_median(made(results)),
        RobustMethod::MedianNiqr => around_median(niqr(results)),
        RobustMethod::MedianQn => around_median(qn(results)),
        RobustMethod::MedianMeanDeviation => around_median(mean_absolute_deviation(results)),
        RobustMethod::QHampel => {
            let alone: Vec<&[f64]> = results.iter().map(std::slice::from_ref).collect();
            q_hampel(&alone)
        }
        RobustMethod::Mean => {
            let scale = above_zero(standard_deviation(results)?)?;
            let standard_uncertainty = scale / libm::sqrt(count as f64);
            Ok(RobustEstimate { standard_uncertainty, ..estimate(method, count, mean(results)?, scale, 0, None) })
        }
    }
}

/// The Q method's standard deviation and the Hampel estimator of the laboratories' means, for one or several results of each.
///
/// Source: ISO 13528:2022, C.5.4.
pub fn q_hampel(laboratories: &[&[f64]]) -> Result<RobustEstimate, ComparisonError> {
    let scale = q_method(laboratories)?;
    let means: Vec<f64> = laboratories.iter().map(|results| average(results)).collect();
    let location = hampel(&means, scale)?;
    Ok(estimate(RobustMethod::QHampel, means.len(), location, scale, 0, None))
}

fn estimate(
    method: RobustMethod,
    count: usize,
    location: f64,
    scale: f64,
    iterations: usize,
    start: Option<StartingScale>,
) -> RobustEstimate {
    let standard_uncertainty = uncertainty_of_robust_mean(scale, count);
    RobustEstimate { method, count, location, scale, standard_uncertainty, iterations, start }
}

fn above_zero(scale: f64) -> Result<f64, ComparisonError> {
    if scale > 0.0 { Ok(scale) } else { Err(ComparisonError::NoSpread) }
}
