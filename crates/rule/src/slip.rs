//! What may have been typed ten, a hundred or a thousand times too large or too small. It is a question to who typed it, never a change.
//!
//! What a row expects is its own limit, or, where the result is the value certified at a nominal value, that nominal value. A question is asked
//! only where one place of the point makes the row right and nothing less than a slip explains the row as it stands: somebody whose instrument
//! simply fails is not asked for a number that passes.

use heng_quantity::{Decimal, Reported, RoundingRule};
use heng_uncertainty::Value;

use crate::evaluate::is_due;
use crate::point::{Bench, points_of_complete_rows, row_names};
use crate::rule::{ColumnRole, Disseminates, Item, Rule, Statistic};
use crate::{Cell, Limit, PointResult, Record, Row, StandardFacts};

/// The powers of ten that are slips of the hand.
pub const POWERS: [i32; 6] = [-1, 1, -2, 2, -3, 3];

/// A slip moves the result by so many widths of what is permitted, or more. Nearer to the limit, a failing instrument is as likely.
const WIDTHS: f64 = 4.0;

/// A certified value lies within this part of its nominal value, or names another one.
const NEAR_NOMINAL: f64 = 0.5;

/// A value that may be a slip.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// The item.
    pub item: String,
    /// The row, among those that the record has.
    pub row: usize,
    /// The column.
    pub column: String,
    /// What was typed.
    pub typed: Reported,
    /// What may have been meant.
    pub meant: Reported,
    /// What the row gives as typed; nothing where it gives nothing.
    pub result: Option<Reported>,
    /// What it may give.
    pub expected: Expected,
}

/// What a row's result is expected to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// Within a limit.
    Within(Box<Limit>),
    /// Near a nominal value.
    Near(Box<Reported>),
}

/// A number with the point in another place, all its digits kept.
pub fn shifted(value: &Decimal, power: i32) -> Decimal {
    let moved = Decimal::new(value.coefficient().clone(), value.exponent().saturating_add(power));
    // 40, and not 4 × 10¹: that is how it would have been typed.
    if moved.exponent() > 0 { moved.rounded(0, RoundingRule::Gbt8170) } else { moved }
}

