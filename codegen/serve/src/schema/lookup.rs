//! Finds the schemas of items and properties in a closed schema.

use serde_json::{Value, json};

use super::tree::{entries, items};

/// The maximum number of steps through references and subschemas.
const MAX_DEPTH: usize = 32;

/// Follows references within a closed schema.
pub(crate) fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let mut schema = schema;
    for _ in 0..MAX_DEPTH {
        // Siblings of a reference are visited by the callers that need them.
        let Some(target) = schema.get("$ref").and_then(Value::as_str) else { break };
        let Some(target) = root.pointer(target.trim_start_matches('#')) else { break };
        schema = target;
    }
    schema
}

/// Returns a schema of the items of an array at an index.
pub(crate) fn item_schema(root: &Value, schema: &Value, index: usize) -> Value {
    part(root, schema, 0, &|schema| {
        let first = schema.get("prefixItems").and_then(Value::as_array);
        let own = first.and_then(|schemas| schemas.get(index));
        own.or_else(|| schema.get("items")).cloned()
    })
    .unwrap_or(Value::Bool(true))
}

/// Returns a schema of a property, or of additional properties.
pub(crate) fn property_schema(root: &Value, schema: &Value, name: &str) -> Value {
    let own = part(root, schema, 0, &|schema| schema.get("properties")?.get(name).cloned());
    let other = || part(root, schema, 0, &|schema| schema.get("additionalProperties").cloned());
    own.or_else(other).unwrap_or(Value::Bool(true))
}

/// Returns whether a schema declares a property.
pub(crate) fn declares(root: &Value, schema: &Value, name: &str) -> bool {
    part(root, schema, 0, &|schema| schema.get("properties")?.get(name).map(|_| Value::Bool(true))).is_some()
}

/// Returns whether a schema accepts properties that it doesn't declare, as a map does.
pub(crate) fn is_map(root: &Value, schema: &Value) -> bool {
    let others = part(root, schema, 0, &|schema| schema.get("additionalProperties").cloned());
    let declares = part(root, schema, 0, &|schema| schema.get("properties").map(|_| Value::Bool(true)));
    match others {
        Some(others) => others != Value::Bool(false),
        None => declares.is_none(),
    }
}

/// Returns what `find` finds in a schema and its subschemas, as one schema.
fn part(root: &Value, schema: &Value, depth: usize, find: &dyn Fn(&Value) -> Option<Value>) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    let mut all: Vec<Value> = find(schema).into_iter().collect();
    if schema.get("$ref").is_some() {
        let target = resolved(root, schema);
        if !std::ptr::eq(target, schema) {
            all.extend(part(root, target, depth + 1, find));
        }
    }
    all.extend(items(schema, "allOf").filter_map(|inner| part(root, inner, depth + 1, find)));
    for key in ["anyOf", "oneOf"] {
        let any: Vec<_> = items(schema, key).filter_map(|inner| part(root, inner, depth + 1, find)).collect();
        match any.len() {
            0 => {}
            1 => all.extend(any),
            _ => all.push(json!({ "anyOf": any })),
        }
    }
    match all.len() {
        0 | 1 => all.pop(),
        _ => Some(json!({ "allOf": all })),
    }
}

/// Returns the declared properties of a schema and its subschemas.
pub(crate) fn property_names(root: &Value, schema: &Value) -> Vec<String> {
    let mut names = Vec::new();
    add_names(root, schema, 0, &mut names);
    names
}

fn add_names(root: &Value, schema: &Value, depth: usize, names: &mut Vec<String>) {
    if depth > MAX_DEPTH {
        return;
    }
    for (name, _) in entries(schema, "properties") {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let target = resolved(root, schema);
    if !std::ptr::eq(target, schema) {
        add_names(root, target, depth + 1, names);
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        items(schema, key).for_each(|inner| add_names(root, inner, depth + 1, names));
    }
}
