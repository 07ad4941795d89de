//! Schemas of the description as JSON Schema.
//!
//! The description writes null in the ways of 3.0 and of 3.1; in answers, its enums are open and its unions
//! by a discriminator keep unknown tags: that is how the project reads them.

use serde_json::{Map, Value, json};

/// The schema of something that a client sends.
pub(crate) fn of_request(tree: &Value, schema: &Value) -> Value {
    rooted(tree, schema, false)
}

/// The schema of something that the server sends.
pub(crate) fn of_answer(tree: &Value, schema: &Value) -> Value {
    rooted(tree, schema, true)
}

/// The schema with the components that it can refer to.
fn rooted(tree: &Value, schema: &Value, open: bool) -> Value {
    let components = map(&tree["components"]["schemas"], |schema| plain(schema, open));
    let mut root = plain(schema, open);
    if let Some(root) = root.as_object_mut() {
        root.insert("components".to_owned(), json!({"schemas": components}));
    }
    root
}

fn map(object: &Value, change: impl Fn(&Value) -> Value) -> Value {
    let fields = object.as_object().into_iter().flatten();
    fields.map(|(key, value)| (key.clone(), change(value))).collect()
}

/// A schema without what only OpenAPI knows.
fn plain(schema: &Value, open: bool) -> Value {
    let Some(fields) = schema.as_object() else { return schema.clone() };
    let mut plain = Map::new();
    for (key, value) in fields {
        let value = match key.as_str() {
            "properties" => map(value, |schema| plain_value(schema, open)),
            "items" | "additionalProperties" => plain_value(value, open),
            "allOf" | "anyOf" | "oneOf" => {
                value.as_array().into_iter().flatten().map(|schema| plain_value(schema, open)).collect()
            }
            "enum" if open && of_texts(value) => continue,
            "nullable" | "discriminator" | "example" | "examples" | "xml" | "externalDocs" => continue,
            _ => value.clone(),
        };
        plain.insert(key.clone(), value);
    }
    if let Some(choices) = fields.get("discriminator").and_then(|found| tagged(found, open)) {
        plain.remove("oneOf");
        plain.insert("allOf".to_owned(), choices);
    }
    if fields.get("nullable") == Some(&Value::Bool(true)) {
        return json!({"anyOf": [Value::Object(plain), {"type": "null"}]});
    }
    Value::Object(plain)
}

fn plain_value(schema: &Value, open: bool) -> Value {
    plain(schema, open)
}

fn of_texts(values: &Value) -> bool {
    values.as_array().is_some_and(|values| values.iter().all(|value| value.is_string() || value.is_null()))
}

/// A union by a tag: what a known tag stands for has to hold.
fn tagged(discriminator: &Value, open: bool) -> Option<Value> {
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
    fn null_is_read_in_both_spellings() {
        for schema in [json!({"type": "string", "nullable": true}), json!({"type": ["string", "null"]})] {
            let schema = of_answer(&json!({}), &schema);
            assert!(accepts(&schema, &json!(null)));
            assert!(!accepts(&schema, &json!(1)));
        }
    }

    #[test]
    fn enums_are_open_in_answers_and_closed_in_requests() {
        let schema = json!({"type": "string", "enum": ["good"]});
        assert!(accepts(&of_answer(&json!({}), &schema), &json!("splendid")));
        assert!(!accepts(&of_request(&json!({}), &schema), &json!("splendid")));
    }

    #[test]
    fn a_known_tag_decides_and_an_unknown_one_passes() {
        let tree = json!({"components": {"schemas": {"Note": {"properties": {"text": {"type": "string"}}}}}});
        let schema = json!({
            "oneOf": [{"$ref": "#/components/schemas/Note"}],
            "discriminator": {"propertyName": "type", "mapping": {"note": "#/components/schemas/Note"}},
        });
        let schema = of_answer(&tree, &schema);
        assert!(accepts(&schema, &json!({"type": "note", "text": "hello"})));
        assert!(!accepts(&schema, &json!({"type": "note", "text": 1})));
        assert!(accepts(&schema, &json!({"type": "flag", "text": 1})));
    }
}
