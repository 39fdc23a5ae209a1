//! A standard's stability on its page: pictures of its values through the certificates, and the table behind them.

use std::collections::BTreeSet;

use heng_quantity::{Decimal, Reported, RoundingRule, typography};
use heng_view::stability::Track;
use heng_wording::Words;

use crate::frame::address;
use crate::picture::{Width, track};
use crate::public::why::{Clause, Why};

/// So many values are drawn; the table has all.
const DRAWN: usize = 6;

/// The stability of a standard.
pub(crate) struct Stability {
    pub(crate) drawn: Vec<Drawn>,
    pub(crate) more: usize,
    pub(crate) rows: Vec<Line>,
    pub(crate) why: Why,
}

/// A value's picture, for a desk and for a phone.
pub(crate) struct Drawn {
    pub(crate) desk: String,
    pub(crate) phone: String,
}

/// A line of the table.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) day: String,
    pub(crate) number: String,
    pub(crate) page: String,
    pub(crate) value: String,
    pub(crate) expanded: String,
    pub(crate) change: String,
    pub(crate) ratio: String,
    pub(crate) is_far: bool,
}

/// What there is to show of these tracks; nothing of none.
pub(crate) fn stability(tracks: &[Track], words: &Words) -> Option<Stability> {
    if tracks.is_empty() {
        return None;
    }
    let drawn = tracks.iter().take(DRAWN).map(|one| {
        let (name, spoken) = (name(one, words), spoken(one, words));
        let draw = |width| track(one, &name, &spoken, width);
        Drawn { desk: draw(Width::Desk), phone: draw(Width::Phone) }
    });
    Some(Stability {
        drawn: drawn.collect(),
        more: tracks.len().saturating_sub(DRAWN),
        rows: tracks.iter().flat_map(|track| lines(track, words)).collect(),
        why: why(tracks, words),
    })
}

/// Each certificate once; the changes are between them, and no regulation judges them here.
fn why(tracks: &[Track], words: &Words) -> Why {
    let readings = || tracks.iter().flat_map(|track| &track.readings);
    let certificates: BTreeSet<(jiff::civil::Date, &str)> =
        readings().map(|reading| (reading.day, reading.number.as_str())).collect();
    let input = |(day, number): &(jiff::civil::Date, &str)| {
        let performed = day.to_string();
        let said = words.say("why-certificate", &[("number", number), ("performed", &performed)]);
        (said, address("/certificate/", number))
    };
    Why {
        clauses: vec![Clause::said(words.say("stability-repeatability", &[]))],
        inputs: certificates.iter().rev().map(input).collect(),
        since: certificates.last().map(|(day, _)| day.to_string()),
        changes: ["portal-change-new", "portal-change-withdrawn"].map(|code| words.say(code, &[])).into(),
    }
}

/// The quantity, and the value that the track is of.
fn name(track: &Track, words: &Words) -> String {
    let code = format!("quantity-{}", track.quantity);
    let quantity = if words.knows(&code) { words.say(&code, &[]) } else { track.quantity.clone() };
    let to = &track.range.1;
    format!("{quantity} {}", set(to))
}

fn spoken(track: &Track, words: &Words) -> String {
    let count = track.readings.len().to_string();
    words.say("stability-spoken", &[("name", &name(track, words)), ("count", &count)])
}

fn lines(track: &Track, words: &Words) -> Vec<Line> {
    let line = |reading: &heng_view::stability::Reading| {
        let change = reading.change.as_ref();
        let ratio = change.and_then(|change| change.ratio);
        Line {
            name: name(track, words),
            day: reading.day.to_string(),
            number: reading.number.clone(),
            page: address("/certificate/", &reading.number),
            value: set(&reading.value),
            expanded: set(&reading.expanded_uncertainty),
            change: change.map_or_else(|| "–".to_owned(), |change| signed(&change.difference)),
            ratio: ratio.map_or_else(|| "–".to_owned(), shown_ratio),
            is_far: ratio.is_some_and(|ratio| ratio > 1.0),
        }
    };
    track.readings.iter().map(line).collect()
}

/// A ratio to two decimals: it describes, and no verdict hangs on a third.
fn shown_ratio(ratio: f64) -> String {
    let exact = Decimal::shortest_from_f64(ratio);
    exact.map_or_else(|| "–".to_owned(), |exact| typography::decimal(&exact.rounded(-2, RoundingRule::Gbt8170)))
}

/// A value as it is set in type, without what is said of its uncertainty.
fn set(value: &Reported) -> String {
    typography::with_unit(&typography::decimal(&value.value), &value.unit)
}

/// As [`set`], with the sign shown also where it is plus.
fn signed(value: &Reported) -> String {
    let text = set(value);
    if value.value.is_negative() || value.value.is_zero() { text } else { format!("+{text}") }
}
