//! Whether a plan holds together: everything it names exists, units agree, shares add up, nothing rests on itself.

use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::{Decimal, Finding};
use num_rational::BigRational;

use super::read::Plan;
use super::stated::Stated;
use super::text::EvidenceKind;
use super::unit::PlanUnit;
use super::{measure, references};

/// Everything that is wrong with a plan.
pub(super) fn check(plan: &Plan, findings: &mut Vec<Finding>) {
    doubled(plan, findings);
    regions(plan, findings);
    references::check(plan, findings);
    rows(plan, findings);
    figures(plan, findings);
    units(plan, findings);
    cycles(plan, findings);
    shares(plan, findings);
    super::conflict::check(plan, findings);
}

/// Identifiers that stand twice.
fn doubled(plan: &Plan, findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    let mut once = |scope: &'static str, file: usize, id: &Stated| {
        if !seen.insert((scope, id.to_string())) {
            findings.push(plan.finding("plan-id-twice", file, id).with("id", &**id));
        }
    };
    plan.documents.iter().for_each(|entry| once("document", entry.file, &entry.id));
    plan.services.iter().for_each(|entry| once("service", entry.file, &entry.id));
    plan.groups.iter().for_each(|entry| once("group", entry.file, &entry.id));
    plan.rows.iter().for_each(|entry| once("row", entry.file, &entry.id));
    plan.evidence.iter().for_each(|entry| once("evidence", entry.file, &entry.id));
    plan.indicators.iter().for_each(|entry| once("indicator", entry.file, &entry.id));
    plan.conflicts.iter().for_each(|entry| once("conflict", entry.file, &entry.id));
    let mut names = BTreeSet::new();
    for body in &plan.bodies {
        for name in std::iter::once(&body.name).chain(&body.aliases) {
            if !names.insert((body.region.as_str(), name.to_string())) {
                findings.push(plan.finding("plan-id-twice", body.file, name).with("id", &**name));
            }
        }
    }
}

/// Regions whose districts no code can begin with.
fn regions(plan: &Plan, findings: &mut Vec<Finding>) {
    for code in plan.regions.values() {
        if code.is_empty() || !code.bytes().all(|digit| digit.is_ascii_digit()) {
            findings.push(plan.finding("plan-region-code", code.file, code).with("code", &***code));
        }
    }
}

/// Rows without words or without an answer how they are served.
fn rows(plan: &Plan, findings: &mut Vec<Finding>) {
    for row in &plan.rows {
        let at = |code: &str, place: &Stated| plan.finding(code, row.file, place).with("row", &*row.id);
        match &row.service {
            None => findings.push(at("plan-row-without-service", &row.id)),
            Some(service) if plan.service(service).is_none() => {
                findings.push(at("plan-service-unknown", service).with("service", &**service));
            }
            Some(_) => {}
        }
        if row.quotes.is_empty() {
            findings.push(at("plan-quote-missing", &row.id));
        }
        if let Some(under) = &row.under
            && plan.rows.iter().all(|other| *other.id != **under)
        {
            findings.push(at("plan-row-unknown", under).with("under", &**under));
        }
    }
}

/// Figures that are none, and goals that say nothing.
fn figures(plan: &Plan, findings: &mut Vec<Finding>) {
    for indicator in &plan.indicators {
        let base = indicator.base.iter().map(|base| &base.value);
        for figure in base.chain(&indicator.goal.value) {
            if figure.parse::<Decimal>().is_err() {
                let finding = plan.finding("plan-figure-unreadable", indicator.file, figure);
                findings.push(finding.with("figure", &**figure));
            }
        }
        if indicator.quotes.is_empty() {
            let finding = plan.finding("plan-quote-missing", indicator.file, &indicator.id);
            findings.push(finding.with("row", &*indicator.id));
        }
    }
    for kind in &plan.evidence {
        for unit in kind.numbers.values().filter(|unit| PlanUnit::named(unit).is_none()) {
            findings.push(plan.finding("plan-unit-unknown", kind.file, unit).with("unit", &**unit));
        }
    }
}

