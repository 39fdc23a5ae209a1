//! The values of a program's operations, and the derivatives of one of them by reverse accumulation.

use crate::expression::power_f64;
use crate::expression::syntax::{Binary, Function};
use crate::model::{Operation, Program};

impl Program {
    /// The value of every operation, into a vector that is used again.
    pub(crate) fn fill_values(&self, inputs: &[f64], values: &mut Vec<f64>) {
        values.clear();
        for operation in &self.operations {
            let at = |place: usize| values.get(place).copied().unwrap_or(f64::NAN);
            let mut operands = operation.operands();
            let mut operand = || operands.next().map_or(f64::NAN, at);
            let (x, y) = (operand(), operand());
            values.push(match *operation {
                Operation::Input(place) => inputs.get(place).copied().unwrap_or(f64::NAN),
                operation => operation.value(x, y),
            });
        }
    }

    /// ∂(operation at `of`)/∂(input), for every input, in one backward pass.
    pub(super) fn fill_slopes(&self, of: usize, values: &[f64], adjoints: &mut Vec<f64>, slopes: &mut [f64]) {
        let at = |place: usize| values.get(place).copied().unwrap_or(f64::NAN);
        adjoints.clear();
        adjoints.resize(self.operations.len(), 0.0);
        slopes.fill(0.0);
        add(adjoints, of, 1.0);
        for (place, operation) in self.operations.iter().enumerate().rev() {
            let outer = adjoints.get(place).copied().unwrap_or(0.0);
            if outer == 0.0 {
                continue;
            }
            match *operation {
                Operation::Constant(_) => {}
                Operation::Input(input) => add(slopes, input, outer),
                Operation::Negate(x) => add(adjoints, x, -outer),
                Operation::Call(function, x) => add(adjoints, x, outer * function.slope(at(x))),
                Operation::Binary(binary, x, y) => {
                    let (left, right) = binary.slopes(at(x), at(y));
                    add(adjoints, x, outer * left);
                    add(adjoints, y, outer * right);
                }
                Operation::Power(x, numerator, denominator) => {
                    let exponent = numerator as f64 / denominator as f64;
                    let slope = exponent * power_f64(at(x), numerator - denominator, denominator);
                    add(adjoints, x, outer * if numerator == 0 { 0.0 } else { slope });
                }
                Operation::Affine(x, factor, _) => add(adjoints, x, outer * factor),
            }
        }
    }
}

fn add(to: &mut [f64], place: usize, value: f64) {
    if let Some(entry) = to.get_mut(place) {
        *entry += value;
    }
}

impl Function {
    fn slope(self, x: f64) -> f64 {
        match self {
            Self::Sqrt => 0.5 / libm::sqrt(x),
            Self::Exp => libm::exp(x),
            Self::Ln => 1.0 / x,
            Self::Log10 => 1.0 / (x * std::f64::consts::LN_10),
            Self::Log2 => 1.0 / (x * std::f64::consts::LN_2),
            Self::Sin => libm::cos(x),
            Self::Cos => -libm::sin(x),
            Self::Tan => 1.0 + libm::tan(x) * libm::tan(x),
            Self::Asin => 1.0 / libm::sqrt(1.0 - x * x),
            Self::Acos => -1.0 / libm::sqrt(1.0 - x * x),
            Self::Atan => 1.0 / (1.0 + x * x),
            Self::Sinh => libm::cosh(x),
            Self::Cosh => libm::sinh(x),
            Self::Tanh => 1.0 / (libm::cosh(x) * libm::cosh(x)),
            Self::Asinh => 1.0 / libm::sqrt(x * x + 1.0),
            Self::Acosh => 1.0 / (libm::sqrt(x - 1.0) * libm::sqrt(x + 1.0)),
            Self::Atanh => 1.0 / ((1.0 - x) * (1.0 + x)),
            Self::Erf => std::f64::consts::FRAC_2_SQRT_PI * libm::exp(-x * x),
            Self::Abs => {
                if x < 0.0 {
                    -1.0
                } else {
                    1.0
                }
            }
        }
    }
}

impl Binary {
    pub(crate) fn value(self, x: f64, y: f64) -> f64 {
        match self {
            Self::Add => x + y,
            Self::Subtract => x - y,
            Self::Multiply => x * y,
            Self::Divide => x / y,
            Self::Atan2 => libm::atan2(x, y),
            Self::Min => x.min(y),
            Self::Max => x.max(y),
        }
    }

    fn slopes(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Add => (1.0, 1.0),
            Self::Subtract => (1.0, -1.0),
            Self::Multiply => (y, x),
            Self::Divide => (1.0 / y, -x / (y * y)),
            Self::Atan2 => (y / (x * x + y * y), -x / (x * x + y * y)),
            Self::Min if x <= y => (1.0, 0.0),
            Self::Max if x >= y => (1.0, 0.0),
            Self::Min | Self::Max => (0.0, 1.0),
        }
    }
}
