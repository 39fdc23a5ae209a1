//! Every limit of every verification rule is held by cases: if it were a little narrower or very much wider, a case would notice.

use std::collections::BTreeMap;
use std::path::Path;

use heng_rule::{Outcome, Rule, RuleKind, builtin};
use toml::{Table, Value};

use super::cases::{Case, cases};

/// Outcomes of items and points, which is what a changed limit changes.
fn outcomes(case: &Case, rule: &Rule) -> Vec<Option<Outcome>> {
    let evaluated = case.evaluated(rule);
    evaluated.results.iter().flat_map(|item| item.points.iter().map(|point| point.outcome)).collect()
}

fn file(id: &str) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules").join(id).join("rule.toml");
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn parsed(text: &Table) -> Rule {
    Rule::parse(toml::to_string(text).unwrap().as_bytes()).unwrap().0
}

/// The rule with one bound of one limit multiplied.
fn with_bound(text: &Table, (item, limit, side): (usize, usize, &str), factor: &str) -> Rule {
    let mut text = text.clone();
    let bound = &mut text["item"][item]["limit"][limit][side];
    *bound = Value::String(format!("({})*{factor}", bound.as_str().unwrap()));
    parsed(&text)
}

/// Where each bound of a rule stands.
fn bounds(text: &Table) -> Vec<(usize, usize, &'static str)> {
    let items = text["item"].as_array().unwrap().iter().enumerate();
    let limits = items.flat_map(|(item, value)| {
        let limits = value.get("limit").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        limits.iter().enumerate().map(move |(place, limit)| (item, place, limit.clone()))
    });
    limits
        .flat_map(|(item, place, limit)| {
            ["lower", "upper"]
                .into_iter()
                .filter(move |side| limit.get(side).is_some())
                .map(move |side| (item, place, side))
        })
        .collect()
}

#[test]
fn every_limit_of_every_verification_rule_is_reached_on_both_sides() {
    let mut by_rule: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for (_, case) in cases() {
        by_rule.entry(case.record.rule.clone()).or_default().push(case);
    }
    let mut uncovered = Vec::new();
    for rule in builtin().unwrap().iter().filter(|rule| rule.kind() == RuleKind::Verification) {
        let cases = by_rule.get(rule.id()).map_or(&[][..], Vec::as_slice);
        let text = file(rule.id());
        let as_it_is = parsed(&text);
        let before: Vec<_> = cases.iter().map(|case| outcomes(case, &as_it_is)).collect();
        for bound in bounds(&text) {
            // What conforms exactly on the limit no longer would; what fails beyond it would no longer fail.
            for (change, factor) in [("on the limit", "0.999999"), ("beyond the limit", "1000")] {
                let changed = with_bound(&text, bound, factor);
                if cases.iter().zip(&before).all(|(case, before)| outcomes(case, &changed) == *before) {
                    let (item, limit, side) = bound;
                    let name = &rule.items()[item].name;
                    uncovered.push(format!("{}: {name}, limit {}, {side}: no case {change}", rule.id(), limit + 1));
                }
            }
        }
    }
    assert!(uncovered.is_empty(), "{} bounds are not held by cases:\n{}", uncovered.len(), uncovered.join("\n"));
}

#[test]
fn every_verification_rule_has_cases() {
    let cases = cases();
    let without: Vec<String> = builtin()
        .unwrap()
        .iter()
        .filter(|rule| rule.kind() == RuleKind::Verification)
        .map(|rule| rule.id().to_owned())
        .filter(|id| !cases.iter().any(|(_, case)| case.record.rule == *id))
        .collect();
    assert!(without.is_empty(), "rules without cases: {without:?}");
}
