//! What must hold before a certificate may be issued; every refusal says what to change.
//!
//! An instrument that is overdue is never a reason to refuse: verifying it is how it stops being overdue.

mod laboratory;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use heng_rule::Citation;
pub use heng_rule::Refusal;
use heng_statement::authority::{Authority, Failure, Subject};
use heng_statement::{
    Body, Certificate, CertificateKind, HashedCertificate, Role, SignedStatement, StandardUsed, StatementHash,
};
use heng_view::Standing;
use jiff::civil::Date;

use crate::certification::xml_sha256;
use crate::thing::thing_id;

/// What is known of the certificate of a standard.
#[derive(Clone, Debug)]
pub struct StandardCertificate {
    /// Its content, shared with whoever else rests on it.
    pub certificate: Arc<Certificate>,
    /// Whether it still stands on the day asked about.
    pub standing: Standing,
}

/// The certificate behind a statement, if there is one.
pub type StandardCertificates<'a> = &'a dyn Fn(&StatementHash) -> Option<StandardCertificate>;

/// A certificate that is to be issued, with what it rests on.
#[derive(Clone, Copy)]
pub struct Issue<'a> {
    /// What the statements prove about keys and authorizations.
    pub authority: &'a Authority,
    /// The record, signed by the verifier.
    pub record: &'a SignedStatement,
    /// The review, signed by the reviewer.
    pub review: &'a SignedStatement,
    /// The certificate.
    pub certificate: &'a HashedCertificate<'a>,
    /// The party of the laboratory.
    pub laboratory: &'a str,
    /// Finds the certificate of a standard.
    pub standards: StandardCertificates<'a>,
}

/// Why a certificate may not be issued; empty if it may.
pub fn refusals(issue: Issue<'_>) -> Vec<Refusal> {
    let Issue { authority, record, review, certificate: hashed, laboratory, standards } = issue;
    let certificate = hashed.certificate();
    let mut refusals = self_review(record, review);
    refusals.extend(authorship(authority, record, "record"));
    refusals.extend(authorship(authority, review, "review"));
    let subject = Subject::rule(&certificate.rule.id);
    let day = certificate.performed_on;
    let verifier =
        Entitlement { code: "verifier-not-authorized", party: &record.statement.issuer, role: Role::Measure };
    let reviewer = Entitlement { code: "reviewer-not-authorized", party: &review.statement.issuer, role: Role::Review };
    let certifier = Entitlement { code: "laboratory-may-not-certify", party: laboratory, role: Role::Certify };
    refusals.extend(verifier.refusal(authority, &subject, day));
    refusals.extend(reviewer.refusal(authority, &subject, review.statement.legal_day()));
    refusals.extend(certifier.refusal(authority, &subject, certificate.issued_on));
    let (measured_by, reviewed_by) = (&record.statement.issuer, &review.statement.issuer);
    for (person, role, on) in
        [(measured_by, Role::Measure, day), (reviewed_by, Role::Review, review.statement.legal_day())]
    {
        refusals.extend(of_other_laboratory(authority, person, role, &subject, laboratory, on));
    }
    refusals.extend(laboratory::of_standing(authority, certificate, laboratory));
    let acts = [
        (laboratory, Role::Certify, certificate.issued_on),
        (measured_by.as_str(), Role::Measure, day),
        (reviewed_by.as_str(), Role::Review, review.statement.legal_day()),
    ];
    refusals.extend(laboratory::outside_scope(authority, certificate, &acts));
    refusals.extend(content(record, review, hashed));
    refusals.extend(certificate.standards.iter().flat_map(|used| standard(used, day, standards)));
    refusals
}

