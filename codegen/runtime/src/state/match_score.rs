//! A score of how well a value matches one of the types of a union.

use std::cmp::Reverse;

/// A score of how well a value matches a type that accepts it. The smallest score is the best match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MatchScore {
    /// The number of values that were left out, including those inside them.
    pub(crate) left_out: u32,
    /// The number of values that an enum doesn't list, values that no type of a union accepts, and nulls that are not
    /// declared. An inexact value counts once, one that is out of range twice.
    pub(crate) unknown: u32,
    /// The number of undeclared values, including those inside undeclared values.
    pub(crate) undeclared: u32,
    /// The number of values that an enum or a discriminator lists.
    pub(crate) known: Reverse<u32>,
}

impl MatchScore {
    /// Adds the score of a part of the value.
    pub(crate) fn add(&mut self, part: Self) {
        self.left_out = self.left_out.saturating_add(part.left_out);
        self.unknown = self.unknown.saturating_add(part.unknown);
        self.undeclared = self.undeclared.saturating_add(part.undeclared);
        self.known.0 = self.known.0.saturating_add(part.known.0);
    }
}
