//! The readings of one transformer district, from a file of registers, one of voltages and one of meters.

use heng_inference::meters::{Certified, District, MeterReadings};
use jiff::civil::Date;

use crate::grid::Grid;
use crate::meter_rows::begin_s;
use crate::table::{Column, Table};
use crate::{TelemetryError, csv};

/// The column of the head meter's register.
pub const HEAD: &str = "head_kwh";

/// The columns of the head's voltages.
const HEAD_VOLTAGES: [&str; 3] = ["head_va", "head_vb", "head_vc"];

/// A file by name and content.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name that errors carry.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A district as its files give it, and what of them was not used.
#[derive(Debug, Clone)]
pub struct Given {
    /// The district.
    pub district: District,
    /// Columns of the readings that hold no register: the number of a row, or what falls as often as it rises.
    pub no_registers: Vec<String>,
    /// Meters of the file of meters that have no readings.
    pub without_readings: Vec<String>,
}

/// Reads a district: every register in the readings whose name does not begin with `head_` is a customer's meter. Rows that are absent are readings that were
/// not collected.
///
/// # Errors
/// What keeps a file from being understood, with its column and row.
pub fn read(readings: Source, voltages: Option<Source>, meters: Option<Source>) -> Result<District, TelemetryError> {
    given(readings, voltages, meters).map(|given| given.district)
}

/// The same, with what was not used.
///
/// # Errors
/// What keeps a file from being understood, with its column and row.
pub fn given(readings: Source, voltages: Option<Source>, meters: Option<Source>) -> Result<Given, TelemetryError> {
    let file = readings.name;
    let mut table = Table::read(&file, readings.bytes)?;
    if table.times_s.is_empty() {
        return Err(TelemetryError::MissingColumn { file, column: "ts".to_owned() });
    }
    let grid = Grid::of(&file, &table.times_s)?;
    grid.spread(&mut table);
    let mut district = District { times_s: table.times_s, ..District::default() };
    let (mut head, mut no_registers) = (false, Vec::new());
    for column in table.columns {
        if column.name == HEAD {
            if Moves::of(&column.values).fluctuate() {
                return Err(TelemetryError::NoRegister { file, column: column.name });
            }
            district.head_kwh = column.values;
            head = true;
        } else if !column.name.starts_with("head_") && is_no_register(&column) {
            no_registers.push(column.name);
        } else if !column.name.starts_with("head_") {
            district.meters.push(MeterReadings {
                id: column.name,
                register_kwh: column.values,
                ..MeterReadings::default()
            });
        }
    }
    if !head {
        return Err(TelemetryError::MissingColumn { file, column: HEAD.to_owned() });
    }
    if let Some(source) = voltages {
        join_voltages(&mut district, &grid, source)?;
    }
    let without_readings = meters.map(|source| join_meters(&mut district, &source)).transpose()?.unwrap_or_default();
    if district.meters.is_empty() && !no_registers.is_empty() {
        return Err(TelemetryError::NoRegister { file, column: no_registers.swap_remove(0) });
    }
    Ok(Given { district, no_registers, without_readings })
}

/// Whether a column stands beside registers and is none.
fn is_no_register(column: &Column) -> bool {
    let name = column.name.to_lowercase();
    let is_weather = ["temp", "humid", "irradiance"].iter().any(|start| name.starts_with(start));
    let moves = Moves::of(&column.values);
    numbers_rows(&column.name) || counts_rows(&column.values) || moves.fluctuate() || is_weather && moves.fall_often()
}

/// Whether a column is the number of its row, as programs write it beside their columns.
fn numbers_rows(name: &str) -> bool {
    name.is_empty() || name == "index" || name.starts_with("__index_level_") || name.starts_with("Unnamed: ")
}

/// Fewer rows show nothing of what a column is.
const FEW: usize = 8;

/// Whether a column rises by one from each row to the next.
fn counts_rows(values: &[f64]) -> bool {
    let rises = |pair: &[f64]| matches!(pair, [before, after] if after - before == 1.0);
    values.len() > FEW && values.windows(2).all(rises)
}

/// How the values of a column move from one to the next.
struct Moves {
    all: usize,
    down: usize,
    /// How often the direction changes.
    turns: usize,
}

impl Moves {
    fn of(values: &[f64]) -> Self {
        let read: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        let steps = read.windows(2).filter_map(|pair| match pair {
            [before, after] if after != before => Some(after - before),
            _ => None,
        });
        let steps: Vec<f64> = steps.collect();
        Self {
            all: steps.len(),
            down: steps.iter().filter(|step| **step < 0.0).count(),
            turns: steps.windows(2).filter(|pair| matches!(pair, [one, next] if one * next < 0.0)).count(),
        }
    }

    /// Whether it goes up and down, as energies of intervals and powers do. A register falls where it is reset, exchanged or misread; one that counts back what
    /// is fed in falls for hours and rises for hours: it seldom turns.
    fn fluctuate(&self) -> bool {
        self.all >= FEW && 20 * self.down >= 9 * self.all && 3 * self.turns >= self.all
    }

    /// Whether it falls more often than a register that is no more than misread now and then.
    fn fall_often(&self) -> bool {
        self.all >= FEW && 10 * self.down >= self.all
    }
}

