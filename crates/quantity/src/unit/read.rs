//! The tolerant reader of units in foreign documents: it says what is wrong and what was probably meant, and never guesses.

use super::outside;
use super::prefix;
use super::symbol::{from_name, from_symbol};
use super::table;
use super::{Unit, UnitFault};
use crate::Finding;

/// Reads a unit as real certificates write it.
///
/// - A D-SI unit is returned as it is, without findings.
/// - A text that breaks a rule of D-SI, yet has the same meaning by definition (`\kilo\gram`, blanks around it), is returned
///   with a warning, `unit-rewritten`.
/// - Any other text gives no unit, and one finding of severity error: `unit-misspelt` or `unit-outside-dsi` with the unit
///   probably meant as `suggestion`, `unit-prefix-refused` or `unit-unknown` without.
pub fn read(text: &str) -> (Option<Unit>, Vec<Finding>) {
    let fault = match text.parse::<Unit>() {
        Ok(unit) => return (Some(unit), Vec::new()),
        Err(error) => error.fault,
    };
    let excerpt: String = text.chars().take(80).collect();
    let finding = |finding: Finding| finding.with("text", &excerpt);
    if fault == UnitFault::BeyondBounds {
        return (None, vec![finding(Finding::error("unit-unknown"))]);
    }
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return (None, vec![Finding::error("unit-missing")]);
    }
    if let Some(unit) = trimmed.parse().ok().or_else(|| rewritten(trimmed)) {
        return (Some(unit.clone()), vec![finding(Finding::warning("unit-rewritten")).with("suggestion", &unit)]);
    }
    let found = if let Some(unit) = outside::named(trimmed) {
        match unit.factor {
            Some(factor) => Finding::error("unit-outside-dsi").with("factor", factor),
            None => Finding::error("unit-fahrenheit"),
        }
        .with("suggestion", unit.replacement)
    } else if let UnitFault::PrefixNotAllowed { prefix, unit } = fault {
        Finding::error("unit-prefix-refused").with("prefix", format!("\\{prefix}")).with("unit", format!("\\{unit}"))
    } else if let Some(unit) = suggestion(trimmed) {
        Finding::error("unit-misspelt").with("suggestion", unit)
    } else {
        Finding::error("unit-unknown")
    };
    (None, vec![finding(found)])
}

/// What breaks a rule but has one meaning by the rules themselves.
fn rewritten(text: &str) -> Option<Unit> {
    let mut text =
        text.replace("\\kilo\\gram", "\\kilogram").replace("\\deci\\bel", "\\decibel").replace("\\mmHg", "\\mmhg");
    // 1 to any power is 1.
    while let Some((before, after)) = text.split_once("\\one\\tothe{") {
        let (_, after) = after.split_once('}')?;
        text = format!("{before}\\one{after}");
    }
    if text.starts_with("\\per\\") {
        text = format!("\\one{text}");
        return Unit::one().product(&text.parse().ok()?).ok();
    }
    text.parse().ok()
}

/// The unit that a misspelt text most probably means, if there is one such unit.
fn suggestion(text: &str) -> Option<Unit> {
    let bare = text.strip_prefix('\\').unwrap_or(text);
    from_symbol(bare).ok().or_else(|| from_name(bare)).or_else(|| {
        let mut repaired = String::new();
        let closed = text.replace("{ ", "{").replace(" }", "}");
        for token in closed.split(|sign: char| sign == '\\' || sign.is_whitespace()).filter(|token| !token.is_empty()) {
            repaired.push_str(&repaired_token(token)?);
        }
        repaired.parse().ok().or_else(|| rewritten(&repaired))
    })
}

fn repaired_token(token: &str) -> Option<String> {
    let lower = token.to_lowercase();
    if let Some(exponent) = lower.strip_prefix("tothe") {
        let digits = exponent.trim_matches(['{', '}', ' ']).replace(',', ".").replace('/', "_");
        return Some(format!("\\tothe{{{digits}}}"));
    }
    let (name, exponent) = match lower.split_once('^') {
        Some((name, exponent)) => (name, format!("\\tothe{{{}}}", exponent.trim_matches(['{', '}']))),
        None => (lower.as_str(), String::new()),
    };
    Some(format!("{}{exponent}", repaired_name(name)?))
}

/// Other spellings of one name.
const SPELLINGS: &[(&str, &str)] = &[
    ("meter", "metre"),
    ("liter", "litre"),
    ("gramme", "gram"),
    ("kilogramme", "kilogram"),
    ("celsius", "degreecelsius"),
    ("sec", "second"),
    ("amp", "ampere"),
    ("deg", "degree"),
    ("degc", "degreecelsius"),
    ("°c", "degreecelsius"),
    ("cel", "degreecelsius"),
];

fn repaired_name(name: &str) -> Option<String> {
    let respelt = |name: &str| -> Option<&'static str> {
        let singular = name.strip_suffix('s').unwrap_or(name);
        let known = |name: &str| {
            table::named(name)
                .map(|entry| entry.name)
                .or_else(|| SPELLINGS.iter().find(|(other, _)| *other == name).map(|(_, right)| *right))
        };
        known(name).or_else(|| known(singular))
    };
    if name == "per" {
        return Some("\\per".to_owned());
    }
    if let Some(unit) = respelt(name) {
        return Some(format!("\\{unit}"));
    }
    if let Some(prefix) = prefix::named(name) {
        return Some(format!("\\{}", prefix.name));
    }
    for prefix in prefix::DECIMAL.iter().chain(prefix::BINARY) {
        if let Some(unit) = name.strip_prefix(prefix.name).and_then(respelt) {
            return Some(format!("\\{}\\{unit}", prefix.name));
        }
    }
    let names = table::entries().map(|entry| entry.name).chain(prefix::DECIMAL.iter().map(|prefix| prefix.name));
    let mut near = names.filter(|known| known.len() >= 5 && is_one_slip(known, name));
    let only = near.next()?;
    near.next().is_none().then(|| format!("\\{only}"))
}

/// Whether one sign added, left out, replaced or exchanged with its neighbour turns one word into the other.
fn is_one_slip(left: &str, right: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if left == right || left.len().abs_diff(right.len()) > 1 {
        return false;
    }
    let start = left.iter().zip(&right).take_while(|(one, other)| one == other).count();
    let rest = |word: &[char], from: usize| word.iter().skip(from).copied().collect::<Vec<_>>();
    let (tail_left, tail_right) = (rest(&left, start), rest(&right, start));
    let exchanged = matches!((tail_left.as_slice(), tail_right.as_slice()),
        ([a, b, left @ ..], [c, d, right @ ..]) if a == d && b == c && left == right);
    exchanged
        || rest(&tail_left, 1) == rest(&tail_right, 1)
        || rest(&tail_left, 1) == tail_right
        || tail_left == rest(&tail_right, 1)
}
