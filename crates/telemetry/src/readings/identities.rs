//! Which readings are there already: identities in memory, day by day, with the value that each was stated with.
//!
//! An identity takes twelve bytes beside its share of the series' table: a day of a million meters read each quarter of an hour takes about
//! 1.2 GB. Days that were not asked for lately and whose readings all lie in Parquet are forgotten, and read again when a reading is of them.

use std::collections::HashMap;

use super::batch::Series;
use super::stated::Stated;
use super::time::day_begins;

/// How a reading meets what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Met {
    /// Nothing is there of this identity.
    New,
    /// The same was read before.
    Again,
    /// Something else was read of the same meter, register and instant.
    Differs,
}

/// A series by number, and whether its register was read in another unit before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbered {
    pub(crate) id: u32,
    pub(crate) is_other_unit: bool,
}

/// What is there.
#[derive(Debug, Default)]
pub(crate) struct Identities {
    /// Meter and register, and the number of each unit they were read in.
    registers: HashMap<String, Vec<(String, u32)>>,
    series: u32,
    days: HashMap<i64, Day>,
    entries: usize,
    turn: u64,
    scratch: String,
}

#[derive(Debug, Default)]
struct Day {
    series: HashMap<u32, Vec<Entry>>,
    entries: usize,
    has_parquet: bool,
    /// The last segment of the journal with a reading of this day.
    journal: Option<u64>,
    asked: u64,
}

/// Milliseconds from the beginning of the day, and the packed value in two halves: twelve bytes without a gap.
#[derive(Clone, Copy, Debug)]
struct Entry {
    at: u32,
    value: [u32; 2],
}

impl Entry {
    #[expect(clippy::cast_possible_truncation, reason = "the halves of eight bytes")]
    fn new(at: u32, value: Stated) -> Self {
        let packed = value.packed().cast_unsigned();
        Self { at, value: [(packed >> 32) as u32, packed as u32] }
    }

    fn is(self, value: Stated) -> bool {
        let [high, low] = self.value;
        let packed = (u64::from(high) << 32 | u64::from(low)).cast_signed();
        Stated::unpacked(packed).is_some_and(|known| known.is_same_value(value))
    }
}

impl Identities {
    /// The number of a series.
    pub(crate) fn number(&mut self, series: &Series) -> Numbered {
        self.scratch.clear();
        self.scratch.push_str(&series.meter);
        self.scratch.push('\u{1f}');
        self.scratch.push_str(&series.register);
        if let Some(units) = self.registers.get_mut(&self.scratch) {
            let is_other_unit = units.first().is_some_and(|(unit, _)| *unit != series.unit);
            if let Some((_, id)) = units.iter().find(|(unit, _)| *unit == series.unit) {
                return Numbered { id: *id, is_other_unit };
            }
            units.push((series.unit.clone(), self.series));
            self.series += 1;
            return Numbered { id: self.series - 1, is_other_unit };
        }
        self.registers.insert(self.scratch.clone(), vec![(series.unit.clone(), self.series)]);
        self.series += 1;
        Numbered { id: self.series - 1, is_other_unit: false }
    }

    /// Whether what Parquet has of a day is known here.
    pub(crate) fn has_parquet(&self, day: i64) -> bool {
        self.days.get(&day).is_some_and(|day| day.has_parquet)
    }

    /// Everything that Parquet has of a day has been met.
    pub(crate) fn set_parquet(&mut self, day: i64) {
        self.days.entry(day).or_default().has_parquet = true;
    }

    /// How a reading meets what is there; afterwards it is there. `journal` is the segment that it will be written to, if it is new.
    pub(crate) fn meet(&mut self, day: i64, series: u32, at_ms: i64, value: Stated, journal: Option<u64>) -> Met {
        let of_day = self.days.entry(day).or_default();
        of_day.asked = self.turn;
        let at = u32::try_from(at_ms - day_begins(day)).unwrap_or(u32::MAX);
        let entries = of_day.series.entry(series).or_default();
        // Readings come in the order of time, nearly always.
        let from = match entries.last() {
            None => 0,
            Some(last) if last.at < at => entries.len(),
            Some(_) => entries.partition_point(|entry| entry.at < at),
        };
        let mut place = from;
        while let Some(known) = entries.get(place).filter(|entry| entry.at == at) {
            if known.is(value) {
                return Met::Again;
            }
            place += 1;
        }
        entries.insert(place, Entry::new(at, value));
        of_day.entries += 1;
        self.entries += 1;
        of_day.journal = of_day.journal.max(journal);
        if place > from { Met::Differs } else { Met::New }
    }

    /// Forgets days until no more than `most` identities are known, the one asked for longest ago first; never a day with readings in a segment
    /// of the journal from `open` on, whose readings Parquet does not have.
    pub(crate) fn forget(&mut self, most: usize, open: u64) {
        self.turn += 1;
        while self.entries > most {
            let settled = self.days.iter().filter(|(_, day)| day.journal.is_none_or(|segment| segment < open));
            let Some(oldest) = settled.min_by_key(|(number, day)| (day.asked, **number)).map(|(number, _)| *number)
            else {
                return;
            };
            if let Some(day) = self.days.remove(&oldest) {
                self.entries -= day.entries;
            }
        }
    }
}
