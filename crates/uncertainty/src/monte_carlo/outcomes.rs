//! What the trials of one result come to, from all of them.

use super::Interval;
use super::bins::{Bins, Counted, Scale, Sums};
use super::histogram::Histogram;
use crate::conformity::ToleranceInterval;
use crate::model::STRIP;

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

/// The figures of the finite trials, which are put into another order; none where there are fewer than two.
///
/// Only the trials that can be ends of an interval are sorted: the M − q least and the M − q greatest.
pub(crate) fn figures(
    outcomes: &mut Vec<f64>,
    probability: f64,
    tolerance: Option<&ToleranceInterval>,
) -> Option<Figures> {
    outcomes.retain(|outcome| outcome.is_finite());
    let count = outcomes.len();
    if count < 2 {
        return None;
    }
    // Sums of deviations from one of them lose no digits where u is small against the value.
    let about = outcomes.first().copied().unwrap_or(f64::NAN);
    let shift = outcomes.iter().map(|outcome| outcome - about).sum::<f64>() / count as f64;
    let squares: f64 = outcomes.iter().map(|outcome| (outcome - about - shift) * (outcome - about - shift)).sum();
    let conforming = tolerance.map_or(0, |limits| outcomes.iter().filter(|outcome| limits.contains(**outcome)).count());
    let covered = covered(probability, count as u64);
    let (least, greatest) = ends(outcomes, count - covered as usize);
    let pairs = least.iter().zip(greatest).map(|(low, high)| Interval { low: *low, high: *high });
    let symmetric = pairs.clone().nth(start_of_symmetric(covered, count as u64) as usize)?;
    Some(Figures {
        count: count as u64,
        mean: about + shift,
        standard_deviation: libm::sqrt(squares / (count - 1) as f64),
        symmetric,
        shortest: narrowest(pairs).unwrap_or(symmetric),
        conforming: conforming as u64,
    })
}

/// So many of the least and of the greatest, each in ascending order.
fn ends(outcomes: &mut [f64], length: usize) -> (&[f64], &[f64]) {
    let rest = outcomes.len().saturating_sub(length);
    if length > rest || length == 0 {
        outcomes.sort_unstable_by(f64::total_cmp);
        return (outcomes.get(..length).unwrap_or_default(), outcomes.get(rest..).unwrap_or_default());
    }
    // The first of the rest is in its place and all before it are no greater; then the same from the other side.
    if length < outcomes.len() {
        outcomes.select_nth_unstable_by(length, f64::total_cmp);
    }
    let (least, others) = outcomes.split_at_mut(length);
    let middle = others.len().saturating_sub(length);
    if middle < others.len() {
        others.select_nth_unstable_by(middle, f64::total_cmp);
    }
    let (_, greatest) = others.split_at_mut(middle);
    least.sort_unstable_by(f64::total_cmp);
    greatest.sort_unstable_by(f64::total_cmp);
    (least, greatest)
}

/// The finite trials in ascending order.
pub(crate) fn sorted(mut outcomes: Vec<f64>) -> Vec<f64> {
    outcomes.retain(|outcome| outcome.is_finite());
    outcomes.sort_unstable_by(f64::total_cmp);
    outcomes
}

/// The histogram of trials in any order, in the bins that the first of them ask for.
pub(crate) fn histogram(outcomes: &[f64], scale: Scale, count: u64) -> Histogram {
    let mut bins = Bins::empty(scale);
    let mut counted = Counted::empty(scale);
    for strip in outcomes.chunks(STRIP) {
        bins.count(strip);
        counted.sums = counted.sums.and(Sums::of(strip, scale.middle));
    }
    counted.merge(&bins);
    counted.histogram(count - counted.sums.count)
}

pub(crate) fn narrowest(intervals: impl Iterator<Item = Interval>) -> Option<Interval> {
    let width = |interval: &Interval| interval.high - interval.low;
    intervals.reduce(|best, next| if width(&next) < width(&best) { next } else { best })
}
