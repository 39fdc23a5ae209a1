//! Counts of trials in bins of a bounded number: what quantiles are read from where there are too many trials to keep.

use std::collections::BTreeMap;

use super::Interval;
use super::elementary::ROUNDING;
use super::histogram::Histogram;
use super::outcomes::{Figures, covered, narrowest, start_of_symmetric};

/// Bins of one width, half of them on either side of the middle.
const BINS: usize = 65_536;

/// A bin is at most 1/1024 and above 1/2048 of the half-width of the middle 68 %, so that the bins reach 16 to 32 of these either way.
const FINENESS: i32 = 10;

/// Whole numbers of bins are exact up to here.
const DIGITS: i32 = 50;

/// Leading bits of the distance from the middle that tell the bins beyond apart: 64 bins as the distance doubles.
const TAIL_SHIFT: u32 = 46;

/// Bins whose width is a power of two and whose ends are multiples of it, so that the bins of two runs fit into each other and the bin of a
/// trial is exact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    /// The width is 2 to this power.
    pub(crate) exponent: i32,
    /// The number of the first bin: the lower end over the width.
    pub(crate) first: i64,
    /// The median of the trials that the scale was made from.
    pub(crate) middle: f64,
}

impl Scale {
    /// The scale for trials like these, which are finite and in ascending order.
    pub(crate) fn of(sorted: &[f64]) -> Self {
        let at = |part: f64| sorted.get((part * sorted.len() as f64) as usize).copied();
        let middle = at(0.5).unwrap_or(0.0);
        let half =
            |low: Option<f64>, high: Option<f64>| high.zip(low).map_or(0.0, |(high, low)| high / 2.0 - low / 2.0);
        let spread = half(at(0.16), at(0.84));
        let spread = if spread > 0.0 { spread } else { half(sorted.first().copied(), sorted.last().copied()) };
        // Where all are equal, later ones may not be.
        let spread = if spread > 0.0 { spread } else { libm::fabs(middle) / 1_048_576.0 };
        let spread = if spread > 0.0 { spread } else { 1.0 };
        let largest = libm::fabs(middle) + 64.0 * spread;
        let exponent = (libm::ilogb(spread) - FINENESS).max(libm::ilogb(largest) - DIGITS).clamp(-1_000, 1_000);
        let first = libm::floor(libm::ldexp(middle, -exponent)) as i64 - BINS as i64 / 2;
        Self { exponent, first, middle }
    }

    fn width(&self) -> f64 {
        libm::ldexp(1.0, self.exponent)
    }

    /// The ends of the bins together.
    pub(crate) fn ends(&self) -> Interval {
        let end = |number: i64| number as f64 * self.width();
        Interval { low: end(self.first), high: end(self.first + BINS as i64) }
    }
}

/// Trials in the bins of a scale, and beyond them in bins that grow with the distance.
#[derive(Clone, Debug)]
pub(crate) struct Bins {
    scale: Scale,
    counts: Vec<u32>,
    /// By the leading bits of the distance from the middle of the bins, those below numbered downwards.
    beyond: BTreeMap<i64, u64>,
    places: Vec<u64>,
}

/// Sums of a strip of trials, of deviations from the middle of the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sums {
    pub(crate) count: u64,
    deviations: f64,
    squares: f64,
    least: f64,
    greatest: f64,
}

impl Sums {
    pub(crate) const NOTHING: Self =
        Self { count: 0, deviations: 0.0, squares: 0.0, least: f64::INFINITY, greatest: f64::NEG_INFINITY };

    /// The sums of the finite trials of a strip.
    pub(crate) fn of(outcomes: &[f64], middle: f64) -> Self {
        const SIDE_BY_SIDE: usize = 8;
        let mut lanes = [Self::NOTHING; SIDE_BY_SIDE];
        let (rows, rest) = outcomes.as_chunks::<SIDE_BY_SIDE>();
        let mut deviations = [0.0; SIDE_BY_SIDE];
        let mut squares = [0.0; SIDE_BY_SIDE];
        let mut least = [f64::INFINITY; SIDE_BY_SIDE];
        let mut greatest = [f64::NEG_INFINITY; SIDE_BY_SIDE];
        for row in rows {
            for ((deviations, squares), outcome) in deviations.iter_mut().zip(&mut squares).zip(row) {
                let deviation = outcome - middle;
                *deviations += deviation;
                *squares += deviation * deviation;
            }
            for ((least, greatest), outcome) in least.iter_mut().zip(&mut greatest).zip(row) {
                *least = if *outcome < *least { *outcome } else { *least };
                *greatest = if *outcome > *greatest { *outcome } else { *greatest };
            }
        }
        let ends = least.into_iter().zip(greatest);
        for (lane, ((deviations, squares), (least, greatest))) in
            lanes.iter_mut().zip(deviations.into_iter().zip(squares).zip(ends))
        {
            *lane = Self { count: rows.len() as u64, deviations, squares, least, greatest };
        }
        let sums = lanes.into_iter().chain(rest.iter().map(|outcome| Self::of_one(*outcome, middle)));
        let sums = sums.fold(Self::NOTHING, Self::and);
        if sums.squares.is_finite() {
            return sums;
        }
        let finite = outcomes.iter().filter(|outcome| outcome.is_finite());
        finite.map(|outcome| Self::of_one(*outcome, middle)).fold(Self::NOTHING, Self::and)
    }

