//! Alarms, answers and findings of instruments in service follow from the statements alone.

use heng_quantity::{Estimate, Reported, text};
use heng_rule::{Citation, Confidence, ItemResult, Named, NamedWord, Outcome, PointResult, Verdict};
use heng_statement::body::CorrectionKind;
use heng_statement::certificate::Document;
use heng_statement::service::{Alert, Fix, FixAction, Inference, ServiceState};
use heng_statement::{Body, Certificate, Correction, Registration, Statement};
use heng_view::Inventory;
use heng_view::inventory::Piece;
use heng_view::service::{AlertState, Tally, compared, found_error, over_registered};
use jiff::civil::date;

use crate::fixture::{AUTHORITY, certificate, statement, words};

const NETWORK: &str = "thing:network:示例";
const METER: &str = "thing:meter:示例";
const UTILITY: &str = "party:示例:供电公司";

fn followed(said: &[(&str, Statement)]) -> Inventory {
    let mut inventory = Inventory::new(AUTHORITY);
    for (index, (hash, statement)) in said.iter().enumerate() {
        inventory.note(index as u64, &(*hash).to_owned(), statement);
    }
    inventory
}

fn registered(id: &str, kind: &str) -> Statement {
    let registration = Registration {
        id: id.to_owned(),
        kind: kind.to_owned(),
        name: words("示例"),
        keeper: UTILITY.to_owned(),
        instrument: None,
        place: None,
        purpose: None,
        synthetic: true,
    };
    statement(UTILITY, Body::Reg(Box::new(registration)))
}

fn percent(value: &str, lower: &str, upper: &str, standard: &str) -> Reported {
    serde_json::from_value(serde_json::json!({
        "value": value, "unit": r"\percent",
        "uncertainty": { "kind": "interval", "lower": lower, "upper": upper, "coverage_probability": "0.95", "standard": standard },
    }))
    .unwrap()
}

fn inferred(issuer: &str) -> Statement {
    let file = Document {
        name: "a".to_owned(),
        media_type: "application/json".to_owned(),
        sha256: "00".repeat(32),
        length: 1,
    };
    let inference = Inference {
        network: NETWORK.to_owned(),
        name: words("示例台区"),
        district: "120101".to_owned(),
        begins_on: date(2026, 4, 1),
        ends_on: date(2026, 5, 5),
        readings: vec![],
        program: "heng".to_owned(),
        limit: "示例:2".to_owned(),
        largest_error: text::parse("2 %").unwrap(),
        states: [(ServiceState::Good, 23), (ServiceState::Beyond, 1)].into(),
        supplied: Some(text::parse("9000 kWh").unwrap()),
        loss: Some(text::parse("3 %").unwrap()),
        level: None,
        results: file,
        synthetic: true,
    };
    statement(issuer, Body::Infer(Box::new(inference)))
}

fn alarm(issuer: &str, inference: &str) -> Statement {
    let alert = Alert {
        thing: METER.to_owned(),
        inference: inference.to_owned(),
        state: ServiceState::Beyond,
        since: None,
        error: percent("3.40", "2.70", "4.10", "0.35"),
        probability: "0.998".parse().unwrap(),
        own_limit: None,
        addressee: UTILITY.to_owned(),
        answer_by: date(2026, 6, 5),
        synthetic: true,
    };
    statement(issuer, Body::Alert(Box::new(alert)))
}

fn fix(issuer: &str, alert: Option<&str>, action: FixAction) -> Statement {
    let fix = Fix {
        thing: METER.to_owned(),
        alert: alert.map(str::to_owned),
        inference: alert.is_none().then(|| "i".to_owned()),
        action,
        done_on: date(2026, 5, 30),
        replaced_by: None,
        last_register: None,
        remark: None,
        decided_by: None,
        synthetic: true,
    };
    statement(issuer, Body::Fix(Box::new(fix)))
}

fn founded() -> Vec<(&'static str, Statement)> {
    vec![("n", registered(NETWORK, Registration::NETWORK)), ("m", registered(METER, Registration::INSTRUMENT))]
}

fn state_of(said: &[(&str, Statement)], on: jiff::civil::Date) -> Option<AlertState> {
    Some(followed(said).service().alert("a")?.state(on))
}

