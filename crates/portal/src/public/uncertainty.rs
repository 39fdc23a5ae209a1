//! The page where a measurement model is typed and all that follows from it is seen.

pub(crate) mod answer;
pub(crate) mod evaluated;
mod examples;
mod marked;
mod numbers;

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use crate::frame::{Frame, Place, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::style::{MODEL, PICTURES};
use crate::visit::Visit;
use answer::{Answer, answer};
use evaluated::{LONGEST_TEXT, evaluate, status};
use examples::{EXAMPLES, FIRST, example};

/// What a form with the longest text takes: three bytes for each of a text that is all percent-encoded, and its name.
pub(crate) const LARGEST_BODY: usize = 4 * LONGEST_TEXT;

/// Which worked example is asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    example: Option<String>,
}

/// What a form brings.
#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    model: String,
}

#[derive(Template)]
#[template(path = "uncertainty.html")]
struct UncertaintyPage<'a> {
    frame: &'a Frame<'a>,
    text: &'a str,
    answer: &'a Answer,
    /// The name of a worked example, what it is called, whether it is shown.
    examples: Vec<(&'static str, String, bool)>,
    script: &'static str,
    /// The style of the pictures.
    pictures: &'static str,
}

/// `/uncertainty`: a worked example to start from.
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let name = asked.example.as_deref().unwrap_or(FIRST);
    let (name, text) = example(name).ok_or_else(Problem::no_page)?;
    shown(&portal, &visit, text, Some(name)).await
}

/// `POST /uncertainty`: what was typed, with all that follows from it.
pub(crate) async fn of_text(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    typed: Result<Form<Typed>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(typed) = typed.map_err(|rejection| too_large(rejection.status()))?;
    // A browser sends line ends as CR LF; places are counted in the text as it was typed.
    let text = typed.model.replace("\r\n", "\n");
    shown(&portal, &visit, &text, None).await
}

/// A body that a library refused.
pub(crate) fn too_large(status: StatusCode) -> Problem {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(status, "model-too-large"),
        // A form that cannot be read is as wrong as any other.
        status => Problem::of_status(status),
    }
}

async fn shown(
    portal: &Arc<Portal>,
    visit: &Visit,
    text: &str,
    chosen: Option<&'static str>,
) -> Result<Response, Problem> {
    let evaluated = evaluate(portal, text.to_owned()).await?;
    let status = status(&evaluated);
    let words = portal.words(visit.language());
    let mut answer = answer(text, &evaluated, words);
    // A worked example is called what it is called in the list, in the reader's language.
    if answer.title.is_some()
        && let Some((name, _)) = EXAMPLES.iter().find(|(_, known)| *known == text)
    {
        answer.title = Some(words.say(&format!("model-example-{name}"), &[]));
        answer.origin = None;
    }
    let title = words.say("model-page-title", &[]);
    let frame = Frame::new(portal, visit, Place::Elsewhere, title);
    let examples = EXAMPLES.iter().map(|(name, _)| {
        let title = words.say(&format!("model-example-{name}"), &[]);
        (*name, title, chosen == Some(*name))
    });
    let page = UncertaintyPage {
        frame: &frame,
        text,
        answer: &answer,
        examples: examples.collect(),
        script: MODEL.address(),
        pictures: PICTURES.address(),
    };
    let mut response = html(&page);
    *response.status_mut() = status;
    Ok(response)
}
