//! Signed readings of charging meters: the spellings of the field, the files they come in, and where faults are.

use heng_exchange::ocmf::{ClockState, Context, Current, Presented, Reason, records};
use heng_quantity::{Finding, Severity};

const RECORD: &str = r#"OCMF|{"FV":"1.4","GS":"SYN-1","PG":"T7","MS":"SYN-M-1","RD":[{"TM":"2026-03-09T18:00:00,000+0800 S","TX":"B","RV":88.10,"RI":"1-0:1.8.0","RU":"kWh","RT":"DC","EF":"","ST":"G"}]}|{"SA":"ECDSA-secp256r1-SHA256","SD":"3006020101020101"}"#;

fn one(text: &str) -> Presented {
    records(text.as_bytes()).unwrap().remove(0)
}

fn codes(presented: &Presented) -> Vec<(&str, Severity)> {
    presented.read.findings.iter().map(|finding| (finding.code.as_str(), finding.severity)).collect()
}

fn with(from: &str, to: &str) -> Presented {
    assert!(RECORD.contains(from), "{from}");
    one(&RECORD.replacen(from, to, 1))
}

#[test]
fn a_record_is_read_to_the_last_digit_and_signed_byte_for_byte() {
    let presented = one(RECORD);
    assert!(presented.read.findings.is_empty(), "{:?}", presented.read.findings);
    assert_eq!(presented.read.signed.as_deref(), RECORD.split('|').nth(1));
    let record = presented.read.record.unwrap();
    let pagination = record.pagination.unwrap();
    assert_eq!((pagination.context, pagination.number), (Context::Transaction, 7));
    let reading = &record.readings[0];
    assert_eq!(
        (reading.reason, reading.current, reading.state),
        (Some(Reason::Begin), Some(Current::Direct), Some('G'))
    );
    assert_eq!(reading.energy.as_ref().unwrap().shown.value.to_string(), "88.10");
    let time = reading.time.unwrap();
    assert_eq!(
        (time.instant.to_string().as_str(), time.day.to_string().as_str()),
        ("2026-03-09T10:00:00Z", "2026-03-09")
    );
    assert_eq!(time.clock, Some(ClockState::Synchronised));
    assert_eq!(presented.read.signature.unwrap().bytes.unwrap().len(), 8);
}

#[test]
fn spellings_of_the_field_are_taken_with_a_finding() {
    for (from, to, code) in [
        ("88.10", "\"   88.10\"", "ocmf-number-as-text"),
        ("88.10", "\"00000088.10\"", "ocmf-number-as-text"),
        ("\"RD\"", "\"IS\":\"VERIFIED\",\"RD\"", "ocmf-no-flag"),
        ("ECDSA-secp256r1-SHA256", "ECDSA-brainpoolP256r1-SHA256", "ocmf-algorithm-spelling"),
        ("\"FV\":\"1.4\"", "\"FV\":\"0.1\"", "ocmf-version-draft"),
        ("\"RD\"", "\"AB\":1,\"RD\"", "ocmf-member-unknown"),
    ] {
        let presented = with(from, to);
        assert_eq!(codes(&presented), [(code, Severity::Info)], "{to}");
        let record = presented.read.record.unwrap();
        assert_eq!(record.readings[0].energy.as_ref().unwrap().shown.value.to_string(), "88.10");
    }
    for (from, to) in [
        (",000+0800", ".000+08:00"),
        ("18:00:00,000+0800", "10:00:00Z"),
        ("\"RD\"", "\"XP\":{\"a\":[null]},\"RD\""),
        ("|{\"SA\"", " | {\"SA\""),
    ] {
        let presented = with(from, to);
        assert!(codes(&presented).is_empty(), "{to}");
        assert_eq!(
            presented.read.record.unwrap().readings[0].time.unwrap().instant.to_string(),
            "2026-03-09T10:00:00Z"
        );
    }
    // White space between payload and bar is part of what was signed.
    assert!(with("|{\"SA\"", " |{\"SA\"").read.signed.unwrap().ends_with("} "));
}

