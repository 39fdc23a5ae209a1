//! What a rule forbids, with its citation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Citation;

/// The rule forbids it. People's words are made from `code` and `data` (message `refusal-CODE`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// A stable name in kebab case.
    pub code: String,
    /// The facts.
    pub data: BTreeMap<String, String>,
    /// The clause that forbids it, where one does.
    pub citation: Option<Box<Citation>>,
}

impl Refusal {
    /// A refusal without facts.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), data: BTreeMap::new(), citation: None }
    }

    /// With one more fact.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.data.insert(name.to_owned(), value.to_string());
        self
    }

    /// With the clause.
    pub fn under(mut self, citation: Citation) -> Self {
        self.citation = Some(Box::new(citation));
        self
    }
}
