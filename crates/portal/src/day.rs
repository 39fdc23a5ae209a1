//! My day: what is to be done by the person who is signed in.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::{Action, Person};
use crate::frame::{Frame, Place, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "day.html")]
struct DayPage<'a> {
    frame: &'a Frame<'a>,
    person: &'a Person,
}

/// `/day`
pub(crate) async fn day(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let Some(person) = visit.person() else { return Err(crate::access::refused(&visit, Action::SeeOwnDay)) };
        let title = portal.words(visit.language()).say("portal-day-title", &[]);
        let frame = Frame::new(portal, &visit, Place::Day, title);
        Ok(html(&DayPage { frame: &frame, person }))
    })
    .await
}
