//! Computed numbers as they are set on the page: to digits that mean something.

use heng_quantity::typography::{decimal, with_unit};
use heng_quantity::{Decimal, RoundingRule, Unit};

/// Digits of an uncertainty in a budget: one more than are reported.
const DIGITS: i32 = 3;

/// A number to as many significant digits.
pub(super) fn significant(number: f64, digits: i32) -> String {
    let Some(exact) = Decimal::from_f64(number) else { return infinite(number) };
    let place = exact.leading_exponent().map_or(0, |first| first - digits + 1);
    decimal(&exact.rounded(place, RoundingRule::Gum726))
}

/// An uncertainty, a sensitivity or a contribution.
pub(super) fn size(number: f64) -> String {
    if number == 0.0 { String::from('0') } else { significant(number, DIGITS) }
}

/// An estimate to the last digit that its uncertainty is shown with.
pub(super) fn estimate(value: f64, standard_uncertainty: f64) -> String {
    if value == 0.0 {
        return String::from('0');
    }
    let exact = Decimal::from_f64(value);
    let first = Decimal::from_f64(standard_uncertainty).and_then(|u| u.leading_exponent());
    match (exact, first) {
        (Some(exact), Some(first)) => decimal(&exact.rounded(first - DIGITS + 1, RoundingRule::Gum726)),
        (Some(exact), None) => decimal(&Decimal::shortest_from_f64(value).unwrap_or(exact)),
        (None, _) => infinite(value),
    }
}

/// The same with its unit.
pub(super) fn estimate_in(value: f64, standard_uncertainty: f64, unit: &Unit) -> String {
    with_unit(&estimate(value, standard_uncertainty), unit)
}

/// An uncertainty with its unit, which is that of a difference.
pub(super) fn size_in(number: f64, unit: &Unit) -> String {
    with_unit(&size(number), &unit.of_difference())
}

/// Degrees of freedom: whole ones as they are, others to one decimal, many to four digits.
pub(super) fn degrees(number: f64) -> String {
    let Some(exact) = Decimal::from_f64(number) else { return infinite(number) };
    if number >= 1000.0 {
        return significant(number, 4);
    }
    let rounded = exact.rounded(-1, RoundingRule::Gum726);
    let whole = exact.rounded(0, RoundingRule::Gum726);
    decimal(if rounded.numeric_cmp(&whole).is_eq() { &whole } else { &rounded })
}

/// A part of one in per cent, with one decimal.
pub(super) fn percent(part: f64, places: i32) -> String {
    let Some(exact) = Decimal::from_f64(part * 100.0) else { return infinite(part) };
    format!("{}\u{a0}%", decimal(&exact.rounded(-places, RoundingRule::Gum726)))
}

fn infinite(number: f64) -> String {
    let sign = if number.is_nan() {
        "–"
    } else if number > 0.0 {
        "∞"
    } else {
        "−∞"
    };
    sign.to_owned()
}
