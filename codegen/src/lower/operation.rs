//! Operations: their names, and what extensions declare about paging and limits.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{Operation as Declared, PathItem, ReferenceOr};
use serde_json::Value;

use super::access;
use super::answer::answer;
use super::body::{Way, ways};
use super::context::{Context, rust_name};
use super::document::Document;
use super::extension::{rate_limit, rules};
use super::incoming;
use super::paging::pagination;
use super::parameter::parameters;
use super::parts::Parts;
use super::pending::pending;
use super::reserved::{FUNCTIONS, RESERVED_TYPES};
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, file_stem};
use crate::base::pointer::Pointer;
use crate::ir::api::{Module, Operation};
use crate::ir::extension::RateLimit;
use crate::ir::request::Method;
use crate::ir::ty::Type;

/// Modules of the runtime: endpoint modules are re-exported beside them.
const RESERVED_MODULES: [&str; 12] = [
    "access",
    "api",
    "blocking",
    "client",
    "endpoints",
    "error",
    "export",
    "models",
    "operation",
    "paged",
    "request",
    "wire",
];

/// All operations, and the types of all answers, errors included.
pub(super) fn lower(parts: &mut Parts<'_, '_>) -> (Vec<Module>, Vec<Type>) {
    let mut run = Run { names: Scope::with_reserved(&RESERVED_MODULES), ..Run::default() };
    for (path, item) in parts.document.paths() {
        let at = Pointer::root().child("paths").child(path);
        let ReferenceOr::Item(item) = item else {
            let message = "a `$ref` in place of a path item can't be followed";
            parts.findings.problem(&at, message, "write the path item out here");
            continue;
        };
        for (method, declared) in parts.document.operations(path, item) {
            let at = at.child(method.as_str().to_lowercase());
            operation(parts, &mut run, path, item, method, declared, &at);
        }
    }
    incoming::webhooks(parts, &mut run.answers);
    let modules = run.modules.into_values().map(|(module, _)| module).collect();
    (modules, run.answers)
}

fn operation<'a>(
    parts: &mut Parts<'a, '_>,
    run: &mut Run,
    path: &str,
    item: &'a PathItem,
    method: Method,
    declared: &'a Declared,
    at: &Pointer,
) {
    let id = declared.operation_id.clone().unwrap_or_else(|| derived_id(method, path));
    check_unique(parts.findings, run, declared, at);
    let tag = declared.tags.first().map_or(UNTAGGED, String::as_str);
    let hint = RustName::upper_camel(rust_name(&declared.extensions).unwrap_or(&id));
    let context = Context::new(&hint, &file_stem(&id));
    let lists = [
        (item.parameters.as_slice(), at.parent().unwrap_or_default().child("parameters")),
        (declared.parameters.as_slice(), at.child("parameters")),
    ];
    let (parameters, argument_names) = parameters(parts, lists, path, &context, at);
    let ways = ways(parts, declared, at, &context, &argument_names);
    let answer = answer(parts, declared, method, at, &context, &mut run.answers);
    incoming::callbacks(parts, declared, at, &id, &mut run.answers);
    let rules = rules(parts.findings, declared, &parameters, at);
    let pagination =
        pagination(&mut parts.types, parts.findings, declared, &parameters, answer.response.as_ref(), at);
    let rate_limit = rate_limit(declared);
    check_bucket(parts.findings, run, rate_limit.as_ref(), at);
    let pending = pending(&parts.types, parts.findings, declared, answer.response.as_ref(), at);
    let wished = RustName::snake(rust_name(&declared.extensions).unwrap_or(&id));
    let operation = Operation {
        id,
        name: wished.clone(),
        builder: None,
        constant: wished.clone(),
        method,
        path: template(path),
        pointer: at.clone(),
        docs: docs(declared),
        allowed_for: texts(declared.extensions.get("x-allowed-for")),
        deprecated: declared.deprecated,
        parameters,
        body: None,
        response: answer.response,
        response_format: answer.response_format,
        accept: answer.accept,
        success_responses: answer.success_responses,
        error_responses: answer.error_responses,
        response_headers: answer.headers,
        servers: access::own_servers(parts.findings, &parts.access, item, declared, at),
        security: access::own_security(&parts.access, declared),
        pagination,
        rate_limit,
        pending,
        exactly_one_of: rules.exactly_one_of,
        at_most_one_of: rules.at_most_one_of,
    };
    emit(&parts.document, parts.findings, run, tag, &operation, ways);
}

