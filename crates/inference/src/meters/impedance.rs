//! The impedances between all pairs of customers, learnt from their voltages and currents under reciprocity.
#![expect(clippy::indexing_slicing, reason = "matrices of one size, set on entry")]

use super::District;
use crate::eigen;
use crate::linear::{Cholesky, Matrix, add_gram, cross, cross_symmetric, dot};
use crate::rows::{self, Rows};

/// Impedances of low-voltage lines are tenths of an ohm.
const LINE_OHM: f64 = 0.2;

/// The standard deviation that no voltage is better known than: what rounding and gain leave.
const SEEN_V: f64 = 0.1;

/// The standard deviation that stands for a voltage that is hardly known.
const UNREAD_V: f64 = 1000.0;

/// Fewer than one reading of so many boundaries are hardly any.
const SEEN_OF: usize = 4;

fn is_blind(voltage: &[f64], boundaries: usize) -> bool {
    SEEN_OF * voltage.iter().filter(|v| v.is_finite() && **v > 50.0).count() < boundaries
}

/// The head's voltages about their means, and how much of others they explain.
#[derive(Debug, Clone)]
struct Head {
    voltages: Matrix,
    factor: Cholesky,
}

fn centre(values: &mut [f64]) {
    let (sum, count) = values.iter().filter(|v| v.is_finite()).fold((0.0, 0.0), |(s, c), v| (s + v, c + 1.0));
    for value in values.iter_mut() {
        *value = if value.is_finite() { *value - sum / f64::max(count, 1.0) } else { 0.0 };
    }
}

impl Head {
    fn new(mut voltages: Matrix) -> Option<Self> {
        for row in 0..voltages.rows {
            centre(voltages.row_mut(row));
        }
        let mut gram = Matrix::zero(voltages.rows, voltages.rows);
        add_gram(&mut gram, &voltages, 0, voltages.columns);
        for row in 0..voltages.rows {
            gram.add(row, row, 1e-6);
        }
        let factor = Cholesky::new(&gram)?;
        Some(Self { voltages, factor })
    }

    /// Takes away what the head's voltages explain.
    fn take_from(&self, values: &mut [f64]) {
        let mut shares: Vec<f64> = (0..self.voltages.rows).map(|row| dot(self.voltages.row(row), values)).collect();
        self.factor.solve(&mut shares);
        for (row, share) in shares.iter().enumerate() {
            for (cell, value) in values.iter_mut().zip(self.voltages.row(row)) {
                *cell -= share * value;
            }
        }
    }
}

/// Voltages and currents of a district with their products: what impedances are learnt from. A current that turns out to be another is replaced without the others.
#[derive(Debug, Clone)]
pub struct Learning {
    /// The boundaries that the columns stand for.
    times: Vec<usize>,
    head: Head,
    phases: Vec<u8>,
    /// Homes whose own voltage is hardly known: what others feel of them has to do.
    blind: Vec<bool>,
    /// About their means and without what the head's voltages explain.
    currents: Rows,
    voltages: Rows,
    /// G = I Iᵀ.
    gram: Matrix,
    /// C = −V Iᵀ.
    moment: Matrix,
    /// V Vᵀ.
    squares: Matrix,
}

/// What the voltages taught.
#[derive(Debug, Clone)]
pub struct Impedances {
    /// How far the voltage at one customer falls with the current of another.
    pub ohm: Matrix,
    pub learning: Learning,
}

