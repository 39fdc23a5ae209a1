//! The distribution that a Monte Carlo method found, with the normal one of linear propagation over it and the coverage intervals below.

use heng_quantity::{Unit, typography};
use heng_wording::Words;

use crate::axis::{span, widened};
use crate::canvas::{Anchor, Canvas, Ink, LINE_HEIGHT, SIZE, Stroke, Width, kept, text_width};
use crate::figures::{DIGITS, headed, number, place_of, probability, stated};
use crate::frame::{BELOW, Frame};
use crate::picture::{Column, Picture, Table};

/// Narrower bars than these would show the scatter of the trials instead of their distribution.
const MOST_BARS: usize = 48;
/// The part of the trials beyond each end of the picture.
const TAIL: f64 = 2e-4;
/// The height of the room for the bars.
const HEIGHT: f64 = 210.0;
/// The normal curve is drawn through so many points.
const STEPS: usize = 120;

/// How often values fell where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bins {
    /// Ends of the bins, ascending, one more than there are bins.
    pub edges: Vec<f64>,
    /// How many values each bin holds.
    pub counts: Vec<u64>,
    /// How many values lie beyond all bins.
    pub beyond: u64,
}

impl Bins {
    /// Of bins that follow each other, each with its ends and how many values it holds, and how many values lie beyond them.
    pub fn of(bins: impl IntoIterator<Item = (f64, f64, u64)>, beyond: u64) -> Self {
        let mut all = Self { beyond, ..Self::default() };
        for (low, high, count) in bins {
            if all.edges.is_empty() {
                all.edges.push(low);
            }
            all.edges.push(high);
            all.counts.push(count);
        }
        all
    }
}

/// Which interval a bar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntervalKind {
    /// y ± U by linear propagation.
    Linear,
    /// Probabilistically symmetric.
    Symmetric,
    /// The shortest.
    Shortest,
}

/// A coverage interval below the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoverageBar {
    /// Which.
    pub kind: IntervalKind,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// One result by both methods.
#[derive(Clone, Debug, PartialEq)]
pub struct HistogramPicture {
    /// The result.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// The trials; empty where they were not kept.
    pub bins: Bins,
    /// The mean of the trials; none where the distribution has none.
    pub mean: Option<f64>,
    /// Their standard deviation; none where the distribution has none.
    pub standard_uncertainty: Option<f64>,
    /// y and u(y) by linear propagation.
    pub linear: (f64, f64),
    /// p of the intervals.
    pub coverage_probability: f64,
    /// The intervals, in the order in which they are shown.
    pub intervals: Vec<CoverageBar>,
}

/// A bar: from, to, how many, and its density.
struct Bar {
    low: f64,
    high: f64,
    count: u64,
    density: f64,
}