    fn of_one(outcome: f64, middle: f64) -> Self {
        let deviation = outcome - middle;
        Self { count: 1, deviations: deviation, squares: deviation * deviation, least: outcome, greatest: outcome }
    }

    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            deviations: self.deviations + other.deviations,
            squares: self.squares + other.squares,
            least: self.least.min(other.least),
            greatest: self.greatest.max(other.greatest),
        }
    }

    /// The mean, and the standard deviation as JCGM 101:2008, 7.6 has it.
    pub(crate) fn moments(&self, middle: f64) -> (f64, f64) {
        let count = self.count as f64;
        let shift = self.deviations / count;
        let variance = (self.squares - shift * self.deviations) / (count - 1.0);
        (middle + shift, libm::sqrt(variance.max(0.0)))
    }
}

/// Trials between two ends.
#[derive(Clone, Copy, Debug)]
struct Filled {
    low: f64,
    high: f64,
    count: u64,
    /// How many trials lie below.
    before: u64,
}

impl Bins {
    pub(crate) fn empty(scale: Scale) -> Self {
        Self { scale, counts: vec![0; BINS], beyond: BTreeMap::new(), places: Vec::new() }
    }

    /// Counts the finite trials of a strip.
    pub(crate) fn count(&mut self, outcomes: &[f64]) {
        self.places.resize(outcomes.len(), 0);
        let inverse = libm::ldexp(1.0, -self.scale.exponent);
        // The bits of ROUNDING + n are those of ROUNDING plus n; whatever is too large or no number comes out far beyond all bins.
        let origin = ROUNDING.to_bits().wrapping_add_signed(self.scale.first);
        for (place, outcome) in self.places.iter_mut().zip(outcomes) {
            let scaled = outcome * inverse;
            let rounded = scaled + ROUNDING;
            let is_above = u64::from(rounded - ROUNDING > scaled);
            *place = rounded.to_bits().wrapping_sub(origin).wrapping_sub(is_above);
        }
        for (place, outcome) in self.places.iter().zip(outcomes) {
            match self.counts.get_mut(*place as usize) {
                Some(count) => *count += 1,
                None if outcome.is_finite() => *self.beyond.entry(self.tail(*outcome)).or_default() += 1,
                None => {}
            }
        }
    }

    fn center(&self) -> f64 {
        (self.scale.first + BINS as i64 / 2) as f64 * self.scale.width()
    }

    fn tail(&self, outcome: f64) -> i64 {
        let distance = outcome - self.center();
        let number = (libm::fabs(distance).to_bits() >> TAIL_SHIFT) as i64;
        if distance < 0.0 { -number - 1 } else { number }
    }
}

/// The bins of all threads together, and the sums of their trials.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    bins: Bins,
    counts: Vec<u64>,
    pub(crate) sums: Sums,
    pub(crate) conforming: u64,
}

impl Counted {
    pub(crate) fn empty(scale: Scale) -> Self {
        let bins = Bins { scale, counts: Vec::new(), beyond: BTreeMap::new(), places: Vec::new() };
        Self { bins, counts: vec![0; BINS], sums: Sums::NOTHING, conforming: 0 }
    }

    pub(crate) fn scale(&self) -> Scale {
        self.bins.scale
    }

    /// Adds what a thread counted; the order of the additions changes nothing.
    pub(crate) fn merge(&mut self, bins: &Bins) {
        for (count, more) in self.counts.iter_mut().zip(&bins.counts) {
            *count += u64::from(*more);
        }
        for (number, more) in &bins.beyond {
            *self.bins.beyond.entry(*number).or_default() += more;
        }
    }

