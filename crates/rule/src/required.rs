//! Which rows of an item a rule demands, and which of them a record lacks.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use heng_quantity::{Decimal, RoundingRule};
use heng_uncertainty::expression::{Number, Quantity};
use heng_uncertainty::{Condition, Expression, Value};
use num_rational::BigRational;
use serde::{Deserialize, Deserializer};

use crate::evaluate::Names;
use crate::point::Bench;
use crate::refusal::Refusal;
use crate::rule::{Characteristic, Column, Item, one, some_condition};
use crate::{Cell, Row};

/// Rows that a rule demands of an item: at which points, at how many different values, how many rows at each.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Required {
    /// For which instruments and occasions; absent for all.
    #[serde(default, deserialize_with = "some_condition")]
    pub when: Option<Condition>,
    /// The points, each by one or several columns: a formula over characteristics, or in a column of words the word. None for all rows.
    #[serde(default)]
    pub at: Vec<BTreeMap<String, String>>,
    /// How far a set value may lie from the demanded one, by column; without it, exactly there.
    #[serde(default, deserialize_with = "by_column")]
    pub tolerance: BTreeMap<String, Expression>,
    /// How many different values the rows of a point must show, by column; none means that only rows count.
    #[serde(default)]
    pub different: BTreeMap<String, usize>,
    /// How many rows at each point, or at each of the different values.
    #[serde(default = "one")]
    pub rows: usize,
    /// The clause.
    pub cite: String,
}

fn by_column<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, Expression>, D::Error> {
    let texts = BTreeMap::<String, String>::deserialize(deserializer)?;
    let read = |text: &String| Expression::parse(text).map_err(serde::de::Error::custom);
    texts.iter().map(|(column, text)| Ok((column.clone(), read(text)?))).collect()
}

/// Digits of a demanded value that is no finite decimal, as people read them.
const SHOWN: i32 = 5;

/// What one column of a demanded point must hold.
enum Wanted<'a> {
    Word(&'a str),
    Value { value: Quantity, tolerance: Option<Quantity> },
}

/// A demanded point, ready to be compared with rows.
type Point<'a> = Vec<(&'a Column, Wanted<'a>)>;

/// The verifier may add points, but not leave out one that the rule asks for.
pub(crate) fn require(bench: &Bench<'_>, required: &Required, rows: &[Row], refusals: &mut Vec<Refusal>) {
    let citation = bench.rule.citation(&required.cite);
    let lookup = |name: &str| bench.names.get(name).cloned();
    let failed = |reason: &dyn std::fmt::Display| {
        named(bench.item, "required-not-evaluable").with("reason", reason).under(citation.clone())
    };
    match required.when.as_ref().map_or(Ok(true), |when| when.evaluate(&lookup)) {
        Ok(true) => {}
        Ok(false) => return,
        Err(error) => return refusals.push(failed(&error)),
    }
    let everywhere = [BTreeMap::new()];
    let points = if required.at.is_empty() { &everywhere[..] } else { &required.at[..] };
    for at in points {
        let point = match point(bench, required, at) {
            Ok(point) => point,
            Err(reason) => {
                refusals.push(failed(&reason));
                continue;
            }
        };
        let there: Vec<&Row> = rows.iter().filter(|row| is_at(row, &point)).collect();
        refusals.extend(lacking(bench.item, required, &point, &there).map(|refusal| refusal.under(citation.clone())));
    }
}

fn named(item: &Item, code: &str) -> Refusal {
    Refusal::new(code).with("item", &item.title.zh).with("item-en", &item.title.en)
}

/// What the rows at a point lack.
fn lacking(item: &Item, required: &Required, point: &Point<'_>, there: &[&Row]) -> Option<Refusal> {
    let found = |refusal: Refusal, count: usize| {
        let refusal = refusal.with("rows", required.rows).with("found", count);
        refusal
            .with("point", shown(point, |column| &column.label.zh))
            .with("point-en", shown(point, |column| &column.label.en))
    };
    if required.different.is_empty() {
        let code = if point.is_empty() { "rows-missing" } else { "point-missing" };
        return (there.len() < required.rows).then(|| found(named(item, code), there.len()));
    }
    required.different.iter().find_map(|(name, count)| {
        let mut values: Vec<(&Cell, usize)> = Vec::new();
        for cell in there.iter().filter_map(|row| row.get(name)) {
            match values.iter_mut().find(|(value, _)| is_same(value, cell)) {
                Some((_, rows)) => *rows += 1,
                None => values.push((cell, 1)),
            }
        }
        let complete = values.iter().filter(|(_, rows)| *rows >= required.rows).count();
        let label = item.column.iter().find(|column| column.name == *name).map(|column| &column.label);
        let code = if point.is_empty() { "values-missing" } else { "values-missing-at-point" };
        let refusal = || {
            let refusal = named(item, code).with("count", count);
            let refusal = refusal.with("column", label.map_or(name.as_str(), |label| label.zh.as_str()));
            refusal.with("column-en", label.map_or(name.as_str(), |label| label.en.as_str()))
        };
        (complete < *count).then(|| found(refusal(), complete))
    })
}

