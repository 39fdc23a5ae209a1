//! Signed readings of charging meters in the Open Charge Metering Format (OCMF 1.0 to 1.4, SAFE e.V.): read tolerantly, with findings, and never guessed.
//!
//! The signature covers the payload exactly as it was written, so a record keeps its text and everything else points into it.

pub(crate) mod file;
pub(crate) mod json;
mod key;
mod lines;
pub(crate) mod notes;
mod payload;
mod record;
mod section;
mod xml;

pub use file::{NoReadings, Origin, Presented, records};
pub use key::{LONGEST_KEY, key_bytes};
pub use payload::LONGEST_TARIFF;
pub use record::{
    ClockState, Context, Current, Energy, ErrorFlags, Pagination, Reading, Reason, Record, SignatureSection, Time,
};
pub use section::{Read, read};
