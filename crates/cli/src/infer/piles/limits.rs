//! The limit of the working error of charging piles: of each by its kind and its class, from the rule that applies to it.

use std::collections::BTreeMap;

use heng_inference::piles::Settings;
use heng_quantity::{Reported, Unit};
use heng_rule::{Cell, Instrument, Limit, RuleSet};
use heng_view::Inventory;

use crate::failure::Failure;

/// The rules of charging piles, with alternating and with direct current, and what they call the item that counts and the class.
const RULES: [&str; 2] = ["jjg-1148-2022", "jjg-1149-2022"];
const ITEM: &str = "working_error";
const CLASS: &str = "class";

/// The limit of a class under a rule.
#[derive(Clone)]
pub struct PileLimit {
    /// As statements name it, RULE:CLASS.
    pub name: String,
    /// What the rule says.
    pub limit: Limit,
}

impl PileLimit {
    /// In percent.
    pub fn percent(&self) -> f64 {
        self.limit.larger_bound().map_or(f64::NAN, |bound| bound.to_f64())
    }

    /// As statements have it.
    pub fn largest_error(&self) -> Option<Reported> {
        Some(Reported { value: self.limit.larger_bound()?, unit: r"\percent".parse().ok()?, uncertainty: None })
    }
}

/// The rules of charging piles.
pub struct Limits(RuleSet);

impl Limits {
    /// Those of this project.
    pub fn builtin() -> Result<Self, Failure> {
        heng_rule::builtin().map(Self).map_err(|error| Failure::new("error-founding").with("reason", error))
    }

    /// The kinds of instruments that the rules apply to.
    pub fn kinds(&self) -> Vec<String> {
        RULES.iter().filter_map(|id| self.0.rule(id)).flat_map(|rule| rule.applies_to().to_vec()).collect()
    }

    /// That of a class, for piles of which no more is known; both rules have the same figures.
    pub fn of_class(&self, class: &str) -> Result<PileLimit, Failure> {
        let [rule, _] = RULES;
        let unknown = || Failure::unreadable("error-infer-class").with("class", class).with("rule", rule);
        self.under(rule, class).ok_or_else(unknown)
    }

    /// That of a registered instrument; none where no rule applies to its kind, or has no limit for the class it is registered with (2, or 2 级).
    fn of(&self, instrument: &Instrument) -> Option<PileLimit> {
        let Some(Cell::Text(class)) = instrument.characteristics.get(CLASS) else { return None };
        let class = class.trim().trim_end_matches('级').trim_end();
        let applies = |id: &&&str| self.0.rule(id).is_some_and(|rule| rule.applies_to().contains(&instrument.kind));
        self.under(RULES.iter().find(applies)?, class)
    }

    fn under(&self, rule: &str, class: &str) -> Option<PileLimit> {
        let unit: Unit = r"\percent".parse().ok()?;
        let limit = self.0.rule(rule)?.limit_of(ITEM, &[(CLASS, class)], &unit).ok().flatten()?;
        Some(PileLimit { name: format!("{rule}:{class}"), limit })
    }
}

/// The limits that apply to the piles of some sessions.
pub struct Applied {
    /// That of most of them.
    pub common: PileLimit,
    /// Those of the others, by rank.
    pub own: BTreeMap<u32, PileLimit>,
    /// Registered piles whose class no rule has a limit for, by rank.
    pub unclassed: Vec<u32>,
}

impl Applied {
    /// One for all.
    pub fn to_all(limit: PileLimit) -> Self {
        Self { common: limit, own: BTreeMap::new(), unclassed: Vec::new() }
    }

    /// Those of registered piles, `things` by rank; another one's is the limit `otherwise`.
    pub fn of_registered(
        things: &[Option<String>],
        inventory: &Inventory,
        limits: &Limits,
        otherwise: &PileLimit,
    ) -> Self {
        let instrument = |thing: &Option<String>| {
            let registration = inventory.thing(thing.as_ref()?)?.registration.as_ref()?;
            registration.instrument.as_ref()
        };
        let of = |thing: &Option<String>| instrument(thing).and_then(|instrument| limits.of(instrument));
        let unclassed = (0..).zip(things).filter(|(_, thing)| thing.is_some() && of(thing).is_none());
        let unclassed = unclassed.map(|(pile, _)| pile).collect();
        let all: Vec<PileLimit> = things.iter().map(|thing| of(thing).unwrap_or_else(|| otherwise.clone())).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for limit in &all {
            *counts.entry(&limit.name).or_default() += 1;
        }
        let most = counts.values().copied().max().unwrap_or_default();
        let common =
            all.iter().find(|limit| counts.get(limit.name.as_str()) == Some(&most)).unwrap_or(otherwise).clone();
        let own = (0..).zip(all).filter(|(_, limit)| limit.name != common.name).collect();
        Self { common, own, unclassed }
    }

    /// How many are held to another figure than most.
    pub fn others(&self) -> usize {
        self.own.values().filter(|limit| limit.percent() != self.common.percent()).count()
    }

    /// What the inference is told.
    pub fn settings(&self) -> Settings {
        let own = self.own.iter().map(|(pile, limit)| (*pile, limit.percent()));
        Settings { own_limits_percent: own.collect(), ..Settings::of_limit(self.common.percent()) }
    }
}
