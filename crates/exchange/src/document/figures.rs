//! Numbers, quantities and units as they are set in type: the digits are the stated ones, only the dress is new.

use heng_quantity::{Decimal, Reported, Uncertainty, Unit, typography};

use super::sheet::{Line, Span};

/// Keeps digits and their unit on one line.
const NO_BREAK_SPACE: char = '\u{a0}';

/// The digits with a true minus, in groups of three.
pub fn number(value: &Decimal) -> String {
    typography::decimal(value)
}

/// As [`number`], with the sign shown also where it is plus: for errors and corrections.
pub fn signed(value: &Decimal) -> String {
    let text = number(value);
    if value.is_negative() || value.is_zero() { text } else { format!("+{text}") }
}

/// As [`number`], without a power of ten where the digits are few: for counts and for estimates that stand beside their
/// own uncertainty, whose last digit says nothing of how well they are known.
pub fn plain_number(value: &Decimal) -> String {
    number(&written_out(value).unwrap_or_else(|| value.clone()))
}

/// The same number with its last digit a one; nothing where it has too many zeros for that.
pub fn written_out(value: &Decimal) -> Option<Decimal> {
    let zeros = usize::try_from(value.exponent()).ok().filter(|zeros| (1..=MOST_ZEROS).contains(zeros))?;
    let text = value.to_string();
    let digits = text.split('E').next()?;
    format!("{digits}{}", "0".repeat(zeros)).parse().ok()
}

/// More zeros than this are better said by a power of ten.
const MOST_ZEROS: usize = 6;

/// The typographic symbol of a unit; empty for the unit one.
pub fn unit(unit: &Unit) -> String {
    let symbol = unit.symbol();
    if symbol == "1" { String::new() } else { symbol }
}

/// A number with its unit.
pub fn with_unit(number: String, unit: &Unit) -> String {
    typography::with_unit(&number, unit)
}

/// A quantity value with its uncertainty, if it has one, as runs that never break inside.
pub fn quantity(reported: &Reported) -> Line {
    let mut line = vec![Span::Figure(with_unit(number(&reported.value), &reported.unit))];
    if let Some(uncertainty) = &reported.uncertainty {
        line.push(Span::Text(", ".to_owned()));
        line.extend(self::uncertainty(uncertainty, &reported.unit));
    }
    line
}

/// `U = 0.06 % (k = 2, p = 0.95)`, `u = …` or `[lower, upper] (p = …)`.
pub fn uncertainty(uncertainty: &Uncertainty, unit: &Unit) -> Line {
    let mut line = Line::new();
    match uncertainty {
        Uncertainty::Standard { value, .. } => {
            line.push(Span::Symbol("u".to_owned()));
            line.push(Span::Figure(format!("{NO_BREAK_SPACE}={NO_BREAK_SPACE}{}", with_unit(number(value), unit))));
        }
        Uncertainty::Expanded { value, .. } => {
            line.push(Span::Symbol("U".to_owned()));
            line.push(Span::Figure(format!("{NO_BREAK_SPACE}={NO_BREAK_SPACE}{} ", with_unit(number(value), unit))));
            line.extend(coverage(uncertainty));
        }
        Uncertainty::Interval { lower, upper, .. } => {
            let ends = format!("[{}, {}]", number(lower), number(upper));
            line.push(Span::Figure(with_unit(ends, unit) + " "));
            line.extend(coverage(uncertainty));
        }
    }
    line
}

/// `(k = 2, p = 0.95)`: what stands once for a whole column.
pub fn coverage(uncertainty: &Uncertainty) -> Line {
    let equals =
        |value: &Decimal, end: &str| Span::Figure(format!("{NO_BREAK_SPACE}={NO_BREAK_SPACE}{}{end}", number(value)));
    match uncertainty {
        Uncertainty::Standard { .. } => Line::new(),
        Uncertainty::Expanded { coverage_factor, coverage_probability, .. } => vec![
            Span::Text("(".to_owned()),
            Span::Symbol("k".to_owned()),
            equals(coverage_factor, ", "),
            Span::Symbol("p".to_owned()),
            equals(coverage_probability, ")"),
        ],
        Uncertainty::Interval { coverage_probability, standard, .. } => {
            let mut line = vec![Span::Text("(".to_owned()), Span::Symbol("p".to_owned())];
            match standard {
                Some(standard) => line.extend([
                    equals(coverage_probability, ", "),
                    Span::Symbol("u".to_owned()),
                    equals(standard, ")"),
                ]),
                None => line.push(equals(coverage_probability, ")")),
            }
            line
        }
    }
}
