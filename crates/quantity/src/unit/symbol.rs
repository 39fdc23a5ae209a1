//! Reads units as people write them: `kg`, `MPa`, `L/min`, `kg·m⁻³`, `J/(kg·K)`, `kWh`.

use super::exponent::Exponent;
use super::parse::takes;
use super::prefix::{self, Prefix};
use super::table::{self, Entry, Size};
use super::{Component, Unit};

/// Why a text is not read as a unit symbol.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SymbolFault {
    /// It is no expression of unit symbols.
    #[error("{0:?} is no unit")]
    Unknown(String),
    /// It stands for more than one unit.
    #[error("{symbol:?} can mean {}", candidates.join(", "))]
    Ambiguous {
        /// The part that is ambiguous.
        symbol: String,
        /// What it can mean.
        candidates: Vec<String>,
    },
    /// Known, but D-SI has no unit for it.
    #[error("{symbol:?} is written {replacement} in D-SI")]
    Replaced {
        /// The symbol.
        symbol: String,
        /// The D-SI unit that stands in for it.
        replacement: String,
    },
}

/// Symbols that differ from the one we print.
const VARIANTS: &[(&str, &str)] = &[
    ("℃", "degreecelsius"),
    ("l", "litre"),
    ("\u{2126}", "ohm"),
    ("\u{212B}", "angstrom"),
    ("％", "percent"),
    ("nmi", "nauticalmile"),
];

/// What is read one way by some and another way by others.
const AMBIGUOUS: &[(&str, &[&str])] = &[
    ("B", &["\\byte", "\\bel"]),
    ("kB", &["\\kilo\\byte", "\\kilo\\bel"]),
    ("b", &["\\bit", "\\barn"]),
    ("kb", &["\\kilo\\bit", "\\kilo\\barn"]),
    ("Mb", &["\\mega\\bit", "\\mega\\barn"]),
    ("Gb", &["\\giga\\bit", "\\giga\\barn"]),
    ("Gs", &["\\giga\\second", "10^-4 \\tesla"]),
    ("PS", &["\\peta\\siemens", "735.49875 \\watt"]),
    ("ft", &["\\femto\\tonne", "0.3048 \\metre"]),
    ("pt", &["\\pico\\tonne", "0.000473176473 \\metre\\tothe{3}"]),
    ("at", &["\\atto\\tonne", "98066.5 \\pascal"]),
];

/// Units of reactive power, which D-SI writes as volt ampere (IEC 80000-6).
const REACTIVE: &[(&str, &str)] = &[
    ("var", "\\volt\\ampere"),
    ("kvar", "\\kilo\\volt\\ampere"),
    ("Mvar", "\\mega\\volt\\ampere"),
    ("varh", "\\volt\\ampere\\hour"),
    ("kvarh", "\\kilo\\volt\\ampere\\hour"),
];

/// Products that are written without a dot, by their parts; the prefix belongs to the first.
const RUN_TOGETHER: &[(&str, &[&str])] = &[
    ("VAh", &["volt", "ampere", "hour"]),
    ("Wh", &["watt", "hour"]),
    ("Ah", &["ampere", "hour"]),
    ("VA", &["volt", "ampere"]),
];

/// Constants used as units are not typed by their symbols: `e`, `c` and `u` mean other things too often.
const NOT_TYPED: &[&str] = &[
    "clight",
    "planckbar",
    "elementarycharge",
    "electronmass",
    "naturalunittime",
    "bohr",
    "hartree",
    "atomicunittime",
];

