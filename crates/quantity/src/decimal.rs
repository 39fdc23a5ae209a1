//! Exact decimals that keep the digits as they were stated.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};
use std::str::FromStr;

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::RoundingRule;
use crate::rounding::Direction;

/// coefficient × 10^exponent. `2.50` and `2.5` are different statements of the same value: `==` compares the
/// statements, [`Decimal::numeric_cmp`] the values. Sums, differences and products are exact.
///
/// ```
/// use heng_quantity::{Decimal, RoundingRule};
///
/// let (indication, load): (Decimal, Decimal) = ("15.002".parse()?, "15.00".parse()?);
/// let error = &indication - &load;
/// assert_eq!(error.to_string(), "0.002");
/// assert_eq!("0.25".parse::<Decimal>()?.rounded(-1, RoundingRule::Gbt8170).to_string(), "0.2");
/// # Ok::<(), heng_quantity::decimal::ParseDecimalError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    coefficient: BigInt,
    exponent: i32,
}

/// The text is no decimal number, or is beyond what a measured value can be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseDecimalError {
    /// Something else than sign, digits, one point and one power of ten.
    #[error("{text:?} is not a decimal number")]
    Malformed {
        /// The text as given, cut to a readable length.
        text: String,
    },
    /// More digits than any measured value has.
    #[error("{text:?}… has more than {LARGEST_DIGITS} digits")]
    TooLong {
        /// The text as given, cut to a readable length.
        text: String,
    },
    /// A power of ten beyond any measured value.
    #[error("{text:?} lies beyond 10^±{LARGEST_EXPONENT}")]
    TooFar {
        /// The text as given, cut to a readable length.
        text: String,
    },
}

/// Exponents beyond this are refused in texts: no measured value needs them and they make exact arithmetic unbounded.
/// Every double has an exact decimal within it.
pub const LARGEST_EXPONENT: i32 = 2_000;

/// Longer texts are refused before they are read.
pub const LARGEST_DIGITS: usize = 2_000;

/// Where arithmetic stops: a coefficient of a million digits still takes well under a second.
const EXPONENT_BOUND: i32 = 1_000_000;

/// Values that need more zeros than this between point and digits are printed with a power of ten.
const LARGEST_PADDING: usize = 40;

impl Decimal {
    /// coefficient × 10^exponent. The exponent saturates at ±10⁶, far beyond what can be parsed, so that arithmetic
    /// stays bounded whatever is computed.
    pub fn new(coefficient: BigInt, exponent: i32) -> Self {
        Self { coefficient, exponent: exponent.clamp(-EXPONENT_BOUND, EXPONENT_BOUND) }
    }

    /// 0, stated to the unit.
    pub fn zero() -> Self {
        Self::from(0)
    }

    /// 1, stated to the unit.
    pub fn one() -> Self {
        Self::from(1)
    }

