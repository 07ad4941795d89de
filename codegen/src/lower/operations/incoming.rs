//! Webhooks and callbacks: requests that the server sends. Each becomes a function that reads it.

use openapiv3::{Operation as OpenApiOperation, PathItem, ReferenceOr, Schema};

use super::incoming_body::body;
use super::incoming_parameters::parameters;
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, file_stem};
use crate::base::pointer::Pointer;
use crate::ir::request::{DeclaredResponse, Method};
use crate::ir::ty::Type;
use crate::ir::webhook::{Callback, Incoming, Signature};
use crate::lower::context::{Context, check_rust_name, rust_name};
use crate::lower::document::lookup::methods;
use crate::lower::extensions::signature::signature;
use crate::lower::lowering::Lowering;
use crate::normalize::normalized_extensions::{ADDITIONAL_OPERATIONS, QUERY};

/// A request, with what decides about its name and its variant.
pub(in crate::lower) struct IncomingDraft<'a> {
    pub(in crate::lower) request: Incoming,
    /// The name that is wished for the request.
    wished: String,
    /// The scheme of its own.
    signature: Option<Signature>,
    /// The schema of its body, if that is JSON or a form.
    pub(in crate::lower) schema: Option<&'a ReferenceOr<Schema>>,
}

/// Where a request is declared.
struct Declared<'a, 'n> {
    item: &'a PathItem,
    item_at: Pointer,
    key: &'n str,
    /// The name for its types, if it has no `operationId`.
    id: &'n str,
    /// The name for its function.
    wished: &'n str,
    callback: Option<Callback>,
}

/// Lowers the webhooks. `received` collects the types of what the server sends.
pub(in crate::lower) fn webhooks<'a>(
    lowering: &mut Lowering<'a, '_>,
    received: &mut Vec<Type>,
) -> Vec<IncomingDraft<'a>> {
    let mut drafts = Vec::new();
    for (name, item_at, item) in lowering.document.webhooks() {
        let declared = Declared { item, item_at, key: name, id: name, wished: name, callback: None };
        drafts.extend(incoming(lowering, &declared, received));
    }
    drafts
}

/// Lowers the callbacks of an operation with its ID and the name of its function.
pub(in crate::lower) fn callbacks<'a>(
    lowering: &mut Lowering<'a, '_>,
    declared: &'a OpenApiOperation,
    at: &Pointer,
    (id, function): (&str, &str),
    received: &mut Vec<Type>,
) -> Vec<IncomingDraft<'a>> {
    let mut drafts = Vec::new();
    for (name, callback) in &declared.callbacks {
        for (expression, item) in callback {
            let item_at = at.child("callbacks").child(name).child(expression);
            let callback = Callback { operation: id.to_owned(), expression: expression.clone() };
            let declared = Declared {
                item,
                item_at,
                key: name,
                id: &format!("{id} {name}"),
                wished: &format!("{function} {name}"),
                callback: Some(callback),
            };
            drafts.extend(incoming(lowering, &declared, received));
        }
    }
    drafts
}

fn incoming<'a>(
    lowering: &mut Lowering<'a, '_>,
    declared: &Declared<'a, '_>,
    received: &mut Vec<Type>,
) -> Vec<IncomingDraft<'a>> {
    let item = declared.item;
    for (key, written) in [(QUERY, "query"), (ADDITIONAL_OPERATIONS, "additionalOperations")] {
        if item.extensions.contains_key(key) {
            let reason = "requests of the server with this method are not read";
            lowering.findings.skip(&declared.item_at.child(written), reason);
        }
    }
    let several = methods(item).count() > 1;
    methods(item)
        .map(|(method, operation)| request(lowering, declared, (method, several), operation, received))
        .collect()
}

fn request<'a>(
    lowering: &mut Lowering<'a, '_>,
    declared: &Declared<'a, '_>,
    (method, several): (Method, bool),
    operation: &'a OpenApiOperation,
    received: &mut Vec<Type>,
) -> IncomingDraft<'a> {
    let at = declared.item_at.child(method.as_str().to_lowercase());
    let id = operation.operation_id.as_deref().unwrap_or(declared.id);
    let context = Context::new(&RustName::upper_camel(id), &file_stem(id)).inner("Body");
    let found = body(lowering, operation, &at, &context, received);
    let (body, schema) = found.map_or((None, None), |(body, schema)| (Some(body), schema));
    let wished = match rust_name(&operation.extensions) {
        Some(name) => {
            let wished = RustName::snake(name);
            check_rust_name(lowering.findings, &operation.extensions, &at, &wished);
            name.to_owned()
        }
        None if several => format!("{} {}", declared.wished, method.as_str().to_lowercase()),
        None => declared.wished.to_owned(),
    };
    let lists = [
        (declared.item.parameters.as_slice(), declared.item_at.child("parameters")),
        (operation.parameters.as_slice(), at.child("parameters")),
    ];
    let request = Incoming {
        name: RustName::snake(&wished),
        key: declared.key.to_owned(),
        callback: declared.callback.clone(),
        method,
        docs: super::docs::docs(operation, declared.item),
        deprecated: operation.deprecated,
        parameters: parameters(lowering, lists),
        body,
        responses: responses(lowering, operation, &at),
        signature: None,
        pointer: at.clone(),
    };
    let signature = signature(lowering.findings, &operation.extensions, &at);
    IncomingDraft { request, wished, signature, schema }
}

/// The responses that the server expects. The program writes them, so their content has no types.
fn responses<'a>(
    lowering: &mut Lowering<'a, '_>,
    operation: &'a OpenApiOperation,
    at: &Pointer,
) -> Vec<DeclaredResponse> {
    let at = at.child("responses");
    let all = operation.responses.responses.iter().map(|(status, response)| (status.to_string(), response));
    let all = all.chain(operation.responses.default.iter().map(|response| ("default".to_owned(), response)));
    let mut responses = Vec::new();
    for (status, response) in all {
        let (response, at) = lowering.document.response(lowering.findings, response, at.child(&status));
        let has_schema = response.content.values().any(|media| media.schema.is_some());
        if has_schema || !response.headers.is_empty() {
            let key = if has_schema { "content" } else { "headers" };
            lowering.findings.skip(&at.child(key), "the program itself writes the response to the server");
        }
        responses.push(DeclaredResponse {
            status,
            docs: response.description.clone(),
            media_types: response.content.keys().cloned().collect(),
            constraints: Vec::new(),
        });
    }
    responses
}

/// Gives each function its name, and each scheme the name of a constant.
pub(in crate::lower) fn name_all(findings: &mut Findings, drafts: &mut [IncomingDraft<'_>]) {
    let mut names = Scope::with_reserved(&["request"]);
    for draft in drafts {
        let wished = RustName::snake(&format!("read {}", draft.wished));
        if names.contains(&wished) && rust_name_given(draft) {
            let message = format!("the function name `{wished}` is taken; a number is appended");
            findings.warning(&draft.request.pointer, message, "give one of the two another `x-rust-name`");
        }
        draft.request.name = names.claim(&wished);
        let constant = || RustName::snake(&format!("{} signature", draft.wished)).screaming();
        draft.request.signature = draft.signature.take().map(|own| (constant(), own));
        if let Some((constant, _)) = &mut draft.request.signature {
            *constant = names.claim(constant);
        }
    }
}

/// Whether the name of the request is one that the description gives.
fn rust_name_given(draft: &IncomingDraft<'_>) -> bool {
    draft.wished != draft.request.key
}
