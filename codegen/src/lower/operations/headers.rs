//! Headers of responses.

use openapiv3::{Header, MediaType, ParameterSchemaOrContent, Response};
use serde_json::{Map, json};

use super::media::is_json;
use super::multipart::is_exploded;
use crate::base::name::{RustName, Scope, WireName};
use crate::base::pointer::Pointer;
use crate::ir::api::Module;
use crate::ir::constraint::Constraint;
use crate::ir::request::{HeaderFormat, ResponseHeader};
use crate::ir::ty::Type;
use crate::lower::context::Context;
use crate::lower::lowering::Lowering;
use crate::lower::schemas::constraints::everything_of;
use crate::lower::schemas::schema::use_of;

/// Adds the headers of a response. A header that several responses declare equally is listed once.
pub(super) fn add_headers<'a>(
    headers: &mut Vec<ResponseHeader>,
    lowering: &mut Lowering<'a, '_>,
    (status, response): (&str, &'a Response),
    at: &Pointer,
    context: &Context,
) {
    let at = at.child("headers");
    for (name, header) in &response.headers {
        let header = lowering.document.header(lowering.findings, header, at.child(name));
        let found = response_header(lowering, (name, &at.child(name)), header, context);
        match headers.iter_mut().find(|known| is_same(known, &found)) {
            Some(known) => known.statuses.push(status.to_owned()),
            None => headers.push(ResponseHeader { statuses: vec![status.to_owned()], ..found }),
        }
    }
}

/// Names the headers of the operations of a module: one constant for each name and type.
pub(super) fn name_constants(module: &mut Module, names: &mut Scope) {
    let mut known: Vec<(ResponseHeader, RustName)> = Vec::new();
    for header in module.operations.iter_mut().flat_map(|operation| &mut operation.response_headers) {
        let is_same = |one: &ResponseHeader| {
            one.name.as_str().eq_ignore_ascii_case(header.name.as_str())
                && (&one.ty, one.format) == (&header.ty, header.format)
        };
        let same = known.iter().find(|(one, _)| is_same(one)).map(|(_, name)| name.clone());
        let name = same.unwrap_or_else(|| {
            let name = names.claim(&RustName::snake(header.name.as_str()).screaming());
            known.push((header.clone(), name.clone()));
            name
        });
        header.constant = Some(name);
    }
}

fn is_same(one: &ResponseHeader, other: &ResponseHeader) -> bool {
    let facts = |header: &ResponseHeader| {
        (header.name.clone(), header.docs.clone(), header.required, header.deprecated)
    };
    facts(one) == facts(other)
        && one.constraints == other.constraints
        && (&one.ty, one.format) == (&other.ty, other.format)
}

/// The type of the value of a header, and how it is written.
fn header_type<'a>(
    lowering: &mut Lowering<'a, '_>,
    (name, at): (&str, &Pointer),
    header: &'a Header,
    context: &Context,
) -> (Type, HeaderFormat) {
    let context = context.inner("Header").inner(name);
    match &header.format {
        ParameterSchemaOrContent::Schema(schema) => {
            let format = if is_exploded(header) { HeaderFormat::Exploded } else { HeaderFormat::Simple };
            (use_of(lowering, schema, &at.child("schema"), &context).ty, format)
        }
        ParameterSchemaOrContent::Content(content) => {
            let Some((media_type, media)) = content.iter().next().filter(|(name, _)| is_json(name)) else {
                return (Type::String, HeaderFormat::Simple);
            };
            let at = at.child("content").child(media_type).child("schema");
            let schema = media.schema.as_ref();
            let ty = schema.map_or(Type::Any, |schema| use_of(lowering, schema, &at, &context).element());
            (ty, HeaderFormat::Json)
        }
    }
}

fn response_header<'a>(
    lowering: &mut Lowering<'a, '_>,
    (name, at): (&str, &Pointer),
    header: Option<&'a Header>,
    context: &Context,
) -> ResponseHeader {
    let ty = header.map(|header| header_type(lowering, (name, at), header, context));
    // Without a schema, it is a string.
    let (ty, format) = ty
        .filter(|(ty, format)| *ty != Type::Any || *format == HeaderFormat::Json)
        .unwrap_or((Type::String, HeaderFormat::Simple));
    let document = &lowering.document;
    let schema = header.and_then(|header| match &header.format {
        ParameterSchemaOrContent::Schema(schema) => {
            document.item(schema).map(|schema| (schema, at.child("schema")))
        }
        ParameterSchemaOrContent::Content(_) => None,
    });
    let content = header.and_then(|header| match &header.format {
        ParameterSchemaOrContent::Schema(_) => None,
        ParameterSchemaOrContent::Content(content) => content.iter().next(),
    });
    let mut constraints: Vec<Constraint> = Vec::new();
    constraints.extend(content.map(|(media_type, _)| Constraint {
        keywords: Map::from_iter([("contentMediaType".to_owned(), json!(media_type))]),
        ..Constraint::default()
    }));
    if header.is_some_and(is_exploded) {
        let keywords = Map::from_iter([("explode".to_owned(), json!(true))]);
        constraints.push(Constraint { keywords, ..Constraint::default() });
    }
    let of_content = |(media_type, media): (&String, &'a MediaType)| {
        let schema = document.item(media.schema.as_ref()?)?;
        Some((schema, at.child("content").child(media_type).child("schema")))
    };
    let schema = schema.or_else(|| of_content(content?));
    constraints.extend(schema.map(|(schema, at)| everything_of(schema, &at)).unwrap_or_default());
    ResponseHeader {
        name: WireName::new(name),
        docs: header.and_then(|header| header.description.clone()).unwrap_or_default(),
        required: header.is_some_and(|header| header.required),
        deprecated: header.is_some_and(|header| header.deprecated.unwrap_or_default()),
        constraints,
        statuses: Vec::new(),
        ty,
        format,
        constant: None,
    }
}
