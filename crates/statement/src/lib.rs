//! Who says what about which thing, in bytes that can be signed.

pub mod body;
pub mod certificate;

pub use body::{Authorization, Body, Correction, KeyCertificate, Party, PartyKind, Publication, Registration, Review, Role, Scope};
pub use certificate::{Certificate, CertificateKind, Document, Signatory, StandardUsed};

use heng_rule::RuleReference;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// SHA-256 of a signed statement's COSE bytes, in lower-case hex: how statements cite each other.
pub type StatementHash = String;

/// What is signed: immutable, typed, about things, citing other statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// `heng-statement/1`.
    pub format: String,
    /// The party that says it.
    pub issuer: String,
    /// The things it is about.
    pub about: Vec<String>,
    /// When it was said, by the issuer's clock.
    pub made_at: Timestamp,
    /// The statements it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<StatementHash>,
    /// The rule it was made under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<RuleReference>,
    /// What it says.
    pub body: Body,
}
