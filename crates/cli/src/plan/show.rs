//! How a plan stands, for people.

use heng_office::plan::json::Asked;
use heng_office::plan::shown;
use heng_rule::Words as Text;
use heng_rule::plan::cover::Bound;
use heng_rule::plan::{Evidence, Plan, ServiceKind, Standing};
use heng_wording::{Language, Words};
use jiff::civil::Date;
use num_rational::BigRational;

use crate::print;

/// Names listed at once; the rest is counted.
const LISTED: usize = 12;

/// The status of the rows and indicators that are asked for.
pub fn status(plan: &Plan, evidence: &Evidence, day: Date, asked: Asked<'_>, words: &Words) {
    let title = one_of(&plan.title, words);
    print::line(words.say("plan-status-title", &[("plan", title), ("day", &day.to_string())]));
    let wanted: Vec<_> = plan.indicators.iter().filter(|one| asked.wants_indicator(plan, &one.id)).collect();
    for stated in wanted {
        let Some(standing) = plan.standing(&stated.id, evidence, day) else { continue };
        let name = one_of(&stated.name, words);
        let figure = figure(standing.value.as_ref(), &stated.unit, words);
        let goal = stated.goal_value().map(|goal| figure_of(&goal.to_rational(), &stated.unit, words));
        let year = stated.goal.year.map(|year| year.to_string()).unwrap_or_default();
        let state = words.say(&format!("plan-state-{}", standing.status.code()), &[]);
        let count = standing.amount.statements(evidence).len().to_string();
        let data = [
            ("id", &*stated.id),
            ("name", name),
            ("figure", &figure),
            ("goal", goal.as_deref().unwrap_or("–")),
            ("year", &year),
            ("state", &state),
            ("count", &count),
        ];
        print::line(words.say("plan-status-indicator", &data));
    }
    let rows: Vec<_> = plan.rows.iter().filter(|row| asked.wants(plan, row)).collect();
    for row in &rows {
        if asked.row.is_some() || asked.body.is_some() {
            let service = row.service.as_ref().and_then(|service| plan.service(service));
            let kind = service.map_or("not-yet", |service| service.kind.code());
            let served = words.say(&format!("plan-service-{kind}"), &[]);
            let why = service.map(|service| one_of(&service.why, words)).unwrap_or_default();
            let asks = one_of(&row.asks, words);
            let data = [("id", &*row.id), ("asks", asks), ("served", &served), ("why", why)];
            print::line(words.say("plan-status-row", &data));
        }
    }
    let of = |kind: ServiceKind| {
        let is = |row: &&&heng_rule::plan::Entry<heng_rule::plan::Row>| {
            let service = row.service.as_ref().and_then(|service| plan.service(service));
            service.map_or(ServiceKind::NotYet, |service| service.kind) == kind
        };
        rows.iter().filter(is).count().to_string()
    };
    let (derived, configured, tracked, not_yet) =
        (of(ServiceKind::Derived), of(ServiceKind::Configured), of(ServiceKind::Tracked), of(ServiceKind::NotYet));
    let data = [
        ("count", rows.len().to_string()),
        ("derived", derived),
        ("configured", configured),
        ("tracked", tracked),
        ("not_yet", not_yet),
    ];
    let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (*name, value.as_str())).collect();
    print::line(words.say("plan-status-rows", &data));
}

