//! A comparison round, step by step: announced, sealed blind, opened, reported, followed up.
//!
//! A laboratory seals its result before it sees any other: what comes into the log is the salted hash of the result, which tells nothing and
//! fits nothing else. After the opening anyone computes the hash again. The hash is also of the round and of the laboratory, so that a seal
//! copied from another laboratory opens nothing.

use heng_quantity::{Decimal, Reported, Unit};
use heng_rule::Words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::StatementHash;
use crate::canonical::{CanonicalError, canonical_bytes};

/// What the sealed bytes begin with.
const SEALED: &str = "heng-sealed-result/1";

/// One step of a comparison round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
#[expect(clippy::large_enum_variant, reason = "a body holds it in a box, whichever step it is")]
pub enum RoundStep {
    /// There will be a round, under this protocol.
    Announcement(Announcement),
    /// This is the hash of my result.
    Seal(Seal),
    /// This is the result that I sealed.
    Opening(Opening),
    /// This is what the opened results say together.
    Report(RoundReport),
    /// My result is unsatisfactory, and this is what I do about it.
    CorrectiveAction(CorrectiveAction),
    /// The corrective action is accepted, or not.
    Closing(Closing),
}

impl RoundStep {
    /// The name of each step, in their order.
    pub const NAMES: [&str; 6] = ["announcement", "seal", "opening", "report", "corrective-action", "closing"];

    /// Its name in statements and in the locale files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Announcement(_) => "announcement",
            Self::Seal(_) => "seal",
            Self::Opening(_) => "opening",
            Self::Report(_) => "report",
            Self::CorrectiveAction(_) => "corrective-action",
            Self::Closing(_) => "closing",
        }
    }

    /// The announcement of the round that a later step belongs to; nothing for an announcement itself.
    pub fn round(&self) -> Option<&StatementHash> {
        match self {
            Self::Announcement(_) => None,
            Self::Seal(step) => Some(&step.round),
            Self::Opening(step) => Some(&step.round),
            Self::Report(step) => Some(&step.round),
            Self::CorrectiveAction(step) => Some(&step.round),
            Self::Closing(step) => Some(&step.round),
        }
    }
}

/// A round with its protocol. Its issuer coordinates it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Announcement {
    /// What people call it, for example `JB-2026-03`.
    pub number: String,
    /// Its title.
    pub title: Words,
    /// The laboratory that computes and reports (主导实验室).
    pub pilot: String,
    /// What is measured.
    pub quantity: Words,
    /// The unit of the report. Results may be in any that converts to it.
    pub unit: Unit,
    /// What is measured by everyone, one or two things.
    pub items: Vec<ComparisonItem>,
    /// The laboratories that take part, the pilot too if it does.
    pub participants: Vec<Participant>,
    /// How results are judged.
    pub protocol: Protocol,
    /// The last day on which a result may be sealed.
    pub seal_by: Date,
    /// The last day on which it may be opened.
    pub open_by: Date,
    /// The last day for the report.
    pub report_by: Date,
    /// The last day on which a laboratory commits to a corrective action.
    pub follow_up_by: Date,
    /// What is published of who is who.
    pub names: NamesPublished,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}

impl Announcement {
    /// What a statement about the round is about.
    pub fn id(&self) -> String {
        format!("round:{}", self.number)
    }

    /// The code of a party in this round.
    pub fn code(&self, party: &str) -> Option<&str> {
        self.participants.iter().find(|one| one.party == party).map(|one| one.code.as_str())
    }

    /// The party with this code.
    pub fn party(&self, code: &str) -> Option<&str> {
        self.participants.iter().find(|one| one.code == code).map(|one| one.party.as_str())
    }
}

/// One thing that all laboratories measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComparisonItem {
    /// The thing.
    pub thing: String,
    /// Its name.
    pub name: Words,
}

/// A laboratory that takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// Who.
    pub party: String,
    /// Under which code its result is reported.
    pub code: String,
}

/// What is published of who is who.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NamesPublished {
    /// Everything.
    Names,
    /// Who takes part, and results by code; not which code is whose.
    Codes,
}

impl NamesPublished {
    /// Its name in statements and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Codes => "codes",
        }
    }
}

/// How results are judged: methods by the names of `heng-comparison/1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protocol {
    /// The text that the round follows, for example `JJF 1117-2010`.
    pub norm: String,
    /// Where the reference value comes from: an estimator, a robust method, or `pilot` for the pilot's own result.
    pub reference: String,
    /// The scores that are judged: `e_n`, `zeta`, `z`, `z_prime`, `percent_allowed`.
    pub scores: Vec<String>,
    /// σ_pt, where a score needs it and it is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_deviation: Option<Reported>,
    /// The robust method that gives σ_pt, where a score needs it and it is not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_deviation_method: Option<String>,
    /// δ_E, where a score needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_error: Option<Reported>,
    /// k of expanded uncertainties of the report.
    pub coverage_factor: Decimal,
    /// p of coverage intervals.
    pub coverage_probability: Decimal,
    /// α of the test of consistency.
    pub significance: Decimal,
}

