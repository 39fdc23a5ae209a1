//! Input quantities with their evaluations (JCGM 100:2008, clause 4).

use heng_quantity::Unit;

/// The distribution that stands for what is known of an input, about its estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Known exactly: u = 0.
    Constant,
    /// Nothing is stated of its uncertainty. It enters as if it were exact, and what rests on it says so ([`crate::OutputEvaluation::findings`]).
    Unknown,
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
    /// Uniform from the estimate − b₋ to the estimate + b₊: u = (b₋ + b₊)/√12 (JCGM 100:2008, 4.3.8). Its mean is not the estimate.
    AsymmetricUniform {
        /// b₋.
        below: f64,
        /// b₊.
        above: f64,
    },
    /// Symmetric trapezoid over ± a with a top of ± βa: u = a √((1 + β²)/6) (JCGM 101:2008, 6.4.4; JCGM 100:2008, 4.3.9).
    Trapezoid {
        /// a.
        half_width: f64,
        /// β, from 0 (a triangle) to 1 (a rectangle).
        top_ratio: f64,
    },
    /// Uniform over ± a where each limit is itself known only to ± d: u² = a²/3 + d²/9 (JCGM 101:2008, 6.4.3).
    CurvilinearTrapezoid {
        /// a.
        half_width: f64,
        /// d, at most a.
        limit_half_width: f64,
    },
    /// t with ν degrees of freedom, scaled by s: u² = s²ν/(ν − 2) for ν > 2 (JCGM 101:2008, 6.4.9).
    Student {
        /// s.
        scale: f64,
        /// ν.
        degrees_of_freedom: f64,
    },
    /// Exponential from zero up, where only the mean is known: u = mean (JCGM 101:2008, 6.4.10).
    Exponential {
        /// The mean, which is the estimate.
        mean: f64,
    },
    /// Gamma of shape α and scale β, as for counted events: mean αβ, which is the estimate, and u = β√α (JCGM 101:2008, 6.4.11).
    Gamma {
        /// α; for q counted events q + 1.
        shape: f64,
        /// β.
        scale: f64,
    },
}

impl Shape {
    /// u; no number where the distribution has no variance or its parameters describe none.
    pub fn standard_uncertainty(self) -> f64 {
        if !self.is_described() {
            return f64::NAN;
        }
        match self {
            Self::Constant | Self::Unknown => 0.0,
            Self::Normal { standard_uncertainty } => standard_uncertainty,
            Self::Uniform { half_width } => half_width / libm::sqrt(3.0),
            Self::Triangular { half_width } => half_width / libm::sqrt(6.0),
            Self::Arcsine { half_width } => half_width / std::f64::consts::SQRT_2,
            Self::AsymmetricUniform { below, above } => (below + above) / libm::sqrt(12.0),
            Self::Trapezoid { half_width, top_ratio } => half_width * libm::sqrt((1.0 + top_ratio * top_ratio) / 6.0),
            Self::CurvilinearTrapezoid { half_width, limit_half_width } => {
                libm::sqrt(half_width * half_width / 3.0 + limit_half_width * limit_half_width / 9.0)
            }
            Self::Student { scale, degrees_of_freedom } if degrees_of_freedom.is_infinite() => scale,
            Self::Student { scale, degrees_of_freedom } => {
                scale * libm::sqrt(degrees_of_freedom / (degrees_of_freedom - 2.0))
            }
            Self::Exponential { mean } => mean,
            Self::Gamma { shape, scale } => scale * libm::sqrt(shape),
        }
    }

    fn is_described(self) -> bool {
        let from_zero = |width: f64| width >= 0.0 && width.is_finite();
        match self {
            Self::Constant | Self::Unknown => true,
            Self::Normal { standard_uncertainty: width } | Self::Exponential { mean: width } => from_zero(width),
            Self::Uniform { half_width } | Self::Triangular { half_width } | Self::Arcsine { half_width } => {
                from_zero(half_width)
            }
            Self::AsymmetricUniform { below, above } => from_zero(below) && from_zero(above),
            Self::Trapezoid { half_width, top_ratio } => from_zero(half_width) && (0.0..=1.0).contains(&top_ratio),
            Self::CurvilinearTrapezoid { half_width, limit_half_width } => {
                from_zero(half_width) && from_zero(limit_half_width) && limit_half_width <= half_width
            }
            Self::Student { scale, degrees_of_freedom } => from_zero(scale) && degrees_of_freedom > 2.0,
            Self::Gamma { shape, scale } => shape > 0.0 && shape.is_finite() && from_zero(scale),
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
    /// νᵢ of the evaluation of u; infinite where u is taken as known exactly.
    ///
    /// A normal input with finite ν is a type A evaluation: the law of propagation uses its u as it stands and ν in the formula of
    /// Welch and Satterthwaite (JCGM 100:2008, G.4.1), a Monte Carlo method draws it from the t-distribution with scale u (JCGM 101:2008, 6.4.9).
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

    /// A value of whose uncertainty nothing is stated.
    pub fn unknown(name: &str, estimate: f64, unit: Unit) -> Self {
        Self { shape: Shape::Unknown, ..Self::constant(name, estimate, unit) }
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

    /// The mean of independent observations whose scatter is known from earlier series as well: u = s_p/√n with
    /// s_p² = Σ νᵢ sᵢ²/Σ νᵢ and ν = Σ νᵢ, where νᵢ = nᵢ − 1. Series of one observation add nothing to s_p.
    ///
    /// Source: JCGM 100:2008, 4.2.4.
    pub fn of_pooled_series(
        name: &str,
        observations: &[f64],
        earlier: &[&[f64]],
        unit: Unit,
    ) -> Result<Self, InputError> {
        let mut input = Self::of_observations(name, observations, unit)?;
        let (mut squares, mut degrees_of_freedom) = (0.0, 0.0);
        for series in earlier.iter().chain([&observations]) {
            if series.iter().any(|observation| !observation.is_finite()) {
                return Err(InputError::NotFinite);
            }
            let count = series.len() as f64;
            let mean = series.iter().sum::<f64>() / count;
            squares += series.iter().map(|observation| (observation - mean) * (observation - mean)).sum::<f64>();
            degrees_of_freedom += (count - 1.0).max(0.0);
        }
        if degrees_of_freedom > 0.0 {
            let standard_uncertainty = libm::sqrt(squares / degrees_of_freedom / observations.len() as f64);
            input.shape = Shape::Normal { standard_uncertainty };
            input.degrees_of_freedom = degrees_of_freedom;
        }
        Ok(input)
    }

    /// The mean of independent observations whose standard deviation s_p is known from earlier ones: u = s_p/√n, with the ν of s_p.
    ///
    /// Source: JCGM 100:2008, 4.2.4; EA-4/02 M:2022, 3.2.2.
    pub fn of_pooled_deviation(
        name: &str,
        observations: &[f64],
        unit: Unit,
        standard_deviation: f64,
        degrees_of_freedom: f64,
    ) -> Result<Self, InputError> {
        let mut input = Self::of_observations(name, observations, unit)?;
        let standard_uncertainty = standard_deviation / libm::sqrt(observations.len() as f64);
        input.shape = Shape::Normal { standard_uncertainty };
        input.degrees_of_freedom = degrees_of_freedom;
        Ok(input)
    }
}
