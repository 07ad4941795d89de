//! `readOnly` and `writeOnly`: the properties that are not sent in one direction.

use std::collections::BTreeSet;

use serde_json::Value;

use super::tree::{Tree, entries, flag, items};

/// The maximum nesting of `allOf`.
const MAX_DEPTH: usize = 8;

/// Whether a value is sent in a request or in a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    Request,
    Response,
}

impl Direction {
    /// Returns the keyword of properties that are not sent.
    pub(crate) fn unsent(self) -> &'static str {
        match self {
            Self::Request => "readOnly",
            Self::Response => "writeOnly",
        }
    }
}

/// Adds the properties of a schema that are not required in a direction, because they are not sent in it.
pub(crate) fn unsent(tree: &Tree, schema: &Value, direction: Direction, found: &mut BTreeSet<String>) {
    add(tree, schema, direction.unsent(), found, 0);
}

fn add(tree: &Tree, schema: &Value, keyword: &str, found: &mut BTreeSet<String>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    for (name, property) in entries(schema, "properties") {
        if is_flagged(tree, property, keyword, 0) {
            found.insert(name.clone());
        }
    }
    for part in items(schema, "allOf") {
        add(tree, tree.resolve(part, "").0, keyword, found, depth + 1);
    }
}

fn is_flagged(tree: &Tree, schema: &Value, keyword: &str, depth: usize) -> bool {
    let target = tree.resolve(schema, "").0;
    depth < MAX_DEPTH
        && (flag(schema, keyword)
            || flag(target, keyword)
            || items(target, "allOf").any(|part| is_flagged(tree, part, keyword, depth + 1))
            || ["anyOf", "oneOf"].iter().any(|key| {
                let mut branches = items(target, key);
                let only = branches.next().filter(|_| branches.next().is_none());
                only.is_some_and(|branch| is_flagged(tree, branch, keyword, depth + 1))
            }))
}
