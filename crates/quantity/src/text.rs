//! Quantities as people type them into records: "20.5 °C", "1 000.5 g", "−0.02 kWh", "1.2 × 10⁻³ m".

use std::iter::Peekable;
use std::str::Chars;

use crate::decimal::{Decimal, ParseDecimalError};
use crate::unit::{self, SymbolFault, Unit};
use crate::{Finding, Reported};

/// Longer texts are refused unread.
const LONGEST: usize = 5_000;

/// A number, a space (or none) and a unit, either a D-SI expression or ordinary symbols. What could be read in two ways
/// gives a finding, with a `suggestion` where one way is likely.
///
/// ```
/// let reading = heng_quantity::text::parse("1 000.50 g").map_err(|finding| finding.code)?;
/// assert_eq!(reading.value.to_string(), "1000.50");
/// assert_eq!(reading.unit.to_string(), r"\gram");
/// assert_eq!(heng_quantity::text::parse("1,5 kg").map_err(|finding| finding.code), Err("number-comma".to_owned()));
/// # Ok::<(), String>(())
/// ```
pub fn parse(text: &str) -> Result<Reported, Finding> {
    let excerpt: String = text.chars().take(80).collect();
    let finding = |code: &str| Finding::error(code).with("text", &excerpt);
    if text.len() > LONGEST {
        return Err(finding("number-beyond-bounds"));
    }
    let trimmed = text.trim_matches(is_blank);
    if trimmed.is_empty() {
        return Err(Finding::error("quantity-missing"));
    }
    let narrow: String = trimmed.chars().map(half_width).collect();
    if narrow != trimmed {
        return Err(finding("number-full-width").with("suggestion", narrow));
    }
    let mut signs = trimmed.chars().peekable();
    let number = number(&mut signs).map_err(|fault| match fault {
        NumberFault::Comma => finding("number-comma"),
        NumberFault::Malformed => finding("number-malformed"),
    })?;
    let rest: String = signs.collect();
    if rest.starts_with([',', '，']) {
        return Err(finding("number-comma"));
    }
    let rest = rest.trim_matches(is_blank);
    if !rest.starts_with("1/")
        && rest.starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | '-' | '+' | '±' | '~'))
    {
        return Err(finding("number-malformed"));
    }
    let value: Decimal = number.parse().map_err(|error| match error {
        ParseDecimalError::Malformed { .. } => finding("number-malformed"),
        ParseDecimalError::TooLong { .. } | ParseDecimalError::TooFar { .. } => finding("number-beyond-bounds"),
    })?;
    if rest.is_empty() {
        return Err(finding("unit-missing"));
    }
    Ok(Reported { value, unit: unit(rest)?, uncertainty: None })
}

/// A unit as people type it: a D-SI expression or ordinary symbols.
pub fn unit(text: &str) -> Result<Unit, Finding> {
    let excerpt: String = text.chars().take(80).collect();
    let finding = |code: &str| Finding::error(code).with("text", &excerpt);
    let text = text.trim_matches(is_blank);
    if text.starts_with('\\') {
        let (unit, findings) = unit::read(text);
        return match (unit, findings.into_iter().next()) {
            (Some(unit), None) => Ok(unit),
            (_, Some(finding)) => Err(finding),
            (None, None) => Err(finding("unit-unknown")),
        };
    }
    let suggested = |code: &str, unit: &Unit| finding(code).with("suggestion", unit.symbol());
    unit::from_symbol(text).map_err(|fault| match fault {
        SymbolFault::Ambiguous { candidates, .. } => {
            finding("unit-ambiguous").with("candidates", candidates.join(", "))
        }
        SymbolFault::Replaced { replacement, .. } => finding("unit-misspelt").with("suggestion", replacement),
        SymbolFault::Unknown(_) => {
            if let Some(unit) = unit::from_name(text) {
                return suggested("unit-name-for-symbol", &unit);
            }
            // Keyboards have no µ.
            if let Some(unit) = text.strip_prefix('u').and_then(|rest| unit::from_symbol(&format!("µ{rest}")).ok()) {
                return suggested("unit-misspelt", &unit);
            }
            match unit::with_other_case(text).as_slice() {
                [] => {}
                [only] => return finding("unit-misspelt").with("suggestion", only),
                several => return finding("unit-ambiguous").with("candidates", several.join(", ")),
            }
            match unit::read(text) {
                (None, findings) => findings.into_iter().next().unwrap_or_else(|| finding("unit-unknown")),
                (Some(unit), _) => suggested("unit-misspelt", &unit),
            }
        }
    })
}

