//! Schemas of the description as JSON Schema.
//!
//! Handles the null values of OpenAPI 3.0 and 3.1. In responses, unknown values of enums and unknown tags of unions
//! with a discriminator are valid, as in the generated client.

use serde_json::{Map, Value, json};

/// Returns the JSON Schema for a value that a client sends.
pub(crate) fn of_request(tree: &Value, schema: &Value) -> Value {
    with_components(tree, schema, false)
}

/// Returns the JSON Schema for a value that the server sends.
pub(crate) fn of_response(tree: &Value, schema: &Value) -> Value {
    with_components(tree, schema, true)
}

/// Returns the schema together with the components that it can refer to.
fn with_components(tree: &Value, schema: &Value, open: bool) -> Value {
    let components = map_values(&tree["components"]["schemas"], |schema| to_json_schema(schema, open));
    let mut root = to_json_schema(schema, open);
    if let Some(root) = root.as_object_mut() {
        root.insert("components".to_owned(), json!({"schemas": components}));
    }
    root
}

fn map_values(object: &Value, change: impl Fn(&Value) -> Value) -> Value {
    let fields = object.as_object().into_iter().flatten();
    fields.map(|(key, value)| (key.clone(), change(value))).collect()
}

/// Removes the OpenAPI keywords from a schema.
fn to_json_schema(schema: &Value, open: bool) -> Value {
    let Some(fields) = schema.as_object() else { return schema.clone() };
    let mut converted = Map::new();
    for (key, value) in fields {
        let value = match key.as_str() {
            "properties" => map_values(value, |schema| to_json_schema(schema, open)),
            "items" | "additionalProperties" => to_json_schema(value, open),
            "allOf" | "anyOf" | "oneOf" => {
                value.as_array().into_iter().flatten().map(|schema| to_json_schema(schema, open)).collect()
            }
            "enum" if open && is_string_enum(value) => continue,
            "nullable" | "discriminator" | "example" | "examples" | "xml" | "externalDocs" => continue,
            _ => value.clone(),
        };
        converted.insert(key.clone(), value);
    }
    if let Some(choices) = fields.get("discriminator").and_then(|found| discriminator_conditions(found, open))
    {
        converted.remove("oneOf");
        converted.insert("allOf".to_owned(), choices);
    }
    if fields.get("nullable") == Some(&Value::Bool(true)) {
        return json!({"anyOf": [Value::Object(converted), {"type": "null"}]});
    }
    Value::Object(converted)
}

fn is_string_enum(values: &Value) -> bool {
    values.as_array().is_some_and(|values| values.iter().all(|value| value.is_string() || value.is_null()))
}

/// Returns the conditions of a union with a discriminator: a value with a known tag must match the tag's schema.
fn discriminator_conditions(discriminator: &Value, open: bool) -> Option<Value> {
    let property = discriminator["propertyName"].as_str()?;
    let mapping = discriminator["mapping"].as_object().filter(|_| open)?;
    let choices = mapping.iter().map(|(tag, target)| {
        json!({
            "if": {"properties": {property: {"const": tag}}, "required": [property]},
            "then": {"$ref": target},
        })
    });
    Some(choices.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(schema: &Value, value: &Value) -> bool {
        jsonschema::validator_for(schema).unwrap().is_valid(value)
    }

    #[test]
    fn null_is_valid_with_both_keywords() {
        for schema in [json!({"type": "string", "nullable": true}), json!({"type": ["string", "null"]})] {
            let schema = of_response(&json!({}), &schema);
            assert!(accepts(&schema, &json!(null)));
            assert!(!accepts(&schema, &json!(1)));
        }
    }

    #[test]
    fn enums_are_open_in_responses_and_closed_in_requests() {
        let schema = json!({"type": "string", "enum": ["good"]});
        assert!(accepts(&of_response(&json!({}), &schema), &json!("splendid")));
        assert!(!accepts(&of_request(&json!({}), &schema), &json!("splendid")));
    }

    #[test]
    fn a_value_with_a_known_tag_is_validated_and_one_with_an_unknown_tag_is_valid() {
        let tree = json!({"components": {"schemas": {"Note": {"properties": {"text": {"type": "string"}}}}}});
        let schema = json!({
            "oneOf": [{"$ref": "#/components/schemas/Note"}],
            "discriminator": {"propertyName": "type", "mapping": {"note": "#/components/schemas/Note"}},
        });
        let schema = of_response(&tree, &schema);
        assert!(accepts(&schema, &json!({"type": "note", "text": "hello"})));
        assert!(!accepts(&schema, &json!({"type": "note", "text": 1})));
        assert!(accepts(&schema, &json!({"type": "flag", "text": 1})));
    }
}
