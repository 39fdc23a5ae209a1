//! `heng ocpp check`: what do recorded messages of charging piles say, and does it hold together with what was signed?

use std::process::ExitCode;

use heng_checker::charging::recording::{RecordingReport, SessionReport, check_recording};
use heng_checker::charging::{CertifiedMeter, Grounds};
use heng_checker::{Answer, Check, Outcome as Checked};
use heng_exchange::ocpp::{Recording, Session, recording};
use heng_office::charging::certified;
use heng_office::said::{self, findings_json};
use heng_quantity::Reported;
use heng_rule::readings::builtin_reading_limits;
use heng_rule::recordings::builtin_recording_limits;
use heng_wording::Words;
use serde_json::{Value, json};

use crate::arguments::OcppCheck;
use crate::check::{mark, policy_in};
use crate::failure::{Failure, Outcome, read};
use crate::print::{self, finding_line};
use crate::trust;

/// A file with what it tells and what was found of it.
struct Heard {
    file: String,
    recording: Recording,
    report: RecordingReport,
}

/// Checks recordings. Ends with 0 where nothing failed, 1 where something did, 2 where a file holds no message.
pub fn check(arguments: &OcppCheck, words: &Words) -> Outcome {
    let policy = match &arguments.policy {
        Some(path) => Some(policy_in(path)?),
        None => trust::noted()?,
    };
    let mut meters: Vec<CertifiedMeter> = Vec::new();
    let mut recordings: Vec<(String, Recording)> = Vec::new();
    for path in &arguments.files {
        let bytes = read(path)?;
        let name = path.display().to_string();
        if let Some(found) = certified(&name, &bytes, policy.as_ref()) {
            meters.extend(found?);
            continue;
        }
        match recording(&bytes).filter(|recording| recording.messages > 0) {
            Some(recording) => recordings.push((name, recording)),
            None => return Err(Failure::unreadable("error-no-ocpp").with("file", &name)),
        }
    }
    let failed = |error| Failure::new("error-limits").with("reason", error);
    let readings = builtin_reading_limits().map_err(failed)?;
    let limits = builtin_recording_limits().map_err(failed)?;
    let grounds = Grounds { limits: &readings, key: arguments.key.as_deref(), meters: &meters };
    let heard: Vec<Heard> = recordings
        .into_iter()
        .map(|(file, recording)| {
            let report = check_recording(&recording, &grounds, &limits);
            Heard { file, recording, report }
        })
        .collect();
    if arguments.json {
        print::line(format_args!("{:#}", in_json(&heard, words)));
    } else {
        for one in &heard {
            show(one, words);
        }
    }
    let is_doubtful = heard.iter().any(|one| {
        let sessions = one.report.sessions.iter().any(|session| session.answer() == Answer::Doubtful);
        sessions || one.report.signed.iter().any(|signed| signed.answer() == Answer::Doubtful)
    });
    Ok(if is_doubtful { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn energy(session: &Session) -> String {
    session.energy().as_ref().map_or_else(|| "–".to_owned(), Reported::text)
}

fn show(heard: &Heard, words: &Words) {
    let recording = &heard.recording;
    let (messages, sessions, signed) =
        (recording.messages.to_string(), recording.sessions.len().to_string(), recording.signed.len().to_string());
    let facts = [
        ("file", heard.file.as_str()),
        ("messages", &messages),
        ("sessions", &sessions),
        ("signed", &signed),
        ("outside", &recording.outside.len().to_string()),
    ];
    print::line(words.say("ocpp-recording", &facts));
    for (session, report) in recording.sessions.iter().zip(&heard.report.sessions) {
        print::line("");
        let mark_of = match report.answer() {
            Answer::Trusted => Checked::Passed,
            Answer::Doubtful => Checked::Failed,
            Answer::CannotCheck => Checked::NotPossible,
        };
        print::line(format_args!("{} {}", mark(mark_of), report.subject));
        let instant = |time: Option<jiff::Timestamp>| time.map_or_else(|| "–".to_owned(), |time| time.to_string());
        let facts = [
            ("energy", energy(session)),
            ("began", instant(session.began)),
            ("ended", instant(session.ended)),
            ("values", session.samples.len().to_string()),
        ];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, text)| (*name, text.as_str())).collect();
        print::line(format_args!("  {}", words.say("ocpp-session", &facts)));
        checks(report, words);
        for place in &report.signed {
            let Some(signed) = heard.report.signed.get(*place) else { continue };
            print::line(format_args!("  {}", words.say("ocpp-signed", &[("subject", &signed.subject)])));
            for check in
                signed.checks.iter().filter(|check| check.outcome != Checked::Passed || check.name == "signature")
            {
                print::line(format_args!("    {} {}", mark(check.outcome), said::title(check.name, words)));
                print::line(format_args!("        {}", said::reason(&check.reason, words)));
            }
        }
    }
    if !recording.findings.is_empty() {
        print::line("");
    }
    for finding in &recording.findings {
        print::line(finding_line(&heard.file, finding, words));
    }
    print::line("");
}

fn checks(report: &SessionReport, words: &Words) {
    for outcome in [Checked::Failed, Checked::NotPossible, Checked::Passed] {
        for check in report.checks.iter().filter(|check| check.outcome == outcome) {
            print::line(format_args!("  {} {}", mark(check.outcome), said::title(check.name, words)));
            print::line(format_args!("      {}", said::reason(&check.reason, words)));
        }
    }
}

fn in_json(heard: &[Heard], words: &Words) -> Value {
    let (mut sessions, mut readings, mut checks, mut findings) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for one in heard {
        let before = readings.len();
        for (signed, report) in one.recording.signed.iter().zip(&one.report.signed) {
            checks.extend(report.checks.iter().map(|check| check_json(check, "reading", readings.len(), words)));
            readings.push(json!({
                "file": one.file,
                "line": signed.presented.origin.line,
                "subject": report.subject,
                "answer": report.answer(),
                "energy": report.session.as_ref().and_then(|session| session.energy.as_ref()),
            }));
        }
        for (session, report) in one.recording.sessions.iter().zip(&one.report.sessions) {
            checks.extend(report.checks.iter().map(|check| check_json(check, "session", sessions.len(), words)));
            sessions.push(json!({
                "file": one.file,
                "line": session.line,
                "pile": session.pile,
                "transaction": session.transaction,
                "connector": session.connector,
                "began": session.began,
                "ended": session.ended,
                "energy": session.energy(),
                "answer": report.answer(),
                "values": session.samples.len(),
                "readings": report.signed.iter().map(|place| place + before).collect::<Vec<_>>(),
                "samples": session.energies().map(|sample| json!({
                    "line": sample.line,
                    "time": sample.time,
                    "context": sample.context,
                    "value": sample.value,
                })).collect::<Vec<_>>(),
            }));
        }
        let mut of_file = findings_json(&one.recording.findings, words);
        for value in of_file.iter_mut().filter_map(Value::as_object_mut) {
            value.insert("file".to_owned(), json!(one.file));
        }
        findings.extend(of_file);
    }
    json!({ "format": "heng-ocpp-check/1", "sessions": sessions, "readings": readings, "checks": checks, "findings": findings })
}

/// A check for programs, with the place of what it is of: a reading or a session.
fn check_json(check: &Check, of: &str, place: usize, words: &Words) -> Value {
    json!({
        "name": check.name,
        "subject": check.subject,
        "outcome": check.outcome,
        "reason": said::reason(&check.reason, words),
        "code": check.reason.code,
        "data": check.reason.data,
        of: place,
    })
}
