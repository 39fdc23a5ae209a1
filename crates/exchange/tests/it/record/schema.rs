//! The published schema of records, and the examples and the reader that must agree with it.

use std::fs;
use std::path::PathBuf;

use heng_exchange::record::{Kind, Reading, Records, read_json};
use serde_json::{Value, json};

use super::rules;

#[path = "../../../../statement/tests/it/schema.rs"]
#[allow(dead_code)]
mod checker;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schema() -> Value {
    serde_json::from_slice(&fs::read(root().join("schemas/record-1.json")).unwrap()).unwrap()
}

fn examples() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("examples/records")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 9);
    files
}

fn as_json(path: &PathBuf) -> Value {
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn read(record: &Value) -> Records {
    read_json(&serde_json::to_vec(record).unwrap())
}

fn is_toml(path: &&PathBuf) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

#[test]
fn every_example_is_read_without_a_finding_and_says_that_it_is_made_up() {
    let rules = rules();
    let reading = Reading { rules: &rules, rule: None };
    for path in examples() {
        let kind = Kind::of_extension(path.extension().unwrap().to_str().unwrap()).unwrap();
        let read = heng_exchange::record::read(&fs::read(&path).unwrap(), kind, &reading);
        assert_eq!(read.findings, Vec::new(), "{}", path.display());
        assert!(!read.records.is_empty() && read.records.iter().all(|at| at.record.synthetic), "{}", path.display());
    }
}

#[test]
fn the_workbook_of_scales_says_the_same_as_the_csv() {
    let rules = rules();
    let reading = Reading { rules: &rules, rule: None };
    let records = |name: &str, kind| {
        let bytes = fs::read(root().join("examples/records").join(name)).unwrap();
        let read = heng_exchange::record::read(&bytes, kind, &reading);
        read.records.into_iter().map(|at| at.record).collect::<Vec<_>>()
    };
    let scales = records("scales.csv", Kind::Csv);
    assert_eq!(scales.len(), 6);
    assert_eq!(scales, records("scales.xlsx", Kind::Xlsx));
}

#[test]
fn the_examples_satisfy_the_schema() {
    for path in examples().iter().filter(is_toml) {
        assert_eq!(checker::faults(&schema(), &as_json(path)), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn schema_and_reader_agree_on_what_is_required() {
    let schema = schema();
    let mut whole = as_json(&root().join("examples/records/scale.toml"));
    whole["number"] = json!("示例 1");
    whole["recalibrate_by"] = json!("2027-05-20");
    whole["remark"] = json!("示例");
    whole["client"]["id"] = json!("示例");
    whole["instrument"]["id"] = json!("thing:scale:示例");
    assert_eq!(read(&whole).findings, Vec::new());
    let objects =
        [("", &schema), ("/client", &schema["$defs"]["organisation"]), ("/instrument", &schema["$defs"]["instrument"])];
    for (pointer, described) in objects {
        let required: Vec<&str> =
            described["required"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
        let known = described["properties"].as_object().unwrap();
        let members = whole.pointer(pointer).unwrap().as_object().unwrap();
        assert!(members.keys().all(|key| known.contains_key(key)));
        for key in known.keys() {
            assert!(members.contains_key(key), "the test has no {pointer}/{key}");
            let mut without = whole.clone();
            without.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(key);
            let refused = read(&without).records.is_empty();
            assert_eq!(refused, required.contains(&key.as_str()), "{pointer}/{key}");
            assert_eq!(!checker::faults(&schema, &without).is_empty(), refused, "{pointer}/{key}");
        }
        let mut more = whole.clone();
        more.pointer_mut(pointer).unwrap()["unheard_of"] = json!("x");
        assert!(read(&more).records.is_empty() && !checker::faults(&schema, &more).is_empty(), "{pointer}");
    }
}

#[test]
fn schema_and_reader_agree_on_what_a_cell_may_be() {
    let schema = schema();
    let whole = as_json(&root().join("examples/records/scale.toml"));
    for (cell, fits) in [
        (json!("2500.0 g"), true),
        (json!(true), true),
        (json!(["2500 g", "2505 g"]), true),
        (json!({ "value": "0 g", "half_width": "1 mg", "distribution": "uniform" }), true),
        (json!({ "value": "0", "unit": "\\gram", "half_width": "0.001", "distribution": "uniform" }), true),
        (json!({ "value": "0 g", "half_width": "1 mg" }), false),
        (json!({ "half_width": "1 mg", "distribution": "uniform" }), false),
        (json!({ "value": "0 g", "distribution": "lognormal" }), false),
        (json!({ "value": "0 g", "distribution": "uniform", "note": "x" }), false),
        (json!(2500), false),
        (json!([2500]), false),
        (json!(null), false),
    ] {
        let mut record = whole.clone();
        record["observations"]["weighing"][1]["indication"] = cell.clone();
        assert_eq!(read(&record).findings.is_empty(), fits, "{cell}");
        assert_eq!(checker::faults(&schema, &record).is_empty(), fits, "{cell}");
    }
}
