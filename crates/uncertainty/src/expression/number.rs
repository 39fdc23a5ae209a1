//! Numbers that stay exact as long as only + − × ÷ and whole powers are done to them.

use heng_quantity::unit::{Conversion, UnitMismatch};
use heng_quantity::{Decimal, Reported, Unit};
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::syntax::{Binary, Function};

/// What a rule or a record says under a name.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A quantity value.
    Quantity {
        /// The digits.
        value: Decimal,
        /// The unit.
        unit: Unit,
    },
    /// A word, such as a class.
    Text(String),
    /// Yes or no.
    Flag(bool),
}

impl From<&Reported> for Value {
    fn from(reported: &Reported) -> Self {
        Self::Quantity { value: reported.value.clone(), unit: reported.unit.clone() }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

/// A computed number.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// Exactly this fraction.
    Exact(BigRational),
    /// About this, from a function such as a square root.
    Approximate(f64),
}

/// A computed number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number.
    pub number: Number,
    /// The unit.
    pub unit: Unit,
}

/// An exactly computed number with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExactQuantity {
    /// The number.
    pub value: BigRational,
    /// The unit.
    pub unit: Unit,
}

impl Quantity {
    /// The number as a double.
    pub fn to_f64(&self) -> f64 {
        self.number.to_f64()
    }

    /// The number, where it is exact.
    pub fn exact(&self) -> Option<&BigRational> {
        match &self.number {
            Number::Exact(value) => Some(value),
            Number::Approximate(_) => None,
        }
    }

    /// The exact decimal in the fewest digits; none where the number is not exact or has no finite decimal.
    pub fn decimal(&self) -> Option<Decimal> {
        self.exact().and_then(Decimal::from_rational)
    }

    /// The same quantity in another unit; Celsius temperatures are converted as temperatures.
    pub fn converted_to(&self, unit: &Unit) -> Result<Self, UnitMismatch> {
        let conversion = self.unit.conversion_to(unit)?;
        Ok(Self { number: self.number.converted(&conversion), unit: unit.clone() })
    }
}

impl ExactQuantity {
    /// The decimal in the fewest digits; none where there is no finite one, as for 1/3.
    pub fn decimal(&self) -> Option<Decimal> {
        Decimal::from_rational(&self.value)
    }

    /// The same quantity in another unit; none where the conversion has no exact factor, as from degrees to radians.
    pub fn converted_to(&self, unit: &Unit) -> Result<Option<Self>, UnitMismatch> {
        let conversion = self.unit.conversion_to(unit)?;
        Ok(conversion
            .is_exact()
            .then(|| Self { value: &self.value * conversion.factor() + conversion.offset(), unit: unit.clone() }))
    }
}

/// Beyond this many bits a fraction stands for no measured value.
const MOST_BITS: u64 = 40_000;

impl Number {
    /// The number as a double, correctly rounded.
    pub fn to_f64(&self) -> f64 {
        match self {
            Self::Exact(value) => heng_quantity::decimal::rational_to_f64(value),
            Self::Approximate(value) => *value,
        }
    }

    pub(crate) fn is_small(&self) -> bool {
        match self {
            Self::Exact(value) => value.numer().bits() + value.denom().bits() <= MOST_BITS,
            Self::Approximate(_) => true,
        }
    }

    fn is_zero(&self) -> bool {
        match self {
            Self::Exact(value) => value.is_zero(),
            Self::Approximate(value) => *value == 0.0,
        }
    }

    fn converted(&self, conversion: &Conversion) -> Self {
        match self {
            Self::Exact(value) if conversion.is_exact() => {
                Self::Exact(value * conversion.factor() + conversion.offset())
            }
            _ => Self::Approximate(conversion.value_f64(self.to_f64())),
        }
    }

    pub(crate) fn changed(self, change: &super::units::Change) -> Self {
        use super::units::Change;
        match change {
            Change::Nothing => self,
            Change::Value(conversion) => self.converted(conversion),
            Change::Difference(conversion) => match &self {
                Self::Exact(value) if conversion.is_exact() => Self::Exact(value * conversion.factor()),
                _ => Self::Approximate(conversion.difference_f64(self.to_f64())),
            },
        }
    }

