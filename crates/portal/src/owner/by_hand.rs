//! One instrument registered by hand: the fields of a ledger's row, and what becomes of them decided as a ledger's row is.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use heng_exchange::ledger::{Field, Vocabulary, typed};
use heng_office::clock;
use heng_office::ledger::registering;
use heng_statement::{Purpose, Registration};
use heng_supervision::ledger::{Fate, planned};
use heng_view::obligation;
use heng_wording::Words;
use serde::Deserialize;

use super::ledger::keeper;
use crate::access::Action;
use crate::frame::{Frame, Place, address, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::obligation::brief;
use crate::router::read;
use crate::visit::Visit;

/// The fields of the form, in its order, and the columns of a ledger that they are.
const FIELDS: [(&str, Field); 10] = [
    ("kind", Field::Kind),
    ("name", Field::Name),
    ("manufacturer", Field::Manufacturer),
    ("model", Field::Model),
    ("serial", Field::Serial),
    ("class", Field::Class),
    ("range", Field::Range),
    ("purpose", Field::Purpose),
    ("district", Field::District),
    ("address", Field::Address),
];

/// What a finding of the decision is about, where it is about one field.
const ABOUT: [(&str, &str); 5] = [
    ("ledger-missing-kind", "kind"),
    ("ledger-missing-name", "name"),
    ("ledger-missing-serial", "serial"),
    ("ledger-missing-manufacturer", "manufacturer"),
    ("ledger-missing-district", "district"),
];

/// What was typed, by field.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Typed(BTreeMap<String, String>);

impl Typed {
    fn of(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    fn act(&self) -> &str {
        self.of("act")
    }
}

/// A field as the form shows it.
struct Shown {
    name: &'static str,
    label: String,
    hint: Option<String>,
    value: String,
    /// Codes and words to choose from; empty where anything may be typed.
    choices: Vec<(String, String)>,
    is_needed: bool,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "by-hand.html")]
struct ByHandPage<'a> {
    frame: &'a Frame<'a>,
    organisation: String,
    fields: Vec<Shown>,
    /// What is wrong, with the field it is at.
    wrong: Vec<(&'static str, String)>,
    /// The thing that is registered already.
    already: Option<String>,
    /// What would be registered: term and text.
    foreseen: Option<Vec<(String, String)>>,
}

/// What becomes of what was typed.
enum Outcome {
    New(Box<Registration>),
    Already(String),
    Refused(Vec<(&'static str, String)>),
}

/// `/holdings/new`
pub(crate) async fn page(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| shown(portal, &visit, &Typed::default(), None)).await
}

/// `POST /holdings/new`: looks at what was typed, or registers it once it was looked at.
pub(crate) async fn register(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let keeper = keeper(portal, &visit, Action::ChangeHoldings)?;
        if typed.act() == "edit" {
            return shown(portal, &visit, &typed, None);
        }
        // Whoever registers next finds what this one said.
        let _turn = portal.turn();
        let outcome = outcome(portal, &keeper, &typed, portal.words(visit.language()))?;
        match outcome {
            Outcome::New(registration) if typed.act() == "enter" => {
                let thing = address("/thing/", &registration.id);
                let statement = registering(&keeper, *registration, clock::now());
                portal.office().append(vec![portal.office().signed(&statement)?])?;
                Ok(Redirect::to(&thing).into_response())
            }
            outcome => shown(portal, &visit, &typed, Some(outcome)),
        }
    })
    .await
}

