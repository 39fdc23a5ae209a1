//! The straight-line calibration function y = a + bx, for every kind of uncertainty by one algorithm.

use serde::{Deserialize, Serialize};

use super::data::{CalibrationData, Covariance, ScaleEstimate};
use super::error::CurveError;
use super::matrix::Matrix;
use super::{CalibrationUncertainty, GoodnessOfFit};

/// Steps after which a fit that has not settled never will; usual data need about ten.
const MOST_STEPS: u32 = 1_000;

/// A line y = a + bx with all that it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibrationLine {
    /// a.
    pub intercept: f64,
    /// b.
    pub slope: f64,
    /// u(a).
    pub intercept_uncertainty: f64,
    /// u(b).
    pub slope_uncertainty: f64,
    /// cov(a, b).
    pub covariance: f64,
    /// The weighted mean of the true abscissas, where the line is known best: its value there is not correlated with the slope.
    pub centre: f64,
    /// a + b times the centre.
    pub centre_value: f64,
    /// u of that.
    pub centre_uncertainty: f64,
    /// ν of both uncertainties where they come from the scatter; none where they rest on stated ones, which count as known exactly.
    pub degrees_of_freedom: Option<f64>,
    /// σ̂, the factor of the stated uncertainties (the standard deviation of y, where none was stated); none where they are known.
    pub scale: Option<f64>,
    /// χ²_obs with the uncertainties as stated, 1 where none are.
    pub chi_squared: f64,
    /// The test of the line; none where its scale was evaluated from the same points.
    pub goodness: Option<GoodnessOfFit>,
    /// For each point, what the fit makes of it.
    pub points: Vec<FittedPoint>,
    /// The steps until the coefficients changed no more.
    pub steps: u32,
    /// The points.
    pub data: CalibrationData,
}

/// A point as the fit sees it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedPoint {
    /// The estimate of the true x; x itself where that is exact.
    pub x: f64,
    /// a + b times that.
    pub y: f64,
    /// y − a − bx, of the point as measured.
    pub deviation: f64,
    /// The weighted residual, whose squares sum to χ²_obs.
    pub residual: f64,
}

/// The line that is most probable for the points: the one with the least χ² = eᵀV⁻¹e, eᵢ = yᵢ − a − bxᵢ, V = U_y + b²U_x − b(U_xy + U_xyᵀ).
///
/// With the estimated true abscissas ξ = x + (bU_x − U_xy)V⁻¹e the coefficients are corrected by (JᵀV⁻¹J)⁻¹JᵀV⁻¹e, J = [1 ξ], until they
/// change no more; (JᵀV⁻¹J)⁻¹ is their covariance matrix. For exact x this is weighted least squares and needs one step; for independent
/// points it is generalized distance regression, otherwise Gauss-Markov regression. Where uncertainties are known only to a factor, the
/// matrix is multiplied by σ̂². Everything is computed about the weighted mean, where nothing cancels.
///
/// Errors: fewer than three points (five for the scale of the t-distribution); values that are not finite; an uncertainty below zero, or
/// zero in both coordinates; a covariance matrix that is not symmetric or not positive; all x equal; no convergence.
///
/// Source: ISO/TS 28037:2010, clauses 6 to 10 and annex E.
///
/// ```
/// use heng_uncertainty::curve::{CalibrationData, CalibrationUncertainty, calibration_line};
///
/// // ISO/TS 28037:2010, 7.4.
/// let line = calibration_line(&CalibrationData {
///     x: vec![1.2, 1.9, 2.9, 4.0, 4.7, 5.9],
///     y: vec![3.4, 4.4, 7.2, 8.5, 10.8, 13.5],
///     uncertainty: CalibrationUncertainty::Coordinates {
///         ux: vec![0.2; 6],
///         uy: vec![0.2, 0.2, 0.2, 0.4, 0.4, 0.4],
///         uxy: Vec::new(),
///     },
/// })?;
/// assert!((line.intercept - 0.578_822_122_15).abs() < 1e-11);
/// assert!(line.goodness.is_some_and(|goodness| goodness.accepted));
/// # Ok::<(), heng_uncertainty::curve::CurveError>(())
/// ```
pub fn calibration_line(data: &CalibrationData) -> Result<CalibrationLine, CurveError> {
    data.check(2)?;
    let covariance = data.covariance()?;
    let count = data.x.len() as f64;
    let (origin_x, origin_y) = (data.x.iter().sum::<f64>() / count, data.y.iter().sum::<f64>() / count);
    let x: Vec<f64> = data.x.iter().map(|x| x - origin_x).collect();
    let y: Vec<f64> = data.y.iter().map(|y| y - origin_y).collect();
    let fit = settled(start(&x, &y), &x, &y, &covariance)?;
    let (at, steps) = (fit.at, fit.steps);
    let chi_squared = fit.chi_squared();
    let scale = data.scale().map(|scale| match scale {
        ScaleEstimate::DegreesOfFreedom => libm::sqrt(chi_squared / (count - 2.0)),
        ScaleEstimate::Distribution => libm::sqrt(chi_squared / (count - 4.0)),
    });
    let factor = scale.unwrap_or(1.0);
    // The line at the origin of the points: a = a′ − b·mean with cov(a′, b) = 0, where the mean is the weighted one.
    let mean = fit.mean + origin_x;
    let intercept = at.0 + origin_y - at.1 * origin_x;
    let variance_of_intercept = fit.variance_of_mean + mean * mean * fit.variance_of_slope;
    let point = |((x, y), (true_x, residual)): ((&f64, &f64), (&f64, &f64))| FittedPoint {
        x: true_x + origin_x,
        y: at.0 + at.1 * true_x + origin_y,
        deviation: y - at.0 - at.1 * x,
        residual: *residual,
    };
    Ok(CalibrationLine {
        intercept,
        slope: at.1,
        intercept_uncertainty: factor * libm::sqrt(variance_of_intercept),
        slope_uncertainty: factor * libm::sqrt(fit.variance_of_slope),
        covariance: -factor * factor * mean * fit.variance_of_slope,
        centre: mean,
        centre_value: at.0 + at.1 * fit.mean + origin_y,
        centre_uncertainty: factor * libm::sqrt(fit.variance_of_mean),
        degrees_of_freedom: (data.scale() == Some(ScaleEstimate::DegreesOfFreedom)).then_some(count - 2.0),
        scale,
        chi_squared,
        goodness: scale.is_none().then(|| GoodnessOfFit::of(chi_squared, count - 2.0)),
        points: x.iter().zip(&y).zip(fit.abscissas.iter().zip(&fit.residuals)).map(point).collect(),
        steps,
        data: data.clone(),
    })
}

