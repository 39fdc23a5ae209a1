//! Figures and states of a plan as people read them.

use heng_office::plan::shown;
use heng_quantity::{Decimal, RoundingRule, typography};
use heng_rule::plan::{GoalRule, Indicator, Status};
use heng_wording::Words;
use num_rational::BigRational;

use crate::public::answer::shape;

/// The digits of a figure, set for people.
pub(crate) fn digits(value: &BigRational) -> String {
    typography::decimal(&shown(value))
}

/// A figure with its unit.
pub(crate) fn figure(value: &BigRational, unit: &str, words: &Words) -> String {
    with_unit(&digits(value), unit, words)
}

/// An estimate of a figure, with one decimal.
pub(crate) fn estimate(value: f64, unit: &str, words: &Words) -> String {
    let rounded = Decimal::from_f64(value).map(|exact| typography::decimal(&exact.rounded(-1, RoundingRule::Gum726)));
    with_unit(&rounded.unwrap_or_else(|| "–".to_owned()), unit, words)
}

fn with_unit(digits: &str, unit: &str, words: &Words) -> String {
    let unit = words.say(&format!("plan-unit-{unit}"), &[]);
    if unit.is_empty() { digits.to_owned() } else { format!("{digits}\u{a0}{unit}") }
}

/// What is to be reached, in few signs; nothing where it is no figure.
pub(crate) fn goal(indicator: &Indicator, words: &Words) -> String {
    match (&indicator.goal.rule, indicator.goal_value()) {
        (GoalRule::Rising, _) => words.say("plan-goal-rising", &[]),
        (GoalRule::Vision, _) | (_, None) => "–".to_owned(),
        (rule, Some(value)) => {
            let figure = figure(&value.to_rational(), &indicator.unit, words);
            let sign = if *rule == GoalRule::AtMost { "≤" } else { "≥" };
            format!("{sign}\u{a0}{figure}")
        }
    }
}

/// The same within a sentence: what is not to be exceeded keeps its sign, what is to be reached needs none.
pub(crate) fn goal_said(indicator: &Indicator, words: &Words) -> String {
    match (&indicator.goal.rule, indicator.goal_value()) {
        (GoalRule::AtLeast, Some(value)) => figure(&value.to_rational(), &indicator.unit, words),
        _ => goal(indicator, words),
    }
}

/// The shape and the word of a state.
pub(crate) fn state(status: Status, words: &Words) -> (&'static str, String) {
    let shape = match status {
        Status::Reached | Status::Kept | Status::OnPace => shape::GOOD,
        Status::Behind => shape::ATTENTION,
        Status::Missed | Status::Broken => shape::BAD,
        Status::Vision | Status::NoMeasure | Status::NoEvidence | Status::TooEarly => shape::UNKNOWN,
    };
    (shape, words.say(&format!("plan-state-{}", status.code()), &[]))
}

/// The words of a name that files may use freely: where there are none, the name itself.
pub(crate) fn named(folder: &str, name: &str, words: &Words) -> String {
    let code = format!("{folder}-{name}");
    let said = words.say(&code, &[]);
    if said == code { name.to_owned() } else { said }
}
