//! What the trials of one result come to, from all of them sorted.

use super::Interval;
use super::bins::Scale;
use super::histogram::Histogram;
use crate::conformity::ToleranceInterval;

/// Figures of the finite trials of a result.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figures {
    pub(crate) count: u64,
    pub(crate) mean: f64,
    pub(crate) standard_deviation: f64,
    pub(crate) symmetric: Interval,
    pub(crate) shortest: Interval,
    /// Finite trials within the tolerance interval.
    pub(crate) conforming: u64,
}

/// The number of trials that an interval covers: q = pM, or the integer part of pM + 1/2 where that is no integer (JCGM 101:2008, 7.7.2).
pub(crate) fn covered(probability: f64, count: u64) -> u64 {
    (libm::floor(probability * count as f64 + 0.5) as u64).clamp(1, count.saturating_sub(1).max(1))
}

/// Where the symmetric interval starts, counted from zero: r = (M − q)/2, or the integer part of (M − q + 1)/2, counted from one (7.7.2).
pub(crate) fn start_of_symmetric(covered: u64, count: u64) -> u64 {
    count.saturating_sub(covered).div_ceil(2).saturating_sub(1)
}

/// The figures of finite trials in ascending order; none where there are fewer than two.
pub(crate) fn figures(sorted: &[f64], probability: f64, tolerance: &ToleranceInterval) -> Option<Figures> {
    let count = sorted.len();
    if count < 2 {
        return None;
    }
    // Sums of deviations from the median lose no digits where u is small against the value.
    let middle = sorted.get(count / 2).copied().unwrap_or(f64::NAN);
    let shift = sorted.iter().map(|outcome| outcome - middle).sum::<f64>() / count as f64;
    let squares: f64 = sorted.iter().map(|outcome| (outcome - middle - shift) * (outcome - middle - shift)).sum();
    let covered = covered(probability, count as u64) as usize;
    let interval = |first: usize| Interval {
        low: sorted.get(first).copied().unwrap_or(f64::NAN),
        high: sorted.get(first + covered).copied().unwrap_or(f64::NAN),
    };
    let symmetric = interval(start_of_symmetric(covered as u64, count as u64) as usize);
    let pairs = sorted.iter().zip(sorted.get(covered..).unwrap_or_default());
    Some(Figures {
        count: count as u64,
        mean: middle + shift,
        standard_deviation: libm::sqrt(squares / (count - 1) as f64),
        symmetric,
        shortest: narrowest(pairs.map(|(low, high)| Interval { low: *low, high: *high })).unwrap_or(symmetric),
        conforming: sorted.iter().filter(|outcome| tolerance.contains(**outcome)).count() as u64,
    })
}

/// The finite trials in ascending order.
pub(crate) fn sorted(mut outcomes: Vec<f64>) -> Vec<f64> {
    outcomes.retain(|outcome| outcome.is_finite());
    outcomes.sort_unstable_by(f64::total_cmp);
    outcomes
}

/// The histogram of finite trials in ascending order.
pub(crate) fn histogram(sorted: &[f64], not_finite: u64) -> Histogram {
    let (least, greatest) = (sorted.first().copied(), sorted.last().copied());
    let ends = Interval { low: least.unwrap_or(f64::NAN), high: greatest.unwrap_or(f64::NAN) };
    let mut histogram = Histogram::empty(&Scale::of(sorted), ends, not_finite);
    for outcome in sorted {
        histogram.add(*outcome, 1);
    }
    histogram
}

pub(crate) fn narrowest(intervals: impl Iterator<Item = Interval>) -> Option<Interval> {
    let width = |interval: &Interval| interval.high - interval.low;
    intervals.reduce(|best, next| if width(&next) < width(&best) { next } else { best })
}
