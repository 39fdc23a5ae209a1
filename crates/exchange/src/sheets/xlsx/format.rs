//! Number formats: which digits a cell shows of the number that it holds.

use heng_quantity::{Decimal, Finding, RoundingRule};
use jiff::civil::Date;

use crate::sheets::Content;

/// A double carries 15 digits that a person may have typed.
const DIGITS_OF_A_DOUBLE: usize = 15;

/// From here on whole numbers have lost digits.
const LARGEST_WHOLE: f64 = 1e15;

/// So many zeros or nines in a row behind the point, followed by something, are noise of binary arithmetic.
const NOISE: usize = 6;

/// A number format.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Format {
    /// No format: the number as it is.
    General,
    /// A day or a time.
    Day,
    /// Digits.
    Digits {
        /// For numbers that are not negative.
        positive: Pattern,
        /// For negative ones, whose sign it then writes itself.
        negative: Option<Pattern>,
    },
    /// One that shows something else than the digits, or depends on conditions.
    Other,
}

/// What one section of a format shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pattern {
    before: String,
    after: String,
    whole: usize,
    decimals: usize,
    least_decimals: usize,
    percent: bool,
    power: bool,
}

/// The formats that every workbook has without listing them.
pub(super) fn built_in(number: u32) -> Format {
    match number {
        0 | 49 => Format::General,
        1 => Format::parse("0"),
        2 => Format::parse("0.00"),
        3 => Format::parse("#,##0"),
        4 => Format::parse("#,##0.00"),
        9 => Format::parse("0%"),
        10 => Format::parse("0.00%"),
        11 => Format::parse("0.00E+00"),
        37 | 38 => Format::parse("#,##0"),
        39 | 40 => Format::parse("#,##0.00"),
        48 => Format::parse("##0.0E+0"),
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Format::Day,
        _ => Format::Other,
    }
}

impl Format {
    /// Reads a format code.
    pub(super) fn parse(code: &str) -> Self {
        if code.eq_ignore_ascii_case("general") || code == "@" {
            return Self::General;
        }
        if code.len() > 500 {
            return Self::Other;
        }
        let mut sections = split(code).into_iter();
        match sections.next().map(|section| pattern(&section)) {
            Some(Section::Day) => Self::Day,
            Some(Section::Digits(positive)) => match sections.next().map(|section| pattern(&section)) {
                None => Self::Digits { positive, negative: None },
                Some(Section::Digits(negative)) => Self::Digits { positive, negative: Some(negative) },
                Some(_) => Self::Other,
            },
            _ => Self::Other,
        }
    }

    /// What a cell of this format shows of the number that is stored as `text`.
    pub(super) fn shown(&self, text: &str, starts_1904: bool) -> Content {
        let faulty = |code: &str, text: &str| Content::Faulty(Box::new(Finding::error(code).with("text", text)));
        let Some(value) = text.trim().parse::<f64>().ok().filter(|value| value.is_finite()) else {
            return faulty("record-cell-no-number", &text.chars().take(60).collect::<String>());
        };
        if value.abs() >= LARGEST_WHOLE {
            return faulty("record-cell-digits-lost", &format!("{value:e}"));
        }
        // A double prints the fewest digits that give the same double again: 0.1 for what a file calls 0.10000000000000001.
        let plain = format!("{value}");
        let Ok(exact) = plain.parse::<Decimal>() else { return faulty("record-cell-no-number", &plain) };
        match self {
            Self::General => match without_noise(&plain, &exact) {
                None => Content::Number { shown: plain, stored: None },
                Some(suggestion) => {
                    let finding = Finding::error("record-cell-noise").with("text", plain);
                    Content::Faulty(Box::new(finding.with("suggestion", suggestion)))
                }
            },
            Self::Day => match day(value, starts_1904) {
                Some(day) => Content::Day(day),
                None => faulty("record-cell-no-day", &plain),
            },
            Self::Digits { positive, negative } => match negative {
                Some(negative) if value < 0.0 => negative.shown(&exact.abs(), ""),
                _ => positive.shown(&exact.abs(), if value < 0.0 { "-" } else { "" }),
            },
            Self::Other => faulty("record-cell-format", &plain),
        }
    }
}

