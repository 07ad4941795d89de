//! Answers: what a success holds, and what refusals do.

use openapiv3::{Operation as Declared, Response, StatusCode};

use super::context::Context;
use super::document::Document;
use super::media::{Kind, Media, content_use, essence, kind};
use super::parts::Parts;
use super::types::Types;
use super::union::variant_name;
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, WireName};
use crate::base::pointer::Pointer;
use crate::ir::api::{TypeKind, UnionVariant};
use crate::ir::request::{Method, ResponseBody, ResponseFormat, ResponseHeader};
use crate::ir::ty::Type;

/// What comes back from an operation.
#[derive(Default)]
pub(super) struct Answer {
    pub(super) response: Option<Type>,
    pub(super) response_format: ResponseFormat,
    pub(super) accept: Option<String>,
    pub(super) success_responses: Vec<ResponseBody>,
    pub(super) error_responses: Vec<ResponseBody>,
    pub(super) headers: Vec<ResponseHeader>,
}

/// The content of one success.
#[derive(PartialEq)]
struct Content {
    ty: Type,
    response_format: ResponseFormat,
    accept: Option<String>,
}

/// What an operation answers with; the types of all answers are added to `answers`.
pub(super) fn answer<'a>(
    parts: &mut Parts<'a, '_>,
    declared: &'a Declared,
    method: Method,
    at: &Pointer,
    context: &Context,
    answers: &mut Vec<Type>,
) -> Answer {
    let mut answer = Answer::default();
    let mut successes: Vec<Option<Content>> = Vec::new();
    for (status, success, response, at) in
        responses(&parts.document, parts.findings, declared, &at.child("responses"))
    {
        if method == Method::Head && !response.content.is_empty() {
            parts.findings.skip(&at.child("content"), "the answer to HEAD has no content");
        }
        let inner = context.inner(if success { "Response" } else { "Error" });
        let content = response_content(parts, response, &at, &inner, success);
        answers.extend(content.iter().map(|content| content.ty.clone()));
        if success {
            answer.headers.extend(response_headers(&parts.document, parts.findings, response, &at));
            let known =
                content.iter().map(|content| ResponseBody { status: status.clone(), ty: content.ty.clone() });
            answer.success_responses.extend(known);
            successes.push(content);
        } else if let Some(content) = content {
            match content.response_format {
                ResponseFormat::Json => answer.error_responses.push(ResponseBody { status, ty: content.ty }),
                ResponseFormat::Bytes => {
                    parts.findings.skip(&at, "bytes that come with an error are not given out")
                }
                _ => {}
            }
        }
    }
    let mut seen = Vec::new();
    answer.headers.retain(|header| {
        let new = !seen.contains(&header.name);
        seen.push(header.name.clone());
        new
    });
    // The head of an answer has no content.
    if method != Method::Head {
        settle(&mut answer, successes);
        if answer.response == Some(Type::Any) && !answer.success_responses.is_empty() {
            answer.response = Some(choice(&mut parts.types, &answer.success_responses, at, context));
            answers.extend(answer.response.clone());
        }
        if answer.response_format == ResponseFormat::JsonOrEmpty {
            answer.response = answer.response.take().map(nullable);
        }
    }
    answer
}

/// The type of successes that hold different JSON: a choice between what they hold.
fn choice(types: &mut Types, successes: &[ResponseBody], at: &Pointer, context: &Context) -> Type {
    let mut names = Scope::with_reserved(&["Unknown"]);
    let mut variants: Vec<UnionVariant> = Vec::new();
    for ResponseBody { ty, .. } in successes {
        if *ty == Type::Any {
            return Type::Any;
        }
        if !variants.iter().any(|known| known.ty == *ty) {
            let name = names.claim(&variant_name(ty));
            variants.push(UnionVariant { name, tag: None, ty: ty.clone() });
        }
    }
    let name = types.claim(&RustName::upper_camel(&context.inner("Answer").hint));
    let docs = "What a success holds, which depends on its status.".to_owned();
    let kind = TypeKind::Union { tag: None, variants };
    types.push(name.clone(), context, &at.child("responses"), docs, kind, false);
    Type::Named(name)
}

