//! The page of a sheet: fields, bands, the verdict so far, and whether it can be signed.

use askama::Template;
use axum::response::Response;
use heng_office::{Moment, clock};
use heng_rule::rule::{Column, Item, Statistic};
use heng_rule::{Confidence, Outcome, PointResult};
use heng_supervision::gates::valid_standards;
use heng_supervision::sheet::{field, rows_on_sheet};
use heng_wording::Words;

use super::band::{axis, band};
use super::bench::{Bench, standard_field};
use super::is_of_unfinished;
use crate::frame::{Frame, Place, html, one_of};
use crate::laboratory::refusal::{Reason, clause, reasons};
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

/// One field.
struct FieldView {
    name: String,
    label: String,
    value: String,
    /// The choices, each with its word; none for a free field.
    choices: Vec<(String, String)>,
    is_number: bool,
    wrong: Option<String>,
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
    title: String,
    clause: String,
    is_unread: bool,
    columns: Vec<String>,
    rows: Vec<RowView>,
    has_results: bool,
    result_head: String,
    /// Results of groups of rows, and of items that use these observations: title and result.
    further: Vec<(String, ResultView)>,
    budget: Option<Budget>,
}

/// What the uncertainty of one row is made of.
struct Budget {
    row: String,
    /// Source, its contribution, its share of the variance in per cent.
    lines: Vec<(String, String, u32)>,
    combined: String,
}

struct StandardView {
    field: String,
    name: String,
    number: String,
    through: String,
    /// Where its certificate does not reach the day: what forbids it, and whether nobody has read that.
    lapsed: Option<(String, bool)>,
    is_chosen: bool,
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
    heading: Vec<FieldView>,
    items: Vec<ItemView>,
    standards: Vec<StandardView>,
    reviewers: Vec<(String, String, bool)>,
    shape: &'static str,
    word: String,
    progress: String,
    said: &'a Said,
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
    let (shape, word) = match verdict {
        Some(outcome) => outcome_in(outcome, words),
        None if fails(bench) > 0 => (shape::BAD, words.say("sheet-some-fail", &[("count", &fails(bench).to_string())])),
        None => (shape::UNKNOWN, words.say("sheet-unfinished", &[])),
    };
    let (on_sheet, complete) = bench.read.progress;
    let progress = [("complete", complete.to_string()), ("rows", on_sheet.to_string())];
    let progress: Vec<(&str, &str)> = progress.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let drawing = Drawing { bench, words };
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
        heading: drawing.heading(),
        items: drawing.items(),
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
        saved_at: bench.draft.changed_at.strftime("%H:%M:%S").to_string(),
        name,
        frame: &frame,
    }))
}

/// Whether nobody has read a limit in the norm's own text.
fn is_unread(limit: &heng_rule::Limit) -> bool {
    limit.citation.confidence != heng_rule::Confidence::Read
}

fn fails(bench: &Bench) -> usize {
    let points = bench.tried.iter().flat_map(|tried| &tried.points).flatten();
    points.filter(|point| point.outcome == Some(Outcome::DoesNotConform)).count()
}

struct Drawing<'a> {
    bench: &'a Bench,
    words: &'a Words,
}

