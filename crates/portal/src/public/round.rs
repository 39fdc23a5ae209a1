//! Comparison rounds for everyone: who takes part, how far it is, and, once nobody can be influenced any more, what the results say together.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use heng_picture::{LaboratoryPicture, YoudenPicture, YoudenPoint};
use heng_quantity::{Decimal, RoundingRule, typography};
use heng_statement::StatementHash;
use heng_statement::round::{ItemReport, NamesPublished, Protocol};
use heng_view::round::{ParticipantState, Phase, youden};
use heng_view::{RoundLog, RoundState};
use heng_wording::Words;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::access::{Action, Matter};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::answer::shape;
use crate::router::read;
use crate::style::PICTURES;
use crate::visit::Visit;

/// A line of the list of rounds.
pub(crate) struct Listed {
    pub(crate) number: String,
    pub(crate) page: String,
    pub(crate) title: String,
    pub(crate) phase: String,
    pub(crate) day: String,
}

#[derive(Template)]
#[template(path = "rounds.html")]
struct RoundsPage<'a> {
    frame: &'a Frame<'a>,
    rounds: Vec<Listed>,
}

/// A laboratory of a round, as far as anyone may see it.
struct Line {
    name: String,
    page: Option<String>,
    code: Option<String>,
    sealed: String,
    opened: String,
    shape: Option<&'static str>,
    outcome: String,
    proofs: Vec<(String, String)>,
}

/// What was found of one item.
struct ItemShown {
    name: String,
    reference: String,
    method: String,
    figures: Vec<String>,
    heads: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

#[derive(Template)]
#[template(path = "round.html")]
struct RoundPage<'a> {
    frame: &'a Frame<'a>,
    pictures: &'static str,
    number: String,
    phase: String,
    said: String,
    facts: Vec<(String, String, Option<String>)>,
    lines: Vec<Line>,
    by_code: bool,
    items: Vec<ItemShown>,
    youden: Option<String>,
    findings: Vec<String>,
    report: Option<(String, String)>,
    bundle: Option<(String, String)>,
    synthetic: bool,
    turn: Option<String>,
}

/// The round of a number, and how it stands today.
pub(crate) fn found(portal: &Portal, number: &str) -> Result<(RoundLog, RoundState), Problem> {
    let round = portal.inventory()?.round_numbered(number).cloned();
    let round = round.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "no-round").with("number", number))?;
    let state = round.state(portal.today());
    Ok((round, state))
}

/// `/rounds`
pub(crate) async fn list(State(portal): State<Arc<Portal>>, visit: Visit) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let words = portal.words(visit.language());
        let rounds = listed(portal, words, &|_| true)?;
        let frame = Frame::new(portal, &visit, Place::Rounds, words.say("rounds-title", &[]));
        Ok(html(&RoundsPage { frame: &frame, rounds }))
    })
    .await
}

/// The rounds that are wanted, the latest first.
pub(crate) fn listed(
    portal: &Portal,
    words: &Words,
    is_wanted: &dyn Fn(&RoundLog) -> bool,
) -> Result<Vec<Listed>, Problem> {
    let today = portal.today();
    let inventory = portal.inventory()?;
    let rounds = inventory.rounds().into_iter().rev().filter(|round| is_wanted(round));
    Ok(rounds
        .map(|round| Listed {
            number: round.announcement.number.clone(),
            page: address("/round/", &round.announcement.number),
            title: one_of(&round.announcement.title, words.language()).to_owned(),
            phase: phase(round.state(today).phase, words),
            day: round.announcement.seal_by.to_string(),
        })
        .collect())
}

fn phase(phase: Phase, words: &Words) -> String {
    words.say(&format!("round-phase-{}", phase.code()), &[])
}

