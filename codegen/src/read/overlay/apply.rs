//! OpenAPI Overlays 1.0 and 1.1: actions that patch the tree.
//!
//! Merging follows the standard: objects merge key by key, arrays append, anything else replaces. What
//! the standard lets pass in silence is an error here: an action whose target matches nothing, or that
//! leaves the tree as it was, is stale, and its author wants to know.

use serde_json::Value;

use super::action::{self, Action, Change, Path, read};
use super::target;
use super::write::{merge, remove};
use crate::base::diagnostic::Diagnostic;
use crate::base::pointer::Pointer;
use crate::read::tree::document::Document;

const STALE: &str = "delete the action if the description no longer needs it, or mend its target";

/// Applies one overlay, action by action, and goes on after an error so that all are found.
pub(crate) fn apply(document: &mut Document<'_>, overlay: usize, tree: Value) -> Vec<Diagnostic> {
    let (actions, problems) = read(document.file(overlay), tree);
    let mut applier = Applier { document, overlay, problems };
    for action in actions {
        applier.action(&action);
    }
    // What was found in reading stands among what was found in applying.
    applier.problems.sort_by_key(|problem| action(&problem.pointer));
    applier.problems
}

/// The number of the action that a node of an overlay belongs to.
fn action(pointer: &Pointer) -> Option<usize> {
    pointer.tokens().get(1)?.parse().ok()
}

struct Applier<'a, 'd> {
    document: &'a mut Document<'d>,
    overlay: usize,
    problems: Vec<Diagnostic>,
}

impl Applier<'_, '_> {
    fn action(&mut self, action: &Action) {
        let Path { text: target, .. } = &action.target;
        let at_target = action.at.child("target");
        let found = action.target.select(&self.document.value);
        if found.is_empty() {
            let message = format!("stale action: its target {target} matches nothing");
            let help = self.stale(target);
            self.problem(&at_target, message, help);
            return;
        }
        let written_at = action.written_at();
        let changed = match &action.change {
            Change::Remove => remove(self.document, self.overlay, found, &action.at),
            Change::Update(value) => merge(self.document, self.overlay, &found, value, &written_at),
            Change::Copy(path) => match self.copied(&written_at, path) {
                Some(value) => merge(self.document, self.overlay, &found, &value, &written_at),
                None => return,
            },
        };
        if !changed {
            let message = format!("stale action: {target} already is as the action wants it");
            self.problem(&at_target, message, STALE);
        }
    }

    fn copied(&mut self, at: &Pointer, path: &Path) -> Option<Value> {
        if let Some(only) = path.only(&self.document.value) {
            return Some(only.clone());
        }
        let found = path.select(&self.document.value);
        let message = format!("`copy` must select one node, but {} selects {}", path.text, found.len());
        let help = if found.is_empty() { self.stale(&path.text) } else { STALE.to_owned() };
        self.problem(at, message, help);
        None
    }

    /// What to do about a path that selects nothing.
    fn stale(&self, path: &str) -> String {
        match target::nearest(path, &self.document.value) {
            Some(meant) => format!("did you mean {meant:?}? Otherwise {STALE}"),
            None => STALE.to_owned(),
        }
    }

    fn problem(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(action::problem(self.document.file(self.overlay), at, message, help));
    }
}
