//! The reports that were frozen, each with the files that everyone may read.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use heng_office::plan::report::name;
use heng_rule::plan::Plan;
use heng_view::Inventory;
use heng_view::plan::{Reported, name_of};
use heng_wording::Words;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::now::PlanOn;
use crate::frame::{address, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::files::handed_out;
use crate::router::read;

/// A report as it is listed.
pub(crate) struct ReportLine {
    pub(crate) said: String,
    pub(crate) statement: String,
    pub(crate) files: Vec<(String, String)>,
}

/// The reports on this plan that were frozen and stand today, the newest first.
fn standing<'a>(inventory: &'a Inventory, plan: &'a Plan, today: Date) -> impl Iterator<Item = &'a Reported> {
    let all = inventory.plan().reports().iter().rev();
    all.filter(move |one| one.report.plan == *plan.id && one.said.stands(today))
}

/// As lines of a list.
pub(crate) fn lines(portal: &Portal, on: &PlanOn, words: &Words) -> Result<Vec<ReportLine>, Problem> {
    let inventory = portal.inventory()?;
    let line = |one: &Reported| {
        let reporter = name_of(&inventory, on.plan(), &one.said.issuer);
        let data = [
            ("day", one.report.as_of.to_string()),
            ("by", reporter.map_or_else(|| one.said.issuer.clone(), |name| one_of(&name, words.language()).to_owned())),
            ("on", heng_statement::legal_day(one.said.made_at).to_string()),
            ("size", one.report.tree_size.to_string()),
        ];
        let folder = address("/plan/report/", &one.said.hash);
        ReportLine {
            said: words.say("plan-reports-line", &data.each_ref().map(|(name, text)| (*name, text.as_str()))),
            statement: address("/statement/", &one.said.hash),
            files: files(one).map(|file| (file.to_owned(), address(&format!("{folder}/"), file))).collect(),
        }
    };
    Ok(standing(&inventory, on.plan(), portal.today()).map(line).collect())
}

/// For programs.
pub(crate) fn facts(portal: &Portal, on: &PlanOn) -> Result<Value, Problem> {
    let inventory = portal.inventory()?;
    let fact = |one: &Reported| {
        json!({
            "name": name(&one.report),
            "statement": one.said.hash,
            "as_of": one.report.as_of,
            "by": one.said.issuer,
            "made_at": one.said.made_at,
            "tree_size": one.report.tree_size,
            "root": one.report.root,
            "documents": one.report.documents,
        })
    };
    Ok(standing(&inventory, on.plan(), portal.today()).map(fact).collect())
}

fn files(one: &Reported) -> impl Iterator<Item = &str> {
    one.report.documents.iter().map(|document| document.name.as_str())
}

/// `/plan/report/{statement}/{file}`: a file as the statement fixed it. The proof that travels beside it has whole certificates in it and is therefore
/// not for everyone.
pub(crate) async fn file(
    State(portal): State<Arc<Portal>>,
    Path((statement, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let missing = |code| Problem::new(StatusCode::NOT_FOUND, code).with("file", &file);
        let inventory = portal.inventory()?;
        let stands = |one: &&Reported| one.said.hash == statement && one.said.stands(portal.today());
        let report = inventory.plan().reports().iter().find(stands);
        let report = report.ok_or_else(Problem::no_page)?;
        let document = report.report.documents.iter().find(|document| document.name == file);
        let document = document.ok_or_else(|| missing("no-document"))?;
        let bytes = portal.store().blob(&document.sha256)?.ok_or_else(|| missing("lost-document"))?;
        Ok(handed_out(&document.name, &document.media_type, bytes))
    })
    .await
}
