//! The strict reader of D-SI unit expressions.

use std::str::FromStr;

use super::exponent::Exponent;
use super::prefix::{self, Prefix};
use super::table::{self, Entry, Prefixes};
use super::{Component, Unit};

/// The text is no D-SI unit expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a D-SI unit: {fault}")]
pub struct ParseUnitError {
    /// The text as given, cut to a readable length.
    pub text: String,
    /// What is wrong first.
    pub fault: UnitFault,
}

/// What is wrong with a unit expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitFault {
    /// There is no text.
    #[error("it is empty")]
    Empty,
    /// It is longer, has more parts or higher exponents than any unit needs.
    #[error("it is longer than any unit")]
    BeyondBounds,
    /// A name does not begin with a backslash.
    #[error("a name does not begin with a backslash")]
    NoBackslash,
    /// A name is neither a prefix nor a unit of D-SI.
    #[error("\\{0} is neither a prefix nor a unit")]
    UnknownName(String),
    /// A prefix is followed by no unit.
    #[error("\\{0} is followed by no unit")]
    PrefixWithoutUnit(&'static str),
    /// The unit does not take the prefix.
    #[error("\\{unit} does not take \\{prefix}")]
    PrefixNotAllowed {
        /// The prefix, by its D-SI name.
        prefix: &'static str,
        /// The unit, by its D-SI name.
        unit: &'static str,
    },
    /// An exponent is no number, or follows no unit.
    #[error("\\tothe{{…}} holds no number or follows no unit")]
    BadExponent,
    /// The unit does not take an exponent.
    #[error("\\{0} does not take an exponent")]
    ExponentNotAllowed(&'static str),
    /// `\per` stands where it cannot.
    #[error("\\per stands at an end or twice")]
    MisplacedPer,
}

/// Longer texts are refused unread.
const LONGEST: usize = 600;

impl FromStr for Unit {
    type Err = ParseUnitError;

    /// `\prefix\unit\tothe{exponent}`…, with at most one `\per`, after which all units stand below the line.
    fn from_str(text: &str) -> Result<Self, ParseUnitError> {
        parsed(text).map_err(|fault| ParseUnitError { text: text.chars().take(80).collect(), fault })
    }
}

fn parsed(text: &str) -> Result<Unit, UnitFault> {
    if text.len() > LONGEST {
        return Err(UnitFault::BeyondBounds);
    }
    if text.is_empty() {
        return Err(UnitFault::Empty);
    }
    let names = text.strip_prefix('\\').ok_or(UnitFault::NoBackslash)?;
    let mut components: Vec<Component> = Vec::new();
    let mut prefix: Option<&'static Prefix> = None;
    let (mut below, mut raised) = (false, true);
    for name in names.split('\\') {
        if let (Some(known), true) =
            (prefix, name == "per" || name.starts_with("tothe") || prefix::named(name).is_some())
        {
            return Err(UnitFault::PrefixWithoutUnit(known.name));
        }
        if name == "per" {
            if below || components.is_empty() {
                return Err(UnitFault::MisplacedPer);
            }
            (below, raised) = (true, true);
        } else if let Some(exponent) = name.strip_prefix("tothe") {
            let exponent = braced(exponent).filter(|_| !raised).ok_or(UnitFault::BadExponent)?;
            let last = components.last_mut().ok_or(UnitFault::BadExponent)?;
            if !last.takes_exponent() {
                return Err(UnitFault::ExponentNotAllowed(last.entry.name));
            }
            last.exponent = if below { -exponent } else { exponent };
            raised = true;
        } else if let Some(known) = prefix::named(name) {
            prefix = Some(known);
        } else {
            let entry = table::named(name).ok_or_else(|| UnitFault::UnknownName(name.chars().take(40).collect()))?;
            let prefix = prefix.take();
            if let Some(prefix) = prefix.filter(|prefix| !takes(entry, prefix)) {
                return Err(UnitFault::PrefixNotAllowed { prefix: prefix.name, unit: entry.name });
            }
            components.push(Component { prefix, entry, exponent: if below { -Exponent::ONE } else { Exponent::ONE } });
            raised = false;
        }
    }
    if let Some(prefix) = prefix {
        return Err(UnitFault::PrefixWithoutUnit(prefix.name));
    }
    if below && names.ends_with("per") {
        return Err(UnitFault::MisplacedPer);
    }
    Unit::from_components(components).map_err(|_| UnitFault::BeyondBounds)
}

fn braced(text: &str) -> Option<Exponent> {
    text.strip_prefix('{')?.strip_suffix('}')?.parse().ok()
}

/// Whether a unit takes a prefix.
pub(super) fn takes(entry: &Entry, prefix: &Prefix) -> bool {
    match entry.prefixes {
        Prefixes::Decimal => prefix.base == 10,
        Prefixes::DecimalBut(other) => prefix.base == 10 && prefix.name != other,
        Prefixes::Multiples => prefix.power > 0,
        Prefixes::None | Prefixes::NoneNorExponent => false,
    }
}
