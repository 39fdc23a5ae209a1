//! One row of a table, read under its rule: a record, or what is wrong in which cell.

use std::collections::BTreeMap;

use heng_quantity::{Decimal, Finding, Severity};
use heng_rule::rule::{Column, ColumnRole, Item};
use heng_rule::{Record, Rule};
use serde_json::{Map, Value, json};

use super::fields::{FIELDS, Field, Holds};
use super::{Heading, Place, Target, date, excerpt, value};
use crate::record::tree;
use crate::sheets::{Content, SheetRow, is_blank};

/// The record of a row, and what its cells say of themselves. There is no record where a finding is an error.
pub(super) fn record(
    rule: &Rule,
    headings: &BTreeMap<u32, Heading>,
    row: &SheetRow,
    here: &Place<'_>,
) -> (Option<Record>, Vec<Finding>) {
    let mut sheet = Reader { rule, row, here, values: BTreeMap::new(), findings: Vec::new() };
    for (column, heading) in headings {
        // A heading whose unit cannot be read has its own finding; its cells are lost with it.
        if heading.fault.is_some() {
            sheet.fault(Finding::error("record-heading-unreadable"), Some(*column));
            continue;
        }
        let Some(content) = row.cells.get(column).filter(|content| !is_blank(&content.shown()) || is_faulty(content))
        else {
            continue;
        };
        if let Content::Number { shown, stored: Some(stored) } = content {
            let finding = Finding::warning("record-cell-shows-less").with("text", shown).with("stored", stored);
            sheet.fault(finding, Some(*column));
        }
        match sheet.cell(heading, content) {
            Ok(Some(value)) => {
                sheet.values.insert(heading.target.clone(), (*column, value));
            }
            Ok(None) => {}
            Err(finding) => sheet.fault(finding, Some(*column)),
        }
    }
    sheet.required(headings);
    if sheet.findings.iter().any(|finding| finding.severity == Severity::Error) {
        return (None, sheet.findings);
    }
    let tree = sheet.tree();
    match tree::record(tree) {
        Ok(record) if sheet.findings.iter().all(|finding| finding.severity != Severity::Error) => {
            (Some(record), sheet.findings)
        }
        Ok(_) => (None, sheet.findings),
        Err(findings) => {
            let placed = findings.into_iter().map(|finding| here.at(finding, row.number, None));
            sheet.findings.extend(placed);
            (None, sheet.findings)
        }
    }
}

/// A required cell that is empty, or whose column is absent.
pub(super) fn missing(field: Field, column: Option<u32>, here: &Place<'_>, row: &SheetRow) -> Finding {
    let text = field.text();
    let finding = Finding::error("record-cell-missing").with("column", format!("{} / {}", text.zh, text.en));
    here.at(finding, row.number, column)
}

fn is_faulty(content: &Content) -> bool {
    matches!(content, Content::Faulty(_))
}

