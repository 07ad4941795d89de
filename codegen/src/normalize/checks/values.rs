//! Compares values with the types of a schema.

use serde_json::{Map, Value};

use crate::base::digits;
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
        "string" => digits::is_string(value),
        "number" => digits::is_number(value),
        "integer" => digits::is_integer(value),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        _ => value.is_null(),
    }
}