/// `/round/{number}`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let (round, state) = found(portal, &number)?;
        let words = portal.words(visit.language());
        let announcement = &round.announcement;
        let frame = Frame::new(portal, &visit, Place::Rounds, one_of(&announcement.title, visit.language()).to_owned());
        let report = state.report.as_ref().map(|report| (report.hash.clone(), address("/statement/", &report.hash)));
        let is_shown = state.phase.shows_results();
        let may_have = hands_out(portal, &visit, &round);
        let name = format!("{}.heng", announcement.number);
        let bundle = may_have.then(|| {
            let folder = address("/round/", &announcement.number);
            (name.clone(), address(&format!("{folder}/"), &name))
        });
        Ok(html(&RoundPage {
            pictures: PICTURES.address(),
            number: announcement.number.clone(),
            phase: phase(state.phase, words),
            said: words.say(&format!("round-said-{}", state.phase.code()), &[("day", &deadline(&round, state.phase))]),
            facts: facts(portal, &visit, &round, words)?,
            lines: lines(portal, &round, &state, words)?,
            by_code: announcement.names == NamesPublished::Codes,
            items: if is_shown { items(&round, &state, words) } else { Vec::new() },
            youden: if is_shown { youden_picture(&round, &state, words) } else { None },
            findings: findings(portal, &round, &state, words)?,
            report,
            bundle,
            synthetic: announcement.synthetic,
            turn: turn(&visit, &round, &state),
            frame: &frame,
        }))
    })
    .await
}

/// `/round/{number}/{file}`: the round with all that proves it. Of a round by code it names who has which code, and is for those who take part.
pub(crate) async fn file(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path((number, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let (round, _) = found(portal, &number)?;
        if file != format!("{}.heng", round.announcement.number) {
            return Err(Problem::new(StatusCode::NOT_FOUND, "no-document").with("file", &file));
        }
        if !hands_out(portal, &visit, &round) {
            return Err(crate::access::refused(&visit, Action::ReadPrivate));
        }
        let bytes = portal.office().bundle(&round.hash)?;
        let disposition = format!("attachment; filename*=UTF-8''{}", utf8_percent_encode(&file, NON_ALPHANUMERIC));
        Ok(([(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, disposition)], bytes)
            .into_response())
    })
    .await
}

fn hands_out(portal: &Portal, visit: &Visit, round: &RoundLog) -> bool {
    let is_of = |party: &str| {
        let matter = Matter { laboratory: Some(party.to_owned()), ..Matter::default() };
        portal.access().allows(visit.person(), Action::ReadPrivate, &matter)
    };
    round.announcement.names == NamesPublished::Names
        || round.announcement.participants.iter().any(|one| is_of(&one.party))
}

/// Where a member of a laboratory that takes part goes on.
fn turn(visit: &Visit, round: &RoundLog, state: &RoundState) -> Option<String> {
    let person = visit.person()?;
    state.participant(&person.organisation)?;
    Some(address("/laboratory/round/", &round.announcement.number))
}

/// The day that matters in a phase.
fn deadline(round: &RoundLog, phase: Phase) -> String {
    let announcement = &round.announcement;
    match phase {
        Phase::Sealing => announcement.seal_by,
        Phase::Opening => announcement.open_by,
        Phase::Reporting => announcement.report_by,
        Phase::FollowUp | Phase::Closed | Phase::Withdrawn => announcement.follow_up_by,
    }
    .to_string()
}

fn known_as(portal: &Portal, party: &str, words: &Words) -> Result<String, Problem> {
    let inventory = portal.inventory()?;
    Ok(inventory.party(party).map_or_else(|| party.to_owned(), |one| one_of(&one.name, words.language()).to_owned()))
}

type Fact = (String, String, Option<String>);

fn facts(portal: &Portal, visit: &Visit, round: &RoundLog, words: &Words) -> Result<Vec<Fact>, Problem> {
    let announcement = &round.announcement;
    let protocol = &announcement.protocol;
    let language = visit.language();
    let symbol = announcement.unit.symbol();
    let quantity = format!("{} / {symbol}", one_of(&announcement.quantity, language));
    let scores: Vec<String> = protocol.scores.iter().map(|score| score_word(score, words)).collect();
    let party = |code: &str, id: &str| -> Result<Fact, Problem> {
        Ok((words.say(code, &[]), known_as(portal, id, words)?, Some(address("/thing/", id))))
    };
    let plain = |code: &str, said: String| (words.say(code, &[]), said, None);
    let mut facts = vec![
        party("round-fact-coordinator", &round.coordinator)?,
        party("round-fact-pilot", &announcement.pilot)?,
        plain("round-fact-quantity", quantity),
    ];
    for item in &announcement.items {
        let page = portal.inventory()?.thing(&item.thing).map(|_| address("/thing/", &item.thing));
        facts.push((words.say("round-fact-item", &[]), one_of(&item.name, language).to_owned(), page));
    }
    facts.extend([
        plain("round-fact-norm", protocol.norm.clone()),
        plain("round-fact-reference", method_word(&protocol.reference, words)),
        plain("round-fact-scores", scores.join(&words.say("list-separator", &[]))),
        plain("round-fact-seal-by", announcement.seal_by.to_string()),
        plain("round-fact-open-by", announcement.open_by.to_string()),
        plain("round-fact-report-by", announcement.report_by.to_string()),
        plain("round-fact-follow-up-by", announcement.follow_up_by.to_string()),
        plain("round-fact-names", words.say(&format!("round-names-{}", announcement.names.code()), &[])),
    ]);
    let proof = address("/statement/", &round.hash);
    facts.push((words.say("round-fact-announcement", &[]), round.hash.clone(), Some(proof)));
    Ok(facts)
}

