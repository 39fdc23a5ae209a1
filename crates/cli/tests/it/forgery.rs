//! Whatever is wrong with a certificate, exactly the check that is named after it fails.

use heng_quantity::Decimal;
use heng_statement::{Body, Correction, Role, body::CorrectionKind};
use jiff::civil::date;

use crate::city::{City, root};
use crate::forger::{Forger, Forgery, authorization};

const RULE: &str = "jjg-539-2016";

/// A city with one genuine certificate, which passes, and a forger in it.
struct Scene {
    city: City,
    genuine: String,
    forger: Option<Forger>,
}

impl Scene {
    fn set() -> Self {
        let city = City::founded();
        let genuine = city.certified(&root().join("examples/records/scale.toml").display().to_string());
        assert!(city.failed_checks_of(&genuine).is_empty());
        let forger = Some(Forger::in_city(&city));
        Self { city, genuine, forger }
    }

    fn forger(&self) -> &Forger {
        self.forger.as_ref().unwrap()
    }

    /// Issues the genuine certificate again with one thing changed.
    fn forged(&self, number: &str, change: impl FnOnce(&mut Forgery)) {
        let mut forgery = self.forger().parts(&self.genuine);
        change(&mut forgery);
        self.forger().issues(number, forgery);
    }

    /// Each forgery fails at the named check of that certificate, and at nothing else.
    fn fail_at(mut self, expected: &[(&str, &str)]) {
        // The forger holds the store's lock.
        self.forger = None;
        for (number, name) in expected {
            let failed = self.city.failed_checks_of(number);
            assert_eq!(failed, [((*name).to_owned(), (*number).to_owned())], "{number}");
        }
    }
}

#[test]
fn a_faithful_copy_fails_nowhere() {
    let mut scene = Scene::set();
    scene.forged("COPY", |_| {});
    scene.forger = None;
    assert_eq!(scene.city.failed_checks_of("COPY"), []);
}

#[test]
fn who_may_not_sign_is_found_out() {
    let scene = Scene::set();
    let forger = scene.forger();
    let hire = |person: &str, laboratory: &str, role, rule: &str, key_through, through| {
        forger.hires(person, laboratory, key_through, authorization(person, &[role], rule, through));
    };
    let (spring, later) = (date(2026, 4, 30), date(2036, 12, 31));
    hire("party:person:lapsed", "party:lab-tj", Role::Measure, RULE, later, spring);
    hire("party:person:old-key", "party:lab-tj", Role::Measure, RULE, spring, later);
    hire("party:person:gauges", "party:lab-tj", Role::Measure, "jjg-52-2013", later, later);
    hire("party:person:reviewer-lapsed", "party:lab-tj", Role::Review, RULE, later, spring);
    hire("party:person:power", "party:lab-power", Role::Measure, "jjg-596-2012", later, later);
    scene.forged("EXPIRED-PERSON", |forgery| forgery.measured_by("party:person:lapsed"));
    scene.forged("EXPIRED-KEY", |forgery| forgery.measured_by("party:person:old-key"));
    scene.forged("OUT-OF-SCOPE", |forgery| forgery.measured_by("party:person:gauges"));
    hire("party:person:reviews-only", "party:lab-tj", Role::Review, RULE, later, later);
    scene.forged("REVIEWER-MEASURES", |forgery| forgery.measured_by("party:person:reviews-only"));
    scene.forged("OTHER-LABORATORYS-PERSON", |forgery| forgery.measured_by("party:person:power"));
    scene.forged("OWN-REVIEW", |forgery| forgery.reviewed_by("party:person:zhao-min"));
    scene.forged("EXPIRED-REVIEWER", |forgery| forgery.reviewed_by("party:person:reviewer-lapsed"));
    scene.forged("UNAUTHORIZED-REVIEWER", |forgery| forgery.reviewed_by("party:person:liu-yang"));
    scene.forged("OTHER-LABORATORY", |forgery| forgery.laboratory = "party:lab-power".to_owned());
    scene.forged("NAMED-LABORATORY", |forgery| {
        forgery.certificate.laboratory.id = Some("party:lab-power".to_owned());
    });
    scene.forged("NAMED-VERIFIER", |forgery| {
        forgery.certificate.signatories[0].id = "party:person:liu-yang".to_owned();
    });
    scene.forged("NAMED-REVIEWER", |forgery| {
        forgery.certificate.signatories[1].id = "party:person:lin-yue".to_owned();
    });
    scene.forged("BEFORE-THE-LABORATORY", |forgery| forgery.at = "2025-12-01T02:00:00Z".parse().unwrap());
    scene.fail_at(&[
        ("EXPIRED-PERSON", "authorization"),
        ("EXPIRED-KEY", "key"),
        ("OUT-OF-SCOPE", "authorization"),
        ("REVIEWER-MEASURES", "authorization"),
        ("OTHER-LABORATORYS-PERSON", "authorization"),
        ("OWN-REVIEW", "review"),
        ("EXPIRED-REVIEWER", "review"),
        ("UNAUTHORIZED-REVIEWER", "review"),
        ("OTHER-LABORATORY", "authorization"),
        ("NAMED-LABORATORY", "authorization"),
        ("NAMED-VERIFIER", "authorization"),
        ("NAMED-REVIEWER", "review"),
        ("BEFORE-THE-LABORATORY", "key"),
    ]);
}