/// Reads symbols joined by `·`, `*` or a space, with superscript, `^` or plain exponents, and at most one `/`, after which
/// several units stand in parentheses (GB 3101-1993, 3.2.2; SI brochure 5.2: nothing that could be read in two ways).
pub fn from_symbol(text: &str) -> Result<Unit, SymbolFault> {
    let unknown = || SymbolFault::Unknown(text.chars().take(40).collect());
    if text.len() > 200 {
        return Err(unknown());
    }
    let (above, below) = match text.split_once('/') {
        Some((above, below)) => (above.trim(), Some(below.trim())),
        None => (text.trim(), None),
    };
    let mut components = if above == "1" && below.is_some() { Vec::new() } else { product(above)? };
    if let Some(below) = below {
        let inner = match below.strip_prefix('(') {
            Some(rest) => rest.strip_suffix(')').ok_or_else(unknown)?,
            // kg/m·s is read both ways, so more than one part needs parentheses.
            None if below.contains(is_dot) => return Err(unknown()),
            None => below,
        };
        components.extend(product(inner)?.into_iter().map(|part| part.raised(-part.exponent)));
    }
    for part in &components {
        if !part.takes_exponent() && part.exponent.abs() != Exponent::ONE {
            return Err(unknown());
        }
    }
    Unit::from_components(components).map_err(|_| unknown())
}

fn is_dot(sign: char) -> bool {
    matches!(sign, '·' | '⋅' | '∙' | '•' | '*' | ' ' | '\u{a0}' | '\u{202f}')
}

fn product(text: &str) -> Result<Vec<Component>, SymbolFault> {
    // The nautical mile is the one symbol with a space in it.
    if text == "n mile" {
        return power("nmi");
    }
    let parts = text.split(is_dot).map(power).collect::<Result<Vec<_>, _>>()?;
    Ok(parts.concat())
}

fn power(text: &str) -> Result<Vec<Component>, SymbolFault> {
    let unknown = || SymbolFault::Unknown(text.chars().take(40).collect());
    let end = text
        .char_indices()
        .find(|(position, sign)| {
            *position > 0
                && (sign.is_ascii_digit() || matches!(sign, '^' | '-' | '−' | '⁻') || superscript(*sign).is_some())
        })
        .map_or(text.len(), |(position, _)| position);
    let (symbol, exponent) = text.split_at_checked(end).ok_or_else(unknown)?;
    let exponent = if exponent.is_empty() {
        Exponent::ONE
    } else {
        let digits: String = exponent
            .strip_prefix('^')
            .unwrap_or(exponent)
            .chars()
            .map(|sign| match sign {
                '−' | '⁻' => '-',
                sign => superscript(sign).unwrap_or(sign),
            })
            .collect();
        digits.parse().ok().filter(|exponent: &Exponent| !exponent.is_zero()).ok_or_else(unknown)?
    };
    let components = resolve(symbol)?;
    match components.as_slice() {
        [only] => Ok(vec![only.raised(exponent)]),
        _ if exponent.is_one() => Ok(components),
        _ => Err(unknown()),
    }
}

fn superscript(sign: char) -> Option<char> {
    let digit = match sign {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => u32::from(sign) - u32::from('⁰'),
        _ => return None,
    };
    char::from_digit(digit, 10)
}

/// One symbol, with its prefix.
fn resolve(symbol: &str) -> Result<Vec<Component>, SymbolFault> {
    if let Some((_, candidates)) = AMBIGUOUS.iter().find(|(known, _)| *known == symbol) {
        let candidates = candidates.iter().map(|candidate| (*candidate).to_owned()).collect();
        return Err(SymbolFault::Ambiguous { symbol: symbol.to_owned(), candidates });
    }
    if let Some((_, replacement)) = REACTIVE.iter().find(|(known, _)| *known == symbol) {
        return Err(SymbolFault::Replaced { symbol: symbol.to_owned(), replacement: (*replacement).to_owned() });
    }
    if let Some(entry) = entry_with_symbol(symbol) {
        return Ok(vec![Component::plain(entry)]);
    }
    for (suffix, parts) in RUN_TOGETHER {
        let Some(start) = symbol.strip_suffix(suffix) else { continue };
        let prefix = prefixes().find(|prefix| prefix.symbol == start);
        if start.is_empty() || prefix.is_some() {
            let mut components: Vec<_> =
                parts.iter().filter_map(|name| table::named(name)).map(Component::plain).collect();
            if let Some(first) = components.first_mut() {
                first.prefix = prefix;
            }
            return Ok(components);
        }
    }
    for prefix in prefixes() {
        for spelling in [prefix.symbol, if prefix.symbol == "µ" { "μ" } else { prefix.symbol }] {
            let entry = symbol.strip_prefix(spelling).and_then(entry_with_symbol);
            if let Some(entry) = entry.filter(|entry| takes(entry, prefix) && is_usual(entry, prefix)) {
                return Ok(vec![Component { prefix: Some(prefix), entry, exponent: Exponent::ONE }]);
            }
        }
    }
    Err(SymbolFault::Unknown(symbol.chars().take(40).collect()))
}

