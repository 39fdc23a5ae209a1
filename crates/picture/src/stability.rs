//! The stability of a reference material: values over time, the line through them with its band, and the time that is claimed.

use heng_comparison::study::{StabilityData, StabilityEvaluation};
use heng_quantity::{Unit, typography};
use heng_wording::Words;

use crate::axis::{span, widened};
use crate::canvas::{Anchor, Canvas, Ink, SIZE, Shape, Stroke, Width, kept, text_width};
use crate::figures::{DIGITS, headed, number, place_of, stated};
use crate::frame::{BELOW, Frame};
use crate::picture::{Column, Picture, Table};

const HEIGHT: f64 = 210.0;
/// The band is drawn through so many points.
const STEPS: usize = 48;

/// Values over time.
#[derive(Clone, Debug, PartialEq)]
pub struct StabilityPicture {
    /// What it is of: storage or transport.
    pub title: String,
    /// The quantity.
    pub name: String,
    /// Its unit, and that of times.
    pub units: [Unit; 2],
    /// The values.
    pub data: StabilityData,
    /// The line through them.
    pub found: StabilityEvaluation,
}

impl StabilityPicture {
    /// The picture with its table.
    pub fn picture(&self, words: &Words) -> Picture {
        let say = |code: &str, data: &[(&str, &str)]| words.say(code, data);
        let [unit, time_unit] = &self.units;
        let trend = &self.found.trend;
        let slope_unit = unit.of_difference().quotient(time_unit).unwrap_or_else(|_| Unit::one());
        let slope = |value: f64| typography::with_unit(&number(value, 3), &slope_unit);
        let code = if trend.is_significant { "picture-stability-trend" } else { "picture-stability-none" };
        let critical = slope(trend.t_critical * trend.slope_uncertainty);
        let facts = [
            ("slope", slope(trend.slope)),
            ("critical", critical),
            ("time", typography::with_unit(&number(self.data.time, DIGITS), time_unit)),
        ];
        let description = say(code, &facts.each_ref().map(|(name, text)| (*name, text.as_str())));
        let caption = say("picture-stability-caption", &[]);
        let place = place_of([trend.scatter].into_iter());
        let rows = self.data.points.iter().map(|(time, value)| {
            let on_line = trend.intercept + trend.slope * time;
            vec![number(*time, DIGITS), number(*value, DIGITS), stated(on_line, place)]
        });
        let table = Table {
            caption: self.title.clone(),
            columns: vec![
                Column::Numbers(headed(&say("picture-time", &[]), time_unit)),
                Column::Numbers(headed(&self.name, unit)),
                Column::Numbers(headed(&say("picture-on-line", &[]), unit)),
            ],
            rows: rows.collect(),
        };
        Picture::drawn((self.title.clone(), description, caption), vec![table], |width| self.draw(width, words))
    }

    /// t · u of the line at a time: u² = s²/n + u²(b₁)(t − t̄)².
    fn reach(&self, time: f64) -> f64 {
        let trend = &self.found.trend;
        let count = self.data.points.len().max(1) as f64;
        let middle = self.data.points.iter().map(|(time, _)| time).sum::<f64>() / count;
        let of_mean = trend.scatter / libm::sqrt(count);
        trend.t_critical * libm::hypot(of_mean, trend.slope_uncertainty * (time - middle))
    }

    fn draw(&self, width: Width, words: &Words) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let [unit, time_unit] = &self.units;
        let trend = &self.found.trend;
        let times = self.data.points.iter().map(|(time, _)| *time);
        let across = widened(span(times.chain([0.0, self.data.time])), 0.03);
        let on_line = |time: f64| trend.intercept + trend.slope * time;
        let band: Vec<(f64, f64, f64)> = (0..=STEPS)
            .map(|step| {
                let time = across.0 + (across.1 - across.0) * (step as f64 / STEPS as f64);
                (time, on_line(time), self.reach(time))
            })
            .collect();
        let values = self.data.points.iter().map(|(_, value)| *value);
        let ends = band.iter().flat_map(|(_, middle, reach)| [middle - reach, middle + reach]);
        let up = widened(span(values.chain(ends)), 0.05);
        let (frame, y) = Frame::new(total, HEIGHT, up, 14.0);
        let x = frame.across(across);
        frame.draw_up(&mut canvas, &y, &y.title(&self.name, unit));
        let edge = |side: f64| -> Vec<(f64, f64)> {
            band.iter().map(|(time, middle, reach)| (x.at(*time), y.at(middle + side * reach))).collect()
        };
        let mut area = edge(1.0);
        area.extend(edge(-1.0).into_iter().rev());
        canvas.area(Ink::Tint3, &area);
        canvas.curve(Ink::Accent, Stroke::Thin, &edge(0.0));
        let claimed = x.at(self.data.time);
        canvas.line(Ink::Quiet, Stroke::Dashed, (claimed, frame.top), (claimed, frame.bottom));
        let name = words.say("picture-time-claimed", &[]);
        let half = text_width(&name, SIZE) / 2.0;
        canvas.text_over(Ink::Quiet, Anchor::Middle, (kept(claimed, half, total - half), frame.top - 2.0), &name);
        for (time, value) in &self.data.points {
            canvas.mark(Shape::Ring, (x.at(*time), y.at(*value)));
        }
        frame.draw_across(&mut canvas, &x, &x.title(&words.say("picture-time", &[]), time_unit));
        (canvas, frame.bottom + BELOW)
    }
}
