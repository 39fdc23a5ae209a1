//! The whole plan on one page: how its figures stand, how its rows are served, and who is responsible.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use heng_office::plan::json::{Asked as Part, status};
use heng_rule::plan::{Part as DutyPart, Plan, Status};
use heng_wording::Words;
use serde_json::Value;

use super::asked::{Asked, served};
use super::bar::parts;
use super::duties::{body_name, duties};
use super::lines::{IndicatorLine, RowLine, indicator_line, row_line};
use super::now::{PlanOn, plan_on};
use super::reports::{self, ReportLine};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// How rows can be served, in the order of the columns.
pub(crate) const SERVED: [&str; 4] = ["derived", "configured", "tracked", "not-yet"];

/// How indicators can stand, in the order in which they are counted.
const STATES: [Status; 10] = [
    Status::Reached,
    Status::Kept,
    Status::OnPace,
    Status::Behind,
    Status::Missed,
    Status::Broken,
    Status::TooEarly,
    Status::NoEvidence,
    Status::NoMeasure,
    Status::Vision,
];

/// Bodies shown at once; the rest opens.
const BODIES: usize = 10;

/// The indicators of one document.
pub(crate) struct IndicatorGroup {
    pub(crate) title: String,
    pub(crate) lines: Vec<IndicatorLine>,
}

/// The rows about one matter.
struct RowGroup {
    id: String,
    name: String,
    rows: Vec<RowLine>,
    bar: String,
    said: String,
}

/// A count that opens what it counts.
struct Cell {
    text: String,
    page: Option<String>,
    spoken: String,
    shade: &'static str,
}

/// What a body is responsible for, by how it is served.
struct BodyRow {
    name: String,
    page: String,
    leads: usize,
    cells: Vec<Cell>,
    total: usize,
}

#[derive(Template)]
#[template(path = "plan.html")]
struct PlanPage<'a> {
    frame: &'a Frame<'a>,
    sentence: String,
    rows_sentence: String,
    day: String,
    asked: &'a Asked,
    departments: Vec<(String, String, bool)>,
    states: Vec<(&'static str, String, bool)>,
    /// How many stand so: shape, words, address.
    counted: Vec<(&'static str, String, String, bool)>,
    is_narrow: bool,
    everything: String,
    indicators: Vec<IndicatorGroup>,
    heads: Vec<String>,
    bodies: Vec<BodyRow>,
    further: Vec<BodyRow>,
    groups: Vec<RowGroup>,
    served: Vec<(String, String, bool)>,
    reports: Vec<ReportLine>,
    found: usize,
}

/// `/plan`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let on = plan_on(portal, asked.day(portal)?)?;
        let plan = on.plan();
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Plan, one_of(&plan.title, visit.language()).to_owned());
        let indicators = indicators(&on, &asked, words);
        let groups = rows(plan, &asked, words);
        let mut bodies = bodies(plan, &asked, words);
        let further = bodies.split_off(BODIES.min(bodies.len()));
        let found = indicators.iter().map(|group| group.lines.len()).sum::<usize>()
            + groups.iter().map(|group| group.rows.len()).sum::<usize>();
        Ok(html(&PlanPage {
            sentence: sentence(&on, words),
            rows_sentence: rows_sentence(plan, words),
            day: on.day.to_string(),
            departments: departments(plan, &asked, words),
            states: states(&asked, words),
            counted: counted(&on, &asked, words),
            is_narrow: asked.is_narrow(),
            everything: asked.address("/plan", &[]),
            indicators,
            heads: SERVED.iter().map(|code| words.say(&format!("plan-service-{code}"), &[])).collect(),
            bodies,
            further,
            served: served_choices(plan, &asked, words),
            reports: reports::lines(portal, &on, words)?,
            groups,
            found,
            asked: &asked,
            frame: &frame,
        }))
    })
    .await
}

