//! The share of a lot that fails, from the laboratory's results of a random sample and from uncertain estimates of every unit.
//!
//! Three answers side by side, so that everybody sees what each source contributes: by the sample alone, by the estimates alone, by both.
//!
//! By the sample alone: the share has a beta distribution (a, b) beforehand; of n results d failed, so the number among the other N − n has the
//! beta-binomial distribution of (a + d, b + n − d). Nothing is assumed of the estimates.
//!
//! With the estimates: unit i fails with probability pᵢ as its estimate says, but all estimates of a lot may be off together, because they were made
//! with a prior that is not the lot's: logit pᵢ(α) = logit pᵢ + α, with α normal about 0. The results of the sample are evidence of α:
//! L(α) = Π pᵢ(α) over those that failed × Π (1 − pᵢ(α)) over those that did not. Given α the units are independent, so that the number that fails has a
//! Poisson-binomial distribution; it is averaged over α. Units without an estimate are like the others of their lot on average, with as much weight as
//! the prior has: their probability has the beta distribution (νμ, ν(1 − μ)), μ the mean of pᵢ(α), ν = a + b.

use serde::Serialize;

use crate::number::{Distribution, Share};
use crate::plan::failing_at;

/// What the posterior rests on besides the data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Assumptions {
    /// a and b of the beta distribution of the share beforehand.
    pub prior: (f64, f64),
    /// The standard deviation of α, by how much all estimates may be off together, in natural logarithms of odds.
    pub shift: f64,
    /// No estimate counts as surer than this: p is kept within floor … 1 − floor.
    pub floor: f64,
}

/// What is known of one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// The probability that it fails, where there is an estimate.
    pub estimate: Option<f64>,
    /// Whether it failed, where it was in the random sample and has a result.
    pub failed: Option<bool>,
}

/// The share that fails, by each source and by both.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SharePosterior {
    /// By the sample alone.
    pub sample: Share,
    /// By the estimates alone; none where no unit has one.
    pub estimates: Option<Share>,
    /// By both; the same as by the sample where no unit has an estimate.
    pub both: Share,
    /// α by both: how far the sample moves the estimates.
    pub shift: Option<Shift>,
    /// What the estimates said of the sample before anyone opened a meter.
    pub agreement: Option<Agreement>,
}

/// By how much all estimates are off together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shift {
    /// Its expectation; positive where more fail than the estimates say.
    pub mean: f64,
    /// Its standard deviation.
    pub standard_deviation: f64,
}

/// The estimates of the sampled units against their results, before any shift.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Sampled units with an estimate.
    pub units: u64,
    /// Σ pᵢ, how many were expected to fail.
    pub expected: f64,
    /// How many failed.
    pub failed: u64,
    /// P(as many or more) by the estimates.
    pub as_many: f64,
    /// P(as few or fewer) by the estimates.
    pub as_few: f64,
}

/// α is summed from −REACH to +REACH standard deviations, so many steps to one.
const REACH: i32 = 4;
const STEPS: i32 = 25;
/// Values of α with less weight than this beside the largest are left out.
const SLIGHT: f64 = 1e-7;

/// The posterior of the share of a lot.
pub fn posterior(units: &[Known], limiting_quality: f64, assumptions: &Assumptions) -> SharePosterior {
    let lot = units.len() as u64;
    let not_good = failing_at(lot, limiting_quality);
    let (a, b) = assumptions.prior;
    let results: Vec<bool> = units.iter().filter_map(|unit| unit.failed).collect();
    let failed = results.iter().filter(|failed| **failed).count();
    let rest = Distribution::beta_binomial(
        units.len() - results.len(),
        a + failed as f64,
        b + (results.len() - failed) as f64,
    );
    let sample = rest.with(&Distribution::certain(failed)).share(lot, not_good);
    let lot_of = Estimated::new(units, assumptions);
    if lot_of.has_none() {
        return SharePosterior { sample, estimates: None, both: sample, shift: None, agreement: None };
    }
    let blind = lot_of.unopened();
    let estimates = blind.averaged(assumptions).0.share(lot, not_good);
    let (number, shift) = lot_of.averaged(assumptions);
    let agreement = lot_of.agreement();
    SharePosterior {
        sample,
        estimates: Some(estimates),
        both: number.share(lot, not_good),
        shift: Some(shift),
        agreement,
    }
}

/// The units of a lot by what is known of them.
struct Estimated {
    /// logit p of units without a result.
    open: Vec<f64>,
    /// logit p of units with one, and whether they failed.
    opened: Vec<(f64, bool)>,
    /// Units without estimate and without result.
    blank: usize,
    /// Units without estimate but with result: how many failed, how many did not.
    blank_results: (usize, usize),
}

