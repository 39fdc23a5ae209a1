//! What the law of propagation leaves out: second-order terms, from exact derivatives along directions.

use crate::correlation::Joint;
use crate::expression::syntax::Binary;
use crate::input::Input;
use crate::model::{Operation, Program};
use crate::series::Series;

/// Beyond this many operations in all directions together, second-order terms cost more than a Monte Carlo method.
const MOST_OPERATIONS: usize = 2_000_000;

/// The law of propagation with the terms of second order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SecondOrder {
    /// u(y) with the terms of second order.
    pub standard_uncertainty: f64,
    /// How far the expectation of the result lies from f(x₁ … x_N), to second order: ½ Σ f_ii u²(xᵢ).
    pub bias: f64,
}

/// The terms of second order of an output, as for independent normal inputs:
/// u² = Σ cᵢ² uᵢ² + Σᵢ Σⱼ (½ f_ij² + f_i f_ijj) uᵢ² uⱼ².
///
/// Correlated inputs are first written as combinations of independent ones. None where a derivative is not finite or there are too many.
///
/// Source: JCGM 100:2008, 5.1.2, note.
pub(crate) fn second_order(
    program: &Program,
    output: usize,
    (inputs, estimates, values): (&[Input], &[f64], &[f64]),
    used: &[usize],
    joint: &Joint,
) -> Option<SecondOrder> {
    let directions = directions(inputs, used, joint);
    let size = program.operations.len();
    if directions.len().saturating_mul(size) > MOST_OPERATIONS {
        return None;
    }
    let moving = Moving::of(program, estimates.len());
    let mut series: Vec<Series> = values.iter().map(|value| Series::resting(*value)).collect();
    let mut slopes = vec![0.0; estimates.len()];
    let mut along = |steps: &[(usize, f64)]| {
        for (place, step) in steps {
            if let Some(slope) = slopes.get_mut(*place) {
                *slope += step;
            }
        }
        let places = moving.places(steps);
        program.expand(&places, estimates, &slopes, &mut series);
        let found = series.get(output).copied().unwrap_or(Series([f64::NAN; 4]));
        for (place, _) in steps {
            if let Some(slope) = slopes.get_mut(*place) {
                *slope = 0.0;
            }
        }
        for place in places {
            if let (Some(entry), Some(value)) = (series.get_mut(place), values.get(place)) {
                *entry = Series::resting(*value);
            }
        }
        found
    };
    let single: Vec<Series> = directions.iter().map(|direction| along(direction)).collect();
    let couples = couples(program, output, &directions, estimates.len());
    if couples.len().saturating_mul(2).saturating_mul(size) > MOST_OPERATIONS {
        return None;
    }
    let mut variance = 0.0;
    let mut bias = 0.0;
    for Series([_, first, second, third]) in &single {
        // Coefficients of a Taylor series: f″ = 2·second, f‴ = 6·third.
        variance += first * first + 2.0 * second * second + 6.0 * first * third;
        bias += second;
    }
    for (one, other) in couples {
        let (Some(a), Some(b)) = (directions.get(one), directions.get(other)) else { continue };
        let (Some(Series([_, f_a, _, t_a])), Some(Series([_, f_b, _, t_b]))) = (single.get(one), single.get(other))
        else {
            continue;
        };
        let back: Vec<(usize, f64)> = b.iter().map(|(place, step)| (*place, -step)).collect();
        let Series([_, _, sum, sum_third]) = along(&[a.as_slice(), b.as_slice()].concat());
        let Series([_, _, difference, difference_third]) = along(&[a.as_slice(), back.as_slice()].concat());
        // sum − difference = 2 f_ab; the third-order coefficients together hold f_aab and f_abb.
        let mixed = (sum - difference) / 2.0;
        let abb = sum_third + difference_third - 2.0 * t_a;
        let aab = sum_third - difference_third - 2.0 * t_b;
        variance += mixed * mixed + f_a * abb + f_b * aab;
    }
    (variance.is_finite() && bias.is_finite())
        .then(|| SecondOrder { standard_uncertainty: libm::sqrt(variance.max(0.0)), bias })
}

/// Which operations move with which input.
struct Moving {
    /// The operations that read each input.
    readers: Vec<Vec<usize>>,
    /// The operations that need each operation.
    users: Vec<Vec<usize>>,
}

