//! A program evaluated for a strip of trials at once, operation after operation.

use super::program::{Operation, Program};
use crate::expression::syntax::{Binary, Function};

/// Trials that are evaluated together: enough to forget the cost of choosing the operation, few enough that all columns stay near the processor.
pub(crate) const STRIP: usize = 512;

/// Where an operand is found.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Operand {
    Column(usize),
    Number(f64),
    /// The operation has no such operand.
    Absent,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    operation: Operation,
    left: Operand,
    right: Operand,
    into: usize,
}

/// A program laid out over columns: the inputs', and as many more as values are alive at a time.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    steps: Vec<Step>,
    /// Columns.
    outputs: Vec<usize>,
    width: usize,
}

impl Program {
    /// The steps that compute the outputs from columns of so many inputs.
    pub(crate) fn plan(&self, inputs: usize) -> Plan {
        // The last operation that needs each; outputs are needed to the end.
        let mut last: Vec<usize> = (0..self.operations.len()).collect();
        for (place, operation) in self.operations.iter().enumerate() {
            for operand in operation.operands() {
                if let Some(entry) = last.get_mut(operand) {
                    *entry = place;
                }
            }
        }
        for (place, _) in &self.outputs {
            if let Some(entry) = last.get_mut(*place) {
                *entry = usize::MAX;
            }
        }
        let mut plan = Plan { steps: Vec::new(), outputs: Vec::new(), width: inputs };
        let mut found: Vec<Operand> = Vec::with_capacity(self.operations.len());
        let mut free: Vec<usize> = Vec::new();
        for (place, operation) in self.operations.iter().enumerate() {
            let operands: Vec<usize> = operation.operands().collect();
            let operand =
                |at: usize| operands.get(at).and_then(|place| found.get(*place)).copied().unwrap_or(Operand::Absent);
            let (left, right) = (operand(0), operand(1));
            let number = |operand: Operand| match operand {
                Operand::Column(_) => None,
                Operand::Number(number) => Some(number),
                Operand::Absent => Some(f64::NAN),
            };
            let result = match *operation {
                Operation::Input(input) => Operand::Column(input),
                operation => match (number(left), number(right)) {
                    (Some(x), Some(y)) => Operand::Number(operation.value(x, y)),
                    _ => {
                        let into = free.pop().unwrap_or_else(|| {
                            plan.width += 1;
                            plan.width - 1
                        });
                        plan.steps.push(Step { operation, left, right, into });
                        Operand::Column(into)
                    }
                },
            };
            found.push(result);
            for (at, operand) in operands.iter().enumerate() {
                let is_first = operands.iter().position(|other| other == operand) == Some(at);
                if let Some(Operand::Column(column)) = found.get(*operand)
                    && is_first
                    && *column >= inputs
                    && last.get(*operand) == Some(&place)
                {
                    free.push(*column);
                }
            }
        }
        for (place, _) in &self.outputs {
            let output = match found.get(*place) {
                Some(Operand::Column(column)) => *column,
                // An output that is a plain number gets a column of its own.
                other => {
                    let number = if let Some(Operand::Number(number)) = other { *number } else { f64::NAN };
                    let (left, right) = (Operand::Absent, Operand::Absent);
                    plan.steps.push(Step { operation: Operation::Constant(number), left, right, into: plan.width });
                    plan.width += 1;
                    plan.width - 1
                }
            };
            plan.outputs.push(output);
        }
        plan
    }
}

impl Plan {
    /// Columns for this plan, those of the inputs first.
    pub(crate) fn columns(&self) -> Vec<Vec<f64>> {
        vec![vec![0.0; STRIP]; self.width]
    }

    /// Computes every step.
    pub(crate) fn evaluate(&self, columns: &mut [Vec<f64>]) {
        for step in &self.steps {
            let Some(mut column) = columns.get_mut(step.into).map(std::mem::take) else { continue };
            step.evaluate(columns, &mut column);
            if let Some(place) = columns.get_mut(step.into) {
                *place = column;
            }
        }
    }

    /// The columns of the outputs, for the first `count` trials.
    pub(crate) fn outputs<'a>(&self, columns: &'a [Vec<f64>], count: usize) -> impl Iterator<Item = &'a [f64]> {
        let column = move |place: &usize| columns.get(*place).and_then(|column| column.get(..count)).unwrap_or(&[]);
        self.outputs.iter().map(column)
    }
}

impl Step {
    fn evaluate(&self, columns: &[Vec<f64>], into: &mut [f64]) {
        let (left, right) = (self.left, self.right);
        match self.operation {
            Operation::Constant(number) => into.fill(number),
            Operation::Negate(_) => map(columns, left, into, |x| -x),
            Operation::Affine(_, factor, offset) => map(columns, left, into, |x| factor * x + offset),
            Operation::Power(_, 2, 1) => map(columns, left, into, |x| x * x),
            // The square root is rounded correctly everywhere, as that of `libm` is.
            Operation::Power(_, 1, 2) | Operation::Call(Function::Sqrt, _) => map(columns, left, into, f64::sqrt),
            Operation::Call(Function::Abs, _) => map(columns, left, into, f64::abs),
            Operation::Binary(Binary::Add, ..) => combine(columns, left, right, into, |x, y| x + y),
            Operation::Binary(Binary::Subtract, ..) => combine(columns, left, right, into, |x, y| x - y),
            Operation::Binary(Binary::Multiply, ..) => combine(columns, left, right, into, |x, y| x * y),
            Operation::Binary(Binary::Divide, ..) => combine(columns, left, right, into, |x, y| x / y),
            operation if right == Operand::Absent => map(columns, left, into, |x| operation.value(x, f64::NAN)),
            operation => combine(columns, left, right, into, |x, y| operation.value(x, y)),
        }
    }
}

#[inline(always)]
fn map(columns: &[Vec<f64>], of: Operand, into: &mut [f64], function: impl Fn(f64) -> f64) {
    if let Operand::Column(place) = of {
        let column = columns.get(place).map_or(&[][..], Vec::as_slice);
        for (entry, x) in into.iter_mut().zip(column) {
            *entry = function(*x);
        }
    }
}

#[inline(always)]
fn combine(columns: &[Vec<f64>], left: Operand, right: Operand, into: &mut [f64], function: impl Fn(f64, f64) -> f64) {
    let column = |place: usize| columns.get(place).map_or(&[][..], Vec::as_slice);
    match (left, right) {
        (Operand::Column(left), Operand::Column(right)) => {
            for ((entry, x), y) in into.iter_mut().zip(column(left)).zip(column(right)) {
                *entry = function(*x, *y);
            }
        }
        (Operand::Column(left), Operand::Number(y)) => map(columns, Operand::Column(left), into, |x| function(x, y)),
        (Operand::Number(x), right) => map(columns, right, into, |y| function(x, y)),
        _ => {}
    }
}
