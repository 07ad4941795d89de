//! What the output shows about the parts of the document.

use std::collections::{BTreeMap, HashSet};

use crate::base::pointer::Pointer;
use crate::ir::api::Operation;
use crate::output::generator_output::Output;

/// A part of the description that is neither emitted nor reported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unaccounted {
    /// The pointer of the part.
    pub pointer: Pointer,
    /// The kind of part: `operation`, `parameter`, `body`, `encoding`, `response`, `media type`, `header`, `server`,
    /// `security`, `constraint` or `webhook`.
    pub what: &'static str,
}

pub(super) struct Evidence<'a> {
    pub(super) output: &'a Output,
    operations: BTreeMap<&'a Pointer, Vec<&'a Operation>>,
    /// The nodes that are reported, and all of their ancestors.
    reported: HashSet<&'a Pointer>,
    reported_below: HashSet<Pointer>,
    pub(super) unaccounted: Vec<Unaccounted>,
}

impl<'a> Evidence<'a> {
    pub(super) fn new(output: &'a Output) -> Self {
        let mut operations: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (_, operation) in output.api.operations() {
            operations.entry(&operation.pointer).or_default().push(operation);
        }
        let skipped = output.api.skipped.iter().map(|skipped| &skipped.pointer);
        let reported: HashSet<_> = skipped.chain(&output.reported).collect();
        let ancestors = |pointer: &&Pointer| std::iter::successors(Some((*pointer).clone()), Pointer::parent);
        let reported_below = reported.iter().flat_map(ancestors).collect();
        Self { output, operations, reported, reported_below, unaccounted: Vec::new() }
    }

    /// Returns the functions of an operation. It has one for each form of its body.
    pub(super) fn functions(&self, at: &Pointer) -> Option<Vec<&'a Operation>> {
        self.operations.get(at).cloned()
    }

    /// Returns whether a node or an ancestor of it is reported.
    pub(super) fn is_reported(&self, at: &Pointer) -> bool {
        let mut ancestors = std::iter::successors(Some(at.clone()), Pointer::parent);
        ancestors.any(|pointer| pointer.tokens().len() > 1 && self.reported.contains(&pointer))
    }

    pub(super) fn is_reported_at_or_below(&self, at: &Pointer) -> bool {
        self.is_reported(at) || self.reported_below.contains(at)
    }

    /// Adds a part unless it was reported: at its own location, or where it is used.
    pub(super) fn require(
        &mut self,
        is_accounted: bool,
        at: &Pointer,
        used_at: &Pointer,
        what: &'static str,
    ) {
        if !is_accounted && !self.is_reported(used_at) && !self.is_reported_at_or_below(at) {
            self.unaccounted.push(Unaccounted { pointer: at.clone(), what });
        }
    }
}