impl Moving {
    fn of(program: &Program, inputs: usize) -> Self {
        let mut readers = vec![Vec::new(); inputs];
        let mut users = vec![Vec::new(); program.operations.len()];
        for (place, operation) in program.operations.iter().enumerate() {
            if let Operation::Input(input) = operation
                && let Some(readers) = readers.get_mut(*input)
            {
                readers.push(place);
            }
            for operand in operation.operands() {
                if let Some(users) = users.get_mut(operand) {
                    users.push(place);
                }
            }
        }
        Self { readers, users }
    }

    /// All operations that move with these inputs, in ascending order.
    fn places(&self, steps: &[(usize, f64)]) -> Vec<usize> {
        let mut seen = vec![false; self.users.len()];
        let mut open: Vec<usize> =
            steps.iter().filter_map(|(input, _)| self.readers.get(*input)).flatten().copied().collect();
        let mut places = Vec::new();
        while let Some(place) = open.pop() {
            if let Some(seen) = seen.get_mut(place)
                && !*seen
            {
                *seen = true;
                places.push(place);
                open.extend(self.users.get(place).into_iter().flatten());
            }
        }
        places.sort_unstable();
        places
    }
}

/// Independent directions: each moves one independent input by its u, or the correlated inputs by a column of their factor.
fn directions(inputs: &[Input], used: &[usize], joint: &Joint) -> Vec<Vec<(usize, f64)>> {
    let mut directions = Vec::new();
    let mut correlated = vec![Vec::new(); joint.rows.len()];
    for (place, at) in used.iter().copied().enumerate() {
        let u = inputs.get(at).map_or(0.0, |input| input.shape.standard_uncertainty());
        if u == 0.0 {
            continue;
        }
        match joint.members.iter().position(|member| *member == at) {
            Some(member) => {
                for (weight, direction) in joint.rows.get(member).into_iter().flatten().zip(&mut correlated) {
                    if *weight != 0.0 {
                        direction.push((place, u * weight));
                    }
                }
            }
            None => directions.push(vec![(place, u)]),
        }
    }
    directions.extend(correlated.into_iter().filter(|direction| !direction.is_empty()));
    directions
}

/// The pairs of directions whose inputs meet in an operation that is not linear in them.
fn couples(program: &Program, output: usize, directions: &[Vec<(usize, f64)>], inputs: usize) -> Vec<(usize, usize)> {
    let words = inputs.div_ceil(64);
    let mut rests: Vec<Vec<u64>> = Vec::with_capacity(program.operations.len());
    let mut meetings = vec![vec![0_u64; words]; inputs];
    for operation in program.operations.iter().take(output.saturating_add(1)) {
        let of = |place: usize| rests.get(place).cloned().unwrap_or_else(|| vec![0; words]);
        let mut rest = vec![0_u64; words];
        if let Operation::Input(place) = operation
            && let Some(word) = rest.get_mut(place / 64)
        {
            *word |= 1 << (place % 64);
        }
        for operand in operation.operands() {
            join(&mut rest, &of(operand));
        }
        match *operation {
            Operation::Call(_, x) | Operation::Power(x, ..) => meet(&mut meetings, &of(x), &of(x)),
            Operation::Binary(Binary::Multiply, x, y) => meet(&mut meetings, &of(x), &of(y)),
            Operation::Binary(Binary::Divide, x, y) => {
                meet(&mut meetings, &of(x), &of(y));
                meet(&mut meetings, &of(y), &of(y));
            }
            Operation::Binary(Binary::Atan2, ..) => meet(&mut meetings, &rest, &rest),
            _ => {}
        }
        rests.push(rest);
    }
    let do_meet = |a: usize, b: usize| has(meetings.get(a), b) || has(meetings.get(b), a);
    let mut couples = Vec::new();
    for (one, a) in directions.iter().enumerate() {
        for (other, b) in directions.iter().enumerate().skip(one + 1) {
            if a.iter().any(|(i, _)| b.iter().any(|(j, _)| do_meet(*i, *j))) {
                couples.push((one, other));
            }
        }
    }
    couples
}

fn join(to: &mut [u64], from: &[u64]) {
    for (word, other) in to.iter_mut().zip(from) {
        *word |= other;
    }
}

fn has(set: Option<&Vec<u64>>, place: usize) -> bool {
    set.and_then(|set| set.get(place / 64)).is_some_and(|word| word >> (place % 64) & 1 == 1)
}

fn meet(meetings: &mut [Vec<u64>], left: &[u64], right: &[u64]) {
    let left = left.to_vec();
    for (place, meeting) in meetings.iter_mut().enumerate() {
        if has(Some(&left), place) {
            join(meeting, right);
        }
    }
}
