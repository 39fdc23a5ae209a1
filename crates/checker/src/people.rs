//! Who signed, with whose key, by what authorization, and who reviewed.

use heng_statement::authority::{Failure, Reason as Ground, Subject};
use heng_statement::{Body, Certificate, Role, SignedStatement};

use crate::case::Case;
use crate::report::{Check, Outcome, Reason};

/// The statements that make one certificate.
pub(crate) struct Acts<'a> {
    /// The certificate's own statement.
    pub issue: &'a SignedStatement,
    /// Its content.
    pub certificate: &'a Certificate,
    /// The record that the verifier signed.
    pub measurement: Option<&'a SignedStatement>,
    /// The review that the second person signed.
    pub review: Option<&'a SignedStatement>,
}

impl<'a> Acts<'a> {
    /// The acts behind a certificate, as far as the bundle holds them.
    pub fn of(case: &'a Case<'_>, issue: &'a SignedStatement, certificate: &'a Certificate) -> Self {
        let measurement = case.dossier.cited(issue).find(|signed| matches!(signed.statement.body, Body::Meas(_)));
        let review = case.dossier.cited(issue).find(|signed| matches!(signed.statement.body, Body::Assess(_)));
        Self { issue, certificate, measurement, review }
    }

    fn signed(&self) -> impl Iterator<Item = &'a SignedStatement> {
        [Some(self.issue), self.measurement, self.review].into_iter().flatten()
    }
}

/// The checks `signature`, `key`, `authorization` and `review` of one certificate.
pub(crate) fn checks(case: &Case<'_>, acts: &Acts<'_>) -> Vec<Check> {
    let subject = &acts.certificate.number;
    let check = |name, (outcome, reason)| Check { name, subject: subject.clone(), outcome, reason };
    if case.policy.is_none() {
        let untrusted = || (Outcome::NotPossible, Reason::new("no-policy"));
        return ["signature", "key", "authorization", "review"].map(|name| check(name, untrusted())).into();
    }
    let signature = signature(case, acts);
    let (key, authorization, review) = if signature.0 == Outcome::Passed {
        let key = key(case, acts);
        let rests = key.0 == Outcome::Passed;
        let on = |answer: (Outcome, Reason)| if rests { answer } else { resting_on("key") };
        (key, on(authorization(case, acts)), on(review(case, acts)))
    } else {
        (resting_on("signature"), resting_on("signature"), resting_on("signature"))
    };
    vec![
        check("signature", signature),
        check("key", key),
        check("authorization", authorization),
        check("review", review),
    ]
}

/// A check that rests on a failed one is not possible.
pub(crate) fn resting_on(name: &str) -> (Outcome, Reason) {
    (Outcome::NotPossible, Reason::new("rests-on").with("check", name))
}

fn signature(case: &Case<'_>, acts: &Acts<'_>) -> (Outcome, Reason) {
    for signed in acts.signed() {
        let Some(key) = case.authority.public_key(signed.key_id) else {
            return (
                Outcome::NotPossible,
                Reason::new("signature-key-unknown").with("party", &signed.statement.issuer),
            );
        };
        if signed.authenticate(key).is_err() {
            return (Outcome::Failed, Reason::new("signature-not-authentic").with("party", &signed.statement.issuer));
        }
    }
    if acts.measurement.is_none() {
        return (Outcome::NotPossible, Reason::new("record-missing"));
    }
    (Outcome::Passed, Reason::new("signature-passed").with("party", &acts.issue.statement.issuer))
}

fn key(case: &Case<'_>, acts: &Acts<'_>) -> (Outcome, Reason) {
    for signed in acts.signed() {
        if let Err(failure) = case.authority.key_of(signed) {
            return (outcome(&failure), reason(&failure));
        }
    }
    (Outcome::Passed, Reason::new("key-passed").with("party", &acts.issue.statement.issuer))
}

fn authorization(case: &Case<'_>, acts: &Acts<'_>) -> (Outcome, Reason) {
    let subject = Subject::rule(&acts.certificate.rule.id);
    let done = Subject::of(acts.certificate);
    let issuer = &acts.issue.statement;
    if acts.certificate.laboratory.id.as_ref() != Some(&issuer.issuer) {
        return (Outcome::Failed, Reason::new("laboratory-not-named").with("party", &issuer.issuer));
    }
    if let Err(failure) = case.authority.permission(&issuer.issuer, Role::Certify, &done, issuer.legal_day()) {
        return (outcome(&failure), reason(&failure));
    }
    if let Some(measurement) = acts.measurement {
        let verifier = &measurement.statement.issuer;
        if !names(acts.certificate, "verifier", verifier) {
            return (Outcome::Failed, Reason::new("verifier-not-named").with("party", verifier));
        }
        // A person must be entitled on the day of the work and on the day of the signature.
        for day in [acts.certificate.performed_on, measurement.statement.legal_day()] {
            if let Err(failure) = case.authority.permission(verifier, Role::Measure, &subject, day) {
                return (outcome(&failure), reason(&failure));
            }
        }
        if let Some(answer) = of_other_laboratory(case, acts, (verifier, Role::Measure), measurement) {
            return answer;
        }
    }
    (Outcome::Passed, Reason::new("authorization-passed").with("party", &issuer.issuer))
}

fn review(case: &Case<'_>, acts: &Acts<'_>) -> (Outcome, Reason) {
    let (Some(measurement), Some(review)) = (acts.measurement, acts.review) else {
        return (Outcome::Failed, Reason::new("review-missing"));
    };
    let subject = Subject::rule(&acts.certificate.rule.id);
    let reviewer = &review.statement.issuer;
    if !names(acts.certificate, "reviewer", reviewer) {
        return (Outcome::Failed, Reason::new("reviewer-not-named").with("party", reviewer));
    }
    if !review.statement.cites.contains(&measurement.hash()) {
        return (Outcome::Failed, Reason::new("review-of-other-record").with("party", reviewer));
    }
    if let Some(answer) = of_other_laboratory(case, acts, (reviewer, Role::Review), review) {
        return answer;
    }
    match case.authority.review_of_authentic(acts.certificate, measurement, review, &subject) {
        Ok(_) => (Outcome::Passed, Reason::new("review-passed").with("party", &review.statement.issuer)),
        Err(failure) => (outcome(&failure), reason(&failure)),
    }
}

/// A certificate names those who signed for it.
fn names(certificate: &Certificate, function: &str, person: &str) -> bool {
    certificate.signatories.iter().any(|signatory| signatory.function == function && signatory.id == person)
}

/// A laboratory answers for its own people only.
fn of_other_laboratory(
    case: &Case<'_>,
    acts: &Acts<'_>,
    (person, role): (&str, Role),
    signed: &SignedStatement,
) -> Option<(Outcome, Reason)> {
    let subject = Subject::rule(&acts.certificate.rule.id);
    // If another laboratory signed than the one that is named, the check of its authorization says so.
    let laboratory = acts.certificate.laboratory.id.as_ref().filter(|id| **id == acts.issue.statement.issuer)?;
    let day = signed.statement.legal_day();
    let other = case.authority.other_granter((person, role), &subject, laboratory, day)?;
    Some((Outcome::Failed, Reason::new("person-of-other-laboratory").with("party", person).with("other", other)))
}

/// What is unknown cannot be judged; everything else was judged.
fn outcome(failure: &Failure) -> Outcome {
    if failure.reason == Ground::KeyUnknown { Outcome::NotPossible } else { Outcome::Failed }
}

fn reason(failure: &Failure) -> Reason {
    Reason::new(failure.reason.code()).with("party", &failure.party).with("day", failure.day)
}
