//! What is asked beside a field: a value that is right but for the place of its point. Nothing is changed, nothing is held up.

use heng_quantity::{Decimal, Finding, Reported};
use heng_rule::rule::EnvironmentLimit;
use heng_rule::slip::{Expected, POWERS, shifted};
use heng_rule::{Cell, Rule, StandardFacts};

use super::{Read, field};

/// The questions, by field; at most one for each.
pub fn questions(rule: &Rule, read: &Read, standards: &[StandardFacts]) -> Vec<(String, Finding)> {
    let mut asked: Vec<(String, Finding)> = Vec::new();
    asked.extend(rule.surroundings().iter().filter_map(|condition| of_surroundings(condition, read)));
    asked.extend(of_points(rule, read));
    for slip in rule.slips(&read.record, standards) {
        let number = read.rows.get(&slip.item).and_then(|numbers| numbers.get(slip.row));
        let Some(number) = number else { continue };
        let finding = match (&slip.expected, &slip.result) {
            (Expected::Within(limit), Some(result)) => Finding::warning("sheet-slip-limit")
                .with("result", result.value_text())
                .with("lower", limit.lower.as_ref().map(Reported::value_text).unwrap_or_else(|| "…".to_owned()))
                .with("upper", limit.upper.as_ref().map(Reported::value_text).unwrap_or_else(|| "…".to_owned())),
            (Expected::Near(nominal), Some(result)) => Finding::warning("sheet-slip-nominal")
                .with("result", result.value_text())
                .with("nominal", nominal.value_text()),
            (_, None) => Finding::warning("sheet-slip-nothing"),
        };
        let finding = finding.with("text", slip.typed.value_text()).with("meant", slip.meant.value_text());
        asked.push((field(&slip.item, *number, &slip.column), finding));
    }
    let mut first: Vec<(String, Finding)> = Vec::new();
    for (name, finding) in asked {
        if !first.iter().any(|(other, _)| *other == name) {
            first.push((name, finding));
        }
    }
    first
}

/// A condition of the surroundings that the rule does not allow, and would allow with the point elsewhere.
fn of_surroundings(condition: &EnvironmentLimit, read: &Read) -> Option<(String, Finding)> {
    let Cell::Quantity(stated) = read.record.environment.get(&condition.name)? else { return None };
    let is_within = |value: &Decimal| {
        condition.lower.as_ref().is_none_or(|lower| lower.numeric_cmp(value).is_le())
            && condition.upper.as_ref().is_none_or(|upper| value.numeric_cmp(upper).is_le())
    };
    let (lower, upper) = (condition.lower.as_ref()?, condition.upper.as_ref()?);
    if is_within(&stated.value) {
        return None;
    }
    let meant = only(&stated.value, is_within)?;
    let shown = |value: &Decimal| Reported { value: value.clone(), ..stated.clone() }.value_text();
    let finding = Finding::warning("sheet-slip-surroundings").with("lower", shown(lower)).with("upper", shown(upper));
    Some((format!("environment.{}", condition.name), finding.with("meant", shown(&meant))))
}

/// What was set elsewhere than where the rule wants it, by a place of the point.
fn of_points(rule: &Rule, read: &Read) -> Vec<(String, Finding)> {
    let mut asked = Vec::new();
    for sheet in rule.sheet(&read.record) {
        for (number, row) in read.begun.get(&sheet.item.name).into_iter().flatten() {
            let Some(demanded) = number.checked_sub(1).and_then(|place| sheet.rows.get(place)) else { continue };
            for (column, wanted) in demanded {
                let (Some(Cell::Quantity(stated)), Ok(wanted)) = (row.get(column), wanted.parse::<Decimal>()) else {
                    continue;
                };
                if stated.value.is_zero() || stated.value.numeric_cmp(&wanted).is_eq() {
                    continue;
                }
                if only(&stated.value, |value| value.numeric_cmp(&wanted).is_eq()).is_none() {
                    continue;
                }
                let meant = Reported { value: wanted, ..stated.clone() }.value_text();
                asked.push((
                    field(&sheet.item.name, *number, column),
                    Finding::warning("sheet-slip-point").with("text", stated.value_text()).with("meant", meant),
                ));
            }
        }
    }
    asked
}

/// The one shift of the point that makes a value right.
fn only(value: &Decimal, is_right: impl Fn(&Decimal) -> bool) -> Option<Decimal> {
    let mut right = POWERS.iter().map(|power| shifted(value, *power)).filter(|shifted| is_right(shifted));
    right.next().filter(|_| right.next().is_none())
}