impl Estimated {
    fn new(units: &[Known], assumptions: &Assumptions) -> Self {
        let mut lot = Self { open: Vec::new(), opened: Vec::new(), blank: 0, blank_results: (0, 0) };
        for unit in units {
            let logit = unit.estimate.filter(|p| !p.is_nan()).map(|p| {
                let p = p.clamp(assumptions.floor, 1.0 - assumptions.floor);
                libm::log(p / (1.0 - p))
            });
            match (logit, unit.failed) {
                (Some(logit), None) => lot.open.push(logit),
                (Some(logit), Some(failed)) => lot.opened.push((logit, failed)),
                (None, None) => lot.blank += 1,
                (None, Some(true)) => lot.blank_results.0 += 1,
                (None, Some(false)) => lot.blank_results.1 += 1,
            }
        }
        lot
    }

    fn has_none(&self) -> bool {
        self.open.is_empty() && self.opened.is_empty()
    }

    /// The same lot before anyone opened a meter.
    fn unopened(&self) -> Self {
        let opened = self.opened.iter().map(|(logit, _)| *logit);
        let (failed, held) = self.blank_results;
        Self {
            open: self.open.iter().copied().chain(opened).collect(),
            opened: Vec::new(),
            blank: self.blank + failed + held,
            blank_results: (0, 0),
        }
    }

    /// The beta distribution of a unit without estimate.
    fn blank_prior(&self, alpha: f64, assumptions: &Assumptions) -> (f64, f64) {
        let all = self.open.iter().copied().chain(self.opened.iter().map(|(logit, _)| *logit));
        let (sum, count) = all.fold((0.0, 0.0), |(sum, count), logit| (sum + shifted(logit, alpha), count + 1.0));
        let mean = sum / count;
        let weight = assumptions.prior.0 + assumptions.prior.1;
        (weight * mean, weight * (1.0 - mean))
    }

    /// ln of α's density beforehand and of the results given α, without constants.
    fn weight(&self, alpha: f64, assumptions: &Assumptions) -> f64 {
        let before = -alpha * alpha / (2.0 * assumptions.shift * assumptions.shift);
        let of_opened: f64 = self
            .opened
            .iter()
            .map(|(logit, failed)| {
                libm::log(shifted(if *failed { *logit } else { -*logit }, if *failed { alpha } else { -alpha }))
            })
            .sum();
        let (a, b) = self.blank_prior(alpha, assumptions);
        let (failed, held) = self.blank_results;
        let rising = |from: f64, count: usize| -> f64 { (0..count).map(|step| libm::log(from + step as f64)).sum() };
        before + of_opened + rising(a, failed) + rising(b, held) - rising(a + b, failed + held)
    }

    /// The number that fails, averaged over α, and α itself.
    fn averaged(&self, assumptions: &Assumptions) -> (Distribution, Shift) {
        let step = assumptions.shift / f64::from(STEPS);
        let alphas: Vec<(f64, f64)> = (-REACH * STEPS..=REACH * STEPS)
            .map(|place| f64::from(place) * step)
            .map(|alpha| (alpha, self.weight(alpha, assumptions)))
            .collect();
        let largest = alphas.iter().map(|(_, weight)| *weight).fold(f64::NEG_INFINITY, f64::max);
        let alphas: Vec<(f64, f64)> = alphas
            .into_iter()
            .map(|(alpha, weight)| (alpha, libm::exp(weight - largest)))
            .filter(|(_, weight)| *weight > SLIGHT)
            .collect();
        let parts: Vec<(Distribution, f64)> =
            alphas.iter().map(|(alpha, weight)| (self.number(*alpha, assumptions), *weight)).collect();
        let total: f64 = alphas.iter().map(|(_, weight)| weight).sum();
        let mean = alphas.iter().map(|(alpha, weight)| alpha * weight).sum::<f64>() / total;
        let variance =
            alphas.iter().map(|(alpha, weight)| (alpha - mean) * (alpha - mean) * weight).sum::<f64>() / total;
        (Distribution::mixture(&parts), Shift { mean, standard_deviation: libm::sqrt(variance) })
    }

    /// The number that fails, given α.
    fn number(&self, alpha: f64, assumptions: &Assumptions) -> Distribution {
        let open = Distribution::of_independent(self.open.iter().map(|logit| shifted(*logit, alpha)));
        let (failed, held) = self.blank_results;
        let known = self.opened.iter().filter(|(_, failed)| *failed).count() + failed;
        let (a, b) = self.blank_prior(alpha, assumptions);
        let blank = Distribution::beta_binomial(self.blank, a + failed as f64, b + held as f64);
        open.with(&blank).with(&Distribution::certain(known))
    }

    fn agreement(&self) -> Option<Agreement> {
        if self.opened.is_empty() {
            return None;
        }
        let probabilities: Vec<f64> = self.opened.iter().map(|(logit, _)| shifted(*logit, 0.0)).collect();
        let failed = self.opened.iter().filter(|(_, failed)| *failed).count();
        let number = Distribution::of_independent(probabilities.iter().copied());
        Some(Agreement {
            units: self.opened.len() as u64,
            expected: probabilities.iter().sum(),
            failed: failed as u64,
            as_many: number.at_least(failed),
            as_few: number.at_most(failed),
        })
    }
}

/// The probability with the logit, moved by α.
fn shifted(logit: f64, alpha: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-(logit + alpha)))
}
