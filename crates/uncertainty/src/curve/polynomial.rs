//! Polynomial calibration curves by weighted least squares, in Chebyshev polynomials, and the choice of their degree (ISO/TS 28038:2018).

use serde::{Deserialize, Serialize};

use super::GoodnessOfFit;
use super::data::{CalibrationData, Covariance, ScaleEstimate};
use super::error::CurveError;
use super::matrix::Matrix;
use super::prediction::{Prediction, check};
use crate::special::fisher;

/// Beyond this degree a polynomial says nothing about a calibration.
const GREATEST_DEGREE: usize = 20;

/// The level of the F test of one more degree.
const LEVEL: f64 = 0.05;

/// Places at which a curve is looked at when it is inverted.
const PLACES: u32 = 1_000;

/// A polynomial y = Σ cₖ Tₖ(t) with t = (2x − low − high)/(high − low), between the ends of the calibrated range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibrationPolynomial {
    /// The least x.
    pub low: f64,
    /// The greatest x.
    pub high: f64,
    /// c₀ … cₙ, of Chebyshev polynomials.
    pub coefficients: Vec<f64>,
    /// cov(cᵢ, cⱼ).
    pub covariance: Vec<Vec<f64>>,
    /// ν of the covariance where it comes from the scatter; none where it rests on stated uncertainties.
    pub degrees_of_freedom: Option<f64>,
    /// σ̂; none where uncertainties are known.
    pub scale: Option<f64>,
    /// χ²_obs with the uncertainties as stated, 1 where none are.
    pub chi_squared: f64,
    /// The test of the curve; none where its scale was evaluated from the same points.
    pub goodness: Option<GoodnessOfFit>,
    /// Weighted residuals, whose squares sum to χ²_obs; independent where y is not.
    pub residuals: Vec<f64>,
}

/// The same polynomial as y = Σ pₖ xᵏ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PowerForm {
    /// p₀ … pₙ.
    pub coefficients: Vec<f64>,
    /// cov(pᵢ, pⱼ).
    pub covariance: Vec<Vec<f64>>,
}

/// The polynomial of this degree with the least χ², by Householder's factors of the weighted observation matrix in Chebyshev polynomials.
///
/// Errors: x with uncertainties; fewer than degree + 2 points, or degree + 1 different x; whatever is wrong with the uncertainties.
///
/// Source: ISO/TS 28038:2018, 6 and 7 (weighted and Gauss-Markov regression); the algorithm is of Golub, Numerische Mathematik 7 (1965) 206.
pub fn calibration_polynomial(data: &CalibrationData, degree: usize) -> Result<CalibrationPolynomial, CurveError> {
    if degree == 0 || degree > GREATEST_DEGREE {
        return Err(CurveError::Degree { greatest: GREATEST_DEGREE });
    }
    let size = degree + 1;
    data.check(size)?;
    let (low, high) = data.x.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(*x), b.max(*x)));
    let columns: Vec<Vec<f64>> = data.x.iter().map(|x| chebyshev(argument(*x, low, high), size)).collect();
    let (matrix, ordinates) = whitened(data, &Matrix::of_rows(&columns))?;
    let spread = || CurveError::NoSpread { needed: size, found: data.different() };
    let (upper, rotated) = matrix.clone().householder(&ordinates).ok_or_else(spread)?;
    let coefficients = upper.upper_solved(&rotated);
    let fitted = matrix.times(&coefficients);
    let residuals: Vec<f64> = ordinates.iter().zip(&fitted).map(|(y, fitted)| y - fitted).collect();
    let chi_squared: f64 = residuals.iter().map(|residual| residual * residual).sum();
    let nu = (data.x.len() - size) as f64;
    let scale = data.scale().map(|scale| match scale {
        ScaleEstimate::DegreesOfFreedom => libm::sqrt(chi_squared / nu),
        ScaleEstimate::Distribution => libm::sqrt(chi_squared / (nu - 2.0)),
    });
    let factor = scale.unwrap_or(1.0);
    Ok(CalibrationPolynomial {
        low,
        high,
        covariance: covariance(&upper, factor * factor),
        coefficients,
        degrees_of_freedom: (data.scale() == Some(ScaleEstimate::DegreesOfFreedom)).then_some(nu),
        scale,
        chi_squared,
        goodness: scale.is_none().then(|| GoodnessOfFit::of(chi_squared, nu)),
        residuals,
    })
}

