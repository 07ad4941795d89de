//! Media types: the kind of content, and its type.

use openapiv3::{MediaType, ReferenceOr, Schema};

use crate::base::pointer::Pointer;
use crate::ir::constraint::Constraint;
use crate::ir::ty::Type;
use crate::lower::context::Context;
use crate::lower::document::lookup::Document;
use crate::lower::document::view::View;
use crate::lower::lowering::Lowering;
use crate::lower::schemas::constraints::constraints_of;
use crate::lower::schemas::part::Part;
use crate::lower::schemas::schema::use_of;
use crate::lower::schemas::used::Use;
use crate::normalize::normalized_extensions::ITEMS;

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
    /// A sequence of JSON values, such as JSON Lines.
    Items,
    Text,
    Bytes,
}

/// The type of the content of a media type.
pub(in crate::lower) fn content_use<'a>(
    lowering: &mut Lowering<'a, '_>,
    media: &Media<'a>,
    context: &Context,
) -> Use {
    if let Some(item) = item_schema(media) {
        let item = use_of(lowering, item, &media.at.child("itemSchema"), context).element();
        return Use::of(Type::Array(Box::new(item)));
    }
    let at = media.at.child("schema");
    media.declared.schema.as_ref().map_or(Use::of(Type::Any), |schema| use_of(lowering, schema, &at, context))
}

/// What the schema of content demands that is not read by its type, such as text. A component states its own.
pub(in crate::lower) fn content_constraints(media: &Media<'_>) -> Vec<Constraint> {
    let schema = media.declared.schema.as_ref().and_then(ReferenceOr::as_item);
    let constraints = schema.map(|schema| constraints_of(&[Part::item(schema, &media.at.child("schema"))]));
    constraints.unwrap_or_default()
}

/// The type of one event of content that is not read event by event.
pub(in crate::lower) fn event_type<'a>(
    lowering: &mut Lowering<'a, '_>,
    media: &Media<'a>,
    context: &Context,
) -> Option<Type> {
    media.declared.schema.as_ref()?;
    Some(match content_use(lowering, media, context).ty {
        Type::Array(item) => *item,
        ty => ty,
    })
}

/// The schema of the items, if the description declares them by `itemSchema`.
pub(super) fn item_schema<'a>(media: &Media<'a>) -> Option<&'a ReferenceOr<Box<Schema>>> {
    let schema = media.declared.schema.as_ref().filter(|_| media.declared.extensions.contains_key(ITEMS))?;
    View::new(schema.as_item()?).items
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
    let is_array = schema.is_some_and(|schema| View::new(schema).items.is_some());
    match essence.as_str() {
        _ if is_array && is_sequence(&essence) => MediaKind::Items,
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

/// Whether content of a media type is a sequence of JSON values, each in its own line or after a separator.
pub(super) fn is_sequence(essence: &str) -> bool {
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    let lines =
        ["jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "ndjson", "x-ndjson", "json-lines", "json-seq"];
    lines.contains(&subtype) || subtype.ends_with("+json-seq")
}

/// Whether content of a media type is text.
fn is_text_type(essence: &str) -> bool {
    const TEXTS: [&str; 7] = [
        "application/graphql",
        "application/javascript",
        "application/sql",
        "application/toml",
        "application/x-pem-file",
        "application/xml",
        "application/yaml",
    ];
    let suffix = |suffix: &str| essence.ends_with(suffix);
    essence.starts_with("text/")
        || is_sequence(essence)
        || TEXTS.contains(&essence)
        || ["+xml", "+yaml", "/x-yaml", "/jwt"].into_iter().any(suffix)
}
