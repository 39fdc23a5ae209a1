//! The feeds' own numbers of their readings, as ranges: which came, and how many in between did not.

use std::collections::BTreeMap;

/// Numbers that came, as ranges with both ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ranges(BTreeMap<i64, i64>);

impl Ranges {
    /// Adds a number; `false` if it was there.
    pub(crate) fn insert(&mut self, number: i64) -> bool {
        let before = self.0.range(..=number).next_back().map(|(from, to)| (*from, *to));
        if before.is_some_and(|(_, to)| to >= number) {
            return false;
        }
        let after = number.checked_add(1).and_then(|next| self.0.remove(&next));
        let to = after.unwrap_or(number);
        match before {
            Some((from, end)) if end + 1 == number => self.0.insert(from, to),
            _ => self.0.insert(number, to),
        };
        true
    }

    /// Adds a range.
    pub(crate) fn extend(&mut self, from: i64, to: i64) {
        let Some(overlapping) = (from <= to).then(|| {
            let low = from.saturating_sub(1);
            let start =
                self.0.range(..=low).next_back().filter(|(_, end)| **end >= low).map_or(from, |(start, _)| *start);
            self.0.range(start..=to.saturating_add(1)).map(|(start, end)| (*start, *end)).collect::<Vec<_>>()
        }) else {
            return;
        };
        let (mut first, mut last) = (from, to);
        for (start, end) in overlapping {
            self.0.remove(&start);
            first = first.min(start);
            last = last.max(end);
        }
        self.0.insert(first, last);
    }

    /// The ranges.
    pub(crate) fn ranges(&self) -> impl Iterator<Item = (i64, i64)> {
        self.0.iter().map(|(from, to)| (*from, *to))
    }

    /// How many numbers between the first and the last did not come.
    pub(crate) fn missing(&self) -> u64 {
        let gaps = self.0.iter().zip(self.0.iter().skip(1));
        gaps.map(|((_, end), (start, _))| (start - end - 1).unsigned_abs()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_grow_into_ranges_in_whatever_order_they_come() {
        let mut ranges = Ranges::default();
        for number in [5, 1, 3, 2, 9] {
            assert!(ranges.insert(number));
        }
        assert!(!ranges.insert(2) && !ranges.insert(9));
        assert_eq!(ranges.ranges().collect::<Vec<_>>(), [(1, 3), (5, 5), (9, 9)]);
        assert_eq!(ranges.missing(), 4);
        ranges.extend(4, 7);
        assert_eq!(ranges.ranges().collect::<Vec<_>>(), [(1, 7), (9, 9)]);
        ranges.extend(8, 8);
        assert_eq!(ranges.ranges().collect::<Vec<_>>(), [(1, 9)]);
        ranges.extend(0, 20);
        ranges.extend(3, 1);
        assert_eq!(ranges.ranges().collect::<Vec<_>>(), [(0, 20)]);
        assert!(ranges.insert(i64::MAX) && !ranges.insert(i64::MAX));
    }
}
