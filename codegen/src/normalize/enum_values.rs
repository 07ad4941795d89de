//! Normalizes the values of `enum`.

use serde_json::{Value, json};

use crate::base::diagnostic::Findings;
use crate::base::json_object::JsonObject;
use crate::base::node_path::NodePath;

/// Rewrites `enum`: null makes the schema nullable, and values that are all strings imply the type `string`.
pub(super) fn rewrite_enum(findings: &mut Findings, at: &NodePath<'_>, schema: &mut JsonObject) {
    let Some(Value::Array(mut values)) = schema.shift_remove("enum") else { return };
    let before = values.len();
    values.retain(|value| !value.is_null());
    if values.len() < before {
        schema.insert("nullable".to_owned(), json!(true));
    }
    if values.is_empty() {
        return;
    }
    let has_no_type = !schema.contains_key("type") && !schema.contains_key("anyOf");
    if has_no_type && values.iter().all(Value::is_string) {
        schema.insert("type".to_owned(), json!("string"));
    }
    if schema.get("type") == Some(&json!("string")) {
        quote_values(findings, at, &mut values);
    }
    schema.insert("enum".to_owned(), Value::Array(values));
}

/// Converts numbers and booleans in a string enum, which lack quotes, to strings.
fn quote_values(findings: &mut Findings, at: &NodePath<'_>, values: &mut [Value]) {
    for (index, value) in values.iter_mut().enumerate() {
        if value.is_number() || value.is_boolean() {
            let message = format!("the enum value {value} is not a string; it is interpreted as one");
            let pointer = at.child("enum").index(index);
            findings.warning(&pointer, message, "put it in quotes");
            *value = Value::String(value.to_string());
        }
    }
}

/// Returns whether a value has a type of JSON Schema.
pub(super) fn is_of(ty: &str, value: &Value) -> bool {
    match ty {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        _ => false,
    }
}
