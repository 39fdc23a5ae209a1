//! The error band: where each result lies between its limits, drawn to scale.

use std::fmt::Write as _;

use super::sheet::Shape;

/// One result between its limits.
pub struct Mark {
    /// What stands below it.
    pub label: String,
    /// The result.
    pub value: f64,
    /// The lower end of its uncertainty.
    pub below: f64,
    /// The upper end of its uncertainty.
    pub above: f64,
    /// The lower limit and its digits.
    pub lower: Option<(f64, String)>,
    /// The upper limit and its digits.
    pub upper: Option<(f64, String)>,
    /// Its verdict.
    pub shape: Shape,
}

/// A row of results over one axis.
pub struct Plot {
    /// What the labels below are.
    pub x_axis: String,
    /// What is drawn upwards.
    pub y_axis: String,
    /// The results, in order.
    pub marks: Vec<Mark>,
}

const HEIGHT: f64 = 200.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 154.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 12.0;
/// Labels nearer to each other than this would touch.
const LINE_HEIGHT: f64 = 15.0;

impl Plot {
    /// The picture as SVG. Colours are those of paper; a page overrides them by class.
    pub fn drawing(&self, width: u32, name: &str) -> String {
        let width = f64::from(width);
        let (low, high) = self.range();
        let y = |value: f64| BOTTOM - (value.clamp(low, high) - low) / (high - low) * (BOTTOM - TOP);
        let step = (width - LEFT - RIGHT) / self.marks.len().max(1) as f64;
        let edge = |index: usize| LEFT + step * index as f64;
        let mut svg = String::new();
        let _ = write!(
            svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="band" role="img" aria-label="{}" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" font-family="sans-serif" font-size="13">"#,
            super::html::escaped(name)
        );
        let text = |class: &str, anchor: &str, x: f64, y: f64, words: &str| {
            let fill = if class == "ink" { "#16201f" } else { "#475452" };
            format!(
                r#"<text class="{class}" fill="{fill}" text-anchor="{anchor}" x="{x:.1}" y="{y:.1}">{}</text>"#,
                super::html::escaped(words)
            )
        };
        svg.push_str(&text("ink2", "start", 0.0, 12.0, &self.y_axis));

        for (index, mark) in self.marks.iter().enumerate() {
            let top = mark.upper.as_ref().map_or(TOP, |(limit, _)| y(*limit));
            let bottom = mark.lower.as_ref().map_or(BOTTOM, |(limit, _)| y(*limit));
            let _ = write!(
                svg,
                r##"<rect class="wash" fill="#f4f6f6" x="{:.1}" y="{top:.1}" width="{step:.1}" height="{:.1}"/>"##,
                edge(index),
                (bottom - top).max(0.0)
            );
        }
        if low <= 0.0 && high > 0.0 {
            let _ = write!(
                svg,
                r##"<path class="edge" stroke="#7b8684" fill="none" d="M{LEFT} {:.1}H{:.1}"/>"##,
                y(0.0),
                width - RIGHT
            );
        }
        for limits in [self.steps(|mark| mark.lower.as_ref()), self.steps(|mark| mark.upper.as_ref())] {
            let mut path = String::new();
            for (index, limit) in limits.iter().enumerate() {
                let Some(limit) = limit else { continue };
                let joined = index.checked_sub(1).and_then(|before| limits.get(before)).is_some_and(Option::is_some);
                let _ = match joined {
                    true => write!(path, "V{:.1}H{:.1}", y(*limit), edge(index + 1)),
                    false => write!(path, "M{:.1} {:.1}H{:.1}", edge(index), y(*limit), edge(index + 1)),
                };
            }
            let _ =
                write!(svg, r##"<path class="limit" stroke="#16201f" stroke-width="1.2" fill="none" d="{path}"/>"##);
        }
        for (at, digits) in self.ticks(&y) {
            svg.push_str(&text("ink2", "end", LEFT - 8.0, at + 4.5, &digits));
        }

        let mut free_from = f64::NEG_INFINITY;
        for (index, mark) in self.marks.iter().enumerate() {
            let x = edge(index) + step / 2.0;
            mark.draw(&mut svg, x, &y);
            let half = label_width(&mark.label) / 2.0;
            if x - half > free_from {
                svg.push_str(&text("ink2", "middle", x, BOTTOM + 20.0, &mark.label));
                free_from = x + half + 6.0;
            }
        }
        svg.push_str(&text("ink2", "middle", LEFT + (width - LEFT - RIGHT) / 2.0, BOTTOM + 42.0, &self.x_axis));
        svg.push_str("</svg>");
        svg
    }

    fn steps(&self, limit: impl Fn(&Mark) -> Option<&(f64, String)>) -> Vec<Option<f64>> {
        self.marks.iter().map(|mark| limit(mark).map(|(value, _)| *value)).collect()
    }

    /// From the lowest to the highest thing drawn, with a margin; never empty.
    fn range(&self) -> (f64, f64) {
        let limit = |end: &Option<(f64, String)>| end.as_ref().map(|(value, _)| *value);
        let drawn = self.marks.iter().flat_map(|mark| {
            // What has a limit on one side only is measured from zero.
            let zero = (mark.lower.is_none() != mark.upper.is_none()).then_some(0.0);
            [Some(mark.below), Some(mark.above), Some(mark.value), limit(&mark.lower), limit(&mark.upper), zero]
                .into_iter()
                .flatten()
        });
        let finite = drawn.filter(|value| value.is_finite());
        let (low, high) =
            finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return (0.0, 1.0);
        }
        let margin = if high > low { (high - low) * 0.06 } else { 1.0 };
        let floor = if low == 0.0 { 0.0 } else { low - margin };
        (floor, high + margin)
    }

