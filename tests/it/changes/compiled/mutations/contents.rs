//! Mutations of request bodies and responses.

use fastrand::Rng;
use serde_json::{Value, json};

use super::pointers::{operations, operations_with};
use super::schemas::any;
use super::{Mutation, one, toggle};

pub(super) const ALL: &[Mutation] = &[
    ("add body", add_body),
    ("remove body", remove_body),
    ("toggle required of body", toggle_body),
    ("change media type of body", change_body_type),
    ("retype body", retype_body),
    ("describe body", describe_body),
    ("retype response", retype_response),
    ("remove content of response", remove_response_content),
    ("add success response", |document, rng| add_response(document, rng, "202")),
    ("add error response", |document, rng| add_response(document, rng, "404")),
    ("change media type of response", change_response_type),
    ("add header", add_header),
];

fn add_body(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let may_send = |operation: &Value| operation.get("requestBody").is_none();
    let at = one(&operations_with(document, may_send), rng)?;
    let schema = any(document, rng);
    let required = rng.bool();
    document.pointer_mut(&at)?["requestBody"] =
        json!({"required": required, "content": {"application/json": {"schema": schema}}});
    Some(at)
}

fn sending(document: &Value) -> Vec<String> {
    operations_with(document, |operation| operation["requestBody"]["content"].is_object())
}

fn remove_body(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&sending(document), rng)?;
    document.pointer_mut(&at)?.as_object_mut()?.shift_remove("requestBody");
    Some(at)
}

fn toggle_body(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&sending(document), rng)?;
    toggle(&mut document.pointer_mut(&at)?["requestBody"], "required");
    Some(at)
}

fn change_body_type(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&sending(document), rng)?;
    let content = document.pointer_mut(&at)?["requestBody"]["content"].as_object_mut()?;
    let (_, media) = std::mem::take(content).into_iter().next()?;
    let types = [
        "application/json",
        "application/vnd.other+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/octet-stream",
        "image/*",
    ];
    let new = one(&types, rng)?;
    content.insert(new.to_owned(), media);
    Some(format!("{at} to {new}"))
}

fn retype_body(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&sending(document), rng)?;
    let schema = any(document, rng);
    let changed = format!("{at} to {schema}");
    document.pointer_mut(&at)?["requestBody"]["content"] = json!({"application/json": {"schema": schema}});
    Some(changed)
}

fn describe_body(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&sending(document), rng)?;
    document.pointer_mut(&at)?["requestBody"]["description"] = json!("Another description.");
    Some(at)
}

/// Returns the success responses of operations.
fn successes(document: &Value) -> Vec<String> {
    let of = |at: String| {
        let responses = document.pointer(&at)?["responses"].as_object()?;
        let status = responses.keys().find(|status| status.starts_with('2'))?;
        Some(format!("{at}/responses/{status}"))
    };
    operations(document).into_iter().filter_map(of).collect()
}

fn retype_response(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&successes(document), rng)?;
    let schema = any(document, rng);
    let changed = format!("{at} to {schema}");
    document.pointer_mut(&at)?["content"] = json!({"application/json": {"schema": schema}});
    Some(changed)
}

fn remove_response_content(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    document.pointer_mut(&at)?["responses"] = json!({"204": {"description": ""}});
    Some(at)
}

fn add_response(document: &mut Value, rng: &mut Rng, status: &str) -> Option<String> {
    let at = one(&operations(document), rng)?;
    let schema = any(document, rng);
    let responses = document.pointer_mut(&at)?["responses"].as_object_mut()?;
    responses.insert(
        status.to_owned(),
        json!({"description": "", "content": {"application/json": {"schema": schema}}}),
    );
    Some(at)
}

fn change_response_type(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&successes(document), rng)?;
    let content = document.pointer_mut(&at)?["content"].as_object_mut()?;
    let (_, media) = std::mem::take(content).into_iter().next()?;
    let types = ["application/vnd.other+json", "application/octet-stream", "text/plain"];
    let new = one(&types, rng)?;
    content.insert(new.to_owned(), media);
    Some(format!("{at} to {new}"))
}

fn add_header(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&successes(document), rng)?;
    document.pointer_mut(&at)?["headers"] = json!({"x-fresh": {"schema": {"type": "string"}}});
    Some(at)
}