/// The whole plan for programs.
pub(crate) fn facts(portal: &Portal, asked: &Asked) -> Result<Value, Problem> {
    let on = plan_on(portal, asked.day(portal)?)?;
    let named = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let (row, body) = (named(&asked.row), named(&asked.department));
    let part = Part { row: row.as_deref(), body: body.as_deref() };
    let mut facts = status(on.plan(), &on.evidence, on.day, part);
    if let Some(facts) = facts.as_object_mut() {
        facts.insert("reports".to_owned(), reports::facts(portal, &on)?);
    }
    Ok(facts)
}

/// How many indicators stand in each of some states.
fn count(on: &PlanOn, states: &[Status]) -> usize {
    on.standings.iter().filter(|one| states.contains(&one.status)).count()
}

/// How the plan stands, in one sentence.
pub(crate) fn sentence(on: &PlanOn, words: &Words) -> String {
    let data = [
        ("day", on.day.to_string()),
        ("all", on.standings.len().to_string()),
        ("reached", count(on, &[Status::Reached, Status::Kept]).to_string()),
        ("pace", count(on, &[Status::OnPace]).to_string()),
        ("behind", count(on, &[Status::Behind]).to_string()),
        ("missed", count(on, &[Status::Missed, Status::Broken]).to_string()),
        ("none", count(on, &[Status::NoEvidence, Status::NoMeasure, Status::TooEarly, Status::Vision]).to_string()),
    ];
    words.say("plan-sentence", &data.each_ref().map(|(name, text)| (*name, text.as_str())))
}

fn rows_sentence(plan: &Plan, words: &Words) -> String {
    let of = |code: &str| plan.rows.iter().filter(|row| served(plan, row) == code).count().to_string();
    let data = [
        ("all", plan.rows.len().to_string()),
        ("derived", of("derived")),
        ("configured", of("configured")),
        ("tracked", of("tracked")),
        ("not_yet", of("not-yet")),
    ];
    words.say("plan-rows-sentence", &data.each_ref().map(|(name, text)| (*name, text.as_str())))
}

/// The states that occur, each with how many stand so and where they are listed.
fn counted(on: &PlanOn, asked: &Asked, words: &Words) -> Vec<(&'static str, String, String, bool)> {
    let occurring = STATES.into_iter().map(|status| (status, count(on, &[status]))).filter(|(_, count)| *count > 0);
    occurring
        .map(|(status, count)| {
            let (shape, word) = super::figures::state(status, words);
            let page = asked.address("/plan", &[("state", status.code())]);
            (shape, format!("{word} {count}"), format!("{page}#indicators"), asked.state == status.code())
        })
        .collect()
}

fn served_choices(plan: &Plan, asked: &Asked, words: &Words) -> Vec<(String, String, bool)> {
    SERVED
        .iter()
        .map(|code| {
            let count = plan.rows.iter().filter(|row| served(plan, row) == *code).count();
            let word = words.say(&format!("plan-service-{code}"), &[]);
            let page = asked.address("/plan", &[("state", code)]);
            (format!("{page}#rows"), format!("{word} {count}"), asked.state == *code)
        })
        .collect()
}

