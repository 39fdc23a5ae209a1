//! Dense symmetric matrices: products by blocks in a fixed order, and the Cholesky factor.

/// A row-major matrix of numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    pub rows: usize,
    pub columns: usize,
    pub data: Vec<f64>,
}

impl Matrix {
    pub fn zero(rows: usize, columns: usize) -> Self {
        Self { rows, columns, data: vec![0.0; rows * columns] }
    }

    pub fn row(&self, row: usize) -> &[f64] {
        self.data.get(row * self.columns..(row + 1) * self.columns).unwrap_or_default()
    }

    pub fn row_mut(&mut self, row: usize) -> &mut [f64] {
        self.data.get_mut(row * self.columns..(row + 1) * self.columns).unwrap_or_default()
    }

    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.data.get(row * self.columns + column).copied().unwrap_or(f64::NAN)
    }

    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        if let Some(cell) = self.data.get_mut(row * self.columns + column) {
            *cell += value;
        }
    }
}

/// The sum of products of two rows, in eight fixed lanes so that it is fast and the same on any machine.
pub fn dot(left: &[f64], right: &[f64]) -> f64 {
    let mut lanes = [0.0; 8];
    let (left_blocks, left_rest) = left.as_chunks::<8>();
    let (right_blocks, right_rest) = right.as_chunks::<8>();
    for (a, b) in left_blocks.iter().zip(right_blocks) {
        for ((lane, x), y) in lanes.iter_mut().zip(a).zip(b) {
            *lane += x * y;
        }
    }
    let rest: f64 = left_rest.iter().zip(right_rest).map(|(x, y)| x * y).sum();
    lanes.iter().sum::<f64>() + rest
}

/// Four products of one row at once: the row is read once for all.
fn dot4(left: &[f64], right: [&[f64]; 4]) -> [f64; 4] {
    let mut lanes = [[0.0; 4]; 4];
    let (left_blocks, left_rest) = left.as_chunks::<4>();
    let [r0, r1, r2, r3] = right.map(|row| row.as_chunks::<4>());
    for ((((a, b0), b1), b2), b3) in left_blocks.iter().zip(r0.0).zip(r1.0).zip(r2.0).zip(r3.0) {
        for (lane, b) in lanes.iter_mut().zip([b0, b1, b2, b3]) {
            for ((cell, x), y) in lane.iter_mut().zip(a).zip(b) {
                *cell += x * y;
            }
        }
    }
    let mut sums = [0.0; 4];
    for ((sum, lane), rest) in sums.iter_mut().zip(lanes).zip([r0.1, r1.1, r2.1, r3.1]) {
        *sum = lane.iter().sum::<f64>() + left_rest.iter().zip(rest).map(|(x, y)| x * y).sum::<f64>();
    }
    sums
}

/// `left · rightᵀ` of two matrices whose rows are the vectors; `symmetric` when both are the same is not assumed.
pub fn cross(left: &Matrix, right: &Matrix) -> Matrix {
    let mut product = Matrix::zero(left.rows, right.rows);
    for i in 0..left.rows {
        let a = left.row(i);
        let mut j = 0;
        while j + 4 <= right.rows {
            let sums = dot4(a, [right.row(j), right.row(j + 1), right.row(j + 2), right.row(j + 3)]);
            for (offset, sum) in sums.into_iter().enumerate() {
                product.add(i, j + offset, sum);
            }
            j += 4;
        }
        while j < right.rows {
            product.add(i, j, dot(a, right.row(j)));
            j += 1;
        }
    }
    product
}

/// `left · rightᵀ` where that is known to be symmetric: half of it is computed.
pub fn cross_symmetric(left: &Matrix, right: &Matrix) -> Matrix {
    let mut product = Matrix::zero(left.rows, right.rows);
    for i in 0..left.rows {
        let a = left.row(i);
        let mut j = 0;
        while j <= i {
            if j + 4 <= right.rows {
                let sums = dot4(a, [right.row(j), right.row(j + 1), right.row(j + 2), right.row(j + 3)]);
                for (offset, sum) in sums.into_iter().enumerate().filter(|(offset, _)| j + offset <= i) {
                    product.add(i, j + offset, sum);
                }
            } else {
                for other in j..=i {
                    product.add(i, other, dot(a, right.row(other)));
                }
            }
            j += 4;
        }
    }
    for i in 0..left.rows {
        for j in 0..i {
            let value = product.at(i, j);
            product.add(j, i, value);
        }
    }
    product
}

