//! Who may say what: keys, authorizations and reviews. The parties are made up.

use heng_quantity::{Reported, Uncertainty};
use heng_rule::Words;
use heng_statement::authority::{Anchor, Authority, Explanation, Failure, Ground, Point, Reason, Subject};
use heng_statement::body::CorrectionKind;
use heng_statement::{
    Authorization, Body, Correction, KeyCertificate, LegalStanding, PartyKind, Review, Role, Scope, SignedStatement,
    SigningKey, Suite, sign,
};
use jiff::civil::Date;
use proptest::prelude::*;

use crate::examples;
use crate::fixtures::{key, person, statement, words};

const AUTHORITY: &str = "party:tj:authority";
const LAB: &str = "party:tj:lab-01";
const OTHER_LAB: &str = "party:tj:lab-02";
const ZHANG: &str = "party:tj:zhang";
const LI: &str = "party:tj:li";
const RULE: &str = "jjg-539-2016";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn authority_key() -> SigningKey {
    key(Suite::Sm2, 1)
}

fn lab_key() -> SigningKey {
    key(Suite::Sm2, 2)
}

fn zhang_key() -> SigningKey {
    key(Suite::Ed25519, 3)
}

fn li_key() -> SigningKey {
    key(Suite::Es256, 4)
}

fn other_lab_key() -> SigningKey {
    key(Suite::Ed25519, 5)
}

fn says(issuer: &str, key: &SigningKey, on: &str, body: Body) -> SignedStatement {
    sign(&statement(issuer, on, &[], body), key).unwrap()
}

fn key_of(party: &str, key: &SigningKey, from: &str, through: &str) -> Body {
    Body::Key(KeyCertificate::new(party, key.public_key(), day(from), day(through)))
}

fn grant(party: &str, roles: &[Role], scope: Vec<Scope>, from: &str, through: &str) -> Body {
    let (valid_from, valid_through) = (day(from), day(through));
    Body::Auth(Authorization {
        party: party.to_owned(),
        roles: roles.to_vec(),
        scope,
        valid_from,
        valid_through,
        number: None,
    })
}

fn grams(value: &str) -> Option<Reported> {
    Some(Reported { value: value.parse().unwrap(), unit: "\\gram".parse().unwrap(), uncertainty: None })
}

fn scales() -> Scope {
    Scope {
        rule: Some(RULE.to_owned()),
        quantity: Some("mass".to_owned()),
        from: grams("0"),
        to: grams("60000"),
        best_uncertainty: grams("0.50"),
        ..Scope::default()
    }
}

fn withdrawal(of: &SignedStatement, from: &str) -> Body {
    Body::Correct(Correction {
        statement: of.hash(),
        kind: CorrectionKind::Withdrawn,
        replaced_by: None,
        reason: words("示例", "Example"),
        from: day(from),
        decided_by: None,
    })
}

/// The authority introduces and authorizes the laboratory, which introduces and authorizes Zhang (measures) and Li (reviews).
fn world() -> Vec<SignedStatement> {
    let (authority, lab) = (authority_key(), lab_key());
    let by_authority = |body| says(AUTHORITY, &authority, "2026-01-02", body);
    let by_lab = |body| says(LAB, &lab, "2026-01-10", body);
    vec![
        by_authority(key_of(LAB, &lab, "2026-01-01", "2028-12-31")),
        by_authority(grant(LAB, &[Role::Introduce, Role::Certify], vec![scales()], "2026-01-01", "2027-12-31")),
        by_lab(person(ZHANG, LAB)),
        by_lab(person(LI, LAB)),
        by_lab(key_of(ZHANG, &zhang_key(), "2026-01-10", "2027-01-09")),
        by_lab(key_of(LI, &li_key(), "2026-01-10", "2028-01-09")),
        by_lab(grant(ZHANG, &[Role::Measure], vec![scales()], "2026-01-10", "2028-06-30")),
        by_lab(grant(LI, &[Role::Review], Vec::new(), "2026-01-10", "2028-06-30")),
    ]
}

