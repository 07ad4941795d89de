//! The components whose only value is null. A branch that refers to one is a branch that only allows null.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::base::json_object::JsonObject;
use crate::base::pointer::Pointer;
use crate::grammar::json_type::is_only_null;

/// The keywords that such a schema may have.
const KEYWORDS: [&str; 6] = ["type", "const", "enum", "title", "description", "$comment"];

/// Returns the references to these components of a description.
pub(super) fn null_components(tree: &Value) -> HashSet<String> {
    let at = Pointer::root().child("components").child("schemas");
    let schemas = tree.pointer("/components/schemas").and_then(Value::as_object);
    let is_null = |(_, schema): &(&String, &Value)| schema.as_object().is_some_and(allows_only_null);
    let keys = schemas.into_iter().flatten().filter(is_null);
    keys.map(|(key, _)| at.child(key.as_str()).to_string()).collect()
}

/// Returns whether null is the only value of a schema, which wasn't rewritten yet.
fn allows_only_null(schema: &JsonObject) -> bool {
    let is_type = |ty: &Value| *ty == json!("null") || *ty == json!(["null"]);
    schema.keys().all(|key| KEYWORDS.contains(&key.as_str()) || key.starts_with("x-"))
        && (schema.get("type").is_some_and(is_type)
            || schema.get("const").is_some_and(Value::is_null)
            || schema.get("enum").and_then(Value::as_array).is_some_and(|values| is_only_null(values)))
}