impl HistogramPicture {
    /// The picture with its tables.
    pub fn picture(&self, words: &Words) -> Picture {
        let bars = self.bars();
        let drawn: u64 = bars.iter().map(|bar| bar.count).sum();
        let outside = self.count().saturating_sub(drawn);
        let u = self.unit.of_difference();
        let say = |code: &str, data: &[(&str, &str)]| words.say(code, data);
        let place = place_of(self.standard_uncertainty.into_iter().chain([self.linear.1]));
        let text = |value: f64| typography::with_unit(&stated(value, place), &self.unit);
        let of_difference = |value: f64| typography::with_unit(&stated(value, place), &u);
        let title = say("picture-histogram-title", &[("result", &self.name)]);
        let (linear, linear_u) = (text(self.linear.0), of_difference(self.linear.1));
        let of_linear = [("linear", linear.as_str()), ("linear-u", &linear_u)];
        let description = match self.mean.zip(self.standard_uncertainty) {
            Some((mean, u)) => {
                let (mean, u) = (text(mean), of_difference(u));
                say("picture-histogram-says", &[&[("mean", mean.as_str()), ("u", &u)][..], &of_linear].concat())
            }
            None => say("picture-histogram-says-without-u", &of_linear),
        };
        let absent = || "–".to_owned();
        let p = probability(self.coverage_probability);
        let mut caption = say("picture-histogram-caption", &[("p", &p)]);
        if bars.is_empty() {
            caption = say("picture-histogram-not-kept", &[("p", &p)]);
        } else if outside > 0 {
            let count = typography::decimal(&heng_quantity::Decimal::new(outside.into(), 0));
            caption.push_str(&say("picture-histogram-outside", &[("count", &count)]));
        }
        let mut rows = vec![
            vec![
                say("picture-histogram-mean", &[]),
                self.mean.map_or_else(absent, |mean| stated(mean, place)),
                self.standard_uncertainty.map_or_else(absent, |u| number(u, DIGITS)),
            ],
            vec![say("picture-histogram-linear", &[]), stated(self.linear.0, place), number(self.linear.1, DIGITS)],
        ];
        let results = Table {
            caption: title.clone(),
            columns: vec![
                Column::Words(say("picture-method", &[])),
                Column::Numbers(headed(&self.name, &self.unit)),
                Column::Numbers(headed("u", &u)),
            ],
            rows: std::mem::take(&mut rows),
        };
        let intervals = Table {
            caption: say("picture-intervals", &[("p", &p)]),
            columns: vec![
                Column::Words(say("picture-interval", &[])),
                Column::Numbers(headed(&say("picture-from", &[]), &self.unit)),
                Column::Numbers(headed(&say("picture-to", &[]), &self.unit)),
            ],
            rows: self
                .intervals
                .iter()
                .map(|bar| vec![self.kind_word(bar.kind, words), stated(bar.low, place), stated(bar.high, place)])
                .collect(),
        };
        let mut tables = vec![results, intervals];
        if !bars.is_empty() {
            tables.push(Table {
                caption: say("picture-histogram-bins", &[]),
                columns: vec![
                    Column::Numbers(headed(&say("picture-from", &[]), &self.unit)),
                    Column::Numbers(headed(&say("picture-to", &[]), &self.unit)),
                    Column::Numbers(say("picture-count", &[])),
                ],
                rows: bars
                    .iter()
                    .map(|bar| {
                        let count = typography::decimal(&heng_quantity::Decimal::new(bar.count.into(), 0));
                        vec![number(bar.low, DIGITS), number(bar.high, DIGITS), count]
                    })
                    .collect(),
            });
        }
        Picture::drawn((title, description, caption), tables, |width| self.draw(&bars, width, words))
    }

    fn kind_word(&self, kind: IntervalKind, words: &Words) -> String {
        let code = match kind {
            IntervalKind::Linear => "picture-interval-linear",
            IntervalKind::Symmetric => "picture-interval-symmetric",
            IntervalKind::Shortest => "picture-interval-shortest",
        };
        words.say(code, &[])
    }

    fn count(&self) -> u64 {
        self.bins.counts.iter().sum::<u64>().saturating_add(self.bins.beyond)
    }

