//! Named checks, each passed, failed or not possible, and why.

use std::collections::BTreeMap;

use heng_quantity::Finding;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was checked and holds.
    Passed,
    /// It was checked and does not hold.
    Failed,
    /// What it needs is missing, or rests on a check that failed.
    NotPossible,
}

/// Why a check came out so: a code, and the facts that a sentence about it needs (message `check-CODE`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// A stable name in kebab case.
    pub code: String,
    /// The facts.
    pub data: BTreeMap<String, String>,
}

impl Reason {
    /// A reason without facts.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), data: BTreeMap::new() }
    }

    /// The same reason with one more fact.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.data.insert(name.to_owned(), value.to_string());
        self
    }
}

/// One named check.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Check {
    /// One of [`NAMES`], or of [`charging::NAMES`](crate::charging::NAMES).
    pub name: &'static str,
    /// The certificate or the file it is about.
    pub subject: String,
    /// How it came out.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
}

impl<'de> Deserialize<'de> for Check {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Named {
            name: String,
            subject: String,
            outcome: Outcome,
            reason: Reason,
        }
        let Named { name, subject, outcome, reason } = Named::deserialize(deserializer)?;
        let name = NAMES.iter().find(|known| **known == name);
        let name = name.ok_or_else(|| D::Error::custom("there is no check of this name"))?;
        Ok(Self { name, subject, outcome, reason })
    }
}

/// Every name a check can have, in the order in which a reader meets them. Those from `signature` on are made for each certificate of the chain; the
/// three after those for a comparison round, which has no chain; the one after them for a reading of a meter, the last three for the report of a plan.
pub const NAMES: [&str; 27] = [
    "bundle",
    "document",
    "renderings",
    "checkpoint",
    "witnesses",
    "inclusion",
    "receipt",
    "chain",
    "signature",
    "key",
    "authorization",
    "review",
    "standing",
    "record",
    "rule",
    "limits",
    "uncertainty",
    "chain-validity",
    "chain-range",
    "chain-uncertainty",
    "sealed-before-opening",
    "opened-as-sealed",
    "report-recomputed",
    "reading",
    "plan-as-published",
    "evidence-before-report",
    "figures-recomputed",
];

/// The answer in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// 可信: every check passed.
    Trusted,
    /// 存疑: at least one check failed.
    Doubtful,
    /// 无法核验: evidence is missing.
    CannotCheck,
}

/// What a check of one certificate gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The certificate's number, where one could be read.
    pub number: Option<String>,
    /// Last day of validity, where the certificate states one.
    pub valid_through: Option<Date>,
    /// The instant up to which withdrawals are known.
    pub as_of: Option<Timestamp>,
    /// Whether the certificate says it is made up.
    pub synthetic: bool,
    /// The checks.
    pub checks: Vec<Check>,
    /// What the readers found in the files.
    pub findings: Vec<Finding>,
}

impl Report {
    /// A report with nothing in it yet.
    pub fn empty() -> Self {
        Self {
            number: None,
            valid_through: None,
            as_of: None,
            synthetic: false,
            checks: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// The answer in one word. No check at all is no trust at all.
    pub fn answer(&self) -> Answer {
        answer(&self.checks)
    }
}

/// The answer in one word that several checks give together.
pub(crate) fn answer(checks: &[Check]) -> Answer {
    if checks.iter().any(|check| check.outcome == Outcome::Failed) {
        Answer::Doubtful
    } else if checks.is_empty() || checks.iter().any(|check| check.outcome == Outcome::NotPossible) {
        Answer::CannotCheck
    } else {
        Answer::Trusted
    }
}
