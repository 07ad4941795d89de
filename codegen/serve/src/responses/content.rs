//! The content of a response: an example, or a generated value.

use serde_json::Value;

use super::examples::{Example, examples, of_schema};
use super::prefer::Prefer;
use super::text::{EVENT_FIELDS, event, form, plain, xml};
use crate::base::media_type::{essence, is_json, is_sequence, is_text};
use crate::base::pointer::child;
use crate::document::api::Api;
use crate::document::operation::Content;
use crate::schema::direction_rules::Direction;
use crate::values::generator::Wish;
use crate::values::sample::value_of;

/// The number of values in a generated sequence.
const ITEMS: usize = 3;
/// The first bytes of a PNG image, for binary content.
const BYTES: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What the schema says about how a value is written.
#[derive(Clone, Copy, Debug)]
struct Style {
    has_schema: bool,
    /// Whether values are events, and not their data.
    has_events: bool,
}

/// How content is generated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Generated<'g> {
    pub(super) seed: u64,
    /// Texts that make the values of a request differ from those of others.
    pub(super) texts: &'g [&'g str],
    /// Whether examples take precedence.
    pub(super) examples: bool,
}

/// The content of a response.
pub(super) struct ResponseContent {
    pub(super) body: Vec<u8>,
    /// The problem, if the content doesn't match its schema.
    pub(super) problem: Option<String>,
}

/// Returns the content of a response. An error is the name of an example that doesn't exist.
pub(super) fn content(
    api: &Api,
    content: &Content,
    media_type: &str,
    prefer: &Prefer,
    generated: Generated<'_>,
) -> Result<ResponseContent, String> {
    let mut found = examples(api, content);
    if let Some(name) = &prefer.example {
        found.retain(|(own, _)| own == name);
        if found.is_empty() {
            return Err(name.clone());
        }
    }
    let uses_examples = prefer.example.is_some() || generated.examples;
    let example = uses_examples.then(|| best(api, content, media_type, found)).flatten();
    let (value, problem) = match example {
        Some((Example::Serialized(text), _)) => {
            return Ok(ResponseContent { body: text.into_bytes(), problem: None });
        }
        Some((Example::Value(value), is_valid)) => {
            (value, (!is_valid).then(|| format!("the example at #{} doesn't match its schema", content.at)))
        }
        None => generated_value(api, content, media_type, generated),
    };
    let style = Style {
        has_schema: content.schema.is_some(),
        has_events: describes_events(api, content, media_type),
    };
    Ok(ResponseContent { body: written(&value, media_type, style), problem })
}

/// Returns the first example that matches the schema, or else the first, and whether it matches.
fn best(
    api: &Api,
    content: &Content,
    media_type: &str,
    found: Vec<(String, Example)>,
) -> Option<(Example, bool)> {
    let mut first = None;
    for (_, example) in found {
        if is_valid(api, content, media_type, &example) {
            return Some((example, true));
        }
        first.get_or_insert((example, false));
    }
    first
}

/// Returns whether an example of JSON matches the schema. Those of other media types are often the text that is sent.
fn is_valid(api: &Api, content: &Content, media_type: &str, example: &Example) -> bool {
    let (Example::Value(value), Some(at), true) = (example, &content.schema, is_json(media_type)) else {
        return true;
    };
    api.schemas.get(&api.tree, at, Direction::Response).is_valid(value)
}

/// Returns whether the schema describes whole events, with their fields, and not their data alone.
fn describes_events(api: &Api, content: &Content, media_type: &str) -> bool {
    let Some(at) = content.item_schema.as_ref().or(content.schema.as_ref()) else { return false };
    let Some(node) = api.tree.get(at).filter(|_| essence(media_type) == "text/event-stream") else {
        return false;
    };
    let (node, at) = api.tree.resolve(node, at);
    let node = node.get("items").map_or(node, |items| api.tree.resolve(items, &child(&at, "items")).0);
    let Some(properties) = node.get("properties").and_then(Value::as_object) else { return false };
    properties.contains_key("data") && properties.keys().all(|key| EVENT_FIELDS.contains(&key.as_str()))
}

