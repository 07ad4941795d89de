//! `x-pagination`, checked against the parameters and the response of the operation.

use openapiv3::Operation as OpenApiOperation;
use serde_json::Value;

use super::extension::{number, text, texts};
use super::known_names::{check_known, report_unknown};
use crate::base::diagnostic::Findings;
use crate::base::name::RustName;
use crate::base::pointer::Pointer;
use crate::ir::extension::{Page, Pagination};
use crate::ir::request::{Parameter, ParameterLocation};
use crate::ir::ty::Type;
use crate::lower::types::table::Types;

/// Pagination styles of the runtime.
const STYLES: [&str; 6] = ["cursor", "time", "next-page", "routing-cursor", "chat", "page-cursor"];

/// Reads the pagination of an operation, and marks the type of its response as a page.
pub(in crate::lower) fn pagination(
    types: &mut Types,
    findings: &mut Findings,
    declared: &OpenApiOperation,
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
        Value::Array(all) => {
            all.iter().enumerate().map(|(index, pagination)| (at.index(index), pagination)).collect()
        }
        pagination => vec![(at, pagination)],
    };
    let mut all = Vec::with_capacity(list.len());
    for (at, pagination) in list {
        let style = text(pagination, "style").unwrap_or_default();
        if !STYLES.contains(&style.as_str()) {
            let message = format!("{style:?} is not a pagination style");
            findings.problem(&at.child("style"), message, format!("known styles: {}", STYLES.join(", ")));
        }
        let pagination = read(pagination, &style);
        check_size(findings, &pagination, parameters, &at);
        mark_page(types, findings, &pagination, response, &at);
        all.push(pagination);
    }
    // Pagination with problems can't be followed.
    if findings.any_below(&top) { Vec::new() } else { all }
}

fn check_size(findings: &mut Findings, pagination: &Pagination, parameters: &[Parameter], at: &Pointer) {
    let Some(size) = &pagination.size else { return };
    let in_query = |parameter: &&Parameter| parameter.location == ParameterLocation::Query;
    let names = parameters.iter().filter(in_query).map(|parameter| parameter.wire.as_str());
    check_known(findings, &at.child("size"), size, "a query parameter of the operation", names);
}

/// Checks the properties of the response and of its records, and marks the type of the response.
fn mark_page(
    types: &mut Types,
    findings: &mut Findings,
    pagination: &Pagination,
    response: Option<&Type>,
    at: &Pointer,
) {
    let declared = response.and_then(|ty| Some((types.resolve(ty), types.fields(ty)?)));
    let Some((ty, properties)) = declared else {
        let message = "the operation is paged, but its response declares no properties";
        let help = format!("give the response a schema with the array `{}`", pagination.items);
        return findings.problem(at, message, help);
    };
    let lists =
        || properties.iter().filter_map(|field| Some((field.wire.as_str(), types.element(&field.ty)?)));
    let Some((_, record)) = lists().find(|(key, _)| *key == pagination.items) else {
        let names = lists().map(|(key, _)| key);
        return report_unknown(
            findings,
            &at.child("items"),
            &pagination.items,
            "an array of the response",
            names,
        );
    };
    let known = types.fields(record).unwrap_or_default();
    let identity = pagination.identity.iter().enumerate();
    let identity = identity.map(|(index, name)| (at.child("identity").index(index), name));
    for (at, name) in identity.chain(pagination.position.iter().map(|name| (at.child("position"), name))) {
        let names = known.iter().map(|field| field.wire.as_str());
        check_known(findings, &at, name, "a declared property of the records", names);
    }
    let page = Page { items: pagination.items.clone(), record: record.clone(), pointer: at.clone() };
    let ty = ty.clone();
    if let Some((name, first)) = types.mark_page(&ty, &page) {
        let message = format!("`{name}` is a page of {:?} already, by {}", first.items, first.pointer);
        let help = "page the same array, or give one of the responses its own schema";
        findings.problem(&page.pointer.child("items"), message, help);
    }
}

/// Reads a pagination object. Its keys and their types were checked before.
fn read(pagination: &Value, style: &str) -> Pagination {
    Pagination {
        style: RustName::snake(style),
        items: text(pagination, "items").unwrap_or_default(),
        max_page_size: number(pagination, "max-page-size"),
        size: text(pagination, "size"),
        identity: texts(pagination, "identity"),
        position: text(pagination, "position"),
        late: number(pagination, "late"),
    }
}
