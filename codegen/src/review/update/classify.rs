//! Determines the outcome of an action: compares the nodes that it patches in the old and the new tree.

use serde_json::Value;

use super::compare::{NodeConflict, TreeNode, UpdateComparison};
use super::identity;
use super::identity::NodePairs;
use super::outcome::{ActionOutcome, ActionParts, Conflict, ConflictReason, LocatedValue};
use super::retarget::Trees;
use crate::base::diagnostic::NodeLocation;
use crate::base::pointer::Pointer;
use crate::read::overlay::action::{Action, ActionKind, TargetQuery};
use crate::read::overlay::jsonpath;
use crate::read::tree::document::Document;

/// The nodes that an action selects.
pub(super) struct SelectedNodes {
    pub(super) old: Vec<Pointer>,
    pub(super) new: Vec<Pointer>,
    pub(super) pairs: NodePairs,
    /// The target that selects the new nodes, if it isn't the written one.
    pub(super) retarget: Option<String>,
}

/// Both trees, as they are before an action.
#[derive(Clone, Copy)]
pub(super) struct Classifier<'v, 'd> {
    pub(super) old: &'v Document<'d>,
    pub(super) new: &'v Document<'d>,
    /// Both documents as published.
    pub(super) bases: &'v (Value, Value),
}

