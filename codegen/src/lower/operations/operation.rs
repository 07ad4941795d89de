//! Operations: modules, functions, and everything that a function needs.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, Operation as OpenApiOperation, PathItem, ReferenceOr};
use serde_json::Value;

use super::body::{BodyOption, body_options};
use super::docs::docs;
use super::headers::name_constants;
use super::incoming::{self, IncomingDraft};
use super::parameter::parameters;
use super::response::{OperationResponse, lower_responses};
use super::streams::{StreamResponse, check_property, streaming};
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, file_stem};
use crate::base::pointer::Pointer;
use crate::ir::api::{Module, Operation, Streaming};
use crate::ir::extension::RateLimit;
use crate::ir::request::{Method, Parameter, ParameterLocation, ResponseFormat};
use crate::ir::ty::Type;
use crate::lower::access;
use crate::lower::context::{Context, check_rust_name, rust_name};
use crate::lower::document::lookup::{Document, item_pointer, methods, operation_pointer};
use crate::lower::document::newer::NewerFeatures;
use crate::lower::document::placeholders::without_pairs;
use crate::lower::extensions::extension::{rate_limit, rules};
use crate::lower::extensions::paging::pagination;
use crate::lower::extensions::pending::pending;
use crate::lower::extensions::signature::check_is_incoming;
use crate::lower::lowering::Lowering;
use crate::lower::naming::names::{DeclaredOperation, OperationNames, UNTAGGED, written};
use crate::lower::types::reserved::RESERVED_TYPES;

/// Modules of the runtime, which the crate re-exports beside the endpoint modules.
const RESERVED_MODULES: [&str; 15] = [
    "access",
    "api",
    "blocking",
    "client",
    "endpoints",
    "error",
    "export",
    "mock",
    "models",
    "operation",
    "paged",
    "request",
    "runtime",
    "transport",
    "wire",
];

/// The operations of a document.
pub(in crate::lower) struct Operations<'a> {
    pub(in crate::lower) modules: Vec<Module>,
    /// The webhooks, then the callbacks.
    pub(in crate::lower) incoming: Vec<IncomingDraft<'a>>,
    /// The name of the module for webhooks and callbacks.
    pub(in crate::lower) incoming_module: Option<RustName>,
    /// The types of all responses, error responses included, and of what the server sends.
    pub(in crate::lower) response_types: Vec<Type>,
}

/// Lowers all operations.
pub(in crate::lower) fn lower<'a>(lowering: &mut Lowering<'a, '_>) -> Operations<'a> {
    let mut run = Run { names: Scope::of_files(&RESERVED_MODULES), ..Run::default() };
    for (path, item) in lowering.document.paths() {
        let at = Pointer::root().child("paths").child(path);
        let ReferenceOr::Item(item) = item else {
            let message = "a `$ref` instead of a path item isn't supported";
            lowering.findings.problem(&at, message, "write the path item here");
            continue;
        };
        for (method, declared) in lowering.document.operations(path, item) {
            let at = operation_pointer(&at, &method);
            operation(lowering, &mut run, path, item, method, declared, &at);
        }
    }
    for (module, names) in run.modules.values_mut() {
        name_constants(module, names);
    }
    let mut incoming = incoming::webhooks(lowering, &mut run.response_types);
    incoming.append(&mut run.callbacks);
    incoming::name_all(lowering.findings, &mut incoming);
    let incoming_module = (!incoming.is_empty()).then(|| incoming_module(&mut run.names));
    let modules = run.modules.into_values().map(|(module, _)| module).collect();
    Operations { modules, incoming, incoming_module, response_types: run.response_types }
}

/// Chooses the name of the module for webhooks and callbacks. That of a tag stays as it is.
fn incoming_module(names: &mut Scope) -> RustName {
    let usual = RustName::module("webhooks");
    let wished = if names.contains(&usual) { RustName::module("incoming_webhooks") } else { usual };
    names.claim(&wished)
}

