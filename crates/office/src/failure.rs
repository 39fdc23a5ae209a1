//! Why work could not be done, said in the reader's language.

use std::fmt::Display;
use std::path::Path;

use heng_wording::Words;

/// A failure: a code of the locale files with its facts.
#[derive(Clone, Debug)]
pub struct Failure {
    code: &'static str,
    data: Vec<(&'static str, String)>,
    of_input: bool,
}

impl Failure {
    /// The work could not be done.
    pub fn new(code: &'static str) -> Self {
        Self { code, data: Vec::new(), of_input: false }
    }

    /// The input is unreadable.
    pub fn unreadable(code: &'static str) -> Self {
        Self { code, data: Vec::new(), of_input: true }
    }

    /// With one more fact.
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.data.push((name, value.to_string()));
        self
    }

    /// A file that could not be read.
    pub fn reading(path: &Path, error: impl Display) -> Self {
        Self::unreadable("error-reading").with("path", path.display()).with("reason", error)
    }

    /// A file that could not be written.
    pub fn writing(path: &Path, error: impl Display) -> Self {
        Self::new("error-writing").with("path", path.display()).with("reason", error)
    }

    /// A store that could not be read or written.
    pub fn of_store(folder: &Path, error: impl Display) -> Self {
        Self::new("error-store").with("path", folder.display()).with("reason", error)
    }

    /// The code.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Whether the input is to blame: nobody can read it.
    pub fn is_of_input(&self) -> bool {
        self.of_input
    }

    /// The sentence.
    pub fn said(&self, words: &Words) -> String {
        let data: Vec<(&str, &str)> = self.data.iter().map(|(name, value)| (*name, value.as_str())).collect();
        words.say(self.code, &data)
    }
}
