//! Multipart bodies: each part is a parameter of the operation.

use openapiv3::{Encoding, Header, ParameterSchemaOrContent, ReferenceOr, Schema};
use serde_json::Value;

use super::encodings::check_encodings;
use super::media::Media;
use super::parameter::{delimited, query_style_kind};
use super::part_media::{choice, is_content, listed, of_file, of_value};
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
use crate::lower::schemas::schema::{property_use, use_of};
use crate::lower::schemas::used::Use;
use crate::normalize::normalized_extensions::{CONTENT_ENCODING, CONTENT_MEDIA_TYPE, HEADER_EXPLODE, STYLED};

/// The media type of bytes.
const BYTES: &str = "application/octet-stream";
/// The maximum number of compositions around a file. References may be cyclic.
const MAX_DEPTH: usize = 16;

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
    if !lowering.document.can_copy(schema, &at) {
        return Vec::new();
    }
    let merged = merged(&lowering.document, lowering.findings, schema, &at);
    let declared: Vec<_> = merged.properties.keys().map(String::as_str).collect();
    check_encodings(lowering.findings, media, &declared);
    if !merged.rest.is_empty() && !merged.properties.is_empty() {
        let reason = "parts whose names are not declared can't be sent";
        lowering.findings.skip(&at.child("additionalProperties"), reason);
    }
    let required = merged.required;
    let mut parameters = Vec::new();
    for (name, alternatives) in merged.properties {
        let encoding = media.declared.encoding.get(&name);
        let media_type = encoding.and_then(|encoding| encoding.content_type.clone());
        let style = encoding.and_then(part_style);
        let nodes = || alternatives.iter().flatten().map(|part| part.node);
        let own = nodes().find_map(|node| own_media_type(&lowering.document, node));
        let mut types = media_type.as_deref().filter(|_| style.is_none()).map(listed).unwrap_or_default();
        let choice = choice(&types);
        if types.is_empty() {
            types.extend(own.as_deref());
        }
        let is_file = nodes().all(|node| is_file(&lowering.document, node, &types));
        let is_object = nodes().any(|node| is_object(&lowering.document, node));
        let media_type = if is_file { of_file(&types) } else { of_value(&types, is_object) };
        let mut used = property_use(lowering, &alternatives, &context.inner(&name));
        used.constraints.extend(choice);
        let is_list = matches!(lowering.types.resolve(&used.ty), Type::Array(_));
        let ty = match (is_file, is_list) {
            (true, true) => Type::Array(Box::new(Type::Bytes)),
            (true, false) => Type::Bytes,
            (false, _) => used.ty,
        };
        let is_required = required.contains(&name) && !used.read_only;
        parameters.push(Parameter {
            name: names.claim(&RustName::snake(used.name.as_deref().unwrap_or(&name))),
            required: is_required,
            wire: WireName::new(name.clone()),
            location: if is_file { ParameterLocation::File } else { ParameterLocation::Part },
            style: style.filter(|_| !is_file).unwrap_or(Style::new(StyleKind::Simple)),
            may_be_empty: true,
            ty,
            media_type: media_type.map(str::to_owned),
            part: None,
            docs: used.docs,
            constraints: used.constraints,
            limits: String::new(),
            default: used.default,
            deprecated: used.deprecated,
        });
        let headers = encoding.into_iter().flat_map(|encoding| &encoding.headers);
        let at = media.at.child("encoding").child(&name).child("headers");
        for (header, declared) in headers.filter(|(header, _)| !header.eq_ignore_ascii_case("content-type")) {
            let context = context.inner(&format!("{name} {header}"));
            let found = part_header(lowering, (&name, header), declared, &at, &context);
            let docs = if found.required && !is_required {
                format!("{}\n\nRequired if the part `{name}` is sent.", found.docs)
            } else {
                found.docs
            };
            parameters.push(Parameter {
                name: names.claim(&found.name),
                required: found.required && is_required,
                docs,
                ..found
            });
        }
    }
    parameters
}

