//! How a plan stands, as programs read it: the same from the command line and from the interface.

use std::collections::BTreeMap;

use heng_quantity::decimal::rational_to_f64;
use heng_rule::plan::cover::Bound;
use heng_rule::plan::{BodyShare, By, Evidence, Fact, Plan, Row, Standing, Status};
use heng_rule::{RuleSet, Words};
use heng_view::Inventory;
use heng_view::plan::{Product, uses};
use jiff::civil::Date;
use num_rational::BigRational;
use serde_json::{Value, json};

/// Which part of a plan is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// This row or indicator alone.
    pub row: Option<&'a str>,
    /// What this body is responsible for.
    pub body: Option<&'a str>,
}

impl Asked<'_> {
    /// Whether a row is asked for.
    pub fn wants(&self, plan: &Plan, row: &Row) -> bool {
        let of_body =
            |name: &str| row.quotes.iter().flat_map(|quote| plan.responsible(quote)).any(|duty| duty.body == name);
        self.row.is_none_or(|id| *row.id == *id) && self.body.is_none_or(of_body)
    }

    /// Whether an indicator is asked for.
    pub fn wants_indicator(&self, plan: &Plan, id: &str) -> bool {
        let of_body = |name: &str| {
            let indicator = plan.indicator(id);
            let quotes = indicator.into_iter().flat_map(|indicator| &indicator.quotes);
            quotes.flat_map(|quote| plan.responsible(quote)).any(|duty| duty.body == name)
        };
        self.row.is_none_or(|asked| asked == id) && self.body.is_none_or(of_body)
    }
}

/// The status of a plan: `rows` and `indicators`, and where a body is asked for `shares`, its parts of goals.
pub fn status(plan: &Plan, evidence: &Evidence, as_of: Date, asked: Asked<'_>) -> Value {
    let rows: Vec<Value> =
        plan.rows.iter().filter(|row| asked.wants(plan, row)).map(|entry| row(plan, entry)).collect();
    let wanted = plan.indicators.iter().filter(|one| asked.wants_indicator(plan, &one.id));
    let standings = wanted.filter_map(|one| plan.standing(&one.id, evidence, as_of));
    let mut value = json!({
        "plan": plan.id,
        "title": plan.title,
        "as_of": as_of,
        "rows": rows,
        "indicators": standings.map(|one| indicator(plan, &one, evidence)).collect::<Vec<_>>(),
    });
    if let (Value::Object(all), Some(body)) = (&mut value, asked.body) {
        all.insert("shares".to_owned(), shares_of(plan, body, evidence, as_of));
    }
    value
}

/// A row: what it asks for and how it is served.
pub fn row(plan: &Plan, row: &Row) -> Value {
    let service = row.service.as_ref().and_then(|service| plan.service(service));
    let mut duties: Vec<_> = row.quotes.iter().flat_map(|quote| plan.responsible(quote)).collect();
    duties.sort_by(|one, two| (one.part, &one.body).cmp(&(two.part, &two.body)));
    duties.dedup();
    json!({
        "id": &*row.id,
        "asks": row.asks,
        "status": service.map_or("not-yet", |service| service.kind.code()),
        "served_by": service.and_then(|service| service.place.clone()),
        "why": service.map(|service| &service.why),
        "confidence": row.confidence,
        "responsible": duties.iter().map(|duty| json!({ "body": duty.body, "part": duty.part.code() })).collect::<Vec<_>>(),
        "quotes": row.quotes.iter().map(|quote| json!({
            "document": &*quote.document, "section": &*quote.section, "text": &*quote.text, "reads": quote.reads,
        })).collect::<Vec<_>>(),
    })
}