    /// The bins with trials in them, in ascending order, cut off at the least and at the greatest trial.
    fn filled(&self) -> Vec<Filled> {
        let (width, first) = (self.bins.scale.width(), self.bins.scale.first);
        let (ends, center) = (self.bins.scale.ends(), self.bins.center());
        let distance = |number: i64| f64::from_bits((number as u64) << TAIL_SHIFT);
        let tails = self.bins.beyond.iter().map(|(number, count)| {
            if *number < 0 {
                let number = -(number + 1);
                (center - distance(number + 1), (center - distance(number)).min(ends.low), *count)
            } else {
                ((center + distance(*number)).max(ends.high), center + distance(number + 1), *count)
            }
        });
        let (below, above): (Vec<_>, Vec<_>) = tails.partition(|(low, ..)| *low < center);
        let dense = (first..).zip(&self.counts).filter(|(_, count)| **count > 0);
        let dense = dense.map(|(number, count)| (number as f64 * width, (number + 1) as f64 * width, *count));
        let mut before = 0;
        let (least, greatest) = (self.sums.least, self.sums.greatest);
        below
            .into_iter()
            .chain(dense)
            .chain(above)
            .map(|(low, high, count)| {
                let within = |end: f64| end.max(least).min(greatest);
                let bin = Filled { low: within(low), high: within(high), count, before };
                before += count;
                bin
            })
            .collect()
    }

    /// The figures of all trials; none where there are fewer than two.
    pub(crate) fn figures(&self, probability: f64) -> Option<Figures> {
        let count = self.sums.count;
        if count < 2 {
            return None;
        }
        let (mean, standard_deviation) = self.sums.moments(self.bins.scale.middle);
        let covered = covered(probability, count);
        let filled = self.filled();
        let interval = |first: u64| Interval { low: ranked(&filled, first), high: ranked(&filled, first + covered) };
        // Within bins the width is linear in the rank, so that the least is where one of the two ends lies at the start of a bin.
        let last = count.saturating_sub(covered).saturating_sub(1);
        let starts = || filled.iter().map(|bin| bin.before);
        let at_lower_end = starts().filter(|rank| *rank <= last).chain([last]);
        let at_upper_end = starts().filter_map(|rank| rank.checked_sub(covered)).filter(|rank| *rank <= last);
        let (lower, upper) = (ascending(&filled, at_lower_end, covered), ascending(&filled, at_upper_end, covered));
        let symmetric = interval(start_of_symmetric(covered, count));
        Some(Figures {
            count,
            mean,
            standard_deviation,
            symmetric,
            shortest: narrowest(lower.chain(upper)).unwrap_or(symmetric),
            conforming: self.conforming,
        })
    }

    /// The trial of this rank, counted from zero.
    pub(crate) fn ranked(&self, rank: u64) -> f64 {
        ranked(&self.filled(), rank)
    }

    /// The histogram of all trials.
    pub(crate) fn histogram(&self, not_finite: u64) -> Histogram {
        let ends = Interval { low: self.sums.least, high: self.sums.greatest };
        let mut histogram = Histogram::empty(&self.bins.scale, ends, not_finite);
        for (number, count) in (self.bins.scale.first..).zip(&self.counts).filter(|(_, count)| **count > 0) {
            histogram.add(number as f64 * self.bins.scale.width(), *count);
        }
        for (number, count) in &self.bins.beyond {
            histogram.add(if *number < 0 { f64::NEG_INFINITY } else { f64::INFINITY }, *count);
        }
        histogram
    }
}

/// The trial of this rank, counted from zero, as if those of a bin lay evenly in it.
fn ranked(filled: &[Filled], rank: u64) -> f64 {
    let place = filled.partition_point(|bin| bin.before <= rank).saturating_sub(1);
    filled.get(place).map_or(f64::NAN, |bin| bin.ranked(rank))
}

/// The intervals that start at these ranks, which ascend, and cover so many trials.
fn ascending(filled: &[Filled], firsts: impl Iterator<Item = u64>, covered: u64) -> impl Iterator<Item = Interval> {
    let walk = move |rank: u64, bins: &mut &[Filled]| {
        while let [_, next, ..] = bins
            && next.before <= rank
        {
            *bins = bins.get(1..).unwrap_or_default();
        }
        bins.first().map_or(f64::NAN, |bin| bin.ranked(rank))
    };
    let (mut low, mut high) = (filled, filled);
    firsts.map(move |first| Interval { low: walk(first, &mut low), high: walk(first + covered, &mut high) })
}

impl Filled {
    fn ranked(&self, rank: u64) -> f64 {
        let part = (rank.saturating_sub(self.before) as f64 + 0.5) / self.count as f64;
        self.low + (self.high - self.low) * part
    }
}
