//! The known names nearest to one that nobody knows: what was copied with a slip of the hand.
//!
//! Only what one slip can have made is looked up, so that the time does not grow with how many names are known: O for 0, l for 1, full-width
//! signs, then one sign left out, added, changed or swapped with the next; and the names that come just before and after in order, for a
//! running number that was never given.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use heng_uncertainty::nearest::distance;

/// Longer names are not searched for.
const LONGEST: usize = 48;

/// So many are worth reading.
const MOST: usize = 5;

/// A neighbour in order may differ by so many signs.
const FARTHEST: usize = 3;

/// The signs that names here are made of.
const SIGNS: &str = "0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz:._";

/// The known names nearest to this one, the nearest first.
pub fn nearest<T>(asked: &str, known: &BTreeMap<String, T>) -> Vec<String> {
    let readings = readings(asked);
    // Where one reading is known as it is, nothing else was meant.
    let exact: Vec<String> = readings.iter().filter(|reading| known.contains_key(*reading)).cloned().collect();
    if !exact.is_empty() {
        return exact;
    }
    let mut found: BTreeSet<(usize, &str)> = BTreeSet::new();
    for base in readings {
        let signs: Vec<char> = base.chars().collect();
        if signs.is_empty() || signs.len() > LONGEST {
            continue;
        }
        one_slip(&signs, &mut |name| {
            if let Some((name, _)) = known.get_key_value(name) {
                found.insert((1, name.as_str()));
            }
        });
        let before = known.range::<str, _>((Bound::Unbounded, Bound::Excluded(base.as_str()))).rev().take(2);
        let after = known.range::<str, _>((Bound::Excluded(base.as_str()), Bound::Unbounded)).take(2);
        for (name, _) in before.chain(after) {
            let slips = distance(&signs, &name.chars().collect::<Vec<_>>());
            if slips <= FARTHEST && slips * 4 <= signs.len() {
                found.insert((slips, name.as_str()));
            }
        }
    }
    let mut names: Vec<String> = Vec::new();
    for (_, name) in found {
        if names.len() < MOST && !names.iter().any(|other| other == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// What may have been meant: plain signs, in capitals, and with the letters among digits read as digits.
fn readings(asked: &str) -> BTreeSet<String> {
    let plain: String = asked.chars().filter(|sign| !sign.is_whitespace()).map(plain).collect();
    let digits: String = plain.split_inclusive(['-', ':', '.']).map(among_digits).collect();
    let cases = |text: String| [text.to_ascii_uppercase(), text.to_ascii_lowercase(), text];
    cases(plain).into_iter().chain(cases(digits)).collect()
}

/// A full-width sign or another dash as the plain one.
fn plain(sign: char) -> char {
    match sign {
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        other => other,
    }
}

/// Letters that look like digits, in a part that has digits.
fn among_digits(part: &str) -> String {
    if !part.contains(|sign: char| sign.is_ascii_digit()) {
        return part.to_owned();
    }
    let digit = |sign| match sign {
        'O' | 'o' => '0',
        'l' | 'I' | '|' => '1',
        other => other,
    };
    part.chars().map(digit).collect()
}

/// Every name that one slip can have turned into this one.
fn one_slip(signs: &[char], take: &mut dyn FnMut(&str)) {
    let mut with = |before: &[char], between: &[char], after: &[char]| {
        let name: String = [before, between, after].concat().into_iter().collect();
        take(&name);
    };
    for at in 0..=signs.len() {
        let (before, after) = signs.split_at(at);
        for sign in SIGNS.chars() {
            with(before, &[sign], after);
        }
        let Some((own, rest)) = after.split_first() else { continue };
        with(before, &[], rest);
        for sign in SIGNS.chars().filter(|sign| sign != own) {
            with(before, &[sign], rest);
        }
        if let Some((next, rest)) = rest.split_first() {
            with(before, &[*next, *own], rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::nearest;

    fn known() -> BTreeMap<String, ()> {
        let numbers = ["JJG539-20260520-0001", "JJG539-20260520-0002", "JJG52-20260521-0012", "SYN-NMI-2026-0011"];
        numbers.map(|number| (number.to_owned(), ())).into()
    }

    #[test]
    fn what_looks_alike_is_the_same() {
        for asked in [
            "JJG539-2O26O52O-OOO1",
            "ＪＪＧ５３９－２０２６０５２０－０００１",
            "jjg539–20260520–000l",
            "JJG539 - 20260520 - 0001",
        ] {
            assert_eq!(nearest(asked, &known()), ["JJG539-20260520-0001"], "{asked}");
        }
        assert_eq!(nearest("SYN-NMI-2O26-OO11", &known()), ["SYN-NMI-2026-0011"], "the letters of a name stay letters");
    }

    #[test]
    fn one_sign_left_out_added_changed_or_swapped_is_found() {
        for asked in ["JJG52-2026521-0012", "JJG52-202605221-0012", "JJG52-20260521-0042", "JJG52-20260512-0012"] {
            assert_eq!(nearest(asked, &known()), ["JJG52-20260521-0012"], "{asked}");
        }
    }

    #[test]
    fn a_running_number_that_was_never_given_leads_to_those_beside_it() {
        let beside = ["JJG539-20260520-0001", "JJG539-20260520-0002"];
        assert_eq!(nearest("JJG539-20260520-0377", &known()), beside);
    }

    #[test]
    fn what_is_like_nothing_finds_nothing() {
        for asked in ["", "JJG539-19990101-0001", "hello", &"9".repeat(500)] {
            assert_eq!(nearest(asked, &known()), Vec::<String>::new(), "{asked}");
        }
    }
}
