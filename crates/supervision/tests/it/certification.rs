//! What each signer says, and which kind of certificate comes of it.

use heng_rule::{Instrument, Occasion, Outcome};
use heng_statement::{Body, Certificate, CertificateKind};
use heng_supervision::certification::{self, Draft, Grounds, certificate, kind};
use heng_supervision::thing_id;
use proptest::prelude::*;

use crate::fixtures::{Scene, at, certificate_of_the_standard, day, draft, rendered, rule, verdict, words};

#[test]
fn only_conformity_gives_a_verification_certificate() {
    for occasion in [Occasion::Initial, Occasion::Subsequent, Occasion::InService] {
        let of = |outcome| kind(occasion, Some(&verdict(outcome)));
        assert_eq!(of(Outcome::Conforms), CertificateKind::Verification);
        assert_eq!(of(Outcome::DoesNotConform), CertificateKind::RejectionNotice);
        assert_eq!(of(Outcome::NotDecidable), CertificateKind::RejectionNotice);
        assert_eq!(kind(occasion, None), CertificateKind::Calibration);
    }
    assert_eq!(kind(Occasion::Calibration, Some(&verdict(Outcome::Conforms))), CertificateKind::Calibration);
}

#[test]
fn a_rejection_notice_has_no_validity_and_passes_nothing_on() {
    let scene = Scene::new();
    let record = heng_rule::Record { occasion: Occasion::Subsequent, ..scene.record() };
    let passed_on = scene.world.standard("thing:standard:tj-m1").unwrap().dissemination();
    let made = |outcome| {
        let draft = draft(&record, "jjg-99-2022", Some(verdict(outcome)));
        certificate(Draft { disseminates: vec![passed_on.clone()], ..draft })
    };
    let (good, bad) = (made(Outcome::Conforms), made(Outcome::DoesNotConform));
    assert_eq!((good.valid_through, good.disseminates.len()), (Some(day("2027-12-31")), 1));
    assert_eq!((bad.valid_through, bad.disseminates.len()), (None, 0));
    assert!(good.synthetic && bad.synthetic, "what was made up stays labelled");
}

#[test]
fn a_certificate_cites_everything_it_rests_on_and_nothing_twice() {
    let scene = Scene::new();
    let record = scene.record();
    let reference = rule(&record.rule);
    let measurement =
        scene.sign(&certification::measurement(record.clone(), &record.verifier, at("2026-02-02"), &reference));
    let used = certification::standard_used(
        &certificate_of_the_standard(&scene),
        &"11".repeat(32),
        words("1 g～20 kg"),
        words("F2"),
        day("2027-12-31"),
    );
    let content = certificate(Draft { standards: vec![used.clone(), used], ..draft(&record, &record.rule, None) });
    let hashed = content.hashed().unwrap();
    let review = scene.sign(&certification::review(&hashed, &record.reviewer, at("2026-02-02"), measurement.hash()));
    let grounds = Grounds {
        measurement: measurement.hash(),
        review: review.hash(),
        rule: Some("22".repeat(32)),
        entitlements: vec!["33".repeat(32), "22".repeat(32)],
    };
    let issued = certification::issue(content.clone(), "party:lab-tj", at("2026-02-02"), grounds);
    assert_eq!(
        issued.cites,
        vec![measurement.hash(), review.hash(), "22".repeat(32), "11".repeat(32), "33".repeat(32)]
    );
    assert_eq!(issued.under, Some(reference));
    assert_eq!(
        (issued.issuer.as_str(), issued.about.as_slice()),
        ("party:lab-tj", &["thing:standard:tj-m1".to_owned()][..])
    );
    assert_eq!(issued.body, Body::Cert(Box::new(content)));
    scene.sign(&issued).authenticate(scene.keys["party:lab-tj"].public_key()).unwrap();
}

#[test]
fn a_review_holds_for_the_content_whatever_its_renderings_but_for_no_other_content() {
    let scene = Scene::new();
    let record = scene.record();
    let content = certificate(draft(&record, &record.rule, None));
    let reviewed = |certificate: &Certificate| {
        let review =
            certification::review(&certificate.hashed().unwrap(), &record.reviewer, at("2026-02-02"), "44".repeat(32));
        assert_eq!(review.cites, vec!["44".repeat(32)]);
        match review.body {
            Body::Assess(assessment) => assessment,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(reviewed(&content), reviewed(&rendered(content.clone())));
    let other = Certificate { number: "SYN-TJ-2026-9999".to_owned(), ..content.clone() };
    assert_ne!(reviewed(&content).content_sha256, reviewed(&other).content_sha256);
}

fn instrument(maker: &str, model: &str, serial: &str) -> Instrument {
    Instrument { id: None, manufacturer: words(maker), model: model.to_owned(), serial: serial.to_owned(), ..sample() }
}

fn sample() -> Instrument {
    Scene::new().record().instrument
}

#[test]
fn an_instrument_is_the_same_however_its_nameplate_was_typed() {
    let typed = thing_id(&instrument("示例衡器厂", "ACS-30", "a0017"));
    assert_eq!(typed, "thing:instrument:示例衡器厂:ACS-30:A0017");
    assert_eq!(typed, thing_id(&instrument(" 示例 衡器厂", "ＡＣＳ－３０", "A 0017 ")));
    let named = Instrument { id: Some(" thing:x ".to_owned()), ..instrument("a", "b", "c") };
    assert_eq!(thing_id(&named), "thing:x");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn different_nameplates_are_different_things(
        one in prop::array::uniform3("[A-C0-1:%：-]{1,3}"),
        other in prop::array::uniform3("[A-C0-1:%：-]{1,3}"),
    ) {
        let half_width = |parts: &[String; 3]| parts.clone().map(|part| part.replace('：', ":"));
        let same = half_width(&one) == half_width(&other);
        let base = sample();
        let [first, second] = [one, other].map(|[maker, model, serial]| {
            thing_id(&Instrument { id: None, manufacturer: words(&maker), model, serial, ..base.clone() })
        });
        prop_assert_eq!(first == second, same);
    }
}
