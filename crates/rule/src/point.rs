//! The points of an item: each with its inputs, its result with uncertainty, its limit and what follows.

use std::collections::BTreeMap;

use heng_quantity::{Coverage, Decimal, Distribution, Estimate, Reported, RoundingRule, Uncertainty, Unit};
use heng_uncertainty::linear::{Line, OutputEvaluation};
use heng_uncertainty::{Correlations, Input, Shape, Value, evaluate_linear};

use crate::evaluate::Names;
use crate::limit::{limit, outcome};
use crate::line::LineInputs;
use crate::record::Input as Stated;
use crate::refusal::Refusal;
use crate::required::require;
use crate::rule::{
    Column, ColumnRole, DegreesOfFreedom, InputText, Item, LineText, ResultText, Rule, StatedUncertainty, Statistic,
};
use crate::standards::{Missing, StandardFacts, certified_value, of_best_standard};
use crate::trials::{BEYOND_LINEAR, by_trials};
use crate::{BudgetCorrelation, Cell, Contribution, Named, NamedWord, PointResult, Row, TrialsResult};

/// What the points of an item are made from.
pub(crate) struct Bench<'a> {
    pub rule: &'a Rule,
    pub item: &'a Item,
    pub names: &'a Names,
    pub standards: &'a [StandardFacts],
    pub line: Option<&'a LineInputs>,
}

/// The exponent to which the mean of readings is kept: far below any reading's last digit.
const MEAN_PLACE: i32 = -12;

/// The points, one for each row or each group of rows.
pub(crate) fn points(bench: &Bench<'_>, rows: &[Row], refusals: &mut Vec<Refusal>) -> Vec<PointResult> {
    let Some(result) = &bench.item.result else { return Vec::new() };
    let before = refusals.len();
    for row in rows {
        check_row(bench, row, refusals);
    }
    for required in &bench.item.required {
        require(bench, required, rows, refusals);
    }
    // What is wrong elsewhere, a lapsed standard for one, does not keep these points from being computed and compared.
    if refusals.len() > before {
        return Vec::new();
    }
    groups(rows, result)
        .into_iter()
        .enumerate()
        .filter_map(|(place, group)| match point(bench, result, &group, place) {
            Ok((point, further)) => {
                refusals.extend(further);
                Some(point)
            }
            Err(refusal) => {
                refusals.push(refusal);
                None
            }
        })
        .collect()
}

/// The points of the rows that are complete, whatever the rule demands besides; a row or a group that cannot be computed has none.
pub(crate) fn points_of_complete_rows(bench: &Bench<'_>, rows: &[Row]) -> Vec<Option<PointResult>> {
    let Some(result) = &bench.item.result else { return Vec::new() };
    let is_complete = |row: &&Row| {
        let mut refusals = Vec::new();
        check_row(bench, row, &mut refusals);
        refusals.is_empty()
    };
    groups(rows, result)
        .into_iter()
        .enumerate()
        .map(|(place, group)| {
            let complete = group.iter().all(is_complete);
            complete.then(|| point(bench, result, &group, place).ok()).flatten().map(|(point, _)| point)
        })
        .collect()
}

