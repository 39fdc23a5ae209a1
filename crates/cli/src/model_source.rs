//! A model file by its name: what is wrong with it is said with its name and the line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use heng_quantity::{Finding, Position};
use heng_uncertainty::{ModelFile, underlined};
use heng_wording::Words;

use crate::failure::Failure;
use crate::input_files::InputFiles;
use crate::source_text::read_text;

/// A document with its name, to say where something is wrong.
pub struct Source {
    path: PathBuf,
    text: String,
    model: Position,
}

impl Source {
    /// What is wrong with the document or its evaluation, with the line that it is about.
    pub fn of_model(&self, finding: &Finding, words: &Words) -> Failure {
        failure(&self.path, &self.text, finding, words)
    }

    /// The text of the document.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the text of the model begins.
    pub fn model_start(&self) -> Position {
        self.model
    }
}

fn failure(path: &Path, text: &str, finding: &Finding, words: &Words) -> Failure {
    let reason = words.finding(&finding.code, &finding.data);
    let Some(position) = finding.position else {
        return Failure::unreadable("error-model-evaluated").with("path", path.display()).with("reason", reason);
    };
    let length = finding.data.get("length").and_then(|length| length.parse().ok()).unwrap_or(1);
    let reason = format!("{reason}\n{}", underlined(text, position, length));
    let failure = Failure::unreadable("error-model-text").with("path", path.display());
    failure.with("line", position.line).with("column", position.column).with("reason", reason)
}

/// Reads a document, and the files that it takes inputs from; every error says where.
pub fn model_file(path: &Path, words: &Words) -> Result<(ModelFile, Source), Failure> {
    model_with_files(path, words).map(|(file, source, _)| (file, source))
}

/// The bytes of files by their names.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The same, with the bytes of those files by the names that the document gives them.
pub fn model_with_files(path: &Path, words: &Words) -> Result<(ModelFile, Source, Files), Failure> {
    let text = read_text(path)?.map_err(|finding| failure(path, "", &finding, words))?;
    let files = InputFiles::beside(path, words)?;
    let file = ModelFile::parse_with(&text, usize::MAX, &|origin| files.budgets(origin))
        .map_err(|finding| failure(path, &text, &finding, words))?;
    let source = Source { path: path.to_path_buf(), text, model: file.model_start() };
    Ok((file, source, files.into_bytes()))
}
