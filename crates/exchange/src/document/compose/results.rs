//! The results of one item: its picture, its table, its limits and its verdict; and the items that have no figures.

use std::collections::BTreeSet;

use heng_quantity::{Decimal, Reported, Uncertainty, Unit};
use heng_rule::{Citation, ItemResult, Limit, Named, PointResult};

use super::symbols::{Symbols, symbol};
use super::table::{Columns, aligned, padded};
use super::{Author, text};
use crate::document::figures;
use crate::document::sheet::{Align, Block, Cell, Column, Line, Row, Section, Shape, Span, Table, VerdictLine};

impl Author<'_> {
    pub(super) fn item(&self, item: &ItemResult) -> Section {
        let verdict = item.outcome.map(|outcome| {
            let (shape, word) = self.outcome(outcome);
            VerdictLine { shape, word, reason: Line::new() }
        });
        let mut blocks = Vec::new();
        blocks.extend(self.picture(item).map(Block::Picture));
        blocks.push(Block::Table(self.result_table(item)));
        blocks.extend(self.trials(item).into_iter().map(Block::Picture));
        Section { heading: self.text(&item.title).to_owned(), aside: self.citation(&item.citation), verdict, blocks }
    }

    /// The items that were looked at and not measured, in one list.
    pub(super) fn without_points(&self) -> Option<Section> {
        let items = self.certificate.results.iter().filter(|item| item.points.is_empty());
        let rows: Vec<Row> = items
            .map(|item| {
                let outcome = item.outcome.map_or((Shape::Open, String::new()), |outcome| self.outcome(outcome));
                Row::first(vec![
                    Cell::Words { line: text(self.text(&item.title)) },
                    Cell::Words { line: self.citation(&item.citation) },
                    Cell::Verdict { shape: outcome.0, word: outcome.1 },
                ])
            })
            .collect();
        let heads = ["column-item", "column-basis", "column-outcome"];
        let heading = self.say("heading-without-points");
        let table = Table {
            caption: heading.clone(),
            columns: heads.into_iter().map(|head| Column::words(text(&self.say(head)))).collect(),
            rows,
            small: false,
            notes: Vec::new(),
        };
        (!table.rows.is_empty()).then(|| self.section(heading, vec![Block::Table(table)]))
    }

    /// Where the limits come from, unless that is what the item itself follows.
    fn limit_sources(&self, item: &ItemResult) -> Option<Line> {
        let limits = item.points.iter().filter_map(|point| point.limit.as_ref());
        let shown = |citation: &Citation| (citation.norm.clone(), citation.clause.clone(), citation.confidence);
        let sources: BTreeSet<_> = limits.map(|limit| shown(&limit.citation)).collect();
        if sources.is_empty() || sources.iter().eq([&shown(&item.citation)]) {
            return None;
        }
        let separator = self.say("list-separator");
        let mut line = text(&self.say("limits-from"));
        for (index, (norm, clause, confidence)) in sources.into_iter().enumerate() {
            line.extend((index > 0).then(|| Span::Text(separator.clone())));
            line.extend(self.citation(&Citation { norm, clause, confidence, source: None }));
        }
        Some(line)
    }

    fn result_table(&self, item: &ItemResult) -> Table {
        let points = &item.points;
        let mut set = Columns::default();
        for first in points.iter().take(1).flat_map(|point| &point.words) {
            let word = |point: &PointResult| point.words.iter().find(|word| word.name == first.name).cloned();
            let line = |point: &PointResult| word(point).map(|word| text(&word.word)).unwrap_or_default();
            let cells = points.iter().map(|point| Cell::Words { line: line(point) }).collect();
            set.push(text(self.text(&first.label)), Line::new(), None, Align::Start, cells);
        }
        for (column, cells) in gathered(points, |point| &point.conditions) {
            set.quantities(self.label(column), symbol_of(column), false, &cells);
        }
        for (column, cells) in gathered(points, |point| &point.observed) {
            set.quantities(self.label(column), symbol_of(column), false, &cells);
        }
        if let Some(first) = points.first() {
            let bare: Vec<Reported> =
                points.iter().map(|point| Reported { uncertainty: None, ..point.result.quantity.clone() }).collect();
            let cells: Vec<Option<&Reported>> = bare.iter().map(Some).collect();
            set.quantities(self.label(&first.result), symbol_of(&first.result), is_error(points), &cells);
        }
        let mut notes = Vec::new();
        notes.extend(self.uncertainty_columns(&mut set, points));
        if points.iter().any(|point| point.limit.is_some()) {
            let unit = common(points.iter().flat_map(|point| point.limit.iter().flat_map(ends)).map(|end| &end.unit));
            let texts = points.iter().map(|point| {
                let text = point.limit.as_ref().map(|limit| permitted(limit, unit.is_none()));
                (
                    text.unwrap_or_default(),
                    point.limit.as_ref().and_then(|limit| limit.upper.as_ref().or(limit.lower.as_ref())),
                )
            });
            let texts = texts.map(|(text, end)| (text, end.map(|end| &end.value))).collect();
            set.push(text(&self.say("column-limit")), Line::new(), unit.map(figures::unit), Align::End, padded(texts));
        }
        if points.iter().any(|point| point.outcome.is_some()) {
            let cells = points.iter().map(|point| match point.outcome {
                Some(outcome) => {
                    let (shape, word) = self.outcome(outcome);
                    Cell::Verdict { shape, word }
                }
                None => Cell::Words { line: Line::new() },
            });
            let cells = cells.collect();
            set.push(text(&self.say("column-outcome")), Line::new(), None, Align::Start, cells);
        }
        notes.extend(self.limit_sources(item));
        notes.extend(item.model.as_ref().map(|model| {
            let mut line = text(&self.say("model-of-measurement"));
            line.extend(Symbols::of(item).model(model));
            line
        }));
        let place = |index: usize| match points.len() {
            1 => text(&self.say("column-value")),
            _ => text(&self.words.say("column-nth-point", &[("number", &(index + 1).to_string())])),
        };
        let caption = self.text(&item.title).to_owned();
        if set.is_wide() && points.len() <= FEW_POINTS {
            set.into_turned_table(caption, text(&self.say("column-quantity")), place, notes)
        } else {
            set.into_table(caption, notes)
        }
    }

    /// U stands in a column of its own; k and p are said once below where they are the same throughout.
    fn uncertainty_columns(&self, set: &mut Columns, points: &[PointResult]) -> Option<Line> {
        let stated: Vec<(Option<&Uncertainty>, &Unit)> = points
            .iter()
            .map(|point| (point.result.quantity.uncertainty.as_ref(), &point.result.quantity.unit))
            .collect();
        let expanded: Option<Vec<(&Decimal, &Decimal, &Decimal)>> = stated
            .iter()
            .map(|(uncertainty, _)| match uncertainty {
                Some(Uncertainty::Expanded { value, coverage_factor, coverage_probability, .. }) => {
                    Some((value, coverage_factor, coverage_probability))
                }
                _ => None,
            })
            .collect();
        match expanded {
            Some(expanded) if !expanded.is_empty() => {
                let values: Vec<Reported> = expanded
                    .iter()
                    .zip(&stated)
                    .map(|((value, ..), (_, unit))| Reported {
                        value: (*value).clone(),
                        unit: (*unit).clone(),
                        uncertainty: None,
                    })
                    .collect();
                let cells: Vec<Option<&Reported>> = values.iter().map(Some).collect();
                set.quantities(text(&self.say("column-expanded-uncertainty")), symbol("U"), false, &cells);
                if common(expanded.iter().map(|(_, k, p)| (*k, *p))).is_some() {
                    let mut line = symbol("U");
                    line.extend(text(&self.say("legend-expanded-uncertainty")));
                    line.extend(
                        stated.first().and_then(|(first, _)| *first).map(figures::coverage).unwrap_or_default(),
                    );
                    return Some(line);
                }
                let numbers = |numbers: Vec<&Decimal>| aligned(&numbers, figures::number);
                let (k, p) = expanded.iter().map(|(_, k, p)| (*k, *p)).unzip();
                set.push(text(&self.say("column-coverage-factor")), symbol("k"), None, Align::End, numbers(k));
                set.push(text(&self.say("column-coverage-probability")), symbol("p"), None, Align::End, numbers(p));
            }
            _ if stated.iter().any(|(uncertainty, _)| uncertainty.is_some()) => {
                let cells = stated.iter().map(|(uncertainty, unit)| Cell::Words {
                    line: uncertainty.map(|uncertainty| figures::uncertainty(uncertainty, unit)).unwrap_or_default(),
                });
                let cells = cells.collect();
                set.push(text(&self.say("column-uncertainty")), Line::new(), None, Align::Start, cells);
            }
            _ => {}
        }
        None
    }

    pub(super) fn label(&self, named: &Named) -> Line {
        text(self.text(&named.label))
    }
}

