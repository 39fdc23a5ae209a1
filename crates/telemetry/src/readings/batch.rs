//! A message's readings in columns: which series, when, how much; and the lines that could not be taken.

use std::collections::{HashMap, HashSet};

use heng_quantity::Finding;
use heng_quantity::unit;
use jiff::tz::Offset;

use super::stated::{Stated, StatedError};
use super::time::{self, TimeFault};

/// What a series of readings is of.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    /// The meter.
    pub meter: String,
    /// The register, for example the OBIS code `1-0:1.8.0`.
    pub register: String,
    /// The unit, as it was stated.
    pub unit: String,
    /// The district, as a code of GB/T 2260; empty where it was not stated.
    pub district: String,
}

/// One reading of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which of the batch's series.
    pub series: u32,
    /// The instant that was stated, in milliseconds since 1970-01-01T00:00:00Z.
    pub at_ms: i64,
    /// What was read.
    pub value: Stated,
    /// The feed's own number of the reading.
    pub sequence: Option<i64>,
    /// The meter's clock minus true time, as the feed knows it.
    pub clock_offset_ms: Option<i32>,
    /// The instant of the reading is within this of the one stated.
    pub delay_bound_ms: Option<i32>,
}

/// A line that was not taken, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The line or the row, from 1; the header counts.
    pub line: u64,
    /// What is wrong with it.
    pub finding: Finding,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The readings of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// What the rows are of.
    pub series: Vec<Series>,
    /// The readings, in the order of the message.
    pub rows: Vec<Row>,
    /// What was not taken.
    pub rejected: Vec<Rejected>,
    /// What there is to say of the message as a whole.
    pub findings: Vec<Finding>,
}

impl Batch {
    /// A message of which nothing was taken, with as much of its bytes as there is.
    pub fn refused(finding: Finding, bytes: Vec<u8>) -> Self {
        Self { rejected: vec![Rejected { line: 1, finding, bytes }], ..Self::default() }
    }

    /// The same in batches of at most so many rows and so many rejected lines, for a journal whose records are not endless.
    pub fn parts(self, most: usize) -> Vec<Self> {
        if self.rows.len() <= most && self.rejected.len() <= most {
            return vec![self];
        }
        let mut parts: Vec<Self> = self.rows.chunks(most.max(1)).map(|rows| part(&self.series, rows)).collect();
        for rejected in self.rejected.chunks(most.max(1)) {
            parts.push(Self { rejected: rejected.to_vec(), ..Self::default() });
        }
        if let Some(first) = parts.first_mut() {
            first.findings = self.findings;
        }
        parts
    }
}

/// Some rows with the series they are of.
fn part(all: &[Series], rows: &[Row]) -> Batch {
    let mut places: HashMap<u32, u32> = HashMap::new();
    let mut part = Batch::default();
    for row in rows {
        let Some(series) = all.get(row.series as usize) else { continue };
        let next = u32::try_from(part.series.len()).unwrap_or(u32::MAX);
        let place = *places.entry(row.series).or_insert(next);
        if place == next {
            part.series.push(series.clone());
        }
        part.rows.push(Row { series: place, ..*row });
    }
    part
}

/// The cells of a line before they are understood. An empty cell is one that is not there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cells<'a> {
    /// The meter.
    pub meter: &'a str,
    /// The register.
    pub register: &'a str,
    /// The unit.
    pub unit: &'a str,
    /// The district.
    pub district: &'a str,
    /// The instant, in the form of RFC 3339.
    pub at: &'a str,
    /// The instant, in milliseconds since 1970.
    pub at_ms: &'a str,
    /// The value.
    pub value: &'a str,
    /// The feed's number.
    pub sequence: &'a str,
    /// Offset of the clock in milliseconds.
    pub clock_offset_ms: &'a str,
    /// Bound of the delay in milliseconds.
    pub delay_bound_ms: &'a str,
}

/// Longer names are of nothing.
const LONGEST_NAME: usize = 120;

/// Makes a batch of lines.
#[derive(Debug)]
pub struct Builder {
    batch: Batch,
    zone: Option<Offset>,
    places: HashMap<String, u32>,
    units: HashSet<String>,
    scratch: String,
    /// The last time that was read and what it means: lines of one sweep share it.
    last_time: (String, i64),
}

impl Builder {
    /// A builder for a feed whose clocks, where they name no offset, have this one.
    pub fn new(zone: Option<Offset>) -> Self {
        Self {
            batch: Batch::default(),
            zone,
            places: HashMap::new(),
            units: HashSet::new(),
            scratch: String::new(),
            last_time: (String::new(), 0),
        }
    }

    /// The batch.
    pub fn finish(self) -> Batch {
        self.batch
    }

