//! Readings of meters as they come in: read, made durable, compared with what is there, counted, and kept as partitioned Parquet.
//!
//! ```text
//! bytes ──form──► Batch ──Readings::ingest──► journal (durable, then answered) ──tidy──► Parquet by day and district ──► object store
//!                   │                            │                                          │
//!               rejected lines               duplicates, conflicts, late                quality, seals
//! ```
//!
//! A reading is who fed it, which meter, which register, in which unit, at which instant, and the digits as they were stated. Its identity is
//! meter, register, unit and instant; what comes twice is stored once, and what differs is stored beside the other and said.

pub mod archive;
pub mod batch;
pub mod broker;
pub mod canonical;
pub mod feeds;
pub mod form;
pub mod latency;
pub mod quality;
pub mod report;
pub mod seal;
pub mod stated;
pub mod store;

mod columns;
mod compaction;
mod identities;
mod journal;
mod manifest;
pub mod mqtt;
mod record;
mod scan;
mod sequences;
mod time;

pub use batch::{Batch, Builder, Rejected, Row, Series};
pub use feeds::{Feed, Feeds};
pub use journal::JournalError;
pub use stated::Stated;
pub use store::{Ingested, Readings, ReadingsError, Settings};
