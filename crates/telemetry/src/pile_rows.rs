//! Errors of piles as rows, and verified piles from rows.

use std::collections::BTreeMap;
use std::path::Path;

use heng_inference::piles::{Anchor, Inference, PileError};

use crate::TelemetryError;
use crate::csv;
use crate::results::{Cells, Named};
use crate::sessions::{BillCounts, Identifier, SessionTable};

/// What a row says of a verified pile.
#[derive(Clone, Copy)]
struct Verified {
    row: usize,
    error_percent: f64,
    u_percent: f64,
}

/// Two results agree where they differ by no more than the expanded uncertainty of the difference with this factor (JCGM 100, 6.3.3).
const COVERAGE_FACTOR: f64 = 2.0;

/// The mean of several results of one pile by their uncertainties, or the row of the one that lies furthest outside them.
fn combined(results: &[Verified]) -> Result<(f64, f64), usize> {
    let weight = |one: &Verified| 1.0 / (one.u_percent * one.u_percent);
    let weights: f64 = results.iter().map(weight).sum();
    let mean = results.iter().map(|one| weight(one) * one.error_percent).sum::<f64>() / weights;
    // What one differs by from a mean it is part of varies by u² less that of the mean.
    let apart = |one: &Verified| {
        let varies = one.u_percent * one.u_percent - 1.0 / weights;
        let size = libm::fabs(one.error_percent - mean);
        if varies > 0.0 { size / libm::sqrt(varies) } else { 0.0 }
    };
    match results.iter().map(|one| (apart(one), one.row)).max_by(|(one, _), (other, _)| one.total_cmp(other)) {
        Some((apart, row)) if apart > COVERAGE_FACTOR => Err(row),
        _ => Ok((mean, libm::sqrt(1.0 / weights))),
    }
}

/// Verified piles from a CSV file with the columns `pile`, `error_percent` and `u_percent`, and the names among them that no session has. Several results of
/// one pile are combined by their uncertainties where they agree; a row that is there again says nothing more.
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
    let (mut verified, mut unknown): (BTreeMap<u32, Vec<Verified>>, Vec<String>) = Default::default();
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
            Some(pile) => {
                let of_pile = verified.entry(*pile).or_default();
                let is_there = |one: &Verified| (one.error_percent, one.u_percent) == (error_percent, u_percent);
                if !of_pile.iter().any(is_there) {
                    of_pile.push(Verified { row, error_percent, u_percent });
                }
            }
            None => unknown.push(cell(pile).to_owned()),
        }
    }
    let mut anchors = Vec::new();
    for (pile, results) in verified {
        let (error_percent, u_percent) = combined(&results).map_err(|row| TelemetryError::Cell {
            file: file.clone(),
            column: "error_percent".to_owned(),
            row,
            found: results.iter().find(|one| one.row == row).map_or_else(String::new, |one| one.error_percent.to_string()),
            wanted: "what the other rows of this pile say, within their uncertainties (k = 2); leave out the results that do not hold any more",
        })?;
        anchors.push(Anchor { pile, error_percent, u_percent });
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
        number("limit_percent", &|pile| pile.limit_percent),
        number("gross_share", &|pile| pile.gross_share),
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
