//! What the certificate is about: client, instrument, basis, days.

use heng_rule::{Cell, Occasion};
use jiff::civil::Date;

use super::{Author, text};
use crate::document::figures;
use crate::document::sheet::{Fact, Line, Room, Span};

impl Author<'_> {
    pub(super) fn facts(&self) -> Vec<Fact> {
        let certificate = self.certificate;
        let instrument = &certificate.instrument;
        let mut client = vec![text(self.text(&certificate.client.name))];
        client.extend(certificate.client.address.as_ref().map(|address| text(self.text(address))));
        let mut facts = vec![
            self.wide_fact("term-client", client),
            self.fact("term-instrument", vec![text(self.text(&instrument.name))]),
            self.fact("term-model", vec![text(&instrument.model)]),
            self.fact("term-serial", vec![vec![Span::Code(instrument.serial.clone())]]),
            self.fact("term-manufacturer", vec![text(self.text(&instrument.manufacturer))]),
        ];
        facts.extend(instrument.characteristics.iter().map(|(name, cell)| Fact {
            term: self.characteristic(name),
            lines: vec![self.cell(cell)],
            room: Room::Half,
        }));
        facts.push(self.fact(
            "term-occasion",
            vec![text(&self.say(match certificate.occasion {
                Occasion::Initial => "occasion-initial",
                Occasion::Subsequent => "occasion-subsequent",
                Occasion::InService => "occasion-in-service",
                Occasion::Calibration => "occasion-calibration",
            }))],
        ));
        let performed = self.by_kind("term-verified-on", "term-verified-on", "term-calibrated-on");
        facts.push(self.fact(performed, vec![day(&certificate.performed_on)]));
        facts.push(self.fact("term-issued-on", vec![day(&certificate.issued_on)]));
        facts.extend(certificate.valid_through.as_ref().map(|last| self.fact("term-valid-through", vec![day(last)])));
        let basis = self.by_kind("term-basis-verification", "term-basis-verification", "term-basis-calibration");
        facts.push(self.wide_fact(basis, self.basis()));
        facts
    }

    fn basis(&self) -> Vec<Line> {
        let rule = &self.certificate.rule;
        let version = rule.version.to_string();
        let mut first =
            vec![Span::Strong(rule.norm.replace(' ', "\u{a0}")), Span::Text(format!(" {}", self.text(&rule.title)))];
        first.extend(self.any_doubt().then(|| Span::Badge(self.say("badge-not-read"))));
        let file: String = rule.sha256.chars().take(16).collect();
        vec![first, text(&self.words.say("rule-version", &[("id", &rule.id), ("version", &version), ("hash", &file)]))]
    }

    /// The term of a characteristic; a letter at its end is the symbol.
    fn characteristic(&self, name: &str) -> Line {
        let code = format!("characteristic-{name}");
        let term = if self.words.knows(&code) { self.say(&code) } else { name.to_owned() };
        match term.rsplit_once(' ') {
            Some((term, symbol)) if symbol.len() == 1 => {
                vec![Span::Text(format!("{term}\u{a0}")), Span::Symbol(symbol.to_owned())]
            }
            _ => text(&term),
        }
    }

    fn cell(&self, cell: &Cell) -> Line {
        match cell {
            Cell::Input(input) => self.input(input),
            Cell::Quantity(reported) => figures::quantity(reported),
            Cell::Series(series) => self.series(series),
            Cell::Flag(true) => text(&self.say("answer-yes")),
            Cell::Flag(false) => text(&self.say("answer-no")),
            Cell::Text(word) => text(word),
        }
    }
}

pub(super) fn day(day: &Date) -> Line {
    vec![Span::Day(day.to_string())]
}
