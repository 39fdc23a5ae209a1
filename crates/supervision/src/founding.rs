//! The synthetic world that a new store begins with: an authority, laboratories, persons, and standards up to the national level.

mod scope;
mod statements;

use std::collections::BTreeMap;

use heng_quantity::Reported;
use heng_rule::{Cell, Row, Words};
use heng_statement::{LegalStanding, PartyKind, Role};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

pub use scope::Lines;

const PARTIES: &str = include_str!("../data/founding.toml");

const STANDARDS: [&str; 6] = [
    include_str!("../data/standards/mass.toml"),
    include_str!("../data/standards/pressure.toml"),
    include_str!("../data/standards/volume.toml"),
    include_str!("../data/standards/electric-energy.toml"),
    include_str!("../data/standards/temperature.toml"),
    include_str!("../data/standards/length.toml"),
];

/// The rule of a standard that rests on no other.
pub const REALISATION: &str = "realisation-of-the-unit";

/// The rule of a standard that is compared with the next higher one: x = standard + difference + drift.
pub const COMPARISON: &str = "calibration-of-a-standard";

/// A party that the world begins with, and what it may do.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundingParty {
    /// Its identifier.
    pub id: String,
    /// Its kind.
    pub kind: PartyKind,
    /// Its name.
    pub name: Words,
    /// Its address.
    #[serde(default)]
    pub address: Option<Words>,
    /// Who introduces its key and authorizes it; absent for the anchor.
    #[serde(default)]
    pub of: Option<String>,
    /// The number of its authorization.
    #[serde(default)]
    pub authorization_number: Option<String>,
    /// What it may do.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Under which rules.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Over which ranges and how well, for those of the rules where that is said.
    #[serde(default)]
    pub scope: Lines,
    /// The enterprise that an internal laboratory is part of; it is the authority that introduces it.
    #[serde(default)]
    pub part_of: Option<String>,
    /// The district it works in.
    #[serde(default)]
    pub district: Option<String>,
    /// By what right a laboratory works.
    #[serde(default)]
    pub standing: Option<LegalStanding>,
    /// The districts that it supervises.
    #[serde(default)]
    pub districts: Vec<String>,
}

/// A measurement standard that the world begins with, and how it came by its value.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundingStandard {
    /// Its identifier.
    pub id: String,
    /// The number of its certificate.
    pub number: String,
    /// Its name.
    pub name: Words,
    /// Its kind as an instrument.
    pub kind: String,
    /// Its maker.
    pub manufacturer: Words,
    /// Its model.
    pub model: String,
    /// Its serial number.
    pub serial: String,
    /// What it realises, for example `mass`.
    pub quantity: String,
    /// Its range, as people read it.
    pub range: Words,
    /// Its class or uncertainty, as people read it.
    pub accuracy: Words,
    /// Who keeps it.
    pub keeper: String,
    /// Who certifies it.
    pub calibrated_by: String,
    /// Who measured.
    pub verifier: String,
    /// Who reviewed.
    pub reviewer: String,
    /// The standards it was compared with; none at the top.
    pub against: Vec<String>,
    /// The day of the work.
    pub performed_on: Date,
    /// The last day on which it may be used.
    pub valid_through: Date,
    /// What it passes on.
    pub passes_on: PassesOn,
    /// Its class, its limits …
    #[serde(default)]
    pub characteristics: BTreeMap<String, Cell>,
    /// What was observed, by the rule's item.
    pub observations: BTreeMap<String, Vec<Row>>,
}

/// A range of values with the smallest expanded uncertainty in it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassesOn {
    /// From this value.
    pub from: Reported,
    /// To this value.
    pub to: Reported,
    /// The smallest expanded uncertainty.
    pub expanded_uncertainty: Reported,
}

/// Everything that a new store begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    /// The party whose key readers trust.
    pub anchor: String,
    /// When the founding statements are made.
    pub founded_at: Timestamp,
    /// First day of the keys and authorizations.
    pub valid_from: Date,
    /// Their last day.
    pub valid_through: Date,
    /// The parties, each after the one that introduces it.
    pub parties: Vec<FoundingParty>,
    /// The standards, each after those it was compared with.
    pub standards: Vec<FoundingStandard>,
    environment: BTreeMap<String, Cell>,
}

