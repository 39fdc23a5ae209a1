//! What was asked for and what waits.

use heng_rule::Occasion;
use heng_statement::StatementHash;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A request that nobody has met yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The statement.
    pub statement: StatementHash,
    /// Who asks.
    pub by: String,
    /// Who is asked.
    pub laboratory: String,
    /// The day that would suit.
    pub wanted_on: Date,
    /// What else was said.
    pub remark: Option<String>,
    /// When it was asked.
    pub made_at: Timestamp,
}

/// A record that was signed and is not certified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// The record's place in the log.
    pub index: u64,
    /// The instrument.
    pub thing: String,
    /// The rule.
    pub rule: String,
    /// The occasion.
    pub occasion: Occasion,
    /// Who measured.
    pub verifier: String,
    /// Who is to review.
    pub reviewer: String,
    /// The day of the work.
    pub performed_on: Date,
    /// When it was signed.
    pub made_at: Timestamp,
    /// Whether it was sent back.
    pub returned: Option<Returned>,
}

/// A review that sent a record back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Returned {
    /// The review.
    pub statement: StatementHash,
    /// Why.
    pub reason: String,
    /// When.
    pub made_at: Timestamp,
}
