//! Correlations of inputs, and whether quantities can be correlated like that.

use crate::error::{EvaluationError, Fault};
use crate::input::{Input, Shape};

/// What a pivot may be below zero: far above the rounding of the factorization, far below the last digit of a stated coefficient.
const ROUNDING: f64 = 1e-10;

/// Correlation coefficients of pairs of inputs; pairs that are not named are independent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Correlations {
    pairs: Vec<(String, String, f64)>,
}

impl Correlations {
    /// All inputs are independent.
    pub fn none() -> Self {
        Self::default()
    }

    /// One more pair: r(first, second), between −1 and 1.
    pub fn with(mut self, first: &str, second: &str, coefficient: f64) -> Self {
        self.pairs.push((first.to_owned(), second.to_owned(), coefficient));
        self
    }

    /// The correlations of the means of quantities that were observed together: r = s(x̄, ȳ)/(s(x̄) s(ȳ)). A quantity that
    /// did not vary is correlated with none.
    ///
    /// Errors: fewer than two observations; series of different lengths; a value that is not finite.
    ///
    /// Source: JCGM 100:2008, 5.2.3, equation (17).
    pub fn of_observations(series: &[(&str, &[f64])]) -> Result<Self, EvaluationError> {
        let length = series.first().map_or(0, |(_, observations)| observations.len());
        let is_usable =
            |(_, of): &(&str, &[f64])| of.len() == length && length >= 2 && of.iter().all(|one| one.is_finite());
        if !series.iter().all(is_usable) {
            return Err(Fault::Observations.into());
        }
        let deviations: Vec<(&str, Vec<f64>)> = series
            .iter()
            .map(|(name, observations)| {
                let mean = observations.iter().sum::<f64>() / length as f64;
                (*name, observations.iter().map(|observation| observation - mean).collect())
            })
            .collect();
        let product = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(x, y)| x * y).sum::<f64>();
        let mut correlations = Self::none();
        for (place, (one, x)) in deviations.iter().enumerate() {
            for (other, y) in deviations.iter().skip(place + 1) {
                let scale = libm::sqrt(product(x, x)) * libm::sqrt(product(y, y));
                if scale > 0.0 {
                    correlations = correlations.with(one, other, (product(x, y) / scale).clamp(-1.0, 1.0));
                }
            }
        }
        Ok(correlations)
    }

    /// Whether no pair is named.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// How many pairs are named.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Names of two inputs and r, pair by pair.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, f64)> {
        self.pairs.iter().map(|(one, other, r)| (one.as_str(), other.as_str(), *r))
    }

    pub(crate) fn pairs(&self) -> &[(String, String, f64)] {
        &self.pairs
    }

    /// Whether the input is in any pair with a coefficient other than zero.
    pub(crate) fn name(&self, input: &str) -> bool {
        self.pairs.iter().any(|(one, other, r)| *r != 0.0 && (one == input || other == input))
    }

    /// r(first, second): one of an input with itself, zero where the pair is not named.
    pub fn coefficient(&self, first: &str, second: &str) -> f64 {
        if first == second {
            return 1.0;
        }
        let is_pair = |(one, other, _): &&(String, String, f64)| {
            (one == first && other == second) || (one == second && other == first)
        };
        self.pairs.iter().find(is_pair).map_or(0.0, |(_, _, coefficient)| *coefficient)
    }

    /// The factor of the correlation matrix of these inputs.
    ///
    /// Errors: a pair with a coefficient beyond ±1, of an input with itself, with an input that is not there, or named twice; a matrix that no
    /// quantities can have.
    pub(crate) fn factored(&self, inputs: &[Input]) -> Result<Joint, EvaluationError> {
        for (place, (one, other, r)) in self.pairs.iter().enumerate() {
            let known = |name: &String| inputs.iter().any(|input| input.name == *name);
            let is_same = |(a, b, _): &(String, String, f64)| (a == one && b == other) || (a == other && b == one);
            let is_repeated = self.pairs.iter().take(place).any(is_same);
            if !(known(one) && known(other)) || one == other || !(-1.0..=1.0).contains(r) || is_repeated {
                return Err(Fault::Correlation { first: one.clone(), second: other.clone() }.into());
            }
        }
        let members: Vec<usize> =
            (0..inputs.len()).filter(|place| inputs.get(*place).is_some_and(|input| self.name(&input.name))).collect();
        let name = |place: &usize| inputs.get(*place).map_or("", |input| input.name.as_str());
        let matrix: Vec<Vec<f64>> = members
            .iter()
            .map(|row| members.iter().map(|column| self.coefficient(name(row), name(column))).collect())
            .collect();
        let rows = square_root(matrix).ok_or(Fault::CorrelationsImpossible)?;
        let u = |place: &usize| inputs.get(*place).map_or(f64::NAN, |input| input.shape.standard_uncertainty());
        let scales = members.iter().map(u).collect();
        let group_of = vec![None; members.len()];
        Ok(Joint { members, rows, scales, groups: Vec::new(), group_of })
    }

    /// The same, where a Monte Carlo method is to draw them: the joint distribution is known only for normal inputs, and for the means of
    /// quantities that were observed together, which are normal inputs of the same finite ν.
    ///
    /// The means of n simultaneous observations of N quantities are drawn from the multivariate t distribution of n − N degrees of freedom with
    /// the scale matrix S/n, S = Σ (x − x̄)(x − x̄)ᵀ/(n − N). Here ν = n − 1 and the u and r of type A say the same: S/n = u u r (n − 1)/(n − N).
    ///
    /// Source: JCGM 102:2011, 5.3.2; for N = 1 it is JCGM 101:2008, 6.4.9.
    pub(crate) fn drawable(&self, inputs: &[Input]) -> Result<Joint, EvaluationError> {
        let mut joint = self.factored(inputs)?;
        let input = |name: &String| inputs.iter().find(|input| input.name == *name);
        let is_constant =
            |name: &String| input(name).is_none_or(|input| matches!(input.shape, Shape::Constant | Shape::Unknown));
        let varying =
            || self.pairs.iter().filter(|(one, other, r)| *r != 0.0 && !is_constant(one) && !is_constant(other));
        let degrees = |name: &String| match input(name) {
            Some(Input { shape: Shape::Normal { .. }, degrees_of_freedom, .. }) => Some(*degrees_of_freedom),
            _ => None,
        };
        let refused = |one: &String, other: &String| {
            Err(Fault::CorrelationNotSampled { first: one.clone(), second: other.clone() }.into())
        };
        for (one, other, _) in varying() {
            if degrees(one).is_none() || degrees(one) != degrees(other) {
                return refused(one, other);
            }
        }
        // Each pair joins the groups of its two inputs.
        let mut label: Vec<usize> = (0..inputs.len()).collect();
        let place = |name: &String| inputs.iter().position(|input| input.name == *name);
        for (one, other, _) in varying() {
            let of = |name: &String| place(name).and_then(|place| label.get(place)).copied().unwrap_or(0);
            let (from, to) = (of(one).max(of(other)), of(one).min(of(other)));
            label.iter_mut().filter(|entry| **entry == from).for_each(|entry| *entry = to);
        }
        let mut names: Vec<usize> = Vec::new();
        for (one, other, _) in varying() {
            let Some(name) = place(one).and_then(|place| label.get(place)).copied() else { continue };
            let observed = degrees(one).unwrap_or(f64::INFINITY);
            if observed.is_infinite() || names.contains(&name) {
                continue;
            }
            names.push(name);
            let count = label.iter().filter(|entry| **entry == name).count();
            let left = observed + 1.0 - count as f64;
            if left <= 0.0 {
                return refused(one, other);
            }
            let group = joint.groups.len();
            joint.groups.push(left);
            for ((member, scale), of) in joint.members.iter().zip(&mut joint.scales).zip(&mut joint.group_of) {
                if label.get(*member) == Some(&name) {
                    *scale *= libm::sqrt(observed / left);
                    *of = Some(group);
                }
            }
        }
        Ok(joint)
    }
}

