//! Streams: responses that consist of items, which arrive one by one.

use openapiv3::{Operation as OpenApiOperation, ReferenceOr, Schema};
use serde_json::Value;

use super::media::{Media, essence, item_schema};
use super::outcome;
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::ir::api::Streaming;
use crate::ir::request::{Body, BodyKind};
use crate::ir::ty::Type;
use crate::lower::context::Context;
use crate::lower::document::lookup::{Document, component_pointer};
use crate::lower::document::reference::{SCHEMAS, key_in};
use crate::lower::document::view::View;
use crate::lower::extensions::extension::texts;
use crate::lower::extensions::known_names::report_unknown;
use crate::lower::lowering::Lowering;
use crate::lower::schemas::schema::use_of;
use crate::lower::types::table::Types;
use crate::normalize::events::EVENT_STREAM;

/// The extension that says how a stream ends.
const EXTENSION: &str = "x-stream";
/// The properties of an event, as the standard names them.
const EVENT_FIELDS: [&str; 5] = ["data", "event", "id", "retry", "comment"];
/// The maximum number of references from the schema of an event to its properties.
const MAX_REFERENCES: usize = 16;

/// A response that is a stream.
#[derive(Clone)]
pub(in crate::lower) struct StreamResponse {
    /// The items, as an array.
    pub(in crate::lower) items: Type,
    pub(in crate::lower) media_type: String,
    /// Whether an item is a whole event, not only its data.
    pub(in crate::lower) has_whole_events: bool,
}

impl StreamResponse {
    /// The header field `Accept`.
    pub(in crate::lower) fn accept(&self) -> String {
        outcome::accept(&[&self.media_type])
    }
}

/// Whether content is a stream that is no sequence of JSON values: events, or parts with a schema for each.
pub(super) fn is_stream(media: &Media<'_>) -> bool {
    let essence = essence(media.name);
    essence == EVENT_STREAM || essence.starts_with("multipart/") && item_schema(media).is_some()
}

/// Makes the type of the items of a stream.
pub(super) fn stream_response<'a>(
    lowering: &mut Lowering<'a, '_>,
    media: &Media<'a>,
    context: &Context,
) -> StreamResponse {
    let declared = media.declared.schema.as_ref();
    let has_events = essence(media.name) == EVENT_STREAM;
    let (item, has_whole_events) = match (item_schema(media), declared) {
        (Some(item), _) => event(lowering, item, &media.at.child("itemSchema"), context, has_events),
        (None, Some(schema)) => {
            let at = media.at.child("schema");
            match items_of(schema) {
                Some(items) => event(lowering, items, &at.child("items"), context, has_events),
                None => event(lowering, schema, &at, context, has_events),
            }
        }
        (None, None) => (Type::Any, false),
    };
    StreamResponse { items: Type::Array(Box::new(item)), media_type: media.name.to_owned(), has_whole_events }
}

/// The schema of the items, if the schema of a stream is that of an array.
fn items_of(schema: &ReferenceOr<Schema>) -> Option<&ReferenceOr<Box<Schema>>> {
    View::new(schema.as_item()?).items
}

/// The type of an item, and whether it is a whole event. Of an event that is described as an object with its data, the item is
/// the data.
fn event<'a, S: std::borrow::Borrow<Schema>>(
    lowering: &mut Lowering<'a, '_>,
    schema: &'a ReferenceOr<S>,
    at: &Pointer,
    context: &Context,
    has_events: bool,
) -> (Type, bool) {
    if has_events && let Some((data, at)) = data_of(&lowering.document, schema, at) {
        return (use_of(lowering, data, &at, &context.inner("Data")).element(), false);
    }
    let is_whole = has_events && is_union_of_events(&lowering.document, schema);
    (use_of(lowering, schema, at, context).element(), is_whole)
}

