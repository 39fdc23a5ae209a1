//! Whether a measure is made of what evidence has, and which unit it gives.

use std::collections::BTreeMap;

use super::super::evidence::DISTRICT;
use super::super::text::EvidenceKind;
use super::super::unit::PlanUnit;
use super::score::OUTCOME;
use super::{Facts, Field, Measure};

/// A measure that asks for what there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFault {
    /// A stable name.
    pub code: &'static str,
    /// Where in the measure.
    pub at: usize,
    /// What was asked for.
    pub asked: String,
}

impl Measure {
    /// The unit it gives: counts for counts, that of the number for sums, means and extremes, percent for shares.
    ///
    /// `kinds` are the kinds of evidence, `of` gives the unit of another indicator.
    pub fn unit(
        &self,
        kinds: &BTreeMap<&str, &EvidenceKind>,
        of: &impl Fn(&str) -> Option<PlanUnit>,
    ) -> Result<PlanUnit, UnitFault> {
        match self {
            Self::Count(facts) => facts.exist(kinds).map(|_| PlanUnit::Count),
            Self::Sum(field) | Self::Mean(field) | Self::Least(field) | Self::Greatest(field) => field.number(kinds),
            Self::Ratio(part, whole) => {
                let (first, second) = (part.unit(kinds, of)?, whole.unit(kinds, of)?);
                if first == second {
                    return Ok(PlanUnit::Percent);
                }
                Err(UnitFault { code: "plan-ratio-unlike", at: whole.at(), asked: format!("{first}/{second}") })
            }
            Self::Coverage(facts, field) => {
                facts.exist(kinds)?;
                field.word(kinds).map(|()| PlanUnit::Percent)
            }
            Self::Score(_, facts) => {
                let kind = facts.exist(kinds)?;
                if kind.words.iter().any(|word| word == OUTCOME) {
                    return Ok(PlanUnit::Percent);
                }
                Err(UnitFault { code: "plan-word-unknown", at: facts.at, asked: format!("{}.{OUTCOME}", facts.kind) })
            }
            Self::Indicator { id, at } => {
                of(id).ok_or(UnitFault { code: "plan-indicator-unknown", at: *at, asked: id.clone() })
            }
        }
    }

    /// Where it begins.
    fn at(&self) -> usize {
        match self {
            Self::Count(facts) | Self::Coverage(facts, _) | Self::Score(_, facts) => facts.at,
            Self::Sum(field) | Self::Mean(field) | Self::Least(field) | Self::Greatest(field) => field.facts.at,
            Self::Ratio(part, _) => part.at(),
            Self::Indicator { at, .. } => *at,
        }
    }
}

impl Facts {
    /// The kind, if it exists and has all words that are asked.
    fn exist<'a>(&self, kinds: &BTreeMap<&str, &'a EvidenceKind>) -> Result<&'a EvidenceKind, UnitFault> {
        let Some(kind) = kinds.get(self.kind.as_str()) else {
            return Err(UnitFault { code: "plan-evidence-unknown", at: self.at, asked: self.kind.clone() });
        };
        match self.asked.iter().find(|asked| !has(kind, &asked.word)) {
            None => Ok(kind),
            Some(asked) => {
                let name = format!("{}.{}", self.kind, asked.word);
                Err(UnitFault { code: "plan-word-unknown", at: asked.at, asked: name })
            }
        }
    }
}

impl Field {
    fn number(&self, kinds: &BTreeMap<&str, &EvidenceKind>) -> Result<PlanUnit, UnitFault> {
        let kind = self.facts.exist(kinds)?;
        let unit = kind.numbers.get(&self.name).and_then(|unit| PlanUnit::named(unit));
        unit.ok_or_else(|| self.unknown("plan-number-unknown"))
    }

    fn word(&self, kinds: &BTreeMap<&str, &EvidenceKind>) -> Result<(), UnitFault> {
        let kind = self.facts.exist(kinds)?;
        if has(kind, &self.name) { Ok(()) } else { Err(self.unknown("plan-word-unknown")) }
    }

    fn unknown(&self, code: &'static str) -> UnitFault {
        UnitFault { code, at: self.facts.at, asked: format!("{}.{}", self.facts.kind, self.name) }
    }
}

fn has(kind: &EvidenceKind, word: &str) -> bool {
    word == DISTRICT || kind.words.iter().any(|known| known == word)
}
