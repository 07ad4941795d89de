//! The examples of the content of a response.

use serde_json::Value;

use crate::document::api::Api;
use crate::document::operation::Content;
use crate::schema::tree::entries;

/// An example: its value, or the text of it as it is sent.
pub(super) enum Example {
    Value(Value),
    Serialized(String),
}

/// Returns the examples of a content with their names, in their order.
pub(super) fn examples(api: &Api, content: &Content) -> Vec<(String, Example)> {
    let Some(media) = api.tree.get(&content.at) else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(value) = media.get("example") {
        found.push((String::new(), Example::Value(value.clone())));
    }
    for (name, node) in entries(media, "examples") {
        let (node, _) = api.tree.resolve(node, "");
        // OpenAPI 3.2 distinguishes the value from the text that is sent.
        let value = node.get("value").or_else(|| node.get("dataValue"));
        if let Some(text) = node.get("serializedValue").and_then(Value::as_str) {
            found.push((name.clone(), Example::Serialized(text.to_owned())));
        } else if let Some(value) = value {
            found.push((name.clone(), Example::Value(value.clone())));
        }
    }
    found
}

/// Returns the examples and the default of the schema of a content.
pub(super) fn of_schema(schema: &Value) -> Vec<Value> {
    let mut found: Vec<Value> = schema.get("example").cloned().into_iter().collect();
    let examples = schema.get("examples").and_then(Value::as_array);
    found.extend(examples.into_iter().flatten().cloned());
    found.extend(schema.get("default").cloned());
    found
}
