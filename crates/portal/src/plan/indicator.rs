//! One indicator: its curve, how it is computed, and what it rests on down to a certificate.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use heng_office::plan::json::why;
use heng_rule::plan::{By, Indicator, Plan, Standing, Status};
use heng_statement::PartyKind;
use heng_view::Inventory;
use heng_view::plan::name_of;
use heng_wording::Words;
use serde_json::Value;

use super::asked::Asked;
use super::closing::{Closing, closing};
use super::curve::curve;
use super::duties::{DutyShown, shown};
use super::evidence::{LISTED, Witness, Witnesses, page_of};
use super::figures::{digits, estimate, figure, goal, goal_said, named, state};
use super::lines::{Concern, concerns, doubt, kind};
use super::measure::in_words;
use super::now::{PlanOn, plan_on};
use super::quotes::{QuoteShown, quotes};
use super::shares::{SharesShown, of_indicator};
use crate::frame::{Frame, Place, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::line::VerdictLine;
use crate::router::read;
use crate::style::PICTURES;
use crate::visit::Visit;

/// Where the statements of a figure are counted apart: by district.
struct Apart {
    /// Name, numerator and denominator.
    rows: Vec<(String, String, String)>,
    /// Whether it adds up, and the sentence that says so.
    shape: &'static str,
    said: String,
}

#[derive(Template)]
#[template(path = "plan-indicator.html")]
struct IndicatorPage<'a> {
    frame: &'a Frame<'a>,
    pictures: &'static str,
    back: String,
    id: &'a str,
    kind: String,
    line: VerdictLine,
    doubt: Option<String>,
    conflicts: Vec<Concern>,
    curve: Option<String>,
    quotes: Vec<QuoteShown>,
    facts: Vec<(String, String)>,
    measure: Option<(String, String)>,
    remark: Option<String>,
    duties: Vec<DutyShown>,
    without: Option<String>,
    lapses: Option<(String, Option<String>, String)>,
    shares: Option<SharesShown>,
    apart: Option<Apart>,
    gaps: Vec<(String, Option<String>)>,
    gaps_said: String,
    gaps_more: usize,
    closing: Option<Closing>,
    count: usize,
    statements: usize,
    witnesses: Vec<Witness>,
    /// Other parts of the list.
    parts: Vec<(String, String, bool)>,
}

/// The plan on the day that is asked about, and one of its indicators.
fn found(portal: &Portal, id: &str, asked: &Asked) -> Result<PlanOn, Problem> {
    let on = plan_on(portal, asked.day(portal)?)?;
    if on.standing(id).is_some() {
        return Ok(on);
    }
    let near = on.plan().indicators.iter().map(|one| one.id.to_string()).filter(|one| one.starts_with(id)).take(6);
    Err(Problem::new(StatusCode::NOT_FOUND, "plan-indicator").with("indicator", id).near("/plan/", near.collect()))
}

/// The facts of an indicator, for programs. Nobody is named who is a person.
pub(crate) fn facts(portal: &Portal, id: &str, asked: &Asked) -> Result<Value, Problem> {
    let on = found(portal, id, asked)?;
    let standing = on.standing(id).ok_or_else(Problem::no_page)?;
    let inventory = portal.inventory()?;
    let plan = on.plan();
    let mut value = why(plan, standing, &on.evidence, &|subject| name_of(&inventory, plan, subject));
    for list in ["facts", "gap_list"] {
        for one in value.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            unname(&inventory, one);
        }
    }
    if let Some(lapses) = value.get_mut("lapses") {
        unname(&inventory, lapses);
    }
    Ok(value)
}

fn unname(inventory: &Inventory, one: &mut Value) {
    let Some(subject) = one.get_mut("subject") else { return };
    let is_person =
        subject.as_str().and_then(|id| inventory.party(id)).is_some_and(|one| one.kind == PartyKind::Person);
    if is_person {
        *subject = Value::Null;
    }
}