impl CalibrationLine {
    /// r(a, b).
    pub fn correlation(&self) -> f64 {
        let product = self.intercept_uncertainty * self.slope_uncertainty;
        if product > 0.0 { (self.covariance / product).clamp(-1.0, 1.0) } else { 0.0 }
    }

    /// The line of points of which only the scatter is known: ordinary least squares, ν = m − 2.
    ///
    /// Errors: as of `calibration_line`.
    pub fn of_scatter(x: &[f64], y: &[f64]) -> Result<Self, CurveError> {
        let uncertainty = CalibrationUncertainty::Unknown { scale: ScaleEstimate::DegreesOfFreedom };
        calibration_line(&CalibrationData { x: x.to_vec(), y: y.to_vec(), uncertainty })
    }
}

/// Ordinary least squares about the mean: where the iteration starts.
fn start(x: &[f64], y: &[f64]) -> (f64, f64) {
    let spread: f64 = x.iter().map(|x| x * x).sum();
    (0.0, x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>() / spread)
}

/// The fit that changes no more, however it is corrected.
///
/// Errors: as of one fit; no convergence.
fn settled(start: (f64, f64), x: &[f64], y: &[f64], covariance: &Covariance) -> Result<Fit, CurveError> {
    let mut fit = Fit::at(start, x, y, covariance)?;
    let mut last = f64::INFINITY;
    for steps in 1..=MOST_STEPS {
        let size = fit.relative_step();
        // Steps that are as small as rounding makes them stop shrinking.
        if size == 0.0 || (size < 1e-11 && size >= 0.5 * last) {
            return Ok(Fit { steps, ..fit });
        }
        last = size;
        // A step that goes too far is halved.
        let (allowed, mut part) = (fit.chi_squared() * (1.0 + 1e-10), 1.0);
        fit = loop {
            let place = (fit.at.0 + part * fit.step.0, fit.at.1 + part * fit.step.1);
            if !(place.0.is_finite() && place.1.is_finite()) {
                return Err(CurveError::NotConverged);
            }
            let next = Fit::at(place, x, y, covariance)?;
            if next.chi_squared() <= allowed || part < 1e-6 {
                break next;
            }
            part /= 2.0;
        };
    }
    if fit.relative_step() < 1e-11 { Ok(Fit { steps: MOST_STEPS, ..fit }) } else { Err(CurveError::NotConverged) }
}

