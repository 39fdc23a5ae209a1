//! A rule file: one verification regulation or calibration procedure, as data.

use std::collections::BTreeMap;

use heng_quantity::{Decimal, Finding, Position, RoundingRule, Unit};
use heng_uncertainty::Condition;
use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::table::Table;
use crate::{Citation, Confidence, RuleReference, Words};

mod formulas;
mod item;

pub(crate) use formulas::{condition, some_condition};
pub use item::{
    Column, ColumnRole, InputText, Item, LimitText, LineInput, LineText, ResultText, Statistic, TrialsText,
};
pub(crate) use item::{borrow_columns, one};

/// The one version of the format.
const FORMAT: &str = "heng-rule/1";

/// What a rule does with an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    /// It verifies: limits and a verdict (检定).
    Verification,
    /// It calibrates: values and uncertainties (校准).
    Calibration,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(crate) text: RuleText,
    sha256: String,
}

/// The bytes are no rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rule file cannot be read: {reason}")]
pub struct ParseRuleError {
    /// What is wrong.
    pub reason: String,
    /// Where.
    pub position: Option<Position>,
}

/// The file as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleText {
    pub format: String,
    pub id: String,
    pub version: u32,
    pub kind: RuleKind,
    pub norm: String,
    pub title: Words,
    pub in_force_from: Option<Date>,
    pub applies_to: Vec<String>,
    #[serde(default)]
    pub scope: Vec<Scope>,
    #[serde(default)]
    pub citation: BTreeMap<String, Citation>,
    #[serde(default)]
    pub characteristic: Vec<Characteristic>,
    #[serde(default)]
    pub environment: Vec<EnvironmentLimit>,
    pub reporting: Reporting,
    pub standard: Option<StandardDemand>,
    pub uncertainty: Option<UncertaintyDemand>,
    pub decision: Option<Decision>,
    pub validity: Option<Validity>,
    #[serde(default)]
    pub disseminates: Vec<Disseminates>,
    #[serde(default)]
    pub table: BTreeMap<String, Table>,
    pub item: Vec<Item>,
}

/// What the rule must know of the instrument.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Characteristic {
    /// The name in records.
    pub name: String,
    /// The heading.
    pub label: Words,
    /// A quantity of this kind.
    pub unit: Option<Unit>,
    /// One of these words.
    #[serde(default)]
    pub words: Vec<String>,
    /// Whether a record may leave it out.
    #[serde(default)]
    pub optional: bool,
}

/// A condition of the surroundings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvironmentLimit {
    /// The name in records.
    pub name: String,
    /// The heading.
    pub label: Words,
    /// The unit of the bounds.
    pub unit: Unit,
    /// Not below this.
    pub lower: Option<Decimal>,
    /// Not above this.
    pub upper: Option<Decimal>,
    /// The clause.
    pub cite: Option<String>,
}

/// How results are stated.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reporting {
    /// The rounding rule.
    pub rounding: RoundingRule,
    /// Which uncertainty results state.
    #[serde(default)]
    pub states: StatedUncertainty,
    /// k, where it is fixed; else it follows from p and the degrees of freedom.
    pub coverage_factor: Option<Decimal>,
    /// p.
    pub coverage_probability: Decimal,
    /// What becomes of effective degrees of freedom before k is taken for p.
    #[serde(default)]
    pub degrees_of_freedom: DegreesOfFreedom,
    /// What people call the scatter of repeated results in a budget.
    pub scatter: Words,
    /// The clause.
    pub cite: String,
}

/// What becomes of effective degrees of freedom before k is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DegreesOfFreedom {
    /// They are used as computed.
    #[default]
    Computed,
    /// They are truncated to the next lower integer (JCGM 100:2008, G.4.1, note 1).
    Truncated,
}

/// Instruments of the right kind to which the rule applies.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// A condition over characteristics that must hold.
    #[serde(deserialize_with = "condition")]
    pub when: Condition,
    /// The clause.
    pub cite: String,
}

/// What the uncertainty of a result must satisfy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UncertaintyDemand {
    /// A condition on `U` of the result and `mpev` of the point.
    #[serde(deserialize_with = "condition")]
    pub sufficient: Condition,
    /// The clause.
    pub cite: String,
}

/// Which uncertainty results state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatedUncertainty {
    /// U with its k and p.
    #[default]
    Expanded,
    /// u.
    Standard,
}

/// What a measurement standard must satisfy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardDemand {
    /// A condition on `U` of the standard and `mpev` of the point, for example `3*U <= mpev`.
    #[serde(deserialize_with = "condition")]
    pub sufficient: Condition,
    /// The clause.
    pub cite: String,
}

/// How a value near a limit is decided.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Where this holds of `U` and `mpev`, the value alone decides; elsewhere the interval value ± U must lie wholly on one side.
    #[serde(deserialize_with = "condition")]
    pub simple_where: Condition,
    /// The clause.
    pub cite: String,
}

/// How long a verification is valid.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// Tried in order.
    pub interval: Vec<Interval>,
    /// The clause.
    pub cite: String,
}

/// One interval.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// For which instruments; absent for all.
    #[serde(default, deserialize_with = "some_condition")]
    pub when: Option<Condition>,
    /// How many months; the last day is the one before the day of the same date.
    pub months: i32,
}

