//! Symmetric systems of a few unknowns.

/// The solution of a symmetric positive definite system by L·D·Lᵀ; none where a pivot is lost to rounding.
pub(super) fn solved<const N: usize>(matrix: &[[f64; N]; N], right: &[f64; N]) -> Option<[f64; N]> {
    let mut rows = *matrix;
    let mut values = *right;
    for pivot in 0..N {
        let (above, below) = rows.split_at_mut(pivot + 1);
        let pivot_row = above.last()?;
        let head = *pivot_row.get(pivot)?;
        let scale = *matrix.get(pivot)?.get(pivot)?;
        if head.is_nan() || head <= 1e-13 * scale.abs() {
            return None;
        }
        let pivot_value = *values.get(pivot)?;
        for (row, value) in below.iter_mut().zip(values.iter_mut().skip(pivot + 1)) {
            let factor = *row.get(pivot)? / head;
            for (cell, from) in row.iter_mut().zip(pivot_row).skip(pivot) {
                *cell -= factor * from;
            }
            *value -= factor * pivot_value;
        }
    }
    for place in (0..N).rev() {
        let row = rows.get(place)?;
        let known: f64 = row.iter().zip(&values).skip(place + 1).map(|(cell, value)| cell * value).sum();
        let value = (*values.get(place)? - known) / *row.get(place)?;
        *values.get_mut(place)? = value;
    }
    values.iter().all(|value| value.is_finite()).then_some(values)
}

/// The inverse of a symmetric positive definite matrix.
pub(super) fn inverse<const N: usize>(matrix: &[[f64; N]; N]) -> Option<[[f64; N]; N]> {
    let mut inverse = [[0.0; N]; N];
    for (place, row) in inverse.iter_mut().enumerate() {
        let mut unit = [0.0; N];
        *unit.get_mut(place)? = 1.0;
        *row = solved(matrix, &unit)?;
    }
    Some(inverse)
}
