//! The field sheet of a record: which items are due, which rows the rule demands, and what can be said of the rows that are filled.

use std::collections::BTreeMap;

use heng_quantity::Reported;
use heng_uncertainty::Value;
use heng_uncertainty::expression::Quantity;

use crate::evaluate::{Names, is_due};
use crate::line::LineInputs;
use crate::point::{Bench, points_of_complete_rows, quantity_of, row_names};
use crate::required::{Required, demanded};
use crate::rule::{Column, InputText, Item, Rule, RuleKind};
use crate::standards::certified_value;
use crate::{PointResult, Record, Row, StandardFacts};

/// A due item with the rows that are to be filled.
#[derive(Clone, Debug)]
pub struct SheetItem<'a> {
    /// The item.
    pub item: &'a Item,
    /// The rows that the rule demands, each with what it sets itself: by column, as one types it in the column's unit.
    pub rows: Vec<BTreeMap<String, String>>,
}

/// What the filled rows of an item give so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The item's name.
    pub item: String,
    /// The results, in the order of the rows or of their groups. A row that cannot be computed has none.
    pub points: Vec<Option<PointResult>>,
}

/// More rows than this are not laid out by themselves.
const MOST_ROWS: usize = 200;

impl Rule {
    /// The items that are due for the instrument and the occasion of a record, with the rows that the rule demands. What the record observed
    /// is not looked at.
    pub fn sheet(&self, record: &Record) -> Vec<SheetItem<'_>> {
        let names = self.names(record, &mut Vec::new());
        let own = self.text.item.iter().filter(|item| item.observations_of.is_none() && !item.column.is_empty());
        own.filter(|item| is_due(item, record.occasion, &names).unwrap_or(true))
            .map(|item| SheetItem { item, rows: self.rows(item, &names) })
            .collect()
    }

    /// The rows of an item: those at the demanded points, and as many more as are demanded anywhere, between the first and the last of them.
    fn rows(&self, item: &Item, names: &Names) -> Vec<BTreeMap<String, String>> {
        let bench = Bench { rule: self, item, names, standards: &[], line: None };
        let (mut at_points, mut anywhere) = (Vec::new(), vec![BTreeMap::new(); item.rows.max(1)]);
        // Another item may demand rows of these observations, too.
        let borrowing = self.text.item.iter().filter(|other| other.observations_of.as_ref() == Some(&item.name));
        for required in item.required.iter().chain(borrowing.flat_map(|other| &other.required)) {
            let lookup = |name: &str| names.get(name).cloned();
            if !required.when.as_ref().is_none_or(|when| when.evaluate(&lookup).unwrap_or(true)) {
                continue;
            }
            let repeated = repeated(item, required);
            if required.at.is_empty() {
                if repeated.len() > anywhere.len() {
                    anywhere = repeated;
                }
                continue;
            }
            for at in &required.at {
                let set = demanded(&bench, required, at).unwrap_or_default();
                let set: BTreeMap<String, String> = set
                    .into_iter()
                    .map(|(column, wanted)| (column, wanted.map_or_else(|word| word, |value| typed(&value))))
                    .collect();
                at_points.extend(repeated.iter().map(|row| row.iter().chain(&set).map(pair).collect()));
            }
        }
        let missing = anywhere.len().saturating_sub(at_points.len());
        let place = at_points.len().saturating_sub(1).max(1).min(at_points.len());
        let more: Vec<BTreeMap<String, String>> = anywhere.into_iter().take(missing).collect();
        at_points.splice(place..place, more);
        at_points.truncate(MOST_ROWS);
        at_points
    }

    /// Whether a column is an input of a model as it is: it may hold repeated readings, or a value with an evaluation of its own.
    pub fn is_evaluated(&self, item: &Item, column: &Column) -> bool {
        let is_input = |input: &InputText| {
            let own = input.standard.is_none() && input.half_width.is_none();
            own && input.value.as_ref().is_some_and(|formula| formula.text() == column.name)
        };
        self.text.kind == RuleKind::Calibration && column.words.is_empty() && item.input.iter().any(is_input)
    }

    /// Whether a column holds quantities. One without a unit of its own holds them in a calibration, each with its unit.
    pub fn holds_quantities(&self, item: &Item, column: &Column) -> bool {
        let is_free = column.words.is_empty() && item.result.is_some() && self.text.kind == RuleKind::Calibration;
        column.unit.is_some() || is_free
    }

    /// What the certificates of the standards say for a row that has its place but not yet their values, by column.
    pub fn certified(
        &self,
        record: &Record,
        item: &Item,
        row: &Row,
        standards: &[StandardFacts],
    ) -> BTreeMap<String, Reported> {
        let mut names = self.names(record, &mut Vec::new());
        names.extend(row_names(row));
        let of_input = |input: &InputText| {
            let column = item.column.iter().find(|column| Some(column.name.as_str()) == formula(input))?;
            let Some(Value::Quantity { value, unit }) = names.get(input.at.as_ref()?.text()) else { return None };
            let quantity = quantity_of(input.standard.as_ref()?, &names);
            let (certified, _) = certified_value(standards, &quantity, (value, unit)).ok()?;
            Some((column.name.clone(), certified.clone()))
        };
        item.input.iter().filter_map(of_input).collect()
    }

    /// What the filled rows of a record give, each for itself: an unfinished sheet is computed as far as it goes.
    pub fn tried(&self, record: &Record, standards: &[StandardFacts]) -> Vec<Tried> {
        let names = self.names(record, &mut Vec::new());
        let due = self.text.item.iter().filter(|item| is_due(item, record.occasion, &names).unwrap_or(false));
        due.filter_map(|item| {
            let observed = item.observations_of.as_ref().unwrap_or(&item.name);
            let follows = [Row::new()];
            let rows = match record.observations.get(observed) {
                Some(rows) => rows.as_slice(),
                None if item.line.is_some() && item.column.is_empty() => &follows[..],
                None => return None,
            };
            let line = item.line.as_ref().map(|line| LineInputs::of(line, &item.name, record, &names)).transpose();
            let line = line.ok()?;
            let bench = Bench { rule: self, item, names: &names, standards, line: line.as_ref() };
            Some(Tried { item: item.name.clone(), points: points_of_complete_rows(&bench, rows) })
        })
        .collect()
    }
}

fn formula(input: &InputText) -> Option<&str> {
    input.value.as_ref().map(|formula| formula.text())
}

fn pair((name, text): (&String, &String)) -> (String, String) {
    (name.clone(), text.clone())
}

/// The rows that one demand asks for at a place: so many of each different value. Of a column of words they are told apart by the words, of a column
/// without unit by counting.
fn repeated(item: &Item, required: &Required) -> Vec<BTreeMap<String, String>> {
    let Some((name, count)) = required.different.iter().max_by_key(|(_, count)| **count) else {
        return vec![BTreeMap::new(); required.rows];
    };
    let column = item.column.iter().find(|column| column.name == *name);
    let value = |place: usize| -> Option<String> {
        let column = column.filter(|column| column.unit.is_none())?;
        if column.words.is_empty() { Some((place + 1).to_string()) } else { column.words.get(place).cloned() }
    };
    (0..*count)
        .flat_map(|place| {
            let row: BTreeMap<String, String> = value(place).map(|text| (name.clone(), text)).into_iter().collect();
            std::iter::repeat_n(row, required.rows)
        })
        .collect()
}

/// A demanded value as one types it.
fn typed(value: &Quantity) -> String {
    crate::required::digits(value)
}
