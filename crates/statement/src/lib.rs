//! Who says what about which thing, in bytes that can be signed.

pub mod authority;
pub mod body;
pub mod canonical;
pub mod certificate;
pub mod described;
pub mod ecdsa;
pub mod key;
pub mod norm;
pub mod plan;
pub mod published;
pub mod reading;
pub mod round;
pub mod service;
pub mod signed;
pub mod stream;
pub mod suite;

pub use body::{
    Authorization, Body, Correction, KeyCertificate, LegalStanding, Party, PartyKind, Place, Publication, Purpose,
    Registration, Request, Review, Role, Scope,
};
pub use certificate::{Certificate, CertificateKind, Dissemination, Document, Signatory, StandardUsed};
pub use described::{Described, MEASURING_RANGE, Told};
pub use ecdsa::{Curve, EcdsaError, EcdsaSignature, Encoding, MeterKey};
pub use key::{KeyError, KeyId, PublicKey, Signature, SigningKey, ed25519_authentic};
pub use norm::{NormStage, NormStep, Stage};
pub use plan::{Attestation, ForecastStep, PlanPublication, PlanReport};
pub use published::{Published, published, published_body};
pub use reading::Heading;
pub use round::RoundStep;
pub use signed::{HashedCertificate, SignedError, SignedStatement, sign, sign_owned};
pub use stream::StreamSegment;
pub use suite::Suite;

use heng_rule::RuleReference;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// SHA-256 of a signed statement's COSE bytes, in lower-case hex: how statements cite each other.
pub type StatementHash = String;

/// The statement format that this version writes.
pub const FORMAT: &str = "heng-statement/1";

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

impl Statement {
    /// What a party says of things, resting on no other statement and made under no rule.
    pub fn of(issuer: &str, about: Vec<String>, made_at: Timestamp, body: Body) -> Self {
        let (format, issuer) = (FORMAT.to_owned(), issuer.to_owned());
        Self { format, issuer, about, made_at, cites: Vec::new(), under: None, body }
    }

    /// The same, resting on these statements.
    #[must_use]
    pub fn citing(self, cites: Vec<StatementHash>) -> Self {
        Self { cites, ..self }
    }

    /// The same, made under a rule.
    #[must_use]
    pub fn under(self, rule: RuleReference) -> Self {
        Self { under: Some(rule), ..self }
    }

    /// The civil day on which it was said, by China Standard Time (UTC+8, no summer time), which the dates of authorizations are of.
    pub fn legal_day(&self) -> Date {
        legal_day(self.made_at)
    }
}

/// China Standard Time, the legal time of the city: eight hours ahead of UTC, all year.
pub fn legal_zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}

/// The civil day of an instant by China Standard Time.
pub fn legal_day(instant: Timestamp) -> Date {
    legal_zone().to_datetime(instant).date()
}

/// An instant as clocks show it by China Standard Time, to the second.
pub fn legal_time(instant: Timestamp) -> String {
    instant.to_zoned(legal_zone()).strftime("%Y-%m-%d %H:%M:%S UTC+8").to_string()
}