impl<'v> Classifier<'v, '_> {
    /// Selects the nodes of an action in both trees.
    pub(super) fn select(&self, action: &Action) -> SelectedNodes {
        let (old, new) = (action.target.select(&self.old.value), action.target.select(&self.new.value));
        if new.is_empty()
            && !old.is_empty()
            && let Some(reached) = self.moved(&action.target, &old)
        {
            return reached;
        }
        let trees = (&self.old.value, &self.new.value);
        let pairs = identity::pair((trees.0, old.clone()), (trees.1, new.clone()));
        SelectedNodes { old, new, pairs, retarget: None }
    }

    /// Selects nodes that moved, if a new target is found and selects as many nodes.
    fn moved(&self, target: &TargetQuery, old: &[Pointer]) -> Option<SelectedNodes> {
        let (old_base, new_base) = self.bases;
        let trees = Trees { old: &self.old.value, new: &self.new.value, old_base, new_base };
        let retarget = trees.retarget(&target.text)?;
        let new = TargetQuery::parse(&retarget).ok()?.select(&self.new.value);
        let both = old.iter().cloned().zip(new.iter().cloned()).collect();
        let pairs = NodePairs { both, ..NodePairs::default() };
        (new.len() == old.len()).then(|| SelectedNodes {
            old: old.to_vec(),
            new,
            pairs,
            retarget: Some(retarget),
        })
    }

    /// Returns the outcome of an action, and its parts.
    pub(super) fn outcome(&self, action: &Action, reached: &SelectedNodes) -> (ActionOutcome, ActionParts) {
        let without_parts = |outcome| (outcome, ActionParts::default());
        if reached.new.is_empty() {
            let removed = matches!(action.kind, ActionKind::Remove) && self.is_removed(&reached.old);
            return without_parts(if removed {
                ActionOutcome::Satisfied
            } else {
                self.stale(&action.target)
            });
        }
        let ours = match &action.kind {
            ActionKind::Remove => None,
            ActionKind::Update(value) => Some(value),
            ActionKind::Copy(path) => match path.only(&self.new.value) {
                Some(value) => Some(value),
                None => return without_parts(self.stale(path)),
            },
        };
        if let Some(conflict) = self.another(&action.target, reached, ours) {
            return without_parts(self.conflicting(vec![conflict]));
        }
        let (outcome, parts) = match ours {
            Some(ours) => self.update(ours, reached),
            None => self.removal(&reached.pairs),
        };
        let moved = outcome == ActionOutcome::Applied && reached.retarget.is_some();
        let stale = || ActionOutcome::Stale { path: action.target.text.clone(), suggestion: None };
        (if moved { stale() } else { outcome }, parts)
    }

    fn stale(&self, path: &TargetQuery) -> ActionOutcome {
        let suggestion = jsonpath::nearest(&path.text, &self.new.value).map(str::to_owned);
        ActionOutcome::Stale { path: path.text.clone(), suggestion }
    }

    /// Returns whether the nodes were removed and their parents still exist.
    fn is_removed(&self, nodes: &[Pointer]) -> bool {
        let parent = |node: &Pointer| {
            let parent = identity::steps(&self.old.value, &node.parent()?);
            identity::resolve(&self.new.value, &parent)
        };
        !nodes.is_empty() && nodes.iter().all(|node| parent(node).is_some())
    }

    /// Returns a conflict if the target selects another array element than before.
    fn another(
        &self,
        target: &TargetQuery,
        reached: &SelectedNodes,
        ours: Option<&'v Value>,
    ) -> Option<NodeConflict<'v>> {
        let (old, new) = reached.pairs.both.first()?;
        let may_differ = target.is_definite() && reached.retarget.is_none();
        let differ =
            may_differ && identity::steps(&self.old.value, old) != identity::steps(&self.new.value, new);
        let (old, new) = (self.old_node(old), self.new_node(new));
        differ.then_some(NodeConflict { reason: ConflictReason::AnotherElement, old, new, ours })
    }

    fn update(&self, ours: &'v Value, reached: &SelectedNodes) -> (ActionOutcome, ActionParts) {
        let mut comparison = UpdateComparison::default();
        for (old, new) in &reached.pairs.both {
            if let Some(new) = self.new_node(new) {
                comparison.target(ours, self.old_node(old), new);
            }
        }
        for new in reached.pairs.only_new.iter().filter_map(|new| self.new_node(new)) {
            // If the target also selects old nodes, it is meant for any node that it selects.
            let old = (!reached.old.is_empty()).then(|| new.clone());
            comparison.target(ours, old, new);
        }
        let mut parts = std::mem::take(&mut comparison.parts);
        // A part that is redundant for one node may be necessary for another.
        if comparison.is_satisfied() || reached.new.len() > 1 {
            parts.redundant.clear();
        }
        if comparison.is_satisfied() {
            return (ActionOutcome::Satisfied, parts);
        }
        let mut conflicts = comparison.into_conflicts();
        if reached.old.is_empty() {
            // The target was already adapted to the new document.
            conflicts.retain(|found| found.reason == ConflictReason::Duplicate);
        }
        (if conflicts.is_empty() { ActionOutcome::Applied } else { self.conflicting(conflicts) }, parts)
    }

    fn removal(&self, pairs: &NodePairs) -> (ActionOutcome, ActionParts) {
        let conflict = |(old, new): &(Pointer, Pointer)| {
            let (old, new) = (self.old_node(old)?, self.new_node(new)?);
            let changed = old.value != new.value;
            changed.then_some(NodeConflict {
                reason: ConflictReason::Changed,
                old: Some(old),
                new: Some(new),
                ours: None,
            })
        };
        let conflicts: Vec<_> = pairs.both.iter().filter_map(conflict).collect();
        let upstream = pairs.only_old.len();
        let total = pairs.both.len() + pairs.only_new.len() + upstream;
        let parts = ActionParts { total, upstream, redundant: Vec::new() };
        (if conflicts.is_empty() { ActionOutcome::Applied } else { self.conflicting(conflicts) }, parts)
    }

    fn conflicting(&self, conflicts: Vec<NodeConflict<'v>>) -> ActionOutcome {
        let located = |document: &Document<'_>, node: Option<TreeNode<'v>>| {
            let node = node?;
            let location = document.location(&node.pointer);
            let site = NodeLocation { location, written: node.pointer.clone(), pointer: node.pointer };
            Some(LocatedValue { site, value: node.value.clone() })
        };
        let to_public = |found: NodeConflict<'v>| Conflict {
            reason: found.reason,
            old: located(self.old, found.old),
            new: located(self.new, found.new),
            ours: found.ours.cloned(),
        };
        ActionOutcome::Conflicting(conflicts.into_iter().map(to_public).collect())
    }

    fn old_node(&self, pointer: &Pointer) -> Option<TreeNode<'v>> {
        node(&self.old.value, pointer)
    }

    fn new_node(&self, pointer: &Pointer) -> Option<TreeNode<'v>> {
        node(&self.new.value, pointer)
    }
}

fn node<'v>(tree: &'v Value, pointer: &Pointer) -> Option<TreeNode<'v>> {
    Some(TreeNode { pointer: pointer.clone(), value: pointer.find(tree)? })
}
