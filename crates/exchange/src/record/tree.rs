//! From the tree of a file to records: every cell read as a quantity, every fault a finding.

use heng_quantity::Finding;
use heng_rule::Record;
use serde_json::{Map, Value};

use super::cell::cell;
use super::{RecordAt, Records};

/// The records of a file: one, or a list. Where one names no rule, `rule` is its rule.
pub(super) fn records(value: Value, rule: Option<&str>) -> Records {
    let values = match value {
        Value::Array(values) => values,
        value => vec![value],
    };
    let mut read = Records::default();
    for (row, mut value) in (1..).zip(values) {
        if let (Some(rule), Some(fields)) = (rule, value.as_object_mut())
            && !fields.contains_key("rule")
        {
            fields.insert("rule".to_owned(), Value::String(rule.to_owned()));
        }
        match record(value) {
            Ok(record) => read.records.push(RecordAt { row, sheet: None, record }),
            Err(findings) => read.findings.extend(findings.into_iter().map(|finding| finding.with("row", row))),
        }
    }
    read
}

/// One record, in the form of TOML and JSON.
pub(super) fn record(value: Value) -> Result<Record, Vec<Finding>> {
    let Value::Object(mut fields) = value else { return Err(vec![Finding::error("record-no-table")]) };
    if fields.get("format").and_then(Value::as_str) != Some("heng-record/1") {
        return Err(vec![Finding::error("record-format")]);
    }
    let mut findings = Vec::new();
    cells(&mut fields, "environment", &mut findings);
    if let Some(Value::Object(instrument)) = fields.get_mut("instrument") {
        cells(instrument, "characteristics", &mut findings);
    }
    if let Some(Value::Object(items)) = fields.get_mut("observations") {
        for (item, rows) in items.iter_mut() {
            for (place, row) in rows.as_array_mut().into_iter().flatten().enumerate() {
                if let Value::Object(row) = row {
                    let path = format!("observations.{item}[{}]", place + 1);
                    every_cell(row, &path, &mut findings);
                }
            }
        }
    }
    both_languages(&mut fields);
    if !findings.is_empty() {
        return Err(findings);
    }
    serde_json::from_value(Value::Object(fields))
        .map_err(|error| vec![Finding::error("record-shape").with("reason", error)])
}

fn cells(fields: &mut Map<String, Value>, name: &str, findings: &mut Vec<Finding>) {
    if let Some(Value::Object(of)) = fields.get_mut(name) {
        every_cell(of, name, findings);
    }
}

fn every_cell(row: &mut Map<String, Value>, path: &str, findings: &mut Vec<Finding>) {
    for (name, value) in row.iter_mut() {
        match cell(&format!("{path}.{name}"), std::mem::take(value)) {
            Ok(read) => *value = read,
            Err(finding) => findings.push(finding),
        }
    }
}

/// Where a name is stated in one language only, it stands in both.
fn both_languages(fields: &mut Map<String, Value>) {
    for (name, value) in fields.iter_mut() {
        match value {
            Value::String(text)
                if matches!(name.as_str(), "name" | "address" | "place" | "manufacturer" | "remark") =>
            {
                *value = serde_json::json!({ "zh": text, "en": text });
            }
            Value::Object(inner) if name != "observations" && name != "environment" && name != "characteristics" => {
                both_languages(inner)
            }
            _ => {}
        }
    }
}
