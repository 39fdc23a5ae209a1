//! Must it be verified? Both keys must turn: it is listed for mandatory verification, and it is used for one of the purposes that count.

use heng_rule::catalogue::{Catalogue, Control, Item};
use heng_statement::body::Purpose;
use jiff::civil::Date;
use serde::Serialize;

/// Whether an instrument must be verified, and which of the two keys says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "obligation", rename_all = "kebab-case")]
pub enum Obligation {
    /// Listed, and used for a purpose that counts.
    Mandatory {
        /// The line of the catalogue.
        item: Item,
        /// What it is used for.
        purpose: Purpose,
    },
    /// Both keys turn, but not before a day.
    Later {
        /// The line of the catalogue.
        item: Item,
        /// The day.
        from: Date,
    },
    /// Listed, but used for something else: the owner may choose.
    OtherPurpose {
        /// The line of the catalogue.
        item: Item,
        /// What it is used for.
        purpose: Purpose,
    },
    /// Listed, and nobody has said what it is used for.
    PurposeUnknown {
        /// The line of the catalogue.
        item: Item,
    },
    /// Not listed for verification: the owner may choose.
    NotListed,
}

impl Obligation {
    /// Its name in the locale files.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Mandatory { .. } => "mandatory",
            Self::Later { .. } => "later",
            Self::OtherPurpose { .. } => "other-purpose",
            Self::PurposeUnknown { .. } => "purpose-unknown",
            Self::NotListed => "not-listed",
        }
    }

    /// Whether both keys turn today.
    pub fn is_mandatory(&self) -> bool {
        matches!(self, Self::Mandatory { .. })
    }

    /// The line of the catalogue that lists it.
    pub fn item(&self) -> Option<&Item> {
        match self {
            Self::Mandatory { item, .. }
            | Self::Later { item, .. }
            | Self::OtherPurpose { item, .. }
            | Self::PurposeUnknown { item } => Some(item),
            Self::NotListed => None,
        }
    }
}

/// The two-key test on a day, for an instrument of this kind and its registered use.
pub fn obligation(catalogue: &Catalogue, kind: &str, purpose: Option<Purpose>, on: Date) -> Obligation {
    let listed = catalogue.listed(kind).filter(|item| item.control != Control::TypeApproval);
    let Some(item) = listed.cloned() else { return Obligation::NotListed };
    let Some(purpose) = purpose else { return Obligation::PurposeUnknown { item } };
    if !catalogue.purposes.iter().any(|counts| counts == purpose.code()) {
        return Obligation::OtherPurpose { item, purpose };
    }
    match item.from.filter(|from| on < *from) {
        Some(from) => Obligation::Later { item, from },
        None => Obligation::Mandatory { item, purpose },
    }
}
