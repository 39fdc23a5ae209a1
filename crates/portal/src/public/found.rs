//! Predicted and found: what laboratories saw of the meters that were taken out, beside what their readings had said. For everyone, without saying whose they are.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use heng_picture::{InstrumentRow, InstrumentsPicture};
use heng_statement::service::FixAction;
use heng_view::service::Tally;
use heng_wording::Words;

use crate::facts::service::{FoundFacts, error_text, found};
use crate::frame::{Frame, Place, address, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::answer::shape;
use crate::router::read;
use crate::style::PICTURES;
use crate::utility::network::{interval, stated};
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
    picture: Option<String>,
    rows: Vec<Row>,
}

/// `/found`
pub(crate) async fn page(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Found, words.say("found-title", &[]));
        let (facts, tally) = found(portal)?;
        let limit = limit(portal)?;
        let rows: Vec<Row> = facts.iter().enumerate().map(|(place, one)| row(place, one, &frame)).collect();
        let drawn_rows = facts.iter().enumerate().map(|(place, one)| {
            let found = &one.found.error;
            InstrumentRow {
                name: words.say("found-meter", &[("number", &(place + 1).to_string())]),
                state: word(one.inferred.state, words),
                value: one.inferred.error.value.to_f64(),
                interval: interval(&one.inferred.error),
                found: Some((found.value, 2.0 * found.standard_uncertainty)),
                shape: drawn(one.inferred.state),
            }
        });
        let drawn_rows: Vec<InstrumentRow> = drawn_rows.collect();
        let picture = limit.filter(|_| !drawn_rows.is_empty()).map(|(limit, unit)| {
            InstrumentsPicture { name: "e".to_owned(), unit, limit, rows: drawn_rows }.picture(words).figure(words)
        });
        let counts = counts(tally, words);
        Ok(html(&FoundPage { frame: &frame, pictures: PICTURES.address(), counts, picture, rows }))
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

/// The limit of the last inference.
fn limit(portal: &Portal) -> Result<Option<(f64, heng_quantity::Unit)>, Problem> {
    let inventory = portal.inventory()?;
    let last = inventory.service().networks().filter_map(|(_, inferred)| inferred.last()).max_by_key(|one| one.made_at);
    Ok(last.map(|one| (one.inference.largest_error.value.to_f64(), one.inference.largest_error.unit.clone())))
}

fn row(place: usize, one: &FoundFacts, frame: &Frame<'_>) -> Row {
    let words = frame.words;
    let found = &one.found;
    let stated = stated(&found.error);
    let verdict = if found.conforms { "found-conforms" } else { "found-does-not-conform" };
    Row {
        name: words.say("found-meter", &[("number", &(place + 1).to_string())]),
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
