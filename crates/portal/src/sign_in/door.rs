//! The door: a name and a password; a page that says what was wrong without saying which of the two.

use std::net::SocketAddr;
use std::sync::Arc;

use askama::Template;
use axum::extract::{ConnectInfo, Form, Query, State};
use axum::http::header::{HeaderValue, RETRY_AFTER, SET_COOKIE};
use axum::http::{Extensions, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use heng_office::clock;
use serde::Deserialize;

use super::COOKIE;
use super::attempts::Whose;
use crate::frame::{Frame, Place, address, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

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
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let now = clock::now();
    let name = typed.name.trim().to_lowercase();
    let address = extensions.get::<ConnectInfo<SocketAddr>>().map(|from| from.0.ip().to_string());
    let whose = [Some(Whose::Name(name.clone())), address.map(Whose::Address)];
    let waits = whose.iter().flatten().filter_map(|whose| portal.attempts().wait(whose, now));
    if let Some(wait) = waits.max() {
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
        for whose in whose.into_iter().flatten() {
            portal.attempts().failed(whose, now);
        }
        tracing::warn!("a sign-in failed");
        let said = portal.words(visit.language()).say("portal-sign-in-wrong", &[]);
        let mut response = door(&portal, &visit, &typed.to, &name, Some(said));
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    };
    // Only the name's tries: who knows one password must not try others from the same address for ever.
    portal.attempts().forget(&Whose::Name(name));
    let token = portal.sessions().begin(&account.name, now)?;
    let mut response = Redirect::to(inside(&typed.to)).into_response();
    set_cookie(&portal, &mut response, &token);
    Ok(response)
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
    let is_path =
        to.starts_with('/') && !to.starts_with("//") && !to.contains(|sign: char| sign == '\\' || sign.is_control());
    if is_path { to } else { "/day" }
}

fn door(portal: &Portal, visit: &Visit, to: &str, name: &str, wrong: Option<String>) -> Response {
    let title = portal.words(visit.language()).say("portal-sign-in-title", &[]);
    let frame = Frame::new(portal, visit, Place::Elsewhere, title);
    let to = inside(to);
    let provider = portal.oidc().map(|oidc| (frame.one_of(oidc.name()), address("/sign-in/provider?to=", to)));
    html(&Door { frame: &frame, to, name, wrong, provider })
}
