//! A bundle that was once made is checked as it was then, for ever.

use std::path::{Path, PathBuf};

use heng_checker::{Answer, Given, Policy, check};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/golden/heng-bundle-1")
}

/// Two certificates of weights up to the unit, with their rules as they were; nothing of today's rules is asked.
#[test]
fn the_golden_bundle_is_trusted_check_by_check() {
    let bytes = std::fs::read(folder().join("e2-weights.heng")).unwrap();
    let policy = Policy::parse(&std::fs::read_to_string(folder().join("policy.toml")).unwrap()).unwrap();
    let reports = check(&[Given { name: "e2-weights.heng", bytes: &bytes }], Some(&policy)).unwrap();
    let [report] = reports.as_slice() else { panic!("one certificate, one report") };
    assert_eq!(report.answer(), Answer::Trusted, "{:?}", report.checks);
    assert_eq!(report.number.as_deref(), Some("SYN-NMI-2026-0011"));
    let found: Vec<String> =
        report.checks.iter().map(|check| format!("{} {} {:?}\n", check.name, check.subject, check.outcome)).collect();
    insta::assert_snapshot!(found.concat());
}