/// The indicators that are asked for, by the document that asks for them.
fn indicators(on: &PlanOn, asked: &Asked, words: &Words) -> Vec<IndicatorGroup> {
    let plan = on.plan();
    let mut groups: Vec<(&str, IndicatorGroup)> = Vec::new();
    for standing in on.standings.iter() {
        if !asked.wants_indicator(plan, &standing.id, standing.status.code()) {
            continue;
        }
        let Some(indicator) = plan.indicator(&standing.id) else { continue };
        let line = indicator_line(on, indicator, standing, asked, words);
        let document = indicator.quotes.first().map_or("", |quote| &quote.document);
        match groups.iter_mut().find(|(of, _)| *of == document) {
            Some((_, group)) => group.lines.push(line),
            None => {
                let title = plan.document(document).map(|document| one_of(&document.title, words.language()));
                let title = title.unwrap_or(document).to_owned();
                groups.push((document, IndicatorGroup { title, lines: vec![line] }));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The rows that are asked for, by what they are about.
fn rows(plan: &Plan, asked: &Asked, words: &Words) -> Vec<RowGroup> {
    let mut groups: Vec<RowGroup> = Vec::new();
    for row in plan.rows.iter().filter(|row| asked.wants_row(plan, row)) {
        let group = plan.group(row);
        let id = group.map(|group| group.id.to_string()).unwrap_or_default();
        let line = row_line(plan, row, words);
        match groups.iter_mut().find(|group| group.id == id) {
            Some(group) => group.rows.push(line),
            None => groups.push(RowGroup {
                name: group.map(|group| one_of(&group.name, words.language()).to_owned()).unwrap_or_default(),
                rows: vec![line],
                bar: String::new(),
                said: String::new(),
                id,
            }),
        }
    }
    for group in &mut groups {
        let counts = SERVED.map(|code| group.rows.iter().filter(|row| row.code == code).count());
        let [derived, configured, tracked, not_yet] = counts.map(|count| count.to_string());
        let data = [
            ("all", group.rows.len().to_string()),
            ("derived", derived),
            ("configured", configured),
            ("tracked", tracked),
            ("not_yet", not_yet),
        ];
        group.said = words.say("plan-group-said", &data.each_ref().map(|(name, text)| (*name, text.as_str())));
        group.bar = parts(&counts);
    }
    groups
}

/// What each body is responsible for; those that lead most come first.
fn bodies(plan: &Plan, asked: &Asked, words: &Words) -> Vec<BodyRow> {
    let mut counted: BTreeMap<String, ([usize; 4], usize)> = BTreeMap::new();
    for row in &plan.rows {
        let code = served(plan, row);
        for duty in duties(plan, &row.quotes) {
            let (counts, leads) = counted.entry(duty.body).or_default();
            *leads += usize::from(matches!(duty.part, DutyPart::Lead | DutyPart::Sole));
            for (count, name) in counts.iter_mut().zip(SERVED) {
                *count += usize::from(name == code);
            }
        }
    }
    let mut all: Vec<_> = counted.into_iter().collect();
    all.sort_by(|(one, (some, leads)), (other, (others, led))| {
        (led, others.iter().sum::<usize>(), one).cmp(&(leads, some.iter().sum::<usize>(), other))
    });
    all.into_iter()
        .map(|(body, (counts, leads))| {
            let total: usize = counts.iter().sum();
            let name = body_name(plan, &body, words);
            let cell = |(code, count): (&&str, usize)| {
                let page = asked.address("/plan", &[("department", &body), ("state", code)]);
                let served = words.say(&format!("plan-service-{code}"), &[]);
                let data = [("body", name.as_str()), ("served", &served), ("count", &count.to_string())];
                Cell {
                    text: count.to_string(),
                    page: (count > 0).then(|| format!("{page}#rows")),
                    spoken: words.say("plan-cell", &data),
                    shade: shade(count, total),
                }
            };
            BodyRow {
                page: address("/plan/department/", &body),
                leads,
                cells: SERVED.iter().zip(counts).map(cell).collect(),
                total,
                name,
            }
        })
        .collect()
}

/// How much of all it is, in four steps of shade.
fn shade(part: usize, all: usize) -> &'static str {
    match (part * 4).checked_div(all.max(1)) {
        _ if part == 0 => "none",
        Some(0) => "s0",
        Some(1) => "s1",
        Some(2) => "s2",
        _ => "s3",
    }
}

fn departments(plan: &Plan, asked: &Asked, words: &Words) -> Vec<(String, String, bool)> {
    let all = plan.bodies.iter();
    all.map(|body| (body.name.to_string(), body_name(plan, &body.name, words), asked.department == *body.name))
        .collect()
}

fn states(asked: &Asked, words: &Words) -> Vec<(&'static str, String, bool)> {
    let of_indicators = STATES.map(|status| (status.code(), format!("plan-state-{}", status.code())));
    let of_rows = SERVED.map(|code| (code, format!("plan-service-{code}")));
    let all = of_indicators.into_iter().chain(of_rows);
    all.map(|(code, said)| (code, words.say(&said, &[]), asked.state == code)).collect()
}