/// Every column that is needed is there, of the right kind; nothing else is.
fn check_row(bench: &Bench<'_>, row: &Row, refusals: &mut Vec<Refusal>) {
    let refusal = |code: &str, name: &str| Refusal::new(code).with("item", &bench.item.name).with("column", name);
    for column in &bench.item.column {
        let is_right = match (row.get(&column.name), &column.unit) {
            (None, _) => {
                if !column.optional {
                    refusals.push(refusal("column-missing", &column.name));
                }
                continue;
            }
            (Some(Cell::Quantity(quantity)), Some(unit)) => quantity.unit.dimension() == unit.dimension(),
            (Some(Cell::Series(series)), Some(unit)) => {
                !series.is_empty()
                    && series.iter().all(|one| one.unit.dimension() == unit.dimension())
                    && series.windows(2).all(|pair| matches!(pair, [one, other] if one.unit == other.unit))
            }
            (Some(Cell::Input(input)), Some(unit)) => input.unit.dimension() == unit.dimension(),
            (Some(Cell::Text(word)), None) => {
                if !column.words.is_empty() && !column.words.contains(word) {
                    let refusal = refusal("column-unknown-word", &column.name).with("word", word);
                    refusals.push(refusal.with("known", column.words.join(" ")));
                }
                true
            }
            (Some(_), None) if !column.words.is_empty() => false,
            (Some(Cell::Flag(_)), None) => true,
            // A column without unit takes any quantity: the model says what fits.
            (Some(Cell::Quantity(_) | Cell::Input(_)), None) => true,
            (Some(Cell::Series(series)), None) => !series.is_empty(),
            (Some(_), Some(_)) => false,
        };
        if !is_right {
            let unit = column.unit.as_ref().map(ToString::to_string).unwrap_or_default();
            refusals.push(refusal("column-of-other-kind", &column.name).with("unit", unit));
        }
    }
    for name in row.keys().filter(|name| !bench.item.column.iter().any(|column| column.name == **name)) {
        refusals.push(refusal("column-unknown", name));
    }
}

/// Rows of one group, in the order in which the groups first occur.
fn groups<'a>(rows: &'a [Row], result: &ResultText) -> Vec<Vec<&'a Row>> {
    if result.statistic == Statistic::Each {
        return rows.iter().map(|row| vec![row]).collect();
    }
    let Some(by) = &result.group_by else { return vec![rows.iter().collect()] };
    let mut groups: Vec<Vec<&Row>> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.get(by) == row.get(by))) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}

/// A row evaluated, with what is known of its inputs beside their values.
struct RowEvaluation {
    output: OutputEvaluation,
    /// Which thing an input is, where it is the value of a standard.
    identities: BTreeMap<String, String>,
    correlations: Vec<BudgetCorrelation>,
    trials: Option<TrialsResult>,
}

/// The point of a group of rows, which is the one at `place` of its item.
fn point(
    bench: &Bench<'_>,
    text: &ResultText,
    rows: &[&Row],
    place: usize,
) -> Result<(PointResult, Vec<Refusal>), Refusal> {
    let Some(first) = rows.first() else { return Err(Refusal::new("item-missing").with("item", &bench.item.name)) };
    let mut names = bench.names.clone();
    names.extend(row_names(first));
    let mut evaluated = Vec::new();
    // The budget of a group is that of its first row, with the scatter of all.
    let mut of_first = None;
    for row in rows {
        let RowEvaluation { output, identities, correlations, trials } = row_evaluation(bench, text, row)?;
        evaluated.push(output);
        of_first.get_or_insert((identities, correlations, trials));
    }
    let (identities, correlations, trials) = of_first.unwrap_or_default();
    // Several rows that are combined have no trials in common.
    let trials = trials.filter(|_| evaluated.len() == 1);
    let combined = combination(text, evaluated)?;
    let identity = |input: &str| {
        // The coefficients of a line are the same for all points of its item.
        let is_of_line = bench.item.line.iter().flat_map(LineText::inputs).any(|named| named.name == input);
        let own = || match is_of_line {
            true => format!("#{}/line/{input}", bench.item.name),
            false => format!("#{}/{}/{input}", bench.item.name, place + 1),
        };
        identities.get(input).cloned().unwrap_or_else(own)
    };
    let budget = if text.states_uncertainty { budget(bench, &combined, &identity) } else { Vec::new() };
    let quantity = stated(bench, text, &combined)?;
    let limit = limit(bench, &names, &quantity)?;
    let of_standards = of_standards(bench, &combined);
    let (outcome, refusal) = outcome(bench, &quantity, limit.as_ref(), of_standards)?;
    let column = |role: ColumnRole| {
        let of_role = bench.item.column.iter().filter(move |column| column.role == role);
        of_role.filter_map(|column| named(column, rows)).collect::<Vec<_>>()
    };
    let point = PointResult {
        conditions: column(ColumnRole::Condition),
        words: words(bench.item, first),
        observed: column(ColumnRole::Observed),
        result: Named { name: text.name.clone(), symbol: text.symbol.clone(), label: text.label.clone(), quantity },
        limit,
        outcome,
        degrees_of_freedom: stated_degrees_of_freedom(bench, text, &combined),
        correlations: if budget.is_empty() { Vec::new() } else { correlations },
        budget,
        trials,
    };
    Ok((point, refusal.into_iter().collect()))
}

