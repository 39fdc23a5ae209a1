//! What recorded charging sessions are held against, as data with its sources.
//!
//! ```text
//! format = "heng-recording-limits/1"
//! id, version, title
//! [citation.NAME]      where a figure comes from and how sure we are of it
//! [gap]                how much longer than usual an interval between two values may be
//! [register]           how far told and signed energy may differ
//! ```

use heng_quantity::Reported;
use serde::Deserialize;

use crate::Words;
use crate::cited::{Citations, Cited, FiguresError, cited, quantity};

/// The one version there is.
const FORMAT: &str = "heng-recording-limits/1";

/// The limits of this project.
const BUILTIN: &str = include_str!("../../../rules/charging-recordings/limits.toml");

/// When an interval counts as a gap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// So many times the median of the session's intervals.
    pub factor: f64,
    /// A session with fewer intervals has no usual one.
    pub intervals: usize,
}

/// What recorded sessions are held against.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordingLimits {
    /// For example `charging-recordings`.
    pub id: String,
    /// Counted from 1; a published version is never edited.
    pub version: u32,
    /// Their title.
    pub title: Words,
    /// When an interval counts as a gap.
    pub gap: Cited<Gap>,
    /// How far told and signed energy may differ.
    pub resolution: Cited<Reported>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    format: String,
    id: String,
    version: u32,
    title: Words,
    citation: Citations,
    gap: GapText,
    register: RegisterText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GapText {
    factor: f64,
    intervals: usize,
    citation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegisterText {
    resolution: String,
    citation: String,
}

impl RecordingLimits {
    /// Reads a file of limits.
    pub fn parse(text: &str) -> Result<Self, FiguresError> {
        let text: Text = toml::from_str(text).map_err(|error| FiguresError::Unreadable(error.to_string()))?;
        if text.format != FORMAT {
            return Err(FiguresError::Format { stated: text.format, known: FORMAT });
        }
        let gap = Gap { factor: text.gap.factor, intervals: text.gap.intervals };
        let resolution = quantity(&text.register.resolution, "\\watt\\hour")?;
        Ok(Self {
            gap: cited(gap, &text.gap.citation, &text.citation)?,
            resolution: cited(resolution, &text.register.citation, &text.citation)?,
            id: text.id,
            version: text.version,
            title: text.title,
        })
    }
}

/// The limits of this project.
pub fn builtin_recording_limits() -> Result<RecordingLimits, FiguresError> {
    RecordingLimits::parse(BUILTIN)
}
