//! Small dense matrices: Cholesky's and Householder's factors.

/// An eigenvalue of a correlation matrix may be so far below zero by rounding.
const ROUNDING: f64 = 1e-10;

/// A matrix in rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Matrix {
    rows: usize,
    columns: usize,
    entries: Vec<f64>,
}

impl Matrix {
    pub fn zero(rows: usize, columns: usize) -> Self {
        Self { rows, columns, entries: vec![0.0; rows * columns] }
    }

    /// All rows are of the same length.
    pub fn of_rows(rows: &[Vec<f64>]) -> Self {
        let columns = rows.first().map_or(0, Vec::len);
        Self { rows: rows.len(), columns, entries: rows.iter().flatten().copied().collect() }
    }

    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The entry; no number outside.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        if column >= self.columns {
            return f64::NAN;
        }
        self.entries.get(row * self.columns + column).copied().unwrap_or(f64::NAN)
    }

    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        if let Some(entry) = self.entries.get_mut(row * self.columns + column) {
            *entry = value;
        }
    }

    pub fn row(&self, row: usize) -> &[f64] {
        self.entries.get(row * self.columns..(row + 1) * self.columns).unwrap_or(&[])
    }

    pub fn is_symmetric(&self) -> bool {
        let size = self.rows;
        (0..size).all(|i| {
            (0..i).all(|j| {
                let (one, other) = (self.at(i, j), self.at(j, i));
                let scale = libm::sqrt(libm::fabs(self.at(i, i) * self.at(j, j)));
                libm::fabs(one - other) <= 1e-12 * scale.max(libm::fabs(one))
            })
        })
    }

    /// Whether quantities can have this covariance matrix: no eigenvalue of its correlations is further below zero than rounding.
    pub fn is_positive_semidefinite(&self) -> bool {
        let size = self.rows;
        if (0..size).any(|i| self.at(i, i) < 0.0) {
            return false;
        }
        let scale: Vec<f64> = (0..size).map(|i| libm::sqrt(self.at(i, i))).collect();
        let mut left = Self::zero(size, size);
        for (i, of_row) in scale.iter().enumerate() {
            for (j, of_column) in scale.iter().enumerate() {
                let product = of_row * of_column;
                // A quantity without variance has no covariance.
                if product == 0.0 && self.at(i, j) != 0.0 {
                    return false;
                }
                left.set(i, j, if product == 0.0 { 0.0 } else { self.at(i, j) / product });
            }
        }
        for i in 0..size {
            left.set(i, i, left.at(i, i) + ROUNDING);
        }
        left.cholesky().is_some()
    }

    /// L with L·Lᵀ = this; none where it is not positive definite.
    pub fn cholesky(&self) -> Option<Self> {
        let size = self.rows;
        let mut factor = Self::zero(size, size);
        for i in 0..size {
            for j in 0..=i {
                let done: f64 = factor.row(i).iter().zip(factor.row(j)).take(j).map(|(a, b)| a * b).sum();
                let rest = self.at(i, j) - done;
                if i == j {
                    // Less than rounding leaves of a variance is nothing.
                    if rest.is_nan() || rest <= 1e-14 * self.at(i, i) {
                        return None;
                    }
                    factor.set(i, i, libm::sqrt(rest));
                } else {
                    factor.set(i, j, rest / factor.at(j, j));
                }
            }
        }
        Some(factor)
    }

    /// z with L·z = v, for a lower triangle.
    pub fn lower_solved(&self, v: &[f64]) -> Vec<f64> {
        let mut z: Vec<f64> = Vec::with_capacity(v.len());
        for (i, value) in v.iter().enumerate() {
            let done: f64 = self.row(i).iter().zip(&z).map(|(a, b)| a * b).sum();
            z.push((value - done) / self.at(i, i));
        }
        z
    }

    /// z with Lᵀ·z = v, for a lower triangle.
    pub fn lower_transposed_solved(&self, v: &[f64]) -> Vec<f64> {
        let size = v.len();
        let mut z = vec![0.0; size];
        for i in (0..size).rev() {
            let done: f64 = z.iter().enumerate().skip(i + 1).map(|(k, of)| self.at(k, i) * of).sum();
            let value = (v.get(i).copied().unwrap_or(f64::NAN) - done) / self.at(i, i);
            if let Some(entry) = z.get_mut(i) {
                *entry = value;
            }
        }
        z
    }

    pub fn times(&self, v: &[f64]) -> Vec<f64> {
        (0..self.rows).map(|i| self.row(i).iter().zip(v).map(|(a, b)| a * b).sum()).collect()
    }

    /// R of this = Q·R and Qᵀv, by Householder's reflections; none where the columns are not independent.
    pub fn householder(mut self, v: &[f64]) -> Option<(Self, Vec<f64>)> {
        let mut v = v.to_vec();
        let lengths: Vec<f64> = (0..self.columns).map(|j| self.length(0, j)).collect();
        for (j, whole) in lengths.iter().enumerate() {
            let length = self.length(j, j);
            if length.is_nan() || length <= 1e-13 * whole {
                return None;
            }
            let head = self.at(j, j);
            let sign = if head < 0.0 { -1.0 } else { 1.0 };
            let mut reflector: Vec<f64> = (j..self.rows).map(|i| self.at(i, j)).collect();
            if let Some(first) = reflector.first_mut() {
                *first += sign * length;
            }
            let square: f64 = reflector.iter().map(|of| of * of).sum();
            for k in j..self.columns {
                let product: f64 = reflector.iter().enumerate().map(|(i, of)| of * self.at(j + i, k)).sum();
                for (i, of) in reflector.iter().enumerate() {
                    self.set(j + i, k, self.at(j + i, k) - 2.0 * of * product / square);
                }
            }
            let product: f64 = reflector.iter().zip(v.iter().skip(j)).map(|(of, value)| of * value).sum();
            for (of, value) in reflector.iter().zip(v.iter_mut().skip(j)) {
                *value -= 2.0 * of * product / square;
            }
        }
        let mut upper = Self::zero(self.columns, self.columns);
        for i in 0..self.columns {
            for j in i..self.columns {
                upper.set(i, j, self.at(i, j));
            }
        }
        Some((upper, v))
    }

    /// z with R·z = v, for an upper triangle.
    pub fn upper_solved(&self, v: &[f64]) -> Vec<f64> {
        let mut z = vec![0.0; self.rows];
        for i in (0..self.rows).rev() {
            let done: f64 = self.row(i).iter().zip(&z).skip(i + 1).map(|(a, b)| a * b).sum();
            let value = (v.get(i).copied().unwrap_or(f64::NAN) - done) / self.at(i, i);
            if let Some(entry) = z.get_mut(i) {
                *entry = value;
            }
        }
        z
    }

    fn length(&self, from: usize, column: usize) -> f64 {
        libm::sqrt((from..self.rows).map(|i| self.at(i, column) * self.at(i, column)).sum())
    }
}
