//! A rule file: one verification regulation or calibration procedure, as data.

use std::collections::BTreeMap;

use heng_quantity::{Decimal, Distribution, Finding, Position, RoundingRule, Unit};
use heng_uncertainty::{Condition, Expression, Model};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};

use crate::required::Required;
use crate::table::Table;
use crate::{Citation, Confidence, Occasion, RuleReference, Words};

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

/// One item (检定项目).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The name in records.
    pub name: String,
    /// The title.
    pub title: Words,
    /// The clause.
    pub cite: String,
    /// Whether a record may leave it out.
    #[serde(default)]
    pub optional: bool,
    /// On which occasions it is due; empty for all.
    #[serde(default)]
    pub occasions: Vec<Occasion>,
    /// For which instruments it is due; absent for all.
    #[serde(default, deserialize_with = "some_condition")]
    pub when: Option<Condition>,
    /// How many rows at least.
    #[serde(default = "one")]
    pub rows: usize,
    /// The item whose observations it uses, with their columns; absent where it has its own.
    pub observations_of: Option<String>,
    /// What a row holds.
    #[serde(default)]
    pub column: Vec<Column>,
    /// The rows it must have: at which points, how many at each.
    #[serde(default)]
    pub required: Vec<Required>,
    /// The least-squares line through rows, whose coefficients the model may name.
    pub line: Option<LineText>,
    /// What is computed; absent for an item of yes and no.
    pub result: Option<ResultText>,
    /// Where the model's inputs come from.
    #[serde(default)]
    pub input: Vec<InputText>,
    /// The limits, the first that applies.
    #[serde(default)]
    pub limit: Vec<LimitText>,
}

pub(crate) fn one() -> usize {
    1
}

/// One column of an observation sheet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The name in records.
    pub name: String,
    /// The symbol a reader knows.
    pub symbol: Option<String>,
    /// The heading.
    pub label: Words,
    /// The unit; its kind is checked. Absent for words and for yes and no.
    pub unit: Option<Unit>,
    /// One of these words.
    #[serde(default)]
    pub words: Vec<String>,
    /// Set or observed.
    #[serde(default)]
    pub role: ColumnRole,
    /// Whether a row may leave it out.
    #[serde(default)]
    pub optional: bool,
}

/// Whether a column is set by the verifier or read from an instrument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnRole {
    /// Set: load, flow, nominal value.
    Condition,
    /// Read.
    #[default]
    Observed,
}

/// What an item computes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultText {
    /// Its name.
    pub name: String,
    /// Its symbol.
    pub symbol: Option<String>,
    /// Its heading.
    pub label: Words,
    /// The unit it is stated in; absent for the unit that the model gives.
    pub unit: Option<Unit>,
    /// The measurement model.
    #[serde(deserialize_with = "model")]
    pub model: Model,
    /// What is made of the rows.
    #[serde(default)]
    pub statistic: Statistic,
    /// The column whose values group the rows.
    pub group_by: Option<String>,
    /// Whether an uncertainty is stated.
    #[serde(default = "yes")]
    pub states_uncertainty: bool,
    /// The power of ten of the last digit, where no uncertainty says where to round.
    pub last_place: Option<i32>,
    /// Propagates distributions instead of uncertainties, where the model is too far from linear.
    pub trials: Option<TrialsText>,
}

/// A Monte Carlo evaluation that anyone can repeat: the estimate is the mean of the trials, u their standard deviation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrialsText {
    /// M.
    pub count: u64,
    /// The seed; the same one gives the same trials on any machine.
    pub seed: u64,
    /// What budgets call what the trials find beyond the linear contributions.
    pub beyond_linear: Words,
}

fn yes() -> bool {
    true
}

/// What is made of the rows of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Statistic {
    /// Each row is a point.
    #[default]
    Each,
    /// The mean of the rows, with their scatter as type A.
    Mean,
    /// The largest minus the smallest.
    Range,
}

