//! Media types: the kind of content, and its type.

use openapiv3::MediaType;

use crate::base::pointer::Pointer;
use crate::ir::ty::Type;
use crate::lower::context::Context;
use crate::lower::document::lookup::Document;
use crate::lower::document::view::View;
use crate::lower::lowering::Lowering;
use crate::lower::schemas::schema::use_of;
use crate::lower::schemas::used::Use;

/// The media type of forms.
pub(in crate::lower) const FORM: &str = "application/x-www-form-urlencoded";

/// An entry of `content`, and its location.
#[derive(Clone)]
pub(in crate::lower) struct Media<'a> {
    pub(in crate::lower) name: &'a str,
    pub(in crate::lower) declared: &'a MediaType,
    pub(in crate::lower) at: Pointer,
}

/// How the client reads or writes content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum MediaKind {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
}

/// The type of the content of a media type.
pub(in crate::lower) fn content_use<'a>(
    lowering: &mut Lowering<'a, '_>,
    media: &Media<'a>,
    context: &Context,
) -> Use {
    let at = media.at.child("schema");
    media.declared.schema.as_ref().map_or(Use::of(Type::Any), |schema| use_of(lowering, schema, &at, context))
}

/// Classifies content by its media type, unless its schema is binary.
pub(in crate::lower) fn media_kind<'a>(document: &Document<'a>, media: &Media<'a>) -> MediaKind {
    let essence = essence(media.name);
    let schema = media.declared.schema.as_ref().and_then(|schema| document.item(schema));
    let view = schema.map(View::new);
    let is_text = view.as_ref().is_some_and(|view| view.ty == Some("string"));
    if is_text && view.is_some_and(|view| view.format == Some("binary")) {
        return MediaKind::Bytes;
    }
    match essence.as_str() {
        "multipart/form-data" => MediaKind::Multipart,
        FORM => MediaKind::Form,
        // Frameworks that don't declare their media type send JSON, except for plain strings.
        "*/*" | "*" if is_text => MediaKind::Text,
        _ if is_json(&essence) => MediaKind::Json,
        _ if is_text_type(&essence) => MediaKind::Text,
        _ => MediaKind::Bytes,
    }
}

/// A media type without its parameters.
pub(in crate::lower) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_lowercase()
}

pub(in crate::lower) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    subtype == "json"
        || subtype.ends_with("+json")
        || ["*", "*/*", "application/*"].contains(&essence.as_str())
}

/// Whether content of a media type is text.
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
