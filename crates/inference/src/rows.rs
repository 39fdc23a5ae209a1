//! Products of long rows in single precision, summed in double precision: as exact as readings need, and twice as fast.

use crate::linear::Matrix;

/// Lanes of one sum; the order of the additions is the same on any machine.
const LANES: usize = 4;

/// Columns of one stretch: what is summed in single precision before it is added in double, and what stays near.
const STRETCH: usize = 512;

/// Rows of numbers in single precision, in stretches of columns so that what is multiplied together lies together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    pub rows: usize,
    columns: usize,
    data: Vec<f32>,
}

impl Rows {
    pub fn zero(rows: usize, columns: usize) -> Self {
        let stretches = columns.div_ceil(STRETCH);
        Self { rows, columns, data: vec![0.0; rows * stretches * STRETCH] }
    }

    pub fn of(matrix: &Matrix) -> Self {
        let mut rows = Self::zero(matrix.rows, matrix.columns);
        for row in 0..matrix.rows {
            rows.set(row, matrix.row(row));
        }
        rows
    }

    /// Writes one row.
    #[expect(clippy::cast_possible_truncation, reason = "readings have five digits; single precision has seven")]
    pub fn set(&mut self, row: usize, values: &[f64]) {
        for (stretch, chunk) in values.chunks(STRETCH).enumerate() {
            let from = (stretch * self.rows + row) * STRETCH;
            if let Some(cells) = self.data.get_mut(from..from + STRETCH) {
                for (cell, value) in cells.iter_mut().zip(chunk) {
                    *cell = *value as f32;
                }
            }
        }
    }

    /// One row.
    pub fn row(&self, row: usize) -> Vec<f64> {
        let mut values = vec![0.0; self.columns];
        self.add_to(&mut values, row, 1.0);
        values
    }

    /// Adds a multiple of one row.
    pub fn add_to(&self, values: &mut [f64], row: usize, factor: f64) {
        for (stretch, chunk) in values.chunks_mut(STRETCH).enumerate() {
            for (cell, value) in chunk.iter_mut().zip(self.stretch(stretch, row)) {
                *cell += factor * f64::from(*value);
            }
        }
    }

    fn stretch(&self, stretch: usize, row: usize) -> &[f32] {
        let from = (stretch * self.rows + row) * STRETCH;
        self.data.get(from..from + STRETCH).unwrap_or_default()
    }

    fn stretches(&self) -> usize {
        self.columns.div_ceil(STRETCH)
    }
}

type Lane = [f32; LANES];

#[inline(always)]
fn added([a, b, c, d]: Lane, [e, f, g, h]: &Lane, [i, j, k, l]: &Lane) -> Lane {
    [a + e * i, b + f * j, c + g * k, d + h * l]
}

fn sum(lane: Lane) -> f64 {
    lane.iter().map(|value| f64::from(*value)).sum()
}

/// Four rows with two rows: each number is read once for several products.
fn tile(left: [&[f32]; 4], right: [&[f32]; 2]) -> [[f64; 2]; 4] {
    let [a0, a1, a2, a3] = left.map(|row| row.as_chunks::<LANES>().0);
    let [b0, b1] = right.map(|row| row.as_chunks::<LANES>().0);
    let zero = [0.0_f32; LANES];
    let (mut s00, mut s01, mut s10, mut s11) = (zero, zero, zero, zero);
    let (mut s20, mut s21, mut s30, mut s31) = (zero, zero, zero, zero);
    for (((((x0, x1), x2), x3), y0), y1) in a0.iter().zip(a1).zip(a2).zip(a3).zip(b0).zip(b1) {
        s00 = added(s00, x0, y0);
        s01 = added(s01, x0, y1);
        s10 = added(s10, x1, y0);
        s11 = added(s11, x1, y1);
        s20 = added(s20, x2, y0);
        s21 = added(s21, x2, y1);
        s30 = added(s30, x3, y0);
        s31 = added(s31, x3, y1);
    }
    [[sum(s00), sum(s01)], [sum(s10), sum(s11)], [sum(s20), sum(s21)], [sum(s30), sum(s31)]]
}

