//! What the trials of one result come to: all of them sorted, or beyond a bound a histogram with a bounded memory.

use crate::conformity::ToleranceInterval;
use crate::monte_carlo::Interval;

/// Up to so many values all are kept, 8 bytes each, and the quantiles are those of the trials themselves.
pub(crate) const KEPT: u64 = 10_000_000;

/// Bins of the histogram beyond: each holds about 1/65 536 of the trials, and a quantile is interpolated between its least and its greatest.
const BINS: usize = 65_536;

/// Figures of the finite trials of a result.
#[derive(Clone, Copy, Debug, PartialEq)]
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
fn covered(probability: f64, count: u64) -> u64 {
    (libm::floor(probability * count as f64 + 0.5) as u64).clamp(1, count.saturating_sub(1).max(1))
}

/// Where the symmetric interval starts, counted from zero: r = (M − q)/2, or the integer part of (M − q + 1)/2, counted from one (7.7.2).
fn start_of_symmetric(covered: u64, count: u64) -> u64 {
    count.saturating_sub(covered).div_ceil(2).saturating_sub(1)
}

/// Sorts the finite trials; none where there are fewer than two.
pub(crate) fn sorted(mut outcomes: Vec<f64>, probability: f64, tolerance: &ToleranceInterval) -> Option<Figures> {
    outcomes.retain(|outcome| outcome.is_finite());
    outcomes.sort_unstable_by(f64::total_cmp);
    let count = outcomes.len();
    if count < 2 {
        return None;
    }
    // Sums of deviations from the median lose no digits where u is small against the value.
    let middle = outcomes.get(count / 2).copied().unwrap_or(f64::NAN);
    let shift = outcomes.iter().map(|outcome| outcome - middle).sum::<f64>() / count as f64;
    let squares: f64 = outcomes.iter().map(|outcome| (outcome - middle - shift) * (outcome - middle - shift)).sum();
    let covered = covered(probability, count as u64) as usize;
    let interval = |first: usize| Interval {
        low: outcomes.get(first).copied().unwrap_or(f64::NAN),
        high: outcomes.get(first + covered).copied().unwrap_or(f64::NAN),
    };
    let symmetric = interval(start_of_symmetric(covered as u64, count as u64) as usize);
    Some(Figures {
        count: count as u64,
        mean: middle + shift,
        standard_deviation: libm::sqrt(squares / (count - 1) as f64),
        symmetric,
        shortest: narrowest((0..count - covered).map(interval)).unwrap_or(symmetric),
        conforming: outcomes.iter().filter(|outcome| tolerance.contains(**outcome)).count() as u64,
    })
}

fn narrowest(intervals: impl Iterator<Item = Interval>) -> Option<Interval> {
    let width = |interval: &Interval| interval.high - interval.low;
    intervals.reduce(|best, next| if width(&next) < width(&best) { next } else { best })
}

/// Trials of one bin.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bin {
    count: u64,
    least: f64,
    greatest: f64,
}

const EMPTY: Bin = Bin { count: 0, least: f64::INFINITY, greatest: f64::NEG_INFINITY };

/// A histogram whose bins were cut so that each holds about as many trials: fine where they are dense and at both ends.
#[derive(Clone, Debug)]
pub(crate) struct Histogram {
    /// The upper ends of all bins but the last.
    edges: Vec<f64>,
    bins: Vec<Bin>,
}

/// Sums of a block of trials, of deviations from the pilot's median.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sums {
    count: u64,
    deviations: f64,
    squares: f64,
    conforming: u64,
}

impl Sums {
    /// The sums of a block.
    pub(crate) fn of(outcomes: &[f64], middle: f64, tolerance: &ToleranceInterval) -> Self {
        outcomes.iter().filter(|outcome| outcome.is_finite()).fold(Self::default(), |sums, outcome| {
            let deviation = outcome - middle;
            Self {
                count: sums.count + 1,
                deviations: sums.deviations + deviation,
                squares: sums.squares + deviation * deviation,
                conforming: sums.conforming + u64::from(tolerance.contains(*outcome)),
            }
        })
    }

    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            deviations: self.deviations + other.deviations,
            squares: self.squares + other.squares,
            conforming: self.conforming + other.conforming,
        }
    }
}

