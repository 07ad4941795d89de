//! The status and outcome of an overlay action: plain data.

use serde_json::Value;

use crate::base::diagnostic::{Location, NodeLocation};
use crate::base::pointer::Pointer;

/// Keywords whose values are only documentation.
const PROSE: [&str; 3] = ["description", "summary", "title"];
const EXAMPLES: [&str; 3] = ["example", "examples", "externalDocs"];

/// Identifies an action of an overlay. Both numbers start at 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionId {
    /// The number of the overlay, in the order of application.
    pub overlay: usize,
    /// The number of the action in its overlay.
    pub action: usize,
}

/// The status of an action under the new document.
#[derive(Clone, Debug)]
pub struct ActionStatus {
    /// The action.
    pub id: ActionId,
    /// The location of the action in its overlay.
    pub location: Location,
    /// The target, as written.
    pub target: String,
    /// The outcome.
    pub outcome: ActionOutcome,
    /// The parts of its update, or the nodes that it removes.
    pub parts: ActionParts,
    /// The first node that it patches in the old document, if any.
    pub old: Option<NodeLocation>,
    /// The first node that it patches in the new document, by `retarget` if that is set.
    pub new: Option<NodeLocation>,
    /// The number of nodes that it patches in the old document.
    pub old_nodes: usize,
    /// The number of nodes that it patches in the new document.
    pub new_nodes: usize,
    /// The new target, if the nodes moved. It selects in the new document what `target` selects in the old one.
    pub retarget: Option<String>,
}

/// The outcome of an action under the new document.
#[derive(Clone, Debug, PartialEq)]
pub enum ActionOutcome {
    /// The action applies as before.
    Applied,
    /// The target, or the node to copy, doesn't exist. The nodes may have moved: see [`ActionStatus::retarget`].
    Stale {
        /// The path that selects nothing.
        path: String,
        /// A similar name in the new document, for "did you mean".
        suggestion: Option<String>,
    },
    /// The new document already contains what the action writes, or lacks what it removes.
    Satisfied,
    /// The new document changed a value that the action patches.
    Conflicting(Vec<Conflict>),
}

/// The parts of an action: values and array elements that it writes, or nodes that it removes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionParts {
    /// The number of all parts.
    pub total: usize,
    /// The number of parts that the new document has and the old one doesn't.
    pub upstream: usize,
    /// The pointers of these parts in the overlay. Empty if they can't be distinguished from others, or if the entire
    /// action is redundant.
    pub redundant: Vec<Pointer>,
}

/// A value that the new document changed and the action patches.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The reason.
    pub reason: ConflictReason,
    /// The value in the old document, if any.
    pub old: Option<LocatedValue>,
    /// The value in the new document, if any.
    pub new: Option<LocatedValue>,
    /// The value that the action writes. `None` if it removes the value.
    pub ours: Option<Value>,
}

impl ActionStatus {
    /// Returns whether removing the redundant parts leaves nothing to decide.
    #[must_use]
    pub fn is_trimmable(&self) -> bool {
        let duplicate = |conflict: &Conflict| conflict.reason == ConflictReason::Duplicate;
        !self.parts.redundant.is_empty()
            && match &self.outcome {
                ActionOutcome::Applied => true,
                ActionOutcome::Conflicting(conflicts) => conflicts.iter().all(duplicate),
                ActionOutcome::Stale { .. } | ActionOutcome::Satisfied => false,
            }
    }
}

impl Conflict {
    /// Returns whether the conflict concerns only documentation: descriptions, titles, examples.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        let Some(value) = self.new.as_ref().or(self.old.as_ref()) else { return false };
        let tokens: Vec<&str> = value.site.pointer.tokens().iter().map(String::as_str).collect();
        // A property may have such a name.
        let is_key = |index: usize| index == 0 || tokens[index - 1] != "properties";
        let is_example = |(index, token): (usize, &&str)| EXAMPLES.contains(token) && is_key(index);
        let last = tokens.len().saturating_sub(1);
        tokens.iter().enumerate().any(is_example)
            || tokens.last().is_some_and(|token| PROSE.contains(token) && is_key(last))
    }
}

/// A value and its location.
#[derive(Clone, Debug, PartialEq)]
pub struct LocatedValue {
    /// The location.
    pub site: NodeLocation,
    /// The value.
    pub value: Value,
}

/// The reason why the new document conflicts with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictReason {
    /// The value changed.
    Changed,
    /// The value was removed.
    Removed,
    /// The target selects another array element than before.
    AnotherElement,
    /// The array already has the element that the action appends; the action would duplicate it.
    Duplicate,
}
