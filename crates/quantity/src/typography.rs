//! Numbers and quantities as they are set for people: groups of three, a true minus, the unit's symbol.

use crate::decimal::Decimal;
use crate::reported::{Reported, Uncertainty};
use crate::unit::{Unit, raised};

/// Between groups of digits, and between number and unit: never broken across lines.
const NO_BREAK_SPACE: char = '\u{a0}';
const MINUS: char = '−';

/// The digits as stated, in groups of three where a side has more than four (SI brochure 5.4.4; GB 3101-1993, 3.3), with `×`
/// and a power of ten where the last stated digit is a ten or more.
pub fn decimal(value: &Decimal) -> String {
    let digits = value.coefficient().magnitude().to_string();
    let sign = if value.is_negative() { String::from(MINUS) } else { String::new() };
    let plain = value.to_string();
    if let Some(power) = scientific_power(value, &plain) {
        let (first, rest) = digits.split_at_checked(1).unwrap_or((&digits, ""));
        let point = if rest.is_empty() { "" } else { "." };
        return format!(
            "{sign}{first}{point}{}{NO_BREAK_SPACE}×{NO_BREAK_SPACE}10{}",
            grouped(rest, Side::Fraction),
            raised(power)
        );
    }
    let plain = plain.strip_prefix('-').unwrap_or(&plain);
    match plain.split_once('.') {
        Some((whole, fraction)) => {
            format!("{sign}{}.{}", grouped(whole, Side::Whole), grouped(fraction, Side::Fraction))
        }
        None => format!("{sign}{}", grouped(plain, Side::Whole)),
    }
}

/// The number and its unit, as in `1 000.5 g`, `20.5 °C`, `30°`; a number alone where the unit is one.
pub fn with_unit(number: &str, unit: &Unit) -> String {
    let symbol = unit.symbol();
    // Degrees, minutes and seconds of arc follow the number directly (SI brochure 5.4.3).
    let space =
        if matches!(symbol.as_str(), "°" | "′" | "″") { String::new() } else { String::from(NO_BREAK_SPACE) };
    if symbol == "1" { number.to_owned() } else { format!("{number}{space}{symbol}") }
}

impl Reported {
    /// The value and its unit, without the uncertainty.
    pub fn value_text(&self) -> String {
        with_unit(&decimal(&self.value), &self.unit)
    }

    /// The uncertainty and its unit, where a symmetric one is stated; a difference of Celsius temperatures stays in °C, as
    /// certificates write it.
    pub fn uncertainty_text(&self) -> Option<String> {
        self.half_width().map(|half_width| with_unit(&decimal(half_width), &self.unit))
    }

    /// Value, uncertainty and unit, as in `(10.058 ± 0.027) Ω` (JCGM 100 7.2.4), or the value alone where no symmetric
    /// uncertainty is stated.
    pub fn text(&self) -> String {
        match self.half_width() {
            None => self.value_text(),
            Some(half_width) => {
                let both = format!("{}{NO_BREAK_SPACE}±{NO_BREAK_SPACE}{}", decimal(&self.value), decimal(half_width));
                if self.unit.symbol() == "1" { both } else { with_unit(&format!("({both})"), &self.unit) }
            }
        }
    }

    fn half_width(&self) -> Option<&Decimal> {
        match self.uncertainty.as_ref()? {
            Uncertainty::Standard { value, .. } | Uncertainty::Expanded { value, .. } => Some(value),
            Uncertainty::Interval { .. } => None,
        }
    }
}

/// The power of ten of the first digit, where the number cannot be written out without inventing or padding digits.
fn scientific_power(value: &Decimal, plain: &str) -> Option<i64> {
    let first = value.leading_exponent().unwrap_or(value.exponent());
    (plain.contains('E') || first < -5).then_some(i64::from(first)).filter(|_| !value.is_zero() || value.exponent() > 0)
}

#[derive(Clone, Copy)]
enum Side {
    Whole,
    Fraction,
}

fn grouped(digits: &str, side: Side) -> String {
    let count = digits.len();
    if count <= 4 {
        return digits.to_owned();
    }
    let mut text = String::with_capacity(count * 2);
    for (position, digit) in digits.chars().enumerate() {
        let boundary = match side {
            Side::Whole => (count - position).is_multiple_of(3),
            Side::Fraction => position.is_multiple_of(3),
        };
        if boundary && position > 0 {
            text.push(NO_BREAK_SPACE);
        }
        text.push(digit);
    }
    text
}
