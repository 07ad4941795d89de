//! What an update meets in the new document, part by part, beside what it met in the old one.

use serde_json::Value;

use super::fate::{Parts, Reason};
use super::identity::identity;
use crate::base::pointer::Pointer;

/// A node of one of the trees.
#[derive(Clone, Debug)]
pub(super) struct Node<'v> {
    pub(super) pointer: Pointer,
    pub(super) value: &'v Value,
}

impl Node<'_> {
    fn child(&self, key: &str) -> Option<Self> {
        let value = self.value.as_object()?.get(key)?;
        Some(Self { pointer: self.pointer.child(key), value })
    }

    /// The first element of a list for which something holds.
    fn find(&self, holds: impl Fn(&Value) -> bool) -> Option<Self> {
        let index = self.value.as_array()?.iter().position(holds)?;
        Some(Self { pointer: self.pointer.index(index), value: self.value.get(index)? })
    }
}

/// A part of the update that the new document disagrees with.
#[derive(Clone, Debug)]
pub(super) struct Clash<'v> {
    pub(super) reason: Reason,
    pub(super) old: Option<Node<'v>>,
    pub(super) new: Option<Node<'v>>,
    pub(super) ours: Option<&'v Value>,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Comparison<'v> {
    pub(super) parts: Parts,
    /// Parts that the update writes.
    pub(super) written: usize,
    clashes: Vec<Clash<'v>>,
    /// List elements that both have; no matter unless the update stays.
    twice: Vec<Clash<'v>>,
}

impl<'v> Comparison<'v> {
    /// Whether the update can go: the new document says all that it says.
    pub(super) fn is_satisfied(&self) -> bool {
        self.written == 0 && self.clashes.is_empty()
    }

    /// What the new document disagrees with.
    pub(super) fn into_clashes(mut self) -> Vec<Clash<'v>> {
        if !self.is_satisfied() {
            self.clashes.append(&mut self.twice);
        }
        self.clashes
    }

    /// Compares the update with a node that its target selects: a list takes it as an element.
    pub(super) fn target(&mut self, ours: &'v Value, old: Option<Node<'v>>, new: Node<'v>) {
        if new.value.is_array() && !ours.is_array() {
            if old.as_ref().is_some_and(|old| !old.value.is_array()) {
                return self.whole(ours, old, new, &Pointer::root());
            }
            // An element that is the whole update can't go without it.
            self.elements(std::slice::from_ref(ours), old.as_ref(), &new, None);
        } else {
            self.merge(ours, old, Some(new), &Pointer::root());
        }
    }

    fn merge(&mut self, ours: &'v Value, old: Option<Node<'v>>, new: Option<Node<'v>>, at: &Pointer) {
        let Some(new) = new else {
            self.parts.all += parts(ours);
            match old {
                None => self.written += parts(ours),
                old => self.clash(Reason::Gone, old, None, ours),
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
            _ => self.whole(ours, old, new, at),
        }
    }

    /// A value that replaces another as a whole.
    fn whole(&mut self, ours: &'v Value, old: Option<Node<'v>>, new: Node<'v>, at: &Pointer) {
        self.parts.all += parts(ours);
        if covers(new.value, ours) {
            if !old.is_some_and(|old| covers(old.value, ours)) {
                self.parts.upstream += parts(ours);
                self.parts.needless.push(at.clone());
                if holds_list(ours) {
                    self.twice.push(Clash {
                        reason: Reason::Twice,
                        old: None,
                        new: Some(new),
                        ours: Some(ours),
                    });
                }
            }
        } else if old.as_ref().is_some_and(|old| old.value == new.value) {
            self.written += parts(ours);
        } else {
            self.clash(Reason::Changed, old, Some(new), ours);
        }
    }

    /// Elements that are added to a list, which stands somewhere in the update.
    fn elements(&mut self, items: &'v [Value], old: Option<&Node<'v>>, new: &Node<'v>, at: Option<&Pointer>) {
        for (index, ours) in items.iter().enumerate() {
            self.parts.all += 1;
            let same = |node: &Node<'v>| node.find(|other| other == ours);
            let (was, is) = (old.and_then(same), same(new));
            if is.is_some() && was.is_none() {
                self.parts.upstream += 1;
                self.parts.needless.extend(at.map(|at| at.index(index)));
                self.twice.push(Clash { reason: Reason::Twice, old: None, new: is, ours: Some(ours) });
                continue;
            }
            let named = identity(ours);
            let twin = |node: &Node<'v>| node.find(|other| named.is_some() && identity(other) == named);
            let (was, is) = (old.and_then(twin), twin(new));
            let as_before =
                is.is_none() || was.as_ref().map(|was| was.value) == is.as_ref().map(|is| is.value);
            if as_before {
                self.written += 1;
            } else {
                self.clash(Reason::Changed, was, is, ours);
            }
        }
    }

    fn clash(&mut self, reason: Reason, old: Option<Node<'v>>, new: Option<Node<'v>>, ours: &'v Value) {
        self.clashes.push(Clash { reason, old, new, ours: Some(ours) });
    }
}

/// How many values and list elements a value is made of.
fn parts(value: &Value) -> usize {
    match value {
        Value::Object(entries) => entries.values().map(parts).sum::<usize>().max(1),
        Value::Array(items) => items.len().max(1),
        _ => 1,
    }
}

/// Whether a value says all that another says.
fn covers(value: &Value, ours: &Value) -> bool {
    match (value, ours) {
        (Value::Object(entries), Value::Object(updates)) => {
            updates.iter().all(|(key, ours)| entries.get(key).is_some_and(|value| covers(value, ours)))
        }
        _ => value == ours,
    }
}

/// Whether merging a value twice adds something the second time.
fn holds_list(value: &Value) -> bool {
    match value {
        Value::Object(entries) => entries.values().any(holds_list),
        value => value.is_array(),
    }
}

/// Whether all of some elements can be told apart by more than their value.
fn have_identity(items: &[Value]) -> bool {
    items.iter().all(|item| item.is_object() && identity(item).is_some())
}

/// Objects merge and lists grow, all else is replaced.
fn kind(value: &Value) -> u8 {
    match value {
        Value::Object(_) => 0,
        Value::Array(_) => 1,
        _ => 2,
    }
}
