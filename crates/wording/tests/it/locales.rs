//! The locale files, as files: complete, readable, and the same in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use heng_wording::{LOCALES, Language};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales")
}

/// Message → its placeables, read by lines and not by the Fluent parser, so that a message the parser drops is missed.
fn messages(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in source.lines() {
        if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let (name, _) = line.split_once('=').unwrap_or_else(|| panic!("no message: {line}"));
            found.push((name.trim().to_owned(), BTreeSet::new()));
        }
        if line.starts_with('#') {
            continue;
        }
        for after in line.split('$').skip(1) {
            let name = after.chars().take_while(|next| next.is_ascii_alphanumeric() || matches!(next, '-' | '_'));
            found.last_mut().expect("a placeable belongs to a message").1.insert(name.collect());
        }
    }
    found
}

fn keys(language: Language) -> BTreeMap<String, (BTreeSet<String>, &'static str)> {
    let mut keys = BTreeMap::new();
    for locale in LOCALES.iter().filter(|locale| locale.language == language) {
        for (key, placeables) in messages(locale.source) {
            if let Some((_, other)) = keys.insert(key.clone(), (placeables, locale.name)) {
                panic!("{language}: {key} stands in {other} and in {}", locale.name);
            }
        }
    }
    keys
}

#[test]
fn every_file_of_the_folder_is_compiled_in() {
    for language in [Language::Zh, Language::En] {
        let listed: BTreeSet<String> = LOCALES
            .iter()
            .filter(|locale| locale.language == language)
            .map(|locale| format!("{}.ftl", locale.name))
            .collect();
        let there: BTreeSet<String> = fs::read_dir(root().join(language.to_string()))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(listed, there);
    }
}

#[test]
fn every_file_is_wholly_readable_as_fluent() {
    for locale in LOCALES {
        if let Err((_, errors)) = FluentResource::try_new(locale.source.to_owned()) {
            panic!("{}/{}.ftl: {errors:?}", locale.language, locale.name);
        }
    }
}

#[test]
fn both_languages_have_the_same_messages_in_the_same_files_with_the_same_placeables() {
    let (zh, en) = (keys(Language::Zh), keys(Language::En));
    for (key, there) in &zh {
        let here = en.get(key).unwrap_or_else(|| panic!("{key} has no English"));
        assert_eq!(there, here, "{key}");
    }
    for key in en.keys() {
        assert!(zh.contains_key(key), "{key} has no Chinese");
    }
}

#[test]
fn chinese_is_written_with_full_width_punctuation() {
    for locale in LOCALES.iter().filter(|locale| locale.language == Language::Zh) {
        for line in locale.source.lines().filter(|line| !line.starts_with('#')) {
            let characters: Vec<char> = line.chars().collect();
            for pair in characters.windows(2) {
                let han = ('\u{4e00}'..='\u{9fff}').contains(&pair[0]);
                assert!(
                    !(han && matches!(pair[1], ',' | ';' | ':' | '?' | '!' | '(' | '.')),
                    "{}: {line}",
                    locale.name
                );
            }
        }
    }
}
