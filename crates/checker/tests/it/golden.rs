//! A bundle that was once made is checked as it was then, for ever.

use std::path::{Path, PathBuf};

use heng_checker::{Answer, Bundle, Dossier, Given, Outcome, Policy, check};

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

/// Each file belongs to the bundle that is it, or that fixes it by hash or by number, and is spoken for once.
#[test]
fn files_that_are_handed_in_together_find_their_bundle() {
    let bytes = std::fs::read(folder().join("e2-weights.heng")).unwrap();
    let bundle = Bundle::parse(&bytes).unwrap();
    let dossier = Dossier::open(&bundle).unwrap();
    let (_, certificate) = dossier.certificate(&bundle.certificate).unwrap();
    let xml = certificate.documents.iter().find_map(|document| dossier.texts.get(&document.sha256)).unwrap();
    let other = Bundle { certificate: "0".repeat(64), ..bundle.clone() }.to_bytes().unwrap();
    let files: [(&str, &[u8]); 6] = [
        ("a.xml", xml),
        ("other.heng", &other),
        ("a.heng", &bytes),
        ("again.heng", &bytes),
        ("again.xml", xml),
        ("page.html", b"<!doctype html><p>"),
    ];
    let given = files.map(|(name, bytes)| Given { name, bytes });
    let reports = check(&given, None).unwrap();
    let documents = |place: usize| -> Vec<(&str, Outcome)> {
        let of_files = reports[place].checks.iter().filter(|check| check.name == "document");
        of_files.map(|check| (check.subject.as_str(), check.outcome)).collect()
    };
    assert_eq!(reports.len(), 3);
    assert_eq!(reports[0].checks[0].reason.code, "bundle-without-certificate");
    assert_eq!(documents(1), [("a.xml", Outcome::Passed), ("again.xml", Outcome::Passed)]);
    assert_eq!(documents(2), [("page.html", Outcome::NotPossible)]);
}
