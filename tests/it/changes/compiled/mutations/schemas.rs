//! Mutations of schemas as a whole and of components.

use fastrand::Rng;
use serde_json::{Value, json};

use super::pointers::{components, operations_with, reference, schemas, schemas_with};
use super::{Mutation, one, toggle};

pub(super) const ALL: &[Mutation] = &[
    ("retype schema", retype_schema),
    ("toggle nullable", toggle_nullable),
    ("toggle nullable", toggle_nullable),
    ("describe schema", describe),
    ("change additionalProperties", change_additional),
    ("rename component", rename_component),
    ("remove component", remove_component),
    ("add component", add_component),
    ("inline reference", inline_reference),
    ("make component of schema", make_component),
    ("make array", make_array),
    ("make array its item", unmake_array),
    ("extend by allOf", extend),
    ("use in the other direction", use_in_other_direction),
];

/// Returns a random schema.
pub(super) fn any(document: &Value, rng: &mut Rng) -> Value {
    let components = components(document);
    match rng.u8(..14) {
        0 | 1 => json!({"type": "string"}),
        2 => json!({"type": "integer"}),
        3 => json!({"type": "number"}),
        4 => json!({"type": "boolean"}),
        5 => json!({"type": "string", "format": "date-time"}),
        6 => json!({"type": "integer", "format": "unix-time"}),
        7 => json!({"type": "array", "items": {"type": "string"}}),
        8 => json!({"type": "array", "items": {"type": "integer"}}),
        9 => json!({"type": "object", "properties": {"one": {"type": "string"}, "two": {"type": "integer"}}}),
        10 => json!({"type": "object", "additionalProperties": {"type": "integer"}}),
        11 => json!({}),
        _ => match one(&components, rng) {
            Some(name) => json!({"$ref": reference(&name)}),
            None => json!({"type": "string", "enum": ["one", "two"]}),
        },
    }
}

pub(super) fn is_object(schema: &Value) -> bool {
    schema["properties"].is_object()
}

fn retype_schema(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&schemas(document), rng)?;
    let schema = any(document, rng);
    let changed = format!("{at} to {schema}");
    *document.pointer_mut(&at)? = schema;
    Some(changed)
}

fn toggle_nullable(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let old = document["openapi"].as_str().is_some_and(|version| version.starts_with("3.0"));
    let at = one(&schemas_with(document, |schema| schema["type"] != "null"), rng)?;
    let schema = document.pointer_mut(&at)?;
    if old {
        if schema.get("$ref").is_some() {
            *schema = json!({"allOf": [schema], "nullable": true});
        } else {
            toggle(schema, "nullable");
        }
        return Some(at);
    }
    match schema.get("type").cloned() {
        Some(Value::Array(mut types)) => {
            let count = types.len();
            types.retain(|ty| ty != "null");
            if types.len() == count {
                types.push(json!("null"));
            }
            schema["type"] = if let [only] = types.as_slice() { only.clone() } else { json!(types) };
        }
        Some(ty) => schema["type"] = json!([ty, "null"]),
        None => *schema = json!({"anyOf": [schema, {"type": "null"}]}),
    }
    Some(at)
}

fn describe(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&schemas_with(document, |schema| schema.get("$ref").is_none()), rng)?;
    document.pointer_mut(&at)?["description"] = json!("Another description.");
    Some(at)
}

fn change_additional(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&schemas_with(document, is_object), rng)?;
    let schema = document.pointer_mut(&at)?;
    let other = [json!(true), json!(false), json!({"type": "string"})];
    schema["additionalProperties"] = one(&other, rng)?;
    Some(format!("{at}: {}", schema["additionalProperties"]))
}

fn rename_component(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let name = one(&components(document), rng)?;
    let new = format!("{name}Renamed");
    let all = document.pointer_mut("/components/schemas")?.as_object_mut()?;
    *all = std::mem::take(all)
        .into_iter()
        .map(|(key, value)| (if key == name { new.clone() } else { key }, value))
        .collect();
    replace_strings(document, &reference(&name), &reference(&new));
    Some(name)
}

fn replace_strings(node: &mut Value, from: &str, to: &str) {
    match node {
        Value::String(text) if text == from => to.clone_into(text),
        Value::Array(items) => items.iter_mut().for_each(|item| replace_strings(item, from, to)),
        Value::Object(entries) => entries.values_mut().for_each(|item| replace_strings(item, from, to)),
        _ => {}
    }
}

/// Removes a component. References to it become schemas of any type.
fn remove_component(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let name = one(&components(document), rng)?;
    document.pointer_mut("/components/schemas")?.as_object_mut()?.shift_remove(&name);
    let target = reference(&name);
    while let Some(at) = schemas_with(document, |schema| schema["$ref"] == *target).pop() {
        *document.pointer_mut(&at)? = json!({});
    }
    Some(name)
}

fn add_component(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let schema = any(document, rng);
    let changed = schema.to_string();
    document.pointer_mut("/components/schemas")?.as_object_mut()?.insert("Fresh".to_owned(), schema);
    Some(changed)
}

fn inline_reference(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&schemas_with(document, |schema| schema["$ref"].is_string()), rng)?;
    let target = document.pointer(&at)?["$ref"].as_str()?.trim_start_matches('#').to_owned();
    let schema = document.pointer(&target)?.clone();
    *document.pointer_mut(&at)? = schema;
    Some(at)
}

fn make_component(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&schemas_with(document, |schema| schema.get("$ref").is_none()), rng)?;
    let schema = document.pointer_mut(&at)?;
    let component = std::mem::replace(schema, json!({"$ref": reference("Shared")}));
    document.pointer_mut("/components/schemas")?.as_object_mut()?.insert("Shared".to_owned(), component);
    Some(at)
}

fn make_array(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&schemas(document), rng)?;
    let schema = document.pointer_mut(&at)?;
    *schema = json!({"type": "array", "items": schema});
    Some(at)
}

fn unmake_array(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&schemas_with(document, |schema| schema["items"].is_object()), rng)?;
    let schema = document.pointer_mut(&at)?;
    *schema = schema["items"].clone();
    Some(at)
}

fn extend(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&schemas_with(document, is_object), rng)?;
    let name = one(&components(document), rng)?;
    let schema = document.pointer_mut(&at)?;
    *schema = json!({"allOf": [{"$ref": reference(&name)}, schema]});
    Some(format!("{at} by {name}"))
}

/// Uses a component as the request body or as the response of an operation.
fn use_in_other_direction(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let name = one(&components(document), rng)?;
    let content = json!({"application/json": {"schema": {"$ref": reference(&name)}}});
    if rng.bool() {
        let may_send = |operation: &Value| operation["requestBody"].is_object();
        let at = one(&operations_with(document, may_send), rng)?;
        document.pointer_mut(&at)?["requestBody"] = json!({"required": true, "content": content});
        Some(format!("{at} sends {name}"))
    } else {
        let at = one(&operations_with(document, |_| true), rng)?;
        document.pointer_mut(&at)?["responses"]["200"] = json!({"description": "", "content": content});
        Some(format!("{at} responds with {name}"))
    }
}
