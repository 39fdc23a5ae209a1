//! A rule run over a record: results with their uncertainties and limits, and the verdict.

use std::collections::BTreeMap;

use heng_quantity::{Finding, Reported};
use heng_uncertainty::Value;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::line::LineInputs;
use crate::point::{Bench, points};
use crate::refusal::Refusal;
use crate::rule::{Disseminates, Item, Rule, RuleKind};
use crate::standards::{Dissemination, StandardFacts, comparison};
use crate::{Cell, ItemResult, Named, Occasion, Outcome, Record, Row, Verdict};

/// What a rule makes of a record. Refusals mean that no certificate may be issued; the results say as far as the rule came.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluated {
    /// Item by item.
    pub results: Vec<ItemResult>,
    /// The surroundings, in the rule's order.
    pub environment: Vec<Named>,
    /// The verdict of a verification.
    pub verdict: Option<Verdict>,
    /// Last day of validity, where the rule has an interval and the verdict is that it conforms.
    pub valid_through: Option<Date>,
    /// What the instrument can pass on as a standard.
    pub disseminates: Vec<Dissemination>,
    /// What the rule forbids.
    pub refusals: Vec<Refusal>,
    /// What the record says of itself.
    pub findings: Vec<Finding>,
}

/// Names and what they stand for: characteristics, columns, the occasion.
pub(crate) type Names = BTreeMap<String, Value>;

impl Rule {
    /// Evaluates a record: pure, and the same on every machine.
    pub fn evaluate(&self, record: &Record, standards: &[StandardFacts]) -> Evaluated {
        let mut evaluated = Evaluated {
            results: Vec::new(),
            environment: Vec::new(),
            verdict: None,
            valid_through: None,
            disseminates: Vec::new(),
            refusals: Vec::new(),
            findings: Vec::new(),
        };
        if !self.text.applies_to.contains(&record.instrument.kind) {
            let refusal =
                Refusal::new("kind-not-covered").with("kind", &record.instrument.kind).with("norm", &self.text.norm);
            evaluated.refusals.push(refusal);
            return evaluated;
        }
        let names = self.names(record, &mut evaluated.refusals);
        self.check_scope(&names, &mut evaluated.refusals);
        evaluated.environment = self.environment(record, &mut evaluated.refusals);
        evaluated.refusals.extend(standards.iter().filter_map(|facts| facts.out_of_date(record.performed_on)));
        for item in record
            .observations
            .keys()
            .filter(|name| !self.text.item.iter().any(|item| item.name == **name && item.observations_of.is_none()))
        {
            evaluated.refusals.push(Refusal::new("item-unknown").with("item", item));
        }
        for item in &self.text.item {
            let rows = record
                .observations
                .get(item.observations_of.as_ref().unwrap_or(&item.name))
                .map_or(&[][..], Vec::as_slice);
            match is_due(item, record.occasion, &names) {
                Ok(true) => {}
                Ok(false) => {
                    evaluated.leave_out(item, rows, self);
                    continue;
                }
                Err(error) => {
                    let refusal = Refusal::new("item-not-decidable").with("item", &item.title.zh);
                    let refusal = refusal.with("item-en", &item.title.en).with("reason", error);
                    evaluated.refusals.push(refusal.under(self.citation(&item.cite)));
                    continue;
                }
            }
            // What follows from a line alone has no rows of its own.
            let follows = [Row::new()];
            let rows = if item.line.is_some() && item.column.is_empty() { &follows[..] } else { rows };
            if rows.len() < item.rows.max(1) {
                if item.optional && rows.is_empty() {
                    evaluated.findings.push(of_item("item-left-out", item));
                } else {
                    let refusal =
                        Refusal::new("item-missing").with("item", &item.title.zh).with("item-en", &item.title.en);
                    evaluated.refusals.push(refusal.with("rows", item.rows).under(self.citation(&item.cite)));
                }
                continue;
            }
            let line = match item.line.as_ref().map(|line| LineInputs::of(line, &item.name, record, &names)).transpose()
            {
                Ok(line) => line,
                Err(refusal) => {
                    evaluated.refusals.push(refusal.under(self.citation(&item.cite)));
                    continue;
                }
            };
            let bench = Bench { rule: self, item, names: &names, standards, line: line.as_ref() };
            evaluated.results.push(self.item(&bench, rows, &mut evaluated.refusals));
        }
        if self.text.kind == RuleKind::Verification {
            let verdict = self.verdict(record, &evaluated.results);
            if verdict.outcome == Outcome::Conforms {
                evaluated.valid_through = self.valid_through(record.performed_on, &names);
            }
            evaluated.verdict = Some(verdict);
        } else if self.text.validity.is_some() {
            evaluated.valid_through = self.valid_through(record.performed_on, &names);
        } else {
            evaluated.valid_through = record.recalibrate_by;
        }
        // What did not conform passes nothing on.
        if evaluated.verdict.as_ref().is_none_or(|verdict| verdict.outcome == Outcome::Conforms) {
            for disseminates in &self.text.disseminates {
                evaluated.disseminates.extend(passed_on(disseminates, &names, &evaluated.results));
            }
        }
        evaluated
    }

