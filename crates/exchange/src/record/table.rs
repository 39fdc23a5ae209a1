//! Records from tables: one row is one instrument, and so one certificate.

mod date;
mod duplicate;
mod fields;
mod headings;
mod row;
mod value;

use std::collections::BTreeMap;

use heng_quantity::{Finding, Position};
use heng_rule::{Rule, RuleSet};

use super::{Reading, RecordAt, Records, Table};
pub(super) use crate::sheets::excerpt;
use crate::sheets::{Asked, Content, Sheet, half_width, is_blank, name_of_column};
pub(super) use duplicate::without_duplicates;
pub(super) use fields::{FIELDS, FINDING, Field, FieldText, Holds};
use headings::Heading;
pub(super) use headings::{Layout, Target};

/// How many rows from the top the heading row is looked for.
const TOP: usize = 20;

/// More instruments are refused: a file of this size takes minutes to certify and some hundred MB to hold.
pub(super) const MOST_ROWS: usize = 5_000;

/// More cells are refused unread.
const MOST_CELLS: usize = 1_000_000;

/// So many findings of one row are listed; they are enough to repair it.
const MOST_FINDINGS: usize = 12;

/// The records of all sheets that have a heading row.
pub(super) fn records(sheets: &[Sheet], reading: &Reading<'_>) -> Records {
    let mut read = Records::default();
    let mut found = false;
    for sheet in sheets {
        let Some(top) = heading_row(sheet, reading.rules) else { continue };
        found = true;
        sheet_records(sheet, top, reading, &mut read);
    }
    if !found {
        read.findings.push(Finding::error("record-no-headings"));
    }
    read
}

/// What a table of records may be; `rules` name its columns.
pub(super) fn asked_of<T>(rules: &RuleSet, read: impl FnOnce(&Asked<'_>) -> T) -> T {
    let layouts: Vec<Layout<'_>> = std::iter::once(Layout::bare()).chain(rules.iter().map(Layout::of)).collect();
    let is_heading = |text: &str| layouts.iter().any(|layout| layout.heading(text).is_some());
    read(&Asked { most_rows: MOST_ROWS, most_cells: MOST_CELLS, is_heading: &is_heading })
}

/// The first row in which at least three cells are names of columns.
fn heading_row(sheet: &Sheet, rules: &RuleSet) -> Option<usize> {
    let bare = Layout::bare();
    let layouts: Vec<Layout<'_>> = rules.iter().map(Layout::of).collect();
    sheet.rows.iter().take(TOP).position(|row| {
        let known =
            |text: &str| bare.heading(text).is_some() || layouts.iter().any(|layout| layout.heading(text).is_some());
        row.cells.values().filter(|content| known(&content.shown())).take(3).count() == 3
    })
}

/// The headings of a sheet as one rule names them.
struct Headings<'rules> {
    rule: &'rules Rule,
    by_column: BTreeMap<u32, Heading>,
}

fn sheet_records(sheet: &Sheet, top: usize, reading: &Reading<'_>, read: &mut Records) {
    let Some(heading_row) = sheet.rows.get(top) else { return };
    let texts: BTreeMap<u32, String> =
        heading_row.cells.iter().map(|(column, content)| (*column, content.shown())).collect();
    let bare = Layout::bare();
    let rule_column = texts.iter().find_map(|(column, text)| {
        let heading = bare.heading(text)?;
        (heading.target == Target::Field(Field::Rule)).then_some(*column)
    });
    let mut by_rule: BTreeMap<String, Headings<'_>> = BTreeMap::new();
    let here = Place { sheet, heading_row: heading_row.number, texts: &texts };
    for sheet_row in sheet.rows.iter().skip(top + 1) {
        if sheet_row.cells.values().all(|content| is_blank(&content.shown())) {
            continue;
        }
        let stated = rule_column.and_then(|column| sheet_row.cells.get(&column)).map(Content::shown);
        let stated = stated.filter(|text| !is_blank(text)).or_else(|| reading.rule.map(str::to_owned));
        let findings = match stated.as_deref().map(|stated| (stated, rule_named(stated, reading.rules))) {
            None => vec![row::missing(Field::Rule, rule_column, &here, sheet_row)],
            Some((stated, None)) => {
                let known: Vec<&str> = reading.rules.iter().map(Rule::id).collect();
                let finding =
                    Finding::error("record-rule-unknown").with("rule", excerpt(stated)).with("known", known.join(" "));
                vec![here.at(finding, sheet_row.number, rule_column)]
            }
            Some((_, Some(rule))) => {
                let headings = by_rule.entry(rule.id().to_owned()).or_insert_with(|| Headings {
                    rule,
                    by_column: headings_of(&Layout::of(rule), &texts, &here, &mut read.findings),
                });
                let (record, findings) = row::record(headings.rule, &headings.by_column, sheet_row, &here);
                if let Some(record) = record {
                    let sheet = sheet.name.clone();
                    read.records.push(RecordAt { row: sheet_row.number, sheet, record });
                }
                findings
            }
        };
        read.findings.extend(findings.into_iter().take(MOST_FINDINGS));
    }
    unknown_columns(&texts, &by_rule, &here, &mut read.findings);
    read.tables.push(as_it_stood(sheet, top, &texts));
}

