//! Changes of what operations send and answer.

use fastrand::Rng;
use serde_json::{Value, json};

use super::places::{operations, operations_with};
use super::schemas::any;
use super::{Mutation, one, toggle};

pub(super) const ALL: &[Mutation] = &[
    ("add body", add_body),
    ("remove body", remove_body),
    ("toggle required of body", toggle_body),
    ("change media type of body", change_body_type),
    ("retype body", retype_body),
    ("describe body", describe_body),
    ("retype answer", retype_answer),
    ("answer nothing", answer_nothing),
    ("answer something else as well", |document, rng| add_answer(document, rng, "202")),
    ("tell of a refusal", |document, rng| add_answer(document, rng, "404")),
    ("change media type of answer", change_answer_type),
    ("tell of a header", add_header),
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
    let now = one(&types, rng)?;
    content.insert(now.to_owned(), media);
    Some(format!("{at} to {now}"))
}

fn retype_body(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&sending(document), rng)?;
    let schema = any(document, rng);
    let said = format!("{at} to {schema}");
    document.pointer_mut(&at)?["requestBody"]["content"] = json!({"application/json": {"schema": schema}});
    Some(said)
}

fn describe_body(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&sending(document), rng)?;
    document.pointer_mut(&at)?["requestBody"]["description"] = json!("Something else is said of it.");
    Some(at)
}

/// Where successes are told of.
fn successes(document: &Value) -> Vec<String> {
    let of = |at: String| {
        let answers = document.pointer(&at)?["responses"].as_object()?;
        let status = answers.keys().find(|status| status.starts_with('2'))?;
        Some(format!("{at}/responses/{status}"))
    };
    operations(document).into_iter().filter_map(of).collect()
}

fn retype_answer(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&successes(document), rng)?;
    let schema = any(document, rng);
    let said = format!("{at} to {schema}");
    document.pointer_mut(&at)?["content"] = json!({"application/json": {"schema": schema}});
    Some(said)
}

fn answer_nothing(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    document.pointer_mut(&at)?["responses"] = json!({"204": {"description": ""}});
    Some(at)
}

fn add_answer(document: &mut Value, rng: &mut Rng, status: &str) -> Option<String> {
    let at = one(&operations(document), rng)?;
    let schema = any(document, rng);
    let answers = document.pointer_mut(&at)?["responses"].as_object_mut()?;
    answers.insert(
        status.to_owned(),
        json!({"description": "", "content": {"application/json": {"schema": schema}}}),
    );
    Some(at)
}

fn change_answer_type(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&successes(document), rng)?;
    let content = document.pointer_mut(&at)?["content"].as_object_mut()?;
    let (_, media) = std::mem::take(content).into_iter().next()?;
    let types = ["application/vnd.other+json", "application/octet-stream", "text/plain"];
    let now = one(&types, rng)?;
    content.insert(now.to_owned(), media);
    Some(format!("{at} to {now}"))
}

fn add_header(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&successes(document), rng)?;
    document.pointer_mut(&at)?["headers"] = json!({"x-fresh": {"schema": {"type": "string"}}});
    Some(at)
}
