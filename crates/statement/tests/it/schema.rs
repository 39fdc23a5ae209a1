//! As much of JSON Schema (2020-12) as the published schema uses; any other keyword is a fault of the schema.

use serde_json::Value;

/// Objects whose members are named by rules, not by the schema.
const NAMED_BY_RULES: [&str; 4] = ["characteristics", "environment", "observations", "weighing"];

pub fn takes_any_name(path: &str) -> bool {
    let mut steps = path.split('/').rev().skip_while(|step| step.parse::<usize>().is_ok());
    steps.next().is_some_and(|step| NAMED_BY_RULES.contains(&step))
}

/// The JSON pointers of all objects.
pub fn members(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(value, String::new(), &mut found);
    found
}

fn collect(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| collect(member, format!("{path}/{name}"), found));
            found.push(path);
        }
        Value::Array(items) => (0..).zip(items).for_each(|(place, item): (usize, _)| {
            collect(item, format!("{path}/{place}"), found);
        }),
        _ => {}
    }
}

pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    check(schema, schema, value, "", &mut faults);
    faults
}

fn check(root: &Value, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else {
        if schema == &Value::Bool(false) {
            faults.push(format!("{path}: nothing is allowed here"));
        }
        return;
    };
    for (keyword, rule) in keywords {
        let passed = match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let target = root.pointer(rule.as_str().unwrap().strip_prefix('#').unwrap()).unwrap();
                check(root, target, value, path, faults);
                true
            }
            "type" => has_type(value, rule.as_str().unwrap()),
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "pattern" => value.as_str().is_some_and(|text| matches_pattern(text, rule.as_str().unwrap())),
            "minimum" => value.as_i64() >= rule.as_i64(),
            "maximum" => value.as_i64() <= rule.as_i64(),
            "required" => rule.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
            "items" => {
                for (place, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, item, &format!("{path}/{place}"), faults);
                }
                true
            }
            "properties" => {
                for (name, member) in rule.as_object().unwrap() {
                    if let Some(inner) = value.get(name) {
                        check(root, member, inner, &format!("{path}/{name}"), faults);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = keywords.get("properties").and_then(Value::as_object);
                for (name, inner) in value.as_object().into_iter().flatten() {
                    if !known.is_some_and(|known| known.contains_key(name)) {
                        check(root, rule, inner, &format!("{path}/{name}"), faults);
                    }
                }
                true
            }
            "oneOf" => {
                let passing = |option: &&Value| {
                    let mut inner = Vec::new();
                    check(root, option, value, path, &mut inner);
                    inner.is_empty()
                };
                rule.as_array().unwrap().iter().filter(passing).count() == 1
            }
            _ => panic!("the schema uses {keyword}, which is not checked here"),
        };
        if !passed {
            faults.push(format!("{path}: {keyword} {rule} is not met by {value}"));
        }
    }
}

fn has_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        _ => panic!("no type {name}"),
    }
}

fn matches_pattern(text: &str, pattern: &str) -> bool {
    match pattern {
        "^[0-9a-f]{64}$" => text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
        r"^-?[0-9]+(\.[0-9]+)?(E[0-9]+)?$" | r"^-?[0-9]+(\.[0-9]+)?(E-?[0-9]+)?$" => {
            text.parse::<heng_quantity::Decimal>().is_ok() && !text.contains('+')
        }
        "Z$" => text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok(),
        _ => panic!("the schema uses the pattern {pattern}, which is not checked here"),
    }
}