fn score_word(score: &str, words: &Words) -> String {
    words.say(&format!("round-score-{}", score.replace('_', "-")), &[])
}

/// The word of a method: an estimator or a robust method, by the names of documents.
pub(crate) fn method_word(method: &str, words: &Words) -> String {
    if method == Protocol::PILOT {
        return words.say("round-method-pilot", &[]);
    }
    let name = method.replace('_', "-");
    let codes = [format!("estimator-{name}"), format!("robust-{name}")];
    codes.iter().find(|code| words.knows(code)).map_or_else(|| method.to_owned(), |code| words.say(code, &[]))
}

/// The laboratories. Of a round by code, who has sealed and opened stands beside the names, and the outcomes beside the codes: in two lists, so
/// that none tells of the other.
fn lines(portal: &Portal, round: &RoundLog, state: &RoundState, words: &Words) -> Result<Vec<Line>, Problem> {
    let by_code = round.announcement.names == NamesPublished::Codes;
    let mut lines = Vec::new();
    for one in &state.participants {
        let outcome = if by_code { (None, String::new()) } else { outcome(one, words) };
        let proofs = if by_code { Vec::new() } else { proofs(one, words) };
        lines.push(Line {
            name: known_as(portal, &one.party, words)?,
            page: Some(address("/thing/", &one.party)),
            code: (!by_code).then(|| one.code.clone()),
            sealed: yes(one.seal.as_ref().map(|seal| &seal.made_at)),
            opened: yes(one.opening.as_ref().map(|opening| &opening.made_at)),
            shape: outcome.0,
            outcome: outcome.1,
            proofs,
        });
    }
    if by_code {
        lines.sort_by(|one, other| one.name.cmp(&other.name));
        if state.phase.shows_results() {
            let mut coded: Vec<Line> = state
                .participants
                .iter()
                .map(|one| {
                    let (shape, outcome) = outcome(one, words);
                    let (sealed, opened) = ("–".to_owned(), "–".to_owned());
                    Line {
                        name: one.code.clone(),
                        page: None,
                        code: None,
                        sealed,
                        opened,
                        shape,
                        outcome,
                        proofs: Vec::new(),
                    }
                })
                .collect();
            coded.sort_by(|one, other| one.name.cmp(&other.name));
            lines.extend(coded);
        }
    }
    Ok(lines)
}

fn yes(at: Option<&jiff::Timestamp>) -> String {
    at.map_or_else(|| "–".to_owned(), |at| heng_office::clock::day(*at).to_string())
}

fn proofs(one: &ParticipantState, words: &Words) -> Vec<(String, String)> {
    let proof = |code: &str, hash: &StatementHash| (words.say(code, &[]), address("/statement/", hash));
    let mut proofs = Vec::new();
    proofs.extend(one.seal.as_ref().map(|seal| proof("round-step-seal", &seal.hash)));
    proofs.extend(one.opening.as_ref().map(|opening| proof("round-step-opening", &opening.hash)));
    if let Some(followed) = &one.followed {
        proofs.push(proof("round-step-corrective-action", &followed.action.hash));
        proofs.extend(followed.answer.as_ref().map(|(answer, _)| proof("round-step-closing", &answer.hash)));
    }
    proofs
}

