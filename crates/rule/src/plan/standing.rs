//! How an indicator stands on a day: its figure, the pace that is needed beside the pace that was kept, where it is heading, and what would change it.

use std::collections::BTreeSet;

use heng_quantity::decimal::rational_to_f64;
use jiff::civil::Date;
use num_rational::BigRational;

use super::conflict::planned_pace;
use super::evidence::{Evidence, Fact};
use super::measure::{Amount, Asking};
use super::read::Plan;
use super::statistics::{Band, drift};
use super::text::{GoalRule, Indicator};
use super::unit::PlanUnit;

/// How an indicator stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It is a vision and is not counted.
    Vision,
    /// Nobody has said how it is measured.
    NoMeasure,
    /// There is no evidence, so there is no figure.
    NoEvidence,
    /// The goal is reached.
    Reached,
    /// Not yet, but it is heading there.
    OnPace,
    /// Not yet, and it is not heading there.
    Behind,
    /// The day is over and the goal was not reached.
    Missed,
    /// A standing rule holds.
    Kept,
    /// A standing rule does not hold.
    Broken,
    /// Fewer years than can be compared.
    TooEarly,
}

impl Status {
    /// Its name in reports and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vision => "vision",
            Self::NoMeasure => "no-measure",
            Self::NoEvidence => "no-evidence",
            Self::Reached => "reached",
            Self::OnPace => "on-pace",
            Self::Behind => "behind",
            Self::Missed => "missed",
            Self::Kept => "kept",
            Self::Broken => "broken",
            Self::TooEarly => "too-early",
        }
    }
}

/// How an indicator stands on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The indicator.
    pub id: String,
    /// The day.
    pub as_of: Date,
    /// The figure, exactly; none without evidence.
    pub value: Option<BigRational>,
    /// What it is counted in.
    pub unit: Option<PlanUnit>,
    /// How it stands.
    pub status: Status,
    /// The pace that the plan set itself, a year.
    pub planned_pace: Option<BigRational>,
    /// The pace that is needed from today, a year; none where nothing is needed any more.
    pub required_pace: Option<BigRational>,
    /// The pace that was kept since the base, a year.
    pub achieved_pace: Option<BigRational>,
    /// Where it is heading on the last day of its goal, as far as its unit can go.
    pub forecast: Option<Band>,
    /// What is missing to the goal; negative where it is passed.
    pub to_go: Option<BigRational>,
    /// What of the base, which a document states, has no evidence.
    pub base_without_evidence: Option<BigRational>,
    /// The figures at the ends of past years.
    pub yearly: Vec<(i16, BigRational)>,
    /// What the figure rests on: statements, gaps by name, the next lapse.
    pub amount: Amount,
}

/// Years that are looked back at most.
const BACK: i16 = 40;

/// Indicators that name indicators, at most so deep; a plan with a cycle is already a finding.
const DEPTH: usize = 16;

impl Plan {
    /// What an indicator amounts to on a day, of the facts within `scope`.
    pub fn amount(&self, indicator: &str, evidence: &Evidence, day: Date, scope: &dyn Fn(&Fact) -> bool) -> Amount {
        self.amount_at(indicator, &Asking { evidence, day, belongs: &|_| true, scope, figure_only: false }, 0)
    }

    /// The figure of an indicator on a day; none without evidence.
    pub fn figure(&self, indicator: &str, evidence: &Evidence, day: Date) -> Option<BigRational> {
        let asking = Asking { evidence, day, belongs: &|_| true, scope: &|_| true, figure_only: true };
        self.amount_at(indicator, &asking, 0).value()
    }

    fn amount_at(&self, indicator: &str, asking: &Asking<'_>, depth: usize) -> Amount {
        let Some(measure) = self.measure(indicator).filter(|_| depth < DEPTH) else { return Amount::nothing() };
        let region = self.region(indicator);
        let belongs = |fact: &Fact| self.belongs(fact.district.as_deref(), region);
        measure.amount(&Asking { belongs: &belongs, ..*asking }, &|id| self.amount_at(id, asking, depth + 1))
    }