impl Pattern {
    fn shown(&self, value: &Decimal, sign: &str) -> Content {
        if self.power {
            return self.with_power(value, sign);
        }
        let value =
            if self.percent { Decimal::new(value.coefficient().clone(), value.exponent() + 2) } else { value.clone() };
        let place = -i32::try_from(self.decimals).unwrap_or(0);
        let rounded = half_up(&value, place);
        let mut digits = plain(&rounded);
        if let Some((_, fraction)) = digits.split_once('.') {
            let spare = fraction.len().saturating_sub(self.least_decimals);
            let trimmed = fraction.bytes().rev().take(spare).take_while(|digit| *digit == b'0').count();
            digits.truncate(digits.len() - trimmed);
            if digits.ends_with('.') {
                digits.pop();
            }
        }
        let whole = digits.split('.').next().map_or(0, str::len);
        let padding = "0".repeat(self.whole.saturating_sub(whole).min(40));
        let percent = if self.percent { " %" } else { "" };
        let shown = format!("{sign}{}{padding}{digits}{percent}{}", self.before, self.after);
        // Noise far below the last digit shown is not worth a word; digits that someone typed are.
        let hidden = (&value - &rounded).abs();
        let visible = hidden.numeric_cmp(&Decimal::new(1.into(), place - 6)).is_gt();
        Content::Number { shown: shown.trim().to_owned(), stored: visible.then(|| format!("{sign}{}", plain(&value))) }
    }

    fn with_power(&self, value: &Decimal, sign: &str) -> Content {
        let Some(leading) = value.leading_exponent().filter(|_| self.whole <= 1) else {
            let text = if value.is_zero() { "0" } else { "E" };
            return Content::Faulty(Box::new(Finding::error("record-cell-format").with("text", text)));
        };
        let rounded = half_up(value, leading - i32::try_from(self.decimals).unwrap_or(0));
        let leading = rounded.leading_exponent().unwrap_or(leading);
        let mantissa = Decimal::new(rounded.coefficient().clone(), rounded.exponent() - leading);
        let hidden = (value - &rounded).abs();
        let visible = hidden.numeric_cmp(&Decimal::new(1.into(), rounded.exponent() - 6)).is_gt();
        Content::Number {
            shown: format!(
                "{sign}{}E{leading}",
                plain(&half_up(&mantissa, -i32::try_from(self.decimals).unwrap_or(0)))
            ),
            stored: visible.then(|| format!("{sign}{}", plain(value))),
        }
    }
}

/// Rounded as spreadsheets show numbers: to nearest, ties away from zero. The value is not negative.
fn half_up(value: &Decimal, place: i32) -> Decimal {
    let rounded = value.rounded(place, RoundingRule::Gbt8170);
    let missing = value - &rounded;
    let is_tie = missing.numeric_cmp(&Decimal::new(5.into(), place - 1)).is_eq();
    if is_tie { &rounded + &Decimal::new(1.into(), place) } else { rounded }
}

/// Without a power of ten, however many zeros that takes; doubles below 10¹⁵ take at most 340.
fn plain(value: &Decimal) -> String {
    let places = usize::try_from(-value.exponent()).unwrap_or(0);
    let mut digits = value.coefficient().to_string();
    if value.exponent() > 0 {
        digits.push_str(&"0".repeat(usize::try_from(value.exponent()).unwrap_or(0).min(400)));
    }
    if places == 0 {
        return digits;
    }
    if digits.len() <= places {
        digits.insert_str(0, &"0".repeat(places + 1 - digits.len()));
    }
    digits.insert(digits.len() - places, '.');
    digits
}

/// What was probably meant where a number carries noise of binary arithmetic; nothing where it does not.
fn without_noise(text: &str, value: &Decimal) -> Option<String> {
    let (_, fraction) = text.split_once('.')?;
    let significant = fraction.trim_start_matches('0');
    let whole_is_zero = text.trim_start_matches('-').starts_with("0.");
    let fraction = if whole_is_zero { significant } else { fraction };
    let skipped = text.len() - fraction.len();
    let runs = |digit: char| {
        let run = digit.to_string().repeat(NOISE);
        fraction
            .find(&run)
            .filter(|start| fraction.get(*start..).is_some_and(|rest| !rest.trim_matches(digit).is_empty()))
    };
    let start = [runs('0'), runs('9')].into_iter().flatten().min();
    let point = text.find('.')? + 1;
    match start {
        Some(start) => {
            let decimals = i32::try_from(skipped + start - point).ok()?;
            Some(plain_signed(&value.rounded(-decimals, RoundingRule::Gbt8170)))
        }
        None if value.significant_digits() > DIGITS_OF_A_DOUBLE => {
            let keep = i32::try_from(DIGITS_OF_A_DOUBLE).ok()? - 1;
            Some(plain_signed(&value.rounded(value.leading_exponent()? - keep, RoundingRule::Gbt8170).normalized()))
        }
        None => None,
    }
}

