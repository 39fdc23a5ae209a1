//! One reading as people see it, and as the canonical line that is proved: `heng-reading/1`.
//!
//! The line is canonical JSON (RFC 8785) of the members below, those that are absent left out, with a salt of 128 bits: a proof shows the hashes
//! of neighbours, and nobody shall find a neighbour's consumption by trying all values.

use serde::{Deserialize, Serialize};

use super::batch::{Row, Series};
use super::stated::Stated;
use super::time;

/// The one version there is.
pub const FORMAT: &str = "heng-reading/1";

/// A reading with everything that is known of it. The members stand in the order of their names, as RFC 8785 asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// When, as it was stated, in the form of RFC 3339 with milliseconds, UTC.
    pub at: String,
    /// The meter's clock minus true time, as the feed knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_offset_ms: Option<i32>,
    /// The instant is within this of the one stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_bound_ms: Option<i32>,
    /// The district.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub district: String,
    /// Who fed it.
    pub feed: String,
    /// `heng-reading/1`.
    pub format: String,
    /// The meter.
    pub meter: String,
    /// When it came, by the clock of the store.
    pub received_at: String,
    /// The register.
    pub register: String,
    /// What keeps others from guessing it; hexadecimal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub salt: String,
    /// The feed's number of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<i64>,
    /// The unit.
    pub unit: String,
    /// The digits as they were stated.
    pub value: String,
}

/// A reading as it lies in the store, its names borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen<'a> {
    /// Who fed it.
    pub feed: &'a str,
    /// The district.
    pub district: &'a str,
    /// The meter.
    pub meter: &'a str,
    /// The register.
    pub register: &'a str,
    /// The unit.
    pub unit: &'a str,
    /// When, as it was stated.
    pub at_ms: i64,
    /// When it came.
    pub received_ms: i64,
    /// What was read.
    pub value: Stated,
    /// The feed's number of it.
    pub sequence: Option<i64>,
    /// The offset of the clock.
    pub clock_offset_ms: Option<i32>,
    /// The bound of the delay.
    pub delay_bound_ms: Option<i32>,
}

impl<'a> Seen<'a> {
    pub(crate) fn new(feed: &'a str, received_ms: i64, series: &'a Series, row: &Row) -> Self {
        Self {
            feed,
            district: &series.district,
            meter: &series.meter,
            register: &series.register,
            unit: &series.unit,
            at_ms: row.at_ms,
            received_ms,
            value: row.value,
            sequence: row.sequence,
            clock_offset_ms: row.clock_offset_ms,
            delay_bound_ms: row.delay_bound_ms,
        }
    }

    /// What it is of.
    pub(crate) fn series(&self) -> Series {
        Series {
            meter: self.meter.to_owned(),
            register: self.register.to_owned(),
            unit: self.unit.to_owned(),
            district: self.district.to_owned(),
        }
    }

    /// The reading with its names.
    pub fn reading(&self) -> Reading {
        Reading {
            at: time::text(self.at_ms),
            clock_offset_ms: self.clock_offset_ms,
            delay_bound_ms: self.delay_bound_ms,
            district: self.district.to_owned(),
            feed: self.feed.to_owned(),
            format: FORMAT.to_owned(),
            meter: self.meter.to_owned(),
            received_at: time::text(self.received_ms),
            register: self.register.to_owned(),
            salt: String::new(),
            sequence: self.sequence,
            unit: self.unit.to_owned(),
            value: self.value.to_string(),
        }
    }
}

impl Reading {
    /// The canonical line.
    pub fn line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