fn point<'a>(bench: &Bench<'a>, required: &Required, at: &'a BTreeMap<String, String>) -> Result<Point<'a>, String> {
    let evaluate = |expression: &Expression, column: &Column| {
        let found = expression.evaluate(&|name| bench.names.get(name).cloned()).map_err(|error| error.to_string())?;
        // A bare number is in the unit of the column.
        match &column.unit {
            Some(unit) if found.unit == heng_quantity::Unit::one() => {
                Ok(Quantity { number: found.number, unit: unit.clone() })
            }
            Some(unit) => found.converted_to(unit).map_err(|error| error.to_string()),
            None => Ok(found),
        }
    };
    at.iter()
        .map(|(name, text)| {
            let column = bench.item.column.iter().find(|column| column.name == *name);
            let column = column.ok_or_else(|| format!("there is no column {name}"))?;
            if column.unit.is_none() {
                return Ok((column, Wanted::Word(text)));
            }
            let expression = Expression::parse(text).map_err(|error| error.to_string())?;
            let tolerance = required.tolerance.get(name).map(|text| evaluate(text, column)).transpose()?;
            Ok((column, Wanted::Value { value: evaluate(&expression, column)?, tolerance }))
        })
        .collect()
}

/// A column and what it must hold: a value, or a word.
pub(crate) type Demanded = (String, Result<Quantity, String>);

/// What a demanded point sets, by column: a value in the column's unit, or a word.
pub(crate) fn demanded(
    bench: &Bench<'_>,
    required: &Required,
    at: &BTreeMap<String, String>,
) -> Result<Vec<Demanded>, String> {
    let set = point(bench, required, at)?.into_iter().map(|(column, wanted)| match wanted {
        Wanted::Word(word) => (column.name.clone(), Err(word.to_owned())),
        Wanted::Value { value, .. } => (column.name.clone(), Ok(value)),
    });
    Ok(set.collect())
}

fn is_at(row: &Row, point: &Point<'_>) -> bool {
    point.iter().all(|(column, wanted)| match (row.get(&column.name), wanted) {
        (Some(Cell::Text(word)), Wanted::Word(wanted)) => word == wanted,
        (Some(Cell::Quantity(stated)), Wanted::Value { value, tolerance }) => {
            let stated = Quantity { number: Number::Exact(stated.value.to_rational()), unit: stated.unit.clone() };
            let Ok(stated) = stated.converted_to(&value.unit) else { return false };
            is_near(&stated.number, &value.number, tolerance.as_ref().map(|tolerance| &tolerance.number))
        }
        _ => false,
    })
}

/// Compares exactly wherever both sides are exact: a value on the tolerance is near.
fn is_near(stated: &Number, wanted: &Number, tolerance: Option<&Number>) -> bool {
    let zero = Number::Exact(BigRational::from_integer(0.into()));
    match (stated, wanted, tolerance.unwrap_or(&zero)) {
        (Number::Exact(stated), Number::Exact(wanted), Number::Exact(tolerance)) => {
            let apart = if stated < wanted { wanted - stated } else { stated - wanted };
            apart <= *tolerance
        }
        (_, _, tolerance) => libm::fabs(stated.to_f64() - wanted.to_f64()) <= tolerance.to_f64(),
    }
}

/// Whether two cells hold the same value, whatever their digits and units.
fn is_same(left: &Cell, right: &Cell) -> bool {
    match (left, right) {
        (Cell::Quantity(left), Cell::Quantity(right)) => {
            let order = crate::standards::comparison((&left.value, &left.unit), (&right.value, &right.unit));
            order.is_some_and(Ordering::is_eq)
        }
        _ => left == right,
    }
}

