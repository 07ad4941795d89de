//! A comparison as JSON.

use codegen::diff::{Change, Effect, NodeLocation};
use serde_json::{Map, Value, json};

use super::changelog::changelog;
use super::comparison::Comparison;

/// Returns the comparison as JSON. Keys are stable; new ones may be added.
#[must_use]
pub fn json(comparison: &Comparison) -> Value {
    let counts: Map<String, Value> = Effect::ALL
        .iter()
        .map(|effect| (effect.name().to_owned(), comparison.count(|other| other == *effect).into()))
        .collect();
    json!({
        "old": comparison.old,
        "new": comparison.new,
        "bump": comparison.bump().to_string(),
        "version": comparison.version.as_ref().map(ToString::to_string),
        "next_version": comparison.next_version().map(|version| version.to_string()),
        "counts": counts,
        "changes": comparison.changes.iter().map(change).collect::<Vec<_>>(),
        "changelog": changelog(comparison),
    })
}

fn change(change: &Change) -> Value {
    let effect = change.kind.effect();
    json!({
        "kind": change.kind.code(),
        "effect": effect.name(),
        "verdict": effect.verdict(),
        "subject": change.subject,
        "message": change.to_string(),
        "reason": change.kind.reason(),
        "was": change.was,
        "is": change.is,
        "old": change.old.as_ref().map(site),
        "new": change.new.as_ref().map(site),
    })
}

fn site(site: &NodeLocation) -> Value {
    json!({
        "pointer": site.written.to_string(),
        "file": site.location.file,
        "line": site.location.line,
        "column": site.location.column,
    })
}
