//! A field sheet as typed, read into a record: nothing is guessed, what is blank is not yet measured, and every doubt has the name of its field.

mod again;
mod cell;
mod question;

use std::collections::BTreeMap;

use heng_quantity::Finding;
use heng_rule::rule::Item;
use heng_rule::{Cell, Instrument, Occasion, Organisation, Record, Row, Rule, RuleKind, Words};
use jiff::civil::Date;

pub use again::{again, with_unit};
pub use cell::EVALUATIONS;
use cell::{Said, Wrong, cell, quantity};
pub use question::questions;

/// What was typed, by field: `weighing.3.indication`, `comparison.1.drift:spread`, `environment.temperature`, `rows:weighing`, `performed_on`,
/// `recalibrate_by`, `place`, `remark`.
pub type Typed = BTreeMap<String, String>;

/// What a sheet is about, known before anything is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The instrument as it is registered.
    pub instrument: Instrument,
    /// Whose it is.
    pub client: Organisation,
    /// The occasion.
    pub occasion: Occasion,
    /// The standards that were chosen.
    pub standards: Vec<String>,
    /// Who measures.
    pub verifier: String,
    /// Who is to review, once chosen.
    pub reviewer: String,
    /// Where the instrument is, where nothing else is typed.
    pub place: Words,
    /// The day of the work, where nothing else is typed.
    pub today: Date,
    /// Whether everything here is made up.
    pub synthetic: bool,
}

/// A sheet as far as it is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The record; rows that are not complete are left out.
    pub record: Record,
    /// The rows that the record has, by item, by their number on the sheet.
    pub rows: BTreeMap<String, Vec<usize>>,
    /// Every row as far as it can be read, by item and by its number on the sheet.
    pub begun: BTreeMap<String, BTreeMap<usize, Row>>,
    /// What cannot be taken as it was typed, by field.
    pub findings: Vec<(String, Finding)>,
    /// The rows that are on the sheet, and those of them that are complete.
    pub progress: (usize, usize),
}

impl Read {
    /// Whether nothing is missing and nothing is in doubt.
    pub fn is_complete(&self) -> bool {
        self.findings.is_empty() && self.progress.0 == self.progress.1
    }

    /// Counts a row of the sheet, and takes it into the record where it is complete.
    fn add(&mut self, item: &Item, number: usize, row: Row, is_read: bool) {
        let has_all = item.column.iter().all(|column| column.optional || row.contains_key(&column.name));
        let is_taken = has_all && is_read && !row.is_empty();
        let is_left_out = item.optional && is_read && row.is_empty();
        self.progress.0 += 1;
        self.progress.1 += usize::from(is_taken || is_left_out);
        if is_taken {
            self.record.observations.entry(item.name.clone()).or_default().push(row.clone());
            self.rows.entry(item.name.clone()).or_default().push(number);
        }
        self.begun.entry(item.name.clone()).or_default().insert(number, row);
    }
}

/// The name of a field of a row; rows count from one.
pub fn field(item: &str, row: usize, column: &str) -> String {
    format!("{item}.{row}.{column}")
}

/// The field beside a value that states its half-width, u or U.
pub fn spread_field(value: &str) -> String {
    format!("{value}:spread")
}

/// The field that says which of them it is.
pub fn evaluation_field(value: &str) -> String {
    format!("{value}:as")
}

/// The field that states the coverage factor of U.
pub fn factor_field(value: &str) -> String {
    format!("{value}:factor")
}

/// The field that states its degrees of freedom.
pub fn freedom_field(value: &str) -> String {
    format!("{value}:freedom")
}

/// The field that says how many rows of an item the sheet has, where some were added.
pub fn rows_field(item: &str) -> String {
    format!("rows:{item}")
}

/// Whether a sheet asks until when a calibration may be relied on: where the rule itself says nothing of it.
pub fn asks_for_end(rule: &Rule) -> bool {
    rule.kind() == RuleKind::Calibration && rule.intervals().is_empty()
}

