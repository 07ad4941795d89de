//! Keeps the keywords that limit the values of a schema in a way that no type expresses, for the docs.

use serde_json::{Map, Value, json};

use super::normalized_extensions::CONSTRAINTS;
use crate::base::json_object::JsonObject;
use crate::grammar::constraint::is_constraint;
use crate::grammar::object_kind::ObjectKind;

/// Formats that a type expresses, or that only repeat it.
const EXPRESSED: [&str; 14] = [
    "binary",
    "date-time",
    "decimal",
    "decimal128",
    "double",
    "float",
    "int32",
    "int64",
    "int128",
    "password",
    "uint64",
    "uint128",
    "unix-time",
    "unix-time-micros",
];

/// Copies the keywords into an extension.
pub(super) fn keep_constraints(schema: &mut JsonObject) {
    let mut kept: Map<String, Value> = schema
        .iter()
        .filter(|(key, value)| is_constraint(key, value))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let format = schema.get("format").and_then(Value::as_str);
    kept.extend(
        format.filter(|format| !EXPRESSED.contains(format)).map(|format| ("format".into(), json!(format))),
    );
    for key in ["contentEncoding", "contentMediaType"] {
        kept.extend(schema.get(key).map(|value| (key.to_owned(), value.clone())));
    }
    // The schema `false`, which was rewritten before.
    let is_closed = |key: &str| {
        schema.get(key).is_some_and(|others| *others == json!(false) || *others == json!({"not": {}}))
    };
    let is_closed = ["additionalProperties", "unevaluatedProperties"].into_iter().any(is_closed);
    if let Some(Value::Object(patterns)) = schema.get("patternProperties") {
        kept.insert("patternProperties".to_owned(), kept_patterns(patterns, is_closed));
    }
    if is_closed {
        kept.insert("additionalProperties".to_owned(), json!(false));
    }
    if !kept.is_empty() {
        schema.insert(CONSTRAINTS.to_owned(), Value::Object(kept));
    }
}

/// Returns the patterns of names, and the schemas that select types by them if there are other names.
fn kept_patterns(patterns: &Map<String, Value>, is_closed: bool) -> Value {
    if is_closed || patterns.keys().any(|pattern| matches_all(pattern)) {
        return patterns.keys().map(String::as_str).collect();
    }
    let described = |schema: &Value| {
        let kept = ["$ref", "type"].into_iter().find_map(|key| Some((key, schema.get(key)?)));
        kept.map_or_else(|| json!({}), |(key, value)| json!({key: value}))
    };
    patterns.iter().map(|(pattern, schema)| (pattern.clone(), described(schema))).collect()
}

/// Returns whether a pattern matches every name, in one of its usual spellings.
pub(super) fn matches_all(pattern: &str) -> bool {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let pattern = pattern.strip_suffix('$').unwrap_or(pattern);
    ["", ".*", "(.*)", ".+", "(.+)"].contains(&pattern)
}

/// Removes the keywords once they are kept.
pub(super) fn remove_constraints(schema: &mut JsonObject) {
    for key in ObjectKind::Schema.constraint_keys() {
        schema.shift_remove(*key);
    }
}

/// Adds the constraints of a schema to those of another one that applies to the same values.
pub(super) fn add_constraints(schema: &mut JsonObject, added: Value) {
    match (schema.get_mut(CONSTRAINTS), added) {
        (Some(Value::Object(known)), Value::Object(added)) => {
            for (key, value) in added {
                known.entry(key).or_insert(value);
            }
        }
        (_, added) => {
            schema.insert(CONSTRAINTS.to_owned(), added);
        }
    }
}
