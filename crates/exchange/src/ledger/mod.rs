//! Ledgers of measuring instruments (计量器具台账), as CSV and XLSX, in and out: one row is one instrument.
//!
//! The columns bear the names of the national ledger; `docs/ledger.md` describes the layout. What is written reads back as the same.

mod field;
mod range;
mod row;
mod vocabulary;
mod write;

use std::collections::BTreeMap;

use heng_quantity::{Finding, Severity};
use heng_rule::Words;
use heng_statement::Described;
use heng_wording::Language;

use crate::sheets::{Asked, Content, Sheet, excerpt, is_blank, name_of_column, of_csv, of_xlsx};
pub use field::Field;
pub use row::typed;
pub use vocabulary::Vocabulary;
pub use write::{Line, WriteLedgerError, csv, template, xlsx};

/// How many rows from the top the heading row is looked for.
const TOP: usize = 20;

/// So many known headings make a heading row.
const LEAST_HEADINGS: usize = 3;

/// More instruments are refused.
pub const MOST_ROWS: usize = 50_000;

/// More cells are refused unread.
const MOST_CELLS: usize = 1_500_000;

/// The largest file that is read.
const LARGEST: usize = 64 << 20;

/// The formats of ledgers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A table.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Kind {
    /// The format of a file, told from its first bytes: workbooks are ZIP archives, or were before anyone called them XLSX.
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0") { Self::Xlsx } else { Self::Csv }
    }
}

/// A row, as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// The row, from 1; in a CSV file the line.
    pub row: u32,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// What it says.
    pub described: Described,
    /// What is wrong with it; with an error among them the row cannot be used.
    pub findings: Vec<Finding>,
}

impl LedgerRow {
    /// Whether nothing is wrong that would make something else of what its keeper meant.
    pub fn is_usable(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }
}

/// A ledger, as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Its rows, those that cannot be used among them.
    pub rows: Vec<LedgerRow>,
    /// What the file says of itself.
    pub findings: Vec<Finding>,
}

/// Reads a ledger. A row that cannot be used loses only itself.
pub fn read(bytes: &[u8], vocabulary: &Vocabulary<'_>) -> Ledger {
    let refused = |finding| Ledger { findings: vec![finding], rows: Vec::new() };
    if bytes.len() > LARGEST {
        return refused(Finding::error("record-too-large").with("bytes", bytes.len()));
    }
    let is_heading = |text: &str| Field::named(text).is_some();
    let asked = Asked { most_rows: MOST_ROWS, most_cells: MOST_CELLS, is_heading: &is_heading };
    let sheets = match Kind::of(bytes) {
        Kind::Csv => of_csv(bytes, &asked),
        Kind::Xlsx => of_xlsx(bytes, &asked),
    };
    let (sheets, findings) = match sheets {
        Ok(read) => read,
        Err(finding) => return refused(finding),
    };
    let mut ledger = Ledger { findings, rows: Vec::new() };
    let is_csv = Kind::of(bytes) == Kind::Csv;
    let mut found = false;
    for sheet in &sheets {
        let is_top = |row: &&crate::sheets::SheetRow| {
            row.cells.values().filter(|content| is_heading(&content.shown())).take(LEAST_HEADINGS).count()
                == LEAST_HEADINGS
        };
        let Some(top) = sheet.rows.iter().take(TOP).position(|row| is_top(&row)) else { continue };
        found = true;
        read_sheet(sheet, top, is_csv, vocabulary, &mut ledger);
    }
    if !found {
        ledger.findings.push(Finding::error("ledger-no-headings"));
    }
    ledger
}

fn read_sheet(sheet: &Sheet, top: usize, is_csv: bool, vocabulary: &Vocabulary<'_>, ledger: &mut Ledger) {
    let Some(heading_row) = sheet.rows.get(top) else { return };
    let at = |finding: Finding, row: u32, column: u32| {
        let finding = finding.with("row", row).with("cell", format!("{}{row}", name_of_column(column)));
        match &sheet.name {
            Some(name) => finding.with("sheet", name),
            None => finding,
        }
    };
    let mut columns: BTreeMap<u32, Field> = BTreeMap::new();
    for (column, content) in &heading_row.cells {
        let heading = excerpt(&content.shown());
        let Some(field) = Field::named(&content.shown()) else {
            let finding = Finding::warning("record-column-unknown").with("column", heading);
            ledger.findings.push(at(finding, heading_row.number, *column));
            continue;
        };
        if let Some((other, _)) = columns.iter().find(|(_, other)| **other == field && field.is_read()) {
            let finding = Finding::error("record-column-twice").with("column", heading);
            let finding = finding.with("other", name_of_column(*other));
            ledger.findings.push(at(finding, heading_row.number, *column));
            continue;
        }
        columns.insert(*column, field);
    }
    for sheet_row in sheet.rows.iter().skip(top + 1) {
        let known = |column: &u32| columns.get(column).copied().filter(|field| field.is_read());
        let contents: Vec<(Field, u32, Content)> = sheet_row
            .cells
            .iter()
            .filter_map(|(column, content)| Some((known(column)?, *column, unguarded(content, is_csv))))
            .collect();
        if contents.iter().all(|(_, _, content)| is_blank(&content.shown())) {
            continue;
        }
        let cells = contents.iter().map(|(field, _, content)| (*field, content)).collect();
        let (described, findings) = row::described(&cells, vocabulary);
        let column_of =
            |field: Field| contents.iter().find(|(one, _, _)| *one == field).map_or(1, |(_, column, _)| *column);
        let findings = findings.into_iter().map(|(field, finding)| at(finding, sheet_row.number, column_of(field)));
        ledger.rows.push(LedgerRow {
            row: sheet_row.number,
            sheet: sheet.name.clone(),
            described,
            findings: findings.collect(),
        });
    }
}

/// A cell of a CSV file without the apostrophe that keeps spreadsheets from taking it for a formula.
fn unguarded(content: &Content, is_csv: bool) -> Content {
    match content {
        Content::Text(text) if is_csv => match text.strip_prefix('\'') {
            Some(rest) if looks_like_a_formula(rest) => Content::Text(rest.to_owned()),
            _ => content.clone(),
        },
        other => other.clone(),
    }
}

/// Whether a spreadsheet would compute a text instead of showing it, now or once an apostrophe before it is gone.
pub(crate) fn looks_like_a_formula(text: &str) -> bool {
    let inner = text.trim_start_matches(|sign: char| sign == '\'' || sign.is_whitespace());
    inner.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

fn said(words: &Words, language: Language) -> &str {
    language.of((&words.zh, &words.en))
}
