//! Checks parameters and security schemes.

use serde_json::{Value, json};

use crate::base::diagnostic::Findings;
use crate::base::json_object::JsonObject;
use crate::base::node_path::NodePath;

/// The locations of parameters, with the allowed styles.
const STYLES: [(&str, &[&str]); 4] = [
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form"]),
];

/// The types of security schemes, with their required keys.
const NEEDED: [(&str, &[&str]); 4] = [
    ("apiKey", &["name", "in"]),
    ("http", &["scheme"]),
    ("oauth2", &["flows"]),
    ("openIdConnect", &["openIdConnectUrl"]),
];

/// Checks a parameter. Returns `false` if it can't be used.
pub(super) fn rewrite_parameter(
    findings: &mut Findings,
    at: &NodePath<'_>,
    entries: &mut JsonObject,
) -> bool {
    if !entries.contains_key("schema") && !entries.contains_key("content") {
        let message = "the parameter has neither `schema` nor `content`";
        findings.problem(&at.to_pointer(), message, "add a `schema` for its value");
        entries.insert("schema".to_owned(), json!({}));
    }
    let location = entries.get("in").and_then(Value::as_str).unwrap_or_default();
    let Some((location, styles)) = STYLES.iter().find(|(known, _)| *known == location) else {
        let known: Vec<_> = STYLES.iter().map(|(location, _)| *location).collect();
        let message = format!("invalid location {location:?} of a parameter");
        findings.problem(&at.child("in"), message, format!("use one of {}", known.join(", ")));
        return false;
    };
    let style = entries.get("style").and_then(Value::as_str);
    if let Some(style) = style.filter(|style| !styles.contains(style)) {
        let message = format!("a parameter in {location:?} can't have the style {style:?}");
        findings.problem(&at.child("style"), message, format!("use one of {}", styles.join(", ")));
        entries.shift_remove("style");
    }
    true
}

/// Checks a security scheme. Returns `false` if it can't be used.
pub(super) fn rewrite_security_scheme(
    findings: &mut Findings,
    at: &NodePath<'_>,
    entries: &mut JsonObject,
) -> bool {
    let ty = entries.get("type").and_then(Value::as_str).unwrap_or_default();
    if ty == "mutualTLS" {
        findings.skip(&at.to_pointer(), "client certificates are not supported");
        return false;
    }
    let Some((ty, needed)) = NEEDED.iter().find(|(known, _)| *known == ty) else {
        let known: Vec<_> = NEEDED.iter().map(|(ty, _)| *ty).collect();
        let message = format!("unknown type {ty:?} of a security scheme");
        findings.problem(&at.child("type"), message, format!("use one of {}", known.join(", ")));
        return false;
    };
    for key in needed.iter().filter(|key| !entries.contains_key(**key)) {
        let message = format!("a security scheme of the type {ty:?} has no `{key}`");
        findings.problem(&at.to_pointer(), message, format!("add `{key}`"));
    }
    needed.iter().all(|key| entries.contains_key(*key))
}