/// The columns of a row as formulas know them.
pub(crate) fn row_names(row: &Row) -> Names {
    row.iter()
        .filter_map(|(name, cell)| {
            let value = match cell {
                Cell::Quantity(quantity) => Value::from(quantity),
                Cell::Series(series) => Value::Quantity { value: mean_of(series)?, unit: series.first()?.unit.clone() },
                Cell::Input(input) => Value::Quantity { value: input.value.clone(), unit: input.unit.clone() },
                Cell::Text(text) => Value::Text(text.clone()),
                Cell::Flag(flag) => Value::Flag(*flag),
            };
            Some((name.clone(), value))
        })
        .collect()
}

fn mean_of(series: &[Reported]) -> Option<Decimal> {
    let sum = series.iter().map(|one| one.value.to_rational()).reduce(|sum, one| sum + one)?;
    let count = num_rational::BigRational::from_integer(series.len().into());
    let place = series.iter().map(|one| one.value.exponent()).min()?.saturating_add(MEAN_PLACE);
    Some(Decimal::from_rational_rounded(&(sum / count), place, RoundingRule::Gbt8170).normalized())
}

fn row_evaluation(bench: &Bench<'_>, text: &ResultText, row: &Row) -> Result<RowEvaluation, Refusal> {
    let mut names = bench.names.clone();
    names.extend(row_names(row));
    let (mut inputs, mut identities) = (Vec::new(), BTreeMap::new());
    for input in &bench.item.input {
        let (input, identity) = model_input(bench, input, row, &names)?;
        identities.extend(identity.map(|identity| (input.name.clone(), identity)));
        inputs.push(input);
    }
    let failed = |error: &dyn std::fmt::Display| {
        Refusal::new("model-not-evaluable").with("item", &bench.item.name).with("reason", error)
    };
    let (of_line, correlations) =
        bench.line.map_or_else(|| (Vec::new(), Correlations::none()), |line| line.inputs_of(&text.model));
    inputs.extend(of_line);
    let evaluation = evaluate_linear(&text.model, &inputs, &correlations).map_err(|error| failed(&error))?;
    let mut output = evaluation.only().cloned().ok_or_else(|| failed(&"no result"))?;
    let mut counted = None;
    if let Some(trials) = &text.trials {
        (output, counted) =
            by_trials(trials, &text.model, (&inputs, &correlations), output).map_err(|error| failed(&error))?;
    } else if let Some(line) = bench.line {
        output.estimate.degrees_of_freedom = line.effective_degrees_of_freedom(&output);
    }
    let output = match &text.unit {
        Some(unit) => output.in_unit(unit).map_err(|error| failed(&error))?,
        None => output,
    };
    let trials =
        text.trials.as_ref().zip(counted).and_then(|(text, counted)| counted.stated(text, &output.estimate.unit));
    let correlations = correlations.iter().filter_map(stated_correlation).collect();
    Ok(RowEvaluation { output, identities, correlations, trials })
}

/// r in the digits of a certificate: so many that u is the same to three.
fn stated_correlation((one, other, r): (&str, &str, f64)) -> Option<BudgetCorrelation> {
    let coefficient = Decimal::from_f64(r)?.rounded(-CORRELATION_DIGITS, RoundingRule::Gbt8170);
    Some(BudgetCorrelation { between: [one.to_owned(), other.to_owned()], coefficient })
}

/// Where contributions nearly cancel, r counts far behind its first digits.
const CORRELATION_DIGITS: i32 = 9;

