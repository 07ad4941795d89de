//! The code of a call for each operation, with values that are read when it runs.

use codegen::ir::{
    Api, Body, BodyKind, Module, Operation, Parameter, ParameterLocation, Requirement, ResponseFormat,
    SchemeKind, Type, TypeDef, TypeKind,
};

use super::document::Document;
use crate::rust_types::{RUNTIME, text};

/// A call of an operation.
pub(super) struct Call {
    /// The index of the document.
    pub(super) document: usize,
    pub(super) operation: Operation,
    pub(super) code: String,
}

/// Returns the calls of a document's operations.
pub(super) fn of(document: usize, served: &Document) -> Vec<Call> {
    let api = &served.output.api;
    let call = |(module, operation): (&Module, &Operation)| Call {
        document,
        operation: operation.clone(),
        code: code(api, module, operation),
    };
    api.operations().map(call).collect()
}

/// Returns the imports of the calls of a document, whose module is in the library.
pub(super) fn head(name: &str) -> String {
    let runtime = RUNTIME.join(", ");
    format!(
        "use std::collections::BTreeMap;\nuse clientwright_runtime::{{{runtime}, RetryPolicy}};\n\
         use client::{name}::{{self as api, endpoints, models}};\nuse crate::{{Call, Outcome, file, files, seen, send, value}};\n\n"
    )
}

/// Returns a function that makes a call, without its name.
fn code(api: &Api, module: &Module, operation: &Operation) -> String {
    let mut code = format!(
        "(call: &Call) -> Outcome {{\n    let client = api::Client::builder().base_url(&*call.url).allow_insecure_http(true)\
         .user_agent(&*call.agent)\n        .retry(RetryPolicy::none()).rate_limits(false){}.build_blocking();\n    \
         let client = client.map_err(|error| format!(\"{{error:#}}\"))?;\n",
        auth(api, operation)
    );
    let positions: Vec<_> = operation.parameters.iter().enumerate().collect();
    let required = positions.iter().filter(|(_, parameter)| parameter.required);
    let mut arguments: Vec<_> =
        required.map(|(index, parameter)| argument(parameter, &format!("call.required({index})?"))).collect();
    if let Some(body) = &operation.body {
        let (before, own) = body_arguments(body);
        code.push_str(&before);
        arguments.extend(own);
    }
    let function = format!("endpoints::{}::{}", module.name, operation.name);
    code.push_str(&format!("    let request = {function}({});\n", arguments.join(", ")));
    for (index, parameter) in positions.iter().filter(|(_, parameter)| !parameter.required) {
        let value = argument(parameter, "given");
        code.push_str(&format!(
            "    let request = match call.optional({index}) {{ Some(given) => request.{}({value}), None => request }};\n",
            parameter.name
        ));
    }
    code.push_str(&format!("    send(&client, request, {})\n}}\n", seen(api, operation)));
    code
}

/// Returns the call that sets the credentials of the first security requirement.
fn auth(api: &Api, operation: &Operation) -> String {
    let requirements = operation.security.as_ref().unwrap_or(&api.access.security);
    let Some(requirement) = requirements.first() else { return ".auth(api::Auth::none())".to_owned() };
    format!(".auth({})", credentials(api, requirement))
}

fn credentials(api: &Api, requirement: &Requirement) -> String {
    let schemes = requirement.iter().filter_map(|name| api.access.scheme(name));
    let one = |scheme: &codegen::ir::SecurityScheme| {
        let arguments = match scheme.kind {
            SchemeKind::Basic { .. } => "\"user\", \"password\"",
            _ => "\"credentials\"",
        };
        let usual = match scheme.kind {
            SchemeKind::Basic { .. } => "basic",
            _ => "bearer",
        };
        let name = scheme.constructor.as_ref().map_or_else(|| usual.to_owned(), ToString::to_string);
        format!(".and(api::Auth::{name}({arguments}))")
    };
    format!("api::Auth::none(){}", schemes.map(one).collect::<String>())
}

/// Returns the argument for a parameter, of an expression for its JSON.
fn argument(parameter: &Parameter, json: &str) -> String {
    match (parameter.location, &parameter.ty) {
        (ParameterLocation::File, Type::Array(_)) => format!("files({json})?"),
        (ParameterLocation::File, _) => format!("file({json})?"),
        (_, Type::String) => format!("&value::<String>({json})?"),
        (_, ty) => format!("value::<{}>({json})?", text(ty)),
    }
}

/// Returns statements before the call, and the arguments for the body.
fn body_arguments(body: &Body) -> (String, Vec<String>) {
    let ty = match &body.ty {
        Type::Nullable(inner) => inner,
        ty => ty,
    };
    let is_nullable = body.kind == BodyKind::Json && matches!(body.ty, Type::Nullable(_));
    let read = match body.kind {
        BodyKind::Multipart => return (String::new(), Vec::new()),
        BodyKind::Bytes | BodyKind::AnyBytes => "file(call.body()?)?.content().clone()".to_owned(),
        _ if is_nullable => format!("value::<Option<{}>>(call.body()?)?", text(ty)),
        _ => format!("value::<{}>(call.body()?)?", text(ty)),
    };
    let read =
        if body.required { read } else { format!("if call.with_body() {{ Some({read}) }} else {{ None }}") };
    let as_ref = match ty {
        Type::String | Type::Array(_) => "as_deref()",
        _ => "as_ref()",
    };
    let argument = match (&body.kind, body.required) {
        (BodyKind::AnyBytes, true) => "body, &call.media_type".to_owned(),
        (BodyKind::AnyBytes, false) => "body.map(|body| (body, call.media_type.as_str()))".to_owned(),
        (BodyKind::Bytes, _) => "body".to_owned(),
        (_, true) if is_nullable => format!("body.{as_ref}"),
        (_, false) if is_nullable => format!("body.as_ref().map(|body| body.{as_ref})"),
        (_, true) => "&body".to_owned(),
        (_, false) => format!("body.{as_ref}"),
    };
    (format!("    let body = {read};\n"), vec![argument])
}

/// Returns the function that shows the value of a response.
fn seen(api: &Api, operation: &Operation) -> &'static str {
    let ty = match &operation.response {
        None => return "seen::nothing",
        Some(Type::Nullable(inner)) => inner,
        Some(ty) => ty,
    };
    let is_optional = matches!(operation.response, Some(Type::Nullable(_)));
    match operation.response_format {
        ResponseFormat::Bytes if is_optional => "seen::optional_bytes",
        ResponseFormat::Bytes => "seen::bytes",
        ResponseFormat::Events => "seen::events",
        ResponseFormat::Redirect => "seen::redirect",
        ResponseFormat::ByStatus if !is_json(api, ty) => "seen::debug",
        _ => "seen::json",
    }
}

/// Returns whether all variants of a union by status code can be encoded as JSON.
fn is_json(api: &Api, ty: &Type) -> bool {
    let def = ty.name().and_then(|name| api.types.iter().find(|def| def.name == *name));
    match def {
        Some(TypeDef { kind: TypeKind::ByStatus(variants), .. }) => {
            variants.iter().all(|variant| !matches!(variant.ty, Some(Type::Bytes | Type::Redirect)))
        }
        _ => true,
    }
}
