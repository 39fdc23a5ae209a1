//! What the log says of every thing follows from its statements alone.

use heng_rule::Outcome;
use heng_statement::body::{CorrectionKind, Place, Request};
use heng_statement::{Body, CertificateKind, Correction, Registration, Statement};
use heng_view::{CertificateState, Condition, Inventory};
use jiff::civil::{Date, date};

use crate::fixture::{AUTHORITY, LABORATORY, certificate, statement, words};

const SCALE: &str = "thing:scale:示例";

fn followed(said: &[(&str, Statement)]) -> Inventory {
    let mut inventory = Inventory::new(AUTHORITY);
    for (index, (hash, statement)) in said.iter().enumerate() {
        inventory.note(index as u64, &(*hash).to_owned(), statement);
    }
    inventory
}

fn registered(keeper: &str, district: &str) -> Statement {
    let place = Place { district: district.to_owned(), address: words("天津市（示例）") };
    let registration = Registration {
        id: SCALE.to_owned(),
        kind: "instrument".to_owned(),
        name: words("电子秤"),
        keeper: keeper.to_owned(),
        instrument: None,
        place: Some(place),
        purpose: None,
        synthetic: true,
    };
    statement(keeper, Body::Reg(Box::new(registration)))
}

fn verified(number: &str, kind: CertificateKind, through: Option<Date>, standards: &[&str]) -> Statement {
    let mut said = certificate(number, standards);
    if let Body::Cert(content) = &mut said.body {
        content.instrument.id = Some(SCALE.to_owned());
        content.kind = kind;
        content.valid_through = through;
        let conforms = kind == CertificateKind::Verification;
        let outcome = if conforms { Outcome::Conforms } else { Outcome::DoesNotConform };
        content.verdict =
            Some(heng_rule::Verdict { outcome, rule: content.rule.clone(), class: None, because_of: vec![] });
    }
    said
}

fn corrected(of: &str, by: &str) -> Statement {
    let correction = Correction {
        statement: of.to_owned(),
        kind: CorrectionKind::Withdrawn,
        replaced_by: None,
        reason: words("读错了数"),
        from: date(2026, 6, 1),
        decided_by: None,
    };
    statement(by, Body::Correct(correction))
}

fn condition(inventory: &Inventory, on: Date) -> Condition {
    inventory.condition(inventory.thing(SCALE).unwrap(), on)
}

#[test]
fn an_instrument_goes_from_unverified_to_in_force_to_due_soon_to_overdue() {
    let inventory = followed(&[("a", registered("party:shop", "120101"))]);
    assert_eq!(condition(&inventory, date(2026, 6, 1)), Condition::Unverified);
    let through = Some(date(2027, 5, 19));
    let said =
        [("a", registered("party:shop", "120101")), ("b", verified("1", CertificateKind::Verification, through, &[]))];
    let inventory = followed(&said);
    let cases = [
        (date(2026, 6, 1), Condition::InForce),
        (date(2027, 4, 19), Condition::InForce),
        (date(2027, 4, 20), Condition::DueSoon),
        (date(2027, 5, 19), Condition::DueSoon),
        (date(2027, 5, 20), Condition::Overdue),
    ];
    for (on, wanted) in cases {
        assert_eq!(condition(&inventory, on), wanted, "{on}");
    }
}

#[test]
fn only_its_issuer_and_the_authority_take_a_certificate_away_and_what_rests_on_it_falls_too() {
    let through = Some(date(2027, 5, 19));
    let scale = || ("s", verified("1", CertificateKind::Verification, through, &["w"]));
    let weight = || ("w", certificate("砝码", &[]));
    let on = date(2026, 7, 1);
    for (by, wanted) in
        [("party:somebody", Condition::InForce), (LABORATORY, Condition::Fallen), (AUTHORITY, Condition::Fallen)]
    {
        let inventory = followed(&[weight(), scale(), ("c", corrected("w", by))]);
        assert_eq!(condition(&inventory, on), wanted, "{by}");
    }
    let inventory = followed(&[weight(), scale(), ("c", corrected("w", AUTHORITY))]);
    let state = inventory.thing_state(inventory.thing(SCALE).unwrap(), on);
    let undermined = CertificateState::Undermined { number: "砝码".to_owned(), from: date(2026, 6, 1) };
    assert_eq!(state, Some(undermined));
}

#[test]
fn a_thing_moves_with_its_last_registration() {
    let inventory = followed(&[("a", registered("party:one", "120101")), ("b", registered("party:two", "120102"))]);
    assert_eq!(inventory.of_keeper("party:one").count(), 0);
    assert_eq!(inventory.of_district("120101").count(), 0);
    assert_eq!(inventory.of_keeper("party:two").count(), 1);
    assert_eq!(inventory.of_district("120102").count(), 1);
}

#[test]
fn a_request_is_open_until_the_laboratory_that_was_asked_certifies() {
    let request = |laboratory: &str| {
        let asked = Request {
            thing: SCALE.to_owned(),
            laboratory: laboratory.to_owned(),
            wanted_on: date(2026, 6, 1),
            remark: None,
        };
        statement("party:shop", Body::Req(asked))
    };
    let certified = verified("1", CertificateKind::RejectionNotice, None, &[]);
    let said = [("a", request(LABORATORY)), ("b", request("party:other")), ("c", certified)];
    let open = |inventory: &Inventory| inventory.thing(SCALE).unwrap().asked.len();
    assert_eq!(open(&followed(&said[..2])), 2);
    assert_eq!(open(&followed(&said)), 1);
    assert_eq!(condition(&followed(&said), date(2026, 6, 1)), Condition::Failed);
}

#[test]
fn the_same_statements_make_the_same_inventory_in_any_number_of_steps() {
    let said = [
        ("a", registered("party:shop", "120101")),
        ("b", verified("1", CertificateKind::Verification, None, &[])),
        ("c", corrected("b", LABORATORY)),
    ];
    let mut again = followed(&said);
    for (index, (hash, statement)) in said.iter().enumerate() {
        again.note(index as u64, &(*hash).to_owned(), statement);
    }
    assert_eq!(again, followed(&said), "what was followed already changes nothing");
}