fn prefixes() -> impl Iterator<Item = &'static Prefix> {
    prefix::DECIMAL.iter().chain(prefix::BINARY)
}

/// Submultiples of the tonne read as other units (`ft`, `pt`), and nobody writes them.
fn is_usual(entry: &Entry, prefix: &Prefix) -> bool {
    entry.name != "tonne" || prefix.power > 0
}

fn entry_with_symbol(symbol: &str) -> Option<&'static Entry> {
    let variant = VARIANTS.iter().find(|(variant, _)| *variant == symbol).and_then(|(_, name)| table::named(name));
    variant.or_else(|| {
        table::entries().find(|entry| {
            entry.symbol == symbol && entry.name != "one" && entry.name != "byte" && !NOT_TYPED.contains(&entry.name)
        })
    })
}

/// The symbols that differ from a text only in upper and lower case.
pub(crate) fn with_other_case(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let bare = table::entries().map(|entry| entry.symbol.to_owned());
    let prefixed = table::entries().filter(|entry| entry.legal.is_some()).flat_map(|entry| {
        prefix::DECIMAL
            .iter()
            .filter(move |prefix| takes(entry, prefix) && matches!(prefix.power, -9..=9))
            .map(move |prefix| format!("{}{}", prefix.symbol, entry.symbol))
    });
    let together = ["Wh", "kWh", "MWh", "GWh", "Ah", "mAh", "VA", "kVA", "MVA"].map(str::to_owned);
    let mut found: Vec<_> = bare
        .chain(prefixed)
        .chain(together)
        .filter(|symbol| symbol.to_lowercase() == lower && resolve(symbol).is_ok())
        .collect();
    found.dedup();
    found
}

/// The unit of a name in words, Chinese or English, with its prefix: 千克, 公斤, 摄氏度, kilowatt.
pub(crate) fn from_name(text: &str) -> Option<Unit> {
    const EVERYDAY: &[(&str, &str)] = &[
        ("公斤", "\\kilogram"),
        ("公里", "\\kilo\\metre"),
        ("千瓦时", "\\kilo\\watt\\hour"),
        ("度电", "\\kilo\\watt\\hour"),
        ("安时", "\\ampere\\hour"),
        ("伏安", "\\volt\\ampere"),
        ("分钟", "\\minute"),
        ("秒钟", "\\second"),
    ];
    if let Some((_, unit)) = EVERYDAY.iter().find(|(name, _)| *name == text) {
        return unit.parse().ok();
    }
    let lower = text.to_lowercase();
    let lower = lower.as_str();
    let named =
        |rest: &str| table::entries().find(|entry| rest == entry.zh || rest == entry.zh_short || rest == entry.en);
    let component = named(lower).map(Component::plain).or_else(|| {
        prefix::DECIMAL.iter().find_map(|prefix| {
            let rest = lower.strip_prefix(prefix.zh).or_else(|| lower.strip_prefix(prefix.name))?;
            let entry = named(rest).filter(|entry| takes(entry, prefix) && !matches!(entry.size, Size::Measured(_)))?;
            Some(Component { prefix: Some(prefix), entry, exponent: Exponent::ONE })
        })
    })?;
    Some(Unit { components: vec![component] })
}
