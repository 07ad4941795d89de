//! Repairs a document for other generators.
//!
//! This repository's generator reads documents as they are published. Other generators reject some of their errors, or
//! emit code that doesn't compile. These generators get a copy in which such parts are simplified or dropped. The copy
//! never declares more, so their crates become smaller.

use serde_json::{Map, Value, json};

/// The longest part of a message that is quoted, in characters.
const QUOTED: usize = 120;

/// Returns the note of a generator that was measured with the copy: why it fails with the document as published.
pub(super) fn note(failure: &str) -> String {
    let failure: String = failure.chars().take(QUOTED).collect();
    format!("measured with a repaired copy; with the document as published: {}", failure.trim())
}

/// Repairs a document.
pub(super) fn repair(document: &mut Value) {
    let shared = document.pointer("/components/parameters").cloned().unwrap_or_default();
    let paths = document.pointer_mut("/paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for (key, value) in item.as_object_mut().into_iter().flatten() {
            match value.pointer_mut("/parameters") {
                Some(list) => repair_parameters(path, list, &shared),
                None if key == "parameters" => repair_parameters(path, value, &shared),
                None => {}
            }
        }
    }
    let shared = document.pointer_mut("/components/parameters").and_then(Value::as_object_mut);
    shared.into_iter().flat_map(Map::values_mut).for_each(simplify_parameter);
    let schemes = document.pointer_mut("/components/securitySchemes").and_then(Value::as_object_mut);
    schemes.into_iter().flat_map(Map::values_mut).for_each(complete_urls);
    repair_schemas(document);
}

/// Adds a host to the relative URLs of a security scheme.
fn complete_urls(scheme: &mut Value) {
    let flows = scheme.get_mut("flows").and_then(Value::as_object_mut);
    let flows = flows.into_iter().flat_map(Map::values_mut);
    for url in flows.filter_map(Value::as_object_mut).flat_map(Map::values_mut) {
        if let Some(path) = url.as_str().filter(|text| text.starts_with('/')) {
            *url = json!(format!("https://example.com{path}"));
        }
    }
}

/// Drops path parameters that aren't in the path template, and `x[]` if there is also `x`.
fn repair_parameters(path: &str, list: &mut Value, shared: &Value) {
    let Some(list) = list.as_array_mut() else { return };
    let text = |parameter: &Value, key: &str| {
        let name = parameter["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
        let parameter = name.map_or(parameter, |name| &shared[name]);
        parameter[key].as_str().unwrap_or_default().to_owned()
    };
    let names: Vec<String> = list.iter().map(|one| text(one, "name")).collect();
    list.retain(|parameter| {
        let name = text(parameter, "name");
        let stray = text(parameter, "in") == "path" && !path.contains(&format!("{{{name}}}"));
        let twice = name.strip_suffix("[]").is_some_and(|plain| names.iter().any(|other| other == plain));
        !stray && !twice
    });
    list.iter_mut().for_each(simplify_parameter);
}

/// Changes parameters that are `deepObject`, or integers with strings as enum values, to strings.
fn simplify_parameter(parameter: &mut Value) {
    let deep = parameter["style"] == "deepObject";
    let schema = &parameter["schema"];
    let strings = schema["enum"].as_array().is_some_and(|values| values.iter().any(Value::is_string));
    if deep || (schema["type"] == "integer" && strings) {
        parameter["schema"] = json!({ "type": "string" });
    }
    if deep && let Some(parameter) = parameter.as_object_mut() {
        parameter.remove("style");
        parameter.remove("explode");
    }
}

/// Adds `items` to arrays without it, and drops an `anyOf` with one branch from objects, and exclusive limits as OpenAPI 3.0
/// spells them.
fn repair_schemas(node: &mut Value) {
    match node {
        Value::Array(list) => list.iter_mut().for_each(repair_schemas),
        Value::Object(map) => {
            if map.get("type").is_some_and(|kind| kind == "array") && !map.contains_key("items") {
                map.insert("items".to_owned(), json!({}));
            }
            if map.get("type").is_some_and(|kind| kind == "object")
                && map.get("anyOf").and_then(Value::as_array).is_some_and(|branches| branches.len() == 1)
            {
                map.remove("anyOf");
            }
            for key in ["exclusiveMinimum", "exclusiveMaximum"] {
                if map.get(key).is_some_and(Value::is_boolean) {
                    map.remove(key);
                }
            }
            map.values_mut().for_each(repair_schemas);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_other_generators_reject_is_repaired() {
        let mut document = json!({
            "paths": {"/a/{id}": {
                "parameters": [{"name": "id", "in": "path"}, {"name": "gone", "in": "path"}],
                "get": {
                    "operationId": "a",
                    "parameters": [
                        {"name": "role", "in": "query", "schema": {"type": "string"}},
                        {"$ref": "#/components/parameters/Roles"},
                        {"name": "filter", "in": "query", "style": "deepObject", "explode": true, "schema": {"type": "object"}},
                        {"name": "sort", "in": "query", "schema": {"type": "integer", "enum": ["up", "down"]}},
                    ],
                },
            }},
            "components": {
                "parameters": {"Roles": {"name": "role[]", "in": "query", "schema": {"type": "string"}}},
                "schemas": {"S": {"type": "object", "anyOf": [{"required": ["x"]}], "properties": {"list": {"type": "array"}}}}},
        });
        repair(&mut document);
        let expected = json!({
            "paths": {"/a/{id}": {
                "parameters": [{"name": "id", "in": "path"}],
                "get": {
                    "operationId": "a",
                    "parameters": [
                        {"name": "role", "in": "query", "schema": {"type": "string"}},
                        {"name": "filter", "in": "query", "schema": {"type": "string"}},
                        {"name": "sort", "in": "query", "schema": {"type": "string"}},
                    ],
                },
            }},
            "components": {"schemas": {"S": {"type": "object", "properties": {"list": {"type": "array", "items": {}}}}}},
        });
        assert_eq!(document["paths"], expected["paths"]);
        assert_eq!(document["components"]["schemas"], expected["components"]["schemas"]);
    }

    #[test]
    fn relative_urls_and_exclusive_limits_are_repaired() {
        let flows = |url: &str| json!({"implicit": {"authorizationUrl": url, "scopes": {"read": "reads"}}});
        let mut document = json!({"paths": {}, "components": {
            "securitySchemes": {"A": {"type": "oauth2", "flows": flows("/a")}, "B": {"flows": flows("https://b/")}, "C": {}},
            "schemas": {"S": {"minimum": 0, "exclusiveMinimum": true}, "T": {"exclusiveMinimum": 0}},
        }});
        repair(&mut document);
        let schemes = &document["components"]["securitySchemes"];
        assert_eq!(schemes["A"]["flows"], flows("https://example.com/a"));
        assert_eq!((&schemes["B"]["flows"], &schemes["C"]), (&flows("https://b/"), &json!({})));
        assert_eq!(
            document["components"]["schemas"],
            json!({"S": {"minimum": 0}, "T": {"exclusiveMinimum": 0}})
        );
    }

    #[test]
    fn a_note_quotes_the_start_of_a_message() {
        let note = note(&"x".repeat(500));
        assert!(note.ends_with(&format!(": {}", "x".repeat(120))), "{note}");
    }
}
