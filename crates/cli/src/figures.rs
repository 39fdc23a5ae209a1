//! Numbers and tables for people; JSON has every digit.

use heng_quantity::{Decimal, RoundingRule, Unit, typography};
use unicode_width::UnicodeWidthStr;

/// A number JSON can carry; what is infinite is null.
pub fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

/// A probability with two decimals of a percent, more where it is small.
pub fn percent(probability: f64) -> String {
    let percent = probability * 100.0;
    if percent == 0.0 || percent >= 0.01 { format!("{percent:.2}") } else { format!("{percent:.1e}") }
}

/// Seven significant digits.
pub fn number(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "∞" } else { "-∞" }.to_owned();
    }
    let rounded = Decimal::from_f64(number).map_or(number, |exact| {
        let place = exact.leading_exponent().unwrap_or(0) - 6;
        exact.rounded(place, RoundingRule::Gum726).to_f64()
    });
    let size = rounded.abs();
    // A large estimate keeps its whole part.
    if (1e7..1e15).contains(&size) {
        format!("{number:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
    } else if size != 0.0 && !(1e-4..1e15).contains(&size) {
        format!("{rounded:e}")
    } else {
        format!("{rounded}")
    }
}

/// A number with the symbol of its unit.
pub fn quantity(value: f64, unit: &Unit) -> String {
    typography::with_unit(&number(value), unit)
}

/// A score with two decimals.
pub fn score(value: f64) -> String {
    format!("{value:.2}")
}

/// Rows of cells in columns as wide as their widest cell.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths = vec![0_usize; columns];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut table = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width()))))
            .collect();
        table.push_str(cells.join("  ").trim_end());
        table.push('\n');
    }
    table
}
