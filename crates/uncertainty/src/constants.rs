//! Constants of nature and of convention that a model takes by name, from the table `data/constants.toml`.

use std::sync::LazyLock;

use heng_quantity::{Decimal, Unit};
use serde::Deserialize;

use crate::input::Input;
use crate::nearest::nearest_to;

/// A constant with its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// Its name: the preferred label of the SI Reference Point, or the name in the CODATA table.
    pub name: String,
    /// Its identifier in the SI Reference Point, where it has one.
    pub identifier: Option<String>,
    /// The symbol, as a name of a model: `N_A`.
    pub symbol: String,
    /// The value.
    pub value: Decimal,
    /// u; none where the constant is exact.
    pub standard_uncertainty: Option<Decimal>,
    /// The unit of both.
    pub unit: Unit,
    /// Where the digits are from.
    pub source: String,
    /// How the digits were checked.
    pub confidence: Confidence,
}

/// How the digits of a constant were checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// In the source itself, or computed exactly from what was read there.
    Read,
    /// In a copy of the source.
    Secondary,
    /// Not yet.
    Unverified,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    constant: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    identifier: Option<String>,
    symbol: String,
    value: Decimal,
    standard_uncertainty: Option<Decimal>,
    unit: String,
    source: String,
    confidence: Confidence,
}

static TABLE: LazyLock<Vec<Constant>> = LazyLock::new(|| {
    // A test holds that every row of the table is read.
    let table: Option<Table> = toml::from_str(include_str!("../data/constants.toml")).ok();
    let constant = |row: Row| {
        Some(Constant {
            unit: heng_quantity::text::unit(&row.unit).ok()?,
            name: row.name,
            identifier: row.identifier,
            symbol: row.symbol,
            value: row.value,
            standard_uncertainty: row.standard_uncertainty,
            source: row.source,
            confidence: row.confidence,
        })
    };
    table.into_iter().flat_map(|table| table.constant).filter_map(constant).collect()
});

/// Every constant, in the order of the table.
pub fn constants() -> &'static [Constant] {
    &TABLE
}

/// The constant with this name, in capitals or not, or with this identifier of the SI Reference Point, whole or its last part.
///
/// ```
/// let k = heng_uncertainty::constant("BoltzmannConstant").unwrap();
/// assert_eq!((k.name.as_str(), k.value.to_f64()), ("Boltzmann constant", 1.380649e-23));
/// ```
pub fn constant(name: &str) -> Option<&'static Constant> {
    place(name).and_then(|place| TABLE.get(place))
}

pub(crate) fn place(name: &str) -> Option<usize> {
    let wanted = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    TABLE.iter().position(|constant| {
        let is_identified = constant.identifier.as_ref().is_some_and(|identifier| {
            *identifier == name || identifier.rsplit('/').next().is_some_and(|last| last.to_lowercase() == wanted)
        });
        constant.name.to_lowercase() == wanted || is_identified
    })
}

pub(crate) fn at(place: usize) -> Option<&'static Constant> {
    TABLE.get(place)
}

pub(crate) fn nearest(name: &str) -> Vec<String> {
    let wanted = name.to_lowercase();
    let contained = TABLE
        .iter()
        .filter(|constant| !wanted.trim().is_empty() && constant.name.to_lowercase().contains(wanted.trim()));
    let found: Vec<String> = contained.take(3).map(|constant| constant.name.clone()).collect();
    if found.is_empty() { nearest_to(name, TABLE.iter().map(|constant| constant.name.as_str())) } else { found }
}

impl Constant {
    /// Which thing it is, in whatever budget: its identifier in the SI Reference Point, else its name.
    pub fn identity(&self) -> &str {
        self.identifier.as_deref().unwrap_or(&self.name)
    }

    /// The name of the input that stands for it in a model: two uses are one input, and so fully correlated.
    pub(crate) fn input_name(&self) -> String {
        format!("constant(\"{}\")", self.name)
    }

    pub(crate) fn input(&self) -> Input {
        let u = self.standard_uncertainty.as_ref().map_or(0.0, Decimal::to_f64);
        Input::standard(&self.input_name(), self.value.to_f64(), self.unit.clone(), u, f64::INFINITY)
    }
}
