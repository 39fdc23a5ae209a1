//! The names that somebody may have meant.

/// How many are named.
const MOST: usize = 3;

/// Longer names are not compared.
const LONGEST: usize = 64;

/// At most three of the names that differ from `name` by few letters, the nearest first.
pub(crate) fn nearest_to<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    let wanted: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    if wanted.len() > LONGEST {
        return Vec::new();
    }
    // One letter in a short name, a third of a longer one.
    let most = (wanted.len() / 3).max(1);
    let mut near: Vec<(usize, &str)> = known
        .filter_map(|known| {
            let letters: Vec<char> = known.chars().flat_map(char::to_lowercase).collect();
            if letters.len().abs_diff(wanted.len()) > most {
                return None;
            }
            let distance = distance(&wanted, &letters);
            // Two names of one letter have nothing in common.
            (distance <= most && distance < wanted.len().max(letters.len())).then_some((distance, known))
        })
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().take(MOST).map(|(_, known)| known.to_owned()).collect()
}

/// Letters to add, drop or change (Levenshtein's distance).
///
/// ```
/// use heng_uncertainty::nearest::distance;
///
/// let letters = |name: &str| name.chars().collect::<Vec<char>>();
/// assert_eq!(distance(&letters("kitten"), &letters("sitting")), 3);
/// ```
pub fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.iter().enumerate() {
        let mut corner = above;
        let mut left = above + 1;
        let mut next = vec![left];
        for (known, up) in other.iter().zip(row.iter().skip(1)) {
            let least = (corner + usize::from(letter != known)).min(left + 1).min(up + 1);
            corner = *up;
            left = least;
            next.push(least);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn the_distance_is_that_of_levenshtein() {
        let of =
            |one: &str, other: &str| distance(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>());
        assert_eq!([of("kitten", "sitting"), of("", "abc"), of("abc", "abc"), of("标准", "标唯")], [3, 3, 0, 1]);
    }
}
