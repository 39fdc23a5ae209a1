//! A figure taken apart into districts or departments, whose parts must add up to it again.

use std::collections::BTreeSet;

use jiff::civil::Date;
use num_rational::BigRational;

use super::evidence::{Evidence, Fact};
use super::measure::Amount;
use super::read::Plan;

/// What a figure is taken apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The district of each fact.
    District,
    /// The body of each fact.
    Body,
}

impl By {
    fn of(self, fact: &Fact) -> Option<&str> {
        match self {
            Self::District => fact.district.as_deref(),
            Self::Body => fact.body.as_deref(),
        }
    }
}

/// A figure and its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// All of it.
    pub total: Amount,
    /// The amount of each, by name; what belongs to none stands under no name.
    pub parts: Vec<(Option<String>, Amount)>,
    /// What the sum of the parts lacks: the total's numerator less theirs. Not zero where one subject is counted in two places.
    pub difference: BigRational,
    /// The same for the denominator.
    pub difference_of_whole: BigRational,
}

impl Parts {
    /// Whether the parts add up to the total. Extremes do not add up, and neither do shares of shares.
    pub fn reconcile(&self) -> bool {
        let zero = BigRational::from_integer(0.into());
        self.total.adds_up && self.difference == zero && self.difference_of_whole == zero
    }
}

impl Plan {
    /// An indicator taken apart; none where it has no measure.
    pub fn parts(&self, indicator: &str, evidence: &Evidence, day: Date, by: By) -> Option<Parts> {
        self.measure(indicator)?;
        let total = self.amount(indicator, evidence, day, &|_| true);
        let mut names: BTreeSet<Option<&str>> = evidence.facts().iter().map(|fact| by.of(fact)).collect();
        names.insert(None);
        let zero = || BigRational::from_integer(0.into());
        let (mut sum, mut whole) = (zero(), zero());
        let mut parts = Vec::new();
        for name in names {
            let amount = self.amount(indicator, evidence, day, &|fact| by.of(fact) == name);
            let of = amount.whole.clone().unwrap_or_else(zero);
            if amount.part == zero() && of == zero() {
                continue;
            }
            sum += &amount.part;
            whole += of;
            parts.push((name.map(str::to_owned), amount));
        }
        let difference = &total.part - sum;
        let difference_of_whole = total.whole.clone().unwrap_or_else(zero) - whole;
        Some(Parts { total, parts, difference, difference_of_whole })
    }
}
