//! What is known on a day, as plain facts that measures count. Nobody types a figure here: each fact names the statement it was read from.

use std::collections::BTreeMap;

use heng_quantity::Decimal;
use jiff::civil::Date;

/// One fact, from one statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// Its kind, one of those the plan knows.
    pub kind: String,
    /// The thing it is about. Two facts about one subject count once.
    pub subject: String,
    /// The district it belongs to.
    pub district: Option<String>,
    /// The body it belongs to.
    pub body: Option<String>,
    /// What it states in words.
    pub words: BTreeMap<String, Vec<String>>,
    /// What it states in numbers, in the units of its kind.
    pub numbers: BTreeMap<String, Decimal>,
    /// The first day it holds.
    pub from: Date,
    /// The last day it holds, where there is one.
    pub until: Option<Date>,
    /// The statement it was read from.
    pub statement: String,
    /// Further statements without which it would not be so.
    pub beside: Vec<String>,
    /// Statements that must be at hand to see it in the same way: what came before it, or what ended it.
    pub context: Vec<String>,
}

impl Fact {
    /// A fact of this kind about a subject, that holds from a day on.
    pub fn new(kind: &str, subject: &str, from: Date, statement: &str) -> Self {
        let statement = statement.to_owned();
        Self { kind: kind.to_owned(), subject: subject.to_owned(), from, statement, ..Self::default() }
    }

    /// The same fact, stating one word more.
    pub fn with(mut self, name: &str, word: &str) -> Self {
        self.words.entry(name.to_owned()).or_default().push(word.to_owned());
        self
    }

    /// The same fact, stating one number more.
    pub fn with_number(mut self, name: &str, number: Decimal) -> Self {
        self.numbers.insert(name.to_owned(), number);
        self
    }

    /// The same fact, of a district.
    pub fn in_district(mut self, district: &str) -> Self {
        self.district = Some(district.to_owned());
        self
    }

    /// The same fact, of a body.
    pub fn of_body(mut self, body: &str) -> Self {
        self.body = Some(body.to_owned());
        self
    }

    /// The same fact, holding through a day.
    pub fn through(mut self, day: Date) -> Self {
        self.until = Some(day);
        self
    }

    /// The same fact, resting on one statement more.
    pub fn beside(mut self, statement: &str) -> Self {
        self.beside.push(statement.to_owned());
        self
    }

    /// The same fact, to be seen with one statement more.
    pub fn seen_with(mut self, statement: &str) -> Self {
        self.context.push(statement.to_owned());
        self
    }

    /// The statements it rests on.
    pub fn statements(&self) -> impl Iterator<Item = &str> {
        [&self.statement].into_iter().chain(&self.beside).map(String::as_str)
    }

    /// Whether it holds on a day.
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it began in the year of a day, and not after it.
    pub fn began_in_year(&self, day: Date) -> bool {
        self.from <= day && self.from.year() == day.year()
    }

    /// What it states under a name; `district` is a word of every fact.
    pub fn stated(&self, name: &str) -> impl Iterator<Item = &str> {
        let is_district = name == DISTRICT;
        let words = if is_district { None } else { self.words.get(name) };
        let district = self.district.as_deref().filter(|_| is_district);
        words.into_iter().flatten().map(String::as_str).chain(district)
    }
}

/// The word that every kind of evidence has.
pub(super) const DISTRICT: &str = "district";

/// All facts, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    facts: Vec<Fact>,
    by_kind: BTreeMap<String, Vec<usize>>,
    first: Option<Date>,
}

impl Evidence {
    /// These facts.
    pub fn new(facts: impl IntoIterator<Item = Fact>) -> Self {
        let mut evidence = Self::default();
        for fact in facts {
            evidence.add(fact);
        }
        evidence
    }

    /// Adds a fact.
    pub fn add(&mut self, fact: Fact) {
        self.first = Some(self.first.map_or(fact.from, |first| first.min(fact.from)));
        self.by_kind.entry(fact.kind.clone()).or_default().push(self.facts.len());
        self.facts.push(fact);
    }

    /// The same evidence without what a statement says.
    pub fn without(&self, statement: &str) -> Self {
        Self::new(self.facts.iter().filter(|fact| fact.statements().all(|one| one != statement)).cloned())
    }

    /// Every fact.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The first day that a fact holds.
    pub fn first(&self) -> Option<Date> {
        self.first
    }

    /// The facts of a kind with their places among all, in the order they came.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = (usize, &Fact)> {
        self.by_kind.get(kind).into_iter().flatten().filter_map(|place| Some((*place, self.facts.get(*place)?)))
    }
}