/// `/plan/{indicator}`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let on = found(portal, &id, &asked)?;
        let words = portal.words(visit.language());
        let plan = on.plan();
        let (Some(indicator), Some(standing)) = (plan.indicator(&id), on.standing(&id)) else {
            return Err(Problem::no_page());
        };
        let title = one_of(&indicator.name, visit.language()).to_owned();
        let frame = Frame::new(portal, &visit, Place::Plan, title);
        let inventory = portal.inventory()?;
        let witnesses = Witnesses::of(plan, &inventory, &on.evidence, standing, words);
        let line = line(&on, indicator, standing, words);
        let lapses = standing.amount.lapses.as_ref().map(|(_, subject)| subject.as_str());
        let parts = parts(&asked, &id, witnesses.count());
        let named = |subject: &str| {
            let name = name_of(&inventory, plan, subject);
            let name = name.map(|name| one_of(&name, visit.language()).to_owned());
            let is_person = inventory.party(subject).is_some();
            name.unwrap_or_else(|| if is_person { words.say("plan-somebody", &[]) } else { subject.to_owned() })
        };
        let gaps = &standing.amount.gaps;
        let page = IndicatorPage {
            pictures: PICTURES.address(),
            back: asked.address("/plan", &[]),
            id: &id,
            kind: kind(indicator, words),
            doubt: doubt(indicator.definition, words),
            conflicts: concerns(plan, &id, words),
            curve: curve(indicator, standing, &line.reason, words),
            line,
            quotes: quotes(plan, &indicator.quotes, words),
            facts: computed(&on, indicator, standing, words),
            measure: indicator
                .measure
                .as_ref()
                .zip(plan.measure(&id))
                .map(|(stated, measure)| (stated.to_string(), in_words(plan, measure, words))),
            remark: indicator.remark.clone(),
            duties: shown(plan, &indicator.quotes, words),
            without: standing.base_without_evidence.as_ref().map(|lacking| {
                let data = [("figure", figure(lacking, &indicator.unit, words))];
                words.say("plan-base-without", &data.each_ref().map(|(name, text)| (*name, text.as_str())))
            }),
            lapses: standing
                .amount
                .lapses
                .as_ref()
                .map(|(day, subject)| (named(subject), page_of(&inventory, subject), day.to_string())),
            shares: of_indicator(&on, indicator, standing, &asked, words),
            apart: apart(plan, &on, standing, words),
            gaps: gaps.iter().take(LISTED).map(|gap| (named(gap), page_of(&inventory, gap))).collect(),
            gaps_said: words.say("plan-gaps-said", &[("count", &gaps.len().to_string())]),
            gaps_more: gaps.len().saturating_sub(LISTED),
            closing: plan.closing(&id, &on.evidence, standing.as_of).map(|set| closing(&set, &named, words)),
            count: witnesses.count(),
            statements: standing.amount.statements(&on.evidence).len(),
            witnesses: witnesses.part(asked.part(), lapses),
            parts,
            frame: &frame,
        };
        Ok(html(&page))
    })
    .await
}

/// The line under the name: how it stands, and the sentence that says why.
pub(crate) fn line(on: &PlanOn, indicator: &Indicator, standing: &Standing, words: &Words) -> VerdictLine {
    let (shape, word) = state(standing.status, words);
    let unit = &indicator.unit;
    let none = || "–".to_owned();
    let data = [
        ("day", standing.as_of.to_string()),
        ("figure", standing.value.as_ref().map_or_else(none, |value| figure(value, unit, words))),
        ("goal", goal_said(indicator, words)),
        ("year", indicator.goal.year.map_or_else(none, |year| year.to_string())),
        ("expected", standing.forecast.map_or_else(none, |band| estimate(band.expected, unit, words))),
        ("required", standing.required_pace.as_ref().map_or_else(none, |pace| figure(pace, unit, words))),
    ];
    let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let code = match standing.status {
        Status::NoEvidence if !on.plan().is_at_home(&indicator.id) => "elsewhere",
        Status::OnPace | Status::Behind if standing.forecast.is_none() => "by-pace",
        status => status.code(),
    };
    VerdictLine { shape, word, reason: words.say(&format!("plan-line-{code}"), &data) }
}

