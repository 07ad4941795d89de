//! Request bodies: the ways to send one, each a function of its own.

use heck::ToSnakeCase;
use openapiv3::{MediaType, Operation as Declared, RequestBody};

use super::context::Context;
use super::media::{Kind, Media, content_use, essence, is_json, kind};
use super::multipart;
use super::parameter::query_style_kind;
use super::parts::Parts;
use super::used::Use;
use crate::base::name::{Scope, WireName};
use crate::base::pointer::Pointer;
use crate::ir::request::{Body, BodyKind, Parameter, Style, StyleKind};
use crate::ir::ty::Type;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// One way to send an operation's request.
pub(super) struct Way {
    /// What is appended to the function's name; nothing for the usual way.
    pub(super) suffix: String,
    pub(super) body: Option<Body>,
    /// The parts of a multipart body.
    pub(super) parts: Vec<Parameter>,
}

impl Way {
    fn new(suffix: &str, body: Body) -> Self {
        Self { suffix: suffix.to_owned(), body: Some(body), parts: Vec::new() }
    }
}

/// The ways to send an operation's body, the usual one first; at least one.
pub(super) fn ways<'a>(
    parts: &mut Parts<'a, '_>,
    declared: &'a Declared,
    at: &Pointer,
    context: &Context,
    names: &Scope,
) -> Vec<Way> {
    let mut ways = Vec::new();
    if let Some((body, at)) = parts.document.body(parts.findings, declared, at) {
        let media: Vec<_> = body
            .content
            .iter()
            .map(|(name, declared)| Media { name, declared, at: at.child("content").child(name) })
            .collect();
        let kinds: Vec<_> = media.iter().map(|media| kind(&parts.document, media)).collect();
        let of = |kind: Kind| {
            let same = |(_, other): &(&Media<'a>, &Kind)| **other == kind;
            media.iter().zip(&kinds).filter(same).map(|(media, _)| media.clone()).collect::<Vec<_>>()
        };
        ways.extend(json_ways(parts, &of(Kind::Json), body, context));
        ways.extend(of(Kind::Form).first().map(|media| form_way(parts, media, body, context)));
        ways.extend(
            of(Kind::Multipart).first().map(|media| multipart_way(parts, media, body, context, names)),
        );
        let spare = ways.is_empty();
        let texts = of(Kind::Text);
        if !spare {
            for media in &texts {
                parts.findings.skip(&media.at, "the same body can be sent in the other form");
            }
        }
        let raw: Vec<_> =
            if spare { texts.into_iter().chain(of(Kind::Bytes)).collect() } else { of(Kind::Bytes) };
        ways.extend(bytes_way(&raw, body));
    }
    match ways.first_mut() {
        Some(usual) => usual.suffix.clear(),
        None => ways.push(Way { suffix: String::new(), body: None, parts: Vec::new() }),
    }
    ways
}

/// JSON: the plain media type first, then those that mean something else.
fn json_ways<'a>(
    parts: &mut Parts<'a, '_>,
    media: &[Media<'a>],
    body: &'a RequestBody,
    context: &Context,
) -> Vec<Way> {
    let usual = media.iter().position(|media| media.name == JSON);
    let usual = usual.or_else(|| media.iter().position(|media| essence(media.name) == JSON));
    let usual = usual.or_else(|| media.iter().position(|media| !is_general(media.name))).unwrap_or(0);
    let mut ways = Vec::new();
    let others = media.iter().enumerate().filter(|(index, _)| *index != usual);
    for (index, media) in media.get(usual).map(|media| (usual, media)).into_iter().chain(others) {
        if index != usual && is_general(media.name) {
            if !media.name.contains('*') && essence(media.name) != JSON {
                parts.findings.skip(&media.at, "the same body can be sent in the other form");
            }
            continue;
        }
        let subtype = essence(media.name);
        let suffix = subtype.split_once('/').map_or("", |(_, subtype)| subtype).to_snake_case();
        let hint = if index == usual { "Body".to_owned() } else { format!("{suffix}Body") };
        let used = content_use(parts, media, &context.inner(&hint));
        let media_type = if media.name.contains('*') { JSON } else { media.name };
        ways.push(Way::new(&suffix, new_body(BodyKind::Json, used, media_type, body)));
    }
    ways
}

fn form_way<'a>(
    parts: &mut Parts<'a, '_>,
    media: &Media<'a>,
    body: &'a RequestBody,
    context: &Context,
) -> Way {
    let used = content_use(parts, media, &context.inner("Form"));
    let kind = BodyKind::Form(styles(media.declared));
    Way::new("form", new_body(kind, used, FORM, body))
}

/// Parts are parameters of the operation; where nothing is known of them, the caller brings the whole body.
fn multipart_way<'a>(
    parts: &mut Parts<'a, '_>,
    media: &Media<'a>,
    body: &'a RequestBody,
    context: &Context,
    names: &Scope,
) -> Way {
    let mut names = names.clone();
    let fields = multipart::lower(parts, media, context, &mut names);
    let kind = if fields.is_empty() { BodyKind::AnyBytes } else { BodyKind::Multipart };
    let body = new_body(kind, Use::of(Type::Bytes), media.name, body);
    Way { suffix: "multipart".to_owned(), body: Some(body), parts: fields }
}

/// Bytes: where there is a choice of media types, the caller makes it.
fn bytes_way(media: &[Media<'_>], body: &RequestBody) -> Option<Way> {
    let first = media.first()?.name;
    // A boundary is in the body that the caller brings, so it is the caller's to name.
    let choice = media.len() > 1 || first.contains('*') || first.starts_with("multipart/");
    let kind = if choice { BodyKind::AnyBytes } else { BodyKind::Bytes };
    let types: Vec<_> = media.iter().map(|media| media.name).collect();
    Some(Way::new("bytes", new_body(kind, Use::of(Type::Bytes), &types.join(", "), body)))
}

fn new_body(kind: BodyKind, used: Use, media_type: &str, body: &RequestBody) -> Body {
    let docs = body.description.clone().unwrap_or_default();
    Body { kind, ty: used.ty, media_type: media_type.to_owned(), required: body.required, docs }
}

/// Whether it is but another spelling of JSON.
fn is_general(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == JSON || essence == "text/json" || essence.contains('*')
}

/// The fields of a form that are not written as a form's fields usually are.
fn styles(media: &MediaType) -> Vec<(WireName, Style)> {
    let style = |encoding: &openapiv3::Encoding| {
        let json = encoding.content_type.as_deref().is_some_and(is_json);
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
