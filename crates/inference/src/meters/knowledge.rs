//! What readings said, in the form that later readings add to: the days themselves are not needed again.
#![expect(clippy::indexing_slicing, reason = "matrices of one size, set on entry")]

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::lasting::Lasting;
use crate::linear::{Cholesky, Matrix, dot};

/// Information on the errors of the meters and of the head: a precision matrix and the precision times the estimate, without any prior. Information of independent days adds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Knowledge {
    /// The meters in their order; the head meter comes after them.
    pub meters: Vec<String>,
    /// The lower triangle of the precision by rows, per squared percent.
    pub precision: Vec<f64>,
    /// The precision times the corrections in percent.
    pub moment: Vec<f64>,
    /// What had happened and lasts.
    #[serde(default)]
    pub lasting: Vec<Lasting>,
}

/// What is believed of the error of a meter that is not there any more, beside what was read: no more than of any.
const GONE_PERCENT: f64 = 4.0;

impl Knowledge {
    /// Nothing of these meters.
    pub(super) fn nothing(meters: &[String]) -> Self {
        let count = meters.len() + 1;
        Self {
            meters: meters.to_vec(),
            precision: vec![0.0; count * (count + 1) / 2],
            moment: vec![0.0; count],
            lasting: Vec::new(),
        }
    }

    /// What a system says of its first `kept` unknowns, the others taken out with their priors (precision, mean).
    pub(super) fn reduced(gram: &Matrix, moment: &[f64], kept: usize, others: &[(f64, f64)]) -> Option<Self> {
        let count = gram.rows - kept;
        let mut inner = Matrix::zero(count, count);
        let mut right = vec![0.0; count];
        for i in 0..count {
            for j in 0..=i {
                inner.add(i, j, gram.at(kept + i, kept + j));
            }
            let (precision, mean) = others.get(i).copied().unwrap_or((1e-12, 0.0));
            inner.add(i, i, precision);
            right[i] = moment[kept + i] + precision * mean;
        }
        let factor = Cholesky::new(&inner)?;
        factor.forward(&mut right);
        let mut half = Matrix::zero(kept, count);
        for j in 0..kept {
            let mut column: Vec<f64> = (0..count).map(|i| gram.at(kept + i, j)).collect();
            factor.forward(&mut column);
            half.row_mut(j).copy_from_slice(&column);
        }
        let mut precision = Vec::with_capacity(kept * (kept + 1) / 2);
        for i in 0..kept {
            for j in 0..=i {
                precision.push(gram.at(i, j) - dot(half.row(i), half.row(j)));
            }
        }
        let moment = (0..kept).map(|i| moment[i] - dot(half.row(i), &right)).collect();
        Some(Self { meters: Vec::new(), precision, moment, lasting: Vec::new() })
    }

    /// The same of these meters in their order: of those that are gone nothing more is asked, and of new ones nothing is known.
    pub(super) fn of(&self, meters: &[&str]) -> Option<Self> {
        let count = self.meters.len();
        if self.moment.len() != count + 1 || self.precision.len() != (count + 1) * (count + 2) / 2 {
            return None;
        }
        let place: BTreeMap<&str, usize> =
            self.meters.iter().enumerate().map(|(at, meter)| (meter.as_str(), at)).collect();
        let mut order: Vec<Option<usize>> = meters.iter().map(|meter| place.get(meter).copied()).collect();
        order.push(Some(count));
        let kept = order.len();
        let here: BTreeSet<&str> = meters.iter().copied().collect();
        order.extend((0..count).filter(|at| !here.contains(self.meters[*at].as_str())).map(Some));
        let mut gram = Matrix::zero(order.len(), order.len());
        for (i, from_i) in order.iter().enumerate() {
            for (j, from_j) in order.iter().enumerate().take(i + 1) {
                if let (Some(a), Some(b)) = (from_i, from_j) {
                    let (row, column) = (*a.max(b), *a.min(b));
                    gram.add(i, j, self.precision[row * (row + 1) / 2 + column]);
                }
            }
        }
        let moment: Vec<f64> = order.iter().map(|from| from.map_or(0.0, |at| self.moment[at])).collect();
        let gone = vec![(1.0 / (GONE_PERCENT * GONE_PERCENT), 0.0); order.len() - kept];
        let mut known = Self::reduced(&gram, &moment, kept, &gone)?;
        known.meters = meters.iter().map(|meter| (*meter).to_owned()).collect();
        known.lasting = self.lasting.iter().filter(|lasting| here.contains(lasting.meter.as_str())).cloned().collect();
        Some(known)
    }

    /// Adds this to a system whose first unknowns are the same.
    pub(super) fn add_to(&self, gram: &mut Matrix, moment: &mut [f64]) {
        let mut next = self.precision.iter();
        for (i, value) in self.moment.iter().enumerate() {
            for j in 0..=i {
                gram.add(i, j, next.next().copied().unwrap_or(0.0));
            }
            if let Some(cell) = moment.get_mut(i) {
                *cell += value;
            }
        }
    }
}
