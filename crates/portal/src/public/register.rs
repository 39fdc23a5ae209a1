//! The public register of institutes: what can be measured where and how well, searched by quantity, value and uncertainty.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use heng_quantity::Reported;
use heng_statement::round::NamesPublished;
use heng_statement::{LegalStanding, Scope};
use heng_wording::Words;
use serde::Deserialize;

use crate::facts::register::{Entitlement, Institute, Offer, register as search};
use crate::facts::wanted::{Wanted, bars};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::picture::{Bar, Width, ranges};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::round::outcome;
use crate::router::read;
use crate::visit::Visit;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    pub(crate) quantity: String,
    #[serde(default)]
    pub(crate) value: String,
    #[serde(default)]
    pub(crate) uncertainty: String,
}

impl Typed {
    /// What was meant, and the fields that are no quantity with a unit.
    pub(crate) fn wanted(&self) -> (Wanted, Vec<&'static str>) {
        let mut unreadable = Vec::new();
        let mut read = |field: &'static str, text: &str| -> Option<Reported> {
            let text = text.trim();
            if text.is_empty() {
                return None;
            }
            heng_quantity::text::parse(text).map_err(|_| unreadable.push(field)).ok()
        };
        let value = read("value", &self.value);
        let uncertainty = read("uncertainty", &self.uncertainty);
        let quantity = Some(self.quantity.clone()).filter(|quantity| !quantity.is_empty());
        (Wanted { quantity, value, uncertainty }, unreadable)
    }
}

/// What a field takes, where nothing is known of the quantity.
pub(crate) fn example_of(field: &str) -> &'static str {
    if field == "uncertainty" { "0.1 g" } else { "5 kg" }
}

/// A line of a scope as people read it.
struct Line {
    institute: (String, String),
    standing: String,
    measurand: String,
    norm: String,
    from: String,
    to: String,
    uncertainty: String,
    classes: String,
    through: String,
    /// The statement that authorizes it.
    proof: String,
    /// Whether no standard of the quantity stands today.
    is_lapsed: bool,
}

/// The institutes' ranges as pictures.
struct Picture {
    desk: String,
    phone: String,
}

/// An institute with its lines.
struct Entry {
    facts: Institute,
    standing: String,
    lines: Vec<Line>,
    /// What it may do without a stated range.
    whole: Vec<(String, String)>,
    /// The comparison rounds that it takes part in, which show what its uncertainties are worth: the title, the page, the shape and the words of
    /// how it did, where the round publishes that by name.
    rounds: Vec<Compared>,
}

/// A round of an institute.
struct Compared {
    title: String,
    page: String,
    shape: Option<&'static str>,
    outcome: String,
}

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage<'a> {
    frame: &'a Frame<'a>,
    typed: &'a Typed,
    wrong: Vec<(&'static str, String)>,
    quantities: Vec<(String, String)>,
    offers: Vec<Line>,
    picture: Option<Picture>,
    institutes: Vec<Entry>,
    /// Whether something in particular is looked for.
    is_search: bool,
    count: String,
}

impl RegisterPage<'_> {
    fn wrong(&self, field: &str) -> Option<&str> {
        self.wrong.iter().find(|(wrong, _)| *wrong == field).map(|(_, sentence)| sentence.as_str())
    }
}

/// `/register`
pub(crate) async fn register(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let (wanted, unreadable) = typed.wanted();
        let words = portal.words(visit.language());
        let mut wrong: Vec<(&'static str, String)> = unreadable
            .into_iter()
            .map(|field| (field, words.say("portal-register-unreadable", &[("example", example_of(field))])))
            .collect();
        // With a field that cannot be read, everything is shown rather than what was not asked for.
        let wanted = if wrong.is_empty() { wanted } else { Wanted::default() };
        let found = match search(portal, &wanted)? {
            Ok(found) => found,
            Err(faults) => {
                wrong.extend(faults.into_iter().map(|fault| {
                    let example = fault.example.value_text();
                    (fault.field, words.say("portal-register-other-quantity", &[("example", &example)]))
                }));
                search(portal, &Wanted::default())?.unwrap_or_default()
            }
        };
        let is_search = wrong.is_empty() && !wanted.is_anything();
        let frame = Frame::new(portal, &visit, Place::Register, words.say("portal-register-title", &[]));
        let able: std::collections::BTreeSet<&str> =
            found.offers.iter().map(|offer| offer.institute.as_str()).collect();
        let count = if is_search { able.len() } else { found.institutes.len() }.to_string();
        let code = if is_search { "portal-register-found" } else { "portal-register-count" };
        Ok(html(&RegisterPage {
            count: words.say(code, &[("institutes", &count)]),
            quantities: found
                .quantities
                .iter()
                .map(|quantity| (words.say(&format!("quantity-{quantity}"), &[]), quantity.clone()))
                .collect(),
            picture: picture(&found.offers, &wanted, words),
            offers: found.offers.iter().map(|offer| of_offer(offer, words)).collect(),
            institutes: found
                .institutes
                .into_iter()
                .map(|institute| Ok(Entry { rounds: rounds(portal, &institute.id, words)?, ..entry(institute, words) }))
                .collect::<Result<_, Problem>>()?,
            typed: &typed,
            wrong,
            is_search,
            frame: &frame,
        }))
    })
    .await
}