/// A point as people read it: `负载电流 = 5 A, 功率因数 = 0.5L`.
fn shown(point: &Point<'_>, label: impl Fn(&Column) -> &String) -> String {
    let parts = point.iter().map(|(column, wanted)| match wanted {
        Wanted::Word(word) => format!("{} = {word}", label(column)),
        Wanted::Value { value, tolerance } => {
            let unit = value.unit.symbol();
            let near = tolerance.as_ref().map(|tolerance| format!(" ± {} {unit}", digits(tolerance)));
            format!("{} = {} {unit}{}", label(column), digits(value), near.unwrap_or_default())
        }
    });
    parts.map(|part| part.trim_end().to_owned()).collect::<Vec<_>>().join(", ")
}

pub(crate) fn digits(quantity: &Quantity) -> String {
    let shortest = quantity.decimal().or_else(|| {
        let near = Decimal::from_f64(quantity.to_f64())?;
        let place = near.leading_exponent().unwrap_or(0) - SHOWN;
        Some(near.rounded(place, RoundingRule::Gbt8170).normalized())
    });
    shortest.map_or_else(|| quantity.to_f64().to_string(), |value| value.to_string())
}

/// More cases than this are not told apart; then every demand may be due.
const MOST_CASES: usize = 4_096;

impl Item {
    /// What is wrong with its demands as written.
    pub(crate) fn fault(&self) -> Option<String> {
        let column = |name: &String| self.column.iter().find(|column| column.name == *name);
        self.required.iter().find_map(|required| {
            let points = || required.at.iter().flatten();
            let named =
                points().map(|(name, _)| name).chain(required.different.keys()).chain(required.tolerance.keys());
            if let Some(name) = named.clone().find(|name| column(name).is_none()) {
                return Some(format!("{}: a demand names {name}, which is no column", self.name));
            }
            points().find_map(|(name, text)| {
                let column = column(name)?;
                if column.unit.is_some() {
                    let error = Expression::parse(text).err()?;
                    return Some(format!("{}: {name} = {text:?}: {error}", self.name));
                }
                let is_unknown = !column.words.is_empty() && !column.words.contains(text);
                is_unknown.then(|| format!("{}: {name} cannot be {text:?}", self.name))
            })
        })
    }

    /// How many rows the rule demands: fewest and most, over all classes and occasions that its conditions tell apart.
    pub fn rows_demanded(&self, characteristics: &[Characteristic]) -> RangeInclusive<usize> {
        let mut cases = vec![Names::new()];
        let names: BTreeSet<&String> = self
            .required
            .iter()
            .filter_map(|required| required.when.as_ref())
            .chain(&self.when)
            .flat_map(|when| when.names())
            .collect();
        for name in names {
            let values = values(name, characteristics);
            if values.is_empty() || cases.len().saturating_mul(values.len()) > MOST_CASES {
                continue;
            }
            let with = |case: &Names, value: &Value| {
                let mut case = case.clone();
                case.insert(name.clone(), value.clone());
                case
            };
            cases = cases.iter().flat_map(|case| values.iter().map(move |value| with(case, value))).collect();
        }
        let least = cases.iter().map(|case| self.rows_in(case, false)).min().unwrap_or(0);
        let most = cases.iter().map(|case| self.rows_in(case, true)).max().unwrap_or(0);
        least..=most
    }

    /// The rows in one case; `unknown` says whether what cannot be told from words alone counts as due.
    fn rows_in(&self, case: &Names, unknown: bool) -> usize {
        let holds = |when: &Option<Condition>| match when {
            Some(when) => when.evaluate(&|name| case.get(name).cloned()).unwrap_or(unknown),
            None => true,
        };
        if !holds(&self.when) {
            return 0;
        }
        let (mut at_points, mut anywhere) = (0_usize, self.rows.max(1));
        for required in self.required.iter().filter(|required| holds(&required.when)) {
            let values = required.different.values().max().copied().unwrap_or(1);
            let rows = values.saturating_mul(required.rows);
            if required.at.is_empty() {
                anywhere = anywhere.max(rows);
            } else {
                at_points += rows.saturating_mul(required.at.len());
            }
        }
        at_points.max(anywhere)
    }
}

/// What a name in a condition can stand for, where that is a short list.
fn values(name: &str, characteristics: &[Characteristic]) -> Vec<Value> {
    if name == "occasion" {
        return ["initial", "subsequent", "in-service"].map(Value::from).to_vec();
    }
    match characteristics.iter().find(|one| one.name == name) {
        Some(one) if !one.words.is_empty() => one.words.iter().map(|word| Value::from(word.as_str())).collect(),
        Some(one) if one.unit.is_none() => vec![Value::Flag(true), Value::Flag(false)],
        _ => Vec::new(),
    }
}
