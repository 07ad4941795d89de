//! Checks that each operation, parameter, body and response of a description is emitted or reported.
//!
//! The check compares the document with the output, independently of the stages in between.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::base::pointer::Pointer;
use crate::grammar::paths::operations;
use crate::grammar::reference::resolve;
use crate::ir::api::Operation;
use crate::ir::request::{BodyKind, ParameterLocation};
use crate::output::generator_output::Output;

/// A part of the description that is neither emitted nor reported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unaccounted {
    /// The pointer of the part.
    pub pointer: Pointer,
    /// The kind of part: `operation`, `parameter`, `body` or `response`.
    pub what: &'static str,
}

/// Returns all unaccounted parts. Requires the output of a run over the entire description, without tags.
#[must_use]
pub fn unaccounted(output: &Output) -> Vec<Unaccounted> {
    let mut audit = Audit::new(output);
    let paths = output.patched.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let at = Pointer::root().child("paths").child(path.as_str());
        let (item, at) = resolve(&output.patched, item, at);
        let Some(item) = item.as_object() else { continue };
        for (method, operation_at, declared) in operations(item, &at) {
            audit.operation((item, &at), (declared, operation_at), &method);
        }
    }
    let written = |part: Unaccounted| Unaccounted { pointer: output.written(&part.pointer), ..part };
    let mut unaccounted: Vec<Unaccounted> = audit.unaccounted.into_iter().map(written).collect();
    unaccounted.sort();
    unaccounted.dedup();
    unaccounted
}

struct Audit<'a> {
    output: &'a Output,
    operations: BTreeMap<&'a Pointer, Vec<&'a Operation>>,
    unaccounted: Vec<Unaccounted>,
}

impl<'a> Audit<'a> {
    fn new(output: &'a Output) -> Self {
        let mut operations: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (_, operation) in output.api.operations() {
            operations.entry(&operation.pointer).or_default().push(operation);
        }
        Self { output, operations, unaccounted: Vec::new() }
    }

    fn operation(
        &mut self,
        (item, item_at): (&'a Map<String, Value>, &Pointer),
        (declared, at): (&'a Value, Pointer),
        method: &str,
    ) {
        let Some(emitted) = self.operations.get(&at).cloned() else {
            // The reason may be reported for a part of the operation.
            if !self.is_reported(&at) && !self.reported().any(|reported| reported.below(&at).is_some()) {
                self.add(at, "operation");
            }
            return;
        };
        for (holder, list_at) in [(item.get("parameters"), item_at), (declared.get("parameters"), &at)] {
            for (index, parameter) in holder.and_then(Value::as_array).into_iter().flatten().enumerate() {
                self.parameter(parameter, list_at.child("parameters").index(index), &emitted);
            }
        }
        self.body(declared, &at, &emitted);
        // The response to a HEAD request has no content.
        if method != "HEAD" {
            self.responses(declared, &at, &emitted);
        }
    }

    fn parameter(&mut self, parameter: &'a Value, at: Pointer, emitted: &[&Operation]) {
        let (resolved, resolved_at) = resolve(&self.output.patched, parameter, at.clone());
        let name = resolved.get("name").and_then(Value::as_str).unwrap_or_default();
        let location = match resolved.get("in").and_then(Value::as_str) {
            Some("path") => ParameterLocation::Path,
            Some("header") => ParameterLocation::Header,
            Some("cookie") => ParameterLocation::Cookie,
            Some("querystring") => ParameterLocation::QueryString,
            _ => ParameterLocation::Query,
        };
        let is_emitted = emitted.iter().any(|operation| {
            let mut parameters = operation.parameters.iter();
            parameters.any(|own| own.location == location && own.wire.as_str() == name)
        });
        if !is_emitted && !self.is_reported(&at) && !self.is_reported_at_or_below(&resolved_at) {
            self.add(at, "parameter");
        }
    }

    fn body(&mut self, declared: &'a Value, at: &Pointer, emitted: &[&Operation]) {
        let Some(body) = declared.get("requestBody") else { return };
        let at = at.child("requestBody");
        let (resolved, resolved_at) = resolve(&self.output.patched, body, at.clone());
        let contents = resolved.get("content").and_then(Value::as_object);
        for media_type in contents.into_iter().flat_map(Map::keys) {
            let is_emitted = emitted.iter().filter_map(|operation| operation.body.as_ref()).any(|body| {
                // A body of bytes may have any media type, and a range matches any media type.
                let any = body.kind == BodyKind::AnyBytes || media_type.contains('*');
                any || same(&body.media_type, media_type)
            });
            let content = resolved_at.child("content").child(media_type.as_str());
            if !is_emitted && !self.is_reported(&at) && !self.is_reported_at_or_below(&content) {
                self.add(content, "body");
            }
        }
    }

    fn responses(&mut self, declared: &'a Value, at: &Pointer, emitted: &[&Operation]) {
        let responses = declared.get("responses").and_then(Value::as_object);
        // `default` is an error response beside any success or redirect.
        let successes =
            || responses.into_iter().flat_map(Map::keys).any(|status| status.starts_with(['2', '3']));
        for (status, response) in responses.into_iter().flatten() {
            let at = at.child("responses").child(status.as_str());
            let (resolved, resolved_at) = resolve(&self.output.patched, response, at.clone());
            let contents = resolved.get("content").and_then(Value::as_object);
            let schemas = contents.into_iter().flatten().filter(|(_, media)| media.get("schema").is_some());
            let mut json = schemas.filter(|(media_type, _)| media_type.contains("json")).peekable();
            let success = status.starts_with('2') || (status == "default" && !successes());
            if json.peek().is_none() {
                continue;
            }
            let is_emitted = emitted.iter().any(|operation| {
                if success {
                    operation.response.is_some()
                } else {
                    operation
                        .error_responses
                        .iter()
                        .any(|response| response.status.eq_ignore_ascii_case(status))
                }
            });
            if !is_emitted && !self.is_reported(&at) && !self.is_reported_at_or_below(&resolved_at) {
                self.add(at, "response");
            }
        }
    }

    /// Returns the pointers that are reported as skipped or in a diagnostic.
    fn reported(&self) -> impl Iterator<Item = &Pointer> {
        let skipped = self.output.api.skipped.iter().map(|skipped| &skipped.pointer);
        skipped.chain(&self.output.reported)
    }

    /// Returns whether a node or an ancestor of it is reported.
    fn is_reported(&self, at: &Pointer) -> bool {
        self.reported().any(|reported| at.below(reported).is_some() && reported.tokens().len() > 1)
    }

    fn is_reported_at_or_below(&self, at: &Pointer) -> bool {
        self.is_reported(at) || self.reported().any(|reported| reported.below(at).is_some())
    }

    fn add(&mut self, pointer: Pointer, what: &'static str) {
        self.unaccounted.push(Unaccounted { pointer, what });
    }
}

/// Returns whether two media types are equal apart from their parameters.
fn same(a: &str, b: &str) -> bool {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_lowercase();
    essence(a) == essence(b)
}
