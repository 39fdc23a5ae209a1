//! The ledger of an organisation's instruments: downloaded, and taken in after a look at what would become of each row.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Multipart, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use heng_exchange::ledger::{self, Vocabulary};
use heng_office::clock;
use heng_office::ledger::{Intake, IntakeRow, enter, foreseen, lines};
use heng_quantity::Finding;
use heng_supervision::ledger::Fate;
use heng_wording::Words;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::access::{Action, Matter, refused};
use crate::frame::{Frame, Place, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::answer::shape;
use crate::router::read;
use crate::uploads::{self, given};
use crate::visit::Visit;

/// The largest ledger: it comes back with the confirmation, a third longer.
const LARGEST: usize = 8 << 20;

/// So many rows of each fate are listed; the rest are counted.
const MOST_LISTED: usize = 100;

/// A confirmed ledger.
#[derive(Deserialize)]
pub(crate) struct Confirmed {
    /// The file, as it was looked at.
    ledger: String,
    /// What was shown of it.
    shown: String,
}

#[derive(Template)]
#[template(path = "ledger.html")]
struct LedgerPage<'a> {
    frame: &'a Frame<'a>,
    organisation: String,
    total: usize,
    outcome: Option<Outcome>,
}

/// What would become of a ledger, or became of it.
struct Outcome {
    is_entered: bool,
    /// Something else was said in between, so it is shown again.
    is_again: bool,
    summary: String,
    of_file: Vec<String>,
    listed: Vec<ListedRow>,
    more: usize,
    /// The rows that change nothing, so that their keeper sees that they were understood.
    same: Vec<(String, String)>,
    same_count: usize,
    same_more: usize,
    /// How many registrations would be made.
    to_enter: usize,
    ledger: String,
    shown: String,
}

struct ListedRow {
    shape: &'static str,
    fate: String,
    place: String,
    named: String,
    said: Vec<String>,
}

/// `/holdings/ledger`
pub(crate) async fn page(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| shown(portal, &visit, None)).await
}

/// `/holdings/ledger/{file}`: `ledger.csv`, `ledger.xlsx`, or `blank.xlsx` to fill.
pub(crate) async fn file(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(file): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let keeper = keeper(portal, &visit, Action::EnterHoldings)?;
        let desk = portal.desk()?;
        let vocabulary = Vocabulary::new(desk.rules(), portal.catalogue());
        let language = visit.language();
        let inventory = portal.inventory()?;
        let lines = || lines(&inventory, &keeper, portal.today(), portal.words(language));
        let written = match file.as_str() {
            "ledger.csv" => ledger::csv(&lines(), &vocabulary, language),
            "ledger.xlsx" => ledger::xlsx(&lines(), &vocabulary, language),
            "blank.xlsx" => ledger::template(&vocabulary, language),
            _ => return Err(Problem::no_page()),
        };
        let media = if file.ends_with("csv") {
            "text/csv; charset=utf-8"
        } else {
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        };
        let headers =
            [(CONTENT_TYPE, media.to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\""))];
        Ok((headers, written.map_err(Problem::failure)?).into_response())
    })
    .await
}

/// `POST /holdings/ledger`: what would become of each row; nothing is said yet.
pub(crate) async fn look(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    form: Multipart,
) -> Result<Response, Problem> {
    let upload = given(&portal, form).await?;
    uploads::look(portal, upload, move |portal, files| {
        let keeper = keeper(portal, &visit, Action::ChangeHoldings)?;
        let bytes = files.first().map(|(_, bytes)| bytes.as_slice()).unwrap_or_default();
        if bytes.len() > LARGEST {
            return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE));
        }
        let intake = intake(portal, &keeper, bytes)?;
        let outcome = Outcome::foreseen(&intake, bytes, portal.words(visit.language()));
        let mut response = shown(portal, &visit, Some(outcome))?;
        if intake.rows.is_empty() {
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        }
        Ok(response)
    })
    .await
}

/// `POST /holdings/ledger/enter`: registers what was looked at, if it still means the same.
pub(crate) async fn confirm(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Form(confirmed): Form<Confirmed>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let keeper = keeper(portal, &visit, Action::ChangeHoldings)?;
        let words = portal.words(visit.language());
        let bytes = URL_SAFE_NO_PAD.decode(&confirmed.ledger);
        let bytes = bytes.map_err(|_| Problem::of_status(StatusCode::BAD_REQUEST))?;
        // One ledger after the other: what the second finds is what the first said.
        let _turn = portal.turn();
        let intake = intake(portal, &keeper, &bytes)?;
        let mut outcome = Outcome::foreseen(&intake, &bytes, words);
        if outcome.shown != confirmed.shown {
            outcome.is_again = true;
            let mut response = shown(portal, &visit, Some(outcome))?;
            *response.status_mut() = StatusCode::CONFLICT;
            return Ok(response);
        }
        enter(portal.office(), &keeper, &intake, clock::now(), &mut |_, _| {})?;
        outcome.is_entered = true;
        outcome.summary = intake.summary("ledger-done", words);
        shown(portal, &visit, Some(outcome))
    })
    .await
}

