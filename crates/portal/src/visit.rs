//! What a request says of its reader: the language, and the address to come back to.
//!
//! Every page takes a [`Visit`]; it also knows who is signed in.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use heng_wording::Language;

use crate::access::Person;
use crate::sign_in::COOKIE as SESSION;

/// The cookie that remembers the choice.
pub(crate) const COOKIE_NAME: &str = "lang";

/// A reader's request.
#[derive(Clone, Debug)]
pub(crate) struct Visit(Arc<Said>);

#[derive(Debug)]
struct Said {
    language: Language,
    chosen: bool,
    path: String,
    query: Vec<String>,
    session: Option<String>,
    person: Option<Person>,
}

impl Visit {
    /// Reads `?lang=`, then the cookie, then `Accept-Language`; Chinese where none of them says otherwise.
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let mut asked = None;
        let mut query = Vec::new();
        for pair in uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            match pair.strip_prefix("lang=") {
                Some(value) => asked = value.parse().ok(),
                None => query.push(pair.to_owned()),
            }
        }
        let remembered = || cookie(headers, COOKIE_NAME)?.parse().ok();
        let language = asked.or_else(remembered).or_else(|| preferred(headers)).unwrap_or(Language::Zh);
        let session = cookie(headers, SESSION).filter(|token| !token.is_empty()).map(str::to_owned);
        Self(Arc::new(Said {
            language,
            chosen: asked.is_some(),
            path: uri.path().to_owned(),
            query,
            session,
            person: None,
        }))
    }

    /// The same request, its reader known.
    pub(crate) fn by(self, person: Option<Person>) -> Self {
        let Said { language, chosen, path, query, session, .. } = &*self.0;
        let (path, query, session) = (path.clone(), query.clone(), session.clone());
        Self(Arc::new(Said { language: *language, chosen: *chosen, path, query, session, person }))
    }

    /// Who is signed in.
    pub(crate) fn person(&self) -> Option<&Person> {
        self.0.person.as_ref()
    }

    /// The token of the session that the browser has.
    pub(crate) fn session(&self) -> Option<&str> {
        self.0.session.as_deref()
    }

    /// The reader's language.
    pub(crate) fn language(&self) -> Language {
        self.0.language
    }

    /// Whether the address itself named the language.
    pub(crate) fn has_chosen(&self) -> bool {
        self.0.chosen
    }

    /// The path that was asked for.
    pub(crate) fn path(&self) -> &str {
        &self.0.path
    }

    /// Whether a program asks.
    pub(crate) fn is_of_program(&self) -> bool {
        self.path().starts_with("/api/")
    }

    /// The same page in another language.
    pub(crate) fn here_in(&self, language: Language) -> String {
        let mut address = self.path().to_owned();
        let kept = self.0.query.iter().map(String::as_str);
        for (index, pair) in kept.chain([format!("lang={language}").as_str()]).enumerate() {
            address.push(if index == 0 { '?' } else { '&' });
            address.push_str(pair);
        }
        address
    }
}

/// A cookie's value.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|all| all.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The best of ours among those that the browser prefers.
fn preferred(headers: &HeaderMap) -> Option<Language> {
    let header = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(u16, Language)> = None;
    for part in header.split(',') {
        let (tag, parameters) = part.trim().split_once(';').unwrap_or((part.trim(), ""));
        let Some(language) = tag.split('-').next().and_then(|tag| tag.to_ascii_lowercase().parse().ok()) else {
            continue;
        };
        let quality = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |value| value.parse::<f32>().ok());
        // RFC 9110, 12.4.2: three decimals.
        let weight = (quality.unwrap_or(0.0).clamp(0.0, 1.0) * 1000.0) as u16;
        if weight > 0 && best.is_none_or(|(heaviest, _)| weight > heaviest) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_else(|| Self::of(&parts.uri, &parts.headers)))
    }
}
