//! An operation on both sides, and helpers to compare order and defaults.

use std::collections::BTreeSet;

use super::change::Item;
use super::compare::ItemPair;
use crate::base::digits;
use crate::base::pointer::Pointer;
use crate::ir::api::Operation;

/// An old operation and its new counterpart.
#[derive(Clone, Copy)]
pub(super) struct OperationPair<'a> {
    pub(super) old: &'a Operation,
    pub(super) new: &'a Operation,
}

impl OperationPair<'_> {
    pub(super) fn at(&self) -> (&Pointer, &Pointer) {
        (&self.old.pointer, &self.new.pointer)
    }

    pub(super) fn items(&self) -> ItemPair {
        ItemPair { old: Item::Operation(self.old.id.clone()), new: Item::Operation(self.new.id.clone()) }
    }
}

/// Returns whether the elements that both lists have are in another order.
pub(super) fn in_another_order<T: Ord>(old: impl Iterator<Item = T>, new: impl Iterator<Item = T>) -> bool {
    let (old, new): (Vec<_>, Vec<_>) = (old.collect(), new.collect());
    let (in_old, in_new): (BTreeSet<_>, BTreeSet<_>) = (old.iter().collect(), new.iter().collect());
    !old.iter().filter(|item| in_new.contains(item)).eq(new.iter().filter(|item| in_old.contains(item)))
}

/// Returns a default value as JSON, or `none`.
pub(super) fn value(value: Option<&serde_json::Value>) -> String {
    value.map_or_else(|| "none".to_owned(), digits::json)
}