/// The founding data cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FoundingError {
    /// A file is not in its format.
    #[error("the founding data cannot be read")]
    Unreadable(#[from] toml::de::Error),
    /// The catalogue of instruments under mandatory control cannot be read.
    #[error("the catalogue cannot be read")]
    Catalogue(#[from] heng_rule::catalogue::CatalogueError),
    /// A party or a standard is named before or without being described.
    #[error("{named:?} is named by {by:?} but not described before it")]
    Undescribed {
        /// What is named.
        named: String,
        /// Where.
        by: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartiesFile {
    anchor: String,
    founded_at: Timestamp,
    valid_from: Date,
    valid_through: Date,
    parties: Vec<FoundingParty>,
    environment: BTreeMap<String, Cell>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StandardsFile {
    standards: Vec<FoundingStandard>,
}

/// The world as it is compiled in.
pub fn world() -> Result<World, FoundingError> {
    World::read(PARTIES, &STANDARDS)
}

impl World {
    /// Reads a world: one file of parties, any number of standards; everything must be described before it is named.
    pub fn read(parties: &str, standards: &[&str]) -> Result<Self, FoundingError> {
        let file: PartiesFile = toml::from_str(parties)?;
        let mut described = Vec::new();
        for source in standards {
            described.extend(toml::from_str::<StandardsFile>(source)?.standards);
        }
        // National standards first, then along the chains: a certificate is cited only once it exists.
        described.sort_by_key(|standard| standard.performed_on);
        let world = Self {
            anchor: file.anchor,
            founded_at: file.founded_at,
            valid_from: file.valid_from,
            valid_through: file.valid_through,
            parties: file.parties,
            standards: described,
            environment: file.environment,
        };
        world.require_described()?;
        Ok(world)
    }

    fn require_described(&self) -> Result<(), FoundingError> {
        let undescribed =
            |named: &str, by: &str| Err(FoundingError::Undescribed { named: named.to_owned(), by: by.to_owned() });
        for (position, party) in self.parties.iter().enumerate() {
            let before = self.parties.iter().take(position);
            let known = match &party.of {
                Some(of) => before.into_iter().any(|other| other.id == *of),
                None => party.id == self.anchor,
            };
            if !known {
                return undescribed(party.of.as_deref().unwrap_or_default(), &party.id);
            }
        }
        for (position, standard) in self.standards.iter().enumerate() {
            for named in [&standard.keeper, &standard.calibrated_by, &standard.verifier, &standard.reviewer] {
                if self.party(named).is_none() {
                    return undescribed(named, &standard.id);
                }
            }
            for named in &standard.against {
                if !self.standards.iter().take(position).any(|other| other.id == *named) {
                    return undescribed(named, &standard.id);
                }
            }
        }
        Ok(())
    }

    /// The same world, everything so many days later.
    pub fn moved(mut self, days: i64) -> Self {
        let moved = |day: Date| day.checked_add(days.days()).unwrap_or(day);
        self.founded_at = self.founded_at.checked_add((days * 24).hours()).unwrap_or(self.founded_at);
        self.valid_from = moved(self.valid_from);
        self.valid_through = moved(self.valid_through);
        for standard in &mut self.standards {
            standard.performed_on = moved(standard.performed_on);
            standard.valid_through = moved(standard.valid_through);
        }
        self
    }

    /// The party with this identifier.
    pub fn party(&self, id: &str) -> Option<&FoundingParty> {
        self.parties.iter().find(|party| party.id == id)
    }

    /// The standard with this identifier.
    pub fn standard(&self, id: &str) -> Option<&FoundingStandard> {
        self.standards.iter().find(|standard| standard.id == id)
    }

    /// The parties that need a key, the anchor first.
    pub fn key_holders(&self) -> impl Iterator<Item = &str> {
        self.parties.iter().map(|party| party.id.as_str())
    }
}
