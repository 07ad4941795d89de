//! Changes of operations: what they are called, where they stand, what extensions say of them.

use fastrand::Rng;
use serde_json::{Value, json};

use super::places::{operations, operations_with, schemas_with, split};
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
    ("change paging", change_paging),
    ("remove paging", |document, rng| remove_extension(document, rng, "x-pagination")),
    ("change limit", change_limit),
    ("change rules", change_rules),
    ("change background work", change_pending),
    ("remove background work", |document, rng| remove_extension(document, rng, "x-pending")),
];

fn remove(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    let (path, method) = split(&at);
    document.pointer_mut(path)?.as_object_mut()?.shift_remove(&method)?;
    Some(at)
}

/// Another one like one that there is.
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
    let now = one(&free, rng)?;
    let operation = item.shift_remove(&method)?;
    item.insert(now.to_owned(), operation);
    Some(format!("{at} to {now}"))
}

fn deprecate(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    toggle(document.pointer_mut(&at)?, "deprecated");
    Some(at)
}

fn describe(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    document.pointer_mut(&at)?["description"] = json!("Something else is said of it.");
    Some(at)
}

fn change_paging(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let paged = operations_with(document, |operation| operation["x-pagination"].is_object());
    if rng.u8(..3) > 0
        && let Some(at) = one(&paged, rng)
    {
        let way = &mut document.pointer_mut(&at)?["x-pagination"];
        match rng.u8(..4) {
            0 => way["style"] = json!("time"),
            1 => way["max-page-size"] = json!(7),
            2 => way["identity"] = json!([]),
            _ => {
                // Another list of the answer.
                way["items"] = json!("others");
                way["identity"] = json!([]);
                way.as_object_mut()?.shift_remove("position");
            }
        }
        return Some(at);
    }
    // What answers with a list in an object can be paged.
    let lists = schemas_with(document, |schema| {
        schema["properties"].as_object().is_some_and(|all| all.values().any(|one| one["items"].is_object()))
    });
    let at = one(&lists, rng)?;
    let all = document.pointer(&at)?["properties"].as_object()?;
    let items = all.iter().find(|(_, one)| one["items"].is_object())?.0.clone();
    let target = format!("#{at}");
    let answers = operations_with(document, |operation| {
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        schema["$ref"] == *target || schema["properties"].get(&items).is_some()
    });
    let operation = one(&answers, rng)?;
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
