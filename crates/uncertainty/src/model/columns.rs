//! A program evaluated for a block of trials at once, operation after operation.

use super::program::{Operation, Program};
use crate::expression::power_f64;

/// A column of numbers for each input and each operation, used again for every block.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub(crate) inputs: Vec<Vec<f64>>,
    pub(crate) values: Vec<Vec<f64>>,
}

impl Program {
    /// Empty columns for this program.
    pub(crate) fn columns(&self, inputs: usize) -> Columns {
        Columns { inputs: vec![Vec::new(); inputs], values: vec![Vec::new(); self.operations.len()] }
    }

    /// Computes every operation for the first `count` trials of the inputs' columns.
    pub(crate) fn evaluate_columns(&self, columns: &mut Columns, count: usize) {
        for (place, operation) in self.operations.iter().enumerate() {
            let Some((done, [column, ..])) = columns.values.split_at_mut_checked(place) else { continue };
            let at = |place: usize| done.get(place).map_or(&[][..], Vec::as_slice);
            column.clear();
            match *operation {
                Operation::Constant(value) => column.resize(count, value),
                Operation::Input(place) => column.extend(columns.inputs.get(place).into_iter().flatten()),
                Operation::Negate(x) => column.extend(at(x).iter().map(|x| -x)),
                Operation::Call(function, x) => column.extend(at(x).iter().map(|x| function.value(*x))),
                Operation::Binary(binary, x, y) => {
                    column.extend(at(x).iter().zip(at(y)).map(|(x, y)| binary.value(*x, *y)));
                }
                Operation::Power(x, numerator, denominator) => {
                    column.extend(at(x).iter().map(|x| power_f64(*x, numerator, denominator)));
                }
                Operation::Affine(x, factor, offset) => column.extend(at(x).iter().map(|x| factor * x + offset)),
            }
        }
    }
}