/// A header field of a part, as a parameter.
fn part_header<'a>(
    lowering: &mut Lowering<'a, '_>,
    (part, name): (&str, &str),
    declared: &'a ReferenceOr<Header>,
    at: &Pointer,
    context: &Context,
) -> Parameter {
    let at = at.child(name);
    let header = lowering.document.header(lowering.findings, declared, at.clone());
    let used = match header.map(|header| &header.format) {
        Some(ParameterSchemaOrContent::Schema(schema)) => {
            use_of(lowering, schema, &at.child("schema"), context)
        }
        Some(ParameterSchemaOrContent::Content(_)) => Use::of(Type::String),
        // Its reference was reported.
        None => Use::of(Type::Any),
    };
    let docs = header.and_then(|header| header.description.clone()).unwrap_or_default();
    let docs = if docs.is_empty() { format!("The header `{name}` of the part `{part}`.") } else { docs };
    Parameter {
        name: RustName::snake(&format!("{part}_{name}")),
        required: header.is_some_and(|header| header.required),
        wire: WireName::new(name),
        location: ParameterLocation::PartHeader,
        style: Style::new(StyleKind::Simple).with_explode(header.is_some_and(is_exploded)),
        may_be_empty: true,
        ty: used.ty,
        media_type: None,
        part: Some(WireName::new(part)),
        docs,
        constraints: used.constraints,
        limits: String::new(),
        default: used.default,
        deprecated: header.is_some_and(|header| header.deprecated.unwrap_or_default()),
    }
}

/// Whether a header lists the properties of an object as `name=value`.
pub(in crate::lower) fn is_exploded(header: &Header) -> bool {
    header.extensions.get(HEADER_EXPLODE) == Some(&Value::Bool(true))
}

/// The style of a part, if the encoding declares one. Its media type is then ignored.
fn part_style(encoding: &Encoding) -> Option<Style> {
    let styled = || Style {
        kind: encoding.style.as_ref().map_or(StyleKind::Form, query_style_kind),
        explode: encoding.explode,
        // A part needs no encoding.
        reserved: false,
    };
    delimited(&encoding.extensions).or_else(|| encoding.extensions.contains_key(STYLED).then(styled))
}

/// The media type that a schema declares for its strings; that of bytes if they are encoded.
fn own_media_type<'a>(document: &Document<'a>, node: Node<'a>) -> Option<String> {
    branches(document, node).find_map(|schema| {
        let of =
            |key: &str| schema.schema_data.extensions.get(key).and_then(Value::as_str).map(str::to_owned);
        let encoded = of(CONTENT_ENCODING).map(|_| BYTES.to_owned());
        of(CONTENT_MEDIA_TYPE).or(encoded)
    })
}

/// The schema, the only branch of its composition, and so on: a file that may be null is one.
fn branches<'d, 'a>(
    document: &'d Document<'a>,
    node: Node<'a>,
) -> impl Iterator<Item = &'a Schema> + use<'d, 'a> {
    let branch = |schema: &&'a Schema| only_branch(&View::new(schema))?.schema(document);
    std::iter::successors(node.schema(document), branch).take(MAX_DEPTH)
}

fn only_branch<'a>(view: &View<'a>) -> Option<Node<'a>> {
    match (view.one_of, view.any_of, view.all_of) {
        ([only], [], []) | ([], [only], []) | ([], [], [only]) if !view.has_properties() => Some(only.into()),
        _ => None,
    }
}

/// Whether a part is a file or an array of files.
fn is_file<'a>(document: &Document<'a>, node: Node<'a>, types: &[&str]) -> bool {
    let is_file = |schema: &Schema| {
        is_content(schema, types, schema.schema_data.extensions.contains_key(CONTENT_ENCODING))
    };
    value_schema(document, node).is_some_and(is_file)
}

/// Whether a part is an object or an array of objects.
fn is_object<'a>(document: &Document<'a>, node: Node<'a>) -> bool {
    let is_scalar =
        |schema: &Schema| matches!(View::new(schema).ty, Some("string" | "integer" | "number" | "boolean"));
    value_schema(document, node).is_some_and(|schema| !is_scalar(schema))
}

/// The schema of the value of a part: of an array, that of its items.
fn value_schema<'a>(document: &Document<'a>, node: Node<'a>) -> Option<&'a Schema> {
    let schema = branches(document, node).last()?;
    let view = View::new(schema);
    match view.ty {
        Some("array") => branches(document, Node::from(view.items?)).last(),
        _ => Some(schema),
    }
}
