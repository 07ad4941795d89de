//! Applies overlay actions to the old and the new document and collects their status.

use std::collections::BTreeSet;
use std::sync::Mutex;

use serde_json::Value;

use super::classify::{Classifier, SelectedNodes};
use super::identity::{self, PathStep};
use super::outcome::{ActionId, ActionOutcome, ActionParts, ActionStatus, ConflictReason};
use crate::base::copies::{Copies, size_of};
use crate::base::diagnostic::{Diagnostics, NodeLocation};
use crate::base::parallel;
use crate::base::pointer::Pointer;
use crate::read::overlay::action::{Action, ActionKind};
use crate::read::overlay::{action, write};
use crate::read::tree::document::Document;
use crate::read::tree::file::{ParsedFile, Source};

/// Two versions of a document, and the overlays that patch them.
#[derive(Debug)]
pub struct OverlayUpdate<'a> {
    old: Document<'a>,
    new: Document<'a>,
    /// Both documents, without overlays.
    bases: (Value, Value),
    actions: Vec<(ActionId, Action)>,
}

impl<'a> OverlayUpdate<'a> {
    /// Reads both documents and the overlays. Problems in a document that don't prevent reading it are ignored.
    ///
    /// # Errors
    ///
    /// Returns the errors of documents that can't be read, and all errors of the overlays.
    pub fn read(old: &'a Source, new: &'a Source, overlays: &'a [Source]) -> Result<Self, Diagnostics> {
        let mut sources = vec![(old, true), (new, true)];
        sources.extend(overlays.iter().map(|overlay| (overlay, false)));
        let mut trees = parallel::map(&sources, |(source, is_document)| {
            if *is_document {
                ParsedFile::read_leniently(source).map(|(file, value, _)| (file, value))
            } else {
                ParsedFile::read(source)
            }
        });
        let patches = trees.split_off(2);
        let mut problems = Vec::new();
        let mut good = |read: Result<(ParsedFile<'a>, Value), Diagnostics>| {
            read.map_err(|report| problems.extend(report.0)).ok()
        };
        let documents: Vec<_> = trees.into_iter().filter_map(&mut good).collect();
        let patches: Vec<_> = patches.into_iter().map(good).collect();
        let (mut files, mut actions) = (Vec::new(), Vec::new());
        for (overlay, (file, tree)) in patches.into_iter().flatten().enumerate() {
            let (found, wrong) = action::read(&file, tree);
            problems.extend(wrong);
            let numbered = |(action, found)| (ActionId { overlay, action }, found);
            actions.extend(found.into_iter().enumerate().map(numbered));
            files.push(file);
        }
        let documents: Result<[(ParsedFile<'a>, Value); 2], _> = documents.try_into();
        let (true, Ok([(old, old_base), (new, new_base)])) = (problems.is_empty(), documents) else {
            return Err(Diagnostics(problems));
        };
        let document = |file, base: &Value| {
            let mut document = Document::new(file, base.clone(), Copies::of(size_of(base)));
            for file in &files {
                document.add_file(file.clone());
            }
            document
        };
        let (old, new) = (document(old, &old_base), document(new, &new_base));
        Ok(Self { old, new, bases: (old_base, new_base), actions })
    }

    /// Returns the OpenAPI versions that the old and the new document declare.
    #[must_use]
    pub fn openapi(&self) -> (Option<&str>, Option<&str>) {
        let (old, new) = &self.bases;
        (old.get("openapi").and_then(Value::as_str), new.get("openapi").and_then(Value::as_str))
    }

    /// Returns the status of each action, in order. Actions in `dropped` get a status as well, but aren't applied to
    /// the new document.
    pub fn statuses(&mut self, dropped: &BTreeSet<ActionId>) -> Vec<ActionStatus> {
        let this = Mutex::new(self);
        parallel::with_large_stack(|| match this.lock() {
            Ok(mut this) => this.classify(dropped),
            Err(poisoned) => poisoned.into_inner().classify(dropped),
        })
    }

    fn classify(&mut self, dropped: &BTreeSet<ActionId>) -> Vec<ActionStatus> {
        let (statuses, replaced) = self.round(dropped, &BTreeSet::new());
        if replaced.is_empty() { statuses } else { self.round(dropped, &replaced).0 }
    }

    /// Applies all actions to both documents. `replaced` are removals whose result the new document already contains;
    /// the second value returned is the set of such removals that this pass found.
    fn round(
        &mut self,
        dropped: &BTreeSet<ActionId>,
        replaced: &BTreeSet<ActionId>,
    ) -> (Vec<ActionStatus>, BTreeSet<ActionId>) {
        self.old.start_over(self.bases.0.clone());
        self.new.start_over(self.bases.1.clone());
        let mut statuses = Vec::with_capacity(self.actions.len());
        let mut removals: Vec<Removal> = Vec::new();
        for (id, action) in &self.actions {
            let classifier = Classifier { old: &self.old, new: &self.new, bases: &self.bases };
            let reached = classifier.select(action);
            let (mut outcome, parts) = classifier.outcome(action, &reached);
            if replaced.contains(id) {
                outcome = ActionOutcome::Satisfied;
            }
            removals.extend(Removal::of(*id, action, &outcome, &reached, &classifier));
            let goes_on = match outcome {
                ActionOutcome::Applied | ActionOutcome::Conflicting(_) => true,
                ActionOutcome::Stale { .. } => reached.retarget.is_some(),
                ActionOutcome::Satisfied => false,
            };
            statuses.push(status(*id, action, (outcome, parts), &reached, &classifier));
            apply(&mut self.old, id.overlay, action, reached.old);
            if goes_on && !dropped.contains(id) {
                apply(&mut self.new, id.overlay, action, reached.new);
            }
            for removal in &mut removals {
                removal.update_open(&self.old.value);
            }
        }
        let replaced = removals.iter().filter(|removal| removal.open.is_empty()).map(|removal| removal.id);
        (statuses, replaced.collect())
    }
}

fn status(
    id: ActionId,
    action: &Action,
    (outcome, mut parts): (ActionOutcome, ActionParts),
    reached: &SelectedNodes,
    classifier: &Classifier<'_, '_>,
) -> ActionStatus {
    let site = |document: &Document<'_>, nodes: &[Pointer]| {
        let pointer = nodes.first()?.clone();
        Some(NodeLocation { location: document.location(&pointer), written: pointer.clone(), pointer })
    };
    match action.kind {
        ActionKind::Update(_) => {
            let written_at = action.written_at();
            parts.redundant.iter_mut().for_each(|part| *part = written_at.join(part.tokens()));
        }
        _ => parts.redundant.clear(),
    }
    ActionStatus {
        id,
        location: classifier.old.file(id.overlay).location(&action.at),
        target: action.target.text.clone(),
        outcome,
        parts,
        old: site(classifier.old, &reached.old),
        new: site(classifier.new, &reached.new),
        old_nodes: reached.old.len(),
        new_nodes: reached.new.len(),
        retarget: reached.retarget.clone(),
    }
}

/// Applies an action to nodes of a tree.
fn apply(document: &mut Document<'_>, overlay: usize, action: &Action, nodes: Vec<Pointer>) {
    match &action.kind {
        ActionKind::Remove => {
            write::remove(document, overlay, nodes, &action.at);
        }
        ActionKind::Update(value) => {
            write::merge(document, overlay, &nodes, value, &action.written_at());
        }
        ActionKind::Copy(path) => {
            if let Some(value) = path.only(&document.value).cloned() {
                write::merge(document, overlay, &nodes, &value, &action.written_at());
            }
        }
    }
}

/// A removal of nodes that the new document changed. Used to find out whether a later action writes the new values.
struct Removal {
    id: ActionId,
    /// The steps to nodes that still differ from those of the new document, and the new values.
    open: Vec<(Vec<PathStep>, Value)>,
}

impl Removal {
    fn of(
        id: ActionId,
        action: &Action,
        outcome: &ActionOutcome,
        reached: &SelectedNodes,
        classifier: &Classifier<'_, '_>,
    ) -> Option<Self> {
        let ActionOutcome::Conflicting(conflicts) = outcome else { return None };
        let changed = conflicts.iter().all(|conflict| conflict.reason == ConflictReason::Changed);
        if !matches!(action.kind, ActionKind::Remove) || !changed {
            return None;
        }
        let node = |(old, new): &(Pointer, Pointer)| {
            let value = new.find(&classifier.new.value)?.clone();
            Some((identity::steps(&classifier.old.value, old), value))
        };
        Some(Self { id, open: reached.pairs.both.iter().filter_map(node).collect() })
    }

    fn update_open(&mut self, tree: &Value) {
        let is_equal = |steps: &[PathStep], wanted: &Value| {
            identity::resolve(tree, steps).and_then(|pointer| pointer.find(tree)) == Some(wanted)
        };
        self.open.retain(|(steps, wanted)| !is_equal(steps, wanted));
    }
}
