//! The door: a name and a password; a page that says what was wrong without saying which of the two.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::header::{HeaderValue, RETRY_AFTER, SET_COOKIE};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use heng_office::accounts::LONGEST_NAME;
use heng_office::clock;
use serde::Deserialize;

use super::COOKIE;
use super::attempts::Whose;
use super::whence::whence;
use crate::frame::{Frame, Place, address, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// Longer addresses are none of ours.
const LONGEST_GOAL: usize = 2000;

/// What the form may bring, in bytes.
pub(crate) const LARGEST_FORM: usize = 16 * 1024;

/// Where to go afterwards.
#[derive(Deserialize)]
pub(crate) struct Goal {
    #[serde(default)]
    pub(super) to: String,
}

/// What was typed.
#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    to: String,
}

#[derive(Template)]
#[template(path = "sign-in.html")]
struct Door<'a> {
    frame: &'a Frame<'a>,
    to: &'a str,
    name: &'a str,
    wrong: Option<String>,
    /// A provider that vouches besides: its name, and the way to it.
    provider: Option<(&'a str, String)>,
}

/// `/sign-in`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(goal): Query<Goal>,
) -> Result<Response, Problem> {
    if visit.person().is_some() {
        return Ok(Redirect::to(inside(&goal.to)).into_response());
    }
    Ok(door(&portal, &visit, &goal.to, "", None))
}

/// `POST /sign-in`
pub(crate) async fn sign_in(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    extensions: Extensions,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let now = clock::now();
    let name = typed.name.trim().to_lowercase();
    let whose = whose(&name, whence(&extensions, &headers, portal.proxy()));
    if let Err(wait) = portal.attempts().begin(&whose, now) {
        let seconds = (wait.as_secs() + 1).to_string();
        let said = portal.words(visit.language()).say("portal-sign-in-wait", &[("seconds", &seconds)]);
        let mut response = door(&portal, &visit, &typed.to, &name, Some(said));
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        if let Ok(seconds) = HeaderValue::from_str(&seconds) {
            response.headers_mut().insert(RETRY_AFTER, seconds);
        }
        return Ok(response);
    }
    // Hashing takes a core for a while; more than a few at once would stop everyone else.
    let turn = portal.hashing().acquire().await.map_err(Problem::failure)?;
    let (asked, password) = (name.clone(), typed.password);
    let account =
        read(Arc::clone(&portal), move |portal| Ok(portal.office().accounts().proven(&asked, &password)?)).await?;
    drop(turn);
    let known = account.filter(|account| portal.person(&account.name, &account.party).is_some());
    let Some(account) = known else {
        tracing::warn!("a sign-in failed");
        let said = portal.words(visit.language()).say("portal-sign-in-wrong", &[]);
        let mut response = door(&portal, &visit, &typed.to, &name, Some(said));
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    };
    portal.attempts().succeeded(&whose);
    let token = portal.sessions().begin(&account, now)?;
    let mut response = Redirect::to(inside(&typed.to)).into_response();
    set_cookie(&portal, &mut response, &token);
    Ok(response)
}

/// With whom a try counts. A name that no account can have is not remembered.
fn whose(name: &str, from: String) -> Vec<Whose> {
    let of_name = [Whose::NameFrom(name.to_owned(), from.clone()), Whose::Name(name.to_owned())];
    let is_possible = name.len() <= LONGEST_NAME;
    of_name.into_iter().filter(|_| is_possible).chain([Whose::Address(from)]).collect()
}

/// `POST /sign-out`
pub(crate) async fn sign_out(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    if let Some(token) = visit.session() {
        portal.sessions().end(token);
    }
    let mut response = Redirect::to("/").into_response();
    set_cookie(&portal, &mut response, "");
    Ok(response)
}

/// The session's cookie; without a token, one that takes it away.
pub(super) fn set_cookie(portal: &Portal, response: &mut Response, token: &str) {
    let age = if token.is_empty() { "; Max-Age=0" } else { "" };
    let secure = if portal.is_secure() { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

/// A path of ours, whatever the address bar says; one's own day where it is none.
pub(super) fn inside(to: &str) -> &str {
    let is_path = to.len() <= LONGEST_GOAL
        && to.starts_with('/')
        && !to.starts_with("//")
        && !to.contains(|sign: char| sign == '\\' || sign.is_control());
    if is_path { to } else { "/day" }
}

fn door(portal: &Portal, visit: &Visit, to: &str, name: &str, wrong: Option<String>) -> Response {
    let title = portal.words(visit.language()).say("portal-sign-in-title", &[]);
    let frame = Frame::new(portal, visit, Place::Elsewhere, title);
    let to = inside(to);
    let provider = portal.oidc().map(|oidc| (frame.one_of(oidc.name()), address("/sign-in/provider?to=", to)));
    html(&Door { frame: &frame, to, name, wrong, provider })
}