impl Rule {
    /// The values of the complete rows of a record that may be slips, at most one for each row.
    pub fn slips(&self, record: &Record, standards: &[StandardFacts]) -> Vec<Slip> {
        let names = self.names(record, &mut Vec::new());
        let due = self.text.item.iter().filter(|item| is_due(item, record.occasion, &names).unwrap_or(false));
        let is_of_rows = |statistic: Statistic| statistic != Statistic::Range;
        due.filter(|item| item.result.as_ref().is_some_and(|result| is_of_rows(result.statistic)))
            .filter(|item| item.line.is_none() && self.expects(item))
            .flat_map(|item| {
                let bench = Bench { rule: self, item, names: &names, standards, line: None };
                let observed = item.observations_of.as_ref().unwrap_or(&item.name);
                let rows = record.observations.get(observed).map_or(&[][..], Vec::as_slice);
                let slips = rows.iter().enumerate().filter_map(|(place, row)| slip(&bench, place, row));
                slips.map(|slip| Slip { item: observed.clone(), ..slip }).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Whether anything is expected of the results of an item.
    fn expects(&self, item: &Item) -> bool {
        !item.limit.is_empty() || self.certified_value_of(item).is_some()
    }

    /// What an item finds out about nominal values, where the rule says that.
    fn certified_value_of(&self, item: &Item) -> Option<&Disseminates> {
        let name = item.result.as_ref().map(|result| &result.name);
        self.text.disseminates.iter().find(|passed| {
            passed.item == item.name && passed.certified_value.is_some() && passed.certified_value.as_ref() == name
        })
    }
}

/// What a row gives by itself.
fn alone(bench: &Bench<'_>, row: &Row) -> Option<PointResult> {
    points_of_complete_rows(bench, std::slice::from_ref(row)).into_iter().flatten().next()
}

fn slip(bench: &Bench<'_>, place: usize, row: &Row) -> Option<Slip> {
    let typed = alone(bench, row);
    if let Some(point) = &typed
        && expected(bench, row, point).is_none_or(|expected| is_as(&expected, &point.result.quantity))
    {
        return None;
    }
    let result = typed.map(|point| point.result.quantity);
    let of_role = |role: ColumnRole| -> Vec<Slip> {
        let columns = bench.item.column.iter().filter(|column| column.role == role);
        columns.flat_map(|column| candidates(bench, (place, row), &column.name, result.as_ref())).collect()
    };
    // Where a reading and what was set would both explain it, what was set is taken as it is.
    let mut found = of_role(ColumnRole::Observed);
    if found.is_empty() {
        found = of_role(ColumnRole::Condition);
    }
    let only = found.pop()?;
    found.is_empty().then_some(only)
}

/// The values of a column, by a place of the point, with which the row would be as it should be.
fn candidates(bench: &Bench<'_>, (place, row): (usize, &Row), column: &str, result: Option<&Reported>) -> Vec<Slip> {
    let Some(Cell::Quantity(typed)) = row.get(column).filter(|cell| !is_zero(cell)) else { return Vec::new() };
    let candidate = |power: &i32| {
        let meant = Reported { value: shifted(&typed.value, *power), ..typed.clone() };
        let mut with = row.clone();
        with.insert(column.to_owned(), Cell::Quantity(meant.clone()));
        let point = alone(bench, &with)?;
        let expected = expected(bench, &with, &point)?;
        let is_far = result.is_none_or(|before| is_far(&expected, before, &point.result.quantity));
        (is_far && is_as(&expected, &point.result.quantity)).then(|| Slip {
            item: bench.item.name.clone(),
            row: place,
            column: column.to_owned(),
            typed: typed.clone(),
            meant,
            result: result.cloned(),
            expected,
        })
    };
    POWERS.iter().filter_map(candidate).collect()
}

fn is_zero(cell: &Cell) -> bool {
    matches!(cell, Cell::Quantity(stated) if stated.value.is_zero())
}

/// What a row's result is expected to be, where the rule says so.
fn expected(bench: &Bench<'_>, row: &Row, point: &PointResult) -> Option<Expected> {
    if let Some(limit) = &point.limit {
        return Some(Expected::Within(Box::new(limit.clone())));
    }
    let certified = bench.rule.certified_value_of(bench.item)?;
    let Value::Quantity { value, unit } = row_names(row).remove(certified.value.as_ref()?)? else { return None };
    Some(Expected::Near(Box::new(Reported { value, unit, uncertainty: None })))
}

fn is_as(expected: &Expected, result: &Reported) -> bool {
    match expected {
        Expected::Within(limit) => limit.is_kept_by(&result.value, &Decimal::zero()),
        // What cannot be compared is as it should be: nothing is asked.
        Expected::Near(nominal) => ratio(result, nominal).is_none_or(|ratio| libm::fabs(ratio - 1.0) <= NEAR_NOMINAL),
    }
}

/// Whether a result moved so far that the other explanation is the less likely one.
fn is_far(expected: &Expected, before: &Reported, after: &Reported) -> bool {
    let moved = libm::fabs(after.value.to_f64() - before.value.to_f64());
    match expected {
        Expected::Within(limit) => {
            let bound = |bound: &Option<Reported>| bound.as_ref().map(|bound| bound.value.to_f64());
            let width = match (bound(&limit.lower), bound(&limit.upper)) {
                (Some(lower), Some(upper)) => upper - lower,
                (Some(one), None) | (None, Some(one)) => libm::fabs(one),
                (None, None) => return false,
            };
            moved > WIDTHS * width
        }
        Expected::Near(_) => true,
    }
}

fn ratio(result: &Reported, nominal: &Reported) -> Option<f64> {
    let nominal = nominal.converted_to(&result.unit).ok()?.value.to_f64();
    (nominal != 0.0).then(|| result.value.to_f64() / nominal)
}
