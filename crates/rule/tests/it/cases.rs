//! Every case file of a rule: facts in, verdict, results and limits out.

use std::collections::BTreeSet;
use std::path::Path;

use heng_quantity::{Decimal, Reported, Uncertainty};
use heng_rule::{Dissemination, Evaluated, Outcome, Record, Rule, StandardFacts, builtin};
use jiff::civil::Date;
use serde::Deserialize;
use toml::{Table, Value};

/// Facts and what they must give.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    #[serde(default)]
    refusals: BTreeSet<String>,
    #[serde(default)]
    findings: BTreeSet<String>,
    verdict: Option<Outcome>,
    valid_through: Option<Date>,
    #[serde(default)]
    because_of: Vec<String>,
    #[serde(default)]
    points: Vec<Point>,
    #[serde(default)]
    standards: Vec<Standard>,
    pub record: Record,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Point {
    item: String,
    index: usize,
    value: Option<Decimal>,
    standard_uncertainty: Option<Decimal>,
    expanded_uncertainty: Option<Decimal>,
    coverage_factor: Option<Decimal>,
    lower: Option<Decimal>,
    upper: Option<Decimal>,
    outcome: Option<Outcome>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Standard {
    id: String,
    quantity: String,
    from: Reported,
    to: Reported,
    expanded_uncertainty: Reported,
    value: Option<Reported>,
    degrees_of_freedom: Option<Decimal>,
    valid_from: Option<Date>,
    valid_through: Option<Date>,
}

fn facts(standard: &Standard) -> StandardFacts {
    let Standard { id, valid_from, valid_through, .. } = standard.clone();
    let passed = standard.clone();
    let disseminates = vec![Dissemination {
        quantity: passed.quantity,
        from: passed.from,
        to: passed.to,
        expanded_uncertainty: passed.expanded_uncertainty,
        value: passed.value,
        degrees_of_freedom: passed.degrees_of_freedom,
        result: None,
    }];
    StandardFacts { id, certificate: None, valid_from, valid_through, disseminates }
}

/// Every case of every rule, by its path from the folder of rules.
pub fn cases() -> Vec<(String, Case)> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let mut found = Vec::new();
    for rule in std::fs::read_dir(rules).unwrap() {
        let rule = rule.unwrap();
        let Ok(folder) = std::fs::read_dir(rule.path().join("cases")) else { continue };
        for file in folder {
            let path = file.unwrap().path();
            let stem = path.file_stem().unwrap().to_string_lossy();
            let name = format!("{}/{stem}", rule.file_name().to_string_lossy());
            let text = std::fs::read_to_string(&path).unwrap();
            let case = read(&path, &text).try_into().unwrap_or_else(|error| panic!("{name}: {error}"));
            found.push((name, case));
        }
    }
    found.sort_by(|(left, _), (right, _)| left.cmp(right));
    found
}

/// A case as written, or as its base with what it changes.
fn read(path: &Path, text: &str) -> Table {
    let mut case: Table = toml::from_str(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let Some(Value::String(base)) = case.remove("base") else { return case };
    let base = path.with_file_name(base).with_extension("toml");
    let mut whole = read(&base, &std::fs::read_to_string(&base).unwrap());
    let changed = case.remove("changed");
    let without = case.remove("without");
    // What a case expects is its own; only the record and the standards are the base's.
    whole.retain(|key, _| key == "record" || key == "standards");
    whole.extend(case);
    let mut whole = Value::Table(whole);
    for (place, value) in changed.iter().flat_map(|changed| changed.as_table().unwrap()) {
        *at(&mut whole, place) = value.clone();
    }
    for place in without.iter().flat_map(|without| without.as_array().unwrap()) {
        remove(&mut whole, place.as_str().unwrap());
    }
    match whole {
        Value::Table(whole) => whole,
        _ => unreachable!(),
    }
}

/// The value at a place such as `record.observations.indication.0.flow`; made where it is not there yet.
fn at<'a>(whole: &'a mut Value, place: &str) -> &'a mut Value {
    place.split('.').fold(whole, |within, step| match within {
        Value::Array(list) => {
            let index: usize = step.parse().unwrap();
            if index == list.len() {
                list.push(Value::Table(Table::new()));
            }
            &mut list[index]
        }
        Value::Table(table) => table.entry(step).or_insert_with(|| Value::Table(Table::new())),
        _ => panic!("there is no {place}"),
    })
}

fn remove(whole: &mut Value, place: &str) {
    let (within, last) = place.rsplit_once('.').unwrap();
    match at(whole, within) {
        Value::Array(list) => drop(list.remove(last.parse().unwrap())),
        Value::Table(table) => assert!(table.remove(last).is_some(), "there is no {place}"),
        _ => panic!("there is no {place}"),
    }
}

impl Case {
    /// What a rule makes of it.
    pub fn evaluated(&self, rule: &Rule) -> Evaluated {
        let facts: Vec<StandardFacts> = self.standards.iter().map(facts).collect();
        rule.evaluate(&self.record, &facts)
    }
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
        let evaluated = case.evaluated(rules.rule(&case.record.rule).unwrap());
        let refusals: BTreeSet<String> = evaluated.refusals.iter().map(|refusal| refusal.code.clone()).collect();
        assert_eq!(refusals, case.refusals, "{name}: {:?}", evaluated.refusals);
        let findings: BTreeSet<String> = evaluated.findings.iter().map(|finding| finding.code.to_string()).collect();
        assert_eq!(findings, case.findings, "{name}");
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
            let standard = match &stated.uncertainty {
                Some(Uncertainty::Standard { value, .. }) => Some(value),
                _ => None,
            };
            same(&place, "u", wanted.standard_uncertainty.as_ref(), standard);
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
