//! Tables of results as comma-separated values: a few named columns, no dialects.

use heng_quantity::{Finding, Position, Unit};

use super::MOST_BYTES;
use crate::error::LARGEST;
use crate::reference_value::Settings;
use crate::round::{Laboratory, Round};
use crate::study::Study;

/// Reads a table with the columns `laboratory`, `value` and, where the laboratories state them, `u` or `U`, `k` and `dof`, in any order.
///
/// `u` is the standard uncertainty, `U` the expanded one, which needs its `k`; beside `u`, `k` says with which factor the laboratory states U.
/// An empty cell states nothing. The table has no unit, so that the quantity and the unit come with it.
pub fn read_results_table(text: &str, quantity: &str, unit: Unit) -> (Option<Round>, Vec<Finding>) {
    let mut table = Table::read(text, &["laboratory", "value"], &["u", "U", "k", "dof"]);
    let settings = Settings::default();
    let mut laboratories: Vec<Laboratory> = Vec::new();
    for row in std::mem::take(&mut table.rows) {
        let Some(name) = row.cell("laboratory").map(|cell| cell.text.clone()) else {
            table.findings.push(Finding::error("comparison-cell").at(row.position).with("column", "laboratory"));
            continue;
        };
        if laboratories.iter().any(|known| known.name == name) {
            table
                .findings
                .push(Finding::error("comparison-laboratory-twice").at(row.position).with("laboratory", &name));
        }
        let value = table.number(&row, "value", f64::NEG_INFINITY);
        if row.cell("value").is_none() {
            table.findings.push(Finding::error("comparison-value").at(row.position).with("laboratory", &name));
        }
        let factor = table.number(&row, "k", 0.0);
        let standard = table.number(&row, "u", 0.0);
        let expanded = table.number(&row, "U", 0.0);
        let standard_uncertainty = match (row.cell("u"), row.cell("U"), row.cell("k")) {
            (None, None, None) => None,
            (Some(_), None, _) => standard,
            (None, Some(_), Some(_)) => expanded.zip(factor).map(|(expanded, factor)| expanded / factor),
            _ => {
                let finding = Finding::error("comparison-uncertainty").at(row.position);
                table.findings.push(finding.with("laboratory", &name));
                None
            }
        };
        let degrees_of_freedom = table.number(&row, "dof", 0.0).unwrap_or(f64::INFINITY);
        if let Some(cell) = row.cell("dof").filter(|_| degrees_of_freedom < 1.0) {
            table.findings.push(Finding::error("comparison-degrees-of-freedom").at(cell.position));
        }
        laboratories.push(Laboratory {
            name,
            value: value.unwrap_or(f64::NAN),
            standard_uncertainty,
            coverage_factor: factor.unwrap_or(settings.coverage_factor),
            degrees_of_freedom,
        });
    }
    let round = Round {
        title: None,
        source: None,
        quantity: quantity.to_owned(),
        unit,
        laboratories,
        reference: None,
        standard_deviation: None,
        maximum_error: None,
        homogeneity: Vec::new(),
        stability: Vec::new(),
        settings,
    };
    (table.findings.is_empty().then_some(round), table.findings)
}

/// Reads a table of a homogeneity study with the columns `bottle` and `value`, one line for each value; bottles in the order in which they appear.
pub fn read_bottles_table(text: &str, quantity: &str, unit: Unit) -> (Option<Study>, Vec<Finding>) {
    let mut table = Table::read(text, &["bottle", "value"], &[]);
    let mut bottles: Vec<(String, Vec<f64>)> = Vec::new();
    for row in std::mem::take(&mut table.rows) {
        let bottle = row.cell("bottle").map(|cell| cell.text.clone());
        let (Some(bottle), Some(value)) = (bottle, table.number(&row, "value", f64::NEG_INFINITY)) else {
            if row.cell("bottle").is_none() || row.cell("value").is_none() {
                table.findings.push(Finding::error("comparison-cell").at(row.position).with("column", "bottle"));
            }
            continue;
        };
        match bottles.iter_mut().find(|(known, _)| *known == bottle) {
            Some((_, values)) => values.push(value),
            None => bottles.push((bottle, vec![value])),
        }
    }
    let study = Study {
        title: None,
        source: None,
        quantity: quantity.to_owned(),
        unit,
        time_unit: None,
        bottles: bottles.into_iter().map(|(_, values)| values).collect(),
        long_term: None,
        short_term: None,
        characterization: None,
        allowed_standard_uncertainty: None,
        chart: None,
        lots: None,
        settings: Settings::default(),
    };
    (table.findings.is_empty().then_some(study), table.findings)
}

struct Cell {
    text: String,
    position: Position,
}

