//! Readings as they lie on disk, for whoever asks, beside the one who writes.
//!
//! A segment of the journal that has a manifest lies in Parquet, whole; one that has none lies in the journal. The journal is read first: what
//! leaves it meanwhile has its manifest by then.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use heng_store::Disk;
use parquet::file::reader::FileReader;

use super::canonical::Seen;
use super::columns::{Cells, columns, open};
use super::journal::{self, Segment};
use super::manifest::{self, Manifest};
use super::sequences::Ranges;
use super::stated::Stated;
use super::store::ReadingsError;
use super::time::day_of;

/// A day and a district.
pub(crate) type Partition = (i64, String);

/// What there is to read.
pub(crate) struct Scan<'a> {
    disk: &'a dyn Disk,
    readings: PathBuf,
    pub(crate) manifests: Vec<Manifest>,
    pub(crate) journal: Vec<Segment>,
}

impl<'a> Scan<'a> {
    /// What there is now.
    pub(crate) fn of(disk: &'a dyn Disk, readings: &Path) -> Result<Self, ReadingsError> {
        let folder = readings.join("journal");
        let mut journal = Vec::new();
        for first in journal::firsts(disk, &folder)? {
            let path = journal::path(&folder, first);
            match disk.read(&path) {
                Ok(bytes) => journal.push(journal::read(&path, &bytes, first)?.0),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(ReadingsError::at(&path)(error)),
            }
        }
        let manifests = manifest::all(disk, readings)?;
        journal.retain(|segment| manifests.iter().all(|manifest| manifest.first != segment.first));
        Ok(Self { disk, readings: readings.to_path_buf(), manifests, journal })
    }

