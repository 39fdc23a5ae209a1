//! Rows that gave no certificate, handed back as a table that can be repaired and certified again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use heng_exchange::record::{Table, template};
use heng_quantity::{Finding, Severity};
use heng_wording::Words;

use crate::failure::{Failure, write};

/// A row of a sheet.
type Row = (Option<String>, u32);

/// The rows that were lost, and why.
#[derive(Debug, Default)]
pub struct Lost {
    why: BTreeMap<Row, Vec<String>>,
}

impl Lost {
    /// A finding about a row; what only warns loses nothing.
    pub fn finding(&mut self, finding: &Finding, words: &Words) {
        let row = finding.data.get("row").and_then(|row| row.parse().ok());
        let (Some(row), Severity::Error) = (row, finding.severity) else { return };
        let sentence = words.finding(&finding.code, &finding.data);
        let named = match finding.data.get("column") {
            Some(column) if !sentence.contains(column) => format!("{column}: {sentence}"),
            _ => sentence,
        };
        self.row(finding.data.get("sheet").cloned(), row, vec![named]);
    }

    /// Why a row gave no certificate.
    pub fn row(&mut self, sheet: Option<String>, row: u32, why: Vec<String>) {
        self.why.entry((sheet, row)).or_default().extend(why);
    }

    /// How many rows were lost.
    pub fn rows(&self) -> usize {
        self.why.len()
    }

    /// Writes the rows of each table that were lost to `NAME.findings.csv` in a folder; a report of an earlier run that no longer
    /// holds is removed.
    pub fn write(&self, tables: &[Table], folder: &Path, name: &str, words: &Words) -> Result<Vec<PathBuf>, Failure> {
        let mut written = Vec::new();
        for (place, table) in tables.iter().enumerate() {
            let middle = if place == 0 { String::new() } else { format!(".{}", place + 1) };
            let path = folder.join(format!("{name}{middle}.findings.csv"));
            let text = self.table(table, words);
            match text {
                Some(text) => {
                    write(&path, text.as_bytes())?;
                    written.push(path);
                }
                // Absent is what is wanted.
                None => drop(std::fs::remove_file(&path)),
            }
        }
        Ok(written)
    }

    fn table(&self, table: &Table, words: &Words) -> Option<String> {
        let headings: Vec<(u32, &String)> = table
            .headings
            .iter()
            .filter(|(_, heading)| !template::is_finding_heading(heading))
            .map(|(column, heading)| (*column, heading))
            .collect();
        let lost: BTreeSet<u32> =
            self.why.keys().filter(|(sheet, _)| *sheet == table.sheet).map(|(_, row)| *row).collect();
        let mut lines = Vec::new();
        for (row, cells) in table.rows.iter().filter(|(row, _)| lost.contains(row)) {
            let why = self.why.get(&(table.sheet.clone(), *row)).map(|why| why.join(" | ")).unwrap_or_default();
            let cells = headings.iter().map(|(column, _)| cells.get(column).map_or("", String::as_str));
            lines.push(line(std::iter::once(why.as_str()).chain(cells)));
        }
        if lines.is_empty() {
            return None;
        }
        let first = template::finding_heading(words.language());
        let heading = line(std::iter::once(first).chain(headings.iter().map(|(_, heading)| heading.as_str())));
        Some(format!("\u{feff}{heading}{}", lines.concat()))
    }
}

/// A line of CSV. A blank before `=` and `@` keeps spreadsheets from running what came from elsewhere; readers of records drop it.
fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let quoted = cells.map(|cell| {
        let guard = if cell.starts_with(['=', '@']) { " " } else { "" };
        if cell.contains([',', ';', '"', '\n', '\r', '\t']) || !guard.is_empty() {
            format!("\"{guard}{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    });
    format!("{}\r\n", quoted.collect::<Vec<String>>().join(","))
}