struct Row {
    position: Position,
    /// Cells that state something, by column.
    cells: Vec<(String, Cell)>,
}

impl Row {
    fn cell(&self, column: &str) -> Option<&Cell> {
        self.cells.iter().find(|(name, _)| name == column).map(|(_, cell)| cell)
    }
}

struct Table {
    rows: Vec<Row>,
    findings: Vec<Finding>,
}

impl Table {
    fn read(text: &str, needed: &[&str], allowed: &[&str]) -> Self {
        let mut table = Self { rows: Vec::new(), findings: Vec::new() };
        if text.len() > MOST_BYTES {
            table.findings.push(Finding::error("comparison-too-large"));
            return table;
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut columns: Option<Vec<String>> = None;
        for (number, line) in text.lines().enumerate() {
            let line_number = u32::try_from(number + 1).unwrap_or(u32::MAX);
            let start = Position { line: line_number, column: 1 };
            if line.trim().is_empty() {
                continue;
            }
            let Some(cells) = cells(line, line_number) else {
                table.findings.push(Finding::error("comparison-quotation").at(start));
                continue;
            };
            match &columns {
                None => {
                    columns = Some(table.header(cells, needed, allowed, start));
                    if !table.findings.is_empty() {
                        // Without its columns no line says anything.
                        return table;
                    }
                }
                Some(names) => table.row(cells, names, start),
            }
        }
        if table.rows.is_empty() && table.findings.is_empty() {
            table.findings.push(Finding::error("comparison-no-results"));
        }
        table
    }

    fn header(&mut self, cells: Vec<Cell>, needed: &[&str], allowed: &[&str], start: Position) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for cell in cells {
            let name = cell.text.clone();
            let is_known = needed.iter().chain(allowed).any(|known| *known == name);
            if !is_known || names.contains(&name) {
                self.findings.push(Finding::error("comparison-column").at(cell.position).with("column", &cell.text));
            }
            names.push(name);
        }
        for missing in needed.iter().filter(|needed| !names.iter().any(|name| name == *needed)) {
            self.findings.push(Finding::error("comparison-column-missing").at(start).with("column", missing));
        }
        names
    }

    fn row(&mut self, cells: Vec<Cell>, names: &[String], position: Position) {
        if cells.len() != names.len() {
            let finding = Finding::error("comparison-cells").at(position);
            self.findings.push(finding.with("cells", cells.len()).with("columns", names.len()));
            return;
        }
        let stated = names.iter().cloned().zip(cells).filter(|(_, cell)| !cell.text.is_empty());
        self.rows.push(Row { position, cells: stated.collect() });
    }

    /// The number of a cell, above `least` where that is finite.
    fn number(&mut self, row: &Row, column: &str, least: f64) -> Option<f64> {
        let cell = row.cell(column)?;
        let number = cell.text.parse::<f64>().ok();
        let is_usable = |number: &f64| {
            let is_unbounded = column == "dof" && *number == f64::INFINITY;
            (libm::fabs(*number) <= LARGEST || is_unbounded) && *number > least
        };
        let number = number.filter(is_usable);
        if number.is_none() {
            self.findings.push(
                Finding::error("comparison-cell").at(cell.position).with("column", column).with("text", &cell.text),
            );
        }
        number
    }
}

/// The cells of a line, trimmed; a cell may stand in quotation marks, doubled within. None where a quotation does not end as a cell.
fn cells(line: &str, line_number: u32) -> Option<Vec<Cell>> {
    let mut cells = Vec::new();
    let mut signs = line.chars().zip(1_u32..).peekable();
    loop {
        while signs.next_if(|(sign, _)| *sign == ' ' || *sign == '\t').is_some() {}
        let column =
            signs.peek().map_or_else(|| u32::try_from(line.chars().count() + 1).unwrap_or(u32::MAX), |(_, at)| *at);
        let position = Position { line: line_number, column };
        let mut text = String::new();
        if signs.next_if(|(sign, _)| *sign == '"').is_some() {
            loop {
                let (sign, _) = signs.next()?;
                if sign != '"' {
                    text.push(sign);
                } else if signs.next_if(|(sign, _)| *sign == '"').is_some() {
                    text.push('"');
                } else {
                    break;
                }
            }
            while signs.next_if(|(sign, _)| *sign == ' ' || *sign == '\t').is_some() {}
        } else {
            while let Some((sign, _)) = signs.next_if(|(sign, _)| *sign != ',') {
                text.push(sign);
            }
        }
        cells.push(Cell { text: text.trim().to_owned(), position });
        match signs.next() {
            None => return Some(cells),
            Some((',', _)) => {}
            Some(_) => return None,
        }
    }
}