/// One input of the model: its value by the formula, its uncertainty from the standard, from a stated width or from the observations; with its
/// identity, where it is the value of a standard.
fn model_input(
    bench: &Bench<'_>,
    input: &InputText,
    row: &Row,
    names: &Names,
) -> Result<(Input, Option<String>), Refusal> {
    let failed = |reason: &dyn std::fmt::Display| {
        Refusal::new("input-not-evaluable")
            .with("item", &bench.item.name)
            .with("input", &input.name)
            .with("reason", reason)
    };
    let lookup = |name: &str| names.get(name).cloned();
    let Some(formula) = &input.value else { return of_certificate(bench, input, names) };
    let value = formula.evaluate(&lookup).map_err(|error| failed(&error))?;
    let is_bare = value.unit == Unit::one();
    let unit = input.unit.clone().filter(|_| is_bare).unwrap_or_else(|| value.unit.clone());
    let estimate = value.to_f64();
    if let Some(kind) = &input.standard {
        let quantity = quantity_of(kind, names);
        let asked = match &input.at {
            Some(at) => at.evaluate(&lookup).map_err(|error| failed(&error))?,
            None => value.clone(),
        };
        let decimal = asked
            .decimal()
            .or_else(|| Decimal::shortest_from_f64(asked.to_f64()))
            .ok_or_else(|| failed(&"no number"))?;
        let stated = of_best_standard(bench.standards, &quantity, (&decimal, &asked.unit), (estimate, &unit))
            .map_err(|missing| lacking(bench, missing, &quantity, (&decimal, &asked.unit)))?;
        let (u, degrees_of_freedom) = (stated.standard_uncertainty, stated.degrees_of_freedom);
        return Ok((Input::standard(&input.name, estimate, unit, u, degrees_of_freedom), stated.identity));
    }
    if let Some(half_width) = &input.half_width {
        let half_width = half_width.evaluate(&lookup).map_err(|error| failed(&error))?;
        let width = half_width.converted_to(&unit.of_difference()).map_err(|error| failed(&error))?.to_f64();
        let shape = match input.distribution.unwrap_or(Distribution::Uniform) {
            Distribution::Normal | Distribution::StudentT => Shape::Normal { standard_uncertainty: width },
            Distribution::Uniform => Shape::Uniform { half_width: width },
            Distribution::Triangular => Shape::Triangular { half_width: width },
            Distribution::Arcsine => Shape::Arcsine { half_width: width },
        };
        let name = input.name.clone();
        return Ok((Input { name, estimate, unit, shape, degrees_of_freedom: f64::INFINITY }, None));
    }
    let own = match row.get(formula.text()) {
        Some(Cell::Series(series)) if series.len() > 1 => {
            let observations: Vec<f64> = series.iter().map(|one| one.value.to_f64()).collect();
            Input::of_observations(&input.name, &observations, unit).map_err(|error| failed(&error))
        }
        Some(Cell::Input(stated)) => {
            own_evaluation(&input.name, stated, estimate, unit).ok_or_else(|| failed(&"no uncertainty"))
        }
        _ => Ok(Input::constant(&input.name, estimate, unit)),
    };
    Ok((own?, None))
}

/// The kind of quantity that a standard must be of, perhaps by the name of a characteristic that says it.
pub(crate) fn quantity_of(kind: &str, names: &Names) -> String {
    match names.get(kind) {
        Some(Value::Text(quantity)) => quantity.clone(),
        _ => kind.to_owned(),
    }
}

