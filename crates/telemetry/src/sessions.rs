//! Charging sessions from Parquet and CSV files, read block by block and column by column.

mod identifiers;
mod parquet_sessions;
mod text;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use heng_inference::piles::{Bill, Session, Sessions, SessionsBuilder, Steps};

use crate::TelemetryError;
pub use identifiers::Identifier;
use identifiers::{Identifiers, NONE};

/// Sessions with the names of their piles.
#[derive(Debug)]
pub struct SessionTable {
    /// The sessions.
    pub sessions: Sessions,
    /// The piles by rank.
    pub piles: Vec<Identifier>,
    /// How many vehicles there are.
    pub vehicles: usize,
    /// What the bills of each pile show, by rank.
    pub bills: Vec<BillCounts>,
    /// The energy of the sessions of each pile in kilowatt hours, by rank.
    pub energy_kwh: Vec<f64>,
    /// How many sessions name no pile or no vehicle; they are left out.
    pub nameless: u64,
    /// Files of the folder that are none of sessions.
    pub left_out: Vec<String>,
}

/// How many sessions of a pile charge for more than its power can deliver, and how many amounts are not the price times the energy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BillCounts {
    /// Sessions whose time and rated power are known.
    pub timed: u32,
    /// Those of them with more energy than these allow.
    pub beyond_power: u32,
    /// Sessions whose price and amount are known.
    pub priced: u32,
    /// Those of them whose amount is wrong.
    pub wrong_amount: u32,
}

/// The steps in which platforms state energy, time and money: 0.001 kWh (JJG 1148-2022, secondary), minutes, 0.01 yuan.
const STEPS: Steps = Steps { energy_kwh: 0.001, duration_min: 1.0, amount: 0.01 };

/// The columns of a file of sessions.
///
/// `pile`, `vehicle` and `kwh` must be there, and either `y_pct` (100·ln of the pile's energy over the vehicle's, in percent) or `vehicle_kwh`
/// (the vehicle's energy, from which it is computed); `temp` (°C), `duration_min`, `rated_kw`, `price_per_kwh` and `amount` may be there. Other
/// columns are not read.
const COLUMNS: [&str; 10] =
    ["pile", "vehicle", "kwh", "temp", "y_pct", "vehicle_kwh", "duration_min", "rated_kw", "price_per_kwh", "amount"];
/// How many of them are numbers.
const NUMBERS: usize = 8;

/// Takes sessions as the readers find them.
struct Collector {
    builder: SessionsBuilder,
    piles: Identifiers,
    vehicles: Identifiers,
    bills: Vec<BillCounts>,
    /// In whole watt hours, so that the sum has no order.
    energies_wh: Vec<u64>,
    nameless: u64,
    left_out: Vec<String>,
    limit_percent: f64,
}

impl Collector {
    fn of(limit_percent: f64) -> Self {
        Self {
            builder: SessionsBuilder::default(),
            piles: Identifiers::default(),
            vehicles: Identifiers::default(),
            bills: Vec::new(),
            energies_wh: Vec::new(),
            nameless: 0,
            left_out: Vec::new(),
            limit_percent,
        }
    }

    fn table(self, name: &str) -> Result<SessionTable, TelemetryError> {
        let (piles, pile_ranks) = self.piles.ranked();
        let (vehicles, vehicle_ranks) = self.vehicles.ranked();
        let mut bills = vec![BillCounts::default(); piles.len()];
        for (counts, rank) in self.bills.iter().zip(&pile_ranks) {
            if let Some(cell) = bills.get_mut(*rank as usize) {
                *cell = *counts;
            }
        }
        let mut energy_kwh = vec![0.0; piles.len()];
        for (watt_hours, rank) in self.energies_wh.iter().zip(&pile_ranks) {
            if let Some(cell) = energy_kwh.get_mut(*rank as usize) {
                *cell = *watt_hours as f64 / 1000.0;
            }
        }
        let sessions = self.builder.finish(&pile_ranks, &vehicle_ranks);
        if sessions.is_empty() {
            return Err(TelemetryError::Empty { file: name.to_owned() });
        }
        let (nameless, left_out) = (self.nameless, self.left_out);
        Ok(SessionTable { sessions, piles, vehicles: vehicles.len(), bills, energy_kwh, nameless, left_out })
    }