    fn item(&self, bench: &Bench<'_>, rows: &[Row], refusals: &mut Vec<Refusal>) -> ItemResult {
        let item = bench.item;
        let mut result = ItemResult {
            item: item.name.clone(),
            title: item.title.clone(),
            citation: self.citation(&item.cite),
            model: item.result.as_ref().map(|result| result.model.text().to_owned()),
            points: Vec::new(),
            outcome: None,
        };
        if item.result.is_some() {
            result.points = points(bench, rows, refusals);
            result.outcome = worst(result.points.iter().filter_map(|point| point.outcome));
        } else {
            let flags = rows.iter().flat_map(BTreeMap::values).filter_map(|cell| match cell {
                Cell::Flag(flag) => Some(*flag),
                _ => None,
            });
            result.outcome = worst(flags.map(|flag| if flag { Outcome::Conforms } else { Outcome::DoesNotConform }));
        }
        result
    }

    /// What the rule must know of the instrument, by name.
    pub(crate) fn names(&self, record: &Record, refusals: &mut Vec<Refusal>) -> Names {
        let mut names = Names::new();
        for wanted in &self.text.characteristic {
            let refusal = |code: &str| {
                Refusal::new(code).with("characteristic", &wanted.label.zh).with("characteristic-en", &wanted.label.en)
            };
            let value = match record.instrument.characteristics.get(&wanted.name) {
                None if wanted.optional => continue,
                None => {
                    refusals.push(refusal("characteristic-missing").with("name", &wanted.name));
                    continue;
                }
                Some(Cell::Text(word)) if wanted.unit.is_none() => {
                    if !wanted.words.is_empty() && !wanted.words.contains(word) {
                        refusals.push(
                            refusal("characteristic-unknown-word")
                                .with("word", word)
                                .with("known", wanted.words.join(" ")),
                        );
                    }
                    Value::Text(word.clone())
                }
                Some(Cell::Flag(flag)) if wanted.unit.is_none() => Value::Flag(*flag),
                Some(Cell::Quantity(quantity))
                    if wanted.unit.as_ref().is_some_and(|unit| unit.dimension() == quantity.unit.dimension()) =>
                {
                    Value::from(quantity)
                }
                Some(_) => {
                    let unit = wanted.unit.as_ref().map(ToString::to_string).unwrap_or_default();
                    refusals
                        .push(refusal("characteristic-of-other-kind").with("name", &wanted.name).with("unit", unit));
                    continue;
                }
            };
            names.insert(wanted.name.clone(), value);
        }
        let occasion = match record.occasion {
            Occasion::Initial => "initial",
            Occasion::Subsequent => "subsequent",
            Occasion::InService => "in-service",
            Occasion::Calibration => "calibration",
        };
        names.insert("occasion".to_owned(), Value::Text(occasion.to_owned()));
        names
    }

