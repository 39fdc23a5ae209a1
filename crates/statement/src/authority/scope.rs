//! Whether an authorization covers what is done: which rule, which instrument, over which range, how well.

use std::cmp::Ordering;

use heng_quantity::{Decimal, Reported, Uncertainty, Unit};
use heng_rule::{Cell, PointResult};

use crate::{Certificate, Scope};

/// What is done, as far as a scope can limit it. What is absent is not asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The rule applied, for example `jjg-539-2016`.
    pub rule: Option<String>,
    /// The kind of quantity, for example `mass`.
    pub quantity: Option<String>,
    /// The kind of instrument.
    pub instrument: Option<String>,
    /// The class of the instrument, as the rule names it.
    pub class: Option<String>,
    /// The smallest value.
    pub from: Option<Reported>,
    /// The largest value.
    pub to: Option<Reported>,
    /// The smallest expanded uncertainty claimed.
    pub uncertainty: Option<Reported>,
    /// What was measured, point by point.
    pub points: Vec<Point>,
    /// The district, as a code of GB/T 2260.
    pub district: Option<String>,
}

/// One point of what was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What was set: load, pressure, nominal value …
    pub set: Vec<Reported>,
    /// What was observed.
    pub observed: Vec<Reported>,
    /// The uncertainty of the result, in the unit beside it.
    pub uncertainty: Option<(Uncertainty, Unit)>,
}

impl Subject {
    /// The application of a rule.
    pub fn rule(id: &str) -> Self {
        Self { rule: Some(id.to_owned()), ..Self::default() }
    }

    /// What happens in a district.
    pub fn district(code: &str) -> Self {
        Self { district: Some(code.to_owned()), ..Self::default() }
    }

    /// What a certificate says was done.
    pub fn of(certificate: &Certificate) -> Self {
        let class = match certificate.instrument.characteristics.get("class") {
            Some(Cell::Text(class)) => Some(class.clone()),
            _ => None,
        };
        Self {
            instrument: Some(certificate.instrument.kind.clone()),
            class,
            points: certificate.results.iter().flat_map(|item| &item.points).map(Point::of).collect(),
            ..Self::rule(&certificate.rule.id)
        }
    }

    /// The same of one point only.
    pub fn at(&self, point: &Point) -> Self {
        Self { points: vec![point.clone()], ..self.clone() }
    }

    /// The first point that none of these lines covers.
    pub fn first_outside(&self, scopes: &[&Scope]) -> Option<&Point> {
        let scopes: Vec<&Scope> = scopes.iter().copied().filter(|scope| self.is_within(scope)).collect();
        self.points.iter().find(|point| !point.is_covered_by(&scopes))
    }

    /// Whether a scope is of this rule, whatever else it says.
    pub(super) fn is_named_by(&self, scope: &Scope) -> bool {
        scope.district.is_none() && same(&self.rule, &scope.rule)
    }

    /// Whether the scopes cover it; an empty list covers everything. Each point must be within one of the lines, not all within the same.
    pub(super) fn is_covered_by(&self, scopes: &[Scope]) -> bool {
        if scopes.is_empty() {
            return true;
        }
        let within: Vec<&Scope> = scopes.iter().filter(|scope| self.is_within(scope)).collect();
        !within.is_empty() && self.points.iter().all(|point| point.is_covered_by(&within))
    }

    fn is_within(&self, scope: &Scope) -> bool {
        // A bound is compared only with what is asked; a value in a unit that cannot be compared is not covered.
        let ordered =
            |smaller: &Option<Reported>, larger: &Option<Reported>, compare: Comparison| match (smaller, larger) {
                (Some(smaller), Some(larger)) => {
                    matches!(compare(smaller, larger), Some(Ordering::Less | Ordering::Equal))
                }
                _ => true,
            };
        let of_class = |class: &String| scope.classes.is_empty() || scope.classes.contains(class);
        same(&self.rule, &scope.rule)
            && same(&self.quantity, &scope.quantity)
            && same(&self.district, &scope.district)
            && same(&self.instrument, &scope.instrument)
            && self.class.as_ref().is_none_or(of_class)
            && ordered(&scope.from, &self.from, Reported::order)
            && ordered(&scope.from, &self.to, Reported::order)
            && ordered(&self.from, &scope.to, Reported::order)
            && ordered(&self.to, &scope.to, Reported::order)
            && ordered(&scope.best_uncertainty, &self.uncertainty, Reported::order_of_differences)
    }
}