#[test]
fn an_alarm_waits_then_is_overdue_until_the_one_who_was_asked_answers() {
    let mut said = founded();
    said.extend([("i", inferred(UTILITY)), ("a", alarm(UTILITY, "i"))]);
    assert_eq!(state_of(&said, date(2026, 6, 5)), Some(AlertState::Open));
    assert_eq!(state_of(&said, date(2026, 6, 6)), Some(AlertState::Overdue));
    let mut by_another = said.clone();
    by_another.push(("f", fix("party:somebody", Some("a"), FixAction::Replaced)));
    assert_eq!(state_of(&by_another, date(2026, 6, 6)), Some(AlertState::Overdue), "nobody else answers");
    assert!(followed(&by_another).service().done().is_empty());
    said.push(("f", fix(UTILITY, Some("a"), FixAction::Replaced)));
    assert_eq!(state_of(&said, date(2026, 6, 6)), Some(AlertState::Answered));
    // The first answer counts.
    said.push(("g", fix(UTILITY, Some("a"), FixAction::LeftInPlace)));
    assert_eq!(followed(&said).service().done().len(), 1);
}

/// Takes a statement back.
fn withdrawn(issuer: &str, of: &str) -> Statement {
    let correction = Correction {
        statement: of.to_owned(),
        kind: CorrectionKind::Withdrawn,
        replaced_by: None,
        reason: words("变比填错了"),
        from: date(2026, 6, 1),
        decided_by: None,
    };
    statement(issuer, Body::Correct(correction))
}

#[test]
fn what_was_inferred_by_mistake_is_taken_back_with_its_alarms_but_not_what_was_answered() {
    let mut said = founded();
    said.extend([("i", inferred(UTILITY)), ("a", alarm(UTILITY, "i")), ("j", inferred(UTILITY))]);
    let standing = |said: &[(&str, Statement)]| followed(said).service().standing(NETWORK).map(|one| one.hash.clone());
    let on = date(2026, 6, 6);
    for (of, open) in [("a", AlertState::Withdrawn), ("i", AlertState::Withdrawn), ("j", AlertState::Overdue)] {
        let mut by_another = said.clone();
        by_another.push(("w", withdrawn("party:somebody", of)));
        assert_eq!(state_of(&by_another, on), Some(AlertState::Overdue), "nobody else takes {of} back");
        let mut taken = said.clone();
        taken.push(("w", withdrawn(UTILITY, of)));
        assert_eq!(state_of(&taken, on), Some(open), "{of}");
        assert_eq!(standing(&taken).as_deref(), Some(if of == "j" { "i" } else { "j" }));
        // An answer comes too late for an alarm that was taken back.
        taken.push(("f", fix(UTILITY, Some("a"), FixAction::Replaced)));
        assert_eq!(followed(&taken).service().done().len(), usize::from(of == "j"));
    }
    said.push(("f", fix(UTILITY, Some("a"), FixAction::Replaced)));
    said.extend([("v", withdrawn(UTILITY, "a")), ("w", withdrawn(UTILITY, "i")), ("x", withdrawn(UTILITY, "j"))]);
    assert_eq!(state_of(&said, on), Some(AlertState::Answered), "whoever acted on it acted on it");
    assert_eq!(standing(&said), None);
    // What rests on nothing raises no alarm.
    said.push(("b", alarm(UTILITY, "i")));
    assert!(followed(&said).service().alert("b").is_none());
}

#[test]
fn only_the_keeper_of_a_network_infers_and_only_who_inferred_alarms() {
    let mut said = founded();
    said.extend([("i", inferred("party:somebody")), ("a", alarm("party:somebody", "i"))]);
    assert_eq!(followed(&said).service().networks().count(), 0);
    assert_eq!(state_of(&said, date(2026, 6, 1)), None);
    let mut said = founded();
    said.extend([("i", inferred(UTILITY)), ("a", alarm("party:somebody", "i"))]);
    let inventory = followed(&said);
    assert_eq!(inventory.service().network(NETWORK).len(), 1);
    assert!(inventory.service().concerns(UTILITY) && !inventory.service().concerns("party:somebody"));
    assert_eq!(inventory.service().alerts().count(), 0);
    assert_eq!(state_of(&[("a", alarm(UTILITY, "nothing"))], date(2026, 6, 1)), None);
}

#[test]
fn a_random_sample_is_the_keepers_and_needs_no_alarm() {
    let mut said = founded();
    said.extend([("i", inferred(UTILITY)), ("f", fix(UTILITY, None, FixAction::Sampled))]);
    assert_eq!(followed(&said).service().done().len(), 1);
    said.push(("g", fix("party:somebody", None, FixAction::Sampled)));
    assert_eq!(followed(&said).service().done().len(), 1);
}

