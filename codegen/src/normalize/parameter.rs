//! Checks parameters, headers and security schemes.

use serde_json::{Value, json};

use super::normalized_extensions;
use crate::base::diagnostic::Findings;
use crate::base::json_object::JsonObject;
use crate::base::node_path::NodePath;

/// The locations of parameters, with the allowed styles.
const STYLES: [(&str, &[&str]); 5] = [
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form", COOKIE]),
    (QUERY_STRING, &[]),
];

/// The style of cookies that are sent as they are, since OpenAPI 3.2.
const COOKIE: &str = "cookie";
/// The location of a parameter that is the entire query, since OpenAPI 3.2.
const QUERY_STRING: &str = "querystring";

/// The types of security schemes, with their required keys.
const NEEDED: [(&str, &[&str]); 4] = [
    ("apiKey", &["name", "in"]),
    ("http", &["scheme"]),
    ("oauth2", &["flows"]),
    ("openIdConnect", &["openIdConnectUrl"]),
];

/// The locations of API keys.
const KEY_LOCATIONS: [&str; 3] = ["query", "header", "cookie"];

/// The HTTP authentication schemes whose credentials depend on a challenge or on the request, so that a fixed value can't
/// be sent.
const CHALLENGED: [&str; 9] =
    ["digest", "dpop", "hoba", "mutual", "negotiate", "ntlm", "scram-sha-1", "scram-sha-256", "vapid"];

/// The flows of OAuth, with their required URLs.
const FLOWS: [(&str, &[&str]); 4] = [
    ("implicit", &["authorizationUrl"]),
    ("password", &["tokenUrl"]),
    ("clientCredentials", &["tokenUrl"]),
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
];

/// Checks a parameter. Returns `false` if it can't be used.
pub(super) fn rewrite_parameter(
    findings: &mut Findings,
    at: &NodePath<'_>,
    entries: &mut JsonObject,
) -> bool {
    require_schema(findings, at, entries, "parameter");
    check_content(findings, at, entries);
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
        let help = match styles {
            [] => "delete `style`: the media type in `content` says how the value is written".to_owned(),
            styles => format!("use one of {}", styles.join(", ")),
        };
        findings.problem(&at.child("style"), message, help);
        entries.shift_remove("style");
    }
    rewrite_newer(findings, at, location, entries);
    true
}

/// Moves what OpenAPI 3.0 has no key for into extensions.
fn rewrite_newer(findings: &mut Findings, at: &NodePath<'_>, location: &str, entries: &mut JsonObject) {
    if location == QUERY_STRING {
        entries.insert("in".to_owned(), json!("query"));
        entries.insert(normalized_extensions::QUERYSTRING.to_owned(), json!(true));
        if !entries.contains_key("content") {
            let message = "a parameter in \"querystring\" has no `content`";
            findings.problem(
                &at.to_pointer(),
                message,
                "describe the query as the `content` of a media type",
            );
        }
    } else if location != "query" && entries.get("allowReserved") == Some(&json!(true)) {
        entries.insert(normalized_extensions::RESERVED.to_owned(), json!(true));
    }
    if entries.get("style").and_then(Value::as_str) == Some(COOKIE) {
        entries.shift_remove("style");
        entries.insert(normalized_extensions::COOKIE_STYLE.to_owned(), json!(true));
        // The default of this style; without `style`, a missing `explode` means the same.
        entries.entry("explode").or_insert_with(|| json!(true));
    }
}

/// Checks a header.
pub(super) fn rewrite_header(findings: &mut Findings, at: &NodePath<'_>, entries: &mut JsonObject) {
    require_schema(findings, at, entries, "header");
    if let Some(explode) = entries.shift_remove("explode") {
        entries.insert(normalized_extensions::HEADER_EXPLODE.to_owned(), explode);
    }
    let style = entries.get("style").and_then(Value::as_str);
    if let Some(style) = style.filter(|style| *style != "simple") {
        let message = format!("a header can't have the style {style:?}");
        findings.problem(&at.child("style"), message, "delete it: headers have the style simple");
        entries.shift_remove("style");
    }
}