/// Inputs that are correlated: x = estimate + scale · (rows · z) with independent z of mean 0 and variance 1.
#[derive(Clone, Debug)]
pub(crate) struct Joint {
    /// Places of the correlated inputs.
    pub(crate) members: Vec<usize>,
    /// L with L·Lᵀ = R, a row for each member.
    pub(crate) rows: Vec<Vec<f64>>,
    /// u of each member, or the scale of its t distribution.
    pub(crate) scales: Vec<f64>,
    /// The degrees of freedom of each group that was observed together.
    pub(crate) groups: Vec<f64>,
    /// The group of each member.
    pub(crate) group_of: Vec<Option<usize>>,
}

/// L with L·Lᵀ = R, by Cholesky's method with the largest remaining pivot first; none where R is not positive semidefinite.
///
/// The pivots let singular matrices pass, such as that of two inputs with r = 1.
fn square_root(mut remaining: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let size = remaining.len();
    let at = |matrix: &[Vec<f64>], row: usize, column: usize| {
        matrix.get(row).and_then(|row| row.get(column)).copied().unwrap_or(f64::NAN)
    };
    let mut rows = vec![vec![0.0; size]; size];
    for step in 0..size {
        let pivot = (0..size)
            .max_by(|one, other| at(&remaining, *one, *one).total_cmp(&at(&remaining, *other, *other)))
            .unwrap_or(0);
        let largest = at(&remaining, pivot, pivot);
        if largest <= ROUNDING {
            // What is left must be nothing but rounding.
            let is_nothing = remaining.iter().flatten().all(|left| libm::fabs(*left) <= ROUNDING);
            return is_nothing.then_some(rows);
        }
        let root = libm::sqrt(largest);
        let column: Vec<f64> = (0..size).map(|row| at(&remaining, row, pivot) / root).collect();
        for (row, (left, value)) in remaining.iter_mut().zip(&column).enumerate() {
            for (entry, other) in left.iter_mut().zip(&column) {
                *entry -= value * other;
            }
            if let Some(entry) = rows.get_mut(row).and_then(|row| row.get_mut(step)) {
                *entry = *value;
            }
        }
    }
    let is_nothing = remaining.iter().flatten().all(|left| libm::fabs(*left) <= ROUNDING);
    is_nothing.then_some(rows)
}
