//! What two sides have in common, and how it is told.

use std::collections::BTreeSet;

use super::change::Item;
use super::compare::Items;
use crate::base::pointer::Pointer;
use crate::ir::api::Operation;

/// One operation on both sides.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) old: &'a Operation,
    pub(super) new: &'a Operation,
}

impl Pair<'_> {
    pub(super) fn at(&self) -> (&Pointer, &Pointer) {
        (&self.old.pointer, &self.new.pointer)
    }

    pub(super) fn items(&self) -> Items {
        Items { old: Item::Operation(self.old.id.clone()), new: Item::Operation(self.new.id.clone()) }
    }
}

/// Whether what both have comes in another order.
pub(super) fn in_another_order<T: Ord>(old: impl Iterator<Item = T>, new: impl Iterator<Item = T>) -> bool {
    let (old, new): (Vec<_>, Vec<_>) = (old.collect(), new.collect());
    let (known, still): (BTreeSet<_>, BTreeSet<_>) = (old.iter().collect(), new.iter().collect());
    !old.iter().filter(|one| still.contains(one)).eq(new.iter().filter(|one| known.contains(one)))
}

/// A default, in a few characters.
pub(super) fn value(value: Option<&serde_json::Value>) -> String {
    value.map_or_else(|| "none".to_owned(), ToString::to_string)
}
