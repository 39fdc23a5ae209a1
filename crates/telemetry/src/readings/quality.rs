//! How good the readings of a feed on a day are: complete, from verified meters, in time, valid. Pure functions of the readings and of what was
//! promised; nothing is assumed that nobody promised.
//!
//! Of a feed f and a legal day d (UTC+8), with E = (meters × registers promised) × (86 400 s / interval) expected slots, each the interval of a series
//! that begins at a multiple of `interval_s` after midnight, and P the readings that are kept (what came again is not kept twice):
//!
//! | figure | formula | unknown where |
//! | --- | --- | --- |
//! | completeness | slots of E with a reading / E | meters, registers or interval are not promised |
//! | accuracy | readings of P whose meter is inside verification on d / P | no list of verified meters is given |
//! | timeliness | readings of P that arrived within `late_after_s` of their instant / P | `late_after_s` is not promised |
//! | validity | readings of P without a fault / P | never |
//! | index | slots of E with a reading that is all three / E | any of the four is |
//!
//! The instant of a reading in `timeliness` is the stated one minus the known offset of the clock; its slot goes by the stated one. A reading is at
//! fault that differs from another of its meter, register and instant (both are); is in another unit than promised; lies below `least` or above
//! `most`; is lower than the one before it though `cumulative`; gained more than `most_per_hour` since; or is of an instant later than its arrival
//! by more than its delay bound. The index counts joint occurrence and is no product: what fails twice is not punished twice. Without readings the
//! shares of P are unknown; completeness and index are then 0.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::canonical::Seen;
use super::feeds::Feed;
use super::stated::Stated;
use super::time::{DAY_MS, date_of, day_begins};

/// A reading of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// When, as it was stated.
    pub at_ms: i64,
    /// When it came.
    pub received_ms: i64,
    /// What was read.
    pub value: Stated,
    /// The offset of the clock, 0 where it is not known.
    pub clock_offset_ms: i32,
    /// The bound of the delay, 0 where it is not stated.
    pub delay_bound_ms: i32,
}

impl From<&Seen<'_>> for Point {
    fn from(seen: &Seen<'_>) -> Self {
        Self {
            at_ms: seen.at_ms,
            received_ms: seen.received_ms,
            value: seen.value,
            clock_offset_ms: seen.clock_offset_ms.unwrap_or(0),
            delay_bound_ms: seen.delay_bound_ms.unwrap_or(0),
        }
    }
}

impl Point {
    /// How long it was under way, by true time as far as the clock is known.
    fn under_way_ms(&self) -> i64 {
        self.received_ms - (self.at_ms - i64::from(self.clock_offset_ms))
    }
}

/// Which meters are inside verification when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified(BTreeMap<String, Vec<(Date, Date)>>);

impl Verified {
    /// Notes that a meter is inside verification between two days, both included.
    pub fn add(&mut self, meter: &str, from: Date, through: Date) {
        self.0.entry(meter.to_owned()).or_default().push((from, through));
    }

    /// Whether it is on a day.
    pub fn on(&self, meter: &str, day: Date) -> bool {
        self.0.get(meter).is_some_and(|spans| spans.iter().any(|(from, through)| (*from..=*through).contains(&day)))
    }

    /// How many meters are listed.
    pub fn meters(&self) -> usize {
        self.0.len()
    }
}

/// What was counted of a feed on a day, or on several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Expected slots; absent where that is unknown.
    pub expected: Option<u64>,
    /// Readings that are kept.
    pub readings: u64,
    /// Expected slots that have one.
    pub filled: u64,
    /// Readings of verified meters; absent where that is unknown.
    pub verified: Option<u64>,
    /// Readings in time; absent where that is unknown.
    pub timely: Option<u64>,
    /// Readings without a fault.
    pub valid: u64,
    /// Expected slots that have a reading of a verified meter, in time, without a fault; absent where that is unknown.
    pub good: Option<u64>,
    /// Readings that came again and are not kept twice.
    pub again: u64,
    /// Readings that contradict another.
    pub conflicts: u64,
    /// Readings in another unit.
    pub other_unit: u64,
    /// Readings outside the bounds of their register.
    pub out_of_bounds: u64,
    /// Readings lower than the one before.
    pub backwards: u64,
    /// Readings that gained too much.
    pub jumps: u64,
    /// Readings from the future.
    pub early: u64,
    /// Readings of series that nobody promised.
    pub unexpected: u64,
    /// How long readings were under way.
    pub under_way: UnderWay,
}

