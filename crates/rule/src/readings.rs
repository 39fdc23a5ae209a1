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

use heng_quantity::{Reported, text};
use serde::Deserialize;

use crate::{Citation, Words};

/// The one version there is.
const FORMAT: &str = "heng-reading-limits/1";

/// The limits of this project.
const BUILTIN: &str = include_str!("../../../rules/signed-readings/limits.toml");

/// A figure with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited<T> {
    /// The figure.
    pub value: T,
    /// Where it comes from.
    pub citation: Citation,
}

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

/// A file of limits that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadingLimitsError {
    /// Not of the expected form.
    #[error("the limits cannot be read: {0}")]
    Unreadable(String),
    /// Another format or version.
    #[error("the format is {0:?}, not heng-reading-limits/1")]
    Format(String),
    /// A figure cites what is not there.
    #[error("there is no citation {0:?}")]
    Citation(String),
    /// A quantity that cannot be read.
    #[error("{0:?} is no quantity of the kind that is asked for")]
    Quantity(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    format: String,
    id: String,
    version: u32,
    norm: String,
    title: Words,
    citation: BTreeMap<String, Citation>,
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
    pub fn parse(text: &str) -> Result<Self, ReadingLimitsError> {
        let text: Text = toml::from_str(text).map_err(|error| ReadingLimitsError::Unreadable(error.to_string()))?;
        if text.format != FORMAT {
            return Err(ReadingLimitsError::Format(text.format));
        }
        let citation =
            |name: &str| text.citation.get(name).cloned().ok_or_else(|| ReadingLimitsError::Citation(name.to_owned()));
        let power = text.power.iter().map(|line| {
            let value = quantity(&line.largest, "\\watt")?;
            Ok((line.current.clone(), Cited { value, citation: citation(&line.citation)? }))
        });
        Ok(Self {
            duration_clocks: Cited { value: text.clock.duration, citation: citation(&text.clock.citation)? },
            day_clocks: Cited { value: text.clock.day, citation: citation(&text.clock.citation)? },
            resolution: Cited {
                value: quantity(&text.resolution.value, "\\second")?,
                citation: citation(&text.resolution.citation)?,
            },
            good_states: Cited { value: text.meter.good, citation: citation(&text.meter.citation)? },
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

/// A quantity as people type it, of the same kind as a unit.
fn quantity(typed: &str, kind: &str) -> Result<Reported, ReadingLimitsError> {
    let fault = || ReadingLimitsError::Quantity(typed.to_owned());
    let read = text::parse(typed).map_err(|_| fault())?;
    let unit = kind.parse().map_err(|_| fault())?;
    read.converted_to(&unit).map_err(|_| fault())?;
    Ok(read)
}

/// The limits of this project.
pub fn builtin_reading_limits() -> Result<ReadingLimits, ReadingLimitsError> {
    ReadingLimits::parse(BUILTIN)
}