    /// Bins joined to bars, without the far tails; none where there is no use in bars.
    fn bars(&self) -> Vec<Bar> {
        let total = self.count();
        let ends = self.bins.edges.iter().zip(self.bins.edges.iter().skip(1));
        let bins: Vec<(f64, f64, u64)> = ends
            .zip(&self.bins.counts)
            .map(|((low, high), count)| (*low, *high, *count))
            .filter(|(low, high, _)| low.is_finite() && high.is_finite() && high > low)
            .collect();
        let inside: u64 = bins.iter().map(|(_, _, count)| count).sum();
        let cut = (inside as f64 * TAIL) as u64;
        let covers = |low: f64, high: f64| self.intervals.iter().any(|bar| low <= bar.high && high >= bar.low);
        let mut seen = 0_u64;
        let kept: Vec<(f64, f64, u64)> = bins
            .into_iter()
            .filter(|(low, high, count)| {
                let before = seen;
                seen += count;
                (seen > cut && inside - before > cut) || covers(*low, *high)
            })
            .collect();
        let Some((first, last)) = kept.first().zip(kept.last()) else { return Vec::new() };
        let least = (last.1 - first.0) / MOST_BARS as f64 * (1.0 - 1e-9);
        let mut bars: Vec<Bar> = Vec::new();
        for (low, high, count) in &kept {
            match bars.last_mut().filter(|bar| bar.high - bar.low < least) {
                Some(bar) => {
                    bar.high = *high;
                    bar.count += count;
                }
                None => bars.push(Bar { low: *low, high: *high, count: *count, density: 0.0 }),
            }
        }
        for bar in &mut bars {
            bar.density = bar.count as f64 / total.max(1) as f64 / (bar.high - bar.low);
        }
        bars
    }

    fn draw(&self, bars: &[Bar], width: Width, words: &Words) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let (value, u) = self.linear;
        let normal_reach = [value - 3.3 * u, value + 3.3 * u];
        let ends = bars.iter().flat_map(|bar| [bar.low, bar.high]);
        let intervals = self.intervals.iter().flat_map(|bar| [bar.low, bar.high]);
        let across = widened(span(ends.chain(intervals).chain(normal_reach).chain(self.mean)), 0.02);
        let peak = if u > 0.0 { 1.0 / (u * libm::sqrt(2.0 * std::f64::consts::PI)) } else { 0.0 };
        let highest = bars.iter().map(|bar| bar.density).chain([peak]).filter(|d| d.is_finite()).fold(0.0, f64::max);
        let up = (0.0, if highest > 0.0 { highest * 1.06 } else { 1.0 });
        let (frame, y) = Frame::new(total, HEIGHT, up, 14.0);
        let x = frame.across(across);
        let density_unit = Unit::one().quotient(&self.unit.of_difference()).unwrap_or_else(|_| Unit::one());
        frame.draw_up(&mut canvas, &y, &y.title(&words.say("picture-density", &[]), &density_unit));
        for bar in bars {
            let (left, right, top) = (x.at(bar.low), x.at(bar.high), y.at(bar.density));
            // A hairline of paper between the bars, where they are wide enough for one.
            let gap = if right - left > 4.0 { 1.0 } else { 0.0 };
            canvas.rect(Ink::Tint3, (left, top), (right - left - gap, frame.bottom - top));
        }
        if peak > 0.0 && peak.is_finite() {
            let points: Vec<(f64, f64)> = (0..=STEPS)
                .map(|step| {
                    let at = across.0 + (across.1 - across.0) * (step as f64 / STEPS as f64);
                    let z = (at - value) / u;
                    (x.at(at), y.at(peak * libm::exp(-z * z / 2.0)))
                })
                .collect();
            canvas.curve(Ink::Accent, Stroke::Thick, &points);
        } else {
            canvas.line(Ink::Accent, Stroke::Thick, (x.at(value), frame.top), (x.at(value), frame.bottom));
        }
        frame.draw_across(&mut canvas, &x, &x.title(&self.name, &self.unit));
        let mut top = frame.bottom + BELOW + 18.0;
        for bar in &self.intervals {
            let (from, to) = (x.at(bar.low), x.at(bar.high));
            let name = self.kind_word(bar.kind, words);
            let half = text_width(&name, SIZE) / 2.0;
            let middle = kept((from + to) / 2.0, half, total - half);
            canvas.text(Ink::Quiet, Anchor::Middle, (middle, top), &name);
            let ink = if bar.kind == IntervalKind::Linear { Ink::Accent } else { Ink::Text };
            canvas.bar_across(ink, (from, to), top + 10.0);
            top += LINE_HEIGHT + 17.0;
        }
        (canvas, top - 12.0)
    }
}