#[test]
fn an_inventory_that_was_kept_is_read_again_as_it_was() {
    let mut said = founded();
    said.extend([
        ("i", inferred(UTILITY)),
        ("a", alarm(UTILITY, "i")),
        ("f", fix(UTILITY, Some("a"), FixAction::Replaced)),
    ]);
    let inventory = followed(&said);
    let kept = |piece: Piece<'_>| serde_json::from_slice(&serde_json::to_vec(&piece).unwrap()).unwrap();
    assert_eq!(Inventory::from_pieces(inventory.pieces().into_iter().map(kept)), Some(inventory));
}

fn certified(points: &[(&str, &str, &str)], outcome: Outcome) -> Certificate {
    let Body::Cert(mut content) = certificate("1", &[]).body else { panic!("a certificate") };
    let citation =
        Citation { norm: "JJG 596-2012".to_owned(), clause: None, source: None, confidence: Confidence::Unverified };
    let point = |(factor, value, expanded): &(&str, &str, &str)| {
        PointResult {
        conditions: vec![],
        words: vec![NamedWord { name: "power_factor".to_owned(), label: words("功率因数"), word: (*factor).to_owned() }],
        observed: vec![],
        result: Named {
            name: "error".to_owned(),
            symbol: None,
            label: words("误差"),
            quantity: serde_json::from_value(serde_json::json!({
                "value": value, "unit": r"\percent",
                "uncertainty": { "kind": "expanded", "value": expanded, "coverage_factor": "2", "coverage_probability": "0.95" },
            }))
            .unwrap(),
        },
        limit: None,
        outcome: None,
        degrees_of_freedom: None,
        budget: vec![],
        correlations: vec![],
        trials: None,
    }
    };
    content.results = vec![ItemResult {
        item: "basic_error".to_owned(),
        title: words("基本误差"),
        citation,
        model: None,
        points: points.iter().map(point).collect(),
        outcome: None,
    }];
    content.verdict = Some(Verdict { outcome, rule: content.rule.clone(), class: None, because_of: vec![] });
    *content
}

#[test]
fn what_was_found_is_the_mean_at_unity_power_factor_and_the_interval_holds_it_or_not() {
    let content =
        certified(&[("1.0", "3.2", "0.2"), ("1.0", "3.6", "0.4"), ("0.5L", "9.9", "0.2")], Outcome::DoesNotConform);
    let found = found_error(&content).unwrap();
    assert!((found.error.value - 3.4).abs() < 1e-12, "(3.2 + 3.6)/2");
    // One standard at every load: u = (0.1 + 0.2)/2.
    assert!((found.error.standard_uncertainty - 0.15).abs() < 1e-12);
    assert!((found.half_range - 0.2).abs() < 1e-12, "(3.6 − 3.2)/2");
    assert_eq!((found.points, found.conforms), (2, false));

    let held = compared(&percent("3.00", "2.50", "3.50", "0.25"), &found).unwrap();
    assert!(held.holds);
    // d = 3.0 − 3.4; u² = 0.25² + 0.15².
    assert!((held.difference.value + 0.4).abs() < 1e-12);
    assert!((held.difference.standard_uncertainty - (0.25_f64 * 0.25 + 0.15 * 0.15).sqrt()).abs() < 1e-12);
    assert!(!compared(&percent("3.00", "2.70", "3.30", "0.15"), &found).unwrap().holds);

    let mut tally = Tally::default();
    tally.add(true, &found, Some(&held));
    let good = found_error(&certified(&[("1.0", "0.1", "0.2")], Outcome::Conforms)).unwrap();
    tally.add(false, &good, None);
    assert_eq!(
        tally,
        Tally { alarmed_wrong: 1, alarmed_right: 0, sampled_wrong: 0, sampled_right: 1, held: 1, compared: 1 }
    );
    assert_eq!(found_error(&certified(&[], Outcome::Conforms)), None);
}

#[test]
fn what_was_registered_too_much_follows_from_the_error_and_not_from_its_product() {
    let over = |registered: &str, value: &str, lower: &str, upper: &str, standard: &str| {
        over_registered(&text::parse(registered).unwrap(), &percent(value, lower, upper, standard))
    };
    // 105 kWh with e = +5 %: 100 kWh passed, 5 kWh too much; u = 105 · 0.01/1.05².
    let Estimate { value, standard_uncertainty, .. } = over("105 kWh", "5", "3", "7", "1").unwrap();
    assert!((value - 5.0).abs() < 1e-12);
    assert!((standard_uncertainty - 105.0 * 0.01 / (1.05 * 1.05)).abs() < 1e-12);
    let Estimate { value, .. } = over("96 kWh", "-4", "-5", "-3", "0.5").unwrap();
    assert!((value + 4.0).abs() < 1e-12, "too little is negative");
    assert_eq!(over("1 kWh", "-100", "-100", "-100", "1"), None, "what has stopped has registered nothing to go by");
}