impl CalibrationPolynomial {
    /// The degree.
    pub fn degree(&self) -> usize {
        self.coefficients.len().saturating_sub(1)
    }

    /// Forward evaluation: y and u²(y) = TᵀCT + y′²u²(x).
    ///
    /// Beyond the calibrated range a polynomial says nothing; it is computed all the same.
    ///
    /// Errors: x is not finite; u(x) is not a finite number from zero up.
    ///
    /// Source: ISO/TS 28038:2018, 9.
    pub fn response(&self, x: f64, standard_uncertainty: f64) -> Result<Prediction, CurveError> {
        check(x, standard_uncertainty)?;
        let of_input = libm::fabs(self.slope(x)) * standard_uncertainty;
        Ok(Prediction::of(self.value(x), self.uncertainty(x), of_input, self.degrees_of_freedom))
    }

    /// Prediction: the x between the calibrated ends where the curve takes the value y, u²(x) = (TᵀCT + u²(y))/y′².
    ///
    /// Errors: y is not finite; u(y) is not a finite number from zero up; no such x, or several.
    ///
    /// Source: ISO/TS 28038:2018, 10.
    pub fn stimulus(&self, y: f64, standard_uncertainty: f64) -> Result<Prediction, CurveError> {
        check(y, standard_uncertainty)?;
        let place = |step: u32| self.low + (self.high - self.low) * (f64::from(step) / f64::from(PLACES));
        let above = |x: f64| self.value(x) - y;
        let mut found = Vec::new();
        for step in 0..PLACES {
            let (from, to) = (place(step), place(step + 1));
            // An end on the curve belongs to the panel that it begins.
            let is_last = step + 1 == PLACES;
            if above(from) == 0.0 || above(from) * above(to) < 0.0 || (is_last && above(to) == 0.0) {
                found.push(if is_last && above(to) == 0.0 { to } else { crossing(from, to, &above) });
            }
        }
        let [value] = found.as_slice() else { return Err(CurveError::NotInvertible { times: found.len() }) };
        let slope = libm::fabs(self.slope(*value));
        if slope == 0.0 {
            return Err(CurveError::NoSlope);
        }
        let of_curve = self.uncertainty(*value) / slope;
        Ok(Prediction::of(*value, of_curve, standard_uncertainty / slope, self.degrees_of_freedom))
    }

    /// The coefficients of the powers of x, with their covariances: for people and models; far from x = 0 they lose digits.
    pub fn power_form(&self) -> PowerForm {
        let size = self.coefficients.len();
        let columns = powers(self.low, self.high, size);
        // pᵢ = Σₖ Mᵢₖ cₖ, where the columns of M are the Chebyshev polynomials in powers of x.
        let m = |power: usize, of: usize| columns.get(of).and_then(|column| column.get(power)).copied().unwrap_or(0.0);
        let transformed = |vector: &[f64], power: usize| -> f64 {
            vector.iter().enumerate().map(|(k, value)| m(power, k) * value).sum()
        };
        let half: Vec<Vec<f64>> =
            (0..size).map(|i| self.covariance.iter().map(|row| transformed(row, i)).collect()).collect();
        PowerForm {
            coefficients: (0..size).map(|i| transformed(&self.coefficients, i)).collect(),
            covariance: half.iter().map(|row| (0..size).map(|j| transformed(row, j)).collect()).collect(),
        }
    }

    fn value(&self, x: f64) -> f64 {
        let terms = chebyshev(argument(x, self.low, self.high), self.coefficients.len());
        terms.iter().zip(&self.coefficients).map(|(t, c)| t * c).sum()
    }

    fn slope(&self, x: f64) -> f64 {
        let size = self.coefficients.len();
        let t = argument(x, self.low, self.high);
        // T′ₖ = k Uₖ₋₁.
        let (mut before, mut last) = (0.0, 1.0);
        let mut sum = 0.0;
        for (k, c) in self.coefficients.iter().enumerate().skip(1).take(size) {
            sum += c * k as f64 * last;
            (before, last) = (last, 2.0 * t * last - before);
        }
        sum * 2.0 / (self.high - self.low)
    }

