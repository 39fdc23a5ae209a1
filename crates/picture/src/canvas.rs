//! Lines, areas, marks and words on a sheet of a given width, as SVG.

use std::fmt::Write as _;

/// The width that a picture is drawn for; its words keep their size in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// 690 px, for a page on a desk or on paper.
    Wide,
    /// 358 px, for a page on a phone.
    Narrow,
}

impl Width {
    /// In pixels.
    pub(crate) fn pixels(self) -> f64 {
        match self {
            Self::Wide => 690.0,
            Self::Narrow => 358.0,
        }
    }

    /// The one of two, for wide and for narrow.
    pub(crate) fn of<T>(self, wide: T, narrow: T) -> T {
        match self {
            Self::Wide => wide,
            Self::Narrow => narrow,
        }
    }
}

/// What a mark says beside its place: a verdict has a shape and a colour of its own, everything else is a small ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No verdict.
    Ring,
    /// A filled circle: as it should be.
    Good,
    /// A triangle: someone should look at it.
    Attention,
    /// A square: not as it should be.
    Bad,
    /// A dashed ring: what is needed to judge is missing.
    Unknown,
}

/// A colour by its use; the page's variables say which it is, and the attribute what it is on paper.
#[derive(Clone, Copy)]
pub(crate) enum Ink {
    Text,
    Quiet,
    Faint,
    Edge,
    Line,
    Accent,
    Tint1,
    Tint2,
    Tint3,
    Wash,
    Red,
    Amber,
}

impl Ink {
    fn name_and_paper(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("ink", "#16201f"),
            Self::Quiet => ("ink2", "#475452"),
            Self::Faint => ("ink3", "#5f6c6a"),
            Self::Edge => ("edge", "#7b8684"),
            Self::Line => ("line", "#dbe1e0"),
            Self::Accent => ("accent", "#0a5a68"),
            Self::Tint1 => ("tint1", "#e6f1f2"),
            Self::Tint2 => ("tint2", "#c9e2e5"),
            Self::Tint3 => ("tint3", "#9fcbd1"),
            Self::Wash => ("wash", "#f4f6f6"),
            Self::Red => ("red", "#b0231b"),
            Self::Amber => ("amber", "#855500"),
        }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy)]
pub(crate) enum Stroke {
    Hair,
    Thin,
    Thick,
    Dashed,
}

impl Stroke {
    fn attributes(self) -> &'static str {
        match self {
            Self::Hair => r#"stroke-width="1""#,
            Self::Thin => r#"stroke-width="1.4""#,
            Self::Thick => r#"stroke-width="2""#,
            Self::Dashed => r#"stroke-width="1.4" stroke-dasharray="6 4""#,
        }
    }
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// The size of all words, in pixels.
pub(crate) const SIZE: f64 = 13.0;

/// From one line of words to the next.
pub(crate) const LINE_HEIGHT: f64 = 17.0;

/// A sheet that is drawn on.
pub(crate) struct Canvas {
    width: f64,
    body: String,
}

impl Canvas {
    pub(crate) fn new(width: f64) -> Self {
        Self { width, body: String::new() }
    }

    pub(crate) fn path(&mut self, ink: Ink, stroke: Stroke, path: &str) {
        let (name, paper) = ink.name_and_paper();
        let _ = write!(
            self.body,
            r#"<path class="s-{name}" fill="none" stroke="{paper}" {} d="{path}"/>"#,
            stroke.attributes()
        );
    }

    pub(crate) fn line(&mut self, ink: Ink, stroke: Stroke, from: (f64, f64), to: (f64, f64)) {
        self.path(ink, stroke, &format!("M{} {}L{} {}", place(from.0), place(from.1), place(to.0), place(to.1)));
    }

    /// A line through points in their order.
    pub(crate) fn curve(&mut self, ink: Ink, stroke: Stroke, points: &[(f64, f64)]) {
        if points.len() > 1 {
            self.path(ink, stroke, &through(points));
        }
    }

