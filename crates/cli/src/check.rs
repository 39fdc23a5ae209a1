//! `heng check`: is it true?

use std::path::Path;
use std::process::ExitCode;

use heng_checker::{Answer, Check, Given, Outcome as Checked, Policy, Report};
use heng_wording::Words;
use serde_json::{Value, json};

use crate::arguments::Check as Arguments;
use crate::failure::{Failure, Outcome, read};
use crate::print::{self, finding_line};
use crate::trust;
use heng_office::{clock, said};

/// Checks files and says what was found. Ends with 0 only if every check of every certificate passed.
pub fn check(arguments: &Arguments, words: &Words) -> Outcome {
    let policy = match &arguments.policy {
        Some(path) => Some(policy_in(path)?),
        None => trust::noted()?,
    };
    let files: Vec<(String, Vec<u8>)> =
        arguments.files.iter().map(|path| Ok((name(path), read(path)?))).collect::<Result<_, Failure>>()?;
    let given: Vec<Given<'_>> = files.iter().map(|(name, bytes)| Given { name, bytes }).collect();
    let reports = heng_checker::check(&given, policy.as_ref()).map_err(|error| {
        Failure::unreadable("error-not-checkable").with("file", error.name).with("reason", error.reason)
    })?;
    if arguments.json {
        print::line(format_args!("{:#}", in_json(&reports, words)));
    } else {
        for report in &reports {
            print(report, words);
        }
    }
    let all_passed = reports.iter().all(|report| report.answer() == Answer::Trusted);
    Ok(if all_passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A policy file.
pub fn policy_in(path: &Path) -> Result<Policy, Failure> {
    let bytes = read(path)?;
    Policy::parse(&String::from_utf8_lossy(&bytes)).map_err(|error| Failure::reading(path, error))
}

fn name(path: &std::path::Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Failed checks first and whole, then those not possible; of the passed ones, those of the certificate itself whole and the chain's folded.
fn print(report: &Report, words: &Words) {
    let number = report.number.clone().unwrap_or_else(|| words.say("check-number-unknown", &[]));
    let mark = mark(match report.answer() {
        Answer::Trusted => Checked::Passed,
        Answer::Doubtful => Checked::Failed,
        Answer::CannotCheck => Checked::NotPossible,
    });
    print::line(format_args!("{mark} {}  {number}", said::answer(report.answer(), words)));
    if report.synthetic {
        print::line(format_args!("  {}", words.say("badge-synthetic", &[])));
    }
    if let Some(through) = report.valid_through {
        let code = if clock::day(clock::now()) <= through { "check-valid-through" } else { "check-expired" };
        print::line(format_args!("  {}", words.say(code, &[("day", &through.to_string())])));
    }
    for outcome in [Checked::Failed, Checked::NotPossible] {
        for check in report.checks.iter().filter(|check| check.outcome == outcome) {
            print_check(check, words);
        }
    }
    let passed = || report.checks.iter().filter(|check| check.outcome == Checked::Passed);
    let of_chain = |check: &Check| report.number.as_ref().is_some_and(|number| said::is_upstream(check, number));
    for check in passed().filter(|check| !of_chain(check)) {
        print_check(check, words);
    }
    let folded = passed().filter(|check| of_chain(check)).count();
    if folded > 0 {
        print::line(format_args!(
            "  {} {}",
            self::mark(Checked::Passed),
            words.say("check-folded", &[("count", &folded.to_string())])
        ));
    }
    for finding in &report.findings {
        print::line(format_args!("  {}", finding_line(&number, finding, words)));
    }
    print::line("");
}

fn print_check(check: &Check, words: &Words) {
    let title = said::title(check.name, words);
    print::line(format_args!("  {} {title}（{}）", mark(check.outcome), check.subject));
    print::line(format_args!("      {}", said::reason(&check.reason, words)));
}

/// The sign of an outcome: filled, square, dotted.
pub fn mark(outcome: Checked) -> &'static str {
    match outcome {
        Checked::Passed => "●",
        Checked::Failed => "■",
        Checked::NotPossible => "◌",
    }
}

fn in_json(reports: &[Report], words: &Words) -> Value {
    let certificates: Vec<Value> = reports
        .iter()
        .map(|report| {
            json!({
                "number": report.number,
                "answer": report.answer(),
                "valid_through": report.valid_through,
                "as_of": report.as_of,
                "synthetic": report.synthetic,
            })
        })
        .collect();
    let checks: Vec<Value> =
        reports.iter().flat_map(|report| report.checks.iter().map(|check| check_json(check, words))).collect();
    let findings: Vec<Value> = reports.iter().flat_map(|report| said::findings_json(&report.findings, words)).collect();
    json!({ "checks": checks, "certificates": certificates, "findings": findings })
}

fn check_json(check: &Check, words: &Words) -> Value {
    json!({
        "name": check.name,
        "subject": check.subject,
        "outcome": check.outcome,
        "reason": said::reason(&check.reason, words),
        "code": check.reason.code,
        "data": check.reason.data,
    })
}
