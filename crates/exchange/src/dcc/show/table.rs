//! Results as a table: a column a list, a row a value, or one line where there is one value only.

use heng_quantity::unit;
use unicode_width::UnicodeWidthStr;

use super::Extent;
use super::sheet::{Sheet, padded, right, wrapped};
use super::speech::Speech;

/// What belongs to each value: its uncertainty, its coverage factor, its limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Extra {
    /// `U`, `k`, or a word.
    pub title: String,
    /// One, or as many as there are values.
    pub values: Vec<String>,
    /// Its unit as printed; empty where it has none.
    pub unit: String,
}

/// A quantity or a list of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stated {
    pub title: String,
    pub values: Vec<String>,
    /// As printed: one, or one for each value.
    pub units: Vec<String>,
    pub extras: Vec<Extra>,
}

impl Stated {
    /// Whether another one could be the next row of the same column.
    pub fn continues(&self, other: &Self) -> bool {
        let head = |stated: &Self| -> Vec<(String, String)> {
            stated.extras.iter().map(|extra| (extra.title.clone(), extra.unit.clone())).collect()
        };
        let is_single =
            |stated: &Self| stated.values.len() == 1 && stated.extras.iter().all(|extra| extra.values.len() == 1);
        self.title == other.title
            && self.units.len() == 1
            && self.units == other.units
            && head(self) == head(other)
            && is_single(other)
            && self.extras.iter().all(|extra| extra.values.len() == self.values.len())
    }

    /// The unit of what belongs to a value: as printed only where the value's own unit does not say it already.
    fn unit_of(&self, extra: &Extra) -> String {
        let is_said = extra.unit.is_empty() || self.units.contains(&extra.unit);
        if is_said { symbol_of(&extra.unit) } else { unit_text(&extra.unit) }
    }

    /// The longest of its lists; they differ in documents that contradict themselves.
    fn rows(&self) -> usize {
        let extras = self.extras.iter().map(|extra| extra.values.len());
        extras.chain([self.values.len(), self.units.len()]).max().unwrap_or_default()
    }

    /// With the row of another one.
    pub fn append(&mut self, other: Self) {
        self.values.extend(other.values);
        for (extra, more) in self.extras.iter_mut().zip(other.extras) {
            extra.values.extend(more.values);
        }
    }
}

/// A unit as printed and, where it differs, as a symbol.
pub(super) fn unit_text(printed: &str) -> String {
    match unit::read(printed).0.map(|unit| unit.symbol()) {
        // Nobody writes the unit one behind a number.
        Some(symbol) if symbol == "1" => format!("({printed})"),
        Some(symbol) if symbol != printed && !symbol.is_empty() => format!("{symbol} ({printed})"),
        _ => printed.to_owned(),
    }
}

fn symbol(printed: &str) -> String {
    unit::read(printed).0.map(|unit| unit.symbol()).unwrap_or_else(|| printed.to_owned())
}

/// Longer tables show this many rows at the beginning and half as many at the end.
const SHOWN: usize = 12;
/// A table is split into blocks of columns of this width together.
const WIDTH: usize = 110;
/// Titles of columns are wrapped at this width.
const TITLE: usize = 22;

#[derive(Default)]
struct Column {
    head: Vec<String>,
    cells: Vec<String>,
    width: usize,
}

/// Prints what stands side by side.
pub(super) fn print(sheet: &mut Sheet, depth: usize, stated: &[Stated], extent: Extent, speech: &Speech<'_>) {
    let rows = stated.iter().map(Stated::rows).max().unwrap_or_default();
    if rows <= 1 {
        stated.iter().for_each(|stated| print_single(sheet, depth, stated));
        return;
    }
    let mut columns = Vec::new();
    let mut notes = Vec::new();
    for stated in stated {
        columns_of(stated, rows, &mut columns, &mut notes);
    }
    let hidden = if extent == Extent::Brief && rows > SHOWN.saturating_mul(2) {
        SHOWN..rows.saturating_sub(SHOWN.div_ceil(2))
    } else {
        0..0
    };
    let mut block: Vec<Column> = Vec::new();
    let mut width = 0_usize;
    for column in columns {
        let column = column.set(&hidden);
        let wide = column.width.saturating_add(3);
        if !block.is_empty() && width.saturating_add(wide) > WIDTH {
            print_block(sheet, depth, &block, rows, &hidden, speech);
            block.clear();
            width = 0;
        }
        width = width.saturating_add(wide);
        block.push(column);
    }
    print_block(sheet, depth, &block, rows, &hidden, speech);
    notes.iter().for_each(|note| sheet.paragraph(depth, note));
}

fn print_single(sheet: &mut Sheet, depth: usize, stated: &Stated) {
    let unit = stated.units.first().map(String::as_str).unwrap_or_default();
    let value = stated.values.first().map(String::as_str).unwrap_or_default();
    let mut text = format!("{value} {}", unit_text(unit)).trim().to_owned();
    for extra in &stated.extras {
        let values = extra.values.join(" ");
        let unit = stated.unit_of(extra);
        let separator = if text.is_empty() { "" } else { "   " };
        text.push_str(&format!("{separator}{} = {}", extra.title, format!("{values} {unit}").trim_end()));
    }
    sheet.pair_unbroken(depth, &stated.title, &text);
}

