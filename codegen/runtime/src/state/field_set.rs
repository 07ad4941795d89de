//! A set of field positions.

/// A set of field positions; the first 64 need no allocation.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldSet {
    low: u64,
    high: Vec<u64>,
}

impl FieldSet {
    /// Adds a position. Returns `false` if it was in the set before.
    #[inline]
    pub(crate) fn insert(&mut self, index: u16) -> bool {
        if index < 64 {
            let bit = 1 << index;
            let new = self.low & bit == 0;
            self.low |= bit;
            return new;
        }
        let (word, bit) = high_bit(index);
        if self.high.len() <= word {
            self.high.resize(word + 1, 0);
        }
        let Some(bits) = self.high.get_mut(word) else {
            return false;
        };
        let new = *bits & bit == 0;
        *bits |= bit;
        new
    }

    /// Removes a position. Returns `false` if it was not in the set.
    pub(crate) fn remove(&mut self, index: u16) -> bool {
        let had = self.contains(index);
        if index < 64 {
            self.low &= !(1 << index);
        } else {
            let (word, bit) = high_bit(index);
            if let Some(bits) = self.high.get_mut(word) {
                *bits &= !bit;
            }
        }
        had
    }

    /// Returns whether a position is in the set.
    #[inline]
    pub(crate) fn contains(&self, index: u16) -> bool {
        if index < 64 {
            return self.low & (1 << index) != 0;
        }
        let (word, bit) = high_bit(index);
        self.high.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Returns whether all of these positions among the first 64 are in the set.
    #[inline]
    pub(crate) fn contains_first(&self, positions: u64) -> bool {
        self.low & positions == positions
    }

    /// Returns whether all positions of another set are in this one.
    pub(crate) fn contains_all(&self, other: &Self) -> bool {
        let mut high = self.high.iter().copied().chain(std::iter::repeat(0));
        self.contains_first(other.low)
            && other.high.iter().all(|bits| high.next().unwrap_or(0) & bits == *bits)
    }

    /// Returns whether the set is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.low == 0 && self.high.iter().all(|bits| *bits == 0)
    }
}

/// Returns the index and the bit of a position after the first 64.
fn high_bit(index: u16) -> (usize, u64) {
    let index = index - 64;
    (usize::from(index / 64), 1 << (index % 64))
}

#[cfg(test)]
mod tests {
    use super::FieldSet;

    #[test]
    fn positions_below_and_above_64_are_added_and_removed() {
        let mut set = FieldSet::default();
        for index in [0, 1, 63, 64, 127, 128, 1000] {
            assert!(!set.contains(index));
            let before = set.clone();
            assert!(set.insert(index));
            assert!(!set.insert(index));
            assert!(set.contains(index));
            assert!(set.contains_all(&before) && !before.contains_all(&set) && set.contains_all(&set));
        }
        assert!(!set.contains(2) && !set.contains(65) && !set.contains(65_535));
        for index in [0, 1, 63, 64, 127, 128, 1000] {
            assert!(set.remove(index));
            assert!(!set.remove(index));
        }
        assert!(set.is_empty());
    }
}
