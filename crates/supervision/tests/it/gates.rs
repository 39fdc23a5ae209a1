//! Each gate refuses what it is for, and only that.

use std::sync::Arc;

use heng_rule::{ItemResult, Outcome, Record, Refusal};
use heng_statement::{Certificate, CertificateKind, SignedStatement, StatementHash};
use heng_supervision::certification::{self, Draft, Person, certificate};
use heng_supervision::gates::{Issue, StandardCertificate, refusals, refusals_beforehand};
use heng_supervision::{Retraction, withdrawal};
use heng_view::Standing;
use heng_wording::{Language, Words};

use crate::fixtures::{Scene, at, certificate_of_the_standard, day, draft, rule, verdict, words};

const STANDARD: &str = "1111111111111111111111111111111111111111111111111111111111111111";

/// A certificate ready to be issued, and what is known of its standard.
pub struct Case {
    pub scene: Scene,
    pub record: Record,
    pub rule_id: String,
    pub reviewer: String,
    pub laboratory: String,
    pub standard: Option<StandardCertificate>,
    pub more: Vec<SignedStatement>,
    pub results: Vec<ItemResult>,
    pub outcome: Option<Outcome>,
    pub altered: fn(Certificate) -> Certificate,
}

impl Case {
    pub fn new() -> Self {
        Self::of(Scene::new())
    }

    pub fn of(scene: Scene) -> Self {
        let record = scene.record();
        let standard = StandardCertificate {
            certificate: Arc::new(certificate_of_the_standard(&scene)),
            standing: Standing::InForce,
        };
        Self {
            rule_id: record.rule.clone(),
            reviewer: record.reviewer.clone(),
            laboratory: "party:lab-tj".to_owned(),
            standard: Some(standard),
            more: vec![],
            results: vec![],
            outcome: None,
            altered: |certificate| certificate,
            scene,
            record,
        }
    }

    fn refused(&self) -> Vec<String> {
        self.refusals().into_iter().map(|refusal| refusal.code).collect()
    }

    pub fn refusals(&self) -> Vec<Refusal> {
        let certificate_of_standard = certificate_of_the_standard(&self.scene);
        let used = certification::standard_used(
            &certificate_of_standard,
            &STANDARD.to_owned(),
            words("1 g～20 kg"),
            words("F2"),
            day("2027-12-31"),
        );
        let reviewer = Person { id: self.reviewer.clone(), name: words("核验员（示例）") };
        let content = certificate(Draft {
            standards: vec![used],
            reviewer,
            results: self.results.clone(),
            ..draft(&self.record, &self.rule_id, self.outcome.map(verdict))
        });
        let made_at = at(&self.record.performed_on.to_string());
        let measurement = self.scene.sign(&certification::measurement(
            self.record.clone(),
            &self.record.verifier,
            made_at,
            &rule(&self.rule_id),
        ));
        let review = certification::review(&content.hashed().unwrap(), &self.reviewer, made_at, measurement.hash());
        let review = self.scene.sign(&review);
        let content = (self.altered)(content);
        let authority = self.scene.authority_with(&self.more);
        let standards = |hash: &String| self.standard.clone().filter(|_| hash == STANDARD);
        let refused = refusals(Issue {
            authority: &authority,
            record: &measurement,
            review: &review,
            certificate: &content.hashed().unwrap(),
            laboratory: &self.laboratory,
            standards: &standards,
        });
        for language in [Language::Zh, Language::En] {
            let wording = Words::new(language);
            for refusal in &refused {
                let data: Vec<(&str, &str)> =
                    refusal.data.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                let said = wording.say(&format!("refusal-{}", refusal.code), &data);
                assert!(!said.contains("{$") && !said.contains("refusal-"), "{language}: {said}");
            }
        }
        refused
    }
}

#[test]
fn a_certificate_in_order_is_issued() {
    assert_eq!(Case::new().refused(), Vec::<String>::new());
}