/// One step of the fit.
struct Fit {
    /// a and b.
    at: (f64, f64),
    /// How many steps it took.
    steps: u32,
    /// What is to be added to a and b.
    step: (f64, f64),
    /// The weighted mean of the true abscissas.
    mean: f64,
    /// u² of the line there.
    variance_of_mean: f64,
    /// u²(b).
    variance_of_slope: f64,
    /// ξᵢ.
    abscissas: Vec<f64>,
    /// L⁻¹e with LLᵀ = V.
    residuals: Vec<f64>,
}

impl Fit {
    fn at((a, b): (f64, f64), x: &[f64], y: &[f64], covariance: &Covariance) -> Result<Self, CurveError> {
        let deviations: Vec<f64> = x.iter().zip(y).map(|(x, y)| y - a - b * x).collect();
        let (abscissas, whiten): (Vec<f64>, Whitening) = match covariance {
            Covariance::Pairs(triples) => {
                let mut roots = Vec::with_capacity(triples.len());
                let mut abscissas = Vec::with_capacity(triples.len());
                for (([ux, uy, uxy], deviation), x) in triples.iter().zip(&deviations).zip(x) {
                    let variance = uy + b * (b * ux - 2.0 * uxy);
                    if variance.is_nan() || variance <= 1e-14 * (uy + b * b * ux) {
                        return Err(CurveError::NotPositiveDefinite);
                    }
                    roots.push(libm::sqrt(variance));
                    abscissas.push(x + (b * ux - uxy) * deviation / variance);
                }
                (abscissas, Whitening::Roots(roots))
            }
            Covariance::Full([of_x, of_y, of_xy]) => {
                let size = x.len();
                let mut variance = Matrix::zero(size, size);
                for i in 0..size {
                    for j in 0..size {
                        let mixed = of_xy.at(i, j) + of_xy.at(j, i);
                        variance.set(i, j, of_y.at(i, j) + b * (b * of_x.at(i, j) - mixed));
                    }
                }
                let factor = variance.cholesky().ok_or(CurveError::NotPositiveDefinite)?;
                let weighted = factor.lower_transposed_solved(&factor.lower_solved(&deviations));
                let of_x = of_x.times(&weighted);
                let of_xy = of_xy.times(&weighted);
                let abscissas = x.iter().zip(of_x.iter().zip(&of_xy)).map(|(x, (ux, uxy))| x + b * ux - uxy).collect();
                (abscissas, Whitening::Factor(factor))
            }
        };
        let product = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(x, y)| x * y).sum::<f64>();
        let ones = whiten.of(&vec![1.0; x.len()]);
        let residuals = whiten.of(&deviations);
        let whole = product(&ones, &ones);
        let mean = product(&ones, &whiten.of(&abscissas)) / whole;
        let about: Vec<f64> = abscissas.iter().map(|abscissa| abscissa - mean).collect();
        let slopes = whiten.of(&about);
        let spread = product(&slopes, &slopes);
        if spread.is_nan() || spread <= 0.0 {
            return Err(CurveError::NotConverged);
        }
        let step_of_slope = product(&slopes, &residuals) / spread;
        let step_of_mean = product(&ones, &residuals) / whole;
        Ok(Self {
            at: (a, b),
            steps: 0,
            step: (step_of_mean - mean * step_of_slope, step_of_slope),
            mean,
            variance_of_mean: 1.0 / whole,
            variance_of_slope: 1.0 / spread,
            abscissas,
            residuals,
        })
    }

    fn chi_squared(&self) -> f64 {
        self.residuals.iter().map(|residual| residual * residual).sum()
    }

    /// The correction in parts of the coefficients and their uncertainties.
    fn relative_step(&self) -> f64 {
        libm::fabs(self.step.1) / (libm::fabs(self.at.1) + libm::sqrt(self.variance_of_slope))
            + libm::fabs(self.step.0) / (libm::fabs(self.at.0) + libm::sqrt(self.variance_of_mean))
    }
}

/// What turns values with the covariance matrix V into independent ones with variance 1.
enum Whitening {
    /// √Vᵢᵢ, of a diagonal V.
    Roots(Vec<f64>),
    /// L with LLᵀ = V.
    Factor(Matrix),
}

impl Whitening {
    fn of(&self, values: &[f64]) -> Vec<f64> {
        match self {
            Self::Roots(roots) => values.iter().zip(roots).map(|(value, root)| value / root).collect(),
            Self::Factor(factor) => factor.lower_solved(values),
        }
    }
}
