//! The eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then implicit shifts.
#![expect(clippy::indexing_slicing, reason = "matrices of one size, set on entry")]

use crate::linear::{Matrix, dot};

/// The values and, as rows, the vectors: `matrix = Σ value · vector vectorᵀ`. The lower triangle is read.
///
/// `None` where the shifts do not settle, which numbers that are not finite bring about.
///
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., §8.3 (algorithms 8.3.1 and 8.3.3).
pub fn symmetric(matrix: &Matrix) -> Option<(Vec<f64>, Matrix)> {
    let n = matrix.rows;
    let mut work = Matrix::zero(n, n);
    for i in 0..n {
        for j in 0..=i {
            let value = matrix.at(i, j);
            work.add(i, j, value);
            if i != j {
                work.add(j, i, value);
            }
        }
    }
    let (mut diagonal, mut off, reflectors) = tridiagonal(&mut work);
    // Rows of `vectors` are turned together; at the end they are the eigenvectors of the three diagonals.
    let mut vectors = Matrix::zero(n, n);
    for i in 0..n {
        vectors.add(i, i, 1.0);
    }
    shifted(&mut diagonal, &mut off, &mut vectors)?;
    // Back from the three diagonals: the reflections in the reverse order.
    for (first, scale, vector) in reflectors.iter().rev() {
        for row in 0..n {
            let cells = &mut vectors.row_mut(row)[*first..];
            let along = scale * dot(cells, vector);
            for (cell, v) in cells.iter_mut().zip(vector) {
                *cell -= along * v;
            }
        }
    }
    Some((diagonal, vectors))
}

type Reflector = (usize, f64, Vec<f64>);

fn tridiagonal(work: &mut Matrix) -> (Vec<f64>, Vec<f64>, Vec<Reflector>) {
    let n = work.rows;
    let mut off = vec![0.0; n];
    let mut reflectors = Vec::with_capacity(n);
    for (k, beside) in off.iter_mut().enumerate().take(n.saturating_sub(2)) {
        let first = k + 1;
        let mut vector = work.row(k)[first..].to_vec();
        let norm = dot(&vector, &vector).sqrt();
        let rest = dot(&vector[1..], &vector[1..]);
        if rest <= 0.0 {
            *beside = vector[0];
            continue;
        }
        let alpha = if vector[0] > 0.0 { -norm } else { norm };
        vector[0] -= alpha;
        let scale = 2.0 / dot(&vector, &vector);
        *beside = alpha;
        // A ← (I − scale v vᵀ) A (I − scale v vᵀ) on what is left.
        let mut along: Vec<f64> = (first..n).map(|row| scale * dot(&work.row(row)[first..], &vector)).collect();
        let half = 0.5 * scale * dot(&along, &vector);
        for (cell, v) in along.iter_mut().zip(&vector) {
            *cell -= half * v;
        }
        for (offset, row) in (first..n).enumerate() {
            let (a, v) = (along[offset], vector[offset]);
            for ((cell, x), w) in work.row_mut(row)[first..].iter_mut().zip(&vector).zip(&along) {
                *cell -= a * x + v * w;
            }
        }
        reflectors.push((first, scale, vector));
    }
    if n > 1 {
        off[n - 2] = work.at(n - 2, n - 1);
    }
    ((0..n).map(|i| work.at(i, i)).collect(), off, reflectors)
}

/// Turns two rows of a matrix by one angle.
fn turn(vectors: &mut Matrix, row: usize, cosine: f64, sine: f64) {
    let columns = vectors.columns;
    let (upper, lower) = vectors.data[row * columns..(row + 2) * columns].split_at_mut(columns);
    for (a, b) in upper.iter_mut().zip(lower) {
        let (x, y) = (*a, *b);
        *b = sine * x + cosine * y;
        *a = cosine * x - sine * y;
    }
}

fn shifted(diagonal: &mut [f64], off: &mut [f64], vectors: &mut Matrix) -> Option<()> {
    let n = diagonal.len();
    for low in 0..n {
        let mut tries = 0;
        loop {
            let end = (low..n.saturating_sub(1))
                .find(|m| off[*m].abs() <= f64::EPSILON * (diagonal[*m].abs() + diagonal[m + 1].abs()))
                .unwrap_or(n - 1);
            if end == low {
                break;
            }
            tries += 1;
            if tries > 60 {
                return None;
            }
            let gap = (diagonal[low + 1] - diagonal[low]) / (2.0 * off[low]);
            let root = libm::hypot(gap, 1.0);
            let mut bulge = diagonal[end] - diagonal[low] + off[low] / (gap + if gap < 0.0 { -root } else { root });
            let (mut sine, mut cosine, mut carried) = (1.0, 1.0, 0.0);
            let mut broken = false;
            for i in (low..end).rev() {
                let (f, b) = (sine * off[i], cosine * off[i]);
                let length = libm::hypot(f, bulge);
                off[i + 1] = length;
                if length <= 0.0 {
                    diagonal[i + 1] -= carried;
                    off[end] = 0.0;
                    broken = true;
                    break;
                }
                sine = f / length;
                cosine = bulge / length;
                let shift = diagonal[i + 1] - carried;
                let mix = (diagonal[i] - shift) * sine + 2.0 * cosine * b;
                carried = sine * mix;
                diagonal[i + 1] = shift + carried;
                bulge = cosine * mix - b;
                turn(vectors, i, cosine, sine);
            }
            if broken {
                continue;
            }
            diagonal[low] -= carried;
            off[low] = bulge;
            off[end] = 0.0;
        }
    }
    diagonal.iter().all(|value| value.is_finite()).then_some(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn values_and_vectors_give_the_matrix_back() {
        for n in [1, 2, 3, 17, 40] {
            let mut matrix = Matrix::zero(n, n);
            let mut seed = 7_u64;
            for i in 0..n {
                for j in 0..=i {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    let value = (seed >> 40) as f64 / 16_777_216.0 - 0.5;
                    matrix.add(i, j, value);
                    if i != j {
                        matrix.add(j, i, value);
                    }
                }
            }
            let (values, vectors) = symmetric(&matrix).unwrap();
            for i in 0..n {
                for j in 0..n {
                    let back: f64 = (0..n).map(|k| values[k] * vectors.at(k, i) * vectors.at(k, j)).sum();
                    assert!((back - matrix.at(i, j)).abs() < 1e-12, "{n} {i} {j}");
                    let product = dot(vectors.row(i), vectors.row(j));
                    assert!((product - f64::from(u8::from(i == j))).abs() < 1e-12, "{n} {i} {j}");
                }
            }
        }
    }
}