/// A function for each way to send the operation.
fn emit(
    document: &Document<'_>,
    findings: &mut Findings,
    run: &mut Run,
    tag: &str,
    operation: &Operation,
    ways: Vec<Way>,
) {
    let wished = &operation.name;
    let at = &operation.pointer;
    let (module, names) = module(document, run, tag);
    let mut clash = false;
    for Way { suffix, body, parts } in ways {
        let name = if suffix.is_empty() { wished.clone() } else { wished.with_suffix(&format!("_{suffix}")) };
        clash |= names.holds(&name);
        let name = names.claim(&name);
        let mut parameters = operation.parameters.clone();
        parameters.extend(parts);
        let optional = parameters.iter().any(|parameter| !parameter.required);
        let builder = optional.then(|| names.claim(&RustName::upper_camel(name.plain())));
        let constant = names.claim(&name.screaming());
        module.operations.push(Operation { name, builder, constant, parameters, body, ..operation.clone() });
    }
    if clash && !findings.any_below(at) {
        let message =
            format!("the function name `{wished}` is taken; this operation gets a number behind it");
        findings.warning(at, message, "give one of the two an `x-rust-name` by an overlay");
    }
}

fn check_unique(findings: &mut Findings, run: &mut Run, declared: &Declared, at: &Pointer) {
    let Some(id) = &declared.operation_id else { return };
    if let Some(first) = run.ids.insert(id.clone(), at.clone()) {
        let message = format!("the operationId {id:?} is used twice; the first is {first}");
        findings.problem(&at.child("operationId"), message, "give each operation an id of its own");
    }
}

/// Operations that draw from the same bucket must agree on its limit.
fn check_bucket(findings: &mut Findings, run: &mut Run, limit: Option<&RateLimit>, at: &Pointer) {
    let Some(limit) = limit else { return };
    let here = at.child("x-rate-limit");
    if findings.any_below(&here) {
        return;
    }
    let first = || (limit.clone(), at.clone());
    let (known, first) = run.buckets.entry(limit.bucket.clone()).or_insert_with(first);
    if known != limit {
        let message = format!("the bucket {:?} has another limit at {first}", limit.bucket);
        let help = "declare the same limit for all its operations, or give one a bucket of its own";
        findings.error(&here, message, help);
    }
}

fn module<'r>(document: &Document<'_>, run: &'r mut Run, tag: &str) -> &'r mut (Module, Scope) {
    let declared = document.tag(tag);
    run.modules.entry(tag.to_owned()).or_insert_with(|| {
        let wished = declared.and_then(|tag| rust_name(&tag.extensions)).unwrap_or(tag);
        let name = run.names.claim(&RustName::module(&file_stem(wished)));
        let docs = declared.and_then(|tag| tag.description.clone()).unwrap_or_default();
        let mut names = Scope::with_reserved(&RESERVED_TYPES);
        for name in FUNCTIONS.into_iter().chain(["Part", "Style"]) {
            names.reserve(name);
        }
        (new_module(tag, name, docs), names)
    })
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

/// A path template fit for a URL: whatever may not stand in one is percent-encoded, but for the names in braces.
fn template(path: &str) -> String {
    let mut template = String::with_capacity(path.len());
    let mut in_braces = false;
    for char in path.chars() {
        match char {
            '{' => in_braces = true,
            '}' => in_braces = false,
            _ => {}
        }
        if in_braces || char.is_ascii_graphic() && !"\"<>\\^`|".contains(char) {
            template.push(char);
        } else {
            let mut bytes = [0; 4];
            let bytes = char.encode_utf8(&mut bytes).bytes();
            template.extend(bytes.map(|byte| format!("%{byte:02X}")));
        }
    }
    template
}

/// A module that operations without a tag go to.
const UNTAGGED: &str = "operations";

fn new_module(tag: &str, name: RustName, docs: String) -> Module {
    Module { file: name.plain().to_owned(), name, tag: tag.to_owned(), docs, operations: Vec::new() }
}
