//! The JSON value that a text stands for in a parameter or form.

use serde_json::Value;

use crate::schema::kinds::{Kinds, fits};

/// Returns the value of a text, as its schema reads it.
pub(super) fn value_of(root: &Value, schema: &Value, text: &str) -> Value {
    let kinds = Kinds::of(root, schema);
    let mut candidates = Vec::new();
    if kinds.has(Kinds::INTEGER.or(Kinds::FRACTION)) {
        candidates.extend(number(text));
    }
    if kinds.has(Kinds::BOOLEAN) {
        candidates.extend(match text {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        });
    }
    if kinds.has(Kinds::OBJECT.or(Kinds::ARRAY)) && text.starts_with(['{', '[']) {
        candidates.extend(serde_json::from_str(text).ok());
    }
    if kinds.has(Kinds::STRING) {
        candidates.push(Value::from(text));
    }
    if kinds.has(Kinds::NULL) && ["", "null"].contains(&text) {
        candidates.push(Value::Null);
    }
    let fitting = candidates.iter().find(|value| fits(root, schema, value)).cloned();
    fitting.or_else(|| candidates.into_iter().next()).unwrap_or_else(|| Value::from(text))
}

/// Returns the number that a text is as JSON.
fn number(text: &str) -> Option<Value> {
    let begins = text.starts_with(|first: char| first.is_ascii_digit() || first == '-');
    serde_json::from_str::<Value>(text).ok().filter(|value| begins && value.is_number())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::value_of;

    #[test]
    fn the_schema_decides_what_a_text_is() {
        for (schema, text, expected) in [
            (json!({"type": "string"}), "12", json!("12")),
            (json!({"type": "integer"}), "12", json!(12)),
            (json!({"type": "integer"}), "x", json!("x")),
            (json!({"type": ["string", "integer"]}), "12", json!(12)),
            (json!({"enum": ["1", 2]}), "1", json!("1")),
            (json!({"anyOf": [{"const": true}, {"type": "string"}]}), "false", json!("false")),
            (json!({"type": ["integer", "null"]}), "", json!(null)),
            (json!({"type": "object"}), "{\"a\":1}", json!({"a": 1})),
        ] {
            assert_eq!(value_of(&schema, &schema, text), expected, "{schema} {text}");
        }
    }
}
