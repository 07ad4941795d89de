//! Numbers and words from a seed.

/// A small pseudorandom number generator (`SplitMix64`). The same seed gives the same numbers.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below the limit.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 32).unwrap_or_default() % limit.max(1)
    }

    /// Returns a noun.
    pub(super) fn noun(&mut self) -> &'static str {
        NOUNS[self.below(NOUNS.len())]
    }

    /// Returns some of the numbers below the limit, in any order.
    pub(super) fn some_below(&mut self, limit: usize, count: usize) -> Vec<usize> {
        let mut numbers: Vec<_> = (0..limit).collect();
        (0..count.min(limit)).map(|_| numbers.swap_remove(self.below(numbers.len()))).collect()
    }
}

const NOUNS: [&str; 12] = [
    "shelf", "lamp", "parcel", "invoice", "ticket", "user", "group", "rule", "view", "brand", "field", "note",
];

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn some_numbers_are_distinct_and_below_the_limit() {
        let mut some = Random::new(1).some_below(20, 8);
        some.sort_unstable();
        some.dedup();
        assert!(some.len() == 8 && some.iter().all(|number| *number < 20), "{some:?}");
        assert_eq!(Random::new(1).some_below(2, 8).len(), 2);
    }
}
