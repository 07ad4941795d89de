//! Compares values with the types of a schema.

use serde_json::{Map, Value};

use crate::grammar::json_type::TYPES;

/// Returns the types of a schema if a value has none of them. `None` if it has one, or if the types are unknown.
pub(super) fn conflict(schema: &Map<String, Value>, value: &Value) -> Option<String> {
    let nullable = [schema.get("nullable"), schema.get("x-nullable")].contains(&Some(&Value::Bool(true)));
    if value.is_null() && nullable {
        return None;
    }
    let types = types(schema)?;
    (!types.iter().any(|name| is_of(name, value))).then(|| types.join(" or "))
}

/// Returns the types of a schema. `None` if it declares none, or an unknown one.
pub(super) fn types(schema: &Map<String, Value>) -> Option<Vec<&str>> {
    let types: Vec<&str> = match schema.get("type")? {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().map(Value::as_str).collect::<Option<_>>()?,
        _ => return None,
    };
    types.iter().all(|name| TYPES.contains(name)).then_some(types)
}

fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        _ => value.is_null(),
    }
}

/// Returns whether two values are equal. 1 and 1.0 are.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one.total_cmp(&other).is_eq(),
        _ => one == other,
    }
}
