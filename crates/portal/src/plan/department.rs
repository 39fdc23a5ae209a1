//! What one body is responsible for.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use heng_office::plan::json::{Asked as Part, status};
use heng_rule::plan::Plan;
use heng_wording::Words;
use serde_json::Value;

use super::asked::Asked;
use super::duties::{PARTS, body_name, duties};
use super::lines::{IndicatorLine, RowLine, indicator_line, row_line};
use super::now::plan_on;
use super::quotes::{QuoteShown, quote};
use super::shares::{ShareLine, of_body};
use crate::frame::{Frame, Place, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// The duties of one part.
struct Duties {
    code: &'static str,
    name: String,
    said: String,
    rows: Vec<RowLine>,
}

#[derive(Template)]
#[template(path = "plan-department.html")]
struct DepartmentPage<'a> {
    frame: &'a Frame<'a>,
    back: String,
    lead: String,
    parts: Vec<Duties>,
    /// Why it is responsible without being named.
    rules: Vec<QuoteShown>,
    indicators: Vec<IndicatorLine>,
    /// Its parts of goals.
    shares: Vec<ShareLine>,
    /// Whom it stands for.
    members: Vec<(String, String)>,
}

/// Whether the plan knows a body, by its own name.
fn check(plan: &Plan, name: &str) -> Result<(), Problem> {
    if plan.bodies.iter().any(|body| *body.name == *name) {
        return Ok(());
    }
    let known = plan.bodies.iter().map(|body| body.name.to_string());
    let near = known.filter(|known| known.contains(name) || name.contains(known.as_str())).take(6).collect();
    let problem = Problem::new(StatusCode::NOT_FOUND, "plan-department").with("name", name);
    Err(problem.near("/plan/department/", near))
}

/// The same for programs.
pub(crate) fn facts(portal: &Portal, name: &str, asked: &Asked) -> Result<Value, Problem> {
    let on = plan_on(portal, asked.day(portal)?)?;
    check(on.plan(), name)?;
    Ok(status(on.plan(), &on.evidence, on.day, Part { row: None, body: Some(name) }))
}

/// `/plan/department/{name}`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let on = plan_on(portal, asked.day(portal)?)?;
        let plan = on.plan();
        check(plan, &name)?;
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Plan, body_name(plan, &name, words));
        let parts = parts(plan, &name, words);
        let own = Asked { department: name.clone(), ..Asked::default() };
        let indicators: Vec<IndicatorLine> = on
            .standings
            .iter()
            .filter(|standing| own.wants_indicator(plan, &standing.id, standing.status.code()))
            .filter_map(|standing| Some((plan.indicator(&standing.id)?, standing)))
            .map(|(indicator, standing)| indicator_line(&on, indicator, standing, &asked, words))
            .collect();
        let rows: usize = parts.iter().map(|part| part.rows.len()).sum();
        let data = [("rows", rows.to_string()), ("indicators", indicators.len().to_string())];
        Ok(html(&DepartmentPage {
            back: asked.address("/plan", &[]),
            lead: words.say("plan-department-lead", &data.each_ref().map(|(name, text)| (*name, text.as_str()))),
            rules: rules(plan, &parts, words),
            parts,
            indicators,
            shares: of_body(&on, &name, &asked, words),
            members: members(plan, &name, words),
            frame: &frame,
        }))
    })
    .await
}

fn parts(plan: &Plan, name: &str, words: &Words) -> Vec<Duties> {
    let mut parts = Vec::new();
    for part in PARTS {
        let is_own = |row: &&heng_rule::plan::Entry<heng_rule::plan::Row>| {
            duties(plan, &row.quotes).iter().any(|duty| duty.body == name && duty.part == part)
        };
        let rows: Vec<RowLine> = plan.rows.iter().filter(is_own).map(|row| row_line(plan, row, words)).collect();
        if !rows.is_empty() {
            let code = part.code();
            parts.push(Duties {
                code,
                name: format!("{} {}", words.say(&format!("plan-part-{code}"), &[]), rows.len()),
                said: words.say(&format!("plan-part-{code}-said"), &[]),
                rows,
            });
        }
    }
    parts
}

/// Where it is said that somebody is responsible without being named, as far as it matters here.
fn rules(plan: &Plan, parts: &[Duties], words: &Words) -> Vec<QuoteShown> {
    let has = |code: &str| parts.iter().any(|part| part.code == code);
    let silent = plan.documents.iter().filter_map(|one| one.also_responsible.as_ref()).map(|rule| &rule.quote);
    let default = plan.documents.iter().filter_map(|one| one.default_duty.as_ref()).map(|rule| &rule.quote);
    let silent = silent.filter(|_| has("silent"));
    let default = default.filter(|_| has("default"));
    silent.chain(default).map(|one| quote(plan, one, words)).collect()
}

fn members(plan: &Plan, name: &str, words: &Words) -> Vec<(String, String)> {
    let body = plan.bodies.iter().find(|body| *body.name == *name);
    let members = body.into_iter().flat_map(|body| &body.members);
    members.map(|member| (body_name(plan, member, words), crate::frame::address("/plan/department/", member))).collect()
}