/// All operations, with what their names depend on.
pub(in crate::lower) fn declared<'a>(
    openapi: &'a OpenAPI,
    later: &'a NewerFeatures,
) -> Vec<DeclaredOperation<'a>> {
    let mut operations = Vec::new();
    for (path, item) in &openapi.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        let at = Pointer::root().child("paths").child(path);
        let declared =
            methods(item).chain(later.operations(path)).map(|(method, declared)| DeclaredOperation {
                pointer: operation_pointer(&at, &method),
                id: id(declared),
                method,
                path,
                tag: declared.tags.iter().map(String::as_str).find(|tag| !tag.trim().is_empty()),
                given: rust_name(&declared.extensions),
            });
        operations.extend(declared);
    }
    operations
}

/// The `operationId`, unless it has only separators.
fn id(declared: &OpenApiOperation) -> Option<&str> {
    declared.operation_id.as_deref().filter(|id| !id.trim_matches(['_', '-', '.', '/', ' ']).is_empty())
}

/// Counts what an operation repeats of its path item and of the document.
fn can_repeat<'a>(
    document: &Document<'a>,
    item: &'a PathItem,
    declared: &OpenApiOperation,
    at: &Pointer,
) -> bool {
    let can_repeat_servers =
        !declared.servers.is_empty() || item.servers.is_empty() || document.can_copy(&item.servers, at);
    let security = Some(document.security()).filter(|usual| !usual.is_empty() && declared.security.is_none());
    can_repeat_servers && security.is_none_or(|usual| document.can_copy(usual, at))
}

fn operation<'a>(
    lowering: &mut Lowering<'a, '_>,
    run: &mut Run<'a>,
    path: &str,
    item: &'a PathItem,
    method: Method,
    declared: &'a OpenApiOperation,
    at: &Pointer,
) {
    if !can_repeat(&lowering.document, item, declared, at) {
        return;
    }
    let id = id(declared).map_or_else(|| written(&method, path), str::to_owned);
    check_unique(lowering.findings, run, declared, at);
    let Some(names) = lowering.names.operation(at) else { return };
    let context = Context::new(&RustName::upper_camel(&names.types), &file_stem(&names.file));
    let item_at = item_pointer(at, &method);
    let lists = [
        (item.parameters.as_slice(), item_at.child("parameters")),
        (declared.parameters.as_slice(), at.child("parameters")),
    ];
    let (parameters, argument_names) = parameters(lowering, lists, path, &context, at);
    let options = if method == Method::Trace {
        vec![without_body(lowering.findings, declared, at)]
    } else {
        body_options(lowering, declared, at, &context, &argument_names)
    };
    let OperationResponse {
        response,
        response_format,
        empty_statuses,
        accept,
        media_types,
        redirects,
        successes,
        error_responses,
        headers,
        responses,
        error_type,
        stream,
    } = lower_responses(lowering, declared, &method, at, &context, &mut run.response_types);
    let callbacks =
        incoming::callbacks(lowering, declared, at, (&id, &names.function), &mut run.response_types);
    run.callbacks.extend(callbacks);
    let streaming = streaming(lowering.findings, declared, stream.as_ref(), at);
    let is_stream = response_format == ResponseFormat::Events;
    let rules = rules(lowering.findings, declared, &parameters, at);
    let pagination =
        pagination(&mut lowering.types, lowering.findings, declared, &parameters, response.as_ref(), at);
    let rate_limit = rate_limit(declared);
    check_is_incoming(lowering.findings, &declared.extensions, at);
    check_bucket(lowering.findings, run, rate_limit.as_ref(), at);
    let pending = pending(&lowering.types, lowering.findings, declared, response.as_ref(), at);
    let wished = RustName::snake(&names.function);
    if !names.is_given {
        check_rust_name(lowering.findings, &declared.extensions, at, &wished);
    }
    let operation = Operation {
        id,
        name: wished.clone(),
        builder: None,
        constant: wished.clone(),
        method,
        path: template(&without_pairs(path, |name| is_query_parameter(&parameters, name))),
        pointer: at.clone(),
        written: lowering.names.written_pointer(at),
        is_shortened: names.is_shortened,
        docs: docs(declared, item),
        scopes: access::scopes(lowering.document.security(), declared),
        allowed_for: texts(declared.extensions.get("x-allowed-for")),
        deprecated: declared.deprecated,
        parameters,
        body: None,
        response,
        response_format,
        empty_statuses,
        accept,
        media_types,
        redirects,
        success_responses: successes,
        error_responses,
        error_type,
        response_headers: headers,
        responses,
        servers: access::own_servers(lowering.findings, &lowering.access, (item, &item_at), declared, at),
        security: access::own_security(&lowering.access, declared),
        pagination,
        rate_limit,
        pending,
        streaming: is_stream.then(|| streaming.clone()),
        stream_function: None,
        exactly_one_of: rules.exactly_one_of,
        at_most_one_of: rules.at_most_one_of,
    };
    let stream = stream.filter(|_| !is_stream).map(|stream| (stream, streaming));
    emit(lowering, run, names, &operation, &options, stream);
}