/// What a calibrated measurement standard can pass on: at each point of an item, from the point before; or over a range.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disseminates {
    /// The kind of quantity, or the name of a characteristic that says it.
    pub quantity: String,
    /// The item.
    pub item: String,
    /// The column that is the value passed on, point by point.
    pub value: Option<String>,
    /// The result that is the true value found at that nominal value, where users of the standard may take it from the certificate.
    pub certified_value: Option<String>,
    /// The characteristics between which the largest U of all points holds; without them nothing is passed on in this way.
    pub range: Option<[String; 2]>,
}

impl Rule {
    /// Reads a rule file strictly. The findings say which figures nobody has read in the source.
    pub fn parse(bytes: &[u8]) -> Result<(Self, Vec<Finding>), ParseRuleError> {
        let unreadable = |reason: String| ParseRuleError { reason, position: None };
        let source = std::str::from_utf8(bytes).map_err(|error| unreadable(error.to_string()))?;
        let mut text: RuleText = toml::from_str(source).map_err(|error| ParseRuleError {
            reason: error.message().to_owned(),
            position: error.span().map(|span| position(source, span.start)),
        })?;
        if text.format != FORMAT {
            return Err(unreadable(format!("the format is {:?}, not {FORMAT}", text.format)));
        }
        if let Some(missing) = cited(&text).find(|name| !text.citation.contains_key(*name)) {
            return Err(unreadable(format!("there is no [citation.{missing}]")));
        }
        borrow_columns(&mut text.item).map_err(unreadable)?;
        let of_tables = text.table.iter().find_map(|(name, table)| table.fault(name));
        let of_items = || text.item.iter().find_map(|item| item.fault().or_else(|| item.fault_of_inputs()));
        if let Some(fault) = of_tables.or_else(of_items) {
            return Err(unreadable(fault));
        }
        let findings = text
            .citation
            .iter()
            .filter(|(_, citation)| citation.confidence != Confidence::Read)
            .map(|(name, citation)| Finding::info("figure-unverified").with("name", name).with("norm", &citation.norm))
            .collect();
        Ok((Self { text, sha256: hex::encode(Sha256::digest(bytes)) }, findings))
    }

    /// What statements and certificates say of it.
    pub fn reference(&self) -> RuleReference {
        RuleReference {
            id: self.text.id.clone(),
            version: self.text.version,
            sha256: self.sha256.clone(),
            norm: self.text.norm.clone(),
            title: self.text.title.clone(),
            in_force_from: self.text.in_force_from,
        }
    }

    /// Its identifier.
    pub fn id(&self) -> &str {
        &self.text.id
    }

    /// Whether it verifies or calibrates.
    pub fn kind(&self) -> RuleKind {
        self.text.kind
    }

    /// For how long a verification is good, by class or use.
    pub fn intervals(&self) -> &[Interval] {
        self.text.validity.as_ref().map_or(&[], |validity| &validity.interval)
    }

    /// The clause that says for how long.
    pub fn validity(&self) -> Option<Citation> {
        self.text.validity.as_ref().map(|validity| self.citation(&validity.cite))
    }

    /// The kinds of instrument it applies to.
    pub fn applies_to(&self) -> &[String] {
        &self.text.applies_to
    }

    /// What it must know of the instrument.
    pub fn characteristics(&self) -> &[Characteristic] {
        &self.text.characteristic
    }

    /// The conditions of the surroundings that it asks for.
    pub fn surroundings(&self) -> &[EnvironmentLimit] {
        &self.text.environment
    }

    /// Its items.
    pub fn items(&self) -> &[Item] {
        &self.text.item
    }

    /// The clause that says what a measurement standard must satisfy.
    pub(crate) fn standard_citation(&self) -> Option<Citation> {
        self.text.standard.as_ref().map(|demand| self.citation(&demand.cite))
    }

    /// Every citation of the file, by name.
    pub fn citations(&self) -> impl Iterator<Item = (&str, &Citation)> {
        self.text.citation.iter().map(|(name, citation)| (name.as_str(), citation))
    }

    /// The citation of a name in the file.
    pub fn citation(&self, name: &str) -> Citation {
        self.text.citation.get(name).cloned().unwrap_or_else(|| Citation {
            norm: self.text.norm.clone(),
            clause: None,
            source: None,
            confidence: Confidence::Unverified,
        })
    }
}

fn cited(text: &RuleText) -> impl Iterator<Item = &String> {
    let of_items = text.item.iter().flat_map(|item| {
        let limits = item.limit.iter().map(|limit| &limit.cite);
        std::iter::once(&item.cite).chain(item.required.iter().map(|required| &required.cite)).chain(limits)
    });
    of_items
        .chain(text.environment.iter().filter_map(|limit| limit.cite.as_ref()))
        .chain(std::iter::once(&text.reporting.cite))
        .chain(text.standard.iter().map(|demand| &demand.cite))
        .chain(text.uncertainty.iter().map(|demand| &demand.cite))
        .chain(text.scope.iter().map(|scope| &scope.cite))
        .chain(text.decision.iter().map(|decision| &decision.cite))
        .chain(text.validity.iter().map(|validity| &validity.cite))
}

fn position(source: &str, offset: usize) -> Position {
    let before = source.get(..offset).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    Position { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
}
