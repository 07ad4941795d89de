//! Keywords of a schema that limit its values in a way that no type expresses.

use serde_json::{Value, json};

use super::object_kind::ObjectKind;

/// Returns whether a keyword of a schema is such a limit, and its value limits anything.
pub(crate) fn is_constraint(key: &str, value: &Value) -> bool {
    ObjectKind::Schema.constraint_keys().contains(&key)
        && match key {
            "uniqueItems" | "exclusiveMinimum" | "exclusiveMaximum" => *value != json!(false),
            "minLength" | "minItems" | "minProperties" => *value != json!(0),
            "maxContains" | "minContains" => value.is_number(),
            // The schemas `false` and `true`.
            "not" => *value != json!({}) && *value != json!(true) && *value != json!(false),
            "propertyNames" | "unevaluatedItems" => *value != json!({}) && *value != json!(true),
            _ => !value.is_null(),
        }
}
