//! Figures by rows and classes, each table a name that the formulas of limits may use.

use heng_quantity::{Decimal, Unit};
use heng_uncertainty::{Condition, EvaluationError, Value};
use serde::Deserialize;

use crate::evaluate::Names;
use crate::rule::condition;

/// A table: the first row that applies, in the column of the instrument's class.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The unit of all figures.
    pub unit: Unit,
    /// The characteristic or column whose word chooses the column of the table; without it there is one column.
    pub by: Option<String>,
    /// The words, in the order of the columns.
    #[serde(default)]
    pub words: Vec<String>,
    /// The rows, tried in order.
    pub row: Vec<TableRow>,
}

/// A row of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableRow {
    /// Where it applies.
    #[serde(deserialize_with = "condition")]
    pub when: Condition,
    /// The figures, one for each column; `-` where the regulation gives none.
    pub values: Vec<String>,
}

/// What stands where the regulation gives no figure.
const NONE: &str = "-";

impl Table {
    /// What is wrong with it as written.
    pub(crate) fn fault(&self, name: &str) -> Option<String> {
        let columns = if self.by.is_some() { self.words.len() } else { 1 };
        self.row.iter().find_map(|row| {
            if row.values.len() != columns {
                return Some(format!(
                    "table {name}: {} has {} figures, not {columns}",
                    row.when.text(),
                    row.values.len()
                ));
            }
            let wrong = row.values.iter().find(|text| text.as_str() != NONE && text.parse::<Decimal>().is_err())?;
            Some(format!("table {name}: {wrong:?} is no figure"))
        })
    }

    /// The figure for these names; none where the regulation gives none.
    pub(crate) fn value(&self, names: &Names) -> Result<Option<Value>, EvaluationError> {
        let column = match &self.by {
            None => 0,
            Some(by) => match names.get(by) {
                Some(Value::Text(word)) => match self.words.iter().position(|one| one == word) {
                    Some(place) => place,
                    None => return Ok(None),
                },
                _ => return Ok(None),
            },
        };
        for row in &self.row {
            if row.when.evaluate(&|name| names.get(name).cloned())? {
                let figure = row.values.get(column).and_then(|text| text.parse().ok());
                return Ok(figure.map(|value| Value::Quantity { value, unit: self.unit.clone() }));
            }
        }
        Ok(None)
    }
}
