//! What was foretold of each unit against what the laboratory then found: precision, recall, coverage and calibration, each with its exact interval.

use serde::Serialize;

use crate::number::Distribution;
use crate::proportion::Proportion;

/// What was said of a unit beforehand, and what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Foretold {
    /// Its name.
    pub unit: String,
    /// It was named as one that fails.
    pub named: bool,
    /// The probability that it fails; none where nothing was said.
    pub probability: Option<f64>,
    /// The interval of its value that should hold in 95 %; none where nothing was said.
    pub interval: Option<(f64, f64)>,
    /// What was found.
    pub value: f64,
    /// The standard uncertainty of what was found; 0 where it is the truth, as in a simulation.
    pub standard_uncertainty: f64,
    /// It failed.
    pub failed: bool,
}

/// The record of a method.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrackRecord {
    /// Of the named ones, how many failed.
    pub precision: Proportion,
    /// Of the failing ones that were examined, how many had been named. It is that of all only where everything, or a random part of what was not
    /// named, was examined.
    pub recall: Proportion,
    /// Of the units that held, how many had been named: false accusations.
    pub accused: Proportion,
    /// Of the intervals, how many hold what was found.
    pub coverage: Proportion,
    /// The same with the interval of each widened by twice the laboratory's own uncertainty; equal where that is zero.
    pub coverage_beside_laboratory: Proportion,
    /// Probabilities against frequencies, in classes.
    pub calibration: Vec<CalibrationClass>,
    /// The mean of (p − outcome)², 0 for a seer and ¼ for a coin; none where no probability was said.
    pub brier: Option<f64>,
    /// How many were expected to fail of those with a probability.
    pub expected: f64,
    /// How many of them failed.
    pub failed: u64,
    /// The probability of a number of failures that is as unlikely or more, by the foretold probabilities as they are.
    pub as_unlikely: Option<f64>,
    /// The mean difference of what was found and the middle of the interval, and its standard deviation.
    pub difference: Option<(f64, f64)>,
}

/// Units whose probability lies in one class.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CalibrationClass {
    /// From this probability on.
    pub from: f64,
    /// Up to this one, which the last class includes.
    pub to: f64,
    /// The mean of the probabilities.
    pub foretold: f64,
    /// How many failed.
    pub found: Proportion,
}

/// Ends of the classes.
const CLASSES: [f64; 8] = [0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0];

/// The record of what was foretold.
pub fn track_record(foretold: &[Foretold]) -> TrackRecord {
    let count = |of: &dyn Fn(&Foretold) -> bool| foretold.iter().filter(|one| of(one)).count() as u64;
    let both = count(&|one| one.named && one.failed);
    let holds = |one: &Foretold, margin: f64| {
        one.interval.is_some_and(|(low, high)| low - margin <= one.value && one.value <= high + margin)
    };
    let intervals = count(&|one| one.interval.is_some());
    let said: Vec<(f64, bool)> =
        foretold.iter().filter_map(|one| Some((one.probability?.clamp(0.0, 1.0), one.failed))).collect();
    let failed = said.iter().filter(|(_, failed)| *failed).count();
    let number = Distribution::of_independent(said.iter().map(|(p, _)| *p));
    let here = number.probability(failed);
    let as_unlikely: f64 = number.probabilities.iter().filter(|p| **p <= here * (1.0 + 1e-9)).sum();
    let squares: f64 = said
        .iter()
        .map(|(p, failed)| {
            let off = p - f64::from(u8::from(*failed));
            off * off
        })
        .sum();
    let differences: Vec<f64> = foretold
        .iter()
        .filter_map(|one| one.interval.map(|(low, high)| one.value - f64::midpoint(low, high)))
        .collect();
    TrackRecord {
        precision: Proportion::of(both, count(&|one| one.named)),
        recall: Proportion::of(both, count(&|one| one.failed)),
        accused: Proportion::of(count(&|one| one.named && !one.failed), count(&|one| !one.failed)),
        coverage: Proportion::of(count(&|one| holds(one, 0.0)), intervals),
        coverage_beside_laboratory: Proportion::of(count(&|one| holds(one, 2.0 * one.standard_uncertainty)), intervals),
        calibration: classes(&said),
        brier: (!said.is_empty()).then(|| squares / said.len() as f64),
        expected: said.iter().map(|(p, _)| p).sum(),
        failed: failed as u64,
        as_unlikely: (!said.is_empty()).then(|| as_unlikely.min(1.0)),
        difference: mean_and_spread(&differences),
    }
}

fn classes(said: &[(f64, bool)]) -> Vec<CalibrationClass> {
    let ends = CLASSES.iter().zip(CLASSES.iter().skip(1));
    ends.filter_map(|(from, to)| {
        let inside: Vec<&(f64, bool)> =
            said.iter().filter(|(p, _)| from <= p && (p < to || (*to >= 1.0 && *p >= 1.0))).collect();
        if inside.is_empty() {
            return None;
        }
        let failed = inside.iter().filter(|(_, failed)| *failed).count() as u64;
        let foretold = inside.iter().map(|(p, _)| p).sum::<f64>() / inside.len() as f64;
        Some(CalibrationClass { from: *from, to: *to, foretold, found: Proportion::of(failed, inside.len() as u64) })
    })
    .collect()
}

fn mean_and_spread(values: &[f64]) -> Option<(f64, f64)> {
    if values.len() < 2 {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    Some((mean, libm::sqrt(squares / (n - 1.0))))
}

/// Bounds for the recall over a whole lot, where flagged units were examined and of the others only a random part.
///
/// Failing named ones: F·precision; failing others: (N − F)·q, q the share found in the random part of the others. Each has its exact interval of
/// (1 + c)/2, so that both hold together with probability c at least (Bonferroni).
pub fn recall_of_lot(named: u64, precision: Proportion, others: u64, found_among_others: Proportion) -> (f64, f64) {
    let confidence = f64::midpoint(1.0, crate::proportion::CONFIDENCE);
    let named_failing = Proportion::with_confidence(precision.count, precision.of, confidence);
    let other_failing = Proportion::with_confidence(found_among_others.count, found_among_others.of, confidence);
    let recall = |named_share: f64, other_share: f64| {
        let (of_named, of_others) = (named as f64 * named_share, others as f64 * other_share);
        if of_named + of_others > 0.0 { of_named / (of_named + of_others) } else { 1.0 }
    };
    (recall(named_failing.low, other_failing.high), recall(named_failing.high, other_failing.low))
}