/// Measures that ask for what there is not, or give another unit than the indicator's.
fn units(plan: &Plan, findings: &mut Vec<Finding>) {
    let kinds: BTreeMap<&str, &EvidenceKind> = plan.evidence.iter().map(|kind| (&*kind.id, &**kind)).collect();
    for indicator in &plan.indicators {
        let Some(stated) = PlanUnit::named(&indicator.unit) else {
            let finding = plan.finding("plan-unit-unknown", indicator.file, &indicator.unit);
            findings.push(finding.with("unit", &*indicator.unit));
            continue;
        };
        let (Some(text), Some(measure)) = (&indicator.measure, plan.measure(&indicator.id)) else { continue };
        match measure.unit(&kinds, &|id| plan.unit(id)) {
            Ok(given) if given != stated => {
                let finding = plan.finding("plan-unit-wrong", indicator.file, &indicator.unit);
                findings.push(finding.with("indicator", &*indicator.id).with("stated", stated).with("given", given));
            }
            Ok(_) => {}
            Err(fault) => {
                let finding = plan.finding_at(fault.code, indicator.file, measure::place(text, fault.at));
                findings.push(finding.with("indicator", &*indicator.id).with("asked", fault.asked));
            }
        }
    }
}

/// Indicators and rows that rest on themselves.
fn cycles(plan: &Plan, findings: &mut Vec<Finding>) {
    let indicators: BTreeMap<String, Vec<String>> = plan
        .indicators
        .iter()
        .filter_map(|indicator| {
            let named = plan.measure(&indicator.id)?.named();
            Some((indicator.id.to_string(), named.into_iter().map(|(id, _)| id.to_owned()).collect()))
        })
        .collect();
    for indicator in plan.indicators.iter().filter(|indicator| rests_on_itself(&indicator.id, &indicators)) {
        let place = indicator.measure.as_ref().unwrap_or(&indicator.id);
        findings.push(plan.finding("plan-cycle", indicator.file, place).with("id", &*indicator.id));
    }
    let rows: BTreeMap<String, Vec<String>> = plan
        .rows
        .iter()
        .map(|row| (row.id.to_string(), row.under.iter().map(|under| (**under).to_owned()).collect()))
        .collect();
    for row in plan.rows.iter().filter(|row| rests_on_itself(&row.id, &rows)) {
        let place = row.under.as_ref().unwrap_or(&row.id);
        findings.push(plan.finding("plan-cycle", row.file, place).with("id", &*row.id));
    }
}

/// Whether following names from one leads back to it.
fn rests_on_itself(id: &str, named: &BTreeMap<String, Vec<String>>) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<&String> = named.get(id).into_iter().flatten().collect();
    while let Some(next) = waiting.pop() {
        if next == id {
            return true;
        }
        if seen.insert(next) {
            waiting.extend(named.get(next).into_iter().flatten());
        }
    }
    false
}

/// Shares whose sum is not the goal that they divide. A share of a percentage is no part of it, and so is refused.
fn shares(plan: &Plan, findings: &mut Vec<Finding>) {
    let mut sums: BTreeMap<&str, (BigRational, usize, &Stated)> = BTreeMap::new();
    for share in &plan.shares {
        let Some(indicator) = plan.indicator(&share.indicator) else {
            let finding = plan.finding("plan-indicator-unknown", share.file, &share.indicator);
            findings.push(finding.with("asked", &*share.indicator).with("indicator", ""));
            continue;
        };
        let region = indicator.quotes.first().and_then(|quote| plan.document(&quote.document));
        if region.is_none_or(|document| plan.body(&document.region, &share.body).is_none()) {
            findings.push(plan.finding("plan-body-unknown", share.file, &share.body).with("body", &*share.body));
        }
        if PlanUnit::named(&indicator.unit) == Some(PlanUnit::Percent) {
            findings
                .push(plan.finding("plan-share-of-percent", share.file, &share.indicator).with("id", &*indicator.id));
            continue;
        }
        let Ok(value) = share.value.parse::<Decimal>() else {
            let finding = plan.finding("plan-figure-unreadable", share.file, &share.value);
            findings.push(finding.with("figure", &*share.value));
            continue;
        };
        let zero = BigRational::from_integer(0.into());
        let sum = sums.entry(&share.indicator).or_insert((zero, share.file, &share.indicator));
        sum.0 += value.to_rational();
    }
    for (id, (sum, file, place)) in sums {
        let goal = plan.indicator(id).and_then(|indicator| indicator.goal_value());
        if goal.as_ref().map(Decimal::to_rational) != Some(sum.clone()) {
            let goal = goal.map(|goal| goal.to_string()).unwrap_or_default();
            let finding = plan.finding("plan-sum-unreconciled", file, place);
            findings.push(finding.with("id", id).with("sum", sum).with("goal", goal));
        }
    }
}
