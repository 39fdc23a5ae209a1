//! How the uncertainties are made up, point by point.

use heng_rule::{Contribution, ItemResult};

use super::{Author, text};
use crate::document::figures;
use crate::document::sheet::{Align, Block, Cell, Column, Line, Section, Span, Table};

impl Author<'_> {
    pub(super) fn budgets(&self) -> Option<Section> {
        let items =
            self.certificate.results.iter().filter(|item| item.points.iter().any(|point| !point.budget.is_empty()));
        let tables: Vec<Block> = items.map(|item| Block::Table(self.budget(item))).collect();
        if tables.is_empty() {
            return None;
        }
        let mut blocks = vec![Block::Text { line: text(&self.say("budget-meaning")) }];
        blocks.extend(tables);
        Some(self.section(self.say("heading-budget"), blocks))
    }

    fn budget(&self, item: &ItemResult) -> Table {
        let column = |head: Line, align| Column { head, align };
        let term = |code: &str| text(&self.say(code));
        let columns = vec![
            column(term("column-point"), Align::Start),
            column(term("column-source"), Align::Start),
            column(term("column-estimate"), Align::End),
            column(vec![Span::Symbol("u".to_owned())], Align::End),
            column(vec![Span::Symbol("ν".to_owned())], Align::End),
            column(
                vec![
                    Span::Text("|".to_owned()),
                    Span::Symbol("c".to_owned()),
                    Span::Text("|".to_owned()),
                    Span::Symbol("u".to_owned()),
                ],
                Align::End,
            ),
            column(term("column-share"), Align::Start),
        ];
        let mut rows = Vec::new();
        for (index, point) in item.points.iter().enumerate() {
            let variance: f64 = point.budget.iter().map(squared).sum();
            for (line, contribution) in point.budget.iter().enumerate() {
                let place = if line == 0 { self.point(point, index) } else { Line::new() };
                rows.push(self.contribution(place, contribution, variance));
            }
        }
        Table { caption: self.text(&item.title).to_owned(), columns, rows, small: true }
    }

    fn contribution(&self, place: Line, contribution: &Contribution, variance: f64) -> Vec<Cell> {
        let figure = |text: String| Cell::Words { line: vec![Span::Figure(text)] };
        let with_unit = |number, unit| figures::with_unit(figures::number(number), unit);
        let estimate = &contribution.estimate;
        let mut source = text(self.text(&contribution.label));
        source.push(Span::Text("\u{a0}".to_owned()));
        source.push(Span::Symbol(contribution.input.clone()));
        vec![
            Cell::Words { line: place },
            Cell::Words { line: source },
            Cell::Words { line: figures::quantity(estimate) },
            figure(with_unit(&contribution.standard_uncertainty, &estimate.unit)),
            figure(contribution.degrees_of_freedom.as_ref().map_or("∞".to_owned(), figures::number)),
            figure(with_unit(&contribution.contribution.value, &contribution.contribution.unit)),
            Cell::Bar { permille: permille(squared(contribution), variance) },
        ]
    }
}

fn squared(contribution: &Contribution) -> f64 {
    let value = contribution.contribution.value.to_f64();
    value * value
}

fn permille(part: f64, whole: f64) -> u32 {
    // A share is drawn, never printed: the nearest thousandth is enough.
    if whole > 0.0 { (part / whole * 1000.0).round() as u32 } else { 0 }
}
