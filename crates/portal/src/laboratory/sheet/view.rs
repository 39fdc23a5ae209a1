//! The page of a sheet: fields, bands, the verdict so far, and whether it can be signed.

use askama::Template;
use axum::response::Response;
use heng_exchange::document::picture_html;
use heng_office::{Moment, clock};
use heng_quantity::Reported;
use heng_rule::rule::{Item, Statistic};
use heng_rule::{ItemResult, Limit, Outcome, PointResult, Rule, RuleKind};
use heng_statement::legal_time;
use heng_supervision::sheet::rows_on_sheet;
use heng_wording::Words;

use super::band::{axis, band};
use super::bench::Bench;
use super::budget::Budget;
use super::fields::{FieldView, StandardView};
use super::is_of_unfinished;
use crate::frame::{Frame, Place, html, one_of};
use crate::laboratory::refusal::{Reason, reasons};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::answer::shape;
use crate::public::why::outcome_in;
use crate::style::SHEET;
use crate::visit::Visit;

/// What is said of what was just asked.
#[derive(Default)]
pub(super) struct Said {
    /// Somebody saved the sheet in between.
    pub(super) changed: bool,
    /// Why it was not signed.
    pub(super) reasons: Vec<Reason>,
}

/// What a row, or a group of rows, gives.
struct ResultView {
    value: String,
    uncertainty: String,
    limit: String,
    shape: &'static str,
    word: String,
    picture: String,
}

struct RowView {
    id: String,
    number: usize,
    fields: Vec<FieldView>,
    result: Option<ResultView>,
}

struct ItemView {
    id: String,
    /// The item as addresses and buttons name it.
    name: String,
    title: String,
    clause: String,
    is_unread: bool,
    columns: Vec<String>,
    rows: Vec<RowView>,
    /// Whether it has more rows than the rule demands.
    is_added: bool,
    has_results: bool,
    result_head: String,
    /// Results between their limits. Escaped by the crate that made them.
    pictures: Vec<String>,
    /// Results of groups of rows, and of items that use these observations: title and result.
    further: Vec<(String, ResultView)>,
    budget: Option<Budget>,
}

#[derive(Template)]
#[template(path = "sheet.html")]
struct SheetPage<'a> {
    frame: &'a Frame<'a>,
    script: &'static str,
    id: &'a str,
    revision: u64,
    name: String,
    what: String,
    thing: String,
    norm: String,
    /// The instrument as it is registered, for the printed form: term and value.
    described: Vec<(String, String)>,
    /// The lines for signatures on the printed form.
    signs: Vec<String>,
    heading: Vec<FieldView>,
    items: Vec<ItemView>,
    standards: Vec<StandardView>,
    reviewers: Vec<(String, String, bool)>,
    shape: &'static str,
    word: String,
    progress: String,
    said: &'a Said,
    /// The fields that cannot be taken as they were typed, in the order of the page: label, address, what is wrong.
    wrong: Vec<(String, String, String)>,
    missing: Vec<Reason>,
    is_ready: bool,
    saved_at: String,
}

