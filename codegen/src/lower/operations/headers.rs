//! Headers of responses.

use openapiv3::{Header, MediaType, ParameterSchemaOrContent, Response};
use serde_json::{Map, json};

use super::multipart::is_exploded;
use crate::base::diagnostic::Findings;
use crate::base::name::WireName;
use crate::base::pointer::Pointer;
use crate::ir::constraint::Constraint;
use crate::ir::request::ResponseHeader;
use crate::lower::document::lookup::Document;
use crate::lower::schemas::constraints::everything_of;

/// Adds the headers of a response. A header that several responses declare equally is listed once.
pub(super) fn add_headers<'a>(
    headers: &mut Vec<ResponseHeader>,
    document: &Document<'a>,
    findings: &mut Findings,
    (status, response): (&str, &'a Response),
    at: &Pointer,
) {
    let at = at.child("headers");
    for (name, header) in &response.headers {
        let header = document.header(findings, header, at.child(name));
        let found = response_header(document, (name, &at.child(name)), header);
        match headers.iter_mut().find(|known| is_same(known, &found)) {
            Some(known) => known.statuses.push(status.to_owned()),
            None => headers.push(ResponseHeader { statuses: vec![status.to_owned()], ..found }),
        }
    }
}

fn is_same(one: &ResponseHeader, other: &ResponseHeader) -> bool {
    let facts = |header: &ResponseHeader| {
        (header.name.clone(), header.docs.clone(), header.required, header.deprecated)
    };
    facts(one) == facts(other) && one.constraints == other.constraints
}

fn response_header<'a>(
    document: &Document<'a>,
    (name, at): (&str, &Pointer),
    header: Option<&'a Header>,
) -> ResponseHeader {
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
    }
}
