//! The control chart: values in their order between warning and action limits, with the patterns that chance rarely makes.

use heng_comparison::material::{ControlChart, SignalCode};
use heng_quantity::{Unit, typography};
use heng_wording::Words;

use crate::axis::{Axis, Direction, span, widened};
use crate::canvas::{Anchor, Canvas, Ink, SIZE, Shape, Stroke, Width, text_width};
use crate::figures::{DIGITS, headed, number, place_of, stated};
use crate::frame::{ABOVE, BELOW, Frame};
use crate::picture::{Column, Picture, Table};

const HEIGHT: f64 = 210.0;
/// More marks than this touch; the line alone is drawn, with the marks of signals.
const MOST_MARKS: usize = 120;

/// The chart of a quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlChartPicture {
    /// The quantity.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// The values in their order.
    pub values: Vec<f64>,
    /// Their limits and signals.
    pub chart: ControlChart,
}

impl ControlChartPicture {
    /// The picture with its tables.
    pub fn picture(&self, words: &Words) -> Picture {
        let say = |code: &str, data: &[(&str, &str)]| words.say(code, data);
        let chart = &self.chart;
        let place = place_of([chart.standard_deviation].into_iter());
        let text = |value: f64| typography::with_unit(&stated(value, place), &self.unit);
        let count = self.values.len().to_string();
        let flagged = (0..self.values.len()).filter(|place| self.shape(*place) != Shape::Ring).count().to_string();
        let title = say("picture-chart-title", &[("name", &self.name)]);
        let [low, high] = chart.action_limits;
        let description = say(
            "picture-chart-says",
            &[("count", &count), ("flagged", &flagged), ("low", &text(low)), ("high", &text(high))],
        );
        let caption = say("picture-chart-caption", &[]);
        let rows = self.values.iter().enumerate().map(|(place_of_value, value)| {
            let signals: Vec<String> = chart
                .signals
                .iter()
                .filter(|signal| signal.place == place_of_value)
                .map(|signal| say(signal_word(signal.code), &[]))
                .collect();
            vec![(place_of_value + 1).to_string(), number(*value, DIGITS), signals.join(&say("picture-and", &[]))]
        });
        let values = Table {
            caption: title.clone(),
            columns: vec![
                Column::Numbers(say("picture-number", &[])),
                Column::Numbers(headed(&self.name, &self.unit)),
                Column::Words(say("picture-signal", &[])),
            ],
            rows: rows.collect(),
        };
        let [warning_low, warning_high] = chart.warning_limits;
        let limit = |code: &str, value: f64| vec![say(code, &[]), stated(value, place)];
        let limits = Table {
            caption: say("picture-limits", &[]),
            columns: vec![Column::Words(say("picture-what", &[])), Column::Numbers(headed(&self.name, &self.unit))],
            rows: vec![
                limit("picture-upper-action", high),
                limit("picture-upper-warning", warning_high),
                limit("picture-centre", chart.centre),
                limit("picture-lower-warning", warning_low),
                limit("picture-lower-action", low),
            ],
        };
        Picture::drawn((title, description, caption), vec![limits, values], |width| self.draw(width, words))
    }

    /// Beyond an action limit is worse than a pattern.
    fn shape(&self, place: usize) -> Shape {
        let mut signals = self.chart.signals.iter().filter(|signal| signal.place == place).peekable();
        if signals.peek().is_none() {
            return Shape::Ring;
        }
        if signals.any(|signal| signal.code == SignalCode::BeyondActionLimit) { Shape::Bad } else { Shape::Attention }
    }

    fn draw(&self, width: Width, words: &Words) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let chart = &self.chart;
        let limits = [
            (chart.action_limits, "picture-action", Ink::Text, Stroke::Thin),
            (chart.warning_limits, "picture-warning", Ink::Quiet, Stroke::Dashed),
            ([chart.centre; 2], "picture-centre", Ink::Accent, Stroke::Thin),
        ];
        let up = widened(span(self.values.iter().copied().chain(chart.action_limits)), 0.06);
        let beside = limits.iter().map(|(_, code, _, _)| text_width(&words.say(code, &[]), SIZE)).fold(0.0, f64::max);
        let (frame, y) = Frame::new(total, HEIGHT, up, beside + 14.0);
        canvas.text(Ink::Quiet, Anchor::Start, (0.0, ABOVE - 14.0), &y.title(&self.name, &self.unit));
        for tick in &y.ticks {
            canvas.line(Ink::Edge, Stroke::Hair, (frame.left - 4.0, tick.at), (frame.left, tick.at));
            canvas.text(Ink::Quiet, Anchor::End, (frame.left - 7.0, tick.at + 4.5), &tick.label);
        }
        canvas.line(Ink::Edge, Stroke::Hair, (frame.left, frame.top), (frame.left, frame.bottom));
        let [low, high] = chart.warning_limits;
        canvas.rect(Ink::Wash, (frame.left, y.at(high)), (frame.right - frame.left, y.at(low) - y.at(high)));
        // Names of lines that lie too near to each other are left out from the inside to the outside.
        let mut named: Vec<f64> = Vec::new();
        for ([low, high], code, ink, stroke) in limits {
            for value in if low == high { vec![high] } else { vec![high, low] } {
                let at = y.at(value);
                canvas.line(ink, stroke, (frame.left, at), (frame.right, at));
                if named.iter().all(|other| libm::fabs(other - at) >= 15.0) {
                    canvas.text(Ink::Quiet, Anchor::Start, (frame.right + 6.0, at + 4.5), &words.say(code, &[]));
                    named.push(at);
                }
            }
        }
        let last = self.values.len().max(1) as f64;
        let mut x = Axis::new((0.5, last + 0.5), (frame.left, frame.right), Direction::Across);
        let points: Vec<(f64, f64)> =
            self.values.iter().enumerate().map(|(place, value)| (x.at(place as f64 + 1.0), y.at(*value))).collect();
        canvas.curve(Ink::Accent, Stroke::Thin, &points);
        for (place, point) in points.iter().enumerate() {
            let shape = self.shape(place);
            if shape != Shape::Ring || self.values.len() <= MOST_MARKS {
                canvas.mark(shape, *point);
            }
        }
        // Only whole numbers count values.
        x.ticks.retain(|tick| !tick.label.contains('.'));
        frame.draw_across(&mut canvas, &x, &words.say("picture-number", &[]));
        (canvas, frame.bottom + BELOW)
    }
}

fn signal_word(code: SignalCode) -> &'static str {
    match code {
        SignalCode::BeyondActionLimit => "picture-signal-action",
        SignalCode::TwoOfThreeBeyondWarningLimit => "picture-signal-two-of-three",
        SignalCode::FourOfFiveBeyondOneSigma => "picture-signal-four-of-five",
        SignalCode::EightOnOneSide => "picture-signal-eight",
        SignalCode::SixRisingOrFalling => "picture-signal-six",
        SignalCode::RangeBeyondLimit => "picture-signal-range",
    }
}
