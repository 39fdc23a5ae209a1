//! Who feeds readings in and what is expected of it: `readings/feeds.toml`, written by whoever runs the store.
//!
//! What a feed promises is its operator's word, not ours: how often it reads, how soon it delivers, between which values a register lies.
//! What it did not promise is not counted against it; that part of the quality index is then unknown.

use std::collections::BTreeSet;

use jiff::tz::Offset;
use serde::Deserialize;

/// The one version there is.
pub const FORMAT: &str = "heng-feeds/1";

/// All feeds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feeds(Vec<Feed>);

/// A source of readings.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    /// Its name: lower-case letters, digits, `-` and `.`.
    pub id: String,
    /// The party that sends it, and nobody else over the network.
    #[serde(default)]
    pub party: Option<String>,
    /// The district of readings that name none, as a code of GB/T 2260.
    #[serde(default)]
    pub district: String,
    /// The offset of its clocks where a time names none, for example `+08:00`.
    #[serde(default, deserialize_with = "offset")]
    pub utc_offset: Option<Offset>,
    /// How often each register is read, in seconds; a divisor of a day.
    #[serde(default)]
    pub interval_s: Option<u32>,
    /// How soon after its instant a reading is delivered, in seconds.
    #[serde(default)]
    pub late_after_s: Option<u32>,
    /// The meters that it reads.
    #[serde(default)]
    pub meters: BTreeSet<String>,
    /// The registers that it reads of each meter.
    #[serde(default, rename = "register")]
    pub registers: Vec<Register>,
}

/// What a register shows.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Its name, for example `1-0:1.8.0`.
    pub id: String,
    /// The unit it is read in.
    pub unit: String,
    /// It never shows less.
    #[serde(default)]
    pub least: Option<f64>,
    /// It never shows more.
    #[serde(default)]
    pub most: Option<f64>,
    /// It never runs backwards.
    #[serde(default)]
    pub cumulative: bool,
    /// It never gains more in an hour.
    #[serde(default)]
    pub most_per_hour: Option<f64>,
}

/// The file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedsError {
    /// Not the TOML of feeds.
    #[error("{0}")]
    Unreadable(String),
    /// Another format or version.
    #[error("the format is {0:?}, not heng-feeds/1")]
    Format(String),
    /// A feed contradicts itself or another one.
    #[error("feed {feed:?}: {fault}")]
    Feed {
        /// Its name.
        feed: String,
        /// What is wrong.
        fault: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    #[serde(default, rename = "feed")]
    feeds: Vec<Feed>,
}

impl Feeds {
    /// Reads the file.
    ///
    /// # Errors
    /// What keeps it from being used.
    pub fn read(text: &str) -> Result<Self, FeedsError> {
        let file: File = toml::from_str(text).map_err(|error| FeedsError::Unreadable(error.message().to_owned()))?;
        if file.format != FORMAT {
            return Err(FeedsError::Format(file.format));
        }
        let mut names = BTreeSet::new();
        for feed in &file.feeds {
            let fault = |fault| FeedsError::Feed { feed: feed.id.clone(), fault };
            if !is_name(&feed.id) {
                return Err(fault("a name has lower-case letters, digits, - and ., and at most 60 of them"));
            }
            if !names.insert(&feed.id) {
                return Err(fault("it is there twice"));
            }
            if feed.interval_s.is_some_and(|interval| interval == 0 || 86_400 % interval != 0) {
                return Err(fault("interval_s does not divide a day"));
            }
            if feed.district.len() > 12 || !feed.district.bytes().all(|sign| sign.is_ascii_digit()) {
                return Err(fault("district is a code of digits"));
            }
        }
        Ok(Self(file.feeds))
    }

    /// The feed of this name.
    pub fn named(&self, id: &str) -> Option<&Feed> {
        self.0.iter().find(|feed| feed.id == id)
    }

    /// All of them, in the order of the file.
    pub fn all(&self) -> &[Feed] {
        &self.0
    }
}

impl Feed {
    /// A feed of which nothing is known but its name.
    pub fn undeclared(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            party: None,
            district: String::new(),
            utc_offset: None,
            interval_s: None,
            late_after_s: None,
            meters: BTreeSet::new(),
            registers: Vec::new(),
        }
    }

    /// What it promised of a register.
    pub fn register(&self, id: &str) -> Option<&Register> {
        self.registers.iter().find(|register| register.id == id)
    }
}

/// Whether a feed can have this name.
pub fn is_name(id: &str) -> bool {
    let is_plain = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-' || sign == b'.';
    (1..=60).contains(&id.len()) && id.bytes().all(is_plain)
}

fn offset<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Offset>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = || serde::de::Error::custom("utc_offset is written like +08:00");
    let (sign, rest) = match text.split_at_checked(1) {
        Some(("+", rest)) => (1, rest),
        Some(("-", rest)) => (-1, rest),
        _ => return Err(wrong()),
    };
    let (hours, minutes) = rest.split_once(':').ok_or_else(wrong)?;
    let part = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() == 2);
    let (hours, minutes) = part(hours).zip(part(minutes)).ok_or_else(wrong)?;
    let is_real = hours <= 14 && minutes < 60;
    let seconds = sign * (hours * 3600 + minutes * 60);
    Offset::from_seconds(seconds).ok().filter(|_| is_real).map(Some).ok_or_else(wrong)
}