/// Before anyone signs: what already forbids a certificate with these persons and standards.
pub fn refusals_beforehand(
    authority: &Authority,
    certificate: &Certificate,
    persons: (&str, &str),
    laboratory: &str,
    standards: StandardCertificates<'_>,
) -> Vec<Refusal> {
    let (verifier, reviewer) = persons;
    let subject = Subject::rule(&certificate.rule.id);
    let (measured, issued) = (certificate.performed_on, certificate.issued_on);
    let mut refusals = Vec::new();
    if measured > issued {
        refusals.push(Refusal::new("measured-after-issue").with("day", measured).with("issued", issued));
    }
    if verifier == reviewer {
        refusals.push(by_oneself(verifier));
    }
    for (code, party, role, day) in [
        ("verifier-not-authorized", verifier, Role::Measure, measured),
        ("reviewer-not-authorized", reviewer, Role::Review, issued),
        ("laboratory-may-not-certify", laboratory, Role::Certify, issued),
    ] {
        refusals.extend(Entitlement { code, party, role }.refusal(authority, &subject, day));
    }
    for (person, role, on) in [(verifier, Role::Measure, measured), (reviewer, Role::Review, issued)] {
        refusals.extend(of_other_laboratory(authority, person, role, &subject, laboratory, on));
    }
    refusals.extend(laboratory::of_standing(authority, certificate, laboratory));
    let acts =
        [(laboratory, Role::Certify, issued), (verifier, Role::Measure, measured), (reviewer, Role::Review, issued)];
    refusals.extend(laboratory::outside_scope(authority, certificate, &acts));
    refusals.extend(certificate.standards.iter().flat_map(|used| standard(used, measured, standards)));
    refusals
}

struct Entitlement<'a> {
    code: &'static str,
    party: &'a str,
    role: Role,
}

impl Entitlement<'_> {
    fn refusal(&self, authority: &Authority, subject: &Subject, day: Date) -> Option<Refusal> {
        let failure = authority.permission(self.party, self.role, subject, day).err()?;
        let rule = subject.rule.as_deref().unwrap_or_default();
        Some(under(with_failure(Refusal::new(self.code), &failure).with("rule", rule), "authorized-persons"))
    }
}

/// A laboratory answers for its own people: an authorization by another laboratory does not count, one by an anchor does.
fn of_other_laboratory(
    authority: &Authority,
    person: &str,
    role: Role,
    subject: &Subject,
    laboratory: &str,
    day: Date,
) -> Option<Refusal> {
    let other = authority.other_granter((person, role), subject, laboratory, day)?;
    let refusal = Refusal::new("person-of-other-laboratory").with("party", person).with("laboratory", laboratory);
    Some(under(refusal.with("other", other), "authorized-persons"))
}

fn with_failure(refusal: Refusal, failure: &Failure) -> Refusal {
    refusal.with("party", &failure.party).with("day", failure.day).with("reason", failure.reason.code())
}

fn by_oneself(person: &str) -> Refusal {
    under(Refusal::new("self-review").with("party", person), "authorized-persons")
}

fn self_review(record: &SignedStatement, review: &SignedStatement) -> Vec<Refusal> {
    let named = match &record.statement.body {
        Body::Meas(record) => Some(&record.verifier),
        _ => None,
    };
    let reviewer = &review.statement.issuer;
    let same = *reviewer == record.statement.issuer || named == Some(reviewer) || review.key_id == record.key_id;
    if same { vec![by_oneself(reviewer)] } else { Vec::new() }
}

fn authorship(authority: &Authority, signed: &SignedStatement, what: &str) -> Option<Refusal> {
    let failure = authority.speaker(signed).err()?;
    Some(with_failure(Refusal::new("not-signed-by-its-person"), &failure).with("what", what))
}

/// The record must be the one that was measured and reviewed, and the review must be of this content.
fn content(record: &SignedStatement, review: &SignedStatement, hashed: &HashedCertificate<'_>) -> Vec<Refusal> {
    let certificate = hashed.certificate();
    let mut refusals = Vec::new();
    let number = &certificate.number;
    let matches_record = match &record.statement.body {
        Body::Meas(measured) => {
            thing_id(&measured.instrument) == thing_id(&certificate.instrument)
                && measured.performed_on == certificate.performed_on
                && measured.occasion == certificate.occasion
                && record.statement.under.as_ref() == Some(&certificate.rule)
                && names(certificate, "verifier", &record.statement.issuer)
                && names(certificate, "reviewer", &review.statement.issuer)
        }
        _ => false,
    };
    if !matches_record {
        refusals.push(Refusal::new("record-of-other-certificate").with("number", number));
    }
    match &review.statement.body {
        Body::Assess(assessment) if !assessment.approved => {
            refusals.push(Refusal::new("not-approved").with("number", number).with("party", &review.statement.issuer));
        }
        Body::Assess(assessment)
            if assessment.number == *number
                && hashed.content_sha256() == assessment.content_sha256
                && review.statement.cites.contains(&record.hash()) => {}
        _ => refusals.push(Refusal::new("review-of-other-content").with("number", number)),
    }
    refusals
}

