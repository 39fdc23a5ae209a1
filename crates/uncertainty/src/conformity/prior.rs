//! What is known of a quantity before it is measured: the distribution of a process or of instruments in use.

use serde::{Deserialize, Serialize};

use super::{ConformityError, ToleranceInterval};
use crate::quadrature::integral;
use crate::special::{gamma, normal};

/// Tails beyond these quantiles are left out of integrals; they are far below the error asked for.
const NEGLIGIBLE: f64 = 1e-30;

/// A distribution of true values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "distribution", rename_all = "kebab-case")]
pub enum Prior {
    /// Normal.
    Normal {
        /// y₀.
        mean: f64,
        /// u₀.
        standard_deviation: f64,
    },
    /// Gamma from zero up: mean αβ.
    Gamma {
        /// α.
        shape: f64,
        /// β.
        scale: f64,
    },
    /// Uniform.
    Uniform {
        /// The least value.
        low: f64,
        /// The greatest value.
        high: f64,
    },
    /// The logarithm is normal.
    Lognormal {
        /// The mean of the logarithm.
        location: f64,
        /// The standard deviation of the logarithm.
        scale: f64,
    },
    /// Triangular, not necessarily symmetric.
    Triangular {
        /// The least value.
        low: f64,
        /// The most probable value.
        mode: f64,
        /// The greatest value.
        high: f64,
    },
    /// A distribution function by its places (value, probability not to exceed it), from probability 0 to 1, with straight lines between them.
    /// Values rise; none has a probability of its own.
    Table {
        /// The places.
        places: Vec<(f64, f64)>,
    },
}

impl Prior {
    /// The normal prior of which the part `in_tolerance` conforms.
    ///
    /// With limits at equal distances h of the mean σ = h/z, z the quantile of (1 + p)/2; with one limit at distance h σ = h/z, z the quantile
    /// of p, which must then exceed ½; otherwise by bisection.
    ///
    /// Errors: no limit; a mean that is not inside; p not between 0 (with one limit ½) and 1.
    ///
    /// Source: NCSLI RP-19, in-tolerance probability.
    pub fn normal_of_conforming_part(
        tolerance: &ToleranceInterval,
        mean: f64,
        in_tolerance: f64,
    ) -> Result<Self, ConformityError> {
        tolerance.check()?;
        let distances = [tolerance.lower.map(|limit| mean - limit), tolerance.upper.map(|limit| limit - mean)];
        let nearest = distances.into_iter().flatten().fold(f64::INFINITY, f64::min);
        if !(nearest > 0.0 && nearest.is_finite()) {
            return Err(ConformityError::Prior);
        }
        let least = if tolerance.width().is_some() { 0.0 } else { 0.5 };
        if !(in_tolerance > least && in_tolerance < 1.0) {
            return Err(ConformityError::Probability { what: "in-tolerance probability" });
        }
        let outside = 1.0 - in_tolerance;
        let prior = |standard_deviation| Self::Normal { mean, standard_deviation };
        // Between these both the one-sided and the symmetric answer lie.
        let widest = distances.into_iter().flatten().fold(0.0, f64::max);
        let (mut low, mut high) = (nearest / normal::upper_quantile(outside.min(0.499) / 4.0), widest);
        while prior(high).nonconforming(tolerance) < outside && high < f64::MAX / 4.0 {
            high *= 2.0;
        }
        while prior(low).nonconforming(tolerance) > outside && low > f64::MIN_POSITIVE * 4.0 {
            low /= 2.0;
        }
        for _ in 0..2_000 {
            let middle = low + (high - low) / 2.0;
            if middle == low || middle == high {
                break;
            }
            if prior(middle).nonconforming(tolerance) < outside {
                low = middle;
            } else {
                high = middle;
            }
        }
        Ok(prior(high))
    }

    /// P(X ≤ x).
    pub fn cumulative(&self, x: f64) -> f64 {
        match self {
            Self::Normal { mean, standard_deviation } => normal::cumulative((x - mean) / standard_deviation),
            Self::Gamma { shape, scale } => gamma::lower(*shape, x / scale),
            Self::Lognormal { location, scale } if x > 0.0 => normal::cumulative((libm::log(x) - location) / scale),
            Self::Lognormal { .. } => 0.0,
            _ => self.with_limits(x).0,
        }
    }

    /// P(X > x).
    pub fn survival(&self, x: f64) -> f64 {
        match self {
            Self::Normal { mean, standard_deviation } => normal::survival((x - mean) / standard_deviation),
            Self::Gamma { shape, scale } => gamma::upper(*shape, x / scale),
            Self::Lognormal { location, scale } if x > 0.0 => normal::survival((libm::log(x) - location) / scale),
            Self::Lognormal { .. } => 1.0,
            _ => self.with_limits(x).1,
        }
    }

