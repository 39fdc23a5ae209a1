//! Catalogues of instruments under mandatory control: which kinds are listed, for which uses, since when, and how.
//!
//! ```text
//! format = "heng-catalogue/1"
//! id, version, norm, title
//! [citation.NAME]      where a line comes from and how sure we are of it
//! [decision]           the uses for which a listed instrument must be verified
//! [[item]]             one line of the catalogue: name, kinds, control, way, from, citation
//! ```

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Citation, Words};

/// The one version there is.
const FORMAT: &str = "heng-catalogue/1";

/// The catalogue of this project.
const BUILTIN: &str = include_str!("../../../rules/catalogue-mandatory-2020/catalogue.toml");

/// How a kind of instrument is controlled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Control {
    /// Type approval only (型式批准).
    TypeApproval,
    /// Mandatory verification only (强制检定).
    Verification,
    /// Both (型式批准、强制检定).
    TypeApprovalAndVerification,
}

/// In which way mandatory verification is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Again and again, at the interval of its regulation (周期检定).
    Periodic,
    /// Once; scrapped when it is out of limits (首次强制检定,失准报废).
    FirstOnly,
    /// Once; replaced when its time is over (首次强制检定,限期使用,到期轮换).
    LimitedUse,
}

/// One line of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The name in the catalogue.
    pub name: Words,
    /// The kinds of instruments that it means.
    pub kinds: Vec<String>,
    /// How it is controlled.
    pub control: Control,
    /// In which way it is verified.
    pub way: Way,
    /// From which day on, where the line has one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Where the line comes from.
    pub citation: Citation,
}

/// A catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// For example `catalogue-mandatory-2020`.
    pub id: String,
    /// Counted from 1.
    pub version: u32,
    /// The announcement.
    pub norm: String,
    /// Its title.
    pub title: Words,
    /// The uses for which a listed instrument must be verified, by their names in statements.
    pub purposes: Vec<String>,
    /// Where it is said that both must hold.
    pub decision: Citation,
    items: Vec<Item>,
}

/// A catalogue that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// Not of the expected form.
    #[error("the catalogue cannot be read: {0}")]
    Unreadable(String),
    /// Another format or version.
    #[error("the format is {0:?}, not heng-catalogue/1")]
    Format(String),
    /// A line cites what is not there.
    #[error("there is no citation {0:?}")]
    Citation(String),
    /// One kind would have two answers.
    #[error("the kind {0:?} stands in two lines")]
    KindTwice(String),
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
    decision: DecisionText,
    item: Vec<ItemText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionText {
    purposes: Vec<String>,
    citation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemText {
    name: Words,
    kinds: Vec<String>,
    control: Control,
    way: Way,
    #[serde(default)]
    from: Option<Date>,
    citation: String,
}

impl Catalogue {
    /// Reads a catalogue file.
    pub fn parse(text: &str) -> Result<Self, CatalogueError> {
        let text: Text = toml::from_str(text).map_err(|error| CatalogueError::Unreadable(error.to_string()))?;
        if text.format != FORMAT {
            return Err(CatalogueError::Format(text.format));
        }
        let cited =
            |name: String| text.citation.get(&name).cloned().ok_or_else(|| CatalogueError::Citation(name.clone()));
        let mut items: Vec<Item> = Vec::new();
        for item in text.item {
            if let Some(kind) = item.kinds.iter().find(|kind| items.iter().any(|other| other.kinds.contains(kind))) {
                return Err(CatalogueError::KindTwice(kind.clone()));
            }
            let ItemText { name, kinds, control, way, from, citation } = item;
            items.push(Item { name, kinds, control, way, from, citation: cited(citation)? });
        }
        Ok(Self {
            id: text.id,
            version: text.version,
            norm: text.norm,
            title: text.title,
            purposes: text.decision.purposes,
            decision: cited(text.decision.citation)?,
            items,
        })
    }

    /// The lines, in the catalogue's order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The line that lists a kind of instrument.
    pub fn listed(&self, kind: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.kinds.iter().any(|listed| listed == kind))
    }
}

/// The catalogue of this project.
pub fn builtin_catalogue() -> Result<Catalogue, CatalogueError> {
    Catalogue::parse(BUILTIN)
}
