//! Numbers and quantities as they are set for people: groups of three, a true minus, the unit's symbol.

use crate::decimal::Decimal;
use crate::reported::{Reported, Uncertainty};
use crate::unit::{Unit, raised};

/// Between groups of digits, and between number and unit: never broken across lines.
const NO_BREAK_SPACE: char = '\u{a0}';
const MINUS: char = '−';

/// Numbers below a hundred-thousandth are set with a power of ten.
const SMALLEST_PLAIN: i32 = -5;

/// The digits as stated, in groups of three where a side has more than four (SI brochure 5.4.4; GB 3101-1993, 3.3), with `×`
/// and a power of ten where the last stated digit is a ten or more, or the first is below a hundred-thousandth.
pub fn decimal(value: &Decimal) -> String {
    let power = common_power(&[value]);
    format!("{}{}", mantissa(value, power), factor(power))
}

/// A number set by [`decimal`] with a unit, as in `1 000.5 g`, `20.5 °C`, `30°`; the number alone where the unit is one.
pub fn with_unit(number: &str, unit: &Unit) -> String {
    let symbol = unit.symbol();
    // Degrees, minutes and seconds of arc follow the number directly (SI brochure 5.4.3).
    let space =
        if matches!(symbol.as_str(), "°" | "′" | "″") { String::new() } else { String::from(NO_BREAK_SPACE) };
    if symbol == "1" { number.to_owned() } else { format!("{number}{space}{symbol}") }
}

impl Reported {
    /// The value and its unit, without the uncertainty; with the power of ten that both share, where there is one.
    pub fn value_text(&self) -> String {
        self.with_common_power(&self.value)
    }

    /// The uncertainty and its unit, where a symmetric one is stated.
    pub fn uncertainty_text(&self) -> Option<String> {
        self.half_width().map(|half_width| self.with_common_power(half_width))
    }

    /// The coverage interval and its unit, as in `[9.8, 10.4] V`, where one is stated.
    pub fn interval_text(&self) -> Option<String> {
        let Some(Uncertainty::Interval { lower, upper, .. }) = &self.uncertainty else { return None };
        let power = common_power(&[lower, upper]);
        let ends = format!("[{},{NO_BREAK_SPACE}{}]", mantissa(lower, power), mantissa(upper, power));
        Some(with_unit(&format!("{ends}{}", factor(power)), &self.unit))
    }

    /// Value, uncertainty and unit, as in `(10.058 ± 0.027) Ω` (JCGM 100 7.2.4) or `(1.20 ± 0.05) × 10⁶ Ω`; the value
    /// alone where no symmetric uncertainty is stated.
    pub fn text(&self) -> String {
        let Some(half_width) = self.half_width() else { return self.value_text() };
        let power = self.power();
        let (value, half_width) = (mantissa(&self.value, power), mantissa(half_width, power));
        let both = format!("{value}{NO_BREAK_SPACE}±{NO_BREAK_SPACE}{half_width}");
        if power.is_none() && self.unit.symbol() == "1" {
            return both;
        }
        with_unit(&format!("({both}){}", factor(power)), &self.unit)
    }

    fn with_common_power(&self, number: &Decimal) -> String {
        let power = self.power();
        with_unit(&format!("{}{}", mantissa(number, power), factor(power)), &self.unit)
    }

    fn power(&self) -> Option<i32> {
        let numbers: Vec<_> = std::iter::once(&self.value).chain(self.half_width()).collect();
        common_power(&numbers)
    }

    fn half_width(&self) -> Option<&Decimal> {
        match self.uncertainty.as_ref()? {
            Uncertainty::Standard { value, .. } | Uncertainty::Expanded { value, .. } => Some(value),
            Uncertainty::Interval { .. } => None,
        }
    }
}

/// The power of ten that numbers are set with, that of the first digit of the largest; none where all can be written out
/// without zeros that nobody stated.
fn common_power(numbers: &[&Decimal]) -> Option<i32> {
    let first = numbers.iter().filter_map(|number| number.leading_exponent()).max();
    let padded = numbers.iter().map(|number| number.exponent()).max().filter(|exponent| *exponent > 0);
    match (first, padded) {
        (Some(first), Some(padded)) => Some(first.max(padded)),
        (None, padded) => padded,
        (Some(first), None) => (first < SMALLEST_PLAIN).then_some(first),
    }
}

/// The number divided by the power of ten, digit for digit.
fn mantissa(number: &Decimal, power: Option<i32>) -> String {
    let sign = if number.is_negative() { String::from(MINUS) } else { String::new() };
    let places = power.unwrap_or(0).saturating_sub(number.exponent()).max(0).unsigned_abs() as usize;
    let digits = format!("{:0>width$}", number.coefficient().magnitude().to_string(), width = places.saturating_add(1));
    let (whole, fraction) = digits.split_at_checked(digits.len() - places).unwrap_or((&digits, ""));
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{}", grouped(whole, Side::Whole), grouped(fraction, Side::Fraction))
}

fn factor(power: Option<i32>) -> String {
    power.map_or_else(String::new, |power| format!("{NO_BREAK_SPACE}×{NO_BREAK_SPACE}10{}", raised(i64::from(power))))
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
