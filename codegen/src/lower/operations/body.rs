//! Request bodies. Each form in which a body can be sent gives a function.

use heck::ToSnakeCase;
use openapiv3::{MediaType, Operation as OpenApiOperation, RequestBody};

use super::encodings::{check_encodings, is_json_only, skip_content_types, utf8};
use super::media::{Media, MediaKind, content_constraints, content_use, essence, media_kind};
use super::multipart;
use super::parameter::{delimited, query_style_kind};
use crate::base::name::{Scope, WireName};
use crate::base::pointer::Pointer;
use crate::ir::request::{Body, BodyKind, Parameter, Style, StyleKind};
use crate::ir::ty::Type;
use crate::lower::context::Context;
use crate::lower::lowering::Lowering;
use crate::lower::schemas::used::Use;

const JSON: &str = "application/json";
/// Why a media type of a body has no function.
const ANOTHER_MEDIA_TYPE: &str = "the function sends the body in another media type";

/// The suffix of the function that leaves out an optional body, if the others can't.
const WITHOUT_BODY: &str = "without_body";

/// One form in which the body of an operation can be sent.
pub(in crate::lower) struct BodyOption {
    /// The suffix of the function's name; empty for the default form.
    pub(in crate::lower) suffix: String,
    pub(in crate::lower) body: Option<Body>,
    /// The parts of a multipart body.
    pub(in crate::lower) parts: Vec<Parameter>,
}

impl BodyOption {
    /// Whether the function can also send no body. With required parts of a multipart body, it can't.
    fn can_be_left_out(&self) -> bool {
        self.body.as_ref().is_none_or(|body| !body.required) && !self.parts.iter().any(|part| part.required)
    }

    fn new(suffix: &str, body: Body) -> Self {
        Self { suffix: suffix.to_owned(), body: Some(body), parts: Vec::new() }
    }
}

/// Returns the forms in which the body of an operation can be sent, the default first. There is at least one, without a
/// body if the operation has none.
pub(in crate::lower) fn body_options<'a>(
    lowering: &mut Lowering<'a, '_>,
    declared: &'a OpenApiOperation,
    at: &Pointer,
    context: &Context,
    names: &Scope,
) -> Vec<BodyOption> {
    let mut options = Vec::new();
    if let Some((body, at)) = lowering.document.body(lowering.findings, declared, at) {
        let media: Vec<_> = body
            .content
            .iter()
            .map(|(name, declared)| Media { name, declared, at: at.child("content").child(name) })
            .collect();
        let kinds: Vec<_> = media.iter().map(|media| media_kind(&lowering.document, media)).collect();
        let of = |kind: MediaKind| {
            let same = |(_, other): &(&Media<'a>, &MediaKind)| **other == kind;
            media.iter().zip(&kinds).filter(same).map(|(media, _)| media.clone()).collect::<Vec<_>>()
        };
        options.extend(json_options(lowering, &of(MediaKind::Json), body, context));
        options.extend(items_options(lowering, &of(MediaKind::Items), body, context));
        options.extend(of(MediaKind::Form).first().map(|media| form_option(lowering, media, body, context)));
        options.extend(
            of(MediaKind::Multipart)
                .first()
                .map(|media| multipart_option(lowering, media, body, context, names)),
        );
        let mut raw = of(MediaKind::Text);
        if !options.is_empty() {
            let (distinct, same) = raw.into_iter().partition(|text| is_distinct(text.name, &media));
            raw = distinct;
            for media in same {
                lowering.findings.skip(&media.at, ANOTHER_MEDIA_TYPE);
            }
        }
        raw.extend(of(MediaKind::Bytes));
        options.extend(bytes_option(&raw, body));
        if !body.required && !options.is_empty() && !options.iter().any(BodyOption::can_be_left_out) {
            options.push(BodyOption { suffix: WITHOUT_BODY.to_owned(), body: None, parts: Vec::new() });
        }
    }
    match options.first_mut() {
        Some(usual) => usual.suffix.clear(),
        None => options.push(BodyOption { suffix: String::new(), body: None, parts: Vec::new() }),
    }
    options
}

/// JSON: `application/json` first, then media types with another meaning.
fn json_options<'a>(
    lowering: &mut Lowering<'a, '_>,
    media: &[Media<'a>],
    body: &'a RequestBody,
    context: &Context,
) -> Vec<BodyOption> {
    let usual = media.iter().position(|media| media.name == JSON);
    let usual = usual.or_else(|| media.iter().position(|media| essence(media.name) == JSON));
    let usual = usual.or_else(|| media.iter().position(|media| !is_general(media.name))).unwrap_or(0);
    let usual_schema = media.get(usual).map(|media| &media.declared.schema);
    let mut options = Vec::new();
    let others = media.iter().enumerate().filter(|(index, _)| *index != usual);
    for (index, media) in media.get(usual).map(|media| (usual, media)).into_iter().chain(others) {
        if index != usual && is_general(media.name) {
            let is_repeated = media.name.contains('*') || essence(media.name) == JSON;
            let has_other_schema = usual_schema.is_some_and(|schema| media.declared.schema != *schema);
            if !is_repeated || has_other_schema {
                lowering.findings.skip(&media.at, ANOTHER_MEDIA_TYPE);
            }
            continue;
        }
        let subtype = essence(media.name);
        let suffix = subtype.split_once('/').map_or("", |(_, subtype)| subtype).to_snake_case();
        let hint = if index == usual { "Body".to_owned() } else { format!("{suffix}Body") };
        let used = content_use(lowering, media, &context.inner(&hint));
        let media_type = if media.name.contains('*') { JSON } else { media.name };
        let constraints = used.constraints.clone();
        let used = Use { ty: used.element(), constraints, ..Use::of(Type::Any) };
        options.push(BodyOption::new(&suffix, new_body(BodyKind::Json, used, media_type, body)));
    }
    options
}

/// Sequences of JSON values.
fn items_options<'a>(
    lowering: &mut Lowering<'a, '_>,
    media: &[Media<'a>],
    body: &'a RequestBody,
    context: &Context,
) -> Vec<BodyOption> {
    let mut options = Vec::new();
    for media in media {
        let suffix = essence(media.name).split_once('/').map_or("", |(_, subtype)| subtype).to_snake_case();
        let used = content_use(lowering, media, &context.inner("Item"));
        options.push(BodyOption::new(&suffix, new_body(BodyKind::Items, used, media.name, body)));
    }
    options
}

fn form_option<'a>(
    lowering: &mut Lowering<'a, '_>,
    media: &Media<'a>,
    body: &'a RequestBody,
    context: &Context,
) -> BodyOption {
    let used = content_use(lowering, media, &context.inner("Form"));
    skip_content_types(lowering.findings, media);
    let fields = lowering.types.fields(&used.ty).unwrap_or_default();
    let names: Vec<_> = fields.iter().map(|field| field.wire.as_str()).collect();
    check_encodings(lowering.findings, media, &names);
    let kind = BodyKind::Form(styles(media.declared));
    let media_type = utf8(lowering.findings, media);
    BodyOption::new("form", new_body(kind, used, media_type, body))
}