/// Every row as it stood, so that those that were lost can be handed back.
fn as_it_stood(sheet: &Sheet, top: usize, texts: &BTreeMap<u32, String>) -> Table {
    let rows = sheet.rows.iter().skip(top + 1).map(|row| -> (u32, BTreeMap<u32, String>) {
        let known = row.cells.iter().filter(|(column, _)| texts.contains_key(column));
        (row.number, known.map(|(column, content)| (*column, content.shown())).collect())
    });
    Table { sheet: sheet.name.clone(), headings: texts.clone(), rows: rows.collect() }
}

/// The columns of a sheet that this rule knows.
fn headings_of(
    layout: &Layout<'_>,
    texts: &BTreeMap<u32, String>,
    here: &Place<'_>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<u32, Heading> {
    let mut known: BTreeMap<u32, Heading> = BTreeMap::new();
    for (column, text) in texts {
        let Some(heading) = layout.heading(text) else { continue };
        let earlier =
            known.iter().find(|(_, other)| other.target == heading.target && heading.target != Target::Finding);
        if let Some((earlier, _)) = earlier {
            let finding = Finding::error("record-column-twice")
                .with("column", excerpt(text))
                .with("other", name_of_column(*earlier));
            findings.push(here.at(finding, here.heading_row, Some(*column)));
            continue;
        }
        if let Some(fault) = &heading.fault {
            findings.push(here.at(fault.clone(), here.heading_row, Some(*column)));
        }
        known.insert(*column, heading);
    }
    known
}

/// Columns that no rule of the sheet knows: they were not read, which someone must be told.
fn unknown_columns(
    texts: &BTreeMap<u32, String>,
    by_rule: &BTreeMap<String, Headings<'_>>,
    here: &Place<'_>,
    findings: &mut Vec<Finding>,
) {
    if by_rule.is_empty() {
        return;
    }
    let unknown = |column: &u32| !by_rule.values().any(|headings| headings.by_column.contains_key(column));
    for (column, text) in texts.iter().filter(|(column, text)| unknown(column) && !is_blank(text)) {
        // A column given twice has its own finding.
        if by_rule.values().any(|headings| Layout::of(headings.rule).heading(text).is_some()) {
            continue;
        }
        let mut finding = Finding::warning("record-column-unknown").with("column", excerpt(text));
        let near = by_rule.values().find_map(|headings| Layout::of(headings.rule).nearest(text));
        if let Some(near) = near {
            finding = Finding { code: "record-column-misspelt".to_owned(), ..finding }.with("suggestion", near);
        }
        findings.push(here.at(finding, here.heading_row, Some(*column)));
    }
}

/// A rule by its identifier or its number, however spaced.
fn rule_named<'rules>(stated: &str, rules: &'rules RuleSet) -> Option<&'rules Rule> {
    let plain = |text: &str| {
        let signs = text.chars().map(half_width).filter(|sign| sign.is_alphanumeric() || *sign == '.');
        signs.collect::<String>().to_lowercase()
    };
    let wanted = plain(stated);
    rules.iter().find(|rule| plain(rule.id()) == wanted || plain(&rule.reference().norm) == wanted)
}

/// Where a finding stands.
pub(super) struct Place<'a> {
    sheet: &'a Sheet,
    heading_row: u32,
    texts: &'a BTreeMap<u32, String>,
}

impl Place<'_> {
    /// The finding, at a row and perhaps a column.
    fn at(&self, finding: Finding, row: u32, column: Option<u32>) -> Finding {
        let mut finding = finding.with("row", row);
        if let Some(sheet) = &self.sheet.name {
            finding = finding.with("sheet", sheet);
        }
        if let Some(column) = column {
            finding = finding.with("cell", format!("{}{row}", name_of_column(column)));
            if let Some(heading) = self.texts.get(&column)
                && !finding.data.contains_key("column")
            {
                finding = finding.with("column", excerpt(heading));
            }
        }
        finding.at(Position { line: row, column: column.unwrap_or(1) })
    }
}
