//! One field as typed, read into a cell: a number in the unit of its field, a quantity with its own unit, repeated readings, a value with an
//! evaluation of its own, a word, yes or no.

use heng_quantity::{Decimal, Distribution, Finding, Reported, Unit, text};
use heng_rule::rule::{Column, Item};
use heng_rule::{Cell, Input, Rule};

/// How an evaluation is stated beside a value: the codes of the choices, in the order in which they are offered.
pub const EVALUATIONS: [&str; 5] = ["half-width", "triangular", "arcsine", "standard", "expanded"];

/// More readings in one field are not taken.
const MOST_READINGS: usize = 100;

/// What was typed for one column of a row.
pub(super) struct Said<'a> {
    /// The value, or several readings with semicolons between them.
    pub value: &'a str,
    /// The half-width, u or U, in the unit of the value.
    pub spread: Option<&'a str>,
    /// Which of them it is, one of [`EVALUATIONS`].
    pub evaluation: Option<&'a str>,
    /// k of an expanded uncertainty; 2 where nothing is said.
    pub factor: Option<&'a str>,
    /// ν, where the evaluation is not known exactly.
    pub freedom: Option<&'a str>,
}

/// Which of the fields of a column cannot be taken.
pub(super) enum Wrong {
    Value(Finding),
    Spread(Finding),
    Factor(Finding),
    Freedom(Finding),
}

/// The cell of a column.
pub(super) fn cell(rule: &Rule, item: &Item, column: &Column, said: &Said<'_>) -> Result<Cell, Wrong> {
    if !rule.holds_quantities(item, column) {
        return word(said.value, column, item.result.is_none()).map_err(Wrong::Value);
    }
    let readings: Vec<&str> =
        said.value.split([';', '；']).map(str::trim).filter(|reading| !reading.is_empty()).collect();
    let stated = |text: &str| stated(text, column).map_err(Wrong::Value);
    match readings.as_slice() {
        [only] => evaluated(stated(only)?, said),
        several if rule.is_evaluated(item, column) && (2..=MOST_READINGS).contains(&several.len()) => {
            if said.spread.or(said.factor).or(said.freedom).is_some() {
                return Err(Wrong::Spread(Finding::error("sheet-spread-of-readings")));
            }
            let series = several.iter().map(|reading| stated(reading)).collect::<Result<Vec<_>, _>>()?;
            let is_alike = series.windows(2).all(|pair| matches!(pair, [one, other] if one.unit == other.unit));
            let mixed = || Wrong::Value(Finding::error("sheet-units-differ").with("text", said.value));
            is_alike.then_some(Cell::Series(series)).ok_or_else(mixed)
        }
        _ => Err(Wrong::Value(Finding::error("sheet-no-number").with("text", said.value))),
    }
}

/// A value, with its evaluation where one is stated.
fn evaluated(value: Reported, said: &Said<'_>) -> Result<Cell, Wrong> {
    let Some(spread) = said.spread else {
        return match (said.factor, said.freedom) {
            (Some(_), _) => Err(Wrong::Factor(Finding::error("sheet-factor-alone"))),
            (None, Some(_)) => Err(Wrong::Freedom(Finding::error("sheet-freedom-alone"))),
            (None, None) => Ok(Cell::Quantity(value)),
        };
    };
    let spread = number(spread).map_err(Wrong::Spread)?;
    if spread.is_negative() {
        return Err(Wrong::Spread(Finding::error("sheet-spread-negative").with("text", &spread)));
    }
    let factor = said.factor.map(factor).transpose().map_err(Wrong::Factor)?;
    if factor.is_some() && said.evaluation != Some("expanded") {
        return Err(Wrong::Factor(Finding::error("sheet-factor-alone")));
    }
    let mut input = Input {
        value: value.value,
        unit: value.unit,
        standard_uncertainty: None,
        half_width: None,
        expanded_uncertainty: None,
        coverage_factor: None,
        degrees_of_freedom: said.freedom.map(number).transpose().map_err(Wrong::Freedom)?,
        distribution: Distribution::Normal,
    };
    match said.evaluation {
        Some(shape @ ("half-width" | "triangular" | "arcsine")) => {
            input.half_width = Some(spread);
            input.distribution = match shape {
                "triangular" => Distribution::Triangular,
                "arcsine" => Distribution::Arcsine,
                _ => Distribution::Uniform,
            };
        }
        Some("standard") => input.standard_uncertainty = Some(spread),
        Some("expanded") => {
            input.expanded_uncertainty = Some(spread);
            input.coverage_factor = factor.or_else(|| Some(Decimal::from(2)));
        }
        _ => return Err(Wrong::Spread(Finding::error("sheet-spread-of-what"))),
    }
    Ok(Cell::Input(input))
}

/// A number in the unit of its column, or a quantity with its own unit where the column has none.
fn stated(said: &str, column: &Column) -> Result<Reported, Finding> {
    match &column.unit {
        Some(unit) => quantity(said, unit),
        None => text::parse(said),
    }
}

/// A coverage factor as a certificate states it.
fn factor(said: &str) -> Result<Decimal, Finding> {
    let factor = number(said)?;
    let is_one = !factor.is_negative() && !factor.is_zero();
    is_one.then_some(factor).ok_or_else(|| Finding::error("sheet-factor-not-positive").with("text", said))
}

fn word(said: &str, column: &Column, is_flag: bool) -> Result<Cell, Finding> {
    if !column.words.is_empty() {
        return if column.words.iter().any(|word| word == said) {
            Ok(Cell::Text(said.to_owned()))
        } else {
            Err(Finding::error("sheet-unknown-word").with("text", said).with("known", column.words.join("、")))
        };
    }
    match said {
        "yes" if is_flag => Ok(Cell::Flag(true)),
        "no" if is_flag => Ok(Cell::Flag(false)),
        _ if is_flag => Err(Finding::error("sheet-no-answer").with("text", said)),
        _ => Ok(Cell::Text(said.to_owned())),
    }
}

/// A number as it was typed, in the unit of its field, with all its digits.
pub(super) fn quantity(said: &str, unit: &Unit) -> Result<Reported, Finding> {
    Ok(Reported { value: number(said)?, unit: unit.clone(), uncertainty: None })
}

fn number(said: &str) -> Result<Decimal, Finding> {
    // The sign that typesetters use is a minus and nothing else.
    let plain = said.replace('−', "-");
    plain.parse::<Decimal>().map_err(|_| match suggestion(&plain) {
        Some(meant) => Finding::error("sheet-number-meant").with("text", said).with("meant", meant),
        None => Finding::error("sheet-no-number").with("text", said),
    })
}

/// What may have been meant: full-width digits, a comma for a point, a unit behind the number. It is asked, never taken.
fn suggestion(said: &str) -> Option<String> {
    let narrow: String = said
        .chars()
        .map(|sign| match sign {
            '０'..='９' => char::from_digit(u32::from(sign) - u32::from('０'), 10).unwrap_or(sign),
            '．' | '。' | ',' | '，' => '.',
            '－' => '-',
            '＋' => '+',
            other => other,
        })
        .filter(|sign| !sign.is_whitespace())
        .collect();
    let number: String = narrow.chars().take_while(|sign| sign.is_ascii_digit() || ".+-".contains(*sign)).collect();
    number.parse::<Decimal>().ok().map(|value| value.to_string())
}
