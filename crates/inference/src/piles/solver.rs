//! Conjugate gradients for several right sides at once, each by itself.

use super::reduced::Reduced;

/// The precision matrix of the piles' errors: what the sessions say, and the prior of each pile.
pub(super) struct System<'a> {
    pub reduced: &'a Reduced,
    /// The precision of each pile's prior.
    pub prior: &'a [f64],
}

/// When a solution is good enough.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// The residual that is left, as a share of the right side, both measured by the inverse of the diagonal.
    pub tolerance: f64,
    pub iterations: usize,
}

impl System<'_> {
    /// The diagonal of the matrix.
    pub fn diagonal(&self) -> Vec<f64> {
        self.reduced.diagonal.iter().zip(self.prior).map(|(own, prior)| own + prior).collect()
    }

    fn apply<const K: usize>(&self, x: &[[f64; K]], y: &mut [[f64; K]]) {
        for ((y, x), prior) in y.iter_mut().zip(x).zip(self.prior) {
            y.iter_mut().zip(x).for_each(|(y, x)| *y = prior * x);
        }
        self.reduced.apply(x, y);
    }

    /// Solves A·x = b for each column, from the x that is given; the answer says how many iterations it took. The columns share the reading of
    /// the matrix and nothing else. Preconditioned by the diagonal (Hestenes and Stiefel 1952).
    pub fn solve<const K: usize>(&self, right: &[[f64; K]], x: &mut [[f64; K]], effort: Effort) -> usize {
        let inverse: Vec<f64> = self.diagonal().iter().map(|value| 1.0 / value).collect();
        let mut residual = vec![[0.0; K]; x.len()];
        self.apply(x, &mut residual);
        for (residual, right) in residual.iter_mut().zip(right) {
            residual.iter_mut().zip(right).for_each(|(residual, right)| *residual = right - *residual);
        }
        let enough = weighted(right, right, &inverse).map(|size| size * effort.tolerance * effort.tolerance);
        let mut size = weighted(&residual, &residual, &inverse);
        let mut direction: Vec<[f64; K]> = scaled(&residual, &inverse);
        let mut image = vec![[0.0; K]; x.len()];
        for iteration in 0..effort.iterations {
            if size.iter().zip(&enough).all(|(size, enough)| size <= enough) {
                return iteration;
            }
            self.apply(&direction, &mut image);
            let mut step = dot(&direction, &image);
            // A column that is done has no direction left.
            for (step, size) in step.iter_mut().zip(&size) {
                *step = if *step > 0.0 { size / *step } else { 0.0 };
            }
            for (((x, residual), direction), image) in x.iter_mut().zip(&mut residual).zip(&direction).zip(&image) {
                let columns = x.iter_mut().zip(residual).zip(direction).zip(image).zip(&step);
                for ((((x, residual), direction), image), step) in columns {
                    *x += step * direction;
                    *residual -= step * image;
                }
            }
            let next = weighted(&residual, &residual, &inverse);
            let mut turn = [0.0; K];
            for (turn, (next, size)) in turn.iter_mut().zip(next.iter().zip(&size)) {
                *turn = if *size > 0.0 { next / size } else { 0.0 };
            }
            size = next;
            for ((direction, residual), inverse) in direction.iter_mut().zip(&residual).zip(&inverse) {
                for ((direction, residual), turn) in direction.iter_mut().zip(residual).zip(&turn) {
                    *direction = residual * inverse + turn * *direction;
                }
            }
        }
        effort.iterations
    }
}

fn dot<const K: usize>(one: &[[f64; K]], other: &[[f64; K]]) -> [f64; K] {
    let mut sums = [0.0; K];
    for (one, other) in one.iter().zip(other) {
        sums.iter_mut().zip(one.iter().zip(other)).for_each(|(sum, (one, other))| *sum += one * other);
    }
    sums
}

fn weighted<const K: usize>(one: &[[f64; K]], other: &[[f64; K]], weights: &[f64]) -> [f64; K] {
    let mut sums = [0.0; K];
    for ((one, other), weight) in one.iter().zip(other).zip(weights) {
        sums.iter_mut().zip(one.iter().zip(other)).for_each(|(sum, (one, other))| *sum += weight * one * other);
    }
    sums
}

fn scaled<const K: usize>(values: &[[f64; K]], scales: &[f64]) -> Vec<[f64; K]> {
    values.iter().zip(scales).map(|(row, scale)| row.map(|value| value * scale)).collect()
}
