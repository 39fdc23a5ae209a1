//! A figure between its base and its goal, small enough for a line of a table. The words beside it say the same.

use std::fmt::Write;

use heng_quantity::decimal::rational_to_f64;
use heng_rule::plan::{Indicator, Standing};

const WIDTH: f64 = 132.0;
const HEIGHT: f64 = 18.0;

/// The bar, as SVG; nothing where there is no goal to compare with.
pub(crate) fn bar(indicator: &Indicator, standing: &Standing) -> Option<String> {
    let goal = rational_to_f64(&indicator.goal_value()?.to_rational());
    let base = indicator.base_value().map(|base| rational_to_f64(&base.to_rational()));
    let value = standing.value.as_ref().map(rational_to_f64);
    let most = [Some(goal), base, value].into_iter().flatten().fold(0.0_f64, f64::max);
    if most <= 0.0 {
        return None;
    }
    let at = |figure: f64| (figure.max(0.0) / most * (WIDTH - 2.0)).round() + 1.0;
    let mut svg = format!(
        r#"<svg class="gauge" aria-hidden="true" focusable="false" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none"><path class="rail" d="M0 9H{WIDTH}"/>"#
    );
    if let Some(value) = value {
        let _ = write!(svg, r#"<path class="now" d="M0 9H{}"/>"#, at(value));
    }
    if let Some(base) = base {
        let _ = write!(svg, r#"<path class="base" d="M{} 5V13"/>"#, at(base));
    }
    let _ = write!(svg, r#"<path class="goal" d="M{} 1V17"/></svg>"#, at(goal));
    Some(svg)
}

/// How many of each kind, as parts of one bar.
pub(crate) fn parts(counts: &[usize]) -> String {
    let all = counts.iter().sum::<usize>().max(1);
    let mut svg = format!(
        r#"<svg class="gauge parts" aria-hidden="true" focusable="false" width="{WIDTH}" height="12" viewBox="0 0 {WIDTH} 12">"#
    );
    let mut done = 0;
    for (place, count) in counts.iter().enumerate() {
        let (from, to) = (done * 132 / all, (done + count) * 132 / all);
        if to > from {
            let _ = write!(svg, r#"<rect class="p{place}" x="{from}" y="1" width="{}" height="10"/>"#, to - from);
        }
        done += count;
    }
    svg.push_str("</svg>");
    svg
}
