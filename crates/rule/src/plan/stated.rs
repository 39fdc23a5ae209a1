//! Words of a plan that remember where they stand.

use std::ops::Deref;

use heng_quantity::Position;
use serde::Deserialize;
use serde_spanned::Spanned;

/// A word with its place in its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(from = "Spanned<String>")]
pub struct Stated {
    text: String,
    pub(super) at: usize,
}

impl From<Spanned<String>> for Stated {
    fn from(spanned: Spanned<String>) -> Self {
        let at = spanned.span().start;
        Self { text: spanned.into_inner(), at }
    }
}

impl Deref for Stated {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// Something that stands in one of the files of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    /// Which file, counted from 0.
    pub(super) file: usize,
    entry: T,
}

impl<T> Entry<T> {
    pub(super) fn new(file: usize, entry: T) -> Self {
        Self { file, entry }
    }
}

impl<T> Deref for Entry<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.entry
    }
}

/// The line and character of an offset.
pub(super) fn position(source: &str, offset: usize) -> Position {
    let before = source.get(..offset).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    Position { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
}
