//! My instruments: the worst first, each with what to do next.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use heng_view::Condition;
use serde::Serialize;

use crate::access::{Action, refused};
use crate::facts::listing::{Listed, listed, sort};
use crate::frame::{Frame, Place, html};
use crate::listing::{Row, condition, rows};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// What an organisation keeps.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Holdings {
    /// The organisation.
    pub(crate) keeper: String,
    /// Its instruments, the worst first.
    pub(crate) instruments: Vec<Listed>,
}

/// The instruments of the visitor's organisation.
pub(crate) fn holdings(portal: &Portal, visit: &Visit) -> Result<Holdings, Problem> {
    let person = visit.person().ok_or_else(|| refused(visit, Action::EnterHoldings))?;
    let inventory = portal.inventory()?;
    let on = portal.today();
    let mut instruments: Vec<Listed> = inventory
        .of_keeper(&person.organisation)
        .filter_map(|(id, thing)| listed(&inventory, portal.catalogue(), id, thing, on))
        .collect();
    sort(&mut instruments);
    Ok(Holdings { keeper: person.organisation.clone(), instruments })
}

#[derive(Template)]
#[template(path = "holdings.html")]
struct HoldingsPage<'a> {
    frame: &'a Frame<'a>,
    organisation: String,
    /// How many there are of each condition.
    counts: Vec<(&'static str, String, usize)>,
    total: usize,
    rows: Vec<Row>,
}

/// `/holdings`
pub(crate) async fn page(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let holdings = holdings(portal, &visit)?;
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Holdings, words.say("owner-title", &[]));
        let count = |wanted| holdings.instruments.iter().filter(|one| one.condition == wanted).count();
        let counts = Condition::ALL.into_iter().filter_map(|one| {
            let (shape, word) = condition(one, words);
            Some((shape, word, count(one))).filter(|(_, _, count)| *count > 0)
        });
        let organisation = visit.person().map(|person| frame.one_of(&person.organisation_name).to_owned());
        Ok(html(&HoldingsPage {
            organisation: organisation.unwrap_or_default(),
            counts: counts.collect(),
            total: holdings.instruments.len(),
            rows: rows(&holdings.instruments, portal.desk()?.rules(), words),
            frame: &frame,
        }))
    })
    .await
}