/// An indicator as it stands.
pub fn indicator(plan: &Plan, standing: &Standing, evidence: &Evidence) -> Value {
    let stated = plan.indicator(&standing.id);
    let goal = stated.and_then(|stated| Some(stated.goal_value()?.to_rational()));
    json!({
        "id": standing.id,
        "name": stated.map(|stated| &stated.name),
        "as_of": standing.as_of,
        "value": standing.value.as_ref().map(number),
        "exact_value": standing.value.as_ref().map(ToString::to_string),
        "unit": stated.map(|stated| &*stated.unit),
        "status": standing.status.code(),
        "base": stated.and_then(|stated| stated.base.as_ref()).map(|base| json!({ "value": &*base.value, "year": base.year })),
        "base_without_evidence": standing.base_without_evidence.as_ref().map(number),
        "goal": goal.as_ref().map(number),
        "goal_year": stated.and_then(|stated| stated.goal.year),
        "goal_year_inferred": stated.map(|stated| stated.goal.inferred),
        "to_go": standing.to_go.as_ref().map(number),
        "planned_pace": standing.planned_pace.as_ref().map(number),
        "required_pace": standing.required_pace.as_ref().map(number),
        "achieved_pace": standing.achieved_pace.as_ref().map(number),
        "forecast": standing.forecast.map(|band| json!({ "expected": band.expected, "low": band.low, "high": band.high })),
        "yearly": standing.yearly.iter().map(|(year, value)| json!({ "year": year, "value": number(value) })).collect::<Vec<_>>(),
        "definition": stated.map(|stated| stated.definition),
        "evidence": standing.amount.statements(evidence).len(),
        "gaps": standing.amount.gaps.len(),
    })
}

/// Why an indicator stands as it does: its measure, its evidence by subject, its gaps by name, its parts, and what would change it.
pub fn why(plan: &Plan, standing: &Standing, evidence: &Evidence, name_of: &dyn Fn(&str) -> Option<Words>) -> Value {
    let stated = plan.indicator(&standing.id);
    let facts = standing.amount.facts.iter().filter_map(|place| evidence.facts().get(*place));
    let fact = |fact: &Fact| {
        json!({
            "kind": fact.kind, "subject": fact.subject, "name": name_of(&fact.subject), "district": fact.district,
            "from": fact.from, "through": fact.until, "words": fact.words, "numbers": fact.numbers,
            "statements": fact.statements().collect::<Vec<_>>(),
        })
    };
    let gaps = standing.amount.gaps.iter().map(|gap| json!({ "subject": gap, "name": name_of(gap) }));
    let mut value = indicator(plan, standing, evidence);
    let more = json!({
        "measure": stated.and_then(|stated| stated.measure.as_ref()).map(|measure| measure.to_string()),
        "remark": stated.and_then(|stated| stated.remark.clone()),
        "quotes": stated.map(|stated| stated.quotes.iter().map(|quote| json!({
            "document": &*quote.document, "section": &*quote.section, "text": &*quote.text, "reads": quote.reads,
        })).collect::<Vec<_>>()),
        "facts": facts.map(fact).collect::<Vec<_>>(),
        "gap_list": gaps.collect::<Vec<_>>(),
        "closing": closing(plan, standing, evidence, name_of),
        "lapses": standing.amount.lapses.as_ref().map(|(day, subject)| json!({ "through": day, "subject": subject })),
        "districts": parts(plan, standing, evidence),
        "shares": shares(plan, standing, evidence),
    });
    if let (Value::Object(all), Value::Object(more)) = (&mut value, more) {
        all.extend(more);
    }
    value
}

/// The cheapest proposals that would close the gaps, and how sure that is.
fn closing(plan: &Plan, standing: &Standing, evidence: &Evidence, name_of: &dyn Fn(&str) -> Option<Words>) -> Value {
    let Some(set) = plan.closing(&standing.id, evidence, standing.as_of) else { return Value::Null };
    let bound = match set.bound {
        Bound::Exact => 1.0,
        Bound::Greedy { factor, .. } => factor,
    };
    json!({
        "chosen": set.chosen.iter().map(|id| json!({ "subject": id, "name": name_of(id) })).collect::<Vec<_>>(),
        "cost": set.cost,
        "at_most_times_the_cheapest": bound,
        "not_proposed": set.impossible,
    })
}

