//! The best subset of a size by branch and bound.

use super::{ALIKE, Candidate, Sum};

/// Of all subsets of `size` the one with the smallest χ², where that is at most `limit`; `None` where the branches are used up before that is known.
pub(super) fn best(points: &[(f64, f64)], size: usize, limit: f64, branches: &mut u64) -> Option<Option<Candidate>> {
    let mut values: Vec<f64> = points.iter().map(|(value, _)| *value).collect();
    values.sort_by(f64::total_cmp);
    let median = values.get(values.len() / 2).copied().unwrap_or(0.0);
    // Those farthest from the median come first: with one of them in, the bound rises soon.
    let mut order: Vec<(f64, usize, (f64, f64))> = points
        .iter()
        .enumerate()
        .map(|(index, point)| (libm::fabs(point.0 - median) * point.1, index, *point))
        .collect();
    order.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let spare = points.len().checked_sub(size)?;
    let mut search = Search { order: &order, limit, branches, chosen: Vec::with_capacity(size), best: None };
    search.branch(0, spare, Sum::default())?;
    Some(search.best)
}

struct Search<'a> {
    /// Distance from the median, index and result.
    order: &'a [(f64, usize, (f64, f64))],
    limit: f64,
    branches: &'a mut u64,
    chosen: Vec<usize>,
    best: Option<Candidate>,
}

impl Search<'_> {
    /// Takes or leaves out the result at `at`; `spare` results may still be left out. None where the branches are used up.
    fn branch(&mut self, at: usize, spare: usize, sum: Sum) -> Option<()> {
        *self.branches = self.branches.checked_sub(1)?;
        let bound = self.best.as_ref().map_or(self.limit, |best| best.chi_squared);
        if sum.chi_squared > bound * (1.0 + ALIKE) {
            return Some(());
        }
        let Some((_, index, point)) = self.order.get(at) else {
            Candidate::offer(&mut self.best, sum.chi_squared, self.chosen.clone());
            return Some(());
        };
        self.chosen.push(*index);
        let taken = self.branch(at + 1, spare, sum.with(*point));
        self.chosen.pop();
        taken?;
        match spare.checked_sub(1) {
            Some(spare) => self.branch(at + 1, spare, sum),
            None => Some(()),
        }
    }
}
