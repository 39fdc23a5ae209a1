//! What may have happened to a meter within the readings: it stopped, it was bypassed, it drifts.

use serde::{Deserialize, Serialize};

use super::energy::Energies;
use super::settings::Settings;

/// Into how many stretches a day is divided for the habits of a home whose register stands still, and how far what it draws in each may be off, relative to the mean of the day.
///
/// What is off is an amount and not a part: the voltage shows least of a home that is at rest, and there a part of what is expected is nothing.
const HABITS: usize = 8;
const HABIT: f64 = 0.3;

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// The register stands still while the customer may not.
    Stop,
    /// A part of the energy goes past the meter.
    Bypass,
    /// The error moves.
    Drift,
}

/// One column that a change adds to the balance, with the prior of its coefficient.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The energy that goes with one unit of the coefficient.
    pub energy_kwh: Vec<f64>,
    /// What is expected of the coefficient.
    pub mean: f64,
    /// How well.
    pub standard_deviation: f64,
}

/// One change of one meter from one interval on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The meter's place.
    pub meter: usize,
    /// What happened.
    pub kind: Kind,
    /// The first interval of it.
    pub from: usize,
    /// Twice the logarithm of how much better the readings are explained with it.
    pub evidence: f64,
    /// Another meter to which it may have happened nearly as likely.
    #[serde(default)]
    pub rival: Option<usize>,
}

impl Change {
    /// The energy that goes with one unit of the change's coefficient: kWh missing for a stop and a bypass, percent of the energy for a drift.
    pub fn column(&self, energies: &Energies) -> Vec<f64> {
        let energy = energies.read(self.meter);
        let n = energy.len();
        match self.kind {
            Kind::Stop => {
                let unread = energies.unread.get(self.meter).and_then(Option::as_ref);
                let usual = energies.usual.get(self.meter).and_then(Option::as_ref);
                let expected = unread.map(|unread| &unread.energy_kwh).or(usual);
                let at = |k: usize| expected.and_then(|energy| energy.get(k)).copied().unwrap_or(0.0);
                (0..n).map(|k| if k < self.from { 0.0 } else { at(k) }).collect()
            }
            Kind::Bypass => energy.iter().enumerate().map(|(k, e)| if k < self.from { 0.0 } else { *e }).collect(),
            // The meter's own column is its error where the drift begins.
            Kind::Drift => energy.iter().zip(ramp(self.from, n)).map(|(e, r)| e * r / 100.0).collect(),
        }
    }

    /// All terms of the change. After a stop, what is drawn at rest and what is drawn beyond it are unknowns of their own, and each day is one: homes do not draw the same every day, and what holds of a fridge does not hold of an oven.
    pub fn terms(&self, energies: &Energies, settings: &Settings) -> Vec<Term> {
        let energy_kwh = self.column(energies);
        let (mean, standard_deviation) = self.prior(settings.drift_percent);
        if self.kind != Kind::Stop {
            return vec![Term { energy_kwh, mean, standard_deviation }];
        }
        let after = energy_kwh.get(self.from..).unwrap_or_default();
        let mut sorted = after.to_vec();
        sorted.sort_by(f64::total_cmp);
        let rest_level = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
        let rest: Vec<f64> = energy_kwh.iter().map(|e| e.min(rest_level)).collect();
        let busy: Vec<f64> = energy_kwh.iter().map(|e| (e - rest_level).max(0.0)).collect();
        let (all, active) = (energy_kwh.iter().sum::<f64>(), busy.iter().sum::<f64>());
        let day = energies.unread.get(self.meter).and_then(Option::as_ref).map_or_else(
            || energies.day_relative.get(self.meter).copied().unwrap_or(0.0).max(settings.day_relative),
            |unread| unread.day_relative,
        );
        let day = day * all / active.max(0.1 * all).max(1e-9);
        let mut terms = vec![Term { energy_kwh: rest, mean, standard_deviation }];
        for from in (self.from..energy_kwh.len()).step_by(energies.per_day) {
            let within = |k: usize| k >= from && k < from + energies.per_day;
            let energy_kwh = busy.iter().enumerate().map(|(k, e)| if within(k) { *e } else { 0.0 }).collect();
            terms.push(Term { energy_kwh, mean: 0.0, standard_deviation: day });
        }
        // Habits: the same hours of every day may be unlike what they were, and so may what is drawn at all hours.
        let level = all / after.len().max(1) as f64;
        let flat = |within: &dyn Fn(usize) -> bool| Term {
            energy_kwh: (0..energy_kwh.len()).map(|k| if k >= self.from && within(k) { level } else { 0.0 }).collect(),
            mean: 0.0,
            standard_deviation: HABIT,
        };
        for hours in 0..HABITS {
            terms.push(flat(&|k| (k % energies.per_day) * HABITS / energies.per_day == hours));
        }
        terms.push(flat(&|_| true));
        terms.push(Term { energy_kwh: busy, mean, standard_deviation });
        terms
    }

    /// How many columns there are.
    pub fn width(&self, energies: &Energies) -> usize {
        if self.kind == Kind::Stop {
            3 + HABITS + (energies.intervals() - self.from).div_ceil(energies.per_day)
        } else {
            1
        }
    }

    /// The prior of the coefficient: mean and standard deviation.
    pub fn prior(&self, drift_percent: f64) -> (f64, f64) {
        match self.kind {
            Kind::Stop => (0.5, 1.0),
            Kind::Bypass => (0.0, 2.0),
            Kind::Drift => (0.0, drift_percent),
        }
    }
}

/// Zero before, one at the end, a straight line between.
pub fn ramp(from: usize, n: usize) -> Vec<f64> {
    (0..n).map(|k| if k < from { 0.0 } else { (k - from) as f64 / (n - from) as f64 }).collect()
}