    /// P(X < T_L) + P(X > T_U): the part that does not conform.
    pub fn nonconforming(&self, tolerance: &ToleranceInterval) -> f64 {
        tolerance.lower.map_or(0.0, |limit| self.cumulative(limit))
            + tolerance.upper.map_or(0.0, |limit| self.survival(limit))
    }

    /// Both tails of the distributions that end at finite places.
    fn with_limits(&self, x: f64) -> (f64, f64) {
        let both = |lower: f64| (lower, 1.0 - lower);
        match self {
            Self::Uniform { low, high } => {
                (((x - low) / (high - low)).clamp(0.0, 1.0), ((high - x) / (high - low)).clamp(0.0, 1.0))
            }
            Self::Triangular { low, mode, high } => {
                if x <= *low {
                    both(0.0)
                } else if x >= *high {
                    both(1.0)
                } else if x < *mode {
                    both((x - low) / (high - low) * ((x - low) / (mode - low)))
                } else {
                    let upper = (high - x) / (high - low) * ((high - x) / (high - mode));
                    (1.0 - upper, upper)
                }
            }
            Self::Table { places } => {
                let after = places.partition_point(|(value, _)| *value <= x);
                let before = after.checked_sub(1).and_then(|at| places.get(at));
                match (before, places.get(after)) {
                    (Some((value, p)), Some((next, q))) => both(p + (q - p) * ((x - value) / (next - value))),
                    (None, _) => both(0.0),
                    (_, None) => both(1.0),
                }
            }
            _ => both(f64::NAN),
        }
    }

    /// The standard deviation.
    pub fn standard_deviation(&self) -> f64 {
        match self {
            Self::Normal { standard_deviation, .. } => *standard_deviation,
            Self::Gamma { shape, scale } => scale * libm::sqrt(*shape),
            Self::Uniform { low, high } => (high - low) / libm::sqrt(12.0),
            Self::Lognormal { location, scale } => {
                let square = scale * scale;
                libm::exp(location + square / 2.0) * libm::sqrt(libm::expm1(square))
            }
            Self::Triangular { low, mode, high } => {
                let (a, b) = (mode - low, high - low);
                libm::sqrt((a * a + b * b - a * b) / 18.0)
            }
            Self::Table { places } => {
                let start = places.first().map_or(0.0, |(value, _)| *value);
                let (mut mean, mut square) = (0.0, 0.0);
                for ((x, p), (y, q)) in places.iter().zip(places.iter().skip(1)) {
                    let (x, y) = (x - start, y - start);
                    mean += (q - p) * (x + y) / 2.0;
                    square += (q - p) * (x * x + x * y + y * y) / 3.0;
                }
                libm::sqrt((square - mean * mean).max(0.0))
            }
        }
    }

    /// ∫ f(η) g₀(η) dη between two places, which may be infinite, with kinks or steep places of f at `places`.
    pub(crate) fn expectation(
        &self,
        from: f64,
        to: f64,
        places: &[f64],
        tolerance: f64,
        f: &impl Fn(f64) -> f64,
    ) -> f64 {
        let (least, greatest) = self.support();
        let (from, to) = (from.max(least), to.min(greatest));
        if from.total_cmp(&to).is_ge() {
            return 0.0;
        }
        let mut cuts: Vec<f64> =
            places.iter().copied().chain(self.kinks()).filter(|at| *at > from && *at < to).collect();
        cuts.extend([from, to]);
        cuts.sort_unstable_by(f64::total_cmp);
        let over = |cuts: &[f64], f: &dyn Fn(f64) -> f64| integral(cuts, tolerance, &f);
        match self {
            Self::Normal { mean, standard_deviation } => {
                over(&cuts, &|x| f(x) * normal::density((x - mean) / standard_deviation) / standard_deviation)
            }
            // The density has a pole at zero; over s = xᵅ it has none.
            Self::Gamma { shape, scale } if *shape < 1.0 => {
                let roots: Vec<f64> = cuts.iter().map(|x| libm::pow(x / scale, *shape)).collect();
                let factor = 1.0 / libm::tgamma(shape + 1.0);
                over(&roots, &|s| {
                    let x = libm::pow(s, 1.0 / shape);
                    f(x * scale) * libm::exp(-x) * factor
                })
            }
            Self::Gamma { shape, scale } => over(&cuts, &|x| f(x) * gamma::density(*shape, x / scale) / scale),
            // Over the logarithm it is normal.
            Self::Lognormal { location, scale } => {
                let logarithms: Vec<f64> = cuts.iter().map(|x| (libm::log(*x) - location) / scale).collect();
                over(&logarithms, &|z| f(libm::exp(location + scale * z)) * normal::density(z))
            }
            Self::Uniform { low, high } => over(&cuts, &|x| f(x) / (high - low)),
            Self::Triangular { low, mode, high } => over(&cuts, &|x| {
                let side = if x < *mode { (x - low) / (mode - low) } else { (high - x) / (high - mode) };
                f(x) * 2.0 / (high - low) * side
            }),
            Self::Table { places } => {
                let pairs = places.iter().zip(places.iter().skip(1));
                let of_pair = |((x, p), (y, q)): (&(f64, f64), &(f64, f64))| {
                    let (start, end) = (x.max(from), y.min(to));
                    let mut inner: Vec<f64> = cuts.iter().copied().filter(|at| *at > start && *at < end).collect();
                    inner.insert(0, start);
                    inner.push(end);
                    (q - p) / (y - x) * if start < end { integral(&inner, tolerance, f) } else { 0.0 }
                };
                pairs.map(of_pair).sum()
            }
        }
    }

