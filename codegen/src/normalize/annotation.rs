//! Members of `allOf` that say nothing about the shape: what they do say belongs to the whole.

use serde_json::{Map, Value};

type Entries = Map<String, Value>;

/// Keys that describe a schema without shaping its values.
const ANNOTATIONS: [&str; 8] =
    ["title", "description", "default", "nullable", "deprecated", "readOnly", "writeOnly", "format"];

/// Moves what members only annotate to the schema itself, where it wins; a list that is left empty goes.
pub(super) fn hoist(schema: &mut Entries) {
    let Some(Value::Array(members)) = schema.get_mut("allOf") else { return };
    let (annotations, shapes): (Vec<_>, Vec<_>) =
        std::mem::take(members).into_iter().partition(|member| !shapes(member));
    if shapes.is_empty() {
        schema.shift_remove("allOf");
    } else {
        *members = shapes;
    }
    for (key, value) in annotations.into_iter().filter_map(into_entries).flatten() {
        schema.entry(key).or_insert(value);
    }
}

fn into_entries(value: Value) -> Option<Entries> {
    match value {
        Value::Object(entries) => Some(entries),
        _ => None,
    }
}

fn shapes(member: &Value) -> bool {
    let Value::Object(entries) = member else { return true };
    entries.keys().any(|key| !ANNOTATIONS.contains(&key.as_str()) && !key.starts_with("x-"))
}
