//! The first page: one box for a number, one for a file.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::frame::{Frame, Place, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    frame: &'a Frame<'a>,
    size: u64,
}

/// `/`
pub(crate) async fn home(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let title = portal.words(visit.language()).say("portal-home-title", &[]);
        let frame = Frame::new(portal, &visit, Place::Check, title);
        Ok(html(&HomePage { frame: &frame, size: portal.store().size()? }))
    })
    .await
}
