//! The kinds of text that elements and attributes hold.

use jiff::civil::Date;

/// A kind of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any text.
    String,
    /// Not empty, without blanks at its ends.
    Trimmed,
    Boolean,
    Date,
    DateTime,
    Duration,
    /// Two small letters.
    Language,
    /// Two capitals.
    Country,
    /// A number of D-SI; since 2.2 also NaN.
    Number(Nan),
    /// Without minus sign.
    Uncertainty(Nan),
    /// At least 1, without exponent.
    Factor(Nan),
    /// From 0 to 1, without exponent.
    Probability(Nan),
    /// Above 0, as D-SI 1.3.0 wanted it.
    PositiveProbability,
    Integer,
    Base64,
    Id,
    IdRef,
    IdRefs,
    /// One or more words.
    Strings,
    /// `/a/b`.
    Path,
    OneOf(Vec<&'static str>),
    List(Box<Self>),
}

/// Whether a number may be "NaN".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nan {
    Allowed,
    Refused,
}

fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r')
}

impl Kind {
    pub(super) fn named(name: &'static str, si: u16) -> Self {
        let nan = if si >= 221 { Nan::Allowed } else { Nan::Refused };
        match name {
            "trimmed" => Self::Trimmed,
            "boolean" => Self::Boolean,
            "date" => Self::Date,
            "dateTime" => Self::DateTime,
            "duration" => Self::Duration,
            "language" => Self::Language,
            "country" => Self::Country,
            "number" => Self::Number(nan),
            "uncertainty" => Self::Uncertainty(nan),
            "factor" => Self::Factor(nan),
            "probability" if si == 130 => Self::PositiveProbability,
            "probability" => Self::Probability(nan),
            "integer" => Self::Integer,
            "base64" => Self::Base64,
            "id" => Self::Id,
            "idref" => Self::IdRef,
            "idrefs" => Self::IdRefs,
            "strings" => Self::Strings,
            "path" => Self::Path,
            words if words.contains('|') => Self::OneOf(words.split('|').collect()),
            _ => Self::String,
        }
    }

    /// How such a text is written.
    pub(super) fn form(&self) -> String {
        match self {
            Self::String => "…".to_owned(),
            Self::Trimmed => "[^ ]+( [^ ]+)*".to_owned(),
            Self::Boolean => "true | false | 1 | 0".to_owned(),
            Self::Date => "YYYY-MM-DD".to_owned(),
            Self::DateTime => "YYYY-MM-DDThh:mm:ssZ".to_owned(),
            Self::Duration => "PnYnMnDTnHnMnS".to_owned(),
            Self::Language => "[a-z][a-z]".to_owned(),
            Self::Country => "[A-Z][A-Z]".to_owned(),
            Self::Number(_) => "-1.23e-4".to_owned(),
            Self::Uncertainty(_) => "0.01".to_owned(),
            Self::Factor(_) => "2 | 2.0 (≥ 1)".to_owned(),
            Self::Probability(_) | Self::PositiveProbability => "0.95 (0 … 1)".to_owned(),
            Self::Integer => "12".to_owned(),
            Self::Base64 => "base64".to_owned(),
            Self::Id | Self::IdRef => "[A-Za-z_][A-Za-z0-9_.-]*".to_owned(),
            Self::IdRefs => "[A-Za-z_][A-Za-z0-9_.-]*, …".to_owned(),
            Self::Strings => "…, …".to_owned(),
            Self::Path => "/a/b".to_owned(),
            Self::OneOf(words) => words.join(" | "),
            Self::List(kind) => format!("{}, …", kind.form()),
        }
    }

    /// The first part of a text that is not of this kind.
    pub(super) fn wrong<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::List(kind) => text.split(is_blank).filter(|word| !word.is_empty()).find(|word| !kind.holds(word)),
            _ => (!self.holds(text)).then_some(text),
        }
    }

    fn holds(&self, text: &str) -> bool {
        let bare = text.trim_matches(is_blank);
        match self {
            Self::String => true,
            Self::Trimmed => !text.is_empty() && bare.len() == text.len(),
            Self::Boolean => matches!(bare, "true" | "false" | "1" | "0"),
            Self::Date => is_date(bare),
            Self::DateTime => is_date_time(bare),
            Self::Duration => is_duration(bare),
            Self::Language => text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase()),
            Self::Country => text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
            Self::Number(nan) => is_number(bare.strip_prefix(['-', '+']).unwrap_or(bare)) || is_nan(bare, *nan),
            Self::Uncertainty(nan) => is_number(bare.strip_prefix('+').unwrap_or(bare)) || is_nan(bare, *nan),
            Self::Factor(nan) => {
                let digits = bare.strip_prefix('+').unwrap_or(bare);
                digits.starts_with(|first: char| matches!(first, '1'..='9')) && is_plain(digits) || is_nan(bare, *nan)
            }
            Self::Probability(nan) => is_probability(bare.strip_prefix('+').unwrap_or(bare)) || is_nan(bare, *nan),
            Self::PositiveProbability => {
                let digits = bare.strip_prefix('+').unwrap_or(bare);
                let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
                is_digits(fraction)
                    && (whole == "1" && fraction.bytes().all(|byte| byte == b'0')
                        || matches!(whole, "" | "0") && fraction.bytes().any(|byte| byte != b'0'))
                    || digits == "1."
            }
            Self::Integer => {
                let digits = bare.strip_prefix(['-', '+']).unwrap_or(bare);
                !digits.is_empty() && is_digits(digits)
            }
            Self::Base64 => is_base64(bare),
            Self::Id | Self::IdRef => is_name(bare),
            Self::IdRefs => {
                let mut names = text.split(is_blank).filter(|name| !name.is_empty()).peekable();
                names.peek().is_some() && names.all(is_name)
            }
            Self::Strings => !bare.is_empty(),
            Self::Path => text.is_empty() || text.strip_prefix('/').is_some_and(|rest| rest.split('/').all(is_step)),
            Self::OneOf(words) => words.contains(&text),
            Self::List(_) => self.wrong(text).is_none(),
        }
    }
}

