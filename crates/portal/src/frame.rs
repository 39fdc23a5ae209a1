//! What surrounds every page: its title, the places one can go to, the other language, the label of made-up data.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use heng_rule::Words as Said;
use heng_wording::{Language, Words};

use crate::access::Person;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::style::{MARK, STYLE};
use crate::visit::Visit;

/// The entries of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The public check.
    Check,
    /// The register of institutes.
    Register,
    /// The check of charging sessions.
    Session,
    /// Comparison rounds.
    Rounds,
    /// What is to be done by oneself.
    Day,
    /// The bench.
    Laboratory,
    /// What one's organisation keeps.
    Holdings,
    /// What one supervises.
    Districts,
    /// What readings say of instruments in service.
    Service,
    /// What laboratories found of them.
    Found,
    /// The plan of the authorities.
    Plan,
    /// How far it is.
    Progress,
    /// What the navigation does not name.
    Elsewhere,
}

/// What surrounds a page.
pub(crate) struct Frame<'a> {
    pub(crate) words: &'a Words,
    pub(crate) title: String,
    pub(crate) place: Place,
    pub(crate) in_zh: String,
    pub(crate) in_en: String,
    pub(crate) synthetic: bool,
    /// The day, where a demonstration lives on another one than its reader.
    pub(crate) lives_on: Option<String>,
    /// The name of who is signed in.
    pub(crate) signed_in: Option<String>,
    /// The places that they may go to: address, code of the words, whether one is there.
    pub(crate) places: Vec<(&'static str, &'static str, bool)>,
}

impl<'a> Frame<'a> {
    /// The frame of a page for this visit.
    pub(crate) fn new(portal: &'a Portal, visit: &Visit, place: Place, title: String) -> Self {
        Self {
            words: portal.words(visit.language()),
            title,
            place,
            in_zh: visit.here_in(Language::Zh),
            in_en: visit.here_in(Language::En),
            synthetic: portal.synthetic(),
            lives_on: heng_office::clock::is_shifted().then(|| portal.today().to_string()),
            signed_in: visit.person().map(|person| one_of(&person.name, visit.language()).to_owned()),
            places: places(portal, visit.person(), place),
        }
    }

    /// The sentence of a code.
    pub(crate) fn say(&self, code: &str) -> String {
        self.words.say(code, &[])
    }

    /// The sentence of a code with one fact.
    pub(crate) fn say_with(&self, code: &str, name: &str, value: &str) -> String {
        self.words.say(code, &[(name, value)])
    }

    /// A text that exists in both languages.
    pub(crate) fn one_of<'b>(&self, said: &'b Said) -> &'b str {
        one_of(said, self.words.language())
    }

    pub(crate) fn is_zh(&self) -> bool {
        self.words.language() == Language::Zh
    }

    pub(crate) fn tag(&self) -> &'static str {
        if self.is_zh() { "zh-Hans" } else { "en" }
    }

    pub(crate) fn style(&self) -> &'static str {
        STYLE.address()
    }

    pub(crate) fn mark(&self) -> &'static str {
        MARK.address()
    }
}

/// Where a person may go besides.
fn places(portal: &Portal, person: Option<&Person>, here: Place) -> Vec<(&'static str, &'static str, bool)> {
    let Some(person) = person else { return Vec::new() };
    let watches = !person.districts.is_empty()
        || portal.inventory().is_ok_and(|inventory| inventory.service().concerns(&person.organisation));
    let all = [
        ("/day", "portal-nav-day", Place::Day, true),
        ("/laboratory", "portal-nav-laboratory", Place::Laboratory, person.is_of_laboratory()),
        ("/holdings", "portal-nav-holdings", Place::Holdings, person.is_owner),
        ("/districts", "portal-nav-districts", Place::Districts, !person.districts.is_empty()),
        ("/service", "portal-nav-service", Place::Service, watches),
    ];
    all.into_iter().filter(|one| one.3).map(|(address, code, place, _)| (address, code, place == here)).collect()
}

/// The side of a text in a language; where that side is empty, the other one.
pub(crate) fn one_of(said: &Said, language: Language) -> &str {
    let (first, second) = match language {
        Language::Zh => (&said.zh, &said.en),
        Language::En => (&said.en, &said.zh),
    };
    if first.is_empty() { second } else { first }
}

/// A page as an answer.
pub(crate) fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => {
            let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
            response.extensions_mut().insert(Problem::failure(error));
            response
        }
    }
}

/// An address with a name in its path: whatever is no plain letter, digit, `-`, `_`, `.` or `:` is percent-encoded.
pub(crate) fn address(folder: &str, name: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b':');
    format!("{folder}{}", utf8_percent_encode(name, PLAIN))
}
