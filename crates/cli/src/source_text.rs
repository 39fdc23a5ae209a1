//! Texts and tables that the commands read: UTF-8, comments, and units in the header of a table.

use std::path::Path;

use heng_office::said::findings_json;
use heng_quantity::{Finding, Position, Unit, text};
use heng_wording::Words;
use serde_json::json;

use crate::failure::{Failure, read};
use crate::print::{self, finding_line};

/// Where bytes are no text, nothing after that place can be trusted.
pub fn decoded(bytes: Vec<u8>) -> Result<String, Finding> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..valid).map(String::from_utf8_lossy).unwrap_or_default();
        Finding::error("text-encoding").at(end(&before))
    })?;
    match text.find('\0') {
        Some(place) => Err(Finding::error("text-encoding").at(end(text.get(..place).unwrap_or_default()))),
        None => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
    }
}

/// The text of a file, or a finding where it is none.
pub fn read_text(path: &Path) -> Result<Result<String, Finding>, Failure> {
    Ok(decoded(read(path)?))
}

/// Whether a file is a table by its name.
pub fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"))
}

/// A table whose comments are blank and whose header has no units: each line keeps its number, each column its place.
pub struct Table {
    /// The text.
    pub text: String,
    /// The columns of the header with their units, in order, and where each stands.
    pub columns: Vec<Column>,
    /// What is wrong with the header.
    pub findings: Vec<Finding>,
}

/// A column of the header.
pub struct Column {
    /// Its name without the unit.
    pub name: String,
    /// The unit, where the header states one: `x/mm`.
    pub unit: Option<Unit>,
    /// Where it stands.
    pub position: Position,
}

impl Table {
    /// Lines that begin with `#` are for people. A cell of the header may be `NAME/UNIT`, with the unit as a symbol or a D-SI expression.
    pub fn of(text: &str) -> Self {
        let mut table = Self { text: String::with_capacity(text.len()), columns: Vec::new(), findings: Vec::new() };
        let mut is_header = true;
        for (number, line) in (1_u32..).zip(text.lines()) {
            if line.trim_start().starts_with('#') {
                table.text.push('\n');
                continue;
            }
            if is_header && !line.trim().is_empty() {
                is_header = false;
                table.header(line, number);
            } else {
                table.text.push_str(line);
            }
            table.text.push('\n');
        }
        table
    }

    fn header(&mut self, line: &str, number: u32) {
        let mut column = 1_u32;
        for (place, cell) in line.split(',').enumerate() {
            if place > 0 {
                self.text.push(',');
            }
            let blanks = cell.chars().take_while(|sign| sign.is_whitespace()).count();
            let position = Position { line: number, column: column + u32::try_from(blanks).unwrap_or(0) };
            let (name, unit) = match cell.split_once('/') {
                Some((name, symbol)) if !name.contains('"') => {
                    // The place of the unit stays blank, so that what follows keeps its column.
                    self.text.push_str(name);
                    self.text.extend(std::iter::repeat_n(' ', symbol.chars().count() + 1));
                    match text::unit(symbol.trim().trim_start_matches('(').trim_end_matches(')')) {
                        Ok(unit) => (name, Some(unit)),
                        Err(finding) => {
                            self.findings.push(finding.at(position));
                            (name, None)
                        }
                    }
                }
                _ => {
                    self.text.push_str(cell);
                    (cell, None)
                }
            };
            self.columns.push(Column { name: name.trim().trim_matches('"').to_owned(), unit, position });
            column = column.saturating_add(u32::try_from(cell.chars().count() + 1).unwrap_or(0));
        }
    }

    /// The unit of a column, from the header or as it is typed; a finding where both say different things.
    pub fn unit_of(&mut self, name: &str, typed: Option<&Unit>) -> Option<Unit> {
        let column = self.columns.iter().find(|column| column.name == name);
        let stated = column.and_then(|column| column.unit.clone());
        if let (Some(stated), Some(typed), Some(column)) = (&stated, typed, column)
            && stated != typed
        {
            let finding = Finding::error("table-unit-twice").with("column", name).with("unit", typed.symbol());
            self.findings.push(finding.at(column.position));
        }
        stated.or_else(|| typed.cloned())
    }

    /// Whether other columns are in the unit of differences of the values; a finding for each that is not.
    pub fn expect_difference_of(&mut self, names: &[&str], unit: &Unit) {
        for column in self.columns.iter().filter(|column| names.contains(&column.name.as_str())) {
            if column.unit.as_ref().is_some_and(|stated| *stated != unit.of_difference()) {
                let finding = Finding::error("table-unit-other").with("column", &column.name);
                self.findings.push(finding.with("unit", unit.of_difference().symbol()).at(column.position));
            }
        }
    }
}

/// A unit that was typed as an option.
pub fn typed_unit(stated: Option<&String>) -> Result<Option<Unit>, Failure> {
    let Some(stated) = stated else { return Ok(None) };
    text::unit(stated).map(Some).map_err(|_| Failure::unreadable("error-unit").with("text", stated))
}

/// Says what is wrong with a file, for people on standard error or as JSON, as an input that cannot be read.
pub fn refuse(findings: &[Finding], path: &Path, as_json: bool, words: &Words) -> std::process::ExitCode {
    if as_json {
        print::line(format_args!("{:#}", json!({ "findings": findings_json(findings, words) })));
    } else {
        for finding in findings {
            print::note(finding_line(&path.display().to_string(), finding, words));
        }
    }
    std::process::ExitCode::from(2)
}

/// The line and the column after a text.
fn end(before: &str) -> Position {
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Position { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
}