impl Learning {
    /// Nothing where there are no voltages or too few.
    pub fn new(district: &District, currents: &Matrix) -> Option<Self> {
        let n = currents.rows;
        let heads = &district.head_voltage_v;
        let blind: Vec<bool> =
            district.meters.iter().map(|meter| is_blind(&meter.voltage_v, currents.columns)).collect();
        if heads.is_empty() || 2 * blind.iter().filter(|blind| **blind).count() > n {
            return None;
        }
        let times: Vec<usize> =
            (1..currents.columns).filter(|t| heads.iter().all(|v| v.get(*t).is_some_and(|v| v.is_finite()))).collect();
        if times.len() < 4 * n {
            return None;
        }
        let mut head_voltages = Matrix::zero(heads.len(), times.len());
        for (row, voltage) in heads.iter().enumerate() {
            for (cell, t) in head_voltages.row_mut(row).iter_mut().zip(&times) {
                *cell = voltage[*t];
            }
        }
        let head = Head::new(head_voltages)?;
        let mut learning = Self {
            currents: Rows::zero(n, times.len()),
            voltages: Rows::zero(n, times.len()),
            phases: district.meters.iter().map(|meter| meter.phase.unwrap_or(0)).collect(),
            blind,
            gram: Matrix::default(),
            moment: Matrix::default(),
            squares: Matrix::default(),
            times,
            head,
        };
        for (row, meter) in district.meters.iter().enumerate() {
            let mut voltage: Vec<f64> =
                learning.times.iter().map(|t| meter.voltage_v.get(*t).copied().unwrap_or(f64::NAN)).collect();
            centre(&mut voltage);
            learning.head.take_from(&mut voltage);
            learning.voltages.set(row, &voltage);
            learning.set_current(row, currents.row(row));
        }
        learning.gram = rows::gram(&learning.currents);
        mirrored(&mut learning.gram);
        learning.squares = rows::gram(&learning.voltages);
        mirrored(&mut learning.squares);
        learning.moment = rows::cross(&learning.voltages, &learning.currents);
        learning.moment.data.iter_mut().for_each(|cell| *cell = -*cell);
        Some(learning)
    }

    /// Whether the own voltage of a home is hardly known.
    pub fn is_blind(&self, home: usize) -> bool {
        self.blind.get(home).copied().unwrap_or(true)
    }

    /// A reading of the voltage stands between two intervals.
    fn set_current(&mut self, home: usize, current: &[f64]) {
        let mut values: Vec<f64> = self.times.iter().map(|t| 0.5 * (current[t - 1] + current[*t])).collect();
        centre(&mut values);
        self.head.take_from(&mut values);
        self.currents.set(home, &values);
    }

    /// Replaces the current of one home.
    pub fn replace(&mut self, home: usize, current: &[f64]) {
        self.set_current(home, current);
        for (other, value) in rows::with_row(&self.currents, &self.currents, home).into_iter().enumerate() {
            self.gram.data[home * self.gram.columns + other] = value;
            self.gram.data[other * self.gram.columns + home] = value;
        }
        for (voltage, value) in rows::with_row(&self.voltages, &self.currents, home).into_iter().enumerate() {
            self.moment.data[voltage * self.moment.columns + home] = -value;
        }
    }

    /// How far the voltage at one customer falls with the current of another, in ohm.
    ///
    /// The voltages are V = −Z I + η. What homes draw at the instant of a reading differs from their mean over the intervals, and disturbs all voltages of a phase alike: Ω = cov η is far from diagonal. With the same
    /// currents in all equations ordinary least squares would not mind; with Z = Zᵀ it does, for the mean of a row is well known and that of a column is not. The symmetric Z with the least
    /// tr Ω⁻¹(V + Z I)(V + Z I)ᵀ obeys Ω⁻¹ Z G + G Z Ω⁻¹ = Ω⁻¹ C + Cᵀ Ω⁻¹ (G = I Iᵀ, C = −V Iᵀ), which is solved in the common eigenvectors of G and Ω⁻¹. λ prior observations hold Z near the means of the phases.
    ///
    /// Between phases Z is not quite reciprocal in voltages (reactance turns with the angle between the phases); the loss IᵀZI sees the symmetric part only.
    pub fn impedances(&self) -> Option<Matrix> {
        let n = self.gram.rows;
        let count = self.times.len() as f64;
        // Row by row first, for the noise and the means.
        let typical = (0..n).map(|i| self.squares.at(i, i)).sum::<f64>() / (count * n as f64);
        let ridge = (0.25 * typical / (LINE_OHM * LINE_OHM)).max(1e-6);
        let mut system = self.gram.clone();
        for i in 0..n {
            system.add(i, i, ridge);
        }
        let factor = Cholesky::new(&system)?;
        let mut first = self.moment.clone();
        for row in 0..n {
            factor.solve(first.row_mut(row));
        }
        // Ω from the products that are there already: (V + Z I)(V + Z I)ᵀ = V Vᵀ − Z Cᵀ − C Zᵀ + Z G Zᵀ.
        let mut noise = self.squares.clone();
        let by_moment = cross(&first, &self.moment);
        // The gram is symmetric: its rows are its columns.
        let by_gram = cross_symmetric(&cross(&first, &self.gram), &first);
        for i in 0..n {
            for j in 0..n {
                noise.add(i, j, by_gram.at(i, j) - by_moment.at(i, j) - by_moment.at(j, i));
            }
        }
        let mean_variance = (0..n).map(|i| noise.at(i, i)).sum::<f64>() / n as f64 / count;
        for cell in &mut noise.data {
            *cell /= count;
        }
        // Fewer readings than twice the customers would make Ω singular: a part of it is taken as independent.
        let alone = SEEN_V * SEEN_V + mean_variance * 0.05 * n as f64 / count;
        for i in 0..n {
            noise.add(i, i, alone);
        }
        // A voltage that was not read is no voltage that does not move.
        for i in (0..n).filter(|i| self.is_blind(*i)) {
            noise.add(i, i, UNREAD_V * UNREAD_V);
        }
        let means = means(&first, &self.phases, &self.blind);
        let ridge = (mean_variance / (LINE_OHM * LINE_OHM)).max(1e-6);
        let mut moment = self.moment.clone();
        let mut gram = self.gram.clone();
        for (cell, mean) in moment.data.iter_mut().zip(&means.data) {
            *cell += ridge * mean;
        }
        for i in 0..n {
            gram.add(i, i, ridge);
        }
        reciprocal(&gram, &moment, &noise)
    }
}

