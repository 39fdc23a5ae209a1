//! A statement as it lies in the log: who said it, when, its hash, its place, and the proof that it is there.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use heng_statement::legal_time;

use crate::facts::statement::{StatementFacts, statement_facts};
use crate::frame::{Frame, Place, address, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::who::who;
use crate::router::read;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "statement.html")]
struct StatementPage<'a> {
    frame: &'a Frame<'a>,
    facts: &'a StatementFacts,
    made_at: String,
    issuer: (String, String),
    about: Vec<(String, String)>,
    cites: Vec<(String, String)>,
    content: String,
}

/// `/statement/{hash}`
pub(crate) async fn statement(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(hash): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let facts = statement_facts(portal, &visit, &hash)?;
        let words = portal.words(visit.language());
        let title = words.say(&format!("portal-statement-{}", facts.kind), &[]);
        let frame = Frame::new(portal, &visit, Place::Elsewhere, title);
        let issuer = who(&facts.issuer, facts.issuer_name.as_ref(), facts.issuer_of.as_ref(), words);
        let content = serde_json::to_string_pretty(&facts.content).map_err(Problem::failure)?;
        let linked = |folder: &str, names: &[String]| {
            names.iter().map(|name| (name.clone(), address(folder, name))).collect::<Vec<_>>()
        };
        Ok(html(&StatementPage {
            frame: &frame,
            made_at: legal_time(facts.made_at),
            issuer: (issuer, address("/thing/", &facts.issuer)),
            about: linked("/thing/", &facts.about),
            cites: linked("/statement/", &facts.cites),
            content,
            facts: &facts,
        }))
    })
    .await
}
