//! A result against its limit.

use heng_quantity::{Decimal, Reported, RoundingRule, Uncertainty, Unit};
use heng_uncertainty::{Condition, EvaluationError, Expression, Value};

use crate::evaluate::Names;
use crate::point::Bench;
use crate::refusal::Refusal;
use crate::rule::LimitText;
use crate::sufficiency::holds;
use crate::{Limit, Outcome, Rule};

/// Digits kept of a limit that is no finite decimal, such as a third.
const DIGITS: i32 = 12;

impl Rule {
    /// The limit that an item sets for instruments of which no more is known than some words, such as their class; in a unit. Nothing where the
    /// rule has no such item or the item no limit.
    ///
    /// # Errors
    /// The limit depends on what is not known, or has another dimension.
    pub fn limit_of(&self, item: &str, words: &[(&str, &str)], unit: &Unit) -> Result<Option<Limit>, Refusal> {
        let Some(item) = self.items().iter().find(|known| known.name == item) else { return Ok(None) };
        let names = words.iter().map(|(name, word)| ((*name).to_owned(), Value::Text((*word).to_owned()))).collect();
        let bench = Bench { rule: self, item, names: &names, standards: &[], line: None };
        let zero = Reported { value: Decimal::zero(), unit: unit.clone(), uncertainty: None };
        limit(&bench, &names, &zero)
    }
}

/// The first limit that applies, in the unit of the result.
pub(crate) fn limit(bench: &Bench<'_>, names: &Names, result: &Reported) -> Result<Option<Limit>, Refusal> {
    let lookup = |name: &str| names.get(name).cloned();
    let failed = |reason: &dyn std::fmt::Display| {
        Refusal::new("limit-not-evaluable").with("item", &bench.item.name).with("reason", reason)
    };
    for text in &bench.item.limit {
        let applies = match &text.when {
            Some(when) => when.evaluate(&lookup).map_err(|error| failed(&error))?,
            None => true,
        };
        if !applies {
            continue;
        }
        // A limit that a table gives applies where the table has a figure.
        let Some(names) = with_tables(bench, text, names).map_err(|error| failed(&error))? else { continue };
        let names = &names;
        let bound = |expression: &Option<Expression>| match expression {
            Some(expression) => {
                value(expression, text, names, &result.unit).map(Some).map_err(|reason| failed(&reason))
            }
            None => Ok(None),
        };
        return Ok(Some(Limit {
            lower: bound(&text.lower)?,
            upper: bound(&text.upper)?,
            citation: bench.rule.citation(&text.cite),
        }));
    }
    if bench.item.limit.is_empty() {
        Ok(None)
    } else {
        Err(Refusal::new("limit-missing").with("item", &bench.item.name))
    }
}

/// The names with the figures of the tables that a limit uses; nothing where a table has none.
fn with_tables(bench: &Bench<'_>, text: &LimitText, names: &Names) -> Result<Option<Names>, EvaluationError> {
    let mut with = names.clone();
    for name in [&text.lower, &text.upper].into_iter().flatten().flat_map(Expression::names) {
        let Some(table) = bench.rule.text.table.get(name) else { continue };
        match table.value(names)? {
            Some(figure) => with.insert(name.clone(), figure),
            None => return Ok(None),
        };
    }
    Ok(Some(with))
}

fn value(expression: &Expression, text: &LimitText, names: &Names, unit: &Unit) -> Result<Reported, String> {
    let found = expression.evaluate_exact(&|name| names.get(name).cloned()).map_err(|error| error.to_string())?;
    // A bare number is in the unit that the rule says, else in the result's.
    let stated = match &text.unit {
        Some(stated) if found.unit == Unit::one() => stated,
        _ if found.unit == Unit::one() && unit.dimension() != Unit::one().dimension() => unit,
        _ => &found.unit,
    };
    let conversion = stated.conversion_to(unit).map_err(|error| error.to_string())?;
    let exact = &found.value * conversion.factor();
    let value = Decimal::from_rational(&exact).unwrap_or_else(|| {
        let near = Decimal::from_f64(heng_quantity::decimal::rational_to_f64(&exact));
        let leading = near.and_then(|near| near.leading_exponent()).unwrap_or(0);
        Decimal::from_rational_rounded(&exact, leading - DIGITS, RoundingRule::Gbt8170)
    });
    Ok(Reported { value, unit: unit.clone(), uncertainty: None })
}

/// What the comparison gives, and whether the standard was good enough to make it.
pub(crate) fn outcome(
    bench: &Bench<'_>,
    result: &Reported,
    limit: Option<&Limit>,
    of_standards: Option<f64>,
) -> Result<(Option<Outcome>, Option<Refusal>), Refusal> {
    let Some(limit) = limit else { return Ok((None, None)) };
    let expanded = match &result.uncertainty {
        Some(Uncertainty::Expanded { value, .. }) => value.clone(),
        _ => Decimal::zero(),
    };
    let Some(mpev) = limit.larger_bound() else { return Ok((None, None)) };
    let unit = result.unit.of_difference();
    let holds = |condition: &Condition, u: &Decimal| {
        holds(condition, (u, &mpev), &unit)
            .map_err(|error| Refusal::new("limit-not-evaluable").with("item", &bench.item.name).with("reason", error))
    };
    let mut refusal = None;
    if let (Some(demand), Some(share)) = (&bench.rule.text.standard, of_standards.and_then(Decimal::from_f64))
        && !holds(&demand.sufficient, &share)?
    {
        let shown = share.rounded(share.leading_exponent().unwrap_or(0) - 1, RoundingRule::Gbt8170);
        let facts = Refusal::new("standard-uncertainty").with("item", &bench.item.name).with("U", shown);
        refusal = Some(
            facts
                .with("mpev", mpev.clone())
                .with("unit", result.unit.symbol())
                .under(bench.rule.citation(&demand.cite)),
        );
    }
    if let Some(demand) = &bench.rule.text.uncertainty
        && refusal.is_none()
        && !holds(&demand.sufficient, &expanded)?
    {
        let facts = Refusal::new("result-uncertainty").with("item", &bench.item.name).with("U", expanded.clone());
        refusal = Some(
            facts
                .with("mpev", mpev.clone())
                .with("unit", result.unit.symbol())
                .under(bench.rule.citation(&demand.cite)),
        );
    }
    let simple = match &bench.rule.text.decision {
        Some(decision) => holds(&decision.simple_where, &expanded)?,
        None => true,
    };
    let margin = if simple { Decimal::zero() } else { expanded };
    let outcome = if limit.is_kept_by(&result.value, &margin) {
        Outcome::Conforms
    } else if simple || !limit.is_kept_by(&result.value, &-&margin) {
        Outcome::DoesNotConform
    } else {
        Outcome::NotDecidable
    };
    Ok((Some(outcome), refusal))
}
