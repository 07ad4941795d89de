//! The description as a tree.

use serde_json::{Map, Value};

use crate::base::message::decoded;

/// The maximum length of a chain of references. A longer one is a cycle.
const MAX_CHAIN: usize = 32;

/// The description as a tree, in which all references lead to nodes of the same tree.
#[derive(Debug)]
pub(crate) struct Tree(Value);

impl Tree {
    pub(crate) fn new(document: Value) -> Self {
        Self(document)
    }

    /// Returns the node of a JSON pointer.
    pub(crate) fn get(&self, at: &str) -> Option<&Value> {
        self.0.pointer(at)
    }

    /// Returns whether the description has version 3.0, in which a reference has no siblings.
    pub(crate) fn is_3_0(&self) -> bool {
        self.0.get("openapi").and_then(Value::as_str).is_some_and(|version| version.starts_with("3.0"))
    }

    /// Follows references from a node, and returns the target and its pointer.
    pub(crate) fn resolve<'t>(&'t self, node: &'t Value, at: &str) -> (&'t Value, String) {
        let (mut node, mut at) = (node, at.to_owned());
        for _ in 0..MAX_CHAIN {
            let Some(target) = node.get("$ref").and_then(Value::as_str).and_then(pointer_of) else { break };
            let Some(found) = self.get(&target) else { break };
            (node, at) = (found, target);
        }
        (node, at)
    }
}

/// Returns the JSON pointer of a reference into the same document.
pub(crate) fn pointer_of(reference: &str) -> Option<String> {
    let pointer = decoded(reference.strip_prefix('#')?);
    (pointer.is_empty() || pointer.starts_with('/')).then_some(pointer)
}

/// Returns the entries of an object in a node.
pub(crate) fn entries<'v>(node: &'v Value, key: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    node.get(key).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

/// Returns the items of an array in a node.
pub(crate) fn items<'v>(node: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    node.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// Returns a string in a node.
pub(crate) fn text<'v>(node: &'v Value, key: &str) -> Option<&'v str> {
    node.get(key).and_then(Value::as_str)
}

/// Returns whether a node has `true` for a key.
pub(crate) fn flag(node: &Value, key: &str) -> bool {
    node.get(key) == Some(&Value::Bool(true))
}
