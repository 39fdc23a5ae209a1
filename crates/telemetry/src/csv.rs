//! Tables in comma-separated values: a header of names, numbers, empty cells for what was not collected.

use heng_statement::legal_zone;
use jiff::civil::DateTime;

use crate::TelemetryError;
use crate::table::{Column, Table};

/// The rows of a CSV file as text cells below its header. Cells are divided by commas, semicolons or tabs, whichever the header has most of. Quotes around a cell
/// are taken away; a divider inside a cell is not known.
pub(crate) struct Cells<'a> {
    pub header: Vec<&'a str>,
    pub rows: Vec<Vec<&'a str>>,
}

pub(crate) fn cells<'a>(file: &str, bytes: &'a [u8]) -> Result<Cells<'a>, TelemetryError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| TelemetryError::Unreadable { file: file.to_owned(), detail: error.to_string() })?;
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let first = lines.clone().next().unwrap_or_default();
    let divider = divider(first);
    let split = |line: &'a str| line.split(divider).map(|cell| cell.trim().trim_matches('"')).collect::<Vec<_>>();
    let header = lines.next().map(split).unwrap_or_default();
    let mut rows = Vec::new();
    for (index, line) in lines.enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let row = split(line);
        if row.len() != header.len() {
            return Err(TelemetryError::Width {
                file: file.to_owned(),
                row: index + 1,
                found: row.len(),
                wanted: header.len(),
            });
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return Err(TelemetryError::Empty { file: file.to_owned() });
    }
    Ok(Cells { header, rows })
}

/// What divides the cells of a table with this header: what it has most of, the comma among equals.
pub(crate) fn divider(header: &str) -> char {
    let dividers = ['\t', ';', ','];
    dividers.into_iter().max_by_key(|divider| header.matches(*divider).count()).unwrap_or(',')
}

/// Whether a cell says that there is nothing.
pub(crate) fn is_absent(cell: &str) -> bool {
    ABSENT.iter().any(|absent| cell.eq_ignore_ascii_case(absent))
}

/// A day as 2026-03-04 or 2026/3/4.
pub(crate) fn day(cell: &str) -> Option<jiff::civil::Date> {
    cell.parse().ok().or_else(|| jiff::civil::Date::strptime("%Y/%m/%d", cell).ok())
}

/// What tables write where there is no number.
const ABSENT: [&str; 6] = ["", "nan", "na", "n/a", "null", "none"];

pub(crate) fn number(file: &str, column: &str, row: usize, cell: &str) -> Result<f64, TelemetryError> {
    if is_absent(cell) {
        return Ok(f64::NAN);
    }
    match cell.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(TelemetryError::Cell {
            file: file.to_owned(),
            column: column.to_owned(),
            row,
            found: cell.to_owned(),
            wanted: "a number",
        }),
    }
}

/// The seconds of a time: a number, an instant with its zone, or the time of a clock as 2026-03-04 00:15 or 2026/3/4 0:15, which is legal time.
pub(crate) fn time(file: &str, row: usize, cell: &str) -> Result<i64, TelemetryError> {
    if let Ok(seconds) = cell.parse::<i64>() {
        return Ok(seconds);
    }
    if let Ok(instant) = cell.parse::<jiff::Timestamp>() {
        return Ok(instant.as_second());
    }
    let of_clock =
        cell.parse::<DateTime>().or_else(|_| jiff::fmt::strtime::parse("%Y/%m/%d %H:%M", minute(cell))?.to_datetime());
    match of_clock.ok().and_then(|time| legal_zone().to_timestamp(time).ok()) {
        Some(instant) => Ok(instant.as_second()),
        None => Err(TelemetryError::Cell {
            file: file.to_owned(),
            column: "ts".to_owned(),
            row,
            found: cell.to_owned(),
            wanted: "a time as YYYY-MM-DD hh:mm:ss",
        }),
    }
}

/// A time without its seconds where they are none: sheets write either with slashes.
fn minute(cell: &str) -> &str {
    cell.strip_suffix(":00").filter(|rest| rest.contains(':')).unwrap_or(cell)
}

pub(crate) fn table(file: &str, bytes: &[u8]) -> Result<Table, TelemetryError> {
    let cells = cells(file, bytes)?;
    let mut table = Table::default();
    for name in cells.header.iter().filter(|name| **name != "ts") {
        table.columns.push(Column { name: (*name).to_owned(), values: Vec::with_capacity(cells.rows.len()) });
    }
    for (index, row) in cells.rows.iter().enumerate() {
        let mut columns = table.columns.iter_mut();
        for (name, cell) in cells.header.iter().zip(row) {
            if *name == "ts" {
                table.times_s.push(time(file, index + 1, cell)?);
            } else if let Some(column) = columns.next() {
                column.values.push(number(file, name, index + 1, cell)?);
            }
        }
    }
    Ok(table)
}
