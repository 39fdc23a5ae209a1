//! The only place where the day and the instant are read.

use std::sync::OnceLock;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// How far a demonstration's clock is from the machine's: set once, before anything is read from it.
static SHIFT: OnceLock<SignedDuration> = OnceLock::new();

/// The instant.
#[expect(clippy::disallowed_methods, reason = "this is the edge that reads the clock")]
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    SHIFT.get().and_then(|shift| now.checked_add(*shift).ok()).unwrap_or(now)
}

/// Lets the process live on another day, at this hour of it: for a demonstration, whose pages say so. `false` where it was set before.
pub fn live_on(other: Date) -> bool {
    let span = other.duration_since(day(now()));
    SHIFT.set(span).is_ok()
}

/// Whether the process lives on another day than the machine.
pub fn is_shifted() -> bool {
    SHIFT.get().is_some()
}

/// The day in the city whose laws apply: certificates carry Chinese legal days, wherever the machine stands.
pub fn day(instant: Timestamp) -> Date {
    heng_statement::legal_day(instant)
}