/// A value that the certificate of a standard states with its U, k and ν.
fn of_certificate(bench: &Bench<'_>, input: &InputText, names: &Names) -> Result<(Input, Option<String>), Refusal> {
    let failed = |reason: &dyn std::fmt::Display| {
        Refusal::new("input-not-evaluable")
            .with("item", &bench.item.name)
            .with("input", &input.name)
            .with("reason", reason)
    };
    let (Some(kind), Some(at)) = (&input.standard, &input.at) else { return Err(failed(&"no value")) };
    let quantity = quantity_of(kind, names);
    let asked = at.evaluate(&|name| names.get(name).cloned()).map_err(|error| failed(&error))?;
    let decimal = asked.decimal().ok_or_else(|| failed(&"no number"))?;
    let (value, stated) = certified_value(bench.standards, &quantity, (&decimal, &asked.unit))
        .map_err(|missing| lacking(bench, missing, &quantity, (&decimal, &asked.unit)))?;
    let estimate = value.value.to_f64();
    let unit = value.unit.clone();
    let (u, degrees_of_freedom) = (stated.standard_uncertainty, stated.degrees_of_freedom);
    Ok((Input::standard(&input.name, estimate, unit, u, degrees_of_freedom), stated.identity))
}

/// What the standards used lack, under the clause that demands them.
fn lacking(bench: &Bench<'_>, missing: Missing, quantity: &str, at: (&Decimal, &Unit)) -> Refusal {
    let value = || format!("{} {}", at.0, at.1.symbol());
    let refusal = match missing {
        Missing::Quantity => Refusal::new("standard-missing"),
        Missing::Range => Refusal::new("standard-range").with("value", value()),
        Missing::Value => Refusal::new("standard-value").with("value", value()),
    };
    let cite = bench.rule.standard_citation().unwrap_or_else(|| bench.rule.citation(&bench.item.cite));
    refusal.with("item", &bench.item.name).with("quantity", quantity).under(cite)
}

/// A value that the record states with its own evaluation.
fn own_evaluation(name: &str, stated: &Stated, estimate: f64, unit: Unit) -> Option<Input> {
    let degrees_of_freedom = stated.degrees_of_freedom.as_ref().map_or(f64::INFINITY, Decimal::to_f64);
    let standard = match (&stated.standard_uncertainty, &stated.expanded_uncertainty, &stated.coverage_factor) {
        (Some(u), _, _) => Some(u.to_f64()),
        (None, Some(expanded), Some(k)) if !k.is_zero() => Some(expanded.to_f64() / k.to_f64()),
        _ => None,
    };
    let shape = match (standard, &stated.half_width) {
        (Some(standard_uncertainty), _) => Shape::Normal { standard_uncertainty },
        (None, Some(width)) => match stated.distribution {
            Distribution::Triangular => Shape::Triangular { half_width: width.to_f64() },
            Distribution::Arcsine => Shape::Arcsine { half_width: width.to_f64() },
            _ => Shape::Uniform { half_width: width.to_f64() },
        },
        (None, None) => return None,
    };
    Some(Input { name: name.to_owned(), estimate, unit, shape, degrees_of_freedom })
}

/// What the rows of a group give together.
fn combination(text: &ResultText, mut evaluated: Vec<OutputEvaluation>) -> Result<OutputEvaluation, Refusal> {
    let none = || Refusal::new("model-not-evaluable").with("item", &text.name).with("reason", "no rows");
    let values: Vec<f64> = evaluated.iter().map(|one| one.estimate.value).collect();
    let mut first = if evaluated.is_empty() { return Err(none()) } else { evaluated.swap_remove(0) };
    match text.statistic {
        Statistic::Each => Ok(first),
        Statistic::Range => {
            let (low, high) = values
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)));
            first.estimate.value = high - low;
            first.estimate.standard_uncertainty = 0.0;
            first.budget.clear();
            Ok(first)
        }
        Statistic::Mean => {
            let count = values.len() as f64;
            let mean = values.iter().sum::<f64>() / count;
            let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
            let scatter = if values.len() < 2 { 0.0 } else { libm::sqrt(squares / (count - 1.0) / count) };
            let u = first.estimate.standard_uncertainty;
            let combined = libm::sqrt(u * u + scatter * scatter);
            let fourth = |x: f64| x * x * x * x;
            let inverse = fourth(scatter) / (count - 1.0)
                + if first.estimate.degrees_of_freedom.is_finite() {
                    fourth(u) / first.estimate.degrees_of_freedom
                } else {
                    0.0
                };
            first.estimate.value = mean;
            first.estimate.standard_uncertainty = combined;
            first.estimate.degrees_of_freedom = if inverse > 0.0 { fourth(combined) / inverse } else { f64::INFINITY };
            first.budget.push(Line {
                input: SCATTER.to_owned(),
                estimate: 0.0,
                unit: first.estimate.unit.of_difference(),
                standard_uncertainty: scatter,
                degrees_of_freedom: count - 1.0,
                shape: Shape::Normal { standard_uncertainty: scatter },
                sensitivity: 1.0,
                contribution: scatter,
                share: 0.0,
            });
            Ok(first)
        }
    }
}

