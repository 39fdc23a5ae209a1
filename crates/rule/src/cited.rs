//! Figures of data files, each with where it comes from.

use std::collections::BTreeMap;

use heng_quantity::{Reported, text};

use crate::Citation;

/// A figure with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited<T> {
    /// The figure.
    pub value: T,
    /// Where it comes from.
    pub citation: Citation,
}

/// A file of figures that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FiguresError {
    /// Not of the expected form.
    #[error("the figures cannot be read: {0}")]
    Unreadable(String),
    /// Another format or version.
    #[error("the format is {stated:?}, not {known}")]
    Format {
        /// As the file states it.
        stated: String,
        /// The one that is read.
        known: &'static str,
    },
    /// A figure cites what is not there.
    #[error("there is no citation {0:?}")]
    Citation(String),
    /// A quantity that cannot be read.
    #[error("{0:?} is no quantity of the kind that is asked for")]
    Quantity(String),
}

/// The citations of a file by their names.
pub(crate) type Citations = BTreeMap<String, Citation>;

/// A figure with the citation of this name.
pub(crate) fn cited<T>(value: T, name: &str, citations: &Citations) -> Result<Cited<T>, FiguresError> {
    let citation = citations.get(name).cloned().ok_or_else(|| FiguresError::Citation(name.to_owned()))?;
    Ok(Cited { value, citation })
}

/// A quantity as people type it, in a unit.
pub(crate) fn quantity(typed: &str, kind: &str) -> Result<Reported, FiguresError> {
    let fault = || FiguresError::Quantity(typed.to_owned());
    let read = text::parse(typed).map_err(|_| fault())?;
    let unit = kind.parse().map_err(|_| fault())?;
    read.converted_to(&unit).map_err(|_| fault())
}
