//! What is known of a quantity after its measurement, and the specific risk of a decision about it.

use serde::{Deserialize, Serialize};

use super::{ConformityError, ToleranceInterval};
use crate::student;

/// The distribution that stands for what is known of the measured quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "distribution", rename_all = "kebab-case")]
pub enum Measured {
    /// Normal.
    Normal {
        /// y.
        value: f64,
        /// u.
        standard_uncertainty: f64,
    },
    /// t with ν degrees of freedom, shifted and scaled: (Y − y)/u is t_ν, as of a type A evaluation (JCGM 101:2008, 6.4.9.2).
    Student {
        /// y.
        value: f64,
        /// u, the scale.
        standard_uncertainty: f64,
        /// ν.
        degrees_of_freedom: f64,
    },
    /// Known by its trials, as from a Monte Carlo method.
    Sampled(Sampled),
}

/// A distribution that is known by numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sampled {
    /// y, the estimate that is compared with the limits.
    value: f64,
    /// Places of the distribution function, rising in both.
    places: Vec<Place>,
    /// What the distribution function does between two places.
    between: Between,
}

/// One place of a distribution function.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Place {
    value: f64,
    cumulative: f64,
}

/// What a distribution function does between two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Between {
    /// It waits for the next value.
    Steps,
    /// It rises on a straight line.
    Line,
}

impl Sampled {
    /// Of trials, in any order: each has the same probability. The estimate is their mean.
    ///
    /// Errors: fewer than two trials; one that is not finite.
    pub fn of_trials(mut trials: Vec<f64>) -> Result<Self, ConformityError> {
        if trials.len() < 2 || trials.iter().any(|trial| !trial.is_finite()) {
            return Err(ConformityError::Table);
        }
        trials.sort_unstable_by(f64::total_cmp);
        let count = trials.len() as f64;
        let middle = trials.get(trials.len() / 2).copied().unwrap_or(0.0);
        let value = middle + trials.iter().map(|trial| trial - middle).sum::<f64>() / count;
        let place = |(rank, value): (usize, &f64)| Place { value: *value, cumulative: (rank + 1) as f64 / count };
        Ok(Self { value, places: trials.iter().enumerate().map(place).collect(), between: Between::Steps })
    }

    /// Of a table of quantiles (probability, value), rising from probability 0 to 1, with straight lines between them.
    ///
    /// Errors: fewer than two places; a number that is not finite; an order that does not rise; ends that are not 0 and 1.
    pub fn of_quantiles(value: f64, quantiles: &[(f64, f64)]) -> Result<Self, ConformityError> {
        let rises =
            |pairs: &[(f64, f64)]| pairs.iter().zip(pairs.iter().skip(1)).all(|((p, x), (q, y))| p <= q && x <= y);
        let is_finite = quantiles.iter().all(|(p, x)| p.is_finite() && x.is_finite()) && value.is_finite();
        let ends = quantiles.first().zip(quantiles.last()).is_some_and(|(first, last)| first.0 == 0.0 && last.0 == 1.0);
        if quantiles.len() < 2 || !is_finite || !ends || !rises(quantiles) {
            return Err(ConformityError::Table);
        }
        let places = quantiles.iter().map(|(p, x)| Place { value: *x, cumulative: *p }).collect();
        Ok(Self { value, places, between: Between::Line })
    }

    /// Of a histogram: counts between edges, one edge more than counts, uniform within each bin.
    ///
    /// Errors: edges that do not rise or are not finite; no counts.
    pub fn of_histogram(value: f64, edges: &[f64], counts: &[u64]) -> Result<Self, ConformityError> {
        let total: f64 = counts.iter().map(|count| *count as f64).sum();
        if edges.len() != counts.len() + 1 || total <= 0.0 {
            return Err(ConformityError::Table);
        }
        let mut before = 0.0;
        let mut quantiles = Vec::with_capacity(edges.len());
        for (edge, count) in edges.iter().zip(counts.iter().map(|count| *count as f64).chain([0.0])) {
            quantiles.push((before / total, *edge));
            before += count;
        }
        Self::of_quantiles(value, &quantiles)
    }

    /// P(Y ≤ x).
    fn cumulative(&self, x: f64) -> f64 {
        let after = self.places.partition_point(|place| place.value <= x);
        let Some(last) = after.checked_sub(1).and_then(|at| self.places.get(at)) else { return 0.0 };
        match (self.between, self.places.get(after)) {
            (Between::Line, Some(next)) => {
                let part = (x - last.value) / (next.value - last.value);
                last.cumulative + (next.cumulative - last.cumulative) * part
            }
            _ => last.cumulative,
        }
    }

    /// P(Y < x): where a value has a probability of its own, the limit belongs to the interval.
    fn below(&self, x: f64) -> f64 {
        let after = self.places.partition_point(|place| place.value < x);
        match self.between {
            Between::Steps => after.checked_sub(1).and_then(|at| self.places.get(at)).map_or(0.0, |at| at.cumulative),
            Between::Line => match self.places.get(after) {
                Some(place) if place.value == x => place.cumulative,
                _ => self.cumulative(x),
            },
        }
    }

