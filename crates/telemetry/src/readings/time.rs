//! Instants as milliseconds since 1970, and the legal day of the city, which is that of China Standard Time.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

/// UTC+8, no summer time.
const CHINA: i64 = 8 * 3_600_000;

/// A day.
pub(crate) const DAY_MS: i64 = 86_400_000;

/// The legal day of an instant, counted from 1970-01-01.
pub(crate) fn day_of(at_ms: i64) -> i64 {
    (at_ms + CHINA).div_euclid(DAY_MS)
}

/// The first instant of a legal day.
pub(crate) fn day_begins(day: i64) -> i64 {
    day * DAY_MS - CHINA
}

/// The day as a date.
pub(crate) fn date_of(day: i64) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(day.days()).ok()
}

/// The date as a day.
pub(crate) fn day_of_date(date: Date) -> i64 {
    let span = date.since(jiff::civil::date(1970, 1, 1));
    span.map_or(0, |span| i64::from(span.get_days()))
}

/// An instant in the form of RFC 3339, UTC, with milliseconds.
pub(crate) fn text(at_ms: i64) -> String {
    Timestamp::from_millisecond(at_ms).map_or_else(|_| at_ms.to_string(), |instant| format!("{instant:.3}"))
}

/// What a clock without its zone shows after so many ticks since 1970, as a text file would have it.
pub(crate) fn clock(ticks: i64, per_second: i64) -> String {
    let shown = || {
        let nanoseconds = ticks.rem_euclid(per_second) * (1_000_000_000 / per_second);
        let shown = Timestamp::new(ticks.div_euclid(per_second), i32::try_from(nanoseconds).ok()?).ok()?;
        Some(shown.to_zoned(TimeZone::UTC).datetime().to_string())
    };
    shown().unwrap_or_else(|| ticks.to_string())
}

/// Why a time could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeFault {
    Malformed,
    /// A clock's reading without its zone, of a feed that has not said which zone its clocks have.
    WithoutZone,
    /// Digits below a millisecond.
    TooFine,
    /// No meter that sends readings was read then.
    OutOfRange,
}

/// Before this nobody read meters by wire, and after it nobody does yet: 2000 to 2100.
const RANGE: std::ops::Range<i64> = 946_684_800_000..4_102_444_800_000;

/// Reads an instant with its offset; one without is read by the clock of the feed, where that is known.
pub(crate) fn read(text: &str, zone: Option<Offset>) -> Result<i64, TimeFault> {
    let instant = match text.parse::<Timestamp>() {
        Ok(instant) => instant,
        Err(_) => {
            let local: DateTime = text.parse().map_err(|_| TimeFault::Malformed)?;
            let zone = TimeZone::fixed(zone.ok_or(TimeFault::WithoutZone)?);
            zone.to_timestamp(local).map_err(|_| TimeFault::OutOfRange)?
        }
    };
    if instant.subsec_nanosecond() % 1_000_000 != 0 {
        return Err(TimeFault::TooFine);
    }
    in_range(instant.as_millisecond())
}

/// The same instant, if readings can be of it.
pub(crate) fn in_range(at_ms: i64) -> Result<i64, TimeFault> {
    if RANGE.contains(&at_ms) { Ok(at_ms) } else { Err(TimeFault::OutOfRange) }
}
