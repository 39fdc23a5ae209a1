//! Distributions of a number of units, with what they say of it.

use serde::Serialize;

/// P(D = first), P(D = first + 1), …; below and above there is nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// The least number that has a probability.
    pub first: usize,
    /// From that number on.
    pub probabilities: Vec<f64>,
}

/// What is known of a share of a lot.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// Its expectation.
    pub mean: f64,
    /// Its standard deviation.
    pub standard_deviation: f64,
    /// The lower end of the interval of 95 %, as much outside on either side at most.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// P(share ≥ the limiting quality).
    pub not_good: f64,
}

/// Probabilities below this are nothing.
const NOTHING: f64 = 1e-18;

impl Distribution {
    /// A number that is known.
    pub fn certain(number: usize) -> Self {
        Self { first: number, probabilities: vec![1.0] }
    }

    /// How many of independent units have what each has with its probability (the Poisson-binomial distribution), by convolution.
    ///
    /// Tails below 10⁻¹⁸ are left away on the way, so that the cost of a unit is that of the width of the distribution.
    pub fn of_independent(units: impl IntoIterator<Item = f64>) -> Self {
        let mut first = 0;
        let mut kept = vec![1.0];
        for p in units {
            let mut before = 0.0;
            for probability in &mut kept {
                let here = *probability;
                *probability = here * (1.0 - p) + before * p;
                before = here;
            }
            if before * p > NOTHING {
                kept.push(before * p);
            }
            let gone = kept.iter().take_while(|p| **p < NOTHING).count();
            // Rarely, since what is behind moves up.
            if gone > 64 && gone < kept.len() {
                kept.drain(..gone);
                first += gone;
            }
        }
        Self { first, probabilities: kept }
    }

    /// How many of `units` have what each has with the same unknown probability of beta distribution (a, b).
    ///
    /// P(k) = C(m, k) B(k + a, m − k + b)/B(a, b), by the ratio of neighbours in logarithms, then scaled to 1.
    pub fn beta_binomial(units: usize, a: f64, b: f64) -> Self {
        let m = units as f64;
        let mut logarithm = 0.0;
        let mut logarithms = Vec::with_capacity(units + 1);
        for k in 0..=units {
            logarithms.push(logarithm);
            let k = k as f64;
            logarithm += libm::log((m - k) * (k + a) / ((k + 1.0) * (m - k - 1.0 + b)));
        }
        let largest = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let probabilities = logarithms.iter().map(|logarithm| libm::exp(logarithm - largest)).collect();
        Self { first: 0, probabilities }.scaled()
    }

    /// The number of two independent numbers together.
    pub fn with(&self, other: &Self) -> Self {
        let (short, long) = if self.probabilities.len() < other.probabilities.len() {
            (&self.probabilities, &other.probabilities)
        } else {
            (&other.probabilities, &self.probabilities)
        };
        let mut sum = vec![0.0; (short.len() + long.len()).saturating_sub(1)];
        for (shift, p) in short.iter().enumerate().filter(|(_, p)| **p > NOTHING) {
            for (place, q) in sum.iter_mut().skip(shift).zip(long) {
                *place += p * q;
            }
        }
        Self { first: self.first + other.first, probabilities: sum }
    }

    /// Distributions with weights as one, scaled to 1.
    pub fn mixture(parts: &[(Self, f64)]) -> Self {
        let first = parts.iter().map(|(part, _)| part.first).min().unwrap_or(0);
        let end = parts.iter().map(|(part, _)| part.first + part.probabilities.len()).max().unwrap_or(first);
        let mut probabilities = vec![0.0; end - first];
        for (part, weight) in parts {
            for (sum, p) in probabilities.iter_mut().skip(part.first - first).zip(&part.probabilities) {
                *sum += weight * p;
            }
        }
        Self { first, probabilities }.scaled()
    }

    /// The same with a sum of 1.
    fn scaled(mut self) -> Self {
        let sum: f64 = self.probabilities.iter().sum();
        for p in &mut self.probabilities {
            *p /= sum;
        }
        self
    }

    /// P(D = d).
    pub fn probability(&self, number: usize) -> f64 {
        number.checked_sub(self.first).and_then(|place| self.probabilities.get(place)).copied().unwrap_or(0.0)
    }

    /// P(D ≤ d).
    pub fn at_most(&self, number: usize) -> f64 {
        let count = (number + 1).saturating_sub(self.first);
        self.probabilities.iter().take(count).sum::<f64>().min(1.0)
    }

    /// P(D ≥ d), summed as a tail.
    pub fn at_least(&self, number: usize) -> f64 {
        self.probabilities.iter().skip(number.saturating_sub(self.first)).rev().sum::<f64>().min(1.0)
    }

    /// The expectation.
    pub fn mean(&self) -> f64 {
        self.probabilities.iter().zip(self.first..).map(|(p, d)| p * d as f64).sum()
    }

    /// The share that the number is of a lot; `not_good` is the least number that makes the lot bad.
    pub fn share(&self, lot: u64, not_good: u64) -> Share {
        let n = lot.max(1) as f64;
        let mean = self.mean();
        let square = |d: usize| (d as f64 - mean) * (d as f64 - mean);
        let variance: f64 = self.probabilities.iter().zip(self.first..).map(|(p, d)| p * square(d)).sum();
        let at = |probability: f64| {
            let mut sum = 0.0;
            let place = self.probabilities.iter().position(|p| {
                sum += p;
                sum >= probability
            });
            (self.first + place.unwrap_or(self.probabilities.len().saturating_sub(1))) as f64 / n
        };
        Share {
            mean: mean / n,
            standard_deviation: libm::sqrt(variance) / n,
            low: at(0.025),
            high: at(0.975),
            not_good: self.at_least(usize::try_from(not_good).unwrap_or(usize::MAX)),
        }
    }
}
