//! The comparison rounds that a laboratory takes part in, each with its next act: seal, open, say what is done about an unsatisfactory result.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use heng_exchange::round::TypedValue;
use heng_office::clock;
use heng_office::round::{Acting, Committed, NotTaken};
use heng_quantity::Finding;
use heng_rule::Words as Said;
use heng_statement::round::{ItemValue, RoundResult};
use heng_view::round::{Act, Followed};
use heng_view::{RoundLog, RoundState};
use heng_wording::Words;
use jiff::civil::Date;
use serde::Deserialize;

use crate::access::{Action, Matter, refused};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::round::{found, outcome};
use crate::router::read;
use crate::visit::Visit;

/// Longer texts are refused.
const LONGEST: usize = 500;

/// What was typed, by field; of two items the second has fields of its own.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    act: String,
    #[serde(default)]
    measured_on: String,
    #[serde(default)]
    value_0: String,
    #[serde(default)]
    expanded_0: String,
    #[serde(default)]
    value_1: String,
    #[serde(default)]
    expanded_1: String,
    #[serde(default)]
    factor: String,
    #[serde(default)]
    probability: String,
    #[serde(default)]
    cause: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    done_by: String,
}

impl Typed {
    fn item(&self, place: usize) -> (&str, &str) {
        if place == 0 { (&self.value_0, &self.expanded_0) } else { (&self.value_1, &self.expanded_1) }
    }
}

/// A round in the list.
struct Line {
    title: String,
    number: String,
    page: String,
    phase: String,
    next: String,
    day: String,
    is_overdue: bool,
}

/// An item with its two fields.
struct Field {
    place: usize,
    name: String,
    value: String,
    expanded: String,
}

/// What a laboratory can do now.
struct Can {
    seal: bool,
    open: bool,
    follow_up: bool,
}

impl Can {
    fn is_nothing(&self) -> bool {
        !(self.seal || self.open || self.follow_up)
    }
}

#[derive(Template)]
#[template(path = "laboratory-rounds.html")]
struct RoundsPage<'a> {
    frame: &'a Frame<'a>,
    laboratory: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "laboratory-round.html")]
struct RoundPage<'a> {
    frame: &'a Frame<'a>,
    number: String,
    page: String,
    here: String,
    phase: String,
    code: String,
    unit: String,
    can: Can,
    day: String,
    outcome: String,
    /// What was sealed here and is not opened yet.
    sealed: Vec<(String, String)>,
    fields: Vec<Field>,
    typed: Typed,
    today: String,
    wrong: Vec<String>,
}

/// `/laboratory/rounds`
pub(crate) async fn list(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let person = visit.person().ok_or_else(|| refused(&visit, Action::EnterLaboratory))?;
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Laboratory, words.say("laboratory-rounds-title", &[]));
        let lines = lines(portal, &person.organisation, words)?;
        Ok(html(&RoundsPage { laboratory: frame.one_of(&person.organisation_name).to_owned(), lines, frame: &frame }))
    })
    .await
}

fn lines(portal: &Portal, laboratory: &str, words: &Words) -> Result<Vec<Line>, Problem> {
    let today = portal.today();
    let inventory = portal.inventory()?;
    let own = inventory.rounds().into_iter().rev().filter(|round| round.announcement.code(laboratory).is_some());
    Ok(own
        .map(|round| {
            let state = round.state(today);
            let duty = state.owed_by(laboratory).next();
            let number = &round.announcement.number;
            Line {
                title: one_of(&round.announcement.title, words.language()).to_owned(),
                number: number.clone(),
                page: address("/laboratory/round/", number),
                phase: words.say(&format!("round-phase-{}", state.phase.code()), &[]),
                next: duty.map(|duty| words.say(&format!("round-act-{}", duty.act.code()), &[])).unwrap_or_default(),
                day: duty.and_then(|duty| duty.by).map(|day| day.to_string()).unwrap_or_default(),
                is_overdue: duty.is_some_and(|duty| duty.is_overdue),
            }
        })
        .collect())
}

/// The round, if the visitor's laboratory takes part and the visitor may act for it.
fn own(portal: &Portal, visit: &Visit, number: &str) -> Result<(RoundLog, RoundState, String), Problem> {
    let (round, state) = found(portal, number)?;
    let person = visit.person().ok_or_else(|| refused(visit, Action::TakeRoundStep))?;
    let laboratory = round.announcement.code(&person.organisation).map(|_| person.organisation.clone());
    portal.require(visit, Action::TakeRoundStep, &Matter { laboratory: laboratory.clone(), ..Matter::default() })?;
    let laboratory = laboratory.ok_or_else(|| refused(visit, Action::TakeRoundStep))?;
    Ok((round, state, laboratory))
}

/// `/laboratory/round/{number}`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let own = own(portal, &visit, &number)?;
        shown(portal, &visit, &own, Typed::default(), Vec::new())
    })
    .await
}

