//! The balance of a district as linear equations: columns made white, information gathered, gaps eliminated, changes looked for.
#![expect(clippy::indexing_slicing, reason = "matrices of one size, set on entry")]

use super::change::{Change, Kind, Term};
use super::drift;
use super::elimination::{about_mean, reduced, take_shared};
use super::energy::Energies;
use super::impedance::Impedances;
use super::knowledge::Knowledge;
use super::noise::{Noise, Whitening};
use super::physics::{Physics, Shape};
use super::posterior::{Own, Posterior, Sites, posterior};
use super::search::{self, Search};
use super::settings::Settings;
use super::shared::Shared;
use super::still;
use crate::linear::{Matrix, dot};
use crate::rows::{self, Rows};

/// The columns of one balance.
pub struct Balance<'a> {
    pub energies: &'a Energies,
    pub shapes: &'a [Shape],
    /// What voltages say of who draws more than is registered.
    impedances: Option<&'a Impedances>,
    pub settings: &'a Settings,
    /// What is known of each meter alone.
    pub own: Vec<Own>,
    /// Head minus customers.
    pub target: Vec<f64>,
    pub changes: Vec<Change>,
    /// What was drawn while registers were not read.
    open: Vec<Term>,
    /// What earlier readings said.
    pub earlier: Option<&'a Knowledge>,
    sites: Sites,
    /// The variance of what stopped customers draw, by interval.
    pub stopped_variance: Vec<f64>,
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
            .filter_map(|(meter, stop)| {
                stop.map(|from| Change { meter, kind: Kind::Stop, from, evidence: 0.0, rival: None })
            })
            .collect();
        let mut balance = Self {
            energies,
            shapes: &physics.shapes,
            impedances: physics.impedances.as_ref(),
            settings,
            own: vec![Own::default(); energies.meters.rows],
            target,
            changes,
            earlier: None,
            open: Vec::new(),
            sites: Sites::new(energies.meters.rows, settings.usual_percent),
            stopped_variance: Vec::new(),
        };
        balance.open = balance.open_terms();
        balance.open.extend(still::terms(energies));
        balance.stopped_variance = balance.expected_stopped_variance();
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

    /// What is known of that variance before the balance is looked at.
    pub fn expected_stopped_variance(&self) -> Vec<f64> {
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

    /// All columns but the gaps, with the Gaussian priors of those that are no meters, and room for as many columns more.
    ///
    /// The head's column is the energy that customers and loss explain, not the head's own reading: that reading is in the target too, and a column that shares the noise of the target explains it.
    fn columns(&self, loss: &[f64], room: usize) -> (Matrix, Vec<(f64, f64)>) {
        let (n, intervals) = (self.energies.meters.rows, self.target.len());
        let changed: usize = self.changes.iter().map(|change| change.width(self.energies)).sum();
        let count = n + 2 + self.shapes.len() + self.open.len() + changed;
        let mut data: Vec<f64> = Vec::with_capacity((count + room) * intervals);
        data.extend(self.energies.meters.data.iter().map(|e| e / 100.0));
        let mut fixed = Vec::new();
        let head: Vec<f64> = self
            .energies
            .head
            .iter()
            .zip(&self.target)
            .zip(loss)
            .map(|((head, target), loss)| head - target + loss)
            .collect();
        data.extend(head.iter().map(|e| e / 100.0));
        fixed.push((1.0 / (self.settings.head_percent * self.settings.head_percent), 0.0));
        // The head's clock: its power at both ends of an interval.
        let power = |t: usize| {
            0.5 * (head[t.saturating_sub(1).min(intervals - 1)] + head[t.min(intervals - 1)])
                / (self.energies.hours * 3600.0)
        };
        data.extend((0..intervals).map(|k| power(k + 1) - power(k)));
        fixed.push((1.0 / (10.0 * 10.0), 0.0));
        for shape in self.shapes {
            data.extend_from_slice(&shape.energy_kwh);
            fixed.push((1.0 / (shape.standard_deviation * shape.standard_deviation), shape.mean));
        }
        let mut term = |term: &Term| {
            data.extend_from_slice(&term.energy_kwh);
            fixed.push((1.0 / (term.standard_deviation * term.standard_deviation), term.mean));
        };
        self.open.iter().for_each(&mut term);
        for change in &self.changes {
            change.terms(self.energies, self.settings).iter().for_each(&mut term);
        }
        (Matrix { rows: count, columns: intervals, data }, fixed)
    }

    /// What each register's steps, and what its clock leaves, put into the columns.
    fn shared(&self, resolution_share: f64, clock_share: f64) -> Vec<Shared> {
        let meters = self.energies.meters.rows;
        let of = |row: usize| {
            let step = self.energies.steps[row];
            let mut columns = vec![(row, 0.01), (meters, 0.01)];
            for (offset, shape) in self.shapes.iter().enumerate() {
                columns.extend(shape.follows.get(row).map(|slope| (meters + 2 + offset, *slope)));
            }
            Shared { trace: resolution_share * step * step + clock_share * self.energies.clock_parts[row], columns }
        };
        (0..meters).map(of).collect()
    }

    /// Solves the balance with a given noise; changes are looked for `rounds` times.
    pub fn solve(&mut self, noise: Noise, loss: &[f64], rounds: usize) -> Option<Solution> {
        let intervals = self.target.len();
        let meters = self.energies.meters.rows;
        let variances = noise.variances(self.energies, loss, &self.stopped_variance);
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
        let closed: Vec<_> = self.energies.gaps.iter().filter(|gap| gap.closed).collect();
        let (mut all, mut fixed) = self.columns(loss, closed.len() + 1 + rounds);
        let mut size = all.rows;
        for gap in &closed {
            let within = |k: usize| if (gap.from..gap.to).contains(&k) { 1.0 } else { 0.0 };
            all.data.extend((0..intervals).map(within));
        }
        all.data.extend_from_slice(&self.target);
        all.rows += closed.len() + 1;
        for row in 0..all.rows {
            whitening.apply(all.row_mut(row));
        }
        let mut full = rows::gram(&Rows::of(&all));
        let squares = search::squares(&all, meters, self.energies.per_day);
        let mut dispersion = 1.0;
        let mut settled = false;
        for round in 0..=rounds + 1 {
            let (raw_gram, raw_moment, eliminate) = reduced(&full, size, &closed)?;
            let shared = self.shared(resolution_share, clock_share);
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
                let found = posterior(&gram, &moment, meters, &fixed, self.settings, &self.own, &mut sites);
                if let Some(found) = found {
                    self.sites = sites;
                    solved = Some((gram, moment, found));
                    break;
                }
            }
            let (gram, moment, found) = solved?;
            let mut white_residual = all.row(all.rows - 1).to_vec();
            // What is left with what was drawn in gaps, beside what their sums let expect.
            let with_gaps = {
                let gap_means = eliminate.means(&found.mean);
                for row in 0..size {
                    let value = found.mean[row];
                    for (cell, x) in white_residual.iter_mut().zip(all.row(row)) {
                        *cell -= value * x;
                    }
                }
                let with_gaps = white_residual.clone();
                for (offset, value) in gap_means.iter().enumerate() {
                    for (cell, x) in white_residual.iter_mut().zip(all.row(size + offset)) {
                        *cell -= value * x;
                    }
                }
                with_gaps
            };
            let used = dispersion;
            let search = Search {
                energies: self.energies,
                impedances: self.impedances,
                settings: self.settings,
                changes: &self.changes,
                whitening: &whitening,
                all: &all,
                squares: &squares,
                found: &found,
                own: &self.own,
                white_residual: &white_residual,
                used,
            };
            dispersion = search.dispersion(&white_residual, 0);
            if used > 1.5 * dispersion && round <= rounds {
                // What looked like noise is explained since: what is believed with it is not what is believed without it.
                continue;
            }
            let added = if round < rounds { search.next_change() } else { None };
            if added.is_none() && !settled && round <= rounds {
                // Once more with what the days say of the noise; the last look stands as it is.
                settled = true;
                continue;
            }
            let Some(change) = added else {
                let mut residual = with_gaps;
                whitening.undo(&mut residual);
                let mut loss = vec![0.0; intervals];
                for (offset, shape) in self.shapes.iter().enumerate() {
                    let value = found.mean[meters + 2 + offset];
                    for (cell, x) in loss.iter_mut().zip(&shape.energy_kwh) {
                        *cell += value * x;
                    }
                }
                let places = self.places();
                let (mut kept, mut kept_moment) = (gram.clone(), moment);
                for meter in 0..meters {
                    if let Some((place, part)) = drift::of_mean(&self.changes, &places, meter, self.energies) {
                        about_mean(&mut kept, &mut kept_moment, meter, place, part);
                    }
                }
                let knowledge =
                    Knowledge::reduced(&kept, &kept_moment, meters + 1, fixed.get(1..).unwrap_or_default())?;
                return Some(Solution { posterior: found, gram, knowledge, residual, loss, places, noise, dispersion });
            };
            // One more column, before the gaps.
            let mut white_column = change.column(self.energies);
            whitening.apply(&mut white_column);
            let (mean, deviation) = change.prior(self.settings.drift_percent);
            fixed.push((1.0 / (deviation * deviation), mean));
            self.changes.push(change);
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
}