fn plain_signed(value: &Decimal) -> String {
    let sign = if value.is_negative() { "-" } else { "" };
    format!("{sign}{}", plain(&value.abs()))
}

/// The day that a spreadsheet counts: 1 is 1900-01-01, and 1900 has a 29th of February that never was.
fn day(count: f64, starts_1904: bool) -> Option<Date> {
    let whole = libm::floor(count);
    let least = if starts_1904 { 0.0 } else { 61.0 };
    if !(least..2_958_466.0).contains(&whole) {
        return None;
    }
    let start = if starts_1904 { Date::constant(1904, 1, 1) } else { Date::constant(1899, 12, 30) };
    // The range was checked: a whole number below three million.
    let days = whole as i64;
    start.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The sections of a code, at semicolons outside of quotes.
fn split(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for sign in code.chars() {
        if sign == ';' && !quoted && !escaped {
            sections.push(String::new());
            continue;
        }
        quoted ^= sign == '"' && !escaped;
        escaped = sign == '\\' && !escaped && !quoted;
        if let Some(section) = sections.last_mut() {
            section.push(sign);
        }
    }
    sections
}

enum Section {
    Day,
    Digits(Pattern),
    Other,
}

fn pattern(section: &str) -> Section {
    let mut pattern = Pattern::default();
    let mut signs = section.chars().peekable();
    let (mut seen_digit, mut seen_point, mut pending_comma) = (false, false, false);
    while let Some(sign) = signs.next() {
        let literal = match sign {
            '"' => Some(signs.by_ref().take_while(|sign| *sign != '"').collect()),
            '\\' => signs.next().map(String::from),
            // Room as wide as the next sign.
            '_' => {
                signs.next();
                Some(String::new())
            }
            '*' => {
                signs.next();
                Some(String::new())
            }
            '[' => {
                let within: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                match within.chars().next() {
                    Some('<' | '>' | '=') => return Section::Other,
                    Some('h' | 'H' | 'm' | 'M' | 's' | 'S') if within.chars().all(|one| "hHmMsS".contains(one)) => {
                        return Section::Day;
                    }
                    Some('$') => Some(within.trim_start_matches('$').split('-').next().unwrap_or_default().to_owned()),
                    _ => Some(String::new()),
                }
            }
            _ => None,
        };
        if let Some(literal) = literal {
            if seen_digit {
                pattern.after.push_str(&literal)
            } else {
                pattern.before.push_str(&literal)
            };
            continue;
        }
        match sign {
            '0' | '#' | '?' => {
                seen_digit = true;
                pending_comma = false;
                if seen_point {
                    pattern.decimals += 1;
                    pattern.least_decimals += usize::from(sign == '0');
                } else {
                    pattern.whole += usize::from(sign == '0');
                }
            }
            '.' if seen_point => return Section::Other,
            '.' => seen_point = true,
            ',' => pending_comma = true,
            '%' => pattern.percent = true,
            'E' | 'e' if matches!(signs.peek(), Some('+' | '-')) => {
                pattern.power = true;
                signs.next();
                while signs.next_if(|sign| matches!(sign, '0' | '#' | '?')).is_some() {}
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' | 'b' | 'B' | 'g' | 'G' | 'A' | 'a'
            | '上' | '下' => {
                return if section.to_lowercase().contains("general") { Section::Other } else { Section::Day };
            }
            // Fractions show other digits than the number has.
            '/' => return Section::Other,
            other if seen_digit => pattern.after.push(other),
            other => pattern.before.push(other),
        }
    }
    // A comma behind the digits shows thousands.
    if !seen_digit || pending_comma || (pattern.percent && pattern.power) {
        return Section::Other;
    }
    Section::Digits(pattern)
}
