//! What a figure rests on: each thing with where it can be looked at, and the statements that say so.

use heng_rule::plan::{Evidence, Fact, Plan, Standing};
use heng_statement::PartyKind;
use heng_view::Inventory;
use heng_view::plan::name_of;
use heng_wording::Words;
use jiff::civil::Date;

use super::figures::named;
use super::measure::kind_name;
use crate::frame::{address, one_of};

/// Things listed on one page.
pub(crate) const LISTED: usize = 60;

/// Statements named beside a thing; the rest is counted.
const NAMED: usize = 3;

/// A thing that is counted, or that stands against others.
pub(crate) struct Witness {
    pub(crate) name: String,
    /// Its page, where it has one.
    pub(crate) page: Option<String>,
    pub(crate) kind: String,
    pub(crate) from: String,
    pub(crate) until: String,
    /// The statements: what each is called and where it is.
    pub(crate) statements: Vec<(String, String)>,
    /// Statements that are not named here.
    pub(crate) more: usize,
    /// Whether somebody should look at it soon.
    pub(crate) lapses: bool,
}

/// Everything that a figure rests on, by kind and subject.
pub(crate) struct Witnesses<'a> {
    plan: &'a Plan,
    inventory: &'a Inventory,
    words: &'a Words,
    by_subject: Vec<(&'a str, &'a str, Vec<&'a Fact>)>,
}

impl<'a> Witnesses<'a> {
    /// The facts of an amount; two facts about one subject are one witness.
    pub(crate) fn of(
        plan: &'a Plan,
        inventory: &'a Inventory,
        evidence: &'a Evidence,
        standing: &Standing,
        words: &'a Words,
    ) -> Self {
        let mut by_subject: Vec<(&str, &str, Vec<&Fact>)> = Vec::new();
        let mut places = std::collections::BTreeMap::new();
        for fact in standing.amount.facts.iter().filter_map(|place| evidence.facts().get(*place)) {
            let key = (fact.kind.as_str(), fact.subject.as_str());
            let place = *places.entry(key).or_insert_with(|| {
                by_subject.push((key.0, key.1, Vec::new()));
                by_subject.len() - 1
            });
            if let Some((_, _, facts)) = by_subject.get_mut(place) {
                facts.push(fact);
            }
        }
        Self { plan, inventory, words, by_subject }
    }

    /// How many things there are.
    pub(crate) fn count(&self) -> usize {
        self.by_subject.len()
    }

    /// A part of the list, from 0.
    pub(crate) fn part(&self, part: usize, lapses: Option<&str>) -> Vec<Witness> {
        let listed = self.by_subject.iter().skip(part.saturating_mul(LISTED)).take(LISTED);
        listed.map(|(kind, subject, facts)| self.witness(kind, subject, facts, lapses)).collect()
    }

    fn witness(&self, kind: &str, subject: &str, facts: &[&Fact], lapses: Option<&str>) -> Witness {
        let from = facts.iter().map(|fact| fact.from).min();
        let until = facts.iter().map(|fact| fact.until).max_by_key(|until| until.unwrap_or(Date::MAX)).flatten();
        // The last fact is the one that holds longest: its own statement comes first.
        let mut own: Vec<&str> = facts.iter().rev().map(|fact| fact.statement.as_str()).collect();
        let beside = facts.iter().rev().flat_map(|fact| fact.beside.iter().map(String::as_str));
        for one in beside {
            if !own.contains(&one) {
                own.push(one);
            }
        }
        own.dedup();
        let more = own.len().saturating_sub(NAMED);
        Witness {
            name: self.name(kind, subject, facts),
            page: self.page(subject),
            kind: kind_name(self.plan, kind, self.words),
            from: from.map(|day| day.to_string()).unwrap_or_default(),
            until: until.map_or_else(|| "…".to_owned(), |day| day.to_string()),
            statements: own.into_iter().take(NAMED).map(|hash| statement(self.inventory, hash)).collect(),
            more,
            lapses: lapses == Some(subject),
        }
    }

    /// What a thing is called; never the name of a person.
    fn name(&self, kind: &str, subject: &str, facts: &[&Fact]) -> String {
        if let Some(name) = name_of(self.inventory, self.plan, subject) {
            return one_of(&name, self.words.language()).to_owned();
        }
        let Some(fact) = facts.last() else { return subject.to_owned() };
        let kind_name = kind_name(self.plan, kind, self.words);
        let district = fact.district.as_deref().map(|code| named("district", code, self.words)).unwrap_or_default();
        match fact.words.get("product").and_then(|all| all.first()) {
            Some(product) => {
                let outcome = fact.words.get("outcome").and_then(|all| all.first()).map_or("", String::as_str);
                let data = [
                    ("product", named("plan-product", product, self.words)),
                    ("outcome", named("plan-outcome", outcome, self.words)),
                    ("district", district),
                ];
                let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (*name, value.as_str())).collect();
                self.words.say("plan-witness-forecast", &data)
            }
            None => kind_name,
        }
    }

    fn page(&self, subject: &str) -> Option<String> {
        page_of(self.inventory, subject)
    }
}

/// Where the subject of a fact can be looked at. Nobody is led to a person.
pub(crate) fn page_of(inventory: &Inventory, subject: &str) -> Option<String> {
    let is_house = inventory.party(subject).is_some_and(|party| party.kind != PartyKind::Person);
    let is_thing = inventory.thing(subject).is_some_and(|thing| thing.registration.is_some());
    if is_house || is_thing {
        return Some(address("/thing/", subject));
    }
    if inventory.plan().norm(subject).is_some() {
        return Some(address("/plan/norms?row=", subject));
    }
    inventory.round_numbered(subject).map(|_| address("/round/", subject))
}

/// A statement by the number of its certificate, or by the beginning of its hash.
pub(crate) fn statement(inventory: &Inventory, hash: &str) -> (String, String) {
    match inventory.certificate(hash) {
        Some(certified) => (certified.number.clone(), address("/certificate/", &certified.number)),
        None => (hash.chars().take(12).collect(), address("/statement/", hash)),
    }
}
