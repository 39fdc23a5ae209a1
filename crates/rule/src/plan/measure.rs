//! Measures: typed expressions over evidence, each with the unit it gives and, where it is a share, its own denominator.
//!
//! ```text
//! measure   = count(facts) | sum(number) | mean(number) | least(number) | greatest(number)
//!           | ratio(measure, measure) | coverage(facts, word) | score(name, facts) | indicator(ID)
//! facts     = kind [where WORD = VALUE|VALUE … and WORD != VALUE …] [in year]
//! number    = kind.NUMBER [where …] [in year]          word = kind.WORD [where …] [in year]
//! ```
//!
//! `count` counts subjects: two certificates of one standard are one standard. `coverage(A, B.w)` is the share of the subjects of A that some B
//! names in `w`. `in year` asks for facts that began in the year of the day, otherwise those count that hold on the day.

mod amount;
mod evaluate;
mod score;
mod units;

pub use amount::Amount;
pub use evaluate::Asking;
pub use score::Score;
pub use units::UnitFault;

use super::stated::Stated;

/// What is asked of a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// The word.
    pub word: String,
    /// One of these.
    pub values: Vec<String>,
    /// None of these instead.
    pub excluded: bool,
    pub(super) at: usize,
}

/// Facts of one kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Facts {
    /// The kind.
    pub kind: String,
    /// All of this is asked.
    pub asked: Vec<Asked>,
    /// Only those that began in the year of the day.
    pub in_year: bool,
    pub(super) at: usize,
}

/// A word or a number of facts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Field {
    /// The facts.
    pub facts: Facts,
    /// The word or number of them.
    pub name: String,
}

/// A measure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// How many subjects.
    Count(Facts),
    /// The sum of a number.
    Sum(Field),
    /// The mean of a number.
    Mean(Field),
    /// The least number.
    Least(Field),
    /// The greatest number.
    Greatest(Field),
    /// The first in percent of the second.
    Ratio(Box<Measure>, Box<Measure>),
    /// The share of subjects that are named elsewhere.
    Coverage(Facts, Field),
    /// What verified forecasts were worth.
    Score(Score, Facts),
    /// The value of another indicator.
    Indicator {
        /// Its identifier.
        id: String,
        /// Where it is named.
        at: usize,
    },
}

/// A measure that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{expected} is expected at byte {at}")]
pub struct MeasureError {
    /// Where, as an offset in bytes.
    pub at: usize,
    /// What should stand there: a sign, or a stable name.
    pub expected: &'static str,
}

impl Measure {
    /// Reads a measure.
    pub fn parse(text: &str) -> Result<Self, MeasureError> {
        super::parse::measure(text)
    }

    /// The indicators it names, each with where.
    pub fn named(&self) -> Vec<(&str, usize)> {
        match self {
            Self::Indicator { id, at } => vec![(id, *at)],
            Self::Ratio(first, second) => first.named().into_iter().chain(second.named()).collect(),
            _ => Vec::new(),
        }
    }

    /// What a share is a share of; nothing for what is no share.
    pub fn denominator(&self) -> Option<Measure> {
        match self {
            Self::Ratio(_, whole) => Some(whole.placeless()),
            Self::Coverage(facts, _) | Self::Score(_, facts) => Some(Self::Count(facts.clone()).placeless()),
            _ => None,
        }
    }

    /// The same measure without the places in its text, so that equal ones are equal.
    fn placeless(&self) -> Self {
        match self {
            Self::Count(facts) => Self::Count(facts.placeless()),
            Self::Sum(field) => Self::Sum(field.placeless()),
            Self::Mean(field) => Self::Mean(field.placeless()),
            Self::Least(field) => Self::Least(field.placeless()),
            Self::Greatest(field) => Self::Greatest(field.placeless()),
            Self::Ratio(part, whole) => Self::Ratio(Box::new(part.placeless()), Box::new(whole.placeless())),
            Self::Coverage(facts, field) => Self::Coverage(facts.placeless(), field.placeless()),
            Self::Score(score, facts) => Self::Score(*score, facts.placeless()),
            Self::Indicator { id, .. } => Self::Indicator { id: id.clone(), at: 0 },
        }
    }
}

impl Facts {
    fn placeless(&self) -> Self {
        let mut asked: Vec<Asked> = self.asked.iter().map(|asked| Asked { at: 0, ..asked.clone() }).collect();
        asked.sort();
        Self { kind: self.kind.clone(), asked, in_year: self.in_year, at: 0 }
    }
}

impl Field {
    fn placeless(&self) -> Self {
        Self { facts: self.facts.placeless(), name: self.name.clone() }
    }
}

/// Where something stands that stands in a measure: behind the quotation mark that opens it.
pub(super) fn place(measure: &Stated, at: usize) -> usize {
    measure.at + 1 + at
}
