//! Why a command could not do its work, by code with data.

use std::fmt::Display;
use std::path::Path;

use heng_wording::Words;

/// Why a command could not do its work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    code: &'static str,
    data: Vec<(&'static str, String)>,
    /// What the program ends with: 1 where the work could not be done, 2 where the input is unreadable.
    pub exit: u8,
}

impl Failure {
    /// The work could not be done.
    pub fn new(code: &'static str) -> Self {
        Self { code, data: Vec::new(), exit: 1 }
    }

    /// The input is unreadable.
    pub fn unreadable(code: &'static str) -> Self {
        Self { code, data: Vec::new(), exit: 2 }
    }

    /// With one more fact.
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.data.push((name, value.to_string()));
        self
    }

    /// A file that could not be written.
    pub fn writing(path: &Path, error: impl Display) -> Self {
        Self::new("error-writing").with("path", path.display()).with("reason", error)
    }

    /// A service that could not start or had to stop.
    pub fn stopped(error: impl Display) -> Self {
        Self::new("error-cluster-stopped").with("reason", error)
    }

    /// For people.
    pub fn said(&self, words: &Words) -> String {
        let facts: Vec<(&str, &str)> = self.data.iter().map(|(name, value)| (*name, value.as_str())).collect();
        words.say(self.code, &facts)
    }
}
