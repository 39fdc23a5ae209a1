//! The Youden plot: what the laboratories found in two similar items, with the ellipse that most of them lie in.

use heng_comparison::youden::YoudenEllipse;
use heng_quantity::{Unit, typography};
use heng_wording::Words;

use crate::axis::{Axis, Direction, span, widened};
use crate::canvas::{Anchor, Canvas, Ink, LINE_HEIGHT, SIZE, Shape, Stroke, Width, text_width};
use crate::figures::{DIGITS, headed, number, probability};
use crate::frame::{ABOVE, BELOW, Frame};
use crate::picture::{Column, Picture, Table};

/// The ellipse is drawn through so many points.
const STEPS: usize = 96;
/// All points of so few laboratories are named, of more only those outside.
const MOST_NAMED: usize = 12;

/// A laboratory's two results.
#[derive(Clone, Debug, PartialEq)]
pub struct YoudenPoint {
    /// Its name or code.
    pub name: String,
    /// In the first item.
    pub first: f64,
    /// In the second item.
    pub second: f64,
}

/// Two items measured by the same laboratories.
#[derive(Clone, Debug, PartialEq)]
pub struct YoudenPicture {
    /// The names of the items.
    pub items: [String; 2],
    /// The unit of both.
    pub unit: Unit,
    /// The laboratories.
    pub points: Vec<YoudenPoint>,
    /// The ellipse, where the results have one.
    pub ellipse: Option<YoudenEllipse>,
}

impl YoudenPicture {
    /// The picture with its table.
    pub fn picture(&self, words: &Words) -> Picture {
        let say = |code: &str, data: &[(&str, &str)]| words.say(code, data);
        let outside = self.points.iter().filter(|point| self.is_outside(point)).count();
        let (count, outside) = (self.points.len().to_string(), outside.to_string());
        let [first, second] = &self.items;
        let title = say("picture-youden-title", &[("first", first), ("second", second)]);
        let p = self.ellipse.as_ref().map(|ellipse| probability(ellipse.probability));
        let (description, caption) = match &p {
            Some(p) => (
                say("picture-youden-says", &[("count", &count), ("outside", &outside), ("p", p)]),
                say("picture-youden-caption", &[("p", p)]),
            ),
            None => (say("picture-youden-says-alone", &[("count", &count)]), say("picture-youden-caption-alone", &[])),
        };
        let rows = self.points.iter().map(|point| {
            let place = match (&self.ellipse, self.is_outside(point)) {
                (None, _) => "–".to_owned(),
                (_, true) => say("picture-outside", &[]),
                (_, false) => say("picture-inside", &[]),
            };
            vec![point.name.clone(), number(point.first, DIGITS), number(point.second, DIGITS), place]
        });
        let mut tables = vec![Table {
            caption: title.clone(),
            columns: vec![
                Column::Words(say("picture-laboratory", &[])),
                Column::Numbers(headed(first, &self.unit)),
                Column::Numbers(headed(second, &self.unit)),
                Column::Words(say("picture-ellipse", &[])),
            ],
            rows: rows.collect(),
        }];
        if let Some(ellipse) = &self.ellipse {
            let of_difference = self.unit.of_difference();
            let text = |value: f64, unit: &Unit| typography::with_unit(&number(value, DIGITS), unit);
            let [[x, y], [sx, sy]] = [ellipse.centre, ellipse.standard_deviations];
            tables.push(Table {
                caption: say("picture-ellipse", &[]),
                columns: vec![
                    Column::Words(say("picture-what", &[])),
                    Column::Numbers(first.clone()),
                    Column::Numbers(second.clone()),
                ],
                rows: vec![
                    vec![say("picture-mean", &[]), text(x, &self.unit), text(y, &self.unit)],
                    vec![say("picture-standard-deviation", &[]), text(sx, &of_difference), text(sy, &of_difference)],
                    vec![say("picture-correlation", &[]), number(ellipse.correlation, 4), String::new()],
                ],
            });
        }
        Picture::drawn((title, description, caption), tables, |width| self.draw(width))
    }

    fn is_outside(&self, point: &YoudenPoint) -> bool {
        self.ellipse.as_ref().is_some_and(|ellipse| !ellipse.contains([point.first, point.second]))
    }

