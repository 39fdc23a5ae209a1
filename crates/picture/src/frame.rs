//! The room in which a picture has its axes.

use crate::axis::{Axis, Direction};
use crate::canvas::{Anchor, Canvas, Ink, SIZE, Stroke, text_width};

/// Edges of the room, in pixels.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

/// Below the room: a line of labels and the title.
pub(crate) const BELOW: f64 = 46.0;
/// Above the room: the title of the axis that goes up.
pub(crate) const ABOVE: f64 = 28.0;

impl Frame {
    /// The room of the given height in a sheet, wide enough on the left for the labels of the axis that goes up.
    pub(crate) fn new(width: f64, height: f64, up: (f64, f64), beside: f64) -> (Self, Axis) {
        let (top, bottom) = (ABOVE, ABOVE + height);
        let y = Axis::new(up, (bottom, top), Direction::Up);
        let frame = Self { left: y.label_width() + 12.0, right: width - beside, top, bottom };
        (frame, y)
    }

    /// The axis across.
    pub(crate) fn across(&self, span: (f64, f64)) -> Axis {
        Axis::new(span, (self.left, self.right), Direction::Across)
    }

    /// Hairlines and labels of the axis that goes up, and its title above.
    pub(crate) fn draw_up(&self, canvas: &mut Canvas, y: &Axis, title: &str) {
        for tick in &y.ticks {
            canvas.line(Ink::Line, Stroke::Hair, (self.left, tick.at), (self.right, tick.at));
            canvas.text(Ink::Quiet, Anchor::End, (self.left - 7.0, tick.at + 4.5), &tick.label);
        }
        canvas.text(Ink::Quiet, Anchor::Start, (0.0, self.top - 14.0), title);
    }

    /// The axis across at the bottom, with labels, and its title below.
    pub(crate) fn draw_across(&self, canvas: &mut Canvas, x: &Axis, title: &str) {
        canvas.line(Ink::Edge, Stroke::Hair, (self.left, self.bottom), (self.right, self.bottom));
        for tick in &x.ticks {
            canvas.line(Ink::Edge, Stroke::Hair, (tick.at, self.bottom), (tick.at, self.bottom + 4.0));
            let half = text_width(&tick.label, SIZE) / 2.0;
            // A label at the very edge of the sheet is moved into it.
            let at = tick.at.min(self.right + 10.0 - half).max(half);
            canvas.text(Ink::Quiet, Anchor::Middle, (at, self.bottom + 18.0), &tick.label);
        }
        let middle = (self.left + self.right) / 2.0;
        let half = text_width(title, SIZE) / 2.0;
        canvas.text(Ink::Quiet, Anchor::Middle, (middle.max(half), self.bottom + 38.0), title);
    }
}
