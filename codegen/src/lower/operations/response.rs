//! Responses: which of them are values, and the content of each.

use openapiv3::{Operation as OpenApiOperation, Response, StatusCode};

use super::headers::add_headers;
use super::media::{
    Media, MediaKind, content_constraints, content_use, essence, event_type, is_json, is_sequence, media_kind,
};
use super::outcome::{self, Outcome, OutcomeContent};
use super::streams::{StreamResponse, is_stream, stream_response};
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::ir::request::{DeclaredResponse, Method, ResponseBody, ResponseFormat, ResponseHeader};
use crate::ir::ty::Type;
use crate::lower::context::Context;
use crate::lower::document::lookup::Document;
use crate::lower::document::view::View;
use crate::lower::lowering::Lowering;
use crate::lower::schemas::constraints::in_branch;
use crate::lower::schemas::used::Use;
use crate::normalize::normalized_extensions::UNKNOWN_CONTENT;

/// The responses of an operation.
#[derive(Default)]
pub(in crate::lower) struct OperationResponse {
    pub(in crate::lower) response: Option<Type>,
    pub(in crate::lower) response_format: ResponseFormat,
    pub(in crate::lower) empty_statuses: Vec<String>,
    pub(in crate::lower) accept: Option<String>,
    pub(in crate::lower) media_types: Vec<String>,
    pub(in crate::lower) redirects: Vec<String>,
    pub(in crate::lower) successes: Vec<ResponseBody>,
    pub(in crate::lower) error_responses: Vec<ResponseBody>,
    pub(in crate::lower) headers: Vec<ResponseHeader>,
    pub(in crate::lower) responses: Vec<DeclaredResponse>,
    /// The type of error responses, if they differ by status code.
    pub(in crate::lower) error_type: Option<Type>,
    /// The success that is a stream, beside another content or as the only one.
    pub(in crate::lower) stream: Option<StreamResponse>,
}

/// What a status code means for the caller.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// An interim response (1xx), which callers never see.
    Interim,
    /// The request was processed.
    Success,
    /// A redirect (3xx), which is a value because it is declared.
    Redirect,
    /// The content hasn't changed (304).
    NotModified,
    Error,
}

/// A response with its status code.
struct Declared<'a> {
    status: String,
    class: Class,
    response: &'a Response,
    at: Pointer,
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
    let mut outcomes: Vec<Outcome> = Vec::new();
    for Declared { status, class, response, at } in
        responses(&lowering.document, lowering.findings, declared, &at.child("responses"))
    {
        let is_unknown = response.extensions.contains_key(UNKNOWN_CONTENT);
        add_headers(&mut lowered.headers, lowering, (&status, response), &at, context);
        lowered.responses.push(DeclaredResponse {
            status: status.clone(),
            docs: match response.description.as_str() {
                "" if is_unknown => "Its content is unknown: the description of it can't be read.".to_owned(),
                docs => docs.to_owned(),
            },
            media_types: response.content.keys().cloned().collect(),
            constraints: Vec::new(),
        });
        if let Some(reason) = without_content(method, &status, class) {
            if !response.content.is_empty() {
                lowering.findings.skip(&at.child("content"), reason);
            }
            outcomes.extend(Outcome::of(status, class));
            continue;
        }
        let inner = context.inner(if class == Class::Success { "Response" } else { "Error" });
        let content = response_content(lowering, response, &at, &inner, class == Class::Success);
        if let Some(content) = &content {
            response_types.push(content.ty.clone());
            response_types.extend(content.others.iter().cloned());
            if let Some(declared) = lowered.responses.last_mut() {
                declared.constraints.clone_from(&content.constraints);
                declared.media_types.clone_from(&content.media_types);
            }
        }
        if class == Class::Success {
            let stream = stream(lowering, response, &at, context);
            response_types.extend(stream.iter().map(|stream| stream.items.clone()));
            lowered.stream = lowered.stream.take().or(stream);
            add(&mut lowered.media_types, content.iter().flat_map(|content| &content.media_types));
            outcomes.push(match content {
                Some(content) => Outcome::content(status, content),
                None if is_unknown => Outcome::content(status, OutcomeContent::unknown()),
                None => Outcome::empty(status),
            });
        } else if let Some(content) = content {
            match content.format {
                ResponseFormat::Json => lowered.error_responses.push(ResponseBody { status, ty: content.ty }),
                ResponseFormat::Bytes => {
                    lowering.findings.skip(&at, "bytes of an error response are not available")
                }
                _ => {}
            }
        }
    }
    response_types.extend(lowered.headers.iter().map(|header| header.ty.clone()));
    lowered.error_type = error_type(lowering, &lowered.error_responses, &at.child("responses"), context);
    response_types.extend(lowered.error_type.clone());
    lowered.redirects = outcome::redirects(&outcomes);
    // A response to HEAD has no content: callers read its status code and headers.
    if *method != Method::Head {
        let chosen = outcome::choose(&mut lowering.types, outcomes, &at.child("responses"), context);
        response_types.extend(chosen.ty.clone());
        lowered.response = chosen.ty;
        lowered.response_format = chosen.format;
        lowered.empty_statuses = chosen.empty_statuses;
        lowered.successes = chosen.successes;
        lowered.accept = chosen.accept;
    }
    lowered
}