    fn uncertainty(&self, x: f64) -> f64 {
        let terms = chebyshev(argument(x, self.low, self.high), self.coefficients.len());
        let of_row = |row: &Vec<f64>| row.iter().zip(&terms).map(|(c, t)| c * t).sum::<f64>();
        let variance: f64 = self.covariance.iter().zip(&terms).map(|(row, t)| t * of_row(row)).sum();
        libm::sqrt(variance.max(0.0))
    }
}

/// How a degree is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// The degree from which neither one more nor two more lower χ² significantly, by F tests at 95 %.
    FTest,
    /// The degree with the least corrected information criterion of Akaike.
    Aicc,
}

/// What was compared for one degree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The curve.
    pub curve: CalibrationPolynomial,
    /// F = (χ²₍ₙ₋₁₎ − χ²₍ₙ₎)/(χ²₍ₙ₎/ν) against the degree before, and P(F ≥ that); none for the first degree.
    pub f_test: Option<(f64, f64)>,
    /// AIC_c; none where there are too few points for it.
    pub aicc: Option<f64>,
}

/// The polynomials of degree 1 to `greatest` (as far as there are points), and the place of the chosen one.
///
/// AIC_c = χ² + 2k + 2k(k + 1)/(m − k − 1), k = n + 1 with known uncertainties; m ln(χ²/m) + 2k + …, k = n + 2 where a scale is evaluated.
///
/// Errors: as of one polynomial.
///
/// Source: ISO/TS 28038:2018, 8 (selection of the degree); Hurvich and Tsai, Biometrika 76 (1989) 297.
pub fn calibration_polynomials(
    data: &CalibrationData,
    greatest: usize,
    choice: Choice,
) -> Result<(Vec<Candidate>, usize), CurveError> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for degree in 1..=greatest {
        let curve = match calibration_polynomial(data, degree) {
            Ok(curve) => curve,
            // The degrees before were possible: the points are used up.
            Err(CurveError::TooFew { .. } | CurveError::NoSpread { .. }) if !candidates.is_empty() => break,
            Err(error) => return Err(error),
        };
        let nu = (data.x.len() - degree - 1) as f64;
        let f_test = candidates.last().map(|before| {
            let rest = (curve.chi_squared / nu).max(f64::MIN_POSITIVE);
            let f = ((before.curve.chi_squared - curve.chi_squared).max(0.0) / rest).min(f64::MAX);
            (f, fisher::survival(f, 1.0, nu))
        });
        let aicc = aicc(&curve, data.x.len() as f64);
        candidates.push(Candidate { curve, f_test, aicc });
    }
    if candidates.is_empty() {
        return Err(CurveError::Degree { greatest: GREATEST_DEGREE });
    }
    let place = match choice {
        // An even curve is not improved by an odd degree: the last significant one counts, unless two before it are not.
        Choice::FTest => {
            let is_significant = |at: usize| {
                candidates.get(at).and_then(|of| of.f_test).is_some_and(|(_, probability)| probability < LEVEL)
            };
            let mut place = 0;
            while let Some(next) = [place + 1, place + 2].into_iter().find(|at| is_significant(*at)) {
                place = next;
            }
            place
        }
        Choice::Aicc => {
            let value = |at: &usize| candidates.get(*at).and_then(|of| of.aicc).unwrap_or(f64::INFINITY);
            (0..candidates.len()).min_by(|one, other| value(one).total_cmp(&value(other))).unwrap_or(0)
        }
    };
    Ok((candidates, place))
}

fn aicc(curve: &CalibrationPolynomial, count: f64) -> Option<f64> {
    let size = curve.coefficients.len() as f64;
    let (misfit, k) = match curve.scale {
        None => (curve.chi_squared, size),
        Some(_) => (count * libm::log(curve.chi_squared.max(f64::MIN_POSITIVE) / count), size + 1.0),
    };
    let rest = count - k - 1.0;
    (rest > 0.0).then(|| misfit + 2.0 * k + 2.0 * k * (k + 1.0) / rest)
}

