//! Products of long rows in single precision, summed in double precision: as exact as readings need, and twice as fast. The order of the additions is the same on any machine.
#![expect(clippy::indexing_slicing, reason = "eight sums side by side")]

use crate::linear::Matrix;

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

/// Columns that are taken together: one sum is read and written once for so many products.
const TOGETHER: usize = 8;

/// Rows whose sums stay near while a stretch is gone through.
const NEAR: usize = 8;

/// The rows of a stretch turned: all rows side by side for each column.
fn turned(rows: &Rows, stretch: usize, values: &mut [f32]) {
    for block in (0..STRETCH).step_by(16) {
        for row in 0..rows.rows {
            let cells = values.iter_mut().skip(block * rows.rows + row).step_by(rows.rows);
            for (cell, value) in cells.zip(rows.stretch(stretch, row).iter().skip(block).take(16)) {
                *cell = *value;
            }
        }
    }
}

/// The products of all rows of `left` with those of `right`; with `lower` only of those pairs where the second is not after the first.
///
/// Sums of neighbouring columns of the product grow together, so that one instruction makes several of them.
fn products(left: &Rows, right: &Rows, lower: Triangle) -> Matrix {
    let mut product = Matrix::zero(left.rows, right.rows);
    let width = right.rows;
    if width == 0 {
        return product;
    }
    let mut columns = vec![0.0_f32; STRETCH * width];
    let mut sums = vec![0.0_f32; NEAR * width];
    for stretch in 0..left.stretches().min(right.stretches()) {
        turned(right, stretch, &mut columns);
        for first in (0..left.rows).step_by(NEAR) {
            sums.fill(0.0);
            let count = (left.rows - first).min(NEAR);
            for (group, together) in columns.chunks_exact(TOGETHER * width).enumerate() {
                for (offset, sums) in sums.chunks_exact_mut(width).enumerate().take(count) {
                    let factors = &left.stretch(stretch, first + offset)[group * TOGETHER..(group + 1) * TOGETHER];
                    let end = if lower == Triangle::Lower { (first + offset + 1).min(width) } else { width };
                    add(&mut sums[..end], factors, together, width);
                }
            }
            for (offset, sums) in sums.chunks_exact(width).enumerate().take(count) {
                for (cell, sum) in product.row_mut(first + offset).iter_mut().zip(sums) {
                    *cell += f64::from(*sum);
                }
            }
        }
    }
    product
}

/// Adds the sum of eight rows, each times its factor.
#[inline(always)]
fn add(sums: &mut [f32], factors: &[f32], rows: &[f32], width: usize) {
    let end = sums.len();
    let row = |at: usize| &rows[at * width..at * width + end];
    let [r0, r1, r2, r3, r4, r5, r6, r7] = [row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7)];
    let Ok([f0, f1, f2, f3, f4, f5, f6, f7]) = <[f32; TOGETHER]>::try_from(factors) else { return };
    for j in 0..end {
        let (a, b) = (f0 * r0[j] + f1 * r1[j], f2 * r2[j] + f3 * r3[j]);
        let (c, d) = (f4 * r4[j] + f5 * r5[j], f6 * r6[j] + f7 * r7[j]);
        sums[j] += (a + b) + (c + d);
    }
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
            let mut lanes = [0.0_f32; TOGETHER];
            let pairs = rows.stretch(stretch, at).as_chunks::<TOGETHER>().0.iter().zip(one.as_chunks::<TOGETHER>().0);
            for (x, y) in pairs {
                for ((lane, a), b) in lanes.iter_mut().zip(x).zip(y) {
                    *lane += a * b;
                }
            }
            *total += lanes.iter().map(|lane| f64::from(*lane)).sum::<f64>();
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
            let weights = matrix.row(i);
            #[expect(clippy::cast_possible_truncation, reason = "impedances have three digits")]
            let weight = |j: usize| weights.get(j).map_or(0.0, |w| if i == j { *w } else { 2.0 * w }) as f32;
            // Four at once, so that what is summed is read and written once for all.
            for j in (0..=i).step_by(4) {
                let at = |offset: usize| rows.stretch(stretch, (j + offset).min(i));
                let of = |offset: usize| if j + offset <= i { weight(j + offset) } else { 0.0 };
                let (w0, w1, w2, w3) = (of(0), of(1), of(2), of(3));
                let others = at(0).iter().zip(at(1)).zip(at(2)).zip(at(3));
                for (cell, (((x0, x1), x2), x3)) in half.iter_mut().zip(others) {
                    *cell += (w0 * x0 + w1 * x1) + (w2 * x2 + w3 * x3);
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