fn standing(standing: Option<LegalStanding>, words: &Words) -> String {
    standing.map(|standing| words.say(&format!("standing-{}", standing.code()), &[])).unwrap_or_default()
}

fn of_offer(offer: &Offer, words: &Words) -> Line {
    let measurand = one_of(&offer.measurand, words.language()).to_owned();
    let norm = offer.norm.clone().unwrap_or_default();
    let uncertainty = offer.uncertainty.as_ref().or(offer.line.best_uncertainty.as_ref());
    let line = line(&offer.line, (measurand, norm), uncertainty, words);
    Line {
        institute: (one_of(&offer.name, words.language()).to_owned(), address("/thing/", &offer.institute)),
        standing: standing(offer.standing, words),
        through: offer.through.to_string(),
        proof: address("/statement/", &offer.statement),
        is_lapsed: offer.has_standard == Some(false),
        ..line
    }
}

fn line(scope: &Scope, (measurand, norm): (String, String), best: Option<&Reported>, words: &Words) -> Line {
    let end = |end: &Option<Reported>| end.as_ref().map(Reported::value_text).unwrap_or_default();
    let factor = scope.coverage_factor.as_ref().map(ToString::to_string);
    let uncertainty = best.map(|best| match &factor {
        Some(factor) => words.say("portal-register-with-factor", &[("best", &best.value_text()), ("factor", factor)]),
        None => best.value_text(),
    });
    Line {
        institute: (String::new(), String::new()),
        standing: String::new(),
        measurand,
        norm,
        from: end(&scope.from),
        to: end(&scope.to),
        uncertainty: uncertainty.unwrap_or_default(),
        classes: scope.classes.join(&words.say("list-separator", &[])),
        through: String::new(),
        proof: String::new(),
        is_lapsed: false,
    }
}

fn entry(facts: Institute, words: &Words) -> Entry {
    let language = words.language();
    let title = |one: &Entitlement| match &one.title {
        Some((norm, title)) => (one_of(title, language).to_owned(), norm.clone()),
        None => (words.say("portal-register-any", &[]), one.rule.clone().unwrap_or_default()),
    };
    let of_line = |one: &Entitlement| {
        let (called, norm) = title(one);
        let measurand = one.line.name.as_ref().map_or(called, |name| one_of(name, language).to_owned());
        let line = line(&one.line, (measurand, norm), one.line.best_uncertainty.as_ref(), words);
        Line { through: one.through.to_string(), proof: address("/statement/", &one.statement), ..line }
    };
    let has_range = |one: &&Entitlement| one.line.from.is_some() || one.line.to.is_some();
    Entry {
        standing: standing(facts.standing, words),
        lines: facts.entitled.iter().filter(has_range).map(of_line).collect(),
        whole: facts.entitled.iter().filter(|one| !has_range(one)).map(title).collect(),
        rounds: Vec::new(),
        facts,
    }
}

/// The rounds of an institute, the latest first.
fn rounds(portal: &Portal, institute: &str, words: &Words) -> Result<Vec<Compared>, Problem> {
    let today = portal.today();
    let inventory = portal.inventory()?;
    let own = inventory.rounds().into_iter().rev().filter(|round| round.announcement.code(institute).is_some());
    Ok(own
        .map(|round| {
            let state = round.state(today);
            let is_by_name = round.announcement.names == NamesPublished::Names;
            let one = state.participant(institute).filter(|_| is_by_name);
            let phase = || words.say(&format!("round-phase-{}", state.phase.code()), &[]);
            let (shape, outcome) = match one {
                Some(one) if one.is_satisfactory.is_some() => outcome(one, words),
                _ => (None, phase()),
            };
            Compared {
                title: one_of(&round.announcement.title, words.language()).to_owned(),
                page: address("/round/", &round.announcement.number),
                shape,
                outcome,
            }
        })
        .collect())
}

/// One bar an institute, where all that is found can be drawn on one axis.
fn picture(offers: &[Offer], wanted: &Wanted, words: &Words) -> Option<Picture> {
    let language = words.language();
    let bars: Vec<Bar> = bars(offers)
        .into_iter()
        .map(|(best, from, to)| {
            let line = of_offer(best, words);
            let data =
                [("uncertainty", line.uncertainty.as_str()), ("from", &from.value_text()), ("to", &to.value_text())];
            let code = if line.uncertainty.is_empty() { "portal-register-bar-range" } else { "portal-register-bar" };
            Bar {
                name: format!("{} · {}", one_of(&best.name, language), line.standing),
                says: words.say(code, &data),
                is_lapsed: line.is_lapsed,
                from,
                to,
            }
        })
        .collect();
    let mark = wanted.value.as_ref();
    let name = words.say("portal-register-picture", &[]);
    (!bars.is_empty()).then(|| Picture {
        desk: ranges(&bars, mark, &name, Width::Desk),
        phone: ranges(&bars, mark, &name, Width::Phone),
    })
}
