//! Values as text: in header fields, forms, XML, and events.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// Returns a value as plain text: strings as they are, null as nothing, and arrays and objects as JSON.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Returns a value in the style `simple`.
pub(super) fn simple(value: &Value, explode: bool) -> String {
    match value {
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        Value::Object(entries) => {
            let separator = if explode { "=" } else { "," };
            let pairs = entries.iter().map(|(key, value)| format!("{key}{separator}{}", plain(value)));
            pairs.collect::<Vec<_>>().join(",")
        }
        other => plain(other),
    }
}

/// Returns an object as a form.
pub(super) fn form(value: &Value) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let Value::Object(entries) = value else { return plain(value) };
    let pairs = entries.iter().flat_map(|(key, value)| {
        let values = match value {
            Value::Array(items) => items.iter().map(plain).collect(),
            other => vec![plain(other)],
        };
        values.into_iter().map(move |value| format!("{}={}", encode(key), encode(&value)))
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// Returns a value as XML, with the names of its properties as elements.
pub(super) fn xml(name: &str, value: &Value) -> String {
    let escaped = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        text.chars().filter(|c| !c.is_control()).collect::<String>()
    };
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let name = if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("item{name}") };
    match value {
        Value::Array(items) => items.iter().map(|item| xml(&name, item)).collect(),
        Value::Object(entries) => {
            let inner: String = entries.iter().map(|(key, value)| xml(key, value)).collect();
            format!("<{name}>{inner}</{name}>")
        }
        other => format!("<{name}>{}</{name}>", escaped(&plain(other))),
    }
}

/// The fields of events, and comments.
pub(super) const EVENT_FIELDS: [&str; 5] = ["data", "event", "id", "retry", "comment"];

/// Returns an event of an event stream: an object with the fields of events, or any other value as data. `is_event` says
/// that it is an event even without data.
pub(super) fn event(value: &Value, is_event: bool) -> String {
    let is_field = |key: &String| EVENT_FIELDS.contains(&key.as_str());
    let is_event = |entries: &serde_json::Map<String, Value>| {
        is_event || (entries.contains_key("data") && entries.keys().all(is_field))
    };
    let fields: Vec<(&str, String)> = match value {
        Value::Object(entries) if is_event(entries) => {
            let known = ["event", "id", "retry", "data"];
            known.iter().filter_map(|key| Some((*key, plain(entries.get(*key)?)))).collect()
        }
        other => vec![("data", plain(other))],
    };
    let lines = fields.iter().flat_map(|(key, text)| {
        let lines: Vec<_> = if text.is_empty() { vec![""] } else { text.lines().collect() };
        lines.into_iter().map(move |line| format!("{key}: {line}\n"))
    });
    lines.collect::<String>() + "\n"
}