/// The columns of a quantity. What is the same in every row is said below the table.
fn columns_of(stated: &Stated, rows: usize, columns: &mut Vec<Column>, notes: &mut Vec<String>) {
    let mut head = wrapped(&stated.title, TITLE);
    match stated.units.as_slice() {
        [unit] if !unit.is_empty() => {
            head.push(symbol(unit));
            if symbol(unit) != *unit {
                head.push(unit.clone());
            }
        }
        _ => {}
    }
    let is_list = |values: &[String]| values.len() > 1;
    if is_list(&stated.values) {
        columns.push(Column { head, cells: stated.values.clone(), width: 0 });
    } else {
        notes.push(format!("{} = {}", stated.title, stated.values.join(" ")));
    }
    if is_list(&stated.units) {
        let cells = stated.units.iter().map(|unit| unit_text(unit)).collect();
        columns.push(Column { cells, ..Column::default() });
    }
    let mut same = Vec::new();
    for extra in &stated.extras {
        let first = extra.values.first();
        let is_same = extra.values.iter().all(|value| Some(value) == first);
        let is_measured = matches!(extra.title.as_str(), "U" | "u");
        if !is_list(&extra.values) || is_same && !is_measured && extra.values.len() == rows {
            let value = first.map(String::as_str).unwrap_or_default();
            same.push(format!("{} = {}", extra.title, format!("{value} {}", stated.unit_of(extra)).trim_end()));
        } else {
            let mut head = wrapped(&extra.title, TITLE);
            let unit = stated.unit_of(extra);
            head.extend(unit.split_whitespace().map(str::to_owned));
            columns.push(Column { head, cells: extra.values.clone(), width: 0 });
        }
    }
    if !same.is_empty() {
        let title = stated.title.replace('\n', " ");
        let title = if title.is_empty() { title } else { format!("{title}: ") };
        notes.push(format!("{title}{}", same.join(", ")));
    }
}

/// The symbol behind a number; nothing for the unit one.
fn symbol_of(unit: &str) -> String {
    Some(symbol(unit)).filter(|symbol| !unit.is_empty() && symbol != "1").unwrap_or_default()
}

impl Column {
    /// The column with its shown cells only, all of one width, the decimal points below each other.
    fn set(self, hidden: &std::ops::Range<usize>) -> Self {
        let cells = self.cells.into_iter().enumerate().filter(|(row, _)| !hidden.contains(row)).map(|(_, cell)| cell);
        let cells: Vec<String> = cells.collect();
        let is_number = |cell: &str| cell.starts_with(|letter: char| letter.is_ascii_digit() || "+-.".contains(letter));
        let point = |cell: &str| cell.find('.').unwrap_or(cell.len());
        let before = cells.iter().filter(|cell| is_number(cell)).map(|cell| point(cell)).max().unwrap_or_default();
        let aligned = |cell: String| match before.checked_sub(point(&cell)) {
            Some(blanks) if is_number(&cell) => format!("{}{cell}", " ".repeat(blanks)),
            _ => cell,
        };
        let cells: Vec<String> = cells.into_iter().map(aligned).collect();
        let head: Vec<String> = self.head.into_iter().filter(|line| !line.is_empty()).collect();
        let inner = cells.iter().map(|cell| cell.width()).max().unwrap_or_default();
        let width = head.iter().map(|line| line.width()).max().unwrap_or_default().max(inner);
        let cells = cells.iter().map(|cell| right(&padded(cell, inner), width)).collect();
        Self { head: head.iter().map(|line| right(line, width)).collect(), cells, width }
    }
}

fn print_block(
    sheet: &mut Sheet,
    depth: usize,
    block: &[Column],
    rows: usize,
    hidden: &std::ops::Range<usize>,
    speech: &Speech<'_>,
) {
    let tallest = block.iter().map(|column| column.head.len()).max().unwrap_or_default();
    let number_width = rows.to_string().width();
    let line = |number: &str, cell: &dyn Fn(&Column) -> Option<String>| {
        let cells: Vec<String> =
            block.iter().map(|column| padded(&cell(column).unwrap_or_default(), column.width)).collect();
        format!("{}   {}", right(number, number_width), cells.join("   "))
    };
    for row in 0..tallest {
        // Short heads stand directly above their cells.
        let head = line("", &|column| {
            let above = tallest.saturating_sub(column.head.len());
            column.head.get(row.checked_sub(above)?).cloned()
        });
        sheet.line(depth, &head);
    }
    for (place, row) in (0..rows).filter(|row| !hidden.contains(row)).enumerate() {
        if row == hidden.end && !hidden.is_empty() {
            let count = hidden.len().to_string();
            let said = speech.words.say("dcc-show-omitted", &[("count", &count)]);
            sheet.line(depth, &format!("{}   {said}", right("⋮", number_width)));
        }
        let number = row.saturating_add(1).to_string();
        sheet.line(depth, &line(&number, &|column| column.cells.get(place).cloned()));
    }
}