impl Histogram {
    /// Cuts the bins at quantiles of the first trials, and gives their median; none where no trial is finite.
    pub(crate) fn cut(mut pilot: Vec<f64>) -> Option<(Self, f64)> {
        pilot.retain(|outcome| outcome.is_finite());
        pilot.sort_unstable_by(f64::total_cmp);
        let middle = pilot.get(pilot.len() / 2).copied()?;
        let mut edges: Vec<f64> =
            (1..BINS).filter_map(|bin| pilot.get(bin.saturating_mul(pilot.len()) / BINS).copied()).collect();
        edges.dedup();
        let bins = vec![EMPTY; edges.len() + 1];
        Some((Self { edges, bins }, middle))
    }

    /// One bin for all, where the first trials gave nothing to cut it at.
    pub(crate) fn whole() -> (Self, f64) {
        (Self { edges: Vec::new(), bins: vec![EMPTY] }, 0.0)
    }

    /// The same bins without trials.
    pub(crate) fn emptied(&self) -> Self {
        Self { edges: self.edges.clone(), bins: vec![EMPTY; self.bins.len()] }
    }

    /// Counts the finite trials.
    pub(crate) fn count(&mut self, outcomes: &[f64]) {
        for outcome in outcomes.iter().copied().filter(|outcome| outcome.is_finite()) {
            let place = self.edges.partition_point(|edge| *edge <= outcome);
            if let Some(bin) = self.bins.get_mut(place) {
                bin.count += 1;
                bin.least = bin.least.min(outcome);
                bin.greatest = bin.greatest.max(outcome);
            }
        }
    }

    /// Adds what another thread counted; the order of the additions changes nothing.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (bin, more) in self.bins.iter_mut().zip(&other.bins) {
            bin.count += more.count;
            bin.least = bin.least.min(more.least);
            bin.greatest = bin.greatest.max(more.greatest);
        }
    }

    /// The figures of all trials; none where there are fewer than two.
    pub(crate) fn figures(&self, middle: f64, sums: Sums, probability: f64) -> Option<Figures> {
        if sums.count < 2 {
            return None;
        }
        let count = sums.count as f64;
        let shift = sums.deviations / count;
        let variance = (sums.squares - shift * sums.deviations) / (count - 1.0);
        let covered = covered(probability, sums.count);
        let mut starts = Vec::with_capacity(self.bins.len());
        let mut before = 0;
        for bin in &self.bins {
            starts.push(before);
            before += bin.count;
        }
        let at = |rank: u64| self.ranked(&starts, rank);
        let interval = |first: u64| Interval { low: at(first), high: at(first.saturating_add(covered)) };
        // Between the ends of bins the width is linear in the rank, so that the least is at one of them.
        let last = sums.count.saturating_sub(covered).saturating_sub(1);
        let ends = starts.iter().zip(&self.bins).filter(|(_, bin)| bin.count > 0);
        let ends = ends.flat_map(|(start, bin)| [*start, start + bin.count - 1]);
        let firsts =
            ends.flat_map(|rank| [Some(rank), rank.checked_sub(covered)]).flatten().filter(|rank| *rank <= last);
        let symmetric = interval(start_of_symmetric(covered, sums.count));
        Some(Figures {
            count: sums.count,
            mean: middle + shift,
            standard_deviation: libm::sqrt(variance.max(0.0)),
            symmetric,
            shortest: narrowest(firsts.map(interval)).unwrap_or(symmetric),
            conforming: sums.conforming,
        })
    }

    /// The trial of this rank, counted from zero: exact at both ends of a bin, interpolated between them.
    fn ranked(&self, starts: &[u64], rank: u64) -> f64 {
        let place = starts.partition_point(|start| *start <= rank).saturating_sub(1);
        let (Some(start), Some(bin)) = (starts.get(place), self.bins.get(place)) else { return f64::NAN };
        if bin.count < 2 {
            return bin.least;
        }
        let part = (rank - start) as f64 / (bin.count - 1) as f64;
        bin.least + (bin.greatest - bin.least) * part
    }
}
