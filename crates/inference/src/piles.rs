//! The errors of charging piles from their sessions, with vehicles as travelling comparators.
//!
//! `docs/piles.md` derives the estimator and says what is not identifiable.

mod contradicted;
mod estimator;
mod linking;
mod noise;
mod plausibility;
mod population;
mod reduced;
mod sessions;
mod small;
mod solver;
mod variance;

pub use contradicted::infer_verified;
pub use estimator::infer;
pub use plausibility::{Bill, Crowding, Steps, crowding};
pub use sessions::{Session, Sessions, SessionsBuilder};

use std::collections::BTreeMap;

use serde::Serialize;

/// What the inference is told beside the sessions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// The limit of a pile's error, in percent. It comes from a rule.
    pub limit_percent: f64,
    /// The limits of those piles that have another one, by rank, in percent.
    pub own_limits_percent: BTreeMap<u32, f64>,
    /// The coverage probability of the intervals.
    pub coverage_probability: f64,
    /// How probable a statement about the limit must be to count as decided.
    pub decision_probability: f64,
    /// Which share of the piles on the list of those beyond the limit is expected to be beyond it.
    pub list_precision: f64,
    /// The standard uncertainty, in percent, of the assumption that the errors of all piles have the mean zero. It takes part only where no pile
    /// is verified.
    pub population_mean_u_percent: f64,
    /// Batches of eight samples for the variances.
    pub batches: usize,
    /// Up to how many piles the variances are computed without sampling.
    pub exact_up_to: usize,
}

impl Settings {
    /// Settings for a limit: intervals and decisions at 95 %.
    pub fn of_limit(limit_percent: f64) -> Self {
        Self {
            limit_percent,
            own_limits_percent: BTreeMap::new(),
            coverage_probability: 0.95,
            decision_probability: 0.95,
            list_precision: 0.975,
            population_mean_u_percent: 0.0,
            batches: 8,
            exact_up_to: 400,
        }
    }

    /// The limit of one pile, by its rank.
    pub fn limit_of(&self, pile: usize) -> f64 {
        let own = u32::try_from(pile).ok().and_then(|pile| self.own_limits_percent.get(&pile));
        own.copied().unwrap_or(self.limit_percent)
    }
}

/// The error of a verified pile wanders by so many percent a year, as that of the meter inside it does.
pub const WANDERS_PERCENT_A_YEAR: f64 = 0.15;

/// A pile whose error is known from its verification.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    /// The pile, by its rank.
    pub pile: u32,
    /// Its error in percent.
    pub error_percent: f64,
    /// The standard uncertainty of that in percent, drift since then included.
    pub u_percent: f64,
}

/// Why nothing can be said about the limit, or that it can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It is decided: within or beyond the limit.
    Decided,
    /// It is known well, and lies so near the limit that either side is possible.
    NearLimit,
    /// It has too few sessions.
    FewSessions,
    /// It has sessions enough, but the vehicles that link its group of piles with others do not carry the level.
    WeaklyLinked,
    /// Other piles are verified, and no chain of vehicles leads from this one to any of them.
    Unanchored,
    /// It has no session that counts.
    NoSessions,
}

impl Reason {
    /// Its stable name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::NearLimit => "near-limit",
            Self::FewSessions => "few-sessions",
            Self::WeaklyLinked => "weakly-linked",
            Self::Unanchored => "unanchored",
            Self::NoSessions => "no-sessions",
        }
    }
}

/// What the sessions say about a pile.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PileError {
    /// 100·ln(indicated / true), in percent.
    pub error_percent: f64,
    /// Its standard uncertainty in percent.
    pub u_percent: f64,
    /// The lower end of the coverage interval in percent.
    pub low_percent: f64,
    /// The upper end of the coverage interval in percent.
    pub high_percent: f64,
    /// Its limit in percent.
    pub limit_percent: f64,
    /// The probability of being beyond the limit.
    pub p_beyond_limit: f64,
    /// Whether that is near enough to 0 or 1, from the sessions alone, to say so.
    pub decidable: bool,
    /// Why not.
    pub reason: Reason,
    /// Whether it is on the list of those beyond the limit: the longest of which the expected share that is truly beyond is still as large as
    /// was asked. It is a list to send inspectors to; a pile on it may be undecided.
    pub listed: bool,
    /// How many sessions it has.
    pub sessions: u32,
    /// How many vehicles.
    pub vehicles: u32,
    /// Which part of its sessions, by their weight, is gross: far from what pile and vehicle are elsewhere.
    pub gross_share: f64,
}

/// Against what the errors are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gauge {
    /// Against the mean of the population of piles, which is taken as zero: sessions alone cannot tell a common error of all piles from one of all
    /// vehicles.
    PopulationMean,
    /// Against verified piles.
    VerifiedPiles,
}

/// What the sessions say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inference {
    /// One for each pile, by rank.
    pub piles: Vec<PileError>,
    /// Against what the errors are.
    pub gauge: Gauge,
    /// The standard uncertainty of the level that all errors share, in percent; it is inside every interval.
    pub gauge_u_percent: f64,
    /// The mean of the population of piles in percent: zero by definition where no pile is verified.
    pub population_mean_percent: f64,
    /// The standard deviation of ordinary piles, in percent.
    pub near_deviation_percent: f64,
    /// The root mean square of the others, in percent.
    pub far_deviation_percent: f64,
    /// The share of the others.
    pub far_share: f64,
    /// The standard deviation of vehicles, in percent.
    pub vehicle_deviation_percent: f64,
    /// The effect of temperature in percent per kelvin.
    pub temperature_coefficient_percent: f64,
    /// Its standard uncertainty.
    pub temperature_coefficient_u_percent: f64,
    /// a, b, c of the variance a + b/E + c/E² of a session of energy E, in percent², percent²·kWh and percent²·kWh².
    pub noise: [f64; 3],
    /// The share of gross sessions.
    pub gross_share: f64,
    /// How many sessions were used.
    pub sessions: u64,
    /// How many sessions were left out because their numbers were none that are charged.
    pub refused: u64,
    /// How many pairs of a vehicle and a pile they make.
    pub pairs: u64,
    /// How many groups of piles no vehicle links with another.
    pub components: u32,
}
