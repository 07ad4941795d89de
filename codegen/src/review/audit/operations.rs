//! Checks operations, parameters, bodies and responses.

use serde_json::{Map, Value};

use super::declared::DeclaredOperation;
use super::evidence::Evidence;
use crate::base::pointer::Pointer;
use crate::grammar::parameter::is_same_name;
use crate::grammar::reference::resolve;
use crate::ir::api::Operation;
use crate::ir::request::{BodyKind, ParameterLocation};

/// Checks an operation and its parts.
pub(super) fn check(
    evidence: &mut Evidence<'_>,
    operation: &DeclaredOperation<'_>,
    method: &str,
    functions: &[&Operation],
) {
    for (parameter, at) in operation.parameters(&evidence.output.patched) {
        check_parameter(evidence, parameter, &at, functions);
    }
    check_body(evidence, operation, functions);
    check_responses(evidence, operation, method, functions);
}

fn check_parameter(evidence: &mut Evidence<'_>, parameter: &Value, at: &Pointer, functions: &[&Operation]) {
    let (resolved, resolved_at) = resolve(&evidence.output.patched, parameter, at.clone());
    let name = resolved.get("name").and_then(Value::as_str).unwrap_or_default();
    let declared_in = resolved.get("in").and_then(Value::as_str).unwrap_or_default();
    let location = match declared_in {
        "path" => ParameterLocation::Path,
        "header" => ParameterLocation::Header,
        "cookie" => ParameterLocation::Cookie,
        "querystring" => ParameterLocation::QueryString,
        _ => ParameterLocation::Query,
    };
    let is_emitted = functions.iter().any(|function| {
        let mut parameters = function.parameters.iter();
        parameters.any(|own| own.location == location && is_same_name(declared_in, own.wire.as_str(), name))
    });
    if !is_emitted && !evidence.is_reported_at_or_below(&resolved_at) {
        evidence.require(false, at, at, "parameter");
    }
}

fn check_body(evidence: &mut Evidence<'_>, operation: &DeclaredOperation<'_>, functions: &[&Operation]) {
    let Some(body) = operation.declared.get("requestBody") else { return };
    let at = operation.at.child("requestBody");
    let (resolved, resolved_at) = resolve(&evidence.output.patched, body, at.clone());
    let contents = resolved.get("content").and_then(Value::as_object);
    for (media_type, media) in contents.into_iter().flatten() {
        let sends = |function: &&&Operation| {
            function.body.as_ref().is_some_and(|body| {
                // A body of bytes may have any media type, and a range matches any media type.
                let any = body.kind == BodyKind::AnyBytes || media_type.contains('*');
                any || body.media_type.split(", ").any(|own| same(own, media_type))
            })
        };
        let content = resolved_at.child("content").child(media_type.as_str());
        let function = functions.iter().find(sends);
        evidence.require(function.is_some(), &content, &at, "body");
        if let Some(function) = function {
            check_encodings(evidence, media, (&content, &at), function);
        }
    }
}

/// Checks the encodings of the fields of a body.
fn check_encodings(
    evidence: &mut Evidence<'_>,
    media: &Value,
    (content, used_at): (&Pointer, &Pointer),
    function: &Operation,
) {
    let encodings = media.get("encoding").and_then(Value::as_object);
    for (name, encoding) in encodings.into_iter().flatten() {
        let at = content.child("encoding").child(name.as_str());
        let is_part = function.parameters.iter().any(|parameter| parameter.wire.as_str() == name);
        let is_emitted = match function.body.as_ref().map(|body| &body.kind) {
            Some(BodyKind::Multipart) => is_part,
            Some(BodyKind::Form(styles)) => {
                let changes =
                    ["style", "explode", "allowReserved"].iter().any(|key| encoding.get(key).is_some());
                !changes || styles.iter().any(|(own, _)| own.as_str() == name)
            }
            // The caller encodes the body.
            Some(BodyKind::AnyBytes | BodyKind::Bytes) => true,
            _ => false,
        };
        evidence.require(is_emitted, &at, used_at, "encoding");
        let headers = encoding.get("headers").and_then(Value::as_object).filter(|_| is_part);
        for header in headers.into_iter().flat_map(Map::keys) {
            let is_emitted = function.parameters.iter().any(|parameter| {
                parameter.location == ParameterLocation::PartHeader
                    && parameter.wire.as_str() == header
                    && parameter.part.as_ref().is_some_and(|part| part.as_str() == name)
            });
            // The media type of a part has a key of its own.
            let is_own = header.eq_ignore_ascii_case("content-type");
            evidence.require(is_emitted || is_own, &at.child("headers").child(header), used_at, "header");
        }
    }
}

