//! The loss between the head and the customers, from impedances that the voltages teach.
#![expect(clippy::indexing_slicing, reason = "loops over one grid, whose lengths are set on entry")]

use super::District;
use super::energy::Energies;
use super::impedance::{Impedances, Learning};
use super::noise::{Noise, Variances};
use super::settings::Settings;
use super::unread;
use crate::linear::{Matrix, dot};
use crate::rows::{self, Rows};

/// One shape of the loss, with what is known of its coefficient.
#[derive(Debug, Clone)]
pub struct Shape {
    pub name: &'static str,
    pub energy_kwh: Vec<f64>,
    pub mean: f64,
    pub standard_deviation: f64,
    /// How it follows the energy of each meter: the mean slope over the intervals, as they weigh in the balance. Nothing where it does not.
    pub follows: Vec<f64>,
}

/// What is known of a district's lines.
#[derive(Debug, Clone)]
pub struct Physics {
    /// The shapes whose sum is the loss.
    pub shapes: Vec<Shape>,
    /// What one more percent of each meter's energy adds to the loss, as percent of that energy.
    pub marginal_percent: Vec<f64>,
    /// The impedances, where there are voltages.
    pub impedances: Option<Impedances>,
}

const NOMINAL_V: f64 = 230.0;

/// Where no voltage says who causes the loss, what a customer adds to it is unknown by about its own size: twice the usual percent, and as such only a part of this is taken as unknown ([`Settings::own_loss_relative`]).
const UNSEEN_PERCENT: f64 = 20.0;

fn currents_of(district: &District, energies: &Energies) -> Matrix {
    let mut currents = Matrix::zero(energies.meters.rows, energies.intervals());
    for row in 0..currents.rows {
        current_of(district, energies, row, currents.row_mut(row));
    }
    currents
}

/// The current of one home, with what is drawn in place of what is registered where that is known to differ.
fn current_of(district: &District, energies: &Energies, row: usize, current: &mut [f64]) {
    let voltage = &district.meters[row].voltage_v;
    let unregistered = energies.stops[row].zip(energies.usual[row].as_ref());
    let energy = energies.meters.row(row);
    let at = |t: usize| voltage.get(t).copied().filter(|v| v.is_finite() && *v > 50.0).unwrap_or(NOMINAL_V);
    let mut before = at(0);
    for (k, cell) in current.iter_mut().enumerate() {
        let after = at(k + 1);
        let kwh = match unregistered {
            Some((stop, usual)) if k >= stop => {
                energies.unread[row].as_ref().map_or(usual[k], |read| read.energy_kwh[k])
            }
            _ => match energies.bypassed[row] {
                Some((from, more)) if k >= from => energy[k] * (1.0 + more),
                _ => energy[k],
            },
        };
        *cell = kwh / energies.hours * 1000.0 / (0.5 * (before + after));
        before = after;
    }
}

/// How much each interval weighs in the balance, of all, with the noise as it is guessed first.
fn weights(energies: &Energies, loss_kwh: &[f64]) -> Vec<f64> {
    let Variances { boundary, interval } = Noise::first().variances(energies, loss_kwh, &vec![0.0; loss_kwh.len()]);
    let precision = |k: usize| 1.0 / (interval[k] + boundary[k] + boundary[k + 1]);
    let all: f64 = (0..interval.len()).map(precision).sum();
    (0..interval.len()).map(|k| precision(k) / all).collect()
}

/// The slope of a product of two phases for a customer of one of them, or of both where they are the same.
fn of_phase(phase: Option<u8>, slopes: &[(usize, f64); 2]) -> f64 {
    let own = usize::from(phase.unwrap_or(0)).min(3);
    slopes.iter().filter(|(of, _)| *of == own).map(|(_, slope)| slope).sum()
}

