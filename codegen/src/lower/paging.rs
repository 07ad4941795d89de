//! `x-pagination`, held to the parameters and the answer that the operation declares.

use openapiv3::Operation as Declared;
use serde_json::Value;

use super::declared::{check_declared, undeclared};
use super::extension::{number, text, texts};
use super::types::Types;
use crate::base::diagnostic::Findings;
use crate::base::name::RustName;
use crate::base::pointer::Pointer;
use crate::ir::extension::{Page, Pagination};
use crate::ir::request::{Parameter, ParameterLocation};
use crate::ir::ty::Type;

/// Ways to page that the runtime knows.
const STYLES: [&str; 6] = ["cursor", "time", "next-page", "routing-cursor", "chat", "page-cursor"];

/// The ways to page; the type of the answer is marked as a page.
pub(super) fn pagination(
    types: &mut Types,
    findings: &mut Findings,
    declared: &Declared,
    parameters: &[Parameter],
    response: Option<&Type>,
    at: &Pointer,
) -> Vec<Pagination> {
    let Some(value) = declared.extensions.get("x-pagination") else { return Vec::new() };
    let at = at.child("x-pagination");
    if findings.any_below(&at) {
        return Vec::new();
    }
    let top = at.clone();
    let list: Vec<_> = match value {
        Value::Array(ways) => ways.iter().enumerate().map(|(index, way)| (at.index(index), way)).collect(),
        way => vec![(at, way)],
    };
    let mut ways = Vec::with_capacity(list.len());
    for (at, way) in list {
        let style = text(way, "style").unwrap_or_default();
        if !STYLES.contains(&style.as_str()) {
            let message = format!("{style:?} is no style of paging");
            findings.problem(&at.child("style"), message, format!("known styles: {}", STYLES.join(", ")));
        }
        let way = read(way, &style);
        check_size(findings, &way, parameters, &at);
        mark_page(types, findings, &way, response, &at);
        ways.push(way);
    }
    // What has a problem can't be followed.
    if findings.any_below(&top) { Vec::new() } else { ways }
}

fn check_size(findings: &mut Findings, way: &Pagination, parameters: &[Parameter], at: &Pointer) {
    let Some(size) = &way.size else { return };
    let in_query = |parameter: &&Parameter| parameter.location == ParameterLocation::Query;
    let names = parameters.iter().filter(in_query).map(|parameter| parameter.wire.as_str());
    check_declared(findings, &at.child("size"), size, "query parameter of the operation", names);
}

/// Checks what is said of the answer and its records, and marks the answer's type.
fn mark_page(
    types: &mut Types,
    findings: &mut Findings,
    way: &Pagination,
    response: Option<&Type>,
    at: &Pointer,
) {
    let answered = response.and_then(|ty| Some((types.resolve(ty), types.fields(ty)?)));
    let Some((ty, properties)) = answered else {
        let message = "the operation is paged, but its answer declares no properties";
        let help = format!("give the answer a schema with the list `{}`", way.items);
        return findings.problem(at, message, help);
    };
    let lists =
        || properties.iter().filter_map(|field| Some((field.wire.as_str(), types.element(&field.ty)?)));
    let Some((_, record)) = lists().find(|(key, _)| *key == way.items) else {
        let names = lists().map(|(key, _)| key);
        return undeclared(findings, &at.child("items"), &way.items, "list of the answer", names);
    };
    let known = types.fields(record).unwrap_or_default();
    let identity = way.identity.iter().enumerate();
    let identity = identity.map(|(index, name)| (at.child("identity").index(index), name));
    for (at, name) in identity.chain(way.position.iter().map(|name| (at.child("position"), name))) {
        let names = known.iter().map(|field| field.wire.as_str());
        check_declared(findings, &at, name, "declared property of the records", names);
    }
    let page = Page { items: way.items.clone(), record: record.clone(), pointer: at.clone() };
    let ty = ty.clone();
    if let Some((name, first)) = types.mark_page(&ty, &page) {
        let message = format!("`{name}` is a page of {:?} already, by {}", first.items, first.pointer);
        let help = "page the same list, or give one of the answers a schema of its own";
        findings.problem(&page.pointer.child("items"), message, help);
    }
}

/// Reads a way whose keys and kinds have been checked.
fn read(way: &Value, style: &str) -> Pagination {
    Pagination {
        style: RustName::snake(style),
        items: text(way, "items").unwrap_or_default(),
        max_page_size: number(way, "max-page-size"),
        size: text(way, "size"),
        identity: texts(way, "identity"),
        position: text(way, "position"),
        late: number(way, "late"),
    }
}