impl Drawing<'_> {
    fn say(&self, code: &str) -> String {
        self.words.say(code, &[])
    }

    fn wrong(&self, name: &str) -> Option<String> {
        let (_, finding) = self.bench.read.findings.iter().find(|(field, _)| field == name)?;
        Some(self.words.finding(&finding.code, &finding.data))
    }

    fn field(&self, name: String, label: String, value: String, is_number: bool) -> FieldView {
        let wrong = self.wrong(&name);
        let value = self.bench.draft.values.get(&name).cloned().unwrap_or(value);
        FieldView { name, label, value, choices: Vec::new(), is_number, wrong }
    }

    /// The day, the place, the surroundings.
    fn heading(&self) -> Vec<FieldView> {
        let language = self.words.language();
        let heading = &self.bench.heading;
        let place = one_of(&heading.place, language).to_owned();
        let mut fields = vec![
            self.field("performed_on".to_owned(), self.say("sheet-day"), heading.today.to_string(), false),
            self.field("place".to_owned(), self.say("sheet-place"), place, false),
        ];
        for condition in self.bench.rule().into_iter().flat_map(|rule| rule.surroundings()) {
            let label = format!("{} / {}", one_of(&condition.label, language), condition.unit.symbol());
            fields.push(self.field(format!("environment.{}", condition.name), label, String::new(), true));
        }
        fields.push(self.field("remark".to_owned(), self.say("sheet-remark"), String::new(), false));
        fields
    }

    fn standards(&self) -> Vec<StandardView> {
        let through = |day: jiff::civil::Date| self.words.say("sheet-through", &[("day", &day.to_string())]);
        self.bench
            .choices
            .iter()
            .map(|choice| StandardView {
                field: standard_field(&choice.id),
                name: one_of(&choice.name, self.words.language()).to_owned(),
                number: choice.number.clone(),
                through: choice.through.map(through).unwrap_or_default(),
                lapsed: choice.has_lapsed.then(|| {
                    let citation = valid_standards();
                    let is_unread = citation.is_some_and(|citation| citation.confidence != Confidence::Read);
                    (citation.map(clause).unwrap_or_default(), is_unread)
                }),
                is_chosen: choice.is_chosen,
            })
            .collect()
    }

    fn items(&self) -> Vec<ItemView> {
        let Some(rule) = self.bench.rule() else { return Vec::new() };
        let sheet = rule.sheet(&self.bench.read.record);
        sheet.iter().map(|one| self.item(rule, one.item, &one.rows)).collect()
    }

    fn item(
        &self,
        rule: &heng_rule::Rule,
        item: &Item,
        demanded: &[std::collections::BTreeMap<String, String>],
    ) -> ItemView {
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
        let rows = (1..=rows_on_sheet(&item.name, demanded.len(), &self.bench.draft.values)).map(|number| RowView {
            id: format!("live-{}-{number}", item.name),
            number,
            fields: item
                .column
                .iter()
                .map(|column| {
                    let set = demanded.get(number - 1).and_then(|row| row.get(&column.name)).cloned();
                    self.cell(item, column, number, set.unwrap_or_default())
                })
                .collect(),
            result: result_of(number),
        });
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
            title: one_of(&item.title, language).to_owned(),
            clause: citation.clause.clone().unwrap_or_default(),
            is_unread: citation.confidence != heng_rule::Confidence::Read
                || points.iter().flatten().filter_map(|point| point.limit.as_ref()).any(is_unread),
            columns: item.column.iter().map(|column| self.head(column)).collect(),
            rows: rows.collect(),
            has_results: is_each,
            result_head: result_head.unwrap_or_default(),
            further: self.further(rule, item, is_each),
            budget: self.budget(points, &numbers).filter(|_| is_each),
        }
    }

    fn head(&self, column: &Column) -> String {
        let label = one_of(&column.label, self.words.language());
        let symbol = column.symbol.as_ref().map(|symbol| format!(" {symbol}")).unwrap_or_default();
        match &column.unit {
            Some(unit) => format!("{label}{symbol} / {}", unit.symbol()),
            None => format!("{label}{symbol}"),
        }
    }

    fn cell(&self, item: &Item, column: &Column, number: usize, set: String) -> FieldView {
        let label = format!("{} {number} · {}", one_of(&item.title, self.words.language()), self.head(column));
        let mut view = self.field(field(&item.name, number, &column.name), label, set, column.unit.is_some());
        if column.unit.is_none() {
            if item.result.is_none() && column.words.is_empty() {
                view.choices = ["yes", "no"].map(|one| (one.to_owned(), self.say(&format!("sheet-{one}")))).into();
            } else {
                view.choices = column.words.iter().map(|word| (word.clone(), word.clone())).collect();
            }
        }
        view
    }

    /// The results of groups of rows, and of the items that use these observations.
    fn further(&self, rule: &heng_rule::Rule, item: &Item, is_each: bool) -> Vec<(String, ResultView)> {
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
        let value = quantity.value_text();
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

    /// The budget of the row whose uncertainty is largest.
    fn budget(&self, points: &[Option<PointResult>], numbers: &[usize]) -> Option<Budget> {
        let size = |point: &PointResult| -> f64 {
            point.budget.iter().map(|line| line.contribution.value.to_f64()).map(|one| one * one).sum()
        };
        let (number, point) = numbers
            .iter()
            .zip(points)
            .filter_map(|(number, point)| Some((number, point.as_ref()?)))
            .filter(|(_, point)| !point.budget.is_empty())
            .max_by(|one, other| size(one.1).total_cmp(&size(other.1)))?;
        let total = size(point);
        let lines = point.budget.iter().map(|line| {
            let contribution = line.contribution.value.to_f64();
            let share = if total > 0.0 { contribution * contribution / total * 100.0 } else { 0.0 };
            (
                one_of(&line.label, self.words.language()).to_owned(),
                line.contribution.value_text(),
                // A share of a picture: whole per cents are as fine as a bar can be drawn.
                share.clamp(0.0, 100.0) as u32,
            )
        });
        Some(Budget {
            row: self.words.say("sheet-budget-row", &[("row", &number.to_string())]),
            lines: lines.collect(),
            combined: point.result.quantity.uncertainty_text().unwrap_or_default(),
        })
    }
}
