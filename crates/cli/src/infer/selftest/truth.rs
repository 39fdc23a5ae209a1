//! What is known of the meters of a reference district.

use std::collections::BTreeMap;
use std::path::Path;

use heng_sampling::table::Table;

use crate::failure::{Failure, read};

/// Kinds of defect, as files name them.
pub const KINDS: [&str; 6] = ["ok", "out", "drift", "stopped", "theft", "other"];

/// What is true of a meter.
#[derive(Clone, Debug)]
pub struct Truth {
    /// One of [`KINDS`].
    pub kind: &'static str,
    /// Its error over the period.
    pub error_percent: f64,
}

impl Truth {
    /// It is to be named: its error is beyond the limit, or it drifts, stopped or was bypassed.
    pub fn fails(&self, limit_percent: f64) -> bool {
        self.error_percent.abs() > limit_percent || self.kind == "drift" || self.is_gross()
    }

    /// It stopped or was bypassed.
    pub fn is_gross(&self) -> bool {
        matches!(self.kind, "stopped" | "theft")
    }
}

/// The truth of the district that a file of readings is of, `DISTRICT_meters.csv` in a folder.
pub fn truth(folder: &Path, readings: &str) -> Result<BTreeMap<String, Truth>, Failure> {
    let district = readings.split_once("_readings").map_or(readings, |(district, _)| district);
    let path = folder.join(format!("{district}_meters.csv"));
    let missing = || Failure::unreadable("error-selftest-truth").with("path", folder.display()).with("name", district);
    if !path.exists() {
        return Err(missing());
    }
    let text = String::from_utf8(read(&path)?).map_err(|error| Failure::reading(&path, error))?;
    let (table, mut findings) = Table::read(&text);
    let error = table.column("err_mean_pct").or(table.column("err_pct"));
    let (meter, kind) = (table.column("meter"), table.column("kind"));
    if error.is_none() || meter.is_none() {
        return Err(missing());
    }
    let rows = table.rows.iter().filter_map(|row| {
        let said = row.text(kind).unwrap_or("ok");
        let kind = KINDS.iter().find(|known| **known == said).copied().unwrap_or("other");
        let error_percent = row.number(error, &mut findings)?;
        Some((row.text(meter)?.to_owned(), Truth { kind, error_percent }))
    });
    Ok(rows.collect())
}