/// An enum of the types of error responses, if there are several.
fn error_type(
    lowering: &mut Lowering<'_, '_>,
    errors: &[ResponseBody],
    at: &Pointer,
    context: &Context,
) -> Option<Type> {
    let first = errors.first()?;
    let differ = errors.iter().any(|error| error.ty != first.ty);
    differ.then(|| outcome::errors(&mut lowering.types, errors, at, context))
}

impl Outcome {
    /// The outcome of a response without content, if callers see it.
    fn of(status: String, class: Class) -> Option<Self> {
        match class {
            Class::Success => Some(Self::empty(status)),
            Class::NotModified => Some(Self::not_modified(status)),
            Class::Redirect => Some(Self::redirect(status)),
            Class::Interim | Class::Error => None,
        }
    }
}

/// Adds media types that are not listed yet.
fn add<'m>(list: &mut Vec<String>, media_types: impl Iterator<Item = &'m String>) {
    for media_type in media_types {
        if !list.contains(media_type) {
            list.push(media_type.clone());
        }
    }
}

/// Why a response never has content, or its content is not read (RFC 9110, sections 9.3.2 and 15).
fn without_content(method: &Method, status: &str, class: Class) -> Option<&'static str> {
    match (class, status) {
        _ if *method == Method::Head => Some("a response to HEAD has no content"),
        (Class::Interim, _) => Some("a response with a status code of 1xx has no content"),
        (_, "204") => Some("a response with the status code 204 has no content"),
        (_, "205") => Some("a response with the status code 205 has no content"),
        (Class::NotModified, _) => Some("a response with the status code 304 has no content"),
        (Class::Redirect, _) => Some("the status code and location of a redirect are read, not its content"),
        _ => None,
    }
}

/// Each response with its status code. `default` is a success if no status code of a success or redirect is declared.
fn responses<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    declared: &'a OpenApiOperation,
    at: &Pointer,
) -> Vec<Declared<'a>> {
    let responses = &declared.responses;
    let mut found = Vec::new();
    for (status, response) in &responses.responses {
        let (response, at) = document.response(findings, response, at.child(status.to_string()));
        found.push(Declared { status: status.to_string(), class: class(status), response, at });
    }
    if let Some(response) = &responses.default {
        let is_error = |status| matches!(class(status), Class::Error | Class::Interim);
        let is_success = responses.responses.keys().all(is_error);
        let class = if is_success { Class::Success } else { Class::Error };
        let (response, at) = document.response(findings, response, at.child("default"));
        found.push(Declared { status: "default".to_owned(), class, response, at });
    }
    found
}

