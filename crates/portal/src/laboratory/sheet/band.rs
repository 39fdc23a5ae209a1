//! The error inside its band, one row: limits, the result, and U as a bar. All rows of an item have the same axis.

use std::fmt::Write;

use heng_quantity::Uncertainty;
use heng_rule::PointResult;

const WIDTH: f64 = 180.0;
const HEIGHT: f64 = 30.0;
const MIDDLE: f64 = 15.0;

/// The ends of the axis of an item: a quarter more than its widest limit.
pub(super) fn axis<'a>(points: impl Iterator<Item = &'a PointResult>) -> Option<f64> {
    let widest = points
        .filter_map(|point| point.limit.as_ref())
        .flat_map(|limit| [&limit.lower, &limit.upper])
        .flatten()
        .map(|bound| bound.value.to_f64().abs())
        .fold(0.0, f64::max);
    (widest > 0.0).then_some(widest * 1.25)
}

/// The picture of one result. What lies beyond the axis is an arrow at its end; the number beside it says how far.
pub(super) fn band(point: &PointResult, axis: f64, name: &str) -> String {
    let x = |value: f64| WIDTH / 2.0 + (value / axis).clamp(-1.0, 1.0) * (WIDTH / 2.0 - 6.0);
    let mut svg = String::new();
    let _ = write!(
        svg,
        r#"<svg class="band small" role="img" aria-label="{}" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">"#,
        heng_exchange::document::escaped(name)
    );
    if let Some(limit) = &point.limit {
        let lower = limit.lower.as_ref().map_or(0.0, |bound| x(bound.value.to_f64()));
        let upper = limit.upper.as_ref().map_or(WIDTH, |bound| x(bound.value.to_f64()));
        let _ = write!(svg, r#"<rect class="wash" x="{lower:.1}" y="4" width="{:.1}" height="22"/>"#, upper - lower);
        for (bound, at) in [(&limit.lower, lower), (&limit.upper, upper)] {
            if bound.is_some() {
                let _ = write!(svg, r#"<path class="limit" stroke-width="1.5" d="M{at:.1} 3v24"/>"#);
            }
        }
    }
    let _ = write!(svg, r#"<path class="edge" d="M{:.1} 8v14"/>"#, x(0.0));
    let result = &point.result.quantity;
    let value = result.value.to_f64();
    let (line, fill) = match point.outcome {
        Some(heng_rule::Outcome::DoesNotConform) => ("red-line", "red"),
        Some(heng_rule::Outcome::NotDecidable) => ("ink3-line", "paper"),
        _ => ("accent-line", "accent"),
    };
    if let Some(Uncertainty::Expanded { value: expanded, .. }) = &result.uncertainty {
        let half = expanded.to_f64();
        let (from, to) = (x(value - half), x(value + half));
        let _ = write!(
            svg,
            r#"<path class="{line}" fill="none" stroke-width="1.6" d="M{from:.1} {MIDDLE}H{to:.1}M{from:.1} 11v8M{to:.1} 11v8"/>"#
        );
    }
    let at = x(value);
    let mark = if value.abs() > axis {
        let tip = if value > 0.0 { at + 5.0 } else { at - 5.0 };
        format!("M{at:.1} 9 {tip:.1} 15 {at:.1} 21Z")
    } else if point.outcome == Some(heng_rule::Outcome::DoesNotConform) {
        format!("M{:.1} 10.5h9v9h-9Z", at - 4.5)
    } else {
        format!("M{:.1} {MIDDLE}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z", at - 4.5)
    };
    let _ = write!(svg, r#"<path class="{fill} {line}" d="{mark}"/></svg>"#);
    svg
}
