//! Calibration curves with uncertainties in either coordinate: fitted, tested, read in both directions (ISO/TS 28037:2010, ISO/TS 28038:2018).

pub mod data;
pub mod error;
pub mod line;
mod matrix;
pub mod polynomial;
pub mod prediction;
pub mod step;

use serde::{Deserialize, Serialize};

pub use data::{CalibrationData, CalibrationUncertainty, ScaleEstimate};
pub use error::CurveError;
pub use line::{CalibrationLine, calibration_line};

use crate::special::chi_squared;

/// Below this probability of a worse fit a model is rejected (ISO/TS 28037:2010, 6.2.1, step 8: the 95 % quantile of χ²).
const LEVEL: f64 = 0.05;

/// Whether data are consistent with a model and with the uncertainties stated for them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GoodnessOfFit {
    /// χ²_obs.
    pub chi_squared: f64,
    /// ν, the number of points less that of coefficients.
    pub degrees_of_freedom: f64,
    /// The 95 % quantile of χ²(ν).
    pub quantile: f64,
    /// P(χ² ≥ χ²_obs).
    pub probability: f64,
    /// Whether χ²_obs is at most the quantile; otherwise the curve must not be used with these uncertainties.
    pub accepted: bool,
}

impl GoodnessOfFit {
    fn of(chi_squared: f64, degrees_of_freedom: f64) -> Self {
        let quantile = chi_squared::upper_quantile(LEVEL, degrees_of_freedom);
        Self {
            chi_squared,
            degrees_of_freedom,
            quantile,
            probability: chi_squared::survival(chi_squared, degrees_of_freedom),
            accepted: chi_squared <= quantile,
        }
    }
}