/// The content of a response: JSON if there is any, else a sequence of JSON values, else text, else bytes. A stream is chosen
/// if there is nothing else: servers send it on request.
fn response_content<'a>(
    lowering: &mut Lowering<'a, '_>,
    response: &'a Response,
    at: &Pointer,
    context: &Context,
    success: bool,
) -> Option<OutcomeContent> {
    let at = at.child("content");
    let media = response.content.iter();
    let media: Vec<_> = media.map(|(name, declared)| Media { name, declared, at: at.child(name) }).collect();
    let only_streams = media.iter().all(is_stream);
    if let Some(first) = media.first().filter(|_| success && only_streams) {
        return Some(stream_content(lowering, first, &media, context));
    }
    let choices: Vec<_> = media.iter().filter(|media| only_streams || !is_stream(media)).collect();
    let kinds: Vec<_> = choices.iter().map(|media| kind_of(&lowering.document, media)).collect();
    let best =
        [MediaKind::Json, MediaKind::Items, MediaKind::Text].into_iter().find(|kind| kinds.contains(kind));
    let best = best.unwrap_or(MediaKind::Bytes);
    let is_best = |kind: MediaKind| kind == best || (best == MediaKind::Bytes);
    let chosen: Vec<_> =
        choices.into_iter().zip(&kinds).filter(|(_, kind)| is_best(**kind)).map(|(media, _)| media).collect();
    let plain =
        |media: &&&Media<'a>| ["application/json", "*/*", "*"].contains(&essence(media.name).as_str());
    let usual = chosen.iter().find(plain).copied();
    let first = usual.or_else(|| chosen.first().copied())?;
    let same = |media: &&Media<'a>| media.declared.schema == first.declared.schema;
    let types: Vec<_> = chosen.iter().filter(|media| same(media)).map(|media| media.name).collect();
    let (used, format) = match best {
        MediaKind::Json => (content_use(lowering, first, context), ResponseFormat::Json),
        MediaKind::Items => (items_use(lowering, first, context), ResponseFormat::Items),
        MediaKind::Text => (text_use(first), ResponseFormat::Text),
        _ => (Use::of(Type::Bytes), ResponseFormat::Bytes),
    };
    if matches!(format, ResponseFormat::Text | ResponseFormat::Bytes) {
        skip_schema(lowering, first, false);
    }
    let mut constraints = used.constraints.clone();
    let ty = if best == MediaKind::Json { used.element() } else { used.ty };
    let mut others = Vec::new();
    for media in &media {
        if success {
            if let Some(other) = other_type(lowering, media, first, context) {
                constraints.extend(in_branch(&other.constraints));
                others.push(other.ty);
            }
        } else if media.name != first.name && !same(&media) {
            let reason = format!("the docs describe the error response as `{}`", first.name);
            lowering.findings.skip(&media.at, reason);
        }
    }
    let accept = (best != MediaKind::Json || usual.is_none()).then(|| outcome::accept(&types));
    let mut media_types = vec![first.name.to_owned()];
    add(&mut media_types, media.iter().map(|media| media.name.to_owned()).collect::<Vec<_>>().iter());
    Some(OutcomeContent { ty, format, accept, others, media_types, constraints })
}

/// Classifies content of a response. A sequence has no schema of its own before OpenAPI 3.2: what is declared describes an item,
/// unless it is a string.
fn kind_of<'a>(document: &Document<'a>, media: &Media<'a>) -> MediaKind {
    let schema = media.declared.schema.as_ref().and_then(|schema| document.item(schema));
    let is_string = schema.is_some_and(|schema| View::new(schema).ty == Some("string"));
    match media_kind(document, media) {
        MediaKind::Text if !is_string && is_sequence(&essence(media.name)) => MediaKind::Items,
        kind => kind,
    }
}

