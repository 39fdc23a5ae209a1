//! The public register of institutes: what can be measured where and how well, searched by quantity, value and uncertainty.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use heng_quantity::Reported;
use serde::Deserialize;

use crate::facts::register::{Institute, Wanted, register as search};
use crate::frame::{Frame, Place, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    pub(crate) quantity: String,
    #[serde(default)]
    pub(crate) value: String,
    #[serde(default)]
    pub(crate) uncertainty: String,
}

impl Typed {
    /// What was meant, and the fields that are no quantity with a unit.
    pub(crate) fn wanted(&self) -> (Wanted, Vec<&'static str>) {
        let mut unreadable = Vec::new();
        let mut read = |field: &'static str, text: &str| -> Option<Reported> {
            let text = text.trim();
            if text.is_empty() {
                return None;
            }
            heng_quantity::text::parse(text).map_err(|_| unreadable.push(field)).ok()
        };
        let value = read("value", &self.value);
        let uncertainty = read("uncertainty", &self.uncertainty);
        let quantity = Some(self.quantity.clone()).filter(|quantity| !quantity.is_empty());
        (Wanted { quantity, value, uncertainty }, unreadable)
    }
}

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage<'a> {
    frame: &'a Frame<'a>,
    typed: &'a Typed,
    unreadable: Vec<&'static str>,
    quantities: Vec<(String, String)>,
    institutes: &'a [Institute],
    count: String,
}

impl RegisterPage<'_> {
    fn is_unreadable(&self, field: &str) -> bool {
        self.unreadable.contains(&field)
    }
}

/// `/register`
pub(crate) async fn register(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let (wanted, unreadable) = typed.wanted();
        let (institutes, quantities) = search(portal, &wanted)?;
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Register, words.say("portal-register-title", &[]));
        let lines: usize = institutes.iter().map(|institute| institute.capabilities.len()).sum();
        let count = [("institutes", institutes.len().to_string()), ("lines", lines.to_string())];
        let count: Vec<(&str, &str)> = count.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Ok(html(&RegisterPage {
            quantities: quantities
                .into_iter()
                .map(|quantity| (words.say(&format!("quantity-{quantity}"), &[]), quantity))
                .collect(),
            count: words.say("portal-register-count", &count),
            institutes: &institutes,
            typed: &typed,
            unreadable,
            frame: &frame,
        }))
    })
    .await
}