fn check_responses(
    evidence: &mut Evidence<'_>,
    operation: &DeclaredOperation<'_>,
    method: &str,
    functions: &[&Operation],
) {
    let responses = operation.declared.get("responses").and_then(Value::as_object);
    // `default` is an error response beside any success or redirect.
    let successes = || responses.into_iter().flat_map(Map::keys).any(|status| status.starts_with(['2', '3']));
    for (status, response) in responses.into_iter().flatten().filter(|(status, _)| !status.starts_with("x-"))
    {
        let at = operation.at.child("responses").child(status.as_str());
        let (resolved, resolved_at) = resolve(&evidence.output.patched, response, at.clone());
        let same_status = |own: &str| own.eq_ignore_ascii_case(status);
        let is_stated = |function: &&Operation| function.responses.iter().any(|own| same_status(&own.status));
        evidence.require(functions.iter().any(is_stated), &resolved_at, &at, "response");
        check_headers(evidence, resolved, (&resolved_at, &at), status, functions);
        // The response to a HEAD request has no content.
        if method == "HEAD" {
            continue;
        }
        let success = status.starts_with('2') || (status == "default" && !successes());
        check_content(evidence, resolved, (&resolved_at, &at), status, functions);
        let contents = resolved.get("content").and_then(Value::as_object);
        let is_typed = |(media_type, media): (&String, &Value)| {
            media_type.contains("json") && media.get("schema").is_some()
        };
        if !contents.into_iter().flatten().any(is_typed) {
            continue;
        }
        let is_emitted = functions.iter().any(|function| {
            if success {
                function.response.is_some()
            } else {
                function.error_responses.iter().any(|response| same_status(&response.status))
            }
        });
        evidence.require(is_emitted, &resolved_at, &at, "response");
    }
}

/// Checks that each header is stated for the status code.
fn check_headers(
    evidence: &mut Evidence<'_>,
    response: &Value,
    (at, used_at): (&Pointer, &Pointer),
    status: &str,
    functions: &[&Operation],
) {
    let headers = response.get("headers").and_then(Value::as_object);
    for name in headers.into_iter().flat_map(Map::keys) {
        let is_stated = functions.iter().any(|function| {
            let mut headers = function.response_headers.iter();
            headers.any(|header| {
                header.name.as_str() == name
                    && header.statuses.iter().any(|own| own.eq_ignore_ascii_case(status))
            })
        });
        evidence.require(is_stated, &at.child("headers").child(name.as_str()), used_at, "header");
    }
}

/// Checks that each media type is stated for the status code.
fn check_content(
    evidence: &mut Evidence<'_>,
    response: &Value,
    (at, used_at): (&Pointer, &Pointer),
    status: &str,
    functions: &[&Operation],
) {
    let contents = response.get("content").and_then(Value::as_object);
    for media_type in contents.into_iter().flat_map(Map::keys) {
        let is_stated = functions.iter().any(|function| {
            let mut responses = function.responses.iter();
            responses
                .any(|own| own.status.eq_ignore_ascii_case(status) && own.media_types.contains(media_type))
        });
        let at = at.child("content").child(media_type.as_str());
        evidence.require(is_stated, &at, used_at, "media type");
    }
}

/// Returns whether two media types are equal apart from their parameters.
fn same(a: &str, b: &str) -> bool {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_lowercase();
    essence(a) == essence(b)
}