#[test]
fn nobody_reviews_their_own_record() {
    let case = Case { reviewer: "party:person:zhao-min".to_owned(), ..Case::new() };
    assert_eq!(case.refused(), ["self-review", "reviewer-not-authorized"]);
}

#[test]
fn a_person_outside_the_scope_neither_measures_nor_reviews() {
    let mut case = Case::new();
    case.record.verifier = "party:person:wang-qiang".to_owned();
    assert_eq!(case.refused(), ["person-of-other-laboratory"], "wang-qiang may calibrate standards, but elsewhere");
    case.record.verifier = "party:person:sun-li".to_owned();
    case.reviewer = "party:person:liu-yang".to_owned();
    assert_eq!(case.refused(), ["verifier-not-authorized", "reviewer-not-authorized"]);
}

#[test]
fn a_rule_outside_every_scope_stops_persons_and_laboratory() {
    let case = Case { rule_id: "jjg-596-2012".to_owned(), ..Case::new() };
    assert_eq!(case.refused(), ["verifier-not-authorized", "reviewer-not-authorized", "laboratory-may-not-certify"]);
    let mut case = Case { laboratory: "party:lab-power".to_owned(), rule_id: "jjg-539-2016".to_owned(), ..Case::new() };
    // The persons' own scope has the rule, so only what they are asked to do for another laboratory is wrong.
    case.record.instrument.kind = "digital-indicating-scale".to_owned();
    assert_eq!(
        case.refused(),
        [
            "laboratory-may-not-certify",
            "person-of-other-laboratory",
            "person-of-other-laboratory",
            "instrument-outside-scope"
        ]
    );
}

#[test]
fn before_and_after_the_dates_of_the_authorizations_nothing_is_issued() {
    let mut case = Case::new();
    case.record.performed_on = day("2036-12-31");
    case.standard = None;
    assert_eq!(case.refused(), ["standard-certificate-missing"]);
    case.record.performed_on = day("2037-01-01");
    let refused = case.refused();
    for code in ["verifier-not-authorized", "reviewer-not-authorized", "laboratory-may-not-certify"] {
        assert!(refused.contains(&code.to_owned()), "{refused:?}");
    }
}

#[test]
fn a_withdrawn_authorization_no_longer_holds() {
    let mut case = Case::new();
    let granted = case.scene.introductions.iter().find(|signed| {
        matches!(&signed.statement.body, heng_statement::Body::Auth(authorization) if authorization.party == case.record.verifier)
    });
    let correction = withdrawal(Retraction {
        issuer: "party:lab-tj".to_owned(),
        about: vec![case.record.verifier.clone()],
        statement: granted.unwrap().hash(),
        from: day("2026-02-01"),
        reason: words("离职（示例）"),
        made_at: at("2026-02-01"),
        decided_by: None,
    });
    case.more = vec![case.scene.sign(&correction)];
    assert_eq!(case.refused(), ["verifier-not-authorized"]);
}

#[test]
fn a_lapsed_a_future_and_a_rejected_standard_are_refused_on_the_day_only() {
    let with = |change: fn(&mut StandardCertificate)| {
        let mut case = Case::new();
        change(case.standard.as_mut().unwrap());
        case.refused()
    };
    assert_eq!(
        with(|standard| Arc::make_mut(&mut standard.certificate).valid_through = Some(day("2026-02-02"))),
        ["standard-certificate-of-other"]
    );
    assert_eq!(
        with(|standard| Arc::make_mut(&mut standard.certificate).performed_on = day("2026-02-02")),
        Vec::<String>::new()
    );
    assert_eq!(
        with(|standard| Arc::make_mut(&mut standard.certificate).performed_on = day("2026-02-03")),
        ["standard-not-yet-certified"]
    );
    assert_eq!(
        with(|standard| Arc::make_mut(&mut standard.certificate).kind = CertificateKind::RejectionNotice),
        ["standard-does-not-conform"]
    );
    assert_eq!(
        with(|standard| Arc::make_mut(&mut standard.certificate).documents.clear()),
        ["standard-certificate-of-other"]
    );
    let mut case = Case::new();
    case.record.performed_on = day("2027-12-31");
    assert_eq!(case.refused(), Vec::<String>::new(), "the last day counts");
    case.record.performed_on = day("2028-01-01");
    assert_eq!(case.refused(), ["standard-overdue"]);
}

