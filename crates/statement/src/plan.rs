//! A plan of the authorities and what is said for it: the plan itself, facts that it counts, forecasts sealed before the event, and a report that is
//! frozen at a checkpoint.
//!
//! A fact names the indicator it serves only by its kind and its subject. There is no statement by which a figure could be typed: the figures of a
//! report are computed again by whoever checks it.

use std::collections::BTreeMap;

use heng_quantity::Decimal;
use heng_rule::Words;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::StatementHash;
use crate::certificate::Document;

/// A plan is in force from now on, until another version of it is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanPublication {
    /// Its identifier, the same in each of its files.
    pub plan: String,
    /// Its title.
    pub title: Words,
    /// Its files, of format `heng-plan/1`; their bytes travel beside the statement.
    pub files: Vec<Document>,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}

/// Something holds that a plan counts: a project has reached a gate, a unit was recognised, a class was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// The kind of evidence, one of those that the plan knows.
    pub kind: String,
    /// What it is about. Two attestations of one kind about one subject count once.
    pub subject: String,
    /// The subject's name.
    pub name: Words,
    /// The district it belongs to, as a code of GB/T 2260.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// The body that is responsible for it, by its name in the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// What it states in words.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, Vec<String>>,
    /// What it states in numbers, in the units of its kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub numbers: BTreeMap<String, Decimal>,
    /// The first day it holds.
    pub from: Date,
    /// The last day it holds, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Date>,
    /// The papers it rests on, by hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}

/// A forecast, or what then happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum ForecastStep {
    /// This will happen, or will not. Its place in the log shows that it was said before.
    Seal(ForecastSeal),
    /// This has happened, or has not.
    Observation(Observation),
}

impl ForecastStep {
    /// Its name in statements and in the locale files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Seal(_) => "seal",
            Self::Observation(_) => "observation",
        }
    }

    /// What it is about, and where.
    pub fn subject(&self) -> (&str, &str) {
        match self {
            Self::Seal(seal) => (&seal.product, &seal.district),
            Self::Observation(seen) => (&seen.product, &seen.district),
        }
    }

    /// The beginning and the end of the time that it is about.
    pub fn time(&self) -> (Timestamp, Timestamp) {
        match self {
            Self::Seal(seal) => (seal.begins_at, seal.ends_at),
            Self::Observation(seen) => (seen.begins_at, seen.ends_at),
        }
    }
}

/// A forecast of one event, in one district, within a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForecastSeal {
    /// What is forecast, for example `heavy-rain`.
    pub product: String,
    /// Where, as a code of GB/T 2260.
    pub district: String,
    /// Whether it is to happen.
    pub will_happen: bool,
    /// The probability, where it is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<Decimal>,
    /// How far ahead, by the name that the plan gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon: Option<String>,
    /// The beginning of the time it is about.
    pub begins_at: Timestamp,
    /// The end of that time.
    pub ends_at: Timestamp,
    /// The text that was handed out, by hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}

/// What was observed, in one district, within a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// What was looked for, for example `heavy-rain`.
    pub product: String,
    /// Where, as a code of GB/T 2260.
    pub district: String,
    /// Since when it happened; none where it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_at: Option<Timestamp>,
    /// The beginning of the time that was watched.
    pub begins_at: Timestamp,
    /// The end of that time.
    pub ends_at: Timestamp,
    /// The records of the stations, by hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}

/// How a plan stood on a day, by what the log had said at a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanReport {
    /// The plan.
    pub plan: String,
    /// The publication of the plan that was followed.
    pub published_by: StatementHash,
    /// The day.
    pub as_of: Date,
    /// The log's origin, the first line of its checkpoints.
    pub origin: String,
    /// How many statements of the log were followed.
    pub tree_size: u64,
    /// The root of the tree over them, hex.
    pub root: String,
    /// The program that computed, with its version.
    pub program: String,
    /// The figures, in the order of the plan.
    pub figures: Vec<ReportedFigure>,
    /// The statements that give the figures by themselves: a JSON list of hashes, which travels beside the statement.
    pub evidence: Document,
    /// The report as people read it, by hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// How many rows are served in which way.
    pub rows: BTreeMap<String, u32>,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}

/// A figure of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportedFigure {
    /// The indicator.
    pub indicator: String,
    /// The figure, as an exact fraction or whole number; none without evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact_value: Option<String>,
    /// What it is counted in.
    pub unit: String,
    /// How it stands.
    pub status: String,
    /// The pace that is needed from that day, a year, exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact_required_pace: Option<String>,
    /// How many statements it rests on.
    pub evidence: u32,
}
