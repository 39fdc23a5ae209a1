//! Points of a calibration with what is known of their uncertainties.

use serde::{Deserialize, Serialize};

use super::error::CurveError;
use super::matrix::Matrix;

/// Points (xᵢ, yᵢ), as a rule stimuli and responses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibrationData {
    /// xᵢ.
    pub x: Vec<f64>,
    /// yᵢ.
    pub y: Vec<f64>,
    /// What is known of their uncertainties.
    pub uncertainty: CalibrationUncertainty,
}

/// What is known of the uncertainties of points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CalibrationUncertainty {
    /// All yᵢ scatter equally, how much is evaluated from the fit; the xᵢ are exact (annex E).
    Unknown {
        /// How.
        scale: ScaleEstimate,
    },
    /// The yᵢ scatter in known proportion to one another, how much is evaluated from the fit; the xᵢ are exact (annex E).
    Proportional {
        /// u(yᵢ), but for a common factor.
        uy: Vec<f64>,
        /// How.
        scale: ScaleEstimate,
    },
    /// The yᵢ are independent and have known uncertainties; the xᵢ are exact (clause 6).
    Ordinates {
        /// u(yᵢ), above zero.
        uy: Vec<f64>,
    },
    /// Points are independent; both coordinates have known uncertainties, perhaps correlated with each other (clauses 7 and 8).
    Coordinates {
        /// u(xᵢ).
        ux: Vec<f64>,
        /// u(yᵢ).
        uy: Vec<f64>,
        /// cov(xᵢ, yᵢ); empty where there is none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        uxy: Vec<f64>,
    },
    /// Any covariances (clause 9 where `x` is empty, clause 10 otherwise).
    Covariance {
        /// cov(xᵢ, xⱼ); empty where the xᵢ are exact.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        x: Vec<Vec<f64>>,
        /// cov(yᵢ, yⱼ).
        y: Vec<Vec<f64>>,
        /// cov(xᵢ, yⱼ); empty where there is none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        xy: Vec<Vec<f64>>,
    },
}

/// How a common standard deviation is evaluated from the scatter about a curve of p coefficients through m points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScaleEstimate {
    /// σ̂² = χ²_obs/(m − p), the usual one; the coefficients have m − p degrees of freedom.
    DegreesOfFreedom,
    /// σ̂² = χ²_obs/(m − p − 2): the variance of the t-distribution that the coefficients have; needs m > p + 2.
    Distribution,
}

/// The uncertainties in the one form that the fit computes with.
pub(super) enum Covariance {
    /// One triple (u²(xᵢ), u²(yᵢ), cov(xᵢ, yᵢ)) a point.
    Pairs(Vec<[f64; 3]>),
    /// Of x, y, and x with y.
    Full([Matrix; 3]),
}

impl CalibrationData {
    /// The points of a table of which some columns may be empty: without uncertainties those of y are evaluated from the scatter, without
    /// those of x the abscissas are exact, without those of y the ordinates.
    ///
    /// Errors: none; what does not fit together is told by the fit.
    pub fn of_columns(x: Vec<f64>, y: Vec<f64>, ux: Vec<f64>, uy: Vec<f64>, uxy: Vec<f64>) -> Self {
        let uncertainty = match (ux.is_empty(), uy.is_empty()) {
            (true, true) => CalibrationUncertainty::Unknown { scale: ScaleEstimate::DegreesOfFreedom },
            (true, false) => CalibrationUncertainty::Ordinates { uy },
            (false, true) => CalibrationUncertainty::Coordinates { uy: vec![0.0; y.len()], ux, uxy },
            (false, false) => CalibrationUncertainty::Coordinates { ux, uy, uxy },
        };
        Self { x, y, uncertainty }
    }

    /// Which scale is evaluated from the fit, if any.
    pub(super) fn scale(&self) -> Option<ScaleEstimate> {
        match &self.uncertainty {
            CalibrationUncertainty::Unknown { scale } | CalibrationUncertainty::Proportional { scale, .. } => {
                Some(*scale)
            }
            _ => None,
        }
    }

    /// Errors: coordinates that are not finite or not as many; too few points or too few different x for so many coefficients.
    pub(super) fn check(&self, coefficients: usize) -> Result<(), CurveError> {
        let found = self.x.len();
        if self.y.len() != found {
            return Err(CurveError::Lengths { what: "y" });
        }
        finite("x", &self.x)?;
        finite("y", &self.y)?;
        let needed = match self.scale() {
            Some(ScaleEstimate::Distribution) => coefficients + 3,
            _ => coefficients + 1,
        };
        if found < needed {
            return Err(CurveError::TooFew { needed, found });
        }
        let found = self.different();
        if found < coefficients {
            return Err(CurveError::NoSpread { needed: coefficients, found });
        }
        Ok(())
    }

    /// The number of different x.
    pub(super) fn different(&self) -> usize {
        let mut sorted = self.x.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted.dedup();
        sorted.len()
    }

