//! Responses: the content of successes and of error responses.

use openapiv3::{Operation as OpenApiOperation, Response, StatusCode};

use super::media::{Media, MediaKind, content_use, essence, media_kind};
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, WireName};
use crate::base::pointer::Pointer;
use crate::ir::api::{TypeKind, UnionVariant};
use crate::ir::request::{Method, ResponseBody, ResponseFormat, ResponseHeader};
use crate::ir::ty::Type;
use crate::lower::context::Context;
use crate::lower::document::lookup::Document;
use crate::lower::lowering::Lowering;
use crate::lower::schemas::union::variant_name;
use crate::lower::types::table::Types;

/// The responses of an operation.
#[derive(Default)]
pub(in crate::lower) struct OperationResponse {
    pub(in crate::lower) response: Option<Type>,
    pub(in crate::lower) response_format: ResponseFormat,
    pub(in crate::lower) accept: Option<String>,
    pub(in crate::lower) successes: Vec<ResponseBody>,
    pub(in crate::lower) error_responses: Vec<ResponseBody>,
    pub(in crate::lower) headers: Vec<ResponseHeader>,
}

/// The content of one success.
#[derive(PartialEq)]
struct ResponseContent {
    ty: Type,
    response_format: ResponseFormat,
    accept: Option<String>,
}

/// Lowers the responses of an operation. The types of all of them are added to `response_types`.
pub(in crate::lower) fn lower_responses<'a>(
    lowering: &mut Lowering<'a, '_>,
    declared: &'a OpenApiOperation,
    method: &Method,
    at: &Pointer,
    context: &Context,
    response_types: &mut Vec<Type>,
) -> OperationResponse {
    let mut lowered = OperationResponse::default();
    let mut successes: Vec<Option<ResponseContent>> = Vec::new();
    for (status, success, response, at) in
        responses(&lowering.document, lowering.findings, declared, &at.child("responses"))
    {
        if *method == Method::Head && !response.content.is_empty() {
            lowering.findings.skip(&at.child("content"), "a response to HEAD has no content");
        }
        let inner = context.inner(if success { "Response" } else { "Error" });
        let content = response_content(lowering, response, &at, &inner, success);
        response_types.extend(content.iter().map(|content| content.ty.clone()));
        if success {
            lowered.headers.extend(response_headers(&lowering.document, lowering.findings, response, &at));
            let known =
                content.iter().map(|content| ResponseBody { status: status.clone(), ty: content.ty.clone() });
            lowered.successes.extend(known);
            successes.push(content);
        } else if let Some(content) = content {
            match content.response_format {
                ResponseFormat::Json => lowered.error_responses.push(ResponseBody { status, ty: content.ty }),
                ResponseFormat::Bytes => {
                    lowering.findings.skip(&at, "bytes of an error response are not available")
                }
                _ => {}
            }
        }
    }
    let mut seen = Vec::new();
    lowered.headers.retain(|header| {
        let new = !seen.contains(&header.name);
        seen.push(header.name.clone());
        new
    });
    // A response to HEAD has no content.
    if *method != Method::Head {
        combine(&mut lowered, successes);
        if lowered.response == Some(Type::Any) && !lowered.successes.is_empty() {
            lowered.response = Some(choice(&mut lowering.types, &lowered.successes, at, context));
            response_types.extend(lowered.response.clone());
        }
        if lowered.response_format == ResponseFormat::JsonOrEmpty {
            lowered.response = lowered.response.take().map(nullable);
        }
    }
    lowered
}

/// The type of successes with different JSON: a union of their types.
fn choice(types: &mut Types, successes: &[ResponseBody], at: &Pointer, context: &Context) -> Type {
    let mut names = Scope::with_reserved(&["Unknown"]);
    let mut variants: Vec<UnionVariant> = Vec::new();
    for ResponseBody { ty, .. } in successes {
        if *ty == Type::Any {
            return Type::Any;
        }
        if !variants.iter().any(|known| known.ty == *ty) {
            let name = names.claim(&variant_name(ty));
            variants.push(UnionVariant::new(name, ty.clone()));
        }
    }
    let name = types.claim(&RustName::upper_camel(&context.inner("Success").hint));
    let docs = "The content of a success, which depends on its status code.".to_owned();
    let kind = TypeKind::Union { tag: None, variants };
    types.push(name.clone(), context, &at.child("responses"), docs, kind, false);
    Type::Named(name)
}

/// Each response with its status code, and whether it is a success. `default` is a success if there is no other.
fn responses<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    declared: &'a OpenApiOperation,
    at: &Pointer,
) -> Vec<(String, bool, &'a Response, Pointer)> {
    let responses = &declared.responses;
    let mut found = Vec::new();
    for (status, response) in &responses.responses {
        if let Some((response, at)) = document.response(findings, response, at.child(status.to_string())) {
            found.push((status.to_string(), is_success(status), response, at));
        }
    }
    if let Some(response) = &responses.default {
        let success = !responses.responses.keys().any(is_success);
        if let Some((response, at)) = document.response(findings, response, at.child("default")) {
            found.push(("default".to_owned(), success, response, at));
        }
    }
    found
}