/// The property `data` of the schema of an event, and its location.
fn data_of<'a, S: std::borrow::Borrow<Schema>>(
    document: &Document<'a>,
    schema: &'a ReferenceOr<S>,
    at: &Pointer,
) -> Option<(&'a ReferenceOr<Box<Schema>>, Pointer)> {
    let (mut schema, mut at): (&'a Schema, Pointer) = match schema {
        ReferenceOr::Item(schema) => (schema.borrow(), at.clone()),
        ReferenceOr::Reference { reference } => component(document, reference)?,
    };
    for _ in 0..MAX_REFERENCES {
        let view = View::new(schema);
        if let Some((_, reference)) = view.sole_reference() {
            (schema, at) = component(document, reference)?;
            continue;
        }
        let properties = view.properties.filter(|_| view.one_of.is_empty() && view.any_of.is_empty())?;
        let is_event =
            view.all_of.is_empty() && properties.keys().all(|key| EVENT_FIELDS.contains(&key.as_str()));
        let data = properties.get("data").filter(|_| is_event)?;
        return Some((data, at.child("properties").child("data")));
    }
    None
}

/// The component schema that a reference names.
fn component<'a>(document: &Document<'a>, reference: &str) -> Option<(&'a Schema, Pointer)> {
    let key = key_in(SCHEMAS, reference)?;
    let schema = document.item(document.schema(&key)?.schema)?;
    Some((schema, component_pointer(&key)))
}

/// Whether a schema is a union of which each branch describes an event.
fn is_union_of_events<S: std::borrow::Borrow<Schema>>(
    document: &Document<'_>,
    schema: &ReferenceOr<S>,
) -> bool {
    let schema = match schema {
        ReferenceOr::Item(schema) => Some(schema.borrow()),
        ReferenceOr::Reference { reference } => component(document, reference).map(|(schema, _)| schema),
    };
    let Some(view) = schema.map(View::new) else { return false };
    let branches = if view.one_of.is_empty() { view.any_of } else { view.one_of };
    let is_event = |branch: &ReferenceOr<Schema>| match branch {
        ReferenceOr::Item(schema) => has_data(schema),
        ReferenceOr::Reference { reference } => {
            component(document, reference).is_some_and(|(schema, _)| has_data(schema))
        }
    };
    !branches.is_empty() && branches.iter().all(is_event)
}

/// Whether a schema has the properties of an event only.
fn has_data(schema: &Schema) -> bool {
    View::new(schema).properties.is_some_and(|properties| {
        properties.contains_key("data") && properties.keys().all(|key| EVENT_FIELDS.contains(&key.as_str()))
    })
}

/// Reads how the streams of an operation end, and what asks for them.
pub(in crate::lower) fn streaming(
    findings: &mut Findings,
    declared: &OpenApiOperation,
    stream: Option<&StreamResponse>,
    at: &Pointer,
) -> Streaming {
    let own = declared.extensions.get(EXTENSION);
    let at = at.child(EXTENSION);
    let has_whole_events = stream.is_some_and(|stream| stream.has_whole_events);
    let Some(value) = own.filter(|_| !findings.any_below(&at)) else {
        return Streaming { has_whole_events, ..Streaming::default() };
    };
    if stream.is_none() {
        let help = "declare a response with `text/event-stream`, or delete the extension";
        findings.problem(&at, "no response of the operation is a stream".to_owned(), help);
    }
    Streaming {
        end: texts(value, "end"),
        property: value.get("property").and_then(Value::as_str).map(str::to_owned),
        reconnects: value.get("reconnect").and_then(Value::as_bool).unwrap_or_default(),
        has_whole_events,
    }
}

/// Checks that the property that asks for a stream is a declared one of the JSON body.
pub(in crate::lower) fn check_property(
    types: &Types,
    findings: &mut Findings,
    body: Option<&Body>,
    streaming: &Streaming,
    at: &Pointer,
) {
    let Some(property) = &streaming.property else { return };
    let at = at.child(EXTENSION).child("property");
    let body = body.filter(|body| body.kind == BodyKind::Json);
    let fields = body.and_then(|body| types.fields(&body.ty)).unwrap_or_default();
    if !findings.any_below(&at) && !fields.iter().any(|field| field.wire.as_str() == property) {
        let names = fields.iter().map(|field| field.wire.as_str());
        report_unknown(findings, &at, property, "a property of the JSON body", names);
    }
}
