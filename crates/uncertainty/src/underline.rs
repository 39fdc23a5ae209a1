//! The line of a text in which something is wrong, with carets below the place.

use heng_quantity::Position;

/// A line longer than this is shown in part, around the place.
const WIDEST: usize = 100;

/// The line at `position` with its number, and under it a caret below each of `length` characters, at least one:
///
/// ```
/// use heng_quantity::Position;
///
/// let shown = heng_uncertainty::underlined("y = a*b\nz = 长度 + nosuch(2)", Position { line: 2, column: 10 }, 6);
/// assert_eq!(shown, "  2 | z = 长度 + nosuch(2)\n    |            ^^^^^^");
/// ```
///
/// Ideographs are two columns wide. Of a line longer than a hundred characters the part around the place is shown.
pub fn underlined(text: &str, position: Position, length: u32) -> String {
    let line = text.split('\n').nth((position.line as usize).saturating_sub(1)).unwrap_or_default();
    let start = (position.column as usize).saturating_sub(1);
    let from = if start > WIDEST / 2 && line.chars().nth(WIDEST).is_some() { start - WIDEST / 2 } else { 0 };
    let clean = |letter: char| if letter.is_control() { ' ' } else { letter };
    let mut shown = String::new();
    let mut before = 0;
    let mut under = 0;
    if from > 0 {
        shown.push('…');
        before += 1;
    }
    let end = start.saturating_add(length as usize);
    for (place, letter) in line.chars().map(clean).enumerate().skip(from).take(WIDEST) {
        shown.push(letter);
        if place < start {
            before += width(letter);
        } else if place < end {
            under += width(letter);
        }
    }
    if line.chars().nth(from + WIDEST).is_some() {
        shown.push('…');
    }
    let number = position.line.to_string();
    let margin = " ".repeat(number.len());
    format!("  {number} | {shown}\n  {margin} | {}{}", " ".repeat(before), "^".repeat(under.max(1)))
}

/// Columns on a terminal: two for ideographs, kana, hangul and full-width signs, none for marks that combine.
fn width(letter: char) -> usize {
    match u32::from(letter) {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}
