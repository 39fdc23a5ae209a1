//! The measuring range as one cell: `最大秤量 Max = 30 kg；最小秤量 Min = 200 g`, or what people write where no rule names its parts.

use std::collections::BTreeMap;

use heng_quantity::{Finding, Reported, Unit, text};
use heng_rule::Cell;
use heng_rule::rule::Characteristic;
use heng_statement::MEASURING_RANGE;
use heng_wording::Language;

use super::Vocabulary;
use crate::sheets::{Content, excerpt, half_width, plain};

/// More parts than any rule asks for.
const MOST_PARTS: usize = 100;

/// So many characteristics are named to one who gave an unknown one.
const MOST_NAMED: usize = 12;

/// The class stands in a column of its own.
pub(super) const CLASS: &str = "class";

/// The names of a measuring range in its keeper's words.
const WHOLE: (&str, &str) = ("测量范围", "Measuring range");

/// The characteristics that a cell states.
pub(super) fn read(
    stated: &str,
    kind: Option<&str>,
    vocabulary: &Vocabulary<'_>,
) -> Result<BTreeMap<String, Cell>, Finding> {
    if !stated.contains(['=', '＝']) {
        return Ok(BTreeMap::from([(MEASURING_RANGE.to_owned(), Cell::Text(stated.to_owned()))]));
    }
    let mut read = BTreeMap::new();
    for part in stated.split(['；', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).take(MOST_PARTS) {
        let Some((label, value)) = part.split_once(['=', '＝']) else {
            return Err(Finding::error("ledger-range-part").with("text", excerpt(part)));
        };
        let (label, value) = (plain(label), value.trim());
        if label == plain(WHOLE.0) || label == plain(WHOLE.1) {
            read.insert(MEASURING_RANGE.to_owned(), Cell::Text(value.to_owned()));
            continue;
        }
        let is = |one: &&Characteristic| {
            [&one.name, &one.label.zh, &one.label.en].into_iter().any(|name| plain(name) == label)
        };
        let Some(known) = vocabulary.characteristics(kind).find(is) else {
            let names = |language: Language| -> Vec<&str> {
                let all = vocabulary.characteristics(kind).map(|one| super::said(&one.label, language));
                all.take(MOST_NAMED).collect()
            };
            let finding = Finding::error("ledger-range-unknown").with("text", excerpt(part));
            let finding = finding.with("known", names(Language::Zh).join("、"));
            return Err(finding.with("known-en", names(Language::En).join(", ")));
        };
        if read.insert(known.name.clone(), cell(known, value)?).is_some() {
            return Err(Finding::error("ledger-range-twice").with("text", excerpt(part)));
        }
    }
    Ok(read)
}

/// One characteristic as a rule wants it: a quantity of its kind, one of its words, yes or no.
pub(super) fn cell(known: &Characteristic, value: &str) -> Result<Cell, Finding> {
    match &known.unit {
        Some(unit) => quantity(value, unit).map(Cell::Quantity),
        None if !known.words.is_empty() => match known.words.iter().find(|word| plain(word) == plain(value)) {
            Some(word) => Ok(Cell::Text(word.clone())),
            None => {
                let finding = Finding::error("ledger-not-one-of").with("text", excerpt(value));
                Err(finding.with("choices", known.words.join(" / ")))
            }
        },
        None => Ok(Content::Text(value.to_owned()).flag().map_or_else(|| Cell::Text(value.to_owned()), Cell::Flag)),
    }
}

/// A quantity in its own unit, if that is of the same kind. A bare number has no unit to guess; only where the rule asks for a pure number it is one.
fn quantity(stated: &str, unit: &Unit) -> Result<Reported, Finding> {
    let narrow: String = stated.chars().map(half_width).collect();
    let read = match text::parse(&narrow) {
        Err(finding) if finding.code == "unit-missing" && *unit == Unit::one() => {
            text::parse(&format!("{narrow} {unit}"))
        }
        read => read,
    }?;
    match read.converted_to(unit) {
        Ok(_) => Ok(read),
        Err(_) => {
            let finding = Finding::error("ledger-unit-of-another-kind").with("text", excerpt(stated));
            Err(finding.with("unit", unit.symbol()))
        }
    }
}

/// The cell that states what rules ask of a kind of instrument, and the range in its keeper's words.
pub(super) fn written(
    characteristics: &BTreeMap<String, Cell>,
    kind: &str,
    vocabulary: &Vocabulary<'_>,
    language: Language,
) -> String {
    let mut parts = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for known in vocabulary.characteristics(Some(kind)) {
        if known.name == CLASS || seen.contains(&known.name.as_str()) {
            continue;
        }
        let Some(value) = characteristics.get(&known.name).and_then(|cell| shown(cell, language)) else { continue };
        seen.push(&known.name);
        let label = super::said(&known.label, language);
        parts.push(format!("{label} = {value}"));
    }
    if let Some(Cell::Text(whole)) = characteristics.get(MEASURING_RANGE) {
        if parts.is_empty() && !whole.contains(['=', '＝']) {
            return whole.clone();
        }
        parts.push(format!("{} = {whole}", language.of(WHOLE)));
    }
    parts.join("；")
}

/// A value as it reads back; nothing for what a cell cannot state.
fn shown(cell: &Cell, language: Language) -> Option<String> {
    match cell {
        Cell::Quantity(Reported { value, unit, uncertainty: None }) => {
            let symbol = unit.symbol();
            let is_same = text::unit(&symbol).is_ok_and(|read| read == *unit);
            Some(format!("{value} {}", if is_same { symbol } else { unit.to_string() }))
        }
        Cell::Flag(flag) => Some(language.of(if *flag { ("是", "yes") } else { ("否", "no") }).to_owned()),
        Cell::Text(text) => Some(text.clone()),
        _ => None,
    }
}
