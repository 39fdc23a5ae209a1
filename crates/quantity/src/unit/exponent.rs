//! Exponents of units: small exact fractions.

use std::fmt;
use std::ops::{Add, Mul, Neg};
use std::str::FromStr;

use num_rational::Ratio;
use num_traits::{One, Zero};

/// The exponent of a unit or of a dimension, for example −3, 1/2 or 0.25.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exponent(Ratio<i64>);

/// Beyond these no unit goes; they keep exact conversion factors small.
const LARGEST: i64 = 99;
const LARGEST_DENOMINATOR: i64 = 1_000;

impl Exponent {
    /// 1.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));
    /// 0.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));

    /// numerator ∕ denominator; none beyond ±99 or with a denominator that is zero or above 1000 in lowest
    /// terms.
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        if denominator == 0 || numerator.unsigned_abs() > 1 << 40 || denominator.unsigned_abs() > 1 << 40 {
            return None;
        }
        Self(Ratio::new(numerator, denominator)).within_bounds()
    }

    /// In lowest terms, above the line.
    pub fn numerator(self) -> i64 {
        *self.0.numer()
    }

    /// In lowest terms, below the line; above zero.
    pub fn denominator(self) -> i64 {
        *self.0.denom()
    }

    /// Whether it is a whole number.
    pub fn is_integer(self) -> bool {
        self.0.is_integer()
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is one.
    pub fn is_one(self) -> bool {
        self.0.is_one()
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.numerator() < 0
    }

    /// Without its sign.
    pub fn abs(self) -> Self {
        if self.is_negative() { -self } else { self }
    }

    pub(crate) fn within_bounds(self) -> Option<Self> {
        let small = self.denominator() <= LARGEST_DENOMINATOR && self.numerator().abs() <= LARGEST * self.denominator();
        small.then_some(self)
    }
}

impl From<i8> for Exponent {
    fn from(value: i8) -> Self {
        Self(Ratio::from_integer(i64::from(value)))
    }
}

impl Add for Exponent {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Mul for Exponent {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}

impl Neg for Exponent {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

/// The text is no exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an exponent of a unit")]
pub struct ParseExponentError;

impl FromStr for Exponent {
    type Err = ParseExponentError;

    /// `-2`, `+0.5`, `2.0`, or a fraction with the underscore of the SI Reference Point, `1_2`.
    fn from_str(text: &str) -> Result<Self, ParseExponentError> {
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let number = |digits: &str| -> Option<i64> {
            let good = !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
            good.then(|| digits.parse().ok()).flatten()
        };
        let fraction = if let Some((numerator, denominator)) = rest.split_once('_') {
            number(numerator).zip(number(denominator))
        } else if let Some((whole, decimals)) = rest.split_once('.') {
            let decimals = decimals.trim_end_matches('0');
            let digits = [whole, decimals].concat();
            u32::try_from(decimals.len())
                .ok()
                .and_then(|places| 10_i64.checked_pow(places))
                .filter(|_| !whole.is_empty() && !rest.ends_with('.'))
                .and_then(|scale| Some((number(&digits)?, scale)))
        } else {
            number(rest).map(|whole| (whole, 1))
        };
        fraction.and_then(|(numerator, denominator)| Self::new(sign * numerator, denominator)).ok_or(ParseExponentError)
    }
}

impl fmt::Display for Exponent {
    /// A decimal where a finite one exists, else a fraction with an underscore.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numerator, denominator) = (self.numerator(), self.denominator());
        if denominator == 1 {
            return write!(formatter, "{numerator}");
        }
        let mut scale = 1_i64;
        for places in 1..=9_usize {
            scale *= 10;
            if scale % denominator == 0 {
                let digits = (numerator * (scale / denominator)).abs();
                let sign = if numerator < 0 { "-" } else { "" };
                return write!(formatter, "{sign}{}.{:0places$}", digits / scale, digits % scale);
            }
        }
        write!(formatter, "{numerator}_{denominator}")
    }
}
