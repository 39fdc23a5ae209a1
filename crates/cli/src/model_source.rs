//! A model file by its name: what is wrong with it is said with its name and the line.

use std::path::{Path, PathBuf};

use heng_quantity::{Finding, Position};
use heng_uncertainty::{ModelFile, underlined};
use heng_wording::Words;

use crate::failure::Failure;
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

/// Reads a document; every error says where.
pub fn model_file(path: &Path, words: &Words) -> Result<(ModelFile, Source), Failure> {
    let text = read_text(path)?.map_err(|finding| failure(path, "", &finding, words))?;
    let file = ModelFile::parse(&text).map_err(|finding| failure(path, &text, &finding, words))?;
    let source = Source { path: path.to_path_buf(), text, model: file.model_start() };
    Ok((file, source))
}
