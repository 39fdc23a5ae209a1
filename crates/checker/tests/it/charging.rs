//! Signed readings of charging meters: each named check, passed and failed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use heng_checker::charging::{CertifiedMeter, Grounds, METER_PUBLIC_KEY, NAMES, ReadingReport, check_readings};
use heng_checker::{Answer, Outcome};
use heng_exchange::ocmf::{Presented, records};
use heng_rule::readings::{ReadingLimits, builtin_reading_limits};
use heng_rule::{Cell, Words};
use heng_statement::{Certificate, CertificateKind, SigningKey, Suite};

fn limits() -> ReadingLimits {
    builtin_reading_limits().unwrap()
}

fn key(seed: u8) -> SigningKey {
    SigningKey::generate(Suite::Es256, &[seed; 32]).unwrap()
}

fn public(key: &SigningKey) -> String {
    hex::encode(key.public_key().to_spki_der())
}

/// A payload signed by a key.
fn signed(key: &SigningKey, payload: &str) -> String {
    let signature = hex::encode(key.sign_der(payload.as_bytes()).unwrap());
    format!("OCMF|{payload}|{{\"SA\":\"ECDSA-secp256r1-SHA256\",\"SD\":\"{signature}\"}}")
}

/// A synthetic reading.
fn reading(time: &str, reason: &str, kwh: &str) -> String {
    format!(
        r#"{{"TM":"2026-03-09T{time},000+0800 S","TX":"{reason}","RV":{kwh},"RI":"1-0:1.8.0","RU":"kWh","RT":"DC","EF":"","ST":"G"}}"#
    )
}

fn payload(page: &str, readings: &[String]) -> String {
    format!(
        r#"{{"FV":"1.4","GI":"示例充电桩","GS":"SYN-1","PG":"{page}","MV":"示例仪表厂","MS":"SYN-M-1","IS":false,"TT":"1.20 元/kWh","RD":[{}]}}"#,
        readings.join(",")
    )
}

/// A whole session in one record.
fn whole() -> String {
    payload("T7", &[reading("18:00:00", "B", "88.10"), reading("18:30:00", "E", "102.85")])
}

fn presented(texts: &[String]) -> Vec<Presented> {
    records(texts.join("\n").as_bytes()).unwrap()
}

/// Checks payloads signed by the first key, with that key.
fn checked(payloads: &[String]) -> Vec<ReadingReport> {
    let texts: Vec<String> = payloads.iter().map(|payload| signed(&key(1), payload)).collect();
    let (limits, public) = (limits(), public(&key(1)));
    check_readings(&presented(&texts), &Grounds { limits: &limits, key: Some(&public), meters: &[] })
}

fn one(payload: &str) -> ReadingReport {
    checked(&[payload.to_owned()]).remove(0)
}

/// Outcome and reason of a check.
fn outcome(report: &ReadingReport, name: &str) -> (Outcome, String) {
    let check = report.checks.iter().find(|check| check.name == name).unwrap_or_else(|| panic!("no check {name}"));
    (check.outcome, check.reason.code.clone())
}

fn failed(report: &ReadingReport) -> Vec<&'static str> {
    report.checks.iter().filter(|check| check.outcome == Outcome::Failed).map(|check| check.name).collect()
}

#[test]
fn a_sound_record_passes_what_it_can_prove_alone_and_names_what_it_cannot() {
    let report = one(&whole());
    let names: Vec<&str> = report.checks.iter().map(|check| check.name).collect();
    assert_eq!(names, NAMES);
    assert_eq!(failed(&report), [] as [&str; 0]);
    for check in &report.checks {
        let is_alone = !matches!(check.name, "meter" | "certificate");
        assert_eq!(check.outcome == Outcome::Passed, is_alone, "{check:?}");
    }
    assert_eq!(report.answer(), Answer::CannotCheck);
    assert!(report.holds());
    let session = report.session.unwrap();
    assert_eq!(
        (session.energy.as_ref().unwrap().text(), session.duration().as_secs()),
        ("14.75\u{a0}kW·h".to_owned(), 1800)
    );
}