/// What the voltages and the registers say of the lines and their loss; what was learnt earlier is corrected where the current of a home changed since.
pub fn physics(
    district: &District,
    energies: &mut Energies,
    settings: &Settings,
    earlier: Option<Learning>,
    changed: &dyn Fn(usize) -> bool,
) -> Physics {
    let intervals = energies.intervals();
    // The meters' own consumption, and what spikes within intervals cost on average.
    let mean_kw = energies.head.iter().sum::<f64>() / (intervals as f64 * energies.hours);
    let mut shapes = vec![Shape {
        name: "constant",
        energy_kwh: vec![energies.hours; intervals],
        mean: 0.0,
        standard_deviation: 0.001 * energies.meters.rows as f64 + 0.001 * mean_kw,
        follows: Vec::new(),
    }];
    let mut currents = currents_of(district, energies);
    let kwh = energies.hours / 1000.0;
    let mut marginal = vec![0.0; energies.meters.rows];
    let learnt = match earlier {
        Some(mut learning) => {
            for home in 0..energies.meters.rows {
                if changed(home) {
                    learning.replace(home, currents.row(home));
                }
            }
            Some(learning)
        }
        None => Learning::new(district, &currents),
    };
    let learnt = learnt.and_then(|learning| Some(Impedances { ohm: learning.impedances()?, learning }));
    if let Some(known) = &learnt {
        let impedance = &known.ohm;
        for home in 0..energies.meters.rows {
            if let Some(stop) = energies.stops[home] {
                energies.unread[home] = unread::load(district, energies, known, home, stop);
            }
        }
        for home in (0..energies.meters.rows).filter(|home| energies.unread[*home].is_some()) {
            current_of(district, energies, home, currents.row_mut(home));
        }
        let n = currents.rows;
        let ordered: Vec<f64> =
            rows::quadratic(&Rows::of(&currents), impedance).into_iter().map(|watt| watt * kwh).collect();
        let weights = weights(energies, &ordered);
        let usual: Vec<f64> = (0..n).map(|row| dot(currents.row(row), &weights)).collect();
        for (row, (cell, watt)) in marginal.iter_mut().zip(known.shares_w(&currents)).enumerate() {
            let registered: f64 = energies.meters.row(row).iter().sum();
            // One more kilowatt-hour of this customer costs twice its share of the loss.
            *cell = 200.0 * (watt * intervals as f64 * kwh / registered.max(1e-9)).max(0.0);
            if known.learning.is_blind(row) {
                *cell = cell.max(UNSEEN_PERCENT);
            }
        }
        let (mut within, mut level) = (vec![0.0; intervals], vec![0.0; intervals]);
        for row in 0..n {
            let own = impedance.at(row, row).max(0.0);
            let current = currents.row(row);
            for k in 0..intervals {
                let before = current[k.saturating_sub(1)];
                let after = current[(k + 1).min(intervals - 1)];
                let square =
                    (current[k] - before) * (current[k] - before) + (after - current[k]) * (after - current[k]);
                within[k] += 0.5 * own * square * kwh;
                level[k] += own * current[k] * kwh;
            }
        }
        shapes.push(Shape {
            name: "impedance",
            energy_kwh: ordered,
            mean: 1.0,
            standard_deviation: settings.loss_relative,
            follows: (0..n).map(|row| 2.0 * dot(impedance.row(row), &usual) / NOMINAL_V).collect(),
        });
        shapes.push(Shape {
            name: "within",
            energy_kwh: within,
            mean: 0.1,
            standard_deviation: 0.2,
            follows: Vec::new(),
        });
        shapes.push(Shape {
            name: "level",
            energy_kwh: level,
            mean: 1.0,
            standard_deviation: 2.0,
            follows: (0..n).map(|row| impedance.at(row, row).max(0.0) / NOMINAL_V).collect(),
        });
        // Trunks carry the sums of the phases; what the learnt impedances get wrong for all customers alike has these shapes.
        let mut phases = vec![vec![0.0; intervals]; 4];
        for (row, meter) in district.meters.iter().enumerate() {
            let phase = usize::from(meter.phase.unwrap_or(0));
            for (cell, current) in phases[phase.min(3)].iter_mut().zip(currents.row(row)) {
                *cell += current;
            }
        }
        let head = energies.head.iter().sum::<f64>();
        for p in 0..4 {
            for q in p..4 {
                let product: Vec<f64> = phases[p].iter().zip(&phases[q]).map(|(a, b)| a * b).collect();
                let total: f64 = product.iter().sum();
                if total > 0.0 {
                    let scale = head / total;
                    let ampere = scale * 1000.0 / (energies.hours * NOMINAL_V);
                    let slopes = [(p, ampere * dot(&phases[q], &weights)), (q, ampere * dot(&phases[p], &weights))];
                    shapes.push(Shape {
                        name: "trunk",
                        energy_kwh: product.iter().map(|x| x * scale).collect(),
                        mean: 0.0,
                        standard_deviation: settings.square_relative,
                        follows: district.meters.iter().map(|meter| of_phase(meter.phase, &slopes)).collect(),
                    });
                }
            }
        }
    } else {
        let mean = energies.head.iter().sum::<f64>() / intervals.max(1) as f64;
        marginal.fill(UNSEEN_PERCENT);
        let weights = weights(energies, &vec![0.0; intervals]);
        let square: Vec<f64> = energies.head.iter().map(|e| e * e / mean.max(1e-9)).collect();
        shapes.push(Shape {
            name: "square",
            energy_kwh: square,
            mean: 0.01,
            standard_deviation: 0.01,
            follows: Vec::new(),
        });
        for phase in 1..=3 {
            let mut sum = vec![0.0; intervals];
            for (row, meter) in district.meters.iter().enumerate() {
                if meter.phase == Some(phase) {
                    for (cell, e) in sum.iter_mut().zip(energies.meters.row(row)) {
                        *cell += e;
                    }
                }
            }
            if dot(&sum, &sum) > 0.0 {
                let slope = 2.0 * dot(&sum, &weights) / mean.max(1e-9);
                shapes.push(Shape {
                    name: "phase",
                    energy_kwh: sum.iter().map(|e| e * e / mean.max(1e-9)).collect(),
                    mean: 0.0,
                    standard_deviation: 0.02,
                    follows: district
                        .meters
                        .iter()
                        .map(|meter| if meter.phase == Some(phase) { slope } else { 0.0 })
                        .collect(),
                });
            }
        }
    }
    Physics { shapes, marginal_percent: marginal, impedances: learnt }
}
