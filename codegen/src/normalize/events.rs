//! Server-sent events: the schema of their data replaces that of the string that contains it.
//!
//! OpenAPI 3.2 describes an event as an object whose property `data` is a string, with the schema of its content beside it.

use serde_json::{Map, Value};

/// The media type of server-sent events.
pub(crate) const EVENT_STREAM: &str = "text/event-stream";
/// The maximum depth of schemas that are searched.
const MAX_DEPTH: usize = 4;

/// Replaces the schemas of the data of all events by those of their content.
pub(super) fn unwrap_data(tree: &mut Value) {
    let schemas = tree.pointer("/components/schemas").cloned().unwrap_or_default();
    visit(tree, &schemas);
}

fn visit(node: &mut Value, schemas: &Value) {
    match node {
        Value::Object(entries) => {
            if let Some(Value::Object(content)) = entries.get_mut("content") {
                unwrap_content(content, schemas);
            }
            entries.values_mut().for_each(|value| visit(value, schemas));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| visit(value, schemas)),
        _ => {}
    }
}

fn unwrap_content(content: &mut Map<String, Value>, schemas: &Value) {
    let is_events =
        |name: &str| name.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(EVENT_STREAM);
    for (_, media) in content.iter_mut().filter(|(name, _)| is_events(name)) {
        for key in ["itemSchema", "schema"] {
            if let Some(schema) = media.get_mut(key) {
                unwrap_schema(schema, schemas, 0);
            }
        }
    }
}

fn unwrap_schema(schema: &mut Value, schemas: &Value, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    // The component may also describe JSON, where the data is a string.
    if let Some(component) = schema.get("$ref").and_then(Value::as_str).and_then(|reference| {
        let name = reference.strip_prefix("#/components/schemas/")?;
        schemas.get(name).filter(|component| has_content(component))
    }) {
        *schema = component.clone();
    }
    if let Some(data) = schema.get_mut("properties").and_then(|properties| properties.get_mut("data"))
        && let Some(content) = content_of(data)
    {
        *data = content;
    }
    for keyword in ["oneOf", "anyOf", "allOf"] {
        if let Some(Value::Array(branches)) = schema.get_mut(keyword) {
            for branch in branches {
                unwrap_schema(branch, schemas, depth + 1);
            }
        }
    }
    if let Some(items) = schema.get_mut("items") {
        unwrap_schema(items, schemas, depth + 1);
    }
}

/// Whether the data of an event has a schema for its content.
fn has_content(schema: &Value) -> bool {
    let data = schema.get("properties").and_then(|properties| properties.get("data"));
    let has_own = data.is_some_and(|data| content_of(data).is_some());
    let is_event = |branch: &Value| has_content(branch);
    let branches =
        ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array());
    has_own || branches.flatten().any(is_event)
}

/// The schema of the content of a string that contains JSON.
fn content_of(data: &Value) -> Option<Value> {
    let media_type = data.get("contentMediaType")?.as_str()?;
    let is_json = media_type.trim().ends_with("json");
    data.get("contentSchema").filter(|content| is_json && content.is_object()).cloned()
}