    /// The exact value of a double, with every digit of its binary fraction; none for NaN and the infinities.
    pub fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let bits = value.to_bits();
        let fraction = bits & ((1 << 52) - 1);
        let (mantissa, power) = match (bits >> 52) & 0x7ff {
            0 => (fraction, -1074),
            exponent => (fraction | (1 << 52), i32::try_from(exponent).unwrap_or(0) - 1075),
        };
        let sign = if value.is_sign_negative() { Sign::Minus } else { Sign::Plus };
        let zeros = if mantissa == 0 { 0 } else { mantissa.trailing_zeros() };
        let mantissa = BigInt::from_biguint(sign, BigUint::from(mantissa >> zeros));
        let power = if mantissa.is_zero() { 0 } else { power + i32::try_from(zeros).unwrap_or(0) };
        // m × 2^−n = m × 5^n × 10^−n.
        Some(if power >= 0 {
            Self::new(mantissa << power.unsigned_abs(), 0)
        } else {
            Self::new(mantissa * BigInt::from(5).pow(power.unsigned_abs()), power)
        })
    }

    /// The shortest decimal that reads back as the same double; none for NaN and the infinities.
    pub fn shortest_from_f64(value: f64) -> Option<Self> {
        if value.is_finite() { format!("{value:e}").parse().ok() } else { None }
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

    /// |x|.
    pub fn abs(&self) -> Self {
        Self { coefficient: self.coefficient.abs(), exponent: self.exponent }
    }

    /// How many digits state the value, leading zeros not counted; a zero has one.
    pub fn significant_digits(&self) -> usize {
        digit_count(self.coefficient.magnitude())
    }

    /// The power of ten of the first digit that is not zero; none for zero.
    pub fn leading_exponent(&self) -> Option<i32> {
        let digits = i32::try_from(self.significant_digits()).unwrap_or(i32::MAX);
        (!self.is_zero()).then(|| self.exponent.saturating_add(digits - 1))
    }

    /// The nearest double.
    pub fn to_f64(&self) -> f64 {
        // The standard library's parser rounds correctly; a product of two doubles would not.
        format!("{}e{}", self.coefficient, self.exponent).parse().unwrap_or(f64::NAN)
    }

    /// The exact value as a fraction.
    pub fn to_rational(&self) -> BigRational {
        if self.is_zero() {
            BigRational::zero()
        } else if self.exponent >= 0 {
            BigRational::from_integer(&self.coefficient * ten_to(self.exponent.unsigned_abs()))
        } else {
            BigRational::new(self.coefficient.clone(), ten_to(self.exponent.unsigned_abs()))
        }
    }

    /// The fraction as a decimal, with the fewest digits; none where it has no finite decimal.
    pub fn from_rational(value: &BigRational) -> Option<Self> {
        let (mut rest, mut twos, mut fives) = (value.denom().clone(), 0_u32, 0_u32);
        for (prime, count) in [(2, &mut twos), (5, &mut fives)] {
            let prime = BigInt::from(prime);
            loop {
                let (quotient, remainder) = rest.div_rem(&prime);
                if !remainder.is_zero() {
                    break;
                }
                rest = quotient;
                *count += 1;
            }
        }
        let places = twos.max(fives);
        rest.is_one().then(|| {
            let coefficient = value.numer() * BigInt::from(2).pow(places - twos) * BigInt::from(5).pow(places - fives);
            Self::new(coefficient, i32::try_from(places).map_or(i32::MIN, |places| -places))
        })
    }

    /// The fraction rounded to a multiple of 10^exponent.
    pub fn from_rational_rounded(value: &BigRational, exponent: i32, rule: RoundingRule) -> Self {
        let rounded = Self::new(BigInt::zero(), exponent);
        let scale = ten_to(rounded.exponent.unsigned_abs());
        let (numerator, denominator) = if rounded.exponent >= 0 {
            (value.numer().clone(), value.denom() * scale)
        } else {
            (value.numer() * scale, value.denom().clone())
        };
        Self { coefficient: rule.direction().quotient(&numerator, &denominator), ..rounded }
    }

    /// Compares the values, whatever digits state them.
    pub fn numeric_cmp(&self, other: &Self) -> Ordering {
        let signs = self.coefficient.sign().cmp(&other.coefficient.sign());
        // Orders of magnitude decide first, so that exponents far apart cost nothing.
        let magnitudes = self.leading_exponent().cmp(&other.leading_exponent());
        let magnitudes = if self.is_negative() { magnitudes.reverse() } else { magnitudes };
        signs.then(magnitudes).then_with(|| {
            let (left, right, _) = aligned(self, other);
            left.cmp(&right)
        })
    }

    /// The value to a multiple of 10^exponent. Where the value states fewer digits, zeros are added.
    ///
    /// Every rule rounds an estimate to nearest, ties to even (JCGM 100 7.2.6; GB/T 8170-2008, 3.2); a rule that rounds up does
    /// so for uncertainties only, see [`RoundingRule::uncertainty`].
    pub fn rounded(&self, exponent: i32, rule: RoundingRule) -> Self {
        self.rounded_towards(exponent, rule.direction())
    }

    /// The value to a multiple of a rounding interval (修约间隔, GB/T 8170-2008, 2.2), such as 0.5 or 2 × 10²; stated
    /// to the place of the interval's last digit. An interval of zero leaves the value alone.
    ///
    /// It gives what the clauses on 0.5 and 0.2 unit rounding (3.4) give: twice, or five times, the value rounded to the
    /// unit, then divided again.
    pub fn rounded_to_interval(&self, interval: &Self, rule: RoundingRule) -> Self {
        if interval.is_zero() {
            return self.clone();
        }
        let (value, step, _) = aligned(self, &interval.abs());
        let steps = rule.direction().quotient(&value, &step);
        Self { coefficient: steps * interval.coefficient.abs(), exponent: interval.exponent }
    }

    pub(crate) fn rounded_towards(&self, exponent: i32, direction: Direction) -> Self {
        let target = Self::new(BigInt::zero(), exponent);
        let places = target.exponent.saturating_sub(self.exponent);
        let coefficient = if places <= 0 {
            &self.coefficient * ten_to(places.unsigned_abs())
        } else {
            direction.quotient(&self.coefficient, &ten_to(places.unsigned_abs()))
        };
        Self { coefficient, ..target }
    }

    /// self ∕ other, to a multiple of 10^exponent; none where other is zero.
    pub fn quotient(&self, other: &Self, exponent: i32, rule: RoundingRule) -> Option<Self> {
        (!other.is_zero())
            .then(|| Self::from_rational_rounded(&(self.to_rational() / other.to_rational()), exponent, rule))
    }

    /// The same value in the fewest digits: `2.50` becomes `2.5`, `1200` becomes `12E2`.
    pub fn normalized(&self) -> Self {
        if self.is_zero() {
            return Self::zero();
        }
        let digits = self.coefficient.magnitude().to_string();
        let zeros = u32::try_from(digits.len() - digits.trim_end_matches('0').len()).unwrap_or(0);
        Self::new(&self.coefficient / ten_to(zeros), self.exponent.saturating_add(i32::try_from(zeros).unwrap_or(0)))
    }
}

