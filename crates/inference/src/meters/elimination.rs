//! What is taken out of the equations before they are solved: gaps with a known sum, and the resolution that columns share with the target.
#![expect(clippy::indexing_slicing, reason = "matrices of one size, set where the balance is built")]

use super::energy::Gap;
use super::shared::Shared;
use crate::linear::{Cholesky, Matrix, dot};

/// The step of a register is in all columns that are made of its energy, and with the other sign in the target: what that adds to the information is known and taken away.
pub fn take_shared(gram: &mut Matrix, moment: &mut [f64], shared: &[Shared], part: f64) {
    for Shared { trace, columns } in shared {
        let Some((own, slope)) = columns.first().copied() else { continue };
        // No meter can lose more than it has.
        let taken = part * trace.min(0.9 * gram.at(own, own) / (slope * slope));
        for (at, (a, of_a)) in columns.iter().enumerate() {
            moment[*a] += taken * of_a;
            for (b, of_b) in &columns[..=at] {
                gram.add(*a.max(b), *a.min(b), -taken * of_a * of_b);
            }
        }
    }
}

/// The information on the error of a meter at the start of a drift becomes that on its mean over the period, of which the drift is a known part: b = m − part · d. The lower triangle is read and written.
pub fn about_mean(gram: &mut Matrix, moment: &mut [f64], meter: usize, place: usize, part: f64) {
    // The drift stands after all meters.
    let of_meter = |gram: &Matrix, j: usize| gram.at(meter.max(j), meter.min(j));
    let own = of_meter(gram, meter);
    let cross = of_meter(gram, place);
    for j in (0..gram.rows).filter(|j| *j != place) {
        let value = -part * of_meter(gram, j);
        gram.add(place.max(j), place.min(j), value);
    }
    gram.add(place, place, part * (part * own - 2.0 * cross));
    moment[place] -= part * moment[meter];
}

/// What was taken out of a system, so that it can be put back.
pub struct Eliminated {
    factor: Option<Cholesky>,
    cross: Matrix,
    moment: Vec<f64>,
}

impl Eliminated {
    /// The means of what was eliminated, for those of the others.
    pub fn means(&self, mean: &[f64]) -> Vec<f64> {
        let Some(factor) = &self.factor else { return Vec::new() };
        let mut right: Vec<f64> =
            (0..self.cross.rows).map(|gap| dot(self.cross.row(gap), mean) - self.moment[gap]).collect();
        factor.solve(&mut right);
        right
    }
}

/// The information on all columns before the gaps. A known sum takes variance away: its column has a negative prior precision.
pub fn reduced(full: &Matrix, size: usize, gaps: &[&Gap]) -> Option<(Matrix, Vec<f64>, Eliminated)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn about_its_mean_a_drift_is_a_centred_column() {
        // Rows: a meter, another, the ramp of the first; products of three columns of four intervals.
        let columns = [[1.0, 2.0, 1.0, 3.0], [2.0, 1.0, 1.0, 0.5], [0.0, 0.5, 0.5, 2.25]];
        let target = [0.3, -0.1, 0.2, 0.7];
        let part = 3.25 / 7.0;
        let of = |columns: &[[f64; 4]; 3]| {
            let mut gram = Matrix::zero(3, 3);
            for i in 0..3 {
                for j in 0..=i {
                    gram.add(i, j, dot(&columns[i], &columns[j]));
                }
            }
            (gram, columns.map(|column| dot(&column, &target)))
        };
        let (mut gram, mut moment) = of(&columns);
        about_mean(&mut gram, &mut moment, 0, 2, part);
        let mut centred = columns;
        for k in 0..4 {
            centred[2][k] -= part * columns[0][k];
        }
        let (wanted, wanted_moment) = of(&centred);
        for i in 0..3 {
            assert!((moment[i] - wanted_moment[i]).abs() < 1e-12);
            for j in 0..=i {
                assert!((gram.at(i, j) - wanted.at(i, j)).abs() < 1e-12, "{i} {j}");
            }
        }
    }
}
