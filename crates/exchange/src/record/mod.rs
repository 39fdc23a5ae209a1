//! Raw records as people write them: TOML and JSON, with quantities as text.

mod cell;
mod tree;

use heng_quantity::{Finding, Position, Severity};
use heng_rule::Record;

/// A record and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordAt {
    /// The row of a table, from 1; 1 for a file that is one record.
    pub row: u32,
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
}

/// Larger files are refused before they are read.
const LARGEST: usize = 64 << 20;

/// Reads a record in TOML, format `heng-record/1`.
pub fn read_toml(bytes: &[u8]) -> Records {
    let text = match text(bytes) {
        Ok(text) => text,
        Err(finding) => return refused(finding),
    };
    match toml::from_str::<serde_json::Value>(text) {
        Ok(value) => tree::records(value),
        Err(error) => {
            let finding = Finding::error("record-not-toml").with("reason", error.message());
            refused(match error.span() {
                Some(span) => finding.at(position(text, span.start)),
                None => finding,
            })
        }
    }
}

/// Reads a record, or a list of records, in JSON, format `heng-record/1`.
pub fn read_json(bytes: &[u8]) -> Records {
    let text = match text(bytes) {
        Ok(text) => text,
        Err(finding) => return refused(finding),
    };
    match serde_json::from_str(text) {
        Ok(value) => tree::records(value),
        Err(error) => {
            let place = Position {
                line: u32::try_from(error.line()).unwrap_or(u32::MAX),
                column: u32::try_from(error.column()).unwrap_or(u32::MAX).max(1),
            };
            refused(Finding::error("record-not-json").with("reason", error).at(place))
        }
    }
}

fn text(bytes: &[u8]) -> Result<&str, Finding> {
    if bytes.len() > LARGEST {
        return Err(Finding::new("record-too-large", Severity::Error).with("bytes", bytes.len()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| Finding::error("record-not-utf-8").with("byte", error.valid_up_to() + 1))
}

fn refused(finding: Finding) -> Records {
    Records { records: Vec::new(), findings: vec![finding] }
}

fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    Position { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
}
