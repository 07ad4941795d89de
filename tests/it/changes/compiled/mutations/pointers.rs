//! JSON pointers of the operations, parameters and schemas of a document.

use serde_json::Value;

const METHODS: [&str; 8] = ["get", "put", "post", "patch", "delete", "head", "options", "trace"];

/// Escapes a token of a pointer.
pub(super) fn step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Splits a pointer into the pointer of the parent and the last token, unescaped.
pub(super) fn split(pointer: &str) -> (&str, String) {
    let (parent, last) = pointer.rsplit_once('/').unwrap_or_default();
    (parent, last.replace("~1", "/").replace("~0", "~"))
}

/// Returns all operations.
pub(super) fn operations(document: &Value) -> Vec<String> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let of_path = |(path, item): (&String, &Value)| {
        let path = step(path);
        let methods = METHODS.iter().filter(|method| item[**method].is_object());
        methods.map(|method| format!("/paths/{path}/{method}")).collect::<Vec<_>>()
    };
    paths.flat_map(of_path).collect()
}

/// Returns the operations that fulfil a condition.
pub(super) fn operations_with(document: &Value, holds: impl Fn(&Value) -> bool) -> Vec<String> {
    filtered(document, operations(document), holds)
}

/// Returns all inline parameters of operations and path items.
pub(super) fn parameters(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut owners = operations(document);
    let paths = document["paths"].as_object().into_iter().flatten();
    owners.extend(paths.map(|(path, _)| format!("/paths/{}", step(path))));
    for owner in owners {
        let list = document.pointer(&format!("{owner}/parameters")).and_then(Value::as_array);
        for (index, parameter) in list.into_iter().flatten().enumerate() {
            if parameter["name"].is_string() {
                found.push(format!("{owner}/parameters/{index}"));
            }
        }
    }
    found
}

pub(super) fn parameters_with(document: &Value, holds: impl Fn(&Value) -> bool) -> Vec<String> {
    filtered(document, parameters(document), holds)
}

/// Returns all schemas.
pub(super) fn schemas(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(document, "", &mut found);
    found
}

pub(super) fn schemas_with(document: &Value, holds: impl Fn(&Value) -> bool) -> Vec<String> {
    filtered(document, schemas(document), holds)
}

/// Returns the schemas of properties.
pub(super) fn properties(document: &Value) -> Vec<String> {
    let is_property = |pointer: &String| split(pointer).0.ends_with("/properties");
    schemas(document).into_iter().filter(is_property).collect()
}

pub(super) fn properties_with(document: &Value, holds: impl Fn(&Value) -> bool) -> Vec<String> {
    filtered(document, properties(document), holds)
}

/// Returns the names of all component schemas.
pub(super) fn components(document: &Value) -> Vec<String> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    schemas.into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

/// Returns a reference to a component schema.
pub(super) fn reference(name: &str) -> String {
    format!("#/components/schemas/{}", step(name))
}

fn filtered(document: &Value, pointers: Vec<String>, holds: impl Fn(&Value) -> bool) -> Vec<String> {
    pointers.into_iter().filter(|pointer| document.pointer(pointer).is_some_and(&holds)).collect()
}

fn walk(node: &Value, pointer: &str, found: &mut Vec<String>) {
    match node {
        Value::Object(entries) => {
            for (key, child) in entries {
                let below = format!("{pointer}/{}", step(key));
                match key.as_str() {
                    "schema" => schema(child, below, found),
                    "example" | "examples" | "default" => {}
                    "schemas" if pointer == "/components" => {
                        for (name, child) in child.as_object().into_iter().flatten() {
                            schema(child, format!("{below}/{}", step(name)), found);
                        }
                    }
                    _ => walk(child, &below, found),
                }
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                walk(child, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn schema(node: &Value, pointer: String, found: &mut Vec<String>) {
    let Some(entries) = node.as_object() else { return };
    for (key, child) in entries {
        let below = format!("{pointer}/{key}");
        match (key.as_str(), child) {
            ("properties", Value::Object(properties)) => {
                for (name, child) in properties {
                    schema(child, format!("{below}/{}", step(name)), found);
                }
            }
            ("items" | "additionalProperties", Value::Object(_)) => schema(child, below, found),
            ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                for (index, child) in parts.iter().enumerate() {
                    schema(child, format!("{below}/{index}"), found);
                }
            }
            _ => {}
        }
    }
    found.push(pointer);
}