    /// Outside of these places the probability is negligible.
    fn support(&self) -> (f64, f64) {
        match self {
            Self::Normal { mean, standard_deviation } => {
                let z = normal::upper_quantile(NEGLIGIBLE);
                (mean - z * standard_deviation, mean + z * standard_deviation)
            }
            Self::Gamma { shape, scale } => {
                let low = if *shape < 1.0 { 0.0 } else { gamma::quantile(NEGLIGIBLE, *shape) };
                (low * scale, gamma::upper_quantile(NEGLIGIBLE, *shape) * scale)
            }
            Self::Lognormal { location, scale } => {
                let z = normal::upper_quantile(NEGLIGIBLE);
                (libm::exp(location - z * scale), libm::exp(location + z * scale))
            }
            Self::Uniform { low, high } | Self::Triangular { low, high, .. } => (*low, *high),
            Self::Table { places } => {
                let value = |place: Option<&(f64, f64)>| place.map_or(f64::NAN, |(value, _)| *value);
                (value(places.first()), value(places.last()))
            }
        }
    }

    /// Where the density bends, and where it is large.
    fn kinks(&self) -> Vec<f64> {
        match self {
            Self::Normal { mean, standard_deviation } => {
                [-3.0, 0.0, 3.0].iter().map(|z| mean + z * standard_deviation).collect()
            }
            Self::Gamma { shape, scale } => {
                [1e-3, 0.5, 0.999].iter().map(|p| gamma::quantile(*p, *shape) * scale).collect()
            }
            Self::Lognormal { location, scale } => {
                [-3.0, 0.0, 3.0].iter().map(|z| libm::exp(location + z * scale)).collect()
            }
            Self::Triangular { mode, .. } => vec![*mode],
            Self::Uniform { .. } | Self::Table { .. } => Vec::new(),
        }
    }

    /// Errors: parameters that describe no distribution; a table that does not rise from 0 to 1.
    pub(crate) fn check(&self) -> Result<(), ConformityError> {
        let is_positive = |number: f64| number > 0.0 && number.is_finite();
        let is_good = match self {
            Self::Normal { mean, standard_deviation } => mean.is_finite() && is_positive(*standard_deviation),
            Self::Gamma { shape, scale } => is_positive(*shape) && is_positive(*scale),
            Self::Uniform { low, high } => low.is_finite() && high.is_finite() && low < high,
            // Quantiles far out must still be numbers.
            Self::Lognormal { location, scale } => {
                location.is_finite() && is_positive(*scale) && libm::fabs(*location) + 12.0 * scale < 700.0
            }
            Self::Triangular { low, mode, high } => {
                [low, mode, high].into_iter().all(|x| x.is_finite()) && low <= mode && mode <= high && low < high
            }
            Self::Table { places } => {
                let ends = places.first().zip(places.last());
                let rises = places.iter().zip(places.iter().skip(1)).all(|((x, p), (y, q))| x < y && p <= q);
                let is_table = rises
                    && ends.is_some_and(|(first, last)| first.1 == 0.0 && last.1 == 1.0 && first.0 < last.0)
                    && places.iter().all(|(x, _)| x.is_finite());
                return if is_table { Ok(()) } else { Err(ConformityError::Table) };
            }
        };
        if is_good { Ok(()) } else { Err(ConformityError::Prior) }
    }
}
