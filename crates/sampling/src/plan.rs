//! A plan by attributes: so many are drawn, at most so many may fail; and how often it accepts.

use serde::Serialize;

use crate::hypergeometric::cumulative;

/// Draw `sample`, accept with at most `accept` failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// n, how many are drawn.
    pub sample: u64,
    /// c, how many may fail.
    pub accept: u64,
}

/// A point of an operating characteristic.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CharacteristicPoint {
    /// How many of the lot fail.
    pub failing: u64,
    /// Their share.
    pub share: f64,
    /// How often such a lot is accepted.
    pub acceptance: f64,
}

/// How often a plan accepts a lot of this size, by how many of it fail.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Characteristic {
    /// The plan.
    pub plan: Plan,
    /// N, the size of the lot.
    pub lot: u64,
    /// Points, ascending, until nearly nothing is accepted.
    pub points: Vec<CharacteristicPoint>,
}

/// Curves end where so little is accepted.
const END: f64 = 1e-4;
/// Curves have at most about so many points.
const POINTS: u64 = 400;

impl Plan {
    /// Some result of the sample accepts, and some does not: a plan that nothing can fail decides nothing.
    pub fn is_open(self) -> bool {
        self.accept < self.sample
    }

    /// P(X ≤ c): how often a lot of this size, of which `failing` fail, is accepted.
    ///
    /// Exact, by the hypergeometric distribution (type A of ISO 3534-2; procedure A of GB/T 2828.2).
    pub fn acceptance(self, lot: u64, failing: u64) -> f64 {
        cumulative(self.accept, lot, failing.min(lot), self.sample.min(lot))
    }

    /// How often a lot is accepted of which the least number fails that is not better than a quality: the consumer's risk there.
    pub fn consumer_risk(self, lot: u64, limiting_quality: f64) -> f64 {
        self.acceptance(lot, failing_at(lot, limiting_quality))
    }

    /// The largest number of failing ones at which a lot is still accepted with at least this probability: the producer's quality.
    pub fn still_accepted(self, lot: u64, probability: f64) -> u64 {
        // P falls as more fail, so that halving finds the end.
        let (mut low, mut high) = (0, lot);
        if self.acceptance(lot, high) >= probability {
            return high;
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.acceptance(lot, middle) >= probability {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The curve.
    pub fn characteristic(self, lot: u64) -> Characteristic {
        let end = self.still_accepted(lot, END).saturating_add(1).min(lot);
        let step = end.div_ceil(POINTS).max(1);
        let count = end.div_ceil(step);
        let points = (0..=count).map(|place| {
            let failing = (place * step).min(lot);
            CharacteristicPoint {
                failing,
                share: failing as f64 / lot.max(1) as f64,
                acceptance: self.acceptance(lot, failing),
            }
        });
        Characteristic { plan: self, lot, points: points.collect() }
    }

    /// The smallest sample that accepts with at most `accept` failures and keeps the consumer's risk at a limiting quality; none where even the whole lot does not.
    pub fn smallest(lot: u64, limiting_quality: f64, consumer_risk: f64, accept: u64) -> Option<Self> {
        let of = |sample| Self { sample, accept };
        let keeps = |sample| of(sample).consumer_risk(lot, limiting_quality) <= consumer_risk;
        if !keeps(lot) {
            return None;
        }
        // The risk falls as the sample grows.
        let (mut low, mut high) = (accept.min(lot), lot);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if keeps(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        Some(of(high))
    }

    /// The plan with the smallest acceptance number that keeps the consumer's risk at a limiting quality and accepts a lot of a good quality with at least
    /// 1 − the producer's risk; none where only the examination of nearly all would.
    pub fn between(lot: u64, limiting: (f64, f64), good: (f64, f64)) -> Option<Self> {
        let ((limiting_quality, consumer_risk), (good_quality, producer_risk)) = (limiting, good);
        let good_failing = libm::floor(good_quality * lot as f64) as u64;
        for accept in 0..lot {
            let plan = Self::smallest(lot, limiting_quality, consumer_risk, accept)?;
            if plan.acceptance(lot, good_failing) >= 1.0 - producer_risk {
                return Some(plan);
            }
        }
        None
    }
}

/// The least number of failing ones whose share is not below a quality.
pub fn failing_at(lot: u64, quality: f64) -> u64 {
    let exact = quality * lot as f64;
    // 0.05·20 is 1, whatever the last digit of the product.
    let nearest = libm::round(exact);
    let whole = if libm::fabs(exact - nearest) < 1e-9 * exact.max(1.0) { nearest } else { libm::ceil(exact) };
    (whole.max(0.0) as u64).min(lot)
}
