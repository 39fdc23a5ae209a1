//! What sealed forecasts were worth, product by product, each figure beside the rate at which the event happens anyway.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use heng_office::plan::json::product as product_facts;
use heng_view::plan::{Outcome, Product, Verified, products};
use heng_wording::Words;
use serde_json::{Value, json};

use super::asked::Asked;
use super::evidence::statement;
use super::figures::named;
use crate::frame::{Frame, Place, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::answer::shape;
use crate::router::read;
use crate::visit::Visit;

/// Forecasts listed of a product, the last ones.
const LISTED: usize = 20;

/// The same where they are asked for.
const MOST: usize = 200;

struct ForecastShown {
    day: String,
    district: String,
    shape: &'static str,
    outcome: String,
    lead: String,
    seal: Option<(String, String)>,
    observation: Option<(String, String)>,
}

struct ProductShown {
    name: String,
    said: String,
    id: String,
    /// How many came out so, and where they are listed.
    counts: Vec<(String, u64, String)>,
    is_open: bool,
    scores: Vec<(String, String)>,
    last: Vec<ForecastShown>,
    last_said: String,
}

#[derive(Template)]
#[template(path = "plan-forecasts.html")]
struct ForecastsPage<'a> {
    frame: &'a Frame<'a>,
    back: String,
    products: Vec<ProductShown>,
}

/// `/plan/forecasts`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let day = asked.day(portal)?;
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Plan, words.say("plan-forecasts-title", &[]));
        let inventory = portal.inventory()?;
        let shown = products(inventory.plan(), day);
        let products = shown.iter().map(|product| {
            let counts = [Outcome::Hit, Outcome::Miss, Outcome::FalseAlarm, Outcome::CorrectRejection];
            let others = [Outcome::Unverified, Outcome::Late].into_iter().filter(|one| product.count(*one) > 0);
            let is_asked = asked.row.trim() == product.name;
            let is_listed = |one: &&Verified| !is_asked || asked.state.is_empty() || one.outcome.code() == asked.state;
            let wanted: Vec<&Verified> = product.forecasts.iter().rev().filter(is_listed).collect();
            let most = if is_asked { MOST } else { LISTED };
            let lead = product.mean_lead_minutes().map(|minutes| minutes.to_string());
            let said = match &lead {
                Some(minutes) => words.say("plan-forecasts-lead-time", &[("minutes", minutes)]),
                None => words.say("plan-forecasts-no-hit", &[]),
            };
            let data = [("shown", wanted.len().min(most).to_string()), ("all", wanted.len().to_string())];
            let count = |one: Outcome| {
                let page = asked.address("/plan/forecasts", &[("row", &product.name), ("state", one.code())]);
                (word(one, words), product.count(one), format!("{page}#{}", product.name))
            };
            ProductShown {
                name: named("plan-product", &product.name, words),
                said,
                id: product.name.clone(),
                counts: counts.into_iter().chain(others).map(count).collect(),
                is_open: is_asked,
                scores: scores(product, words),
                last: wanted.into_iter().take(most).map(|one| forecast(&inventory, one, words)).collect(),
                last_said: words
                    .say("plan-forecasts-last", &data.each_ref().map(|(name, text)| (*name, text.as_str()))),
            }
        });
        let products = products.collect();
        Ok(html(&ForecastsPage { back: asked.address("/plan", &[]), products, frame: &frame }))
    })
    .await
}

fn word(outcome: Outcome, words: &Words) -> String {
    words.say(&format!("plan-outcome-{}", outcome.code()), &[])
}

/// Scores in tenths of a per cent, cut: 100 means that not one is missing.
fn scores(product: &Product, words: &Words) -> Vec<(String, String)> {
    let all = product.scores().into_iter();
    all.map(|(code, share)| {
        let text =
            share.map_or_else(|| "–".to_owned(), |share| format!("{:.1}\u{a0}%", (share * 1000.0).floor() / 10.0));
        (words.say(&format!("plan-score-{code}"), &[]), text)
    })
    .collect()
}

fn forecast(inventory: &heng_view::Inventory, one: &Verified, words: &Words) -> ForecastShown {
    let linked = |hash: &heng_statement::StatementHash| statement(inventory, hash);
    ForecastShown {
        day: one.day.to_string(),
        district: named("district", &one.district, words),
        shape: match one.outcome {
            Outcome::Hit | Outcome::CorrectRejection => shape::GOOD,
            Outcome::Miss | Outcome::FalseAlarm => shape::BAD,
            Outcome::Late => shape::ATTENTION,
            Outcome::Unverified => shape::UNKNOWN,
        },
        outcome: word(one.outcome, words),
        lead: one.lead_minutes.map(|minutes| format!("{minutes}\u{a0}min")).unwrap_or_default(),
        seal: one.seal.as_ref().map(linked),
        observation: one.observation.as_ref().map(linked),
    }
}

/// The same for programs.
pub(crate) fn facts(portal: &Portal, asked: &Asked) -> Result<Value, Problem> {
    let day = asked.day(portal)?;
    let inventory = portal.inventory()?;
    let products: Vec<Value> = products(inventory.plan(), day).iter().map(product_facts).collect();
    Ok(json!({ "as_of": day, "products": products }))
}
