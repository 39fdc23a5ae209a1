//! Signed readings beside the certificates of their meters, and what was found of them as programs read it: one form for the terminal and the interface.

use heng_checker::charging::{CertifiedMeter, ReadingReport};
use heng_checker::{Answer, Bundle, Check, Dossier, Given, Policy, Report, check};
use heng_exchange::ocmf::Presented;
use heng_exchange::pdf;
use heng_wording::Words;
use serde_json::{Value, json};

use crate::{Failure, said};

/// The certificate in a bundle, or in a PDF that carries one, with what its own check gives. None where the file is neither; no certificate where the
/// bundle is of something else.
pub fn certified(name: &str, bytes: &[u8], policy: Option<&Policy>) -> Option<Result<Option<CertifiedMeter>, Failure>> {
    let bundle = Bundle::parse(bytes).ok().or_else(|| Bundle::parse(&pdf::split(bytes)?.bundle).ok())?;
    let unreadable =
        |reason: String| Failure::unreadable("error-not-checkable").with("file", name).with("reason", reason);
    let certificate = || {
        let reports = check(&[Given { name, bytes }], policy).map_err(|error| unreadable(error.to_string()))?;
        let answer = reports.first().map_or(Answer::CannotCheck, Report::answer);
        let dossier = Dossier::open(&bundle).map_err(|reason| unreadable(reason.code))?;
        let certificate = dossier.certificate(&dossier.certificate).map(|(_, certificate)| certificate.clone());
        Ok(certificate.map(|certificate| CertifiedMeter { certificate, answer }))
    };
    Some(certificate())
}

/// The records that were presented, in the order of the files, each with the name of its file.
pub type Checked<'a> = (&'a str, &'a Presented, &'a ReadingReport);

/// `checks`, `readings` and `findings`; the first and the last name the reading by its place among the second.
pub fn readings_json(checked: &[Checked<'_>], words: &Words) -> Value {
    let mut checks = Vec::new();
    let mut readings = Vec::new();
    let mut findings = Vec::new();
    for (place, (file, presented, report)) in checked.iter().enumerate() {
        checks.extend(report.checks.iter().map(|check| check_json(check, place, words)));
        let session = report.session.as_ref();
        readings.push(json!({
            "file": file,
            "line": presented.origin.line,
            "label": presented.label,
            "subject": report.subject,
            "answer": report.answer(),
            "began": session.map(|session| session.began),
            "ended": session.map(|session| session.ended),
            "energy": session.and_then(|session| session.energy.as_ref()),
        }));
        let found = said::findings_json(&report.findings, words).into_iter();
        findings.extend(found.map(|mut finding| {
            if let Some(finding) = finding.as_object_mut() {
                finding.insert("reading".to_owned(), json!(place));
            }
            finding
        }));
    }
    json!({ "checks": checks, "readings": readings, "findings": findings })
}

fn check_json(check: &Check, place: usize, words: &Words) -> Value {
    json!({
        "name": check.name,
        "subject": check.subject,
        "outcome": check.outcome,
        "reason": said::reason(&check.reason, words),
        "code": check.reason.code,
        "data": check.reason.data,
        "reading": place,
    })
}