fn names(certificate: &Certificate, function: &str, person: &str) -> bool {
    certificate.signatories.iter().any(|signatory| signatory.function == function && signatory.id == person)
}

/// Why this standard may not be used on the day; empty if it may.
pub fn standard(used: &StandardUsed, day: Date, certificates: StandardCertificates<'_>) -> Vec<Refusal> {
    let refusal = |code| {
        let refusal =
            Refusal::new(code).with("standard", &used.id).with("number", &used.certificate_number).with("day", day);
        let is_of_day = ["standard-overdue", "standard-not-yet-certified"].contains(&code);
        under(refusal, if is_of_day { "valid-standards" } else { "examined-standards" })
    };
    let Some(StandardCertificate { certificate, standing }) = certificates(&used.certificate_statement) else {
        return vec![refusal("standard-certificate-missing")];
    };
    let mut refusals = Vec::new();
    let described = thing_id(&certificate.instrument) == used.id
        && certificate.number == used.certificate_number
        && certificate.valid_through.is_none_or(|last| used.valid_through <= last)
        && xml_sha256(&certificate) == Some(used.certificate_xml_sha256.as_str());
    if !described {
        refusals.push(refusal("standard-certificate-of-other"));
    }
    if certificate.kind == CertificateKind::RejectionNotice {
        refusals.push(refusal("standard-does-not-conform"));
    }
    if day < certificate.performed_on {
        refusals.push(refusal("standard-not-yet-certified").with("from", certificate.performed_on));
    }
    let last = certificate.valid_through.map_or(used.valid_through, |last| last.min(used.valid_through));
    if last < day {
        refusals.push(refusal("standard-overdue").with("through", last));
    }
    match standing {
        // A correction says from which day on its certificate is not to be relied on.
        Standing::Superseded { from, .. } if from <= day => {
            refusals.push(refusal("standard-certificate-superseded").with("from", from))
        }
        Standing::Withdrawn { from, .. } if from <= day => {
            refusals.push(refusal("standard-certificate-withdrawn").with("from", from))
        }
        Standing::InForce | Standing::Superseded { .. } | Standing::Withdrawn { .. } => {}
    }
    refusals
}

/// The clauses, by name; a test reads the file.
static CLAUSES: LazyLock<BTreeMap<String, Citation>> =
    LazyLock::new(|| toml::from_str(include_str!("../data/gates.toml")).unwrap_or_default());

/// What forbids working with a standard whose certificate does not speak of the day.
pub fn valid_standards() -> Option<&'static Citation> {
    CLAUSES.get("valid-standards")
}

/// A rule refuses what its norm forbids; that a standard must be valid is said elsewhere, so the clause is added here.
pub fn cited(refusals: Vec<Refusal>) -> Vec<Refusal> {
    let is_of_day = |refusal: &Refusal| {
        refusal.citation.is_none() && ["standard-lapsed", "standard-not-yet-valid"].contains(&refusal.code.as_str())
    };
    let with_clause = |refusal: Refusal| match is_of_day(&refusal) {
        true => under(refusal, "valid-standards"),
        false => refusal,
    };
    refusals.into_iter().map(with_clause).collect()
}

fn under(refusal: Refusal, clause: &str) -> Refusal {
    match CLAUSES.get(clause) {
        Some(citation) => refusal.under(citation.clone()),
        None => refusal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clause_that_a_gate_names_is_in_the_file_and_says_where_it_stands() {
        let named = [
            "valid-standards",
            "examined-standards",
            "authorized-persons",
            "authorized-scope",
            "verification-by-institutions",
            "own-instruments",
        ];
        assert_eq!(CLAUSES.len(), named.len());
        for name in named {
            let says_where = |citation: &Citation| !citation.norm.is_empty() && citation.source.is_some();
            assert!(CLAUSES.get(name).is_some_and(says_where), "{name}");
        }
    }
}
