//! The balance of a district as linear equations: columns made white, information gathered, gaps eliminated, changes looked for.
#![expect(clippy::indexing_slicing, reason = "matrices of one size, set on entry")]

use super::change::{Change, Kind, Term};
use super::energy::Energies;
use super::impedance::Impedances;
use super::knowledge::Knowledge;
use super::noise::{Noise, Whitening};
use super::physics::{Physics, Shape};
use super::posterior::{Posterior, Sites, posterior};
use super::settings::Settings;
use crate::linear::{Cholesky, Matrix, add_gram, dot};

/// The columns of one balance.
pub struct Balance<'a> {
    pub energies: &'a Energies,
    pub shapes: &'a [Shape],
    /// What voltages say of who draws more than is registered.
    impedances: Option<&'a Impedances>,
    pub settings: &'a Settings,
    /// What the loss and the clock may add to the error of each meter without a trace, in percent.
    pub systematic: Vec<f64>,
    /// Head minus customers.
    pub target: Vec<f64>,
    pub changes: Vec<Change>,
    /// What was drawn while registers were not read.
    open: Vec<Term>,
    /// What earlier readings said.
    pub earlier: Option<&'a Knowledge>,
    sites: Sites,
}

/// How well a ratio of two impedances of one home is known, however many readings there are.
const RATIO_RELATIVE: f64 = 0.05;

/// The logarithm of the odds beyond which a home's voltage confirms a bypass.
const CONFIRMED: f64 = 3.0;

/// Nobody is accused of a bypass at less than twenty thousand to one (e¹⁰) where the voltage confirms it; where it does not, the balance alone must be far beyond what noise that is not white could do.
const WITNESSED: f64 = 10.0;
const ALONE: f64 = 25.0;

/// What a home's own voltage says of a bypass.
struct Witness {
    /// The logarithm of the odds for it.
    evidence: f64,
    /// Whether it excludes a bypass of this size.
    denies: bool,
}

/// A solved balance.
pub struct Solution {
    pub posterior: Posterior,
    pub gram: Matrix,
    /// What all readings so far say of the meters and the head, without any prior of them.
    pub knowledge: Knowledge,
    pub residual: Vec<f64>,
    pub loss: Vec<f64>,
    /// Where the column of each change is.
    pub places: Vec<usize>,
    pub noise: Noise,
    /// How much more the scores of the meters vary from day to day than the noise explains.
    pub dispersion: f64,
}

impl Solution {
    /// The bypassed meters: from where on, and how much more is drawn than registered.
    pub fn bypasses(&self, changes: &[Change]) -> Vec<(usize, usize, f64)> {
        changes
            .iter()
            .zip(&self.places)
            .filter(|(change, _)| change.kind == Kind::Bypass)
            .filter_map(|(change, place)| Some((change.meter, change.from, self.posterior.mean.get(*place)?.max(0.0))))
            .collect()
    }
}

impl<'a> Balance<'a> {
    pub fn new(energies: &'a Energies, physics: &'a Physics, settings: &'a Settings) -> Self {
        let mut target = energies.head.clone();
        for row in 0..energies.meters.rows {
            for (cell, e) in target.iter_mut().zip(energies.meters.row(row)) {
                *cell -= e;
            }
        }
        let changes = energies
            .stops
            .iter()
            .enumerate()
            .filter_map(|(meter, stop)| stop.map(|from| Change { meter, kind: Kind::Stop, from, evidence: 0.0 }))
            .collect();
        let mut balance = Self {
            energies,
            shapes: &physics.shapes,
            impedances: physics.impedances.as_ref(),
            settings,
            systematic: vec![0.0; energies.meters.rows],
            target,
            changes,
            earlier: None,
            open: Vec::new(),
            sites: Sites::new(energies.meters.rows, settings.usual_percent),
        };
        balance.open = balance.open_terms();
        balance
    }

    /// The loss before any reading of the balance.
    pub fn expected_loss(&self) -> Vec<f64> {
        let mut loss = vec![0.0; self.target.len()];
        for shape in self.shapes {
            for (cell, e) in loss.iter_mut().zip(&shape.energy_kwh) {
                *cell += shape.mean * e;
            }
        }
        loss
    }

