//! A proportion that was counted, with its exact interval.

use heng_uncertainty::special::beta;
use serde::Serialize;

/// P(X = x) for n trials of probability p.
///
/// By the density of the beta distribution: C(n, x) pˣ(1 − p)ⁿ⁻ˣ = Beta(p; x + 1, n − x + 1)/(n + 1).
pub fn binomial(x: u64, n: u64, p: f64) -> f64 {
    if x > n {
        return 0.0;
    }
    if p <= 0.0 || p >= 1.0 {
        let certain = if p <= 0.0 { 0 } else { n };
        return if p.is_nan() { f64::NAN } else { f64::from(u8::from(x == certain)) };
    }
    beta::density(x as f64 + 1.0, (n - x) as f64 + 1.0, p) / (n as f64 + 1.0)
}

/// P(X ≤ x) for n trials of probability p.
pub fn binomial_cumulative(x: u64, n: u64, p: f64) -> f64 {
    if x >= n { 1.0 } else { beta::upper(x as f64 + 1.0, (n - x) as f64, p) }
}

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Proportion {
    /// How many had it.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// count/of; none where nothing was counted.
    pub share: Option<f64>,
    /// The lower end of the interval; 0 where nothing was counted.
    pub low: f64,
    /// The upper end of the interval; 1 where nothing was counted.
    pub high: f64,
}

/// The probability with which intervals of proportions hold the truth, at least.
pub const CONFIDENCE: f64 = 0.95;

impl Proportion {
    /// With the interval of [`CONFIDENCE`].
    pub fn of(count: u64, of: u64) -> Self {
        Self::with_confidence(count, of, CONFIDENCE)
    }

    /// With the interval of Clopper and Pearson, Biometrika 26 (1934) 404: Beta quantiles (1 − c)/2 of (x, n − x + 1) and (1 + c)/2 of (x + 1, n − x).
    pub fn with_confidence(count: u64, of: u64, confidence: f64) -> Self {
        let count = count.min(of);
        let (x, n) = (count as f64, of as f64);
        let tail = (1.0 - confidence) / 2.0;
        let low = if count == 0 { 0.0 } else { beta::quantile(tail, x, n - x + 1.0) };
        let high = if count == of { 1.0 } else { beta::quantile(1.0 - tail, x + 1.0, n - x) };
        Self { count, of, share: (of > 0).then(|| x / n), low, high }
    }
}
