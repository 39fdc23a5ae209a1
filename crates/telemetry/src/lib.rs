//! Readings at scale, and the summaries that views ask for.

pub mod error;
pub mod pile_rows;
pub mod sessions;

pub use error::TelemetryError;