    /// Notes something of the whole message.
    pub fn note(&mut self, finding: Finding) {
        self.batch.findings.push(finding);
    }

    /// Keeps a line that is not taken.
    pub fn reject(&mut self, line: u64, bytes: &[u8], finding: Finding) {
        self.batch.rejected.push(Rejected { line, finding: finding.with("line", line), bytes: bytes.to_vec() });
    }

    /// Takes a line, or keeps it among the rejected.
    pub fn push(&mut self, line: u64, bytes: &[u8], cells: &Cells<'_>) {
        if let Err(finding) = self.taken(cells) {
            self.reject(line, bytes, finding);
        }
    }

    fn taken(&mut self, cells: &Cells<'_>) -> Result<(), Finding> {
        let at_ms = self.instant(cells)?;
        let value = cells.value.parse().map_err(|fault| {
            let code = match fault {
                StatedError::Malformed => "reading-value",
                StatedError::TooLong => "reading-value-long",
            };
            wrong(code, cells.value)
        })?;
        let row = Row {
            series: self.place(cells)?,
            at_ms,
            value,
            sequence: whole(cells.sequence, "sequence")?,
            clock_offset_ms: whole(cells.clock_offset_ms, "clock_offset_ms")?,
            delay_bound_ms: whole(cells.delay_bound_ms, "delay_bound_ms")?,
        };
        if row.delay_bound_ms.is_some_and(i32::is_negative) || row.sequence.is_some_and(i64::is_negative) {
            return Err(wrong("reading-whole", "-").with("column", "delay_bound_ms, sequence"));
        }
        self.batch.rows.push(row);
        Ok(())
    }

    fn instant(&mut self, cells: &Cells<'_>) -> Result<i64, Finding> {
        let (text, read) = if cells.at.is_empty() {
            let number = cells.at_ms.parse::<i64>().map_err(|_| TimeFault::Malformed);
            (cells.at_ms, number.and_then(time::in_range))
        } else if cells.at == self.last_time.0 {
            return Ok(self.last_time.1);
        } else {
            (cells.at, time::read(cells.at, self.zone))
        };
        let read = read.map_err(|fault| match fault {
            TimeFault::Malformed => wrong("reading-time", text),
            TimeFault::WithoutZone => wrong("reading-time-zone", text),
            TimeFault::TooFine => wrong("reading-time-fine", text),
            TimeFault::OutOfRange => wrong("reading-time-range", text),
        })?;
        if !cells.at.is_empty() {
            self.last_time.0.clear();
            self.last_time.0.push_str(cells.at);
            self.last_time.1 = read;
        }
        Ok(read)
    }

    /// The place of the series among the batch's.
    fn place(&mut self, cells: &Cells<'_>) -> Result<u32, Finding> {
        self.scratch.clear();
        for cell in [cells.meter, cells.register, cells.unit, cells.district] {
            self.scratch.push_str(cell);
            self.scratch.push('\u{1f}');
        }
        if let Some(place) = self.places.get(&self.scratch) {
            return Ok(*place);
        }
        for (column, cell) in [("meter", cells.meter), ("register", cells.register)] {
            if cell.is_empty() || cell.len() > LONGEST_NAME || cell.chars().any(char::is_control) {
                return Err(wrong("reading-name", cell).with("column", column));
            }
        }
        // The district becomes the name of a folder.
        if cells.district.len() > 12 || !cells.district.bytes().all(|sign| sign.is_ascii_digit()) {
            return Err(wrong("reading-district", cells.district));
        }
        if !self.units.contains(cells.unit) {
            let is_known = unit::from_symbol(cells.unit).is_ok() || unit::read(cells.unit).0.is_some();
            if cells.unit.is_empty() || !is_known {
                return Err(wrong("reading-unit", cells.unit));
            }
            self.units.insert(cells.unit.to_owned());
        }
        let place = u32::try_from(self.batch.series.len()).unwrap_or(u32::MAX);
        self.batch.series.push(Series {
            meter: cells.meter.to_owned(),
            register: cells.register.to_owned(),
            unit: cells.unit.to_owned(),
            district: cells.district.to_owned(),
        });
        self.places.insert(self.scratch.clone(), place);
        Ok(place)
    }
}

/// A finding that keeps a line out, with what stands there.
pub(crate) fn wrong(code: &str, found: &str) -> Finding {
    Finding::error(code).with("found", found.chars().take(60).collect::<String>())
}

fn whole<T: std::str::FromStr>(cell: &str, column: &'static str) -> Result<Option<T>, Finding> {
    if cell.is_empty() {
        return Ok(None);
    }
    cell.parse().map(Some).map_err(|_| wrong("reading-whole", cell).with("column", column))
}
