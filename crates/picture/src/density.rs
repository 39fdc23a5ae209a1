//! What is known of a quantity as a curve, between its tolerance limits, with the part beyond them hatched.

use heng_quantity::{Unit, typography};
use heng_uncertainty::ToleranceInterval;
use heng_uncertainty::conformity::AcceptanceInterval;
use heng_uncertainty::conformity::measured::Measured;
use heng_wording::Words;

use crate::axis::{Axis, span, widened};
use crate::canvas::{Anchor, Canvas, Ink, LINE_HEIGHT, SIZE, Stroke, Width, kept, place, text_width};
use crate::figures::{headed, number, percent, place_of, stated};
use crate::frame::{BELOW, Frame};
use crate::picture::{Column, Picture, Table};

const HEIGHT: f64 = 190.0;
const STEPS: usize = 160;
/// Room above the curve for the limits' words.
const WORDS: f64 = 50.0;
/// The curve is drawn to so many standard uncertainties.
const REACH: f64 = 4.0;
/// From one line of the hatching to the next, in pixels.
const HATCH: f64 = 4.0;

/// A quantity as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct DensityPicture {
    /// The quantity.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Its distribution.
    pub measured: Measured,
    /// The limits.
    pub tolerance: ToleranceInterval,
    /// Where a measured value is accepted, if a rule says so.
    pub acceptance: Option<AcceptanceInterval>,
}

impl DensityPicture {
    /// The picture with its table. A limit that is no finite number is none.
    pub fn picture(&self, words: &Words) -> Picture {
        let finite = |limit: Option<f64>| limit.filter(|limit| limit.is_finite());
        let ToleranceInterval { lower, upper } = self.tolerance;
        let tolerance = ToleranceInterval { lower: finite(lower), upper: finite(upper) };
        Self { tolerance, ..self.clone() }.drawn(words)
    }

    fn drawn(&self, words: &Words) -> Picture {
        let say = |code: &str, data: &[(&str, &str)]| words.say(code, data);
        let (value, u) = (self.measured.value(), self.measured.standard_uncertainty());
        let digits = place_of([u].into_iter());
        let text = |value: f64| typography::with_unit(&stated(value, digits), &self.unit);
        let tail = |tolerance: ToleranceInterval| self.measured.nonconformance_probability(&tolerance);
        let below = self.tolerance.lower.map(|lower| tail(ToleranceInterval { lower: Some(lower), upper: None }));
        let above = self.tolerance.upper.map(|upper| tail(ToleranceInterval { lower: None, upper: Some(upper) }));
        let beyond = below.unwrap_or(0.0) + above.unwrap_or(0.0);
        let title = say("picture-density-title", &[("name", &self.name)]);
        let description = say("picture-density-says", &[("value", &text(value)), ("beyond", &percent(beyond))]);
        let caption = match self.acceptance {
            Some(_) => say("picture-density-caption-guarded", &[]),
            None => say("picture-density-caption", &[]),
        };
        let accepted = self.acceptance.map_or((None, None), |accepted| (accepted.lower, accepted.upper));
        let row = |code: &str, value: Option<f64>, part: Option<f64>| {
            value.map(|value| vec![say(code, &[]), stated(value, digits), part.map(percent).unwrap_or_default()])
        };
        let rows = [
            row("picture-value", Some(value), None),
            Some(vec![say("picture-u", &[]), number(u, 3), String::new()]),
            row("picture-lower-limit", self.tolerance.lower, below),
            row("picture-upper-limit", self.tolerance.upper, above),
            row("picture-acceptance-from", accepted.0, None),
            row("picture-acceptance-to", accepted.1, None),
        ];
        let table = Table {
            caption: title.clone(),
            columns: vec![
                Column::Words(say("picture-what", &[])),
                Column::Numbers(headed(&self.name, &self.unit)),
                Column::Numbers(say("picture-beyond", &[])),
            ],
            rows: rows.into_iter().flatten().collect(),
        };
        Picture::drawn((title, description, caption), vec![table], |width| {
            self.draw(width, words, below.unwrap_or(0.0), above.unwrap_or(0.0))
        })
    }

