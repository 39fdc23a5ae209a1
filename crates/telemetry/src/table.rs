//! A table of readings: one column of times and named columns of numbers, from Parquet or CSV.

use crate::{TelemetryError, csv, parquet_file};

/// One column of numbers; what was not collected is `NaN`.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// Its values, one for each row.
    pub values: Vec<f64>,
}

/// Times and numbers side by side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Seconds since 1970-01-01T00:00:00Z: what a file gives without its zone is legal time. Empty if it has no column `ts`.
    pub times_s: Vec<i64>,
    /// The columns in the order of the file.
    pub columns: Vec<Column>,
}

impl Table {
    /// Reads a table from the bytes of a file: Parquet where they begin with `PAR1`, else CSV.
    ///
    /// # Errors
    /// Everything that keeps a cell from being understood, with its column and row.
    pub fn read(file: &str, bytes: Vec<u8>) -> Result<Self, TelemetryError> {
        let table =
            if bytes.starts_with(b"PAR1") { parquet_file::table(file, bytes)? } else { csv::table(file, &bytes)? };
        table.check(file)?;
        Ok(table)
    }

    /// The column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    fn check(&self, file: &str) -> Result<(), TelemetryError> {
        let mut names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        names.sort_unstable();
        for pair in names.windows(2) {
            if let [first, second] = pair
                && first == second
            {
                return Err(TelemetryError::DoubleColumn { file: file.to_owned(), column: (*first).to_owned() });
            }
        }
        if self.columns.iter().all(|column| column.values.is_empty()) {
            return Err(TelemetryError::Empty { file: file.to_owned() });
        }
        for (index, pair) in self.times_s.windows(2).enumerate() {
            if let [before, after] = pair
                && after <= before
            {
                return Err(TelemetryError::Order { file: file.to_owned(), row: index + 2 });
            }
        }
        Ok(())
    }
}
