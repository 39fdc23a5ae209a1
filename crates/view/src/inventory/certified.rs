//! A certificate, as far as lists and verdict lines ask.

use heng_rule::{Outcome, Words};
use heng_statement::body::CorrectionKind;
use heng_statement::{CertificateKind, StatementHash};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Why a certificate no longer stands: the correction by its issuer or by the anchor that reaches back furthest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// The correction.
    pub by: StatementHash,
    /// How.
    pub kind: CorrectionKind,
    /// What replaces it.
    pub replaced_by: Option<StatementHash>,
    /// From which day on.
    pub from: Date,
    /// Why.
    pub reason: Words,
}

/// A certificate of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certified {
    /// The statement.
    pub hash: StatementHash,
    /// Its place in the log.
    pub index: u64,
    /// The number.
    pub number: String,
    /// The instrument.
    pub thing: String,
    /// What it is called.
    pub name: Words,
    /// What kind of certificate.
    pub kind: CertificateKind,
    /// The rule's verdict.
    pub outcome: Option<Outcome>,
    /// Who issued it.
    pub issuer: String,
    /// For whom, where that is a party of the log.
    pub client: Option<String>,
    /// The rule.
    pub rule: String,
    /// The day of the work.
    pub performed_on: Date,
    /// The day of issue.
    pub issued_on: Date,
    /// The last day.
    pub valid_through: Option<Date>,
    /// The certificates of the standards that were used.
    pub standards: Vec<StatementHash>,
    /// Why it no longer stands.
    pub correction: Option<Corrected>,
}
