//! What is written for a plan: facts `heng-attestations/1`, forecasts and observations `heng-forecast/1`, steps in the life of norms `heng-norms/1`, as
//! TOML. Days, times and figures are written in quotes.

use std::ops::Range;

use heng_quantity::{Finding, Position};
use heng_statement::NormStage;
use heng_statement::norm::ClauseFeedback;
use heng_statement::plan::{Attestation, ForecastSeal, Observation};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

/// A file larger than that is none of these.
const MOST_BYTES: usize = 8 << 20;

/// Facts that a plan counts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestations {
    format: Spanned<String>,
    /// The facts.
    #[serde(rename = "fact")]
    pub facts: Vec<Attestation>,
}

/// Forecasts, or what was observed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forecasts {
    format: Spanned<String>,
    /// The forecasts.
    #[serde(default, rename = "seal")]
    pub seals: Vec<ForecastSeal>,
    /// The observations.
    #[serde(default, rename = "observation")]
    pub observations: Vec<Observation>,
}

/// Steps in the life of norms.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norms {
    format: Spanned<String>,
    /// The stages.
    #[serde(default, rename = "stage")]
    pub stages: Vec<NormStage>,
    /// What users of clauses say.
    #[serde(default)]
    pub feedback: Vec<ClauseFeedback>,
}

/// A file that says which format it is in.
trait Formatted {
    /// The one version there is.
    const FORMAT: &str;

    fn format(&self) -> &Spanned<String>;
}

impl Formatted for Attestations {
    const FORMAT: &str = "heng-attestations/1";

    fn format(&self) -> &Spanned<String> {
        &self.format
    }
}

impl Formatted for Forecasts {
    const FORMAT: &str = "heng-forecast/1";

    fn format(&self) -> &Spanned<String> {
        &self.format
    }
}

impl Formatted for Norms {
    const FORMAT: &str = "heng-norms/1";

    fn format(&self) -> &Spanned<String> {
        &self.format
    }
}

/// Reads facts.
pub fn read_attestations(bytes: &[u8]) -> Result<Attestations, Vec<Finding>> {
    read(bytes)
}

/// Reads forecasts and observations.
pub fn read_forecasts(bytes: &[u8]) -> Result<Forecasts, Vec<Finding>> {
    read(bytes)
}

/// Reads steps in the life of norms.
pub fn read_norms(bytes: &[u8]) -> Result<Norms, Vec<Finding>> {
    read(bytes)
}

fn read<T: Formatted + DeserializeOwned>(bytes: &[u8]) -> Result<T, Vec<Finding>> {
    let unreadable =
        |reason: &dyn ToString| vec![Finding::error("plan-words-unreadable").with("reason", reason.to_string())];
    if bytes.len() > MOST_BYTES {
        return Err(unreadable(&"too large"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| unreadable(&error))?;
    let file: T = toml::from_str(text).map_err(|error| {
        let finding = Finding::error("plan-words-unreadable").with("reason", error.message());
        vec![finding.at(position(text, error.span()))]
    })?;
    let format = file.format();
    if format.get_ref() == T::FORMAT {
        return Ok(file);
    }
    let finding = Finding::error("plan-words-format").with("stated", format.get_ref()).with("format", T::FORMAT);
    Err(vec![finding.at(position(text, Some(format.span())))])
}

fn position(text: &str, span: Option<Range<usize>>) -> Position {
    let before = text.get(..span.map_or(0, |span| span.start)).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    Position { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
}