#[test]
fn one_bit_anywhere_turns_the_signature_red_and_the_rest_says_that_it_rests_on_it() {
    let text = signed(&key(1), &whole());
    let (limits, public) = (limits(), public(&key(1)));
    let grounds = Grounds { limits: &limits, key: Some(&public), meters: &[] };
    for place in (0..text.len()).step_by(7) {
        let mut bytes = text.clone().into_bytes();
        bytes[place] ^= 1;
        let Ok(found) = records(&bytes) else { continue };
        let Some(report) = check_readings(&found, &grounds).into_iter().next() else { continue };
        let (signature, code) = outcome(&report, "signature");
        // A bit in the signature section may also name another algorithm, or change the case of a digit or a name that is passed over.
        let is_in_section = place > text.rfind('|').unwrap();
        if !is_in_section {
            assert_eq!(signature, Outcome::Failed, "{place} {code}");
            assert!(!report.holds());
            assert!(report.checks.iter().skip(2).all(|check| check.reason.code == "rests-on"));
        }
    }
}

#[test]
fn each_fault_fails_its_own_check_though_the_signature_is_right() {
    let good = [reading("18:00:00", "B", "88.10"), reading("18:30:00", "E", "102.85")];
    let with = |from: &str, to: &str| {
        let changed = whole().replacen(from, to, 1);
        assert_ne!(changed, whole(), "{from}");
        changed
    };
    for (payload, name, code) in [
        (with(r#""PG":"T7","#, ""), "format", "charging-format-failed"),
        (with(r#""ST":"G""#, r#""ST":"gut""#), "format", "charging-format-failed"),
        (with(r#""TT":"1.20 元/kWh""#, r#""TT":"1","TT":"2""#), "format", "charging-format-failed"),
        (with("18:30:00", "17:30:00"), "clock", "charging-clock-backwards"),
        (with(r#""EF":"""#, r#""EF":"t""#), "clock", "charging-clock-flagged"),
        (with(r#""EF":"""#, r#""EF":"E""#), "meter-state", "charging-energy-flagged"),
        (with(r#""ST":"G""#, r#""ST":"F""#), "meter-state", "charging-meter-state"),
        (with(r#""TX":"E""#, r#""TX":"X""#), "meter-state", "charging-exception"),
        (with("102.85", "88.09"), "plausibility", "charging-register-backwards"),
        (with("18:30:00", "18:00:01"), "plausibility", "charging-too-much"),
        (payload("T7", &[good.clone(), good.clone()].concat()), "bounds", "charging-bounds-order"),
        (payload("T7", &[good[1].clone(), good[0].clone()]), "bounds", "charging-bounds-order"),
        (
            payload("T7", &[good[0].clone(), reading("18:20:00", "B", "95.00"), good[1].clone()]),
            "bounds",
            "charging-bounds-order",
        ),
    ] {
        let report = one(&payload);
        assert_eq!(outcome(&report, "signature").0, Outcome::Passed);
        assert_eq!(outcome(&report, name), (Outcome::Failed, code.to_owned()), "{payload}");
        assert!(!report.holds() && report.answer() == Answer::Doubtful);
    }
}

#[test]
fn what_the_record_does_not_vouch_for_is_not_possible_and_never_guessed() {
    let with = |from: &str, to: &str| one(&whole().replace(from, to));
    let not_possible = |code: &str| (Outcome::NotPossible, code.to_owned());
    assert_eq!(outcome(&with(" S\"", " U\""), "clock"), not_possible("charging-clock-unproved"));
    assert_eq!(outcome(&with(" S\"", " I\""), "clock"), not_possible("charging-clock-unproved"));
    assert_eq!(outcome(&with(" S\"", "\""), "clock"), not_possible("charging-clock-unproved"));
    assert_eq!(outcome(&with(" S\"", " R\""), "clock"), (Outcome::Passed, "charging-clock-duration".to_owned()));
    let quick = one(&whole().replace(" S\"", " U\"").replace("18:30:00", "18:00:01"));
    assert_eq!(outcome(&quick, "plausibility"), not_possible("charging-too-much-or-clock"));
    assert_eq!(outcome(&with("\"TX\":\"B\",", "\"TX\":\"C\","), "bounds"), not_possible("charging-bounds-no-begin"));
    // A value in a unit that is not read is left out, not taken for another.
    assert_eq!(
        outcome(&with("\"RU\":\"kWh\"", "\"RU\":\"kVAh\""), "plausibility"),
        not_possible("charging-one-reading")
    );
    // Readings of two registers are never subtracted from each other.
    let other = one(&whole().replacen("1-0:1.8.0", "1-0:2.8.0", 1));
    assert_eq!(outcome(&other, "plausibility"), not_possible("charging-one-reading"));
}

#[test]
fn a_session_in_several_records_needs_all_its_pages() {
    let parts = [
        payload("T7", &[reading("18:00:00", "B", "88.10")]),
        payload("T8", &[reading("18:15:00", "C", "95.60")]),
        payload("T9", &[reading("18:30:00", "L", "102.85")]),
    ];
    for report in checked(&parts) {
        assert_eq!(outcome(&report, "pagination"), (Outcome::Passed, "charging-page-complete".to_owned()));
        assert_eq!(outcome(&report, "bounds"), (Outcome::Passed, "charging-bounds-passed".to_owned()));
        assert_eq!(report.session.unwrap().energy.unwrap().text(), "14.75\u{a0}kW·h");
    }
    // In whatever order they lie in the file.
    let [first, second, third] = parts.clone();
    for report in checked(&[third.clone(), first.clone(), second.clone()]) {
        assert_eq!(outcome(&report, "pagination").0, Outcome::Passed);
    }
    for report in checked(&[first.clone(), third.clone()]) {
        assert_eq!(outcome(&report, "pagination"), (Outcome::Failed, "charging-page-gap".to_owned()));
    }
    for report in checked(&[first.clone(), second.clone()]) {
        assert_eq!(outcome(&report, "pagination"), (Outcome::NotPossible, "charging-page-open".to_owned()));
        assert_eq!(outcome(&report, "bounds"), (Outcome::NotPossible, "charging-bounds-no-end".to_owned()));
    }
    // The same page signed twice with another content convicts both; the same record given twice does not.
    let again = payload("T9", &[reading("18:30:00", "L", "99.85")]);
    let reports = checked(&[first.clone(), second, third.clone(), again]);
    assert_eq!(outcome(&reports[2], "pagination"), (Outcome::Failed, "charging-page-twice".to_owned()));
    assert_eq!(outcome(&reports[3], "pagination"), (Outcome::Failed, "charging-page-twice".to_owned()));
    let reports = checked(&[whole(), whole()]);
    assert!(reports.iter().all(|report| outcome(report, "pagination").0 == Outcome::Passed));
    // Another tariff in the same session.
    let other = third.replace("1.20", "1.80");
    let reports = checked(&[first, parts[1].clone(), other]);
    assert_eq!(outcome(&reports[0], "tariff"), (Outcome::Failed, "charging-tariff-changed".to_owned()));
}

#[test]
fn a_field_left_out_is_as_in_the_reading_before() {
    let short = r#"{"TM":"2026-03-09T18:30:00,000+0800 S","TX":"E","RV":102.85}"#.to_owned();
    let report = one(&payload("T7", &[reading("18:00:00", "B", "88.10"), short.clone()]));
    assert_eq!(report.answer(), Answer::CannotCheck);
    assert_eq!(report.session.unwrap().energy.unwrap().text(), "14.75\u{a0}kW·h");
    let flagged = reading("18:00:00", "B", "88.10").replace(r#""EF":"""#, r#""EF":"E""#);
    assert_eq!(failed(&one(&payload("T7", &[flagged, short]))), ["meter-state"]);
}

#[test]
fn a_key_is_needed_and_must_be_of_the_records_curve() {
    let texts = [signed(&key(1), &whole())];
    let limits = limits();
    let with = |key: Option<&str>| {
        check_readings(&presented(&texts), &Grounds { limits: &limits, key, meters: &[] }).remove(0)
    };
    let report = with(None);
    assert_eq!(outcome(&report, "signature"), (Outcome::NotPossible, "charging-no-key".to_owned()));
    assert_eq!(outcome(&report, "plausibility").1, "rests-on");
    assert!(!report.holds());
    assert_eq!(outcome(&with(Some("nonsense")), "signature").1, "charging-key-unreadable");
    assert_eq!(
        outcome(&with(Some(&public(&key(2)))), "signature"),
        (Outcome::Failed, "charging-not-signed".to_owned())
    );
    let p384 = "3076301006072A8648CE3D020106052B8104002203620004AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB73617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F";
    assert_eq!(outcome(&with(Some(p384)), "signature"), (Outcome::Failed, "charging-key-other-curve".to_owned()));
    // A bare point, and base64.
    let spki = key(1).public_key().to_spki_der().to_vec();
    let raw = hex::encode(&spki[spki.len() - 64..]);
    assert_eq!(outcome(&with(Some(&raw)), "signature").0, Outcome::Passed);
}

/// The certificate of the golden bundle, made into one of the meter.
fn certificate() -> Certificate {
    let folder = root().join("schemas/golden/heng-bundle-1");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let bundle = files.iter().find_map(|path| heng_checker::Bundle::parse(&std::fs::read(path).unwrap()).ok()).unwrap();
    let dossier = heng_checker::Dossier::open(&bundle).unwrap();
    let mut certificate = dossier.certificate(&dossier.certificate).unwrap().1.clone();
    certificate.kind = CertificateKind::Verification;
    certificate.instrument.serial = "SYN-M-1".to_owned();
    certificate.instrument.characteristics =
        BTreeMap::from([(METER_PUBLIC_KEY.to_owned(), Cell::Text(public(&key(1))))]);
    certificate.laboratory.name = Words { zh: "示例所".to_owned(), en: "Example".to_owned() };
    certificate.performed_on = "2025-06-01".parse().unwrap();
    certificate.valid_through = Some("2028-05-31".parse().unwrap());
    certificate
}

#[test]
fn the_meters_certificate_says_whose_key_it_is_and_whether_the_meter_was_verified_that_day() {
    let limits = limits();
    let checked = |change: &dyn Fn(&mut CertifiedMeter), signer: u8, enclosed: Option<&str>| {
        let mut meter = CertifiedMeter { certificate: certificate(), answer: Answer::Trusted };
        change(&mut meter);
        let mut found = presented(&[signed(&key(signer), &whole())]);
        found[0].key = enclosed.map(str::to_owned);
        check_readings(&found, &Grounds { limits: &limits, key: None, meters: &[meter] }).remove(0)
    };
    let report = checked(&|_| {}, 1, None);
    assert_eq!(report.answer(), Answer::Trusted, "{:?}", report.checks);
    assert_eq!(outcome(&report, "signature").1, "charging-signed-certified");
    // A forger's file with a forger's key: signed, but not by the meter.
    let report = checked(&|_| {}, 2, Some(&public(&key(2))));
    assert_eq!(outcome(&report, "signature"), (Outcome::Passed, "charging-signed-enclosed".to_owned()));
    assert_eq!(failed(&report), ["meter"]);
    assert_eq!(failed(&checked(&|_| {}, 2, None)), ["signature"]);
    type Change = dyn Fn(&mut CertifiedMeter);
    let changes: [(&Change, &str, Outcome, &str); 8] = [
        (&|meter| meter.answer = Answer::Doubtful, "certificate", Outcome::Failed, "charging-certificate-doubtful"),
        (
            &|meter| meter.answer = Answer::CannotCheck,
            "certificate",
            Outcome::NotPossible,
            "charging-certificate-unproved",
        ),
        (
            &|meter| meter.certificate.kind = CertificateKind::RejectionNotice,
            "certificate",
            Outcome::Failed,
            "charging-certificate-kind",
        ),
        (
            &|meter| meter.certificate.valid_through = Some("2026-03-08".parse().unwrap()),
            "certificate",
            Outcome::Failed,
            "charging-certificate-not-in-force",
        ),
        (
            &|meter| meter.certificate.performed_on = "2026-03-10".parse().unwrap(),
            "certificate",
            Outcome::Failed,
            "charging-certificate-not-in-force",
        ),
        (
            &|meter| meter.certificate.instrument.serial = "SYN-M-2".to_owned(),
            "meter",
            Outcome::NotPossible,
            "charging-meter-unknown",
        ),
        (
            &|meter| meter.certificate.instrument.characteristics.clear(),
            "meter",
            Outcome::NotPossible,
            "charging-key-uncertified",
        ),
        (
            &|meter| {
                let other = Cell::Text(public(&key(3)));
                meter.certificate.instrument.characteristics.insert(METER_PUBLIC_KEY.to_owned(), other);
            },
            "meter",
            Outcome::Failed,
            "charging-meter-other-key",
        ),
    ];
    for (change, name, expected, code) in changes {
        let report = checked(change, 1, Some(&public(&key(1))));
        assert_eq!(outcome(&report, name), (expected, code.to_owned()));
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_examples_hold_for_all_seven_algorithms() {
    let limits = limits();
    let mut curves = 0;
    for entry in std::fs::read_dir(root().join("examples/ocmf")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "xml") {
            continue;
        }
        let found = records(&std::fs::read(&path).unwrap()).unwrap();
        for report in check_readings(&found, &Grounds { limits: &limits, key: None, meters: &[] }) {
            assert!(report.holds(), "{} {:?}", path.display(), report.checks);
            assert_eq!(outcome(&report, "signature").1, "charging-signed-enclosed");
            assert!(report.findings.is_empty(), "{:?}", report.findings);
        }
        curves += usize::from(found.len() == 1);
    }
    assert_eq!(curves, 7);
    let key = std::fs::read_to_string(root().join("examples/ocmf/session.key")).unwrap();
    let found = records(&std::fs::read(root().join("examples/ocmf/session.ocmf")).unwrap()).unwrap();
    assert_eq!(found.len(), 3);
    let reports = check_readings(&found, &Grounds { limits: &limits, key: Some(&key), meters: &[] });
    assert!(reports.iter().all(ReadingReport::holds));
}

#[test]
fn recorded_messages_of_ocpp_are_read_for_what_was_signed_in_them() {
    use base64::Engine;
    let limits = limits();
    let record = signed(&key(1), &whole());
    let text = serde_json::to_string(&record).unwrap();
    let base64 = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    let old = format!(
        r#"[2,"17","StopTransaction",{{"transactionId":7,"meterStop":102850,"transactionData":[{{"timestamp":"2026-03-09T10:30:00Z","sampledValue":[{{"value":"102850","format":"Raw"}},{{"value":{text},"format":"SignedData","context":"Transaction.End"}}]}}]}}]"#
    );
    let new = format!(
        r#"[2,"18","TransactionEvent",{{"eventType":"Ended","meterValue":[{{"sampledValue":[{{"value":102.85,"signedMeterValue":{{"signedMeterData":"{}","signingMethod":"","encodingMethod":"OCMF","publicKey":"{}"}}}}]}}]}}]"#,
        base64(&record),
        base64(&format!("oca:base16:asn1:{}", public(&key(1)))),
    );
    // A line that is cut off loses only itself, and is not passed over in silence.
    let found = records(format!("{old}\n{}\n{new}\n", old.chars().take(300).collect::<String>()).as_bytes()).unwrap();
    let lines: Vec<u32> = found.iter().map(|presented| presented.origin.line).collect();
    assert_eq!(lines, [1, 2, 3]);
    let public = public(&key(1));
    let with = |key| check_readings(&found, &Grounds { limits: &limits, key, meters: &[] });
    let outcomes = |reports: &[ReadingReport]| -> Vec<Outcome> {
        reports.iter().map(|report| outcome(report, "signature").0).collect()
    };
    assert_eq!(outcomes(&with(None)), [Outcome::NotPossible, Outcome::Failed, Outcome::Passed]);
    assert_eq!(outcomes(&with(Some(&public))), [Outcome::Passed, Outcome::Failed, Outcome::Passed]);
}

/// The material of others, or nothing where it is not there.
fn others(name: &str) -> Option<Vec<serde_json::Value>> {
    let path = root().join("../shared/data/ocmf").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not there, so the records of others were not tried", path.display());
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn report_of(row: &serde_json::Value, limits: &ReadingLimits) -> ReadingReport {
    let found = records(row["ocmf"].as_str().unwrap().as_bytes()).unwrap();
    check_readings(&found, &Grounds { limits, key: row["public_key"].as_str(), meters: &[] }).remove(0)
}

#[test]
fn records_of_the_field_are_judged_as_an_independent_implementation_judges_them() {
    let Some(rows) = others("ocmf_samples.jsonl") else { return };
    let limits = limits();
    let mut keyed = 0;
    for row in rows {
        let report = report_of(&row, &limits);
        let (outcome, code) = outcome(&report, "signature");
        match row["independent_check"].as_str().unwrap() {
            "valid" => assert_eq!(outcome, Outcome::Passed, "{} {code}", row["id"]),
            "no-key" => assert_eq!(outcome, Outcome::NotPossible, "{} {code}", row["id"]),
            _ => assert_eq!(outcome, Outcome::Failed, "{} {code}", row["id"]),
        }
        keyed += usize::from(!row["public_key"].is_null());
    }
    assert_eq!(keyed, 107);
}

#[test]
fn every_mutation_of_a_valid_record_fails_the_signature() {
    let Some(rows) = others("ocmf_derived_invalid.jsonl") else { return };
    let limits = limits();
    for row in rows {
        let report = report_of(&row, &limits);
        let mutation = row["mutation"].as_str().unwrap();
        let (found, code) = outcome(&report, "signature");
        assert_eq!(found, Outcome::Failed, "{mutation} of {}: {code}", row["parent"]);
        let expected: &[&str] = match mutation {
            "truncated record" => &["signature", "format"],
            _ => &["signature"],
        };
        assert!(expected.iter().all(|name| failed(&report).contains(name)), "{mutation}: {:?}", failed(&report));
        assert!(!report.holds());
    }
}