/// The line of a budget that the scatter of the results over the rows gives.
const SCATTER: &str = "s";

/// The result in the digits that are signed.
fn stated(bench: &Bench<'_>, text: &ResultText, evaluated: &OutputEvaluation) -> Result<Reported, Refusal> {
    let failed = || Refusal::new("result-not-statable").with("item", &bench.item.name);
    let estimate = &evaluated.estimate;
    if text.states_uncertainty && estimate.standard_uncertainty > 0.0 {
        let reporting = &bench.rule.text.reporting;
        let coverage = match &reporting.coverage_factor {
            _ if reporting.states == StatedUncertainty::Standard => Coverage::Standard,
            Some(factor) => Coverage::Factor {
                factor: factor.clone(),
                probability: reporting.coverage_probability.clone(),
                distribution: None,
            },
            None => Coverage::Probability {
                probability: reporting.coverage_probability.clone(),
                quantile: heng_uncertainty::student::quantile,
            },
        };
        let degrees_of_freedom = match reporting.degrees_of_freedom {
            DegreesOfFreedom::Computed => estimate.degrees_of_freedom,
            DegreesOfFreedom::Truncated => libm::floor(estimate.degrees_of_freedom),
        };
        let estimate = Estimate { degrees_of_freedom, ..estimate.clone() };
        return estimate.reported(reporting.rounding, &coverage).map_err(|_| failed());
    }
    let exact = Decimal::from_f64(estimate.value).ok_or_else(failed)?;
    // Without an uncertainty to say where to round: where the rule says, else well below what any reading shows.
    let place = text.last_place.unwrap_or_else(|| exact.leading_exponent().unwrap_or(0) - 9);
    let value = exact.rounded(place, RoundingRule::Gbt8170);
    let value = if text.last_place.is_some() { value } else { value.normalized() };
    Ok(Reported { value, unit: estimate.unit.clone(), uncertainty: None })
}

/// ν, where the rule truncates it and so has a whole number to state.
fn stated_degrees_of_freedom(bench: &Bench<'_>, text: &ResultText, evaluated: &OutputEvaluation) -> Option<Decimal> {
    let computed = evaluated.estimate.degrees_of_freedom;
    let reporting = &bench.rule.text.reporting;
    let is_stated =
        reporting.degrees_of_freedom == DegreesOfFreedom::Truncated && reporting.states == StatedUncertainty::Expanded;
    (text.states_uncertainty && is_stated && computed.is_finite())
        .then(|| Decimal::from_f64(libm::floor(computed)))
        .flatten()
}

/// The expanded share of the standards in the result's uncertainty, in the result's unit.
fn of_standards(bench: &Bench<'_>, evaluated: &OutputEvaluation) -> Option<f64> {
    let is_standard =
        |line: &&Line| bench.item.input.iter().any(|input| input.name == line.input && input.standard.is_some());
    let factor = bench.rule.text.reporting.coverage_factor.as_ref().map_or(2.0, Decimal::to_f64);
    let lines: Vec<f64> = evaluated.budget.iter().filter(is_standard).map(|line| line.contribution).collect();
    let sum: f64 = lines.iter().map(|one| one * one).sum();
    (!lines.is_empty()).then(|| factor * libm::sqrt(sum))
}