/// So few points stand side by side where their quantities are too many for columns.
const FEW_POINTS: usize = 3;

fn symbol_of(named: &Named) -> Line {
    named.symbol.as_deref().map(symbol).unwrap_or_default()
}

/// What is an error in one point is one in all.
pub(super) fn is_error(points: &[PointResult]) -> bool {
    points.iter().filter_map(|point| point.limit.as_ref()).any(Limit::is_of_error)
}

pub(super) fn ends(limit: &Limit) -> impl Iterator<Item = &Reported> {
    limit.lower.iter().chain(&limit.upper)
}

fn permitted(limit: &Limit, with_unit: bool) -> String {
    let dressed =
        |number: String, end: &Reported| if with_unit { figures::with_unit(number, &end.unit) } else { number };
    match (&limit.lower, &limit.upper) {
        (Some(lower), Some(upper)) => {
            let plain = upper.value.to_string();
            if lower.value.to_string() == format!("-{plain}") {
                dressed(format!("±{}", figures::number(&upper.value)), upper)
            } else if lower.value.is_negative() {
                dressed(
                    format!("{}\u{a0}…\u{a0}{}", figures::signed(&lower.value), figures::signed(&upper.value)),
                    upper,
                )
            } else {
                dressed(
                    format!("{}\u{a0}…\u{a0}{}", figures::number(&lower.value), figures::number(&upper.value)),
                    upper,
                )
            }
        }
        (Some(lower), None) => dressed(format!("≥\u{a0}{}", figures::number(&lower.value)), lower),
        (None, Some(upper)) => dressed(format!("≤\u{a0}{}", figures::number(&upper.value)), upper),
        (None, None) => String::new(),
    }
}

