//! Checks webhooks and callbacks: each has a function, whose docs state its parameters, contents and responses.

use serde_json::{Map, Value};

use super::declared::DeclaredOperation;
use super::evidence::Evidence;
use crate::base::pointer::Pointer;
use crate::grammar::paths::{WEBHOOK_SECTIONS, operations as declared_operations};
use crate::grammar::reference::resolve;
use crate::ir::webhook::Incoming;
use crate::output::generator_output::Output;

/// Checks the webhooks of the document.
pub(super) fn of_document(evidence: &mut Evidence<'_>) {
    let output = evidence.output;
    for section in WEBHOOK_SECTIONS {
        let at = Pointer::root().child(section);
        let webhooks = output.patched.get(section).and_then(Value::as_object);
        for (name, item) in webhooks.into_iter().flatten() {
            check_item(evidence, output, item, at.child(name.as_str()));
        }
    }
}

/// Checks the callbacks of an operation.
pub(super) fn of_operation(evidence: &mut Evidence<'_>, operation: &DeclaredOperation<'_>) {
    let output = evidence.output;
    let at = operation.at.child("callbacks");
    let callbacks = operation.declared.get("callbacks").and_then(Value::as_object);
    for (name, callback) in callbacks.into_iter().flatten() {
        let (callback, at) = resolve(&output.patched, callback, at.child(name.as_str()));
        let items = callback.as_object().into_iter().flatten();
        for (expression, item) in items.filter(|(key, _)| !key.starts_with("x-")) {
            check_item(evidence, output, item, at.child(expression.as_str()));
        }
    }
}

fn check_item(evidence: &mut Evidence<'_>, output: &Output, item: &Value, at: Pointer) {
    let (item, at) = resolve(&output.patched, item, at);
    let Some(entries) = item.as_object() else { return };
    for (_, operation_at, declared) in declared_operations(entries, &at) {
        let requests = &output.api.webhooks.requests;
        let Some(request) = requests.iter().find(|request| request.pointer == operation_at) else {
            evidence.require(false, &operation_at, &operation_at, "webhook");
            continue;
        };
        let operation = DeclaredOperation { item: entries, item_at: &at, declared, at: &operation_at };
        check(evidence, output, &operation, request);
    }
}

fn check(
    evidence: &mut Evidence<'_>,
    output: &Output,
    operation: &DeclaredOperation<'_>,
    request: &Incoming,
) {
    for (parameter, at) in operation.parameters(&output.patched) {
        let (resolved, resolved_at) = resolve(&output.patched, parameter, at.clone());
        let name = resolved.get("name").and_then(Value::as_str).unwrap_or_default();
        let mut own = request.parameters.iter();
        let is_stated = own.any(|own| own.wire.as_str().eq_ignore_ascii_case(name));
        evidence.require(is_stated, &resolved_at, &at, "parameter");
    }
    if let Some(body) = operation.declared.get("requestBody") {
        let at = operation.at.child("requestBody");
        let (resolved, resolved_at) = resolve(&output.patched, body, at.clone());
        let contents = resolved.get("content").and_then(Value::as_object);
        for media_type in contents.into_iter().flat_map(Map::keys) {
            let stated = request.body.as_ref().map(|body| &body.media_types);
            let is_stated = stated.is_some_and(|own| own.contains(media_type));
            let content = resolved_at.child("content").child(media_type.as_str());
            evidence.require(is_stated, &content, &at, "body");
        }
    }
    let responses = operation.declared.get("responses").and_then(Value::as_object);
    for status in responses.into_iter().flat_map(Map::keys).filter(|status| !status.starts_with("x-")) {
        let at = operation.at.child("responses").child(status.as_str());
        let is_stated = request.responses.iter().any(|own| own.status.eq_ignore_ascii_case(status));
        evidence.require(is_stated, &at, &at, "response");
    }
}
