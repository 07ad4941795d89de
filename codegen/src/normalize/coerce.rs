//! Values of a wrong kind that can only mean one thing.

use serde_json::{Value, json};

use crate::grammar::shape::Shape;

/// The value that is meant where another kind of value was written: `version: 1.0`, `required: 'true'`.
pub(super) fn coerced(shape: Shape, value: &Value) -> Option<Value> {
    match (shape, value) {
        (Shape::Text, value) => text(value),
        (Shape::Bool, Value::String(word)) => word.to_lowercase().parse().ok().map(Value::Bool),
        (Shape::Texts, Value::Array(items)) => items.iter().map(text).collect(),
        (Shape::Texts, Value::String(_)) => Some(json!([value])),
        (Shape::Number | Shape::Count | Shape::SmallCount, Value::String(digits)) => {
            digits.parse::<u32>().ok().map(|number| json!(number))
        }
        _ => None,
    }
}

/// A scalar as it is written.
fn text(value: &Value) -> Option<Value> {
    match value {
        Value::String(_) => Some(value.clone()),
        Value::Number(_) | Value::Bool(_) => Some(Value::String(value.to_string())),
        _ => None,
    }
}
