//! The conditions of a specification, held against each district.

use heng_inference::meters::District;
use heng_rule::conditions::{Condition, Demand, DistrictFacts, Met, ServiceConditions, builtin_service_conditions};
use heng_wording::Words;
use serde_json::{Value, json};

use crate::failure::Failure;

/// A month, in seconds: the specifications say month and not how long.
const MONTH_S: i64 = 30 * 86_400;

/// What a specification asks.
pub struct Conditions {
    id: String,
    all: ServiceConditions,
}

/// What is known of a district, and which conditions it meets.
#[derive(Clone, Debug)]
pub struct Held {
    facts: DistrictFacts,
    conditions: Vec<(Condition, Met)>,
}

impl Conditions {
    /// Those of the specification that is named, else of the one that the limit is from, which may have none.
    pub fn asked(named: Option<&str>, limit: &str) -> Result<Self, Failure> {
        let all = builtin_service_conditions().map_err(|error| Failure::new("error-limits").with("reason", error))?;
        if let Some(name) = named
            && !all.known().contains(&name)
        {
            let known = all.known().join(", ");
            return Err(Failure::unreadable("error-infer-conditions").with("name", name).with("known", known));
        }
        Ok(Self { id: named.unwrap_or(limit).to_owned(), all })
    }

    /// The specification.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.all.of(&self.id).next().is_none()
    }

    /// Which of them a district meets.
    pub fn held(&self, district: &District) -> Held {
        let facts = facts(district);
        let conditions = self.all.of(&self.id).map(|one| (one.clone(), one.demand.value.met(&facts)));
        Held { facts, conditions: conditions.collect() }
    }

    /// What people have to see to.
    pub fn duties(&self, words: &Words) -> Vec<String> {
        let said = |duty: &heng_rule::conditions::Duty| {
            let facts =
                [("norm", duty.kind.citation.norm.as_str()), ("figure", duty.figure.as_deref().unwrap_or_default())];
            words.say(&format!("infer-duty-{}", duty.kind.value), &facts)
        };
        self.all.duties_of(&self.id).map(said).collect()
    }

    /// The duties for programs.
    pub fn duties_json(&self) -> Value {
        let of = |duty: &heng_rule::conditions::Duty| json!({ "kind": duty.kind.value, "figure": duty.figure, "citation": duty.kind.citation });
        self.all.duties_of(&self.id).map(of).collect()
    }
}

impl Held {
    /// Whether every condition is met; none where no condition is stated.
    pub fn is_valid(&self) -> Option<bool> {
        let met = || self.conditions.iter().all(|(_, met)| *met == Met::Met);
        (!self.conditions.is_empty()).then(met)
    }

    /// A condition is not met, so that the specification allows no conclusion.
    pub fn forbids_conclusions(&self) -> bool {
        self.conditions.iter().any(|(_, met)| *met == Met::NotMet)
    }

    /// A sentence for each condition that is not met or not known to be.
    pub fn said(&self, words: &Words) -> Vec<String> {
        let open = self.conditions.iter().filter(|(_, met)| *met != Met::Met);
        open.map(|(condition, met)| {
            let (least, largest) = asked(&condition.demand.value);
            let found = match &condition.demand.value {
                Demand::Collection { .. } => format!("{:.2}", self.facts.collected_percent),
                Demand::Readings { .. } => self.facts.readings.to_string(),
                Demand::MonthlyLoss { .. } => match self.facts.monthly_loss_percent {
                    Some((low, high)) => format!("{low:.2} … {high:.2}"),
                    None => "–".to_owned(),
                },
            };
            let facts = [
                ("norm", condition.demand.citation.norm.as_str()),
                ("least", &least),
                ("largest", &largest),
                ("found", &found),
            ];
            let ending = if *met == Met::Unknown { "unknown" } else { "not-met" };
            words.say(&format!("infer-condition-{}-{ending}", condition.demand.value.kind()), &facts)
        })
        .collect()
    }

    /// The same for programs.
    pub fn json(&self) -> Value {
        let conditions = self.conditions.iter().map(|(condition, met)| {
            let (least, largest) = asked(&condition.demand.value);
            json!({
                "kind": condition.demand.value.kind(),
                "least": least,
                "largest": Some(largest).filter(|largest| !largest.is_empty()),
                "met": met,
                "citation": condition.demand.citation,
            })
        });
        json!({
            "collected_percent": self.facts.collected_percent,
            "readings": self.facts.readings,
            "monthly_loss_percent": self.facts.monthly_loss_percent.map(|(low, high)| [low, high]),
            "valid": self.is_valid(),
            "conditions": conditions.collect::<Vec<_>>(),
        })
    }
}

fn asked(demand: &Demand) -> (String, String) {
    match demand {
        Demand::Collection { least } => (least.value_text(), String::new()),
        Demand::Readings { least } => (least.to_string(), String::new()),
        Demand::MonthlyLoss { least, largest } => (least.value_text(), largest.value_text()),
    }
}

/// What the readings of a district show of themselves.
fn facts(district: &District) -> DistrictFacts {
    let registers = || district.meters.iter().map(|meter| &meter.register_kwh);
    let all: usize = registers().map(Vec::len).sum::<usize>() + district.head_kwh.len();
    let missing =
        registers().chain(std::iter::once(&district.head_kwh)).flatten().filter(|value| value.is_nan()).count();
    let collected = if all > 0 { (all - missing) as f64 / all as f64 } else { 0.0 };
    DistrictFacts {
        collected_percent: collected * 100.0,
        readings: district.times_s.len() as u64,
        monthly_loss_percent: monthly_loss(district),
    }
}

/// The smallest and the largest loss of a month: 1 − Σ(customers)/head between two times at which every register was read. Where the readings are
/// shorter than a month, of all of them.
fn monthly_loss(district: &District) -> Option<(f64, f64)> {
    let whole = |at: &usize| {
        let read = |values: &Vec<f64>| values.get(*at).is_some_and(|value| !value.is_nan());
        read(&district.head_kwh) && district.meters.iter().all(|meter| read(&meter.register_kwh))
    };
    let whole: Vec<usize> = (0..district.times_s.len()).filter(whole).collect();
    let loss = |from: usize, to: usize| {
        let used = |values: &Vec<f64>| Some(values.get(to)? - values.get(from)?);
        let head = used(&district.head_kwh)?;
        let customers = district.meters.iter().map(|meter| used(&meter.register_kwh)).sum::<Option<f64>>()?;
        (head > 0.0).then(|| (1.0 - customers / head) * 100.0)
    };
    let time = |at: usize| district.times_s.get(at).copied().unwrap_or_default();
    let (first, last) = (*whole.first()?, *whole.last()?);
    let mut losses = Vec::new();
    let mut from = first;
    for at in whole.iter().copied() {
        if time(at) - time(from) >= MONTH_S {
            losses.extend(loss(from, at));
            from = at;
        }
    }
    if losses.is_empty() {
        losses.extend(loss(first, last));
    }
    let low = losses.iter().copied().reduce(f64::min)?;
    Some((low, losses.iter().copied().reduce(f64::max)?))
}