/// `POST /laboratory/round/{number}`
pub(crate) async fn act(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(number): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let own = own(portal, &visit, &number)?;
        let (round, _, laboratory) = &own;
        let words = portal.words(visit.language());
        let person = visit.person().map(|person| person.id.clone());
        let acting = Acting { party: laboratory, person: person.as_deref(), at: clock::now() };
        let desk = portal.desk()?;
        let number = &round.announcement.number;
        let taken = match typed.act.as_str() {
            "seal" => result(round, &typed)
                .map_err(NotTaken::Findings)
                .and_then(|result| desk.rounds().seal(number, acting, result)),
            "open" => desk.rounds().reveal(number, acting),
            "follow-up" => committed(&typed)
                .map_err(NotTaken::Findings)
                .and_then(|committed| desk.rounds().follow_up(number, acting, committed)),
            _ => return Err(Problem::of_status(StatusCode::BAD_REQUEST)),
        };
        match taken {
            Ok(_) => Ok(Redirect::to(&address("/laboratory/round/", number)).into_response()),
            Err(NotTaken::Failure(failure)) => Err(failure.into()),
            Err(NotTaken::Findings(findings)) => {
                let wrong = findings.iter().map(|finding| words.finding(&finding.code, &finding.data)).collect();
                let mut response = shown(portal, &visit, &own, typed, wrong)?;
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
                Ok(response)
            }
        }
    })
    .await
}

/// What was typed as a result, or what is wrong with it.
fn result(round: &RoundLog, typed: &Typed) -> Result<RoundResult, Vec<Finding>> {
    let mut findings = Vec::new();
    let measured_on = day(&typed.measured_on).map_err(|finding| findings.push(finding)).ok();
    let mut values = Vec::new();
    for (place, item) in round.announcement.items.iter().enumerate() {
        let (value, expanded_uncertainty) = typed.item(place);
        let stated = TypedValue {
            value,
            expanded_uncertainty,
            coverage_factor: &typed.factor,
            coverage_probability: &typed.probability,
        };
        match stated.read() {
            Ok(value) => values.push(ItemValue { item: item.thing.clone(), value, degrees_of_freedom: None }),
            Err(found) => findings.extend(found.into_iter().map(|(_, finding)| finding)),
        }
    }
    match measured_on {
        Some(measured_on) if findings.is_empty() => Ok(RoundResult { measured_on, values }),
        _ => Err(findings),
    }
}

/// What was typed as a corrective action, or what is wrong with it.
fn committed(typed: &Typed) -> Result<Committed, Vec<Finding>> {
    let mut findings = Vec::new();
    // What a person typed is in one language; it is kept as it was typed, in both places.
    let mut text = |text: &str| {
        let text = text.trim();
        if !(1..=LONGEST).contains(&text.chars().count()) {
            findings.push(Finding::error("round-text-length").with("longest", LONGEST));
        }
        Said { zh: text.to_owned(), en: text.to_owned() }
    };
    let (cause, action) = (text(&typed.cause), text(&typed.action));
    let done_by = day(&typed.done_by).map_err(|finding| findings.push(finding)).ok();
    match done_by {
        Some(done_by) if findings.is_empty() => Ok(Committed { cause, action, done_by }),
        _ => Err(findings),
    }
}

fn day(typed: &str) -> Result<Date, Finding> {
    typed.trim().parse().map_err(|_| Finding::error("round-file-day").with("text", typed))
}

fn shown(
    portal: &Portal,
    visit: &Visit,
    (round, state, laboratory): &(RoundLog, RoundState, String),
    mut typed: Typed,
    wrong: Vec<String>,
) -> Result<Response, Problem> {
    let words = portal.words(visit.language());
    let language = visit.language();
    let announcement = &round.announcement;
    let one = state.participant(laboratory).ok_or_else(Problem::no_page)?;
    let may_follow_up = one.is_satisfactory == Some(false)
        && state.report.is_some()
        && one.followed.as_ref().is_none_or(|followed| matches!(followed, Followed { answer: Some((_, false)), .. }));
    let can = Can {
        // Until anything is opened a result may be sealed again; the last one in time counts.
        seal: portal.today() <= announcement.seal_by && state.participants.iter().all(|one| one.opening.is_none()),
        open: state.owed_by(laboratory).any(|duty| duty.act == Act::Open),
        follow_up: may_follow_up,
    };
    let secret = match &one.seal {
        Some(seal) => portal.office().sealed().secret(&seal.hash)?,
        None => None,
    };
    let name = |thing: &str| {
        let item = announcement.items.iter().find(|item| item.thing == thing);
        item.map_or_else(|| thing.to_owned(), |item| one_of(&item.name, language).to_owned())
    };
    let sealed = secret.into_iter().flat_map(|secret| secret.result.values);
    let sealed = sealed.map(|value| (name(&value.item), value.value.text())).collect();
    if typed.factor.is_empty() {
        typed.factor = announcement.protocol.coverage_factor.to_string();
    }
    if typed.probability.is_empty() {
        typed.probability = announcement.protocol.coverage_probability.to_string();
    }
    let fields = announcement.items.iter().enumerate().map(|(place, item)| {
        let (value, expanded) = typed.item(place);
        Field {
            place,
            name: one_of(&item.name, language).to_owned(),
            value: value.to_owned(),
            expanded: expanded.to_owned(),
        }
    });
    let fields = fields.collect();
    let day = state.owed_by(laboratory).next().and_then(|duty| duty.by);
    let frame = Frame::new(portal, visit, Place::Laboratory, one_of(&announcement.title, language).to_owned());
    Ok(html(&RoundPage {
        number: announcement.number.clone(),
        page: address("/round/", &announcement.number),
        here: address("/laboratory/round/", &announcement.number),
        phase: words.say(&format!("round-phase-{}", state.phase.code()), &[]),
        code: one.code.clone(),
        unit: announcement.unit.symbol(),
        can,
        day: day.map(|day| day.to_string()).unwrap_or_default(),
        outcome: outcome(one, words).1,
        sealed,
        fields,
        typed,
        today: portal.today().to_string(),
        wrong,
        frame: &frame,
    }))
}
