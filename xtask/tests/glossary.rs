//! Holds GLOSSARY.md to the code: a word without its name in code, or a name that is gone, is no glossary.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_name_in_the_glossary_is_in_the_code() {
    let words = words_of_the_code();
    let mut missing = BTreeSet::new();
    for row in rows() {
        let names = row.last().map(String::as_str).unwrap_or_default();
        // What stands between backticks, as a path or a name.
        for name in names.split('`').skip(1).step_by(2).flat_map(|path| path.split("::")) {
            if !words.contains(name) {
                missing.insert(name.to_owned());
            }
        }
    }
    assert!(missing.is_empty(), "GLOSSARY.md names what is not in the code: {missing:?}");
}

#[test]
fn every_term_has_its_chinese_its_source_and_its_name() {
    let rows = rows();
    assert!(rows.len() > 20, "{} rows", rows.len());
    let mut terms = BTreeSet::new();
    for row in &rows {
        assert!(row.len() == 4 && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
        assert!(row.get(1).is_some_and(|chinese| !chinese.is_ascii()), "{row:?}");
        assert!(terms.insert(row.first()), "{row:?} stands twice");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The cells of every line of a table but its head.
fn rows() -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("GLOSSARY.md")).unwrap();
    text.lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .filter(|line| !line.starts_with("---") && !line.starts_with("term "))
        .map(|line| line.split(" | ").map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

fn words_of_the_code() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path().join("src")).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(path).unwrap();
                let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
                words.extend(text.split(|sign: char| !is_part(sign)).map(str::to_owned));
            }
        }
    }
    words
}
