//! A laboratory certifies what its kind and its scope let it, and is told which line stands in the way.

use heng_quantity::text::parse;
use heng_rule::{Cell, Citation, Confidence, ItemResult, Named, Occasion, Outcome, PointResult, Refusal};
use heng_statement::LegalStanding;
use heng_supervision::world;

use crate::fixtures::{Scene, words};
use crate::gates::Case;

fn named(name: &str, stated: &str) -> Named {
    Named { name: name.to_owned(), symbol: None, label: words(name), quantity: parse(stated).unwrap() }
}

/// A result at a value, with its expanded uncertainty for k = 2.
fn at(value: &str, result: &str) -> Vec<ItemResult> {
    let point = PointResult {
        conditions: vec![named("nominal", value)],
        words: vec![],
        observed: vec![],
        result: named("value", result),
        limit: None,
        outcome: None,
        degrees_of_freedom: None,
        budget: vec![],
        correlations: vec![],
        trials: None,
    };
    let citation = Citation {
        norm: "示例".to_owned(),
        clause: None,
        confidence: Confidence::Unverified,
        source: Some("示例".to_owned()),
    };
    vec![ItemResult {
        item: "comparison".to_owned(),
        title: words("示例"),
        citation,
        model: None,
        points: vec![point],
        outcome: None,
    }]
}

fn with_uncertainty(mut results: Vec<ItemResult>, expanded: &str) -> Vec<ItemResult> {
    for point in results.iter_mut().flat_map(|item| &mut item.points) {
        point.result.quantity.uncertainty = Some(heng_quantity::Uncertainty::Expanded {
            value: expanded.parse().unwrap(),
            coverage_factor: "2".parse().unwrap(),
            coverage_probability: "0.95".parse().unwrap(),
            distribution: None,
        });
    }
    results
}

fn refused(results: Vec<ItemResult>) -> Vec<Refusal> {
    Case { results, ..Case::new() }.refusals()
}

fn codes(refusals: &[Refusal]) -> Vec<&str> {
    refusals.iter().map(|refusal| refusal.code.as_str()).collect()
}

#[test]
fn a_value_beyond_the_authorized_range_is_refused_with_the_range() {
    assert_eq!(codes(&refused(at("20 kg", "20000 g"))), Vec::<&str>::new(), "the end of the range is within it");
    let refused = refused(at("20.001 kg", "20001 g"));
    assert_eq!(codes(&refused), ["value-outside-scope"]);
    assert_eq!(refused[0].data["value"], "20.001\u{a0}kg");
    assert!(refused[0].data["scope"].ends_with("10\u{a0}kg – 20\u{a0}kg"), "{}", refused[0].data["scope"]);
    assert_eq!(refused[0].citation.as_ref().unwrap().norm, "计量授权管理办法");
}

#[test]
fn an_uncertainty_below_the_authorized_one_is_refused_with_the_line() {
    let at = |value, result, expanded| refused(with_uncertainty(at(value, result), expanded));
    assert_eq!(codes(&at("20 kg", "20000.000 g", "0.008")), Vec::<&str>::new(), "8 mg is what the line says");
    let refused = at("20 kg", "20000.0000 g", "0.0079");
    assert_eq!(codes(&refused), ["uncertainty-below-scope"]);
    assert_eq!(refused[0].data["uncertainty"], "0.0079\u{a0}g (k = 2)");
    assert_eq!(refused[0].data["scope"], "10\u{a0}kg – 20\u{a0}kg: U = 8\u{a0}mg (k = 2)");
    assert_eq!(codes(&at("10 kg", "10000.0000 g", "0.0008")), Vec::<&str>::new(), "10 kg is in the finer line, too");
}

#[test]
fn where_no_line_is_stated_no_value_is_refused() {
    let results = with_uncertainty(at("90000 kg", "90000 kg"), "0.000001");
    let rule_id = "reference-solution-preparation".to_owned();
    let mut case = Case { results, rule_id, ..Case::new() };
    // The same person may measure by every rule of the laboratory.
    case.record.verifier = "party:person:liu-yang".to_owned();
    assert_eq!(codes(&case.refusals()), Vec::<&str>::new());
}

#[test]
fn a_quantity_that_no_line_is_about_is_not_limited() {
    assert_eq!(codes(&refused(at("90000 s", "12 s"))), Vec::<&str>::new());
}

#[test]
fn an_instrument_of_another_class_is_refused() {
    let of_class = |class: &str| {
        let mut case = Case { rule_id: "jjg-539-2016".to_owned(), ..Case::new() };
        case.record.instrument.kind = "digital-indicating-scale".to_owned();
        case.record.instrument.characteristics.insert("class".to_owned(), Cell::Text(class.to_owned()));
        case.refusals()
    };
    assert_eq!(codes(&of_class("IIII")), Vec::<&str>::new());
    let refused = of_class("I");
    assert_eq!(codes(&refused), ["instrument-outside-scope"]);
    assert_eq!(refused[0].data["classes"], "III · IIII");
}

/// The city's institute, working by another right, or as the laboratory of an enterprise.
fn by_right(standing: LegalStanding, part_of: Option<&str>) -> Case {
    let mut world = world().unwrap();
    let institute = world.parties.iter_mut().find(|party| party.id == "party:lab-tj").unwrap();
    institute.standing = Some(standing);
    institute.part_of = part_of.map(str::to_owned);
    Case::of(Scene::of(world))
}

#[test]
fn who_calibrates_by_contract_verifies_nothing() {
    let mut case = by_right(LegalStanding::Commercial, None);
    assert_eq!(codes(&case.refusals()), Vec::<&str>::new(), "a calibration is what it is for");
    case.record.occasion = Occasion::Subsequent;
    for outcome in [Outcome::Conforms, Outcome::DoesNotConform] {
        case.outcome = Some(outcome);
        let refused = case.refusals();
        assert_eq!(codes(&refused), ["laboratory-may-only-calibrate"]);
        assert_eq!(refused[0].citation.as_ref().unwrap().clause.as_deref(), Some("第二十条"));
    }
    let mut statutory = by_right(LegalStanding::Statutory, None);
    (statutory.record.occasion, statutory.outcome) = (Occasion::Subsequent, Some(Outcome::Conforms));
    assert_eq!(codes(&statutory.refusals()), Vec::<&str>::new());
}

#[test]
fn the_laboratory_of_an_enterprise_serves_only_that() {
    let mut case = by_right(LegalStanding::Internal, Some("party:works"));
    case.record.client.id = Some("party:works".to_owned());
    assert_eq!(codes(&case.refusals()), Vec::<&str>::new());
    case.record.client.id = Some("party:others".to_owned());
    assert_eq!(codes(&case.refusals()), ["laboratory-of-other-enterprise"]);
    case.record.client.id = None;
    assert_eq!(codes(&case.refusals()), ["laboratory-of-other-enterprise"], "whose it is must be said");
}
