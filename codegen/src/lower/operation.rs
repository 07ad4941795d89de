//! Operations: names, request bodies, answers, and what extensions declare about paging and limits.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{MediaType, Operation as Declared, PathItem, ReferenceOr, Response, StatusCode};
use serde_json::Value;

use super::extension::rate_limit;
use super::schema::Use;
use super::{Context, LIST, Lowerer, RESERVED_TYPES, UNTAGGED, new_module, rust_name};
use crate::ir::{Body, Method, Module, Operation, RateLimit, Type};
use crate::name::{RustName, Scope, file_stem};
use crate::pointer::Pointer;

type Content = IndexMap<String, MediaType>;

/// Modules of the runtime: endpoint modules are re-exported beside them.
const RESERVED_MODULES: [&str; 10] =
    ["blocking", "client", "endpoints", "error", "export", "models", "operation", "paged", "request", "wire"];

impl<'a> Lowerer<'a, '_> {
    /// All operations, and the types of all answers, errors included.
    pub(super) fn lower_operations(&mut self) -> (Vec<Module>, Vec<Type>) {
        let mut run = Run { names: Scope::with_reserved(&RESERVED_MODULES), ..Run::default() };
        for (path, item) in &self.document.paths.paths {
            let at = Pointer::root().child("paths").child(path);
            let ReferenceOr::Item(item) = item else {
                let message = "a `$ref` in place of a path item can't be followed";
                self.findings.error(&at, message, "write the path item out here");
                continue;
            };
            for (method, declared) in methods(item) {
                let at = at.child(method.as_str().to_lowercase());
                self.operation(&mut run, path, item, method, declared, &at);
            }
        }
        let modules = run.modules.into_values().map(|(module, _)| module).collect();
        (modules, run.answers)
    }

    fn operation(
        &mut self,
        run: &mut Run,
        path: &str,
        item: &'a PathItem,
        method: Method,
        declared: &'a Declared,
        at: &Pointer,
    ) {
        let id = declared.operation_id.clone().unwrap_or_else(|| derived_id(method, path));
        self.check_unique(run, declared, at);
        let tag = declared.tags.first().map_or(UNTAGGED, String::as_str);
        let hint = RustName::upper_camel(rust_name(&declared.extensions).unwrap_or(&id));
        let context = Context::new(&hint, &file_stem(&id));
        let lists = [
            (item.parameters.as_slice(), at.parent().unwrap_or_default().child("parameters")),
            (declared.parameters.as_slice(), at.child("parameters")),
        ];
        let parameters = self.parameters(lists, path, &context, at);
        let body = self.body(declared, at, &context);
        if body.is_none() && !self.findings.has_errors() {
            // It is left out, so its answers need no types. After an error they are still checked.
            return;
        }
        let response = self.response(run, declared, at, &context);
        let (Some(body), Some(response)) = (body, response) else { return };
        let rules = self.rules(declared, &parameters, at);
        let pagination = self.pagination(declared, &parameters, response.as_ref(), at);
        let rate_limit = rate_limit(declared);
        self.check_bucket(run, rate_limit.as_ref(), at);
        let pending = self.pending(declared, response.as_ref(), at);
        let (module, names) = self.module(run, tag);
        let name = names.claim(&RustName::snake(rust_name(&declared.extensions).unwrap_or(&id)));
        let optional = parameters.iter().any(|parameter| !parameter.required);
        let builder = optional.then(|| names.claim(&RustName::upper_camel(name.plain())));
        let constant = names.claim(&name.screaming());
        module.operations.push(Operation {
            id,
            name,
            builder,
            constant,
            method,
            path: path.to_owned(),
            pointer: at.clone(),
            docs: docs(declared),
            allowed_for: texts(declared.extensions.get("x-allowed-for")),
            deprecated: declared.deprecated,
            parameters,
            body,
            response,
            pagination,
            rate_limit,
            pending,
            exactly_one_of: rules.exactly_one_of,
            at_most_one_of: rules.at_most_one_of,
        });
    }

    fn check_unique(&mut self, run: &mut Run, declared: &Declared, at: &Pointer) {
        let Some(id) = &declared.operation_id else { return };
        if let Some(first) = run.ids.insert(id.clone(), at.clone()) {
            let message = format!("the operationId {id:?} is used twice; the first is {first}");
            self.findings.error(&at.child("operationId"), message, "give each operation an id of its own");
        }
    }

    /// Operations that draw from the same bucket must agree on its limit.
    fn check_bucket(&mut self, run: &mut Run, limit: Option<&RateLimit>, at: &Pointer) {
        let Some(limit) = limit else { return };
        let here = at.child("x-rate-limit");
        if self.findings.any_below(&here) {
            return;
        }
        let first = || (limit.clone(), at.clone());
        let (known, first) = run.buckets.entry(limit.bucket.clone()).or_insert_with(first);
        if known != limit {
            let message = format!("the bucket {:?} has another limit at {first}", limit.bucket);
            let help = "declare the same limit for all its operations, or give one a bucket of its own";
            self.findings.error(&here, message, help);
        }
    }

    fn module<'r>(&self, run: &'r mut Run, tag: &str) -> &'r mut (Module, Scope) {
        let declared = self.document.tags.iter().find(|declared| declared.name == tag);
        run.modules.entry(tag.to_owned()).or_insert_with(|| {
            let wished = declared.and_then(|tag| rust_name(&tag.extensions)).unwrap_or(tag);
            let name = run.names.claim(&RustName::module(&file_stem(wished)));
            let docs = declared.and_then(|tag| tag.description.clone()).unwrap_or_default();
            let mut names = Scope::with_reserved(&RESERVED_TYPES);
            names.reserve(LIST);
            (new_module(tag, name, docs), names)
        })
    }

    /// The JSON body; the outer `None` means that the operation can't be generated.
    #[expect(clippy::option_option, reason = "no body and no operation are two things")]
    fn body(&mut self, declared: &'a Declared, at: &Pointer, context: &Context) -> Option<Option<Body>> {
        let Some(body) = &declared.request_body else { return Some(None) };
        let mut at = at.child("requestBody");
        let body = match body {
            ReferenceOr::Item(body) => body,
            ReferenceOr::Reference { reference } => {
                let bodies = self.document.components.as_ref().map(|components| &components.request_bodies);
                let (target, there) = self.follow(bodies, "requestBodies", reference, &at)?;
                at = there;
                target
            }
        };
        let Some(used) = self.json(&body.content, &at, &context.inner("Body")) else {
            self.skip(&at, "only JSON bodies are generated; the operation is left out");
            return None;
        };
        Some(Some(Body { ty: used.ty, docs: body.description.clone().unwrap_or_default() }))
    }

    /// The answer to a success; the outer `None` means that the operation can't be generated.
    #[expect(clippy::option_option, reason = "no content and no operation are two things")]
    fn response(
        &mut self,
        run: &mut Run,
        declared: &'a Declared,
        at: &Pointer,
        context: &Context,
    ) -> Option<Option<Type>> {
        let at = at.child("responses");
        let mut success: Option<Option<Type>> = None;
        for (status, response) in &declared.responses.responses {
            let at = at.child(status.to_string());
            let Some((response, at)) = self.find_response(response, at) else { continue };
            let is_success = is_success(status);
            let inner = context.inner(if is_success { "Response" } else { "Error" });
            let ty = match self.json(&response.content, &at, &inner) {
                Some(used) => Some(used.element()),
                None if response.content.is_empty() || !is_success => None,
                None => {
                    self.skip(&at, "only JSON answers are generated; the operation is left out");
                    return None;
                }
            };
            run.answers.extend(ty.clone());
            match (is_success, &success) {
                (true, None) => success = Some(ty),
                (true, Some(first)) if *first != ty => {
                    self.skip(&at, "the function answers with the type of the first success");
                }
                _ => {}
            }
        }
        if let Some(response) = &declared.responses.default
            && let Some((response, at)) = self.find_response(response, at.child("default"))
            && let Some(used) = self.json(&response.content, &at, &context.inner("Error"))
        {
            run.answers.push(used.ty);
        }
        Some(success.unwrap_or(None))
    }

    /// What a content holds as JSON; `None` where it has no JSON variant.
    fn json(&mut self, content: &'a Content, at: &Pointer, context: &Context) -> Option<Use> {
        let (media_type, media) = content.iter().find(|(media_type, _)| is_json(media_type))?;
        let at = at.child("content").child(media_type).child("schema");
        Some(media.schema.as_ref().map_or(Use::of(Type::Any), |schema| self.schema(schema, &at, context)))
    }

    fn find_response(
        &mut self,
        response: &'a ReferenceOr<Response>,
        at: Pointer,
    ) -> Option<(&'a Response, Pointer)> {
        match response {
            ReferenceOr::Item(response) => Some((response, at)),
            ReferenceOr::Reference { reference } => {
                let responses = self.document.components.as_ref().map(|components| &components.responses);
                self.follow(responses, "responses", reference, &at)
            }
        }
    }
}

