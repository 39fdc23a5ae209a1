//! What a measure amounts to, from facts and a day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use num_rational::BigRational;

use super::super::evidence::{Evidence, Fact};
use super::amount::integer;
use super::score::OUTCOME;
use super::{Amount, Asked, Facts, Field, Measure};

/// What is asked of measures: of which facts, on which day, and how much of the answer.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The facts.
    pub evidence: &'a Evidence,
    /// The day.
    pub day: Date,
    /// Which of them are of the region: of others nothing is seen.
    pub belongs: &'a dyn Fn(&Fact) -> bool,
    /// Which of them count. It holds for what is counted and for denominators, and not for what covers: a standard of the city covers an item of
    /// a district.
    pub scope: &'a dyn Fn(&Fact) -> bool,
    /// Only the figure, without what it rests on.
    pub figure_only: bool,
}

impl Asked {
    fn meets(&self, fact: &Fact) -> bool {
        fact.stated(&self.word).any(|word| self.values.iter().any(|value| value == word)) != self.excluded
    }
}

impl Facts {
    /// The facts that count on the day, wherever they belong.
    fn on<'a>(&'a self, asking: &Asking<'a>) -> impl Iterator<Item = (usize, &'a Fact)> {
        let day = asking.day;
        asking
            .evidence
            .of_kind(&self.kind)
            .filter(move |(_, fact)| if self.in_year { fact.began_in_year(day) } else { fact.holds(day) })
            .filter(|(_, fact)| self.asked.iter().all(|asked| asked.meets(fact)) && (asking.belongs)(fact))
    }
}

impl Measure {
    /// What it amounts to. `of` gives what another indicator amounts to.
    pub fn amount(&self, asking: &Asking<'_>, of: &dyn Fn(&str) -> Amount) -> Amount {
        match self {
            Self::Count(facts) => {
                let (subjects, mut amount) = subjects(facts, asking);
                amount.part = counted(subjects.len());
                amount
            }
            Self::Sum(field) => numbers(field, asking, |numbers| (numbers.iter().sum(), None)),
            Self::Mean(field) => numbers(field, asking, |numbers| (numbers.iter().sum(), Some(counted(numbers.len())))),
            Self::Least(field) => extreme(field, asking, |numbers| numbers.iter().min()),
            Self::Greatest(field) => extreme(field, asking, |numbers| numbers.iter().max()),
            Self::Ratio(part, whole) => {
                let part = part.amount(asking, of);
                let whole = whole.amount(asking, of);
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
            Self::Coverage(facts, field) => coverage(facts, field, asking),
            Self::Score(score, facts) => {
                let mut amount = Amount::nothing();
                let mut outcomes: BTreeMap<&str, i64> = BTreeMap::new();
                for (place, fact) in facts.on(asking).filter(|(_, fact)| (asking.scope)(fact)) {
                    amount.is_evidenced = true;
                    rest(&mut amount, asking, place, fact, true);
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
fn subjects<'a>(facts: &'a Facts, asking: &Asking<'a>) -> (BTreeSet<&'a str>, Amount) {
    let mut amount = Amount::nothing();
    let mut subjects = BTreeSet::new();
    for (place, fact) in facts.on(asking).filter(|(_, fact)| (asking.scope)(fact)) {
        amount.is_evidenced = true;
        let is_first = subjects.insert(fact.subject.as_str());
        rest(&mut amount, asking, place, fact, is_first);
    }
    if !amount.is_evidenced {
        // Facts of the kind that are not counted show that the count of zero is one.
        let is_known = |(_, fact): &(usize, &Fact)| fact.from <= asking.day && (asking.belongs)(fact);
        let mut others = asking.evidence.of_kind(&facts.kind).filter(is_known);
        if let Some((place, _)) = others.next() {
            amount.is_evidenced = true;
            amount.witnesses.extend((!asking.figure_only).then_some(place));
        }
    }
    (subjects, amount)
}

fn coverage(facts: &Facts, field: &Field, asking: &Asking<'_>) -> Amount {
    let (asked, listed) = subjects(facts, asking);
    let mut amount = Amount::nothing();
    // Only asked, never walked through: its order is nobody's. The value says whether something covers the subject.
    let mut known: HashMap<&str, bool> = asked.iter().map(|subject| (*subject, false)).collect();
    let mut covered = BTreeSet::new();
    for (place, fact) in field.facts.on(asking) {
        let (mut counts, mut is_first) = (false, false);
        for word in fact.stated(&field.name) {
            if let Some((subject, is_covered)) = known.get_key_value(word).map(|(subject, is)| (*subject, *is)) {
                counts = true;
                if !is_covered {
                    is_first = true;
                    known.insert(subject, true);
                    covered.insert(subject);
                }
            }
        }
        if counts {
            rest(&mut amount, asking, place, fact, is_first);
        }
        if asking.figure_only && covered.len() == asked.len() {
            break;
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
    asking: &Asking<'_>,
    of: impl Fn(&[BigRational]) -> (BigRational, Option<BigRational>),
) -> Amount {
    let mut amount = Amount::nothing();
    let mut numbers = Vec::new();
    for (place, fact) in field.facts.on(asking).filter(|(_, fact)| (asking.scope)(fact)) {
        if let Some(number) = fact.numbers.get(&field.name) {
            amount.is_evidenced = true;
            numbers.push(number.to_rational());
            rest(&mut amount, asking, place, fact, true);
        }
    }
    let (part, whole) = of(&numbers);
    Amount { part, whole, ..amount }
}

/// The least or the greatest number; amounts of districts do not add up to it.
fn extreme(field: &Field, asking: &Asking<'_>, of: impl Fn(&[BigRational]) -> Option<&BigRational>) -> Amount {
    let amount = numbers(field, asking, |numbers| (of(numbers).cloned().unwrap_or_else(|| integer(0)), None));
    Amount { adds_up: false, ..amount }
}

/// Counts a fact. A witness is one without which the figure would be another.
fn rest(amount: &mut Amount, asking: &Asking<'_>, place: usize, fact: &Fact, is_witness: bool) {
    if asking.figure_only {
        return;
    }
    amount.facts.push(place);
    if is_witness {
        amount.witnesses.push(place);
    }
    if let Some(until) = fact.until
        && amount.lapses.as_ref().is_none_or(|(day, subject)| (until, fact.subject.as_str()) < (*day, subject.as_str()))
    {
        amount.lapses = Some((until, fact.subject.clone()));
    }
}

fn counted(number: usize) -> BigRational {
    integer(i64::try_from(number).unwrap_or(i64::MAX))
}