/// Reads a sheet.
pub fn read(rule: &Rule, heading: &Heading, typed: &Typed) -> Read {
    let text = |name: &str| text(typed, name);
    let mut findings = Vec::new();
    let mut day = |name: &str| -> Option<Date> {
        let said = text(name)?;
        let read = said.parse::<Date>();
        if read.is_err() {
            findings.push((name.to_owned(), Finding::error("sheet-no-day").with("text", said)));
        }
        read.ok()
    };
    // What cannot be read is not today: the finding keeps the sheet open, and nothing is signed of it.
    let performed_on = day("performed_on").unwrap_or(heading.today);
    let recalibrate_by = asks_for_end(rule).then(|| day("recalibrate_by")).flatten();
    if recalibrate_by.is_some_and(|end| end < performed_on) {
        let finding = Finding::error("sheet-end-before-work").with("day", performed_on);
        findings.push(("recalibrate_by".to_owned(), finding));
    }
    let both = |text: &str| Words { zh: text.to_owned(), en: text.to_owned() };
    let mut record = Record {
        format: "heng-record/1".to_owned(),
        rule: rule.id().to_owned(),
        number: None,
        occasion: heading.occasion,
        client: heading.client.clone(),
        instrument: heading.instrument.clone(),
        performed_on,
        place: text("place").map_or_else(|| heading.place.clone(), both),
        environment: BTreeMap::new(),
        standards: heading.standards.clone(),
        verifier: heading.verifier.clone(),
        reviewer: heading.reviewer.clone(),
        observations: BTreeMap::new(),
        synthetic: heading.synthetic,
        recalibrate_by,
        remark: text("remark").map(both),
    };
    for condition in rule.surroundings() {
        let name = format!("environment.{}", condition.name);
        if let Some(said) = text(&name) {
            match quantity(said, &condition.unit) {
                Ok(value) => {
                    record.environment.insert(condition.name.clone(), Cell::Quantity(value));
                }
                Err(finding) => findings.push((name, finding)),
            }
        }
    }
    let mut read = Read { record, rows: BTreeMap::new(), begun: BTreeMap::new(), findings, progress: (0, 0) };
    for sheet in rule.sheet(&read.record) {
        for number in 1..=rows_on_sheet(&sheet.item.name, sheet.rows.len(), typed) {
            let unreadable = read.findings.len();
            let row = row(rule, sheet.item, number, typed, &mut read.findings);
            // What was typed and cannot be read is not blank, even where it might have been left out.
            let is_read = read.findings.len() == unreadable;
            // A row that nobody demands may stay blank.
            if !(is_read && row.is_empty() && number > sheet.rows.len().max(1)) {
                read.add(sheet.item, number, row, is_read);
            }
        }
    }
    read
}

/// A row as far as it can be read.
fn row(rule: &Rule, item: &Item, number: usize, typed: &Typed, findings: &mut Vec<(String, Finding)>) -> Row {
    let mut row = Row::new();
    for column in &item.column {
        let name = field(&item.name, number, &column.name);
        let (spread, evaluation) = (spread_field(&name), evaluation_field(&name));
        let (factor, freedom) = (factor_field(&name), freedom_field(&name));
        let Some(value) = text(typed, &name) else {
            if let Some(alone) = text(typed, &spread) {
                findings.push((spread, Finding::error("sheet-spread-alone").with("text", alone)));
            }
            continue;
        };
        let said = Said {
            value,
            spread: text(typed, &spread),
            evaluation: text(typed, &evaluation),
            factor: text(typed, &factor),
            freedom: text(typed, &freedom),
        };
        match cell(rule, item, column, &said) {
            Ok(cell) => {
                row.insert(column.name.clone(), cell);
            }
            Err(Wrong::Value(finding)) => findings.push((name, finding)),
            Err(Wrong::Spread(finding)) => findings.push((spread, finding)),
            Err(Wrong::Factor(finding)) => findings.push((factor, finding)),
            Err(Wrong::Freedom(finding)) => findings.push((freedom, finding)),
        }
    }
    row
}

/// What was typed there; what is blank was not.
fn text<'a>(typed: &'a Typed, name: &str) -> Option<&'a str> {
    typed.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// The rows of an item on a sheet: those the rule demands, and those that were added.
pub fn rows_on_sheet(item: &str, demanded: usize, typed: &Typed) -> usize {
    let filled = typed.keys().filter_map(|name| {
        let (of, rest) = name.split_once('.')?;
        let (number, _) = rest.split_once('.')?;
        (of == item).then(|| number.parse::<usize>().ok()).flatten()
    });
    let added = typed.get(&rows_field(item)).and_then(|rows| rows.parse::<usize>().ok());
    filled.chain(added).filter(|number| *number <= MOST_ROWS).max().unwrap_or(0).max(demanded)
}

/// Rows beyond this are not taken.
const MOST_ROWS: usize = 200;