    /// Errors: uncertainties that are not as many, not finite, not positive, or that no quantities can have.
    pub(super) fn covariance(&self) -> Result<Covariance, CurveError> {
        let count = self.x.len();
        let exact = |uy: &[f64]| uy.iter().map(|u| [0.0, u * u, 0.0]).collect();
        match &self.uncertainty {
            CalibrationUncertainty::Unknown { .. } => Ok(Covariance::Pairs(vec![[0.0, 1.0, 0.0]; count])),
            CalibrationUncertainty::Proportional { uy, .. } | CalibrationUncertainty::Ordinates { uy } => {
                positive("u(y)", uy, count)?;
                Ok(Covariance::Pairs(exact(uy)))
            }
            CalibrationUncertainty::Coordinates { ux, uy, uxy } => pairs(ux, uy, uxy, count),
            CalibrationUncertainty::Covariance { x, y, xy } => full(x, y, xy, count),
        }
    }
}

fn pairs(ux: &[f64], uy: &[f64], uxy: &[f64], count: usize) -> Result<Covariance, CurveError> {
    not_negative("u(x)", ux, count)?;
    not_negative("u(y)", uy, count)?;
    let none = vec![0.0; count];
    let uxy = if uxy.is_empty() { &none } else { uxy };
    if uxy.len() != count {
        return Err(CurveError::Lengths { what: "covariances" });
    }
    finite("covariance", uxy)?;
    let mut triples = Vec::with_capacity(count);
    for (place, ((ux, uy), uxy)) in ux.iter().zip(uy).zip(uxy).enumerate() {
        if *ux == 0.0 && *uy == 0.0 {
            return Err(CurveError::Uncertainty { what: "u(y)", place });
        }
        // |r| = 1 is possible, and its rounding.
        if libm::fabs(*uxy) > ux * uy * (1.0 + 1e-12) {
            return Err(CurveError::NotPositiveDefinite);
        }
        triples.push([ux * ux, uy * uy, *uxy]);
    }
    Ok(Covariance::Pairs(triples))
}

fn full(x: &[Vec<f64>], y: &[Vec<f64>], xy: &[Vec<f64>], count: usize) -> Result<Covariance, CurveError> {
    let square = |rows: &[Vec<f64>], what: &'static str| {
        if rows.is_empty() {
            return Ok(Matrix::zero(count, count));
        }
        if rows.len() != count || rows.iter().any(|row| row.len() != count) {
            return Err(CurveError::Lengths { what });
        }
        for (place, row) in rows.iter().enumerate() {
            if row.iter().any(|entry| !entry.is_finite()) {
                return Err(CurveError::NotFinite { what, place });
            }
        }
        Ok(Matrix::of_rows(rows))
    };
    let (of_x, of_xy) = (square(x, "covariances of x")?, square(xy, "covariances of x and y")?);
    if y.is_empty() {
        return Err(CurveError::Lengths { what: "covariances of y" });
    }
    let of_y = square(y, "covariances of y")?;
    if !(of_x.is_symmetric() && of_y.is_symmetric()) {
        return Err(CurveError::NotSymmetric);
    }
    // Without covariances of x with y both are judged by themselves.
    if xy.is_empty() {
        let is_possible = of_x.is_positive_semidefinite() && of_y.is_positive_semidefinite();
        let matrices = Covariance::Full([of_x, of_y, of_xy]);
        return if is_possible { Ok(matrices) } else { Err(CurveError::NotPositiveDefinite) };
    }
    let mut joint = Matrix::zero(2 * count, 2 * count);
    for row in 0..count {
        for column in 0..count {
            joint.set(row, column, of_x.at(row, column));
            joint.set(count + row, count + column, of_y.at(row, column));
            joint.set(row, count + column, of_xy.at(row, column));
            joint.set(count + column, row, of_xy.at(row, column));
        }
    }
    if !joint.is_positive_semidefinite() {
        return Err(CurveError::NotPositiveDefinite);
    }
    Ok(Covariance::Full([of_x, of_y, of_xy]))
}

pub(super) fn finite(what: &'static str, values: &[f64]) -> Result<(), CurveError> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(place) => Err(CurveError::NotFinite { what, place }),
        None => Ok(()),
    }
}

fn positive(what: &'static str, values: &[f64], count: usize) -> Result<(), CurveError> {
    not_negative(what, values, count)?;
    match values.iter().position(|value| *value <= 0.0) {
        Some(place) => Err(CurveError::Uncertainty { what, place }),
        None => Ok(()),
    }
}

fn not_negative(what: &'static str, values: &[f64], count: usize) -> Result<(), CurveError> {
    if values.len() != count {
        return Err(CurveError::Lengths { what });
    }
    finite(what, values)?;
    match values.iter().position(|value| *value < 0.0) {
        Some(place) => Err(CurveError::Uncertainty { what, place }),
        None => Ok(()),
    }
}
