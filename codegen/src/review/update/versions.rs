//! What becomes of overlays when the document that they patch is replaced by a newer one.
//!
//! The actions are applied to both documents side by side, in their order. Before each, what it patches in the
//! old document is compared with what it finds in the new one, value by value; that gives its [`Fate`]. What the
//! new document says by itself is not applied again, all else is, so that later actions find what they expect.
//!
//! A list or a value is replaced by two actions: one removes, one writes. Where the new document holds what the
//! two come to, the removal is left out in a second round, and the writing then finds itself said.

use std::collections::BTreeSet;
use std::sync::Mutex;

use serde_json::Value;

use super::fate::{ActionId, Fate, Outcome, Parts, Reason};
use super::identity::{self, Step};
use super::judge::{Judge, Reached};
use crate::base::cores;
use crate::base::diagnostic::{Report, Site};
use crate::base::pointer::Pointer;
use crate::read::overlay::action::{Action, Change};
use crate::read::overlay::{action, write};
use crate::read::tree::document::Document;
use crate::read::tree::file::{File, Source};

/// Two versions of a document, and the overlays that patch them.
#[derive(Debug)]
pub struct Update<'a> {
    old: Document<'a>,
    new: Document<'a>,
    /// Both documents as published.
    bases: (Value, Value),
    actions: Vec<(ActionId, Action)>,
}

