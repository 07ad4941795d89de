//! Parameters and security schemes: what the typed document takes only in one way.

use serde_json::{Map, Value, json};

use crate::base::diagnostic::Findings;
use crate::base::path::Path;

type Entries = Map<String, Value>;

/// The places of parameters, and the styles that each allows.
const STYLES: [(&str, &[&str]); 4] = [
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form"]),
];

/// Keys that a security scheme of a type can't do without.
const NEEDED: [(&str, &[&str]); 4] = [
    ("apiKey", &["name", "in"]),
    ("http", &["scheme"]),
    ("oauth2", &["flows"]),
    ("openIdConnect", &["openIdConnectUrl"]),
];

/// Checks a parameter; `false` where nothing is left to be one.
pub(super) fn rewrite_parameter(findings: &mut Findings, at: &Path<'_>, entries: &mut Entries) -> bool {
    if !entries.contains_key("schema") && !entries.contains_key("content") {
        let message = "the parameter has neither `schema` nor `content`";
        findings.mistake(&at.to_pointer(), message, "add a `schema` that says what it takes");
        entries.insert("schema".to_owned(), json!({}));
    }
    let place = entries.get("in").and_then(Value::as_str).unwrap_or_default();
    let Some((place, styles)) = STYLES.iter().find(|(known, _)| *known == place) else {
        let known: Vec<_> = STYLES.iter().map(|(place, _)| *place).collect();
        let message = format!("a parameter can't be in {place:?}");
        findings.mistake(&at.child("in"), message, format!("use one of {}", known.join(", ")));
        return false;
    };
    let style = entries.get("style").and_then(Value::as_str);
    if let Some(style) = style.filter(|style| !styles.contains(style)) {
        let message = format!("a parameter in {place:?} can't have the style {style:?}");
        findings.mistake(&at.child("style"), message, format!("use one of {}", styles.join(", ")));
        entries.shift_remove("style");
    }
    true
}

/// Checks a security scheme; `false` where it can't be used.
pub(super) fn rewrite_security_scheme(findings: &mut Findings, at: &Path<'_>, entries: &mut Entries) -> bool {
    let ty = entries.get("type").and_then(Value::as_str).unwrap_or_default();
    if ty == "mutualTLS" {
        findings.skip(&at.to_pointer(), "a certificate is not sent by the client");
        return false;
    }
    let Some((ty, needed)) = NEEDED.iter().find(|(known, _)| *known == ty) else {
        let known: Vec<_> = NEEDED.iter().map(|(ty, _)| *ty).collect();
        let message = format!("{ty:?} is no type of a security scheme");
        findings.mistake(&at.child("type"), message, format!("use one of {}", known.join(", ")));
        return false;
    };
    for key in needed.iter().filter(|key| !entries.contains_key(**key)) {
        let message = format!("a security scheme of the type {ty:?} has no `{key}`");
        findings.mistake(&at.to_pointer(), message, format!("add `{key}`"));
    }
    needed.iter().all(|key| entries.contains_key(*key))
}
