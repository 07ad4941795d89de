//! Converts values of the wrong type whose meaning is clear.

use serde_json::{Value, json};

use crate::grammar::value_kind::ValueKind;

/// Returns the value that was meant by a value of the wrong type: `version: 1.0`, `required: 'true'`.
pub(super) fn coerced(value_kind: ValueKind, value: &Value) -> Option<Value> {
    match (value_kind, value) {
        (ValueKind::String, value) => text(value),
        (ValueKind::Boolean, Value::String(word)) => word.to_lowercase().parse().ok().map(Value::Bool),
        (ValueKind::Strings, Value::Array(items)) => items.iter().map(text).collect(),
        (ValueKind::Strings, Value::String(_)) => Some(json!([value])),
        (ValueKind::Number | ValueKind::Count | ValueKind::SmallCount, Value::String(digits)) => {
            digits.parse::<u32>().ok().map(|number| json!(number))
        }
        _ => None,
    }
}

/// Converts a scalar to a string.
fn text(value: &Value) -> Option<Value> {
    match value {
        Value::String(_) => Some(value.clone()),
        Value::Number(_) | Value::Bool(_) => Some(Value::String(value.to_string())),
        _ => None,
    }
}
