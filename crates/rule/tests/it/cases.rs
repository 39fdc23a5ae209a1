//! Every case file of a rule: facts in, verdict, results and limits out.

use std::collections::BTreeSet;
use std::path::Path;

use heng_quantity::{Decimal, Reported, Uncertainty};
use heng_rule::{Dissemination, Outcome, Record, StandardFacts, builtin};
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(default)]
    refusals: BTreeSet<String>,
    verdict: Option<Outcome>,
    valid_through: Option<Date>,
    #[serde(default)]
    because_of: Vec<String>,
    #[serde(default)]
    points: Vec<Point>,
    #[serde(default)]
    standards: Vec<Standard>,
    record: Record,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Point {
    item: String,
    index: usize,
    value: Option<Decimal>,
    expanded_uncertainty: Option<Decimal>,
    coverage_factor: Option<Decimal>,
    lower: Option<Decimal>,
    upper: Option<Decimal>,
    outcome: Option<Outcome>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Standard {
    id: String,
    quantity: String,
    from: Reported,
    to: Reported,
    expanded_uncertainty: Reported,
}

fn facts(standard: Standard) -> StandardFacts {
    let Standard { id, quantity, from, to, expanded_uncertainty } = standard;
    StandardFacts {
        id,
        valid_through: None,
        disseminates: vec![Dissemination { quantity, from, to, expanded_uncertainty }],
    }
}

fn cases() -> Vec<(String, Case)> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let mut found = Vec::new();
    for rule in std::fs::read_dir(rules).unwrap() {
        let Ok(folder) = std::fs::read_dir(rule.unwrap().path().join("cases")) else { continue };
        for file in folder {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.display().to_string();
            let case = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            found.push((name, case));
        }
    }
    found.sort_by(|(left, _), (right, _)| left.cmp(right));
    found
}

/// The same digits, with their trailing zeros.
fn same(name: &str, what: &str, wanted: Option<&Decimal>, found: Option<&Decimal>) {
    if let Some(wanted) = wanted {
        assert_eq!(found.map(ToString::to_string), Some(wanted.to_string()), "{name}: {what}");
    }
}

#[test]
fn every_case_gives_the_verdict_results_and_limits_it_says() {
    let rules = builtin().unwrap();
    let cases = cases();
    assert!(!cases.is_empty());
    for (name, case) in cases {
        let facts: Vec<StandardFacts> = case.standards.into_iter().map(facts).collect();
        let evaluated = rules.rule(&case.record.rule).unwrap().evaluate(&case.record, &facts);
        let refusals: BTreeSet<String> = evaluated.refusals.iter().map(|refusal| refusal.code.clone()).collect();
        assert_eq!(refusals, case.refusals, "{name}: {:?}", evaluated.refusals);
        if !refusals.is_empty() {
            continue;
        }
        assert_eq!(evaluated.verdict.as_ref().map(|verdict| verdict.outcome), case.verdict, "{name}");
        assert_eq!(evaluated.valid_through, case.valid_through, "{name}");
        assert_eq!(evaluated.verdict.map(|verdict| verdict.because_of).unwrap_or_default(), case.because_of, "{name}");
        for wanted in &case.points {
            let place = format!("{name}: {} {}", wanted.item, wanted.index);
            let item = evaluated.results.iter().find(|item| item.item == wanted.item).unwrap();
            let point = &item.points[wanted.index];
            let stated = &point.result.quantity;
            same(&place, "value", wanted.value.as_ref(), Some(&stated.value));
            let (expanded, factor) = match &stated.uncertainty {
                Some(Uncertainty::Expanded { value, coverage_factor, .. }) => (Some(value), Some(coverage_factor)),
                _ => (None, None),
            };
            same(&place, "U", wanted.expanded_uncertainty.as_ref(), expanded);
            same(&place, "k", wanted.coverage_factor.as_ref(), factor);
            let bound = |of: fn(&heng_rule::Limit) -> &Option<Reported>| {
                point.limit.as_ref().and_then(|limit| of(limit).as_ref()).map(|bound| &bound.value)
            };
            same(&place, "lower limit", wanted.lower.as_ref(), bound(|limit| &limit.lower));
            same(&place, "upper limit", wanted.upper.as_ref(), bound(|limit| &limit.upper));
            if wanted.outcome.is_some() {
                assert_eq!(point.outcome, wanted.outcome, "{place}");
            }
        }
    }
}
