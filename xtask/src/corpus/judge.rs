//! Whether an example that doesn't fit its type is the description's mistake: what its schema says, as a validator
//! of JSON Schema reads it, which knows nothing of this generator.

use jsonschema::{Draft, Registry, Validator};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

/// The name that the description has for references.
const URI: &str = "urn:description";
/// What a pointer must not have as it is in a URI.
const IN_FRAGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'~').remove(b'-').remove(b'_').remove(b'.');
/// What a type says of a key that its schema does not declare.
const UNDECLARED: &str = "has no such field";

/// A description whose schemas decide.
pub(super) struct Judge(Value);

impl Judge {
    pub(super) fn new(mut description: Value) -> Self {
        respell(&mut description);
        Self(description)
    }

    /// What is wrong with the example of the schema at a pointer; `None` where nothing is.
    pub(super) fn mistake(&self, schema: &str, example: &Value, why: &str) -> Option<String> {
        if why.contains(UNDECLARED) {
            return Some(format!("its schema does not declare what it shows: {why}"));
        }
        let registry = Registry::new().draft(Draft::Draft202012).add(URI, &self.0).ok()?.prepare().ok()?;
        let validator = validator(schema, &registry)?;
        let error = validator.iter_errors(example).next()?;
        let at = error.instance_path().to_string();
        let place = if at.is_empty() { "it".to_owned() } else { format!("its {at}") };
        // A validator shows the value, which may be long.
        let said: String = error.masked().to_string().chars().take(200).collect();
        Some(format!("{place} is not what its schema says: {said} ({})", error.schema_path()))
    }
}

fn validator(schema: &str, registry: &Registry<'_>) -> Option<Validator> {
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    let options = options.should_validate_formats(true).with_registry(registry);
    let fragment = utf8_percent_encode(schema.strip_prefix('#')?, IN_FRAGMENT);
    options.build(&json!({ "$ref": format!("{URI}#{fragment}") })).ok()
}

/// Spells the schemas of OpenAPI 3.0 as JSON Schema has them: null, and bounds that are excluded.
fn respell(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(respell),
        Value::Object(entries) => {
            entries.values_mut().for_each(respell);
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

    use super::Judge;

    #[test]
    fn a_schema_refuses_its_own_example() {
        let judge = Judge::new(json!({
            "paths": {"/a/{b c}": {"schema": {"type": "object", "required": ["id"]}}},
            "components": {"schemas": {
                "Text": {"type": "string", "nullable": true, "enum": ["a"]},
                "Count": {"type": "integer", "minimum": 1, "exclusiveMinimum": true},
                "Day": {"type": "string", "format": "date"},
                "List": {"type": "array", "items": {"$ref": "#/components/schemas/Text"}},
            }},
        }));
        for (schema, example, mistake) in [
            ("#/paths/~1a~1{b c}/schema", json!({}), Some("\"id\" is a required property")),
            ("#/paths/~1a~1{b c}/schema", json!({"id": 1}), None),
            ("#/components/schemas/Text", json!(null), None),
            ("#/components/schemas/Text", json!("b"), Some("not one of")),
            ("#/components/schemas/Count", json!(1), Some("less than")),
            ("#/components/schemas/Count", json!(2), None),
            ("#/components/schemas/Day", json!("yesterday"), Some("\"date\"")),
            ("#/components/schemas/List", json!(["a", 1]), Some("its /1 ")),
            ("#/components/schemas/Gone", json!(1), None),
        ] {
            let found = judge.mistake(schema, &example, "");
            match mistake {
                Some(part) => {
                    let found = found.unwrap_or_default();
                    assert!(found.contains(part), "{schema} {example}: {found}");
                }
                None => assert_eq!(found, None, "{schema} {example}"),
            }
        }
    }
}
