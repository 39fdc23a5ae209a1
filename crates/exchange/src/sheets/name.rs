//! When two names of a column or a cell mean the same, however they are typed.

/// Small letters without blanks and the strokes that people join words with.
pub(crate) fn plain(name: &str) -> String {
    let joins =
        |sign: char| sign.is_whitespace() || matches!(sign, '.' | '_' | '-' | '·' | ':' | '#' | '(' | ')' | '/' | '、');
    name.chars().map(half_width).filter(|sign| !joins(*sign)).flat_map(char::to_lowercase).collect()
}

/// The ASCII sign of a full-width one, and one sign for each kind of minus and blank.
pub(crate) fn half_width(sign: char) -> char {
    match sign {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '【' => '[',
        '】' => ']',
        _ => sign,
    }
}

/// Whether two names differ by at most two letters in eight: enough for a slip, too little for another word.
pub(crate) fn resembles(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let longest = one.len().max(other.len());
    if !(4..=80).contains(&longest) || one.len().abs_diff(other.len()) > 2 {
        return false;
    }
    let mut before: Vec<usize> = (0..=other.len()).collect();
    for (done, left) in one.iter().enumerate() {
        let mut now = vec![done + 1];
        for ((above, diagonal), right) in before.iter().skip(1).zip(&before).zip(&other) {
            let beside = now.last().copied().unwrap_or(0);
            now.push((diagonal + usize::from(left != right)).min(above + 1).min(beside + 1));
        }
        before = now;
    }
    before.last().is_some_and(|distance| *distance <= (longest / 4).min(2))
}

/// As much of a cell as a finding repeats.
pub(crate) fn excerpt(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Empty, or one of the strokes that people put where nothing applies.
pub(crate) fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "/" | "／" | "-" | "—" | "——" | "–")
}
