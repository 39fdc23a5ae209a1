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
    /// Times do not rise.
    #[error("{file}, column ts, row {row}: the time is not after the one before")]
    Order {
        /// The file.
        file: String,
        /// The row.
        row: usize,
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
    /// Two files that must have the same times do not.
    #[error("{file}, row {row}: the time differs from that of the readings")]
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
