//! The content of a certificate: the one source of every rendering.

pub use heng_rule::Dissemination;
use heng_rule::{Instrument, ItemResult, Named, Occasion, Organisation, RuleReference, Verdict, Words};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::StatementHash;

/// Three kinds that differ in legal effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateKind {
    /// 检定证书: verified and found to conform.
    Verification,
    /// 检定结果通知书: verified and found not to conform.
    RejectionNotice,
    /// 校准证书: values and uncertainties, no legal verdict.
    Calibration,
}

/// A measurement standard that was used, with the certificate it was valid by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardUsed {
    /// The thing.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// Its model.
    pub model: String,
    /// Its serial number.
    pub serial: String,
    /// What it realises, for example `mass`.
    pub quantity: String,
    /// Its range and its uncertainty, class or MPE, as people read them.
    pub range: Words,
    /// As people read it.
    pub accuracy: Words,
    /// Number of its certificate.
    pub certificate_number: String,
    /// The statement that is its certificate; absent only at the top of the chain.
    pub certificate_statement: StatementHash,
    /// SHA-256 of that certificate's XML bytes, hex: the hash-linked reference.
    pub certificate_xml_sha256: String,
    /// Last day of its certificate.
    pub valid_through: Date,
}

/// A person who answers for a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// The party.
    pub id: String,
    /// The name.
    pub name: Words,
    /// `verifier`, `reviewer` or `approver`.
    pub function: String,
}

/// A rendering that is part of the certificate: its bytes are fixed by their hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// File name, for example `NUMBER.en.pdf`.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// SHA-256 of the bytes, hex. For a PDF: of the bytes before the proof bundle was appended.
    pub sha256: String,
    /// How many bytes the hash covers.
    pub length: u64,
}

/// A verification certificate, a rejection notice or a calibration certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The certificate number.
    pub number: String,
    /// Which of the three.
    pub kind: CertificateKind,
    /// Which verification of the instrument's life.
    pub occasion: Occasion,
    /// Who certifies: identifier, name, address.
    pub laboratory: Organisation,
    /// The laboratory's authorization number, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization_number: Option<String>,
    /// Whose instrument it is.
    pub client: Organisation,
    /// The instrument.
    pub instrument: Instrument,
    /// The rule applied.
    pub rule: RuleReference,
    /// The day the work was done.
    pub performed_on: Date,
    /// The day the certificate was issued.
    pub issued_on: Date,
    /// Last day of validity (有效期至); absent for calibrations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_through: Option<Date>,
    /// Where the work was done.
    pub place: Words,
    /// Temperature, humidity …
    pub environment: Vec<Named>,
    /// The measurement standards used.
    pub standards: Vec<StandardUsed>,
    /// The results, item by item.
    pub results: Vec<ItemResult>,
    /// The verdict; absent for a calibration without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Who answers for it.
    pub signatories: Vec<Signatory>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Words>,
    /// Where anyone can check it: the QR code's address.
    pub check_address: String,
    /// Made up for a demonstration or a test; every rendering says so.
    #[serde(default)]
    pub synthetic: bool,
    /// What this certificate's instrument can itself be used for as a standard: quantity, range, smallest U.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disseminates: Vec<Dissemination>,
    /// The renderings, by hash. Empty while the renderings are being made from the content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
}
