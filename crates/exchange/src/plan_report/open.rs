//! The tables as CSV and as JSON.

use serde_json::{Map, Value};

use super::table::{Cell, Table};
use super::{Content, Which, WriteTableError};
use crate::ledger::looks_like_a_formula;

/// Decimals that are written; the exact fraction stands beside.
const DECIMALS: usize = 9;

/// A table as CSV (RFC 4180), marked as UTF-8 so that spreadsheets read it so. Words that a spreadsheet would compute have an apostrophe before them.
pub fn csv(content: &Content, which: Which) -> Result<Vec<u8>, WriteTableError> {
    let table = Table::of(content, which);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(&table.columns)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(written))?;
    }
    writer.into_inner().map_err(|error| WriteTableError::Csv(error.into_error().into()))
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => decimal(*number),
        Cell::Text(words) if looks_like_a_formula(words) && !is_number(words) => format!("'{words}"),
        Cell::Text(words) => words.clone(),
    }
}

/// A fraction or a number, which a spreadsheet may well take for one.
fn is_number(words: &str) -> bool {
    words.strip_prefix('-').is_some_and(|rest| rest.bytes().all(|sign| sign.is_ascii_digit() || b"./".contains(&sign)))
}

/// A number with so many decimals at most, and none that say nothing.
pub(super) fn decimal(number: f64) -> String {
    let digits = format!("{number:.DECIMALS$}");
    let trimmed = digits.trim_end_matches('0').trim_end_matches('.');
    if trimmed == "-0" { "0".to_owned() } else { trimmed.to_owned() }
}

/// A table as JSON: one object a row, of the fields that are known.
pub fn json(content: &Content, which: Which) -> Value {
    let table = Table::of(content, which);
    let object = |row: &Vec<Cell>| {
        let known = table.columns.iter().zip(row).filter_map(|(name, cell)| match cell {
            Cell::Empty => None,
            Cell::Number(number) if number.fract() == 0.0 => {
                Some(((*name).to_owned(), decimal(*number).parse::<i64>().map_or(Value::from(*number), Value::from)))
            }
            Cell::Number(number) => Some(((*name).to_owned(), Value::from(*number))),
            Cell::Text(words) => Some(((*name).to_owned(), Value::from(words.as_str()))),
        });
        Value::Object(known.collect::<Map<_, _>>())
    };
    Value::Array(table.rows.iter().map(object).collect())
}
