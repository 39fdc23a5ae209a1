//! The cells of one sheet.

use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::Finding;
use quick_xml::events::BytesStart;

use super::format::Format;
use super::part::{Step, attribute, unescaped, walk};
use crate::sheets::{Asked, Content, Sheet, SheetRow, name_of_column};

/// The last column that the format knows, XFD.
const LAST_COLUMN: u32 = 16_384;

/// The last row that the format knows.
const LAST_ROW: u32 = 1_048_576;

/// All cells of a workbook together hold at most so many bytes of text.
const MOST_TEXT: usize = 64 << 20;

/// What is used by all sheets together.
#[derive(Debug, Default)]
pub(super) struct Used {
    cells: usize,
    rows: usize,
    text: usize,
}

/// What the cells refer to.
pub(super) struct Context<'a> {
    /// Strings by number.
    pub strings: &'a [String],
    /// Formats by style.
    pub formats: &'a [Format],
    /// Whether days are counted from 1904.
    pub starts_1904: bool,
    /// What the reader of the table bears.
    pub asked: &'a Asked<'a>,
}

/// A sheet, and what it says of itself.
pub(super) struct SheetRead {
    pub sheet: Sheet,
    pub findings: Vec<Finding>,
}

/// Columns and rows that one cell spans.
#[derive(Clone, Copy, Debug)]
struct Merged {
    column: u32,
    first: u32,
    last: u32,
}

struct Reader<'a> {
    context: &'a Context<'a>,
    used: &'a mut Used,
    rows: BTreeMap<u32, BTreeMap<u32, Content>>,
    merged: Vec<Merged>,
    hidden: BTreeSet<u32>,
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    formula: Option<String>,
    value: Option<String>,
    inline: String,
    within: Within,
}

#[derive(Clone, Copy, PartialEq)]
enum Within {
    Nothing,
    Formula,
    Value,
    Inline,
}

/// Reads the cells of a sheet.
pub(super) fn sheet(xml: &str, name: &str, context: &Context<'_>, used: &mut Used) -> Result<SheetRead, Finding> {
    let mut reader = Reader {
        context,
        used,
        rows: BTreeMap::new(),
        merged: Vec::new(),
        hidden: BTreeSet::new(),
        row: 0,
        column: 0,
        kind: String::new(),
        style: 0,
        formula: None,
        value: None,
        inline: String::new(),
        within: Within::Nothing,
    };
    walk(name, xml, |step| reader.step(step))?;
    reader.spread()?;
    let findings = reader.without_hidden(name);
    let rows = std::mem::take(&mut reader.rows);
    let rows = rows.into_iter().map(|(number, cells)| SheetRow { number, cells }).collect();
    Ok(SheetRead { sheet: Sheet { name: Some(name.to_owned()), rows }, findings })
}

