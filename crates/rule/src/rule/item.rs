//! The items of a rule: what is observed, what is computed from it, what limits it.

use std::collections::BTreeMap;

use heng_quantity::{Distribution, Unit};
use heng_uncertainty::{Condition, Expression, Model};
use serde::Deserialize;

use super::formulas::{expression, model, some_condition, some_expression};
use crate::required::Required;
use crate::{Occasion, Words};

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

impl Item {
    /// An input without a value that no certificate can give either.
    pub(crate) fn fault_of_inputs(&self) -> Option<String> {
        let is_without = |input: &&InputText| input.value.is_none() && (input.standard.is_none() || input.at.is_none());
        let input = self.input.iter().find(is_without)?;
        Some(format!("{}: {} has neither a value nor a standard that gives it at a value", self.name, input.name))
    }
}

/// An item that uses the observations of another has its columns.
pub(crate) fn borrow_columns(items: &mut [Item]) -> Result<(), String> {
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
