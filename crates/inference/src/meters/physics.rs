//! The loss between the head and the customers, from impedances that the voltages teach.
#![expect(clippy::indexing_slicing, reason = "loops over one grid, whose lengths are set on entry")]

use super::District;
use super::energy::Energies;
use crate::linear::{Cholesky, Matrix, add_gram, cross, dot};

/// One shape of the loss, with what is known of its coefficient.
#[derive(Debug, Clone)]
pub struct Shape {
    pub name: &'static str,
    pub energy_kwh: Vec<f64>,
    pub mean: f64,
    pub standard_deviation: f64,
}

const NOMINAL_V: f64 = 230.0;

pub fn currents(district: &District, energies: &Energies) -> Matrix {
    let (n, intervals) = (energies.meters.rows, energies.intervals());
    let mut currents = Matrix::zero(n, intervals);
    for row in 0..n {
        let voltage = &district.meters[row].voltage_v;
        let unregistered = energies.stops[row].zip(energies.usual[row].as_ref());
        let energy = energies.meters.row(row);
        for (k, cell) in currents.row_mut(row).iter_mut().enumerate() {
            let at = |t: usize| voltage.get(t).copied().filter(|v| v.is_finite() && *v > 50.0).unwrap_or(NOMINAL_V);
            let kwh = match unregistered {
                Some((stop, usual)) if k >= stop => usual[k],
                _ => energy[k],
            };
            *cell = kwh / energies.hours * 1000.0 / (0.5 * (at(k) + at(k + 1)));
        }
    }
    currents
}

/// The impedances between all pairs of customers: how far the voltage at one falls with the current of another.
pub fn impedances(district: &District, currents: &Matrix) -> Option<Matrix> {
    let n = currents.rows;
    let heads = district.head_voltage_v.len();
    if heads == 0 || district.meters.iter().any(|meter| meter.voltage_v.is_empty()) {
        return None;
    }
    let intervals = currents.columns;
    let stride = if intervals > 20 * n {
        1
    } else if intervals > 12 * n {
        2
    } else {
        1
    };
    let times: Vec<usize> = (1..intervals)
        .filter(|t| t % stride == 0 && district.head_voltage_v.iter().all(|v| v[*t].is_finite()))
        .collect();
    if times.len() < 4 * n {
        return None;
    }
    let center = |values: &mut [f64]| {
        let (sum, count) = values.iter().filter(|v| v.is_finite()).fold((0.0, 0.0), |(s, c), v| (s + v, c + 1.0));
        for value in values.iter_mut() {
            *value = if value.is_finite() { *value - sum / f64::max(count, 1.0) } else { 0.0 };
        }
    };
    let mut design = Matrix::zero(n + heads, times.len());
    for row in 0..n {
        let current = currents.row(row);
        let cells = design.row_mut(row);
        for (cell, t) in cells.iter_mut().zip(&times) {
            *cell = 0.5 * (current[t - 1] + current[*t]);
        }
        center(cells);
    }
    for (head, voltage) in district.head_voltage_v.iter().enumerate() {
        let cells = design.row_mut(n + head);
        for (cell, t) in cells.iter_mut().zip(&times) {
            *cell = voltage[*t];
        }
        center(cells);
    }
    let mut voltages = Matrix::zero(n, times.len());
    for (row, meter) in district.meters.iter().enumerate() {
        let cells = voltages.row_mut(row);
        for (cell, t) in cells.iter_mut().zip(&times) {
            *cell = meter.voltage_v[*t];
        }
        center(cells);
    }
    let mut gram = Matrix::zero(n + heads, n + heads);
    add_gram(&mut gram, &design, 0, times.len());
    // Impedances of low-voltage lines are tenths of an ohm; a voltage is known to a few tenths of a volt beside what 15 minutes hide.
    let (line_ohm, seen_v): (f64, f64) = (0.3, 0.5);
    for row in 0..n {
        gram.add(row, row, seen_v * seen_v / (line_ohm * line_ohm));
    }
    for row in n..n + heads {
        gram.add(row, row, 1e-6);
    }
    let factor = Cholesky::new(&gram)?;
    let mut solved = cross(&voltages, &design);
    let mut impedance = Matrix::zero(n, n);
    for row in 0..n {
        factor.solve(solved.row_mut(row));
        for column in 0..n {
            impedance.add(row, column, -solved.at(row, column));
        }
    }
    let phases: Vec<u8> = district.meters.iter().map(|meter| meter.phase.unwrap_or(0)).collect();
    let inverse = factor.inverse();
    // What is common to the voltages of one phase and no current explains.
    let mut common = [0.0; 4];
    for (phase, cell) in common.iter_mut().enumerate() {
        let rows: Vec<usize> = (0..n).filter(|i| usize::from(phases[*i]) == phase).collect();
        if rows.is_empty() {
            continue;
        }
        let mut residual = vec![0.0; times.len()];
        let mut coefficients = vec![0.0; n + heads];
        for row in &rows {
            for (sum, v) in residual.iter_mut().zip(voltages.row(*row)) {
                *sum += v / rows.len() as f64;
            }
            for (sum, c) in coefficients.iter_mut().zip(solved.row(*row)) {
                *sum += c / rows.len() as f64;
            }
        }
        for (row, c) in coefficients.iter().enumerate() {
            for (sum, x) in residual.iter_mut().zip(design.row(row)) {
                *sum -= c * x;
            }
        }
        *cell = dot(&residual, &residual) / times.len() as f64;
    }
    let noise: Vec<f64> = (0..n).map(|j| inverse.at(j, j)).collect();
    reciprocate(&mut impedance, &phases, &common, &noise);
    Some(impedance)
}

