//! What may have happened to a meter within the readings: it stopped, it was bypassed, it drifts.

use serde::{Deserialize, Serialize};

use super::energy::Energies;

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
}

impl Change {
    /// The energy that goes with one unit of the change's coefficient: kWh missing for a stop and a bypass, percent of the energy for a drift.
    pub fn column(&self, energies: &Energies) -> Vec<f64> {
        let energy = energies.meters.row(self.meter);
        let n = energy.len();
        match self.kind {
            Kind::Stop => {
                let usual = energies.usual.get(self.meter).and_then(Option::as_ref);
                (0..n)
                    .map(
                        |k| {
                            if k < self.from {
                                0.0
                            } else {
                                usual.and_then(|usual| usual.get(k)).copied().unwrap_or(0.0)
                            }
                        },
                    )
                    .collect()
            }
            Kind::Bypass => energy.iter().enumerate().map(|(k, e)| if k < self.from { 0.0 } else { *e }).collect(),
            Kind::Drift => {
                let ramp = ramp(self.from, n);
                let total: f64 = energy.iter().sum();
                // Weighed by energy, so that the meter's own column stays its mean error.
                let center = energy.iter().zip(&ramp).map(|(e, r)| e * r).sum::<f64>() / total.max(1e-9);
                energy.iter().zip(&ramp).map(|(e, r)| e * (r - center) / 100.0).collect()
            }
        }
    }

    /// All columns of the change: its own, and for a stop one for each day after it, for homes do not draw the same every day.
    pub fn columns(&self, energies: &Energies) -> Vec<Vec<f64>> {
        let column = self.column(energies);
        let mut columns = Vec::new();
        if self.kind == Kind::Stop {
            let mut from = self.from;
            while from < column.len() {
                let to = (from + energies.per_day).min(column.len());
                columns.push(
                    column
                        .iter()
                        .enumerate()
                        .map(|(k, value)| if k >= from && k < to { *value } else { 0.0 })
                        .collect(),
                );
                from = to;
            }
        }
        columns.insert(0, column);
        columns
    }

    /// How many columns there are.
    pub fn width(&self, energies: &Energies) -> usize {
        if self.kind == Kind::Stop { 1 + (energies.intervals() - self.from).div_ceil(energies.per_day) } else { 1 }
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
