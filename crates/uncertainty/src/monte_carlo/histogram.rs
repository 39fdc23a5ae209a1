//! The histogram of a result: exact counts in bins that fit into those of any other run.

use serde::{Deserialize, Serialize};

use super::Interval;
use super::bins::Scale;
use crate::conformity::ToleranceInterval;

/// As many bins as a picture can show; more are joined two by two.
const MOST_BINS: i64 = 256;

const FORMAT: &str = "heng-histogram/1";

/// How often the values of a result fell into bins of one width.
///
/// The width is a power of two and the ends of the bins are multiples of it, so that histograms of other trials of the same result can be
/// joined without guessing. Values far from the others, beyond at least 16 times the half-width of the middle 68 %, are only counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Histogram {
    exponent: i32,
    first: i64,
    counts: Vec<u64>,
    below: u64,
    above: u64,
    least: f64,
    greatest: f64,
    not_finite: u64,
}

/// One bin of a histogram: values from `low` up to but not including `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HistogramBin {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How many values.
    pub count: u64,
}

/// A stored histogram that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistogramError {
    /// It is of another format.
    #[error("the histogram has the format {0}; heng-histogram/1 is read")]
    Format(String),
    /// Its numbers contradict each other.
    #[error("the histogram's bins, ends and counts do not belong together")]
    Contradiction,
}

/// The form in which a histogram is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    format: String,
    bin_exponent: i32,
    first_bin: i64,
    counts: Vec<u64>,
    below: u64,
    above: u64,
    least: f64,
    greatest: f64,
    not_finite: u64,
}

impl Histogram {
    /// The bins in ascending order, empty ones between them included.
    pub fn bins(&self) -> impl Iterator<Item = HistogramBin> {
        let width = libm::ldexp(1.0, self.exponent);
        (self.first..).zip(&self.counts).map(move |(number, count)| HistogramBin {
            low: number as f64 * width,
            high: (number + 1) as f64 * width,
            count: *count,
        })
    }

    /// How many finite values there are.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum::<u64>() + self.below + self.above
    }

    /// How many values lie below all bins.
    pub fn below(&self) -> u64 {
        self.below
    }

    /// How many values lie above all bins.
    pub fn above(&self) -> u64 {
        self.above
    }

    /// How many trials gave no finite value; they are in no bin.
    pub fn not_finite(&self) -> u64 {
        self.not_finite
    }

    /// The least and the greatest value.
    pub fn ends(&self) -> Interval {
        Interval { low: self.least, high: self.greatest }
    }

    /// The part of the values within the tolerance interval, as if those of a bin lay evenly in it.
    ///
    /// It is exact at the ends of bins, and within a bin wrong by less than that bin's part of all values.
    pub fn conformance_probability(&self, tolerance: &ToleranceInterval) -> f64 {
        let below = |limit: f64| self.part_below(limit);
        let up_to = tolerance.upper.map_or(1.0, below);
        (up_to - tolerance.lower.map_or(0.0, below)).max(0.0)
    }

    /// The value that a part p of the values does not reach, as if those of a bin lay evenly in it; none for p outside (0, 1), and none where it lies
    /// among the values beyond the bins, of which only their number is known.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        if !(probability > 0.0 && probability < 1.0) {
            return None;
        }
        let mut left = probability * self.count() as f64 - self.below as f64;
        if left < 0.0 {
            return None;
        }
        for bin in self.bins().filter(|bin| bin.count > 0) {
            let count = bin.count as f64;
            if left <= count {
                let (low, high) = (bin.low.max(self.least), bin.high.min(self.greatest));
                return Some(low + (high - low) * (left / count));
            }
            left -= count;
        }
        None
    }

    /// Both together, in the wider bins of the two.
    ///
    /// Where one of them has values beyond its bins, the bins of the other end there as well.
    pub fn merged(&self, other: &Self) -> Self {
        let mut exponent = self.exponent.max(other.exponent);
        let (one, two, first, end) = loop {
            let (one, two) = (self.coarsened(exponent), other.coarsened(exponent));
            let first = match (one.below > 0, two.below > 0) {
                (true, false) => one.first,
                (false, true) => two.first,
                (true, true) => one.first.max(two.first),
                (false, false) => one.first.min(two.first),
            };
            let end = match (one.above > 0, two.above > 0) {
                (true, false) => one.end(),
                (false, true) => two.end(),
                (true, true) => one.end().min(two.end()),
                (false, false) => one.end().max(two.end()),
            };
            // Results far from each other meet in a few wide bins.
            if end.saturating_sub(first) <= MOST_BINS {
                break (one, two, first, end);
            }
            exponent += 1;
        };
        let mut merged = Self {
            exponent,
            first,
            counts: vec![0; usize::try_from(end - first).unwrap_or(0)],
            below: one.below + two.below,
            above: one.above + two.above,
            least: self.least.min(other.least),
            greatest: self.greatest.max(other.greatest),
            not_finite: self.not_finite + other.not_finite,
        };
        for histogram in [&one, &two] {
            for (number, count) in (histogram.first..).zip(&histogram.counts) {
                merged.put(number, *count);
            }
        }
        merged
    }

    /// Bins from the least to the greatest value, or as far as the scale reaches, without values yet.
    pub(crate) fn empty(scale: &Scale, ends: Interval, not_finite: u64) -> Self {
        let of_scale = scale.ends();
        let number = |value: f64| libm::floor(libm::ldexp(value, -scale.exponent)) as i64;
        let (low, is_open_below) =
            if ends.low >= of_scale.low { (number(ends.low), false) } else { (scale.first, true) };
        let (end, is_open_above) =
            if ends.high < of_scale.high { (number(ends.high) + 1, false) } else { (number(of_scale.high), true) };
        let mut by = 0;
        let (first, end) = loop {
            let (first, end) = coarse_ends((low, is_open_below), (end, is_open_above), by);
            if end.saturating_sub(first) <= MOST_BINS {
                break (first, end);
            }
            by += 1;
        };
        Self {
            exponent: scale.exponent + by,
            first,
            counts: vec![0; usize::try_from(end - first).unwrap_or(0)],
            below: 0,
            above: 0,
            least: ends.low,
            greatest: ends.high,
            not_finite,
        }
    }

    /// Counts values that lie in one bin with this one; infinite where they lie beyond all bins.
    pub(crate) fn add(&mut self, value: f64, count: u64) {
        self.put(libm::floor(libm::ldexp(value, -self.exponent)) as i64, count);
    }

    fn put(&mut self, number: i64, count: u64) {
        match usize::try_from(number.saturating_sub(self.first)).ok() {
            None => self.below += count,
            Some(place) => match self.counts.get_mut(place) {
                Some(entry) => *entry += count,
                None => self.above += count,
            },
        }
    }

    /// The same values in bins of a width that is a multiple.
    fn coarsened(&self, exponent: i32) -> Self {
        let by = exponent.saturating_sub(self.exponent).clamp(0, 62);
        let (first, end) = coarse_ends((self.first, self.below > 0), (self.end(), self.above > 0), by);
        let counts = vec![0; usize::try_from(end - first).unwrap_or(0)];
        let mut coarse = Self { exponent, first, counts, ..self.clone() };
        for (number, count) in (self.first..).zip(&self.counts) {
            coarse.put(number >> by, *count);
        }
        coarse
    }

    /// The number of the bin after the last.
    fn end(&self) -> i64 {
        self.first + self.counts.len() as i64
    }

    fn part_below(&self, limit: f64) -> f64 {
        if limit < self.least {
            return 0.0;
        }
        if limit >= self.greatest {
            return 1.0;
        }
        let width = libm::ldexp(1.0, self.exponent);
        let (start, end) = (self.first as f64 * width, self.end() as f64 * width);
        let tails = [
            HistogramBin { low: self.least, high: start, count: self.below },
            HistogramBin { low: end, high: self.greatest, count: self.above },
        ];
        let below: f64 = self
            .bins()
            .chain(tails)
            .filter(|bin| bin.count > 0)
            .map(|bin| {
                let (low, high) = (bin.low.max(self.least), bin.high.min(self.greatest));
                let part = if limit >= high { 1.0 } else { ((limit - low) / (high - low)).max(0.0) };
                part * bin.count as f64
            })
            .sum();
        below / self.count() as f64
    }
}

