//! Taking a certificate back: a statement of the laboratory, with a reason, from a day on.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use heng_office::clock;
use heng_rule::Words as Said;
use heng_supervision::correction::{Retraction, days, withdrawal};
use heng_view::inventory::Certified;
use jiff::civil::Date;
use serde::Deserialize;

use crate::access::{Action, Matter};
use crate::frame::{Frame, Place, address, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// Longer reasons are refused.
const LONGEST_REASON: usize = 500;

/// What was typed.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    from: String,
}

#[derive(Template)]
#[template(path = "withdrawal.html")]
struct WithdrawalPage<'a> {
    frame: &'a Frame<'a>,
    number: &'a str,
    page: String,
    typed: Typed,
    today: String,
    /// How many certificates rest on it.
    below: usize,
    wrong: Vec<(&'static str, String)>,
}

/// The certificate, if it still stands and is of the visitor's own laboratory.
fn own(portal: &Portal, visit: &Visit, number: &str) -> Result<Certified, Problem> {
    let certified = {
        let inventory = portal.inventory()?;
        let unknown = || Problem::new(StatusCode::NOT_FOUND, "no-certificate").with("number", number);
        inventory.numbered(number).cloned().ok_or_else(unknown)?
    };
    let matter = Matter { laboratory: Some(certified.issuer.clone()), ..Matter::default() };
    portal.require(visit, Action::Withdraw, &matter)?;
    Ok(certified)
}

/// `/laboratory/withdraw/{number}`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let certified = own(portal, &visit, &number)?;
        shown(portal, &visit, &certified, Typed::default(), Vec::new())
    })
    .await
}

/// `POST /laboratory/withdraw/{number}`
pub(crate) async fn withdraw(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(number): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        // One after the other: the second finds what the first said.
        let _turn = portal.turn();
        let certified = own(portal, &visit, &number)?;
        let page = address("/certificate/", &certified.number);
        let words = portal.words(visit.language());
        let mut wrong = Vec::new();
        let reason = typed.reason.trim().to_owned();
        if !(1..=LONGEST_REASON).contains(&reason.chars().count()) {
            let longest = LONGEST_REASON.to_string();
            wrong.push(("reason", words.say("laboratory-reason-wrong", &[("longest", &longest)])));
        }
        let from = typed.from.trim().parse::<Date>().ok();
        let from = from.filter(|day| days(certified.performed_on, portal.today()).contains(day));
        if from.is_none() {
            let day = certified.performed_on.to_string();
            wrong.push(("from", words.say("laboratory-withdraw-day-wrong", &[("day", &day)])));
        }
        if let (Some(before), Some(from)) = (certified.correction.as_ref().map(|before| before.from), from) {
            // Said already, perhaps by the same click.
            if from == before {
                return Ok(Redirect::to(&page).into_response());
            }
            if from > before {
                let day = before.to_string();
                wrong.push(("from", words.say("laboratory-withdraw-day-later", &[("day", &day)])));
            }
        }
        let (Some(from), true) = (from, wrong.is_empty()) else {
            let mut response = shown(portal, &visit, &certified, typed, wrong)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        };
        // What a person typed is in one language; it is kept as it was typed, in both places.
        let reason = Said { zh: reason.clone(), en: reason };
        let signed = portal.statement(&certified.hash)?.ok_or_else(Problem::no_page)?;
        let statement = withdrawal(Retraction {
            issuer: certified.issuer.clone(),
            about: signed.statement.about.clone(),
            statement: certified.hash.clone(),
            from,
            reason,
            made_at: clock::now(),
            decided_by: visit.person().map(|person| person.id.clone()),
        });
        portal.office().append(vec![portal.office().signed(&statement)?])?;
        Ok(Redirect::to(&page).into_response())
    })
    .await
}

fn shown(
    portal: &Portal,
    visit: &Visit,
    certified: &Certified,
    typed: Typed,
    wrong: Vec<(&'static str, String)>,
) -> Result<Response, Problem> {
    let words = portal.words(visit.language());
    let below = crate::facts::chain::downwards(portal, &certified.hash)?.count;
    let frame = Frame::new(portal, visit, Place::Laboratory, words.say("laboratory-withdraw-title", &[]));
    Ok(html(&WithdrawalPage {
        number: &certified.number,
        page: address("/certificate/", &certified.number),
        typed,
        today: portal.today().to_string(),
        below,
        wrong,
        frame: &frame,
    }))
}
