//! Records as TOML and JSON.

use heng_exchange::record::{Kind, Reading, Records, read, read_json, read_toml};

use super::{errors, fact, rules};

fn example(name: &str) -> String {
    let path = format!("{}/../../examples/records/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn scale() -> String {
    example("scale.toml")
}

fn as_json(toml: &str) -> serde_json::Value {
    toml::from_str(toml).unwrap()
}

fn codes(records: &Records) -> Vec<String> {
    errors(records).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn toml_that_breaks_off_says_in_which_line() {
    let text = scale().replace("load = \"2500 g\"", "load = \"2500 g");
    let line = 1 + text.lines().position(|line| line == "load = \"2500 g").unwrap();
    let read = read_toml(text.as_bytes());
    assert_eq!(codes(&read), ["record-not-toml"]);
    assert_eq!(read.findings[0].position.unwrap().line as usize, line);
}

#[test]
fn json_that_breaks_off_says_where() {
    let read = read_json(b"{\n  \"format\": \"heng-record/1\",\n  \"rule\": }");
    assert_eq!(codes(&read), ["record-not-json"]);
    let position = read.findings[0].position.unwrap();
    assert_eq!((position.line, position.column), (3, 11));
}

#[test]
fn toml_and_json_say_the_same() {
    let json = serde_json::to_vec(&as_json(&scale())).unwrap();
    assert_eq!(read_json(&json).records, read_toml(scale().as_bytes()).records);
    assert_eq!(read_json(&json).findings, Vec::new());
}

#[test]
fn the_same_instrument_twice_in_a_file_is_not_used_at_all() {
    let mut other = as_json(&scale());
    other["instrument"]["serial"] = "示例-2023-0999".into();
    let list = serde_json::json!([as_json(&scale()), other, as_json(&scale())]);
    let bytes = serde_json::to_vec(&list).unwrap();
    let rules = rules();
    let read = read(&bytes, Kind::Json, &Reading { rules: &rules, rule: None });
    assert_eq!(read.records.len(), 1);
    assert_eq!(read.records[0].row, 2);
    assert_eq!(codes(&read), ["record-instrument-twice"; 2]);
    assert_eq!(fact(&read.findings[0], "rows"), "1, 3");
}

#[test]
fn the_same_certificate_number_twice_in_a_file_is_not_used_at_all() {
    let (mut one, mut other) = (as_json(&scale()), as_json(&scale()));
    one["number"] = "示例 1 号".into();
    other["number"] = "示例 1 号".into();
    other["instrument"]["serial"] = "示例-2023-0999".into();
    let bytes = serde_json::to_vec(&serde_json::json!([one, other])).unwrap();
    let rules = rules();
    let read = read(&bytes, Kind::Json, &Reading { rules: &rules, rule: None });
    assert!(read.records.is_empty());
    assert_eq!(codes(&read), ["record-number-twice"; 2]);
}

#[test]
fn a_rule_from_outside_is_for_records_that_name_none() {
    let rules = rules();
    let reading = Reading { rules: &rules, rule: Some("mass-calibration") };
    let named = read(scale().as_bytes(), Kind::Toml, &reading);
    assert_eq!(named.records[0].record.rule, "jjg-539-2016");
    let unnamed = scale().replace("rule = \"jjg-539-2016\"\n", "");
    assert_eq!(read(unnamed.as_bytes(), Kind::Toml, &reading).records[0].record.rule, "mass-calibration");
    assert_eq!(codes(&read_toml(unnamed.as_bytes())), ["record-shape"]);
}

#[test]
fn an_unknown_key_is_refused_by_name() {
    for (before, after) in [
        ("place = ", "plaice = \"x\"\nplace = "),
        ("model = ", "modell = \"x\"\nmodel = "),
        ("[client]\n", "[client]\nphone = \"x\"\n"),
    ] {
        let read = read_toml(scale().replace(before, after).as_bytes());
        assert_eq!(codes(&read), ["record-shape"], "{after}");
        assert!(fact(&read.findings[0], "reason").contains("unknown field"), "{:?}", read.findings);
    }
}

#[test]
fn a_missing_key_is_named() {
    for key in ["occasion", "performed_on", "place", "standards", "verifier", "reviewer"] {
        let text: String =
            scale().lines().filter(|line| !line.starts_with(&format!("{key} ="))).collect::<Vec<_>>().join("\n");
        let read = read_toml(text.as_bytes());
        assert_eq!(codes(&read), ["record-shape"], "{key}");
        assert!(fact(&read.findings[0], "reason").contains(key), "{:?}", read.findings);
    }
}

#[test]
fn a_bare_number_is_refused_because_nobody_knows_its_unit() {
    let read = read_toml(scale().replace("load = \"2500 g\"", "load = 2500").as_bytes());
    assert_eq!(codes(&read), ["record-bare-number"]);
    assert_eq!(fact(&read.findings[0], "path"), "observations.weighing[2].load");
}

#[test]
fn digits_are_kept_and_huge_numbers_refused() {
    let many = "2500.00000000000000000000000000000000000000000000000000000000000001";
    let kept = read_toml(scale().replace("indication = \"2500 g\"", &format!("indication = \"{many} g\"")).as_bytes());
    let stated = super::observation(&kept.records[0].record, "weighing", 1, "indication");
    assert_eq!(stated, format!(r"{many} \gram"));
    // A text that is no quantity stays a word, which the rule then refuses in its place.
    let huge = read_toml(scale().replace("indication = \"2500 g\"", "indication = \"1e999999 g\"").as_bytes());
    let refused = rules().rule("jjg-539-2016").unwrap().evaluate(&huge.records[0].record, &[]).refusals;
    assert!(
        refused
            .iter()
            .any(|refusal| refusal.data.values().any(|value| value.contains("1e999999"))
                || refusal.code.contains("column")),
        "{refused:?}"
    );
}
