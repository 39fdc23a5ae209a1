//! What a measure amounts to, from facts and a day.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;
use num_rational::BigRational;

use super::super::evidence::{Evidence, Fact};
use super::amount::integer;
use super::score::OUTCOME;
use super::{Amount, Asked, Facts, Field, Measure};

impl Asked {
    fn meets(&self, fact: &Fact) -> bool {
        fact.stated(&self.word).any(|word| self.values.iter().any(|value| value == word)) != self.excluded
    }
}

impl Facts {
    /// The facts that count on a day.
    fn on<'a>(&'a self, evidence: &'a Evidence, day: Date) -> impl Iterator<Item = (usize, &'a Fact)> {
        evidence
            .of_kind(&self.kind)
            .filter(move |(_, fact)| if self.in_year { fact.began_in_year(day) } else { fact.holds(day) })
            .filter(|(_, fact)| self.asked.iter().all(|asked| asked.meets(fact)))
    }
}

impl Measure {
    /// What it amounts to on a day, of the facts within `scope`. `of` gives what another indicator amounts to.
    ///
    /// The scope holds for what is counted and for denominators, and not for what covers: a standard of the city covers an item of a district.
    pub fn amount(
        &self,
        evidence: &Evidence,
        day: Date,
        scope: &dyn Fn(&Fact) -> bool,
        of: &dyn Fn(&str) -> Amount,
    ) -> Amount {
        match self {
            Self::Count(facts) => {
                let (subjects, mut amount) = subjects(facts, evidence, day, scope);
                amount.part = counted(subjects.len());
                amount
            }
            Self::Sum(field) => numbers(field, evidence, day, scope, |numbers| (numbers.iter().sum(), None)),
            Self::Mean(field) => {
                numbers(field, evidence, day, scope, |numbers| (numbers.iter().sum(), Some(counted(numbers.len()))))
            }
            Self::Least(field) => extreme(field, evidence, day, scope, |numbers| numbers.iter().min()),
            Self::Greatest(field) => extreme(field, evidence, day, scope, |numbers| numbers.iter().max()),
            Self::Ratio(part, whole) => {
                let part = part.amount(evidence, day, scope, of);
                let whole = whole.amount(evidence, day, scope, of);
                let mut amount = Amount::nothing();
                amount.rest_on(&whole);
                amount.rest_on(&part);
                let figure = |amount: &Amount| amount.value().unwrap_or_else(|| integer(0));
                Amount {
                    part: figure(&part),
                    whole: Some(figure(&whole)),
                    is_share: true,
                    adds_up: part.adds_up && whole.adds_up && part.whole.is_none() && whole.whole.is_none(),
                    is_evidenced: whole.is_evidenced,
                    ..amount
                }
            }
            Self::Coverage(facts, field) => coverage(facts, field, evidence, day, scope),
            Self::Score(score, facts) => {
                let mut amount = Amount::nothing();
                let mut outcomes: BTreeMap<&str, i64> = BTreeMap::new();
                for (place, fact) in facts.on(evidence, day).filter(|(_, fact)| scope(fact)) {
                    rest(&mut amount, place, fact);
                    for outcome in fact.stated(OUTCOME) {
                        *outcomes.entry(outcome).or_default() += 1;
                    }
                }
                let (part, whole) = score.fraction(&outcomes);
                Amount { part, whole: Some(whole), is_share: true, ..amount }
            }
            Self::Indicator { id, .. } => of(id),
        }
    }
}

/// The subjects of facts, and an amount that rests on them.
fn subjects<'a>(
    facts: &'a Facts,
    evidence: &'a Evidence,
    day: Date,
    scope: &dyn Fn(&Fact) -> bool,
) -> (BTreeSet<&'a str>, Amount) {
    let mut amount = Amount::nothing();
    // Facts of the kind that are not counted show that the count of zero is one.
    amount.is_evidenced = evidence.of_kind(&facts.kind).any(|(_, fact)| fact.from <= day);
    let mut subjects = BTreeSet::new();
    for (place, fact) in facts.on(evidence, day).filter(|(_, fact)| scope(fact)) {
        subjects.insert(fact.subject.as_str());
        rest(&mut amount, place, fact);
    }
    (subjects, amount)
}

fn coverage(facts: &Facts, field: &Field, evidence: &Evidence, day: Date, scope: &dyn Fn(&Fact) -> bool) -> Amount {
    let (asked, listed) = subjects(facts, evidence, day, scope);
    let mut amount = Amount::nothing();
    // Only asked, never walked through: its order is nobody's.
    let known: HashSet<&str> = asked.iter().copied().collect();
    let mut covered = BTreeSet::new();
    for (place, fact) in field.facts.on(evidence, day) {
        let mut counts = false;
        for word in fact.stated(&field.name) {
            if let Some(subject) = known.get(word) {
                covered.insert(*subject);
                counts = true;
            }
        }
        if counts {
            rest(&mut amount, place, fact);
        }
    }
    amount.rest_on(&listed);
    Amount {
        part: counted(covered.len()),
        whole: Some(counted(asked.len())),
        is_share: true,
        is_evidenced: listed.is_evidenced,
        gaps: asked.difference(&covered).map(|subject| (*subject).to_owned()).collect(),
        ..amount
    }
}

/// An amount of the numbers of facts.
fn numbers(
    field: &Field,
    evidence: &Evidence,
    day: Date,
    scope: &dyn Fn(&Fact) -> bool,
    of: impl Fn(&[BigRational]) -> (BigRational, Option<BigRational>),
) -> Amount {
    let mut amount = Amount::nothing();
    let mut numbers = Vec::new();
    for (place, fact) in field.facts.on(evidence, day).filter(|(_, fact)| scope(fact)) {
        if let Some(number) = fact.numbers.get(&field.name) {
            numbers.push(number.to_rational());
            rest(&mut amount, place, fact);
        }
    }
    let (part, whole) = of(&numbers);
    Amount { part, whole, ..amount }
}

/// The least or the greatest number; amounts of districts do not add up to it.
fn extreme(
    field: &Field,
    evidence: &Evidence,
    day: Date,
    scope: &dyn Fn(&Fact) -> bool,
    of: impl Fn(&[BigRational]) -> Option<&BigRational>,
) -> Amount {
    let amount =
        numbers(field, evidence, day, scope, |numbers| (of(numbers).cloned().unwrap_or_else(|| integer(0)), None));
    Amount { adds_up: false, ..amount }
}

/// Counts a fact.
fn rest(amount: &mut Amount, place: usize, fact: &Fact) {
    amount.is_evidenced = true;
    amount.facts.push(place);
    if let Some(until) = fact.until
        && amount.lapses.as_ref().is_none_or(|(day, subject)| (until, fact.subject.as_str()) < (*day, subject.as_str()))
    {
        amount.lapses = Some((until, fact.subject.clone()));
    }
}

fn counted(number: usize) -> BigRational {
    integer(i64::try_from(number).unwrap_or(i64::MAX))
}
