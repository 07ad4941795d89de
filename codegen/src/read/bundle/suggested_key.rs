//! Derives a component key from the JSON pointer of a node.

use heck::ToUpperCamelCase;
use serde_json::Value;

use super::files::{LoadedFiles, NodeRef};

/// Pointer tokens that are not part of a key.
const GENERIC: [&str; 22] = [
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

/// Returns a key for the component. It may be in use already.
pub(super) fn suggested_key(node: &NodeRef, files: &LoadedFiles<'_>) -> String {
    let tokens: Vec<&str> = node.pointer.tokens().iter().map(String::as_str).collect();
    let words = match tokens.as_slice() {
        [] => vec![stem(files.path(node.file)).to_owned()],
        ["components", _, key] | ["definitions" | "$defs" | "parameters" | "responses", key] | [key] => {
            return (*key).to_owned();
        }
        ["paths", path, rest @ ..] => {
            let mut words = vec![operation(node.file, path, rest, files)];
            words.extend(words_of(rest));
            words
        }
        rest => words_of(rest),
    };
    let key: String = words.iter().map(|word| word.to_upper_camel_case()).collect();
    if key.is_empty() { "Schema".to_owned() } else { key }
}

/// Returns the words of a key for some pointer tokens. They match the names of inline schemas.
fn words_of(tokens: &[&str]) -> Vec<String> {
    let mut words = Vec::new();
    let mut before = "";
    for (index, token) in tokens.iter().enumerate() {
        let word = match (before, *token) {
            ("oneOf" | "anyOf" | "prefixItems", number) => match number.parse::<usize>() {
                Ok(number) => format!("variant {}", number + 1),
                Err(_) => String::new(),
            },
            // Status codes and media types are not part of a key.
            ("responses", _) if index > 1 || tokens.len() > 2 => "response".to_owned(),
            ("content" | "allOf", _) => String::new(),
            ("properties" | "$defs" | "definitions" | "schemas", name) => name.to_owned(),
            (_, "requestBody") => "body".to_owned(),
            (_, "items") => "item".to_owned(),
            (_, "additionalProperties") => "value".to_owned(),
            (_, token) if GENERIC.contains(&token) => String::new(),
            (_, name) => name.to_owned(),
        };
        before = token;
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}

/// Returns the name of the operation that a pointer below `paths` passes through: its `operationId`, or method and
/// path.
fn operation(file: usize, path: &str, rest: &[&str], files: &LoadedFiles<'_>) -> String {
    let method = rest.first().copied().unwrap_or_default();
    let tokens = ["paths", path, method, "operationId"].map(str::to_owned);
    match files.node(&NodeRef::new(file, tokens.into_iter().collect())) {
        Some(Value::String(id)) => id.clone(),
        _ => format!("{method} {path}"),
    }
}

/// Returns the name of a file without folder and extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').find(|part| !part.is_empty()).unwrap_or(name)
}
