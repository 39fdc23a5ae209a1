//! Regulation as data, each clause with its source and its dates, and the verdict it gives.

pub mod citation;
pub mod record;
pub mod result;

pub use citation::{Citation, Confidence, RuleReference, Words};
pub use record::{Cell, Instrument, Occasion, Organisation, Record, Row};
pub use result::{Contribution, ItemResult, Limit, Named, Outcome, PointResult, Verdict};
