//! What there is to say of records: each finding at its place, as many as somebody reads.

use heng_quantity::Finding;

use super::json::{Json, Node};
use crate::places::Places;
use crate::told::Told;

/// Findings of a record after which the rest is not told one by one.
const MOST: usize = 500;

/// And those of all records of a file.
const MOST_OF_FILE: usize = 20_000;

/// How many findings may still be told of a file.
pub(crate) struct Room(usize);

impl Default for Room {
    fn default() -> Self {
        Self(MOST_OF_FILE)
    }
}

impl Room {
    /// The notes of the next record.
    pub(super) fn notes(&self) -> Notes {
        Notes(Told::up_to(self.0.min(MOST)))
    }

    /// So many findings were told.
    pub(super) fn fill(&mut self, count: usize) {
        self.0 = self.0.saturating_sub(count);
    }
}

/// The findings of one record.
pub(super) struct Notes(Told);

impl Notes {
    /// A finding at an offset of the record's text.
    pub fn push(&mut self, offset: usize, finding: Finding) {
        self.0.push(offset, finding);
    }

    /// The text of a member that must be one; what is none is a finding.
    pub fn text_of(&mut self, node: &Node, path: &str) -> Option<String> {
        match &node.value {
            Json::Text(text) => Some(text.clone()),
            _ => {
                self.push(node.offset, Finding::error("ocmf-no-text").with("path", path));
                None
            }
        }
    }

    /// All of them, in the order in which they were found, with their lines and columns in the record's text.
    pub fn into_findings(self, text: &str) -> Vec<Finding> {
        let mut found = self.0.into_found();
        let offsets = found.iter().map(|(offset, _)| (*offset).min(text.len()));
        let mut order: Vec<(usize, usize)> = offsets.zip(0..).collect();
        order.sort_unstable();
        let mut places = Places::of(text);
        for (offset, place) in order {
            if let Some((_, finding)) = found.get_mut(place) {
                finding.position = Some(places.at(offset));
            }
        }
        found.into_iter().map(|(_, finding)| finding).collect()
    }
}

/// As much of a foreign text as a sentence can carry.
pub(crate) fn excerpt(text: &str) -> String {
    text.chars().take(60).collect()
}
