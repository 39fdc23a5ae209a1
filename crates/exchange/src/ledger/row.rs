//! One row of a ledger: what its keeper says of one instrument.

use std::collections::BTreeMap;

use heng_quantity::Finding;
use heng_statement::{Described, Told};

use super::field::Field;
use super::{Vocabulary, range};
use crate::sheets::{Content, excerpt, is_blank};

/// A longer cell is refused: no name and no address is as long.
const LONGEST: usize = 500;

/// What a row says, and what is wrong with it, by column.
pub(super) fn described(
    cells: &BTreeMap<Field, &Content>,
    vocabulary: &Vocabulary<'_>,
) -> (Described, Vec<(Field, Finding)>) {
    let mut row = Row { cells, findings: Vec::new() };
    let name = row.told(Field::Name, Field::NameEn);
    let kind = row.meant(Field::Kind, "ledger-kind-unknown", |text| vocabulary.kind(text).map(str::to_owned));
    // A ledger without such a column often names the kind itself.
    let kind = kind.or_else(|| {
        let mut names = [&name.zh, &name.en].into_iter().flatten();
        names.find_map(|name| vocabulary.kind(name)).map(str::to_owned)
    });
    let mut characteristics = BTreeMap::new();
    if let Some(stated) = row.text(Field::Range) {
        match range::read(&stated, kind.as_deref(), vocabulary) {
            Ok(read) => characteristics = read,
            Err(finding) => row.findings.push((Field::Range, finding)),
        }
    }
    if let Some(stated) = row.text(Field::Class) {
        let known = vocabulary.characteristics(kind.as_deref()).find(|one| one.name == range::CLASS && kind.is_some());
        match known.map_or_else(|| Ok(heng_rule::Cell::Text(stated.clone())), |known| range::cell(known, &stated)) {
            Ok(class) => {
                characteristics.insert(range::CLASS.to_owned(), class);
            }
            Err(finding) => row.findings.push((Field::Class, finding)),
        }
    }
    let described = Described {
        id: row.text(Field::Id),
        model: row.text(Field::Model),
        serial: row.text(Field::Serial),
        manufacturer: row.told(Field::Manufacturer, Field::ManufacturerEn),
        district: row
            .meant(Field::District, "ledger-district-unknown", |text| vocabulary.district(text).map(str::to_owned)),
        address: row.told(Field::Address, Field::AddressEn),
        purpose: row.meant(Field::Purpose, "ledger-purpose-unknown", |text| vocabulary.purpose(text)),
        name,
        kind,
        characteristics,
    };
    (described, row.findings)
}

/// The same of an instrument whose fields were typed one by one.
pub fn typed(fields: &BTreeMap<Field, String>, vocabulary: &Vocabulary<'_>) -> (Described, Vec<(Field, Finding)>) {
    let contents: Vec<(Field, Content)> =
        fields.iter().map(|(field, text)| (*field, Content::Text(text.clone()))).collect();
    described(&contents.iter().map(|(field, content)| (*field, content)).collect(), vocabulary)
}

struct Row<'a> {
    cells: &'a BTreeMap<Field, &'a Content>,
    findings: Vec<(Field, Finding)>,
}

impl Row<'_> {
    /// The text of a cell; nothing where it is blank or cannot be used.
    fn text(&mut self, field: Field) -> Option<String> {
        let content = self.cells.get(&field)?;
        if let Content::Faulty(finding) = content {
            self.findings.push((field, finding.as_ref().clone()));
            return None;
        }
        let shown = content.shown();
        let shown = shown.trim();
        if is_blank(shown) {
            return None;
        }
        if shown.chars().count() > LONGEST {
            self.findings.push((field, Finding::error("record-cell-too-long").with("text", excerpt(shown))));
            return None;
        }
        Some(shown.to_owned())
    }

    fn told(&mut self, zh: Field, en: Field) -> Told {
        Told { zh: self.text(zh), en: self.text(en) }
    }

    /// What a word means; one that means nothing is a finding.
    fn meant<T>(&mut self, field: Field, code: &str, meaning: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(field)?;
        let meant = meaning(&text);
        if meant.is_none() {
            self.findings.push((field, Finding::error(code).with("text", excerpt(&text))));
        }
        meant
    }
}
