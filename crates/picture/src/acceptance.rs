//! How often a plan accepts a lot, by the share of it that fails, with what is known of that share below.

use heng_sampling::SharePosterior;
use heng_sampling::number::Share;
use heng_sampling::plan::Characteristic;
use heng_wording::Words;

use crate::axis::{span, widened};
use crate::canvas::{Anchor, Canvas, Ink, LINE_HEIGHT, SIZE, Shape, Stroke, Width, kept, text_width};
use crate::figures::{number, percent};
use crate::frame::{BELOW, Frame};
use crate::picture::{Column, Picture, Table};

const HEIGHT: f64 = 220.0;
/// The table shows so many points of the curve.
const ROWS: usize = 24;
/// Shares in the table of points have so many digits.
const DIGITS: i32 = 3;

/// The curve of a plan for a lot.
#[derive(Clone, Debug, PartialEq)]
pub struct AcceptancePicture {
    /// The curve.
    pub characteristic: Characteristic,
    /// The share from which on a lot is bad, and how often such a lot is accepted.
    pub limiting: (f64, f64),
    /// The largest share that is accepted with 95 %.
    pub good: f64,
    /// What is known of the lot's own share.
    pub share: Option<SharePosterior>,
}

/// A share in percent, for the axis.
fn at_percent(share: f64) -> f64 {
    share * 100.0
}

impl AcceptancePicture {
    /// The picture with its table.
    pub fn picture(&self, words: &Words) -> Picture {
        let say = |code: &str, data: &[(&str, &str)]| words.say(code, data);
        let plan = self.characteristic.plan;
        let (sample, accept, lot) =
            (plan.sample.to_string(), plan.accept.to_string(), self.characteristic.lot.to_string());
        let title = say("picture-lot-title", &[("sample", &sample), ("accept", &accept), ("lot", &lot)]);
        let (quality, risk, good) = (percent(self.limiting.0), percent(self.limiting.1), percent(self.good));
        let description = say("picture-lot-says", &[("quality", &quality), ("risk", &risk), ("good", &good)]);
        let caption = say("picture-lot-caption", &[]);
        let every = self.characteristic.points.len().div_ceil(ROWS).max(1);
        let points = self.characteristic.points.iter().step_by(every);
        let table = Table {
            caption: title.clone(),
            columns: vec![
                Column::Numbers(say("picture-lot-failing", &[])),
                Column::Numbers(say("picture-lot-share", &[])),
                Column::Numbers(say("picture-lot-probability", &[])),
            ],
            rows: points
                .map(|point| {
                    let share = number(at_percent(point.share), DIGITS);
                    vec![point.failing.to_string(), share, percent(point.acceptance)]
                })
                .collect(),
        };
        Picture::drawn((title, description, caption), vec![table], |width| self.draw(width, words))
    }

    /// The intervals below the curve.
    fn bars(&self) -> Vec<(&'static str, Share)> {
        let Some(share) = &self.share else { return Vec::new() };
        let estimates = share.estimates.map(|estimates| ("picture-lot-by-estimates", estimates));
        let both = estimates.is_some().then_some(("picture-lot-by-both", share.both));
        [Some(("picture-lot-by-sample", share.sample)), estimates, both].into_iter().flatten().collect()
    }

    fn draw(&self, width: Width, words: &Words) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let bars = self.bars();
        let curve = self.characteristic.points.iter().map(|point| point.share);
        let known = bars.iter().flat_map(|(_, share)| [share.low, share.high]);
        let across = widened(span(curve.chain(known).chain([0.0, self.limiting.0]).map(at_percent)), 0.0);
        let (frame, y) = Frame::new(total, HEIGHT, (0.0, 100.0), 14.0);
        let x = frame.across(across);
        frame.draw_up(&mut canvas, &y, &words.say("picture-lot-percent", &[]));
        let limit = x.at(at_percent(self.limiting.0));
        canvas.line(Ink::Quiet, Stroke::Dashed, (limit, frame.top), (limit, frame.bottom));
        let points: Vec<(f64, f64)> = self
            .characteristic
            .points
            .iter()
            .map(|point| (x.at(at_percent(point.share)), y.at(point.acceptance * 100.0)))
            .collect();
        canvas.curve(Ink::Accent, Stroke::Thick, &points);
        canvas.mark(Shape::Ring, (x.at(at_percent(self.good)), y.at(95.0)));
        canvas.mark(Shape::Ring, (limit, y.at(self.limiting.1 * 100.0)));
        // The name of the line stands at its top, on the side where there is room.
        let name = words.say("picture-lot-limiting", &[]);
        let half = text_width(&name, SIZE) / 2.0;
        let beside = if limit + 2.0 * half + 8.0 < frame.right { limit + half + 8.0 } else { limit - half - 8.0 };
        canvas.text_over(Ink::Quiet, Anchor::Middle, (beside, frame.top + 14.0), &name);
        frame.draw_across(&mut canvas, &x, &words.say("picture-lot-share", &[]));
        let mut top = frame.bottom + BELOW + 18.0;
        for (code, share) in &bars {
            let (from, to) = (x.at(at_percent(share.low)), x.at(at_percent(share.high)));
            let name = words.say(code, &[]);
            let half = text_width(&name, SIZE) / 2.0;
            let middle = kept(f64::midpoint(from, to), half, total - half);
            canvas.text(Ink::Quiet, Anchor::Middle, (middle, top), &name);
            let ink = if *code == "picture-lot-by-both" { Ink::Accent } else { Ink::Text };
            canvas.bar_across(ink, (from, to), top + 10.0);
            canvas.mark(Shape::Ring, (x.at(at_percent(share.mean)), top + 10.0));
            top += LINE_HEIGHT + 17.0;
        }
        (canvas, if bars.is_empty() { frame.bottom + BELOW } else { top - 12.0 })
    }
}
