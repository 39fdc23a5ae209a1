//! A figure of a plan over the years: where it began, what is evidenced, what is to be reached, and where it is heading.

use heng_quantity::Unit;
use heng_wording::Words;

use crate::axis::{Axis, Direction, span, widened};
use crate::canvas::{Anchor, Canvas, Ink, SIZE, Shape, Stroke, Width, kept, text_width};
use crate::figures::number;
use crate::frame::{ABOVE, Frame};
use crate::picture::{Column, Picture, Table};

const HEIGHT: f64 = 230.0;
/// Below the room: one line of years.
const YEARS: f64 = 30.0;
/// Digits of figures.
const DIGITS: i32 = 5;
/// Between two labels of one place, in pixels.
const APART: f64 = 16.0;

/// A place on the curve: a time in years, the end of 2025 being 2026.0, and the figure then.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct At {
    /// When.
    pub time: f64,
    /// The figure.
    pub value: f64,
}

/// Where a figure is heading, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heading {
    /// When.
    pub time: f64,
    /// The figure expected.
    pub expected: f64,
    /// The interval.
    pub interval: (f64, f64),
}

/// A figure over the years.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorPicture {
    /// What it is, with its unit.
    pub name: String,
    /// What it says in a sentence.
    pub description: String,
    /// Where the document begins.
    pub base: Option<At>,
    /// What is to be reached, and by when where there is a day.
    pub goal: Option<(f64, Option<f64>)>,
    /// The evidenced figures, the last one last.
    pub evidenced: Vec<At>,
    /// The state of the last one.
    pub shape: Shape,
    /// The day that is looked from.
    pub today: f64,
    /// Whether there is a way from the last figure to the goal.
    pub has_way: bool,
    /// Where it is heading.
    pub heading: Option<Heading>,
}

impl IndicatorPicture {
    /// The picture with its table.
    pub fn picture(&self, words: &Words) -> Picture {
        let say = |code: &str| words.say(code, &[]);
        let row = |what: &str, time: Option<f64>, value: f64| {
            vec![say(what), time.map_or_else(|| "–".to_owned(), moment), number(value, DIGITS)]
        };
        let mut rows = Vec::new();
        rows.extend(self.base.map(|base| row("picture-plan-base", Some(base.time), base.value)));
        rows.extend(self.evidenced.iter().map(|one| row("picture-plan-evidence", Some(one.time), one.value)));
        if let Some(heading) = self.heading {
            rows.push(row("picture-plan-expected", Some(heading.time), heading.expected));
            rows.push(row("picture-plan-low", Some(heading.time), heading.interval.0));
            rows.push(row("picture-plan-high", Some(heading.time), heading.interval.1));
        }
        rows.extend(self.goal.map(|(value, time)| row("picture-plan-goal", time, value)));
        let table = Table {
            caption: self.name.clone(),
            columns: vec![
                Column::Words(say("picture-plan-what")),
                Column::Numbers(say("picture-plan-year-end")),
                Column::Numbers(say("picture-plan-figure")),
            ],
            rows,
        };
        let caption = say(if self.heading.is_some() { "picture-plan-caption-heading" } else { "picture-plan-caption" });
        Picture::drawn((self.name.clone(), self.description.clone(), caption), vec![table], |width| {
            self.draw(width, words)
        })
    }

    /// The first and the last year that are shown.
    fn years(&self) -> (f64, f64) {
        let times = self.base.iter().chain(&self.evidenced).map(|at| at.time);
        let goal = self.goal.and_then(|(_, time)| time);
        let (first, last) = span(times.chain(goal).chain([self.today])).unwrap_or((self.today - 1.0, self.today));
        let first = libm::floor(first).min(libm::ceil(last) - 1.0);
        (first, libm::ceil(last))
    }