fn is_nan(text: &str, nan: Nan) -> bool {
    nan == Nan::Allowed && text == "NaN"
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits with at most one point, at least one digit.
fn is_plain(text: &str) -> bool {
    let mut digits = 0_usize;
    let mut points = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'.' => points += 1,
            _ => return false,
        }
    }
    digits > 0 && points <= 1
}

fn is_number(text: &str) -> bool {
    match text.split_once(['e', 'E']) {
        None => is_plain(text),
        Some((mantissa, exponent)) => {
            let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            is_plain(mantissa) && !exponent.is_empty() && is_digits(exponent)
        }
    }
}

fn is_probability(text: &str) -> bool {
    match text.split_once('.') {
        None => matches!(text, "0" | "1"),
        Some(("0", fraction)) => is_digits(fraction),
        Some(("1", fraction)) => fraction.bytes().all(|byte| byte == b'0'),
        Some(_) => false,
    }
}

fn is_name(text: &str) -> bool {
    let is_first = |letter: char| letter == '_' || letter.is_alphabetic();
    text.starts_with(is_first)
        && text.chars().all(|letter| is_first(letter) || letter.is_numeric() || "-.·".contains(letter))
}

/// `A1`, as the types of reference were written up to 2.4.0.
fn is_step(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_base64(text: &str) -> bool {
    let mut letters = 0_usize;
    let mut padding = 0_usize;
    for byte in text.bytes() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => {}
            b'=' => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => letters += 1,
            _ => return false,
        }
    }
    padding <= 2 && (letters + padding).is_multiple_of(4)
}

/// A date, then perhaps its zone.
fn is_date(text: &str) -> bool {
    let (day, zone) = split_zone(text);
    is_day(day) && is_zone(zone)
}

fn is_day(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut number = |length: usize| {
        parts.next().filter(|part| part.len() == length && is_digits(part)).and_then(|part| part.parse::<i16>().ok())
    };
    let (Some(year), Some(month), Some(day)) = (number(4), number(2), number(2)) else { return false };
    let narrow = |number: i16| i8::try_from(number).unwrap_or(0);
    year > 0 && Date::new(year, narrow(month), narrow(day)).is_ok()
}

/// The zone begins with `Z`, `+`, or a `-` after the third.
fn split_zone(text: &str) -> (&str, &str) {
    let dashes = text.match_indices('-').nth(2).map(|(at, _)| at);
    let at = text.find(['Z', '+']).or(dashes).unwrap_or(text.len());
    text.split_at(at)
}

fn is_zone(text: &str) -> bool {
    if matches!(text, "" | "Z") {
        return true;
    }
    let Some((hours, minutes)) = text.strip_prefix(['+', '-']).and_then(|zone| zone.split_once(':')) else {
        return false;
    };
    let number = |text: &str| (text.len() == 2 && is_digits(text)).then(|| text.parse::<u8>().ok()).flatten();
    match (number(hours), number(minutes)) {
        (Some(14), Some(minutes)) => minutes == 0,
        (Some(hours), Some(minutes)) => hours < 14 && minutes < 60,
        _ => false,
    }
}

fn is_date_time(text: &str) -> bool {
    let Some((day, rest)) = text.split_once('T') else { return false };
    let (time, zone) = rest.split_at(rest.find(['Z', '+', '-']).unwrap_or(rest.len()));
    let (whole, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let numbers: Option<Vec<u8>> = whole
        .split(':')
        .map(|part| (part.len() == 2 && is_digits(part)).then(|| part.parse::<u8>().ok()).flatten())
        .collect();
    let is_time = match numbers.as_deref() {
        Some([24, 0, 0]) => fraction.bytes().all(|byte| byte == b'0'),
        Some([hours, minutes, seconds]) => *hours < 24 && *minutes < 60 && *seconds < 60,
        _ => false,
    };
    is_day(day) && is_time && !fraction.is_empty() && is_digits(fraction) && is_zone(zone)
}

fn is_duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('-').unwrap_or(text).strip_prefix('P') else { return false };
    let (days, time) = text.split_once('T').map_or((text, None), |(days, time)| (days, Some(time)));
    let is_run = |text: &str, units: &str| {
        let mut units = units.chars();
        let mut number = String::new();
        for letter in text.chars() {
            if letter.is_ascii_digit() || letter == '.' {
                number.push(letter);
                continue;
            }
            let is_whole = is_digits(&number) || letter == 'S' && is_plain(&number) && !number.starts_with('.');
            if number.is_empty() || !is_whole || !units.any(|unit| unit == letter) {
                return false;
            }
            number.clear();
        }
        number.is_empty()
    };
    is_run(days, "YMD")
        && time.is_none_or(|time| !time.is_empty() && is_run(time, "HMS"))
        && !(days.is_empty() && time.is_none())
}