impl Reader<'_> {
    fn step(&mut self, step: Step<'_>) -> Result<(), Finding> {
        match step {
            Step::Open("row", start) => {
                let stated = attribute(start, "r").and_then(|row| row.parse().ok());
                self.row = stated.unwrap_or(self.row.saturating_add(1)).clamp(1, LAST_ROW);
                self.column = 0;
                if matches!(attribute(start, "hidden").as_deref(), Some("1" | "true"))
                    && self.hidden.len() <= self.context.asked.most_rows
                {
                    self.hidden.insert(self.row);
                }
            }
            Step::Open("c", start) => self.begin(start),
            Step::Open("f", _) => {
                self.formula = Some(String::new());
                self.within = Within::Formula;
            }
            Step::Open("v", _) => {
                self.value = Some(String::new());
                self.within = Within::Value;
            }
            Step::Open("t", _) => self.within = Within::Inline,
            Step::Close("f" | "v" | "t") => self.within = Within::Nothing,
            Step::Text(text) => match self.within {
                Within::Formula => self.formula.get_or_insert_default().push_str(text),
                Within::Value => self.value.get_or_insert_default().push_str(text),
                Within::Inline => self.inline.push_str(text),
                Within::Nothing => {}
            },
            Step::Close("c") => return self.end(),
            Step::Open("mergeCell", start) => {
                if let Some(merged) = attribute(start, "ref").and_then(|range| merged(&range))
                    && self.merged.len() <= self.context.asked.most_rows
                {
                    self.merged.push(merged);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, start: &BytesStart<'_>) {
        let stated = attribute(start, "r").and_then(|place| cell_place(&place));
        match stated {
            Some((column, row)) => (self.column, self.row) = (column, row),
            None => self.column = self.column.saturating_add(1).min(LAST_COLUMN),
        }
        self.kind = attribute(start, "t").unwrap_or_default();
        self.style = attribute(start, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
        self.formula = None;
        self.value = None;
        self.inline.clear();
        self.within = Within::Nothing;
    }

    fn end(&mut self) -> Result<(), Finding> {
        let Some(content) = self.content() else { return Ok(()) };
        self.used.cells += 1;
        self.used.text += content.shown().len();
        let rows = self.used.rows + self.rows.len();
        let Asked { most_rows, most_cells, .. } = self.context.asked;
        if rows > most_rows + 1 || self.used.cells > *most_cells || self.used.text > MOST_TEXT {
            return Err(Finding::error("record-table-too-long").with("most", most_rows));
        }
        self.rows.entry(self.row).or_default().insert(self.column, content);
        Ok(())
    }

    /// What the cell shows; a formula counts by the value that was computed when the file was saved.
    fn content(&mut self) -> Option<Content> {
        let faulty = |code: &str, text: &str| {
            let text: String = text.chars().take(60).collect();
            Some(Content::Faulty(Box::new(Finding::error(code).with("text", text))))
        };
        let value = self.value.take();
        if let Some(formula) = &self.formula {
            if formula.contains('[') {
                return faulty("record-cell-from-elsewhere", formula);
            }
            if value.as_deref().is_none_or(str::is_empty) && self.kind != "str" {
                return faulty("record-cell-not-computed", formula);
            }
        }
        let text = |text: &str| {
            let blank = text.trim().is_empty();
            (!blank).then(|| Content::Text(text.to_owned()))
        };
        match (self.kind.as_str(), value) {
            ("inlineStr", _) => text(&unescaped(&self.inline)),
            (_, None) => None,
            ("s", Some(number)) => {
                let found = number.trim().parse::<usize>().ok().and_then(|number| self.context.strings.get(number));
                match found {
                    Some(found) => text(found),
                    None => faulty("record-cell-no-text", &number),
                }
            }
            ("str", Some(value)) => text(&unescaped(&value)),
            ("b", Some(value)) => Some(Content::Flag(value.trim() == "1")),
            ("e", Some(value)) => faulty("record-cell-error", &value),
            ("d", Some(value)) => match value.get(..10).and_then(|day| day.parse().ok()) {
                Some(day) => Some(Content::Day(day)),
                None => faulty("record-cell-no-day", &value),
            },
            (_, Some(value)) if value.trim().is_empty() => None,
            (_, Some(value)) => {
                let format = self.context.formats.get(self.style).unwrap_or(&Format::General);
                Some(format.shown(&value, self.context.starts_1904))
            }
        }
    }

    /// One cell over several rows is the value of each; over several columns it stays the value of the first.
    fn spread(&mut self) -> Result<(), Finding> {
        for merged in std::mem::take(&mut self.merged) {
            let Some(content) = self.rows.get(&merged.first).and_then(|row| row.get(&merged.column)).cloned() else {
                continue;
            };
            if merged.last <= merged.first {
                continue;
            }
            for (_, cells) in self.rows.range_mut(merged.first + 1..=merged.last) {
                self.used.cells += 1;
                self.used.text += content.shown().len();
                if self.used.cells > self.context.asked.most_cells || self.used.text > MOST_TEXT {
                    return Err(Finding::error("record-table-too-long").with("most", self.context.asked.most_rows));
                }
                cells.entry(merged.column).or_insert_with(|| content.clone());
            }
        }
        self.used.rows += self.rows.len();
        Ok(())
    }

    /// Rows that nobody sees are not certified.
    fn without_hidden(&mut self, sheet: &str) -> Vec<Finding> {
        let hidden: Vec<u32> = self.hidden.iter().copied().filter(|row| self.rows.remove(row).is_some()).collect();
        let Some(first) = hidden.first() else { return Vec::new() };
        let finding = Finding::error("record-rows-hidden").with("sheet", sheet).with("count", hidden.len());
        vec![finding.with("row", first)]
    }
}

/// `BC12` as column and row.
fn cell_place(text: &str) -> Option<(u32, u32)> {
    let text = text.replace('$', "");
    let digits = text.trim_start_matches(|sign: char| sign.is_ascii_uppercase());
    let letters = text.strip_suffix(digits)?;
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    let row: u32 = digits.parse().ok()?;
    let known = column <= LAST_COLUMN && (1..=LAST_ROW).contains(&row);
    // The letters come back the same: a check of the arithmetic that costs nothing.
    (known && name_of_column(column) == letters).then_some((column, row))
}

fn merged(range: &str) -> Option<Merged> {
    let (from, to) = range.split_once(':')?;
    let ((column, first), (_, last)) = (cell_place(from)?, cell_place(to)?);
    Some(Merged { column, first, last })
}