struct Reader<'a> {
    rule: &'a Rule,
    row: &'a SheetRow,
    here: &'a Place<'a>,
    values: BTreeMap<Target, (u32, Value)>,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn fault(&mut self, finding: Finding, column: Option<u32>) {
        let placed = self.here.at(finding, self.row.number, column);
        self.findings.push(placed);
    }

    fn item(&self, place: usize) -> Option<&Item> {
        self.rule.items().get(place)
    }

    fn cell(&self, heading: &Heading, content: &Content) -> Result<Option<Value>, Finding> {
        let unit = heading.unit.as_ref();
        let value = match &heading.target {
            Target::Finding => return Ok(None),
            Target::Field(field) => self.field(*field, content)?,
            Target::English(_) => json!(value::word(content)?),
            Target::Environment(_) => value::quantities(content, unit)?,
            Target::Characteristic(place) => {
                let wanted = self.rule.characteristics().get(*place);
                if wanted.is_some_and(|wanted| wanted.unit.is_some()) || unit.is_some() {
                    value::quantities(content, unit)?
                } else {
                    json!(value::word(content)?)
                }
            }
            Target::Observation { item, column, part, .. } => {
                let Some((item, column)) = self.item(*item).and_then(|item| Some((item, item.column.get(*column)?)))
                else {
                    return Ok(None);
                };
                match part {
                    None => observation(item, column, heading, content)?,
                    Some("coverage_factor" | "degrees_of_freedom") => value::number(content)?,
                    Some("distribution") => {
                        let shown = value::word(content)?;
                        let read = value::distribution(&shown);
                        json!(read.ok_or_else(|| {
                            Finding::error("record-cell-no-distribution").with("text", excerpt(&shown))
                        })?)
                    }
                    Some(_) => value::quantities(content, unit)?,
                }
            }
        };
        Ok(Some(value))
    }

    fn field(&self, field: Field, content: &Content) -> Result<Value, Finding> {
        let unreadable = |code: &str| Finding::error(code).with("text", excerpt(&content.shown()));
        if field == Field::Rule {
            return Ok(json!(self.rule.id()));
        }
        Ok(match field.text().holds {
            Holds::Word | Holds::Words => json!(value::word(content)?),
            Holds::Day => match content {
                Content::Day(day) => json!(day),
                Content::Text(text) => json!(date::day(text).ok_or_else(|| unreadable("record-cell-no-day"))?),
                Content::Faulty(finding) => return Err(finding.as_ref().clone()),
                Content::Number { .. } | Content::Flag(_) => return Err(unreadable("record-cell-no-day")),
            },
            Holds::Identifiers => {
                let shown = value::word(content)?;
                let each = shown.split([';', '；', '、', '\n', '|']).map(str::trim).filter(|one| !one.is_empty());
                json!(each.collect::<Vec<&str>>())
            }
            Holds::Flag => json!(content.flag().ok_or_else(|| unreadable("record-cell-not-yes-or-no"))?),
            Holds::Occasion => {
                let shown = value::word(content)?;
                json!(value::occasion(&shown).ok_or_else(|| unreadable("record-cell-no-occasion"))?)
            }
        })
    }

    /// Cells that a record cannot do without.
    fn required(&mut self, headings: &BTreeMap<u32, Heading>) {
        let column_of =
            |wanted: &Target| headings.iter().find(|(_, heading)| heading.target == *wanted).map(|(column, _)| *column);
        // Whatever has a finding of its own is not missing.
        let is_faulty = |findings: &[Finding], column: Option<u32>| {
            column.is_some_and(|column| {
                findings.iter().any(|finding| finding.position.is_some_and(|position| position.column == column))
            })
        };
        for text in FIELDS.iter().filter(|text| text.required && text.field != Field::Rule) {
            let target = Target::Field(text.field);
            let column = column_of(&target);
            if !self.values.contains_key(&target) && !is_faulty(&self.findings, column) {
                let finding = missing(text.field, column, self.here, self.row);
                self.findings.push(finding);
            }
        }
        if self.rule.applies_to().len() > 1 && !self.values.contains_key(&Target::Field(Field::Kind)) {
            let finding = missing(Field::Kind, column_of(&Target::Field(Field::Kind)), self.here, self.row);
            self.findings.push(finding);
        }
        // Within a row of an item that was begun, every column that is not optional.
        let begun: Vec<(usize, u32)> = self
            .values
            .keys()
            .filter_map(|target| match target {
                Target::Observation { item, row, .. } => Some((*item, *row)),
                _ => None,
            })
            .collect();
        let absent: Vec<(u32, u32)> = headings
            .iter()
            .filter_map(|(column, heading)| match &heading.target {
                Target::Observation { item, row, column: within, part: None } => {
                    let needed = self.item(*item)?.column.get(*within).is_some_and(|one| !one.optional);
                    let lacks = !self.values.contains_key(&heading.target);
                    (needed && lacks && begun.contains(&(*item, *row))).then_some((*column, *row))
                }
                _ => None,
            })
            .collect();
        for (column, _) in absent {
            if !is_faulty(&self.findings, Some(column)) {
                self.fault(Finding::error("record-cell-missing"), Some(column));
            }
        }
    }

    /// The record in the form of TOML and JSON.
    fn tree(&mut self) -> Value {
        let mut record = Map::new();
        record.insert("format".to_owned(), json!("heng-record/1"));
        record.insert("rule".to_owned(), json!(self.rule.id()));
        if let [only] = self.rule.applies_to() {
            record.insert("instrument".to_owned(), json!({ "kind": only }));
        }
        let mut environment = Map::new();
        let mut characteristics = Map::new();
        let mut observations: BTreeMap<(usize, u32), Map<String, Value>> = BTreeMap::new();
        let mut parts = Vec::new();
        for (target, (column, value)) in std::mem::take(&mut self.values) {
            match target {
                Target::Finding => {}
                Target::Field(field) => insert(&mut record, field.text().key, in_language(field, "zh", value)),
                Target::English(field) => insert(&mut record, field.text().key, json!({ "en": value })),
                Target::Environment(name) => {
                    environment.insert(name, value);
                }
                Target::Characteristic(place) => {
                    if let Some(wanted) = self.rule.characteristics().get(place) {
                        characteristics.insert(wanted.name.clone(), value);
                    }
                }
                Target::Observation { item, row, column: within, part: None } => {
                    if let Some(name) = self.column_name(item, within) {
                        observations.entry((item, row)).or_default().insert(name, value);
                    }
                }
                Target::Observation { item, row, column: within, part: Some(part) } => {
                    parts.push((column, (item, row, within), part, value));
                }
            }
        }
        for (column, (item, row, within), part, value) in parts {
            let Some(name) = self.column_name(item, within) else { continue };
            let whole = observations.entry((item, row)).or_default().get_mut(&name);
            match whole.and_then(|whole| with_part(whole, part, value)) {
                Some(()) => {}
                None => self.fault(Finding::error("record-cell-part-alone"), Some(column)),
            }
        }
        let mut by_item: Map<String, Value> = Map::new();
        for ((item, _), row) in observations {
            if let Some(item) = self.item(item)
                && let Value::Array(rows) = by_item.entry(item.name.clone()).or_insert_with(|| json!([]))
            {
                rows.push(Value::Object(row));
            }
        }
        record.insert("environment".to_owned(), Value::Object(environment));
        record.insert("observations".to_owned(), Value::Object(by_item));
        insert(&mut record, "instrument.characteristics", Value::Object(characteristics));
        for text in FIELDS.iter().filter(|text| text.holds == Holds::Words) {
            in_both_languages(&mut record, text.key);
        }
        Value::Object(record)
    }

    fn column_name(&self, item: usize, column: usize) -> Option<String> {
        Some(self.item(item)?.column.get(column)?.name.clone())
    }
}

