//! A standard's value through its certificates: a dot for each, its expanded uncertainty as a bar, on the line of the first.

use std::fmt::Write as _;

use heng_exchange::document::escaped;
use heng_view::stability::Track;

use super::Width;

const HEIGHT: f64 = 96.0;

/// Room for the name above, and for the days below.
const ABOVE: f64 = 26.0;
const BELOW: f64 = 22.0;

/// Room beside the first and the last dot, for half a day's text.
const BESIDE: f64 = 44.0;

/// `spoken` is the picture in words for those who hear the page.
pub(crate) fn track(track: &Track, name: &str, spoken: &str, width: Width) -> String {
    let total = width.pixels();
    let height = ABOVE + HEIGHT + BELOW;
    let mut svg = format!(
        "<svg class=\"track\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {total} {height}\" width=\"{total}\" height=\"{height}\">",
        escaped(spoken)
    );
    let _ = write!(svg, "<text class=\"name\" x=\"0\" y=\"14\">{}</text>", escaped(name));
    let Some((first, last)) = track.readings.first().zip(track.readings.last()) else { return svg + "</svg>" };
    // Everything from the first value on, in its unit.
    let dots: Vec<(f64, f64, f64, String, bool)> = track
        .readings
        .iter()
        .filter_map(|reading| {
            let value = reading.value.converted_to(&first.value.unit).ok()?;
            let expanded = reading.expanded_uncertainty.converted_to(&first.value.unit.of_difference()).ok()?;
            let offset = (&value.value - &first.value.value).to_f64();
            let days = f64::from(days_between(first.day, reading.day));
            let is_far = reading.change.as_ref().and_then(|change| change.ratio).is_some_and(|ratio| ratio > 1.0);
            Some((days, offset, expanded.value.to_f64(), reading.day.to_string(), is_far))
        })
        .collect();
    let reach = dots.iter().map(|(_, offset, expanded, _, _)| offset.abs() + expanded).fold(0.0, f64::max);
    let span = f64::from(days_between(first.day, last.day)).max(1.0);
    let room = f64::from(u32::try_from(total).unwrap_or(0)) - 2.0 * BESIDE;
    let middle = ABOVE + HEIGHT / 2.0;
    let scale = if reach > 0.0 { HEIGHT / 2.0 / reach } else { 0.0 };
    let _ = write!(svg, "<path class=\"zero\" d=\"M0 {middle:.1}H{total}\"/>");
    for (days, offset, expanded, day, is_far) in dots {
        let (x, y, bar) = (BESIDE + room * days / span, middle - offset * scale, expanded * scale);
        let (top, bottom) = (y - bar, y + bar);
        // A word and a colour are not enough for everyone; the shape differs, too.
        let (class, dot) = match is_far {
            true => ("far", format!("<path class=\"dot\" d=\"M{x:.1} {:.1}l6 11h-12Z\"/>", y - 7.0)),
            false => ("near", format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>")),
        };
        let _ = write!(
            svg,
            "<g class=\"{class}\"><path d=\"M{x:.1} {top:.1}V{bottom:.1}M{:.1} {top:.1}h10M{:.1} {bottom:.1}h10\"/>\
             {dot}</g>\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{day}</text>",
            x - 5.0,
            x - 5.0,
            ABOVE + HEIGHT + 16.0
        );
    }
    svg.push_str("</svg>");
    svg
}

fn days_between(from: jiff::civil::Date, to: jiff::civil::Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
