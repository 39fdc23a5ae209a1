//! `heng ocmf check`: are these signed readings of charging meters true?

use std::path::Path;
use std::process::ExitCode;

use heng_checker::charging::{CertifiedMeter, Grounds, ReadingReport, check_readings};
use heng_checker::{Answer, Bundle, Check, Given, Outcome as Checked, Policy};
use heng_exchange::ocmf::{Presented, records};
use heng_exchange::pdf;
use heng_office::{Office, said};
use heng_quantity::Finding;
use heng_rule::readings::{ReadingLimits, builtin_reading_limits};
use heng_statement::{Body, SignedStatement};
use heng_store::Question;
use heng_wording::Words;
use serde_json::{Value, json};

use crate::arguments::OcmfCheck;
use crate::check::{mark, policy_in};
use crate::failure::{Failure, Outcome, read};
use crate::print::{self, finding_line, findings_json};
use crate::trust;

/// Checks signed readings and says what was found. Ends with 0 if every signature passed and nothing failed, 1 if not, 2 where a file holds no signed reading.
pub fn check(arguments: &OcmfCheck, words: &Words) -> Outcome {
    let policy = match &arguments.policy {
        Some(path) => Some(policy_in(path)?),
        None => trust::noted()?,
    };
    let mut meters = Vec::new();
    let mut files: Vec<(String, Vec<Presented>)> = Vec::new();
    for path in &arguments.files {
        let bytes = read(path)?;
        let name = path.display().to_string();
        if let Some(bundle) = bundle(&bytes) {
            meters.extend(certified(&name, &bytes, &bundle, policy.as_ref())?);
            continue;
        }
        let found = records(&bytes)
            .map_err(|error| Failure::unreadable("error-no-ocmf").with("file", &name).with("reason", error))?;
        files.push((name, found));
    }
    if let Some(data) = &arguments.data {
        meters.extend(logged(data, &files, policy.as_ref())?);
    }
    let limits = limits(arguments.limits.as_deref())?;
    let grounds = Grounds { limits: &limits, key: arguments.key.as_deref(), meters: &meters };
    let reports: Vec<(&str, &Presented, ReadingReport)> = files
        .iter()
        .flat_map(|(name, found)| {
            let reports = check_readings(found, &grounds);
            found.iter().zip(reports).map(|(presented, report)| (name.as_str(), presented, report))
        })
        .collect();
    if arguments.json {
        print::line(format_args!("{:#}", in_json(&reports, words)));
    } else {
        for (file, _, report) in &reports {
            print(file, report, words);
        }
    }
    let all_hold = reports.iter().all(|(_, _, report)| report.holds());
    Ok(if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn limits(path: Option<&Path>) -> Result<ReadingLimits, Failure> {
    let Some(path) = path else {
        return builtin_reading_limits().map_err(|error| Failure::new("error-limits").with("reason", error));
    };
    let bytes = read(path)?;
    ReadingLimits::parse(&String::from_utf8_lossy(&bytes)).map_err(|error| Failure::reading(path, error))
}

/// The bundle that a file is, or that a PDF carries.
fn bundle(bytes: &[u8]) -> Option<Bundle> {
    Bundle::parse(bytes).ok().or_else(|| Bundle::parse(&pdf::split(bytes)?.bundle).ok())
}

/// A certificate with what its own check gives.
fn certified(
    name: &str,
    bytes: &[u8],
    bundle: &Bundle,
    policy: Option<&Policy>,
) -> Result<Option<CertifiedMeter>, Failure> {
    let unreadable =
        |reason: String| Failure::unreadable("error-not-checkable").with("file", name).with("reason", reason);
    let reports =
        heng_checker::check(&[Given { name, bytes }], policy).map_err(|error| unreadable(error.to_string()))?;
    let answer = reports.first().map_or(Answer::CannotCheck, heng_checker::Report::answer);
    let dossier = heng_checker::Dossier::open(bundle).map_err(|reason| unreadable(reason.code))?;
    let certificate = dossier.certificate(&dossier.certificate).map(|(_, certificate)| certificate.clone());
    Ok(certificate.map(|certificate| CertifiedMeter { certificate, answer }))
}

/// The certificates that a store's log has of the meters that the records name.
fn logged(
    data: &Path,
    files: &[(String, Vec<Presented>)],
    policy: Option<&Policy>,
) -> Result<Vec<CertifiedMeter>, Failure> {
    let office = Office::open(data)?;
    let failed =
        |error: heng_store::Error| Failure::new("error-store").with("path", data.display()).with("reason", error);
    let named = |serial: &String| {
        let mut records =
            files.iter().flat_map(|(_, found)| found).filter_map(|presented| presented.read.record.as_ref());
        records.any(|record| {
            record.meter_serial.as_ref() == Some(serial) || record.gateway_serial.as_ref() == Some(serial)
        })
    };
    let mut meters = Vec::new();
    for entry in office.store().entries(Question::OfKind("cert")).map_err(failed)? {
        let Some(placed) = office.store().placed(&entry.hash).map_err(failed)? else { continue };
        if let SignedStatement { statement, .. } = &*placed.signed
            && let Body::Cert(certificate) = &statement.body
            && named(&certificate.instrument.serial)
        {
            let bytes = office.bundle(&entry.hash)?;
            if let Some(bundle) = bundle(&bytes) {
                meters.extend(certified(&certificate.number, &bytes, &bundle, policy)?);
            }
        }
    }
    Ok(meters)
}

/// The answer, the session in figures, then the checks: failed, not possible, passed.
fn print(file: &str, report: &ReadingReport, words: &Words) {
    let outcome = match report.answer() {
        Answer::Trusted => Checked::Passed,
        Answer::Doubtful => Checked::Failed,
        Answer::CannotCheck => Checked::NotPossible,
    };
    print::line(format_args!("{} {}  {}", mark(outcome), said::answer(report.answer(), words), report.subject));
    if let Some(session) = &report.session {
        let energy = session.energy.as_ref().map_or_else(|| "–".to_owned(), heng_quantity::Reported::text);
        let seconds = session.duration().as_secs().to_string();
        let [began, ended] = [session.began, session.ended].map(|instant| instant.to_string());
        let facts = [("energy", energy.as_str()), ("began", &began), ("ended", &ended), ("seconds", &seconds)];
        print::line(format_args!("  {}", words.say("ocmf-session", &facts)));
    }
    for outcome in [Checked::Failed, Checked::NotPossible, Checked::Passed] {
        for check in report.checks.iter().filter(|check| check.outcome == outcome) {
            print::line(format_args!("  {} {}", mark(check.outcome), said::title(check.name, words)));
            print::line(format_args!("      {}", said::reason(&check.reason, words)));
        }
    }
    for finding in &report.findings {
        print::line(format_args!("  {}", finding_line(file, finding, words)));
    }
    print::line("");
}

fn in_json(reports: &[(&str, &Presented, ReadingReport)], words: &Words) -> Value {
    let mut checks = Vec::new();
    let mut readings = Vec::new();
    let mut findings = Vec::new();
    for (place, (file, presented, report)) in reports.iter().enumerate() {
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
        findings.extend(placed(&report.findings, place, words));
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

fn placed(findings: &[Finding], place: usize, words: &Words) -> Vec<Value> {
    let mut findings = findings_json(findings, words);
    for finding in findings.iter_mut().filter_map(Value::as_object_mut) {
        finding.insert("reading".to_owned(), json!(place));
    }
    findings
}