#[test]
fn what_is_not_understood_is_left_out_with_a_finding_and_never_replaced() {
    let energy = |presented: &Presented| presented.read.record.as_ref().unwrap().readings[0].energy.clone();
    let presented = with("\"kWh\"", "\"kvarh\"");
    assert_eq!(codes(&presented), [("ocmf-unit-other", Severity::Info)]);
    assert_eq!(energy(&presented), None);
    let presented = with("88.10", "\"88,10\"");
    assert_eq!(energy(&presented), None);
    assert!(codes(&presented).contains(&("ocmf-no-number", Severity::Error)));
    let presented = with("\"EF\":\"\"", "\"EF\":\"q\"");
    let errors = presented.read.record.unwrap().readings[0].errors;
    assert!(errors.energy && errors.time, "an unknown flag may mean anything");
    for (from, to, code) in [
        ("\"T7\"", "\"P1\"", "ocmf-pagination"),
        ("\"PG\":\"T7\",", "", "ocmf-member-missing"),
        ("\"TX\":\"B\"", "\"TX\":\"Z\"", "ocmf-word-unknown"),
        ("2026-03-09T", "2026-13-09T", "ocmf-word-unknown"),
        ("\"PG\":\"T7\"", "\"PG\":\"T7\",\"PG\":\"T8\"", "ocmf-member-twice"),
        ("\"EF\":\"\"", "\"EF\":\"E\",\"EF\":\"\"", "ocmf-member-twice"),
        ("\"ST\":\"G\"", "\"ST\":\"X\",\"ST\":\"G\"", "ocmf-member-twice"),
        ("\"RV\":88.10", "\"RV\":11.0,\"RV\":88.10", "ocmf-member-twice"),
        ("\"RV\":88.10", "\"R\\u0056\":11.0,\"RV\":88.10", "ocmf-member-twice"),
        ("\"SD\":", "\"SD\":\"00\",\"SD\":", "ocmf-member-twice"),
        ("\"SA\":\"ECDSA", "\"S\\u0041\":\"ECDSA-secp256r1-SHA256\",\"SA\":\"ECDSA", "ocmf-member-twice"),
        ("ECDSA-secp256r1-SHA256", "ECDSA-secp521r1-SHA512", "ocmf-algorithm-unknown"),
        ("\"SD\"", "\"SE\":\"base58\",\"SD\"", "ocmf-signature-encoding"),
        ("\"SD\"", "\"SM\":\"text/plain\",\"SD\"", "ocmf-signature-form"),
    ] {
        let presented = with(from, to);
        assert_eq!(codes(&presented), [(code, Severity::Error)], "{to}");
    }
    assert_eq!(codes(&with("3006020101020101", "3006x")), [("ocmf-signature-data", Severity::Error)]);
    assert_eq!(codes(&with(" S\"", "\"")), [("ocmf-clock-unstated", Severity::Warning)]);
    assert_eq!(codes(&with("\"1.4\"", "\"2.0\"")), [("ocmf-version-unknown", Severity::Warning)]);
}

#[test]
fn a_fault_has_its_line_and_its_column() {
    let text = format!("# 示例\n{RECORD}\n\n{}\n", RECORD.replace("\"TX\":\"B\"", "\n\"TX\":\"Z\""));
    let found = records(text.as_bytes()).unwrap();
    assert_eq!(found.len(), 2);
    let finding: &Finding = &found[1].read.findings[0];
    let position = finding.position.unwrap();
    assert_eq!((position.line, position.column), (5, 6));
    assert_eq!(finding.data["path"], "RD[1].TX");
    assert_eq!(found[1].origin.line, 4);
    // A record that breaks off takes nothing with it.
    let cut: String = RECORD.chars().take(120).collect();
    let found = records(format!("{cut}\n{RECORD}\n").as_bytes()).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(codes(&found[0]), [("ocmf-payload-unreadable", Severity::Error)]);
    assert!(found[0].read.signed.is_none() && codes(&found[1]).is_empty());
}

#[test]
fn text_behind_a_record_is_named_where_it_stands() {
    let found = records(format!("{RECORD} and more\n# 备注\n{RECORD}\n\u{0}").as_bytes()).unwrap();
    assert_eq!(codes(&found[0]), [("ocmf-text-behind", Severity::Warning)]);
    let column = RECORD.chars().count() as u32 + 2;
    let position = found[0].read.findings[0].position.unwrap();
    assert_eq!((position.line, position.column), (1, column));
    assert!(codes(&found[1]).is_empty(), "what stands on lines of its own belongs to nobody");
    for apart in ["\n", "  ", ""] {
        let found = records(format!("{RECORD}{apart}{RECORD}").as_bytes()).unwrap();
        assert!(found.len() == 2 && found.iter().all(|one| codes(one).is_empty()), "{apart:?}");
    }
}

