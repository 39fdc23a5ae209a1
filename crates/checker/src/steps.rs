//! The steps of a chain: was each standard valid on the day, did it cover the range, was it accurate enough.

use heng_rule::{Evaluated, Refusal};
use heng_statement::Certificate;

use crate::case::Case;
use crate::documents::xml_of;
use crate::report::{Check, Outcome, Reason};

/// Which check a refusal of the rule belongs to.
const OF_REFUSALS: [(&str, &str); 6] = [
    ("standard-not-yet-valid", "chain-validity"),
    ("standard-lapsed", "chain-validity"),
    ("standard-missing", "chain-range"),
    ("standard-range", "chain-range"),
    ("standard-value", "chain-range"),
    ("standard-uncertainty", "chain-uncertainty"),
];

/// The checks `chain-validity`, `chain-range` and `chain-uncertainty` of one certificate's standards.
pub(crate) fn checks(case: &Case<'_>, certificate: &Certificate, evaluated: &Evaluated) -> Vec<Check> {
    ["chain-validity", "chain-range", "chain-uncertainty"]
        .map(|name| {
            let (outcome, reason) = answer(case, certificate, evaluated, name);
            Check { name, subject: certificate.number.clone(), outcome, reason }
        })
        .into()
}

fn answer(case: &Case<'_>, certificate: &Certificate, evaluated: &Evaluated, name: &str) -> (Outcome, Reason) {
    if certificate.standards.is_empty() && evaluated.refusals.is_empty() {
        return (Outcome::Passed, Reason::new("chain-top"));
    }
    if name == "chain-validity"
        && let Some(failure) = validity(case, certificate)
    {
        return failure;
    }
    let refused = evaluated.refusals.iter().find(|refusal| {
        let check =
            OF_REFUSALS.iter().find(|(code, _)| *code == refusal.code).map_or("chain-range", |(_, check)| check);
        check == name
    });
    match refused {
        Some(refusal) => (Outcome::Failed, said(refusal)),
        None => (Outcome::Passed, Reason::new("chain-step-passed").with("count", certificate.standards.len())),
    }
}

/// Each standard was used within the dates of its own certificate, and that certificate is the one that was cited.
fn validity(case: &Case<'_>, certificate: &Certificate) -> Option<(Outcome, Reason)> {
    for used in &certificate.standards {
        let Some((_, upstream)) = case.dossier.certificate(&used.certificate_statement) else {
            let reason = Reason::new("chain-missing").with("statement", &used.certificate_statement);
            return Some((Outcome::NotPossible, reason));
        };
        let same_document = xml_of(upstream).is_some_and(|xml| xml.sha256 == used.certificate_xml_sha256);
        if !same_document
            || upstream.number != used.certificate_number
            || upstream.instrument.id.as_ref() != Some(&used.id)
        {
            return Some((Outcome::Failed, Reason::new("chain-other-document").with("standard", &used.id)));
        }
        let through = upstream.valid_through.unwrap_or(used.valid_through);
        let day = certificate.performed_on;
        if day > through || day < upstream.performed_on {
            let reason = Reason::new("chain-lapsed").with("standard", &used.id).with("through", through);
            return Some((Outcome::Failed, reason.with("day", day)));
        }
    }
    None
}

fn said(refusal: &Refusal) -> Reason {
    let facts: Vec<String> = refusal.data.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    Reason::new("chain-refused").with("code", &refusal.code).with("facts", facts.join(", "))
}