fn budget(bench: &Bench<'_>, evaluated: &OutputEvaluation, identity: &dyn Fn(&str) -> String) -> Vec<Contribution> {
    let stated = |line| contribution(bench, line, &evaluated.estimate.unit, identity);
    evaluated.budget.iter().filter_map(stated).collect()
}

/// Three digits: one more than the result bears, so that a reader can follow the sum.
fn contribution(
    bench: &Bench<'_>,
    line: &Line,
    unit: &Unit,
    identity: &dyn Fn(&str) -> String,
) -> Option<Contribution> {
    let rounded = |value: f64, digits: i32| {
        let exact = Decimal::from_f64(value)?;
        let place = exact.leading_exponent().map_or(0, |leading| leading - digits + 1);
        Some(exact.rounded(place, RoundingRule::Gbt8170).normalized())
    };
    let of_input = bench.item.input.iter().find(|input| input.name == line.input).map(|input| input.label.clone());
    let of_line = bench.item.line.iter().flat_map(LineText::inputs).find(|input| input.name == line.input);
    let of_trials = bench.item.result.iter().filter_map(|result| result.trials.as_ref());
    let beyond = of_trials.map(|trials| trials.beyond_linear.clone()).find(|_| line.input == BEYOND_LINEAR);
    let label = of_input.or_else(|| of_line.map(|input| input.label.clone())).or(beyond);
    Some(Contribution {
        input: line.input.clone(),
        label: label.unwrap_or_else(|| bench.rule.text.reporting.scatter.clone()),
        estimate: Reported {
            value: written_out(rounded(line.estimate, 10)?),
            unit: line.unit.clone(),
            uncertainty: None,
        },
        standard_uncertainty: rounded(line.standard_uncertainty, 3)?,
        degrees_of_freedom: if line.degrees_of_freedom.is_finite() {
            rounded(line.degrees_of_freedom, 3)
        } else {
            None
        },
        contribution: Reported { value: rounded(line.contribution, 3)?, unit: unit.of_difference(), uncertainty: None },
        identity: Some(identity(&line.input)),
        sensitivity: Some(rounded(line.sensitivity, 6)?),
    })
}

/// 20 where its shortest form would be 2 × 10¹.
fn written_out(value: Decimal) -> Decimal {
    if value.exponent() > 0 { value.rounded(0, RoundingRule::Gbt8170) } else { value }
}

/// What was set in words.
fn words(item: &Item, row: &Row) -> Vec<NamedWord> {
    let set = item.column.iter().filter(|column| column.role == ColumnRole::Condition);
    set.filter_map(|column| match row.get(&column.name)? {
        Cell::Text(word) => {
            Some(NamedWord { name: column.name.clone(), label: column.label.clone(), word: word.clone() })
        }
        _ => None,
    })
    .collect()
}

/// A column of the point: as recorded, or its mean.
fn named(column: &Column, rows: &[&Row]) -> Option<Named> {
    let mut readings = Vec::new();
    let mut uncertainty = None;
    for row in rows {
        match row.get(&column.name)? {
            Cell::Quantity(quantity) => readings.push(quantity.clone()),
            Cell::Series(series) => readings.extend(series.iter().cloned()),
            Cell::Input(input) => {
                uncertainty =
                    input.standard_uncertainty.clone().map(|value| Uncertainty::Standard { value, distribution: None });
                readings.push(Reported { value: input.value.clone(), unit: input.unit.clone(), uncertainty: None });
            }
            Cell::Text(_) | Cell::Flag(_) => return None,
        }
    }
    let first = readings.first()?.clone();
    let quantity = if readings.iter().all(|reading| *reading == first) {
        Reported { uncertainty, ..first }
    } else {
        // One digit more than the readings show.
        let place = readings.iter().map(|one| one.value.exponent()).min()? - 1;
        Reported {
            value: mean_of(&readings)?.rounded(place, RoundingRule::Gbt8170),
            unit: first.unit,
            uncertainty: None,
        }
    };
    Some(Named { name: column.name.clone(), symbol: column.symbol.clone(), label: column.label.clone(), quantity })
}
