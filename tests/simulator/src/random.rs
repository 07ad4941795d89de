//! Pseudorandom numbers that depend only on the seed.
//!
//! Records are generated on demand from seed, kind and index, so each record needs its own stateless stream of numbers.
//! The generator is `SplitMix64`, whose numbers are the same on every machine and in every version.

/// A stream of numbers.
#[derive(Clone, Copy)]
pub(crate) struct Random(u64);

impl Random {
    /// Creates the stream of a purpose, which `salt` distinguishes from all other streams.
    pub(crate) fn new(seed: u64, salt: &[u64]) -> Self {
        let start =
            salt.iter().fold(mix(seed ^ 0x9e37_79b9_7f4a_7c15), |state, part| mix(state ^ mix(*part)));
        Self(start)
    }

    /// Returns the next number, any 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// Returns a number below `bound`, or 0 if `bound` is 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or(0)
    }

    /// Returns an index below `bound`.
    pub(crate) fn index(&mut self, bound: usize) -> usize {
        usize::try_from(self.below(bound as u64)).unwrap_or(0)
    }

    /// Returns a number from `low` up to, but not including, `high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low.wrapping_add(self.below(high.abs_diff(low)).cast_signed())
    }

    /// Returns true with a probability of `percent` in a hundred.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Returns a number from 0 up to, but not including, 1.
    pub(crate) fn fraction(&mut self) -> f64 {
        const STEPS: u32 = 1 << 24;
        f64::from(u32::try_from(self.next() >> 40).unwrap_or(0)) / f64::from(STEPS)
    }

    /// Returns one of the choices, which must not be empty.
    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.index(choices.len())]
    }
}

fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
