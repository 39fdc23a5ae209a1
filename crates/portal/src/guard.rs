//! What holds for every request: its language, its limits, its headers, its line in the log, and a page for every problem.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{
    AUTHORIZATION, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, SET_COOKIE,
    VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use heng_office::clock;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::frame::{Frame, Place, html};
use crate::interface::readings::ADDRESS as READINGS;
use crate::kept::{Asked, Stamp, asked};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::problem::ProblemPage;
use crate::router::read;
use crate::sign_in::is_cross_site;
use crate::visit::{COOKIE_NAME, Visit};

/// What a page may load: our style, our pictures, our own scripts from files, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The largest upload: an issued PDF with its proof has about 0.5 MB.
pub(crate) const LARGEST: usize = 16 * 1024 * 1024;

/// How long a request may take, its upload included.
const LONGEST: Duration = Duration::from_secs(30);

/// A year.
const REMEMBERED: &str = "Max-Age=31536000; Path=/; SameSite=Lax; HttpOnly";

/// Around everything else.
pub(crate) async fn guard(State(portal): State<Arc<Portal>>, mut request: Request, next: Next) -> Response {
    let begun = clock::now();
    let visit = Visit::of(request.uri(), request.headers());
    let visit = match token(&request) {
        Some(token) => by_token(&portal, visit, token).await,
        None => known(&portal, visit, begun).await,
    };
    let method = request.method().clone();
    let asked = asked(&method, &visit, request.uri().query());
    // Taken before anything is read: an answer is kept for the log that it was certainly made from.
    let stamp = Stamp { size: portal.office().size(), day: clock::day(begun) };
    if let Some(asked) = &asked
        && let Some(response) = portal.kept().answer(asked, stamp, begun)
    {
        let took = since(begun);
        portal.metrics().count_kept(response.status(), took);
        log(&method, &response, took);
        return response;
    }
    let crosses = is_cross_site(&method, request.headers(), visit.session().is_some());
    request.extensions_mut().insert(visit.clone());
    let mut response = if crosses {
        Problem::new(StatusCode::FORBIDDEN, "cross-site").into_response()
    } else {
        match tokio::time::timeout(LONGEST, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Problem::of_status(StatusCode::REQUEST_TIMEOUT).into_response(),
        }
    };
    if response.status().is_client_error() || response.status().is_server_error() {
        response = said(&portal, &visit, response);
    }
    dress(&mut response, &visit);
    if let Some(asked) = asked
        && response.status() == StatusCode::OK
    {
        response = keep(&portal, response, asked, stamp, begun).await;
    }
    let took = since(begun);
    portal.metrics().count(response.status(), took);
    log(&method, &response, took);
    response
}

/// How long ago that was.
fn since(begun: Timestamp) -> Duration {
    clock::now().duration_since(begun).unsigned_abs()
}

/// Keeps an answer and gives it back.
async fn keep(portal: &Portal, response: Response, asked: Asked, stamp: Stamp, now: Timestamp) -> Response {
    let (parts, body) = response.into_parts();
    match axum::body::to_bytes(body, LARGEST).await {
        Ok(body) => {
            portal.kept().keep(asked, stamp, now, &parts, &body);
            Response::from_parts(parts, body.into())
        }
        Err(error) => Problem::failure(error).into_response(),
    }
}

/// The visit with the person whose session it is, as the log says today what they may do.
async fn known(portal: &Arc<Portal>, visit: Visit, now: Timestamp) -> Visit {
    let session = visit.session().and_then(|token| portal.sessions().account(token, now));
    let Some((account, proof)) = session else { return visit };
    let person = read(Arc::clone(portal), move |portal| {
        // Another password, or another subject, and the session is over.
        let account = portal.office().accounts().named(&account)?.filter(|account| account.proof() == proof);
        Ok(account.and_then(|account| portal.person(&account.name, &account.party)))
    });
    let person = person.await.ok().flatten();
    visit.by(person)
}