/// The only form of a TRACE request, which has no content (RFC 9110, section 9.3.8).
fn without_body(findings: &mut Findings, declared: &OpenApiOperation, at: &Pointer) -> BodyOption {
    if declared.request_body.is_some() {
        let message = "a TRACE request can't have content; the request body is left out";
        findings.problem(&at.child("requestBody"), message, "delete it, or use another method");
    }
    BodyOption { suffix: String::new(), body: None, parts: Vec::new() }
}

/// Adds a function for each form in which the body can be sent.
fn emit(
    lowering: &mut Lowering<'_, '_>,
    run: &mut Run<'_>,
    chosen: &OperationNames,
    operation: &Operation,
    options: &[BodyOption],
    stream: Option<(StreamResponse, Streaming)>,
) {
    let wished = &operation.name;
    let at = &operation.pointer;
    if let Some(streaming) = stream.as_ref().map(|(_, own)| own).or(operation.streaming.as_ref()) {
        let body = options.iter().find_map(|option| option.body.as_ref());
        check_property(&lowering.types, lowering.findings, body, streaming, at);
    }
    let stream = stream.map(|(response, streaming)| of_stream(operation, response, streaming));
    let variants: Vec<_> = [operation].into_iter().chain(&stream).collect();
    let forms: Vec<_> =
        options.iter().flat_map(|option| variants.iter().map(move |of| (*of, option))).collect();
    let all_names = lowering.names;
    let is_taken = |name: &RustName| all_names.has_function(&chosen.module, name);
    let (module, names) = module(lowering, run, chosen);
    let mut clash = false;
    for (operation, BodyOption { suffix, body, parts }) in forms {
        let (body, parts) = (body.clone(), parts.clone());
        let name = if suffix.is_empty() { wished.clone() } else { wished.with_suffix(&format!("_{suffix}")) };
        let is_second = stream.as_ref().is_some_and(|stream| std::ptr::eq(stream, operation));
        let name = if is_second { stream_name(&name, is_taken) } else { name };
        clash |= names.contains(&name);
        let name = names.claim(&name);
        let mut parameters = operation.parameters.clone();
        parameters.extend(parts);
        let optional = parameters.iter().any(|parameter| !parameter.required);
        let builder = optional.then(|| names.claim(&RustName::upper_camel(name.plain())));
        let constant = names.claim(&name.screaming());
        if let Some(first) = module.operations.last_mut().filter(|_| is_second) {
            first.stream_function = Some(name.clone());
        }
        module.operations.push(Operation { name, builder, constant, parameters, body, ..operation.clone() });
    }
    if clash && !lowering.findings.any_below(at) {
        let message =
            format!("the function name `{wished}` is taken; a number is appended for this operation");
        lowering.findings.warning(
            at,
            message,
            "give one of the two an `x-rust-name`, for example in an overlay",
        );
    }
}

/// The name of the function that returns a stream. One that the description gives another operation stays with that.
fn stream_name(name: &RustName, is_taken: impl Fn(&RustName) -> bool) -> RustName {
    let usual = name.with_suffix("_stream");
    if is_taken(&usual) { name.with_suffix("_items") } else { usual }
}

