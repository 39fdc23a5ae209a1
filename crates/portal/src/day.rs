//! My day: what is to be done by the person who is signed in, each with the one step that does it.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::{Action, Person, refused};
use crate::facts::day::{Duties, day as day_of};
use crate::frame::{Frame, Place, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// Duties of one kind under their heading.
struct Part<'a> {
    duties: &'a Duties,
    heading: String,
    step: String,
    /// What is not listed, in words.
    more: Option<String>,
    /// Whether the first of them is the first of the day.
    is_first: bool,
}

#[derive(Template)]
#[template(path = "day.html")]
struct DayPage<'a> {
    frame: &'a Frame<'a>,
    person: &'a Person,
    lead: String,
    parts: Vec<Part<'a>>,
}

/// `/day`
pub(crate) async fn day(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let person = visit.person().ok_or_else(|| refused(&visit, Action::SeeOwnDay))?;
        let words = portal.words(visit.language());
        let day = day_of(portal, person, words)?;
        let frame = Frame::new(portal, &visit, Place::Day, words.say("portal-day-title", &[]));
        let count: usize = day.duties.iter().map(|duties| duties.count).sum();
        let data = [("count", count.to_string()), ("day", day.day.to_string())];
        let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let soon = heng_view::inventory::SOON.to_string();
        let parts = day.duties.iter().enumerate().map(|(place, duties)| {
            let more = duties.count - duties.duties.len();
            Part {
                heading: words.say(&format!("day-{}", duties.kind), &[("days", &soon)]),
                step: words.say(&format!("day-{}-step", duties.kind), &[]),
                more: (more > 0).then(|| words.say("day-more", &[("more", &more.to_string())])),
                is_first: place == 0,
                duties,
            }
        });
        Ok(html(&DayPage {
            lead: words.say(if count == 0 { "day-nothing" } else { "day-lead" }, &data),
            parts: parts.collect(),
            frame: &frame,
            person,
        }))
    })
    .await
}