/// The figure taken apart by district, and whether the parts add up to it again.
fn parts(plan: &Plan, standing: &Standing, evidence: &Evidence) -> Value {
    let Some(parts) = plan.parts(&standing.id, evidence, standing.as_of, By::District) else { return Value::Null };
    let each = parts.parts.iter().map(|(district, amount)| {
        json!({ "district": district, "part": amount.part.to_string(), "whole": amount.whole.as_ref().map(ToString::to_string) })
    });
    json!({
        "parts": each.collect::<Vec<_>>(),
        "reconcile": parts.reconcile(),
        "difference": parts.difference.to_string(),
    })
}

/// The goal divided among bodies, what is evidenced of each, and whether both add up again; null where the plan does not divide it.
fn shares(plan: &Plan, standing: &Standing, evidence: &Evidence) -> Value {
    let Some(shares) = plan.shares(&standing.id, evidence, standing.as_of) else { return Value::Null };
    json!({
        "bodies": shares.bodies.iter().map(|one| share("body", json!(one.body), one)).collect::<Vec<_>>(),
        "sum": shares.sum.to_string(),
        "goal": shares.goal.as_ref().map(ToString::to_string),
        "reconcile": shares.reconcile(),
        "difference": shares.difference.to_string(),
    })
}

/// The parts of goals that the plan gives a body.
fn shares_of(plan: &Plan, body: &str, evidence: &Evidence, as_of: Date) -> Value {
    let own = plan.shared_with(body).filter_map(|id| {
        let shares = plan.shares(id, evidence, as_of)?;
        let one = shares.bodies.iter().find(|one| one.body.as_deref() == Some(body))?;
        Some(share("indicator", json!(id), one))
    });
    own.collect()
}

/// A part of a goal beside what is evidenced of it, as exact fractions; `key` says whose or of what it is.
fn share(key: &str, of: Value, one: &BodyShare) -> Value {
    json!({
        key: of,
        "share": one.share.as_ref().map(ToString::to_string),
        "value": one.amount.value().as_ref().map(ToString::to_string),
        "status": one.status.map(Status::code),
    })
}

/// A number that programs compare: the exact fraction stands beside it.
fn number(exact: &BigRational) -> f64 {
    rational_to_f64(exact)
}

/// What the forecasts of a product were worth.
pub fn product(product: &Product) -> Value {
    let counts: BTreeMap<&str, u64> = product.counts.iter().map(|(outcome, count)| (outcome.code(), *count)).collect();
    let scores: BTreeMap<&str, Option<f64>> = product.scores().into();
    json!({
        "product": product.name, "counts": counts, "scores": scores,
        "mean_lead_minutes": product.mean_lead_minutes(), "forecasts": product.forecasts,
    })
}

/// The norms that have a stage or were used by a day, or one of them: how often each was used, and what was said of its clauses.
pub fn norms(inventory: &Inventory, rules: &RuleSet, day: Date, asked: Option<&str>) -> Vec<Value> {
    let log = inventory.plan();
    let mut all = uses(inventory, rules, day);
    for (number, norm) in log.norms() {
        if norm.at(day).is_some() {
            all.entry(number.to_owned()).or_insert(0);
        }
    }
    all.retain(|norm, _| asked.is_none_or(|asked| asked == norm));
    let of = |(norm, count): (&String, &u64)| {
        let staged = log.norm(norm).and_then(|norm| norm.at(day));
        let said = log.feedback().iter().filter(|one| one.feedback.norm == *norm && one.said.stands(day));
        let feedback = said.map(|one| {
            let feedback = &one.feedback;
            json!({ "clause": feedback.clause, "text": feedback.text, "used_in": feedback.used_in, "by": one.said.issuer })
        });
        json!({
            "norm": norm, "used": count, "stage": staged.map(|one| one.stage.stage.code()),
            "since": staged.map(|one| one.stage.on), "review_due": staged.and_then(|one| one.stage.review_due),
            "feedback": feedback.collect::<Vec<_>>(),
        })
    };
    all.iter().map(of).collect()
}