fn ten_to(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

fn digit_count(magnitude: &BigUint) -> usize {
    if let Some(small) = magnitude.to_u64() {
        return small.checked_ilog10().map_or(1, |log| log as usize + 1);
    }
    magnitude.to_string().len()
}

/// Both coefficients at the smaller exponent, and that exponent.
fn aligned(left: &Decimal, right: &Decimal) -> (BigInt, BigInt, i32) {
    let exponent = left.exponent.min(right.exponent);
    let at = |decimal: &Decimal| {
        if decimal.is_zero() {
            BigInt::zero()
        } else {
            &decimal.coefficient * ten_to(decimal.exponent.abs_diff(exponent))
        }
    };
    (at(left), at(right), exponent)
}

impl Add for &Decimal {
    type Output = Decimal;

    fn add(self, other: &Decimal) -> Decimal {
        let (left, right, exponent) = aligned(self, other);
        Decimal { coefficient: left + right, exponent }
    }
}

impl Sub for &Decimal {
    type Output = Decimal;

    fn sub(self, other: &Decimal) -> Decimal {
        let (left, right, exponent) = aligned(self, other);
        Decimal { coefficient: left - right, exponent }
    }
}

impl Mul for &Decimal {
    type Output = Decimal;

    fn mul(self, other: &Decimal) -> Decimal {
        Decimal::new(&self.coefficient * &other.coefficient, self.exponent.saturating_add(other.exponent))
    }
}

impl Neg for &Decimal {
    type Output = Decimal;

    fn neg(self) -> Decimal {
        Decimal { coefficient: -&self.coefficient, exponent: self.exponent }
    }
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        let excerpt = || text.chars().take(40).collect::<String>();
        let malformed = || ParseDecimalError::Malformed { text: excerpt() };
        if text.len() > LARGEST_DIGITS * 2 {
            return Err(ParseDecimalError::TooLong { text: excerpt() });
        }
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, parse_power(power).ok_or_else(malformed)?),
            None => (text, 0),
        };
        let (sign, digits) = match mantissa.strip_prefix('-') {
            Some(rest) => (Sign::Minus, rest),
            None => (Sign::Plus, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return Err(malformed());
        }
        let magnitude = magnitude(whole, fraction).ok_or_else(malformed)?;
        if digit_count(&magnitude) > LARGEST_DIGITS {
            return Err(ParseDecimalError::TooLong { text: excerpt() });
        }
        i64::try_from(fraction.len())
            .ok()
            .and_then(|places| power.checked_sub(places))
            .and_then(|exponent| i32::try_from(exponent).ok())
            .filter(|exponent| exponent.abs() <= LARGEST_EXPONENT)
            .map(|exponent| Self { coefficient: BigInt::from_biguint(sign, magnitude), exponent })
            .ok_or_else(|| ParseDecimalError::TooFar { text: excerpt() })
    }
}

/// The digits as one number.
fn magnitude(whole: &str, fraction: &str) -> Option<BigUint> {
    // Nineteen digits fit a machine word; nearly all that is ever measured does.
    if whole.len() + fraction.len() <= 19 {
        let digits = whole.bytes().chain(fraction.bytes());
        return Some(BigUint::from(digits.fold(0_u64, |number, digit| number * 10 + u64::from(digit - b'0'))));
    }
    BigUint::parse_bytes([whole, fraction].concat().as_bytes(), 10)
}

/// The power after `e`, saturated: a power too large to hold is as far out as any other.
fn parse_power(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(i64::from(i32::MAX) * 2))
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.coefficient.is_negative() { "-" } else { "" };
        let digits = self.coefficient.magnitude().to_string();
        let places = self.exponent.unsigned_abs() as usize;
        if self.exponent > 0 || places > digits.len() + LARGEST_PADDING {
            return write!(formatter, "{sign}{digits}E{}", self.exponent);
        }
        let digits = format!("{digits:0>width$}", width = places + 1);
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

/// A fraction as the nearest double, or very near where numerator and denominator are both beyond a double.
pub fn rational_to_f64(value: &BigRational) -> f64 {
    // Twenty-five significant digits, then the standard library's correct rounding.
    let magnitude = |number: &BigInt| i32::try_from(digit_count(number.magnitude())).unwrap_or(i32::MAX);
    let exponent = magnitude(value.numer()).saturating_sub(magnitude(value.denom())).saturating_sub(25);
    Decimal::from_rational_rounded(value, exponent, RoundingRule::Gbt8170).to_f64()
}
