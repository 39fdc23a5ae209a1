//! Taylor series to third order: the exact derivatives of a program along a line.

use crate::expression::power_f64;
use crate::expression::syntax::{Binary, Function};
use crate::model::{Operation, Program};

/// f(t) = c₀ + c₁t + c₂t² + c₃t³.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Series(pub(crate) [f64; 4]);

impl Program {
    /// The series of these operations, in ascending order, as the inputs move along `estimates` + t·`slopes`; all that they rest on is there already.
    pub(crate) fn expand(&self, places: &[usize], estimates: &[f64], slopes: &[f64], series: &mut [Series]) {
        for place in places {
            let Some(operation) = self.operations.get(*place) else { continue };
            let at = |place: usize| series.get(place).copied().unwrap_or(Series([f64::NAN; 4]));
            let found = match *operation {
                Operation::Constant(value) => Series([value, 0.0, 0.0, 0.0]),
                Operation::Input(place) => {
                    let of = |numbers: &[f64]| numbers.get(place).copied().unwrap_or(f64::NAN);
                    Series([of(estimates), of(slopes), 0.0, 0.0])
                }
                Operation::Negate(x) => at(x).scaled(-1.0),
                Operation::Call(function, x) => at(x).composed(function.taylor(at(x).value())),
                Operation::Binary(binary, x, y) => binary.of_series(at(x), at(y)),
                Operation::Power(x, numerator, denominator) => {
                    at(x).composed(power_taylor(at(x).value(), numerator, denominator))
                }
                Operation::Affine(x, factor, offset) => at(x).scaled(factor).plus(Series([offset, 0.0, 0.0, 0.0])),
            };
            if let Some(entry) = series.get_mut(*place) {
                *entry = found;
            }
        }
    }
}

impl Series {
    fn value(self) -> f64 {
        let Self([value, ..]) = self;
        value
    }

    /// What does not move.
    pub(crate) fn resting(value: f64) -> Self {
        Self([value, 0.0, 0.0, 0.0])
    }

    fn scaled(self, factor: f64) -> Self {
        Self(self.0.map(|coefficient| factor * coefficient))
    }

    fn plus(self, other: Self) -> Self {
        let (Self([a0, a1, a2, a3]), Self([b0, b1, b2, b3])) = (self, other);
        Self([a0 + b0, a1 + b1, a2 + b2, a3 + b3])
    }

    fn times(self, other: Self) -> Self {
        let (Self([a0, a1, a2, a3]), Self([b0, b1, b2, b3])) = (self, other);
        Self([a0 * b0, a0 * b1 + a1 * b0, a0 * b2 + a1 * b1 + a2 * b0, a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0])
    }

    fn divided_by(self, other: Self) -> Self {
        let (Self([a0, a1, a2, a3]), Self([b0, b1, b2, b3])) = (self, other);
        let q0 = a0 / b0;
        let q1 = (a1 - b1 * q0) / b0;
        let q2 = (a2 - b1 * q1 - b2 * q0) / b0;
        let q3 = (a3 - b1 * q2 - b2 * q1 - b3 * q0) / b0;
        Self([q0, q1, q2, q3])
    }

    /// g(self), where `outer` holds g and its derivatives over 1!, 2!, 3! at the value of `self`.
    fn composed(self, outer: [f64; 4]) -> Self {
        let Self([_, h1, h2, h3]) = self;
        let [g0, g1, g2, g3] = outer;
        Self([g0, g1 * h1, g1 * h2 + g2 * h1 * h1, g1 * h3 + 2.0 * g2 * h1 * h2 + g3 * h1 * h1 * h1])
    }

    fn slope(self) -> Self {
        let Self([_, a1, a2, a3]) = self;
        Self([a1, 2.0 * a2, 3.0 * a3, 0.0])
    }
}

impl Binary {
    fn of_series(self, x: Series, y: Series) -> Series {
        match self {
            Self::Add => x.plus(y),
            Self::Subtract => x.plus(y.scaled(-1.0)),
            Self::Multiply => x.times(y),
            Self::Divide => x.divided_by(y),
            Self::Atan2 => {
                // θ′ = (x′y − xy′)/(x² + y²), with x the first argument.
                let turned = x.slope().times(y).plus(x.times(y.slope()).scaled(-1.0));
                let Series([t0, t1, t2, _]) = turned.divided_by(x.times(x).plus(y.times(y)));
                Series([libm::atan2(x.value(), y.value()), t0, t1 / 2.0, t2 / 3.0])
            }
            Self::Min if x.value() <= y.value() => x,
            Self::Max if x.value() >= y.value() => x,
            Self::Min | Self::Max => y,
        }
    }
}