/// The products of all pairs of rows, columns `from..to` only, added to the lower triangle of `gram`.
pub fn add_gram(gram: &mut Matrix, vectors: &Matrix, from: usize, to: usize) {
    let slice = |row: usize| vectors.row(row).get(from..to).unwrap_or_default();
    for i in 0..vectors.rows {
        let a = slice(i);
        let mut j = 0;
        while j + 4 <= i + 1 {
            let sums = dot4(a, [slice(j), slice(j + 1), slice(j + 2), slice(j + 3)]);
            for (offset, sum) in sums.into_iter().enumerate() {
                gram.add(i, j + offset, sum);
            }
            j += 4;
        }
        while j <= i {
            gram.add(i, j, dot(a, slice(j)));
            j += 1;
        }
    }
}

/// The lower Cholesky factor of a symmetric positive definite matrix, of which the lower triangle is read.
#[derive(Debug, Clone)]
pub struct Cholesky {
    factor: Matrix,
}

impl Cholesky {
    /// `None` where the matrix is not positive definite.
    pub fn new(matrix: &Matrix) -> Option<Self> {
        let n = matrix.rows;
        let mut factor = Matrix::zero(n, n);
        for first in (0..n).step_by(4) {
            let (done, rest) = factor.data.split_at_mut(first * n);
            let mut rows: Vec<&mut [f64]> = rest.chunks_mut(n).take(4).collect();
            // Four rows at once: each row that is done is read once for all of them.
            for j in 0..first {
                let (head, diagonal) = done.get(j * n..j * n + j + 1)?.split_at(j);
                let diagonal = *diagonal.first()?;
                let sums = match rows.as_slice() {
                    [a, b, c, d] => dot4(head, [a.get(..j)?, b.get(..j)?, c.get(..j)?, d.get(..j)?]),
                    fewer => {
                        let mut sums = [0.0; 4];
                        for (sum, row) in sums.iter_mut().zip(fewer) {
                            *sum = dot(head, row.get(..j)?);
                        }
                        sums
                    }
                };
                for (offset, (row, sum)) in rows.iter_mut().zip(sums).enumerate() {
                    *row.get_mut(j)? = (matrix.at(first + offset, j) - sum) / diagonal;
                }
            }
            // Among themselves.
            for offset in 0..rows.len() {
                let i = first + offset;
                let (before, after) = rows.split_at_mut(offset);
                let row = after.first_mut()?;
                for (j, other) in (first..).zip(before.iter()) {
                    let (head, diagonal) = other.get(..=j)?.split_at(j);
                    let value = (matrix.at(i, j) - dot(row.get(..j)?, head)) / diagonal.first()?;
                    *row.get_mut(j)? = value;
                }
                let used = row.get(..i)?;
                let pivot = matrix.at(i, i) - dot(used, used);
                if pivot.is_nan() || pivot <= 0.0 {
                    return None;
                }
                *row.get_mut(i)? = pivot.sqrt();
            }
        }
        Some(Self { factor })
    }

    /// The factor L of L Lᵀ.
    pub fn lower(&self) -> &Matrix {
        &self.factor
    }

    /// Solves `L z = b` in place.
    pub fn forward(&self, vector: &mut [f64]) {
        let n = self.factor.rows;
        for i in 0..n {
            let row = self.factor.row(i);
            let sum = dot(row.get(..i).unwrap_or_default(), vector.get(..i).unwrap_or_default());
            if let (Some(cell), Some(pivot)) = (vector.get_mut(i), row.get(i)) {
                *cell = (*cell - sum) / pivot;
            }
        }
    }

    /// Solves `A x = b` in place.
    pub fn solve(&self, vector: &mut [f64]) {
        self.forward(vector);
        let n = self.factor.rows;
        for i in (0..n).rev() {
            let row = self.factor.row(i);
            let value = vector.get(i).copied().unwrap_or(0.0) / row.get(i).copied().unwrap_or(1.0);
            for (cell, l) in vector.iter_mut().zip(row).take(i) {
                *cell -= l * value;
            }
            if let Some(cell) = vector.get_mut(i) {
                *cell = value;
            }
        }
    }

