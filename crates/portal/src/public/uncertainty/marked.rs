//! The line of a text with the place that a finding is about.

use heng_quantity::Position;

/// A line longer than this is shown in part, around the place.
const WIDEST: usize = 100;

/// A line in three parts: before the place, the place itself, and after it.
pub(crate) struct Marked {
    pub(crate) line: u32,
    pub(crate) before: String,
    pub(crate) place: String,
    pub(crate) after: String,
}

/// The line at `position`; the place is `length` characters of it, at least one.
pub(super) fn marked(text: &str, position: Position, length: usize) -> Marked {
    let line = text.split('\n').nth((position.line as usize).saturating_sub(1)).unwrap_or_default();
    let start = (position.column as usize).saturating_sub(1);
    let is_long = line.chars().nth(WIDEST).is_some();
    let from = if is_long { start.saturating_sub(WIDEST / 3) } else { 0 };
    let end = start.saturating_add(length.max(1));
    let (mut before, mut place, mut after) = (String::new(), String::new(), String::new());
    if from > 0 {
        before.push('…');
    }
    for (at, letter) in line.chars().enumerate().skip(from).take(WIDEST) {
        let part = if at < start {
            &mut before
        } else if at < end {
            &mut place
        } else {
            &mut after
        };
        part.push(if letter.is_control() { ' ' } else { letter });
    }
    if line.chars().nth(from.saturating_add(WIDEST)).is_some() {
        after.push('…');
    }
    // Where a line ends too early, the blank after it is the place.
    if place.trim().is_empty() {
        place = String::from('\u{a0}');
    }
    Marked { line: position.line, before, place, after }
}