fn authority(statements: &[SignedStatement]) -> Authority {
    let anchor = Anchor { party: AUTHORITY.to_owned(), key: authority_key().public_key().clone() };
    Authority::new(statements, &[anchor])
}

fn world_with(more: impl IntoIterator<Item = SignedStatement>) -> Authority {
    authority(&world().into_iter().chain(more).collect::<Vec<_>>())
}

fn reason(answer: Result<Explanation, Failure>) -> Reason {
    answer.unwrap_err().reason
}

fn may_measure(authority: &Authority, on: &str) -> Result<Explanation, Failure> {
    authority.permission(ZHANG, Role::Measure, &Subject::rule(RULE), day(on))
}

#[test]
fn a_person_s_key_is_explained_from_the_anchor_down() {
    let world = world();
    let explanation = authority(&world).key(ZHANG, zhang_key().key_id(), day("2026-05-20")).unwrap();
    let hashes: Vec<_> = explanation
        .iter()
        .map(|ground| match ground {
            Ground::Anchor { party } => party.clone(),
            Ground::Key { statement, .. } | Ground::Authorization { statement, .. } => statement.clone(),
        })
        .collect();
    let expected = [AUTHORITY.to_owned(), world[0].hash(), AUTHORITY.to_owned(), world[1].hash(), world[4].hash()];
    assert_eq!(hashes, expected);
}

