//! Exact decimals that keep the digits as they were stated.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// coefficient × 10^exponent. `2.50` and `2.5` are different statements of the same value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    coefficient: BigInt,
    exponent: i32,
}

/// The text is no decimal number, or is beyond what a measured value can be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a decimal number")]
pub struct ParseDecimalError {
    /// The text as given, cut to a readable length.
    pub text: String,
}

/// Exponents beyond this are refused: no measured value needs them and they make exact arithmetic unbounded.
const LARGEST_EXPONENT: i32 = 9_999;

impl Decimal {
    /// coefficient × 10^exponent.
    pub fn new(coefficient: BigInt, exponent: i32) -> Self {
        Self { coefficient, exponent }
    }

    /// The digits without the point.
    pub fn coefficient(&self) -> &BigInt {
        &self.coefficient
    }

    /// The power of ten of the last stated digit.
    pub fn exponent(&self) -> i32 {
        self.exponent
    }

    /// Whether the value is zero, however many zeros are stated.
    pub fn is_zero(&self) -> bool {
        self.coefficient.is_zero()
    }

    /// Whether the value is below zero.
    pub fn is_negative(&self) -> bool {
        self.coefficient.is_negative()
    }

    /// The nearest double.
    pub fn to_f64(&self) -> f64 {
        // The standard library's parser rounds correctly; a product of two doubles would not.
        format!("{}e{}", self.coefficient, self.exponent).parse().unwrap_or(f64::NAN)
    }

    /// The exact value as a fraction.
    pub fn to_rational(&self) -> BigRational {
        let ten = BigInt::from(10);
        if self.exponent >= 0 {
            BigRational::from_integer(&self.coefficient * ten.pow(self.exponent.unsigned_abs()))
        } else {
            BigRational::new(self.coefficient.clone(), ten.pow(self.exponent.unsigned_abs()))
        }
    }

    /// Compares the values, whatever digits state them.
    pub fn numeric_cmp(&self, other: &Self) -> Ordering {
        self.to_rational().cmp(&other.to_rational())
    }
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        let error = || ParseDecimalError { text: text.chars().take(40).collect() };
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i32>().map_err(|_| error())?),
            None => (text, 0),
        };
        let (sign, digits) = match mantissa.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return Err(error());
        }
        let coefficient = format!("{sign}{whole}{fraction}").parse().map_err(|_| error())?;
        let exponent = i32::try_from(fraction.len())
            .ok()
            .and_then(|length| power.checked_sub(length))
            .filter(|exponent| exponent.abs() <= LARGEST_EXPONENT)
            .ok_or_else(error)?;
        Ok(Self { coefficient, exponent })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.exponent > 0 {
            return write!(formatter, "{}E{}", self.coefficient, self.exponent);
        }
        let sign = if self.coefficient.is_negative() { "-" } else { "" };
        let places = self.exponent.unsigned_abs() as usize;
        let digits = format!("{:0>width$}", self.coefficient.abs(), width = places + 1);
        let (whole, fraction) = digits.split_at_checked(digits.len() - places).unwrap_or((&digits, ""));
        if fraction.is_empty() {
            write!(formatter, "{sign}{whole}")
        } else {
            write!(formatter, "{sign}{whole}.{fraction}")
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self { coefficient: value.into(), exponent: 0 }
    }
}

/// A fraction as the nearest double.
pub fn rational_to_f64(value: &BigRational) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}
