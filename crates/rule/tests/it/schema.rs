//! The published schema of rule files, and the reader that must agree with it.

use std::path::Path;

use heng_rule::{Rule, builtin};
use serde_json::{Value, json};

#[path = "../../../statement/tests/it/schema.rs"]
#[allow(dead_code)]
mod checker;

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/rule-1.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn rules() -> Vec<(String, Value)> {
    let rules = builtin().unwrap();
    let text = |id: &str| String::from_utf8(rules.bytes(id).unwrap().to_vec()).unwrap();
    rules.iter().map(|rule| (rule.id().to_owned(), toml::from_str(&text(rule.id())).unwrap())).collect()
}

fn is_read(rule: &Value) -> bool {
    Rule::parse(toml::to_string(rule).unwrap().as_bytes()).is_ok()
}

/// Objects whose members have names that the rule itself gives.
fn takes_any_name(pointer: &str) -> bool {
    let last = pointer.rsplit('/').find(|step| step.parse::<usize>().is_err()).unwrap_or_default();
    matches!(last, "citation" | "table" | "at" | "tolerance" | "different")
}

#[test]
fn every_rule_satisfies_the_schema() {
    let schema = schema();
    for (id, rule) in rules() {
        assert_eq!(checker::faults(&schema, &rule), Vec::<String>::new(), "{id}");
    }
}

#[test]
fn an_unknown_key_is_refused_by_reader_and_schema_alike() {
    let schema = schema();
    for (id, rule) in rules() {
        for pointer in checker::members(&rule).iter().filter(|pointer| !takes_any_name(pointer)) {
            let mut more = rule.clone();
            more.pointer_mut(pointer).unwrap()["unheard_of"] = json!("x");
            assert!(!is_read(&more), "{id}{pointer}");
            assert!(!checker::faults(&schema, &more).is_empty(), "{id}{pointer}");
        }
    }
}

#[test]
fn a_key_that_the_schema_requires_is_required_by_the_reader() {
    let schema = schema();
    for (id, rule) in rules() {
        for pointer in checker::members(&rule) {
            let keys: Vec<String> = rule.pointer(&pointer).unwrap().as_object().unwrap().keys().cloned().collect();
            for key in keys {
                let mut less = rule.clone();
                less.pointer_mut(&pointer).unwrap().as_object_mut().unwrap().remove(&key);
                if !checker::faults(&schema, &less).is_empty() {
                    assert!(!is_read(&less), "{id}{pointer}/{key}");
                }
            }
        }
    }
}

#[test]
fn the_rule_in_the_documentation_is_read_and_satisfies_the_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md");
    let text = std::fs::read_to_string(path).unwrap();
    let example = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let (rule, findings) = Rule::parse(example.as_bytes()).unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!(rule.items()[0].rows_demanded(rule.characteristics()), 4..=4);
    let value: Value = toml::from_str(example).unwrap();
    assert_eq!(checker::faults(&schema(), &value), Vec::<String>::new());
}
