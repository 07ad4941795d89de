//! `x-webhook-signature`: how requests of the server are signed.

use openapiv3::OpenAPI;
use serde_json::Value;

use super::extension::text;
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::ir::webhook::{BytesEncoding, Incoming, Signature};
use crate::lower::context::Extensions;

/// The key of the extension.
pub(in crate::lower) const SIGNATURE: &str = "x-webhook-signature";
/// What is signed if the extension doesn't say.
const BODY: &str = "{body}";
/// The placeholders of what is signed.
const PLACEHOLDERS: [&str; 3] = [BODY, "{id}", "{timestamp}"];

/// Reads the extension of the document or of an operation. Its keys and their types were checked before.
pub(in crate::lower) fn signature(
    findings: &mut Findings,
    extensions: &Extensions,
    at: &Pointer,
) -> Option<Signature> {
    let value = extensions.get(SIGNATURE)?;
    let at = at.child(SIGNATURE);
    if findings.any_below(&at) {
        return None;
    }
    let signature = Signature {
        header: text(value, "header")?,
        encoding: encoding(findings, value, "encoding", (BytesEncoding::Hex, &["hex", "base64"]), &at),
        prefix: text(value, "prefix").unwrap_or_default(),
        separator: text(value, "separator"),
        signed: text(value, "signed").unwrap_or_else(|| BODY.to_owned()),
        timestamp_header: text(value, "timestamp-header"),
        timestamp_element: text(value, "timestamp-element"),
        id_header: text(value, "id-header"),
        tolerance: value
            .get("tolerance")
            .and_then(Value::as_u64)
            .and_then(|seconds| u32::try_from(seconds).ok()),
        key_encoding: encoding(
            findings,
            value,
            "key-encoding",
            (BytesEncoding::Text, &["text", "hex", "base64"]),
            &at,
        ),
        key_prefix: text(value, "key-prefix").unwrap_or_default(),
    };
    check_headers(findings, value, &at);
    check_elements(findings, &signature, &at);
    check_signed(findings, &signature, &at);
    // An extension with problems is ignored.
    (!findings.any_below(&at)).then_some(signature)
}

/// Reads the extension of the document, whose requests are given.
pub(in crate::lower) fn of_document(
    findings: &mut Findings,
    document: &OpenAPI,
    requests: &[Incoming],
) -> Option<Signature> {
    let at = Pointer::root();
    if requests.is_empty() && document.extensions.contains_key(SIGNATURE) {
        let message = "the document declares how webhooks are signed, but no webhook and no callback";
        findings.problem(
            &at.child(SIGNATURE),
            message,
            "declare them in `webhooks`, or delete the extension",
        );
        return None;
    }
    signature(findings, &document.extensions, &at)
}

/// Reports the extension on an operation of the API, whose requests the client sends.
pub(in crate::lower) fn check_is_incoming(findings: &mut Findings, extensions: &Extensions, at: &Pointer) {
    if extensions.contains_key(SIGNATURE) {
        let message =
            "the client sends the requests of this operation; only webhooks and callbacks are verified";
        findings.problem(
            &at.child(SIGNATURE),
            message,
            "move it to a webhook, or to the root of the document",
        );
    }
}

/// Reads the name of an encoding.
fn encoding(
    findings: &mut Findings,
    value: &Value,
    key: &str,
    (usual, allowed): (BytesEncoding, &[&str]),
    at: &Pointer,
) -> BytesEncoding {
    let Some(name) = text(value, key) else { return usual };
    match name.as_str() {
        "hex" => BytesEncoding::Hex,
        "base64" => BytesEncoding::Base64,
        "text" if allowed.contains(&"text") => BytesEncoding::Text,
        _ => {
            let message = format!("{name:?} is not an encoding");
            findings.problem(&at.child(key), message, format!("known encodings: {}", allowed.join(", ")));
            usual
        }
    }
}

/// Checks that each name of a header is one.
fn check_headers(findings: &mut Findings, value: &Value, at: &Pointer) {
    for key in ["header", "timestamp-header", "id-header"] {
        let Some(name) = text(value, key) else { continue };
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(is_token) {
            let message = format!("{name:?} is not the name of a header");
            findings.problem(&at.child(key), message, "for example X-Signature");
        }
    }
}

/// Checks the elements of the header.
fn check_elements(findings: &mut Findings, signature: &Signature, at: &Pointer) {
    if signature.separator.as_deref() == Some("") {
        let help = "write the text between the elements of the header, or delete the key";
        findings.problem(&at.child("separator"), "the separator is empty", help);
    }
    let Some(element) = &signature.timestamp_element else { return };
    let at = at.child("timestamp-element");
    if signature.timestamp_header.is_some() {
        let message = "`timestamp-element` and `timestamp-header` exclude each other";
        findings.problem(&at, message, "delete one of them");
    }
    if element.is_empty() || signature.separator.is_none() {
        let message =
            "the timestamp is an element of the header, but nothing separates it from the signature";
        findings.problem(
            &at,
            message,
            "for example {separator: \",\", prefix: \"v1=\", timestamp-element: \"t=\"}",
        );
    }
}

/// Checks that what is signed contains the body, and what the extension reads from headers.
fn check_signed(findings: &mut Findings, signature: &Signature, at: &Pointer) {
    let at = at.child("signed");
    let signed = &signature.signed;
    let has_timestamp = signature.timestamp_header.is_some() || signature.timestamp_element.is_some();
    let required = [
        (BODY, true, ""),
        ("{timestamp}", has_timestamp, "`timestamp-header` or `timestamp-element`"),
        ("{id}", signature.id_header.is_some(), "`id-header`"),
    ];
    for (placeholder, is_declared, key) in required {
        match (signed.contains(placeholder), is_declared) {
            (false, true) => {
                let message = format!("{placeholder} is not signed: anyone could change it");
                findings.problem(&at, message, "for example \"{timestamp}.{body}\"");
            }
            (true, false) => {
                let message = format!("{placeholder} is signed, but no header has it");
                findings.problem(&at, message, format!("add {key}"));
            }
            _ => {}
        }
    }
    let rest = PLACEHOLDERS.iter().fold(signed.clone(), |text, placeholder| text.replace(placeholder, ""));
    if rest.contains(['{', '}']) {
        let message = format!("{signed:?} has other placeholders than {}", PLACEHOLDERS.join(", "));
        findings.problem(&at, message, "a scheme that signs more needs a verifier of the program");
    }
}
