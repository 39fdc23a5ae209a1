//! The hypergeometric distribution: how many of a sample without replacement are marked.

use crate::proportion::binomial;

/// P(X = x) where `sample` of `lot` units are drawn, of which `marked` are marked.
///
/// h(x) = b(x; D, f)·b(n − x; N − D, f)/b(n; N, f) with f = n/N, so that no large logarithms cancel (C. Loader, 2000).
pub fn probability(x: u64, lot: u64, marked: u64, sample: u64) -> f64 {
    if marked > lot || sample > lot {
        return f64::NAN;
    }
    let others = lot - marked;
    if x > sample || x > marked || sample - x > others {
        return 0.0;
    }
    if sample == 0 || sample == lot || marked == 0 || marked == lot {
        return 1.0;
    }
    let fraction = sample as f64 / lot as f64;
    binomial(x, marked, fraction) * binomial(sample - x, others, fraction) / binomial(sample, lot, fraction)
}

/// P(X ≤ x).
pub fn cumulative(x: u64, lot: u64, marked: u64, sample: u64) -> f64 {
    if marked > lot || sample > lot {
        return f64::NAN;
    }
    let least = sample.saturating_sub(lot - marked);
    if x >= sample.min(marked) {
        return 1.0;
    }
    let mut sum = 0.0;
    for at in least..=x {
        sum += probability(at, lot, marked, sample);
    }
    f64::min(sum, 1.0)
}