/// Decided as a row of a ledger is.
fn outcome(portal: &Portal, keeper: &str, form: &Typed, words: &Words) -> Result<Outcome, Problem> {
    let desk = portal.desk()?;
    let vocabulary = Vocabulary::new(desk.rules(), portal.catalogue());
    let fields = FIELDS.iter().map(|(name, field)| (*field, form.of(name).to_owned())).collect();
    let (described, found) = typed(&fields, &vocabulary);
    let mut wrong: Vec<(&'static str, String)> = Vec::new();
    for (field, finding) in &found {
        let name = FIELDS.iter().find(|(_, one)| one == field).map_or("kind", |(name, _)| *name);
        wrong.push((name, words.finding(&finding.code, &finding.data)));
    }
    let inventory = portal.inventory()?;
    // A field that cannot be read says so itself; what is missing besides is told with it.
    let decided = planned(keeper, vec![(described, Vec::new())], &inventory).into_iter().next();
    let decided = decided.ok_or_else(|| Problem::failure("a row without its fate"))?;
    for finding in &decided.findings {
        let name = ABOUT.iter().find(|(code, _)| *code == finding.code).map_or("serial", |(_, name)| *name);
        if !wrong.iter().any(|(other, _)| *other == name) {
            wrong.push((name, words.finding(&finding.code, &finding.data)));
        }
    }
    wrong.sort_by_key(|(name, _)| FIELDS.iter().position(|(field, _)| field == name));
    Ok(match decided.registration {
        Some(registration) if wrong.is_empty() && decided.fate == Fate::New => Outcome::New(Box::new(registration)),
        Some(registration) if wrong.is_empty() => Outcome::Already(registration.id),
        _ => Outcome::Refused(wrong),
    })
}

fn shown(portal: &Portal, visit: &Visit, typed: &Typed, outcome: Option<Outcome>) -> Result<Response, Problem> {
    keeper(portal, visit, Action::ChangeHoldings)?;
    let words = portal.words(visit.language());
    let frame = Frame::new(portal, visit, Place::Holdings, words.say("by-hand-title", &[]));
    let (mut wrong, mut already, mut foreseen) = (Vec::new(), None, None);
    let status = match outcome {
        None => StatusCode::OK,
        Some(Outcome::New(registration)) => {
            foreseen = Some(facts(portal, &registration, words));
            StatusCode::OK
        }
        Some(Outcome::Already(id)) => {
            wrong.push(("serial", words.say("by-hand-already", &[])));
            already = Some(address("/thing/", &id));
            StatusCode::CONFLICT
        }
        Some(Outcome::Refused(refused)) => {
            wrong = refused;
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    let fields = fields(portal, typed, &wrong, words)?;
    let organisation = visit.person().map(|person| frame.one_of(&person.organisation_name).to_owned());
    let page =
        ByHandPage { frame: &frame, organisation: organisation.unwrap_or_default(), fields, wrong, already, foreseen };
    let mut response = html(&page);
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    Ok(response)
}

fn fields(
    portal: &Portal,
    typed: &Typed,
    wrong: &[(&'static str, String)],
    words: &Words,
) -> Result<Vec<Shown>, Problem> {
    let desk = portal.desk()?;
    let vocabulary = Vocabulary::new(desk.rules(), portal.catalogue());
    let named = |beginning: &str, code: &str| (code.to_owned(), words.say(&format!("{beginning}-{code}"), &[]));
    let choices = |name: &str| -> Vec<(String, String)> {
        match name {
            "kind" => vocabulary.codes_of_kinds().iter().map(|code| named("kind", code)).collect(),
            "district" => vocabulary.codes_of_districts().map(|code| named("district", code)).collect(),
            "purpose" => Purpose::ALL.iter().map(|purpose| named("purpose", purpose.code())).collect(),
            _ => Vec::new(),
        }
    };
    let one = |(name, field): &(&'static str, Field)| {
        let hint = format!("by-hand-{name}-hint");
        let said: Vec<&str> = wrong.iter().filter(|(at, _)| at == name).map(|(_, said)| said.as_str()).collect();
        Shown {
            name,
            label: words.language().of(field.headings()).to_owned(),
            hint: words.knows(&hint).then(|| words.say(&hint, &[])),
            value: typed.of(name).to_owned(),
            choices: choices(name),
            is_needed: matches!(field, Field::Kind | Field::Name | Field::Serial | Field::Manufacturer),
            wrong: (!said.is_empty()).then(|| said.join(" ")),
        }
    };
    Ok(FIELDS.iter().map(one).collect())
}

/// What would be registered, and whether it then must be verified.
fn facts(portal: &Portal, registration: &Registration, words: &Words) -> Vec<(String, String)> {
    let language = words.language();
    let mut rows: Vec<(String, String)> = Vec::new();
    let heading = |field: Field| language.of(field.headings()).to_owned();
    if let Some(instrument) = &registration.instrument {
        rows.push((heading(Field::Kind), words.say(&format!("kind-{}", instrument.kind), &[])));
        rows.push((heading(Field::Name), one_of(&registration.name, language).to_owned()));
        rows.push((heading(Field::Manufacturer), one_of(&instrument.manufacturer, language).to_owned()));
        rows.push((heading(Field::Model), instrument.model.clone()));
        rows.push((heading(Field::Serial), instrument.serial.clone()));
        let must = obligation(portal.catalogue(), &instrument.kind, registration.purpose, portal.today());
        rows.push((words.say("obligation-title", &[]), brief(&must, words)));
    }
    if let Some(place) = &registration.place {
        rows.push((heading(Field::District), words.say(&format!("district-{}", place.district), &[])));
        rows.push((heading(Field::Address), one_of(&place.address, language).to_owned()));
    }
    rows.push((words.say("portal-term-id", &[]), registration.id.clone()));
    rows.retain(|(_, text)| !text.is_empty());
    rows
}