fn join_voltages(district: &mut District, grid: &Grid, source: Source) -> Result<(), TelemetryError> {
    let file = source.name;
    let mut table = Table::read(&file, source.bytes)?;
    let shared = table.times_s.iter().any(|time| grid.place(*time).is_some());
    let beside = table.times_s.iter().position(|time| !grid.holds(*time));
    if let Some(row) = beside.or((!shared).then_some(0)) {
        return Err(TelemetryError::Times { file, row: row + 1 });
    }
    grid.spread(&mut table);
    for name in HEAD_VOLTAGES {
        match table.column(name) {
            Some(column) => district.head_voltage_v.push(column.values.clone()),
            None => return Err(TelemetryError::MissingColumn { file, column: name.to_owned() }),
        }
    }
    for meter in &mut district.meters {
        if let Some(column) = table.column(&meter.id) {
            meter.voltage_v.clone_from(&column.values);
        }
    }
    Ok(())
}

/// Gives the meters what the file says of them; names those that the district has not.
fn join_meters(district: &mut District, source: &Source) -> Result<Vec<String>, TelemetryError> {
    let file = &source.name;
    let cells = csv::cells(file, &source.bytes)?;
    let place = |column: &str| cells.header.iter().position(|name| *name == column);
    let Some(meter_column) = place("meter") else {
        return Err(TelemetryError::MissingColumn { file: file.clone(), column: "meter".to_owned() });
    };
    let (phase_column, clock_column) = (place("phase"), place("clock_obs_s"));
    let (error_column, expanded_column) = (place("certified_error_percent"), place("certified_u_percent"));
    let day_column = place("certified_on");
    let mut without_readings = Vec::new();
    let first_s = district.times_s.first().copied().unwrap_or_default();
    for (index, row) in cells.rows.iter().enumerate() {
        let cell = |column: usize| row.get(column).copied().unwrap_or_default();
        let Some(meter) = district.meters.iter_mut().find(|meter| meter.id == cell(meter_column)) else {
            without_readings.push(cell(meter_column).to_owned());
            continue;
        };
        if let Some(text) = phase_column.map(cell).filter(|text| !csv::is_absent(text)) {
            match phase(text) {
                Ok(phase) => meter.phase = phase,
                Err(()) => {
                    return Err(TelemetryError::Cell {
                        file: file.clone(),
                        column: "phase".to_owned(),
                        row: index + 1,
                        found: text.to_owned(),
                        wanted: "a phase: 1 to 3, A to C or L1 to L3, or ABC for a meter of three",
                    });
                }
            }
        }
        let number = |place: Option<usize>, column: &str| {
            csv::number(file, column, index + 1, place.map(cell).unwrap_or_default())
                .map(|value| value.is_finite().then_some(value))
        };
        meter.clock_offset_s = number(clock_column, "clock_obs_s")?;
        let error = number(error_column, "certified_error_percent")?;
        let expanded = number(expanded_column, "certified_u_percent")?;
        let day = day_column.map(cell).filter(|text| !csv::is_absent(text));
        meter.certified = match (error, expanded, day) {
            (Some(error_percent), Some(expanded), Some(day)) if expanded > 0.0 => {
                let years =
                    csv::day(day).and_then(|day| years_before(first_s, day)).ok_or_else(|| TelemetryError::Cell {
                        file: file.clone(),
                        column: "certified_on".to_owned(),
                        row: index + 1,
                        found: day.to_owned(),
                        wanted: "a day, YYYY-MM-DD, before the readings",
                    })?;
                // Certificates state the expanded uncertainty with k = 2.
                Some(Certified { error_percent, u_percent: expanded / 2.0, years })
            }
            (None, None, None) => None,
            _ => {
                return Err(TelemetryError::Cell {
                    file: file.clone(),
                    column: "certified_u_percent".to_owned(),
                    row: index + 1,
                    found: expanded_column.map(cell).unwrap_or_default().to_owned(),
                    wanted: "a positive number beside certified_error_percent and certified_on",
                });
            }
        };
    }
    Ok(without_readings)
}

/// The number of a phase: 1 to 3, A to C, L1 to L3, with 相 or as programs write whole numbers; none of a meter of three.
fn phase(text: &str) -> Result<Option<u8>, ()> {
    let text = text.trim_end_matches('相').trim_start_matches(['L', 'l']);
    let text = text.strip_suffix(".0").unwrap_or(text);
    match text.to_ascii_uppercase().as_str() {
        "1" | "A" => Ok(Some(1)),
        "2" | "B" => Ok(Some(2)),
        "3" | "C" => Ok(Some(3)),
        "ABC" | "123" | "三" => Ok(None),
        _ => Err(()),
    }
}

/// The years from a day to an instant, in seconds; nothing where the day is later.
pub fn years_before(instant_s: i64, day: Date) -> Option<f64> {
    let from = begin_s(day)?;
    #[expect(clippy::cast_precision_loss, reason = "seconds of some centuries are far below 2^53")]
    let seconds = instant_s.checked_sub(from)? as f64;
    (seconds >= 0.0).then_some(seconds / (365.25 * 86_400.0))
}
