//! The points of a calibration line, as a table.

use heng_quantity::{Finding, Position, Unit};
use heng_uncertainty::curve::CalibrationData;

use crate::source_text::{Column, Table};

/// A fit takes no longer than anybody waits.
const MOST_POINTS: usize = 100_000;

/// The columns of x, y and what is known of them.
const COLUMNS: [&str; 5] = ["x", "y", "ux", "uy", "uxy"];

/// Points with their units.
pub struct Points {
    /// The points, in these units.
    pub data: CalibrationData,
    /// The unit of x.
    pub x_unit: Unit,
    /// The unit of y.
    pub y_unit: Unit,
}

/// Reads a table with the columns `x` and `y`, and perhaps `ux`, `uy` and `uxy`, in any order; a column that stands there has a number in each line.
///
/// Units stand in the header (`x/mm`), or are typed; a table without any is of numbers. `ux` is in the unit of differences of x. Nothing is guessed.
pub fn points(text: &str, [x_typed, y_typed]: [Option<&Unit>; 2]) -> Result<Points, Vec<Finding>> {
    let mut table = Table::of(text);
    let x_unit = table.unit_of("x", x_typed).unwrap_or_else(Unit::one);
    let y_unit = table.unit_of("y", y_typed).unwrap_or_else(Unit::one);
    table.expect_difference_of(&["ux"], &x_unit);
    table.expect_difference_of(&["uy"], &y_unit);
    if let Ok(product) = x_unit.of_difference().product(&y_unit.of_difference()) {
        table.expect_difference_of(&["uxy"], &product);
    }
    let Table { text, columns, mut findings } = table;
    header(&columns, &mut findings);
    if !findings.is_empty() {
        return Err(findings);
    }
    let mut values: [Vec<f64>; 5] = Default::default();
    let header = columns.first().map_or(0, |column| column.position.line);
    let lines = (1_u32..).zip(text.lines()).filter(|(number, line)| *number > header && !line.trim().is_empty());
    for (number, line) in lines {
        row(line, number, &columns, &mut values, &mut findings);
        if values.first().is_some_and(|x| x.len() > MOST_POINTS) {
            findings.push(Finding::error("fit-too-many").with("most", MOST_POINTS));
            break;
        }
    }
    if findings.is_empty() && values.first().is_none_or(Vec::is_empty) {
        findings.push(Finding::error("comparison-no-results"));
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let [x, y, ux, uy, uxy] = values;
    Ok(Points { data: CalibrationData::of_columns(x, y, ux, uy, uxy), x_unit, y_unit })
}

/// A column that is unknown, stands twice or is missing leaves no table.
fn header(columns: &[Column], findings: &mut Vec<Finding>) {
    for (place, column) in columns.iter().enumerate() {
        let is_repeated = columns.iter().take(place).any(|before| before.name == column.name);
        if is_repeated || !COLUMNS.contains(&column.name.as_str()) {
            let finding = Finding::error("fit-column").with("column", &column.name);
            findings.push(finding.at(column.position));
        }
    }
    let has = |name: &str| columns.iter().any(|column| column.name == name);
    let start = columns
        .first()
        .map_or(Position { line: 1, column: 1 }, |column| Position { line: column.position.line, column: 1 });
    let missing = |name: &&&str| !has(name);
    for name in ["x", "y"].iter().filter(missing) {
        findings.push(Finding::error("comparison-column-missing").with("column", name).at(start));
    }
    // A covariance belongs to two uncertainties.
    for name in ["ux", "uy"].iter().filter(|name| has("uxy") && !has(name)) {
        findings.push(Finding::error("comparison-column-missing").with("column", name).at(start));
    }
}

fn row(line: &str, number: u32, columns: &[Column], values: &mut [Vec<f64>; 5], findings: &mut Vec<Finding>) {
    let cells: Vec<&str> = line.split(',').collect();
    if cells.len() != columns.len() {
        let finding = Finding::error("comparison-cells").with("cells", cells.len()).with("columns", columns.len());
        findings.push(finding.at(Position { line: number, column: 1 }));
        return;
    }
    let mut start = 1_u32;
    for (cell, column) in cells.iter().zip(columns) {
        let blanks = cell.chars().take_while(|sign| sign.is_whitespace()).count();
        let position = Position { line: number, column: start.saturating_add(u32::try_from(blanks).unwrap_or(0)) };
        start = start.saturating_add(u32::try_from(cell.chars().count() + 1).unwrap_or(0));
        let read = cell.trim().trim_matches('"').parse::<f64>().ok().filter(|number| number.is_finite());
        let place = COLUMNS.iter().position(|name| *name == column.name);
        match (read, place.and_then(|place| values.get_mut(place))) {
            (Some(read), Some(into)) => into.push(read),
            _ => {
                let finding = Finding::error("comparison-cell").with("column", &column.name);
                findings.push(finding.at(position));
            }
        }
    }
}
