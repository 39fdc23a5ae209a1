//! Foreign bytes, read into a batch: comma-separated values, lines of JSON, Parquet, Arrow.
//!
//! Columns and members are named alike: `meter`, `register`, `unit`, `value`, and `at` or `at_ms` must be there; `district`, `sequence`,
//! `clock_offset_ms` and `delay_bound_ms` may be. A line that cannot be taken is kept as it came and said with its number; the others are taken.

mod arrow_columns;
mod arrow_messages;
mod arrow_rows;
mod csv_lines;
mod json_lines;
mod json_object;
mod parquet_rows;

use heng_quantity::Finding;
use jiff::tz::Offset;

use super::batch::{Batch, Builder, Cells};

/// What a batch is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values with a header.
    Csv,
    /// A JSON object a line.
    JsonLines,
    /// Parquet.
    Parquet,
    /// Arrow IPC, as a file or as a stream.
    Arrow,
}

impl Form {
    /// What the bytes begin like.
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PAR1") {
            return Self::Parquet;
        }
        if bytes.starts_with(arrow_messages::FILE) || bytes.starts_with(arrow_messages::CONTINUES) {
            return Self::Arrow;
        }
        let text = bytes.strip_prefix(BOM).unwrap_or(bytes);
        match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{') => Self::JsonLines,
            _ => Self::Csv,
        }
    }
}

/// The mark that some programs put before UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// The name of a column or member, and the cell it fills.
pub(crate) const COLUMNS: [&str; 10] =
    ["meter", "register", "unit", "value", "at", "at_ms", "district", "sequence", "clock_offset_ms", "delay_bound_ms"];

/// Those that every line has; of `at` and `at_ms` one.
const REQUIRED: [&str; 4] = ["meter", "register", "unit", "value"];

/// More rows are of no message: a few bytes of a table can claim any number of them.
const MOST_ROWS: usize = 4_000_000;

/// Reads a batch. `zone` is the offset of the feed's clocks, for times that name none. Whatever the bytes are, what was not taken is in `rejected`.
pub fn read(form: Form, bytes: &[u8], zone: Option<Offset>) -> Batch {
    let mut builder = Builder::new(zone);
    match form {
        Form::Csv => csv_lines::read(bytes, &mut builder),
        Form::JsonLines => json_lines::read(bytes, &mut builder),
        Form::Parquet => parquet_rows::read(bytes, &mut builder),
        Form::Arrow => arrow_rows::read(bytes, &mut builder),
    }
    builder.finish()
}

/// Puts a cell in its place; `false` where no place has this name.
fn fill<'a>(cells: &mut Cells<'a>, name: &str, cell: &'a str) -> bool {
    let place = match name {
        "meter" => &mut cells.meter,
        "register" => &mut cells.register,
        "unit" => &mut cells.unit,
        "value" => &mut cells.value,
        "at" => &mut cells.at,
        "at_ms" => &mut cells.at_ms,
        "district" => &mut cells.district,
        "sequence" => &mut cells.sequence,
        "clock_offset_ms" => &mut cells.clock_offset_ms,
        "delay_bound_ms" => &mut cells.delay_bound_ms,
        _ => return false,
    };
    *place = cell;
    true
}

/// What names of columns lack and what they have too much.
fn faults_of_header<'a>(names: impl Iterator<Item = &'a str> + Clone) -> (Option<Finding>, Option<Finding>) {
    let has = |wanted: &str| names.clone().any(|name| name == wanted);
    let mut missing: Vec<&str> = REQUIRED.into_iter().filter(|wanted| !has(wanted)).collect();
    if !has("at") && !has("at_ms") {
        missing.push("at");
    }
    let twice = COLUMNS.into_iter().find(|wanted| names.clone().filter(|name| name == wanted).count() > 1);
    let unknown: Vec<String> =
        names.filter(|name| !COLUMNS.contains(name)).map(|name| name.chars().take(40).collect()).take(20).collect();
    let wrong = match (missing.is_empty(), twice) {
        (false, _) => Some(Finding::error("readings-column-missing").with("columns", missing.join(", "))),
        (true, Some(twice)) => Some(Finding::error("readings-column-twice").with("columns", twice)),
        (true, None) => None,
    };
    let unknown =
        (!unknown.is_empty()).then(|| Finding::warning("readings-column-unknown").with("columns", unknown.join(", ")));
    (wrong, unknown)
}

/// Takes rows of a table whose columns have these names, in this order. `cell` puts the text of a cell, by column and row, into an empty string and
/// leaves it empty where the cell is absent.
fn take_rows(
    names: &[&str],
    rows: usize,
    number: &mut u64,
    builder: &mut Builder,
    cell: impl Fn(usize, usize, &mut String),
) {
    let mut texts: Vec<String> = vec![String::new(); names.len()];
    for row in 0..rows {
        *number += 1;
        for (column, text) in texts.iter_mut().enumerate() {
            text.clear();
            cell(column, row, text);
        }
        let mut line = Cells::default();
        for (name, text) in names.iter().zip(&texts) {
            fill(&mut line, name, text);
        }
        let shown = texts.join(",");
        builder.push(*number, shown.as_bytes(), &line);
    }
}

/// The lines of a text with their numbers, without what ends them; empty ones are left out.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    let text = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let line = |line: &'_ [u8]| -> usize { line.strip_suffix(b"\r").unwrap_or(line).len() };
    text.split(|byte| *byte == b'\n')
        .enumerate()
        .map(move |(index, raw)| (index as u64 + 1, raw.get(..line(raw)).unwrap_or(raw)))
        .filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace))
}