    fn draw(&self, width: Width, words: &Words, below: f64, above: f64) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let (value, u) = (self.measured.value(), self.measured.standard_uncertainty());
        let accepted = self.acceptance.map_or((None, None), |accepted| (accepted.lower, accepted.upper));
        let limits = [self.tolerance.lower, self.tolerance.upper, accepted.0, accepted.1];
        let reach = [value - REACH * u, value + REACH * u];
        let across = widened(span(limits.into_iter().flatten().chain(reach).chain([value])), 0.06);
        let frame = Frame { left: 8.0, right: total - 8.0, top: WORDS, bottom: WORDS + HEIGHT };
        let x = frame.across(across);
        let y = |density: f64| frame.bottom - density * (HEIGHT - 6.0);
        let at = |step: usize| across.0 + (across.1 - across.0) * (step as f64 / STEPS as f64);
        let step = (across.1 - across.0) / STEPS as f64;
        let highest =
            (0..=STEPS).map(|number| self.density(at(number), step)).fold(self.density(value, step), f64::max);
        let relative = |at: f64| self.density(at, step) / highest;
        let (lower, upper) = (self.tolerance.lower, self.tolerance.upper);
        let inside = (lower.map_or(frame.left, |l| x.at(l)), upper.map_or(frame.right, |h| x.at(h)));
        canvas.rect(Ink::Wash, (inside.0, frame.top), (inside.1 - inside.0, HEIGHT));
        if u > 0.0 {
            let points: Vec<(f64, f64)> = (0..=STEPS).map(|step| (x.at(at(step)), y(relative(at(step))))).collect();
            let (from, to) = (lower.unwrap_or(across.0), upper.unwrap_or(across.1));
            let within = |step: &usize| at(*step) > from && at(*step) < to;
            let middle = (0..=STEPS).filter(within).map(|step| (x.at(at(step)), y(relative(at(step)))));
            let rim = |limit: f64| (x.at(limit), y(relative(limit)));
            let feet = [(x.at(to), frame.bottom), (x.at(from), frame.bottom)];
            let area: Vec<(f64, f64)> = std::iter::once(rim(from)).chain(middle).chain([rim(to)]).chain(feet).collect();
            canvas.area(Ink::Tint2, &area);
            self.hatch(&mut canvas, &frame, inside, across, &|at| y(relative(at)));
            canvas.curve(Ink::Accent, Stroke::Thick, &points);
        } else {
            canvas.line(Ink::Accent, Stroke::Thick, (x.at(value), frame.top), (x.at(value), frame.bottom));
        }
        for limit in [accepted.0, accepted.1].into_iter().flatten() {
            canvas.line(Ink::Quiet, Stroke::Dashed, (x.at(limit), frame.top), (x.at(limit), frame.bottom));
        }
        for limit in [lower, upper].into_iter().flatten() {
            canvas.line(Ink::Text, Stroke::Thin, (x.at(limit), frame.top - 6.0), (x.at(limit), frame.bottom));
        }
        self.limit_words(&mut canvas, &x, total, (below, above), words);
        frame.draw_across(&mut canvas, &x, &x.title(&self.name, &self.unit));
        (canvas, frame.bottom + BELOW)
    }

    /// The density but for a factor. A distribution that is known by its trials has one only over a step.
    fn density(&self, at: f64, step: f64) -> f64 {
        match &self.measured {
            Measured::Normal { value, standard_uncertainty } => {
                let z = (at - value) / standard_uncertainty;
                libm::exp(-z * z / 2.0)
            }
            Measured::Student { value, standard_uncertainty, degrees_of_freedom } => {
                let t = (at - value) / standard_uncertainty;
                libm::exp(-(degrees_of_freedom + 1.0) / 2.0 * libm::log1p(t * t / degrees_of_freedom))
            }
            Measured::Sampled(_) => {
                let below = |limit| {
                    let beyond = ToleranceInterval { lower: Some(limit), upper: None };
                    self.measured.nonconformance_probability(&beyond)
                };
                (below(at + step) - below(at - step)).max(0.0)
            }
        }
    }

    /// Upright lines under the curve, beyond the limits.
    fn hatch(
        &self,
        canvas: &mut Canvas,
        frame: &Frame,
        inside: (f64, f64),
        across: (f64, f64),
        height: &impl Fn(f64) -> f64,
    ) {
        let mut path = String::new();
        let count = ((frame.right - frame.left) / HATCH) as usize;
        for step in 0..count {
            let px = frame.left + HATCH * (step as f64 + 0.5);
            let at = across.0 + (across.1 - across.0) * (px - frame.left) / (frame.right - frame.left);
            let top = height(at);
            let is_beyond =
                (self.tolerance.lower.is_some() && px < inside.0) || (self.tolerance.upper.is_some() && px > inside.1);
            if is_beyond && frame.bottom - top > 0.8 {
                path.push_str(&format!("M{} {}V{}", place(px), place(top), place(frame.bottom)));
            }
        }
        if !path.is_empty() {
            canvas.path(Ink::Quiet, Stroke::Thin, &path);
        }
    }

    /// The name of each limit above it and the probability beyond it; both limits' words are kept apart.
    fn limit_words(&self, canvas: &mut Canvas, x: &Axis, total: f64, (below, above): (f64, f64), words: &Words) {
        let of = |limit: Option<f64>, code: &str, part: f64| {
            limit.map(|limit| {
                let name = words.say(code, &[]);
                let part = words.say("picture-part-beyond", &[("part", &percent(part))]);
                let half = text_width(&name, SIZE).max(text_width(&part, SIZE)) / 2.0;
                (kept(x.at(limit), half, total - half), half, name, part)
            })
        };
        let mut lower = of(self.tolerance.lower, "picture-lower-limit", below);
        let mut upper = of(self.tolerance.upper, "picture-upper-limit", above);
        if let (Some(lower), Some(upper)) = (&mut lower, &mut upper) {
            let missing = lower.1 + upper.1 + 10.0 - (upper.0 - lower.0);
            if missing > 0.0 {
                let middle = (lower.0 + upper.0) / 2.0;
                let middle = kept(middle, 2.0 * lower.1 + 5.0, total - 2.0 * upper.1 - 5.0);
                (lower.0, upper.0) = (middle - lower.1 - 5.0, middle + upper.1 + 5.0);
            }
        }
        for (at, _, name, part) in [lower, upper].into_iter().flatten() {
            canvas.text(Ink::Text, Anchor::Middle, (at, 14.0), &name);
            canvas.text(Ink::Quiet, Anchor::Middle, (at, 14.0 + LINE_HEIGHT), &part);
        }
    }
}