/// Reports `content` beside `schema`, which is ignored then, and `content` with several media types, of which the first is
/// used.
fn check_content(findings: &mut Findings, at: &NodePath<'_>, entries: &mut JsonObject) {
    let Some(content) = entries.get("content").and_then(Value::as_object) else { return };
    let at = at.child("content");
    if entries.contains_key("schema") {
        findings.problem(&at, "a parameter can't have both `schema` and `content`", "delete one of them");
        entries.shift_remove("content");
    } else if content.len() != 1 {
        let message = format!("the `content` of a parameter must have one media type, not {}", content.len());
        findings.problem(&at, message, "keep the media type that the server reads");
    }
}

/// Reports a parameter or header without `schema` and `content`. Its value may be anything.
fn require_schema(findings: &mut Findings, at: &NodePath<'_>, entries: &mut JsonObject, what: &str) {
    if entries.contains_key("schema") || entries.contains_key("content") {
        return;
    }
    // A value that was left out was reported.
    if !["schema", "content"].iter().any(|key| findings.any_below(&at.child(key))) {
        let message = format!("the {what} has neither `schema` nor `content`");
        findings.problem(&at.to_pointer(), message, "add a `schema` for its value");
    }
    entries.insert("schema".to_owned(), json!({}));
}

/// Checks the flows of OAuth. A missing URL is not known, but the credentials are the same.
pub(super) fn rewrite_flows(findings: &mut Findings, at: &NodePath<'_>, entries: &mut JsonObject) {
    // New in 3.2. It ends with the same credentials.
    if let Some(flow) = entries.shift_remove("deviceAuthorization") {
        entries.insert(normalized_extensions::DEVICE_FLOW.to_owned(), flow);
    }
    for (name, urls) in FLOWS {
        let Some(Value::Object(flow)) = entries.get_mut(name) else { continue };
        let at = NodePath::Key(at, name);
        for key in
            urls.iter().copied().chain(["scopes"]).filter(|key| !flow.contains_key(*key)).collect::<Vec<_>>()
        {
            if !findings.any_below(&at.child(key)) {
                let message = format!("an OAuth Flow Object has no `{key}`");
                findings.problem(&at.to_pointer(), message, format!("add `{key}`"));
            }
            flow.insert(key.to_owned(), if key == "scopes" { json!({}) } else { json!("") });
        }
    }
}

/// Checks a security scheme. Returns `false` if it can't be used.
pub(super) fn rewrite_security_scheme(
    findings: &mut Findings,
    at: &NodePath<'_>,
    entries: &mut JsonObject,
) -> bool {
    let newer = [
        ("oauth2MetadataUrl", normalized_extensions::METADATA_URL),
        ("deprecated", normalized_extensions::DEPRECATED),
    ];
    for (key, extension) in newer {
        if let Some(value) = entries.shift_remove(key) {
            entries.insert(extension.to_owned(), value);
        }
    }
    let ty = entries.get("type").and_then(Value::as_str).unwrap_or_default();
    if ty == "mutualTLS" {
        findings.skip(&at.to_pointer(), "client certificates are not supported");
        return false;
    }
    let scheme = entries.get("scheme").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
    if ty == "http" && CHALLENGED.contains(&scheme.as_str()) {
        let reason = format!("HTTP `{scheme}` is not supported: it needs values that the server sends first");
        findings.skip(&at.to_pointer(), reason);
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
    let location = entries.get("in").and_then(Value::as_str).filter(|_| *ty == "apiKey");
    if let Some(location) = location.filter(|location| !KEY_LOCATIONS.contains(location)) {
        let message = format!("invalid location {location:?} of an API key");
        findings.problem(&at.child("in"), message, format!("use one of {}", KEY_LOCATIONS.join(", ")));
        return false;
    }
    needed.iter().all(|key| entries.contains_key(*key))
}
