//! Chance that is the same everywhere for the same seed: SplitMix64 (Steele, Lea and Flood, 2014), integers only.

/// A sequence of numbers.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of the numbers from `least` to `most`. The bias of the remainder is of the order of most / 2⁶⁴.
    pub(super) fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most.saturating_sub(least) + 1)
    }

    /// Whether it happens that happens so many times in a thousand.
    pub(super) fn happens(&mut self, in_a_thousand: u64) -> bool {
        self.between(0, 999) < in_a_thousand
    }

    /// One of a list, by shares.
    pub(super) fn by_share<'a, T>(&mut self, list: &'a [T], share: impl Fn(&T) -> u64) -> Option<&'a T> {
        let total: u64 = list.iter().map(&share).sum();
        let mut left = self.between(0, total.saturating_sub(1));
        list.iter().find(|one| {
            let here = share(one);
            let found = left < here;
            left = left.saturating_sub(here);
            found
        })
    }

    /// One of a list.
    pub(super) fn one<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        self.by_share(list, |_| 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    /// The published first outputs for the seed 1234567.
    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        let mut chance = Chance::new(1_234_567);
        let first = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!([chance.next(), chance.next(), chance.next()], first);
    }
}
