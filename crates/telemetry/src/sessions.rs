//! Charging sessions from Parquet and CSV files, read block by block and column by column.

mod identifiers;
mod parquet_sessions;
mod text;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use heng_inference::piles::{Session, Sessions, SessionsBuilder};

use crate::TelemetryError;
pub use identifiers::Identifier;
use identifiers::Identifiers;

/// Sessions with the names of their piles.
#[derive(Debug)]
pub struct SessionTable {
    /// The sessions.
    pub sessions: Sessions,
    /// The piles by rank.
    pub piles: Vec<Identifier>,
    /// How many vehicles there are.
    pub vehicles: usize,
}

/// The columns of a file of sessions.
///
/// `pile`, `vehicle` and `kwh` must be there, and either `y_pct` (100·ln of the pile's energy over the vehicle's, in percent) or `vehicle_kwh`
/// (the vehicle's energy, from which it is computed); `temp` (°C) may be there. Other columns are not read.
const COLUMNS: [&str; 6] = ["pile", "vehicle", "kwh", "temp", "y_pct", "vehicle_kwh"];

/// Takes sessions as the readers find them.
#[derive(Default)]
struct Collector {
    builder: SessionsBuilder,
    piles: Identifiers,
    vehicles: Identifiers,
}

/// The numbers of a session beside its pile and vehicle; what is not there is no number.
#[derive(Clone, Copy)]
struct Numbers {
    kwh: f64,
    temp: f64,
    y_pct: f64,
    vehicle_kwh: f64,
}

impl Collector {
    fn take(&mut self, pile: u32, vehicle: u32, numbers: Numbers) {
        let Numbers { kwh, temp, y_pct, vehicle_kwh } = numbers;
        let difference_percent = if y_pct.is_nan() { 100.0 * libm::log(kwh / vehicle_kwh) } else { y_pct };
        let temperature_celsius = (!temp.is_nan()).then_some(temp);
        self.builder.add(&Session { pile, vehicle, difference_percent, energy_kwh: kwh, temperature_celsius });
    }
}

/// Reads the sessions of a file, or of all files of a folder whose names end in `.parquet` or `.csv`.
///
/// The same sessions give the same table, whatever the order of rows and files.
///
/// # Errors
/// What keeps a file from being read or understood, with its column and row.
pub fn read(path: &Path) -> Result<SessionTable, TelemetryError> {
    let mut collector = Collector::default();
    for file in files(path)? {
        let name = file.display().to_string();
        let unreadable = |error: std::io::Error| TelemetryError::Unreadable { file: name.clone(), detail: error.to_string() };
        let mut opened = File::open(&file).map_err(unreadable)?;
        let mut start = Vec::new();
        opened.by_ref().take(4).read_to_end(&mut start).map_err(unreadable)?;
        if start == b"PAR1" {
            parquet_sessions::read(&name, opened, &mut collector)?;
        } else {
            text::read(&name, std::io::Cursor::new(start).chain(opened), &mut collector)?;
        }
    }
    let (piles, pile_ranks) = collector.piles.ranked();
    let (vehicles, vehicle_ranks) = collector.vehicles.ranked();
    let sessions = collector.builder.finish(&pile_ranks, &vehicle_ranks);
    if sessions.is_empty() {
        return Err(TelemetryError::Empty { file: path.display().to_string() });
    }
    Ok(SessionTable { sessions, piles, vehicles: vehicles.len() })
}

fn files(path: &Path) -> Result<Vec<PathBuf>, TelemetryError> {
    let unreadable = |error: std::io::Error| TelemetryError::Unreadable { file: path.display().to_string(), detail: error.to_string() };
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if file.extension().is_some_and(|extension| extension == "parquet" || extension == "csv") {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}
