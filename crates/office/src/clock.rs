//! The only place where the day and the instant are read.

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

/// The instant.
#[expect(clippy::disallowed_methods, reason = "this is the edge that reads the clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The day in the city whose laws apply: certificates carry Chinese legal days, wherever the machine stands.
pub fn day(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::fixed(jiff::tz::offset(8))).date()
}
