//! How the uncertainties are made up, point by point.

use heng_quantity::Uncertainty;
use heng_rule::{Contribution, ItemResult, PointResult};

use super::symbols::{Symbols, symbol};
use super::{Author, text};
use crate::document::figures;
use crate::document::sheet::{Align, Block, Cell, Column, Line, Row, RowKind, Section, Span, Table};

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
        let words = |code: &str| Column::words(text(&self.say(code)));
        let number = |head: Line, symbol: Line| Column { head, measure: symbol, align: Align::End };
        let contribution = ["|", "c", "|", "u"].map(|sign| match sign {
            "|" => Span::Text(sign.to_owned()),
            letter => Span::Symbol(letter.to_owned()),
        });
        let has_places = item.points.len() > 1;
        let mut columns: Vec<Column> = has_places.then(|| words("column-point")).into_iter().collect();
        columns.extend([
            words("column-source"),
            number(text(&self.say("column-estimate")), Line::new()),
            number(text(&self.say("column-standard-uncertainty")), symbol("u")),
            number(text(&self.say("column-degrees-of-freedom")), symbol("ν")),
            number(text(&self.say("column-contribution")), contribution.into()),
            words("column-share"),
        ]);
        let symbols = Symbols::of(item);
        let mut rows = Vec::new();
        for (index, point) in item.points.iter().enumerate().filter(|(_, point)| !point.budget.is_empty()) {
            let variance: f64 = point.budget.iter().map(squared).sum();
            let first_row = rows.len();
            for contribution in &point.budget {
                let kind = if rows.len() == first_row { RowKind::First } else { RowKind::Further };
                rows.push(Row { kind, cells: self.contribution(contribution, variance, &symbols) });
            }
            rows.extend(self.expanded(point));
            if has_places {
                for (row, line) in rows.iter_mut().skip(first_row).enumerate() {
                    let place = if row == 0 { self.point(point, index) } else { Line::new() };
                    line.cells.insert(0, Cell::Words { line: place });
                }
            }
        }
        Table { caption: self.text(&item.title).to_owned(), columns, rows, small: true, notes: Vec::new() }
    }

    fn contribution(&self, contribution: &Contribution, variance: f64, symbols: &Symbols) -> Vec<Cell> {
        let figure = |text: String| Cell::Words { line: vec![Span::Figure(text)] };
        let with_unit = |number, unit| figures::with_unit(figures::plain_number(number), unit);
        let estimate = &contribution.estimate;
        let mut source = text(self.text(&contribution.label));
        source.push(Span::Text("\u{a0}".to_owned()));
        source.extend(symbols.symbol(&contribution.input));
        let degrees = contribution.degrees_of_freedom.as_ref();
        let share = share(squared(contribution), variance);
        vec![
            Cell::Words { line: source },
            figure(with_unit(&estimate.value, &estimate.unit)),
            figure(with_unit(&contribution.standard_uncertainty, &estimate.unit)),
            figure(degrees.map_or("∞".to_owned(), figures::plain_number)),
            figure(with_unit(&contribution.contribution.value, &contribution.contribution.unit)),
            share,
        ]
    }

    /// The last row of a point: what the contributions come to.
    fn expanded(&self, point: &PointResult) -> Option<Row> {
        let result = &point.result.quantity;
        let Some(Uncertainty::Expanded { value, .. }) = &result.uncertainty else { return None };
        let mut source = text(&self.say("column-expanded-uncertainty"));
        source.push(Span::Text("\u{a0}".to_owned()));
        source.push(Span::Symbol("U".to_owned()));
        let words = |line| Cell::Words { line };
        let shown = figures::with_unit(figures::number(value), &result.unit);
        let figure = words(vec![Span::Figure(shown)]);
        let empty = || words(Line::new());
        let degrees =
            point.degrees_of_freedom.as_ref().map(|degrees| vec![Span::Figure(figures::plain_number(degrees))]);
        let degrees = words(degrees.unwrap_or_default());
        Some(Row { kind: RowKind::Sum, cells: vec![words(source), empty(), empty(), degrees, figure, empty()] })
    }
}

fn squared(contribution: &Contribution) -> f64 {
    let value = contribution.contribution.value.to_f64();
    value * value
}

/// A share of the variance, drawn to the nearest thousandth and said in whole per cent, cut.
fn share(part: f64, whole: f64) -> Cell {
    let share = if whole > 0.0 { part / whole } else { 0.0 };
    let percent = (share * 100.0) as u32;
    let text = if percent == 0 && share > 0.0 { "<\u{a0}1\u{a0}%".to_owned() } else { format!("{percent}\u{a0}%") };
    Cell::Share { permille: (share * 1000.0).round() as u32, text }
}
