//! What a signed reading of a charging session is held against, as data with its sources.
//!
//! ```text
//! format = "heng-reading-limits/1"
//! id, version, norm, title
//! [citation.NAME]      where a figure comes from and how sure we are of it
//! [clock]              the clock states by which a duration, and a day, is known
//! [resolution]         by how much a duration may exceed the difference of two time stamps
//! [meter]              the meter states in which a reading counts
//! [[power]]            the largest power by kind of current
//! ```

use std::collections::BTreeMap;

use heng_quantity::Reported;
use serde::Deserialize;

use crate::Words;
use crate::cited::{Citations, Cited, FiguresError, cited, quantity};

/// The one version there is.
const FORMAT: &str = "heng-reading-limits/1";

/// The limits of this project.
const BUILTIN: &str = include_str!("../../../rules/signed-readings/limits.toml");

/// What signed readings are held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingLimits {
    /// For example `signed-readings`.
    pub id: String,
    /// Counted from 1; a published version is never edited.
    pub version: u32,
    /// The norm whose words are used.
    pub norm: String,
    /// Its title.
    pub title: Words,
    /// The letters of the clock states by which a duration is known.
    pub duration_clocks: Cited<Vec<char>>,
    /// The letters of the clock states by which a day is known.
    pub day_clocks: Cited<Vec<char>>,
    /// By how much a duration may exceed the difference of two time stamps.
    pub resolution: Cited<Reported>,
    /// The letters of the meter states in which a reading counts.
    pub good_states: Cited<Vec<char>>,
    /// The largest power by the format's word for the kind of current.
    pub power: BTreeMap<String, Cited<Reported>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    format: String,
    id: String,
    version: u32,
    norm: String,
    title: Words,
    citation: Citations,
    clock: ClockText,
    resolution: QuantityText,
    meter: MeterText,
    power: Vec<PowerText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockText {
    duration: Vec<char>,
    day: Vec<char>,
    citation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuantityText {
    value: String,
    citation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeterText {
    good: Vec<char>,
    citation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PowerText {
    current: String,
    largest: String,
    citation: String,
}

impl ReadingLimits {
    /// Reads a file of limits.
    pub fn parse(text: &str) -> Result<Self, FiguresError> {
        let text: Text = toml::from_str(text).map_err(|error| FiguresError::Unreadable(error.to_string()))?;
        if text.format != FORMAT {
            return Err(FiguresError::Format { stated: text.format, known: FORMAT });
        }
        let known = &text.citation;
        let power = text
            .power
            .iter()
            .map(|line| Ok((line.current.clone(), cited(quantity(&line.largest, "\\watt")?, &line.citation, known)?)));
        let resolution = quantity(&text.resolution.value, "\\second")?;
        Ok(Self {
            duration_clocks: cited(text.clock.duration, &text.clock.citation, known)?,
            day_clocks: cited(text.clock.day, &text.clock.citation, known)?,
            resolution: cited(resolution, &text.resolution.citation, known)?,
            good_states: cited(text.meter.good, &text.meter.citation, known)?,
            power: power.collect::<Result<_, _>>()?,
            id: text.id,
            version: text.version,
            norm: text.norm,
            title: text.title,
        })
    }

    /// The largest power that charging has, whatever the kind of current.
    pub fn largest_power(&self) -> Option<&Cited<Reported>> {
        self.power.values().max_by(|a, b| a.value.order(&b.value).unwrap_or(std::cmp::Ordering::Equal))
    }
}

/// The limits of this project.
pub fn builtin_reading_limits() -> Result<ReadingLimits, FiguresError> {
    ReadingLimits::parse(BUILTIN)
}
