//! The norms: the stage of each, how often it was used, where it is cited, and what has gone stale.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use heng_office::plan::citations_of;
use heng_office::plan::json::norms as norm_facts;
use heng_statement::norm::Stage;
use heng_view::plan::{Cited, cited, overdue, stale, uses};
use serde_json::{Value, json};

use super::asked::Asked;
use super::evidence::{LISTED, statement};
use crate::frame::{Frame, Place, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

struct NormShown {
    number: String,
    title: String,
    stage: String,
    since: String,
    proof: Option<(String, String)>,
    used: u64,
    review: Option<String>,
    is_overdue: bool,
    /// Where it is cited: by what, which clause.
    cited: Vec<(String, String)>,
    is_stale: bool,
}

#[derive(Template)]
#[template(path = "plan-norms.html")]
struct NormsPage<'a> {
    frame: &'a Frame<'a>,
    back: String,
    lead: String,
    asked: String,
    /// What is wrong: who cites what, since when it no longer stands, and what stands now.
    stale: Vec<String>,
    overdue: usize,
    norms: Vec<NormShown>,
    parts: Vec<(String, String, bool)>,
}

/// The citations in the rule files.
fn of_rules(portal: &Portal) -> Result<Vec<Cited>, Problem> {
    Ok(citations_of(portal.desk()?.rules()))
}

/// `/plan/norms`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let day = asked.day(portal)?;
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Plan, words.say("plan-norms-title", &[]));
        let further = of_rules(portal)?;
        let desk = portal.desk()?;
        let inventory = portal.inventory()?;
        let log = inventory.plan();
        let stale = stale(log, day, &further);
        let due: BTreeMap<&str, _> = overdue(log, day).into_iter().collect();
        let mut all = uses(&inventory, desk.rules(), day);
        for (number, norm) in log.norms() {
            if norm.at(day).is_some() {
                all.entry(number.to_owned()).or_insert(0);
            }
        }
        let seek = asked.row.trim();
        all.retain(|number, _| seek.is_empty() || number.contains(seek));
        // What somebody should look at comes first, then what is used most.
        let mut all: Vec<(String, u64)> = all.into_iter().collect();
        let is_stale = |number: &str| stale.iter().any(|one| one.cited.as_written == number);
        all.sort_by_key(|(number, used)| {
            (!is_stale(number), !due.contains_key(number.as_str()), std::cmp::Reverse(*used), number.clone())
        });
        let count = all.len();
        let shown = all.into_iter().skip(asked.part().saturating_mul(LISTED)).take(LISTED);
        let norms: Vec<NormShown> = shown
            .map(|(number, used)| {
                let staged = log.norm(&number).and_then(|norm| norm.at(day));
                let stage = staged.map(|one| one.stage.stage);
                let review = staged.and_then(|one| one.stage.review_due);
                let places = cited(log, &number, None, day, &further);
                NormShown {
                    title: staged.map(|one| one_of(&one.stage.title, visit.language()).to_owned()).unwrap_or_default(),
                    stage: stage
                        .map(|stage: Stage| words.say(&format!("plan-stage-{}", stage.code()), &[]))
                        .unwrap_or_default(),
                    since: staged.map(|one| one.stage.on.to_string()).unwrap_or_default(),
                    proof: staged.map(|one| statement(&inventory, &one.said.hash)),
                    used,
                    review: review.map(|day| day.to_string()),
                    is_overdue: due.contains_key(number.as_str()),
                    cited: places.into_iter().map(|one| (one.by, one.clause.unwrap_or_default())).collect(),
                    is_stale: is_stale(&number),
                    number,
                }
            })
            .collect();
        let data = [
            ("count", count.to_string()),
            ("overdue", due.len().to_string()),
            ("stale", stale.len().to_string()),
            ("day", day.to_string()),
        ];
        let stale = stale.iter().map(|one| {
            let stage = words.say(&format!("plan-stage-{}", one.stage.code()), &[]);
            let (since, by) = (one.since.to_string(), one.replaced_by.join("、"));
            let data = [
                ("by", one.cited.by.as_str()),
                ("norm", &one.cited.as_written),
                ("stage", &stage),
                ("since", &since),
                ("replaced_by", if by.is_empty() { "–" } else { &by }),
            ];
            words.say("norm-stale", &data)
        });
        Ok(html(&NormsPage {
            back: asked.address("/plan", &[]),
            lead: words.say("plan-norms-lead", &data.each_ref().map(|(name, text)| (*name, text.as_str()))),
            stale: stale.collect(),
            overdue: due.len(),
            norms,
            parts: parts(&asked, count),
            asked: seek.to_owned(),
            frame: &frame,
        }))
    })
    .await
}

fn parts(asked: &Asked, count: usize) -> Vec<(String, String, bool)> {
    let parts = if count > LISTED { count.div_ceil(LISTED) } else { 0 };
    (0..parts)
        .map(|part| {
            let (from, to) = (part * LISTED + 1, ((part + 1) * LISTED).min(count));
            let number = (part + 1).to_string();
            let mut parameters = vec![("page", number.as_str())];
            if !asked.row.is_empty() {
                parameters.push(("row", asked.row.as_str()));
            }
            (
                format!("{from}–{to}"),
                format!("{}#norms", asked.address("/plan/norms", &parameters)),
                part == asked.part(),
            )
        })
        .collect()
}

/// The same for programs.
pub(crate) fn facts(portal: &Portal, asked: &Asked) -> Result<Value, Problem> {
    let day = asked.day(portal)?;
    let further = of_rules(portal)?;
    let desk = portal.desk()?;
    let inventory = portal.inventory()?;
    let log = inventory.plan();
    let seek = Some(asked.row.trim()).filter(|text| !text.is_empty());
    let due = overdue(log, day).into_iter().map(|(norm, due)| json!({ "norm": norm, "review_due": due }));
    Ok(json!({
        "as_of": day,
        "norms": norm_facts(&inventory, desk.rules(), day, seek),
        "stale": stale(log, day, &further),
        "overdue": due.collect::<Vec<_>>(),
    }))
}