fn generated_value(
    api: &Api,
    content: &Content,
    media_type: &str,
    generated: Generated<'_>,
) -> (Value, Option<String>) {
    let wish =
        Wish { direction: Direction::Response, examples: generated.examples, plain: false, flat: false };
    let is_sequence = is_sequence(media_type) || essence(media_type) == "text/event-stream";
    let invalid = |is_valid: bool, at: &str| {
        (!is_valid).then(|| format!("no value was found that is valid for the schema at #{at}"))
    };
    if let Some(at) = content.item_schema.as_ref().filter(|_| is_sequence) {
        let schema = api.schemas.get(&api.tree, at, Direction::Response);
        let items = (0..ITEMS).map(|index| {
            let number = index.to_string();
            let texts: Vec<&str> = generated.texts.iter().copied().chain([number.as_str()]).collect();
            value_of(&schema, generated.seed, &texts, wish)
        });
        let mut items: Vec<_> = items.collect();
        for (item, is_valid) in &mut items {
            *is_valid &= write_content(api, at, item, generated);
        }
        let are_valid = items.iter().all(|(_, is_valid)| *is_valid);
        let values = items.into_iter().map(|(value, _)| value).collect();
        return (Value::Array(values), invalid(are_valid, at));
    }
    let Some(at) = &content.schema else {
        return (Value::Object(serde_json::Map::new()), None);
    };
    let schema = api.schemas.get(&api.tree, at, Direction::Response);
    if generated.examples {
        let written = api.tree.get(at).map(|node| api.tree.resolve(node, at).0).map(of_schema);
        let valid = written.into_iter().flatten().find(|value| schema.is_valid(value));
        if let Some(value) = valid {
            return (value, None);
        }
    }
    let (value, is_valid) = value_of(&schema, generated.seed, generated.texts, wish);
    (value, invalid(is_valid, at))
}

/// Writes a value of `contentSchema` into the data of an event, which is a string with JSON. Returns whether it is valid.
fn write_content(api: &Api, at: &str, event: &mut Value, generated: Generated<'_>) -> bool {
    let content = format!("{at}/properties/data/contentSchema");
    let Some(data) = event.get_mut("data").filter(|_| api.tree.get(&content).is_some()) else {
        return true;
    };
    let wish =
        Wish { direction: Direction::Response, examples: generated.examples, plain: false, flat: false };
    let schema = api.schemas.get(&api.tree, &content, Direction::Response);
    let (value, is_valid) = value_of(&schema, generated.seed, generated.texts, wish);
    *data = Value::from(value.to_string());
    is_valid
}

/// Returns a value as its media type writes it.
fn written(value: &Value, media_type: &str, style: Style) -> Vec<u8> {
    let items = |value: &Value| match value {
        Value::Array(items) => items.clone(),
        Value::Object(entries) if entries.is_empty() => Vec::new(),
        other => vec![other.clone()],
    };
    let essence = essence(media_type);
    if is_sequence(media_type) {
        let separator = if essence.ends_with("json-seq") { "\u{1e}" } else { "" };
        let lines = items(value).into_iter().map(|item| format!("{separator}{item}\n"));
        return lines.collect::<String>().into_bytes();
    }
    if essence == "text/event-stream" {
        return items(value)
            .iter()
            .map(|item| event(item, style.has_events))
            .collect::<String>()
            .into_bytes();
    }
    if is_json(media_type) {
        return value.to_string().into_bytes();
    }
    if essence == "application/x-www-form-urlencoded" {
        return form(value).into_bytes();
    }
    if essence.ends_with("xml") && !value.is_string() {
        return format!("<?xml version=\"1.0\"?>{}", xml("root", value)).into_bytes();
    }
    if is_text(media_type) {
        let text = if style.has_schema || !value.is_object() { plain(value) } else { "text".to_owned() };
        return text.into_bytes();
    }
    match value {
        Value::String(text) => [BYTES, text.as_bytes()].concat(),
        _ => BYTES.to_vec(),
    }
}