    fn draw(&self, width: Width) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let rim: Vec<[f64; 2]> = self.ellipse.iter().flat_map(|ellipse| ellipse.rim(STEPS)).collect();
        let across = self.points.iter().map(|point| point.first).chain(rim.iter().map(|[x, _]| *x));
        let up = self.points.iter().map(|point| point.second).chain(rim.iter().map(|[_, y]| *y));
        let (mut across, mut up) = (widened(span(across), 0.06), widened(span(up), 0.06));
        // Both axes have the same scale, so that what is common to both items lies along the diagonal.
        let (dx, dy) = (across.1 - across.0, up.1 - up.0);
        let side = dx.max(dy);
        if side.is_finite() && dx.min(dy) * 3.0 > side {
            across = (across.0 - (side - dx) / 2.0, across.1 + (side - dx) / 2.0);
            up = (up.0 - (side - dy) / 2.0, up.1 + (side - dy) / 2.0);
        }
        let size = width.of(420.0, total - 80.0);
        let (top, bottom) = (ABOVE, ABOVE + size);
        let y = Axis::new(up, (bottom, top), Direction::Up);
        let left = y.label_width() + 12.0;
        let frame = Frame { left, right: (left + size).min(total - 10.0), top, bottom };
        let x = frame.across(across);
        let [first, second] = &self.items;
        frame.draw_up(&mut canvas, &y, &y.title(second, &self.unit));
        let points: Vec<(f64, f64)> = rim.iter().map(|[px, py]| (x.at(*px), y.at(*py))).collect();
        canvas.area(Ink::Wash, &points);
        if let Some(ellipse) = &self.ellipse {
            let [cx, cy] = ellipse.centre;
            canvas.line(Ink::Edge, Stroke::Hair, (x.at(cx), top), (x.at(cx), bottom));
            canvas.line(Ink::Edge, Stroke::Hair, (frame.left, y.at(cy)), (frame.right, y.at(cy)));
            let reach = (cx - across.0).min(cy - up.0).max(0.0);
            let ahead = (across.1 - cx).min(up.1 - cy).max(0.0);
            canvas.line(
                Ink::Edge,
                Stroke::Dashed,
                (x.at(cx - reach), y.at(cy - reach)),
                (x.at(cx + ahead), y.at(cy + ahead)),
            );
        }
        let mut closed = points.clone();
        closed.extend(points.first());
        canvas.curve(Ink::Accent, Stroke::Thin, &closed);
        let mut taken: Vec<[f64; 4]> = Vec::new();
        for point in &self.points {
            let (px, py) = (x.at(point.first), y.at(point.second));
            taken.push([px - 6.0, py - 6.0, px + 6.0, py + 6.0]);
        }
        for point in &self.points {
            let is_outside = self.is_outside(point);
            let at = (x.at(point.first), y.at(point.second));
            canvas.mark(if is_outside { Shape::Attention } else { Shape::Ring }, at);
            if is_outside || self.points.len() <= MOST_NAMED {
                name(&mut canvas, &point.name, at, (frame.left, total), &mut taken);
            }
        }
        frame.draw_across(&mut canvas, &x, &x.title(first, &self.unit));
        (canvas, bottom + BELOW)
    }
}

/// A name beside its mark where there is room; the table has all of them.
fn name(canvas: &mut Canvas, words: &str, (px, py): (f64, f64), (left, right): (f64, f64), taken: &mut Vec<[f64; 4]>) {
    let width = text_width(words, SIZE);
    let places = [
        (px + 9.0, py + 4.5),
        (px - 9.0 - width, py + 4.5),
        (px - width / 2.0, py - 10.0),
        (px - width / 2.0, py + LINE_HEIGHT + 3.0),
    ];
    for (x, y) in places {
        let own = [x, y - 12.0, x + width, y + 4.0];
        let is_free = taken.iter().all(|other| {
            let [l, t, r, b] = *other;
            own[0] >= r || own[2] <= l || own[1] >= b || own[3] <= t
        });
        if x >= left && x + width <= right && is_free {
            canvas.text_over(Ink::Quiet, Anchor::Start, (x, y), words);
            taken.push(own);
            return;
        }
    }
}
