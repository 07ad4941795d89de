//! Encoding Objects: how the fields of a form or a multipart body are serialized.

use serde_json::{Map, Value, json};

use super::normalized_extensions::STYLED;
use crate::base::diagnostic::Findings;
use crate::base::node_path::NodePath;
use crate::grammar::json_type::json_type;

type Check = fn(&Value) -> bool;

/// The keys of an Encoding Object that are deserialized, with a check of their values and the expected type.
const KEYS: [(&str, Check, &str); 5] = [
    ("contentType", Value::is_string, "a string"),
    ("style", is_style, "form, spaceDelimited, pipeDelimited or deepObject"),
    ("explode", Value::is_boolean, "a boolean"),
    ("allowReserved", Value::is_boolean, "a boolean"),
    ("headers", Value::is_object, "an object"),
];

/// Checks each encoding, and adds the default of `explode`, which `openapiv3` can't distinguish from `false`.
pub(super) fn rewrite_media_type(findings: &mut Findings, at: &NodePath<'_>, media: &mut Map<String, Value>) {
    let Some(encodings) = media.get_mut("encoding") else { return };
    let at = NodePath::Key(at, "encoding");
    let Value::Object(encodings) = encodings else {
        let message = format!("`encoding` must be an object, not {}", json_type(encodings));
        findings.problem(&at.to_pointer(), message, "map names of fields to encodings");
        media.shift_remove("encoding");
        return;
    };
    encodings.retain(|name, encoding| {
        let at = NodePath::Key(&at, name);
        let Value::Object(entries) = encoding else {
            let message = format!("an Encoding Object must be an object, not {}", json_type(encoding));
            findings.problem(&at.to_pointer(), message, "describe the encoding of the field");
            return false;
        };
        for (key, is_valid, expected) in KEYS {
            if entries.get(key).is_some_and(|value| !is_valid(value)) {
                let message = format!("`{key}` must be {expected}");
                findings.problem(&at.child(key), message, "fix the value, for example with an overlay");
                entries.shift_remove(key);
            }
        }
        if ["style", "explode", "allowReserved"].iter().any(|key| entries.contains_key(*key)) {
            entries.insert(STYLED.to_owned(), json!(true));
        }
        if entries.get("style").is_none_or(|style| style == "form") {
            entries.entry("explode").or_insert(json!(true));
        }
        true
    });
}

fn is_style(value: &Value) -> bool {
    let known = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];
    value.as_str().is_some_and(|style| known.contains(&style))
}
