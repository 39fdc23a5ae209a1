//! Predicted and found: what laboratories saw of the meters that were taken out, beside what their readings had said. For everyone, without saying whose they are.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use heng_picture::{InstrumentRow, InstrumentsPicture};
use heng_quantity::Reported;
use heng_statement::service::FixAction;
use heng_view::service::Tally;
use heng_wording::Words;

use crate::facts::service::error_text;
use crate::facts::service::found::{FoundFacts, found};
use crate::frame::{Frame, Place, address, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::answer::shape;
use crate::router::read;
use crate::style::PICTURES;
use crate::utility::instruments::stated;
use crate::utility::network::interval;
use crate::utility::said::{drawn, word};
use crate::visit::Visit;

/// An instrument that was looked at.
struct Row {
    name: String,
    why: String,
    inferred: String,
    found: String,
    shape: &'static str,
    verdict: String,
    holds: Option<(&'static str, String)>,
    number: String,
    page: String,
}

#[derive(Template)]
#[template(path = "found.html")]
struct FoundPage<'a> {
    frame: &'a Frame<'a>,
    pictures: &'static str,
    /// How often alarms were right, what was missed, and how often intervals held: what it is, and the counts.
    counts: [(String, String); 3],
    /// One for each limit that occurs.
    pictures_drawn: Vec<String>,
    rows: Vec<Row>,
}

/// `/found`
pub(crate) async fn page(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Found, words.say("found-title", &[]));
        let (facts, tally) = found(portal)?;
        let rows: Vec<Row> = facts.iter().enumerate().map(|(place, one)| row(place, one, &frame)).collect();
        let pictures_drawn = drawings(&facts, words);
        let counts = counts(tally, words);
        Ok(html(&FoundPage { frame: &frame, pictures: PICTURES.address(), counts, pictures_drawn, rows }))
    })
    .await
}

fn counts(tally: Tally, words: &Words) -> [(String, String); 3] {
    let all = [
        ("precision", tally.alarmed_wrong, tally.alarmed_wrong + tally.alarmed_right),
        ("missed", tally.sampled_wrong, tally.sampled_wrong + tally.sampled_right),
        ("coverage", tally.held, tally.compared),
    ];
    all.map(|(code, part, all)| {
        let said = words.say(&format!("found-{code}-said"), &[("part", &part.to_string()), ("all", &all.to_string())]);
        (words.say(&format!("found-{code}"), &[]), said)
    })
}

/// Inferred and found, drawn for each limit that occurs.
fn drawings(facts: &[FoundFacts], words: &Words) -> Vec<String> {
    let mut limits: Vec<&Reported> = Vec::new();
    for one in facts {
        if !limits.contains(&&one.limit) {
            limits.push(&one.limit);
        }
    }
    let drawing = |limit: &Reported| {
        let numbered = facts.iter().enumerate().filter(|(_, one)| one.limit == *limit);
        let rows = numbered.map(|(place, one)| {
            let found = &one.found.error;
            InstrumentRow {
                name: named(place, one, words),
                state: word(one.inferred.state, words),
                value: one.inferred.error.value.to_f64(),
                interval: interval(&one.inferred.error),
                found: Some((found.value, 2.0 * found.standard_uncertainty)),
                shape: drawn(one.inferred.state),
            }
        });
        let (unit, limit) = (limit.unit.clone(), limit.value.to_f64());
        InstrumentsPicture { name: "e".to_owned(), unit, limit, rows: rows.collect() }.picture(words).figure(words)
    };
    limits.into_iter().map(drawing).collect()
}

/// What it is called here, where nobody learns whose it is.
fn named(place: usize, one: &FoundFacts, words: &Words) -> String {
    let code = if one.inferred.sessions.is_some() { "found-pile" } else { "found-meter" };
    words.say(code, &[("number", &(place + 1).to_string())])
}

fn row(place: usize, one: &FoundFacts, frame: &Frame<'_>) -> Row {
    let words = frame.words;
    let found = &one.found;
    let stated = stated(&found.error);
    let verdict = if found.conforms { "found-conforms" } else { "found-does-not-conform" };
    Row {
        name: named(place, one, words),
        why: match one.done.fix.action {
            FixAction::Sampled => words.say("found-sampled", &[]),
            _ => word(one.inferred.state, words),
        },
        inferred: error_text(&one.inferred.error),
        found: stated.unwrap_or_else(|| "–".to_owned()),
        shape: if found.conforms { shape::GOOD } else { shape::BAD },
        verdict: words.say(verdict, &[]),
        holds: one.compared.as_ref().map(|compared| {
            let (shape, code) =
                if compared.holds { (shape::GOOD, "found-holds") } else { (shape::BAD, "found-holds-not") };
            (shape, words.say(code, &[]))
        }),
        number: one.number.clone(),
        page: address("/certificate/", &one.number),
    }
}
