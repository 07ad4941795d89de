//! References in a tree where all have their one form.

use serde_json::{Map, Value};

use crate::base::pointer::Pointer;

/// What a reference leads to, and where that stands; the value itself if it is none.
pub(crate) fn resolve<'a>(tree: &'a Value, value: &'a Value, at: Pointer) -> (&'a Value, Pointer) {
    /// A circle is a mistake that is told of elsewhere.
    const FAR_ENOUGH: usize = 16;
    let (mut value, mut at) = (value, at);
    for _ in 0..FAR_ENOUGH {
        let reference = value.as_object().and_then(|entries: &Map<String, Value>| entries.get("$ref"));
        let Some(pointer) = reference.and_then(Value::as_str).and_then(Pointer::parse) else { break };
        let Some(target) = pointer.find(tree) else { break };
        (value, at) = (target, pointer);
    }
    (value, at)
}
