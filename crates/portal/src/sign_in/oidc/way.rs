//! The way to the provider and back: `/sign-in/provider` and `/sign-in/return`.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{HeaderValue, SET_COOKIE};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use heng_office::accounts::Subject;
use heng_office::clock;
use heng_office::keys::entropy;
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::pending::Begun;
use super::token::{Doubt, Expected, subject};
use super::{FetchError, Oidc};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::sign_in::attempts::Whose;
use crate::sign_in::door::{Goal, inside, set_cookie};
use crate::sign_in::whence::whence;
use crate::visit::cookie;

/// Ties an answer to the browser that asked.
const COOKIE: &str = "heng-sign-in";

/// What the provider sends back in the address.
#[derive(Deserialize)]
pub(crate) struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    iss: Option<String>,
    #[serde(default)]
    error: Option<String>,
}

/// `/sign-in/provider`
pub(crate) async fn leave(
    State(portal): State<Arc<Portal>>,
    extensions: Extensions,
    headers: HeaderMap,
    Query(goal): Query<Goal>,
) -> Result<Response, Problem> {
    let now = clock::now();
    // Each one under way is remembered: who begins many would push out those of others.
    let from = whence(&extensions, &headers, portal.proxy());
    let leaving = portal.attempts().begin(&[Whose::Leaving(from)], now);
    leaving.map_err(|_| Problem::busy())?;
    let back = back(&portal);
    let [token, state, nonce, verifier] = [random()?, random()?, random()?, random()?];
    let begun = Begun { state, nonce, verifier, to: inside(&goal.to).to_owned(), at: now };
    let (kept, asked) = (token.clone(), begun.clone());
    let entrance = read(Arc::clone(&portal), move |portal| {
        let oidc = portal.oidc().ok_or_else(Problem::no_page)?;
        let provider = oidc.provider(now).map_err(silent)?;
        oidc.pending.begin(&kept, asked.clone());
        Ok(provider.entrance(&[
            ("response_type", "code"),
            ("scope", "openid"),
            ("client_id", &oidc.settings.client),
            ("redirect_uri", &back),
            ("state", &asked.state),
            ("nonce", &asked.nonce),
            ("code_challenge", &URL_SAFE_NO_PAD.encode(Sha256::digest(asked.verifier.as_bytes()))),
            ("code_challenge_method", "S256"),
        ]))
    });
    let mut response = Redirect::to(&entrance.await?).into_response();
    keep(&portal, &mut response, &token, "600");
    Ok(response)
}

/// `/sign-in/return`
pub(crate) async fn return_from(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    Query(answer): Query<Answer>,
) -> Result<Response, Problem> {
    let now = clock::now();
    let oidc = portal.oidc().ok_or_else(Problem::no_page)?;
    let begun = cookie(&headers, COOKIE).and_then(|token| oidc.pending.end(token, &answer.state, now));
    let begun = begun.ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "sign-in-lost"))?;
    if let Some(error) = answer.error {
        tracing::warn!(error, "the provider refused a sign-in");
        return Err(Problem::new(StatusCode::FORBIDDEN, "provider-refused"));
    }
    let back = back(&portal);
    let to = begun.to.clone();
    let account = read(Arc::clone(&portal), move |portal| {
        let oidc = portal.oidc().ok_or_else(Problem::no_page)?;
        let named = vouched(oidc, &begun, &answer.code, answer.iss.as_deref(), &back, now)?;
        let account = portal.office().accounts().vouched(&named)?;
        let known = account.filter(|account| portal.person(&account.name, &account.party).is_some());
        known.ok_or_else(|| Problem::new(StatusCode::FORBIDDEN, "provider-stranger").with("subject", &named.subject))
    });
    let token = portal.sessions().begin(&account.await?, now)?;
    let mut response = Redirect::to(&to).into_response();
    set_cookie(&portal, &mut response, &token);
    keep(&portal, &mut response, "", "0");
    Ok(response)
}

/// Whom the provider vouches for, by a code that it gave to the browser.
fn vouched(
    oidc: &Oidc,
    begun: &Begun,
    code: &str,
    named: Option<&str>,
    back: &str,
    now: Timestamp,
) -> Result<Subject, Problem> {
    let settings = &oidc.settings;
    let mut provider = oidc.provider(now).map_err(silent)?;
    if !provider.is_named_right(named) {
        return Err(doubted(Doubt::Issuer));
    }
    let token = provider.token(settings, code, &begun.verifier, back).map_err(silent)?;
    let expected = Expected { issuer: &settings.issuer, client: &settings.client, nonce: &begun.nonce, now };
    let mut judged = subject(&token, &provider.keys, expected);
    if judged == Err(Doubt::Key) {
        provider = oidc.provider_with_new_keys(now).map_err(silent)?;
        judged = subject(&token, &provider.keys, expected);
    }
    Ok(Subject { issuer: settings.issuer.clone(), subject: judged.map_err(doubted)? })
}

/// Where the provider sends the browser: the service's address as its certificates say it, never what a request calls it.
fn back(portal: &Portal) -> String {
    format!("{}/sign-in/return", portal.office().origin())
}

fn random() -> Result<String, Problem> {
    Ok(URL_SAFE_NO_PAD.encode(entropy()?))
}

fn silent(error: FetchError) -> Problem {
    Problem { cause: Some(error.to_string()), ..Problem::new(StatusCode::BAD_GATEWAY, "provider-silent") }
}

fn doubted(doubt: Doubt) -> Problem {
    Problem { cause: Some(format!("{doubt:?}")), ..Problem::new(StatusCode::BAD_GATEWAY, "provider-doubted") }
}

/// The browser sends this cookie along when the provider sends it back, which `Strict` would prevent.
fn keep(portal: &Portal, response: &mut Response, token: &str, seconds: &str) {
    let secure = if portal.is_secure() { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={token}; Path=/sign-in; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}
