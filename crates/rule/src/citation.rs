//! Where a figure comes from and how sure we are of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One text in both languages. Names and titles are data; sentences live in the locale files.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// How a figure was come by. Whatever is not `Read` is shown with its badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// General knowledge; no source was read.
    Unverified,
    /// Read in a secondary or commercial page.
    Secondary,
    /// The source text was read.
    Read,
}

/// The clause a figure rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The norm, for example `JJG 539-2016`.
    pub norm: String,
    /// The clause or table, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// What was actually read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure we are.
    pub confidence: Confidence,
}

/// The exact rule that was applied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleReference {
    /// For example `jjg-539-2016`.
    pub id: String,
    /// Counted from 1; a published version is never edited.
    pub version: u32,
    /// SHA-256 of the rule file's bytes, in hex.
    pub sha256: String,
    /// The norm's number, for example `JJG 539-2016`.
    pub norm: String,
    /// The norm's title.
    pub title: Words,
    /// In force from, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_from: Option<Date>,
}
