//! Compares the update of an action, part by part, with the old and the new document.

use serde_json::Value;

use super::identity::identity;
use super::outcome::{ActionParts, ConflictReason};
use crate::base::pointer::Pointer;

/// A node of one of the trees.
#[derive(Clone, Debug)]
pub(super) struct TreeNode<'v> {
    pub(super) pointer: Pointer,
    pub(super) value: &'v Value,
}

impl TreeNode<'_> {
    fn child(&self, key: &str) -> Option<Self> {
        let value = self.value.as_object()?.get(key)?;
        Some(Self { pointer: self.pointer.child(key), value })
    }

    /// Returns the first array element that matches.
    fn find(&self, matches: impl Fn(&Value) -> bool) -> Option<Self> {
        let index = self.value.as_array()?.iter().position(matches)?;
        Some(Self { pointer: self.pointer.index(index), value: self.value.get(index)? })
    }
}

/// A part of the update that conflicts with the new document.
#[derive(Clone, Debug)]
pub(super) struct NodeConflict<'v> {
    pub(super) reason: ConflictReason,
    pub(super) old: Option<TreeNode<'v>>,
    pub(super) new: Option<TreeNode<'v>>,
    pub(super) ours: Option<&'v Value>,
}

/// The state of a comparison.
#[derive(Debug, Default)]
pub(super) struct UpdateComparison<'v> {
    pub(super) parts: ActionParts,
    /// The number of parts that the update writes.
    pub(super) written: usize,
    conflicts: Vec<NodeConflict<'v>>,
    /// Array elements that both have. They conflict only if the update is kept.
    duplicates: Vec<NodeConflict<'v>>,
}

impl<'v> UpdateComparison<'v> {
    /// Returns whether the update is redundant: the new document already has everything that it writes.
    pub(super) fn is_satisfied(&self) -> bool {
        self.written == 0 && self.conflicts.is_empty()
    }

    /// Returns the conflicts.
    pub(super) fn into_conflicts(mut self) -> Vec<NodeConflict<'v>> {
        if !self.is_satisfied() {
            self.conflicts.append(&mut self.duplicates);
        }
        self.conflicts
    }

    /// Compares the update with a node that the target selects. To an array, the update is appended as an element.
    pub(super) fn target(&mut self, ours: &'v Value, old: Option<TreeNode<'v>>, new: TreeNode<'v>) {
        if new.value.is_array() && !ours.is_array() {
            if old.as_ref().is_some_and(|old| !old.value.is_array()) {
                return self.replacement(ours, old, new, &Pointer::root());
            }
            // The element is the entire update, so it is never a redundant part.
            self.elements(std::slice::from_ref(ours), old.as_ref(), &new, None);
        } else {
            self.merge(ours, old, Some(new), &Pointer::root());
        }
    }

    fn merge(&mut self, ours: &'v Value, old: Option<TreeNode<'v>>, new: Option<TreeNode<'v>>, at: &Pointer) {
        let Some(new) = new else {
            self.parts.total += parts(ours);
            match old {
                None => self.written += parts(ours),
                old => self.conflict(ConflictReason::Removed, old, None, ours),
            }
            return;
        };
        let of_same_kind = old.as_ref().is_none_or(|old| kind(old.value) == kind(new.value));
        match (ours, new.value) {
            (Value::Object(updates), Value::Object(_)) if of_same_kind => {
                for (key, ours) in updates {
                    self.merge(
                        ours,
                        old.as_ref().and_then(|old| old.child(key)),
                        new.child(key),
                        &at.child(key),
                    );
                }
            }
            (Value::Array(items), Value::Array(_))
                if of_same_kind && (old.is_some() || have_identity(items)) =>
            {
                self.elements(items, old.as_ref(), &new, Some(at));
            }
            _ => self.replacement(ours, old, new, at),
        }
    }

    /// Compares a value that replaces another entirely.
    fn replacement(&mut self, ours: &'v Value, old: Option<TreeNode<'v>>, new: TreeNode<'v>, at: &Pointer) {
        self.parts.total += parts(ours);
        if covers(new.value, ours) {
            if !old.is_some_and(|old| covers(old.value, ours)) {
                self.parts.upstream += parts(ours);
                self.parts.redundant.push(at.clone());
                if holds_list(ours) {
                    self.duplicates.push(NodeConflict {
                        reason: ConflictReason::Duplicate,
                        old: None,
                        new: Some(new),
                        ours: Some(ours),
                    });
                }
            }
        } else if old.as_ref().is_some_and(|old| old.value == new.value) {
            self.written += parts(ours);
        } else {
            self.conflict(ConflictReason::Changed, old, Some(new), ours);
        }
    }

    /// Compares elements that are appended to an array; `at` is the array's pointer in the update.
    fn elements(
        &mut self,
        items: &'v [Value],
        old: Option<&TreeNode<'v>>,
        new: &TreeNode<'v>,
        at: Option<&Pointer>,
    ) {
        for (index, ours) in items.iter().enumerate() {
            self.parts.total += 1;
            let same = |node: &TreeNode<'v>| node.find(|other| other == ours);
            let (was, is) = (old.and_then(same), same(new));
            if is.is_some() && was.is_none() {
                self.parts.upstream += 1;
                self.parts.redundant.extend(at.map(|at| at.index(index)));
                self.duplicates.push(NodeConflict {
                    reason: ConflictReason::Duplicate,
                    old: None,
                    new: is,
                    ours: Some(ours),
                });
                continue;
            }
            let named = identity(ours);
            let twin = |node: &TreeNode<'v>| node.find(|other| named.is_some() && identity(other) == named);
            let (was, is) = (old.and_then(twin), twin(new));
            let as_before =
                is.is_none() || was.as_ref().map(|was| was.value) == is.as_ref().map(|is| is.value);
            if as_before {
                self.written += 1;
            } else {
                self.conflict(ConflictReason::Changed, was, is, ours);
            }
        }
    }

    fn conflict(
        &mut self,
        reason: ConflictReason,
        old: Option<TreeNode<'v>>,
        new: Option<TreeNode<'v>>,
        ours: &'v Value,
    ) {
        self.conflicts.push(NodeConflict { reason, old, new, ours: Some(ours) });
    }
}

/// Returns the number of values and array elements in a value.
fn parts(value: &Value) -> usize {
    match value {
        Value::Object(entries) => entries.values().map(parts).sum::<usize>().max(1),
        Value::Array(items) => items.len().max(1),
        _ => 1,
    }
}

/// Returns whether a value contains all of another one.
fn covers(value: &Value, ours: &Value) -> bool {
    match (value, ours) {
        (Value::Object(entries), Value::Object(updates)) => {
            updates.iter().all(|(key, ours)| entries.get(key).is_some_and(|value| covers(value, ours)))
        }
        _ => value == ours,
    }
}

/// Returns whether merging a value twice adds something the second time.
fn holds_list(value: &Value) -> bool {
    match value {
        Value::Object(entries) => entries.values().any(holds_list),
        value => value.is_array(),
    }
}

/// Returns whether all elements are objects with an identity.
fn have_identity(items: &[Value]) -> bool {
    items.iter().all(|item| item.is_object() && identity(item).is_some())
}

/// Returns a number that identifies how a value is merged: objects are merged, arrays are appended to, others are
/// replaced.
fn kind(value: &Value) -> u8 {
    match value {
        Value::Object(_) => 0,
        Value::Array(_) => 1,
        _ => 2,
    }
}
