//! Who is responsible, read out of the phrases that the documents use.

use serde::Deserialize;

/// The words by which documents say who is responsible. They are data: another city has other habits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    /// Stands behind the one that leads.
    #[serde(default)]
    pub lead: Vec<String>,
    /// Ends a list of bodies that share a duty.
    #[serde(default)]
    pub joint: Vec<String>,
    /// Ends the one that is responsible.
    #[serde(default)]
    pub sole: Vec<String>,
    /// Ends a list of bodies that help the one that leads.
    #[serde(default)]
    pub support: Vec<String>,
    /// Stand between names.
    #[serde(default)]
    pub separators: Vec<String>,
    /// Joins two names, unless the whole is a name.
    #[serde(default)]
    pub and: Vec<String>,
    /// Says behind a name that there are others.
    #[serde(default)]
    pub others: Vec<String>,
}

/// The part that a body has in a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It leads (牵头).
    Lead,
    /// It is responsible alone (负责).
    Sole,
    /// It is responsible with others (按职责分工负责).
    Joint,
    /// It helps the one that leads (配合).
    Support,
    /// It is responsible without being named.
    Silent,
    /// It is responsible until somebody is named.
    Default,
}

impl Part {
    /// Its name in the locale files and on pages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Sole => "sole",
            Self::Joint => "joint",
            Self::Support => "support",
            Self::Silent => "silent",
            Self::Default => "default",
        }
    }
}

/// A body and its part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duty {
    /// The body, by its name in the plan where it is known there, else as the document has it.
    pub body: String,
    /// Its part.
    pub part: Part,
}

impl Grammar {
    /// Reads a phrase such as `甲、乙按职责分工负责`. `known` gives a body's name in the plan.
    ///
    /// Who stands before a word of `lead` leads; the rest helps where it ends with a word of `support`, and shares the duty
    /// with a word of `joint`. Without a lead, a list is shared and a single name is responsible alone.
    pub fn duties(&self, phrase: &str, known: impl Fn(&str) -> Option<String>) -> Vec<Duty> {
        let mut duties = Vec::new();
        let mut rest = phrase.trim();
        for word in &self.lead {
            if let Some((lead, others)) = rest.split_once(word.as_str()) {
                let names = self.names(lead, &known);
                duties.extend(names.into_iter().map(|body| Duty { body, part: Part::Lead }));
                rest = others;
                break;
            }
        }
        let ended = |words: &[String]| words.iter().find_map(|word| rest.strip_suffix(word.as_str()));
        let (list, part) = ended(&self.joint)
            .map(|list| (list, Part::Joint))
            .or_else(|| ended(&self.support).map(|list| (list, Part::Support)))
            .or_else(|| ended(&self.sole).map(|list| (list, Part::Sole)))
            .unwrap_or((rest, Part::Joint));
        let names = self.names(list, &known);
        let part = match part {
            Part::Sole if names.len() > 1 => Part::Joint,
            Part::Joint if names.len() == 1 && duties.is_empty() => Part::Sole,
            part => part,
        };
        duties.extend(names.into_iter().map(|body| Duty { body, part }));
        duties
    }

    /// The names of a list.
    fn names(&self, list: &str, known: &impl Fn(&str) -> Option<String>) -> Vec<String> {
        let mut pieces = vec![list];
        for separator in self.separators.iter().filter(|separator| !separator.is_empty()) {
            pieces = pieces.iter().flat_map(|piece| piece.split(separator.as_str())).collect();
        }
        let mut names = Vec::new();
        for piece in pieces {
            let piece = piece.trim();
            let piece = self.others.iter().find_map(|others| piece.strip_suffix(others.as_str())).unwrap_or(piece);
            if piece.is_empty() {
                continue;
            }
            if let Some(name) = known(piece) {
                names.push(name);
            } else if let Some((first, second)) = self.halves(piece, known) {
                names.extend([first, second]);
            } else {
                names.push(piece.to_owned());
            }
        }
        names
    }

    /// Two known names joined by a word of `and`.
    fn halves(&self, piece: &str, known: &impl Fn(&str) -> Option<String>) -> Option<(String, String)> {
        self.and.iter().filter(|and| !and.is_empty()).find_map(|and| {
            piece.match_indices(and.as_str()).find_map(|(place, word)| {
                let (first, second) = (piece.get(..place)?, piece.get(place + word.len()..)?);
                Some((known(first)?, known(second)?))
            })
        })
    }
}