/// The token that a program sends, at the one address where it counts.
fn token(request: &Request) -> Option<String> {
    let header = request.headers().get(AUTHORIZATION).filter(|_| request.uri().path() == READINGS)?;
    header.to_str().ok()?.strip_prefix("Bearer ").map(|token| token.trim().to_owned())
}

/// The visit with the party whose token it is.
async fn by_token(portal: &Arc<Portal>, visit: Visit, token: String) -> Visit {
    let person = read(Arc::clone(portal), move |portal| {
        let account = portal.office().accounts().of_token(&token)?;
        Ok(account.and_then(|account| portal.person(&account.name, &account.party)))
    });
    let person = person.await.ok().flatten();
    visit.by(person)
}

/// A problem as a page, or as JSON where a program asked. What a library answered with its own words becomes a page too.
fn said(portal: &Portal, visit: &Visit, response: Response) -> Response {
    let status = response.status();
    let problem = match response.extensions().get::<Problem>() {
        Some(problem) => problem.clone(),
        // A handler that says more than a problem does has said it in full.
        None if response.headers().get(CONTENT_TYPE).is_some_and(is_said) => {
            return response;
        }
        None => Problem::of_status(status),
    };
    if let Some(cause) = &problem.cause {
        tracing::error!(code = problem.code, cause, "a page could not be shown");
    }
    let words = portal.words(visit.language());
    let page = ProblemPage::new(&problem, words);
    let mut answer = if visit.is_of_program() {
        let near: Vec<Value> =
            page.near.iter().map(|(name, address)| json!({ "name": name, "address": address })).collect();
        let said = json!({ "code": problem.code, "title": page.title, "next": page.next, "near": near });
        (status, [(CONTENT_TYPE, "application/problem+json")], said.to_string()).into_response()
    } else {
        let frame = Frame::new(portal, visit, Place::Elsewhere, page.title.clone());
        (status, html(&page.in_frame(&frame))).into_response()
    };
    if let Some(allowed) = response.headers().get(axum::http::header::ALLOW) {
        answer.headers_mut().insert(axum::http::header::ALLOW, allowed.clone());
    }
    answer.extensions_mut().extend(response.extensions().clone());
    answer
}

fn is_said(kind: &HeaderValue) -> bool {
    kind == "text/html; charset=utf-8" || kind == "application/problem+json"
}

/// The headers of every answer.
fn dress(response: &mut Response, visit: &Visit) {
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 5] = [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    if headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        let language = match visit.language() {
            heng_wording::Language::Zh => "zh-Hans",
            heng_wording::Language::En => "en",
        };
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language));
        headers.insert(VARY, HeaderValue::from_static("Accept-Language, Cookie"));
        // A page shows how things stand now; what a person sees is nobody else's.
        let kept = if visit.person().is_some() { "no-store" } else { "no-cache" };
        headers.entry(axum::http::header::CACHE_CONTROL).or_insert(HeaderValue::from_static(kept));
        let cookie = format!("{COOKIE_NAME}={}; {REMEMBERED}", visit.language());
        if visit.has_chosen()
            && let Ok(cookie) = HeaderValue::from_str(&cookie)
        {
            headers.append(SET_COOKIE, cookie);
        }
    }
}

/// The route's pattern, kept for the log: the address itself may name a person's instrument.
#[derive(Clone, Debug)]
pub(crate) struct Route(pub(crate) String);

/// Notes the pattern of the route that answers.
pub(crate) async fn note_route(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<axum::extract::MatchedPath>().map(|path| Route(path.as_str().to_owned()));
    let mut response = next.run(request).await;
    response.extensions_mut().extend(
        route
            .map(|route| {
                let mut one = axum::http::Extensions::new();
                one.insert(route);
                one
            })
            .unwrap_or_default(),
    );
    response
}

fn log(method: &Method, response: &Response, took: Duration) {
    let route = response.extensions().get::<Route>().map_or("-", |route| route.0.as_str());
    tracing::info!(%method, route, status = response.status().as_u16(), milliseconds = took.as_millis() as u64, "request");
}