    /// Errors: what was read from elsewhere may not rise, or be no distribution.
    fn check(&self) -> Result<(), ConformityError> {
        let rises = |(one, next): (&Place, &Place)| one.value <= next.value && one.cumulative <= next.cumulative;
        let is_rising = self.places.iter().zip(self.places.iter().skip(1)).all(rises);
        let is_finite = self.value.is_finite() && self.places.iter().all(|place| place.value.is_finite());
        let is_whole = self.places.first().zip(self.places.last()).is_some_and(|(first, last)| {
            let starts = self.between == Between::Steps || first.cumulative == 0.0;
            starts && first.cumulative >= 0.0 && last.cumulative == 1.0
        });
        if self.places.len() >= 2 && is_rising && is_finite && is_whole { Ok(()) } else { Err(ConformityError::Table) }
    }

    fn half_width(&self) -> f64 {
        self.places.first().zip(self.places.last()).map_or(0.0, |(first, last)| (last.value - first.value) / 2.0)
    }
}

impl Measured {
    /// y.
    pub fn value(&self) -> f64 {
        match self {
            Self::Normal { value, .. } | Self::Student { value, .. } => *value,
            Self::Sampled(sampled) => sampled.value,
        }
    }

    /// P(Y < T_L) + P(Y > T_U): the probability that a quantity which is accepted does not conform.
    ///
    /// Each tail is computed as a tail. Source: JCGM 106:2012, 3.3.13 and 9.3.
    pub fn nonconformance_probability(&self, tolerance: &ToleranceInterval) -> f64 {
        self.moved_nonconformance(tolerance, 0.0)
    }

    /// P(T_L ≤ Y ≤ T_U) (JCGM 106:2012, clause 7).
    pub fn conformance_probability(&self, tolerance: &ToleranceInterval) -> f64 {
        1.0 - self.nonconformance_probability(tolerance)
    }

    /// The nonconformance probability of the same distribution moved by `shift`.
    pub(crate) fn moved_nonconformance(&self, tolerance: &ToleranceInterval, shift: f64) -> f64 {
        let below = tolerance.lower.map_or(0.0, |limit| self.below(limit - shift));
        let above = tolerance.upper.map_or(0.0, |limit| self.above(limit - shift));
        (below + above).min(1.0)
    }

    fn below(&self, limit: f64) -> f64 {
        match self {
            Self::Sampled(sampled) => sampled.below(limit),
            _ => self.tail(self.value() - limit),
        }
    }

    fn above(&self, limit: f64) -> f64 {
        match self {
            Self::Sampled(sampled) => 1.0 - sampled.cumulative(limit),
            _ => self.tail(limit - self.value()),
        }
    }

    /// The probability further from y than `distance`, on one side.
    fn tail(&self, distance: f64) -> f64 {
        let (u, degrees_of_freedom) = self.scale();
        if u == 0.0 { f64::from(u8::from(distance < 0.0)) } else { student::survival(distance / u, degrees_of_freedom) }
    }

    /// A length over which the distribution falls off, and its degrees of freedom.
    pub(crate) fn scale(&self) -> (f64, f64) {
        match self {
            Self::Normal { standard_uncertainty, .. } => (*standard_uncertainty, f64::INFINITY),
            Self::Student { standard_uncertainty, degrees_of_freedom, .. } => {
                (*standard_uncertainty, *degrees_of_freedom)
            }
            Self::Sampled(sampled) => (sampled.half_width(), f64::INFINITY),
        }
    }

    /// u; of a sampled distribution its standard deviation.
    pub fn standard_uncertainty(&self) -> f64 {
        match self {
            Self::Normal { standard_uncertainty, .. } | Self::Student { standard_uncertainty, .. } => {
                *standard_uncertainty
            }
            Self::Sampled(sampled) => {
                let mut before = 0.0;
                let (mut mean, mut square) = (0.0, 0.0);
                let mut last = sampled.places.first().map_or(0.0, |place| place.value) - sampled.value;
                for place in &sampled.places {
                    let (weight, value) = (place.cumulative - before, place.value - sampled.value);
                    let (first, second) = match sampled.between {
                        Between::Steps => (value, value * value),
                        // Of a uniform distribution from `last` to `value`.
                        Between::Line => ((last + value) / 2.0, (last * last + last * value + value * value) / 3.0),
                    };
                    mean += weight * first;
                    square += weight * second;
                    (before, last) = (place.cumulative, value);
                }
                libm::sqrt((square - mean * mean).max(0.0))
            }
        }
    }

    /// Errors: numbers that describe no distribution.
    pub(crate) fn check(&self) -> Result<(), ConformityError> {
        if !self.value().is_finite() {
            return Err(ConformityError::NotFinite { what: "measured value" });
        }
        if let Self::Sampled(sampled) = self {
            sampled.check()?;
        }
        let (u, degrees_of_freedom) = self.scale();
        if !(u >= 0.0 && u.is_finite()) {
            return Err(ConformityError::Uncertainty);
        }
        if let Self::Student { .. } = self
            && !(degrees_of_freedom > 0.0 && degrees_of_freedom.is_finite())
        {
            return Err(ConformityError::DegreesOfFreedom);
        }
        Ok(())
    }
}
