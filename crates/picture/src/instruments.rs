//! Instruments side by side, one row each: the error that is inferred with its interval, the limit, and, where a laboratory has looked, what it found.

use heng_quantity::{Unit, typography};
use heng_wording::Words;

use crate::axis::{Axis, Direction, span, widened};
use crate::canvas::{Anchor, Canvas, Ink, LINE_HEIGHT, SIZE, Shape, Stroke, Width, broken, text_width};
use crate::figures::{DIGITS, headed, number, place_of, stated};
use crate::frame::{BELOW, Frame};
use crate::picture::{Column, Picture, Table};

/// Errors beyond so many limits lie off the scale: what has stopped is −100 %.
const FAR: f64 = 4.0;
/// Half the height of the mark of what was found.
const FOUND: f64 = 7.0;

/// One instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct InstrumentRow {
    /// Its name.
    pub name: String,
    /// What is said of it, in words.
    pub state: String,
    /// The inferred error.
    pub value: f64,
    /// The ends of its interval.
    pub interval: (f64, f64),
    /// What a laboratory found, with its U.
    pub found: Option<(f64, f64)>,
    /// What is said of it.
    pub shape: Shape,
}

/// The instruments of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct InstrumentsPicture {
    /// The symbol of the error.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// The largest permitted error, to both sides.
    pub limit: f64,
    /// The instruments, in the order in which they are shown.
    pub rows: Vec<InstrumentRow>,
}

impl InstrumentsPicture {
    /// The picture with its table.
    pub fn picture(&self, words: &Words) -> Picture {
        let say = |code: &str, data: &[(&str, &str)]| words.say(code, data);
        let has_found = self.rows.iter().any(|row| row.found.is_some());
        let count = self.rows.len().to_string();
        let bad = self.rows.iter().filter(|row| row.shape == Shape::Bad).count().to_string();
        let limit = typography::with_unit(&number(self.limit, 3), &self.unit);
        let facts = [("count", count.as_str()), ("bad", bad.as_str()), ("limit", limit.as_str())];
        let (title, description, caption) = if has_found {
            ("picture-found-title", "picture-found-says", "picture-found-caption")
        } else {
            ("picture-instruments-title", "picture-instruments-says", "picture-instruments-caption")
        };
        let (title, description, caption) = (say(title, &facts), say(description, &facts), say(caption, &facts));
        let mut columns = vec![
            Column::Words(say("picture-instrument", &[])),
            Column::Words(say("picture-state", &[])),
            Column::Numbers(headed(&self.name, &self.unit)),
            Column::Numbers(say("picture-interval-95", &[])),
        ];
        if has_found {
            columns.push(Column::Numbers(say("picture-found", &[])));
        }
        let table_row = |row: &InstrumentRow| {
            let (low, high) = row.interval;
            let place = place_of([(high - low) / 2.0].into_iter());
            let mut cells = vec![
                row.name.clone(),
                row.state.clone(),
                stated(row.value, place),
                format!("[{}, {}]", stated(low, place), stated(high, place)),
            ];
            if has_found {
                let found = |(value, u): (f64, f64)| {
                    format!("{} ± {}", stated(value, place_of([u].into_iter())), number(u, DIGITS))
                };
                cells.push(row.found.map_or_else(|| "–".to_owned(), found));
            }
            cells
        };
        let table = Table { caption: title.clone(), columns, rows: self.rows.iter().map(table_row).collect() };
        Picture::drawn((title, description, caption), vec![table], |width| self.draw(width))
    }

    fn reach(&self) -> (f64, f64) {
        let most = FAR * self.limit;
        let ends = self.rows.iter().flat_map(|row| {
            let found = row.found.map(|(value, u)| [value - u, value + u]);
            [row.interval.0, row.interval.1].into_iter().chain(found.into_iter().flatten())
        });
        let always = [-1.2 * self.limit, 1.2 * self.limit];
        widened(span(ends.map(|end| end.clamp(-most, most)).chain(always)), 0.06)
    }

    fn draw(&self, width: Width) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let widest = self.rows.iter().map(|row| text_width(&row.name, SIZE)).fold(0.0, f64::max);
        let name_room = width.of(widest.min(220.0), total - 8.0);
        let left = width.of(name_room + 16.0, 10.0);
        let lines: Vec<Vec<String>> = self.rows.iter().map(|row| broken(&row.name, name_room, SIZE)).collect();
        let row_height = |lines: &Vec<String>| {
            let words_height = LINE_HEIGHT * lines.len() as f64;
            width.of(words_height + 7.0, words_height + 19.0)
        };
        let height: f64 = lines.iter().map(row_height).sum::<f64>().max(20.0);
        let top = 24.0;
        let frame = Frame { left, right: total - 10.0, top, bottom: top + height + 4.0 };
        let x = Axis::new(self.reach(), (frame.left, frame.right), Direction::Across);
        let inside = (x.at(-self.limit), x.at(self.limit));
        canvas.rect(Ink::Wash, (inside.0, top), (inside.1 - inside.0, frame.bottom - top));
        canvas.line(Ink::Edge, Stroke::Thin, (x.at(0.0), top), (x.at(0.0), frame.bottom));
        for value in [-self.limit, self.limit] {
            canvas.line(Ink::Text, Stroke::Thin, (x.at(value), top - 4.0), (x.at(value), frame.bottom));
            canvas.text(Ink::Quiet, Anchor::Middle, (x.at(value), top - 9.0), &number(value, 3));
        }
        let mut y = top + 2.0;
        for (row, lines) in self.rows.iter().zip(&lines) {
            for (index, line) in lines.iter().enumerate() {
                canvas.text_over(Ink::Text, Anchor::Start, (0.0, y + 14.0 + LINE_HEIGHT * index as f64), line);
            }
            let words_height = LINE_HEIGHT * lines.len() as f64;
            let middle = width.of(y + words_height / 2.0 + 1.5, y + words_height + 8.0);
            row.draw(&mut canvas, &x, middle);
            y += row_height(lines);
        }
        frame.draw_across(&mut canvas, &x, &x.title(&self.name, &self.unit));
        (canvas, frame.bottom + BELOW)
    }
}

impl InstrumentRow {
    fn draw(&self, canvas: &mut Canvas, x: &Axis, y: f64) {
        let ink = match self.shape {
            Shape::Good | Shape::Ring => Ink::Accent,
            Shape::Attention => Ink::Amber,
            Shape::Bad => Ink::Red,
            Shape::Unknown => Ink::Faint,
        };
        if !x.holds(self.value) {
            // An arrow with the number at the end of the axis.
            let inwards = if x.is_below(self.value) { 1.0 } else { -1.0 };
            let end = x.at(self.value);
            canvas.area(ink, &[(end, y), (end + inwards * 8.0, y - 4.5), (end + inwards * 8.0, y + 4.5)]);
            let anchor = if inwards > 0.0 { Anchor::Start } else { Anchor::End };
            canvas.text_over(Ink::Text, anchor, (end + inwards * 12.0, y + 4.5), &number(self.value, 3));
            return;
        }
        canvas.bar_across(ink, (x.at(self.interval.0), x.at(self.interval.1)), y);
        canvas.mark(self.shape, (x.at(self.value), y));
        if let Some((value, u)) = self.found {
            let (from, to) = (x.at(value - u), x.at(value + u));
            canvas.rect(Ink::Tint3, (from, y - FOUND), ((to - from).max(3.0), 2.0 * FOUND));
            canvas.line(Ink::Text, Stroke::Thick, (x.at(value), y - FOUND), (x.at(value), y + FOUND));
        }
    }
}