    /// The rule may apply to some instruments of a kind only.
    fn check_scope(&self, names: &Names, refusals: &mut Vec<Refusal>) {
        for scope in &self.text.scope {
            // What is missing was refused by name already.
            if !scope.when.evaluate(&|name| names.get(name).cloned()).unwrap_or(true) {
                let refusal = Refusal::new("outside-scope").with("norm", &self.text.norm);
                refusals.push(refusal.with("condition", scope.when.text()).under(self.citation(&scope.cite)));
            }
        }
    }

    fn environment(&self, record: &Record, refusals: &mut Vec<Refusal>) -> Vec<Named> {
        let mut found = Vec::new();
        for limit in &self.text.environment {
            let refusal = |code: &str| {
                let refusal = Refusal::new(code).with("name", &limit.label.zh).with("name-en", &limit.label.en);
                match &limit.cite {
                    Some(cite) => refusal.under(self.citation(cite)),
                    None => refusal,
                }
            };
            let Some(Cell::Quantity(quantity)) = record.environment.get(&limit.name) else {
                if limit.lower.is_some() || limit.upper.is_some() {
                    refusals.push(refusal("environment-missing"));
                }
                continue;
            };
            let order =
                |bound: &heng_quantity::Decimal| comparison((&quantity.value, &quantity.unit), (bound, &limit.unit));
            let below = limit.lower.as_ref().and_then(order).is_some_and(std::cmp::Ordering::is_lt);
            let above = limit.upper.as_ref().and_then(order).is_some_and(std::cmp::Ordering::is_gt);
            if below || above {
                refusals.push(refusal("environment-outside").with("value", quantity.value.clone()));
            }
            found.push(Named {
                name: limit.name.clone(),
                symbol: None,
                label: limit.label.clone(),
                quantity: quantity.clone(),
            });
        }
        found
    }

    fn verdict(&self, record: &Record, results: &[ItemResult]) -> Verdict {
        let because_of = results.iter().filter(|item| item.outcome.is_some_and(|outcome| outcome != Outcome::Conforms));
        let class = match record.instrument.characteristics.get("class") {
            Some(Cell::Text(class)) => Some(class.clone()),
            _ => None,
        };
        Verdict {
            outcome: worst(results.iter().filter_map(|item| item.outcome)).unwrap_or(Outcome::NotDecidable),
            rule: self.reference(),
            class,
            because_of: because_of.map(|item| item.item.clone()).collect(),
        }
    }

    /// The last day: the one before the same date so many months later.
    fn valid_through(&self, performed_on: Date, names: &Names) -> Option<Date> {
        let validity = self.text.validity.as_ref()?;
        let lookup = |name: &str| names.get(name).cloned();
        let interval = validity
            .interval
            .iter()
            .find(|interval| interval.when.as_ref().is_none_or(|when| when.evaluate(&lookup).unwrap_or(false)))?;
        performed_on.checked_add(interval.months.months()).ok()?.yesterday().ok()
    }
}

impl Evaluated {
    /// An item that is not due is said to be so; observations of it have no place in the certificate.
    fn leave_out(&mut self, item: &Item, rows: &[Row], rule: &Rule) {
        if rows.is_empty() || item.observations_of.is_some() {
            self.findings.push(of_item("item-not-due", item));
            return;
        }
        let refusal = Refusal::new("item-not-due").with("item", &item.title.zh).with("item-en", &item.title.en);
        self.refusals.push(refusal.under(rule.citation(&item.cite)));
    }
}

fn of_item(code: &str, item: &Item) -> Finding {
    Finding::info(code).with("item", &item.title.zh).with("item-en", &item.title.en)
}