/// Each response with its status, and whether it is a success; `default` is one where there is no other.
fn responses<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    declared: &'a Declared,
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

/// What a response holds: JSON if it can be had, else text, else bytes.
fn response_content<'a>(
    parts: &mut Parts<'a, '_>,
    response: &'a Response,
    at: &Pointer,
    context: &Context,
    success: bool,
) -> Option<Content> {
    let at = at.child("content");
    let media = response.content.iter();
    let media: Vec<_> = media.map(|(name, declared)| Media { name, declared, at: at.child(name) }).collect();
    let kinds: Vec<_> = media.iter().map(|media| kind(&parts.document, media)).collect();
    let best = [Kind::Json, Kind::Text].into_iter().find(|kind| kinds.contains(kind));
    let best = best.unwrap_or(Kind::Bytes);
    let is_best = |kind: Kind| kind == best || (best == Kind::Bytes);
    let chosen: Vec<_> =
        media.iter().zip(&kinds).filter(|(_, kind)| is_best(**kind)).map(|(media, _)| media).collect();
    let plain =
        |media: &&&Media<'a>| ["application/json", "*/*", "*"].contains(&essence(media.name).as_str());
    let usual = chosen.iter().find(plain).copied();
    let first = usual.or_else(|| chosen.first().copied())?;
    // The same in another form is no loss.
    let same = |media: &&Media<'a>| media.declared.schema == first.declared.schema;
    for media in media.iter().filter(|media| !same(media)) {
        let what = if success { "the function reads the answer" } else { "the docs describe the refusal" };
        parts.findings.skip(&media.at, format!("{what} as `{}`", first.name));
    }
    let types: Vec<_> = chosen.iter().filter(|media| same(media)).map(|media| media.name).collect();
    let (ty, response_format) = match best {
        Kind::Json => (content_use(parts, first, context).element(), ResponseFormat::Json),
        Kind::Text => (Type::String, ResponseFormat::Text),
        _ => (Type::Bytes, ResponseFormat::Bytes),
    };
    let accept = (best != Kind::Json || usual.is_none()).then(|| accept(&types));
    Some(Content { ty, response_format, accept })
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

/// A type that holds no content, too.
fn nullable(ty: Type) -> Type {
    match ty {
        Type::Nullable(_) => ty,
        ty => Type::Nullable(Box::new(ty)),
    }
}

/// One type for all successes: nothing gets lost, so different ones are any JSON, or bytes.
fn settle(answer: &mut Answer, successes: Vec<Option<Content>>) {
    let empty = successes.iter().any(Option::is_none);
    let mut contents: Vec<Content> = Vec::new();
    for content in successes.into_iter().flatten() {
        if !contents
            .iter()
            .any(|known| (&known.ty, known.response_format) == (&content.ty, content.response_format))
        {
            contents.push(content);
        }
    }
    answer.accept = contents.iter().find_map(|content| content.accept.clone());
    let several = contents.len() > 1;
    let json = contents.iter().all(|content| content.response_format == ResponseFormat::Json);
    if !several {
        answer.success_responses.clear();
    }
    let Some(first) = contents.into_iter().next() else { return };
    (answer.response, answer.response_format) = match (several, json) {
        (true, true) => (Some(Type::Any), ResponseFormat::Json),
        (true, false) => (Some(Type::Bytes), ResponseFormat::Bytes),
        (false, _) => (Some(first.ty), first.response_format),
    };
    if empty && answer.response_format == ResponseFormat::Json {
        answer.response_format = ResponseFormat::JsonOrEmpty;
    }
}

/// The header `Accept` for media types other than JSON; anything else is better than no answer.
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
