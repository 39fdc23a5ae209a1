//! A field sheet as typed, read into a record: nothing is guessed, what is blank is not yet measured, and every doubt has the name of its field.

use std::collections::BTreeMap;

use heng_quantity::{Decimal, Finding, Reported, Unit};
use heng_rule::rule::Column;
use heng_rule::{Cell, Instrument, Occasion, Organisation, Record, Row, Rule, Words};
use jiff::civil::Date;

/// What was typed, by field: `weighing.3.indication`, `environment.temperature`, `performed_on`, `place`, `remark`.
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
}

/// The name of a field of a row; rows count from one.
pub fn field(item: &str, row: usize, column: &str) -> String {
    format!("{item}.{row}.{column}")
}

/// Reads a sheet.
pub fn read(rule: &Rule, heading: &Heading, typed: &Typed) -> Read {
    let text = |name: &str| typed.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    let mut findings = Vec::new();
    let performed_on = match text("performed_on").map(str::parse::<Date>) {
        None => heading.today,
        Some(Ok(day)) => day,
        Some(Err(_)) => {
            let said = text("performed_on").unwrap_or_default();
            findings.push(("performed_on".to_owned(), Finding::error("sheet-no-day").with("text", said)));
            heading.today
        }
    };
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
        recalibrate_by: None,
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
    let (mut on_sheet, mut complete) = (0, 0);
    let mut numbers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for sheet in rule.sheet(&record) {
        let item = &sheet.item.name;
        for number in 1..=rows_on_sheet(item, sheet.rows.len(), typed) {
            on_sheet += 1;
            let is_flags = sheet.item.result.is_none();
            let mut row = Row::new();
            let unreadable = findings.len();
            for column in &sheet.item.column {
                let name = field(item, number, &column.name);
                let Some(said) = text(&name) else { continue };
                match cell(said, column, is_flags) {
                    Ok(cell) => {
                        row.insert(column.name.clone(), cell);
                    }
                    Err(finding) => findings.push((name, finding)),
                }
            }
            // What was typed and cannot be read is not blank, even where it might have been left out.
            let is_read = findings.len() == unreadable;
            let has_all = sheet.item.column.iter().all(|column| column.optional || row.contains_key(&column.name));
            if has_all && is_read && !row.is_empty() {
                complete += 1;
                record.observations.entry(item.clone()).or_default().push(row);
                numbers.entry(item.clone()).or_default().push(number);
            } else if sheet.item.optional && is_read && row.is_empty() {
                complete += 1;
            }
        }
    }
    Read { record, rows: numbers, findings, progress: (on_sheet, complete) }
}

/// The rows of an item on a sheet: those the rule demands, and those that were added.
pub fn rows_on_sheet(item: &str, demanded: usize, typed: &Typed) -> usize {
    let added = typed.keys().filter_map(|name| {
        let (of, rest) = name.split_once('.')?;
        let (number, _) = rest.split_once('.')?;
        (of == item).then(|| number.parse::<usize>().ok()).flatten()
    });
    added.filter(|number| *number <= MOST_ROWS).max().unwrap_or(0).max(demanded)
}

/// Rows beyond this are not taken.
const MOST_ROWS: usize = 200;

fn cell(said: &str, column: &Column, is_flags: bool) -> Result<Cell, Finding> {
    match &column.unit {
        Some(unit) => quantity(said, unit).map(Cell::Quantity),
        None if !column.words.is_empty() => {
            if column.words.iter().any(|word| word == said) {
                Ok(Cell::Text(said.to_owned()))
            } else {
                Err(Finding::error("sheet-unknown-word").with("text", said).with("known", column.words.join("、")))
            }
        }
        None if is_flags => match said {
            "yes" => Ok(Cell::Flag(true)),
            "no" => Ok(Cell::Flag(false)),
            _ => Err(Finding::error("sheet-no-answer").with("text", said)),
        },
        None => Ok(Cell::Text(said.to_owned())),
    }
}

/// A number as it was typed, in the unit of its field, with all its digits.
fn quantity(said: &str, unit: &Unit) -> Result<Reported, Finding> {
    // The sign that typesetters use is a minus and nothing else.
    let plain = said.replace('−', "-");
    match plain.parse::<Decimal>() {
        Ok(value) => Ok(Reported { value, unit: unit.clone(), uncertainty: None }),
        Err(_) => {
            let finding = Finding::error("sheet-no-number").with("text", said);
            Err(match suggestion(&plain) {
                Some(meant) => Finding::error("sheet-number-meant").with("text", said).with("meant", meant),
                None => finding,
            })
        }
    }
}

/// What may have been meant: full-width digits, a comma for a point, a unit behind the number. It is asked, never taken.
fn suggestion(said: &str) -> Option<String> {
    let narrow: String = said
        .chars()
        .map(|sign| match sign {
            '０'..='９' => char::from_digit(u32::from(sign) - u32::from('０'), 10).unwrap_or(sign),
            '．' | '。' | ',' | '，' => '.',
            '－' => '-',
            '＋' => '+',
            other => other,
        })
        .filter(|sign| !sign.is_whitespace())
        .collect();
    let number: String = narrow.chars().take_while(|sign| sign.is_ascii_digit() || ".+-".contains(*sign)).collect();
    number.parse::<Decimal>().ok().map(|value| value.to_string())
}