    /// The inverse of the factor; its rows are the columns of L⁻¹.
    pub fn inverse_factor(&self) -> InverseFactor {
        let n = self.factor.rows;
        let mut lower = Matrix::zero(n, n);
        // Four columns at once: a row of the factor is read once for all of them.
        for (group, columns) in lower.data.chunks_mut(4 * n.max(1)).enumerate() {
            let first = 4 * group;
            let mut columns: Vec<&mut [f64]> = columns.chunks_mut(n).collect();
            for i in first..n {
                let row = self.factor.row(i);
                let used = row.get(first..i).unwrap_or_default();
                let pivot = row.get(i).copied().unwrap_or(1.0);
                let sums = match columns.as_slice() {
                    [a, b, c, d] => dot4(
                        used,
                        [
                            a.get(first..i).unwrap_or_default(),
                            b.get(first..i).unwrap_or_default(),
                            c.get(first..i).unwrap_or_default(),
                            d.get(first..i).unwrap_or_default(),
                        ],
                    ),
                    fewer => {
                        let mut sums = [0.0; 4];
                        for (sum, cells) in sums.iter_mut().zip(fewer) {
                            *sum = dot(used, cells.get(first..i).unwrap_or_default());
                        }
                        sums
                    }
                };
                for (offset, (cells, sum)) in columns.iter_mut().zip(sums).enumerate() {
                    let start = if i == first + offset { 1.0 } else { 0.0 };
                    // Above its own place a column is nothing.
                    if let Some(cell) = cells.get_mut(i).filter(|_| i >= first + offset) {
                        *cell = (start - sum) / pivot;
                    }
                }
            }
        }
        InverseFactor { lower }
    }
}

/// L⁻¹ of a matrix L Lᵀ.
pub struct InverseFactor {
    lower: Matrix,
}

impl InverseFactor {
    /// One element of the diagonal of the inverse.
    pub fn diagonal(&self, i: usize) -> f64 {
        let row = self.lower.row(i).get(i..).unwrap_or_default();
        dot(row, row)
    }

    /// The inverse of the matrix.
    pub fn inverse(&self) -> Matrix {
        let n = self.lower.rows;
        let mut inverse = Matrix::zero(n, n);
        for i in 0..n {
            for j in 0..=i {
                let from = |row: usize| self.lower.row(row).get(i..).unwrap_or_default();
                let value = dot(from(i), from(j));
                inverse.add(i, j, value);
                if i != j {
                    inverse.add(j, i, value);
                }
            }
        }
        inverse
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_and_its_inverse_give_the_matrix_and_its_inverse_for_any_size() {
        for n in [1, 2, 3, 4, 5, 7, 8, 13, 40] {
            let mut matrix = Matrix::zero(n, n);
            let mut seed = 3_u64;
            for i in 0..n {
                for j in 0..i {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    let value = (seed >> 40) as f64 / 16_777_216.0 - 0.5;
                    matrix.add(i, j, value);
                    matrix.add(j, i, value);
                }
                matrix.add(i, i, n as f64);
            }
            let factor = Cholesky::new(&matrix).unwrap();
            let lower = factor.lower();
            let inverse = factor.inverse_factor();
            let whole = inverse.inverse();
            for i in 0..n {
                assert!((inverse.diagonal(i) - whole.at(i, i)).abs() < 1e-12);
                for j in 0..n {
                    let back = dot(lower.row(i), lower.row(j));
                    assert!((back - matrix.at(i, j)).abs() < 1e-10, "{n} {i} {j}");
                    let one = dot(matrix.row(i), whole.row(j));
                    assert!((one - f64::from(u8::from(i == j))).abs() < 1e-10, "{n} {i} {j}");
                }
            }
            // Of a matrix that is not positive definite there is none.
            matrix.add(n - 1, n - 1, -3.0 * n as f64);
            assert!(Cholesky::new(&matrix).is_none());
        }
    }
}