#[test]
fn a_permission_names_each_grant_and_who_gave_it() {
    let explanation = may_measure(&world_with([]), "2026-05-20").unwrap();
    let granted: Vec<_> = explanation
        .iter()
        .filter_map(|ground| match ground {
            Ground::Authorization { party, role, granted_by, .. } => Some((party.as_str(), *role, granted_by.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(granted, [(LAB, Role::Introduce, AUTHORITY), (ZHANG, Role::Measure, LAB)]);
}

#[test]
fn each_fault_of_a_key_has_its_own_reason() {
    let withdrawn = says(LAB, &lab_key(), "2026-04-01", withdrawal(&world()[4], "2026-04-01"));
    let usual = world_with([]);
    let key =
        |authority: &Authority, party: &str, key: &SigningKey, on: &str| authority.key(party, key.key_id(), day(on));
    assert_eq!(reason(key(&usual, ZHANG, &other_lab_key(), "2026-05-20")), Reason::KeyUnknown);
    assert_eq!(reason(key(&usual, LI, &zhang_key(), "2026-05-20")), Reason::KeyOfOtherParty);
    assert_eq!(reason(key(&usual, ZHANG, &zhang_key(), "2026-01-09")), Reason::KeyNotValidOnDay);
    assert_eq!(reason(key(&usual, ZHANG, &zhang_key(), "2027-01-10")), Reason::KeyNotValidOnDay);
    key(&usual, ZHANG, &zhang_key(), "2027-01-09").unwrap();
    let after = world_with([withdrawn]);
    key(&after, ZHANG, &zhang_key(), "2026-03-31").unwrap();
    assert_eq!(reason(key(&after, ZHANG, &zhang_key(), "2026-04-01")), Reason::KeyWithdrawn);
}

#[test]
fn each_fault_of_an_authorization_has_its_own_reason() {
    let usual = world_with([]);
    let permission = |role, subject: &Subject, on: &str| usual.permission(ZHANG, role, subject, day(on));
    let rule = Subject::rule(RULE);
    assert_eq!(reason(permission(Role::Review, &rule, "2026-05-20")), Reason::NotAuthorized);
    assert_eq!(reason(permission(Role::Measure, &rule, "2028-07-01")), Reason::AuthorizationNotValidOnDay);
    assert_eq!(reason(permission(Role::Measure, &Subject::rule("jjg-52-2013"), "2026-05-20")), Reason::OutOfScope);
    // The laboratory's own authorization ends first.
    assert_eq!(reason(permission(Role::Measure, &rule, "2028-01-01")), Reason::GrantedWithoutRight);
    let withdrawn = says(LAB, &lab_key(), "2026-04-01", withdrawal(&world()[6], "2026-04-01"));
    assert_eq!(reason(may_measure(&world_with([withdrawn]), "2026-05-20")), Reason::AuthorizationWithdrawn);
}

#[test]
fn a_scope_limits_range_and_uncertainty_in_a_unit_that_can_be_compared() {
    let usual = world_with([]);
    let answer = |from: &str, to: &str, uncertainty: &str, unit: &str| {
        let in_unit = |value| grams(value).map(|quantity| Reported { unit: unit.parse().unwrap(), ..quantity });
        let subject = Subject {
            quantity: Some("mass".to_owned()),
            from: in_unit(from),
            to: in_unit(to),
            uncertainty: in_unit(uncertainty),
            ..Subject::rule(RULE)
        };
        usual.permission(ZHANG, Role::Measure, &subject, day("2026-05-20")).map_err(|failure| failure.reason)
    };
    assert!(answer("0", "60000.0", "0.5", "\\gram").is_ok());
    assert!(answer("0", "60", "0.0005", "\\kilogram").is_ok());
    assert_eq!(answer("0", "60.001", "0.0005", "\\kilogram"), Err(Reason::OutOfScope));
    assert_eq!(answer("0", "60", "0.00049", "\\kilogram"), Err(Reason::OutOfScope));
    assert_eq!(answer("0", "60001", "0.5", "\\gram"), Err(Reason::OutOfScope));
    assert_eq!(answer("-1", "100", "0.5", "\\gram"), Err(Reason::OutOfScope));
    assert_eq!(answer("0", "100", "0.49", "\\gram"), Err(Reason::OutOfScope));
    assert_eq!(answer("0", "100", "0.5", "\\metre"), Err(Reason::OutOfScope));
}

/// A line of masses from one value to another, in grams, with a best U for k = 2.
fn line(from: &str, to: &str, best: &str) -> Scope {
    Scope {
        from: grams(from),
        to: grams(to),
        best_uncertainty: Some(heng_quantity::text::parse(best).unwrap()),
        coverage_factor: Some("2".parse().unwrap()),
        ..scales()
    }
}

/// What was measured at a value, with its expanded uncertainty and k.
fn point(set: &str, expanded: &str, factor: &str) -> Point {
    let stated = heng_quantity::text::parse(expanded).unwrap();
    let uncertainty = Uncertainty::Expanded {
        value: stated.value,
        coverage_factor: factor.parse().unwrap(),
        coverage_probability: "0.95".parse().unwrap(),
        distribution: None,
    };
    Point {
        set: vec![heng_quantity::text::parse(set).unwrap()],
        observed: vec![],
        uncertainty: Some((uncertainty, stated.unit)),
    }
}

fn of_points(lines: &[Scope], points: Vec<Point>) -> Result<(), Reason> {
    let granted = grant(LI, &[Role::Measure], lines.to_vec(), "2026-01-10", "2028-06-30");
    let usual = world_with([says(AUTHORITY, &authority_key(), "2026-01-10", granted)]);
    let subject = Subject { points, ..Subject::rule(RULE) };
    usual.permission(LI, Role::Measure, &subject, day("2026-05-20")).map(|_| ()).map_err(|failure| failure.reason)
}

#[test]
fn every_point_is_within_one_of_the_lines_not_all_within_the_same() {
    let lines = [line("0", "100", "1 mg"), line("100", "1000", "10 mg")];
    let fine = || point("50 g", "1.0 mg", "2");
    let coarse = || point("0.5 kg", "0.010 g", "2");
    assert_eq!(of_points(&lines, vec![fine(), coarse()]), Ok(()));
    assert_eq!(of_points(&lines, vec![fine(), point("1.001 kg", "1 g", "2")]), Err(Reason::OutOfScope));
    assert_eq!(of_points(&lines, vec![fine(), point("500 g", "1 mg", "2")]), Err(Reason::OutOfScope));
    assert_eq!(of_points(&lines, vec![point("100 g", "1 mg", "2")]), Ok(()), "100 g is in both");
    assert_eq!(of_points(&lines, vec![point("20 s", "1 ms", "2")]), Ok(()), "no line is about time");
    assert_eq!(of_points(&[], vec![point("90000 kg", "1 ng", "2")]), Ok(()), "no line, no limit");
}

#[test]
fn uncertainties_are_compared_for_the_same_coverage_and_at_the_value() {
    let lines = [line("0", "1000", "6 mg")];
    assert_eq!(of_points(&lines, vec![point("500 g", "9 mg", "3")]), Ok(()), "9 mg for k = 3 is 6 mg for k = 2");
    assert_eq!(of_points(&lines, vec![point("500 g", "8.9 mg", "3")]), Err(Reason::OutOfScope));
    let relative = [line("0", "1000", "0.01 %")];
    assert_eq!(of_points(&relative, vec![point("500 g", "50 mg", "2")]), Ok(()));
    assert_eq!(of_points(&relative, vec![point("500 g", "49 mg", "2")]), Err(Reason::OutOfScope));
    assert_eq!(of_points(&lines, vec![point("500 g", "0.0012 %", "2")]), Ok(()), "6 mg of 500 g");
    assert_eq!(of_points(&lines, vec![point("500 g", "0.0011 %", "2")]), Err(Reason::OutOfScope));
}

#[test]
fn a_laboratory_s_standing_is_what_all_say_who_may() {
    let stands = |standing| {
        let mut party = person(LAB, AUTHORITY);
        if let Body::Party(party) = &mut party {
            (party.kind, party.standing) = (PartyKind::Laboratory, standing);
        }
        says(AUTHORITY, &authority_key(), "2026-01-02", party)
    };
    let commercial = || stands(Some(LegalStanding::Commercial));
    let on = day("2026-05-20");
    assert_eq!(world_with([commercial()]).standing(LAB, on), Some(LegalStanding::Commercial));
    let both = [commercial(), stands(Some(LegalStanding::Statutory))];
    assert_eq!(world_with(both).standing(LAB, on), None, "two say different things");
    let corrected = says(AUTHORITY, &authority_key(), "2026-02-01", withdrawal(&commercial(), "2026-02-01"));
    let after = world_with([commercial(), stands(Some(LegalStanding::Statutory)), corrected]);
    assert_eq!(after.standing(LAB, on), Some(LegalStanding::Statutory));
    assert_eq!(world_with([]).standing(LAB, on), None);
}

#[test]
fn a_statement_is_its_issuer_s_only_with_the_issuer_s_key() {
    let usual = world_with([]);
    let record = || Body::Meas(serde_json::from_value(examples::record()).unwrap());
    usual.speaker(&says(ZHANG, &zhang_key(), "2026-05-20", record())).unwrap();
    assert_eq!(reason(usual.speaker(&says(ZHANG, &li_key(), "2026-05-20", record()))), Reason::KeyOfOtherParty);
    assert_eq!(reason(usual.speaker(&says(ZHANG, &zhang_key(), "2027-05-20", record()))), Reason::KeyNotValidOnDay);
    let mut forged = says(ZHANG, &zhang_key(), "2026-05-20", record());
    let last = forged.bytes.len() - 1;
    forged.bytes[last] ^= 1;
    assert_eq!(reason(usual.speaker(&forged)), Reason::SignatureNotAuthentic);
}

#[test]
fn another_laboratory_cannot_speak_for_people_it_does_not_have() {
    let (authority, other) = (authority_key(), other_lab_key());
    let by_other = |body| says(OTHER_LAB, &other, "2026-01-11", body);
    let forged = key(Suite::Ed25519, 66);
    let base = [
        says(AUTHORITY, &authority, "2026-01-02", key_of(OTHER_LAB, &other, "2026-01-01", "2028-12-31")),
        says(
            AUTHORITY,
            &authority,
            "2026-01-02",
            grant(OTHER_LAB, &[Role::Introduce], Vec::new(), "2026-01-01", "2027-12-31"),
        ),
        by_other(key_of(ZHANG, &forged, "2026-01-10", "2027-01-09")),
        by_other(grant(LI, &[Role::Measure], Vec::new(), "2026-01-10", "2028-06-30")),
    ];
    let authority = world_with(base.clone());
    assert_eq!(reason(authority.key(ZHANG, forged.key_id(), day("2026-05-20"))), Reason::KeyIntroducedWithoutRight);
    let answer = authority.permission(LI, Role::Measure, &Subject::rule(RULE), day("2026-05-20"));
    assert_eq!(reason(answer), Reason::GrantedWithoutRight);
    // Claiming Zhang as its own makes the claim disputed; it gives no right to either.
    let disputed = world_with(base.into_iter().chain([by_other(person(ZHANG, OTHER_LAB))]));
    assert_eq!(reason(disputed.key(ZHANG, forged.key_id(), day("2026-05-20"))), Reason::KeyIntroducedWithoutRight);
    assert_eq!(reason(may_measure(&disputed, "2026-05-20")), Reason::GrantedWithoutRight);
}

#[test]
fn nobody_introduces_or_authorizes_beyond_what_they_may() {
    let zhang = zhang_key();
    let own = key(Suite::Ed25519, 67);
    let authority = world_with([
        says(ZHANG, &zhang, "2026-02-01", grant(ZHANG, &[Role::Certify], Vec::new(), "2026-01-01", "2028-12-31")),
        says(ZHANG, &zhang, "2026-02-01", person("party:tj:wang", ZHANG)),
        says(ZHANG, &zhang, "2026-02-01", key_of("party:tj:wang", &own, "2026-01-01", "2028-12-31")),
        says(LAB, &lab_key(), "2026-02-01", grant(LAB, &[Role::Publish], Vec::new(), "2026-01-01", "2028-12-31")),
        says(LAB, &lab_key(), "2026-02-01", grant(ZHANG, &[Role::Publish], Vec::new(), "2026-01-01", "2028-12-31")),
        says(LAB, &lab_key(), "2026-02-01", key_of(LAB, &own, "2026-01-01", "2099-12-31")),
        says(OTHER_LAB, &lab_key(), "2026-02-01", key_of(OTHER_LAB, &own, "2026-01-01", "2099-12-31")),
    ]);
    let permission = |party: &str, role| authority.permission(party, role, &Subject::default(), day("2026-05-20"));
    assert_eq!(reason(permission(ZHANG, Role::Certify)), Reason::NotAuthorized);
    assert_eq!(reason(permission(LAB, Role::Publish)), Reason::NotAuthorized);
    assert_eq!(reason(permission(ZHANG, Role::Publish)), Reason::GrantedWithoutRight);
    for party in ["party:tj:wang", LAB, OTHER_LAB] {
        assert!(authority.key(party, own.key_id(), day("2026-05-20")).is_err(), "{party}");
    }
}

#[test]
fn authorizations_granted_in_a_circle_prove_nothing() {
    let mut statements = world();
    for number in 0..40 {
        let on = format!("2026-02-{:02}", 1 + number % 28);
        let circle = |party: &str, through: &str| {
            grant(party, &[Role::Certify, Role::Introduce], Vec::new(), "2026-01-01", through)
        };
        let through = format!("20{}-12-31", 30 + number);
        statements.push(says(LAB, &lab_key(), &on, circle(ZHANG, &through)));
        statements.push(says(ZHANG, &zhang_key(), &on, circle(LAB, &through)));
    }
    let authority = authority(&statements);
    let answer = authority.permission(ZHANG, Role::Publish, &Subject::default(), day("2026-05-20"));
    assert_eq!(reason(answer), Reason::NotAuthorized);
    assert!(authority.permission(LAB, Role::Certify, &Subject::rule("jjg-52-2013"), day("2026-05-20")).is_err());
}

#[test]
fn what_a_withdrawn_key_signed_later_falls_with_it() {
    let withdrawn = says(AUTHORITY, &authority_key(), "2026-01-05", withdrawal(&world()[0], "2026-01-05"));
    let authority = world_with([withdrawn]);
    assert_eq!(reason(authority.key(ZHANG, zhang_key().key_id(), day("2026-05-20"))), Reason::KeyUnknown);
    // Only the issuer or an anchor withdraws: the other laboratory's word does nothing.
    let foreign = says(OTHER_LAB, &other_lab_key(), "2026-01-05", withdrawal(&world()[4], "2026-01-05"));
    let introduced = says(
        AUTHORITY,
        &authority_key(),
        "2026-01-02",
        key_of(OTHER_LAB, &other_lab_key(), "2026-01-01", "2028-12-31"),
    );
    let authority = world_with([introduced, foreign]);
    authority.key(ZHANG, zhang_key().key_id(), day("2026-05-20")).unwrap();
    assert!(authority.correction(&world()[4].hash(), day("2026-05-20")).is_none());
}

fn review(reviewer: &str, key: &SigningKey, approved: bool, content_sha256: String) -> SignedStatement {
    let number = examples::certificate().number;
    says(reviewer, key, "2026-05-20", Body::Assess(Review { number, content_sha256, approved, reason: None }))
}

#[test]
fn a_review_is_by_another_authorized_person_and_of_exactly_this_content() {
    let certificate = examples::certificate();
    let content = certificate.content_hash().unwrap();
    let record =
        says(ZHANG, &zhang_key(), "2026-05-20", Body::Meas(serde_json::from_value(examples::record()).unwrap()));
    let usual = world_with([]);
    let answer = |review: &SignedStatement| {
        usual.review(&certificate, &record, review, &Subject::rule(RULE)).map_err(|failure| failure.reason)
    };
    answer(&review(LI, &li_key(), true, content.clone())).unwrap();
    assert_eq!(answer(&review(ZHANG, &zhang_key(), true, content.clone())), Err(Reason::SelfApproval));
    assert_eq!(answer(&review(LI, &zhang_key(), true, content.clone())), Err(Reason::SelfApproval));
    assert_eq!(answer(&review(LI, &li_key(), false, content.clone())), Err(Reason::NotApproved));
    assert_eq!(answer(&review(LI, &li_key(), true, "0".repeat(64))), Err(Reason::ReviewOfOtherContent));
    assert_eq!(answer(&record), Err(Reason::NoReview));
    assert_eq!(answer(&review(LAB, &lab_key(), true, content)), Err(Reason::NotAuthorized));
}

#[test]
fn the_renderings_are_no_part_of_the_reviewed_content() {
    let mut certificate = examples::certificate();
    let content = certificate.content_hash().unwrap();
    certificate.documents.clear();
    assert_eq!(certificate.content_hash().unwrap(), content);
    certificate.remark = Some(Words { zh: "示例".to_owned(), en: "Example".to_owned() });
    assert_ne!(certificate.content_hash().unwrap(), content);
}

#[test]
fn the_legal_day_is_that_of_china() {
    let mut said = statement(LAB, "2026-05-20", &[], person(ZHANG, LAB));
    said.made_at = "2026-05-20T15:59:59Z".parse().unwrap();
    assert_eq!(said.legal_day(), day("2026-05-20"));
    said.made_at = "2026-05-20T16:00:00Z".parse().unwrap();
    assert_eq!(said.legal_day(), day("2026-05-21"));
}

#[test]
fn every_reason_has_its_words_in_both_languages() {
    for language in ["zh", "en"] {
        let path = format!("{}/../../locales/{language}/statement.ftl", env!("CARGO_MANIFEST_DIR"));
        let words = std::fs::read_to_string(path).unwrap();
        for reason in Reason::ALL {
            assert!(words.contains(&format!("\nfinding-{} =", reason.code())), "{language}: {}", reason.code());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn the_order_of_statements_does_not_matter(order in Just(()).prop_flat_map(|()| {
        let mut statements = world();
        statements.push(says(LAB, &lab_key(), "2026-04-01", withdrawal(&statements[4], "2026-04-01")));
        Just(statements).prop_shuffle()
    })) {
        let authority = authority(&order);
        prop_assert!(may_measure(&authority, "2026-05-20").is_ok());
        prop_assert!(authority.key(ZHANG, zhang_key().key_id(), day("2026-03-20")).is_ok());
        prop_assert_eq!(reason(authority.key(ZHANG, zhang_key().key_id(), day("2026-05-20"))), Reason::KeyWithdrawn);
    }
}
