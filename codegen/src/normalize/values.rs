//! Enumerated values, and what they say about the type.

use serde_json::{Map, Value, json};

use crate::base::diagnostic::Findings;
use crate::base::path::Path;

type Entries = Map<String, Value>;

/// A null among the values means nullable; a list of texts alone means strings.
pub(super) fn rewrite_enum(findings: &mut Findings, at: &Path<'_>, schema: &mut Entries) {
    let Some(Value::Array(mut values)) = schema.shift_remove("enum") else { return };
    let before = values.len();
    values.retain(|value| !value.is_null());
    if values.len() < before {
        schema.insert("nullable".to_owned(), json!(true));
    }
    if values.is_empty() {
        return;
    }
    let untyped = !schema.contains_key("type") && !schema.contains_key("anyOf");
    if untyped && values.iter().all(Value::is_string) {
        schema.insert("type".to_owned(), json!("string"));
    }
    if schema.get("type") == Some(&json!("string")) {
        spell_values(findings, at, &mut values);
    }
    schema.insert("enum".to_owned(), Value::Array(values));
}

/// Numbers and truth values among the values of a text stand there for want of quotes.
fn spell_values(findings: &mut Findings, at: &Path<'_>, values: &mut [Value]) {
    for (index, value) in values.iter_mut().enumerate() {
        if value.is_number() || value.is_boolean() {
            let message = format!("{value} is among the values of a text, and is read as one");
            let pointer = at.child("enum").index(index);
            findings.warning(&pointer, message, "put it in quotes");
            *value = Value::String(value.to_string());
        }
    }
}

/// Whether a value is one of a type of JSON Schema.
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
