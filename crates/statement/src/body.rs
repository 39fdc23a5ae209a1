//! The bodies of statements, by type.

use heng_quantity::{Decimal, Reported};
use heng_rule::{Record, RuleReference, Words};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::norm::NormStep;
use crate::plan::{Attestation, ForecastStep, PlanPublication, PlanReport};
use crate::service::{Alert, Fix, Inference};
use crate::{Certificate, RoundStep, StatementHash, StreamSegment};

/// What a statement says. The tag is the statement type of the design's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Body {
    /// This party exists.
    Party(Party),
    /// This key speaks for that party.
    Key(KeyCertificate),
    /// This party may do that, until then.
    Auth(Authorization),
    /// This thing exists.
    Reg(Box<Registration>),
    /// Please verify or calibrate this thing.
    Req(Request),
    /// These values were observed.
    Meas(Box<Record>),
    /// A second person has reviewed a draft certificate.
    Assess(Review),
    /// Result and verdict.
    Cert(Box<Certificate>),
    /// A step of a comparison round.
    Comp(Box<RoundStep>),
    /// What readings said of the instruments of a network.
    Infer(Box<Inference>),
    /// This instrument should be looked at.
    Alert(Box<Alert>),
    /// This was done about it.
    Fix(Box<Fix>),
    /// A segment of a stream of readings is sealed.
    Stream(StreamSegment),
    /// A rule or another text is published.
    Norm(Publication),
    /// A step in the life of a norm.
    Life(Box<NormStep>),
    /// A plan of the authorities is in force.
    Plan(PlanPublication),
    /// Something holds that a plan counts.
    Attest(Box<Attestation>),
    /// A forecast, or what then happened.
    Fcst(ForecastStep),
    /// How a plan stood.
    Report(Box<PlanReport>),
    /// An earlier statement is superseded or withdrawn.
    Correct(Correction),
    /// What the log says of the standing of certificates at a checkpoint. It travels in bundles and is not itself in the log.
    Publish(StandingReport),
}

/// What kind of party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    /// A metrology authority (计量行政部门).
    Authority,
    /// The national metrology institute.
    NationalInstitute,
    /// A metrology laboratory (计量技术机构).
    Laboratory,
    /// An enterprise or another organisation.
    Organisation,
    /// A natural person.
    Person,
    /// A transparency log.
    Log,
    /// A machine with a key.
    Machine,
}

/// A person, an organisation or a machine with a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its identifier, for example `party:tj:lab-01`.
    pub id: String,
    /// Its kind.
    pub kind: PartyKind,
    /// Its name.
    pub name: Words,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Words>,
    /// The organisation that a person belongs to, or the enterprise whose instruments an internal laboratory serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The district it works in, as a code of GB/T 2260.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// By what right a laboratory works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<LegalStanding>,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}

/// By what right a laboratory works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LegalStanding {
    /// Set up by the metrology authority (依法设置的计量检定机构).
    Statutory,
    /// Authorized by the metrology authority for named work (授权的计量检定机构).
    Authorized,
    /// A calibration body that works by contract (校准机构).
    Commercial,
    /// The metrology department of an enterprise, for its own instruments (企业内部计量机构).
    Internal,
}

impl LegalStanding {
    /// Its name in statements and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Statutory => "statutory",
            Self::Authorized => "authorized",
            Self::Commercial => "commercial",
            Self::Internal => "internal",
        }
    }
}

/// This key speaks for that party between two days. A laboratory's key is introduced by the authority's, a person's by the laboratory's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyCertificate {
    /// The party the key speaks for.
    pub party: String,
    /// `ed25519`, `es256` or `sm2`.
    pub suite: String,
    /// The public key as SubjectPublicKeyInfo DER, base64 (standard, padded).
    pub public_key: String,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_through: Date,
}

/// What an authorization lets a party do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Introduce keys and authorize within the own scope.
    Introduce,
    /// Measure and sign the record (检定员, 校准员).
    Measure,
    /// Review (核验员).
    Review,
    /// Issue certificates as a laboratory.
    Certify,
    /// Hold measurement standards.
    KeepStandards,
    /// Publish rules.
    Publish,
    /// Supervise the instruments of a district (计量监督).
    Supervise,
    /// Announce comparison rounds and close what follows from them (组织计量比对).
    Coordinate,
    /// State facts that a plan counts, in its own field.
    Attest,
}