/// Lets the impedances obey reciprocity where it costs nothing. What the home of one customer does within 15 minutes disturbs the voltages of all others alike, so the noise of the estimates is
/// common to a column (over all voltages of one phase), while the mean of a row is well known. By reciprocity the mean of a column is that of its row; the difference, but for its mean, is noise.
fn reciprocate(impedance: &mut Matrix, phases: &[u8], common: &[f64; 4], noise: &[f64]) {
    let n = phases.len();
    for p in 0..=3_u8 {
        for q in 0..=3_u8 {
            let rows: Vec<usize> = (0..n).filter(|i| phases[*i] == p).collect();
            let columns: Vec<usize> = (0..n).filter(|j| phases[*j] == q).collect();
            if rows.len() < 2 || columns.len() < 2 {
                continue;
            }
            // The row means of the mirrored block must be those from before any correction of it, so pairs are corrected one at a time.
            let mean = |j: usize, row: bool| {
                let others = rows.iter().filter(|i| **i != j);
                let count = others.clone().count().max(1) as f64;
                others.map(|i| if row { impedance.at(j, *i) } else { impedance.at(*i, j) }).sum::<f64>() / count
            };
            let differences: Vec<f64> = columns.iter().map(|j| mean(*j, false) - mean(*j, true)).collect();
            let center = differences.iter().sum::<f64>() / differences.len() as f64;
            let seen = differences.iter().map(|d| (d - center) * (d - center)).sum::<f64>() / differences.len() as f64;
            let expected =
                columns.iter().map(|j| common[usize::from(p)] * noise[*j]).sum::<f64>() / columns.len() as f64;
            // Lines of unlike reactance are not quite reciprocal in voltages: what exceeds the noise stays.
            let part = (expected / seen.max(1e-30)).min(1.0);
            for (j, difference) in columns.iter().zip(&differences) {
                for i in &rows {
                    impedance.add(*i, *j, -part * (difference - center));
                }
            }
        }
    }
}

/// The shapes whose sum is the loss, and what one more percent of each meter's energy adds to it, as percent of that energy.
pub fn shapes(
    district: &District,
    energies: &Energies,
    loss_relative: f64,
    square_relative: f64,
) -> (Vec<Shape>, Vec<f64>) {
    let intervals = energies.intervals();
    // The meters' own consumption, and what spikes within intervals cost on average.
    let mean_kw = energies.head.iter().sum::<f64>() / (intervals as f64 * energies.hours);
    let mut shapes = vec![Shape {
        name: "constant",
        energy_kwh: vec![energies.hours; intervals],
        mean: 0.0,
        standard_deviation: 0.001 * energies.meters.rows as f64 + 0.001 * mean_kw,
    }];
    let currents = currents(district, energies);
    let kwh = energies.hours / 1000.0;
    let mut marginal = vec![0.0; energies.meters.rows];
    if let Some(impedance) = impedances(district, &currents) {
        let n = currents.rows;
        let mut ordered = vec![0.0; intervals];
        // By stretches of a day the current columns stay near.
        let mut transposed = Matrix::zero(intervals, n);
        for row in 0..n {
            for (k, value) in currents.row(row).iter().enumerate() {
                transposed.data[k * n + row] = *value;
            }
        }
        let drops = cross(&impedance, &transposed);
        for (row, cell) in marginal.iter_mut().enumerate() {
            let registered: f64 = energies.meters.row(row).iter().sum();
            // One more kilowatt-hour of this customer costs twice its share of the loss.
            *cell = 200.0 * (dot(drops.row(row), currents.row(row)) * kwh / registered.max(1e-9)).max(0.0);
            for ((cell, drop), current) in ordered.iter_mut().zip(drops.row(row)).zip(currents.row(row)) {
                *cell += drop * current * kwh;
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
        shapes.push(Shape { name: "impedance", energy_kwh: ordered, mean: 1.0, standard_deviation: loss_relative });
        shapes.push(Shape { name: "within", energy_kwh: within, mean: 0.1, standard_deviation: 0.2 });
        shapes.push(Shape { name: "level", energy_kwh: level, mean: 1.0, standard_deviation: 2.0 });
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
                    shapes.push(Shape {
                        name: "trunk",
                        energy_kwh: product.iter().map(|x| x * scale).collect(),
                        mean: 0.0,
                        standard_deviation: square_relative,
                    });
                }
            }
        }
    } else {
        let mean = energies.head.iter().sum::<f64>() / intervals.max(1) as f64;
        // Without voltages nobody knows who causes the loss; twice its usual percent or two, and that only by a third, is several times as uncertain.
        marginal.fill(5.0);
        let square: Vec<f64> = energies.head.iter().map(|e| e * e / mean.max(1e-9)).collect();
        shapes.push(Shape { name: "square", energy_kwh: square, mean: 0.01, standard_deviation: 0.01 });
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
                shapes.push(Shape {
                    name: "phase",
                    energy_kwh: sum.iter().map(|e| e * e / mean.max(1e-9)).collect(),
                    mean: 0.0,
                    standard_deviation: 0.02,
                });
            }
        }
    }
    (shapes, marginal)
}