    fn draw(&self, width: Width, words: &Words) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let known = self.base.iter().chain(&self.evidenced).map(|at| at.value);
        let known = known.chain(self.goal.map(|(value, _)| value)).chain(self.heading.map(|one| one.expected));
        let narrow = span(known);
        // A band that is much wider than everything else is cut off at the edge of the picture; the table has its ends.
        let reach = narrow.map_or(1.0, |(low, high)| (high - low).max(libm::fabs(high) * 0.05));
        let band = self.heading.iter().flat_map(|one| [one.interval.0, one.interval.1]);
        let within = narrow.map_or((0.0, 1.0), |(low, high)| (low - reach, high + reach));
        let cut = band.map(|value| value.clamp(within.0, within.1));
        let up = widened(span(narrow.into_iter().flat_map(|(low, high)| [low, high]).chain(cut)), 0.09);
        let y = Axis::new(up, (ABOVE + HEIGHT, ABOVE), Direction::Up);
        let frame = Frame { left: y.label_width() + 12.0, right: total - 12.0, top: ABOVE, bottom: ABOVE + HEIGHT };
        frame.draw_up(&mut canvas, &y, &y.title(&self.name, &Unit::one()));
        let years = self.years();
        let x = |time: f64| {
            let share = (time.clamp(years.0, years.1) - years.0) / (years.1 - years.0).max(1.0);
            frame.left + share * (frame.right - frame.left)
        };
        draw_years(&mut canvas, &frame, years, &x);
        let at = |one: &At| (x(one.time), y.at(one.value));
        let mut taken: Vec<(f64, f64)> = Vec::new();
        if let (Some(heading), Some(last)) = (self.heading, self.evidenced.last()) {
            let end = |value: f64| (x(heading.time), y.at(value));
            canvas.area(Ink::Tint2, &[at(last), end(heading.interval.1), end(heading.interval.0)]);
            canvas.curve(Ink::Accent, Stroke::Dashed, &[at(last), end(heading.expected)]);
        }
        if let Some((value, time)) = self.goal {
            let level = y.at(value);
            canvas.line(Ink::Text, Stroke::Thin, (frame.left, level), (time.map_or(frame.right, &x), level));
            if let (Some(base), Some(time)) = (&self.base, time) {
                canvas.curve(Ink::Quiet, Stroke::Hair, &[at(base), (x(time), level)]);
            }
            if let (Some(last), Some(time)) = (self.evidenced.last(), time)
                && self.has_way
            {
                canvas.curve(Ink::Text, Stroke::Dashed, &[at(last), (x(time), level)]);
            }
        }
        let steps: Vec<(f64, f64)> = self.evidenced.iter().map(at).collect();
        canvas.curve(Ink::Accent, Stroke::Thick, &steps);
        let label = |canvas: &mut Canvas, taken: &mut Vec<(f64, f64)>, text: &str, (at_x, at_y): (f64, f64)| {
            let half = text_width(text, SIZE) / 2.0;
            let at_x = kept(at_x, frame.left + half, total - half);
            // Above its place, or below where something stands there already.
            let mut at_y = at_y - 9.0;
            if taken.iter().any(|(x, y)| libm::fabs(x - at_x) < 2.2 * half && libm::fabs(y - at_y) < APART) {
                at_y += 28.0;
            }
            taken.push((at_x, at_y));
            canvas.text_over(Ink::Text, Anchor::Middle, (at_x, at_y), text);
        };
        if let Some((value, time)) = self.goal {
            let text = words.say("picture-plan-goal-is", &[("figure", &number(value, DIGITS))]);
            label(&mut canvas, &mut taken, &text, (time.map_or(frame.right, &x), y.at(value)));
        }
        if let Some(base) = &self.base {
            let text = words.say("picture-plan-base-is", &[("figure", &number(base.value, DIGITS))]);
            label(&mut canvas, &mut taken, &text, at(base));
            canvas.mark(Shape::Ring, at(base));
        }
        for one in self.evidenced.iter().rev().skip(1) {
            canvas.mark(Shape::Ring, at(one));
        }
        if let Some(heading) = self.heading {
            let text = words.say("picture-plan-expected-is", &[("figure", &number(rounded(heading.expected), DIGITS))]);
            label(&mut canvas, &mut taken, &text, (x(heading.time), y.at(heading.expected)));
        }
        if let Some(last) = self.evidenced.last() {
            let text = words.say("picture-plan-now-is", &[("figure", &number(last.value, DIGITS))]);
            label(&mut canvas, &mut taken, &text, at(last));
            canvas.mark(self.shape, at(last));
        }
        (canvas, frame.bottom + YEARS)
    }
}

/// A tick at the end of each year, and its number in the middle of it, as many as fit.
fn draw_years(canvas: &mut Canvas, frame: &Frame, (first, last): (f64, f64), x: &impl Fn(f64) -> f64) {
    canvas.line(Ink::Edge, Stroke::Hair, (frame.left, frame.bottom), (frame.right, frame.bottom));
    let room = (frame.right - frame.left) / (last - first).max(1.0);
    let every = libm::ceil((text_width("2025", SIZE) + 10.0) / room).max(1.0) as i64;
    let (first, last) = (first as i64, last as i64);
    for year in first..=last {
        let at = x(year as f64);
        canvas.line(Ink::Edge, Stroke::Hair, (at, frame.bottom), (at, frame.bottom + 4.0));
        if year < last && (year - first) % every == 0 {
            let middle = x(year as f64 + 0.5);
            canvas.text(Ink::Quiet, Anchor::Middle, (middle, frame.bottom + 20.0), &year.to_string());
        }
    }
}

/// An estimate with one decimal.
fn rounded(value: f64) -> f64 {
    libm::round(value * 10.0) / 10.0
}

/// A time in years as the table has it: the year at whose end it lies, or a part of a year.
fn moment(time: f64) -> String {
    let whole = libm::round(time);
    if libm::fabs(time - whole) < 0.004 { format!("{:.0}", whole - 1.0) } else { format!("{time:.2}") }
}
