//! Instruments in service, watched from their own readings: what the readings of a period said, an alarm about one instrument, and what was done.
//!
//! The figures of every instrument travel in a file beside the statement, named there by its hash: a city has millions, and the log needs one statement a
//! network and period. What has a consequence, an alarm, is a statement of its own.

use std::collections::BTreeMap;

use heng_quantity::{Decimal, Reported};
use heng_rule::Words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::StatementHash;
use crate::certificate::Document;

/// The format of the file of results.
pub const RESULTS: &str = "heng-service-results/1";

/// What readings say of an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceState {
    /// Its error is within the limit.
    Good,
    /// Its error is beyond the limit.
    Beyond,
    /// Its error moves.
    Drifting,
    /// Its register stands still while energy is drawn.
    Stopped,
    /// A part of the energy goes past it.
    Bypassed,
    /// The readings do not say.
    Undecided,
}

impl ServiceState {
    /// All of them, the worst first.
    pub const ALL: [Self; 6] =
        [Self::Stopped, Self::Bypassed, Self::Beyond, Self::Drifting, Self::Undecided, Self::Good];

    /// Its name in statements and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Beyond => "beyond",
            Self::Drifting => "drifting",
            Self::Stopped => "stopped",
            Self::Bypassed => "bypassed",
            Self::Undecided => "undecided",
        }
    }

    /// Whether somebody has to look at the instrument.
    pub fn is_alarming(self) -> bool {
        !matches!(self, Self::Good | Self::Undecided)
    }
}

/// What the readings of a network said about its instruments over a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inference {
    /// The network: a transformer district (台区), or charging piles that the same vehicles visit.
    pub network: String,
    /// Its name.
    pub name: Words,
    /// The district it lies in, as a code of GB/T 2260; empty where it lies in several.
    pub district: String,
    /// The first day of the readings.
    pub begins_on: Date,
    /// The last day.
    pub ends_on: Date,
    /// The readings that were taken, by hash.
    pub readings: Vec<Document>,
    /// The program that judged, with its version.
    pub program: String,
    /// The largest permitted error of all instruments that have none of their own, by the name of its specification and class.
    pub limit: String,
    /// The same in figures.
    pub largest_error: Reported,
    /// How many instruments are in which state.
    pub states: BTreeMap<ServiceState, u32>,
    /// The energy that the head meter registered, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplied: Option<Reported>,
    /// The loss relative to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<Reported>,
    /// Against what the errors are, where instruments were compared with each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The figures of every instrument: a file of format `heng-service-results/1`.
    pub results: Document,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}

/// Against what the errors of a comparison are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelKind {
    /// Against the mean of all of them.
    PopulationMean,
    /// Against those of them that were verified.
    Verified,
}

impl LevelKind {
    /// Its name in statements and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::PopulationMean => "population-mean",
            Self::Verified => "verified",
        }
    }
}

/// The level that the errors of a comparison share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Against what they are.
    pub against: LevelKind,
    /// How many of the instruments were verified.
    pub verified: u32,
    /// Its standard uncertainty, which is inside every interval.
    pub standard_uncertainty: Reported,
}

/// An instrument should be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alert {
    /// The instrument.
    pub thing: String,
    /// The inference that it rests on.
    pub inference: StatementHash,
    /// What it seems to be.
    pub state: ServiceState,
    /// Since when, where the readings say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// The estimated error with its interval.
    pub error: Reported,
    /// The probability that the error is beyond the limit.
    pub probability: Decimal,
    /// Its limit, where that is another than the one of the inference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_limit: Option<OwnLimit>,
    /// Who has to act.
    pub addressee: String,
    /// Until when.
    pub answer_by: Date,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}

/// What was done about an instrument in service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FixAction {
    /// Taken out, and another one put in.
    Replaced,
    /// Taken out at random, to see what those are like of which nothing was said.
    Sampled,
    /// Put right where it is.
    Repaired,
    /// Looked at, and left.
    LeftInPlace,
}

impl FixAction {
    /// Its name in statements and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Replaced => "replaced",
            Self::Sampled => "sampled",
            Self::Repaired => "repaired",
            Self::LeftInPlace => "left-in-place",
        }
    }

    /// Whether the instrument was taken out, so that a laboratory can look at it.
    pub fn takes_out(self) -> bool {
        matches!(self, Self::Replaced | Self::Sampled)
    }
}

/// Something was done about an instrument in service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// The instrument.
    pub thing: String,
    /// The alarm that it answers; none where it was taken at random.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<StatementHash>,
    /// The inference that it tests, where it was taken at random.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inference: Option<StatementHash>,
    /// What was done.
    pub action: FixAction,
    /// When.
    pub done_on: Date,
    /// The instrument that was put in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// What the register showed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_register: Option<Reported>,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Words>,
    /// The person who decided it, where the issuer is an organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}

/// The file of results beside an inference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceResults {
    /// `heng-service-results/1`.
    pub format: String,
    /// The network.
    pub network: String,
    /// The instruments, in the order of the readings.
    pub instruments: Vec<InstrumentResult>,
    /// The balance of each day, where there is one.
    pub days: Vec<DayBalance>,
}

/// The limit of one instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnLimit {
    /// By the name of its specification and class.
    pub limit: String,
    /// The same in figures.
    pub largest_error: Reported,
}

/// What the readings say of one instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstrumentResult {
    /// The instrument.
    pub thing: String,
    /// What it is.
    pub state: ServiceState,
    /// Whether the readings alone could show an error as large as the limit.
    pub decidable: bool,
    /// Why not, or what decided: a code.
    pub reason: String,
    /// The error over the period, with its interval.
    pub error: Reported,
    /// The probability that it is beyond the limit.
    pub probability: Decimal,
    /// Its limit, where that is another than the one of the inference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_limit: Option<OwnLimit>,
    /// The day from which on the state holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// The energy that was registered.
    pub registered: Reported,
    /// The sessions that say so, where it is charged at in sessions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions: Option<SessionCounts>,
}

/// Sessions at a charging pile, and what their bills show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionCounts {
    /// The sessions that count.
    pub sessions: u32,
    /// Of so many vehicles.
    pub vehicles: u32,
    /// Sessions whose time and rated power are known.
    pub timed: u32,
    /// Those of them with more energy than these allow.
    pub beyond_power: u32,
    /// Sessions whose price and amount are known.
    pub priced: u32,
    /// Those of them whose amount is not the price times the energy.
    pub wrong_amount: u32,
}

/// The balance of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayBalance {
    /// The day.
    pub day: Date,
    /// What the head meter registered.
    pub supplied: Reported,
    /// What the instruments behind it registered together.
    pub registered: Reported,
    /// The loss as it is estimated.
    pub loss: Reported,
}
