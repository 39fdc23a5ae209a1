//! What was measured with, where, and what the instrument can pass on.

use heng_statement::StandardUsed;

use super::identity::day;
use super::{Author, text};
use crate::document::figures;
use crate::document::sheet::{Align, Block, Cell, Column, Line, Section, Span, Table};

impl Author<'_> {
    pub(super) fn standards(&self) -> Section {
        let heads =
            ["column-standard", "column-range", "column-accuracy", "column-certificate", "column-valid-through"];
        let column = |head: &str| Column { head: text(&self.say(head)), align: Align::Start };
        let heading = self.say("heading-standards");
        let table = Table {
            caption: heading.clone(),
            columns: heads.into_iter().map(column).collect(),
            rows: self.certificate.standards.iter().map(|standard| self.standard(standard)).collect(),
            small: false,
        };
        self.section(heading, vec![Block::Table(table)])
    }

    fn standard(&self, standard: &StandardUsed) -> Vec<Cell> {
        let name = vec![
            Span::Strong(self.text(&standard.name).to_owned()),
            Span::Text(format!(" {} ", standard.model)),
            Span::Code(standard.serial.clone()),
        ];
        let words = |line: Line| Cell::Words { line };
        vec![
            words(name),
            words(text(self.text(&standard.range))),
            words(text(self.text(&standard.accuracy))),
            words(vec![Span::Code(standard.certificate_number.clone())]),
            words(day(&standard.valid_through)),
        ]
    }

    pub(super) fn conditions(&self) -> Section {
        let mut facts = vec![self.fact("term-place", vec![text(self.text(&self.certificate.place))])];
        facts.extend(self.certificate.environment.iter().map(|named| crate::document::sheet::Fact {
            term: self.text(&named.label).to_owned(),
            lines: vec![figures::quantity(&named.quantity)],
        }));
        self.section(self.say("heading-conditions"), vec![Block::Facts { facts }])
    }

    pub(super) fn dissemination(&self) -> Option<Section> {
        let ranges = &self.certificate.disseminates;
        let cell = |line| Cell::Words { line };
        let rows = ranges.iter().map(|range| {
            let quantity = format!("quantity-{}", range.quantity);
            let quantity = if self.words.knows(&quantity) { self.say(&quantity) } else { range.quantity.clone() };
            vec![
                cell(text(&quantity)),
                cell(figures::quantity(&range.from)),
                cell(figures::quantity(&range.to)),
                cell(figures::quantity(&range.expanded_uncertainty)),
            ]
        });
        let heading = self.say("heading-dissemination");
        let heads = ["column-quantity", "column-from", "column-to", "column-smallest-uncertainty"];
        let column = |head: &str| Column { head: text(&self.say(head)), align: Align::Start };
        let table = Table {
            caption: heading.clone(),
            columns: heads.into_iter().map(column).collect(),
            rows: rows.collect(),
            small: false,
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
