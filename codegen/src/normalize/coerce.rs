//! Converts values of the wrong type whose meaning is clear.

use serde_json::{Value, json};

use super::normalized_extensions::UNKNOWN_CONTENT;
use crate::base::digits;
use crate::base::json_object::JsonObject;
use crate::grammar::object_kind::ObjectKind;
use crate::grammar::value_kind::ValueKind;

/// Floats below this number have no rounded digits.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns the value that was meant by a value of the wrong type: `version: 1.0`, `required: 'true'`.
pub(super) fn coerced(value_kind: ValueKind, value: &Value) -> Option<Value> {
    match (value_kind, value) {
        (ValueKind::String, value) => text(value),
        (ValueKind::Boolean, Value::String(word)) => word.to_lowercase().parse().ok().map(Value::Bool),
        (ValueKind::Strings, Value::Array(items)) => Some(items.iter().filter_map(text).collect()),
        (ValueKind::Strings, Value::String(_)) => Some(json!([value])),
        (ValueKind::Number | ValueKind::Count | ValueKind::SmallCount, Value::String(digits)) => {
            digits.parse::<u32>().ok().map(|number| json!(number))
        }
        (ValueKind::Objects(ObjectKind::SecurityRequirement), Value::String(_) | Value::Object(_)) => {
            Some(json!([value]))
        }
        _ => None,
    }
}

/// Returns the object that was meant by another value: a name in place of a requirement, or an object without keys.
/// Returns null for an object that has no meaning without its required keys.
pub(super) fn object_meant(kind: ObjectKind, value: &Value) -> Value {
    match (kind, value) {
        (ObjectKind::SecurityRequirement, Value::String(scheme)) => json!({scheme: []}),
        (ObjectKind::SecurityRequirement | ObjectKind::Link, _) => Value::Null,
        (ObjectKind::Server, Value::String(url)) => json!({"url": url}),
        (ObjectKind::Tag, Value::String(name)) => json!({"name": name}),
        // Its schema is not what is missing.
        (ObjectKind::Header, _) => json!({"schema": {}}),
        (ObjectKind::Response | ObjectKind::SwaggerResponse, _) => unknown_response(),
        (ObjectKind::Responses | ObjectKind::SwaggerResponses, _) => json!({"default": unknown_response()}),
        (ObjectKind::Operation | ObjectKind::SwaggerOperation, _) => {
            json!({"responses": {"default": unknown_response()}})
        }
        (ObjectKind::RequestBody, _) => json!({"content": any_content()}),
        (kind, _) if kind.required_keys().is_empty() => json!({}),
        _ => Value::Null,
    }
}

/// Adds what is assumed in place of contents that can't be read: any. `entries` has null for values that were reported.
pub(super) fn assume_content(kind: ObjectKind, entries: &mut JsonObject) {
    if matches!(kind, ObjectKind::Operation | ObjectKind::SwaggerOperation)
        && entries.get("responses").is_some_and(Value::is_null)
    {
        entries.insert("responses".to_owned(), json!({"default": unknown_response()}));
    }
    let assumed = match kind {
        ObjectKind::Response => ("content", UNKNOWN_CONTENT, json!(true)),
        ObjectKind::Operation => ("requestBody", "requestBody", json!({"content": any_content()})),
        _ => return,
    };
    let (key, assumed_key, value) = assumed;
    if entries.get(key).is_some_and(Value::is_null) {
        entries.insert(assumed_key.to_owned(), value);
    }
}

/// Returns a response that may have any content, or none.
pub(super) fn unknown_response() -> Value {
    json!({"description": "", UNKNOWN_CONTENT: true})
}

/// Returns `content` for any value.
pub(super) fn any_content() -> Value {
    json!({"*/*": {}})
}

/// Returns what is said of an object that can't be read, if that is more than that it is empty.
pub(super) fn assumption(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Response | ObjectKind::SwaggerResponse | ObjectKind::RequestBody => {
            "; any JSON content is assumed"
        }
        _ => "",
    }
}

/// Converts a whole float to the integer that it is in JSON Schema.
pub(super) fn make_integer(value_kind: ValueKind, value: &mut Value) {
    if matches!(value_kind, ValueKind::Count | ValueKind::SmallCount)
        && let Some(integer) = whole(value)
    {
        *value = integer;
    }
}

/// Returns the integer that a whole float stands for, if none of its digits are rounded.
pub(super) fn whole(value: &Value) -> Option<Value> {
    if let Some(written) = digits::written(value) {
        return digits::equal(written).filter(|number| !number.is_f64()).map(Value::Number);
    }
    let number = value.as_f64().filter(|_| value.is_f64())?;
    if number.fract() != 0.0 || number.abs() > EXACT {
        return None;
    }
    format!("{number:.0}").parse::<i64>().ok().map(Value::from)
}

/// Converts a scalar to a string.
fn text(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => Some(digits::written(value).unwrap_or(text).into()),
        Value::Number(_) | Value::Bool(_) => Some(Value::String(value.to_string())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{EXACT, coerced, object_meant, whole};
    use crate::grammar::object_kind::ObjectKind;
    use crate::grammar::value_kind::ValueKind;

    #[test]
    fn a_single_value_is_an_array_of_it() {
        assert_eq!(coerced(ValueKind::Strings, &json!("pets")), Some(json!(["pets"])));
        assert_eq!(coerced(ValueKind::Strings, &json!([1, true, {}])), Some(json!(["1", "true"])));
        let requirements = ValueKind::Objects(ObjectKind::SecurityRequirement);
        assert_eq!(coerced(requirements, &json!({"key": []})), Some(json!([{"key": []}])));
        assert_eq!(coerced(requirements, &json!("key")), Some(json!(["key"])));
        assert_eq!(coerced(requirements, &json!(1)), None);
    }

    /// An empty requirement would allow anonymous requests.
    #[test]
    fn a_requirement_that_cannot_be_read_is_not_empty() {
        assert_eq!(object_meant(ObjectKind::SecurityRequirement, &json!("key")), json!({"key": []}));
        assert_eq!(object_meant(ObjectKind::SecurityRequirement, &json!(5)), Value::Null);
    }

    #[test]
    fn what_an_object_needs_is_assumed_in_place_of_another_value() {
        assert_eq!(object_meant(ObjectKind::Tag, &json!("pets")), json!({"name": "pets"}));
        assert_eq!(object_meant(ObjectKind::RequestBody, &json!(5)), json!({"content": {"*/*": {}}}));
        let operation = object_meant(ObjectKind::Operation, &json!(5));
        assert!(operation["responses"]["default"].is_object(), "{operation}");
        assert_eq!(object_meant(ObjectKind::PathItem, &json!(5)), json!({}));
        assert_eq!(object_meant(ObjectKind::Info, &json!(5)), Value::Null);
    }

    #[test]
    fn a_whole_float_is_an_integer_if_no_digit_is_rounded() {
        assert_eq!(whole(&json!(5.0)), Some(json!(5)));
        assert_eq!(whole(&json!(-EXACT)), Some(json!(-9_007_199_254_740_992_i64)));
        assert_eq!(whole(&json!(2.0 * EXACT)), None);
        assert_eq!(whole(&json!(5.5)), None);
    }
}