    /// How an indicator stands on a day; none where the plan does not know it.
    ///
    /// With value v, goal g by the end of its year, base b at the end of its own, and time in years of 365.25 days:
    /// planned pace (g − b)/(years between them), required pace (g − v)/(time to the end), achieved pace (v − b)/(time since the base).
    /// A pace to the end exists only before it, and for a goal that is not reached; a pace since the base only after it.
    pub fn standing(&self, indicator: &str, evidence: &Evidence, day: Date) -> Option<Standing> {
        let stated = self.indicator(indicator)?;
        let amount = self.amount(indicator, evidence, day, &|_| true);
        let value = amount.value();
        let yearly = self.yearly(indicator, evidence, day, &|_| true);
        let goal = stated.goal_value().map(|goal| goal.to_rational());
        let end = stated.goal.year.and_then(last_day);
        let base =
            stated.base.as_ref().and_then(|base| Some((last_day(base.year)?, stated.base_value()?.to_rational())));
        let to_go = goal.as_ref().zip(value.as_ref()).map(|(goal, value)| goal - value);
        let left = end.map(|end| years(day, end)).filter(is_positive);
        let required_pace = to_go.as_ref().zip(left.as_ref()).map(|(way, left)| way / left);
        let achieved_pace = base.as_ref().zip(value.as_ref()).and_then(|((from, base), value)| {
            let since = Some(years(*from, day)).filter(is_positive)?;
            Some((value - base) / since)
        });
        let unit = PlanUnit::named(&stated.unit);
        let forecast = forecast(unit, &yearly, value.as_ref(), left.as_ref());
        let base_without_evidence =
            base.as_ref().zip(value.as_ref()).and_then(|((_, base), value)| Some(base - value).filter(is_positive));
        let heading = Heading { forecast, required: required_pace.as_ref(), achieved: achieved_pace.as_ref() };
        let status = status(self, stated, value.as_ref(), goal.as_ref(), end.map(|end| end < day), &yearly, &heading);
        Some(Standing {
            id: stated.id.to_string(),
            as_of: day,
            unit,
            status,
            planned_pace: planned_pace(stated),
            required_pace: required_pace.filter(|_| status != Status::Reached),
            achieved_pace,
            forecast,
            to_go,
            base_without_evidence,
            yearly,
            value,
            amount,
        })
    }

    /// How a body stands to its part of a goal, by what is evidenced of it within `scope`.
    ///
    /// No document divides a base, so there is no pace of a part: it is the forecast that tells, and where there is none it is too early.
    pub(super) fn status_of_part(
        &self,
        stated: &Indicator,
        part: &BigRational,
        amount: &Amount,
        (evidence, day): (&Evidence, Date),
        scope: &dyn Fn(&Fact) -> bool,
    ) -> Status {
        let value = amount.value();
        let yearly = self.yearly(&stated.id, evidence, day, scope);
        let end = stated.goal.year.and_then(last_day);
        let left = end.map(|end| years(day, end)).filter(is_positive);
        let forecast = forecast(PlanUnit::named(&stated.unit), &yearly, value.as_ref(), left.as_ref());
        let heading = Heading { forecast, required: None, achieved: None };
        match status(self, stated, value.as_ref(), Some(part), end.map(|end| end < day), &yearly, &heading) {
            Status::Behind if forecast.is_none() => Status::TooEarly,
            status => status,
        }
    }

    /// The figures at the ends of the years before a day, from the first year that has evidence, of the facts within `scope`.
    fn yearly(
        &self,
        indicator: &str,
        evidence: &Evidence,
        day: Date,
        scope: &dyn Fn(&Fact) -> bool,
    ) -> Vec<(i16, BigRational)> {
        let Some(first) = evidence.first().map(|day| day.year()) else { return Vec::new() };
        let first = first.max(day.year().saturating_sub(BACK));
        let figure = |day| {
            let asking = Asking { evidence, day, belongs: &|_| true, scope, figure_only: true };
            self.amount_at(indicator, &asking, 0).value()
        };
        year_ends(first, day).filter_map(|(year, end)| Some((year, figure(end)?))).collect()
    }

