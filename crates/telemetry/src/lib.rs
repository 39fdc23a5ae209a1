//! Readings at scale, and the summaries that views ask for.

pub mod city;
pub mod district;
pub mod districts;
pub mod error;
pub mod made_up;
pub mod made_up_sessions;
pub mod meter_rows;
pub mod pile_rows;
pub mod readings;
pub mod results;
pub mod sessions;
pub mod table;

mod csv;
mod grid;
mod parquet_file;
mod random;

pub use error::TelemetryError;