#[test]
fn what_was_not_measured_so_is_found_out() {
    let scene = Scene::set();
    scene.forged("OTHER-VALUE", |forgery| {
        let value = &mut forgery.certificate.results[2].points[1].result.quantity.value;
        *value = "1".parse::<Decimal>().unwrap();
    });
    scene.forged("OTHER-LIMIT", |forgery| {
        let point = &mut forgery.certificate.results[2].points[1];
        let limit = point.limit.as_mut().unwrap();
        limit.upper = limit.upper.clone().map(|mut upper| {
            upper.value = "50".parse().unwrap();
            upper
        });
    });
    scene.forged("OTHER-INSTRUMENT", |forgery| forgery.certificate.instrument.serial = "示例-2023-9999".to_owned());
    scene.forged("OTHER-DAY", |forgery| forgery.certificate.performed_on = date(2026, 5, 21));
    scene.forged("LONGER", |forgery| forgery.certificate.valid_through = Some(date(2028, 5, 19)));
    scene.forged("OTHER-DIGIT-IN-THE-XML", |forgery| {
        forgery.xml = |xml| xml.replacen("<si:value>2500</si:value>", "<si:value>2600</si:value>", 1);
    });
    scene.forged("NO-RULE", |forgery| forgery.rule = None);
    scene.fail_at(&[
        ("OTHER-VALUE", "uncertainty"),
        ("OTHER-LIMIT", "limits"),
        ("OTHER-INSTRUMENT", "record"),
        ("OTHER-DAY", "record"),
        ("LONGER", "limits"),
        ("OTHER-DIGIT-IN-THE-XML", "renderings"),
        ("NO-RULE", "rule"),
    ]);
}

#[test]
fn a_chain_that_does_not_hold_is_found_out() {
    let scene = Scene::set();
    // The same weighing two years on, when the weights' own certificate has run out.
    scene.forged("LAPSED-STANDARD", |forgery| {
        let day = date(2028, 5, 20);
        forgery.at = "2028-05-20T08:00:00Z".parse().unwrap();
        forgery.record.performed_on = day;
        forgery.certificate.performed_on = day;
        forgery.certificate.issued_on = day;
        forgery.certificate.valid_through = Some(date(2029, 5, 19));
    });
    scene.forged("OTHER-STANDARD", |forgery| {
        forgery.certificate.standards[0].certificate_xml_sha256 = "0".repeat(64);
    });
    scene.fail_at(&[("LAPSED-STANDARD", "chain-validity"), ("OTHER-STANDARD", "chain-validity")]);
}

#[test]
fn a_superseded_certificate_is_found_out() {
    let scene = Scene::set();
    scene.forged("OLD", |_| {});
    scene.forged("NEW", |_| {});
    let forger = scene.forger();
    let correction = Correction {
        statement: forger.hash("OLD"),
        kind: CorrectionKind::Superseded,
        replaced_by: Some(forger.hash("NEW")),
        reason: heng_rule::Words { zh: "示例".to_owned(), en: "example".to_owned() },
        from: date(2026, 6, 1),
        decided_by: None,
    };
    forger.logs("party:lab-tj", &scene.genuine, Body::Correct(correction));
    scene.fail_at(&[("OLD", "standing")]);
}