/// Why an indicator stands as it does.
pub fn why(
    plan: &Plan,
    standing: &Standing,
    evidence: &Evidence,
    name_of: &dyn Fn(&str) -> Option<Text>,
    words: &Words,
) {
    let Some(stated) = plan.indicator(&standing.id) else { return };
    let named =
        |subject: &str| name_of(subject).map_or_else(|| subject.to_owned(), |name| one_of(&name, words).to_owned());
    print::line(format_args!("{} {}", &*stated.id, one_of(&stated.name, words)));
    for quote in &stated.quotes {
        let text = quote.reads.as_deref().unwrap_or(&quote.text);
        print::line(
            words.say("plan-why-quote", &[("document", &quote.document), ("section", &quote.section), ("text", text)]),
        );
    }
    let line = |code: &str, data: &[(&str, &str)]| print::line(words.say(code, data));
    line("plan-why-measure", &[("measure", stated.measure.as_deref().unwrap_or("–"))]);
    let unit = &stated.unit;
    let value = figure(standing.value.as_ref(), unit, words);
    let state = words.say(&format!("plan-state-{}", standing.status.code()), &[]);
    line("plan-why-figure", &[("day", &standing.as_of.to_string()), ("figure", &value), ("state", &state)]);
    if let Some(base) = &stated.base {
        line("plan-why-base", &[("figure", &base.value), ("year", &base.year.to_string())]);
    }
    if let Some(lacking) = &standing.base_without_evidence {
        line("plan-why-base-without", &[("figure", &figure_of(lacking, unit, words))]);
    }
    if let Some(goal) = stated.goal_value() {
        let year = stated.goal.year.map_or_else(|| "–".to_owned(), |year| year.to_string());
        line("plan-why-goal", &[("figure", &figure_of(&goal.to_rational(), unit, words)), ("year", &year)]);
    }
    for (code, pace) in [
        ("plan-why-planned", &standing.planned_pace),
        ("plan-why-required", &standing.required_pace),
        ("plan-why-achieved", &standing.achieved_pace),
    ] {
        if let Some(pace) = pace {
            line(code, &[("figure", &figure_of(pace, unit, words))]);
        }
    }
    if let Some(band) = standing.forecast {
        let said = |figure: f64| format!("{figure:.1}");
        line(
            "plan-why-forecast",
            &[("expected", &said(band.expected)), ("low", &said(band.low)), ("high", &said(band.high))],
        );
    }
    for (year, value) in &standing.yearly {
        line("plan-why-year", &[("year", &year.to_string()), ("figure", &figure_of(value, unit, words))]);
    }
    let facts: Vec<_> = standing.amount.facts.iter().filter_map(|place| evidence.facts().get(*place)).collect();
    line("plan-why-evidence", &[("count", &facts.len().to_string())]);
    for fact in facts.iter().take(LISTED) {
        let until = fact.until.map_or_else(|| "…".to_owned(), |day| day.to_string());
        let data = [
            ("name", named(&fact.subject)),
            ("from", fact.from.to_string()),
            ("until", until),
            ("statement", fact.statement.clone()),
        ];
        let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (*name, value.as_str())).collect();
        line("plan-why-fact", &data);
    }
    more(facts.len(), words);
    if !standing.amount.gaps.is_empty() {
        line("plan-why-gaps", &[("count", &standing.amount.gaps.len().to_string())]);
        for gap in standing.amount.gaps.iter().take(LISTED) {
            line("plan-why-gap", &[("name", &named(gap))]);
        }
        more(standing.amount.gaps.len(), words);
    }
    if let Some(set) = plan.closing(&standing.id, evidence, standing.as_of) {
        let bound = match set.bound {
            Bound::Exact => words.say("plan-why-closing-exact", &[]),
            Bound::Greedy { factor, .. } => {
                words.say("plan-why-closing-greedy", &[("factor", &format!("{factor:.2}"))])
            }
        };
        line(
            "plan-why-closing",
            &[("count", &set.chosen.len().to_string()), ("cost", &set.cost.to_string()), ("bound", &bound)],
        );
        for id in &set.chosen {
            line("plan-why-gap", &[("name", &named(id))]);
        }
        if !set.impossible.is_empty() {
            line("plan-why-not-proposed", &[("count", &set.impossible.len().to_string())]);
        }
    }
    shares(plan, standing, evidence, unit, words);
    if let Some((day, subject)) = &standing.amount.lapses {
        line("plan-why-lapses", &[("name", &named(subject)), ("day", &day.to_string())]);
    }
}

/// The goal divided among bodies, and what is evidenced of each; nothing where the plan does not divide it.
fn shares(plan: &Plan, standing: &Standing, evidence: &Evidence, unit: &str, words: &Words) {
    let Some(shares) = plan.shares(&standing.id, evidence, standing.as_of) else { return };
    let sum = figure_of(&shares.sum, unit, words);
    print::line(words.say("plan-why-shares", &[("sum", &sum)]));
    for one in &shares.bodies {
        let body = one.body.as_deref().map_or_else(|| words.say("plan-shares-nobody", &[]), str::to_owned);
        let value = figure(one.amount.value().as_ref(), unit, words);
        let said = match one.share.as_ref().zip(one.status) {
            Some((share, status)) => {
                let share = figure_of(share, unit, words);
                let state = words.say(&format!("plan-state-{}", status.code()), &[]);
                let data = [("body", &*body), ("share", &share), ("figure", &value), ("state", &state)];
                words.say("plan-why-share", &data)
            }
            None => words.say("plan-why-share-none", &[("body", &*body), ("figure", &value)]),
        };
        print::line(said);
    }
    let goal = shares.goal.as_ref().map_or_else(|| "–".to_owned(), |goal| figure_of(goal, unit, words));
    let difference = figure_of(&shares.difference, unit, words);
    for code in shares.said() {
        let data = [("sum", &*sum), ("goal", &goal), ("difference", &difference)];
        print::line(words.say(&format!("plan-shares-{code}"), &data));
    }
}

fn more(count: usize, words: &Words) {
    if count > LISTED {
        print::line(words.say("plan-why-more", &[("count", &(count - LISTED).to_string())]));
    }
}

fn one_of<'a>(text: &'a Text, words: &Words) -> &'a str {
    match words.language() {
        Language::Zh => &text.zh,
        Language::En => &text.en,
    }
}

fn figure(value: Option<&BigRational>, unit: &str, words: &Words) -> String {
    value.map_or_else(|| words.say("plan-no-figure", &[]), |value| figure_of(value, unit, words))
}

/// A figure with its unit.
pub fn figure_of(value: &BigRational, unit: &str, words: &Words) -> String {
    let unit = words.say(&format!("plan-unit-{unit}"), &[]);
    let digits = shown(value);
    if unit.is_empty() { digits.to_string() } else { format!("{digits} {unit}") }
}
