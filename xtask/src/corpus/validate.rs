//! Validates the examples of a description against their schemas, with a JSON Schema validator that is independent of
//! this generator. An example that fails to decode is the description's problem if it is invalid.

use jsonschema::{Draft, Registry, Validator};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

/// The URI of the description in references.
const URI: &str = "urn:description";
/// The characters of a JSON pointer that are percent-encoded in a fragment.
const IN_FRAGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'~').remove(b'-').remove(b'_').remove(b'.');
/// The runtime's message for a property that the schema does not declare.
const UNDECLARED: &str = "has no such field";

/// A description, to validate examples against its schemas.
pub(super) struct ExampleValidator(Value);

impl ExampleValidator {
    pub(super) fn new(mut description: Value) -> Self {
        to_json_schema(&mut description);
        Self(description)
    }

    /// Returns why the example is invalid against the schema at a pointer; `None` if it is valid.
    ///
    /// `why` is the error of decoding the example, or how it changed.
    pub(super) fn error(&self, schema: &str, example: &Value, why: &str) -> Option<String> {
        if why.contains(UNDECLARED) {
            return Some(format!("it has a property that its schema does not declare: {why}"));
        }
        let registry = Registry::new().draft(Draft::Draft202012).add(URI, &self.0).ok()?.prepare().ok()?;
        let validator = validator(schema, &registry)?;
        let error = validator.iter_errors(example).next()?;
        let pointer = error.instance_path().to_string();
        let subject = if pointer.is_empty() { "it".to_owned() } else { format!("its value at {pointer}") };
        // The message contains the value, which may be long.
        let message: String = error.masked().to_string().chars().take(200).collect();
        Some(format!("{subject} is invalid against its schema: {message} ({})", error.schema_path()))
    }
}

fn validator(schema: &str, registry: &Registry<'_>) -> Option<Validator> {
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    let options = options.should_validate_formats(true).with_registry(registry);
    let fragment = utf8_percent_encode(schema.strip_prefix('#')?, IN_FRAGMENT);
    options.build(&json!({ "$ref": format!("{URI}#{fragment}") })).ok()
}

/// Rewrites the schemas of OpenAPI 3.0 as JSON Schema: `nullable`, and boolean exclusive bounds.
fn to_json_schema(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(to_json_schema),
        Value::Object(entries) => {
            entries.values_mut().for_each(to_json_schema);
            if entries.get("nullable") == Some(&json!(true)) {
                if let Some(ty) = entries.get("type").filter(|ty| ty.is_string()).cloned() {
                    entries.insert("type".to_owned(), json!([ty, "null"]));
                }
                if let Some(values) = entries.get_mut("enum").and_then(Value::as_array_mut) {
                    values.push(Value::Null);
                }
            }
            for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
                if let Some(excluded) = entries.get(flag).and_then(Value::as_bool) {
                    let value = if excluded { entries.remove(bound) } else { None };
                    entries.remove(flag);
                    value.map(|value| entries.insert(flag.to_owned(), value));
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::ExampleValidator;

    #[test]
    fn an_invalid_example_is_an_error() {
        let validator = ExampleValidator::new(json!({
            "paths": {"/a/{b c}": {"schema": {"type": "object", "required": ["id"]}}},
            "components": {"schemas": {
                "Text": {"type": "string", "nullable": true, "enum": ["a"]},
                "Count": {"type": "integer", "minimum": 1, "exclusiveMinimum": true},
                "Day": {"type": "string", "format": "date"},
                "List": {"type": "array", "items": {"$ref": "#/components/schemas/Text"}},
            }},
        }));
        for (schema, example, expected) in [
            ("#/paths/~1a~1{b c}/schema", json!({}), Some("\"id\" is a required property")),
            ("#/paths/~1a~1{b c}/schema", json!({"id": 1}), None),
            ("#/components/schemas/Text", json!(null), None),
            ("#/components/schemas/Text", json!("b"), Some("not one of")),
            ("#/components/schemas/Count", json!(1), Some("less than")),
            ("#/components/schemas/Count", json!(2), None),
            ("#/components/schemas/Day", json!("yesterday"), Some("\"date\"")),
            ("#/components/schemas/List", json!(["a", 1]), Some("its value at /1 ")),
            ("#/components/schemas/Gone", json!(1), None),
        ] {
            let found = validator.error(schema, &example, "");
            match expected {
                Some(part) => {
                    let found = found.unwrap_or_default();
                    assert!(found.contains(part), "{schema} {example}: {found}");
                }
                None => assert_eq!(found, None, "{schema} {example}"),
            }
        }
    }
}