/// The tally of one series on one day. `before` is the reading of the series before the day, if there is one. `points` are in the order of time.
pub fn tally_of_series(
    feed: &Feed,
    verified: Option<&Verified>,
    day: i64,
    seen: (&str, &str, &str),
    points: &[Point],
    before: Option<Point>,
) -> Tally {
    let (meter, register_id, unit) = seen;
    let register = feed.register(register_id);
    let is_expected = feed.meters.contains(meter) && register.is_some_and(|register| register.unit == unit);
    let is_verified = verified.map(|verified| date_of(day).is_some_and(|date| verified.on(meter, date)));
    let interval_ms = feed.interval_s.map(|interval| i64::from(interval) * 1000);
    let promises_all = expected(feed).is_some() && verified.is_some() && feed.late_after_s.is_some();
    let mut tally = Tally {
        verified: verified.map(|_| 0),
        timely: feed.late_after_s.map(|_| 0),
        good: promises_all.then_some(0),
        ..Tally::default()
    };
    let mut filled = BTreeSet::new();
    let mut good = BTreeSet::new();
    let mut last = before;
    let mut rest = points;
    while let Some(first) = rest.first() {
        let at_once = rest.iter().take_while(|point| point.at_ms == first.at_ms).count();
        let (together, after) = rest.split_at_checked(at_once).unwrap_or((rest, &[]));
        for point in together {
            let faults = [
                (together.len() > 1, &mut tally.conflicts),
                (register.is_some_and(|register| register.unit != unit), &mut tally.other_unit),
                (register.is_some_and(|register| is_outside(register, point.value)), &mut tally.out_of_bounds),
                (
                    register.is_some_and(|register| register.cumulative)
                        && last.is_some_and(|last| point.value.numeric_cmp(last.value).is_lt()),
                    &mut tally.backwards,
                ),
                (
                    register.and_then(|register| register.most_per_hour).zip(last).is_some_and(|(most, last)| {
                        #[expect(clippy::cast_precision_loss, reason = "milliseconds of some days")]
                        let hours = (point.at_ms - last.at_ms) as f64 / 3_600_000.0;
                        point.value.nearest() - last.value.nearest() > most * hours
                    }),
                    &mut tally.jumps,
                ),
                (point.under_way_ms() < -i64::from(point.delay_bound_ms), &mut tally.early),
            ];
            let mut is_valid = true;
            for (is_at_fault, counter) in faults {
                *counter += u64::from(is_at_fault);
                is_valid &= !is_at_fault;
            }
            let is_timely = feed.late_after_s.map(|limit| point.under_way_ms() <= i64::from(limit) * 1000);
            tally.readings += 1;
            tally.valid += u64::from(is_valid);
            tally.unexpected += u64::from(!is_expected);
            tally.under_way.count(point.under_way_ms());
            for (counter, is_so) in [(&mut tally.verified, is_verified), (&mut tally.timely, is_timely)] {
                if let (Some(counter), Some(true)) = (counter, is_so) {
                    *counter += 1;
                }
            }
            if let Some(interval_ms) = interval_ms.filter(|_| is_expected) {
                let slot = (point.at_ms - day_begins(day)).div_euclid(interval_ms);
                filled.insert(slot);
                if is_valid && is_timely == Some(true) && is_verified == Some(true) {
                    good.insert(slot);
                }
            }
        }
        last = together.last().copied().or(last);
        rest = after;
    }
    tally.filled = filled.len() as u64;
    tally.good = tally.good.map(|_| good.len() as u64);
    tally
}

fn is_outside(register: &super::feeds::Register, value: Stated) -> bool {
    let value = value.nearest();
    register.least.is_some_and(|least| value < least) || register.most.is_some_and(|most| value > most)
}

/// How many readings a feed promised for a day; nothing where it did not promise enough.
pub fn expected(feed: &Feed) -> Option<u64> {
    let slots = DAY_MS / 1000 / i64::from(feed.interval_s.filter(|interval| *interval > 0)?);
    let series = feed.meters.len() as u64 * feed.registers.len() as u64;
    (series > 0).then(|| series * slots.unsigned_abs())
}