    /// The variance of what stopped customers draw, by interval.
    pub fn stopped_variance(&self) -> Vec<f64> {
        let mut variance = vec![0.0; self.target.len()];
        for change in self.changes.iter().filter(|change| change.kind == Kind::Stop) {
            if let Some(unread) = &self.energies.unread[change.meter] {
                for (cell, v) in variance.iter_mut().zip(&unread.variance).skip(change.from) {
                    *cell += v;
                }
                continue;
            }
            for (k, cell) in variance.iter_mut().enumerate().skip(change.from) {
                // Nobody sees the home any more; it may draw twice what it did.
                *cell += 4.0 * self.energies.slot_variance[change.meter][k % self.energies.per_day];
            }
        }
        variance
    }

    /// What was drawn where a register was not read at one end: each day may be unlike the profile.
    fn open_terms(&self) -> Vec<Term> {
        let intervals = self.target.len();
        let mut terms = Vec::new();
        for gap in self.energies.gaps.iter().filter(|gap| !gap.closed) {
            let Some(meter) = gap.meter else { continue };
            let energy = self.energies.meters.row(meter);
            for from in (gap.from..gap.to).step_by(self.energies.per_day) {
                let to = (from + self.energies.per_day).min(gap.to);
                let mut energy_kwh = vec![0.0; intervals];
                energy_kwh[from..to].copy_from_slice(&energy[from..to]);
                terms.push(Term {
                    energy_kwh,
                    mean: 0.0,
                    standard_deviation: self.energies.day_relative[meter].max(0.5),
                });
            }
        }
        terms
    }

    /// Where the columns of each change begin.
    pub fn places(&self) -> Vec<usize> {
        let mut next = self.energies.meters.rows + 2 + self.shapes.len() + self.open.len();
        self.changes
            .iter()
            .map(|change| {
                let place = next;
                next += change.width(self.energies);
                place
            })
            .collect()
    }

    /// All columns but the gaps, with the Gaussian priors of those that are no meters.
    ///
    /// The head's column is the energy that customers and loss explain, not the head's own reading: that reading is in the target too, and a column that shares the noise of the target explains it.
    fn columns(&self, loss: &[f64]) -> (Matrix, Vec<(f64, f64)>) {
        let (n, intervals) = (self.energies.meters.rows, self.target.len());
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(n + 16);
        for row in 0..n {
            rows.push(self.energies.meters.row(row).iter().map(|e| e / 100.0).collect());
        }
        let mut fixed = Vec::new();
        let head: Vec<f64> = self
            .energies
            .head
            .iter()
            .zip(&self.target)
            .zip(loss)
            .map(|((head, target), loss)| head - target + loss)
            .collect();
        rows.push(head.iter().map(|e| e / 100.0).collect());
        fixed.push((1.0 / (self.settings.head_percent * self.settings.head_percent), 0.0));
        // The head's clock: its power at both ends of an interval.
        let power = |t: usize| {
            0.5 * (head[t.saturating_sub(1).min(intervals - 1)] + head[t.min(intervals - 1)])
                / (self.energies.hours * 3600.0)
        };
        rows.push((0..intervals).map(|k| power(k + 1) - power(k)).collect());
        fixed.push((1.0 / (10.0 * 10.0), 0.0));
        for shape in self.shapes {
            rows.push(shape.energy_kwh.clone());
            fixed.push((1.0 / (shape.standard_deviation * shape.standard_deviation), shape.mean));
        }
        for term in &self.open {
            rows.push(term.energy_kwh.clone());
            fixed.push((1.0 / (term.standard_deviation * term.standard_deviation), term.mean));
        }
        for change in &self.changes {
            for term in change.terms(self.energies, self.settings) {
                rows.push(term.energy_kwh);
                fixed.push((1.0 / (term.standard_deviation * term.standard_deviation), term.mean));
            }
        }
        let mut matrix = Matrix::zero(rows.len(), intervals);
        for (row, values) in rows.iter().enumerate() {
            matrix.row_mut(row).copy_from_slice(values);
        }
        (matrix, fixed)
    }

