//! The homogeneity of a reference material: the values of every bottle, their means, and what is stated of the difference between bottles.

use heng_comparison::material::BottleHomogeneity;
use heng_quantity::{Unit, typography};
use heng_wording::Words;

use crate::axis::{Axis, Direction, span, widened};
use crate::canvas::{Canvas, Ink, Shape, Stroke, Width};
use crate::figures::{DIGITS, headed, number, percent, place_of, stated};
use crate::frame::{BELOW, Frame};
use crate::picture::{Column, Picture, Table};

const HEIGHT: f64 = 210.0;
/// More marks than this touch; the means alone are drawn.
const MOST_MARKS: usize = 400;
/// The band about the mean, in u_bb.
const BAND: f64 = 2.0;

/// The bottles of a material.
#[derive(Clone, Debug, PartialEq)]
pub struct BottlesPicture {
    /// The quantity.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// The values of each bottle.
    pub bottles: Vec<Vec<f64>>,
    /// What they say.
    pub homogeneity: BottleHomogeneity,
}

impl BottlesPicture {
    /// The picture with its tables.
    pub fn picture(&self, words: &Words) -> Picture {
        let say = |code: &str, data: &[(&str, &str)]| words.say(code, data);
        let found = &self.homogeneity;
        let place = place_of([found.standard_uncertainty].into_iter());
        let of_difference = self.unit.of_difference();
        let u = |value: f64| typography::with_unit(&number(value, 3), &of_difference);
        let title = say("picture-bottles-title", &[("name", &self.name)]);
        let (count, mean) = (found.bottles.to_string(), typography::with_unit(&stated(found.mean, place), &self.unit));
        let description =
            say("picture-bottles-says", &[("count", &count), ("mean", &mean), ("u", &u(found.standard_uncertainty))]);
        let caption = say("picture-bottles-caption", &[]);
        let rows = self.bottles.iter().enumerate().map(|(bottle, values)| {
            let all: Vec<String> = values.iter().map(|value| number(*value, DIGITS)).collect();
            vec![(bottle + 1).to_string(), stated(mean_of(values), place), all.join("; ")]
        });
        let values = Table {
            caption: title.clone(),
            columns: vec![
                Column::Numbers(say("picture-bottle", &[])),
                Column::Numbers(headed(&say("picture-mean", &[]), &self.unit)),
                Column::Words(headed(&self.name, &self.unit)),
            ],
            rows: rows.collect(),
        };
        let absent = || "–".to_owned();
        let row = |code: &str, text: String| vec![say(code, &[]), text];
        let analysis = Table {
            caption: say("picture-bottles-analysis", &[]),
            columns: vec![Column::Words(say("picture-what", &[])), Column::Numbers(say("picture-value", &[]))],
            rows: vec![
                row("picture-bottles-f", found.f.map_or_else(absent, |f| number(f, 4))),
                row("picture-bottles-critical", number(found.f_critical, 4)),
                row("picture-bottles-p", found.p_value.map_or_else(absent, percent)),
                row("picture-bottles-between", u(found.between_bottles)),
                row("picture-bottles-hidden", u(found.hidden_by_repeatability)),
            ],
        };
        Picture::drawn((title, description, caption), vec![analysis, values], |width| self.draw(width, words))
    }

    fn draw(&self, width: Width, words: &Words) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let found = &self.homogeneity;
        let reach = BAND * found.standard_uncertainty;
        let values = self.bottles.iter().flatten().copied();
        let up = widened(span(values.chain([found.mean - reach, found.mean + reach])), 0.06);
        let (frame, y) = Frame::new(total, HEIGHT, up, 14.0);
        frame.draw_up(&mut canvas, &y, &y.title(&self.name, &self.unit));
        let (high, low) = (y.at(found.mean + reach), y.at(found.mean - reach));
        canvas.rect(Ink::Tint2, (frame.left, high), (frame.right - frame.left, low - high));
        canvas.line(Ink::Accent, Stroke::Thin, (frame.left, y.at(found.mean)), (frame.right, y.at(found.mean)));
        let last = self.bottles.len().max(1) as f64;
        let mut x = Axis::new((0.5, last + 0.5), (frame.left, frame.right), Direction::Across);
        let are_marked = found.observations <= MOST_MARKS;
        for (bottle, values) in self.bottles.iter().enumerate() {
            let at = x.at(bottle as f64 + 1.0);
            if are_marked {
                values.iter().for_each(|value| canvas.mark(Shape::Ring, (at, y.at(*value))));
            }
            let mean = y.at(mean_of(values));
            canvas.line(Ink::Text, Stroke::Thick, (at - 8.0, mean), (at + 8.0, mean));
        }
        // Only whole numbers count bottles.
        x.ticks.retain(|tick| !tick.label.contains('.'));
        frame.draw_across(&mut canvas, &x, &words.say("picture-bottle", &[]));
        (canvas, frame.bottom + BELOW)
    }
}

fn mean_of(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
