//! Applies the actions of an overlay, and reports stale ones.

use serde_json::Value;

use super::action::{self, Action, ActionKind, TargetQuery, read};
use super::jsonpath;
use super::write::{merge, remove};
use crate::base::copies::size_of;
use crate::base::diagnostic::Diagnostic;
use crate::base::pointer::Pointer;
use crate::read::tree::document::Document;

/// The maximum number of stale actions with a suggestion, each of which is compared with many names of the document.
const MAX_SUGGESTED: usize = 20;

/// What a target of an action counts at least, in bytes: it takes time to find it.
const MIN_WRITTEN: usize = 64;

const STALE: &str = "delete the action if the description no longer needs it, or fix its target";

/// Applies the actions of an overlay. Continues after an error, so that all errors are reported.
pub(crate) fn apply(document: &mut Document<'_>, overlay: usize, tree: Value) -> Vec<Diagnostic> {
    let (actions, problems) = read(document.file(overlay), tree);
    let mut applier = Applier { document, overlay, problems, suggested: 0 };
    for action in actions {
        applier.action(&action);
        if applier.document.copies.is_exceeded() {
            break;
        }
    }
    // Sorts the problems of parsing and of applying together.
    applier.problems.sort_by_key(|problem| action_number(&problem.pointer));
    applier.problems
}

/// Returns the number of the action that a node of an overlay belongs to.
fn action_number(pointer: &Pointer) -> Option<usize> {
    pointer.tokens().get(1)?.parse().ok()
}

struct Applier<'a, 'd> {
    document: &'a mut Document<'d>,
    overlay: usize,
    problems: Vec<Diagnostic>,
    /// The number of suggestions so far.
    suggested: usize,
}

impl Applier<'_, '_> {
    fn action(&mut self, action: &Action) {
        let TargetQuery { text: target, .. } = &action.target;
        let at_target = action.at.child("target");
        let found = action.target.select(&self.document.value);
        if found.is_empty() {
            let message = format!("stale action: its target {target} matches nothing");
            let help = self.stale_help(target);
            self.problem(&at_target, message, help);
            return;
        }
        let written_at = action.written_at();
        if !self.can_write(action, &found) {
            return;
        }
        let changed = match &action.kind {
            ActionKind::Remove => remove(self.document, self.overlay, found, &action.at),
            ActionKind::Update(value) => merge(self.document, self.overlay, &found, value, &written_at),
            ActionKind::Copy(query) => match self.copied(&written_at, query) {
                Some(value) => merge(self.document, self.overlay, &found, &value, &written_at),
                None => return,
            },
        };
        if !changed {
            let message = format!("stale action: it changes nothing in {target}");
            self.problem(&at_target, message, STALE);
        }
    }

    /// Counts what an action writes: its value, at each target. Reports the first one that is too much.
    fn can_write(&mut self, action: &Action, found: &[Pointer]) -> bool {
        let tree = &self.document.value;
        let value = match &action.kind {
            ActionKind::Update(value) => size_of(value),
            ActionKind::Copy(query) => query.only(tree).map_or(0, size_of),
            ActionKind::Remove => 0,
        };
        let bytes = found.len().saturating_mul(value + MIN_WRITTEN);
        let was_exceeded = self.document.copies.is_exceeded();
        let can_write = self.document.copies.count(bytes);
        if !can_write && !was_exceeded {
            let (message, help) = (self.document.copies.message(), "write less, or to fewer targets");
            self.problem(&action.at, format!("{message}, with this action"), help);
        }
        can_write
    }

    fn copied(&mut self, at: &Pointer, query: &TargetQuery) -> Option<Value> {
        if let Some(only) = query.only(&self.document.value) {
            return Some(only.clone());
        }
        let found = query.select(&self.document.value);
        let message = format!("`copy` must select one node, but {} selects {}", query.text, found.len());
        let help = if found.is_empty() { self.stale_help(&query.text) } else { STALE.to_owned() };
        self.problem(at, message, help);
        None
    }

    /// Returns the help for a query that selects nothing.
    fn stale_help(&mut self, query: &str) -> String {
        self.suggested += 1;
        let is_short = self.suggested <= MAX_SUGGESTED;
        match is_short.then(|| jsonpath::nearest(query, &self.document.value)).flatten() {
            Some(meant) => format!("did you mean {meant:?}? Otherwise {STALE}"),
            None => STALE.to_owned(),
        }
    }

    fn problem(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(action::problem(self.document.file(self.overlay), at, message, help));
    }
}
