//! The results of one item: its picture, its table, its limits and its verdict.

use std::collections::BTreeSet;

use heng_quantity::{Decimal, Reported, Uncertainty, Unit};
use heng_rule::{Citation, ItemResult, Limit, Named, PointResult};

use super::{Author, text};
use crate::document::figures;
use crate::document::picture::{Mark, Plot};
use crate::document::sheet::{Align, Block, Cell, Column, Line, Picture, Section, Shape, Span, Table, VerdictLine};

impl Author<'_> {
    pub(super) fn item(&self, item: &ItemResult) -> Section {
        let verdict = item.outcome.map(|outcome| {
            let (shape, word) = self.outcome(outcome);
            VerdictLine { shape, word, reason: Line::new() }
        });
        let mut blocks = Vec::new();
        blocks.extend(self.picture(item).map(Block::Picture));
        if !item.points.is_empty() {
            blocks.push(Block::Table(self.result_table(item)));
        }
        blocks.extend(self.limit_sources(item));
        if let Some(model) = &item.model {
            let model = figures::model(model);
            let mut line = text(&self.say("model-of-measurement"));
            line.extend(model);
            blocks.push(Block::Text { line });
        }
        Section { heading: self.text(&item.title).to_owned(), aside: self.citation(&item.citation), verdict, blocks }
    }

    fn limit_sources(&self, item: &ItemResult) -> Option<Block> {
        let limits = item.points.iter().filter_map(|point| point.limit.as_ref());
        let sources: BTreeSet<&Citation> = limits.map(|limit| &limit.citation).collect();
        let separator = self.say("list-separator");
        let mut line = text(&self.say("limits-from"));
        for (index, source) in sources.iter().enumerate() {
            line.extend((index > 0).then(|| Span::Text(separator.clone())));
            line.extend(self.citation(source));
        }
        (!sources.is_empty()).then_some(Block::Text { line })
    }

    fn result_table(&self, item: &ItemResult) -> Table {
        let points = &item.points;
        let mut set = Columns::default();
        for first in points.iter().take(1).flat_map(|point| &point.words) {
            let word = |point: &PointResult| point.words.iter().find(|word| word.name == first.name).cloned();
            let line = |point: &PointResult| word(point).map(|word| text(&word.word)).unwrap_or_default();
            let cells = points.iter().map(|point| Cell::Words { line: line(point) }).collect();
            set.push(text(self.text(&first.label)), Align::Start, cells);
        }
        for (column, cells) in gathered(points, |point| &point.conditions) {
            set.quantities(self.label(column), false, &cells);
        }
        for (column, cells) in gathered(points, |point| &point.observed) {
            set.quantities(self.label(column), false, &cells);
        }
        if let Some(first) = points.first() {
            let bare: Vec<Reported> =
                points.iter().map(|point| Reported { uncertainty: None, ..point.result.quantity.clone() }).collect();
            let cells: Vec<Option<&Reported>> = bare.iter().map(Some).collect();
            set.quantities(self.label(&first.result), is_error(points), &cells);
        }
        self.uncertainty_columns(&mut set, points);
        if points.iter().any(|point| point.limit.is_some()) {
            let unit = common(points.iter().flat_map(|point| point.limit.iter().flat_map(ends)).map(|end| &end.unit));
            let cells = points.iter().map(|point| {
                let text = point.limit.as_ref().map(|limit| permitted(limit, unit.is_none()));
                Cell::Number { text: text.unwrap_or_default(), pad: String::new() }
            });
            let cells = cells.collect();
            set.push(head(text(&self.say("column-limit")), unit), Align::End, cells);
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
            set.push(text(&self.say("column-outcome")), Align::Start, cells);
        }
        set.into_table(self.text(&item.title).to_owned())
    }

    /// U stands in a column of its own, with k and p in its head where they are the same throughout.
    fn uncertainty_columns(&self, set: &mut Columns, points: &[PointResult]) {
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
        let unit = common(stated.iter().map(|(_, unit)| *unit));
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
                let same = common(expanded.iter().map(|(_, k, p)| (*k, *p)));
                let mut label = vec![Span::Symbol("U".to_owned())];
                if same.is_some()
                    && let Some((Some(uncertainty), _)) = stated.first()
                {
                    label.push(Span::Text(" ".to_owned()));
                    label.extend(figures::coverage(uncertainty));
                }
                set.quantities(label, false, &cells);
                if same.is_none() {
                    let numbers = |numbers: Vec<&Decimal>| aligned(&numbers, figures::number);
                    set.push(symbol("k"), Align::End, numbers(expanded.iter().map(|(_, k, _)| *k).collect()));
                    set.push(symbol("p"), Align::End, numbers(expanded.iter().map(|(_, _, p)| *p).collect()));
                }
            }
            _ if stated.iter().any(|(uncertainty, _)| uncertainty.is_some()) => {
                let cells = stated.iter().map(|(uncertainty, unit)| Cell::Words {
                    line: uncertainty.map(|uncertainty| figures::uncertainty(uncertainty, unit)).unwrap_or_default(),
                });
                let cells = cells.collect();
                set.push(head(text(&self.say("column-uncertainty")), unit), Align::Start, cells);
            }
            _ => {}
        }
    }

    pub(super) fn label(&self, named: &Named) -> Line {
        let mut line = text(self.text(&named.label));
        if let Some(symbol) = &named.symbol {
            line.push(Span::Text("\u{a0}".to_owned()));
            line.push(Span::Symbol(symbol.clone()));
        }
        line
    }

    /// The error band: only where every point has limits in the unit of its result, so that one axis serves all.
    fn picture(&self, item: &ItemResult) -> Option<Picture> {
        let first = item.points.first()?;
        let unit = &first.result.quantity.unit;
        let comparable = |point: &PointResult| {
            let limits = point.limit.iter().flat_map(ends);
            point.limit.is_some()
                && limits.map(|end| &end.unit).chain([&point.result.quantity.unit]).all(|other| other == unit)
        };
        if item.points.len() > MOST_MARKS || !item.points.iter().all(comparable) {
            return None;
        }
        let axis = gathered(&item.points, |point| &point.conditions).into_iter().find(|(_, cells)| {
            let values: BTreeSet<String> = cells.iter().flatten().map(|reported| reported.value.to_string()).collect();
            values.len() > 1
        });
        let x_unit = axis.as_ref().and_then(|(_, cells)| common(cells.iter().flatten().map(|reported| &reported.unit)));
        let labels: Vec<String> = match &axis {
            Some((_, cells)) => cells
                .iter()
                .map(|cell| cell.map(|reported| place(reported, x_unit.is_none())).unwrap_or_default())
                .collect(),
            None => (1..=item.points.len()).map(|index| index.to_string()).collect(),
        };
        let is_error = is_error(&item.points);
        let show = |value: &Decimal| if is_error { figures::signed(value) } else { figures::number(value) };
        let mark = |(point, label): (&PointResult, String)| {
            let value = point.result.quantity.value.to_f64();
            let (below, above) = spread(&point.result.quantity);
            let limit = |end: Option<&Reported>| end.map(|end| (end.value.to_f64(), show(&end.value)));
            Mark {
                label,
                value,
                below,
                above,
                lower: limit(point.limit.as_ref().and_then(|limit| limit.lower.as_ref())),
                upper: limit(point.limit.as_ref().and_then(|limit| limit.upper.as_ref())),
                shape: point.outcome.map_or(Shape::Passed, |outcome| self.outcome(outcome).0),
            }
        };
        let x_axis =
            axis.as_ref().map(|(named, _)| plain(&head(text(self.text(&named.label)), x_unit))).unwrap_or_default();
        let y_axis = plain(&head(text(self.text(&first.result.label)), Some(unit)));
        let plot = Plot { x_axis, y_axis, marks: item.points.iter().zip(labels).map(mark).collect() };
        let title = self.text(&item.title);
        let name = self.words.say("picture-name", &[("item", title), ("points", &item.points.len().to_string())]);
        Some(Picture {
            wide: plot.drawing(WIDE, &name),
            narrow: plot.drawing(NARROW, &name),
            name,
            caption: text(&self.say("picture-caption")),
        })
    }
}