pub(super) fn place(reported: &Reported, with_unit: bool) -> String {
    let number = figures::number(&reported.value);
    if with_unit { figures::with_unit(number, &reported.unit) } else { number }
}

pub(super) fn common<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}

/// A symbol with its unit, as in `E / g`.
pub(super) fn heading(mut symbol: Line, unit: Option<String>) -> Line {
    if let Some(unit) = unit.filter(|unit| !unit.is_empty()) {
        let space = if symbol.is_empty() { "" } else { "\u{a0}" };
        symbol.push(Span::Figure(format!("{space}/\u{a0}{unit}")));
    }
    symbol
}

pub(super) type Gathered<'a> = (&'a Named, Vec<Option<&'a Reported>>);

/// The columns that any of the points has, in order of appearance, with the cells of every point.
pub(super) fn gathered<'a>(
    points: &'a [PointResult],
    part: impl Fn(&'a PointResult) -> &'a Vec<Named>,
) -> Vec<Gathered<'a>> {
    let mut columns: Vec<((&str, usize), Gathered<'a>)> = Vec::new();
    for (row, point) in points.iter().enumerate() {
        let mut seen: Vec<&str> = Vec::new();
        for named in part(point) {
            // A name may come twice in one point: repeated readings.
            let occurrence = seen.iter().filter(|name| **name == named.name).count();
            seen.push(&named.name);
            let key = (named.name.as_str(), occurrence);
            let column = match columns.iter().position(|(other, _)| *other == key) {
                Some(index) => index,
                None => {
                    columns.push((key, (named, vec![None; points.len()])));
                    columns.len() - 1
                }
            };
            let cell = columns.get_mut(column).and_then(|(_, (_, cells))| cells.get_mut(row));
            if let Some(cell) = cell {
                *cell = Some(&named.quantity);
            }
        }
    }
    columns.into_iter().map(|(_, column)| column).collect()
}

impl Author<'_> {
    /// The place of a point in words: its conditions, or its number.
    pub(super) fn point(&self, point: &PointResult, index: usize) -> Line {
        let mut line = Line::new();
        for set in &point.words {
            line.extend((!line.is_empty()).then(|| Span::Text(", ".to_owned())));
            line.push(Span::Text(set.word.clone()));
        }
        for named in &point.conditions {
            line.extend((!line.is_empty()).then(|| Span::Text(", ".to_owned())));
            line.push(Span::Figure(place(&named.quantity, true)));
        }
        if line.is_empty() { vec![Span::Figure((index + 1).to_string())] } else { line }
    }
}
