//! Rounding of a value and its uncertainty by a named rule.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};
use serde::{Deserialize, Serialize};

use crate::Decimal;

/// A named rounding rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundingRule {
    /// JCGM 100:2008, 7.2.6: two significant digits of uncertainty, rounded to nearest, ties to even.
    #[serde(rename = "gum-7.2.6")]
    Gum726,
    /// JCGM 100:2008, 7.2.6: two significant digits of uncertainty, "rounded up rather than to the nearest digit"
    /// as the clause allows; the estimate to nearest.
    #[serde(rename = "gum-7.2.6-up")]
    Gum726Up,
    /// JJF 1059.1-2012, 5.3.8: two significant digits of uncertainty, rounded by GB/T 8170.
    #[serde(rename = "jjf-1059.1")]
    Jjf10591,
    /// JJF 1059.1-2012, 5.3.8: two significant digits of uncertainty, all that follows them carried up
    /// (将不确定度最末位后面的数都进位而不是舍去); the estimate by GB/T 8170.
    #[serde(rename = "jjf-1059.1-up")]
    Jjf10591Up,
    /// JJF 1059.1-2012, 5.3.8: one significant digit of uncertainty, two where the first is 1 or 2, where one digit would
    /// change the uncertainty by up to half; rounded by GB/T 8170.
    #[serde(rename = "jjf-1059.1-one-digit")]
    Jjf10591OneDigit,
    /// GB/T 8170-2008: to nearest, ties to even; two significant digits of uncertainty.
    #[serde(rename = "gb-t-8170")]
    Gbt8170,
}

/// To which side a remainder goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    NearestEven,
    AwayFromZero,
}

/// A double carries about 16 digits; what stands behind the twelfth is its own noise, and must not carry an uncertainty up.
const DIGITS_ABOVE_NOISE: i32 = 12;

impl RoundingRule {
    /// An uncertainty rounded to the digits that the rule keeps. Zero stays as stated.
    ///
    /// The result never has more significant digits than the rule keeps: 0.0996 becomes 0.10.
    pub fn uncertainty(self, value: &Decimal) -> Decimal {
        let Some(leading) = value.leading_exponent() else { return value.clone() };
        let digits = self.uncertainty_digits(value);
        let rounded = match self.uncertainty_direction() {
            Direction::NearestEven => value.clone(),
            Direction::AwayFromZero if leading - value.exponent() >= DIGITS_ABOVE_NOISE => {
                value.rounded_towards(leading + 1 - DIGITS_ABOVE_NOISE, Direction::NearestEven)
            }
            Direction::AwayFromZero => value.clone(),
        }
        .rounded_towards(leading + 1 - digits, self.uncertainty_direction());
        // A carry into a new first digit leaves a zero at the end.
        match rounded.leading_exponent() {
            Some(carried) if carried > leading => {
                rounded.rounded_towards(carried + 1 - self.uncertainty_digits(&rounded), Direction::NearestEven)
            }
            _ => rounded,
        }
    }

    fn uncertainty_digits(self, value: &Decimal) -> i32 {
        let first = value.coefficient().magnitude().to_string().chars().next();
        match self {
            Self::Jjf10591OneDigit if !matches!(first, Some('1' | '2')) => 1,
            _ => 2,
        }
    }

    fn uncertainty_direction(self) -> Direction {
        match self {
            Self::Gum726Up | Self::Jjf10591Up => Direction::AwayFromZero,
            Self::Gum726 | Self::Jjf10591 | Self::Jjf10591OneDigit | Self::Gbt8170 => Direction::NearestEven,
        }
    }

    /// How estimates are rounded: all the rules agree.
    pub(crate) fn direction(self) -> Direction {
        Direction::NearestEven
    }
}

impl Direction {
    /// numerator ∕ denominator as a whole number; the denominator is above zero.
    pub(crate) fn quotient(self, numerator: &BigInt, denominator: &BigInt) -> BigInt {
        let (quotient, remainder) = numerator.abs().div_mod_floor(denominator);
        let away = match self {
            Self::AwayFromZero => !remainder.is_zero(),
            Self::NearestEven => match (&remainder + &remainder).cmp(denominator) {
                std::cmp::Ordering::Less => false,
                std::cmp::Ordering::Equal => quotient.is_odd(),
                std::cmp::Ordering::Greater => true,
            },
        };
        let magnitude = if away { quotient + BigInt::one() } else { quotient };
        if numerator.is_negative() { -magnitude } else { magnitude }
    }
}
