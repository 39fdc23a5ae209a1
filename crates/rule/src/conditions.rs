//! Under which conditions the readings of a district may judge its meters, as data with their sources, and which of them a district meets.
//!
//! ```text
//! format = "heng-service-conditions/1"
//! id, version, title
//! [citation.NAME]      where a figure comes from and how sure we are of it
//! [[condition]]        by specification: collection (least), readings (least), monthly-loss (least, largest)
//! [[duty]]             by specification: what readings cannot show
//! ```

use heng_quantity::Reported;
use serde::{Deserialize, Serialize};

use crate::Words;
use crate::cited::{Citations, Cited, FiguresError, cited, quantity};

/// The one version there is.
const FORMAT: &str = "heng-service-conditions/1";

/// The conditions of this project.
const BUILTIN: &str = include_str!("../../../rules/service-conditions/conditions.toml");

/// What is asked of a district.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a file holds a handful of them")]
pub enum Demand {
    /// The share of the readings that was collected, in percent.
    Collection {
        /// At least.
        least: Reported,
    },
    /// So many reading times.
    Readings {
        /// At least.
        least: u64,
    },
    /// The loss of each month beside the energy that was delivered, in percent.
    MonthlyLoss {
        /// At least.
        least: Reported,
        /// At most.
        largest: Reported,
    },
}

/// A condition of a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The specification, for example `jjf-gan-017-2020`.
    pub id: String,
    /// What it asks.
    pub demand: Cited<Demand>,
}

/// What a specification asks of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The specification.
    pub id: String,
    /// Which, a code: `head-class`, `confirm-on-site`, `keep-raw-data`, `estimate-again`, `validate-on-references`.
    pub kind: Cited<String>,
    /// Its figure, where it has one.
    pub figure: Option<String>,
}

/// Conditions of specifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceConditions {
    /// For example `service-conditions`.
    pub id: String,
    /// Counted from 1; a published version is never edited.
    pub version: u32,
    /// Their title.
    pub title: Words,
    /// The conditions, as they stand in the file.
    pub conditions: Vec<Condition>,
    /// The duties, as they stand in the file.
    pub duties: Vec<Duty>,
}

/// What is known of a district's readings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DistrictFacts {
    /// The share of the readings that was collected, in percent.
    pub collected_percent: f64,
    /// How many reading times there are.
    pub readings: u64,
    /// The smallest and the largest loss of a month, in percent; none where no month has all registers at its ends.
    pub monthly_loss_percent: Option<(f64, f64)>,
}

/// Whether a district meets a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// It does.
    Met,
    /// It does not.
    NotMet,
    /// The readings do not say.
    Unknown,
}

impl Demand {
    /// The code of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Collection { .. } => "collection",
            Self::Readings { .. } => "readings",
            Self::MonthlyLoss { .. } => "monthly-loss",
        }
    }

    /// Whether a district meets it.
    pub fn met(&self, facts: &DistrictFacts) -> Met {
        let of = |holds: bool| if holds { Met::Met } else { Met::NotMet };
        match self {
            Self::Collection { least } => of(facts.collected_percent >= least.value.to_f64()),
            Self::Readings { least } => of(facts.readings >= *least),
            Self::MonthlyLoss { least, largest } => match facts.monthly_loss_percent {
                Some((low, high)) => of(low >= least.value.to_f64() && high <= largest.value.to_f64()),
                None => Met::Unknown,
            },
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    format: String,
    id: String,
    version: u32,
    title: Words,
    citation: Citations,
    condition: Vec<ConditionText>,
    duty: Vec<DutyText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionText {
    id: String,
    kind: String,
    least: LeastText,
    largest: Option<String>,
    citation: String,
}

/// A quantity, or how many.
#[derive(Deserialize)]
#[serde(untagged)]
enum LeastText {
    Count(u64),
    Quantity(String),
}

impl ConditionText {
    /// What it asks; a figure too many or of another kind is no condition.
    fn demand(&self) -> Result<Demand, FiguresError> {
        let percent = |typed: &str| quantity(typed, "\\percent");
        match (self.kind.as_str(), &self.least, &self.largest) {
            ("collection", LeastText::Quantity(least), None) => Ok(Demand::Collection { least: percent(least)? }),
            ("readings", LeastText::Count(least), None) => Ok(Demand::Readings { least: *least }),
            ("monthly-loss", LeastText::Quantity(least), Some(largest)) => {
                Ok(Demand::MonthlyLoss { least: percent(least)?, largest: percent(largest)? })
            }
            _ => Err(FiguresError::Unreadable(format!(
                "{}: {:?} is no condition with these figures",
                self.id, self.kind
            ))),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DutyText {
    id: String,
    kind: String,
    figure: Option<String>,
    citation: String,
}

impl ServiceConditions {
    /// Reads a file of conditions.
    pub fn parse(text: &str) -> Result<Self, FiguresError> {
        let text: Text = toml::from_str(text).map_err(|error| FiguresError::Unreadable(error.to_string()))?;
        if text.format != FORMAT {
            return Err(FiguresError::Format { stated: text.format, known: FORMAT });
        }
        let conditions = text.condition.iter().map(|line| {
            Ok(Condition { id: line.id.clone(), demand: cited(line.demand()?, &line.citation, &text.citation)? })
        });
        let conditions = conditions.collect::<Result<_, FiguresError>>()?;
        let duties = text.duty.into_iter().map(|line| {
            let kind = cited(line.kind, &line.citation, &text.citation)?;
            Ok(Duty { id: line.id, kind, figure: line.figure })
        });
        let duties = duties.collect::<Result<_, FiguresError>>()?;
        Ok(Self { id: text.id, version: text.version, title: text.title, conditions, duties })
    }

    /// The conditions of a specification.
    pub fn of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Condition> {
        self.conditions.iter().filter(move |condition| condition.id == id)
    }

    /// The duties of a specification.
    pub fn duties_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Duty> {
        self.duties.iter().filter(move |duty| duty.id == id)
    }

    /// Specifications that have something here, once each.
    pub fn known(&self) -> Vec<&str> {
        let mut known: Vec<&str> = Vec::new();
        let all =
            self.conditions.iter().map(|one| one.id.as_str()).chain(self.duties.iter().map(|one| one.id.as_str()));
        for id in all {
            if !known.contains(&id) {
                known.push(id);
            }
        }
        known
    }
}

/// The conditions of this project.
pub fn builtin_service_conditions() -> Result<ServiceConditions, FiguresError> {
    ServiceConditions::parse(BUILTIN)
}
