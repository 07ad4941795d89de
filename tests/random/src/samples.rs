//! Examples: adds them to a document, with values that are valid for its schemas.

mod object;
mod value;

use serde_json::{Value, json};

use self::value::Sampler;
use crate::choices::Choices;

/// Adds examples wherever the generator reads them.
pub(crate) fn add(document: &mut Value, choices: &mut Choices<'_>) {
    let tree = document.clone();
    let modern = tree["openapi"].as_str().is_some_and(|version| !version.starts_with("3.0"));
    let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    for schema in schemas.into_iter().flat_map(|schemas| schemas.values_mut()) {
        // OpenAPI 3.0 ignores siblings of a reference.
        if schema.get("$ref").is_some() || !schema.is_object() {
            continue;
        }
        let samples = samples(&tree, schema, choices);
        match samples.first() {
            Some(_) if modern => schema["examples"] = json!(samples),
            Some(first) => schema["example"] = first.clone(),
            None => {}
        }
    }
    add_to_contents(document, &tree, choices);
}

/// Returns a few values of a schema, but not null: the generated type of a component is not optional.
fn samples(tree: &Value, schema: &Value, choices: &mut Choices<'_>) -> Vec<Value> {
    let values = (0..3).filter_map(|_| Sampler::new(tree).value(schema, choices));
    values.filter(|value| !value.is_null()).collect()
}

/// Adds examples to each `content` of the tree.
fn add_to_contents(node: &mut Value, tree: &Value, choices: &mut Choices<'_>) {
    match node {
        Value::Object(entries) => {
            for (key, value) in entries {
                if key == "content" {
                    add_to_content(value, tree, choices);
                }
                add_to_contents(value, tree, choices);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| add_to_contents(item, tree, choices)),
        _ => {}
    }
}

fn add_to_content(content: &mut Value, tree: &Value, choices: &mut Choices<'_>) {
    let media = content.as_object_mut().into_iter().flatten();
    for (_, media) in media.filter(|(media_type, _)| media_type.contains("json")) {
        let Some(schema) = media.get("schema") else { continue };
        let values = samples(tree, schema, choices).into_iter().enumerate();
        let examples: serde_json::Map<String, Value> =
            values.map(|(index, value)| (format!("example {index}"), json!({"value": value}))).collect();
        if !examples.is_empty() {
            media["examples"] = Value::Object(examples);
        }
    }
}
