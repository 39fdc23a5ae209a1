//! The networks of a utility, or of a supervisor's districts, by risk.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use heng_quantity::Reported;
use heng_statement::service::ServiceState;

use super::said::{symbol, word};
use crate::facts::service::{NetworkFacts, networks};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// A network as the list shows it.
struct Row {
    page: String,
    name: String,
    district: String,
    period: String,
    /// Shape, word and count of each state that occurs, the worst first.
    states: Vec<(&'static str, String, u32)>,
    loss: String,
    waiting: usize,
    overdue: usize,
}

#[derive(Template)]
#[template(path = "networks.html")]
struct NetworksPage<'a> {
    frame: &'a Frame<'a>,
    lead: String,
    rows: Vec<Row>,
}

/// `/service`
pub(crate) async fn page(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Service, words.say("service-title", &[]));
        let seen = networks(portal, &visit)?;
        let sum = |of: &dyn Fn(&NetworkFacts) -> usize| seen.iter().map(of).sum::<usize>().to_string();
        let facts = [
            ("networks", seen.len().to_string()),
            ("instruments", sum(&|one| one.instruments() as usize)),
            ("waiting", sum(&|one| one.waiting)),
            ("overdue", sum(&|one| one.overdue)),
        ];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let rows = seen.iter().map(|one| row(one, &frame)).collect();
        Ok(html(&NetworksPage { lead: words.say("service-lead", &facts), rows, frame: &frame }))
    })
    .await
}

fn row(one: &NetworkFacts, frame: &Frame<'_>) -> Row {
    let inference = &one.last.inference;
    let states = ServiceState::ALL.into_iter().filter(|state| one.count(*state) > 0);
    Row {
        page: address("/service/network/", &one.id),
        name: one_of(&inference.name, frame.words.language()).to_owned(),
        district: frame.say(&match inference.district.as_str() {
            "" => "service-districts".to_owned(),
            district => format!("district-{district}"),
        }),
        period: format!("{} – {}", inference.begins_on, inference.ends_on),
        states: states.map(|state| (symbol(state), word(state, frame.words), one.count(state))).collect(),
        loss: inference.loss.as_ref().map_or_else(|| "–".to_owned(), Reported::value_text),
        waiting: one.waiting,
        overdue: one.overdue,
    }
}
