//! Tables of units as comma-separated values (RFC 4180), with findings for what cannot be understood.

use heng_quantity::{Finding, Position};

/// A table: the names of its columns, and its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub header: Vec<String>,
    /// The rows below them.
    pub rows: Vec<Row>,
}

/// A row with the line it stands on.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// From 1.
    pub line: u32,
    /// As many as the header has.
    pub cells: Vec<String>,
}

impl Table {
    /// Reads a table. A row with another number of cells than the header is a finding and is left out.
    pub fn read(text: &str) -> (Self, Vec<Finding>) {
        let mut table = Self::default();
        let mut findings = Vec::new();
        for (line, cells) in rows(text.trim_start_matches('\u{feff}')) {
            if table.header.is_empty() {
                table.header = cells;
            } else if cells.len() == table.header.len() {
                table.rows.push(Row { line, cells });
            } else {
                let finding = Finding::error("lot-table-width").at(Position { line, column: 1 });
                findings.push(finding.with("found", cells.len()).with("wanted", table.header.len()));
            }
        }
        (table, findings)
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|header| header == name)
    }
}

impl Row {
    /// A cell that is not empty.
    pub fn text(&self, column: Option<usize>) -> Option<&str> {
        self.cells.get(column?).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// A number; a cell that is none is a finding.
    pub fn number(&self, column: Option<usize>, findings: &mut Vec<Finding>) -> Option<f64> {
        let text = self.text(column)?;
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Some(number),
            // What could not be estimated is written so.
            Ok(number) if number.is_nan() => None,
            _ => {
                findings.push(Finding::error("lot-table-number").at(self.position()).with("found", text));
                None
            }
        }
    }

    /// A truth, in any of the spellings that programs write; a cell that is none is a finding.
    pub fn truth(&self, column: Option<usize>, findings: &mut Vec<Finding>) -> Option<bool> {
        let text = self.text(Some(column?)).unwrap_or_default();
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => {
                findings.push(Finding::error("lot-table-truth").at(self.position()).with("found", text));
                None
            }
        }
    }

    /// Where it stands.
    pub fn position(&self) -> Position {
        Position { line: self.line, column: 1 }
    }
}

/// Rows of cells with the line on which each begins; blank lines are none.
fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
    let mut rows = Vec::new();
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut line, mut began, mut quoted, mut was_quoted) = (1_u32, 1_u32, false, false);
    let mut signs = text.chars().peekable();
    loop {
        let sign = signs.next();
        match sign {
            Some('"') if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            Some('"') if quoted => quoted = false,
            Some('"') if cell.is_empty() && !was_quoted => (quoted, was_quoted) = (true, true),
            Some(',') if !quoted => {
                cells.push(std::mem::take(&mut cell));
                was_quoted = false;
            }
            Some('\n') | None if !quoted || sign.is_none() => {
                if cell.ends_with('\r') {
                    cell.pop();
                }
                if !cells.is_empty() || !cell.trim().is_empty() || was_quoted {
                    cells.push(std::mem::take(&mut cell));
                    rows.push((began, std::mem::take(&mut cells)));
                }
                cell.clear();
                was_quoted = false;
                if sign.is_none() {
                    return rows;
                }
                line = line.saturating_add(1);
                began = line;
            }
            Some(sign) => {
                if sign == '\n' {
                    line = line.saturating_add(1);
                }
                cell.push(sign);
            }
            None => return rows,
        }
    }
}
