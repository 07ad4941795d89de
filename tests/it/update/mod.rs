//! `clientwright update`: the status of overlay actions under a newer document, and the files that it writes.

mod command;
mod edits;
mod errors;
mod fixture;
mod random;
mod real;
mod rules;

use std::collections::BTreeSet;

use codegen::Source;
use codegen::update::{ActionOutcome, ActionStatus, Conflict, ConflictReason, LocatedValue, OverlayUpdate};

const HEAD: &str = "overlay: 1.1.0\ninfo: {title: Fix, version: '1'}\n";

/// Returns an overlay with some actions.
fn overlay(actions: &str) -> Source {
    Source::new("fix.yaml", format!("{HEAD}actions:\n{}", crate::negative::dedented(actions)))
}

/// Returns the status of some actions when one document replaces another.
fn statuses(old: &str, new: &str, actions: &str) -> Vec<ActionStatus> {
    let (old, new, overlays) =
        (Source::new("old.yaml", old), Source::new("new.yaml", new), [overlay(actions)]);
    let mut update = OverlayUpdate::read(&old, &new, &overlays).unwrap_or_else(|report| panic!("{report}"));
    update.statuses(&BTreeSet::new())
}

/// Returns the statuses as text, one line for each action.
fn described(old: &str, new: &str, actions: &str) -> String {
    let lines: Vec<_> = statuses(old, new, actions).iter().map(line).collect();
    lines.join("\n")
}

fn line(status: &ActionStatus) -> String {
    let mut line = match &status.outcome {
        ActionOutcome::Applied => "applied".to_owned(),
        ActionOutcome::Stale { path, suggestion } => {
            let meant = suggestion.as_ref().map_or_else(String::new, |meant| format!(", meant: {meant}"));
            format!("stale: {path}{meant}")
        }
        ActionOutcome::Satisfied => "satisfied".to_owned(),
        ActionOutcome::Conflicting(conflicts) => {
            let conflicts: Vec<_> = conflicts.iter().map(conflict).collect();
            format!("conflicting: {}", conflicts.join("; "))
        }
    };
    if status.parts.upstream > 0 && status.outcome == ActionOutcome::Applied {
        line.push_str(&format!(", {} of {} parts are upstream's", status.parts.upstream, status.parts.total));
    }
    if status.old_nodes != status.new_nodes && status.outcome == ActionOutcome::Applied {
        line.push_str(&format!(", {} nodes instead of {}", status.new_nodes, status.old_nodes));
    }
    if let Some(target) = &status.retarget {
        line.push_str(&format!(", moved to {target}"));
    }
    line
}

fn conflict(conflict: &Conflict) -> String {
    let reason = match conflict.reason {
        ConflictReason::Changed => "changed",
        ConflictReason::Removed => "removed",
        ConflictReason::AnotherElement => "another element",
        ConflictReason::Duplicate => "duplicate",
    };
    let shown = |value: &Option<LocatedValue>| match value {
        Some(value) => format!("{} at {}:{}", value.value, value.site.location, value.site.pointer),
        None => "nothing".to_owned(),
    };
    let ours = conflict.ours.as_ref().map_or_else(|| "removed".to_owned(), ToString::to_string);
    format!("{reason} {} -> {}, ours {ours}", shown(&conflict.old), shown(&conflict.new))
}
