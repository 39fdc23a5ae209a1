//! What fails together: instruments of one model, passed by one laboratory or with one standard, that fail more often than others of their kind.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use heng_view::Inventory;
use heng_view::service::causes::{Cause, Proportion, SIGNIFICANCE, Shared};

use super::instruments::called;
use crate::facts::service::causes::{CausesSeen, causes};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// Of more that failed the first are listed.
const SHOWN: usize = 60;

struct Row {
    /// What they have in common, in words, and where its page is.
    shared: String,
    page: Option<String>,
    what: String,
    share: String,
    others: String,
    probability: String,
    failed: Vec<(String, String)>,
    /// How many more failed than are listed.
    more: usize,
}

#[derive(Template)]
#[template(path = "causes.html")]
struct CausesPage<'a> {
    frame: &'a Frame<'a>,
    lead: String,
    none: String,
    rows: Vec<Row>,
    unread: Option<String>,
    note: String,
}

/// `/service/causes`
pub(crate) async fn page(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let words = portal.words(visit.language());
        let CausesSeen { causes, unread } = causes(portal, &visit)?;
        let inventory = portal.inventory()?;
        let frame = Frame::new(portal, &visit, Place::Service, words.say("causes-title", &[]));
        let rows = causes.found.iter().map(|cause| row(portal, &visit, &inventory, cause, &frame));
        let say = |code: &str, facts: &[(&str, String)]| {
            let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
            words.say(code, &facts)
        };
        let counts = [("looked", causes.looked.to_string()), ("failed", causes.failed.to_string())];
        Ok(html(&CausesPage {
            lead: say("causes-lead", &counts),
            none: say("causes-none", &[("groups", causes.groups.to_string())]),
            rows: rows.collect::<Result<_, _>>()?,
            unread: (unread > 0).then(|| say("causes-unread", &[("networks", unread.to_string())])),
            note: say("causes-note", &[("percent", format!("{}", SIGNIFICANCE * 100.0))]),
            frame: &frame,
        }))
    })
    .await
}

fn row(
    portal: &Portal,
    visit: &Visit,
    inventory: &Inventory,
    cause: &Cause,
    frame: &Frame<'_>,
) -> Result<Row, Problem> {
    let words = frame.words;
    let first = cause.failed.first().and_then(|id| inventory.thing(id)?.registration.as_ref()?.instrument.as_ref());
    let what = first.map(|instrument| one_of(&instrument.name, words.language()).to_owned());
    let (code, name, page) = match &cause.shared {
        Shared::Model { maker, model } => {
            let maker = first.map_or(maker.as_str(), |first| one_of(&first.manufacturer, words.language()));
            ("causes-model", format!("{maker} {model}"), None)
        }
        Shared::PassedBy { laboratory } => {
            let name = portal.known_as(visit, laboratory)?.name;
            let name = name.map_or_else(|| laboratory.clone(), |name| frame.one_of(&name).to_owned());
            ("causes-laboratory", name, Some("/register".to_owned()))
        }
        Shared::PassedWith { standard } => {
            ("causes-standard", called(inventory, standard), Some(address("/thing/", standard)))
        }
    };
    let failed = cause.failed.iter().take(SHOWN).map(|id| (called(inventory, id), address("/thing/", id)));
    Ok(Row {
        shared: words.say(code, &[("name", &name)]),
        page,
        what: what.unwrap_or_else(|| cause.instruments.clone()),
        share: share(&cause.share, frame),
        others: share(&cause.others, frame),
        probability: percent(cause.probability),
        failed: failed.collect(),
        more: cause.failed.len().saturating_sub(SHOWN),
    })
}

/// So many of so many, with the interval of the share.
fn share(of: &Proportion, frame: &Frame<'_>) -> String {
    let facts = [
        ("count", of.count.to_string()),
        ("of", of.of.to_string()),
        ("low", format!("{:.1}", of.low * 100.0)),
        ("high", format!("{:.1}", of.high * 100.0)),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    frame.words.say("causes-share", &facts)
}

/// A probability in percent, to two digits.
fn percent(probability: f64) -> String {
    let percent = probability * 100.0;
    if percent >= 0.01 { format!("{percent:.2}") } else { "< 0.01".to_owned() }
}