/// What is gathered while the operations are walked through.
#[derive(Default)]
struct Run {
    modules: IndexMap<String, (Module, Scope)>,
    names: Scope,
    ids: HashMap<String, Pointer>,
    buckets: HashMap<String, (RateLimit, Pointer)>,
    answers: Vec<Type>,
}

fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &Declared)> {
    let all = [
        (Method::Get, &item.get),
        (Method::Put, &item.put),
        (Method::Post, &item.post),
        (Method::Patch, &item.patch),
        (Method::Delete, &item.delete),
    ];
    all.into_iter().filter_map(|(method, declared)| Some((method, declared.as_ref()?)))
}

fn derived_id(method: Method, path: &str) -> String {
    format!("{}{}", method.as_str().to_lowercase(), path.replace('{', "by/").replace('}', ""))
}

/// The description, with the summary before it where both say something.
fn docs(declared: &Declared) -> String {
    match (&declared.summary, &declared.description) {
        (Some(summary), Some(description)) => {
            let summary = summary.trim();
            let stop = if summary.ends_with(['.', '!', '?', ':']) { "" } else { "." };
            format!("{summary}{stop}\n\n{description}")
        }
        (Some(text), None) | (None, Some(text)) => text.clone(),
        (None, None) => String::new(),
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json") || essence == "*/*"
}

fn is_success(status: &StatusCode) -> bool {
    match status {
        StatusCode::Code(code) => (200..300).contains(code),
        StatusCode::Range(range) => *range == 2,
    }
}