/// The first bin and the one after the last, in bins 2^`by` times as wide; where values lie beyond an end, only bins that are wholly within it.
fn coarse_ends((first, is_open_below): (i64, bool), (end, is_open_above): (i64, bool), by: i32) -> (i64, i64) {
    let up = |number: i64| -((-number) >> by);
    let first = if is_open_below { up(first) } else { first >> by };
    (first, if is_open_above { end >> by } else { up(end) }.max(first))
}

impl TryFrom<Stored> for Histogram {
    type Error = HistogramError;

    fn try_from(stored: Stored) -> Result<Self, HistogramError> {
        if stored.format != FORMAT {
            return Err(HistogramError::Format(stored.format));
        }
        let bins = i64::try_from(stored.counts.len()).unwrap_or(i64::MAX);
        let others = stored.below.checked_add(stored.above).and_then(|sum| sum.checked_add(stored.not_finite));
        let is_countable =
            stored.counts.iter().try_fold(others.unwrap_or(u64::MAX), |sum, count| sum.checked_add(*count)).is_some()
                && others.is_some();
        let bound = 1_i64 << 52;
        let is_sound = (0..=MOST_BINS).contains(&bins)
            && (-1_022..=1_000).contains(&stored.bin_exponent)
            && (-bound..bound).contains(&stored.first_bin)
            && stored.least <= stored.greatest
            && stored.least.is_finite()
            && stored.greatest.is_finite()
            && is_countable;
        if !is_sound {
            return Err(HistogramError::Contradiction);
        }
        Ok(Self {
            exponent: stored.bin_exponent,
            first: stored.first_bin,
            counts: stored.counts,
            below: stored.below,
            above: stored.above,
            least: stored.least,
            greatest: stored.greatest,
            not_finite: stored.not_finite,
        })
    }
}

impl From<Histogram> for Stored {
    fn from(histogram: Histogram) -> Self {
        Self {
            format: FORMAT.to_owned(),
            bin_exponent: histogram.exponent,
            first_bin: histogram.first,
            counts: histogram.counts,
            below: histogram.below,
            above: histogram.above,
            least: histogram.least,
            greatest: histogram.greatest,
            not_finite: histogram.not_finite,
        }
    }
}