    /// The facts that give the standing of an indicator on a day by themselves, by their places in the evidence: those of its figure and of the
    /// figures at the ends of past years.
    pub fn witnesses(&self, indicator: &str, evidence: &Evidence, day: Date) -> BTreeSet<usize> {
        let first = evidence.first().map_or(day.year(), |first| first.year().max(day.year().saturating_sub(BACK)));
        let days = year_ends(first, day).map(|(_, end)| end).chain([day]);
        days.flat_map(|day| self.amount(indicator, evidence, day, &|_| true).witnesses).collect()
    }
}

/// Where a figure is heading.
struct Heading<'a> {
    forecast: Option<Band>,
    required: Option<&'a BigRational>,
    achieved: Option<&'a BigRational>,
}

/// Where a figure is heading at the end of the time that is left, as far as its unit can go.
fn forecast(
    unit: Option<PlanUnit>,
    yearly: &[(i16, BigRational)],
    value: Option<&BigRational>,
    left: Option<&BigRational>,
) -> Option<Band> {
    let history: Vec<f64> = yearly.iter().map(|(_, value)| rational_to_f64(value)).collect();
    let last = rational_to_f64(value?);
    let (least, greatest) = unit.unwrap_or(PlanUnit::None).range();
    // A share that was measured beyond its end is an error of its measure, which no forecast hides.
    Some(drift(&history, last, rational_to_f64(left?))?.within(least.min(last), greatest.max(last)))
}

fn status(
    plan: &Plan,
    indicator: &Indicator,
    value: Option<&BigRational>,
    goal: Option<&BigRational>,
    is_over: Option<bool>,
    yearly: &[(i16, BigRational)],
    heading: &Heading<'_>,
) -> Status {
    if indicator.goal.rule == GoalRule::Vision {
        return Status::Vision;
    }
    if plan.measure(&indicator.id).is_none() {
        return Status::NoMeasure;
    }
    let Some(value) = value else { return Status::NoEvidence };
    if indicator.goal.rule == GoalRule::Rising {
        return rising(yearly);
    }
    let Some(goal) = goal else { return Status::NoMeasure };
    let meets = |figure: &BigRational| match indicator.goal.rule {
        GoalRule::AtMost => figure <= goal,
        _ => figure >= goal,
    };
    match is_over {
        None if meets(value) => Status::Kept,
        None => Status::Broken,
        Some(_) if meets(value) => Status::Reached,
        Some(true) => Status::Missed,
        Some(false) if heading.leads(indicator.goal.rule, goal) => Status::OnPace,
        Some(false) => Status::Behind,
    }
}

impl Heading<'_> {
    /// Whether it leads to the goal: by the forecast where there is one, else by the paces.
    fn leads(&self, rule: GoalRule, goal: &BigRational) -> bool {
        let goal = rational_to_f64(goal);
        match (self.forecast, self.required, self.achieved) {
            (Some(band), _, _) if rule == GoalRule::AtMost => band.expected <= goal,
            (Some(band), _, _) => band.expected >= goal,
            (None, Some(required), Some(achieved)) if rule == GoalRule::AtMost => achieved <= required,
            (None, Some(required), Some(achieved)) => achieved >= required,
            _ => false,
        }
    }
}

/// Whether each year's figure is greater than the last one's.
fn rising(yearly: &[(i16, BigRational)]) -> Status {
    let mut steps = yearly.windows(2).filter_map(|pair| Some(pair.last()?.1 > pair.first()?.1)).peekable();
    if steps.peek().is_none() {
        return Status::TooEarly;
    }
    if steps.all(|rises| rises) { Status::Kept } else { Status::Broken }
}

/// The last days of the years from `first` on that are not after a day.
fn year_ends(first: i16, day: Date) -> impl Iterator<Item = (i16, Date)> {
    (first..=day.year()).filter_map(|year| last_day(year).map(|end| (year, end))).filter(move |(_, end)| *end <= day)
}

fn last_day(year: i16) -> Option<Date> {
    Date::new(year, 12, 31).ok()
}

/// Years of 365.25 days from one day to another.
fn years(from: Date, to: Date) -> BigRational {
    let days = from.until(to).map_or(0, |span| i64::from(span.get_days()));
    BigRational::new((days * 4).into(), 1461.into())
}

fn is_positive(number: &BigRational) -> bool {
    *number > BigRational::from_integer(0.into())
}
