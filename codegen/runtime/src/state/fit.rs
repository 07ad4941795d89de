//! How a value fits the types that it may be of.

use std::cmp::Reverse;

/// How a value fits a type that can hold it, the best one first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fit {
    /// Texts that an enum doesn't list, values that no type of a union holds, and nulls that are not declared.
    pub(crate) strange: u32,
    /// Values that are not declared, those inside of undeclared ones included.
    pub(crate) undeclared: u32,
    /// Texts that an enum or a tag lists: what the value says of itself.
    pub(crate) listed: Reverse<u32>,
}

impl Fit {
    /// Takes in how a part of the value fits.
    pub(crate) fn add(&mut self, part: Self) {
        self.strange = self.strange.saturating_add(part.strange);
        self.undeclared = self.undeclared.saturating_add(part.undeclared);
        self.listed.0 = self.listed.0.saturating_add(part.listed.0);
    }
}