/// The products of all rows of `left` with those of `right`; with `lower` only of those pairs where the second is not after the first.
fn products(left: &Rows, right: &Rows, lower: Triangle) -> Matrix {
    let mut product = Matrix::zero(left.rows, right.rows);
    for stretch in 0..left.stretches().min(right.stretches()) {
        let mut i = 0;
        while i < left.rows {
            let count = (left.rows - i).min(4);
            let at = |offset: usize| left.stretch(stretch, i + offset.min(count - 1));
            let rows = [at(0), at(1), at(2), at(3)];
            let end = match lower {
                Triangle::Lower => (i + count).min(right.rows),
                Triangle::All => right.rows,
            };
            let mut j = 0;
            while j < end {
                let second = (j + 1).min(right.rows - 1);
                let sums = tile(rows, [right.stretch(stretch, j), right.stretch(stretch, second)]);
                for (offset, [first, other]) in sums.into_iter().enumerate().take(count) {
                    product.add(i + offset, j, first);
                    if second > j {
                        product.add(i + offset, second, other);
                    }
                }
                j += 2;
            }
            i += 4;
        }
    }
    product
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Triangle {
    Lower,
    All,
}

/// `left · rightᵀ`.
pub fn cross(left: &Rows, right: &Rows) -> Matrix {
    products(left, right, Triangle::All)
}

/// The products of all pairs of rows, of which the lower triangle is meant.
pub fn gram(rows: &Rows) -> Matrix {
    products(rows, rows, Triangle::Lower)
}

/// The products of one row with all rows of others.
pub fn with_row(rows: &Rows, other: &Rows, row: usize) -> Vec<f64> {
    let mut sums = vec![0.0; rows.rows];
    for stretch in 0..rows.stretches().min(other.stretches()) {
        let one = other.stretch(stretch, row);
        for (at, total) in sums.iter_mut().enumerate() {
            let mut lane = [0.0_f32; LANES];
            for (x, y) in rows.stretch(stretch, at).as_chunks::<LANES>().0.iter().zip(one.as_chunks::<LANES>().0) {
                lane = added(lane, x, y);
            }
            *total += sum(lane);
        }
    }
    sums
}

/// Of each column c the form cᵀ M c, for a symmetric M.
pub fn quadratic(rows: &Rows, matrix: &Matrix) -> Vec<f64> {
    let mut sums = Vec::with_capacity(rows.columns);
    for stretch in 0..rows.stretches() {
        let mut total = [0.0_f64; STRETCH];
        for i in 0..rows.rows {
            // The half below the diagonal counts twice.
            let mut half = [0.0_f32; STRETCH];
            for (j, weight) in matrix.row(i).iter().enumerate().take(i + 1) {
                #[expect(clippy::cast_possible_truncation, reason = "impedances have three digits")]
                let weight = (if i == j { *weight } else { 2.0 * weight }) as f32;
                for (cell, x) in half.iter_mut().zip(rows.stretch(stretch, j)) {
                    *cell += weight * x;
                }
            }
            for ((cell, h), x) in total.iter_mut().zip(&half).zip(rows.stretch(stretch, i)) {
                *cell += f64::from(h * x);
            }
        }
        sums.extend(total);
    }
    sums.truncate(rows.columns);
    sums
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::linear;

    fn matrix(rows: usize, columns: usize, seed: u64) -> Matrix {
        let mut state = seed;
        let mut matrix = Matrix::zero(rows, columns);
        for cell in &mut matrix.data {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *cell = (state >> 40) as f64 / 16_777_216.0 - 0.5;
        }
        matrix
    }

    #[test]
    fn products_agree_with_double_precision_for_any_shape() {
        for (rows, columns) in [(1, 3), (2, 513), (5, 700), (9, 4704)] {
            let (a, b) = (matrix(rows, columns, 1), matrix(rows + 1, columns, 2));
            let (a32, b32) = (Rows::of(&a), Rows::of(&b));
            let (exact, found) = (linear::cross(&a, &b), cross(&a32, &b32));
            let own = gram(&a32);
            let row = with_row(&b32, &a32, 0);
            for i in 0..rows {
                for (j, product) in row.iter().enumerate() {
                    assert!((exact.at(i, j) - found.at(i, j)).abs() < 1e-5 * columns as f64);
                    assert!((product - exact.at(0, j)).abs() < 1e-5 * columns as f64);
                }
                for j in 0..=i {
                    let product = linear::dot(a.row(i), a.row(j));
                    assert!((own.at(i, j) - product).abs() < 1e-6 * columns as f64);
                }
            }
        }
    }

    #[test]
    fn a_quadratic_form_is_that_of_each_column() {
        let (rows, weights) = (matrix(7, 600, 3), matrix(7, 7, 4));
        let mut symmetric = Matrix::zero(7, 7);
        for i in 0..7 {
            for j in 0..7 {
                symmetric.add(i, j, weights.at(i, j) + weights.at(j, i));
            }
        }
        let found = quadratic(&Rows::of(&rows), &symmetric);
        assert_eq!(found.len(), 600);
        for (k, value) in found.iter().enumerate() {
            let exact: f64 =
                (0..7).map(|i| (0..7).map(|j| rows.at(i, k) * symmetric.at(i, j) * rows.at(j, k)).sum::<f64>()).sum();
            assert!((value - exact).abs() < 1e-5, "{k}: {value} {exact}");
        }
    }
}