    /// The partitions, in order.
    pub(crate) fn partitions(&self) -> Vec<Partition> {
        let parts = self.manifests.iter().flat_map(|manifest| &manifest.parts);
        let mut all: Vec<Partition> = parts.map(|part| (part.day, part.district.clone())).collect();
        for record in self.journal.iter().flat_map(|segment| &segment.records) {
            let mut last = None;
            for row in &record.rows {
                // Rows of one message are of few days.
                let key = (day_of(row.at_ms), row.series);
                if last != Some(key)
                    && let Some(series) = record.series.get(row.series as usize)
                {
                    all.push((key.0, series.district.clone()));
                    last = Some(key);
                }
            }
            all.sort_unstable();
            all.dedup();
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Shows every reading of a partition, in the order of segments.
    pub(crate) fn visit(&self, partition: &Partition, see: &mut dyn FnMut(Seen<'_>)) -> Result<(), ReadingsError> {
        let (day, district) = partition;
        let parts = self.manifests.iter().flat_map(|manifest| &manifest.parts);
        for part in parts.filter(|part| part.day == *day && part.district == *district) {
            visit_part(self.disk, &self.readings.join(&part.path), &part.district, see)?;
        }
        for record in self.journal.iter().flat_map(|segment| &segment.records) {
            for row in record.rows.iter().filter(|row| day_of(row.at_ms) == *day) {
                if let Some(series) = record.series.get(row.series as usize).filter(|one| one.district == *district) {
                    see(Seen::new(&record.feed, record.received_ms, series, row));
                }
            }
        }
        Ok(())
    }

    /// How many readings of a feed and a day came again.
    pub(crate) fn again(&self) -> BTreeMap<(String, i64), u64> {
        let mut all = BTreeMap::new();
        let mut count = |feed: &str, day: i64, readings: u64| {
            *all.entry((feed.to_owned(), day)).or_default() += readings;
        };
        for (feed, days) in self.manifests.iter().flat_map(|manifest| &manifest.again) {
            days.iter().for_each(|(day, readings)| count(feed, *day, *readings));
        }
        for record in self.journal.iter().flat_map(|segment| &segment.records) {
            record.again.iter().for_each(|(day, readings)| count(&record.feed, *day, *readings));
        }
        all
    }

    /// The feeds' own numbers.
    pub(crate) fn sequences(&self) -> BTreeMap<String, Ranges> {
        let mut all = sequences(&self.manifests);
        for record in self.journal.iter().flat_map(|segment| &segment.records) {
            for number in record.rows.iter().filter_map(|row| row.sequence) {
                all.entry(record.feed.clone()).or_default().insert(number);
            }
        }
        all
    }

    /// How many lines were not taken.
    pub(crate) fn rejected(&self) -> u64 {
        let open = self.journal.iter().flat_map(|segment| &segment.records);
        self.manifests.iter().map(|manifest| manifest.rejected).sum::<u64>()
            + open.map(|record| record.rejected.len() as u64).sum::<u64>()
    }
}

/// The feeds' own numbers, as far as they are settled.
pub(crate) fn sequences(manifests: &[Manifest]) -> BTreeMap<String, Ranges> {
    let mut all: BTreeMap<String, Ranges> = BTreeMap::new();
    for (feed, ranges) in manifests.iter().flat_map(|manifest| &manifest.sequences) {
        let known = all.entry(feed.clone()).or_default();
        ranges.iter().for_each(|(from, to)| known.extend(*from, *to));
    }
    all
}

const TEXTS: [&str; 4] = ["feed", "meter", "register", "unit"];
const INSTANTS: [&str; 2] = ["at", "received_at"];
const WHOLES: [&str; 5] = ["value_digits", "value_exponent", "sequence", "clock_offset_ms", "delay_bound_ms"];

/// Shows every reading of a file of ours, in its order.
pub(crate) fn visit_part(
    disk: &dyn Disk,
    path: &Path,
    district: &str,
    see: &mut dyn FnMut(Seen<'_>),
) -> Result<(), ReadingsError> {
    let unreadable = |reason: String| ReadingsError::Unreadable { path: path.to_path_buf(), reason };
    let bytes = disk.read(path).map_err(ReadingsError::at(path))?;
    let reader = open(bytes.into()).map_err(|error| unreadable(error.to_string()))?;
    let wanted: Vec<&str> = TEXTS.into_iter().chain(INSTANTS).chain(WHOLES).collect();
    for group in 0..reader.num_row_groups() {
        let columns = columns(&reader, group, &wanted).map_err(|error| unreadable(error.to_string()))?;
        let cells = |name: &str| columns.iter().find(|column| column.name == name).map(|column| &column.cells);
        let text = |name: &str| match cells(name) {
            Some(Cells::Text(cells)) => Ok(cells),
            _ => Err(unreadable(name.to_owned())),
        };
        let whole = |name: &str| match cells(name) {
            Some(Cells::Whole(cells) | Cells::Instant(cells)) => Ok(cells),
            _ => Err(unreadable(name.to_owned())),
        };
        let (feed, meter, register, unit) = (text("feed")?, text("meter")?, text("register")?, text("unit")?);
        let (at, received) = (whole("at")?, whole("received_at")?);
        let (digits, exponent) = (whole("value_digits")?, whole("value_exponent")?);
        let (sequence, offset, delay) = (whole("sequence")?, whole("clock_offset_ms")?, whole("delay_bound_ms")?);
        for row in 0..at.len() {
            let some = |cells: &[Option<i64>]| cells.get(row).copied().flatten();
            let small = |cells: &[Option<i64>]| some(cells).and_then(|value| i32::try_from(value).ok());
            let [feed, meter, register, unit] = [feed, meter, register, unit].map(|cells| {
                let cell = cells.get(row).and_then(Option::as_ref);
                cell.and_then(|text| std::str::from_utf8(text.data()).ok()).unwrap_or_default()
            });
            let value = some(digits).zip(small(exponent)).and_then(|(digits, exponent)| Stated::new(digits, exponent));
            let (Some(at_ms), Some(received_ms), Some(value)) = (some(at), some(received), value) else {
                return Err(unreadable(format!("row {row} of group {group}")));
            };
            see(Seen {
                feed,
                district,
                meter,
                register,
                unit,
                at_ms,
                received_ms,
                value,
                sequence: some(sequence),
                clock_offset_ms: small(offset),
                delay_bound_ms: small(delay),
            });
        }
    }
    Ok(())
}