impl Impedances {
    /// How much more a home draws from a boundary on than it did before, relative to what its meter registers, with its variance: its own voltage falls by what is drawn, registered or not.
    ///
    /// The residual e = V + Z I has the slope δ on the home's own current, and Z_ii − δ is the impedance that the registered current seems to have; it grows by the part that is not registered.
    pub fn drawn_past(&self, home: usize, from: usize) -> Option<(f64, f64)> {
        let Learning { times, currents, voltages, .. } = &self.learning;
        let current = currents.row(home);
        let mut rest = voltages.row(home);
        for (j, ohm) in self.ohm.row(home).iter().enumerate() {
            currents.add_to(&mut rest, j, *ohm);
        }
        let middle = times.partition_point(|t| *t < from);
        let seems = |range: std::ops::Range<usize>| {
            let (e, i) = (rest.get(range.clone())?, current.get(range)?);
            let count = e.len() as f64;
            let (e_mean, i_mean) = (e.iter().sum::<f64>() / count, i.iter().sum::<f64>() / count);
            let products = e.iter().zip(i).map(|(e, i)| (e - e_mean) * (i - i_mean)).sum::<f64>();
            let squares: f64 = i.iter().map(|i| (i - i_mean) * (i - i_mean)).sum();
            let slope = products / squares;
            let left: f64 = e
                .iter()
                .zip(i)
                .map(|(e, i)| {
                    let rest = e - e_mean - slope * (i - i_mean);
                    rest * rest
                })
                .sum();
            // What is left lasts longer than one reading: neighbours count as half.
            Some((self.ohm.at(home, home) - slope, 2.0 * left / count / squares))
        };
        let (before, before_variance) = seems(0..middle)?;
        let (after, after_variance) = seems(middle..rest.len())?;
        let ratio = after / before;
        let variance = (after_variance + ratio * ratio * before_variance) / (before * before);
        // An impedance that is not seen says nothing of what flows through it.
        (before > 3.0 * before_variance.sqrt() && variance.is_finite()).then_some((ratio - 1.0, variance))
    }

    /// The voltage of one home at all boundaries without what the currents of all but another explain; where it was not read, the last one.
    pub fn without_others(&self, at: usize, home: usize, boundaries: usize) -> Vec<f64> {
        let Learning { times, currents, voltages, .. } = &self.learning;
        let mut rest = voltages.row(at);
        for (j, ohm) in self.ohm.row(at).iter().enumerate().filter(|(j, _)| *j != home) {
            currents.add_to(&mut rest, j, *ohm);
        }
        let mut known = times.iter().zip(&rest).peekable();
        let mut last = rest.first().copied().unwrap_or(0.0);
        (0..boundaries)
            .map(|t| {
                if let Some((_, value)) = known.next_if(|(time, _)| **time == t) {
                    last = *value;
                }
                last
            })
            .collect()
    }

