//! How an indicator stands, as a picture of its years.

use heng_picture::{At, Heading, IndicatorPicture, Shape};
use heng_quantity::decimal::rational_to_f64;
use heng_rule::plan::{Indicator, Standing};
use heng_wording::Words;
use jiff::civil::Date;

use super::figures::state;
use crate::frame::one_of;
use crate::public::answer::shape;

/// The picture as HTML; nothing where there is neither a figure nor a goal.
pub(crate) fn curve(indicator: &Indicator, standing: &Standing, description: &str, words: &Words) -> Option<String> {
    let goal = indicator.goal_value().map(|goal| rational_to_f64(&goal.to_rational()));
    let year_end = |year: i16| f64::from(year) + 1.0;
    let today = in_years(standing.as_of);
    let mut evidenced: Vec<At> = standing
        .yearly
        .iter()
        .map(|(year, value)| At { time: year_end(*year), value: rational_to_f64(value) })
        .collect();
    if let Some(value) = &standing.value {
        evidenced.retain(|one| one.time < today - 0.004);
        evidenced.push(At { time: today, value: rational_to_f64(value) });
    }
    if goal.is_none() && evidenced.is_empty() {
        return None;
    }
    let base = indicator.base.as_ref().zip(indicator.base_value());
    let unit = words.say(&format!("plan-unit-{}", &*indicator.unit), &[]);
    let name = one_of(&indicator.name, words.language());
    let goal_end = indicator.goal.year.map(year_end);
    let picture = IndicatorPicture {
        name: if unit.is_empty() { name.to_owned() } else { format!("{name} / {unit}") },
        description: description.to_owned(),
        base: base.map(|(base, value)| At { time: year_end(base.year), value: rational_to_f64(&value.to_rational()) }),
        goal: goal.map(|goal| (goal, goal_end)),
        evidenced,
        shape: match state(standing.status, words).0 {
            shape::GOOD => Shape::Good,
            shape::ATTENTION => Shape::Attention,
            shape::BAD => Shape::Bad,
            _ => Shape::Unknown,
        },
        today,
        has_way: standing.required_pace.is_some(),
        heading: standing.forecast.zip(goal_end).map(|(band, time)| Heading {
            time,
            expected: band.expected,
            interval: (band.low, band.high),
        }),
    };
    Some(picture.picture(words).figure(words))
}

/// A day in years: the last day of 2025 is 2026.0.
fn in_years(day: Date) -> f64 {
    f64::from(day.year()) + f64::from(day.day_of_year()) / f64::from(day.days_in_year())
}
