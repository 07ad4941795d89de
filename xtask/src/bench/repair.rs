//! A copy of a document without what stops other generators.
//!
//! This repository's generator reads documents as they are published; others give up on some of their mistakes, or
//! emit code that does not compile. To have anything to compare with, those get a copy in which these spots are
//! simpler. It says less, never more: what is left to compile shrinks for them.

use serde_json::{Map, Value, json};

/// What a peer's row says that worked on the copy.
pub(super) const NOTE: &str =
    "can't do the document as published; measured on a copy with its mistakes mended";

/// Mends a document.
pub(super) fn repair(document: &mut Value) {
    let shared = document.pointer("/components/parameters").cloned().unwrap_or_default();
    let paths = document.pointer_mut("/paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for (key, value) in item.as_object_mut().into_iter().flatten() {
            match value.pointer_mut("/parameters") {
                Some(list) => parameters(path, list, &shared),
                None if key == "parameters" => parameters(path, value, &shared),
                None => {}
            }
        }
    }
    let shared = document.pointer_mut("/components/parameters").and_then(Value::as_object_mut);
    shared.into_iter().flat_map(Map::values_mut).for_each(plain_parameter);
    nodes(document);
}

/// Drops path parameters that the path does not have, and `x[]` beside `x`.
fn parameters(path: &str, list: &mut Value, shared: &Value) {
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
    list.iter_mut().for_each(plain_parameter);
}

/// Parameters that are objects, or integers with names for values, become texts.
fn plain_parameter(parameter: &mut Value) {
    let deep = parameter["style"] == "deepObject";
    let schema = &parameter["schema"];
    let words = schema["enum"].as_array().is_some_and(|values| values.iter().any(Value::is_string));
    if deep || (schema["type"] == "integer" && words) {
        parameter["schema"] = json!({ "type": "string" });
    }
    if deep && let Some(parameter) = parameter.as_object_mut() {
        parameter.remove("style");
        parameter.remove("explode");
    }
}

/// Lists of nothing in particular get items; an object that is also any of one thing is an object.
fn nodes(node: &mut Value) {
    match node {
        Value::Array(list) => list.iter_mut().for_each(nodes),
        Value::Object(map) => {
            if map.get("type").is_some_and(|kind| kind == "array") && !map.contains_key("items") {
                map.insert("items".to_owned(), json!({}));
            }
            if map.get("type").is_some_and(|kind| kind == "object")
                && map.get("anyOf").and_then(Value::as_array).is_some_and(|branches| branches.len() == 1)
            {
                map.remove("anyOf");
            }
            map.values_mut().for_each(nodes);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mends_what_stops_others_and_nothing_else() {
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
}
