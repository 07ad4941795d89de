//! How one action fares: what it patches in the old tree against what it finds in the new one.

use serde_json::Value;

use super::compare::{Clash, Comparison, Node};
use super::fate::{Conflict, Outcome, Parts, Reason, Said};
use super::identity;
use super::identity::Pairs;
use super::moved::Trees;
use crate::base::diagnostic::Site;
use crate::base::pointer::Pointer;
use crate::read::overlay::action::{Action, Change, Path};
use crate::read::overlay::target;
use crate::read::tree::document::Document;

/// The nodes that an action is about.
pub(super) struct Reached {
    pub(super) old: Vec<Pointer>,
    pub(super) new: Vec<Pointer>,
    pub(super) pairs: Pairs,
    /// The target that leads to the new nodes, where it is another than the written one.
    pub(super) retarget: Option<String>,
}

/// Looks at both trees as they are before an action.
#[derive(Clone, Copy)]
pub(super) struct Judge<'v, 'd> {
    pub(super) old: &'v Document<'d>,
    pub(super) new: &'v Document<'d>,
    /// Both documents as published.
    pub(super) bases: &'v (Value, Value),
}

impl<'v> Judge<'v, '_> {
    /// Finds the nodes of an action in both trees.
    pub(super) fn reach(&self, action: &Action) -> Reached {
        let (old, new) = (action.target.select(&self.old.value), action.target.select(&self.new.value));
        if new.is_empty()
            && !old.is_empty()
            && let Some(reached) = self.moved(&action.target, &old)
        {
            return reached;
        }
        let trees = (&self.old.value, &self.new.value);
        let pairs = identity::pair((trees.0, old.clone()), (trees.1, new.clone()));
        Reached { old, new, pairs, retarget: None }
    }

    /// The same by another target, if it selects as many nodes.
    fn moved(&self, target: &Path, old: &[Pointer]) -> Option<Reached> {
        let (old_base, new_base) = self.bases;
        let trees = Trees { old: &self.old.value, new: &self.new.value, old_base, new_base };
        let retarget = trees.retarget(&target.text)?;
        let new = Path::parse(&retarget).ok()?.select(&self.new.value);
        let both = old.iter().cloned().zip(new.iter().cloned()).collect();
        let pairs = Pairs { both, ..Pairs::default() };
        (new.len() == old.len()).then(|| Reached { old: old.to_vec(), new, pairs, retarget: Some(retarget) })
    }

    /// What becomes of an action.
    pub(super) fn outcome(&self, action: &Action, reached: &Reached) -> (Outcome, Parts) {
        let without_parts = |outcome| (outcome, Parts::default());
        if reached.new.is_empty() {
            let removed = matches!(action.change, Change::Remove) && self.is_removed(&reached.old);
            return without_parts(if removed { Outcome::Satisfied } else { self.stale(&action.target) });
        }
        let ours = match &action.change {
            Change::Remove => None,
            Change::Update(value) => Some(value),
            Change::Copy(path) => match path.only(&self.new.value) {
                Some(value) => Some(value),
                None => return without_parts(self.stale(path)),
            },
        };
        if let Some(clash) = self.another(&action.target, reached, ours) {
            return without_parts(self.conflicting(vec![clash]));
        }
        let (outcome, parts) = match ours {
            Some(ours) => self.update(ours, reached),
            None => self.removal(&reached.pairs),
        };
        let moved = outcome == Outcome::Applied && reached.retarget.is_some();
        let stale = || Outcome::Stale { path: action.target.text.clone(), meant: None };
        (if moved { stale() } else { outcome }, parts)
    }

    fn stale(&self, path: &Path) -> Outcome {
        let meant = target::nearest(&path.text, &self.new.value).map(str::to_owned);
        Outcome::Stale { path: path.text.clone(), meant }
    }

    /// Whether nodes are gone from parents that are still there.
    fn is_removed(&self, nodes: &[Pointer]) -> bool {
        let stands = |node: &Pointer| {
            let parent = identity::steps(&self.old.value, &node.parent()?);
            identity::resolve(&self.new.value, &parent)
        };
        !nodes.is_empty() && nodes.iter().all(|node| stands(node).is_some())
    }

    /// Whether a position now holds another element.
    fn another(&self, target: &Path, reached: &Reached, ours: Option<&'v Value>) -> Option<Clash<'v>> {
        let (old, new) = reached.pairs.both.first()?;
        let may_differ = target.is_definite() && reached.retarget.is_none();
        let differ =
            may_differ && identity::steps(&self.old.value, old) != identity::steps(&self.new.value, new);
        let (old, new) = (self.old_node(old), self.new_node(new));
        differ.then_some(Clash { reason: Reason::AnotherElement, old, new, ours })
    }

    fn update(&self, ours: &'v Value, reached: &Reached) -> (Outcome, Parts) {
        let mut comparison = Comparison::default();
        for (old, new) in &reached.pairs.both {
            if let Some(new) = self.new_node(new) {
                comparison.target(ours, self.old_node(old), new);
            }
        }
        for new in reached.pairs.only_new.iter().filter_map(|new| self.new_node(new)) {
            // Selected for the first time beside others: the action is about whatever stands there.
            let old = (!reached.old.is_empty()).then(|| new.clone());
            comparison.target(ours, old, new);
        }
        let mut parts = std::mem::take(&mut comparison.parts);
        // What is needless for one node may be needed for another.
        if comparison.is_satisfied() || reached.new.len() > 1 {
            parts.needless.clear();
        }
        if comparison.is_satisfied() {
            return (Outcome::Satisfied, parts);
        }
        let mut clashes = comparison.into_clashes();
        if reached.old.is_empty() {
            // A target that was mended for the new document already.
            clashes.retain(|clash| clash.reason == Reason::Twice);
        }
        (if clashes.is_empty() { Outcome::Applied } else { self.conflicting(clashes) }, parts)
    }

    fn removal(&self, pairs: &Pairs) -> (Outcome, Parts) {
        let clash = |(old, new): &(Pointer, Pointer)| {
            let (old, new) = (self.old_node(old)?, self.new_node(new)?);
            let changed = old.value != new.value;
            changed.then_some(Clash { reason: Reason::Changed, old: Some(old), new: Some(new), ours: None })
        };
        let clashes: Vec<_> = pairs.both.iter().filter_map(clash).collect();
        let upstream = pairs.only_old.len();
        let all = pairs.both.len() + pairs.only_new.len() + upstream;
        let parts = Parts { all, upstream, needless: Vec::new() };
        (if clashes.is_empty() { Outcome::Applied } else { self.conflicting(clashes) }, parts)
    }

    fn conflicting(&self, clashes: Vec<Clash<'v>>) -> Outcome {
        let said = |document: &Document<'_>, node: Option<Node<'v>>| {
            let node = node?;
            let site = Site { place: document.place(&node.pointer), pointer: node.pointer };
            Some(Said { site, value: node.value.clone() })
        };
        let conflict = |clash: Clash<'v>| Conflict {
            reason: clash.reason,
            old: said(self.old, clash.old),
            new: said(self.new, clash.new),
            ours: clash.ours.cloned(),
        };
        Outcome::Conflicting(clashes.into_iter().map(conflict).collect())
    }

    fn old_node(&self, pointer: &Pointer) -> Option<Node<'v>> {
        node(&self.old.value, pointer)
    }

    fn new_node(&self, pointer: &Pointer) -> Option<Node<'v>> {
        node(&self.new.value, pointer)
    }
}

fn node<'v>(tree: &'v Value, pointer: &Pointer) -> Option<Node<'v>> {
    Some(Node { pointer: pointer.clone(), value: pointer.find(tree)? })
}