#[test]
fn the_files_of_the_field_are_unwrapped() {
    let escaped = RECORD.replace('&', "&amp;");
    let hexadecimal = hex::encode(RECORD);
    let xml = format!(
        "<?xml version=\"1.0\"?>\n<values>\n<value transactionId=\"7\"><signedData format=\"OCMF\">\n {escaped}\n</signedData>\
         <publicKey encoding=\"plain\"> AB CD </publicKey></value>\n<value><encodedData format=\"OCMF\" encoding=\"hex\">{hexadecimal}</encodedData></value>\n\
         <value><signedData format=\"ALFEN\">AP;0;3;</signedData></value></values>"
    );
    let found = records(xml.as_bytes()).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(
        (found[0].label.as_deref(), found[0].key.as_deref(), found[0].origin.line),
        (Some("7"), Some("AB CD"), 3)
    );
    assert_eq!((found[1].label.as_deref(), found[1].key.as_deref()), (None, None));
    assert!(found.iter().all(|presented| presented.read == one(RECORD).read));
    let line = serde_json::json!({ "id": "a", "ocmf": RECORD, "public_key": "ABCD" });
    for text in [format!("{line}\n{line}\n"), format!("[{line},\n{line}]")] {
        let found = records(text.as_bytes()).unwrap();
        assert_eq!(found.iter().map(|presented| presented.origin.line).collect::<Vec<_>>(), [1, 2]);
        assert!(found.iter().all(|presented| presented.key.as_deref() == Some("ABCD")));
    }
    for nothing in ["", "{}", "<values/>", "# 没有读数", "[1,2"] {
        assert!(records(nothing.as_bytes()).is_err(), "{nothing}");
    }
}

/// A record with so many readings that say nothing, and what stands behind them.
fn empty_readings(count: usize, behind: &str) -> String {
    let readings = vec!["{}"; count].join(",");
    format!(r#"OCMF|{{"FV":"1.4","PG":"T7","MS":"SYN-M-1","RD":[{readings}]{behind}}}|{{"SD":"00"}}"#)
}

#[test]
fn of_many_findings_the_rest_is_one_that_is_as_bad_as_the_worst() {
    let found = one(&empty_readings(2_000, "")).read.findings;
    assert_eq!(found.len(), 501);
    let more = found.last().unwrap();
    assert_eq!(
        (more.code.as_str(), more.severity, more.data["count"].as_str()),
        ("findings-more", Severity::Warning, "3500")
    );
    let found = one(&empty_readings(2_000, r#","TT":7"#)).read.findings;
    assert_eq!(found.last().unwrap().severity, Severity::Error);
    let many = [empty_readings(200, ""), "\n".to_owned()].concat().repeat(300);
    let found: usize = records(many.as_bytes()).unwrap().iter().map(|presented| presented.read.findings.len()).sum();
    assert!((20_000..=20_300).contains(&found), "{found}");
}

#[test]
fn places_are_right_in_whatever_order_the_findings_come() {
    let text = RECORD.replace("\"FV\":\"1.4\",", "\n\"AB\":1,\n").replace("\"TX\":\"B\"", "\n\"TX\":\"Z\"");
    let found = one(&text).read.findings;
    let places: Vec<_> = found.iter().map(|finding| finding.position.map(|at| (at.line, at.column)).unwrap()).collect();
    assert_eq!(
        found.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(),
        ["ocmf-member-unknown", "ocmf-word-unknown", "ocmf-version-missing"]
    );
    assert_eq!(places, [(2, 6), (4, 6), (1, 6)]);
}

/// What a reading leaves out is as in the one before it: the same, and not a copy for each.
#[test]
fn readings_that_leave_their_energy_out_share_it() {
    let text = RECORD.replace("\"ST\":\"G\"}", &format!("\"ST\":\"G\"}}{}", ",{}".repeat(100)));
    let readings = one(&text).read.record.unwrap().readings;
    assert_eq!(readings.len(), 101);
    let first = readings[0].energy.as_ref().unwrap();
    assert!(readings.iter().all(|reading| std::sync::Arc::ptr_eq(reading.energy.as_ref().unwrap(), first)));
    let long = with("\"1-0:1.8.0\"", &format!("\"{}\"", "1".repeat(65)));
    assert_eq!(codes(&long), [("ocmf-word-unknown", Severity::Error)]);
    assert_eq!(long.read.record.unwrap().readings[0].energy, None);
}

#[test]
fn a_payload_may_have_as_many_members_as_it_likes() {
    let members: String = (0..200_000).map(|number| format!(",\"U{number}\":1")).collect();
    let presented = one(&RECORD.replace("\"MS\"", &format!("{},\"MS\"", members.trim_start_matches(','))));
    assert!(codes(&presented).is_empty());
}
