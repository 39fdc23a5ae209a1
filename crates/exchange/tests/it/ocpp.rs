//! Recorded messages of charging piles: what is understood, and what is said of the rest.

use heng_exchange::ocpp::{Recording, recording};
use proptest::prelude::*;

fn example(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../../examples/ocpp/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn read(text: &str) -> Recording {
    recording(text.as_bytes()).unwrap()
}

fn codes(recording: &Recording) -> Vec<&str> {
    recording.findings.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn both_versions_tell_the_same_session() {
    for (name, transaction, values) in [("session-1.6.jsonl", "4711", 7), ("session-2.0.1.jsonl", "8f0c-4711", 7)] {
        let found = read(&example(name));
        assert_eq!(codes(&found), Vec::<&str>::new(), "{name}");
        assert_eq!((found.sessions.len(), found.outside.len(), found.signed.len()), (1, 0, 3), "{name}");
        let session = &found.sessions[0];
        assert_eq!(session.transaction.as_deref(), Some(transaction));
        assert_eq!(session.began.unwrap().to_string(), "2026-03-09T10:00:00Z");
        assert_eq!(session.ended.unwrap().to_string(), "2026-03-09T10:29:30Z");
        assert_eq!(session.energies().count(), values, "{name}");
        assert_eq!(session.energy().unwrap().value.to_f64(), 14.75, "{name}");
        assert!(found.signed.iter().all(|signed| signed.session == Some(0)));
        let registers: Vec<String> = found
            .signed
            .iter()
            .map(|signed| {
                let record = signed.presented.read.record.as_ref().unwrap();
                record.readings[0].energy.as_ref().unwrap().shown.value.to_string()
            })
            .collect();
        assert_eq!(registers, ["88.10", "95.60", "102.85"], "the digits as they were signed");
    }
    let two = read(&example("session-2.0.1.jsonl"));
    assert_eq!(two.sessions[0].pile.as_deref(), Some("SYN-DC-0001"));
    assert_eq!(two.sessions[0].numbers, [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(two.sessions[0].connector.as_deref(), Some("1.1"));
    assert!(two.signed.iter().all(|signed| signed.presented.key.is_some()));
}

#[test]
fn who_charged_is_not_read() {
    for name in ["session-1.6.jsonl", "session-2.0.1.jsonl"] {
        let mut found = read(&example(name));
        found.signed.clear();
        assert!(!format!("{found:?}").contains("0A1B2C3D"), "{name}");
    }
}

#[test]
fn a_recording_may_begin_and_end_anywhere() {
    let text = example("session-1.6.jsonl");
    let lines: Vec<&str> = text.lines().collect();
    let middle = read(&lines[6..10].join("\n"));
    assert_eq!(middle.sessions.len(), 1);
    let session = &middle.sessions[0];
    assert_eq!((session.began, session.ended, session.transaction.as_deref()), (None, None, Some("4711")));
    // The answer to the beginning is missing: the session has no number, and what follows is another.
    let without: Vec<&str> =
        lines.iter().copied().filter(|line| !line.contains("\"transactionId\":4711,\"idTagInfo\"")).collect();
    let found = read(&without.join("\n"));
    assert_eq!(found.sessions.len(), 2);
    assert_eq!(found.sessions[0].transaction, None);
    assert_eq!(codes(&found), ["ocpp-unanswered"]);
}

/// The calls and answers of the example of 2.0.1, each its line.
fn events() -> Vec<String> {
    example("session-2.0.1.jsonl").lines().map(str::to_owned).collect()
}

#[test]
fn events_that_come_late_are_put_in_the_order_of_their_numbers() {
    let lines = events();
    let whole = read(&lines.join("\n"));
    let is_call = |line: &&String| line.contains("TransactionEvent");
    let (calls, others): (Vec<&String>, Vec<&String>) = lines.iter().partition(is_call);
    // The third and fourth waited for the connection until all others were through.
    let late = [2, 3].map(|place| calls[place]);
    let on_time = calls.iter().enumerate().filter(|(place, _)| ![2, 3].contains(place)).map(|(_, line)| *line);
    let text: Vec<&str> = on_time.chain([late[1], late[0]]).chain(others).map(String::as_str).collect();
    let found = read(&text.join("\n"));
    let told = |recording: &Recording| -> Vec<String> {
        recording.sessions[0].samples.iter().map(|sample| format!("{:?} {:?}", sample.time, sample.value)).collect()
    };
    assert_eq!((told(&found), &found.sessions[0].numbers), (told(&whole), &whole.sessions[0].numbers));
    let signed = |recording: &Recording| -> Vec<Option<String>> {
        recording.signed.iter().map(|signed| signed.presented.read.signed.clone()).collect()
    };
    assert_eq!(signed(&found), signed(&whole));
    assert_eq!(found.sessions[0].energy(), whole.sessions[0].energy());
}

#[test]
fn a_message_that_is_sent_again_is_counted_once() {
    let lines = events();
    let whole = read(&lines.join("\n"));
    let event = lines.iter().position(|line| line.contains("TransactionEvent")).unwrap();
    let other_number = {
        let id = read_id(&lines[event]);
        lines[event].replacen(&id, "again-1", 1)
    };
    for again in [&lines[event], &other_number] {
        let mut repeated = lines.clone();
        repeated.insert(event + 1, again.clone());
        let found = read(&repeated.join("\n"));
        assert_eq!((found.sessions[0].numbers.len(), found.sessions.len()), (whole.sessions[0].numbers.len(), 1));
        assert_eq!(found.signed.len(), whole.signed.len());
        assert!(codes(&found).contains(&"ocpp-repeated") && !codes(&found).contains(&"ocpp-number-twice"));
    }
    // The same number of an event with another content is no repetition.
    let mut changed = lines.clone();
    changed.insert(
        event + 1,
        other_number.replacen("\"timestamp\":\"2026-03-09T10:00:00Z", "\"timestamp\":\"2026-03-09T10:00:01Z", 1),
    );
    assert_eq!(read(&changed.join("\n")).sessions[0].numbers.len(), whole.sessions[0].numbers.len() + 1);
}

/// The number of a message.
fn read_id(line: &str) -> String {
    let (frames, _) = heng_exchange::ocpp::frames(line);
    frames[0].id.clone()
}

#[test]
fn a_beginning_that_is_sent_again_is_the_same_session() {
    let start = |id: &str| {
        format!(
            r#"[2,"{id}","StartTransaction",{{"connectorId":1,"idTag":"x","meterStart":1000,"timestamp":"2026-03-09T10:00:00Z"}}]"#
        )
    };
    let answer = |id: &str, number: u32| format!(r#"[3,"{id}",{{"transactionId":{number}}}]"#);
    let stop = r#"[2,"z","StopTransaction",{"transactionId":5,"meterStop":3000,"timestamp":"2026-03-09T11:00:00Z"}]"#;
    for begin in [
        vec![start("a"), start("b"), answer("b", 5)],
        vec![start("a"), start("a"), answer("a", 5)],
        vec![start("a"), answer("a", 4), start("b"), answer("b", 5)],
    ] {
        let found = read(&format!("{}\n{stop}", begin.join("\n")));
        assert_eq!(found.sessions.len(), 1, "{begin:?}");
        assert_eq!(found.sessions[0].energy().unwrap().value.to_f64(), 2.0);
        assert!(codes(&found).contains(&"ocpp-repeated"));
    }
}

#[test]
fn two_piles_may_use_the_same_numbers() {
    let line =
        |pile: &str, message: &str| format!(r#"{{"pile":"{pile}","time":"2026-03-09T10:00:00Z","message":{message}}}"#);
    let start = |meter: u32| {
        format!(
            r#"[2,"1","StartTransaction",{{"connectorId":1,"meterStart":{meter},"timestamp":"2026-03-09T10:00:00Z"}}]"#
        )
    };
    let answer = r#"[3,"1",{"transactionId":7}]"#;
    let stop = |meter: u32| {
        format!(
            r#"[2,"2","StopTransaction",{{"transactionId":7,"meterStop":{meter},"timestamp":"2026-03-09T11:00:00Z"}}]"#
        )
    };
    let text = [
        line("甲", &start(1_000)),
        line("乙", &start(5_000)),
        line("乙", answer),
        line("甲", answer),
        line("乙", &stop(6_500)),
        line("甲", &stop(3_000)),
    ];
    let found = read(&text.join("\n"));
    let energies: Vec<(Option<&str>, f64)> = found
        .sessions
        .iter()
        .map(|session| (session.pile.as_deref(), session.energy().unwrap().value.to_f64()))
        .collect();
    assert_eq!(energies, [(Some("甲"), 2.0), (Some("乙"), 1.5)]);
}

#[test]
fn lines_of_logs_are_read_and_the_rest_is_said() {
    let text = concat!(
        "2026-03-09T10:00:00Z CP-1 > [2,\"a\",\"MeterValues\",{\"connectorId\":1,\"meterValue\":[{\"timestamp\":\"2026-03-09T10:00:00Z\",\"sampledValue\":[{\"value\":\"12,5\"}]}]}]\n",
        "connection closed\n",
        "[5,\"a\",{}]\n",
        "{\"message\":\"[3,\\\"a\\\",{}]\"}\n",
        "[2,\"b\",\"MeterValues\",{\"connectorId\":1,\"meterValue\":[{\"sampledValue\":[{\"value\":\"7\",\"unit\":\"furlong\"}]}]}]\n",
        "[4,\"b\",\"InternalError\",\"\",{}]\n",
        "[3,\"zz\",{}]\n",
        "[2,\"c\",\"TransactionEvent\",{\"eventType\":\"Paused\",\"timestamp\":\"gestern\",\"transactionInfo\":{\"transactionId\":\"x\"},\"seqNo\":3}]\n",
        "[2,\"d\"\n",
    );
    let found = read(text);
    assert_eq!(
        codes(&found),
        [
            "ocpp-no-number",
            "ocpp-line-unreadable",
            "ocpp-message-unknown",
            "ocpp-member-missing",
            "ocpp-unit-other",
            "ocpp-refused",
            "ocpp-answer-alone",
            "ocpp-time-unreadable",
            "ocpp-event-unknown",
            "ocpp-unanswered",
            "ocpp-line-unreadable",
        ]
    );
    assert_eq!(found.outside.len(), 2, "values that belong to no session are kept");
    assert!(found.findings.iter().all(|finding| finding.position.is_some()));
}

#[test]
fn another_unit_or_multiplier_is_the_same_energy() {
    let event = |kind: &str, number: u32, sample: &str| {
        format!(
            r#"[2,"{number}","TransactionEvent",{{"eventType":"{kind}","timestamp":"2026-03-09T1{number}:00:00Z","seqNo":{number},"transactionInfo":{{"transactionId":"x"}},"meterValue":[{{"timestamp":"2026-03-09T1{number}:00:00Z","sampledValue":[{sample}]}}]}}]"#
        )
    };
    let text = [
        event("Started", 0, r#"{"value":1000}"#),
        event("Updated", 1, r#"{"value":1.5,"unitOfMeasure":{"unit":"kWh"}}"#),
        event("Ended", 2, r#"{"value":25,"unitOfMeasure":{"unit":"Wh","multiplier":2}},{"value":9,"phase":"L1"}"#),
    ];
    let found = read(&text.join("\n"));
    let session = &found.sessions[0];
    assert_eq!(session.energy().unwrap().value.to_f64(), 1.5);
    assert_eq!((session.energies().count(), session.samples.len()), (3, 4), "a phase is another register");
}

proptest! {
    #[test]
    fn any_text_is_read_to_its_end(text in "(\\[[2-4],\"[ab]\",|\\{|\\}|\\]|\"transactionId\":1|\"MeterValues\"|\n| ){0,40}") {
        let found = read(&text);
        prop_assert!(found.messages <= text.lines().count());
    }
}