/// Whether an item must be done on this occasion, for this instrument.
pub(crate) fn is_due(
    item: &Item,
    occasion: Occasion,
    names: &Names,
) -> Result<bool, heng_uncertainty::EvaluationError> {
    let by_instrument = item.when.as_ref().map_or(Ok(true), |when| when.evaluate(&|name| names.get(name).cloned()))?;
    Ok(by_instrument && (item.occasions.is_empty() || item.occasions.contains(&occasion)))
}

/// What fails decides; then what could not be decided.
pub(crate) fn worst(outcomes: impl Iterator<Item = Outcome>) -> Option<Outcome> {
    outcomes.max_by_key(|outcome| match outcome {
        Outcome::Conforms => 0,
        Outcome::NotDecidable => 1,
        Outcome::DoesNotConform => 2,
    })
}

/// What the instrument passes on: up to each calibrated point from the one before, with that point's uncertainty.
fn passed_on(disseminates: &Disseminates, names: &Names, results: &[ItemResult]) -> Vec<Dissemination> {
    let quantity = match names.get(&disseminates.quantity) {
        Some(Value::Text(quantity)) => quantity.clone(),
        _ => disseminates.quantity.clone(),
    };
    let Some(item) = results.iter().find(|item| item.item == disseminates.item) else { return Vec::new() };
    if let Some([from, to]) = &disseminates.range {
        return over_range(&quantity, names.get(from), names.get(to), item).into_iter().collect();
    }
    let mut passed: Vec<Dissemination> = Vec::new();
    let mut before: Option<Reported> = None;
    for (index, point) in item.points.iter().enumerate() {
        let mut columns = point.conditions.iter().chain(&point.observed);
        let stated = match &disseminates.value {
            Some(name) => columns.find(|named| named.name == *name).map(|named| &named.quantity),
            None => Some(&point.result.quantity),
        };
        let (Some(stated), Some(expanded_uncertainty)) = (stated, expanded(&point.result.quantity)) else { continue };
        let to = Reported { uncertainty: None, ..stated.clone() };
        let from = before.unwrap_or_else(|| to.clone());
        let is_certified = disseminates.certified_value.as_ref().is_some_and(|name| *name == point.result.name);
        let value = is_certified.then(|| Reported { uncertainty: None, ..point.result.quantity.clone() });
        passed.push(Dissemination {
            quantity: quantity.clone(),
            from,
            to: to.clone(),
            expanded_uncertainty,
            value,
            degrees_of_freedom: point.degrees_of_freedom.clone(),
            result: Some(format!("{}/{}", item.item, index + 1)),
        });
        before = Some(to);
    }
    passed
}

/// Over a range the largest uncertainty of all points holds.
fn over_range(quantity: &str, from: Option<&Value>, to: Option<&Value>, item: &ItemResult) -> Option<Dissemination> {
    let bound = |value: Option<&Value>| match value {
        Some(Value::Quantity { value, unit }) => {
            Some(Reported { value: value.clone(), unit: unit.clone(), uncertainty: None })
        }
        _ => None,
    };
    let of_points = item.points.iter().filter_map(|point| expanded(&point.result.quantity));
    Some(Dissemination {
        quantity: quantity.to_owned(),
        from: bound(from)?,
        to: bound(to)?,
        expanded_uncertainty: of_points.max_by(|left, right| left.value.numeric_cmp(&right.value))?,
        value: None,
        degrees_of_freedom: None,
        result: None,
    })
}

/// U as a value of its own, with its k and p.
fn expanded(result: &Reported) -> Option<Reported> {
    let uncertainty = result.uncertainty.as_ref()?;
    let heng_quantity::Uncertainty::Expanded { value, .. } = uncertainty else { return None };
    Some(Reported { value: value.clone(), unit: result.unit.of_difference(), uncertainty: Some(uncertainty.clone()) })
}
