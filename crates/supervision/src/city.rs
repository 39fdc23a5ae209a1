//! The example city: sixteen districts, laboratories, owners, and what was done to every instrument when. Made up, and the same for the same seed.
//!
//! A plan says only who, what and when. The certificates come from it through the same gates as any other, so the city can be no better than they.

mod chance;
mod drift;
mod history;
pub mod networks;
mod people;
pub mod piles;
mod plan;
mod rounds;

use std::collections::BTreeMap;

use heng_rule::Words;
use heng_statement::LegalStanding;
use heng_statement::body::{Place, Purpose};
use jiff::civil::Date;
use serde::Deserialize;

use crate::founding::{FoundingError, Lines, World, world};
use chance::Chance;
pub use networks::PlannedNetwork;
pub use piles::WatchedPile;
pub use plan::{EDUCATION, FORECASTER, OBSERVER, Utterance};
pub use rounds::{PlannedFollowUp, PlannedResult, PlannedRound};

const DATA: &str = include_str!("../data/city.toml");

/// The version of the generator: another one may make another city of the same seed.
pub const VERSION: u32 = 9;

/// How large a city, of which seed, as of which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// The seed.
    pub seed: u64,
    /// How many instruments.
    pub instruments: usize,
    /// How many times an instrument was verified at most.
    pub verifications: usize,
    /// The day on which the city is looked at.
    pub today: Date,
}

/// Something that is to be verified or certified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// When.
    pub performed_on: Date,
    /// Whether the instrument is one that does not conform.
    pub is_failing: bool,
    /// Who measures.
    pub verifier: String,
    /// Who reviews.
    pub reviewer: String,
    /// The temperature in tenths of a degree Celsius, and the relative humidity in per cent.
    pub climate: (u32, u32),
}

/// An instrument of the city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its identifier.
    pub id: String,
    /// The example record that it is made like.
    pub template: String,
    /// Its model, where that is another than the example record's.
    pub model: Option<&'static str>,
    /// Its serial number.
    pub serial: String,
    /// Who keeps it.
    pub keeper: String,
    /// Where it is used.
    pub place: Place,
    /// What for.
    pub purpose: Purpose,
    /// The last part of the names of the standards that its laboratory uses; nothing for the city's own.
    pub standards_of: Option<String>,
    /// What was done to it, in order.
    pub history: Vec<Job>,
    /// Why its last certificate was withdrawn.
    pub withdrawn: Option<Words>,
    /// The laboratory that its keeper asked for work on it.
    pub asked: Option<String>,
}

/// A whole city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Who is there, and every generation of every standard.
    pub world: World,
    /// The instruments.
    pub instruments: Vec<Planned>,
    /// The comparison rounds.
    pub rounds: Vec<PlannedRound>,
    /// The transformer districts.
    pub networks: Vec<PlannedNetwork>,
    /// The charging piles that are watched together.
    pub piles: Vec<WatchedPile>,
    /// What is said for the plan of the authorities, by time.
    pub said: Vec<Utterance>,
    /// Whom a demonstration gives accounts: what to call them, and who they are.
    pub members: Vec<Member>,
}

/// Somebody with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name to sign in with.
    pub account: String,
    /// The party.
    pub party: String,
    /// What they do, as a code of the locale files.
    pub task: &'static str,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    stems: Vec<Words>,
    families: Vec<Words>,
    given: Vec<Words>,
    district: Vec<District>,
    business: Vec<Business>,
    laboratory: Vec<Independent>,
    scopes: BTreeMap<String, Lines>,
    /// The texts of the comparison rounds.
    rounds: BTreeMap<String, Words>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct District {
    code: String,
    name: Words,
    road: Words,
    #[serde(default)]
    laboratory: Option<LaboratoryOf>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LaboratoryOf {
    name: Words,
    standing: LegalStanding,
    number: String,
    /// The list of what it is authorized to.
    scope: String,
}

/// A laboratory that no district has.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Independent {
    /// The last part of the names of its standards.
    code: String,
    /// Where it is.
    district: String,
    name: Words,
    standing: LegalStanding,
    number: String,
    scope: String,
    rules: Vec<String>,
    standards: Vec<String>,
    /// The enterprise whose own instruments it serves.
    #[serde(default)]
    serves: Option<Words>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Business {
    name: Words,
    share: u64,
    keeps: Vec<Keeps>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Keeps {
    template: String,
    least: u64,
    most: u64,
    purpose: Purpose,
}

/// Plans a city. `months` says for how many months a verification of a template's kind is good.
pub fn plan(size: Size, months: &dyn Fn(&str) -> Option<i32>) -> Result<Plan, FoundingError> {
    let data: Data = toml::from_str(DATA)?;
    let mut chance = Chance::new(size.seed);
    let mut city = people::city(&data, world()?, size.today, &mut chance);
    let instruments = history::instruments(&data, size, months, &mut city, &mut chance);
    // Drawn last, so that nothing else of the city depends on it.
    let rounds = rounds::rounds(&city.world, &data.rounds, size.today, &mut chance);
    let networks = networks::networks(&data, size.today, &mut city, &mut chance);
    // A sequence of their own: what is said for the plan does not depend on them.
    let piles = piles::piles(&data, size.today, &mut city, &mut chance.clone());
    plan::parties(&data, &mut city);
    let catalogue = heng_rule::catalogue::builtin_catalogue()?;
    let founded_on = heng_statement::legal_day(city.world.founded_at);
    let said = plan::said(&data, (founded_on, size.today), &catalogue, &mut chance)?;
    Ok(Plan { world: city.world, instruments, rounds, networks, piles, said, members: city.members })
}
