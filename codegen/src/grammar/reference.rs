//! Resolves references after bundling, when all of them point into the same tree.

use serde_json::{Map, Value};

use crate::base::pointer::Pointer;

/// Follows references from a value, and returns the target and its pointer. Returns the value itself if it is not a
/// reference.
pub(crate) fn resolve<'a>(tree: &'a Value, value: &'a Value, at: Pointer) -> (&'a Value, Pointer) {
    /// The maximum length of a chain of references. A longer chain is a cycle, which is reported elsewhere.
    const MAX_CHAIN: usize = 16;
    let (mut value, mut at) = (value, at);
    for _ in 0..MAX_CHAIN {
        let reference = value.as_object().and_then(|entries: &Map<String, Value>| entries.get("$ref"));
        let Some(pointer) = reference.and_then(Value::as_str).and_then(Pointer::parse) else { break };
        let Some(target) = pointer.find(tree) else { break };
        (value, at) = (target, pointer);
    }
    (value, at)
}
