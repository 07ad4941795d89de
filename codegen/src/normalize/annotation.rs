//! Moves annotations from the members of `allOf` to the schema itself.

use serde_json::Value;

use super::constraints::add_constraints;
use super::normalized_extensions::CONSTRAINTS;
use crate::base::json_object::JsonObject;

/// Keywords that annotate a schema without constraining its values.
const ANNOTATIONS: [&str; 8] =
    ["title", "description", "default", "nullable", "deprecated", "readOnly", "writeOnly", "format"];

/// Removes the members that contain only annotations, and moves their keywords to the schema unless it has them.
/// Removes an empty `allOf`.
pub(super) fn hoist_annotations(schema: &mut JsonObject) {
    let Some(Value::Array(members)) = schema.get_mut("allOf") else { return };
    let (annotations, constraints): (Vec<_>, Vec<_>) =
        std::mem::take(members).into_iter().partition(|member| !constrains(member));
    if constraints.is_empty() {
        schema.shift_remove("allOf");
    } else {
        *members = constraints;
    }
    for (key, value) in annotations.into_iter().filter_map(into_entries).flatten() {
        if key == CONSTRAINTS {
            add_constraints(schema, value);
        } else {
            schema.entry(key).or_insert(value);
        }
    }
}

fn into_entries(value: Value) -> Option<JsonObject> {
    match value {
        Value::Object(entries) => Some(entries),
        _ => None,
    }
}

fn constrains(member: &Value) -> bool {
    let Value::Object(entries) = member else { return true };
    entries.keys().any(|key| !ANNOTATIONS.contains(&key.as_str()) && !key.starts_with("x-"))
}