/// The content of a response: JSON if there is any, else text, else bytes.
fn response_content<'a>(
    lowering: &mut Lowering<'a, '_>,
    response: &'a Response,
    at: &Pointer,
    context: &Context,
    success: bool,
) -> Option<ResponseContent> {
    let at = at.child("content");
    let media = response.content.iter();
    let media: Vec<_> = media.map(|(name, declared)| Media { name, declared, at: at.child(name) }).collect();
    let kinds: Vec<_> = media.iter().map(|media| media_kind(&lowering.document, media)).collect();
    let best = [MediaKind::Json, MediaKind::Text].into_iter().find(|kind| kinds.contains(kind));
    let best = best.unwrap_or(MediaKind::Bytes);
    let is_best = |kind: MediaKind| kind == best || (best == MediaKind::Bytes);
    let chosen: Vec<_> =
        media.iter().zip(&kinds).filter(|(_, kind)| is_best(**kind)).map(|(media, _)| media).collect();
    let plain =
        |media: &&&Media<'a>| ["application/json", "*/*", "*"].contains(&essence(media.name).as_str());
    let usual = chosen.iter().find(plain).copied();
    let first = usual.or_else(|| chosen.first().copied())?;
    // The same schema in another media type needs no report.
    let same = |media: &&Media<'a>| media.declared.schema == first.declared.schema;
    for media in media.iter().filter(|media| !same(media)) {
        let what =
            if success { "the function reads the response" } else { "the docs describe the error response" };
        lowering.findings.skip(&media.at, format!("{what} as `{}`", first.name));
    }
    let types: Vec<_> = chosen.iter().filter(|media| same(media)).map(|media| media.name).collect();
    let (ty, response_format) = match best {
        MediaKind::Json => (content_use(lowering, first, context).element(), ResponseFormat::Json),
        MediaKind::Text => (Type::String, ResponseFormat::Text),
        _ => (Type::Bytes, ResponseFormat::Bytes),
    };
    let accept = (best != MediaKind::Json || usual.is_none()).then(|| accept(&types));
    Some(ResponseContent { ty, response_format, accept })
}

fn response_headers<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    response: &'a Response,
    at: &Pointer,
) -> Vec<ResponseHeader> {
    let at = at.child("headers");
    let mut headers = Vec::new();
    for (name, header) in &response.headers {
        let header = document.header(findings, header, at.child(name));
        let docs = header.and_then(|header| header.description.clone()).unwrap_or_default();
        headers.push(ResponseHeader { name: WireName::new(name), docs });
    }
    headers
}

/// The type with null added, for a response without content.
fn nullable(ty: Type) -> Type {
    match ty {
        Type::Nullable(_) => ty,
        ty => Type::Nullable(Box::new(ty)),
    }
}

/// Chooses one type for all successes. If they differ, it is any JSON, or bytes.
fn combine(lowered: &mut OperationResponse, successes: Vec<Option<ResponseContent>>) {
    let empty = successes.iter().any(Option::is_none);
    let mut contents: Vec<ResponseContent> = Vec::new();
    for content in successes.into_iter().flatten() {
        if !contents
            .iter()
            .any(|known| (&known.ty, known.response_format) == (&content.ty, content.response_format))
        {
            contents.push(content);
        }
    }
    lowered.accept = contents.iter().find_map(|content| content.accept.clone());
    let several = contents.len() > 1;
    let json = contents.iter().all(|content| content.response_format == ResponseFormat::Json);
    if !several {
        lowered.successes.clear();
    }
    let Some(first) = contents.into_iter().next() else { return };
    (lowered.response, lowered.response_format) = match (several, json) {
        (true, true) => (Some(Type::Any), ResponseFormat::Json),
        (true, false) => (Some(Type::Bytes), ResponseFormat::Bytes),
        (false, _) => (Some(first.ty), first.response_format),
    };
    if empty && lowered.response_format == ResponseFormat::Json {
        lowered.response_format = ResponseFormat::JsonOrEmpty;
    }
}

/// The header field `Accept` for media types other than JSON. Others are accepted with a lower weight.
fn accept(media_types: &[&str]) -> String {
    const ANYTHING: &str = "*/*";
    let sendable = |text: &&&str| !text.is_empty() && text.bytes().all(|byte| (b' '..0x7f).contains(&byte));
    let named: Vec<_> = media_types.iter().filter(sendable).copied().collect();
    if named.is_empty() || named.iter().any(|media_type| media_type.starts_with('*')) {
        return ANYTHING.to_owned();
    }
    format!("{}, {ANYTHING};q=0.1", named.join(", "))
}

fn is_success(status: &StatusCode) -> bool {
    match status {
        StatusCode::Code(code) => (200..300).contains(code),
        StatusCode::Range(range) => *range == 2,
    }
}
