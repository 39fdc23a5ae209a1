//! Looking for what happened to meters in what a solved balance leaves unexplained.
#![expect(clippy::indexing_slicing, reason = "matrices of one size, set where the balance is built")]

use super::change::{Change, Kind, ramp};
use super::drift::{Beside, Seen};
use super::energy::Energies;
use super::impedance::Impedances;
use super::noise::Whitening;
use super::posterior::{Own, Part, Posterior, prior};
use super::settings::Settings;
use crate::linear::{Matrix, dot};

/// How well a ratio of two impedances of one home is known, however many readings there are.
const RATIO_RELATIVE: f64 = 0.05;

/// The share of drifts that begin within the readings.
const BEGINS_WITHIN: f64 = 0.1;

/// How many candidates of each kind are looked at closely.
const LOOKED_AT: usize = 10;

/// The logarithm of the odds beyond which a home's voltage confirms a bypass.
const CONFIRMED: f64 = 3.0;

/// Nobody is accused of a bypass at less than twenty thousand to one (e¹⁰) where the voltage confirms it; where it does not, the balance alone must be far beyond what noise that is not white could do.
const WITNESSED: f64 = 10.0;
const ALONE: f64 = 25.0;

/// Two bypasses that begin within so many days of each other explain the same.
const SAME_DAYS: usize = 3;

/// Longer intervals and fewer days show no habits by which one home is told from another.
const BYPASS_STEP_H: f64 = 1.0;
const LEAST_DAYS: usize = 14;

/// The logarithm of the odds against a change below which a first look is enough: a second, which knows the start of a drift to be a usual one, may find more by that of twenty to one and the spread of what is not usual.
const FAR: f64 = 6.0;

/// What a home's own voltage says of a bypass.
struct Witness {
    /// The logarithm of the odds for it.
    evidence: f64,
    /// Whether it excludes a bypass of this size.
    denies: bool,
}

/// A solved balance and what it leaves.
pub struct Search<'a> {
    pub energies: &'a Energies,
    pub impedances: Option<&'a Impedances>,
    pub settings: &'a Settings,
    /// What is known to have happened.
    pub changes: &'a [Change],
    pub whitening: &'a Whitening,
    /// The white columns, those of the meters first.
    pub all: &'a Matrix,
    /// What the noise lets expect of the squares of the scores of the meters, by day.
    pub squares: &'a Matrix,
    pub found: &'a Posterior,
    /// What is known of each meter alone.
    pub own: &'a [Own],
    pub white_residual: &'a [f64],
    /// How much more the scores vary than the noise explains: what the solution was found with.
    pub used: f64,
}

/// A candidate with its evidence, and whether that is enough.
struct Judged {
    change: Change,
    enough: bool,
}

/// A candidate as it looks at first sight: its white column and what it explains.
struct Candidate {
    change: Change,
    column: Vec<f64>,
    score: f64,
}

/// The squares of the white columns of the meters, by day: one row for each meter.
pub fn squares(all: &Matrix, meters: usize, per_day: usize) -> Matrix {
    let days = all.columns / per_day;
    let mut squares = Matrix::zero(meters, days);
    for meter in 0..meters {
        for (day, x) in all.row(meter).chunks_exact(per_day).enumerate() {
            squares.add(meter, day, dot(x, x));
        }
    }
    squares
}

