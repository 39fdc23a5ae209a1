//! What a measure amounts to on a day.

use std::collections::BTreeSet;

use num_rational::BigRational;

use super::super::evidence::{Evidence, Fact};

/// What a measure amounts to on a day, exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The count, the sum or the numerator.
    pub part: BigRational,
    /// The denominator of a share or of a mean.
    pub whole: Option<BigRational>,
    /// Whether it is a share, and so in percent.
    pub is_share: bool,
    /// Whether amounts of parts add up to the amount of all.
    pub adds_up: bool,
    /// Whether there is any evidence of its kinds; without, there is no figure.
    pub is_evidenced: bool,
    /// The facts that are counted, by their places in the evidence, each once.
    pub facts: Vec<usize>,
    /// Those of them that give the figure by themselves: one for each subject that counts.
    pub witnesses: Vec<usize>,
    /// What is not covered, by name.
    pub gaps: Vec<String>,
    /// The first day on which something that is counted now will hold no longer, and what.
    pub lapses: Option<(jiff::civil::Date, String)>,
}

impl Amount {
    /// An amount of nothing.
    pub(in crate::plan) fn nothing() -> Self {
        Self {
            part: integer(0),
            whole: None,
            is_share: false,
            adds_up: true,
            is_evidenced: false,
            facts: Vec::new(),
            witnesses: Vec::new(),
            gaps: Vec::new(),
            lapses: None,
        }
    }

    /// The figure: the part, or for a share 100 · part/whole, or for a mean part/whole; none without evidence or of nothing.
    pub fn value(&self) -> Option<BigRational> {
        if !self.is_evidenced {
            return None;
        }
        match &self.whole {
            None => Some(self.part.clone()),
            Some(whole) if *whole == integer(0) => None,
            Some(whole) => {
                let quotient = &self.part / whole;
                Some(if self.is_share { quotient * integer(100) } else { quotient })
            }
        }
    }

    /// The statements that it rests on, each once, by name.
    pub fn statements<'a>(&self, evidence: &'a Evidence) -> BTreeSet<&'a str> {
        self.facts.iter().filter_map(|place| evidence.facts().get(*place)).flat_map(Fact::statements).collect()
    }

    /// Takes over what another amount rests on.
    pub(super) fn rest_on(&mut self, other: &Self) {
        for (mine, others) in [(&mut self.facts, &other.facts), (&mut self.witnesses, &other.witnesses)] {
            mine.extend(others);
            mine.sort_unstable();
            mine.dedup();
        }
        self.is_evidenced |= other.is_evidenced;
        self.gaps.extend(other.gaps.iter().cloned());
        self.lapses = match (self.lapses.take(), other.lapses.clone()) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
    }
}

/// A whole number.
pub(in crate::plan) fn integer(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}
