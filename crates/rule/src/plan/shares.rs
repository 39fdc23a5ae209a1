//! A goal divided among bodies: what each has to reach, what is evidenced of it, and whether all of it adds up again.

use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::Decimal;
use jiff::civil::Date;
use num_rational::BigRational;

use super::evidence::{Evidence, Fact};
use super::measure::Amount;
use super::read::Plan;
use super::standing::Status;

/// What one body has to reach of a goal, and what there is of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyShare {
    /// The body, by its name in the plan; none for what belongs to no body.
    pub body: Option<String>,
    /// Its part of the goal; none where the plan gives it none, though something of it is counted.
    pub share: Option<BigRational>,
    /// What is evidenced of it.
    pub amount: Amount,
    /// How it stands to its part; none without a part.
    pub status: Option<Status>,
}

/// A goal divided among bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// Those the plan gives a part, in its order; then others of whom something is counted, by name; last what belongs to none.
    pub bodies: Vec<BodyShare>,
    /// The sum of the parts of the goal.
    pub sum: BigRational,
    /// The goal.
    pub goal: Option<BigRational>,
    /// The whole figure.
    pub total: Amount,
    /// What the sum over the bodies lacks to the whole figure. Not zero where one subject is counted of two bodies.
    pub difference: BigRational,
}

impl Shares {
    /// Whether a whole figure is the sum of those of its bodies: extremes and means are not.
    pub fn adds_up(&self) -> bool {
        self.total.adds_up && self.total.whole.is_none()
    }

    /// Whether the parts add up to the goal, and what is evidenced of the bodies to the whole figure.
    pub fn reconcile(&self) -> bool {
        self.parts_make_the_goal() && self.adds_up() && self.difference == zero()
    }

    fn parts_make_the_goal(&self) -> bool {
        self.goal.as_ref() == Some(&self.sum)
    }

    /// What is to be said of the sums, by code: `reconcile` alone where all is well, `no-evidence` beside it where nothing is evidenced;
    /// otherwise `goal-differs`, `differs` or `never`, which is for figures that are no sums.
    pub fn said(&self) -> Vec<&'static str> {
        let goal = (!self.parts_make_the_goal()).then_some("goal-differs");
        let evidence = match (self.total.is_evidenced, self.adds_up(), self.difference == zero()) {
            (false, _, _) => Some("no-evidence"),
            (true, false, _) => Some("never"),
            (true, true, false) => Some("differs"),
            (true, true, true) => goal.is_none().then_some("reconcile"),
        };
        goal.into_iter().chain(evidence).collect()
    }
}

/// What says whose a fact is: the body and the district that it names.
type Owned<'a> = (Option<&'a str>, Option<&'a str>);

fn owned(fact: &Fact) -> Owned<'_> {
    (fact.body.as_deref(), fact.district.as_deref())
}

impl Plan {
    /// The parts of an indicator's goal that the plan gives to bodies, and what is evidenced of each; none where it divides nothing.
    ///
    /// A fact is of the body that it names, else of its district; where that has no part of its own, of the group with a part that it is a member
    /// of. So each fact is of one body at most, and the figures of the bodies add up unless two facts about one subject name two.
    pub fn shares(&self, indicator: &str, evidence: &Evidence, day: Date) -> Option<Shares> {
        let stated = self.indicator(indicator)?;
        let parts = self.parts_of_goal(indicator);
        if parts.is_empty() {
            return None;
        }
        let of = |name: &str| parts.iter().find(|(body, _)| *body == name).map(|(_, part)| part);
        let mut owners: BTreeMap<Owned<'_>, Option<&str>> = BTreeMap::new();
        for fact in evidence.facts() {
            owners.entry(owned(fact)).or_insert_with(|| self.owner(indicator, owned(fact), &|name| of(name).is_some()));
        }
        let others: BTreeSet<&str> = owners.values().flatten().copied().filter(|name| of(name).is_none()).collect();
        let names = parts.iter().map(|(name, _)| *name).chain(others).map(Some).chain([None]);
        let mut bodies = Vec::new();
        for name in names {
            let scope = |fact: &Fact| owners.get(&owned(fact)).copied().flatten() == name;
            let amount = self.amount(indicator, evidence, day, &scope);
            let share = name.and_then(of).cloned();
            if share.is_none() && amount.part == zero() {
                continue;
            }
            let status =
                share.as_ref().map(|share| self.status_of_part(stated, share, &amount, (evidence, day), &scope));
            bodies.push(BodyShare { body: name.map(str::to_owned), share, amount, status });
        }
        let total = self.amount(indicator, evidence, day, &|_| true);
        let figure = |amount: &Amount| amount.value().unwrap_or_else(zero);
        let difference = figure(&total) - bodies.iter().map(|one| figure(&one.amount)).sum::<BigRational>();
        Some(Shares {
            sum: parts.iter().map(|(_, part)| part).sum(),
            goal: stated.goal_value().map(|goal| goal.to_rational()),
            bodies,
            total,
            difference,
        })
    }

    /// The indicators of whose goal a body has a part, by its own name, in the order of the plan.
    pub fn shared_with<'a>(&'a self, body: &'a str) -> impl Iterator<Item = &'a str> {
        let has_part = move |id: &&str| self.parts_of_goal(id).iter().any(|(name, _)| *name == body);
        self.indicators.iter().map(|indicator| &*indicator.id).filter(has_part)
    }

    /// The parts of a goal by the bodies' own names; what a body is given twice is one part.
    fn parts_of_goal(&self, indicator: &str) -> Vec<(&str, BigRational)> {
        let mut parts: Vec<(&str, BigRational)> = Vec::new();
        for share in self.shares.iter().filter(|share| *share.indicator == *indicator) {
            let Ok(value) = share.value.parse::<Decimal>() else { continue };
            let name = self.own_name(indicator, &share.body);
            match parts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, part)) => *part += value.to_rational(),
                None => parts.push((name, value.to_rational())),
            }
        }
        parts
    }

    /// Whose a fact is.
    fn owner<'a>(
        &'a self,
        indicator: &str,
        (body, district): Owned<'a>,
        has_part: &dyn Fn(&str) -> bool,
    ) -> Option<&'a str> {
        let named = body.map(|body| self.own_name(indicator, body));
        let own = named.or_else(|| district.and_then(|code| self.district(code)).map(|body| &*body.name))?;
        if has_part(own) {
            return Some(own);
        }
        let region = self.region(indicator);
        let mut groups = self.bodies.iter().filter(|group| Some(&*group.region) == region && has_part(&group.name));
        let group = groups.find(|group| group.members.iter().any(|one| self.own_name(indicator, one) == own));
        Some(group.map_or(own, |group| &group.name))
    }

    /// What a body is called by itself; what the plan does not know stays as it is.
    fn own_name<'a>(&'a self, indicator: &str, name: &'a str) -> &'a str {
        let body = self.region(indicator).and_then(|region| self.body(region, name));
        body.map_or(name, |body| &body.name)
    }
}

fn zero() -> BigRational {
    BigRational::from_integer(0.into())
}
