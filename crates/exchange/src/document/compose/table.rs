//! A table of results as it grows: column by column, each with its symbol and unit.

use heng_quantity::{Decimal, Reported};

use super::results::{common, heading};
use crate::document::figures;
use crate::document::sheet::{Align, Cell, Column, Line, Row, Span, Table};

/// More columns than this do not fit on a page.
const MOST_COLUMNS: usize = 8;

/// A column before it is known how the table stands.
struct Gathered {
    head: Line,
    symbol: Line,
    unit: Option<String>,
    align: Align,
    cells: Vec<Cell>,
}

/// The columns of a table.
#[derive(Default)]
pub(super) struct Columns(Vec<Gathered>);

impl Columns {
    /// One more column.
    pub(super) fn push(&mut self, head: Line, symbol: Line, unit: Option<String>, align: Align, cells: Vec<Cell>) {
        self.0.push(Gathered { head, symbol, unit, align, cells });
    }

    /// A column of quantities: the unit goes to the head where all share it.
    pub(super) fn quantities(&mut self, head: Line, symbol: Line, signed: bool, cells: &[Option<&Reported>]) {
        let show = |number: &Decimal| if signed { figures::signed(number) } else { figures::number(number) };
        let unit = common(cells.iter().flatten().map(|reported| &reported.unit));
        let bare = cells.iter().flatten().all(|reported| reported.uncertainty.is_none());
        if unit.is_some() && bare && cells.iter().all(Option::is_some) {
            let numbers: Vec<&Decimal> = cells.iter().flatten().map(|reported| &reported.value).collect();
            let cells = aligned(&numbers, show);
            self.push(head, symbol, unit.map(figures::unit), Align::End, cells);
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
        self.push(head, symbol, None, Align::End, cells);
    }

    /// Whether the columns do not fit side by side.
    pub(super) fn is_wide(&self) -> bool {
        self.0.len() > MOST_COLUMNS
    }

    /// The table, a row for each point.
    pub(super) fn into_table(self, caption: String, notes: Vec<Line>) -> Table {
        let rows = self.0.first().map_or(0, |column| column.cells.len());
        let mut columns = Vec::new();
        let mut cells: Vec<std::vec::IntoIter<Cell>> = Vec::new();
        for Gathered { head, symbol, unit, align, cells: own } in self.0 {
            columns.push(Column { head, measure: heading(symbol, unit), align });
            cells.push(own.into_iter());
        }
        let rows = (0..rows).map(|_| Row::first(cells.iter_mut().filter_map(Iterator::next).collect())).collect();
        Table { caption, columns, rows, small: false, notes }
    }

    /// The table turned: a row for each quantity, a column for each point.
    pub(super) fn into_turned_table(
        self,
        caption: String,
        quantity: Line,
        point: impl Fn(usize) -> Line,
        notes: Vec<Line>,
    ) -> Table {
        let points = self.0.first().map_or(0, |column| column.cells.len());
        let mut columns = vec![Column::words(quantity)];
        columns.extend((0..points).map(|index| Column { align: Align::End, ..Column::words(point(index)) }));
        let rows = self.0.into_iter().map(|Gathered { mut head, symbol, unit, cells, .. }| {
            if !symbol.is_empty() {
                head.push(Span::Text("\u{a0}".to_owned()));
                head.extend(symbol);
            }
            let mut row = vec![Cell::Words { line: head }];
            row.extend(cells.into_iter().map(|cell| with_unit(cell, unit.as_deref())));
            Row::first(row)
        });
        Table { caption, columns, rows: rows.collect(), small: false, notes }
    }
}

/// A number with the unit that would have stood in its column's head.
fn with_unit(cell: Cell, unit: Option<&str>) -> Cell {
    match (cell, unit) {
        (Cell::Number { text, .. }, Some(unit)) if !unit.is_empty() => {
            let space = if matches!(unit, "°" | "′" | "″") { "" } else { "\u{a0}" };
            Cell::Words { line: vec![Span::Figure(format!("{text}{space}{unit}"))] }
        }
        (Cell::Number { text, .. }, _) => Cell::Words { line: vec![Span::Figure(text)] },
        (other, _) => other,
    }
}

/// Numbers with as much invisible room behind them as lines their decimals up.
pub(super) fn aligned(numbers: &[&Decimal], show: impl Fn(&Decimal) -> String) -> Vec<Cell> {
    padded(numbers.iter().map(|number| (show(number), Some(*number))).collect())
}

/// Texts that end with a number, with as much room behind them as lines the decimals up.
pub(super) fn padded(texts: Vec<(String, Option<&Decimal>)>) -> Vec<Cell> {
    // A power of ten ends elsewhere than its decimals do.
    let places = |text: &str, number: &Decimal| {
        if text.contains('×') { 0 } else { usize::try_from(-number.exponent()).unwrap_or(0) }
    };
    let own = |(text, number): &(String, Option<&Decimal>)| number.map_or(0, |number| places(text, number));
    let most = texts.iter().map(own).max().unwrap_or(0);
    let cell = |pair: (String, Option<&Decimal>)| {
        let missing = most.saturating_sub(own(&pair));
        let pad = if missing > MOST_PADDING { String::new() } else { room(own(&pair), most) };
        Cell::Number { text: pair.0, pad }
    };
    texts.into_iter().map(cell).collect()
}

/// More room than this would push the digits out of sight.
const MOST_PADDING: usize = 12;

/// What `most` decimals have that `own` lack: the point, digits, and the spaces between groups of three.
fn room(own: usize, most: usize) -> String {
    let set = |places: usize| {
        let mut set = String::new();
        for place in 0..places {
            // Four digits stand together, as the numbers themselves are set.
            if place > 0 && place % 3 == 0 && places > 4 {
                set.push('\u{a0}');
            }
            set.push('0');
        }
        set
    };
    let (own_set, most_set) = (set(own), set(most));
    let missing: String = most_set.chars().skip(own_set.chars().count()).collect();
    if own == 0 && most > 0 { format!(".{missing}") } else { missing }
}