    /// What the current of each home times the drop at it is on average, in watts: its share of the loss.
    pub fn shares_w(&self, currents: &Matrix) -> Vec<f64> {
        let mean: Vec<f64> =
            (0..currents.rows).map(|i| currents.row(i).iter().sum::<f64>() / currents.columns.max(1) as f64).collect();
        let count = self.learning.times.len().max(1) as f64;
        (0..currents.rows)
            .map(|i| {
                let ohm = self.ohm.row(i);
                dot(ohm, self.learning.gram.row(i)) / count + mean[i] * dot(ohm, &mean)
            })
            .collect()
    }
}

fn mirrored(matrix: &mut Matrix) {
    for i in 0..matrix.rows {
        for j in 0..i {
            let value = matrix.at(i, j);
            matrix.data[j * matrix.columns + i] = value;
        }
    }
}

fn transposed(matrix: &Matrix) -> Matrix {
    let mut other = Matrix::zero(matrix.columns, matrix.rows);
    for i in 0..matrix.rows {
        for (j, value) in matrix.row(i).iter().enumerate() {
            other.data[j * matrix.rows + i] = *value;
        }
    }
    other
}

/// `left · right`.
fn product(left: &Matrix, right: &Matrix) -> Matrix {
    cross(left, &transposed(right))
}

/// The means over the pairs of phases, and over the customers themselves on the diagonal.
fn means(impedance: &Matrix, phases: &[u8], blind: &[bool]) -> Matrix {
    let n = phases.len();
    let (mut sum, mut count) = ([[0.0; 4]; 4], [[1e-9; 4]; 4]);
    let mut own = 0.0;
    let seen = blind.iter().filter(|blind| !**blind).count().max(1) as f64;
    for i in (0..n).filter(|i| !blind[*i]) {
        for j in 0..n {
            let (p, q) = (usize::from(phases[i]).min(3), usize::from(phases[j]).min(3));
            if i == j {
                own += impedance.at(i, i) / seen;
                continue;
            }
            sum[p.min(q)][p.max(q)] += impedance.at(i, j);
            count[p.min(q)][p.max(q)] += 1.0;
        }
    }
    let mut means = Matrix::zero(n, n);
    for i in 0..n {
        for j in 0..n {
            let (p, q) = (usize::from(phases[i]).min(3), usize::from(phases[j]).min(3));
            means.add(i, j, if i == j { own } else { sum[p.min(q)][p.max(q)] / count[p.min(q)][p.max(q)] });
        }
    }
    means
}

/// The symmetric Z of Ω⁻¹ Z G + G Z Ω⁻¹ = Ω⁻¹ C + Cᵀ Ω⁻¹.
///
/// With Ω = L Lᵀ and Lᵀ G L = U Λ Uᵀ, Φ = L U gives Φᵀ Ω⁻¹ Φ = 1 and Φᵀ G Φ = Λ; Z = Φ Y Φᵀ and Y_ij = (K + Kᵀ)_ij / (λ_i + λ_j), K = Uᵀ L⁻¹ C L U.
fn reciprocal(gram: &Matrix, moment: &Matrix, noise: &Matrix) -> Option<Matrix> {
    let n = gram.rows;
    let factor = Cholesky::new(noise)?;
    let lower = factor.lower();
    let upper = transposed(lower);
    let (values, vectors) = eigen::symmetric(&cross_symmetric(&cross(&upper, gram), &upper))?;
    // Rows of Φᵀ.
    let phi = cross(&vectors, lower);
    // L⁻¹ C, column by column.
    let mut solved = transposed(moment);
    for column in 0..n {
        factor.forward(solved.row_mut(column));
    }
    // K = Uᵀ (L⁻¹ C) Φ.
    let half = cross(&product(&vectors, &transposed(&solved)), &phi);
    let mut inner = Matrix::zero(n, n);
    for i in 0..n {
        for j in 0..n {
            inner.add(i, j, (half.at(i, j) + half.at(j, i)) / (values[i] + values[j]).max(1e-9));
        }
    }
    let upper_phi = transposed(&phi);
    Some(cross_symmetric(&cross(&upper_phi, &inner), &upper_phi))
}
