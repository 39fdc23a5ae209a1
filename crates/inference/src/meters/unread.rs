//! What a home whose register stands still may have drawn, from its own voltage and those near it.
#![expect(clippy::indexing_slicing, reason = "loops over one grid, whose lengths are set on entry")]

use super::District;
use super::energy::{Energies, Splits};
use super::impedance::Impedances;
use crate::linear::{Cholesky, Matrix, add_gram};

/// What one home draws by interval, and how well that is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Unread {
    /// The expected energy of each interval.
    pub energy_kwh: Vec<f64>,
    /// The variance about it, but for what lasts for a day.
    pub variance: Vec<f64>,
    /// How far the sum of a day is off, relative to it.
    pub day_relative: f64,
}

/// How many voltages beside the home's own are looked at: those that its current moves most.
const NEIGHBOURS: usize = 6;

/// However well the days before are understood, those after a stop may be unlike them.
const LEAST_DAY: f64 = 0.2;

/// Means over `width` values about each place.
fn smooth(values: &[f64], width: usize) -> Vec<f64> {
    let mut sums = vec![0.0];
    let mut sum = 0.0;
    for value in values {
        sum += value;
        sums.push(sum);
    }
    (0..values.len())
        .map(|t| {
            let (from, to) = (t.saturating_sub(width / 2), (t + width / 2 + 1).min(values.len()));
            (sums[to] - sums[from]) / (to - from) as f64
        })
        .collect()
}

/// A voltage without gaps: the last one that was read.
fn whole(voltage: &[f64]) -> Vec<f64> {
    let mut last = voltage.iter().copied().find(|v| v.is_finite()).unwrap_or(0.0);
    voltage
        .iter()
        .map(|v| {
            if v.is_finite() {
                last = *v;
            }
            last
        })
        .collect()
}

/// The load of home `home` from interval `stop` on, by least squares: the energies it registered before, on the voltages at both ends of each interval (its own and its neighbours', without what the
/// currents of all others explain, and the head's) and on its profile. A reading of the voltage is an instant and the energy a mean over 15 minutes, so what is left depends on how busy the home is: its variance goes by the expected energy.
pub fn load(
    district: &District,
    energies: &Energies,
    impedances: &Impedances,
    home: usize,
    stop: usize,
) -> Option<Unread> {
    let intervals = energies.intervals();
    let profile = energies.usual.get(home)?.as_ref()?;
    let mut near: Vec<usize> = (0..energies.meters.rows).filter(|i| *i != home).collect();
    near.sort_by(|a, b| impedances.ohm.at(*b, home).total_cmp(&impedances.ohm.at(*a, home)));
    near.truncate(NEIGHBOURS);
    let near_count = near.len();
    if near_count == 0 {
        return None;
    }
    near.insert(0, home);
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for i in near {
        rows.push(impedances.without_others(i, home, intervals + 1));
    }
    for voltage in &district.head_voltage_v {
        rows.push(whole(voltage));
    }
    // What lasts for a day is seen with many readings: it is a feature of its own, or the noise of single readings would pull it to what was usual.
    let per_day = energies.per_day;
    let mut lasting_rows = vec![rows[0].clone(), vec![0.0; rows[0].len()]];
    for row in &rows[1..=near_count] {
        for (cell, v) in lasting_rows[1].iter_mut().zip(row) {
            *cell += v / near_count as f64;
        }
    }
    lasting_rows.extend(rows[near_count + 1..].iter().cloned());
    let slow: Vec<Vec<f64>> = lasting_rows.iter().map(|row| smooth(row, per_day)).collect();
    let features = 2 * rows.len() + slow.len() + 2;
    let mut design = Matrix::zero(features + 1, intervals);
    for (at, row) in slow.iter().enumerate() {
        let mean = row.iter().sum::<f64>() / row.len() as f64;
        for (cell, v) in design.row_mut(2 * rows.len() + at).iter_mut().zip(row) {
            *cell = v - mean;
        }
    }
    for (at, row) in rows.iter().enumerate() {
        // About its mean, so that the products lose no digits.
        let mean = row.iter().sum::<f64>() / row.len() as f64;
        for k in 0..intervals {
            design.data[2 * at * intervals + k] = row[k] - mean;
            design.data[(2 * at + 1) * intervals + k] = row[k + 1] - mean;
        }
    }
    design.row_mut(features - 2).fill(1.0);
    design.row_mut(features - 1).copy_from_slice(profile);
    design.row_mut(features).copy_from_slice(energies.meters.row(home));
    let mut gram = Matrix::zero(features + 1, features + 1);
    add_gram(&mut gram, &design, 0, stop);
    let moment: Vec<f64> = (0..features).map(|i| gram.at(features, i)).collect();
    let mut system = Matrix::zero(features, features);
    for i in 0..features {
        for j in 0..=i {
            system.add(i, j, gram.at(i, j));
        }
        // A thousandth of an observation of unit size keeps what was never seen to move at nothing.
        system.add(i, i, 1e-3);
    }
    let mut weights = moment;
    Cholesky::new(&system)?.solve(&mut weights);
    let mut expected = vec![0.0; intervals];
    for (row, weight) in weights.iter().enumerate() {
        for (cell, x) in expected.iter_mut().zip(design.row(row)) {
            *cell += weight * x;
        }
    }
    expected.iter_mut().for_each(|cell| *cell = cell.max(0.0));
    let energy = energies.meters.row(home);
    let mut rest: Vec<f64> = energy.iter().zip(&expected).map(|(e, x)| e - x).collect();
    // By days first: whole days are unknowns of their own.
    let (mut squares, mut days) = (0.0, 0.0);
    for from in (0..stop / per_day).map(|day| day * per_day) {
        let range = from..from + per_day;
        let drawn: f64 = expected[range.clone()].iter().sum();
        let part = rest[range.clone()].iter().sum::<f64>() / drawn.max(1e-9);
        squares += part * part;
        days += 1.0;
        for k in range {
            rest[k] -= part * expected[k];
        }
    }
    let splits = Splits::new((0..stop).map(|k| (expected[k], rest[k])).collect());
    // What is left may last for hours: then it counts as that much more noise in each interval.
    let block = (per_day / 8).max(1);
    let (mut together, mut alone) = (1e-12, 1e-12);
    for from in (0..stop / block).map(|b| b * block) {
        let sum: f64 = rest[from..from + block].iter().sum();
        together += sum * sum;
        alone += rest[from..from + block].iter().map(|r| r * r).sum::<f64>();
    }
    let lasting = (together / alone).clamp(1.0, block as f64);
    let day_relative = f64::sqrt(squares / f64::max(days, 1.0)).clamp(LEAST_DAY, 1.0);
    let variance = expected.iter().map(|level| lasting * splits.variance(*level)).collect();
    Some(Unread { energy_kwh: expected, variance, day_relative })
}