fn same(asked: &Option<String>, granted: &Option<String>) -> bool {
    match (asked, granted) {
        (Some(asked), Some(granted)) => asked == granted,
        _ => true,
    }
}

impl Point {
    fn of(result: &PointResult) -> Self {
        let stated = |named: &[heng_rule::Named]| named.iter().map(|one| one.quantity.clone()).collect();
        let found = &result.result.quantity;
        Self {
            set: stated(&result.conditions),
            observed: stated(&result.observed),
            uncertainty: found.uncertainty.clone().map(|stated| (stated, found.unit.of_difference())),
        }
    }

    /// A line limits the points of its own quantity. A point that no line is about (the clock of a charging pile) is not limited.
    fn is_covered_by(&self, scopes: &[&Scope]) -> bool {
        let mut about = scopes.iter().filter(|scope| !self.values_for(scope).is_empty()).peekable();
        about.peek().is_none() || about.any(|scope| self.is_within(scope))
    }

    /// The values that a line's range can be compared with: what was set, or, where that is of other quantities, what was observed. A line
    /// without a range is about every point.
    pub fn values_for(&self, scope: &Scope) -> Vec<&Reported> {
        let Some(bound) = scope.from.as_ref().or(scope.to.as_ref()) else {
            return self.set.iter().chain(&self.observed).collect();
        };
        let dimension = bound.unit.dimension();
        let of_line = |stated: &&Reported| stated.unit == bound.unit || stated.unit.dimension() == dimension;
        let set: Vec<&Reported> = self.set.iter().filter(of_line).collect();
        if set.is_empty() { self.observed.iter().filter(of_line).collect() } else { set }
    }

    fn is_within(&self, scope: &Scope) -> bool {
        let values = self.values_for(scope);
        let in_range = scope.from.is_none() && scope.to.is_none()
            || values.iter().all(|value| {
                let above = scope.from.as_ref().is_none_or(|from| from.order(value).is_some_and(Ordering::is_le));
                let below = scope.to.as_ref().is_none_or(|to| value.order(to).is_some_and(Ordering::is_le));
                above && below
            });
        in_range && self.claims_no_better_than(scope, &values)
    }

    /// Whether what is claimed is no better than what the line allows: u ≥ U_best/k, or relative to the value where one of both is so stated.
    /// An uncertainty of another quantity is not compared.
    fn claims_no_better_than(&self, scope: &Scope, values: &[&Reported]) -> bool {
        let (Some((claimed, unit)), Some(best)) = (&self.uncertainty, &scope.best_uncertainty) else { return true };
        let one = Decimal::one();
        let (claimed, factor) = match (claimed.standard_exact(), claimed, &scope.coverage_factor) {
            (Some(standard), _, Some(factor)) => (standard, factor),
            // Where the line states no k, it means the one that is stated.
            (Some(standard), Uncertainty::Expanded { coverage_factor, .. }, None) => (standard, coverage_factor),
            (Some(standard), _, None) => (standard, &one),
            (None, ..) => return true,
        };
        let claimed = claimed * factor.to_rational();
        let best_unit = best.unit.of_difference();
        if let Ok(conversion) = unit.conversion_to(&best_unit) {
            return claimed * conversion.factor() >= best.value.to_rational();
        }
        let relative = Unit::one();
        let share = |unit: &Unit| unit.conversion_to(&relative).ok().map(|conversion| conversion.factor().clone());
        values.iter().all(|value| {
            let size = |unit: &Unit| Some(value.unit.conversion_to(unit).ok()?.difference(&value.value.abs()));
            match (share(unit), share(&best_unit)) {
                (None, Some(share)) => {
                    size(unit).is_none_or(|size| claimed.clone() >= best.value.to_rational() * share * size)
                }
                (Some(share), None) => {
                    size(&best_unit).is_none_or(|size| claimed.clone() * share * size >= best.value.to_rational())
                }
                _ => true,
            }
        })
    }
}

type Comparison = fn(&Reported, &Reported) -> Option<Ordering>;