impl Search<'_> {
    fn days(&self) -> usize {
        self.white_residual.len() / self.energies.per_day
    }

    fn day(&self, day: usize) -> std::ops::Range<usize> {
        day * self.energies.per_day..(day + 1) * self.energies.per_day
    }

    /// The scores of the meters by day, from an interval on: their squares over what the noise lets expect. The noise that is not white shows here.
    pub fn dispersion(&self, white_residual: &[f64], from: usize) -> f64 {
        let mut ratios: Vec<f64> = Vec::new();
        for meter in 0..self.energies.meters.rows {
            if self.changes.iter().any(|change| change.meter == meter) {
                continue;
            }
            let column = self.all.row(meter);
            let (mut squares, mut expected) = (0.0, 0.0);
            for day in from / self.energies.per_day..self.days() {
                let x = &column[self.day(day)];
                let v = self.squares.at(meter, day);
                let s = dot(x, &white_residual[self.day(day)]);
                squares += (s * s).min(25.0 * v);
                expected += v;
            }
            if expected > 0.0 {
                ratios.push(squares / expected);
            }
        }
        // Fitting takes a little away: what is fitted are at most all meters, of all intervals.
        let freedom = 1.0 - (ratios.len() as f64 / white_residual.len() as f64).min(0.5);
        (ratios.iter().sum::<f64>() / (ratios.len().max(1) as f64) / freedom).max(1.0)
    }

    /// The change that the residual asks for most, if it asks for any.
    pub fn next_change(&self) -> Option<Change> {
        let (mut best, mut rivals): (Option<Change>, Vec<Change>) = (None, Vec::new());
        for candidate in self.candidates() {
            let Some(Judged { change, enough }) = self.judged(candidate) else { continue };
            if change.kind == Kind::Bypass {
                rivals.push(change);
            }
            if enough && best.is_none_or(|other| change.evidence > other.evidence) {
                best = Some(change);
            }
        }
        if let Some(change) = best.as_mut().filter(|change| change.kind == Kind::Bypass) {
            change.rival = self.rival(change, &rivals);
            change.from = self.hour(change);
        }
        best
    }

    /// Another meter that would have been bypassed on about the same day nearly as likely: then nobody can say which of the two it is.
    fn rival(&self, best: &Change, others: &[Change]) -> Option<usize> {
        let near = |other: &&Change| {
            other.meter != best.meter
                && other.from.abs_diff(best.from) <= SAME_DAYS * self.energies.per_day
                && best.evidence - other.evidence < WITNESSED
        };
        let nearest = others.iter().filter(near).max_by(|a, b| a.evidence.total_cmp(&b.evidence));
        nearest.map(|other| other.meter)
    }

    /// What stands out at first sight, the most of each kind.
    fn candidates(&self) -> Vec<Candidate> {
        let (mut bypasses, mut drifts) = (Vec::new(), Vec::new());
        for meter in 0..self.energies.meters.rows {
            let column = self.all.row(meter);
            let known = |kind: Kind| {
                self.changes
                    .iter()
                    .any(|change| change.meter == meter && (change.kind == kind || change.kind == Kind::Stop))
            };
            let scores: Vec<(f64, f64)> = (0..self.days())
                .map(|day| {
                    let x = &column[self.day(day)];
                    (dot(x, &self.white_residual[self.day(day)]), self.squares.at(meter, day))
                })
                .collect();
            if !known(Kind::Bypass) {
                bypasses.extend(self.bypass_of(meter, &scores));
                if !known(Kind::Drift) {
                    drifts.extend(self.drifts_of(meter, &scores));
                }
            }
        }
        if self.energies.hours > BYPASS_STEP_H || self.days() < LEAST_DAYS {
            bypasses.clear();
        }
        // Without voltages the loss is not known well enough to tell it from an error that moves.
        if self.days() < LEAST_DAYS || self.impedances.is_none() {
            drifts.clear();
        }
        for kind in [&mut bypasses, &mut drifts] {
            kind.sort_by(|a: &Change, b: &Change| b.evidence.total_cmp(&a.evidence));
            kind.truncate(LOOKED_AT);
        }
        bypasses.into_iter().chain(drifts).map(|change| self.candidate(change)).collect()
    }

    fn candidate(&self, change: Change) -> Candidate {
        let mut column = change.column(self.energies);
        self.whitening.apply(&mut column);
        let score = dot(&column, self.white_residual) / self.used;
        Candidate { change, column, score }
    }

    /// The day from which on more is missing in proportion to what the meter registers.
    fn bypass_of(&self, meter: usize, scores: &[(f64, f64)]) -> Option<Change> {
        // Days at the end that were not read say nothing of what is drawn past the meter.
        let read = self.energies.read_until(meter) / self.energies.per_day;
        let (mut s, mut v) = (0.0, 0.0);
        let mut best = (0.0, 0);
        for day in (2..read.min(scores.len())).rev() {
            s += scores[day].0;
            v += scores[day].1;
            if s > 0.0 && read - day >= 2 && s * s / v > best.0 {
                best = (s * s / v, day);
            }
        }
        let from = best.1 * self.energies.per_day;
        (best.0 > 8.0).then_some(Change { meter, kind: Kind::Bypass, from, evidence: best.0, rival: None })
    }

    /// Drifts as the scores of the days show them, from a start that is a usual one.
    fn drifts_of(&self, meter: usize, scores: &[(f64, f64)]) -> Vec<Change> {
        let days = scores.len();
        let usual = self.used / (self.found.usual_percent * self.found.usual_percent);
        [0, days / 4]
            .into_iter()
            .filter_map(|start| {
                let r = ramp(start, days);
                let sum = |term: &dyn Fn(f64, f64, f64) -> f64| -> f64 {
                    scores.iter().zip(&r).map(|((s, v), r)| term(*s, *v, *r)).sum()
                };
                let both = sum(&|_, v, r| v * r);
                let v = sum(&|_, v, r| v * r * r) - both * both / (sum(&|_, v, _| v) + usual);
                let s = sum(&|s, _, r| s * r);
                let evidence = s * s / (v * self.left(meter));
                let from = start * self.energies.per_day;
                (evidence > 4.0).then_some(Change { meter, kind: Kind::Drift, from, evidence, rival: None })
            })
            .collect()
    }

    /// What is left of the information on a meter once all others are unknown; of that on a change of it about the same part is left.
    fn left(&self, meter: usize) -> f64 {
        let own: f64 = self.squares.row(meter).iter().sum();
        (self.used / (self.found.covariance.at(meter, meter) * own).max(1e-300)).min(1.0)
    }

    /// The logarithm of the prior odds of a change.
    fn odds(&self, change: &Change) -> f64 {
        libm::log(match change.kind {
            // What wears does so all the time; that it begins within a few weeks of readings is the exception.
            Kind::Drift if change.from == 0 => self.settings.drift_share * (1.0 - BEGINS_WITHIN),
            Kind::Drift => self.settings.drift_share * BEGINS_WITHIN,
            _ => self.settings.bypass_share / self.days().max(1) as f64,
        })
    }

    /// The change with its evidence, and whether that is enough: the marginal likelihood, its odds, what the register says of it and, for a bypass, what the voltage says.
    fn judged(&self, candidate: Candidate) -> Option<Judged> {
        let Candidate { mut change, column, score } = candidate;
        let (_, deviation) = change.prior(self.settings.drift_percent);
        let prior_variance = deviation * deviation;
        let odds = self.odds(&change);
        let gain = |seen: f64, score: f64| {
            0.5 * score * score / (seen + 1.0 / prior_variance) - 0.5 * libm::log(1.0 + seen * prior_variance)
        };
        let plain = dot(&column, &column) / self.used;
        // Most candidates need no closer look.
        let far = if change.kind == Kind::Drift { FAR } else { 2.0 };
        if gain(plain * self.left(change.meter), score) + odds < -far {
            return None;
        }
        let size = self.found.mean.len();
        let products: Vec<f64> = (0..size).map(|row| dot(self.all.row(row), &column)).collect();
        // The covariance is already that of the dispersed noise.
        let shifts: Vec<f64> =
            (0..size).map(|row| dot(self.found.covariance.row(row), &products) / self.used).collect();
        let seen = plain - dot(&products, &shifts) / self.used;
        if seen.is_nan() || seen <= 0.0 {
            return None;
        }
        let moves = self.moves(change.meter, shifts.get(change.meter).copied().unwrap_or(0.0), seen, score);
        let first = if change.kind == Kind::Drift { self.factor(moves, &change) } else { gain(seen, score) };
        if first + odds < -1.0 {
            return None;
        }
        let dispersion = self.dispersion_after(&change, &column, &shifts, score / (seen + 1.0 / prior_variance));
        let (seen, score) = (seen * self.used / dispersion, score * self.used / dispersion);
        let estimate = score / (seen + 1.0 / prior_variance);
        change.evidence = odds
            + match change.kind {
                Kind::Drift => self.factor(moves.dispersed(dispersion / self.used), &change),
                _ => gain(seen, score),
            };
        let enough = match change.kind {
            Kind::Bypass => {
                let witness = self.witness(&change, estimate);
                change.evidence += witness.evidence + self.fall(&change, estimate);
                let asked = if witness.evidence > CONFIRMED { WITNESSED } else { ALONE };
                if estimate <= 0.1 || witness.denies {
                    return None;
                }
                change.evidence > asked
            }
            // Odds of evens for a drift, and no other change that would look like one.
            _ => change.evidence > 0.0 && !self.is_echo(&change, gain(seen, score)),
        };
        Some(Judged { change, enough })
    }

    /// Whether the error of a meter moves when another meter stops or is bypassed rather than evenly: what is not understood of that home is then put down to this one.
    fn is_echo(&self, drift: &Change, gained: f64) -> bool {
        let variance = self.settings.drift_percent * self.settings.drift_percent;
        let energy = self.energies.read(drift.meter);
        let others = self.changes.iter().filter(|change| change.kind != Kind::Drift && change.from > drift.from);
        let gains = others.map(|change| {
            let step = |(k, e): (usize, &f64)| if k < change.from { 0.0 } else { e / 100.0 };
            let mut column: Vec<f64> = energy.iter().enumerate().map(step).collect();
            self.whitening.apply(&mut column);
            let products: Vec<f64> = (0..self.found.mean.len()).map(|row| dot(self.all.row(row), &column)).collect();
            let known = |row: usize| dot(self.found.covariance.row(row), &products) * products[row];
            let seen = dot(&column, &column) / self.used
                - (0..products.len()).map(known).sum::<f64>() / (self.used * self.used);
            let score = dot(&column, self.white_residual) / self.used;
            0.5 * score * score / (seen + 1.0 / variance) - 0.5 * libm::log(1.0 + seen.max(0.0) * variance)
        });
        gains.fold(f64::NEG_INFINITY, f64::max) > gained
    }

    /// What is seen of the error of a meter at the start and of its drift.
    fn moves(&self, meter: usize, fall: f64, seen: f64, score: f64) -> Seen {
        let marginal = &self.found.marginals[meter];
        let hidden = self.own[meter].systematic_percent;
        Seen::new(&Beside {
            variance: self.found.covariance.at(meter, meter),
            mean: self.found.mean[meter],
            cavity_precision: 1.0 / (marginal.data_variance - hidden * hidden),
            cavity_mean: marginal.data_mean,
            fall,
            seen,
            score,
        })
    }

    /// The logarithm of how much better a drift of this meter explains what is seen than an error that stays.
    fn factor(&self, seen: Seen, change: &Change) -> f64 {
        let own = &self.own[change.meter];
        let hidden = own.systematic_percent * own.systematic_percent;
        let prior = prior(own.certified.as_ref(), self.found.usual_percent, self.settings)
            .map(|part| Part { variance: part.variance + hidden, ..part });
        seen.factor(&prior, self.settings.drift_percent, self.settings.least_drift_percent)
    }

    /// What the days say of the noise once the change and what all others make of it are taken out; before, the change itself would look like noise.
    fn dispersion_after(&self, change: &Change, column: &[f64], shifts: &[f64], estimate: f64) -> f64 {
        // Days before the change are not asked.
        let tail = change.from / self.energies.per_day * self.energies.per_day..column.len();
        let mut after = self.white_residual.to_vec();
        let rest = &mut after[tail.clone()];
        for (cell, x) in rest.iter_mut().zip(&column[tail.clone()]) {
            *cell -= estimate * x;
        }
        for (row, shift) in shifts.iter().enumerate() {
            for (cell, x) in rest.iter_mut().zip(&self.all.row(row)[tail.clone()]) {
                *cell += estimate * shift * x;
            }
        }
        let (mut squares, mut weights, mut counted) = (0.0, 0.0, 0.0);
        for day in change.from / self.energies.per_day..self.days() {
            let x = &column[self.day(day)];
            let s = dot(x, &after[self.day(day)]);
            squares += s * s;
            weights += dot(x, x);
            counted += 1.0;
        }
        let own = squares / weights.max(1e-300) * counted / (counted - 1.0_f64).max(1.0);
        self.dispersion(&after, change.from).max(own)
    }

    /// What the home's own voltage says of a bypass of this size.
    fn witness(&self, change: &Change, estimate: f64) -> Witness {
        let seen = self.impedances.and_then(|impedances| impedances.drawn_past(change.meter, change.from));
        let Some((more, variance)) = seen else { return Witness { evidence: 0.0, denies: false } };
        let variance = variance + (RATIO_RELATIVE * (1.0 + estimate)) * (RATIO_RELATIVE * (1.0 + estimate));
        let (without, with) = (more * more / variance, (more - estimate) * (more - estimate) / variance);
        Witness { evidence: 0.5 * (without - with), denies: with > 9.0 && with > without }
    }

    /// Who goes past the meter registers less: the days before and after say how much less.
    fn fall(&self, change: &Change, estimate: f64) -> f64 {
        let energy = self.energies.meters.row(change.meter);
        let mean = |range: &[f64]| range.iter().sum::<f64>() / range.len().max(1) as f64;
        let (before, after) = (mean(&energy[..change.from]), mean(&energy[change.from..]));
        let fall = libm::log((after + 1e-6) / (before + 1e-6));
        let expected = -libm::log(1.0 + estimate.max(0.0));
        let spread = 0.3;
        (fall * fall - (fall - expected) * (fall - expected)) / (2.0 * spread * spread)
    }

    /// The day of a bypass is known; the hour is where the sum of what the step explains is largest.
    fn hour(&self, change: &Change) -> usize {
        let mut column = self.energies.meters.row(change.meter).to_vec();
        self.whitening.apply(&mut column);
        let tail = change.from..column.len();
        let seen = dot(&column[tail.clone()], &column[tail.clone()]);
        let estimate = dot(&column[tail.clone()], &self.white_residual[tail]) / seen;
        let per_day = self.energies.per_day;
        let (low, high) = (change.from.saturating_sub(per_day), (change.from + per_day).min(column.len()));
        let (mut sum, mut best) = (0.0, (f64::NEG_INFINITY, change.from));
        for k in (low..high).rev() {
            let x = estimate * column[k];
            sum += x * self.white_residual[k] - 0.5 * x * x;
            if sum > best.0 {
                best = (sum, k);
            }
        }
        best.1
    }
}
