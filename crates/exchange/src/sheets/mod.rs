//! The cells of tables, from CSV and from workbooks: what stands where, before anyone asks what it means.

mod csv;
mod name;
mod xlsx;

use std::collections::BTreeMap;

use heng_quantity::Finding;
use jiff::civil::Date;

pub(crate) use name::{excerpt, half_width, is_blank, plain, resembles};

/// What the reader of a table bears, and knows beforehand.
pub(crate) struct Asked<'a> {
    /// More rows are refused.
    pub most_rows: usize,
    /// More cells are refused unread.
    pub most_cells: usize,
    /// Whether a text is the heading of a column.
    pub is_heading: &'a dyn Fn(&str) -> bool,
}

impl Asked<'_> {
    fn knows(&self, cell: &str) -> bool {
        (self.is_heading)(cell.trim().trim_matches('"'))
    }
}

/// The one sheet of a CSV file, and what it says of itself.
pub(crate) fn of_csv(bytes: &[u8], asked: &Asked<'_>) -> Result<(Vec<Sheet>, Vec<Finding>), Finding> {
    csv::sheet(bytes, asked).map(|(sheet, findings)| (vec![sheet], findings))
}

/// The visible sheets of a workbook, and what it says of itself.
pub(crate) fn of_xlsx(bytes: &[u8], asked: &Asked<'_>) -> Result<(Vec<Sheet>, Vec<Finding>), Finding> {
    xlsx::sheets(bytes, asked)
}

/// The cells of a sheet that are not empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    /// Its name; absent in a CSV file, which is one sheet.
    pub name: Option<String>,
    /// Its rows, top down.
    pub rows: Vec<SheetRow>,
}

/// A row of a sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct SheetRow {
    /// The row, from 1; in a CSV file the line.
    pub number: u32,
    /// Its cells that are not empty, by column from 1.
    pub cells: BTreeMap<u32, Content>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    /// Text as typed.
    Text(String),
    /// A number in the digits that the cell shows; `stored` where it holds more than it shows.
    Number {
        /// As shown.
        shown: String,
        /// As stored.
        stored: Option<String>,
    },
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(Date),
    /// Something that cannot be used, and why.
    Faulty(Box<Finding>),
}

impl Content {
    /// The text that a person sees.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number { shown, .. } => shown.clone(),
            Self::Flag(true) => "是".to_owned(),
            Self::Flag(false) => "否".to_owned(),
            Self::Day(day) => day.to_string(),
            Self::Faulty(finding) => finding.data.get("text").cloned().unwrap_or_default(),
        }
    }

    /// Yes or no in the words and signs that forms use. 1 and 0 are not among them: they could be counts.
    pub(crate) fn flag(&self) -> Option<bool> {
        if let Self::Flag(flag) = self {
            return Some(*flag);
        }
        let shown = self.shown();
        match shown.trim().to_lowercase().as_str() {
            "是" | "有" | "合格" | "符合" | "通过" | "完好" | "√" | "✓" | "✔" | "yes" | "y" | "true" | "pass" => {
                Some(true)
            }
            "否" | "无" | "不合格" | "不符合" | "不通过" | "损坏" | "×" | "✗" | "✘" | "no" | "n" | "false" | "fail" => {
                Some(false)
            }
            _ => None,
        }
    }
}

/// The letters of a column: 1 is A, 27 is AA.
pub(crate) fn name_of_column(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