/// More marks than this are a list, not a picture.
const MOST_MARKS: usize = 120;
/// The width of a picture on paper and in a wide window, in pixels.
const WIDE: u32 = 690;
/// The width of a picture on a phone, in pixels.
const NARROW: u32 = 358;

fn spread(reported: &Reported) -> (f64, f64) {
    let value = reported.value.to_f64();
    match &reported.uncertainty {
        None => (value, value),
        Some(Uncertainty::Standard { value: u, .. }) => (value - u.to_f64(), value + u.to_f64()),
        Some(Uncertainty::Expanded { value: expanded, .. }) => (value - expanded.to_f64(), value + expanded.to_f64()),
        Some(Uncertainty::Interval { lower, upper, .. }) => (lower.to_f64(), upper.to_f64()),
    }
}

/// Limits on both sides of zero belong to an error, whose sign is always shown.
fn is_error(points: &[PointResult]) -> bool {
    points.iter().filter_map(|point| point.limit.as_ref()).any(|limit| {
        limit.lower.as_ref().is_some_and(|end| end.value.is_negative())
            && limit.upper.as_ref().is_some_and(|end| !end.value.is_negative() && !end.value.is_zero())
    })
}

fn ends(limit: &Limit) -> impl Iterator<Item = &Reported> {
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

fn place(reported: &Reported, with_unit: bool) -> String {
    let number = figures::number(&reported.value);
    if with_unit { figures::with_unit(number, &reported.unit) } else { number }
}

fn plain(line: &Line) -> String {
    line.iter()
        .map(|span| match span {
            Span::Text(text)
            | Span::Strong(text)
            | Span::Figure(text)
            | Span::Symbol(text)
            | Span::Code(text)
            | Span::Badge(text) => text.as_str(),
        })
        .collect()
}

fn symbol(symbol: &str) -> Line {
    vec![Span::Symbol(symbol.to_owned())]
}

fn common<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}