    pub(crate) fn negated(&self) -> Self {
        match self {
            Self::Exact(value) => Self::Exact(-value),
            Self::Approximate(value) => Self::Approximate(-value),
        }
    }

    /// None where the divisor is zero.
    pub(crate) fn combined(&self, binary: Binary, other: &Self) -> Option<Self> {
        if binary == Binary::Divide && other.is_zero() {
            return None;
        }
        if let (Self::Exact(left), Self::Exact(right)) = (self, other) {
            let exact = match binary {
                Binary::Add => left + right,
                Binary::Subtract => left - right,
                Binary::Multiply => left * right,
                Binary::Divide => left / right,
                Binary::Min => left.min(right).clone(),
                Binary::Max => left.max(right).clone(),
                Binary::Atan2 => return Some(Self::Approximate(libm::atan2(self.to_f64(), other.to_f64()))),
            };
            return Some(Self::Exact(exact));
        }
        let (left, right) = (self.to_f64(), other.to_f64());
        Some(Self::Approximate(match binary {
            Binary::Add => left + right,
            Binary::Subtract => left - right,
            Binary::Multiply => left * right,
            Binary::Divide => left / right,
            Binary::Min => left.min(right),
            Binary::Max => left.max(right),
            Binary::Atan2 => libm::atan2(left, right),
        }))
    }

    pub(crate) fn called(&self, function: Function) -> Self {
        if let (Function::Abs, Self::Exact(value)) = (function, self) {
            return Self::Exact(value.abs());
        }
        Self::Approximate(function.value(self.to_f64()))
    }

    /// None where zero is raised below zero.
    pub(crate) fn raised(&self, numerator: i64, denominator: i64) -> Option<Self> {
        if numerator < 0 && self.is_zero() {
            return None;
        }
        if let (Self::Exact(value), 0, Ok(power)) =
            (self, numerator % denominator, i32::try_from(numerator / denominator))
        {
            let bits = (value.numer().bits() + value.denom().bits()).saturating_mul(u64::from(power.unsigned_abs()));
            return Some(if bits <= 4 * MOST_BITS {
                Self::Exact(value.pow(power))
            } else {
                Self::Approximate(power_f64(self.to_f64(), numerator, denominator))
            });
        }
        Some(Self::Approximate(power_f64(self.to_f64(), numerator, denominator)))
    }
}

impl Function {
    pub(crate) fn value(self, argument: f64) -> f64 {
        match self {
            Self::Sqrt => libm::sqrt(argument),
            Self::Exp => libm::exp(argument),
            Self::Ln => libm::log(argument),
            Self::Log10 => libm::log10(argument),
            Self::Log2 => libm::log2(argument),
            Self::Sin => libm::sin(argument),
            Self::Cos => libm::cos(argument),
            Self::Tan => libm::tan(argument),
            Self::Asin => libm::asin(argument),
            Self::Acos => libm::acos(argument),
            Self::Atan => libm::atan(argument),
            Self::Sinh => libm::sinh(argument),
            Self::Cosh => libm::cosh(argument),
            Self::Tanh => libm::tanh(argument),
            Self::Asinh => libm::asinh(argument),
            Self::Acosh => libm::acosh(argument),
            Self::Atanh => libm::atanh(argument),
            Self::Erf => libm::erf(argument),
            Self::Abs => libm::fabs(argument),
        }
    }
}

/// base^(numerator ∕ denominator); squares and square roots are correctly rounded.
pub(crate) fn power_f64(base: f64, numerator: i64, denominator: i64) -> f64 {
    match (numerator, denominator) {
        (0, _) => 1.0,
        (1, 1) => base,
        (2, 1) => base * base,
        (1, 2) => libm::sqrt(base),
        _ => libm::pow(base, numerator as f64 / denominator as f64),
    }
}