/// The page as it is with what the draft holds.
pub(super) fn sheet_page(portal: &Portal, visit: &Visit, bench: &Bench, said: Said) -> Result<Response, Problem> {
    let words = portal.words(visit.language());
    let language = visit.language();
    let rule = bench.rule().ok_or_else(Problem::no_page)?;
    let mut missing = bench.missing(words);
    let mut verdict = None;
    if missing.is_empty() {
        let at = clock::now();
        match bench.desk().foreseen(bench.read.record.clone(), Moment { at, day: clock::day(at) }) {
            Ok(foreseen) => verdict = foreseen.certificate.verdict.map(|verdict| verdict.outcome),
            Err(heng_office::Refused::Refusals(refusals)) => {
                let unfinished = refusals.iter().all(is_of_unfinished);
                tracing::debug!(unfinished, count = refusals.len(), "a sheet cannot be signed yet");
                missing = reasons(heng_office::Refused::Refusals(refusals), words)?;
            }
            Err(why) => missing = reasons(why, words)?,
        }
    }
    let is_calibration = rule.kind() == RuleKind::Calibration;
    let (shape, word) = match verdict {
        None if missing.is_empty() && is_calibration => (shape::GOOD, words.say("sheet-ready", &[])),
        Some(outcome) => outcome_in(outcome, words),
        None if fails(bench) > 0 => (shape::BAD, words.say("sheet-some-fail", &[("count", &fails(bench).to_string())])),
        None => (shape::UNKNOWN, words.say("sheet-unfinished", &[])),
    };
    let (on_sheet, complete) = bench.read.progress;
    let progress = [("complete", complete.to_string()), ("rows", on_sheet.to_string())];
    let progress: Vec<(&str, &str)> = progress.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let drawing = Drawing { bench, words };
    let (heading, items) = (drawing.heading(), drawing.items());
    let instrument = &bench.heading.instrument;
    let name = one_of(&instrument.name, language).to_owned();
    let frame = Frame::new(portal, visit, Place::Laboratory, name.clone());
    Ok(html(&SheetPage {
        script: SHEET.address(),
        id: &bench.draft.id,
        revision: bench.draft.revision,
        what: format!("{} · {}", instrument.model, instrument.serial),
        thing: crate::frame::address("/thing/", &bench.draft.thing),
        norm: format!("{}　{}", rule.reference().norm, one_of(&rule.reference().title, language)),
        described: drawing.described(rule),
        signs: ["sheet-sign-verifier", "sheet-sign-reviewer", "sheet-sign-day"].map(|code| drawing.say(code)).into(),
        wrong: wrong(&heading, &items),
        heading,
        items,
        standards: drawing.standards(),
        reviewers: bench
            .reviewers
            .iter()
            .map(|(id, name)| {
                (id.clone(), one_of(name, language).to_owned(), bench.draft.reviewer.as_ref() == Some(id))
            })
            .collect(),
        shape,
        word,
        progress: words.say("sheet-progress", &progress),
        is_ready: missing.is_empty(),
        missing,
        said: &said,
        saved_at: legal_time(bench.draft.changed_at),
        name,
        frame: &frame,
    }))
}

/// What cannot be taken, as a list that leads to its fields.
fn wrong(heading: &[FieldView], items: &[ItemView]) -> Vec<(String, String, String)> {
    let of_rows = items.iter().flat_map(|item| &item.rows).flat_map(|row| &row.fields);
    let fields = heading.iter().chain(of_rows).flat_map(|field| std::iter::once(field).chain(&field.beside));
    let listed = |field: &FieldView| Some((field.label.clone(), field.name.clone(), field.wrong.clone()?));
    fields.filter_map(listed).collect()
}

/// Whether nobody has read a limit in the norm's own text.
fn is_unread(limit: &heng_rule::Limit) -> bool {
    limit.citation.confidence != heng_rule::Confidence::Read
}

/// The digits of a result; the sign of an error is always shown.
fn value_text(result: &Reported, limit: Option<&Limit>) -> String {
    let text = result.value_text();
    let is_plain = result.value.is_negative() || result.value.is_zero();
    if is_plain || !limit.is_some_and(Limit::is_of_error) { text } else { format!("+{text}") }
}

fn fails(bench: &Bench) -> usize {
    let points = bench.tried.iter().flat_map(|tried| &tried.points).flatten();
    points.filter(|point| point.outcome == Some(Outcome::DoesNotConform)).count()
}

/// The sheet and the words to put it in.
pub(super) struct Drawing<'a> {
    pub(super) bench: &'a Bench,
    pub(super) words: &'a Words,
}