    /// Takes a session; a number that is not there is none. One without a name would make a pile or a vehicle of all that have none.
    fn take(&mut self, pile: u32, vehicle: u32, numbers: [f64; NUMBERS]) {
        if pile == NONE || vehicle == NONE {
            self.nameless += 1;
            return;
        }
        let [kwh, temp, y_pct, vehicle_kwh, duration, rated, price, amount] = numbers;
        let stated = |number: f64| (!number.is_nan()).then_some(number);
        let difference_percent = if y_pct.is_nan() { 100.0 * libm::log(kwh / vehicle_kwh) } else { y_pct };
        let temperature_celsius = stated(temp);
        self.builder.add(&Session { pile, vehicle, difference_percent, energy_kwh: kwh, temperature_celsius });
        let place = pile as usize;
        if kwh > 0.0 {
            if self.energies_wh.len() <= place {
                self.energies_wh.resize(place + 1, 0);
            }
            if let Some(sum) = self.energies_wh.get_mut(place) {
                *sum = sum.saturating_add(libm::round(kwh * 1000.0) as u64);
            }
        }
        if amount.is_nan() && duration.is_nan() {
            return;
        }
        let bill = Bill {
            energy_kwh: kwh,
            duration_min: stated(duration),
            rated_kw: stated(rated),
            price_per_kwh: stated(price),
            amount: stated(amount),
        };
        if self.bills.len() <= place {
            self.bills.resize(place + 1, BillCounts::default());
        }
        let Some(counts) = self.bills.get_mut(place) else { return };
        if let Some(is_beyond) = bill.exceeds_power(self.limit_percent, &STEPS) {
            counts.timed += 1;
            counts.beyond_power += u32::from(is_beyond);
        }
        if let Some(is_wrong) = bill.contradicts_tariff(&STEPS) {
            counts.priced += 1;
            counts.wrong_amount += u32::from(is_wrong);
        }
    }
}

/// Reads the sessions of a file, or of all files of a folder whose names end in `.parquet` or `.csv`. What lies beside them without the columns of sessions,
/// and is not called so, is left out and named.
///
/// The limit of a pile's error, in percent, is allowed for where energy is held against time and power. The same sessions give the same table, whatever the order of rows and files.
///
/// # Errors
/// What keeps a file from being read or understood, with its column and row.
pub fn read(path: &Path, limit_percent: f64) -> Result<SessionTable, TelemetryError> {
    let mut collector = Collector::of(limit_percent);
    let files = files(path)?;
    let mut last = None;
    for file in &files {
        match read_file(file, &mut collector) {
            Err(missing @ TelemetryError::MissingColumn { .. }) if path.is_dir() && !is_called_sessions(file) => {
                collector.left_out.push(file.display().to_string());
                last = Some(missing);
            }
            read => read?,
        }
    }
    match last {
        // There is nothing but other files.
        Some(missing) if collector.left_out.len() == files.len() => Err(missing),
        _ => collector.table(&path.display().to_string()),
    }
}

/// The files that `read` reads at a path, but those that it left out.
///
/// # Errors
/// The folder cannot be read.
pub fn session_files(path: &Path, left_out: &[String]) -> Result<Vec<PathBuf>, TelemetryError> {
    let mut all = files(path)?;
    all.retain(|file| !left_out.contains(&file.display().to_string()));
    Ok(all)
}

/// Whoever calls a file so wants it read, and is told what it lacks.
fn is_called_sessions(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase().contains("session"))
}

fn read_file(file: &Path, collector: &mut Collector) -> Result<(), TelemetryError> {
    let name = file.display().to_string();
    let unreadable =
        |error: std::io::Error| TelemetryError::Unreadable { file: name.clone(), detail: error.to_string() };
    let mut opened = File::open(file).map_err(unreadable)?;
    let mut start = Vec::new();
    opened.by_ref().take(4).read_to_end(&mut start).map_err(unreadable)?;
    if start == b"PAR1" {
        parquet_sessions::read(&name, opened, collector)
    } else {
        text::read(&name, std::io::Cursor::new(start).chain(opened), collector)
    }
}

/// Reads the sessions of one file that is in memory.
///
/// # Errors
/// What keeps it from being understood, with its column and row.
pub fn read_bytes(name: &str, bytes: Vec<u8>, limit_percent: f64) -> Result<SessionTable, TelemetryError> {
    let mut collector = Collector::of(limit_percent);
    if bytes.starts_with(b"PAR1") {
        parquet_sessions::read(name, bytes::Bytes::from(bytes), &mut collector)?;
    } else {
        text::read(name, bytes.as_slice(), &mut collector)?;
    }
    collector.table(name)
}

fn files(path: &Path) -> Result<Vec<PathBuf>, TelemetryError> {
    let unreadable = |error: std::io::Error| TelemetryError::Unreadable {
        file: path.display().to_string(),
        detail: error.to_string(),
    };
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