impl<'a> Update<'a> {
    /// Reads both documents and the overlays. A document's own mistakes don't matter here, as far as it can be
    /// read.
    ///
    /// # Errors
    ///
    /// What leaves no tree of a document, and everything that is wrong with an overlay by itself.
    pub fn read(old: &'a Source, new: &'a Source, overlays: &'a [Source]) -> Result<Self, Report> {
        let mut sources = vec![(old, true), (new, true)];
        sources.extend(overlays.iter().map(|overlay| (overlay, false)));
        let mut trees = cores::map(&sources, |(source, is_document)| {
            if *is_document {
                File::read_leniently(source).map(|(file, value, _)| (file, value))
            } else {
                File::read(source)
            }
        });
        let patches = trees.split_off(2);
        let mut problems = Vec::new();
        let mut good =
            |read: Result<(File<'a>, Value), Report>| read.map_err(|report| problems.extend(report.0)).ok();
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
        let documents: Result<[(File<'a>, Value); 2], _> = documents.try_into();
        let (true, Ok([(old, old_base), (new, new_base)])) = (problems.is_empty(), documents) else {
            return Err(Report(problems));
        };
        let document = |file, base: &Value| {
            let mut document = Document::new(file, base.clone());
            for file in &files {
                document.add_file(file.clone());
            }
            document
        };
        let (old, new) = (document(old, &old_base), document(new, &new_base));
        Ok(Self { old, new, bases: (old_base, new_base), actions })
    }

    /// The versions of OpenAPI that the old and the new document declare.
    #[must_use]
    pub fn openapi(&self) -> (Option<&str>, Option<&str>) {
        let (old, new) = &self.bases;
        (old.get("openapi").and_then(Value::as_str), new.get("openapi").and_then(Value::as_str))
    }

    /// What becomes of each action, in their order, when some of them are dropped: those are judged all the
    /// same, but the new document goes without them.
    pub fn fates(&mut self, dropped: &BTreeSet<ActionId>) -> Vec<Fate> {
        let this = Mutex::new(self);
        cores::on_a_deep_stack(|| match this.lock() {
            Ok(mut this) => this.judge(dropped),
            Err(poisoned) => poisoned.into_inner().judge(dropped),
        })
    }

    fn judge(&mut self, dropped: &BTreeSet<ActionId>) -> Vec<Fate> {
        let (fates, replaced) = self.round(dropped, &BTreeSet::new());
        if replaced.is_empty() { fates } else { self.round(dropped, &replaced).0 }
    }

    /// Applies all actions to both documents. `replaced` are removals of what the new document replaced by
    /// itself; the second result are those that turn out to be.
    fn round(
        &mut self,
        dropped: &BTreeSet<ActionId>,
        replaced: &BTreeSet<ActionId>,
    ) -> (Vec<Fate>, BTreeSet<ActionId>) {
        self.old.start_over(self.bases.0.clone());
        self.new.start_over(self.bases.1.clone());
        let mut fates = Vec::with_capacity(self.actions.len());
        let mut removals: Vec<Removal> = Vec::new();
        for (id, action) in &self.actions {
            let judge = Judge { old: &self.old, new: &self.new, bases: &self.bases };
            let reached = judge.reach(action);
            let (mut outcome, parts) = judge.outcome(action, &reached);
            if replaced.contains(id) {
                outcome = Outcome::Satisfied;
            }
            removals.extend(Removal::of(*id, action, &outcome, &reached, &judge));
            let goes_on = match outcome {
                Outcome::Applied | Outcome::Conflicting(_) => true,
                Outcome::Stale { .. } => reached.retarget.is_some(),
                Outcome::Satisfied => false,
            };
            fates.push(fate(*id, action, (outcome, parts), &reached, &judge));
            apply(&mut self.old, id.overlay, action, reached.old);
            if goes_on && !dropped.contains(id) {
                apply(&mut self.new, id.overlay, action, reached.new);
            }
            for removal in &mut removals {
                removal.look(&self.old.value);
            }
        }
        let replaced = removals.iter().filter(|removal| removal.open.is_empty()).map(|removal| removal.id);
        (fates, replaced.collect())
    }
}

fn fate(
    id: ActionId,
    action: &Action,
    (outcome, mut parts): (Outcome, Parts),
    reached: &Reached,
    judge: &Judge<'_, '_>,
) -> Fate {
    let site = |document: &Document<'_>, nodes: &[Pointer]| {
        let pointer = nodes.first()?.clone();
        Some(Site { place: document.place(&pointer), pointer })
    };
    match action.change {
        Change::Update(_) => {
            let written_at = action.written_at();
            parts.needless.iter_mut().for_each(|part| *part = written_at.join(part.tokens()));
        }
        _ => parts.needless.clear(),
    }
    Fate {
        id,
        place: judge.old.file(id.overlay).place(&action.at),
        target: action.target.text.clone(),
        outcome,
        parts,
        old: site(judge.old, &reached.old),
        new: site(judge.new, &reached.new),
        old_nodes: reached.old.len(),
        new_nodes: reached.new.len(),
        retarget: reached.retarget.clone(),
    }
}

/// Applies an action to nodes of a tree.
fn apply(document: &mut Document<'_>, overlay: usize, action: &Action, nodes: Vec<Pointer>) {
    match &action.change {
        Change::Remove => {
            write::remove(document, overlay, nodes, &action.at);
        }
        Change::Update(value) => {
            write::merge(document, overlay, &nodes, value, &action.written_at());
        }
        Change::Copy(path) => {
            if let Some(value) = path.only(&document.value).cloned() {
                write::merge(document, overlay, &nodes, &value, &action.written_at());
            }
        }
    }
}

/// A removal of nodes that the new document changed: does a later action put there what the new one has?
struct Removal {
    id: ActionId,
    /// Steps to the nodes that are not, or not yet, like those of the new document.
    open: Vec<(Vec<Step>, Value)>,
}

impl Removal {
    fn of(
        id: ActionId,
        action: &Action,
        outcome: &Outcome,
        reached: &Reached,
        judge: &Judge<'_, '_>,
    ) -> Option<Self> {
        let Outcome::Conflicting(conflicts) = outcome else { return None };
        let changed = conflicts.iter().all(|conflict| conflict.reason == Reason::Changed);
        if !matches!(action.change, Change::Remove) || !changed {
            return None;
        }
        let node = |(old, new): &(Pointer, Pointer)| {
            let value = new.find(&judge.new.value)?.clone();
            Some((identity::steps(&judge.old.value, old), value))
        };
        Some(Self { id, open: reached.pairs.both.iter().filter_map(node).collect() })
    }

    fn look(&mut self, tree: &Value) {
        let stands = |steps: &[Step], wanted: &Value| {
            identity::resolve(tree, steps).and_then(|pointer| pointer.find(tree)) == Some(wanted)
        };
        self.open.retain(|(steps, wanted)| !stands(steps, wanted));
    }
}