/// The observation matrix and the ordinates with independent errors of variance 1.
fn whitened(data: &CalibrationData, matrix: &Matrix) -> Result<(Matrix, Vec<f64>), CurveError> {
    let rows = data.x.len();
    let exact = CurveError::Uncertainty { what: "u(x), which a polynomial takes as zero,", place: 0 };
    match data.covariance()? {
        Covariance::Pairs(triples) => {
            let mut scaled = Vec::with_capacity(rows);
            let mut ordinates = Vec::with_capacity(rows);
            for (place, ([ux, uy, _], y)) in triples.iter().zip(&data.y).enumerate() {
                if *ux != 0.0 {
                    return Err(exact);
                }
                let u = libm::sqrt(*uy);
                scaled.push(matrix.row(place).iter().map(|entry| entry / u).collect());
                ordinates.push(y / u);
            }
            Ok((Matrix::of_rows(&scaled), ordinates))
        }
        Covariance::Full([of_x, of_y, _]) => {
            if (0..rows).any(|i| of_x.at(i, i) != 0.0) {
                return Err(exact);
            }
            let factor = of_y.cholesky().ok_or(CurveError::NotPositiveDefinite)?;
            let mut scaled = Matrix::zero(rows, matrix.columns());
            for j in 0..matrix.columns() {
                let column: Vec<f64> = (0..rows).map(|i| matrix.at(i, j)).collect();
                for (i, entry) in factor.lower_solved(&column).into_iter().enumerate() {
                    scaled.set(i, j, entry);
                }
            }
            Ok((scaled, factor.lower_solved(&data.y)))
        }
    }
}

/// σ²(RᵀR)⁻¹.
fn covariance(upper: &Matrix, variance: f64) -> Vec<Vec<f64>> {
    let size = upper.columns();
    let mut unit = vec![0.0; size];
    let inverse: Vec<Vec<f64>> = (0..size)
        .map(|j| {
            unit.iter_mut().enumerate().for_each(|(i, entry)| *entry = if i == j { 1.0 } else { 0.0 });
            upper.upper_solved(&unit)
        })
        .collect();
    // Columns of R⁻¹ stand in rows: (RᵀR)⁻¹ᵢⱼ = Σₖ R⁻¹ᵢₖ R⁻¹ⱼₖ.
    let product = |i: usize, j: usize| -> f64 {
        inverse.iter().map(|column| column.get(i).zip(column.get(j)).map_or(f64::NAN, |(a, b)| a * b)).sum()
    };
    (0..size).map(|i| (0..size).map(|j| variance * product(i, j)).collect()).collect()
}

fn argument(x: f64, low: f64, high: f64) -> f64 {
    ((x - low) - (high - x)) / (high - low)
}

/// T₀(t) … of so many Chebyshev polynomials.
fn chebyshev(t: f64, size: usize) -> Vec<f64> {
    let (mut last, mut next) = (1.0, t);
    let mut terms = Vec::with_capacity(size);
    for _ in 0..size {
        terms.push(last);
        (last, next) = (next, 2.0 * t * next - last);
    }
    terms
}

/// The Chebyshev polynomials in powers of x, one a row.
fn powers(low: f64, high: f64, size: usize) -> Vec<Vec<f64>> {
    let (shift, factor) = (-(low + high) / (high - low), 2.0 / (high - low));
    let times_t = |of: &[f64]| {
        let mut product = vec![0.0; size];
        for (power, value) in of.iter().enumerate() {
            if let Some(entry) = product.get_mut(power) {
                *entry += shift * value;
            }
            if let Some(entry) = product.get_mut(power + 1) {
                *entry += factor * value;
            }
        }
        product
    };
    let mut one = vec![0.0; size];
    if let Some(entry) = one.first_mut() {
        *entry = 1.0;
    }
    let (mut last, mut next) = (one.clone(), times_t(&one));
    let mut rows = Vec::with_capacity(size);
    for _ in 0..size {
        let after = times_t(&next).iter().zip(&last).map(|(a, b)| 2.0 * a - b).collect();
        rows.push(last);
        (last, next) = (next, after);
    }
    rows
}

/// Where a function changes its sign, by bisection to the last digit.
fn crossing(from: f64, to: f64, above: &impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (from, to);
    let rises = above(from) < 0.0;
    if above(from) == 0.0 {
        return from;
    }
    for _ in 0..200 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if (above(middle) < 0.0) == rises {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}