#[test]
fn a_standard_whose_certificate_was_withdrawn_is_refused_from_that_day_on() {
    let mut case = Case::new();
    let withdrawn =
        |from: &str| Standing::Withdrawn { by: STANDARD.to_owned(), from: day(from), reason: words("示例") };
    let mut set = |standing| {
        case.standard.as_mut().unwrap().standing = standing;
        case.refused()
    };
    assert_eq!(set(withdrawn("2026-02-02")), ["standard-certificate-withdrawn"]);
    assert_eq!(set(withdrawn("2026-02-03")), Vec::<String>::new());
    let superseded = Standing::Superseded {
        by: STANDARD.to_owned(),
        replaced_by: None,
        from: day("2026-01-30"),
        reason: words("示例"),
    };
    assert_eq!(set(superseded), ["standard-certificate-superseded"]);
}

#[test]
fn content_that_changed_after_the_review_is_refused() {
    let altered = |change| Case { altered: change, ..Case::new() }.refused();
    assert_eq!(
        altered(|certificate| Certificate { remark: Some(words("事后添加")), ..certificate }),
        ["review-of-other-content"]
    );
    assert_eq!(
        altered(|mut certificate| {
            certificate.signatories[0].id = "party:person:liu-yang".to_owned();
            certificate
        }),
        ["record-of-other-certificate", "review-of-other-content"]
    );
    assert_eq!(altered(crate::fixtures::rendered), Vec::<String>::new(), "renderings come after the review");
}

#[test]
fn an_overdue_instrument_is_no_reason_to_refuse() {
    let mut case = Case::new();
    case.record.occasion = heng_rule::Occasion::Subsequent;
    case.record.instrument.id = Some("thing:standard:tj-m1-lapsed".to_owned());
    case.record.performed_on = day("2026-11-20");
    assert_eq!(case.refused(), Vec::<String>::new());
}

#[test]
fn beforehand_the_same_persons_and_standards_are_refused() {
    let case = Case::new();
    let content = certificate(draft(&case.record, "jjg-596-2012", None));
    let authority = case.scene.authority();
    let refused =
        refusals_beforehand(&authority, &content, ("party:person:sun-li", "party:person:sun-li"), "party:nmi", &|_| {
            None
        });
    let codes: Vec<&str> = refused.iter().map(|refusal| refusal.code.as_str()).collect();
    assert_eq!(
        codes,
        ["self-review", "verifier-not-authorized", "reviewer-not-authorized", "laboratory-may-not-certify"]
    );
}

#[test]
fn beforehand_a_person_of_another_laboratory_is_refused() {
    let case = Case::new();
    let content = certificate(draft(&case.record, &case.rule_id, None));
    let authority = case.scene.authority();
    let find = |_: &StatementHash| None;
    let refused_for = |verifier: &str, reviewer: &str| -> Vec<(String, String)> {
        let refused = refusals_beforehand(&authority, &content, (verifier, reviewer), &case.laboratory, &find);
        let others = refused.iter().filter(|refusal| refusal.code == "person-of-other-laboratory");
        others.map(|refusal| (refusal.code.clone(), refusal.data["party"].clone())).collect()
    };
    let other = "party:person:wang-qiang";
    let refusal = ("person-of-other-laboratory".to_owned(), other.to_owned());
    assert_eq!(refused_for(&case.record.verifier, &case.reviewer), Vec::new());
    assert_eq!(refused_for(other, &case.reviewer), [refusal]);
    // Whoever could review there only would be named as the reviewer and could never review.
    let elsewhere = refusals_beforehand(&authority, &content, (&case.record.verifier, other), &case.laboratory, &find);
    assert!(!elsewhere.is_empty());
}