/// What an authorization covers: one line of the annex of a laboratory's authorization (授权项目、测量范围、准确度等级或测量不确定度), a whole rule,
/// or one district. Lines of one rule are read together: every point must be within one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The rule, for example `jjg-539-2016`; absent for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The kind of quantity, for example `mass`; absent for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// What people call it (授权项目), for example 数字指示秤.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    /// The kind of instrument, for example `digital-indicating-scale`; absent for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// From this value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Reported>,
    /// To this value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Reported>,
    /// The classes of instruments that may be verified (准确度等级), as the rule names them; empty for any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// The smallest expanded uncertainty that may be claimed, absolute or relative to the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_uncertainty: Option<Reported>,
    /// k of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage_factor: Option<Decimal>,
    /// The district, as a code of GB/T 2260; absent for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
}

/// This party may do that within this scope between two days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorization {
    /// Who.
    pub party: String,
    /// What.
    pub roles: Vec<Role>,
    /// Of what; empty means whatever the roles say, without limit.
    #[serde(default)]
    pub scope: Vec<Scope>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_through: Date,
    /// The number of the paper it stands on (授权证书号, 注册计量师注册证号).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

/// This thing exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// Its identifier, for example `thing:standard:tj-f1-0007`.
    pub id: String,
    /// What kind of thing, for example `measurement-standard`.
    pub kind: String,
    /// Its name.
    pub name: Words,
    /// Who keeps it.
    pub keeper: String,
    /// What there is to say of it.
    #[serde(default)]
    pub instrument: Option<heng_rule::Instrument>,
    /// Where it is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What it is used for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}

impl Registration {
    /// The kind of what measures for use.
    pub const INSTRUMENT: &str = "instrument";

    /// The kind of a transformer district (台区): what is measured at its head and at its users.
    pub const NETWORK: &str = "network";

    /// The kind of what measures the instruments.
    pub const MEASUREMENT_STANDARD: &str = "measurement-standard";

    /// Whether it is a measurement standard.
    pub fn is_measurement_standard(&self) -> bool {
        self.kind == Self::MEASUREMENT_STANDARD
    }
}

/// Where a thing is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The district, as a code of GB/T 2260, for example `120101`.
    pub district: String,
    /// The address.
    pub address: Words,
}

/// What an instrument is used for: the second of the two tests that make verification mandatory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Trade settlement (贸易结算).
    Trade,
    /// Safety protection (安全防护).
    Safety,
    /// Medical and health care (医疗卫生).
    Health,
    /// Environmental monitoring (环境监测).
    Environment,
    /// Anything else, for example process control (其他).
    Other,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Trade, Self::Safety, Self::Health, Self::Environment, Self::Other];

    /// Its name in statements and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Trade => "trade",
            Self::Safety => "safety",
            Self::Health => "health",
            Self::Environment => "environment",
            Self::Other => "other",
        }
    }
}

/// The owner asks a laboratory to verify or calibrate a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The thing.
    pub thing: String,
    /// Who is asked.
    pub laboratory: String,
    /// The day that would suit.
    pub wanted_on: Date,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// A second person's review of a draft certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The certificate number.
    pub number: String,
    /// SHA-256 of the canonical JSON of the certificate's content that was reviewed (`Certificate::content_hash`), hex.
    pub content_sha256: String,
    /// Whether it may be issued.
    pub approved: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A rule file or another text is published; its bytes travel beside the statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// The rule, with the hash of its bytes.
    pub rule: RuleReference,
}

/// How a correction changes what it corrects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionKind {
    /// Replaced by another statement.
    Superseded,
    /// Withdrawn without replacement.
    Withdrawn,
}

/// An earlier statement no longer stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The statement that no longer stands.
    pub statement: StatementHash,
    /// How.
    pub kind: CorrectionKind,
    /// Its replacement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<StatementHash>,
    /// Why.
    pub reason: Words,
    /// From which day on it should not be relied on.
    pub from: Date,
    /// The person who decided it, where the issuer is an organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
}

/// Which certificates were corrected by the time of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingReport {
    /// The log's origin, the first line of its checkpoints.
    pub origin: String,
    /// The size of the tree.
    pub tree_size: u64,
    /// The root of the tree, hex.
    pub root: String,
    /// The certificates asked about.
    pub certificates: Vec<CertificateStanding>,
}

/// Whether one certificate was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateStanding {
    /// The certificate.
    pub statement: StatementHash,
    /// The first correction of it by someone entitled; absent if it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_by: Option<StatementHash>,
}