enum NumberFault {
    Comma,
    Malformed,
}

fn is_blank(sign: char) -> bool {
    matches!(sign, ' ' | '\t' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// The ASCII sign of a full-width one.
fn half_width(sign: char) -> char {
    match sign {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        _ => sign,
    }
}

/// Takes the number from the front, as plain text with `E` for the power of ten.
fn number(signs: &mut Peekable<Chars<'_>>) -> Result<String, NumberFault> {
    let mut text = String::new();
    match signs.peek() {
        Some('-' | '−') => {
            text.push('-');
            signs.next();
        }
        Some('+') => {
            signs.next();
        }
        _ => {}
    }
    take_groups(signs, &mut text, Side::Whole)?;
    if signs.peek() == Some(&'.') {
        signs.next();
        text.push('.');
        take_groups(signs, &mut text, Side::Fraction)?;
    }
    if !text.ends_with(|sign: char| sign.is_ascii_digit()) {
        return Err(NumberFault::Malformed);
    }
    if matches!(signs.peek(), Some(',' | '，')) {
        return Err(NumberFault::Comma);
    }
    if let Some((power, rest)) = power_of_ten(signs) {
        text.push('E');
        text.push_str(&power);
        *signs = rest;
    }
    Ok(text)
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Whole,
    Fraction,
}

/// Digits, or groups of three with one blank between them.
fn take_groups(signs: &mut Peekable<Chars<'_>>, text: &mut String, side: Side) -> Result<(), NumberFault> {
    let mut group = take_digits(signs, text);
    let groupable = if side == Side::Whole { (1..=3).contains(&group) } else { group == 3 };
    if !groupable {
        return Ok(());
    }
    loop {
        let mut ahead = signs.clone();
        let mut digits = String::new();
        let next = if ahead.next().is_some_and(is_blank) { take_digits(&mut ahead, &mut digits) } else { 0 };
        // In "5 1/K" the digit belongs to the unit.
        if next == 0 || (digits == "1" && ahead.peek() == Some(&'/')) {
            return Ok(());
        }
        // "5 20" and "1 0000" are no groups of three, and a short group can only be the last.
        let complete = next == 3 || (side == Side::Fraction && next < 3);
        if !complete || (side == Side::Fraction && group != 3) {
            return Err(NumberFault::Malformed);
        }
        text.push_str(&digits);
        *signs = ahead;
        group = next;
    }
}

fn take_digits(signs: &mut Peekable<Chars<'_>>, text: &mut String) -> usize {
    let mut count = 0;
    while let Some(digit) = signs.next_if(char::is_ascii_digit) {
        text.push(digit);
        count += 1;
    }
    count
}

/// `e-3`, `E5`, `×10⁻³`, ` × 10^-3`; nothing is taken where it is something else, such as an exa or an electronvolt.
fn power_of_ten<'a>(signs: &Peekable<Chars<'a>>) -> Option<(String, Peekable<Chars<'a>>)> {
    let mut ahead = signs.clone();
    let mut power = String::new();
    if ahead.next_if(|sign| matches!(sign, 'e' | 'E')).is_some() {
        take_sign(&mut ahead, &mut power);
        return (take_digits(&mut ahead, &mut power) > 0).then_some((power, ahead));
    }
    while ahead.next_if(|sign| is_blank(*sign)).is_some() {}
    ahead.next_if(|sign| matches!(sign, '×' | 'x' | '*' | '·'))?;
    while ahead.next_if(|sign| is_blank(*sign)).is_some() {}
    ahead.next_if_eq(&'1')?;
    ahead.next_if_eq(&'0')?;
    if ahead.next_if_eq(&'^').is_some() {
        take_sign(&mut ahead, &mut power);
        return (take_digits(&mut ahead, &mut power) > 0).then_some((power, ahead));
    }
    if ahead.next_if_eq(&'⁻').is_some() {
        power.push('-');
    }
    let start = power.len();
    while let Some(digit) = ahead.peek().copied().and_then(superscript_digit) {
        power.push(digit);
        ahead.next();
    }
    (power.len() > start).then_some((power, ahead))
}

fn take_sign(signs: &mut Peekable<Chars<'_>>, power: &mut String) {
    match signs.next_if(|sign| matches!(sign, '-' | '−' | '+')) {
        Some('+') | None => {}
        Some(_) => power.push('-'),
    }
}

fn superscript_digit(sign: char) -> Option<char> {
    let position = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| digit == sign)?;
    char::from_digit(u32::try_from(position).ok()?, 10)
}