/// The operation as the function that returns its stream.
fn of_stream(operation: &Operation, response: StreamResponse, streaming: Streaming) -> Operation {
    Operation {
        accept: Some(response.accept()),
        media_types: vec![response.media_type],
        response: Some(response.items),
        response_format: ResponseFormat::Events,
        empty_statuses: Vec::new(),
        success_responses: Vec::new(),
        redirects: Vec::new(),
        pagination: Vec::new(),
        pending: None,
        streaming: Some(streaming),
        ..operation.clone()
    }
}

fn check_unique(findings: &mut Findings, run: &mut Run<'_>, declared: &OpenApiOperation, at: &Pointer) {
    let Some(id) = &declared.operation_id else { return };
    if let Some(first) = run.ids.insert(id.clone(), at.clone()) {
        let message = format!("duplicate operationId {id:?}; first used at {first}");
        findings.problem(&at.child("operationId"), message, "give each operation its own operationId");
    }
}

/// Operations with the same bucket must declare the same limit.
fn check_bucket(findings: &mut Findings, run: &mut Run<'_>, limit: Option<&RateLimit>, at: &Pointer) {
    let Some(limit) = limit else { return };
    let here = at.child("x-rate-limit");
    if findings.any_below(&here) {
        return;
    }
    let first = || (limit.clone(), at.clone());
    let (known, first) = run.buckets.entry(limit.bucket.clone()).or_insert_with(first);
    if known != limit {
        let message = format!("the bucket {:?} has another limit at {first}", limit.bucket);
        let help = "declare the same limit for all operations of the bucket, or use another bucket";
        findings.error(&here, message, help);
    }
}

fn module<'r>(
    lowering: &Lowering<'_, '_>,
    run: &'r mut Run<'_>,
    chosen: &OperationNames,
) -> &'r mut (Module, Scope) {
    let tag = chosen.module.as_str();
    let declared = lowering.document.tag(tag);
    run.modules.entry(tag.to_owned()).or_insert_with(|| {
        let given = || declared.and_then(|tag| rust_name(&tag.extensions));
        let chosen_name = chosen.module_name.as_deref();
        let wished = lowering.names.module(tag).or_else(given).or(chosen_name).unwrap_or(tag);
        let wished = RustName::module(&file_stem(wished));
        let is_reserved = RESERVED_MODULES.contains(&wished.plain());
        let wished = if is_reserved { wished.with_suffix("_api") } else { wished };
        let name = run.names.claim(&wished);
        let docs = declared.and_then(|tag| tag.description.clone());
        let docs = docs.unwrap_or_else(|| if chosen.is_tagged { String::new() } else { untagged_docs(tag) });
        let mut names = Scope::with_reserved(&RESERVED_TYPES);
        names.reserve("Part");
        names.reserve("Style");
        (new_module(tag, name, docs), names)
    })
}

/// What is collected while operations are lowered.
#[derive(Default)]
struct Run<'a> {
    modules: IndexMap<String, (Module, Scope)>,
    names: Scope,
    ids: HashMap<String, Pointer>,
    buckets: HashMap<String, (RateLimit, Pointer)>,
    response_types: Vec<Type>,
    callbacks: Vec<IncomingDraft<'a>>,
}

/// The docs of a module that is not a tag.
fn untagged_docs(module: &str) -> String {
    if module == UNTAGGED {
        "Endpoints without a tag.".to_owned()
    } else {
        format!("Endpoints below `/{module}`.")
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn is_query_parameter(parameters: &[Parameter], name: &str) -> bool {
    let mut parameters = parameters.iter();
    parameters.any(|known| known.location == ParameterLocation::Query && known.wire.as_str() == name)
}

/// A path template for a URL. Characters that a URL can't hold are percent-encoded, except in names in braces.
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

fn new_module(tag: &str, name: RustName, docs: String) -> Module {
    Module { file: name.plain().to_owned(), name, tag: tag.to_owned(), docs, operations: Vec::new() }
}
