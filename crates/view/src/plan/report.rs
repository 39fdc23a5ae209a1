//! A plan report: the figures of a plan on a day, and the statements that give them by themselves.

use std::collections::{BTreeMap, BTreeSet};

use heng_rule::plan::{Evidence, Plan, Standing};
use heng_statement::plan::ReportedFigure;
use jiff::civil::Date;
use num_rational::BigRational;

/// A figure as a report states it.
pub fn figure(plan: &Plan, standing: &Standing, evidence: &Evidence) -> ReportedFigure {
    let exact = |number: &BigRational| number.to_string();
    let unit = plan.indicator(&standing.id).map(|indicator| indicator.unit.to_string());
    ReportedFigure {
        indicator: standing.id.clone(),
        exact_value: standing.value.as_ref().map(exact),
        unit: unit.unwrap_or_default(),
        status: standing.status.code().to_owned(),
        exact_required_pace: standing.required_pace.as_ref().map(exact),
        evidence: u32::try_from(witnesses(plan, &standing.id, evidence, standing.as_of).len()).unwrap_or(u32::MAX),
    }
}

/// Every figure, in the order of the plan.
pub fn figures(plan: &Plan, evidence: &Evidence, day: Date) -> Vec<ReportedFigure> {
    let standings = plan.indicators.iter().filter_map(|indicator| plan.standing(&indicator.id, evidence, day));
    standings.map(|standing| figure(plan, &standing, evidence)).collect()
}

/// How many rows are served in which way.
pub fn rows(plan: &Plan) -> BTreeMap<String, u32> {
    let mut rows = BTreeMap::new();
    for row in &plan.rows {
        let service = row.service.as_ref().and_then(|service| plan.service(service));
        if let Some(service) = service {
            *rows.entry(service.kind.code().to_owned()).or_insert(0) += 1;
        }
    }
    rows
}

/// The statements that give an indicator's standing on a day by themselves.
pub fn witnesses(plan: &Plan, indicator: &str, evidence: &Evidence, day: Date) -> BTreeSet<String> {
    let facts = plan.witnesses(indicator, evidence, day);
    let of = facts.iter().filter_map(|place| evidence.facts().get(*place));
    let of = of.flat_map(|fact| fact.statements().chain(fact.context.iter().map(String::as_str)));
    of.map(str::to_owned).collect()
}
