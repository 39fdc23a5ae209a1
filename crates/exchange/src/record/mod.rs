//! Raw records as people write them: TOML and JSON with quantities as text, CSV and XLSX with an instrument in each row.

mod cell;
mod table;
pub mod template;
mod tree;

use std::collections::BTreeMap;

use heng_quantity::{Finding, Position, Severity};
use heng_rule::{Record, RuleSet};

use crate::sheets::{self, Sheet};

/// A record and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordAt {
    /// The row of a table, from 1; the place in a list; 1 for a file that is one record.
    pub row: u32,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The record.
    pub record: Record,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// The records that can be used.
    pub records: Vec<RecordAt>,
    /// What the file says of itself.
    pub findings: Vec<Finding>,
    /// The tables as they stood, so that rows that were lost can be handed back.
    pub tables: Vec<Table>,
}

/// A table as text, cell by cell; both rows and columns count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The headings, by column.
    pub headings: BTreeMap<u32, String>,
    /// The cells that are not empty: by row, by column.
    pub rows: BTreeMap<u32, BTreeMap<u32, String>>,
}

/// The formats that records come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One record.
    Toml,
    /// One record, or a list.
    Json,
    /// A table.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Kind {
    /// The format that goes with a file's extension.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_lowercase().as_str() {
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// What a reader must know beforehand.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The rules, whose items and columns the headings of a table name.
    pub rules: &'a RuleSet,
    /// The rule of a record that names none.
    pub rule: Option<&'a str>,
}

/// Larger files are refused before they are read.
const LARGEST: usize = 64 << 20;

/// Reads records in any of the formats. A record that cannot be used loses only itself.
pub fn read(bytes: &[u8], kind: Kind, reading: &Reading<'_>) -> Records {
    let read = match kind {
        Kind::Toml => toml(bytes, reading.rule),
        Kind::Json => json(bytes, reading.rule),
        Kind::Csv => read_csv(bytes, reading),
        Kind::Xlsx => read_xlsx(bytes, reading),
    };
    table::without_duplicates(read)
}

/// Reads a table of records as CSV: the layout is in `docs/records.md`.
pub fn read_csv(bytes: &[u8], reading: &Reading<'_>) -> Records {
    if let Err(finding) = not_too_large(bytes) {
        return refused(finding);
    }
    tabled(table::asked_of(reading.rules, |asked| sheets::of_csv(bytes, asked)), reading)
}

/// Reads a workbook of records as XLSX, in the same layout.
pub fn read_xlsx(bytes: &[u8], reading: &Reading<'_>) -> Records {
    if let Err(finding) = not_too_large(bytes) {
        return refused(finding);
    }
    tabled(table::asked_of(reading.rules, |asked| sheets::of_xlsx(bytes, asked)), reading)
}

fn tabled(sheets: Result<(Vec<Sheet>, Vec<Finding>), Finding>, reading: &Reading<'_>) -> Records {
    match sheets {
        Ok((sheets, findings)) => {
            let mut read = table::records(&sheets, reading);
            read.findings.splice(0..0, findings);
            read
        }
        Err(finding) => refused(finding),
    }
}

/// Reads a record in TOML, format `heng-record/1`.
pub fn read_toml(bytes: &[u8]) -> Records {
    toml(bytes, None)
}

/// Reads a record, or a list of records, in JSON, format `heng-record/1`.
pub fn read_json(bytes: &[u8]) -> Records {
    json(bytes, None)
}

fn toml(bytes: &[u8], rule: Option<&str>) -> Records {
    let text = match text(bytes) {
        Ok(text) => text,
        Err(finding) => return refused(finding),
    };
    match ::toml::from_str::<serde_json::Value>(text) {
        Ok(value) => tree::records(value, rule),
        Err(error) => {
            let finding = Finding::error("record-not-toml").with("reason", error.message());
            refused(match error.span() {
                Some(span) => finding.at(position(text, span.start)),
                None => finding,
            })
        }
    }
}

fn json(bytes: &[u8], rule: Option<&str>) -> Records {
    let text = match text(bytes) {
        Ok(text) => text,
        Err(finding) => return refused(finding),
    };
    match serde_json::from_str(text) {
        Ok(value) => tree::records(value, rule),
        Err(error) => {
            let place = Position {
                line: u32::try_from(error.line()).unwrap_or(u32::MAX),
                column: u32::try_from(error.column()).unwrap_or(u32::MAX).max(1),
            };
            refused(Finding::error("record-not-json").with("reason", error).at(place))
        }
    }
}

fn not_too_large(bytes: &[u8]) -> Result<(), Finding> {
    if bytes.len() > LARGEST {
        return Err(Finding::new("record-too-large", Severity::Error).with("bytes", bytes.len()));
    }
    Ok(())
}

fn text(bytes: &[u8]) -> Result<&str, Finding> {
    not_too_large(bytes)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| Finding::error("record-not-utf-8").with("byte", error.valid_up_to() + 1))
}

fn refused(finding: Finding) -> Records {
    Records { findings: vec![finding], ..Records::default() }
}

fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    Position { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
}
