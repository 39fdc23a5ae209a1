//! Who can measure from where to where: one bar an institute on a logarithmic axis, its uncertainty as text.

use std::fmt::Write as _;

use heng_exchange::document::escaped;
use heng_quantity::{Decimal, Reported};

use super::Width;
use super::chain::broken;

/// One bar. All ends are in one unit.
pub(crate) struct Bar {
    /// Who.
    pub(crate) name: String,
    /// The range and the uncertainty in words.
    pub(crate) says: String,
    /// Whether it cannot be done today, for want of a standard that stands.
    pub(crate) is_lapsed: bool,
    /// From this value.
    pub(crate) from: Reported,
    /// To this value.
    pub(crate) to: Reported,
}

/// Room for the marked value above and for the decades below.
const ABOVE: usize = 24;
const BELOW: usize = 26;
const LINE: usize = 18;
const THICK: usize = 10;

/// Decades that a phone can name.
const MOST_NAMED: i32 = 4;

pub(crate) fn ranges(bars: &[Bar], mark: Option<&Reported>, name: &str, width: Width) -> String {
    let total = width.pixels();
    let unit = bars.first().map(|bar| bar.from.unit.clone());
    let Some(unit) = unit else { return String::new() };
    let axis = Axis::of(bars, total);
    let rows: Vec<Vec<String>> = bars.iter().map(|bar| broken(&bar.name, total, 14)).collect();
    let room = |row: &Vec<String>| row.len() * LINE + THICK + 2 * LINE;
    let height = ABOVE + rows.iter().map(room).sum::<usize>() + BELOW;
    let mut svg = format!(
        "<svg class=\"ranges\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {total} {height}\" width=\"{total}\" height=\"{height}\">",
        escaped(name)
    );
    let foot = height - BELOW;
    for (decade, x) in axis.decades() {
        let label = Reported { value: Decimal::new(1.into(), decade), unit: unit.clone(), uncertainty: None };
        let label = plain(&label);
        let anchor = if x < 30.0 {
            "start"
        } else if x > total as f64 - 30.0 {
            "end"
        } else {
            "middle"
        };
        let _ = write!(
            svg,
            "<path class=\"grid\" d=\"M{x:.1} {ABOVE}V{foot}\"/><text x=\"{x:.1}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            height - 8,
            escaped(&label)
        );
    }
    let mut top = ABOVE;
    for (bar, name) in bars.iter().zip(&rows) {
        svg.push_str("<text class=\"name\">");
        for part in name {
            top += LINE;
            let _ = write!(svg, "<tspan x=\"0\" y=\"{}\">{}</tspan>", top - 6, escaped(part));
        }
        svg.push_str("</text>");
        let (from, to) = (axis.x(bar.from.value.to_f64()), axis.x(bar.to.value.to_f64()));
        let class = if bar.is_lapsed { "bar lapsed" } else { "bar" };
        let _ = write!(
            svg,
            "<rect class=\"{class}\" x=\"{from:.1}\" y=\"{top}\" width=\"{:.1}\" height=\"{THICK}\"/>",
            (to - from).max(3.0)
        );
        top += THICK + LINE;
        let _ = write!(svg, "<text x=\"0\" y=\"{}\">{}</text>", top - 3, escaped(&bar.says));
        top += LINE;
    }
    if let Some(at) = mark.and_then(|mark| mark.converted_to(&unit).ok()) {
        let x = axis.x(at.value.to_f64());
        let anchor = if x > total as f64 / 2.0 { "end" } else { "start" };
        let _ = write!(
            svg,
            "<path class=\"at\" d=\"M{x:.1} {}V{foot}\"/><text class=\"wanted\" x=\"{x:.1}\" y=\"13\" text-anchor=\"{anchor}\">{}</text>",
            ABOVE - 6,
            escaped(&mark.map(Reported::value_text).unwrap_or_default())
        );
    }
    svg.push_str("</svg>");
    svg
}

/// A power of ten with its digits written out.
fn plain(label: &Reported) -> String {
    let digits = label.value.exponent();
    if (1..=5).contains(&digits) {
        let value = label.value.rounded(0, heng_quantity::RoundingRule::Gbt8170);
        return Reported { value, ..label.clone() }.value_text();
    }
    label.value_text()
}

/// A logarithmic axis over whole decades. What begins at zero or below begins at its left end.
struct Axis {
    lowest: i32,
    decades: i32,
    width: f64,
    every: i32,
}

impl Axis {
    fn of(bars: &[Bar], total: usize) -> Self {
        let positive = |value: f64| (value > 0.0).then(|| libm::log10(value));
        let ends = || bars.iter().flat_map(|bar| [&bar.from, &bar.to]).filter_map(|end| positive(end.value.to_f64()));
        let has_zero = bars.iter().any(|bar| bar.from.value.to_f64() <= 0.0);
        let lowest = ends().fold(f64::INFINITY, f64::min);
        let highest = ends().fold(f64::NEG_INFINITY, f64::max);
        let (lowest, highest) = if lowest.is_finite() { (lowest, highest) } else { (0.0, 1.0) };
        // Where a range begins at zero, one decade more leaves room for what lies below the other ranges.
        let lowest = libm::floor(lowest + 1e-9) as i32 - i32::from(has_zero) * 2;
        let highest = libm::ceil(highest - 1e-9) as i32;
        let decades = (highest - lowest).max(1);
        let most = if total > 400 { MOST_NAMED * 2 } else { MOST_NAMED };
        Self { lowest, decades, width: total as f64, every: decades / most + 1 }
    }

    fn x(&self, value: f64) -> f64 {
        if value <= 0.0 {
            return 0.0;
        }
        let share = (libm::log10(value) - f64::from(self.lowest)) / f64::from(self.decades);
        share.clamp(0.0, 1.0) * self.width
    }

    /// The decades that are named, and where they stand.
    fn decades(&self) -> impl Iterator<Item = (i32, f64)> {
        let step = self.width / f64::from(self.decades);
        let (lowest, every) = (self.lowest, self.every);
        (0..=self.decades).filter(move |at| at % every == 0).map(move |at| (lowest + at, f64::from(at) * step))
    }
}
