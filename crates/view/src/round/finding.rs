//! What was wrong in a round, and which statements say so.

use std::collections::BTreeMap;

use heng_quantity::{Finding, Severity};
use heng_statement::StatementHash;
use serde::Serialize;

/// Something that was wrong: a code (message `finding-CODE`), who did it, the facts, and the statements that show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundFinding {
    /// A stable name in kebab case.
    pub code: &'static str,
    /// An error where the step does not count, a warning where it does.
    pub severity: Severity,
    /// Whose step it was.
    pub party: String,
    /// That party's code in the round, where it has one.
    pub laboratory: Option<String>,
    /// The facts.
    pub data: BTreeMap<&'static str, String>,
    /// The statements that show it, the step itself first.
    pub because_of: Vec<StatementHash>,
}

impl RoundFinding {
    pub(super) fn new(code: &'static str, party: &str, laboratory: Option<&str>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            party: party.to_owned(),
            laboratory: laboratory.map(str::to_owned),
            data: BTreeMap::new(),
            because_of: Vec::new(),
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.data.insert(name, value.to_string());
        self
    }

    /// The step counts all the same.
    pub(super) fn only_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    pub(super) fn shown_by(mut self, statement: &StatementHash) -> Self {
        self.because_of.push(statement.clone());
        self
    }

    /// The same as a finding; `who` is what the party is called where it is shown: its code, its name.
    pub fn finding(&self, who: &str) -> Finding {
        let mut finding = Finding::new(self.code, self.severity).with("laboratory", who);
        for (name, value) in &self.data {
            finding = finding.with(name, value);
        }
        finding
    }
}
