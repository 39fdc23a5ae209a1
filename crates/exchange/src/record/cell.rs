//! One value: a quantity as text, repeated observations, a value with its own evaluation, a word, yes or no.

use heng_quantity::{Finding, text};
use serde_json::{Map, Value, json};

/// The value in the form that a `Cell` reads. A bare number is refused: it has no unit.
pub(super) fn cell(path: &str, value: Value) -> Result<Value, Finding> {
    match value {
        Value::Bool(_) => Ok(value),
        Value::String(stated) => Ok(stated_cell(&stated)),
        Value::Array(items) => {
            let items: Result<Vec<Value>, Finding> = items
                .into_iter()
                .map(|item| match item {
                    Value::String(stated) => quantity(path, &stated),
                    // Already in the form of our own statements.
                    Value::Object(fields) if fields.contains_key("unit") => Ok(Value::Object(fields)),
                    other => Err(no_quantity(path, &other)),
                })
                .collect();
            items.map(Value::Array)
        }
        Value::Object(fields) => input(path, fields),
        other => Err(no_quantity(path, &other)),
    }
}

/// What begins like a number and can be read with its unit is a quantity; everything else is a word, such as the class `1.6` or `III`.
fn stated_cell(stated: &str) -> Value {
    let begins_like_a_number =
        stated.trim_start().starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '−' | '.'));
    let has_a_unit = stated.trim().contains([' ', '\\', '%', '℃', '°']);
    match text::parse(stated) {
        Ok(reported) if begins_like_a_number && has_a_unit => json!({ "value": reported.value, "unit": reported.unit }),
        _ => Value::String(stated.to_owned()),
    }
}

fn quantity(path: &str, stated: &str) -> Result<Value, Finding> {
    let reported = text::parse(stated).map_err(|finding| finding.with("path", path))?;
    Ok(json!({ "value": reported.value, "unit": reported.unit }))
}

/// The keys of a value with its own evaluation.
const INPUT: [&str; 8] = [
    "value",
    "unit",
    "standard_uncertainty",
    "half_width",
    "expanded_uncertainty",
    "coverage_factor",
    "degrees_of_freedom",
    "distribution",
];

/// `{ value = "215 nm", standard_uncertainty = "5.8 nm", … }`: uncertainties in the value's unit.
fn input(path: &str, fields: Map<String, Value>) -> Result<Value, Finding> {
    let Some(Value::String(stated)) = fields.get("value") else {
        return Err(Finding::error("record-input-without-value").with("path", path));
    };
    // Already in the form of our own statements: a quantity with its uncertainty.
    let is_ours = |name: &String| matches!(name.as_str(), "value" | "unit" | "uncertainty");
    if fields.contains_key("unit") && fields.keys().all(is_ours) {
        return Ok(Value::Object(fields));
    }
    // What is not read would be lost in silence, and with it an uncertainty.
    if let Some(unknown) = fields.keys().find(|name| !INPUT.contains(&name.as_str())) {
        return Err(Finding::error("record-input-unknown-key").with("path", path).with("key", excerpt(unknown)));
    }
    if !fields.contains_key("distribution") {
        return Err(Finding::error("record-input-without-distribution").with("path", path));
    }
    if fields.contains_key("unit") {
        return readable(path, fields);
    }
    let value = text::parse(stated).map_err(|finding| finding.with("path", path))?;
    let mut out = Map::new();
    out.insert("value".to_owned(), json!(value.value));
    out.insert("unit".to_owned(), json!(value.unit));
    for (name, field) in fields.into_iter().filter(|(name, _)| name != "value") {
        let converted = match (name.as_str(), &field) {
            ("standard_uncertainty" | "half_width" | "expanded_uncertainty", Value::String(stated)) => {
                let stated = text::parse(stated).map_err(|finding| finding.with("path", path))?;
                let converted = stated.converted_to(&value.unit.of_difference());
                let converted = converted.map_err(|error| {
                    Finding::error("record-unit-of-other-kind").with("path", path).with("reason", error)
                })?;
                json!(converted.value)
            }
            _ => field,
        };
        out.insert(name, converted);
    }
    readable(path, out)
}

/// What cannot be read is said with its place: the record as a whole could no longer name it.
fn readable(path: &str, fields: Map<String, Value>) -> Result<Value, Finding> {
    let value = Value::Object(fields);
    match serde_json::from_value::<heng_rule::Cell>(value.clone()) {
        Ok(_) => Ok(value),
        Err(error) => Err(Finding::error("record-input-unreadable").with("path", path).with("reason", error)),
    }
}

fn no_quantity(path: &str, value: &Value) -> Finding {
    Finding::error("record-bare-number").with("path", path).with("value", excerpt(&value.to_string()))
}

fn excerpt(text: &str) -> String {
    text.chars().take(40).collect()
}
