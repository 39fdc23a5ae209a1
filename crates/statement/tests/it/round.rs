//! Who may take which step of a comparison round, and what a seal holds fast. The parties are made up.

use heng_statement::authority::{Anchor, Authority, Explanation, Failure, Reason};
use heng_statement::round::{Announcement, RoundResult};
use heng_statement::{
    Authorization, Body, KeyCertificate, Role, RoundStep, SignedStatement, SigningKey, Statement, Suite, sign,
};
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::examples;
use crate::fixtures::{key, statement};

const AUTHORITY: &str = "party:tj:authority";
const SOCIETY: &str = "party:tj:society";
const PILOT: &str = "party:tj:lab-01";
const LAB: &str = "party:tj:lab-02";
const STRANGER: &str = "party:tj:lab-99";
const DAY: &str = "2026-05-20";
const SALT: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

fn key_of(party: &str) -> SigningKey {
    let known = [AUTHORITY, SOCIETY, PILOT, LAB, STRANGER];
    let place = known.iter().position(|one| *one == party).unwrap();
    key(Suite::Ed25519, u8::try_from(place + 1).unwrap())
}

fn says(issuer: &str, body: Body) -> SignedStatement {
    sign(&statement(issuer, DAY, &[], body), &key_of(issuer)).unwrap()
}

fn authority() -> Authority {
    let (valid_from, valid_through) = (date(2026, 1, 1), date(2027, 1, 1));
    let mut said: Vec<SignedStatement> = [SOCIETY, PILOT, LAB, STRANGER]
        .iter()
        .map(|party| {
            let key = KeyCertificate::new(party, key_of(party).public_key(), valid_from, valid_through);
            says(AUTHORITY, Body::Key(key))
        })
        .collect();
    said.push(says(
        AUTHORITY,
        Body::Auth(Authorization {
            party: SOCIETY.to_owned(),
            roles: vec![Role::Coordinate],
            scope: Vec::new(),
            valid_from,
            valid_through,
            number: None,
        }),
    ));
    Authority::new(&said, &[Anchor { party: AUTHORITY.to_owned(), key: key_of(AUTHORITY).public_key().clone() }])
}

fn announcement() -> Announcement {
    let body = examples::statements().into_iter().find(|(name, _)| *name == "comp-announcement").unwrap().1.body;
    let Body::Comp(step) = body else { panic!("a step of a round") };
    let RoundStep::Announcement(round) = *step else { panic!("an announcement") };
    round
}

fn announced() -> SignedStatement {
    says(SOCIETY, Body::Comp(Box::new(RoundStep::Announcement(announcement()))))
}

/// A step of this round as JSON, by an issuer.
fn step(issuer: &str, mut step: Value) -> SignedStatement {
    step["round"] = json!(announced().hash());
    step["type"] = json!("comp");
    says(issuer, serde_json::from_value(step).unwrap())
}

fn seal(issuer: &str) -> SignedStatement {
    step(issuer, json!({ "step": "seal", "sha256": SALT }))
}

fn action(issuer: &str) -> SignedStatement {
    let words = json!({ "zh": "示例", "en": "Example" });
    let body = json!({
        "step": "corrective-action", "report": SALT, "cause": words, "action": words, "done_by": "2026-08-01",
        "decided_by": "party:tj:li",
    });
    step(issuer, body)
}

fn closing(issuer: &str, of: &SignedStatement, decided_by: &str) -> SignedStatement {
    let reason = json!({ "zh": "示例", "en": "Example" });
    let body =
        json!({ "step": "closing", "action": of.hash(), "accepted": true, "reason": reason, "decided_by": decided_by });
    step(issuer, body)
}

fn asked(step: &SignedStatement, action: Option<&SignedStatement>) -> Result<Explanation, Failure> {
    authority().round_step(step, &announced(), action)
}

fn reason(answer: Result<Explanation, Failure>) -> Reason {
    answer.unwrap_err().reason
}

#[test]
fn a_round_is_announced_by_who_may_coordinate_and_never_by_its_pilot() {
    assert!(authority().round_step(&announced(), &announced(), None).is_ok());
    let by = |issuer: &str| says(issuer, Body::Comp(Box::new(RoundStep::Announcement(announcement()))));
    assert_eq!(reason(authority().round_step(&by(LAB), &by(LAB), None)), Reason::NotAuthorized);
    assert_eq!(reason(authority().round_step(&by(PILOT), &by(PILOT), None)), Reason::SelfApproval);
}

