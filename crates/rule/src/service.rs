//! The errors that instruments may have in service, as data with their sources.
//!
//! ```text
//! format = "heng-service-limits/1"
//! id, version, title
//! [citation.NAME]      where a figure comes from and how sure we are of it
//! [[limit]]            by specification and accuracy class
//! ```

use heng_quantity::Reported;
use serde::Deserialize;

use crate::Words;
use crate::cited::{Citations, Cited, FiguresError, cited, quantity};

/// The one version there is.
const FORMAT: &str = "heng-service-limits/1";

/// The limits of this project.
const BUILTIN: &str = include_str!("../../../rules/meters-in-service/limits.toml");

/// The largest error of a class under a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceLimit {
    /// The specification, for example `jjf-wan-111-2021`.
    pub id: String,
    /// The accuracy class.
    pub class: String,
    /// The largest relative error to either side, in percent.
    pub largest: Cited<Reported>,
}

/// The errors that instruments may have in service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceLimits {
    /// For example `meters-in-service`.
    pub id: String,
    /// Counted from 1; a published version is never edited.
    pub version: u32,
    /// Their title.
    pub title: Words,
    /// All of them, as they stand in the file.
    pub limits: Vec<ServiceLimit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    format: String,
    id: String,
    version: u32,
    title: Words,
    citation: Citations,
    limit: Vec<LimitText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitText {
    id: String,
    class: String,
    largest: String,
    citation: String,
}

impl ServiceLimits {
    /// Reads a file of limits.
    pub fn parse(text: &str) -> Result<Self, FiguresError> {
        let text: Text = toml::from_str(text).map_err(|error| FiguresError::Unreadable(error.to_string()))?;
        if text.format != FORMAT {
            return Err(FiguresError::Format { stated: text.format, known: FORMAT });
        }
        let limits = text.limit.into_iter().map(|line| {
            let largest = quantity(&line.largest, "\\percent")?;
            let largest = cited(largest, &line.citation, &text.citation)?;
            Ok(ServiceLimit { id: line.id, class: line.class, largest })
        });
        let limits = limits.collect::<Result<_, _>>()?;
        Ok(Self { id: text.id, version: text.version, title: text.title, limits })
    }

    /// The limit of a class under a specification.
    pub fn of(&self, id: &str, class: &str) -> Option<&ServiceLimit> {
        self.limits.iter().find(|limit| limit.id == id && limit.class == class)
    }

    /// The limit that a person names as `ID:CLASS` or `ID`; class 2 where none is said.
    pub fn named(&self, name: &str) -> Option<&ServiceLimit> {
        let (id, class) = name.split_once(':').unwrap_or((name, "2"));
        self.of(id, class)
    }

    /// What [`ServiceLimits::named`] knows.
    pub fn names(&self) -> Vec<String> {
        self.limits.iter().map(|one| format!("{}:{}", one.id, one.class)).collect()
    }
}

/// The limits of this project.
pub fn builtin_service_limits() -> Result<ServiceLimits, FiguresError> {
    ServiceLimits::parse(BUILTIN)
}