    /// Solves the balance with a given noise; changes are looked for `rounds` times.
    pub fn solve(&mut self, noise: Noise, loss: &[f64], rounds: usize) -> Option<Solution> {
        let intervals = self.target.len();
        let meters = self.energies.meters.rows;
        let variances = noise.variances(self.energies, loss, &self.stopped_variance());
        let whitening = Whitening::new(&variances);
        let clock_share = {
            let mut more = variances.clone();
            let total: f64 = self.energies.clock_parts.iter().sum();
            for (cell, clock) in more.boundary.iter_mut().zip(&self.energies.clock_variance) {
                *cell += 1e-3 * noise.clock * clock;
            }
            if total > 0.0 {
                (Whitening::new(&more).log_determinant() - whitening.log_determinant()) / (1e-3 * total)
            } else {
                0.0
            }
        };
        // The trace of C⁻¹ times the covariance of boundaries of unit step.
        let resolution_share = {
            let mut more = variances;
            let extra = 1e-3 * self.energies.resolution_variance;
            for cell in &mut more.boundary {
                *cell += extra;
            }
            (Whitening::new(&more).log_determinant() - whitening.log_determinant()) / (extra * 12.0)
        };
        let (plain, mut fixed) = self.columns(loss);
        let mut white = plain.clone();
        for row in 0..white.rows {
            whitening.apply(white.row_mut(row));
        }
        let closed: Vec<_> = self.energies.gaps.iter().filter(|gap| gap.closed).collect();
        let mut gaps = Matrix::zero(closed.len() + 1, intervals);
        for (row, gap) in closed.iter().enumerate() {
            gaps.row_mut(row)[gap.from..gap.to].fill(1.0);
        }
        gaps.row_mut(closed.len()).copy_from_slice(&self.target);
        for row in 0..gaps.rows {
            whitening.apply(gaps.row_mut(row));
        }
        let mut plain_rows = plain;
        let mut all = Matrix {
            rows: white.rows + gaps.rows,
            columns: intervals,
            data: [white.data.clone(), gaps.data.clone()].concat(),
        };
        let mut full = Matrix::zero(all.rows, all.rows);
        add_gram(&mut full, &all, 0, intervals);
        let mut size = white.rows;
        let mut dispersion = 1.0;
        let mut settled = false;
        for round in 0..=rounds + 1 {
            let (raw_gram, raw_moment, eliminate) = reduced(&full, size, &closed)?;
            let shared: Vec<f64> = (0..meters)
                .map(|row| {
                    resolution_share * self.energies.steps[row] * self.energies.steps[row]
                        + clock_share * self.energies.clock_parts[row]
                })
                .collect();
            // What is taken away is an expectation: where little is known it may be more than there is.
            let mut solved = None;
            for part in [1.0, 0.7, 0.3, 0.0] {
                let (mut gram, mut moment) = (raw_gram.clone(), raw_moment.clone());
                take_shared(&mut gram, &mut moment, &shared, part);
                for cell in gram.data.iter_mut().chain(moment.iter_mut()) {
                    *cell /= dispersion;
                }
                if let Some(earlier) = self.earlier {
                    earlier.add_to(&mut gram, &mut moment);
                }
                let mut sites = self.sites.clone();
                let found = posterior(&gram, &moment, meters, &fixed, self.settings, &self.systematic, &mut sites);
                if let Some(found) = found {
                    self.sites = sites;
                    solved = Some((gram, moment, found));
                    break;
                }
            }
            let (gram, moment, found) = solved?;
            // The plain and the white residual.
            let mut residual = self.target.clone();
            for row in 0..size {
                let value = found.mean[row];
                for (cell, x) in residual.iter_mut().zip(plain_rows.row(row)) {
                    *cell -= value * x;
                }
            }
            let mut white_residual = all.row(all.rows - 1).to_vec();
            {
                let gap_means = eliminate.means(&found.mean);
                for row in 0..size {
                    let value = found.mean[row];
                    for (cell, x) in white_residual.iter_mut().zip(all.row(row)) {
                        *cell -= value * x;
                    }
                }
                for (offset, value) in gap_means.iter().enumerate() {
                    for (cell, x) in white_residual.iter_mut().zip(all.row(size + offset)) {
                        *cell -= value * x;
                    }
                }
            }
            let used = dispersion;
            dispersion = self.dispersion(&all, &white_residual, 0);
            if used > 1.5 * dispersion && round <= rounds {
                // What looked like noise is explained since: what is believed with it is not what is believed without it.
                continue;
            }
            let added = if round < rounds {
                self.next_change(&whitening, &all, &found, &white_residual, used, dispersion)
            } else {
                None
            };
            if added.is_none() && !settled {
                // Once more with what the days say of the noise.
                settled = true;
                continue;
            }
            let Some(change) = added else {
                let mut loss = vec![0.0; intervals];
                for (offset, shape) in self.shapes.iter().enumerate() {
                    let value = found.mean[meters + 2 + offset];
                    for (cell, x) in loss.iter_mut().zip(&shape.energy_kwh) {
                        *cell += value * x;
                    }
                }
                let knowledge = Knowledge::reduced(&gram, &moment, meters + 1, fixed.get(1..).unwrap_or_default())?;
                let places = self.places();
                return Some(Solution { posterior: found, gram, knowledge, residual, loss, places, noise, dispersion });
            };
            // One more column, before the gaps.
            let column = change.column(self.energies);
            let mut white_column = column.clone();
            whitening.apply(&mut white_column);
            let (mean, deviation) = change.prior(self.settings.drift_percent);
            fixed.push((1.0 / (deviation * deviation), mean));
            self.changes.push(change);
            plain_rows.data.extend(&column);
            plain_rows.rows += 1;
            let at = size * intervals;
            all.data.splice(at..at, white_column.iter().copied());
            all.rows += 1;
            let mut wider = Matrix::zero(all.rows, all.rows);
            for i in 0..all.rows {
                let from_i = if i > size { i - 1 } else { i };
                for j in 0..=i {
                    let from_j = if j > size { j - 1 } else { j };
                    let value =
                        if i == size || j == size { dot(all.row(i), all.row(j)) } else { full.at(from_i, from_j) };
                    wider.add(i, j, value);
                }
            }
            full = wider;
            size += 1;
        }
        None
    }