/// An observation as its column in the rule says: a quantity, a word or yes and no.
fn observation(item: &Item, column: &Column, heading: &Heading, content: &Content) -> Result<Value, Finding> {
    if column.unit.is_some() || heading.unit.is_some() {
        return value::quantities(content, heading.unit.as_ref());
    }
    // An item that computes nothing is of yes and no; a word would not count there, and nobody would see it.
    if item.result.is_none() && column.role == ColumnRole::Observed {
        let flag = content.flag();
        return flag
            .map(|flag| json!(flag))
            .ok_or_else(|| Finding::error("record-cell-not-yes-or-no").with("text", excerpt(&content.shown())));
    }
    let word = value::word(content)?;
    // "0.5L" is half a litre only where the rule does not list it as a word.
    if !column.words.is_empty() {
        // A workbook may hold the choice "1.0" as a number and show it with any zeros.
        let number = word.parse::<Decimal>().ok();
        let is_same = |known: &&String| match (known.parse::<Decimal>(), &number) {
            (Ok(known), Some(number)) => known.numeric_cmp(number).is_eq(),
            _ => false,
        };
        return Ok(json!(column.words.iter().find(is_same).unwrap_or(&word)));
    }
    let number = word.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '−'));
    if number && column.role == ColumnRole::Observed {
        return value::quantities(content, None);
    }
    match value::quantity(&word, None) {
        Ok(quantity) if number => Ok(quantity),
        _ => Ok(json!(word)),
    }
}

/// Texts that have two languages are given one at a time; where only one comes, it stands for both.
fn in_language(field: Field, language: &str, value: Value) -> Value {
    if field.text().holds == Holds::Words { json!({ language: value }) } else { value }
}

fn in_both_languages(record: &mut Map<String, Value>, key: &str) {
    let found = match key.split_once('.') {
        Some((table, name)) => record.get_mut(table).and_then(|fields| fields.get_mut(name)),
        None => record.get_mut(key),
    };
    if let Some(Value::Object(words)) = found {
        for (absent, there) in [("en", "zh"), ("zh", "en")] {
            if !words.contains_key(absent)
                && let Some(text) = words.get(there).cloned()
            {
                words.insert(absent.to_owned(), text);
            }
        }
    }
}

/// Sets `instrument.name` and the like; an object that is there already is added to.
fn insert(record: &mut Map<String, Value>, key: &str, value: Value) {
    let (table, name) = match key.split_once('.') {
        Some((table, name)) => (Some(table), name),
        None => (None, key),
    };
    let fields = match table {
        Some(table) => match record.entry(table.to_owned()).or_insert_with(|| json!({})) {
            Value::Object(fields) => fields,
            _ => return,
        },
        None => record,
    };
    match (fields.get_mut(name), value) {
        (Some(Value::Object(there)), Value::Object(more)) => there.extend(more),
        (_, value) => {
            fields.insert(name.to_owned(), value);
        }
    }
}

/// Adds a part of its evaluation to a value, in the value's unit.
fn with_part(whole: &mut Value, part: &str, stated: Value) -> Option<()> {
    let fields = whole.as_object_mut()?;
    let stated = match stated {
        Value::Object(quantity) => {
            let unit: heng_quantity::Unit = serde_json::from_value(fields.get("unit")?.clone()).ok()?;
            let quantity: heng_quantity::Reported = serde_json::from_value(Value::Object(quantity)).ok()?;
            json!(quantity.converted_to(&unit.of_difference()).ok()?.value)
        }
        other => other,
    };
    fields.insert(part.to_owned(), stated);
    Some(())
}
