//! What was measured with, where, and what the instrument can pass on.

use heng_statement::StandardUsed;

use super::identity::day;
use super::{Author, text, tied};
use crate::document::chain::{Above, Step};
use crate::document::figures;
use crate::document::sheet::{Block, Cell, Column, Fact, Line, Room, Row, RowKind, Section, Span, Table};

impl Author<'_> {
    /// The standards used, and under each what it was itself calibrated with, up to the unit.
    pub(super) fn standards(&self) -> Section {
        let heads =
            ["column-standard", "column-range", "column-accuracy", "column-certificate", "column-valid-through"];
        let rows = if self.chain.is_empty() {
            self.certificate.standards.iter().map(|standard| Row::first(self.standard(standard, 1))).collect()
        } else {
            self.chain.iter().map(|step| self.step(step)).collect()
        };
        let reaches = |above| self.chain.iter().any(|step| step.above == above);
        let end = match (reaches(Above::Unknown), reaches(Above::Unit)) {
            (true, _) => Some("chain-unknown"),
            (false, true) => Some("chain-unit"),
            (false, false) => None,
        };
        let heading = self.say("heading-standards");
        let table = Table {
            caption: heading.clone(),
            columns: heads.into_iter().map(|head| Column::words(text(&self.say(head)))).collect(),
            rows,
            small: false,
            notes: end.map(|code| text(&self.say(code))).into_iter().collect(),
        };
        self.section(heading, vec![Block::Table(table)])
    }

    fn step(&self, step: &Step) -> Row {
        let kind = if step.depth > 1 { RowKind::Further } else { RowKind::First };
        Row { kind, cells: self.standard(&step.standard, step.depth) }
    }

    fn standard(&self, standard: &StandardUsed, depth: u32) -> Vec<Cell> {
        let name = self.text(&standard.name).to_owned();
        let mut line = match depth {
            0 | 1 => vec![Span::Strong(name)],
            // Each level stands further in, so that the list reads upwards as a chain.
            _ => vec![Span::Figure("\u{2003}".repeat(depth as usize - 2) + "└\u{a0}"), Span::Text(name)],
        };
        line.push(Span::Text(format!(" {} ", standard.model)));
        line.push(Span::Code(standard.serial.clone()));
        let words = |line: Line| Cell::Words { line };
        vec![
            words(line),
            words(text(self.text(&standard.range))),
            words(accuracy(self.text(&standard.accuracy))),
            words(vec![Span::Code(standard.certificate_number.clone())]),
            words(day(&standard.valid_through)),
        ]
    }

    /// Where and in what climate the work was done; nothing where neither is to be told.
    pub(super) fn conditions(&self) -> Option<Section> {
        let place = self.text(&self.certificate.place);
        let mut facts = Vec::new();
        if !place.is_empty() {
            facts.push(self.fact("term-place", vec![text(place)]));
        }
        facts.extend(self.certificate.environment.iter().map(|named| Fact {
            term: text(self.text(&named.label)),
            lines: vec![figures::quantity(&named.quantity)],
            room: Room::Half,
        }));
        (!facts.is_empty()).then(|| self.section(self.say("heading-conditions"), vec![Block::Facts { facts }]))
    }

    pub(super) fn dissemination(&self) -> Option<Section> {
        let ranges = &self.certificate.disseminates;
        let cell = |line| Cell::Words { line };
        let rows = ranges.iter().map(|range| {
            let quantity = format!("quantity-{}", range.quantity);
            let quantity = if self.words.knows(&quantity) { self.say(&quantity) } else { range.quantity.clone() };
            Row::first(vec![
                cell(text(&quantity)),
                cell(figures::quantity(&range.from)),
                cell(figures::quantity(&range.to)),
                cell(figures::quantity(&range.expanded_uncertainty)),
            ])
        });
        let heading = self.say("heading-dissemination");
        let heads = ["column-quantity", "column-from", "column-to", "column-smallest-uncertainty"];
        let table = Table {
            caption: heading.clone(),
            columns: heads.into_iter().map(|head| Column::words(text(&self.say(head)))).collect(),
            rows: rows.collect(),
            small: false,
            notes: Vec::new(),
        };
        (!ranges.is_empty()).then(|| self.section(heading, vec![Block::Table(table)]))
    }

    pub(super) fn remark(&self) -> Option<Section> {
        let remark = self.certificate.remark.as_ref()?;
        Some(self.section(self.say("heading-remark"), vec![Block::Text { line: text(self.text(remark)) }]))
    }

    pub(super) fn section(&self, heading: String, blocks: Vec<Block>) -> Section {
        Section { heading, aside: Line::new(), verdict: None, blocks }
    }
}

/// What a standard is good for; an expanded uncertainty with its symbol.
fn accuracy(stated: &str) -> Line {
    match stated.strip_prefix("U = ") {
        Some(value) => vec![Span::Symbol("U".to_owned()), Span::Text(tied(&format!("\u{a0}=\u{a0}{value}")))],
        None => text(stated),
    }
}
