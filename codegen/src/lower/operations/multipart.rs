//! Multipart bodies: each part is a parameter of the operation.

use openapiv3::ReferenceOr;

use super::media::{Media, essence, is_json};
use crate::base::name::{RustName, Scope, WireName};
use crate::base::pointer::Pointer;
use crate::ir::request::{Parameter, ParameterLocation, Style, StyleKind};
use crate::ir::ty::Type;
use crate::lower::context::Context;
use crate::lower::document::lookup::Document;
use crate::lower::document::view::View;
use crate::lower::lowering::Lowering;
use crate::lower::schemas::merge::merged;
use crate::lower::schemas::part::Node;
use crate::lower::schemas::schema::property_use;

/// Returns the properties of a multipart body as parameters; none if it isn't an object with declared properties.
pub(in crate::lower) fn lower<'a>(
    lowering: &mut Lowering<'a, '_>,
    media: &Media<'a>,
    context: &Context,
    names: &mut Scope,
) -> Vec<Parameter> {
    let at = media.at.child("schema");
    let Some(schema) = &media.declared.schema else { return Vec::new() };
    let at = match schema {
        ReferenceOr::Item(_) => at,
        ReferenceOr::Reference { reference } => Pointer::parse(reference).unwrap_or(at),
    };
    let Some(schema) = lowering.document.item(schema) else { return Vec::new() };
    let merged = merged(&lowering.document, lowering.findings, schema, &at);
    let required = merged.required;
    let properties = merged.properties.into_iter();
    properties
        .map(|(name, alternatives)| {
            let media_type =
                media.declared.encoding.get(&name).and_then(|encoding| encoding.content_type.clone());
            let used = property_use(lowering, &alternatives, &context.inner(&name));
            let is_file = alternatives
                .iter()
                .flatten()
                .all(|part| is_file(&lowering.document, part.node, media_type.as_deref()));
            // Of several media types, the caller chooses one.
            let media_type = media_type.filter(|media_type| !media_type.contains(['*', ',']));
            let is_list = matches!(lowering.types.resolve(&used.ty), Type::Array(_));
            let ty = match (is_file, is_list) {
                (true, true) => Type::Array(Box::new(Type::Bytes)),
                (true, false) => Type::Bytes,
                (false, _) => used.ty,
            };
            Parameter {
                name: names.claim(&RustName::snake(used.name.as_deref().unwrap_or(&name))),
                required: required.contains(&name) && !used.read_only,
                wire: WireName::new(name),
                location: if is_file { ParameterLocation::File } else { ParameterLocation::Part },
                style: Style::new(StyleKind::Simple),
                may_be_empty: true,
                ty,
                media_type,
                docs: used.docs,
                default: used.default,
                deprecated: used.deprecated,
            }
        })
        .collect()
}

/// Whether a part is a file or an array of files: bytes, and not a string or JSON.
fn is_file<'a>(document: &Document<'a>, node: Node<'a>, media_type: Option<&str>) -> bool {
    let Some(schema) = node.schema(document) else { return false };
    let view = View::new(schema);
    let binary = |media_type: &str| {
        let essence = essence(media_type);
        !is_json(&essence) && !essence.starts_with("text/") && !essence.ends_with("xml")
    };
    match view.ty {
        Some("array") => view.items.is_some_and(|items| is_file(document, Node::from(items), media_type)),
        Some("string") => {
            view.format == Some("binary") || view.values.is_empty() && media_type.is_some_and(binary)
        }
        None => view.is_shapeless() && view.all_of.is_empty() && media_type.is_some_and(binary),
        _ => false,
    }
}
