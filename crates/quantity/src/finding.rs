//! What a reader says about the data it was given: a code, a place and the facts, never a sentence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing follows from it.
    Info,
    /// The data can be used, but someone should look.
    Warning,
    /// The data contradicts itself or its format.
    Error,
}

/// A place in a text, both counted from 1; columns count characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The character within the line, from 1.
    pub column: u32,
}

/// Something the data says about itself. People's words are made from `code` and `data` by the wording crate
/// (message `finding-CODE`, with `data` as its placeables).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// A stable name in kebab case, for example `unit-misspelt`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Where, if the source is a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// The facts that a sentence about it needs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub data: BTreeMap<String, String>,
}

impl Finding {
    /// A finding without place or facts.
    pub fn new(code: &str, severity: Severity) -> Self {
        Self { code: code.to_owned(), severity, position: None, data: BTreeMap::new() }
    }

    /// A finding of severity error.
    pub fn error(code: &str) -> Self {
        Self::new(code, Severity::Error)
    }

    /// A finding of severity warning.
    pub fn warning(code: &str) -> Self {
        Self::new(code, Severity::Warning)
    }

    /// A finding of severity info.
    pub fn info(code: &str) -> Self {
        Self::new(code, Severity::Info)
    }

    /// The same finding, at a place.
    pub fn at(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }

    /// The same finding, with one more fact.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.data.insert(name.to_owned(), value.to_string());
        self
    }
}