/// Multipart: the parts are parameters of the operation. If no parts are declared, the caller encodes the body.
fn multipart_option<'a>(
    lowering: &mut Lowering<'a, '_>,
    media: &Media<'a>,
    body: &'a RequestBody,
    context: &Context,
    names: &Scope,
) -> BodyOption {
    let mut names = names.clone();
    let fields = multipart::lower(lowering, media, context, &mut names);
    let kind = if fields.is_empty() { BodyKind::AnyBytes } else { BodyKind::Multipart };
    let body = new_body(kind, Use::of(Type::Bytes), media.name, body);
    BodyOption { suffix: "multipart".to_owned(), body: Some(body), parts: fields }
}

/// Bytes: if there are several media types, the caller chooses one.
fn bytes_option(media: &[Media<'_>], body: &RequestBody) -> Option<BodyOption> {
    let first = media.first()?.name;
    // The boundary is in the caller's body, so the caller has to give the media type.
    let choice = media.len() > 1 || first.contains('*') || first.starts_with("multipart/");
    let kind = if choice { BodyKind::AnyBytes } else { BodyKind::Bytes };
    let types: Vec<_> = media.iter().map(|media| media.name).collect();
    let mut used = Use::of(Type::Bytes);
    for media in media {
        used.constrain(content_constraints(media));
    }
    Some(BodyOption::new("bytes", new_body(kind, used, &types.join(", "), body)))
}

fn new_body(kind: BodyKind, used: Use, media_type: &str, body: &RequestBody) -> Body {
    let docs = body.description.clone().unwrap_or_default();
    Body {
        kind,
        ty: used.ty,
        media_type: media_type.to_owned(),
        required: body.required,
        docs,
        constraints: used.constraints,
        limits: String::new(),
    }
}

/// Whether a media type is JSON without a meaning of its own.
fn is_general(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == JSON || essence == "text/json" || essence.contains('*')
}

/// Whether a media type with a suffix, such as `+yaml`, has a meaning that none of the others has with the suffix of JSON.
fn is_distinct(media_type: &str, others: &[Media<'_>]) -> bool {
    let essence = essence(media_type);
    let Some((meaning, _)) = essence.rsplit_once('+') else { return false };
    others.iter().all(|other| self::essence(other.name).strip_suffix("+json") != Some(meaning))
}

/// The styles of form fields that differ from the default.
fn styles(media: &MediaType) -> Vec<(WireName, Style)> {
    let style = |encoding: &openapiv3::Encoding| {
        if let Some(delimited) = delimited(&encoding.extensions) {
            return Some(delimited);
        }
        let json = encoding.content_type.as_deref().is_some_and(is_json_only);
        match &encoding.style {
            Some(style) => Some(Style {
                kind: query_style_kind(style),
                explode: encoding.explode,
                reserved: encoding.allow_reserved,
            }),
            None if json => Some(Style::new(StyleKind::Json)),
            None if encoding.allow_reserved => {
                Some(Style { kind: StyleKind::Form, explode: true, reserved: true })
            }
            None => None,
        }
    };
    let encodings = media.encoding.iter();
    encodings.filter_map(|(name, encoding)| Some((WireName::new(name), style(encoding)?))).collect()
}
