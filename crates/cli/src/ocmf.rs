//! `heng ocmf check`: are these signed readings of charging meters true?

use std::path::Path;
use std::process::ExitCode;

use heng_checker::charging::{CertifiedMeter, Grounds, ReadingReport, check_readings};
use heng_checker::{Answer, Outcome as Found, Policy};
use heng_exchange::ocmf::{Presented, records};
use heng_office::charging::{Checked, certified, readings_json};
use heng_office::{Office, said};
use heng_rule::readings::{ReadingLimits, builtin_reading_limits};
use heng_statement::{Body, SignedStatement};
use heng_store::Question;
use heng_wording::Words;

use crate::arguments::OcmfCheck;
use crate::check::{mark, policy_in};
use crate::failure::{Failure, Outcome, read};
use crate::print::{self, finding_line};
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
        if let Some(found) = certified(&name, &bytes, policy.as_ref()) {
            meters.extend(found?);
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
        let checked: Vec<Checked<'_>> =
            reports.iter().map(|(file, presented, report)| (*file, *presented, report)).collect();
        print::line(format_args!("{:#}", readings_json(&checked, words)));
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

/// The certificates that a store's log has of the meters that the records name.
fn logged(
    data: &Path,
    files: &[(String, Vec<Presented>)],
    policy: Option<&Policy>,
) -> Result<Vec<CertifiedMeter>, Failure> {
    let office = Office::open(data)?;
    let failed = |error: heng_store::Error| Failure::of_store(data, error);
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
            if let Some(found) = certified(&certificate.number, &bytes, policy) {
                meters.extend(found?);
            }
        }
    }
    Ok(meters)
}

/// The answer, the session in figures, then the checks: failed, not possible, passed.
fn print(file: &str, report: &ReadingReport, words: &Words) {
    let outcome = match report.answer() {
        Answer::Trusted => Found::Passed,
        Answer::Doubtful => Found::Failed,
        Answer::CannotCheck => Found::NotPossible,
    };
    print::line(format_args!("{} {}  {}", mark(outcome), said::answer(report.answer(), words), report.subject));
    if let Some(session) = &report.session {
        let energy = session.energy.as_ref().map_or_else(|| "–".to_owned(), heng_quantity::Reported::text);
        let seconds = session.duration().as_secs().to_string();
        let [began, ended] = [session.began, session.ended].map(|instant| instant.to_string());
        let facts = [("energy", energy.as_str()), ("began", &began), ("ended", &ended), ("seconds", &seconds)];
        print::line(format_args!("  {}", words.say("ocmf-session", &facts)));
    }
    for outcome in [Found::Failed, Found::NotPossible, Found::Passed] {
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
