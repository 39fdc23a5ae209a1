//! What is wrong with a text that should be a TOML document, as a code with its place: people read it in their own language.

use heng_quantity::{Finding, Position};
use toml::de::Error;

use crate::nearest::nearest_to;

/// Why a text is no TOML document, or not one of the expected form.
///
/// The library says it in English; its sentences are sorted into a code, what people need to know (`key`, `known`, `nearest`, `word`, `expected`), the
/// place, and in `length` how many characters it is about. A sentence that is not known becomes `document-syntax` at its place: nothing of the library's
/// English is shown.
pub fn finding(text: &str, error: &Error) -> Finding {
    let finding = sorted(error.message());
    let Some(span) = error.span() else { return finding };
    let start = if span.start < text.len() { span.start } else { text.trim_end().len() };
    let stated = text.get(start..span.end).and_then(|stated| stated.lines().next()).unwrap_or_default();
    finding.at(place(text, start)).with("length", stated.chars().count())
}

/// The line and the column of a byte of a text.
pub fn place(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Position { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
}

fn sorted(message: &str) -> Finding {
    let mut names = message.split('`').skip(1).step_by(2);
    let starts = |beginning: &str| message.starts_with(beginning);
    let has = |parts: &[&str]| parts.iter().any(|part| message.contains(part));
    if starts("missing field") {
        return Finding::error("document-key-missing").with("key", names.next().unwrap_or_default());
    }
    if starts("unknown field") {
        let key = names.next().unwrap_or_default();
        let known: Vec<&str> = names.collect();
        let near = nearest_to(key, known.iter().copied());
        if near.is_empty() {
            return Finding::error("document-key-unknown").with("key", key).with("known", known.join(", "));
        }
        return Finding::error("document-key-unknown-near").with("key", key).with("nearest", near.join(", "));
    }
    if starts("unknown variant") {
        let word = names.next().unwrap_or_default();
        return Finding::error("document-word-unknown")
            .with("word", word)
            .with("known", names.collect::<Vec<_>>().join(", "));
    }
    if starts("invalid type") || starts("invalid value") || starts("invalid length") {
        let expected = message.rsplit_once("expected ").map_or("", |(_, expected)| expected);
        return Finding::error("document-kind").with("expected", kind(expected));
    }
    if starts("duplicate key") {
        return Finding::error("document-key-twice");
    }
    if has(&["recursion"]) {
        return Finding::error("document-too-deep");
    }
    if has(&["quote", "string"]) {
        return Finding::error("document-quotes");
    }
    if has(&["unclosed", "comma", "closing"]) {
        return Finding::error("document-brackets");
    }
    if has(&["missing value", "no value", "invalid value"]) {
        return Finding::error("document-value-missing");
    }
    Finding::error("document-syntax")
}

/// What is needed, as a word that the sentences choose by.
fn kind(expected: &str) -> &'static str {
    let has = |parts: &[&str]| parts.iter().any(|part| expected.contains(part));
    if has(&["string"]) {
        "text"
    } else if has(&["boolean"]) {
        "flag"
    } else if has(&["evaluation", "struct", "map", "table"]) {
        "table"
    } else if has(&["sequence", "array", "tuple", "list"]) {
        "list"
    } else if has(&["f64", "floating"]) {
        "number"
    } else if has(&["integer", "u8", "u16", "u32", "u64", "usize", "i64"]) {
        "whole-number"
    } else {
        "other"
    }
}
