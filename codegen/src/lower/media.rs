//! Media types: what kind of content they announce, and what it is read or written from.

use openapiv3::MediaType;

use super::context::Context;
use super::document::Document;
use super::parts::Parts;
use super::schema::use_of;
use super::used::Use;
use super::view::View;
use crate::base::pointer::Pointer;
use crate::ir::ty::Type;

/// An entry of a `content`, and where it stands.
#[derive(Clone)]
pub(super) struct Media<'a> {
    pub(super) name: &'a str,
    pub(super) declared: &'a MediaType,
    pub(super) at: Pointer,
}

/// What content is to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
}

/// What a media type holds.
pub(super) fn content_use<'a>(parts: &mut Parts<'a, '_>, media: &Media<'a>, context: &Context) -> Use {
    let at = media.at.child("schema");
    media.declared.schema.as_ref().map_or(Use::of(Type::Any), |schema| use_of(parts, schema, &at, context))
}

/// The kind of a content: by its media type, unless the schema calls it binary.
pub(super) fn kind<'a>(document: &Document<'a>, media: &Media<'a>) -> Kind {
    let essence = essence(media.name);
    let schema = media.declared.schema.as_ref().and_then(|schema| document.item(schema));
    let view = schema.map(View::new);
    let is_text = view.as_ref().is_some_and(|view| view.ty == Some("string"));
    if is_text && view.is_some_and(|view| view.format == Some("binary")) {
        return Kind::Bytes;
    }
    match essence.as_str() {
        "multipart/form-data" => Kind::Multipart,
        "application/x-www-form-urlencoded" => Kind::Form,
        // Frameworks that don't say what they answer with write JSON, except for plain texts.
        "*/*" | "*" if is_text => Kind::Text,
        _ if is_json(&essence) => Kind::Json,
        _ if is_text_type(&essence) => Kind::Text,
        _ => Kind::Bytes,
    }
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_lowercase()
}

pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    subtype == "json"
        || subtype.ends_with("+json")
        || ["*", "*/*", "application/*"].contains(&essence.as_str())
}

/// Whether content of a media type is text, to be read by people or line by line.
fn is_text_type(essence: &str) -> bool {
    const TEXTS: [&str; 10] = [
        "application/graphql",
        "application/javascript",
        "application/jsonl",
        "application/ndjson",
        "application/sql",
        "application/toml",
        "application/x-ndjson",
        "application/x-pem-file",
        "application/xml",
        "application/yaml",
    ];
    let suffix = |suffix: &str| essence.ends_with(suffix);
    essence.starts_with("text/")
        || TEXTS.contains(&essence)
        || ["+xml", "+yaml", "/x-yaml", "/jwt", "+json-seq", "/json-seq"].into_iter().any(suffix)
}
