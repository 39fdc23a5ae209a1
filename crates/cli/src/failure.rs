//! Why a command could not do its work, said in the reader's language.

use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

use heng_wording::Words;

/// A failure: a code of `locales/*/cli.ftl` with its facts.
#[derive(Debug)]
pub struct Failure {
    code: &'static str,
    data: Vec<(&'static str, String)>,
    exit: u8,
}

/// What a command returns.
pub type Outcome = Result<ExitCode, Failure>;

impl Failure {
    /// A failure that ends the program with 1.
    pub fn new(code: &'static str) -> Self {
        Self { code, data: Vec::new(), exit: 1 }
    }

    /// A failure because the input is unreadable: ends the program with 2.
    pub fn unreadable(code: &'static str) -> Self {
        Self { code, data: Vec::new(), exit: 2 }
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

    /// The sentence.
    pub fn said(&self, words: &Words) -> String {
        let data: Vec<(&str, &str)> = self.data.iter().map(|(name, value)| (*name, value.as_str())).collect();
        words.say(self.code, &data)
    }

    /// The code to end with.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.exit)
    }
}

/// Reads a whole file.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::reading(path, error))
}

/// Writes a whole file, through a temporary one beside it, so that nobody ever sees half of it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    std::fs::write(&part, bytes)
        .and_then(|()| std::fs::rename(&part, path))
        .map_err(|error| Failure::writing(path, error))
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path).map_err(|error| Failure::writing(path, error))
}
