//! Mutations of operations: names, tags, methods and extensions.

use fastrand::Rng;
use serde_json::{Value, json};

use super::pointers::{operations, operations_with, schemas_with, split};
use super::{Mutation, one, toggle};

pub(super) const ALL: &[Mutation] = &[
    ("remove operation", remove),
    ("add operation", add),
    ("rename operation", rename),
    ("name operation in Rust", name_in_rust),
    ("change tag of operation", retag),
    ("change method", change_method),
    ("toggle deprecated of operation", deprecate),
    ("describe operation", describe),
    ("change pagination", change_pagination),
    ("remove pagination", |document, rng| remove_extension(document, rng, "x-pagination")),
    ("change rate limit", change_limit),
    ("change parameter rules", change_rules),
    ("change x-pending", change_pending),
    ("remove x-pending", |document, rng| remove_extension(document, rng, "x-pending")),
];

fn remove(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    let (path, method) = split(&at);
    document.pointer_mut(path)?.as_object_mut()?.shift_remove(&method)?;
    Some(at)
}

/// Adds a copy of an operation.
fn add(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    let mut operation = document.pointer(&at)?.clone();
    operation["operationId"] = json!("freshOne");
    if let Some(parameters) = operation["parameters"].as_array_mut() {
        parameters.retain(|parameter| parameter["in"] != "path");
    }
    document["paths"].as_object_mut()?.insert("/fresh".to_owned(), json!({"post": operation}));
    Some(at)
}

fn rename(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    document.pointer_mut(&at)?["operationId"] = json!("somethingElse");
    Some(at)
}

fn name_in_rust(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    document.pointer_mut(&at)?["x-rust-name"] = json!("other_name");
    Some(at)
}

fn retag(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    let others: Vec<_> =
        operations(document).iter().filter_map(|at| document.pointer(at)?.get("tags").cloned()).collect();
    let tags = if rng.bool() { one(&others, rng) } else { None };
    document.pointer_mut(&at)?["tags"] = tags.unwrap_or_else(|| json!(["fresh"]));
    Some(at)
}

fn change_method(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    let (path, method) = split(&at);
    let item = document.pointer_mut(path)?.as_object_mut()?;
    let free: Vec<_> =
        ["post", "put", "patch", "get"].into_iter().filter(|one| !item.contains_key(*one)).collect();
    let new = one(&free, rng)?;
    let operation = item.shift_remove(&method)?;
    item.insert(new.to_owned(), operation);
    Some(format!("{at} to {new}"))
}

fn deprecate(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    toggle(document.pointer_mut(&at)?, "deprecated");
    Some(at)
}

fn describe(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    document.pointer_mut(&at)?["description"] = json!("Another description.");
    Some(at)
}

fn change_pagination(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let paged = operations_with(document, |operation| operation["x-pagination"].is_object());
    if rng.u8(..3) > 0
        && let Some(at) = one(&paged, rng)
    {
        let pagination = &mut document.pointer_mut(&at)?["x-pagination"];
        match rng.u8(..4) {
            0 => pagination["style"] = json!("time"),
            1 => pagination["max-page-size"] = json!(7),
            2 => pagination["identity"] = json!([]),
            _ => {
                // Another array of the response.
                pagination["items"] = json!("others");
                pagination["identity"] = json!([]);
                pagination.as_object_mut()?.shift_remove("position");
            }
        }
        return Some(at);
    }
    // An operation can be paged if its response is an object with an array.
    let with_arrays = schemas_with(document, |schema| {
        schema["properties"].as_object().is_some_and(|all| all.values().any(|one| one["items"].is_object()))
    });
    let at = one(&with_arrays, rng)?;
    let all = document.pointer(&at)?["properties"].as_object()?;
    let items = all.iter().find(|(_, one)| one["items"].is_object())?.0.clone();
    let target = format!("#{at}");
    let candidates = operations_with(document, |operation| {
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        schema["$ref"] == *target || schema["properties"].get(&items).is_some()
    });
    let operation = one(&candidates, rng)?;
    document.pointer_mut(&operation)?["x-pagination"] =
        json!({"style": "cursor", "items": items, "max-page-size": 50});
    Some(format!("{operation} by {items}"))
}

fn remove_extension(document: &mut Value, rng: &mut Rng, key: &str) -> Option<String> {
    let at = one(&operations_with(document, |operation| operation.get(key).is_some()), rng)?;
    document.pointer_mut(&at)?.as_object_mut()?.shift_remove(key);
    Some(at)
}

fn change_limit(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    document.pointer_mut(&at)?["x-rate-limit"] =
        json!({"bucket": "fresh", "requests": rng.u8(1..9), "seconds": 60});
    Some(at)
}

fn change_rules(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations_with(document, |operation| operation["parameters"][1].is_object()), rng)?;
    let operation = document.pointer_mut(&at)?;
    if operation.get("x-parameter-rules").is_some() {
        operation.as_object_mut()?.shift_remove("x-parameter-rules");
    } else {
        let names = [operation["parameters"][0]["name"].clone(), operation["parameters"][1]["name"].clone()];
        operation["x-parameter-rules"] = json!({"at-most-one-of": [names]});
    }
    Some(at)
}

fn change_pending(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    let values = if rng.bool() { json!(["queued"]) } else { json!(["working"]) };
    document.pointer_mut(&at)?["x-pending"] = json!({"pointer": "/status", "values": values});
    Some(at)
}
