//! Errors of piles as rows, and verified piles from rows.

use std::collections::BTreeMap;
use std::path::Path;

use heng_inference::piles::{Anchor, Inference, PileError};

use crate::TelemetryError;
use crate::csv;
use crate::results::{Cells, Named};
use crate::sessions::{BillCounts, Identifier, SessionTable};

/// Verified piles from a CSV file with the columns `pile`, `error_percent` and `u_percent`, and the names among them that no session has.
///
/// # Errors
/// What keeps the file from being understood, with its column and row.
pub fn anchors(path: &Path, table: &SessionTable) -> Result<(Vec<Anchor>, Vec<String>), TelemetryError> {
    let file = path.display().to_string();
    let bytes = std::fs::read(path)
        .map_err(|error| TelemetryError::Unreadable { file: file.clone(), detail: error.to_string() })?;
    let ranks: BTreeMap<&Identifier, u32> = table.piles.iter().zip(0..).collect();
    let csv::Cells { header, rows } = csv::cells(&file, &bytes)?;
    let place = |column: &str| {
        let missing = || TelemetryError::MissingColumn { file: file.clone(), column: column.to_owned() };
        header.iter().position(|name| *name == column).ok_or_else(missing)
    };
    let (pile, error, u) = (place("pile")?, place("error_percent")?, place("u_percent")?);
    let (mut anchors, mut unknown) = (Vec::new(), Vec::new());
    for (row, cells) in (1..).zip(rows) {
        let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
        let number = |place: usize, column: &str, wanted: &'static str, is_good: &dyn Fn(f64) -> bool| {
            cell(place).parse::<f64>().ok().filter(|value| is_good(*value)).ok_or_else(|| TelemetryError::Cell {
                file: file.clone(),
                column: column.to_owned(),
                row,
                found: cell(place).to_owned(),
                wanted,
            })
        };
        let error_percent = number(error, "error_percent", "a number", &f64::is_finite)?;
        let u_percent = number(u, "u_percent", "a number above zero", &|u| u > 0.0 && u.is_finite())?;
        match ranks.get(&Identifier::of(cell(pile))) {
            Some(pile) => anchors.push(Anchor { pile: *pile, error_percent, u_percent }),
            None => unknown.push(cell(pile).to_owned()),
        }
    }
    Ok((anchors, unknown))
}

/// The errors of piles, a row for each, with what its bills say.
pub fn rows(table: &SessionTable, inference: &Inference) -> Vec<Named> {
    let piles = &inference.piles;
    let number =
        |name, cell: &dyn Fn(&PileError) -> f64| Named { name, cells: Cells::Number(piles.iter().map(cell).collect()) };
    let count = |name, cell: &dyn Fn(&PileError) -> u32| Named {
        name,
        cells: Cells::Count(piles.iter().map(|pile| counted(cell(pile))).collect()),
    };
    let billed = |name, cell: &dyn Fn(&BillCounts) -> u32| Named {
        name,
        cells: Cells::Count(table.bills.iter().map(|bills| counted(cell(bills))).collect()),
    };
    let truth =
        |name, cell: &dyn Fn(&PileError) -> bool| Named { name, cells: Cells::Truth(piles.iter().map(cell).collect()) };
    vec![
        Named { name: "pile", cells: Cells::Text(table.piles.iter().map(ToString::to_string).collect()) },
        number("error_percent", &|pile| pile.error_percent),
        number("u_percent", &|pile| pile.u_percent),
        number("low_percent", &|pile| pile.low_percent),
        number("high_percent", &|pile| pile.high_percent),
        number("p_beyond_limit", &|pile| pile.p_beyond_limit),
        truth("decidable", &|pile| pile.decidable),
        Named { name: "reason", cells: Cells::Text(piles.iter().map(|pile| pile.reason.code().to_owned()).collect()) },
        truth("listed", &|pile| pile.listed),
        count("sessions", &|pile| pile.sessions),
        count("vehicles", &|pile| pile.vehicles),
        billed("timed", &|bills| bills.timed),
        billed("beyond_power", &|bills| bills.beyond_power),
        billed("priced", &|bills| bills.priced),
        billed("wrong_amount", &|bills| bills.wrong_amount),
    ]
}

/// A count as Parquet holds it.
fn counted(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