impl Drawing<'_> {
    pub(super) fn say(&self, code: &str) -> String {
        self.words.say(code, &[])
    }

    fn items(&self) -> Vec<ItemView> {
        let Some(rule) = self.bench.rule() else { return Vec::new() };
        let sheet = rule.sheet(&self.bench.read.record);
        sheet.iter().map(|one| self.item(rule, one.item, &one.rows)).collect()
    }

    fn item(&self, rule: &Rule, item: &Item, demanded: &[super::Fields]) -> ItemView {
        let language = self.words.language();
        let numbers = self.bench.read.rows.get(&item.name).cloned().unwrap_or_default();
        let own = self.bench.tried.iter().find(|tried| tried.item == item.name);
        let points = own.map(|tried| tried.points.as_slice()).unwrap_or_default();
        let is_each = item.result.as_ref().is_some_and(|result| result.statistic == Statistic::Each);
        let widest = axis(points.iter().flatten());
        let result_of = |number: usize| {
            let place = numbers.iter().position(|one| *one == number).filter(|_| is_each)?;
            let point = points.get(place)?.as_ref()?;
            Some(self.result(point, widest))
        };
        let numbered = 1..=rows_on_sheet(&item.name, demanded.len(), &self.bench.draft.values);
        let row = |number: usize| RowView {
            id: format!("live-{}-{number}", item.name),
            number,
            fields: self.row(rule, item, number, demanded.get(number - 1)),
            result: result_of(number),
        };
        let rows: Vec<RowView> = numbered.map(row).collect();
        let citation = rule.citation(&item.cite);
        let result_head = item.result.as_ref().map(|result| {
            let label = one_of(&result.label, language);
            match &result.symbol {
                Some(symbol) => format!("{label} {symbol}"),
                None => label.to_owned(),
            }
        });
        ItemView {
            id: format!("live-{}", item.name),
            name: item.name.clone(),
            title: one_of(&item.title, language).to_owned(),
            clause: citation.clause.clone().unwrap_or_default(),
            is_unread: citation.confidence != heng_rule::Confidence::Read
                || points.iter().flatten().filter_map(|point| point.limit.as_ref()).any(is_unread),
            columns: item.column.iter().map(|column| self.head(column)).collect(),
            is_added: rows.len() > demanded.len(),
            rows,
            has_results: is_each,
            result_head: result_head.unwrap_or_default(),
            further: self.further(rule, item, is_each),
            pictures: self.pictures(rule, item),
            budget: self.budget((rule, item), points, &numbers).filter(|_| is_each),
        }
    }

    /// What the rows give, and the items that use these observations, each over its own places.
    fn pictures(&self, rule: &Rule, item: &Item) -> Vec<String> {
        let uses = |other: &&Item| other.name == item.name || other.observations_of.as_ref() == Some(&item.name);
        let results = rule.items().iter().filter(uses).filter_map(|other| {
            let tried = self.bench.tried.iter().find(|tried| tried.item == other.name)?;
            Some(ItemResult {
                item: other.name.clone(),
                title: other.title.clone(),
                citation: rule.citation(&other.cite),
                model: None,
                points: tried.points.iter().flatten().cloned().collect(),
                outcome: None,
            })
        });
        results.filter_map(|result| picture_html(&result, self.words)).collect()
    }

    /// The results of groups of rows, and of the items that use these observations.
    fn further(&self, rule: &Rule, item: &Item, is_each: bool) -> Vec<(String, ResultView)> {
        let uses =
            |other: &&Item| (other.name == item.name && !is_each) || other.observations_of.as_ref() == Some(&item.name);
        rule.items()
            .iter()
            .filter(uses)
            .flat_map(|other| {
                let title = one_of(&other.title, self.words.language()).to_owned();
                let tried = self.bench.tried.iter().find(|tried| tried.item == other.name);
                let points: Vec<&PointResult> =
                    tried.into_iter().flat_map(|tried| tried.points.iter().flatten()).collect();
                let widest = axis(points.iter().copied());
                points.into_iter().map(move |point| (title.clone(), self.result(point, widest))).collect::<Vec<_>>()
            })
            .collect()
    }

    fn result(&self, point: &PointResult, widest: Option<f64>) -> ResultView {
        let quantity = &point.result.quantity;
        let (shape, word) = match point.outcome {
            Some(outcome) => outcome_in(outcome, self.words),
            None => (shape::UNKNOWN, String::new()),
        };
        let value = value_text(quantity, point.limit.as_ref());
        let uncertainty = quantity.uncertainty_text().unwrap_or_default();
        let bound = |bound: &Option<heng_quantity::Reported>| bound.as_ref().map(heng_quantity::Reported::value_text);
        let limit = point.limit.as_ref().map(|limit| match (bound(&limit.lower), bound(&limit.upper)) {
            (Some(lower), Some(upper)) if lower.trim_start_matches(['-', '−']) == upper => format!("± {upper}"),
            (Some(lower), Some(upper)) => format!("{lower} … {upper}"),
            (Some(lower), None) => format!("≥ {lower}"),
            (None, Some(upper)) => format!("≤ {upper}"),
            (None, None) => String::new(),
        });
        let limit = limit.unwrap_or_default();
        let said = [("value", value.as_str()), ("uncertainty", uncertainty.as_str()), ("limit", limit.as_str())];
        let name = self.words.say("sheet-band", &said);
        ResultView {
            picture: widest.map(|widest| band(point, widest, &name)).unwrap_or_default(),
            value,
            uncertainty,
            limit,
            shape,
            word,
        }
    }
}
