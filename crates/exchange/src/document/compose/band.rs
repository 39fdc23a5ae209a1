//! The picture of one item's results between their limits.

use std::collections::BTreeSet;

use heng_quantity::{Decimal, Reported, Uncertainty};
use heng_rule::{ItemResult, Outcome, PointResult};
use heng_wording::Words;

use super::results::{common, ends, gathered, heading, is_error, place};
use super::{Author, outcome_of, text, text_of};
use crate::document::figures;
use crate::document::picture::{Mark, Plot};
use crate::document::sheet::{Line, Picture, Shape, Span};

/// Fewer marks than this need no picture, the table says it all.
const FEWEST_MARKS: usize = 2;
/// More marks than this are a list, not a picture.
const MOST_MARKS: usize = 120;
/// The width of a picture on paper and in a wide window, in pixels.
const WIDE: u32 = 690;
/// The width of a picture on a phone, in pixels.
const NARROW: u32 = 358;

impl Author<'_> {
    pub(super) fn picture(&self, item: &ItemResult) -> Option<Picture> {
        picture(item, self.words)
    }
}

/// The error band: only where every point has limits in the unit of its result, so that one axis serves all.
pub(in crate::document) fn picture(item: &ItemResult, words: &Words) -> Option<Picture> {
    Painter { words }.picture(item)
}

struct Painter<'a> {
    words: &'a Words,
}

impl Painter<'_> {
    fn say(&self, code: &str) -> String {
        self.words.say(code, &[])
    }

    fn text<'text>(&self, text: &'text heng_rule::Words) -> &'text str {
        text_of(text, self.words)
    }

    fn picture(&self, item: &ItemResult) -> Option<Picture> {
        let first = item.points.first()?;
        let unit = &first.result.quantity.unit;
        let comparable = |point: &PointResult| {
            let limits = point.limit.iter().flat_map(ends);
            point.limit.is_some()
                && limits.map(|end| &end.unit).chain([&point.result.quantity.unit]).all(|other| other == unit)
        };
        if !(FEWEST_MARKS..=MOST_MARKS).contains(&item.points.len()) || !item.points.iter().all(comparable) {
            return None;
        }
        let axis = gathered(&item.points, |point| &point.conditions).into_iter().find(|(_, cells)| {
            let values: BTreeSet<String> = cells.iter().flatten().map(|reported| reported.value.to_string()).collect();
            values.len() > 1
        });
        let x_unit = axis.as_ref().and_then(|(_, cells)| common(cells.iter().flatten().map(|reported| &reported.unit)));
        let labels: Vec<String> = match &axis {
            Some((_, cells)) => cells
                .iter()
                .map(|cell| cell.map(|reported| place(reported, x_unit.is_none())).unwrap_or_default())
                .collect(),
            None => (1..=item.points.len()).map(|index| index.to_string()).collect(),
        };
        let marks = item.points.iter().zip(labels).map(|(point, label)| self.mark(item, point, label)).collect();
        let x_axis = match &axis {
            Some((named, _)) => plain(&text(self.text(&named.label)), x_unit.map(figures::unit)),
            None => self.say("column-point"),
        };
        let y_axis = plain(&text(self.text(&first.result.label)), Some(figures::unit(unit)));
        let plot = Plot { x_axis, y_axis, marks };
        let title = self.text(&item.title);
        let name = self.words.say("picture-name", &[("item", title), ("points", &item.points.len().to_string())]);
        Some(Picture {
            wide: plot.drawing(WIDE, &name),
            narrow: plot.drawing(NARROW, &name),
            name,
            caption: self.caption(item),
        })
    }

    fn mark(&self, item: &ItemResult, point: &PointResult, label: String) -> Mark {
        let is_error = is_error(&item.points);
        let show = |value: &Decimal| if is_error { figures::signed(value) } else { figures::number(value) };
        let (below, above) = spread(&point.result.quantity);
        let limit = |end: Option<&Reported>| end.map(|end| (end.value.to_f64(), show(&end.value)));
        Mark {
            label,
            value: point.result.quantity.value.to_f64(),
            below,
            above,
            lower: limit(point.limit.as_ref().and_then(|limit| limit.lower.as_ref())),
            upper: limit(point.limit.as_ref().and_then(|limit| limit.upper.as_ref())),
            shape: point.outcome.map_or(Shape::Passed, |outcome| outcome_of(outcome, self.words).0),
        }
    }

    /// Every mark that occurs in the picture, and no other.
    fn caption(&self, item: &ItemResult) -> Line {
        let has_outcome = |outcome| item.points.iter().any(|point| point.outcome == Some(outcome));
        let has_uncertainty = item.points.iter().any(|point| point.result.quantity.uncertainty.is_some());
        let sentences = [
            Some("picture-band"),
            has_uncertainty.then_some("picture-uncertainty"),
            has_outcome(Outcome::Conforms).then_some("picture-conforms"),
            has_outcome(Outcome::DoesNotConform).then_some("picture-does-not-conform"),
            has_outcome(Outcome::NotDecidable).then_some("picture-not-decidable"),
        ];
        let sentences: Vec<String> = sentences.into_iter().flatten().map(|code| self.say(code)).collect();
        text(&sentences.join(&self.say("sentence-separator")))
    }
}

fn spread(reported: &Reported) -> (f64, f64) {
    let value = reported.value.to_f64();
    match &reported.uncertainty {
        None => (value, value),
        Some(Uncertainty::Standard { value: u, .. }) => (value - u.to_f64(), value + u.to_f64()),
        Some(Uncertainty::Expanded { value: expanded, .. }) => (value - expanded.to_f64(), value + expanded.to_f64()),
        Some(Uncertainty::Interval { lower, upper, .. }) => (lower.to_f64(), upper.to_f64()),
    }
}

/// An axis' words: `误差 / g`.
pub(super) fn plain(label: &Line, unit: Option<String>) -> String {
    let words: String = label.iter().map(Span::text).collect();
    let unit: String = heading(Line::new(), unit).iter().map(Span::text).collect();
    if unit.is_empty() { words } else { format!("{words} {unit}") }
}
