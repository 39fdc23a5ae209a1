//! What can be wrong with a file of readings, each naming its column and row.

use thiserror::Error;

/// Why a file of readings could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TelemetryError {
    /// The bytes are neither Parquet nor CSV that we can read.
    #[error("{file} is no table that can be read: {detail}")]
    Unreadable {
        /// The file, as the caller named it.
        file: String,
        /// What the decoder says.
        detail: String,
    },
    /// A column that must be there is missing.
    #[error("{file} has no column {column}")]
    MissingColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
    },
    /// A column occurs twice.
    #[error("{file} has the column {column} twice")]
    DoubleColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
    },
    /// A column has a type that holds neither numbers nor times.
    #[error("{file}, column {column}: the type {kind} is neither a number nor a time")]
    Type {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// Its physical type.
        kind: String,
    },
    /// A column has a type that names nothing.
    #[error("{file}, column {column}: the type {kind} is neither a number nor text")]
    NameType {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// Its physical type.
        kind: String,
    },
    /// A cell cannot be what its column needs.
    #[error("{file}, column {column}, row {row}: {found:?} is not {wanted}")]
    Cell {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// The row, counted from one below the header.
        row: usize,
        /// What stands there.
        found: String,
        /// What should stand there.
        wanted: &'static str,
    },
    /// What should be a register falls as often as it rises.
    #[error(
        "{file}, column {column}: the values rise and fall; registers are needed, which only rise, and no energies of intervals"
    )]
    NoRegister {
        /// The file.
        file: String,
        /// The column.
        column: String,
    },
    /// Times do not rise.
    #[error(
        "{file}, column ts, row {row}: the time is not after the one before; sort the rows and leave out doubles. Where summer time ends an hour comes twice: give times with their zone, as 2026-10-25T02:15:00+02:00"
    )]
    Order {
        /// The file.
        file: String,
        /// The row.
        row: usize,
    },
    /// Times lie on no even grid.
    #[error(
        "{file}, column ts, row {row}: the time is beside the even grid of the others, one row each {step_s} s; leave such rows out, or give all readings at even times"
    )]
    Grid {
        /// The file.
        file: String,
        /// The row.
        row: usize,
        /// The usual step.
        step_s: i64,
    },
    /// A row has another number of cells than the header.
    #[error("{file}, row {row}: {found} cells where the header has {wanted}")]
    Width {
        /// The file.
        file: String,
        /// The row.
        row: usize,
        /// Cells found.
        found: usize,
        /// Cells of the header.
        wanted: usize,
    },
    /// A file has times that are not those of the readings.
    #[error(
        "{file}, row {row}: the time is none of the readings' even grid; give voltages at the times of the registers"
    )]
    Times {
        /// The file.
        file: String,
        /// The row.
        row: usize,
    },
    /// The table has no rows.
    #[error("{file} has no rows")]
    Empty {
        /// The file.
        file: String,
    },
}
