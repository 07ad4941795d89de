//! Encoding Objects: how the fields of a form or a multipart body are serialized.

use serde_json::{Map, Value, json};

use super::normalized_extensions::STYLED;
use crate::base::diagnostic::Findings;
use crate::base::node_path::NodePath;

/// The styles of a field.
const STYLES: [&str; 4] = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];

/// The keys of OpenAPI 3.2 for bodies without names of fields, and for bodies in a part.
const NESTED: [&str; 3] = ["prefixEncoding", "itemEncoding", "encoding"];

/// Checks the style of an encoding, and adds the default of `explode`, which `openapiv3` can't distinguish from `false`.
pub(super) fn rewrite_encoding(findings: &mut Findings, at: &NodePath<'_>, entries: &mut Map<String, Value>) {
    for key in NESTED {
        skip(findings, at, entries, key);
    }
    if let Some(style) = entries.get("style").and_then(Value::as_str)
        && !STYLES.contains(&style)
    {
        let message = format!("invalid style {style:?} of an Encoding Object");
        findings.problem(&at.child("style"), message, format!("use one of {}", STYLES.join(", ")));
        entries.shift_remove("style");
    }
    if ["style", "explode", "allowReserved"].iter().any(|key| entries.contains_key(*key)) {
        entries.insert(STYLED.to_owned(), json!(true));
    }
    if entries.get("style").is_none_or(|style| style == "form") {
        entries.entry("explode").or_insert(json!(true));
    }
}

/// Skips the encodings of bodies without names of fields.
pub(super) fn rewrite_media_type(findings: &mut Findings, at: &NodePath<'_>, media: &mut Map<String, Value>) {
    for key in NESTED.into_iter().filter(|key| *key != "encoding") {
        skip(findings, at, media, key);
    }
}

fn skip(findings: &mut Findings, at: &NodePath<'_>, entries: &mut Map<String, Value>, key: &str) {
    if entries.shift_remove(key).is_some() {
        let reason = format!("the content of a part is sent as it is passed, without `{key}`");
        findings.skip(&at.child(key), reason);
    }
}