impl Function {
    /// The function and its derivatives over 1!, 2!, 3!.
    fn taylor(self, x: f64) -> [f64; 4] {
        match self {
            Self::Sqrt => power_taylor(x, 1, 2),
            Self::Exp => {
                let e = libm::exp(x);
                [e, e, e / 2.0, e / 6.0]
            }
            Self::Ln => [libm::log(x), 1.0 / x, -0.5 / (x * x), 1.0 / (3.0 * x * x * x)],
            Self::Log10 => {
                let [_, first, second, third] = Self::Ln.taylor(x);
                let scaled = |derivative: f64| derivative / std::f64::consts::LN_10;
                [libm::log10(x), scaled(first), scaled(second), scaled(third)]
            }
            Self::Log2 => {
                let [_, first, second, third] = Self::Ln.taylor(x);
                let scaled = |derivative: f64| derivative / std::f64::consts::LN_2;
                [libm::log2(x), scaled(first), scaled(second), scaled(third)]
            }
            Self::Sin => {
                let (s, c) = (libm::sin(x), libm::cos(x));
                [s, c, -s / 2.0, -c / 6.0]
            }
            Self::Cos => {
                let (s, c) = (libm::sin(x), libm::cos(x));
                [c, -s, -c / 2.0, s / 6.0]
            }
            Self::Tan => {
                let t = libm::tan(x);
                let slope = 1.0 + t * t;
                [t, slope, t * slope, slope * (1.0 + 3.0 * t * t) / 3.0]
            }
            Self::Asin => {
                let d = 1.0 / libm::sqrt(1.0 - x * x);
                let cube = d * d * d;
                [libm::asin(x), d, x * cube / 2.0, (1.0 + 2.0 * x * x) * cube * d * d / 6.0]
            }
            Self::Acos => {
                let [_, first, second, third] = Self::Asin.taylor(x);
                [libm::acos(x), -first, -second, -third]
            }
            Self::Atan => {
                let d = 1.0 / (1.0 + x * x);
                [libm::atan(x), d, -x * d * d, (3.0 * x * x - 1.0) * d * d * d / 3.0]
            }
            Self::Sinh => {
                let (s, c) = (libm::sinh(x), libm::cosh(x));
                [s, c, s / 2.0, c / 6.0]
            }
            Self::Cosh => {
                let (s, c) = (libm::sinh(x), libm::cosh(x));
                [c, s, c / 2.0, s / 6.0]
            }
            Self::Tanh => {
                let (t, c) = (libm::tanh(x), libm::cosh(x));
                let d = 1.0 / (c * c);
                [t, d, -t * d, d * (3.0 * t * t - 1.0) / 3.0]
            }
            Self::Asinh => {
                let d = 1.0 / libm::sqrt(x * x + 1.0);
                let cube = d * d * d;
                [libm::asinh(x), d, -x * cube / 2.0, (2.0 * x * x - 1.0) * cube * d * d / 6.0]
            }
            Self::Acosh => {
                let d = 1.0 / (libm::sqrt(x - 1.0) * libm::sqrt(x + 1.0));
                let cube = d * d * d;
                [libm::acosh(x), d, -x * cube / 2.0, (2.0 * x * x + 1.0) * cube * d * d / 6.0]
            }
            Self::Atanh => {
                let d = 1.0 / ((1.0 - x) * (1.0 + x));
                [libm::atanh(x), d, x * d * d, (1.0 + 3.0 * x * x) * d * d * d / 3.0]
            }
            Self::Erf => {
                let d = std::f64::consts::FRAC_2_SQRT_PI * libm::exp(-x * x);
                [libm::erf(x), d, -x * d, (2.0 * x * x - 1.0) * d / 3.0]
            }
            Self::Abs => [libm::fabs(x), if x < 0.0 { -1.0 } else { 1.0 }, 0.0, 0.0],
        }
    }
}

/// x^p with p = numerator ∕ denominator, and its derivatives over 1!, 2!, 3!.
fn power_taylor(x: f64, numerator: i64, denominator: i64) -> [f64; 4] {
    let exponent = numerator as f64 / denominator as f64;
    let mut factor = 1.0;
    let mut taylor = [0.0; 4];
    for (order, coefficient) in (0_i64..).zip(&mut taylor) {
        // A vanished factor is exactly zero even where the power is infinite.
        if factor != 0.0 {
            *coefficient = factor * power_f64(x, numerator - order * denominator, denominator);
        }
        factor *= (exponent - order as f64) / (order + 1) as f64;
    }
    taylor
}