impl Tally {
    /// The tally of a day on which nothing came.
    pub fn empty(feed: &Feed, verified: Option<&Verified>) -> Self {
        let promises_all = expected(feed).is_some() && verified.is_some() && feed.late_after_s.is_some();
        Self {
            expected: expected(feed),
            verified: verified.map(|_| 0),
            timely: feed.late_after_s.map(|_| 0),
            good: promises_all.then_some(0),
            ..Self::default()
        }
    }

    /// Both together. What is unknown of one is unknown of both; expected slots add up.
    pub fn add(&mut self, other: &Self) {
        self.expected = sum(self.expected, other.expected);
        self.count(other);
    }

    /// Counts what was found of one more series of the same day; what is expected of the day stays.
    pub fn count(&mut self, other: &Self) {
        self.verified = sum(self.verified, other.verified);
        self.timely = sum(self.timely, other.timely);
        self.good = sum(self.good, other.good);
        for (mine, theirs) in [
            (&mut self.readings, other.readings),
            (&mut self.filled, other.filled),
            (&mut self.valid, other.valid),
            (&mut self.again, other.again),
            (&mut self.conflicts, other.conflicts),
            (&mut self.other_unit, other.other_unit),
            (&mut self.out_of_bounds, other.out_of_bounds),
            (&mut self.backwards, other.backwards),
            (&mut self.jumps, other.jumps),
            (&mut self.early, other.early),
            (&mut self.unexpected, other.unexpected),
        ] {
            *mine += theirs;
        }
        self.under_way.add(&other.under_way);
    }

    /// Share of the expected slots that have a reading.
    pub fn completeness(&self) -> Option<f64> {
        share(Some(self.filled), self.expected)
    }

    /// Share of the readings whose meters are inside verification.
    pub fn accuracy(&self) -> Option<f64> {
        share(self.verified, Some(self.readings))
    }

    /// Share of the readings that came in time.
    pub fn timeliness(&self) -> Option<f64> {
        share(self.timely, Some(self.readings))
    }

    /// Share of the readings without a fault.
    pub fn validity(&self) -> Option<f64> {
        share(Some(self.valid), Some(self.readings))
    }

    /// Share of the expected slots that have a reading of a verified meter, in time, without a fault.
    pub fn index(&self) -> Option<f64> {
        share(self.good, self.expected)
    }
}

fn sum(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    one.zip(other).map(|(one, other)| one + other)
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn share(part: Option<u64>, whole: Option<u64>) -> Option<f64> {
    let (part, whole) = part.zip(whole)?;
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// How long readings were under way, in classes that are 1/16 of their lower end wide, so that a quantile is known to 6 %.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnderWay {
    classes: BTreeMap<u32, u64>,
    longest_ms: Option<i64>,
}

impl UnderWay {
    fn count(&mut self, milliseconds: i64) {
        *self.classes.entry(class(milliseconds.max(0).unsigned_abs())).or_default() += 1;
        self.longest_ms = self.longest_ms.max(Some(milliseconds));
    }

    fn add(&mut self, other: &Self) {
        for (class, count) in &other.classes {
            *self.classes.entry(*class).or_default() += count;
        }
        self.longest_ms = self.longest_ms.max(other.longest_ms);
    }

    /// The longest, in milliseconds.
    pub fn longest_ms(&self) -> Option<i64> {
        self.longest_ms
    }

    /// What no more than this share of the readings exceeds: the upper end of a class, in milliseconds.
    pub fn quantile_ms(&self, share: f64) -> Option<i64> {
        let all: u64 = self.classes.values().sum();
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
        let wanted = share * all as f64;
        let mut counted = 0;
        for (class, count) in &self.classes {
            counted += count;
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
            if counted as f64 >= wanted {
                return Some(i64::try_from(upper_end(*class)).unwrap_or(i64::MAX)).min(self.longest_ms);
            }
        }
        None
    }
}

/// Below 16 each number is a class; above, each power of two has 16.
fn class(value: u64) -> u32 {
    if value < 16 {
        return u32::try_from(value).unwrap_or(0);
    }
    let power = value.ilog2();
    let sixteenth = u32::try_from((value >> (power - 4)) & 15).unwrap_or(0);
    (power - 3) * 16 + sixteenth
}

fn upper_end(class: u32) -> u64 {
    if class < 16 {
        return u64::from(class);
    }
    let (power, sixteenth) = (class / 16 + 3, u64::from(class % 16));
    ((16 + sixteenth + 1) << (power - 4)) - 1
}
