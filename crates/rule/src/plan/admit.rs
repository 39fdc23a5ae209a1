//! What evidence of a kind may state.

use heng_quantity::Finding;
use serde::Deserialize;

use super::evidence::{DISTRICT, Fact};
use super::read::Plan;
use super::text::{BodyKind, EvidenceKind, Supplied};
use crate::{Confidence, Words};

/// The smallest group of people that may be counted by itself: a smaller one could be recognised.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallestCount {
    /// So many.
    pub value: u32,
    /// Why.
    pub why: Words,
    /// How sure we are of the number.
    pub confidence: Confidence,
}

/// The unit of what is counted.
const COUNT: &str = "count";

impl EvidenceKind {
    /// Whether it states nothing but what this kind states.
    pub fn admits(&self, fact: &Fact) -> bool {
        self.faults(fact).is_empty()
    }

    /// What a fact states that this kind does not, or about too few.
    pub fn faults(&self, fact: &Fact) -> Vec<Finding> {
        let finding = |code: &str| Finding::error(code).with("kind", &*self.id);
        let mut findings = Vec::new();
        if self.supplied != Supplied::Statement {
            findings.push(finding("plan-fact-of-log"));
        }
        let is_known = |word: &&String| *word != DISTRICT && self.words.contains(*word);
        for word in fact.words.keys().filter(|word| !is_known(word)) {
            findings.push(finding("plan-fact-word").with("stated", word).with("known", self.words.join(", ")));
        }
        for number in fact.numbers.keys().filter(|number| !self.numbers.contains_key(*number)) {
            let known: Vec<&str> = self.numbers.keys().map(String::as_str).collect();
            findings.push(finding("plan-fact-number").with("stated", number).with("known", known.join(", ")));
        }
        for number in self.numbers.keys().filter(|number| !fact.numbers.contains_key(*number)) {
            findings.push(finding("plan-fact-number-missing").with("asked", number));
        }
        if fact.until.is_some_and(|until| until < fact.from) {
            findings.push(finding("plan-fact-ends-before"));
        }
        findings.extend(self.too_few(fact).map(|named| {
            let least = self.smallest_count.as_ref().map_or(0, |smallest| smallest.value);
            finding("plan-fact-too-few").with("stated", named).with("least", least)
        }));
        findings
    }

    /// The counts, and the differences of counts, that are of a group too small to be counted by itself.
    fn too_few(&self, fact: &Fact) -> impl Iterator<Item = String> {
        let least = self.smallest_count.as_ref().map_or(0, |smallest| i64::from(smallest.value));
        let counts: Vec<(&str, i64)> = (self.numbers.iter())
            .filter(|(_, unit)| &***unit == COUNT)
            .filter_map(|(name, _)| Some((name.as_str(), fact.numbers.get(name)?.to_string().parse().ok()?)))
            .collect();
        let is_few = move |count: i64| 0 < count && count < least;
        let alone =
            counts.clone().into_iter().filter(move |(_, count)| is_few(*count)).map(|(name, _)| name.to_owned());
        let mut all: Vec<String> = alone.collect();
        for (place, (one, first)) in counts.iter().enumerate() {
            for (other, second) in counts.iter().skip(place + 1) {
                if is_few((first - second).abs()) {
                    all.push(format!("{one} - {other}"));
                }
            }
        }
        all.into_iter()
    }
}

impl Plan {
    /// What is wrong with a fact that is to be attested.
    pub fn faults(&self, fact: &Fact) -> Vec<Finding> {
        let Some(kind) = self.evidence.iter().find(|kind| *kind.id == *fact.kind) else {
            let known: Vec<&str> = self.evidence.iter().map(|kind| &*kind.id).collect();
            let finding = Finding::error("plan-fact-kind").with("stated", &fact.kind);
            return vec![finding.with("known", known.join(", "))];
        };
        let mut findings = kind.faults(fact);
        if let Some(code) = fact.district.as_deref().filter(|code| self.districts().all(|known| known != *code)) {
            findings.push(Finding::error("plan-fact-district").with("stated", code));
        }
        let is_known = |name: &str| self.bodies.iter().any(|body| &*body.name == name);
        if let Some(name) = fact.body.as_deref().filter(|name| !is_known(name)) {
            findings.push(Finding::error("plan-body-unknown").with("body", name));
        }
        findings
    }

    /// The codes of GB/T 2260 of the districts among its bodies.
    pub fn districts(&self) -> impl Iterator<Item = &str> {
        let districts = self.bodies.iter().filter(|body| body.kind == BodyKind::District);
        let is_code = |alias: &&str| alias.len() == 6 && alias.bytes().all(|byte| byte.is_ascii_digit());
        districts.filter_map(move |body| body.aliases.iter().map(|alias| &**alias).find(is_code))
    }

    /// The district with this code.
    pub fn district(&self, code: &str) -> Option<&super::text::Body> {
        let called = |body: &super::text::Body| body.aliases.iter().any(|alias| &**alias == code);
        self.bodies.iter().find(|body| body.kind == BodyKind::District && called(body)).map(|entry| &**entry)
    }
}
