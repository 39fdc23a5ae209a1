//! Reading a calibration line in both directions (ISO/TS 28037:2010, clause 11).

use serde::{Deserialize, Serialize};

use super::error::CurveError;
use super::line::CalibrationLine;

/// A value read from a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// The value.
    pub value: f64,
    /// Its u, from the curve and from what was put in.
    pub standard_uncertainty: f64,
    /// The part that the coefficients of the curve contribute.
    pub curve_uncertainty: f64,
    /// ν by Welch and Satterthwaite, where the coefficients have ν and what was put in counts as known; none where infinite.
    pub degrees_of_freedom: Option<f64>,
}

impl Prediction {
    pub(super) fn of(value: f64, of_curve: f64, of_input: f64, degrees_of_freedom: Option<f64>) -> Self {
        let standard_uncertainty = libm::hypot(of_curve, of_input);
        let ratio = if of_curve > 0.0 { standard_uncertainty / of_curve } else { f64::INFINITY };
        let effective = degrees_of_freedom.map(|nu| nu * ratio * ratio * ratio * ratio).filter(|nu| nu.is_finite());
        Self { value, standard_uncertainty, curve_uncertainty: of_curve, degrees_of_freedom: effective }
    }
}

impl CalibrationLine {
    /// Forward evaluation: y = a + bx, u²(y) = u²(a) + x²u²(b) + 2x cov(a, b) + b²u²(x).
    ///
    /// Errors: x is not finite; u(x) is not a finite number from zero up.
    ///
    /// Source: ISO/TS 28037:2010, 11.2.
    pub fn response(&self, x: f64, standard_uncertainty: f64) -> Result<Prediction, CurveError> {
        check(x, standard_uncertainty)?;
        let value = self.centre_value + self.slope * (x - self.centre);
        let of_input = libm::fabs(self.slope) * standard_uncertainty;
        Ok(Prediction::of(value, self.uncertainty(x), of_input, self.degrees_of_freedom))
    }

    /// Prediction: x = (y − a)/b, u²(x) = [u²(a) + x²u²(b) + 2x cov(a, b) + u²(y)]/b².
    ///
    /// The formula is of first order: u(b) must be small against b. For a mean of p new readings of points with scatter σ̂, u(y) = σ̂/√p.
    ///
    /// Errors: no slope; y is not finite; u(y) is not a finite number from zero up.
    ///
    /// Source: ISO/TS 28037:2010, 11.1.
    pub fn stimulus(&self, y: f64, standard_uncertainty: f64) -> Result<Prediction, CurveError> {
        check(y, standard_uncertainty)?;
        if self.slope == 0.0 {
            return Err(CurveError::NoSlope);
        }
        let value = self.centre + (y - self.centre_value) / self.slope;
        let slope = libm::fabs(self.slope);
        let of_curve = self.uncertainty(value) / slope;
        Ok(Prediction::of(value, of_curve, standard_uncertainty / slope, self.degrees_of_freedom))
    }

    /// u(a + bx) of the line alone: u² = u²(centre) + (x − centre)²u²(b), which is u²(a) + x²u²(b) + 2x cov(a, b) without its cancellation.
    fn uncertainty(&self, x: f64) -> f64 {
        libm::hypot(self.centre_uncertainty, (x - self.centre) * self.slope_uncertainty)
    }
}

pub(super) fn check(value: f64, standard_uncertainty: f64) -> Result<(), CurveError> {
    if !value.is_finite() {
        return Err(CurveError::NotFinite { what: "value", place: 0 });
    }
    if standard_uncertainty >= 0.0 && standard_uncertainty.is_finite() {
        Ok(())
    } else {
        Err(CurveError::Uncertainty { what: "u", place: 0 })
    }
}
