//! Input quantities with their evaluations (JCGM 100:2008, clause 4).

use heng_quantity::Unit;

/// The distribution that stands for what is known of an input, about its estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Known exactly.
    Constant,
    /// Gaussian: u itself.
    Normal {
        /// u.
        standard_uncertainty: f64,
    },
    /// Uniform over ± a: u = a/√3 (JCGM 100:2008, 4.3.7).
    Uniform {
        /// a.
        half_width: f64,
    },
    /// Symmetric triangular over ± a: u = a/√6 (4.3.9).
    Triangular {
        /// a.
        half_width: f64,
    },
    /// U-shaped over ± a: u = a/√2 (JCGM 101:2008, 6.4.6).
    Arcsine {
        /// a.
        half_width: f64,
    },
}

impl Shape {
    /// u.
    pub fn standard_uncertainty(self) -> f64 {
        match self {
            Self::Constant => 0.0,
            Self::Normal { standard_uncertainty } => standard_uncertainty,
            Self::Uniform { half_width } => half_width / libm::sqrt(3.0),
            Self::Triangular { half_width } => half_width / libm::sqrt(6.0),
            Self::Arcsine { half_width } => half_width / std::f64::consts::SQRT_2,
        }
    }
}

/// An input quantity with its evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name in the model.
    pub name: String,
    /// xᵢ.
    pub estimate: f64,
    /// The unit of the estimate; widths and uncertainties are in its unit of difference.
    pub unit: Unit,
    /// What is known of it.
    pub shape: Shape,
    /// νᵢ; infinite where u is taken as known exactly.
    pub degrees_of_freedom: f64,
}

/// Observations that give no estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// There are none.
    #[error("there are no observations")]
    NoObservations,
    /// One of them is not finite.
    #[error("an observation is not a finite number")]
    NotFinite,
}

impl Input {
    /// A value known exactly.
    pub fn constant(name: &str, estimate: f64, unit: Unit) -> Self {
        Self { name: name.to_owned(), estimate, unit, shape: Shape::Constant, degrees_of_freedom: f64::INFINITY }
    }

    /// An estimate with u and ν.
    pub fn standard(name: &str, estimate: f64, unit: Unit, standard_uncertainty: f64, degrees_of_freedom: f64) -> Self {
        Self {
            name: name.to_owned(),
            estimate,
            unit,
            shape: Shape::Normal { standard_uncertainty },
            degrees_of_freedom,
        }
    }

    /// The mean of independent observations with u = s/√n and ν = n − 1. One observation alone has no scatter to evaluate: u = 0.
    ///
    /// Source: JCGM 100:2008, 4.2.1 to 4.2.3, equations (3) to (5).
    pub fn of_observations(name: &str, observations: &[f64], unit: Unit) -> Result<Self, InputError> {
        if observations.is_empty() {
            return Err(InputError::NoObservations);
        }
        if observations.iter().any(|observation| !observation.is_finite()) {
            return Err(InputError::NotFinite);
        }
        let count = observations.len() as f64;
        let mean = observations.iter().sum::<f64>() / count;
        if observations.len() == 1 {
            return Ok(Self::constant(name, mean, unit));
        }
        let squares: f64 = observations.iter().map(|observation| (observation - mean) * (observation - mean)).sum();
        let standard_uncertainty = libm::sqrt(squares / (count - 1.0) / count);
        Ok(Self::standard(name, mean, unit, standard_uncertainty, count - 1.0))
    }
}
