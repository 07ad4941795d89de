//! The names of JSON types, in JSON Schema and in diagnostics.

use serde_json::Value;

use crate::base::digits;

/// The types of JSON Schema.
pub(crate) const TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "object", "array", "null"];

/// Returns the JSON type of a value, with an article, for diagnostics.
pub(crate) fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) if digits::is_number(value) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Returns whether values are all null, and there is one.
pub(crate) fn is_only_null(values: &[Value]) -> bool {
    !values.is_empty() && values.iter().all(Value::is_null)
}
