//! Whether an uncertainty is small enough beside its limit, by each demand of the rule that asks for it.

use heng_quantity::{Decimal, Reported, Uncertainty, Unit};
use heng_uncertainty::{Condition, EvaluationError, Value};

use crate::rule::{Item, Rule};
use crate::{Citation, Limit, PointResult};

/// Which uncertainty a demand is about, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// The share of the measurement standards, for the work to be allowed.
    OfStandards,
    /// The whole uncertainty of the result, for the work to be allowed.
    OfResult,
    /// The whole uncertainty of the result, for the value alone to decide.
    ToDecide,
}

/// One demand, compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Sufficiency {
    /// What is demanded.
    pub demand: Demand,
    /// The condition on `U` and `mpev`, as the rule writes it.
    pub condition: String,
    /// U.
    pub expanded: Reported,
    /// The larger bound of the limit.
    pub mpev: Reported,
    /// Whether the condition holds.
    pub holds: bool,
    /// Where the demand comes from.
    pub citation: Citation,
}

impl Rule {
    /// Every demand on the uncertainty of a point, in the order of the rule file; none where there is no limit or no uncertainty.
    ///
    /// The share of the standards is summed from the budget as it is shown, whose lines have three digits.
    pub fn sufficiencies(&self, item: &Item, point: &PointResult) -> Vec<Sufficiency> {
        let Some(mpev) = point.limit.as_ref().and_then(Limit::larger_bound) else { return Vec::new() };
        let result = &point.result.quantity;
        let unit = result.unit.of_difference();
        let whole = match &result.uncertainty {
            Some(Uncertainty::Expanded { value, .. }) => Some(value.clone()),
            _ => None,
        };
        let of_standards = self.share_of_standards(item, point);
        let text = &self.text;
        let standard = text.standard.as_ref().map(|one| (Demand::OfStandards, &one.sufficient, &one.cite));
        let result = text.uncertainty.as_ref().map(|one| (Demand::OfResult, &one.sufficient, &one.cite));
        let decision = text.decision.as_ref().map(|one| (Demand::ToDecide, &one.simple_where, &one.cite));
        let compared = |(demand, condition, cite): (Demand, &Condition, &String)| {
            let expanded = if demand == Demand::OfStandards { of_standards.clone() } else { whole.clone() }?;
            // A rule that decides so everywhere, or nowhere, compares nothing.
            condition.names().iter().any(|name| name == "U").then_some(())?;
            Some(Sufficiency {
                demand,
                condition: condition.text().to_owned(),
                holds: holds(condition, (&expanded, &mpev), &unit).ok()?,
                expanded: Reported { value: expanded, unit: unit.clone(), uncertainty: None },
                mpev: Reported { value: mpev.clone(), unit: unit.clone(), uncertainty: None },
                citation: self.citation(cite),
            })
        };
        [standard, result, decision].into_iter().flatten().filter_map(compared).collect()
    }

    /// k times the root of the sum of squares of what the standards contribute.
    fn share_of_standards(&self, item: &Item, point: &PointResult) -> Option<Decimal> {
        let is_standard = |name: &str| item.input.iter().any(|input| input.name == name && input.standard.is_some());
        let lines = point.budget.iter().filter(|line| is_standard(&line.input));
        let squares: Vec<f64> = lines.map(|line| line.contribution.value.to_f64()).map(|one| one * one).collect();
        let factor = match &point.result.quantity.uncertainty {
            Some(Uncertainty::Expanded { coverage_factor, .. }) => coverage_factor.to_f64(),
            _ => return None,
        };
        let exact = Decimal::from_f64(factor * libm::sqrt(squares.iter().sum()))?;
        let place = exact.leading_exponent()? - 2;
        (!squares.is_empty()).then(|| exact.rounded(place, heng_quantity::RoundingRule::Gbt8170).normalized())
    }
}

/// Whether a condition on `U` and `mpev`, both in this unit, holds.
pub(crate) fn holds(
    condition: &Condition,
    (expanded, mpev): (&Decimal, &Decimal),
    unit: &Unit,
) -> Result<bool, EvaluationError> {
    let lookup = |name: &str| {
        let value = match name {
            "U" => expanded.clone(),
            "mpev" => mpev.clone(),
            _ => return None,
        };
        Some(Value::Quantity { value, unit: unit.clone() })
    };
    condition.evaluate(&lookup)
}
