//! From a record to a certificate: what the verifier, the reviewer and the laboratory each say.

use heng_quantity::Reported;
use heng_rule::{
    Instrument, ItemResult, Named, Occasion, Organisation, Outcome, Record, RuleReference, Verdict, Words,
};
use heng_statement::{
    Body, Certificate, CertificateKind, Dissemination, HashedCertificate, Review, Signatory, SignedStatement,
    StandardUsed, Statement, StatementHash,
};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::thing::thing_id;

/// A person who takes part, as a certificate names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The party.
    pub id: String,
    /// The name.
    pub name: Words,
}

/// Everything a certificate is made of.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// The certificate number.
    pub number: String,
    /// The record as the verifier signed it.
    pub record: &'a Record,
    /// The rule that was applied.
    pub rule: RuleReference,
    /// What the rule made of the environment.
    pub environment: Vec<Named>,
    /// What the rule made of the observations.
    pub results: Vec<ItemResult>,
    /// The rule's verdict, where it gives one.
    pub verdict: Option<Verdict>,
    /// The last day of validity that the rule gives.
    pub valid_through: Option<Date>,
    /// Who certifies.
    pub laboratory: Organisation,
    /// The laboratory's authorization number, where it has one.
    pub authorization_number: Option<String>,
    /// The day of issue.
    pub issued_on: Date,
    /// The standards that were used, with the certificates they were valid by.
    pub standards: Vec<StandardUsed>,
    /// Who measured.
    pub verifier: Person,
    /// Who reviews.
    pub reviewer: Person,
    /// Where anyone can check the certificate.
    pub check_address: String,
    /// What the instrument can be used for as a standard.
    pub disseminates: Vec<Dissemination>,
}

/// What the verifier says: these values were observed.
pub fn measurement(record: Record, issuer: &str, made_at: Timestamp, rule: &RuleReference) -> Statement {
    Statement::of(issuer, vec![thing_id(&record.instrument)], made_at, Body::Meas(Box::new(record))).under(rule.clone())
}

/// Which of the three kinds a result deserves. Only a verdict of conformity makes a verification certificate: what could not be decided is
/// notified like what does not conform.
pub fn kind(occasion: Occasion, verdict: Option<&Verdict>) -> CertificateKind {
    match (occasion, verdict.map(|verdict| verdict.outcome)) {
        (Occasion::Calibration, _) | (_, None) => CertificateKind::Calibration,
        (_, Some(Outcome::Conforms)) => CertificateKind::Verification,
        (_, Some(Outcome::DoesNotConform | Outcome::NotDecidable)) => CertificateKind::RejectionNotice,
    }
}

/// The content of the certificate, not yet rendered.
///
/// The instrument is named by its identifier even where the record left it out, so that later records and complaints meet the same thing. A
/// rejection notice has no validity, whatever interval the rule has.
pub fn certificate(draft: Draft<'_>) -> Certificate {
    let record = draft.record;
    let kind = kind(record.occasion, draft.verdict.as_ref());
    let instrument = Instrument { id: Some(thing_id(&record.instrument)), ..record.instrument.clone() };
    let rejected = kind == CertificateKind::RejectionNotice;
    Certificate {
        number: draft.number,
        kind,
        occasion: record.occasion,
        laboratory: draft.laboratory,
        authorization_number: draft.authorization_number,
        client: record.client.clone(),
        instrument,
        rule: draft.rule,
        performed_on: record.performed_on,
        issued_on: draft.issued_on,
        valid_through: draft.valid_through.filter(|_| !rejected),
        place: record.place.clone(),
        environment: draft.environment,
        standards: draft.standards,
        results: draft.results,
        verdict: draft.verdict,
        signatories: vec![signatory(draft.verifier, "verifier"), signatory(draft.reviewer, "reviewer")],
        remark: record.remark.clone(),
        check_address: draft.check_address,
        synthetic: record.synthetic,
        disseminates: if rejected { Vec::new() } else { draft.disseminates },
        documents: Vec::new(),
    }
}