/// A heading with its unit, as in `误差 / g`.
fn head(mut label: Line, unit: Option<&Unit>) -> Line {
    let symbol = unit.map(figures::unit).unwrap_or_default();
    if !symbol.is_empty() {
        label.push(Span::Figure(format!(" /\u{a0}{symbol}")));
    }
    label
}

type Gathered<'a> = (&'a Named, Vec<Option<&'a Reported>>);

/// The columns that any of the points has, in order of appearance, with the cells of every point.
fn gathered<'a>(points: &'a [PointResult], part: impl Fn(&'a PointResult) -> &'a Vec<Named>) -> Vec<Gathered<'a>> {
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

/// Numbers with as much invisible room behind them as lines their decimals up.
fn aligned(numbers: &[&Decimal], show: impl Fn(&Decimal) -> String) -> Vec<Cell> {
    let places = |number: &Decimal| usize::try_from(-number.exponent()).unwrap_or(0);
    let most = numbers.iter().map(|number| places(number)).max().unwrap_or(0);
    let cell = |number: &&Decimal| {
        let own = places(number);
        let zeros = "0".repeat(most.saturating_sub(own).min(12));
        let pad = if own == 0 && !zeros.is_empty() { format!(".{zeros}") } else { zeros };
        Cell::Number { text: show(number), pad }
    };
    numbers.iter().map(cell).collect()
}

#[derive(Default)]
struct Columns {
    columns: Vec<Column>,
    cells: Vec<Vec<Cell>>,
}

impl Columns {
    fn push(&mut self, head: Line, align: Align, cells: Vec<Cell>) {
        self.columns.push(Column { head, align });
        self.cells.push(cells);
    }

    /// A column of quantities: the unit goes to the head where all share it.
    fn quantities(&mut self, label: Line, signed: bool, cells: &[Option<&Reported>]) {
        let show = |number: &Decimal| if signed { figures::signed(number) } else { figures::number(number) };
        let unit = common(cells.iter().flatten().map(|reported| &reported.unit));
        let bare = cells.iter().flatten().all(|reported| reported.uncertainty.is_none());
        if unit.is_some() && bare && cells.iter().all(Option::is_some) {
            let numbers: Vec<&Decimal> = cells.iter().flatten().map(|reported| &reported.value).collect();
            let cells = aligned(&numbers, show);
            self.push(head(label, unit), Align::End, cells);
            return;
        }
        let line = |cell: &Option<&Reported>| match cell {
            Some(reported) if reported.uncertainty.is_none() => {
                vec![Span::Figure(figures::with_unit(show(&reported.value), &reported.unit))]
            }
            Some(reported) => figures::quantity(reported),
            None => Line::new(),
        };
        let cells = cells.iter().map(|cell| Cell::Words { line: line(cell) }).collect();
        self.push(label, Align::End, cells);
    }

    fn into_table(self, caption: String) -> Table {
        let rows = self.cells.first().map_or(0, Vec::len);
        let mut columns: Vec<std::vec::IntoIter<Cell>> = self.cells.into_iter().map(Vec::into_iter).collect();
        let rows = (0..rows).map(|_| columns.iter_mut().filter_map(Iterator::next).collect()).collect();
        Table { caption, columns: self.columns, rows, small: false }
    }
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