    /// What the home's own voltage says of a bypass of this size.
    fn witness(&self, change: &Change, estimate: f64) -> Witness {
        let seen = self.impedances.and_then(|impedances| impedances.drawn_past(change.meter, change.from));
        let Some((more, variance)) = seen else { return Witness { evidence: 0.0, denies: false } };
        let variance = variance + (RATIO_RELATIVE * (1.0 + estimate)) * (RATIO_RELATIVE * (1.0 + estimate));
        let (without, with) = (more * more / variance, (more - estimate) * (more - estimate) / variance);
        Witness { evidence: 0.5 * (without - with), denies: with > 9.0 && with > without }
    }

    /// The scores of the meters by day: their squares over what the noise lets expect. The noise that is not white shows here.
    fn dispersion(&self, all: &Matrix, white_residual: &[f64], from: usize) -> f64 {
        let per_day = self.energies.per_day;
        let days = white_residual.len() / per_day;
        let mut ratios: Vec<f64> = Vec::new();
        for meter in 0..self.energies.meters.rows {
            if self.changes.iter().any(|change| change.meter == meter) {
                continue;
            }
            let column = all.row(meter);
            let (mut squares, mut expected) = (0.0, 0.0);
            for day in from / per_day..days {
                let range = day * per_day..(day + 1) * per_day;
                let x = &column[range.clone()];
                let v = dot(x, x);
                let s = dot(x, &white_residual[range]);
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
    fn next_change(
        &self,
        whitening: &Whitening,
        all: &Matrix,
        found: &Posterior,
        white_residual: &[f64],
        dispersion_used: f64,
        dispersion: f64,
    ) -> Option<Change> {
        let intervals = self.target.len();
        let per_day = self.energies.per_day;
        let days = intervals / per_day;
        let mut candidates: Vec<Change> = Vec::new();
        for meter in 0..self.energies.meters.rows {
            let column = all.row(meter);
            let known = |kind: Kind| {
                self.changes
                    .iter()
                    .any(|change| change.meter == meter && (change.kind == kind || change.kind == Kind::Stop))
            };
            let mut score: Vec<(f64, f64)> = Vec::with_capacity(days);
            for day in 0..days {
                let range = day * per_day..(day + 1) * per_day;
                let x = &column[range.clone()];
                score.push((dot(x, &white_residual[range]), dot(x, x)));
            }
            // Days at the end that were not read say nothing of what is drawn past the meter.
            let read = self.energies.read_until(meter) / per_day;
            if !known(Kind::Bypass) {
                let (mut s, mut v) = (0.0, 0.0);
                let mut best = (0.0, 0);
                for day in (2..read).rev() {
                    s += score[day].0;
                    v += score[day].1;
                    if s > 0.0 && read - day >= 2 && s * s / v > best.0 {
                        best = (s * s / v, day);
                    }
                }
                if best.0 > 8.0 {
                    candidates.push(Change { meter, kind: Kind::Bypass, from: best.1 * per_day, evidence: best.0 });
                }
            }
            if !known(Kind::Drift) && !known(Kind::Bypass) {
                let total: f64 = score.iter().map(|(_, v)| v).sum();
                for start in [0, days / 4, days / 2] {
                    let r: Vec<f64> = ramp_days(start, days);
                    let center = score.iter().zip(&r).map(|((_, v), r)| v * r).sum::<f64>() / total.max(1e-300);
                    let s: f64 = score.iter().zip(&r).map(|((s, _), r)| s * (r - center)).sum();
                    let v: f64 = score.iter().zip(&r).map(|((_, v), r)| v * (r - center) * (r - center)).sum();
                    if v > 0.0 && s * s / v > 4.0 {
                        candidates.push(Change {
                            meter,
                            kind: Kind::Drift,
                            from: start * per_day,
                            evidence: s * s / v,
                        });
                    }
                }
            }
        }
        candidates.sort_by(|a, b| b.evidence.total_cmp(&a.evidence));
        let size = found.mean.len();
        let mut best: Option<Change> = None;
        for mut change in candidates.into_iter().take(12) {
            let mut column = change.column(self.energies);
            whitening.apply(&mut column);
            let products: Vec<f64> = (0..size).map(|row| dot(all.row(row), &column)).collect();
            // The covariance is already that of the dispersed noise.
            let mut seen = dot(&column, &column) / dispersion_used;
            let shifts: Vec<f64> =
                (0..size).map(|row| dot(found.covariance.row(row), &products) / dispersion_used).collect();
            for (product, shift) in products.iter().zip(&shifts) {
                seen -= product * shift / dispersion_used;
            }
            if seen.is_nan() || seen <= 0.0 {
                continue;
            }
            let (_, deviation) = change.prior(self.settings.drift_percent);
            let prior_variance = deviation * deviation;
            let estimate = dot(&column, white_residual) / dispersion_used / (seen + 1.0 / prior_variance);
            let gain = |seen: f64, score: f64| {
                0.5 * score * score / (seen + 1.0 / prior_variance) - 0.5 * libm::log(1.0 + seen * prior_variance)
            };
            let odds = libm::log(match change.kind {
                Kind::Drift => self.settings.drift_share / 3.0,
                _ => self.settings.bypass_share / days as f64,
            });
            if gain(seen, dot(&column, white_residual) / dispersion_used) + odds < -1.0 {
                continue;
            }
            // What the days say of the noise once the change and what all others make of it are taken out; before, the change itself would look like noise.
            let mut after = white_residual.to_vec();
            for (cell, x) in after.iter_mut().zip(&column) {
                *cell -= estimate * x;
            }
            for (row, shift) in shifts.iter().enumerate() {
                for (cell, x) in after.iter_mut().zip(all.row(row)) {
                    *cell += estimate * shift * x;
                }
            }
            let (mut squares, mut weights, mut counted) = (0.0, 0.0, 0.0);
            for day in change.from / per_day..days {
                let range = day * per_day..(day + 1) * per_day;
                let x = &column[range.clone()];
                let s = dot(x, &after[range]);
                squares += s * s;
                weights += dot(x, x);
                counted += 1.0;
            }
            let own = squares / weights.max(1e-300) * counted / (counted - 1.0_f64).max(1.0);
            let dispersion = self.dispersion(all, &after, change.from).max(own);
            let seen = seen * dispersion_used / dispersion;
            let score = dot(&column, white_residual) / dispersion;
            let estimate = score / (seen + 1.0 / prior_variance);
            let plausible = change.kind == Kind::Drift || estimate > 0.1;
            change.evidence = gain(seen, score) + odds;
            // Odds of evens for a drift.
            let mut asked = 0.0;
            if change.kind == Kind::Bypass {
                // Who goes past the meter registers less: the days before and after say how much less.
                let energy = self.energies.meters.row(change.meter);
                let mean = |range: &[f64]| range.iter().sum::<f64>() / range.len().max(1) as f64;
                let (before, after) = (mean(&energy[..change.from]), mean(&energy[change.from..]));
                let fall = libm::log((after + 1e-6) / (before + 1e-6));
                let expected = -libm::log(1.0 + estimate.max(0.0));
                let spread = 0.3;
                let witness = self.witness(&change, estimate);
                change.evidence += witness.evidence;
                if witness.denies {
                    continue;
                }
                asked = if witness.evidence > CONFIRMED { WITNESSED } else { ALONE };
                change.evidence += (fall * fall - (fall - expected) * (fall - expected)) / (2.0 * spread * spread);
            }
            if plausible && change.evidence > asked && best.is_none_or(|other| change.evidence > other.evidence) {
                best = Some(change);
            }
        }
        if let Some(change) = best.as_mut().filter(|change| change.kind == Kind::Bypass) {
            // The day is known; the hour is where the sum of what the step explains is least.
            let column = {
                let mut column = self.energies.meters.row(change.meter).to_vec();
                whitening.apply(&mut column);
                column
            };
            let from = change.from;
            let tail = from..intervals;
            let estimate =
                dot(&column[tail.clone()], &white_residual[tail.clone()]) / dot(&column[tail.clone()], &column[tail]);
            let (low, high) = (from.saturating_sub(per_day), (from + per_day).min(intervals));
            let (mut sum, mut best_gain) = (0.0, (f64::NEG_INFINITY, from));
            for k in (low..high).rev() {
                let gain = estimate * column[k] * white_residual[k] - 0.5 * estimate * estimate * column[k] * column[k];
                sum += gain;
                if sum > best_gain.0 {
                    best_gain = (sum, k);
                }
            }
            change.from = best_gain.1;
        }
        best
    }
}

fn ramp_days(start: usize, days: usize) -> Vec<f64> {
    super::change::ramp(start, days)
}

/// The resolution of a register is in its own column, in that of the head, which is a sum of registers, and with the other sign in the target: what that adds to the information is known and taken away.
fn take_shared(gram: &mut Matrix, moment: &mut [f64], shared: &[f64], part: f64) {
    let head = shared.len();
    for (row, shared) in shared.iter().enumerate() {
        let taken = part * (shared / 1e4).min(0.9 * gram.at(row, row));
        gram.add(row, row, -taken);
        gram.add(head, row, -taken);
        gram.add(head, head, -taken);
        moment[row] += taken * 100.0;
        moment[head] += taken * 100.0;
    }
}

struct Eliminated {
    factor: Option<Cholesky>,
    cross: Matrix,
    moment: Vec<f64>,
}

impl Eliminated {
    fn means(&self, mean: &[f64]) -> Vec<f64> {
        let Some(factor) = &self.factor else { return Vec::new() };
        let mut right: Vec<f64> =
            (0..self.cross.rows).map(|gap| dot(self.cross.row(gap), mean) - self.moment[gap]).collect();
        factor.solve(&mut right);
        right
    }
}

/// The information on all columns before the gaps. A known sum takes variance away: its column has a negative prior precision.
fn reduced(full: &Matrix, size: usize, gaps: &[&super::energy::Gap]) -> Option<(Matrix, Vec<f64>, Eliminated)> {
    let count = gaps.len();
    let last = full.rows - 1;
    let mut gram = Matrix::zero(size, size);
    for i in 0..size {
        for j in 0..=i {
            gram.add(i, j, full.at(i, j));
        }
    }
    let mut moment: Vec<f64> = (0..size).map(|i| full.at(last, i)).collect();
    if count == 0 {
        return Some((gram, moment, Eliminated { factor: None, cross: Matrix::zero(0, size), moment: Vec::new() }));
    }
    let mut kept = Matrix::zero(count, count);
    let mut cross = Matrix::zero(count, size);
    let mut gap_moment = vec![0.0; count];
    for (g, gap) in gaps.iter().enumerate() {
        for h in 0..=g {
            kept.add(g, h, -full.at(size + g, size + h));
        }
        // A little more than the bridge needs, so that rounding cannot make it negative.
        kept.add(g, g, (gap.to - gap.from) as f64 / gap.variance * (1.0 + 1e-6) + 1e-9);
        for j in 0..size {
            cross.add(g, j, full.at(size + g, j));
        }
        gap_moment[g] = full.at(last, size + g);
    }
    let factor = Cholesky::new(&kept)?;
    // Columns solved by L: rows of `half` are L⁻¹ (cross | moment).
    let mut half = Matrix::zero(size, count);
    for j in 0..size {
        let mut column: Vec<f64> = (0..count).map(|g| cross.at(g, j)).collect();
        factor.forward(&mut column);
        half.row_mut(j).copy_from_slice(&column);
    }
    let mut half_moment = gap_moment.clone();
    factor.forward(&mut half_moment);
    for (i, cell) in moment.iter_mut().enumerate() {
        for j in 0..=i {
            gram.add(i, j, dot(half.row(i), half.row(j)));
        }
        *cell += dot(half.row(i), &half_moment);
    }
    Some((gram, moment, Eliminated { factor: Some(factor), cross, moment: gap_moment }))
}