#[test]
fn only_who_takes_part_seals_and_only_the_pilot_reports() {
    assert!(asked(&seal(LAB), None).is_ok());
    assert_eq!(reason(asked(&seal(STRANGER), None)), Reason::NoPartInRound);
    let report = json!({ "step": "report", "openings": [], "without_result": [], "items": [] });
    assert!(asked(&step(PILOT, report.clone()), None).is_ok());
    assert_eq!(reason(asked(&step(LAB, report.clone()), None)), Reason::NoPartInRound);
    assert_eq!(reason(asked(&step(SOCIETY, report), None)), Reason::NoPartInRound);
}

#[test]
fn a_step_of_another_round_is_no_step_of_this_one() {
    let mut other = announcement();
    other.number = "JB-2026-99".to_owned();
    let other = says(SOCIETY, Body::Comp(Box::new(RoundStep::Announcement(other))));
    assert_eq!(reason(authority().round_step(&seal(LAB), &other, None)), Reason::NoPartInRound);
}

#[test]
fn the_coordinator_closes_and_nobody_closes_their_own_action() {
    let done = action(LAB);
    assert!(asked(&closing(SOCIETY, &done, "party:tj:wang"), Some(&done)).is_ok());
    assert_eq!(reason(asked(&closing(LAB, &done, "party:tj:wang"), Some(&done))), Reason::SelfApproval);
    assert_eq!(reason(asked(&closing(PILOT, &done, "party:tj:wang"), Some(&done))), Reason::NoPartInRound);
    // The same person, acting for two organisations.
    assert_eq!(reason(asked(&closing(SOCIETY, &done, "party:tj:li"), Some(&done))), Reason::SelfApproval);
    assert_eq!(reason(asked(&closing(SOCIETY, &done, "party:tj:wang"), None)), Reason::NoPartInRound);
}

fn result() -> RoundResult {
    let opening = examples::statements().into_iter().find(|(name, _)| *name == "comp-opening").unwrap().1.body;
    let Body::Comp(step) = opening else { panic!("a step of a round") };
    let RoundStep::Opening(opening) = *step else { panic!("an opening") };
    opening.result
}

#[test]
fn the_sealed_bytes_are_those_of_the_published_description() {
    use sha2::Digest;
    let bytes = format!(
        r#"{{"format":"heng-sealed-result/1","laboratory":"{LAB}","result":{},"round":"{SALT}","salt":"{SALT}"}}"#,
        String::from_utf8(
            heng_statement::canonical::canonical_bytes(&serde_json::to_value(result()).unwrap()).unwrap()
        )
        .unwrap()
    );
    let sealed = result().sealed(&SALT.to_owned(), LAB, SALT).unwrap();
    assert_eq!(sealed, hex::encode(sha2::Sha256::digest(bytes.as_bytes())));
}

#[test]
fn a_seal_fits_no_other_laboratory_round_salt_or_digit() {
    let (round, other) = (SALT.to_owned(), "0".repeat(64));
    let sealed = result().sealed(&round, LAB, SALT).unwrap();
    assert_ne!(result().sealed(&round, PILOT, SALT).unwrap(), sealed);
    assert_ne!(result().sealed(&other, LAB, SALT).unwrap(), sealed);
    assert_ne!(result().sealed(&round, LAB, &other).unwrap(), sealed);
    let mut zero_added = result();
    zero_added.values[0].value.value = "1.020".parse().unwrap();
    assert_ne!(zero_added.sealed(&round, LAB, SALT).unwrap(), sealed, "1.02 and 1.020 are stated differently");
}

proptest! {
    #[test]
    fn a_result_read_again_has_the_same_seal(coefficient in -10_000_i64..10_000, places in 0_u32..6) {
        let mut found = result();
        let digits = heng_quantity::Decimal::new(coefficient.into(), -i32::try_from(places).unwrap());
        found.values[0].value.value = digits;
        let again: RoundResult = serde_json::from_str(&serde_json::to_string(&found).unwrap()).unwrap();
        prop_assert_eq!(found.sealed(&SALT.to_owned(), LAB, SALT).unwrap(), again.sealed(&SALT.to_owned(), LAB, SALT).unwrap());
    }
}

#[test]
fn every_step_has_its_name() {
    let mut names = Vec::new();
    for (_, Statement { body, .. }) in examples::statements() {
        if let Body::Comp(step) = body {
            let value = serde_json::to_value(&step).unwrap();
            assert_eq!(value["step"], step.name());
            assert_eq!(step.round().is_none(), step.name() == "announcement");
            names.push(step.name());
        }
    }
    names.dedup();
    assert_eq!(names, RoundStep::NAMES);
}
