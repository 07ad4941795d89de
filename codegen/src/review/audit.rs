//! Nothing gets lost in silence: what the operations of a description declare is emitted, or something was said
//! about it.
//!
//! This looks at the document and at what came out of it, and knows nothing of the stages between.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::base::pointer::Pointer;
use crate::grammar::paths::METHODS;
use crate::grammar::reference::resolve;
use crate::ir::api::Operation;
use crate::ir::request::{BodyKind, Location};
use crate::output::run::Output;

/// A part of the description that is neither in the crate nor told of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unaccounted {
    /// Where it stands.
    pub pointer: Pointer,
    /// What it is: `operation`, `parameter`, `body` or `answer`.
    pub what: &'static str,
}

/// Everything that got lost; meant for a run over the whole description.
#[must_use]
pub fn unaccounted(output: &Output) -> Vec<Unaccounted> {
    let mut audit = Audit::new(output);
    let paths = output.patched.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let at = Pointer::root().child("paths").child(path.as_str());
        let (item, at) = resolve(&output.patched, item, at);
        let Some(item) = item.as_object() else { continue };
        for method in METHODS.into_iter().filter(|method| item.contains_key(*method)) {
            audit.operation(item, &at, method);
        }
    }
    audit.lost.sort();
    audit.lost.dedup();
    audit.lost
}

struct Audit<'a> {
    output: &'a Output,
    operations: BTreeMap<&'a Pointer, Vec<&'a Operation>>,
    lost: Vec<Unaccounted>,
}

impl<'a> Audit<'a> {
    fn new(output: &'a Output) -> Self {
        let mut operations: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (_, operation) in output.api.operations() {
            operations.entry(&operation.pointer).or_default().push(operation);
        }
        Self { output, operations, lost: Vec::new() }
    }

    fn operation(&mut self, item: &'a Map<String, Value>, item_at: &Pointer, method: &'static str) {
        let at = item_at.child(method);
        let declared = &item[method];
        let Some(emitted) = self.operations.get(&at).cloned() else {
            // Why it is left out may stand at a part of it.
            if !self.is_told(&at) && !self.told().any(|told| told.below(&at).is_some()) {
                self.lose(at, "operation");
            }
            return;
        };
        for (holder, list_at) in [(item.get("parameters"), item_at), (declared.get("parameters"), &at)] {
            for (index, parameter) in holder.and_then(Value::as_array).into_iter().flatten().enumerate() {
                self.parameter(parameter, list_at.child("parameters").index(index), &emitted);
            }
        }
        self.body(declared, &at, &emitted);
        // The head of an answer has no content, whatever is declared.
        if method != "head" {
            self.answers(declared, &at, &emitted);
        }
    }

    fn parameter(&mut self, parameter: &'a Value, at: Pointer, emitted: &[&Operation]) {
        let (resolved, there) = resolve(&self.output.patched, parameter, at.clone());
        let name = resolved.get("name").and_then(Value::as_str).unwrap_or_default();
        let location = match resolved.get("in").and_then(Value::as_str) {
            Some("path") => Location::Path,
            Some("header") => Location::Header,
            Some("cookie") => Location::Cookie,
            _ => Location::Query,
        };
        let is_emitted = emitted.iter().any(|operation| {
            let mut parameters = operation.parameters.iter();
            parameters.any(|own| own.location == location && own.wire.as_str() == name)
        });
        if !is_emitted && !self.is_told(&at) && !self.is_told_at_or_below(&there) {
            self.lose(at, "parameter");
        }
    }

    fn body(&mut self, declared: &'a Value, at: &Pointer, emitted: &[&Operation]) {
        let Some(body) = declared.get("requestBody") else { return };
        let at = at.child("requestBody");
        let (resolved, there) = resolve(&self.output.patched, body, at.clone());
        let contents = resolved.get("content").and_then(Value::as_object);
        for media_type in contents.into_iter().flat_map(Map::keys) {
            let is_emitted = emitted.iter().filter_map(|operation| operation.body.as_ref()).any(|body| {
                // Bytes take whatever the caller says; a range is met by any media type.
                let any = body.kind == BodyKind::AnyBytes || media_type.contains('*');
                any || same(&body.media_type, media_type)
            });
            let content = there.child("content").child(media_type.as_str());
            if !is_emitted && !self.is_told(&at) && !self.is_told_at_or_below(&content) {
                self.lose(content, "body");
            }
        }
    }

    fn answers(&mut self, declared: &'a Value, at: &Pointer, emitted: &[&Operation]) {
        let responses = declared.get("responses").and_then(Value::as_object);
        let successes = || responses.into_iter().flat_map(Map::keys).any(|status| status.starts_with('2'));
        for (status, response) in responses.into_iter().flatten() {
            let at = at.child("responses").child(status.as_str());
            let (resolved, there) = resolve(&self.output.patched, response, at.clone());
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
                    operation.refusals.iter().any(|refusal| refusal.status.eq_ignore_ascii_case(status))
                }
            });
            if !is_emitted && !self.is_told(&at) && !self.is_told_at_or_below(&there) {
                self.lose(at, "answer");
            }
        }
    }

    /// The places that something was said about.
    fn told(&self) -> impl Iterator<Item = &Pointer> {
        let skipped = self.output.api.skipped.iter().map(|skipped| &skipped.pointer);
        skipped.chain(&self.output.told)
    }

    /// Whether something was said about a place or about what it is a part of.
    fn is_told(&self, at: &Pointer) -> bool {
        self.told().any(|told| at.below(told).is_some() && told.tokens().len() > 1)
    }

    fn is_told_at_or_below(&self, at: &Pointer) -> bool {
        self.is_told(at) || self.told().any(|told| told.below(at).is_some())
    }

    fn lose(&mut self, pointer: Pointer, what: &'static str) {
        self.lost.push(Unaccounted { pointer, what });
    }
}

/// Whether two media types are the same but for their parameters.
fn same(a: &str, b: &str) -> bool {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_lowercase();
    essence(a) == essence(b)
}
