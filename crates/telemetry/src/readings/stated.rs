//! The digits of a reading as they were stated, in eight bytes.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use heng_quantity::Decimal;

/// coefficient × 10^exponent with a coefficient of at most 16 digits. `12.50` and `12.5` are different statements of one value.
///
/// ```
/// use heng_telemetry::readings::Stated;
/// let read: Stated = "0012.50".parse()?;
/// assert_eq!(read.to_string(), "12.50");
/// assert!(read.is_same_value("12.5".parse()?));
/// # Ok::<(), heng_telemetry::readings::stated::StatedError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stated {
    coefficient: i64,
    exponent: i8,
}

/// The text is no number that a register shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatedError {
    /// Something else than sign, digits, one point and one power of ten.
    #[error("no decimal number")]
    Malformed,
    /// More digits than are kept.
    #[error("more digits than are kept")]
    TooLong,
}

/// The largest coefficient: 16 digits, which leaves room for the exponent in the packed form.
const LARGEST: i64 = 9_999_999_999_999_999;

/// Powers of ten beyond this are of no register.
const FARTHEST: i32 = 30;

impl Stated {
    /// coefficient × 10^exponent, if it is within what is kept.
    pub fn new(coefficient: i64, exponent: i32) -> Option<Self> {
        let is_within = (-LARGEST..=LARGEST).contains(&coefficient) && (-FARTHEST..=FARTHEST).contains(&exponent);
        let exponent = i8::try_from(exponent).ok().filter(|_| is_within)?;
        Some(Self { coefficient, exponent })
    }

    /// The shortest digits that read back as this double; none where it is not finite or has more digits than are kept.
    pub fn shortest_of(value: f64) -> Option<Self> {
        value.is_finite().then(|| format!("{value:e}").parse().ok())?
    }

    /// The digits without the point.
    pub fn coefficient(self) -> i64 {
        self.coefficient
    }

    /// The power of ten of the last digit.
    pub fn exponent(self) -> i8 {
        self.exponent
    }

    /// The nearest double, for arithmetic that is not signed.
    #[expect(clippy::cast_precision_loss, reason = "sixteen digits are about what a double holds")]
    pub fn nearest(self) -> f64 {
        let power = POWERS.get(usize::from(self.exponent.unsigned_abs())).copied().unwrap_or(f64::NAN);
        if self.exponent < 0 { self.coefficient as f64 / power } else { self.coefficient as f64 * power }
    }

    /// Whether both mean the same number.
    pub fn is_same_value(self, other: Self) -> bool {
        self == other || self.shortest() == other.shortest()
    }

    /// Compares the numbers, exactly.
    pub fn numeric_cmp(self, other: Self) -> Ordering {
        let (low, high) = (self.exponent.min(other.exponent), self.exponent.max(other.exponent));
        let raised = |one: Self| i128::from(one.coefficient).checked_mul(power(one.exponent.abs_diff(low))?);
        // 16 digits and up to 22 more are within 10^38; further apart, the exponents of what is not zero decide.
        match (high.abs_diff(low) <= 22, raised(self), raised(other)) {
            (true, Some(one), Some(two)) => one.cmp(&two),
            _ => self.nearest().total_cmp(&other.nearest()),
        }
    }

    /// The same number without zeros at its end.
    fn shortest(self) -> (i64, i8) {
        let Self { mut coefficient, mut exponent } = self;
        if coefficient == 0 {
            return (0, 0);
        }
        while coefficient % 10 == 0 {
            coefficient /= 10;
            exponent += 1;
        }
        (coefficient, exponent)
    }

    /// Both parts in eight bytes.
    pub(crate) fn packed(self) -> i64 {
        (self.coefficient << 8) | i64::from(self.exponent.cast_unsigned())
    }

    /// What was packed; none where the bytes are no packed value.
    pub(crate) fn unpacked(packed: i64) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, reason = "the lowest byte is the exponent")]
        let exponent = (packed as u8).cast_signed();
        Self::new(packed >> 8, i32::from(exponent))
    }
}

/// Powers of ten as doubles; up to 10^22 they are exact.
const POWERS: [f64; 31] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30,
];

fn power(exponent: u8) -> Option<i128> {
    10_i128.checked_pow(u32::from(exponent))
}

impl FromStr for Stated {
    type Err = StatedError;

    fn from_str(text: &str) -> Result<Self, StatedError> {
        let bytes = text.as_bytes();
        let (is_negative, mut rest) = match bytes.split_first() {
            Some((b'-', rest)) => (true, rest),
            Some((b'+', rest)) => (false, rest),
            _ => (false, bytes),
        };
        let (mut coefficient, mut exponent, mut digits, mut has_point) = (0_i64, 0_i32, 0_u32, false);
        while let Some((sign, after)) = rest.split_first() {
            match sign {
                b'0'..=b'9' => {
                    digits += 1;
                    coefficient = coefficient
                        .checked_mul(10)
                        .and_then(|tens| tens.checked_add(i64::from(sign - b'0')))
                        .filter(|coefficient| *coefficient <= LARGEST)
                        .ok_or(StatedError::TooLong)?;
                    exponent -= i32::from(has_point);
                }
                b'.' if !has_point => has_point = true,
                b'e' | b'E' if digits > 0 => {
                    let power = std::str::from_utf8(after).ok().and_then(|power| power.parse::<i32>().ok());
                    exponent = power.and_then(|power| exponent.checked_add(power)).ok_or(StatedError::Malformed)?;
                    break;
                }
                _ => return Err(StatedError::Malformed),
            }
            rest = after;
        }
        if digits == 0 {
            return Err(StatedError::Malformed);
        }
        Self::new(if is_negative { -coefficient } else { coefficient }, exponent).ok_or(StatedError::TooLong)
    }
}

impl fmt::Display for Stated {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.coefficient < 0 { "-" } else { "" };
        let digits = self.coefficient.unsigned_abs();
        if self.exponent > 0 {
            return write!(formatter, "{sign}{digits}e{}", self.exponent);
        }
        let places = usize::from(self.exponent.unsigned_abs());
        if places == 0 {
            return write!(formatter, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at_checked(padded.len() - places).unwrap_or((&padded, ""));
        write!(formatter, "{sign}{whole}.{fraction}")
    }
}

impl From<Stated> for Decimal {
    fn from(stated: Stated) -> Self {
        // Both readers know these digits; a text is what they have in common.
        stated.to_string().parse().unwrap_or_else(|_| Self::zero())
    }
}