impl Protocol {
    /// The reference that is the pilot's own result.
    pub const PILOT: &str = "pilot";
}

/// What a laboratory found, of every item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundResult {
    /// The last day of the measurements.
    pub measured_on: Date,
    /// One value of each item, with its uncertainty.
    pub values: Vec<ItemValue>,
}

/// What a laboratory found of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemValue {
    /// The thing.
    pub item: String,
    /// The value with its uncertainty.
    pub value: Reported,
    /// ν; absent where u is taken as known exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degrees_of_freedom: Option<Decimal>,
}

impl RoundResult {
    /// SHA-256 of the canonical JSON of format, laboratory, result, round and salt, in hex. The salt is 32 bytes that nobody can guess, as hex.
    pub fn sealed(&self, round: &StatementHash, laboratory: &str, salt: &str) -> Result<String, CanonicalError> {
        let bytes = canonical_bytes(&json!({
            "format": SEALED,
            "laboratory": laboratory,
            "result": serde_json::to_value(self)?,
            "round": round,
            "salt": salt,
        }))?;
        Ok(hex::encode(Sha256::digest(bytes)))
    }
}

/// The hash of a result that nobody sees yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The announcement.
    pub round: StatementHash,
    /// [`RoundResult::sealed`].
    pub sha256: String,
    /// The person who decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
}

/// A sealed result, laid open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The announcement.
    pub round: StatementHash,
    /// The seal.
    pub seal: StatementHash,
    /// What was sealed.
    pub result: RoundResult,
    /// 32 bytes in hex.
    pub salt: String,
    /// As the announcement has it: whether anyone may see the result beside the laboratory's name.
    pub names: NamesPublished,
    /// The person who decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
}

/// What the opened results say together: computed, never typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundReport {
    /// The announcement.
    pub round: StatementHash,
    /// The openings that were counted, sorted, so that their order tells nothing.
    pub openings: Vec<StatementHash>,
    /// The codes of those without a result that counts, and why.
    pub without_result: Vec<WithoutResult>,
    /// What was found of each item.
    pub items: Vec<ItemReport>,
}

/// A laboratory that is not in the results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithoutResult {
    /// Its code.
    pub code: String,
    /// Why, as the code of a finding.
    pub reason: String,
}

/// What was found of one item. Numbers named `exact` are the shortest digits that read back as the double that was computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemReport {
    /// The thing.
    pub item: String,
    /// How the reference value was found: the name of the method.
    pub method: String,
    /// The reference value with U, rounded as JCGM 100, 7.2.6 says.
    pub reference: Reported,
    /// The reference value as computed.
    pub exact_value: Decimal,
    /// u of the reference value as computed.
    pub exact_standard_uncertainty: Decimal,
    /// σ_pt, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact_standard_deviation: Option<Decimal>,
    /// The laboratories, by code.
    pub laboratories: Vec<LaboratoryReport>,
}

/// How one laboratory did with one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaboratoryReport {
    /// Its code.
    pub code: String,
    /// Its result, in the unit of the round.
    pub result: Reported,
    /// d = x − x_ref, with U(d) where it is known; the degree of equivalence.
    pub difference: Reported,
    /// The scores of the protocol.
    pub scores: Vec<ScoreReport>,
    /// Whether none of them is unsatisfactory.
    pub is_satisfactory: bool,
}

/// One score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreReport {
    /// Which.
    pub score: String,
    /// As computed.
    pub exact_value: Decimal,
    /// `satisfactory`, `questionable` or `unsatisfactory`.
    pub judgement: String,
}

/// A laboratory with an unsatisfactory result says what it does about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectiveAction {
    /// The announcement.
    pub round: StatementHash,
    /// The report.
    pub report: StatementHash,
    /// What was wrong.
    pub cause: Words,
    /// What is done.
    pub action: Words,
    /// By when.
    pub done_by: Date,
    /// The person who decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
}

/// The coordinator's answer to a corrective action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// The announcement.
    pub round: StatementHash,
    /// The corrective action.
    pub action: StatementHash,
    /// Whether it is enough.
    pub accepted: bool,
    /// What was looked at, or what is missing.
    pub reason: Words,
    /// The person who decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
}
