//! How far the plan is, for everyone: the main figures, large, one sentence each.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use heng_office::plan::json::indicator as indicator_facts;
use heng_rule::plan::{Indicator, IndicatorKind};
use serde_json::{Value, json};

use super::asked::Asked;
use super::indicator::line;
use super::lines::{IndicatorLine, indicator_line};
use super::matrix::sentence;
use super::now::plan_on;
use crate::frame::{Frame, Place, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// A main figure.
struct Figure {
    line: IndicatorLine,
    said: String,
}

#[derive(Template)]
#[template(path = "plan-progress.html")]
struct ProgressPage<'a> {
    frame: &'a Frame<'a>,
    sentence: String,
    figures: Vec<Figure>,
}

/// The figures that a plan sets itself as a whole.
fn is_main(indicator: &Indicator) -> bool {
    matches!(indicator.kind, IndicatorKind::Expected | IndicatorKind::Binding)
}

/// `/plan/progress`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let on = plan_on(portal, asked.day(portal)?)?;
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Progress, words.say("plan-progress-title", &[]));
        let main = on.standings.iter().filter_map(|standing| {
            let indicator = on.plan().indicator(&standing.id).filter(|one| is_main(one))?;
            let said = line(&on, indicator, standing, words).reason;
            Some(Figure { line: indicator_line(&on, indicator, standing, &asked, words), said })
        });
        Ok(html(&ProgressPage { sentence: sentence(&on, words), figures: main.collect(), frame: &frame }))
    })
    .await
}

/// The same for programs.
pub(crate) fn facts(portal: &Portal, asked: &Asked) -> Result<Value, Problem> {
    let on = plan_on(portal, asked.day(portal)?)?;
    let plan = on.plan();
    let main = on.standings.iter().filter(|standing| plan.indicator(&standing.id).is_some_and(is_main));
    let figures: Vec<Value> = main.map(|standing| indicator_facts(plan, standing, &on.evidence)).collect();
    Ok(json!({ "plan": plan.id, "title": plan.title, "as_of": on.day, "indicators": figures }))
}
