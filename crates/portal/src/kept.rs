//! Answers that are kept: the same public page for everyone, for as long as the log and the day are what they were when it was made.
//!
//! Nothing is kept of what a signed-in person sees. One more statement in the log, of whatever kind, and every kept answer is made again: that
//! needs no list of what depends on what, and cannot show what was withdrawn.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::response::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use heng_wording::Language;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::guard::Route;
use crate::visit::Visit;

/// About how many bytes all kept answers together take at most: of more than these, the ones asked for least are forgotten.
const MOST_BYTES: u64 = 512 << 20;

/// About how many answers there are in as many bytes.
const ANSWERS: usize = 32_768;

/// What an answer takes besides its body and its address: its headers.
const AROUND: u64 = 1024;

/// The longest address whose answer is kept: people's are shorter, and others would be kept under addresses without end.
const LONGEST_ADDRESS: usize = 512;

/// An answer that says when it was made is not shown for longer than this.
const LONGEST: SignedDuration = SignedDuration::from_secs(60);

/// The pages that are the same for everyone and follow from the log and the day alone.
const OF_THE_DAY: [&str; 10] = [
    "/thing/",
    "/certificate/",
    "/register",
    "/plan",
    "/uncertainty",
    "/api/certificate/",
    "/api/thing/",
    "/api/register",
    "/api/plan",
    "/api/statement/",
];

/// Those that say up to which instant they know of withdrawals.
const OF_AN_INSTANT: [&str; 2] = ["/check/", "/api/check/"];

/// What an answer was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// The size of the log.
    pub(crate) size: u64,
    /// The legal day.
    pub(crate) day: Date,
}

/// The address as it was asked for, and the language.
pub(crate) type Asked = (String, Language);

struct Answer {
    stamp: Stamp,
    /// When it was made, if it says so.
    of: Option<Timestamp>,
    headers: HeaderMap,
    route: Option<Route>,
    body: Bytes,
}

#[derive(Clone, Copy)]
struct Weight;

impl Weighter<Asked, Arc<Answer>> for Weight {
    fn weight(&self, asked: &Asked, answer: &Arc<Answer>) -> u64 {
        AROUND + (asked.0.len() + answer.body.len()) as u64
    }
}

/// The kept answers.
pub(crate) struct Kept(Cache<Asked, Arc<Answer>, Weight>);

impl Default for Kept {
    fn default() -> Self {
        Self(Cache::with_weighter(ANSWERS, MOST_BYTES, Weight))
    }
}

/// What a request asks for, if its answer may be kept: a visitor's, of a public page, without a file and without a choice of language.
pub(crate) fn asked(method: &Method, visit: &Visit, query: Option<&str>) -> Option<Asked> {
    let path = visit.path();
    let is_file = path.strip_prefix("/certificate/").is_some_and(|rest| rest.contains('/'));
    let is_public = OF_THE_DAY.iter().chain(&OF_AN_INSTANT).any(|public| path.starts_with(public)) && !is_file;
    let is_plain = method == Method::GET && visit.session().is_none() && !visit.has_chosen();
    let query = query.unwrap_or_default();
    let is_short = path.len() + query.len() < LONGEST_ADDRESS;
    (is_public && is_plain && is_short).then(|| (format!("{path}?{query}"), visit.language()))
}

impl Kept {
    /// A kept answer that is still true.
    pub(crate) fn answer(&self, asked: &Asked, stamp: Stamp, now: Timestamp) -> Option<Response> {
        let answer = self.0.get(asked).filter(|answer| answer.stamp == stamp)?;
        if answer.of.is_some_and(|made_at| now.duration_since(made_at) > LONGEST) {
            return None;
        }
        let mut response = (StatusCode::OK, answer.body.clone()).into_response();
        *response.headers_mut() = answer.headers.clone();
        if let Some(route) = &answer.route {
            response.extensions_mut().insert(route.clone());
        }
        Some(response)
    }

    /// Keeps an answer. `stamp` is what held before it was made: had the log grown meanwhile, the answer is not found again.
    pub(crate) fn keep(&self, asked: Asked, stamp: Stamp, now: Timestamp, parts: &Parts, body: &Bytes) {
        let route = parts.extensions.get::<Route>().cloned();
        let of = OF_AN_INSTANT.iter().any(|public| asked.0.starts_with(public)).then_some(now);
        let answer = Answer { stamp, of, headers: parts.headers.clone(), route, body: body.clone() };
        self.0.insert(asked, Arc::new(answer));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_says_when_it_was_made_is_not_shown_long_and_all_else_until_the_log_grows() {
        let kept = Kept::default();
        let made_at: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
        let stamp = Stamp { size: 7, day: "2026-03-02".parse().unwrap() };
        let (parts, ()) = axum::http::Response::new(()).into_parts();
        let is_kept = |path: &str, stamp, seconds| {
            let asked = (path.to_owned(), Language::Zh);
            kept.answer(&asked, stamp, made_at + SignedDuration::from_secs(seconds)).is_some()
        };
        for path in OF_THE_DAY.iter().chain(&OF_AN_INSTANT) {
            kept.keep(((*path).to_owned(), Language::Zh), stamp, made_at, &parts, &Bytes::from_static(b"page"));
            assert!(is_kept(path, stamp, 60), "{path}");
            assert_eq!(is_kept(path, stamp, 61), !path.contains("/check/"), "{path}");
            assert!(!is_kept(path, Stamp { size: 8, ..stamp }, 1), "{path}");
            assert!(!is_kept(path, Stamp { day: stamp.day.tomorrow().unwrap(), ..stamp }, 1), "{path}");
        }
    }
}