    /// The area within points in their order.
    pub(crate) fn area(&mut self, ink: Ink, points: &[(f64, f64)]) {
        let (name, paper) = ink.name_and_paper();
        if points.len() > 2 {
            let _ = write!(self.body, r#"<path class="f-{name}" fill="{paper}" d="{}Z"/>"#, through(points));
        }
    }

    pub(crate) fn rect(&mut self, ink: Ink, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let (name, paper) = ink.name_and_paper();
        let _ = write!(
            self.body,
            r#"<rect class="f-{name}" fill="{paper}" x="{}" y="{}" width="{}" height="{}"/>"#,
            place(x),
            place(y),
            place(width.max(0.0)),
            place(height.max(0.0))
        );
    }

    pub(crate) fn text(&mut self, ink: Ink, anchor: Anchor, (x, y): (f64, f64), words: &str) {
        let (name, paper) = ink.name_and_paper();
        let _ = write!(
            self.body,
            r#"<text class="f-{name}" fill="{paper}" text-anchor="{}" x="{}" y="{}">{}</text>"#,
            anchor.name(),
            place(x),
            place(y),
            escaped(words)
        );
    }

    /// Words on what is drawn already, with a rim of paper.
    pub(crate) fn text_over(&mut self, ink: Ink, anchor: Anchor, (x, y): (f64, f64), words: &str) {
        let (name, paper) = ink.name_and_paper();
        let _ = write!(
            self.body,
            r##"<text class="f-{name} s-paper" fill="{paper}" stroke="#fff" stroke-width="3" stroke-linejoin="round" paint-order="stroke" text-anchor="{}" x="{}" y="{}">{}</text>"##,
            anchor.name(),
            place(x),
            place(y),
            escaped(words)
        );
    }

    pub(crate) fn mark(&mut self, shape: Shape, (x, y): (f64, f64)) {
        let body = &mut self.body;
        let fill = |ink: Ink| {
            let (name, paper) = ink.name_and_paper();
            format!(r#"class="f-{name}" fill="{paper}""#)
        };
        let (x0, y0) = (place(x), place(y));
        let _ = match shape {
            Shape::Ring => write!(
                body,
                r##"<circle class="f-paper s-accent" fill="#fff" stroke="#0a5a68" stroke-width="1.6" cx="{x0}" cy="{y0}" r="3.4"/>"##
            ),
            Shape::Good => write!(body, r#"<circle {} cx="{x0}" cy="{y0}" r="4.2"/>"#, fill(Ink::Accent)),
            Shape::Attention => {
                write!(
                    body,
                    r#"<path {} d="M{x0} {}L{} {}H{}Z"/>"#,
                    fill(Ink::Amber),
                    place(y - 5.6),
                    place(x + 5.6),
                    place(y + 4.4),
                    place(x - 5.6)
                )
            }
            Shape::Bad => write!(
                body,
                r#"<rect {} x="{}" y="{}" width="9" height="9"/>"#,
                fill(Ink::Red),
                place(x - 4.5),
                place(y - 4.5)
            ),
            Shape::Unknown => write!(
                body,
                r##"<circle class="f-paper s-ink3" fill="#fff" stroke="#5f6c6a" stroke-width="1.6" stroke-dasharray="2.2 1.6" cx="{x0}" cy="{y0}" r="4.2"/>"##
            ),
        };
    }

    /// A bar across its own line, with caps at its ends.
    pub(crate) fn bar_across(&mut self, ink: Ink, (from, to): (f64, f64), y: f64) {
        let path = format!(
            "M{0} {2}V{3}M{0} {4}H{1}M{1} {2}V{3}",
            place(from),
            place(to),
            place(y - 4.0),
            place(y + 4.0),
            place(y)
        );
        self.path(ink, Stroke::Thin, &path);
    }

    /// The same upwards.
    pub(crate) fn bar_up(&mut self, ink: Ink, x: f64, (from, to): (f64, f64)) {
        let path = format!(
            "M{2} {0}H{3}M{4} {0}V{1}M{2} {1}H{3}",
            place(from),
            place(to),
            place(x - 3.0),
            place(x + 3.0),
            place(x)
        );
        self.path(ink, Stroke::Thin, &path);
    }

    /// The picture, with the words that stand for it.
    pub(crate) fn svg(self, height: f64, title: &str, description: &str) -> String {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="picture" role="img" width="{0}" height="{1}" viewBox="0 0 {0} {1}" font-family="sans-serif" font-size="13"><title>{2}</title><desc>{3}</desc>{4}</svg>"#,
            place(self.width),
            place(height),
            escaped(title),
            escaped(description),
            self.body
        )
    }
}

/// A verdict's shape beside its word, which says the same.
pub(crate) fn shape_beside(shape: Shape) -> String {
    let mut canvas = Canvas::new(12.0);
    canvas.mark(shape, (6.0, 6.0));
    format!(
        r#"<svg class="picture" aria-hidden="true" width="26" height="26" viewBox="0 0 12 12">{}</svg>"#,
        canvas.body
    )
}

/// A coordinate to a tenth of a pixel; none is left out, and what is no number lies at the edge.
pub(crate) fn place(coordinate: f64) -> String {
    if !coordinate.is_finite() {
        return "0".to_owned();
    }
    let tenths = libm::round(coordinate.clamp(-1e6, 1e6) * 10.0) as i64;
    let (whole, part) = (tenths.abs() / 10, tenths.abs() % 10);
    let sign = if tenths < 0 { "-" } else { "" };
    if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// A place moved to where it may be; the first of two edges that cross counts.
pub(crate) fn kept(at: f64, low: f64, high: f64) -> f64 {
    at.min(high).max(low)
}

fn through(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        let _ = write!(path, "{}{} {}", if index == 0 { "M" } else { "L" }, place(*x), place(*y));
    }
    path
}

/// The room that words take, in pixels: a Han character is as wide as it is high, other signs by their kind.
pub(crate) fn text_width(words: &str, size: f64) -> f64 {
    let part = |sign: char| match sign {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | '\'' | '|' | ' ' | '\u{a0}' | '·' => 0.3,
        '0'..='9' => 0.57,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.9,
        'A'..='Z' => 0.68,
        sign if sign.is_ascii() => 0.56,
        '⁰'..='⁹' | '¹' | '²' | '³' | '⁻' => 0.42,
        '\u{2000}'..='\u{22ff}' | '\u{b1}' | '\u{d7}' | '\u{370}'..='\u{3ff}' => 0.62,
        _ => 1.0,
    };
    words.chars().map(part).sum::<f64>() * size
}

/// Words in lines that fit. Words stay whole where they can; Han text breaks anywhere.
pub(crate) fn broken(words: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for sign in words.chars() {
        line.push(sign);
        if text_width(&line, size) <= room || line.chars().count() < 2 {
            continue;
        }
        line.pop();
        let (kept, rest) = match line.rsplit_once(' ') {
            Some((kept, rest)) if sign.is_ascii_alphanumeric() => (kept.to_owned(), rest.to_owned()),
            _ => (line.clone(), String::new()),
        };
        lines.push(kept);
        line = rest;
        line.push(sign);
    }
    lines.push(line.trim().to_owned());
    lines
}

/// Text for HTML and SVG, in which control characters are not allowed.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            control if control.is_control() && !matches!(control, '\n' | '\t') => safe.push('\u{fffd}'),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            other => safe.push(other),
        }
    }
    safe
}