/// Where an input of a model comes from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputText {
    /// The name in the model.
    pub name: String,
    /// What it is.
    pub label: Words,
    /// Its value: a formula over columns and characteristics. A column alone may hold repeated observations or a value with its own evaluation.
    /// Absent where the certificate of the standard gives the value.
    #[serde(default, deserialize_with = "some_expression")]
    pub value: Option<Expression>,
    /// The unit of a value that is a bare number.
    pub unit: Option<Unit>,
    /// Type B: half the width of its distribution.
    #[serde(default, deserialize_with = "some_expression")]
    pub half_width: Option<Expression>,
    /// Type B: the distribution.
    pub distribution: Option<Distribution>,
    /// The kind of quantity, or the characteristic that says it, whose standard gives U.
    pub standard: Option<String>,
    /// The value at which the standard's range is asked for, where it is not the input's own.
    #[serde(default, deserialize_with = "some_expression")]
    pub at: Option<Expression>,
}

/// A limit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitText {
    /// Where it applies; absent for everywhere.
    #[serde(default, deserialize_with = "some_condition")]
    pub when: Option<Condition>,
    /// The lower limit.
    #[serde(default, deserialize_with = "some_expression")]
    pub lower: Option<Expression>,
    /// The upper limit.
    #[serde(default, deserialize_with = "some_expression")]
    pub upper: Option<Expression>,
    /// The unit of bare numbers in the formulas, where it is not the result's.
    pub unit: Option<Unit>,
    /// The clause.
    pub cite: String,
}

/// A straight line through the rows of an item, by ordinary least squares. Its coefficients are inputs of the model, with their uncertainties
/// and their correlation from the scatter about the line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineText {
    /// The item whose rows are the points.
    pub rows_of: String,
    /// The column of x, taken as exact.
    pub abscissa: String,
    /// The column of y.
    pub ordinate: String,
    /// The x at which the intercept is taken: a formula over characteristics.
    #[serde(deserialize_with = "expression")]
    pub origin: Expression,
    /// The name of the intercept in the model.
    pub intercept: LineInput,
    /// The name of the slope in the model.
    pub slope: LineInput,
    /// The name of their correlation coefficient, where the model states it.
    pub correlation: Option<LineInput>,
    /// The name of the standard deviation about the line, where the model states it.
    pub scatter: Option<LineInput>,
}

/// A number that a line gives to the model.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineInput {
    /// The name in the model.
    pub name: String,
    /// What it is.
    pub label: Words,
}

impl LineText {
    /// Everything that it gives to the model.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &LineInput> {
        [&self.intercept, &self.slope].into_iter().chain(&self.correlation).chain(&self.scatter)
    }
}

pub(crate) fn condition<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Condition, D::Error> {
    Condition::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

pub(crate) fn some_condition<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Condition>, D::Error> {
    condition(deserializer).map(Some)
}

fn expression<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Expression, D::Error> {
    Expression::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

fn some_expression<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Expression>, D::Error> {
    expression(deserializer).map(Some)
}

fn model<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Model, D::Error> {
    Model::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
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

impl Item {
    /// An input without a value that no certificate can give either.
    fn fault_of_inputs(&self) -> Option<String> {
        let is_without = |input: &&InputText| input.value.is_none() && (input.standard.is_none() || input.at.is_none());
        let input = self.input.iter().find(is_without)?;
        Some(format!("{}: {} has neither a value nor a standard that gives it at a value", self.name, input.name))
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

/// An item that uses the observations of another has its columns.
fn borrow_columns(items: &mut [Item]) -> Result<(), String> {
    let own: BTreeMap<String, Vec<Column>> = items
        .iter()
        .filter(|item| item.observations_of.is_none())
        .map(|item| (item.name.clone(), item.column.clone()))
        .collect();
    for item in items.iter_mut() {
        let Some(of) = &item.observations_of else { continue };
        match own.get(of) {
            Some(columns) if item.column.is_empty() => item.column.clone_from(columns),
            Some(_) => {
                return Err(format!("{}: it uses the observations of {of} and has columns of its own", item.name));
            }
            None => return Err(format!("{}: there is no item {of} with observations of its own", item.name)),
        }
    }
    Ok(())
}

fn position(source: &str, offset: usize) -> Position {
    let before = source.get(..offset).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    Position { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
}
