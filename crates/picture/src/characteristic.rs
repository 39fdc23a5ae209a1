//! The operating characteristic: how often a true value is accepted, with its limits and the points of shared risk.

use heng_quantity::{Unit, typography};
use heng_uncertainty::ToleranceInterval;
use heng_uncertainty::conformity::characteristic::OperatingCharacteristic;
use heng_wording::Words;

use crate::axis::{span, widened};
use crate::canvas::{Anchor, Canvas, Ink, LINE_HEIGHT, SIZE, Shape, Stroke, Width, text_width};
use crate::figures::{headed, number, percent, place_of, stated};
use crate::frame::{ABOVE, BELOW, Frame};
use crate::picture::{Column, Picture, Table};

const HEIGHT: f64 = 220.0;
/// The table shows so many points of the curve.
const ROWS: usize = 24;
/// The curve is drawn through at most so many points.
const MOST_POINTS: usize = 400;

/// The curve of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct CharacteristicPicture {
    /// The quantity.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// The curve.
    pub characteristic: OperatingCharacteristic,
    /// The limits that true values are to keep.
    pub tolerance: ToleranceInterval,
}

impl CharacteristicPicture {
    /// The picture with its tables.
    pub fn picture(&self, words: &Words) -> Picture {
        let say = |code: &str, data: &[(&str, &str)]| words.say(code, data);
        let curve = &self.characteristic;
        let place = place_of([curve.standard_uncertainty].into_iter());
        let text = |value: f64| typography::with_unit(&stated(value, place), &self.unit);
        let title = say("picture-characteristic-title", &[("name", &self.name)]);
        let shared: Vec<String> = curve.shared_risk.iter().map(|value| text(*value)).collect();
        let description = if shared.is_empty() {
            say("picture-characteristic-never", &[])
        } else {
            say("picture-characteristic-says", &[("shared", &shared.join(&say("picture-and", &[])))])
        };
        let caption = say("picture-characteristic-caption", &[]);
        let u = typography::with_unit(&number(curve.standard_uncertainty, 3), &self.unit.of_difference());
        let row = |code: &str, value: Option<f64>| value.map(|value| vec![say(code, &[]), text(value)]);
        let facts = [
            row("picture-lower-limit", self.tolerance.lower),
            row("picture-upper-limit", self.tolerance.upper),
            row("picture-acceptance-from", curve.acceptance.lower),
            row("picture-acceptance-to", curve.acceptance.upper),
            Some(vec![say("picture-u", &[]), u]),
        ];
        let of_shared = shared.iter().map(|value| vec![say("picture-shared-risk", &[]), value.clone()]);
        let limits = Table {
            caption: say("picture-limits", &[]),
            columns: vec![Column::Words(say("picture-what", &[])), Column::Numbers(self.name.clone())],
            rows: facts.into_iter().flatten().chain(of_shared).collect(),
        };
        let every = curve.points.len().div_ceil(ROWS).max(1);
        let points = Table {
            caption: title.clone(),
            columns: vec![
                Column::Numbers(headed(&say("picture-true-value", &[]), &self.unit)),
                Column::Numbers(say("picture-acceptance-probability", &[])),
            ],
            rows: curve
                .points
                .iter()
                .step_by(every)
                .map(|point| vec![stated(point.true_value, place), percent(point.acceptance_probability)])
                .collect(),
        };
        Picture::drawn((title, description, caption), vec![limits, points], |width| self.draw(width, words))
    }

    fn draw(&self, width: Width, words: &Words) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let curve = &self.characteristic;
        let limits = [self.tolerance.lower, self.tolerance.upper, curve.acceptance.lower, curve.acceptance.upper];
        let drawn = curve.points.iter().map(|point| point.true_value).chain(limits.into_iter().flatten());
        let across = widened(span(drawn.chain(curve.shared_risk.iter().copied())), 0.0);
        let (mut frame, _) = Frame::new(total, HEIGHT, (0.0, 100.0), 14.0);
        // Above the curve stand the names of the limits, below the title of the axis that goes up.
        (frame.top, frame.bottom) = (ABOVE + 24.0, ABOVE + 24.0 + HEIGHT);
        let y = crate::axis::Axis::new((0.0, 100.0), (frame.bottom, frame.top), crate::axis::Direction::Up);
        let x = frame.across(across);
        for tick in &y.ticks {
            canvas.line(Ink::Line, Stroke::Hair, (frame.left, tick.at), (frame.right, tick.at));
            canvas.text(Ink::Quiet, Anchor::End, (frame.left - 7.0, tick.at + 4.5), &tick.label);
        }
        canvas.text(Ink::Quiet, Anchor::Start, (0.0, 13.0), &words.say("picture-acceptance-percent", &[]));
        let (lower, upper) = (self.tolerance.lower, self.tolerance.upper);
        let inside = (lower.map_or(frame.left, |l| x.at(l)), upper.map_or(frame.right, |h| x.at(h)));
        if lower.is_some() || upper.is_some() {
            canvas.rect(Ink::Wash, (inside.0, frame.top), (inside.1 - inside.0, HEIGHT));
        }
        for limit in [curve.acceptance.lower, curve.acceptance.upper].into_iter().flatten() {
            canvas.line(Ink::Quiet, Stroke::Dashed, (x.at(limit), frame.top), (x.at(limit), frame.bottom));
        }
        let mut free = 0.0;
        for (limit, code) in [(lower, "picture-lower-limit"), (upper, "picture-upper-limit")] {
            let Some(limit) = limit else { continue };
            let at = x.at(limit);
            canvas.line(Ink::Text, Stroke::Thin, (at, frame.top - 5.0), (at, frame.bottom));
            let name = words.say(code, &[]);
            let half = text_width(&name, SIZE) / 2.0;
            let middle = at.min(total - half).max(free + half);
            free = middle + half + 8.0;
            canvas.text(Ink::Text, Anchor::Middle, (middle, frame.top - 10.0), &name);
        }
        let every = curve.points.len().div_ceil(MOST_POINTS).max(1);
        let points: Vec<(f64, f64)> = curve
            .points
            .iter()
            .step_by(every)
            .map(|point| (x.at(point.true_value), y.at(point.acceptance_probability * 100.0)))
            .collect();
        canvas.curve(Ink::Accent, Stroke::Thick, &points);
        let mut last = f64::NEG_INFINITY;
        for shared in &curve.shared_risk {
            let at = (x.at(*shared), y.at(50.0));
            canvas.mark(Shape::Ring, at);
            let name = words.say("picture-shared-risk", &[]);
            let half = text_width(&name, SIZE) / 2.0;
            // Under the curve, which falls at an upper limit and rises at a lower one.
            let distance = |limit: Option<f64>| limit.map_or(f64::INFINITY, |limit| libm::fabs(shared - limit));
            let is_falling = distance(curve.acceptance.upper) < distance(curve.acceptance.lower);
            let middle = if is_falling { at.0 - half - 12.0 } else { at.0 + half + 12.0 };
            if middle - half > last.max(frame.left) + 6.0 && middle + half < frame.right {
                canvas.text_over(Ink::Quiet, Anchor::Middle, (middle, at.1 + LINE_HEIGHT), &name);
                last = middle + half;
            }
        }
        frame.draw_across(&mut canvas, &x, &x.title(&self.name, &self.unit));
        (canvas, frame.bottom + BELOW)
    }
}
