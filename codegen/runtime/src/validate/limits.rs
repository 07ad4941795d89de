//! The constraints of schemas, which emitted code has as JSON.

use serde_json::{Map, Value};

/// What one schema demands of a value, or of parts of it.
#[derive(Clone, Debug)]
pub(super) struct Limit {
    /// The parts of the value that are limited, from the outside in. Empty for the value itself.
    pub(super) scope: Vec<Scope>,
    pub(super) keywords: Map<String, Value>,
}

/// A part of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Each item of an array.
    Items,
    /// An item of an array.
    Item(usize),
    /// Each additional property of an object.
    Properties,
}

/// Reads constraints: `[{"in": ["items"], "maxLength": 5}]`. A part that is not of this form limits nothing.
pub(super) fn read(json: &str) -> Vec<Limit> {
    let all: Vec<Map<String, Value>> = serde_json::from_str(json).unwrap_or_default();
    all.into_iter().filter_map(limit).collect()
}

fn limit(mut keywords: Map<String, Value>) -> Option<Limit> {
    let scope = match keywords.remove("in") {
        Some(Value::Array(parts)) => parts.iter().map(scope).collect::<Option<_>>()?,
        _ => Vec::new(),
    };
    Some(Limit { scope, keywords })
}

fn scope(part: &Value) -> Option<Scope> {
    match part {
        Value::String(text) if text == "items" => Some(Scope::Items),
        Value::String(text) if text == "properties" => Some(Scope::Properties),
        Value::Number(index) => Some(Scope::Item(usize::try_from(index.as_u64()?).ok()?)),
        _ => None,
    }
}