/// The type of a sequence: an array of its items.
fn items_use<'a>(lowering: &mut Lowering<'a, '_>, media: &Media<'a>, context: &Context) -> Use {
    let schema = media.declared.schema.as_ref().and_then(|schema| lowering.document.item(schema));
    let used = content_use(lowering, media, context);
    if schema.is_some_and(|schema| View::new(schema).items.is_some()) {
        return used;
    }
    let constraints = used.constraints.clone();
    Use { constraints, ..Use::of(Type::Array(Box::new(used.element()))) }
}

/// The content of a response that can only be a stream.
fn stream_content<'a>(
    lowering: &mut Lowering<'a, '_>,
    first: &Media<'a>,
    all: &[Media<'a>],
    context: &Context,
) -> OutcomeContent {
    for other in all.iter().filter(|other| other.name != first.name) {
        let reason = format!("the items of `{}` are read", first.name);
        lowering.findings.skip(&other.at, reason);
    }
    let stream = stream_response(lowering, first, &context.inner("Event"));
    OutcomeContent {
        accept: Some(stream.accept()),
        ty: stream.items,
        format: ResponseFormat::Events,
        others: Vec::new(),
        media_types: all.iter().map(|media| media.name.to_owned()).collect(),
        constraints: Vec::new(),
    }
}

/// The stream of a success: events if there are some, else a sequence of JSON values beside JSON.
fn stream<'a>(
    lowering: &mut Lowering<'a, '_>,
    response: &'a Response,
    at: &Pointer,
    context: &Context,
) -> Option<StreamResponse> {
    let at = at.child("content");
    let media = response.content.iter();
    let media: Vec<_> = media.map(|(name, declared)| Media { name, declared, at: at.child(name) }).collect();
    let has_json = media.iter().any(|media| media_kind(&lowering.document, media) == MediaKind::Json);
    let is_sequence = |media: &&Media<'a>| has_json && kind_of(&lowering.document, media) == MediaKind::Items;
    let chosen = media.iter().find(|media| is_stream(media)).or_else(|| media.iter().find(is_sequence))?;
    Some(stream_response(lowering, chosen, &context.inner("Response").inner("Event")))
}

/// The type of content that is read as text or bytes, if it is JSON or a sequence of values: callers decode it.
fn other_type<'a>(
    lowering: &mut Lowering<'a, '_>,
    media: &Media<'a>,
    first: &Media<'a>,
    context: &Context,
) -> Option<Use> {
    if is_stream(media) {
        return None;
    }
    if kind_of(&lowering.document, media) == MediaKind::Items && media.name != first.name {
        return event_type(lowering, media, &context.inner("Event")).map(Use::of);
    }
    let is_other = media.name != first.name && media.declared.schema != first.declared.schema;
    if is_other && !is_json(media.name) {
        skip_schema(lowering, media, !text_use(media).constraints.is_empty());
    }
    (is_other && is_json(media.name)).then(|| content_use(lowering, media, context))
}

/// Skips the schema of content that is read as text or bytes, unless it is a plain string.
fn skip_schema(lowering: &mut Lowering<'_, '_>, media: &Media<'_>, is_limited: bool) {
    let schema = media.declared.schema.as_ref().and_then(|schema| lowering.document.item(schema));
    let is_typed =
        |schema| View::new(schema).ty.is_none_or(|ty| ty != "string") && !View::new(schema).is_empty();
    if is_limited || schema.is_some_and(is_typed) {
        let reason =
            format!("the content of `{}` is returned as it is, without the type of its schema", media.name);
        lowering.findings.skip(&media.at.child("schema"), reason);
    }
}

/// The content of a response that is read as text, whose schema adds constraints only.
fn text_use(media: &Media<'_>) -> Use {
    Use { constraints: content_constraints(media), ..Use::of(Type::String) }
}

fn class(status: &StatusCode) -> Class {
    match status {
        StatusCode::Code(304) => Class::NotModified,
        StatusCode::Code(100..=199) | StatusCode::Range(1) => Class::Interim,
        StatusCode::Code(200..=299) | StatusCode::Range(2) => Class::Success,
        StatusCode::Code(300..=399) | StatusCode::Range(3) => Class::Redirect,
        _ => Class::Error,
    }
}