    /// Each limit once, and zero, the outermost first; what would touch a label already set is left out.
    fn ticks(&self, y: &impl Fn(f64) -> f64) -> Vec<(f64, String)> {
        let mut wanted: Vec<(f64, String)> =
            self.marks.iter().flat_map(|mark| mark.lower.iter().chain(&mark.upper)).cloned().collect();
        wanted.push((0.0, "0".to_owned()));
        let (low, high) = self.range();
        wanted.retain(|(value, _)| (low..=high).contains(value));
        wanted.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        let mut set: Vec<(f64, String)> = Vec::new();
        for (value, digits) in wanted {
            let at = y(value);
            if set.iter().all(|(other, _)| (other - at).abs() >= LINE_HEIGHT) {
                set.push((at, digits));
            }
        }
        set
    }
}

impl Mark {
    fn draw(&self, svg: &mut String, x: f64, y: &impl Fn(f64) -> f64) {
        let (class, colour) = match self.shape {
            Shape::Passed => ("accent", "#0a5a68"),
            Shape::Failed => ("red", "#b0231b"),
            Shape::Open => ("ink3", "#5f6c6a"),
        };
        let at = y(self.value);
        let _ = write!(
            svg,
            r#"<path class="{class}-line" stroke="{colour}" stroke-width="2" fill="none" d="M{x:.1} {:.1}V{:.1}"/>"#,
            y(self.below),
            y(self.above)
        );
        let _ = match self.shape {
            Shape::Passed => write!(svg, r#"<circle class="{class}" fill="{colour}" cx="{x:.1}" cy="{at:.1}" r="4"/>"#),
            Shape::Failed => {
                write!(
                    svg,
                    r#"<rect class="{class}" fill="{colour}" x="{:.1}" y="{:.1}" width="9" height="9"/>"#,
                    x - 4.5,
                    at - 4.5
                )
            }
            Shape::Open => write!(
                svg,
                r##"<circle class="{class}-line paper" stroke="{colour}" stroke-width="1.6" stroke-dasharray="2.2 1.6" fill="#fff" cx="{x:.1}" cy="{at:.1}" r="4.4"/>"##
            ),
        };
    }
}

/// Room for a label at 13 px: a Han character is an em wide, digits and Latin letters a little over half.
fn label_width(label: &str) -> f64 {
    label.chars().map(|character| if character.is_ascii() || character == '\u{a0}' { 7.4 } else { 13.0 }).sum()
}
