//! Keywords that OpenAPI and JSON Schema spell differently.

use serde_json::{Map, Value, json};

const TYPES: [&str; 7] = ["string", "integer", "number", "boolean", "array", "object", "null"];
const COUNTS: [&str; 8] = [
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minContains",
    "maxContains",
];
const NUMBERS: [&str; 4] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
const STRINGS: [&str; 4] = ["pattern", "format", "contentEncoding", "contentMediaType"];
/// Keywords for generated values.
const ANNOTATIONS: [&str; 6] = ["default", "example", "readOnly", "writeOnly", "xml", "const"];

/// Returns the value of a keyword without schemas, if it is valid.
pub(super) fn kept(key: &str, value: &Value) -> Option<Value> {
    let is_valid = match key {
        "type" => return types(value),
        "enum" => value.as_array().is_some_and(|values| !values.is_empty()),
        "examples" => value.is_array(),
        "uniqueItems" => value.is_boolean(),
        "multipleOf" => value.as_f64().is_some_and(|value| value > 0.0),
        "dependentRequired" => value.as_object().is_some_and(|names| {
            names
                .values()
                .all(|names| names.as_array().is_some_and(|names| names.iter().all(Value::is_string)))
        }),
        key if COUNTS.contains(&key) => value.as_u64().is_some(),
        key if NUMBERS.contains(&key) => value.is_number(),
        key if STRINGS.contains(&key) => value.is_string(),
        key => ANNOTATIONS.contains(&key),
    };
    is_valid.then(|| value.clone())
}

fn types(value: &Value) -> Option<Value> {
    let known = |value: &Value| {
        let name = value.as_str()?;
        // A file is a string of bytes.
        let name = if name == "file" { "string" } else { name };
        TYPES.contains(&name).then(|| name.to_owned())
    };
    match value {
        Value::Array(names) => {
            let mut names: Vec<_> = names.iter().filter_map(known).collect();
            names.sort();
            names.dedup();
            (!names.is_empty()).then(|| json!(names))
        }
        name => known(name).map(Value::String),
    }
}

/// Rewrites the keywords of OpenAPI 3.0: `nullable`, boolean exclusive bounds, and arrays in `items`.
pub(super) fn adapted(mut closed: Map<String, Value>, written: &Map<String, Value>) -> Value {
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if written.get(flag) == Some(&Value::Bool(true))
            && let Some(value) = closed.remove(bound)
        {
            closed.insert(flag.to_owned(), value);
        }
    }
    if written.get("nullable") != Some(&Value::Bool(true)) {
        return Value::Object(closed);
    }
    if let Some(values) = closed.get_mut("enum").and_then(Value::as_array_mut)
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    let has_parts = ["$ref", "allOf", "anyOf", "oneOf"].iter().any(|key| closed.contains_key(*key));
    match closed.get_mut("type") {
        Some(Value::Array(names)) if names.iter().any(|name| name == "null") => {}
        Some(Value::Array(names)) => names.push(json!("null")),
        Some(name) => *name = json!([name.take(), "null"]),
        None if has_parts => return json!({"anyOf": [closed, {"type": "null"}]}),
        None => {}
    }
    Value::Object(closed)
}
