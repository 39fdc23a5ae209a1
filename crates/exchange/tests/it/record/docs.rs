//! The examples of docs/records.md are read as they stand there.

use heng_exchange::record::{Kind, Reading};

use super::rules;

/// The fenced blocks of a document, each with its language.
fn blocks(document: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((language.to_owned(), inside.join("\n")));
        }
    }
    blocks
}

#[test]
fn every_example_of_the_document_is_read_without_a_finding() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/records.md");
    let document = std::fs::read_to_string(path).unwrap();
    let rules = rules();
    let reading = Reading { rules: &rules, rule: None };
    let mut read_kinds = Vec::new();
    for (language, text) in blocks(&document) {
        let Some(kind) = Kind::of_extension(&language) else { continue };
        let read = heng_exchange::record::read(text.as_bytes(), kind, &reading);
        assert_eq!(read.findings, Vec::new(), "{text}");
        assert!(!read.records.is_empty(), "{text}");
        read_kinds.push(language);
    }
    for kind in ["toml", "json", "csv"] {
        assert!(read_kinds.iter().any(|language| language == kind), "no example in {kind}");
    }
}

#[test]
fn every_key_of_the_schema_and_every_heading_stands_in_the_document() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let document = std::fs::read_to_string(format!("{root}/docs/records.md")).unwrap();
    let schema = std::fs::read_to_string(format!("{root}/schemas/record-1.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    for described in
        [&schema, &schema["$defs"]["organisation"], &schema["$defs"]["instrument"], &schema["$defs"]["input"]]
    {
        for key in described["properties"].as_object().unwrap().keys() {
            assert!(document.contains(&format!("{key}`")), "{key}");
        }
    }
    let rules = rules();
    let rule = rules.rule("calibration-of-a-standard").unwrap();
    for language in [heng_wording::Language::Zh, heng_wording::Language::En] {
        let shared = heng_exchange::record::template::columns(rule, language).into_iter().take(20);
        for column in shared {
            assert!(document.contains(&column.heading), "{}", column.heading);
        }
    }
}
