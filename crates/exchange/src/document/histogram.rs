//! How the trials of a Monte Carlo method fell: bars, the interval that is stated, and the normal curve of the same mean and standard deviation over them.

use std::fmt::Write as _;

use super::html::escaped;

/// What is drawn.
pub struct Fall {
    /// What the axis shows, with its unit.
    pub axis: String,
    /// Where the bars begin and end.
    pub ends: (f64, f64),
    /// How many values each bar holds; all bars are equally wide.
    pub bars: Vec<u64>,
    /// The result and its standard uncertainty.
    pub result: (f64, f64),
    /// The interval that the certificate states, and the digits of its ends.
    pub stated: [(f64, String); 2],
}

const HEIGHT: f64 = 190.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 136.0;
const LEFT: f64 = 12.0;
const RIGHT: f64 = 12.0;

/// The normal curve is drawn through so many points.
const STEPS: usize = 96;

impl Fall {
    /// The picture as SVG. Colours are those of paper; a page overrides them by class.
    pub fn drawing(&self, width: u32, name: &str) -> String {
        let width = f64::from(width);
        let (low, high) = self.ends;
        let x = |value: f64| LEFT + (value.clamp(low, high) - low) / (high - low) * (width - LEFT - RIGHT);
        let bar = (high - low) / self.bars.len().max(1) as f64;
        let all: u64 = self.bars.iter().sum();
        let (mean, u) = self.result;
        // Heights are densities times the width of a bar, as counts are.
        let normal = |value: f64| {
            let z = (value - mean) / u;
            all as f64 * bar / (u * libm::sqrt(2.0 * std::f64::consts::PI)) * libm::exp(-z * z / 2.0)
        };
        let most = self.bars.iter().copied().max().unwrap_or(1) as f64;
        let top = most.max(normal(mean)).max(1.0);
        let y = |count: f64| BOTTOM - count / top * (BOTTOM - TOP);
        let mut svg = String::new();
        let _ = write!(
            svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="band" role="img" aria-label="{}" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" font-family="sans-serif" font-size="13">"#,
            escaped(name)
        );
        let [(from, from_digits), (to, to_digits)] = &self.stated;
        let _ = write!(
            svg,
            r##"<rect class="wash" fill="#f4f6f6" x="{:.1}" y="{TOP:.1}" width="{:.1}" height="{:.1}"/>"##,
            x(*from),
            (x(*to) - x(*from)).max(0.0),
            BOTTOM - TOP
        );
        for (place, count) in self.bars.iter().enumerate() {
            let begin = low + bar * place as f64;
            let height = BOTTOM - y(*count as f64);
            if height > 0.0 {
                let _ = write!(
                    svg,
                    r##"<rect class="good" fill="#0a5a68" opacity=".55" x="{:.1}" y="{:.1}" width="{:.1}" height="{height:.1}"/>"##,
                    x(begin),
                    BOTTOM - height,
                    (x(begin + bar) - x(begin) - 0.5).max(0.5)
                );
            }
        }
        let mut path = String::new();
        for step in 0..=STEPS {
            let value = low + (high - low) * step as f64 / STEPS as f64;
            let _ = write!(path, "{}{:.1} {:.1}", if step == 0 { "M" } else { "L" }, x(value), y(normal(value)));
        }
        let _ = write!(svg, r##"<path class="limit" stroke="#16201f" stroke-width="1.2" fill="none" d="{path}"/>"##);
        let _ = write!(
            svg,
            r##"<path class="edge" stroke="#7b8684" fill="none" d="M{LEFT} {BOTTOM:.1}H{:.1}"/>"##,
            width - RIGHT
        );
        let text = |anchor: &str, at: f64, y: f64, words: &str| {
            format!(
                r##"<text class="ink2" fill="#475452" text-anchor="{anchor}" x="{at:.1}" y="{y:.1}">{}</text>"##,
                escaped(words)
            )
        };
        for (at, digits, anchor) in [(x(*from), from_digits, "end"), (x(*to), to_digits, "start")] {
            let _ = write!(
                svg,
                r##"<path class="edge" stroke="#7b8684" fill="none" d="M{at:.1} {TOP:.1}V{:.1}"/>"##,
                BOTTOM + 5.0
            );
            // Near an edge of the picture the digits stand on its inner side.
            let anchor = if at < 90.0 {
                "start"
            } else if at > width - 90.0 {
                "end"
            } else {
                anchor
            };
            svg.push_str(&text(anchor, at, BOTTOM + 20.0, digits));
        }
        svg.push_str(&text("middle", width / 2.0, BOTTOM + 44.0, &self.axis));
        svg.push_str("</svg>");
        svg
    }
}