fn signatory(person: Person, function: &str) -> Signatory {
    Signatory { id: person.id, name: person.name, function: function.to_owned() }
}

/// What the reviewer says: exactly this content may be issued.
pub fn review(
    hashed: &HashedCertificate<'_>,
    reviewer: &str,
    made_at: Timestamp,
    measurement: StatementHash,
) -> Statement {
    let certificate = hashed.certificate();
    let review = Review {
        number: certificate.number.clone(),
        content_sha256: hashed.content_sha256().to_owned(),
        approved: true,
        reason: None,
    };
    Statement::of(reviewer, vec![thing_id(&certificate.instrument)], made_at, Body::Assess(review))
        .citing(vec![measurement])
        .under(certificate.rule.clone())
}

/// What the reviewer says: this goes back to who measured, because of that.
pub fn return_to_verifier(record: &SignedStatement, reviewer: &str, reason: &str, made_at: Timestamp) -> Statement {
    let review = Review {
        number: String::new(),
        content_sha256: String::new(),
        approved: false,
        reason: Some(reason.to_owned()),
    };
    let Statement { about, under, .. } = &record.statement;
    let said = Statement::of(reviewer, about.clone(), made_at, Body::Assess(review)).citing(vec![record.hash()]);
    Statement { under: under.clone(), ..said }
}

/// What a certificate rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grounds {
    /// The record.
    pub measurement: StatementHash,
    /// The review.
    pub review: StatementHash,
    /// The publication of the rule, where the log has one.
    pub rule: Option<StatementHash>,
    /// Authorizations and keys, as the authority explained them.
    pub entitlements: Vec<StatementHash>,
}

/// What the laboratory says: result and verdict, resting on the record, the review, the rule, the certificates of the standards and the
/// authorizations, each cited once.
pub fn issue(certificate: Certificate, laboratory: &str, made_at: Timestamp, grounds: Grounds) -> Statement {
    let standards = certificate.standards.iter().map(|standard| standard.certificate_statement.clone());
    let mut cites: Vec<StatementHash> = Vec::new();
    for hash in [grounds.measurement, grounds.review]
        .into_iter()
        .chain(grounds.rule)
        .chain(standards)
        .chain(grounds.entitlements)
    {
        if !cites.contains(&hash) {
            cites.push(hash);
        }
    }
    let (about, rule) = (vec![thing_id(&certificate.instrument)], certificate.rule.clone());
    Statement::of(laboratory, about, made_at, Body::Cert(Box::new(certificate))).citing(cites).under(rule)
}

/// How a user of the certified instrument names it as a standard.
pub fn standard_used(
    certificate: &Certificate,
    statement: &StatementHash,
    range: Words,
    accuracy: Words,
    valid_through: Date,
) -> StandardUsed {
    let quantity = certificate.disseminates.first().map(|passed_on| passed_on.quantity.clone()).unwrap_or_default();
    StandardUsed {
        id: thing_id(&certificate.instrument),
        name: certificate.instrument.name.clone(),
        model: certificate.instrument.model.clone(),
        serial: certificate.instrument.serial.clone(),
        quantity,
        range,
        accuracy,
        certificate_number: certificate.number.clone(),
        certificate_statement: statement.clone(),
        certificate_xml_sha256: xml_sha256(certificate).unwrap_or_default().to_owned(),
        valid_through,
    }
}

/// The hash of the certificate's XML, once it is rendered.
pub fn xml_sha256(certificate: &Certificate) -> Option<&str> {
    certificate
        .documents
        .iter()
        .find(|document| document.name.ends_with(".xml") || document.media_type.ends_with("xml"))
        .map(|document| document.sha256.as_str())
}

/// What a calibrated value passes on: one value, with its own expanded uncertainty.
pub fn dissemination(quantity: &str, value: Reported, expanded_uncertainty: Reported) -> Dissemination {
    Dissemination {
        quantity: quantity.to_owned(),
        from: value.clone(),
        to: value,
        expanded_uncertainty,
        value: None,
        degrees_of_freedom: None,
        result: None,
    }
}