/// The visitor's organisation, if they may do this for it.
pub(super) fn keeper(portal: &Portal, visit: &Visit, action: Action) -> Result<String, Problem> {
    let person = visit.person().ok_or_else(|| refused(visit, action))?;
    let matter = Matter { keeper: Some(person.organisation.clone()), ..Matter::default() };
    portal.require(visit, action, &matter)?;
    Ok(person.organisation.clone())
}

fn intake(portal: &Portal, keeper: &str, bytes: &[u8]) -> Result<Intake, Problem> {
    let desk = portal.desk()?;
    let vocabulary = Vocabulary::new(desk.rules(), portal.catalogue());
    let inventory = portal.inventory()?;
    Ok(foreseen(keeper, bytes, &vocabulary, &inventory))
}

fn shown(portal: &Portal, visit: &Visit, outcome: Option<Outcome>) -> Result<Response, Problem> {
    let keeper = keeper(portal, visit, Action::EnterHoldings)?;
    let words = portal.words(visit.language());
    let inventory = portal.inventory()?;
    let total = lines(&inventory, &keeper, portal.today(), words).len();
    drop(inventory);
    let frame = Frame::new(portal, visit, Place::Holdings, words.say("ledger-title", &[]));
    let organisation = visit.person().map(|person| frame.one_of(&person.organisation_name).to_owned());
    Ok(html(&LedgerPage { organisation: organisation.unwrap_or_default(), total, outcome, frame: &frame }))
}

impl Outcome {
    fn foreseen(intake: &Intake, bytes: &[u8], words: &Words) -> Self {
        // The worst first; what stays as it is stands folded below.
        let by_fate = |fate: Fate| intake.rows.iter().filter(move |row| row.planned.fate == fate);
        let order = [Fate::Refused, Fate::Changed, Fate::New];
        let listed = order.into_iter().flat_map(|fate| by_fate(fate).take(MOST_LISTED));
        let listed: Vec<ListedRow> = listed.map(|row| ListedRow::of(row, words)).collect();
        let same_count = intake.count(Fate::Same);
        let same = by_fate(Fate::Same).take(MOST_LISTED);
        let same: Vec<_> = same.map(|row| (named(row, words), place(row, words))).collect();
        let worth_listing = intake.rows.len() - same_count;
        Self {
            is_entered: false,
            is_again: false,
            summary: intake.summary("ledger-would", words),
            of_file: intake.findings.iter().map(|finding| said(finding, words)).collect(),
            more: worth_listing - listed.len(),
            listed,
            same_more: same_count - same.len(),
            same,
            same_count,
            to_enter: intake.count(Fate::New) + intake.count(Fate::Changed),
            ledger: URL_SAFE_NO_PAD.encode(bytes),
            shown: digest(intake),
        }
    }
}

impl ListedRow {
    fn of(row: &IntakeRow, words: &Words) -> Self {
        let mut sentences: Vec<String> = row.planned.findings.iter().map(|finding| said(finding, words)).collect();
        let changes: Vec<String> = row
            .planned
            .changes
            .iter()
            .map(|change| words.say(&format!("ledger-change-{}", change.code()), &[]))
            .collect();
        if !changes.is_empty() {
            sentences.push(changes.join(words.language().of(("、", ", "))));
        }
        Self {
            shape: match row.planned.fate {
                Fate::Refused => shape::BAD,
                Fate::Changed => shape::ATTENTION,
                Fate::New | Fate::Same => shape::GOOD,
            },
            fate: words.say(&format!("ledger-fate-{}", row.planned.fate.code()), &[]),
            place: place(row, words),
            named: named(row, words),
            said: sentences,
        }
    }
}

/// Where a row stands.
fn place(row: &IntakeRow, words: &Words) -> String {
    let number = row.row.to_string();
    match &row.sheet {
        Some(sheet) => words.say("ledger-row-of-sheet", &[("row", &number), ("sheet", sheet)]),
        None => words.say("ledger-row", &[("row", &number)]),
    }
}

/// The instrument of a row. A row that only names what it changes says less than the register.
fn named(row: &IntakeRow, words: &Words) -> String {
    let registration = row.planned.registration.as_ref();
    match registration.and_then(|registration| Some((registration, registration.instrument.as_ref()?))) {
        Some((registration, instrument)) => {
            format!("{} {}", one_of(&registration.name, words.language()), instrument.serial)
        }
        None => row.named.clone(),
    }
}

/// A finding as a sentence, with its cell before it.
fn said(finding: &Finding, words: &Words) -> String {
    let sentence = words.finding(&finding.code, &finding.data);
    match finding.data.get("cell") {
        Some(cell) => words.say("ledger-at-cell", &[("cell", cell), ("said", &sentence)]),
        None => sentence,
    }
}

/// What was shown, so that a confirmation confirms just this.
fn digest(intake: &Intake) -> String {
    let mut digest = Sha256::new();
    for row in &intake.rows {
        let registration = row.planned.registration.as_ref().map(|one| serde_json::to_string(one).unwrap_or_default());
        digest.update(format!("{} {} {:?}\n", row.row, row.planned.fate.code(), registration));
    }
    hex::encode(digest.finalize())
}
