//! Sessions from a CSV file, line by line.

use std::io::{BufRead, BufReader, Read};

use super::{COLUMNS, Collector, NUMBERS};
use crate::TelemetryError;
use crate::csv::{divider, is_absent};

/// What must be there, by the place of each column that is.
pub(super) fn demand(name: &str, places: &[Option<usize>; 10]) -> Result<(), TelemetryError> {
    let missing = |column: &str| TelemetryError::MissingColumn { file: name.to_owned(), column: column.to_owned() };
    let [pile, vehicle, kwh, _, y_pct, vehicle_kwh, ..] = places;
    for (place, column) in [pile, vehicle, kwh].into_iter().zip(COLUMNS) {
        place.ok_or_else(|| missing(column))?;
    }
    y_pct.or(*vehicle_kwh).map(|_| ()).ok_or_else(|| missing("y_pct"))
}

pub(super) fn read(name: &str, file: impl Read, collector: &mut Collector) -> Result<(), TelemetryError> {
    let unreadable = |detail: String| TelemetryError::Unreadable { file: name.to_owned(), detail };
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut line = String::new();
    reader.read_line(&mut line).map_err(|error| unreadable(error.to_string()))?;
    let divider = divider(&line);
    let header: Vec<String> = cells(line.trim_start_matches('\u{feff}'), divider).map(str::to_owned).collect();
    let places = COLUMNS.map(|wanted| header.iter().position(|column| column == wanted));
    demand(name, &places)?;
    let mut row = Vec::new();
    for number in 1.. {
        line.clear();
        if reader.read_line(&mut line).map_err(|error| unreadable(error.to_string()))? == 0 {
            break;
        }
        if line.trim().is_empty() {
            continue;
        }
        row.clear();
        row.extend(cells(&line, divider).map(|cell| cell.len()));
        if row.len() != header.len() {
            let (found, wanted) = (row.len(), header.len());
            return Err(TelemetryError::Width { file: name.to_owned(), row: number, found, wanted });
        }
        let cell = |place: Option<usize>| place.and_then(|place| cells(&line, divider).nth(place)).unwrap_or_default();
        let value = |place: usize| {
            let text = cell(places.get(place).copied().flatten());
            if is_absent(text) {
                return Ok(f64::NAN);
            }
            text.parse::<f64>().map_err(|_| TelemetryError::Cell {
                file: name.to_owned(),
                column: COLUMNS.get(place).copied().unwrap_or_default().to_owned(),
                row: number,
                found: text.to_owned(),
                wanted: "a number",
            })
        };
        let mut numbers = [f64::NAN; NUMBERS];
        for (place, number) in numbers.iter_mut().enumerate() {
            // Pile and vehicle come before the numbers.
            *number = value(place + 2)?;
        }
        let [pile, vehicle, ..] = places;
        let pile = collector.piles.text(cell(pile).as_bytes());
        let vehicle = collector.vehicles.text(cell(vehicle).as_bytes());
        collector.take(pile, vehicle, numbers);
    }
    Ok(())
}

/// The cells of a line; quotes around a cell are taken away, and none holds a divider.
fn cells(line: &str, divider: char) -> impl Iterator<Item = &str> {
    line.trim_end_matches(['\r', '\n']).split(divider).map(|cell| cell.trim().trim_matches('"'))
}
