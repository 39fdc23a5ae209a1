//! Stability by the slope of a straight line through measurements over time.

use heng_uncertainty::least_squares::{NoLine, straight_line};
use heng_uncertainty::student;
use serde::Serialize;

use crate::error::{ComparisonError, checked};

/// A straight line through values over time. Slopes are in the unit of the values per unit of time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StabilityTrend {
    /// How many measurements there are.
    pub points: usize,
    /// b₁.
    pub slope: f64,
    /// u(b₁).
    pub slope_uncertainty: f64,
    /// b₀, the value at the time zero.
    pub intercept: f64,
    /// u(b₀).
    pub intercept_uncertainty: f64,
    /// s, the scatter about the line.
    pub scatter: f64,
    /// n − 2.
    pub degrees_of_freedom: f64,
    /// t = |b₁|/u(b₁); none where all points lie on the line.
    pub t: Option<f64>,
    /// The quantile of t for 95 %, two-sided.
    pub t_critical: f64,
    /// P(|T| ≥ t) where the slope is zero.
    pub p_value: Option<f64>,
    /// Whether |b₁| > t_critical · u(b₁): the material changes.
    pub is_significant: bool,
}

/// α of the test.
const SIGNIFICANCE: f64 = 0.05;

/// The line through (time, value), times in one unit and values in one unit, with Student's test of its slope.
///
/// Errors: fewer than three points; all at one time; a number that is not finite.
///
/// Source: ISO 33405:2024 (ISO Guide 35:2017, clause 8); JJF 1343-2022.
pub fn stability_trend(points: &[(f64, f64)]) -> Result<StabilityTrend, ComparisonError> {
    let numbers: Vec<f64> = points.iter().flat_map(|(time, value)| [*time, *value]).collect();
    checked(&numbers, 0)?;
    let line = straight_line(points, 0.0).map_err(|error| match error {
        NoLine::TooFew(given) => ComparisonError::TooFew { needed: 3, given },
        NoLine::NoSpread => ComparisonError::NoSpread,
        NoLine::NotFinite => ComparisonError::NotFinite,
    })?;
    let t_critical = student::quantile(1.0 - SIGNIFICANCE / 2.0, line.degrees_of_freedom);
    let t = (line.slope_uncertainty > 0.0).then(|| libm::fabs(line.slope) / line.slope_uncertainty);
    Ok(StabilityTrend {
        points: points.len(),
        slope: line.slope,
        slope_uncertainty: line.slope_uncertainty,
        intercept: line.intercept,
        intercept_uncertainty: line.intercept_uncertainty,
        scatter: line.scatter,
        degrees_of_freedom: line.degrees_of_freedom,
        t,
        t_critical,
        p_value: t.map(|t| 2.0 * student::cumulative(-t, line.degrees_of_freedom)),
        is_significant: t.map_or(line.slope != 0.0, |t| t > t_critical),
    })
}

/// u_stab = u(b₁) · t for a time t ≥ 0 in the unit of the trend: a slope that is not seen may yet be there.
///
/// Errors: a slope that differs from zero; a time that is negative or no finite number.
///
/// Source: ISO 33405:2024 (ISO Guide 35:2017, clause 8).
pub fn stability_uncertainty(trend: &StabilityTrend, time: f64) -> Result<f64, ComparisonError> {
    if trend.is_significant {
        return Err(ComparisonError::Trend);
    }
    checked(&[time], 1)?;
    if time < 0.0 {
        return Err(ComparisonError::Setting);
    }
    Ok(trend.slope_uncertainty * time)
}
