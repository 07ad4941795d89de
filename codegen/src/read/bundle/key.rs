//! What a node is called that becomes a component: after the way that leads to it.

use heck::ToUpperCamelCase;
use serde_json::Value;

use super::files::{Files, Spot};

/// Tokens that say nothing about what they lead to.
const SILENT: [&str; 22] = [
    "components",
    "schemas",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "examples",
    "definitions",
    "$defs",
    "properties",
    "schema",
    "not",
    "oneOf",
    "anyOf",
    "allOf",
    "prefixItems",
    "content",
    "get",
    "put",
    "post",
    "patch",
    "delete",
];

/// A key for the component; it need not be free.
pub(super) fn key(spot: &Spot, files: &Files<'_>) -> String {
    let tokens: Vec<&str> = spot.pointer.tokens().iter().map(String::as_str).collect();
    let words = match tokens.as_slice() {
        [] => vec![stem(files.path(spot.file)).to_owned()],
        ["components", _, key] | ["definitions" | "$defs", key] | [key] => return (*key).to_owned(),
        ["paths", path, rest @ ..] => {
            let mut words = vec![operation(spot.file, path, rest, files)];
            words.extend(words_of(rest));
            words
        }
        rest => words_of(rest),
    };
    let key: String = words.iter().map(|word| word.to_upper_camel_case()).collect();
    if key.is_empty() { "Schema".to_owned() } else { key }
}

/// The words of a way, as inline schemas on it are called.
fn words_of(tokens: &[&str]) -> Vec<String> {
    let mut words = Vec::new();
    let mut before = "";
    for (index, token) in tokens.iter().enumerate() {
        let word = match (before, *token) {
            ("oneOf" | "anyOf" | "prefixItems", number) => match number.parse::<usize>() {
                Ok(number) => format!("variant {}", number + 1),
                Err(_) => String::new(),
            },
            // Status codes, media types and methods say little.
            ("responses", _) if index > 1 || tokens.len() > 2 => "response".to_owned(),
            ("content" | "allOf", _) => String::new(),
            ("properties" | "$defs" | "definitions" | "schemas", name) => name.to_owned(),
            (_, "requestBody") => "body".to_owned(),
            (_, "items") => "item".to_owned(),
            (_, "additionalProperties") => "value".to_owned(),
            (_, silent) if SILENT.contains(&silent) => String::new(),
            (_, name) => name.to_owned(),
        };
        before = token;
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}

/// The operation that a way below `paths` goes through: its id, or method and path.
fn operation(file: usize, path: &str, rest: &[&str], files: &Files<'_>) -> String {
    let method = rest.first().copied().unwrap_or_default();
    let tokens = ["paths", path, method, "operationId"].map(str::to_owned);
    match files.node(&Spot::new(file, tokens.into_iter().collect())) {
        Some(Value::String(id)) => id.clone(),
        _ => format!("{method} {path}"),
    }
}

/// A file's name without folder and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').find(|part| !part.is_empty()).unwrap_or(name)
}