/// What was computed: what it is, and the figure.
fn computed(on: &PlanOn, indicator: &Indicator, standing: &Standing, words: &Words) -> Vec<(String, String)> {
    let unit = &indicator.unit;
    let mut facts = Vec::new();
    let mut add = |code: &str, text: Option<String>| {
        facts.extend(text.map(|text| (words.say(&format!("plan-fact-{code}"), &[]), text)));
    };
    let a_year = |pace: &num_rational::BigRational| words.say("plan-a-year", &[("figure", &figure(pace, unit, words))]);
    add(
        "base",
        indicator.base.as_ref().zip(indicator.base_value()).map(|(base, value)| {
            let figure = figure(&value.to_rational(), unit, words);
            words.say("plan-at-end-of", &[("figure", &figure), ("year", &base.year.to_string())])
        }),
    );
    let goal_text = goal(indicator, words);
    add(
        "goal",
        Some(match (indicator.goal.year, indicator.goal.inferred) {
            (Some(year), false) => words.say("plan-at-end-of", &[("figure", &goal_text), ("year", &year.to_string())]),
            (Some(year), true) => {
                words.say("plan-at-end-of-inferred", &[("figure", &goal_text), ("year", &year.to_string())])
            }
            (None, _) => goal_text,
        }),
    );
    let to_go = standing.to_go.as_ref().filter(|_| standing.status != Status::Reached);
    add("to-go", to_go.map(|way| figure(way, unit, words)));
    add("planned", standing.planned_pace.as_ref().map(a_year));
    add("required", standing.required_pace.as_ref().map(a_year));
    add("achieved", standing.achieved_pace.as_ref().map(a_year));
    add(
        "forecast",
        standing.forecast.map(|band| {
            let data = [
                ("expected", estimate(band.expected, unit, words)),
                ("low", estimate(band.low, unit, words)),
                ("high", estimate(band.high, unit, words)),
            ];
            words.say("plan-heading", &data.each_ref().map(|(name, text)| (*name, text.as_str())))
        }),
    );
    let size = on.size.to_string();
    add("as-of", Some(words.say("plan-as-of", &[("day", &on.day.to_string()), ("size", &size)])));
    facts
}

/// The figure taken apart by district.
fn apart(plan: &Plan, on: &PlanOn, standing: &Standing, words: &Words) -> Option<Apart> {
    use crate::public::answer::shape;
    let parts = plan.parts(&standing.id, &on.evidence, standing.as_of, By::District)?;
    if parts.parts.len() < 2 || !parts.total.is_evidenced {
        return None;
    }
    let whole = |amount: &heng_rule::plan::Amount| amount.whole.as_ref().map(digits).unwrap_or_default();
    let rows = parts.parts.iter().map(|(code, amount)| {
        let name = match code {
            Some(code) => {
                let body = plan.district(code).map(|body| super::duties::body_name(plan, &body.name, words));
                body.unwrap_or_else(|| named("district", code, words))
            }
            None => words.say("plan-no-district", &[]),
        };
        (name, digits(&amount.part), whole(amount))
    });
    let mut rows: Vec<(String, String, String)> = rows.collect();
    rows.push((words.say("plan-apart-total", &[]), digits(&parts.total.part), whole(&parts.total)));
    let reconciles = parts.reconcile();
    let (shape, code) = match (reconciles, parts.total.adds_up) {
        (true, _) => (shape::GOOD, "plan-apart-reconciles"),
        (false, true) => (shape::ATTENTION, "plan-apart-differs"),
        (false, false) => (shape::UNKNOWN, "plan-apart-never"),
    };
    let data = [("difference", digits(&parts.difference)), ("whole", digits(&parts.difference_of_whole))];
    let said = words.say(code, &data.each_ref().map(|(name, text)| (*name, text.as_str())));
    Some(Apart { rows, shape, said })
}

/// The parts of a long list: what each is called, where it is, whether it is this one.
pub(super) fn parts(asked: &Asked, id: &str, count: usize) -> Vec<(String, String, bool)> {
    let parts = count.div_ceil(LISTED);
    if parts < 2 {
        return Vec::new();
    }
    let page = crate::frame::address("/plan/", id);
    (0..parts)
        .map(|part| {
            let (from, to) = (part * LISTED + 1, ((part + 1) * LISTED).min(count));
            let place = asked.address(&page, &[("page", &(part + 1).to_string())]);
            (format!("{from}–{to}"), format!("{place}#evidence"), part == asked.part())
        })
        .collect()
}