/// The shape and the words of how a laboratory did.
pub(crate) fn outcome(one: &ParticipantState, words: &Words) -> (Option<&'static str>, String) {
    let say = |code: &str| words.say(code, &[]);
    match (one.is_satisfactory, &one.followed) {
        (Some(true), _) => (Some(shape::GOOD), say("round-outcome-satisfactory")),
        (Some(false), Some(followed)) => match &followed.answer {
            Some((_, true)) => (Some(shape::ATTENTION), say("round-outcome-accepted")),
            Some((_, false)) => (Some(shape::BAD), say("round-outcome-refused")),
            None => (Some(shape::ATTENTION), say("round-outcome-committed")),
        },
        (Some(false), None) => (Some(shape::BAD), say("round-outcome-unsatisfactory")),
        (None, _) => (None, "–".to_owned()),
    }
}

/// Every item with its pictures and its table: the figures are those of the report.
fn items(round: &RoundLog, state: &RoundState, words: &Words) -> Vec<ItemShown> {
    let Some(Ok(report)) = &state.computed else { return Vec::new() };
    let language = words.language();
    let of = |stated: &ItemReport| {
        let evaluated = state.evaluations.iter().find(|one| one.item == stated.item)?;
        let item = round.announcement.items.iter().find(|one| one.thing == stated.item)?;
        let mut evaluated_round = evaluated.round.clone();
        evaluated_round.quantity =
            format!("{} · {}", one_of(&item.name, language), one_of(&round.announcement.quantity, language));
        let mut figures =
            vec![LaboratoryPicture::results(&evaluated_round, &evaluated.assessment).picture(words).figure(words)];
        if let Some(scores) = LaboratoryPicture::scores(&evaluated.assessment) {
            figures.push(scores.picture(words).figure(words));
        }
        let mut heads = ["round-column-code", "round-column-result", "round-column-difference"]
            .map(|code| words.say(code, &[]))
            .to_vec();
        heads.extend(round.announcement.protocol.scores.iter().map(|score| score_word(score, words)));
        let rows = stated.laboratories.iter().map(|one| {
            let mut cells = vec![one.result.text(), difference(&one.difference)];
            cells.extend(one.scores.iter().map(|score| {
                let judgement = words.say(&format!("round-judgement-{}", score.judgement), &[]);
                format!("{} {judgement}", shown(&score.exact_value))
            }));
            (one.code.clone(), cells)
        });
        Some(ItemShown {
            name: one_of(&item.name, language).to_owned(),
            reference: stated.reference.text(),
            method: method_word(&stated.method, words),
            figures,
            heads,
            rows: rows.collect(),
        })
    };
    report.items.iter().filter_map(of).collect()
}

/// A score to two decimals; the statement has every digit.
fn shown(exact: &Decimal) -> String {
    typography::decimal(&exact.rounded(-2, RoundingRule::Gbt8170))
}

/// A difference whose uncertainty nobody knows has as many digits as a double; six are enough to read.
fn difference(stated: &heng_quantity::Reported) -> String {
    if stated.uncertainty.is_some() {
        return stated.text();
    }
    let place = stated.value.leading_exponent().unwrap_or_default() - 5;
    typography::with_unit(&typography::decimal(&stated.value.rounded(place, RoundingRule::Gbt8170)), &stated.unit)
}

fn youden_picture(round: &RoundLog, state: &RoundState, words: &Words) -> Option<String> {
    let (pairs, ellipse) = youden(&state.evaluations)?;
    let mut items = round.announcement.items.iter().map(|item| one_of(&item.name, words.language()).to_owned());
    let picture = YoudenPicture {
        items: [items.next()?, items.next()?],
        unit: round.announcement.unit.clone(),
        points: pairs.into_iter().map(|(name, first, second)| YoudenPoint { name, first, second }).collect(),
        ellipse,
    };
    Some(picture.picture(words).figure(words))
}

/// What was wrong. Of a round by code nothing is said of a code, because the day of a step tells whose it is.
fn findings(portal: &Portal, round: &RoundLog, state: &RoundState, words: &Words) -> Result<Vec<String>, Problem> {
    let by_code = round.announcement.names == NamesPublished::Codes;
    let mut said = Vec::new();
    for finding in &state.findings {
        let who = if by_code && finding.laboratory.is_some() {
            words.say("round-some-laboratory", &[])
        } else {
            known_as(portal, &finding.party, words)?
        };
        let finding = finding.finding(&who);
        said.push(words.finding(&finding.code, &finding.data));
    }
    Ok(said)
}
