//! The bodies of requests that the server sends.

use openapiv3::{Operation as OpenApiOperation, ReferenceOr, Schema};

use super::media::{Media, MediaKind, content_constraints, content_use, media_kind};
use crate::base::pointer::Pointer;
use crate::ir::ty::Type;
use crate::ir::webhook::{IncomingBody, IncomingFormat};
use crate::lower::context::Context;
use crate::lower::lowering::Lowering;

/// A body, and its schema if it is JSON or a form.
type Found<'a> = (IncomingBody, Option<&'a ReferenceOr<Schema>>);

/// Lowers a body. It is read as JSON if that is declared, else as a form, as text or as bytes. The types of all contents
/// are added to `received`.
pub(in crate::lower) fn body<'a>(
    lowering: &mut Lowering<'a, '_>,
    operation: &'a OpenApiOperation,
    at: &Pointer,
    context: &Context,
    received: &mut Vec<Type>,
) -> Option<Found<'a>> {
    let (declared, at) = lowering.document.body(lowering.findings, operation, at)?;
    let at = at.child("content");
    let media = declared.content.iter();
    let media: Vec<_> = media.map(|(name, declared)| Media { name, declared, at: at.child(name) }).collect();
    let kinds: Vec<_> = media.iter().map(|media| media_kind(&lowering.document, media)).collect();
    let order = [MediaKind::Json, MediaKind::Form, MediaKind::Text];
    let best = order.into_iter().find_map(|kind| kinds.iter().position(|own| *own == kind)).unwrap_or(0);
    let first = media.get(best)?;
    let is_typed = |kind: MediaKind| matches!(kind, MediaKind::Json | MediaKind::Form);
    let mut body = None;
    for (index, (media, kind)) in media.iter().zip(&kinds).enumerate() {
        let used = is_typed(*kind).then(|| content_use(lowering, media, context));
        received.extend(used.as_ref().map(|used| used.ty.clone()));
        if index == best {
            body = Some(match (kind, used) {
                (MediaKind::Json | MediaKind::Form, Some(used)) => {
                    let constraints = used.constraints.clone();
                    (used.element(), constraints)
                }
                (MediaKind::Text, _) => (Type::String, content_constraints(media)),
                _ => (Type::Bytes, content_constraints(media)),
            });
            if !is_typed(*kind) {
                skip_schema(lowering, media);
            }
        } else if media.declared.schema != first.declared.schema || !is_typed(*kind) {
            lowering.findings.skip(&media.at, format!("the request is read as `{}`", first.name));
        }
    }
    let (ty, constraints) = body?;
    let is_form = |(kind, media): (&MediaKind, &Media<'_>)| {
        *kind == MediaKind::Form && media.declared.schema == first.declared.schema
    };
    let format = match kinds.get(best)? {
        MediaKind::Json | MediaKind::Form if kinds.iter().zip(&media).any(is_form) => IncomingFormat::Form,
        MediaKind::Json | MediaKind::Form => IncomingFormat::Json,
        MediaKind::Text => IncomingFormat::Text,
        _ => IncomingFormat::Bytes,
    };
    let schema =
        first.declared.schema.as_ref().filter(|_| kinds.get(best).is_some_and(|kind| is_typed(*kind)));
    let body = IncomingBody {
        format,
        ty,
        media_types: media.iter().map(|media| media.name.to_owned()).collect(),
        docs: declared.description.clone().unwrap_or_default(),
        constraints,
    };
    Some((body, schema))
}

/// Skips the schema of content that is read as text or bytes, unless it is a plain string.
fn skip_schema(lowering: &mut Lowering<'_, '_>, media: &Media<'_>) {
    let schema = media.declared.schema.as_ref().and_then(|schema| lowering.document.item(schema));
    let is_typed = |schema| {
        let view = crate::lower::document::view::View::new(schema);
        view.ty != Some("string") && !view.is_empty()
    };
    if schema.is_some_and(is_typed) {
        let reason =
            format!("the content of `{}` is read as it is, without the type of its schema", media.name);
        lowering.findings.skip(&media.at.child("schema"), reason);
    }
}
