//! Recorded sessions of charging piles, held against themselves and against what is signed in them.

use heng_checker::charging::Grounds;
use heng_checker::charging::recording::{NAMES, RecordingReport, check_recording};
use heng_checker::{Answer, Outcome};
use heng_exchange::ocpp::recording;
use heng_rule::readings::builtin_reading_limits;
use heng_rule::recordings::builtin_recording_limits;

fn example(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../../examples/ocpp/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn checked(text: &str, key: Option<&str>) -> RecordingReport {
    let limits = builtin_reading_limits().unwrap();
    let grounds = Grounds { limits: &limits, key, meters: &[] };
    check_recording(&recording(text.as_bytes()).unwrap(), &grounds, &builtin_recording_limits().unwrap())
}

fn outcome(report: &RecordingReport, name: &str) -> (Outcome, String) {
    let check = report.sessions[0].checks.iter().find(|check| check.name == name).unwrap();
    (check.outcome, check.reason.code.clone())
}

#[test]
fn a_whole_session_passes_every_check_of_its_version() {
    let key = example("session.key");
    let one = checked(&example("session-1.6.jsonl"), Some(key.trim()));
    let two = checked(&example("session-2.0.1.jsonl"), None);
    for report in [&one, &two] {
        let names: Vec<&str> = report.sessions[0].checks.iter().map(|check| check.name).collect();
        assert_eq!(names, NAMES);
        for name in ["bounds", "clock", "register", "gaps", "plausibility", "signed"] {
            assert_eq!(outcome(report, name).0, Outcome::Passed, "{name}: {:?}", outcome(report, name));
        }
        assert_eq!(report.sessions[0].signed, [0, 1, 2]);
    }
    assert_eq!(outcome(&one, "sequence").0, Outcome::NotPossible, "1.6 numbers nothing");
    assert_eq!(outcome(&two, "sequence").0, Outcome::Passed);
    assert_eq!(two.sessions[0].answer(), Answer::Trusted);
}

#[test]
fn each_thing_that_is_wrong_has_its_check() {
    let two = example("session-2.0.1.jsonl");
    let one = example("session-1.6.jsonl");
    let key = example("session.key");
    let key = Some(key.trim());
    let lines = |text: &str, gone: usize| {
        let kept = text.lines().enumerate().filter(|(place, _)| *place != gone && *place != gone + 1);
        kept.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
    };
    for (text, key, name, code) in [
        // A message that was taken out.
        (lines(&two, 4), None, "sequence", "recording-number-missing"),
        (two.replacen("\"seqNo\":2", "\"seqNo\":1", 1), None, "sequence", "recording-number-twice"),
        // A register that runs backwards.
        (two.replacen("\"value\":95.6,", "\"value\":93.0,", 1), None, "register", "charging-register-backwards"),
        // A clock that does.
        (two.replace("2026-03-09T10:20:00Z", "2026-03-09T10:14:00Z"), None, "clock", "charging-clock-backwards"),
        // More energy than any pile gives in the time.
        (one.replacen("\"meterStop\":102850", "\"meterStop\":99102850", 1), key, "plausibility", "charging-too-much"),
        // The pile tells 1 kWh more than its meter signed.
        (one.replacen("\"meterStop\":102850", "\"meterStop\":103850", 1), key, "signed", "recording-told-otherwise"),
        // A signed reading that was changed.
        (one.replacen("\\\"RV\\\":102.85", "\\\"RV\\\":112.85", 1), key, "signed", "recording-signed-fails"),
        (one.clone(), None, "signed", "recording-signed-without-key"),
    ] {
        let report = checked(&text, key);
        let (found, why) = outcome(&report, name);
        assert_eq!(why, code, "{name}");
        let is_open = code == "recording-signed-without-key";
        assert_eq!(found, if is_open { Outcome::NotPossible } else { Outcome::Failed }, "{code}");
    }
    // Two values that nobody sent.
    let gap: Vec<&str> = one.lines().collect();
    let kept: Vec<&str> = gap
        .iter()
        .copied()
        .filter(|line| {
            !line.contains("\"timestamp\":\"2026-03-09T10:10:00Z\"")
                && !line.contains("\"timestamp\":\"2026-03-09T10:15:00Z\"")
        })
        .collect();
    assert_eq!(outcome(&checked(&kept.join("\n"), key), "gaps").1, "recording-gap");
}

#[test]
fn what_the_recording_does_not_hold_is_not_possible() {
    let one = example("session-1.6.jsonl");
    let without_start: Vec<&str> = one.lines().filter(|line| !line.contains("StartTransaction")).collect();
    let report = checked(&without_start.join("\n"), None);
    assert_eq!(outcome(&report, "bounds"), (Outcome::NotPossible, "recording-begins-later".to_owned()));
    let plain: Vec<&str> = one.lines().filter(|line| !line.contains("SignedData")).collect();
    let report = checked(&plain.join("\n"), None);
    assert_eq!(outcome(&report, "signed"), (Outcome::NotPossible, "recording-nothing-signed".to_owned()));
    assert_eq!(outcome(&report, "bounds"), (Outcome::NotPossible, "recording-ends-before".to_owned()));
}
