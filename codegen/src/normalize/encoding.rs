//! The encodings of a form's or multipart body's fields.

use serde_json::{Map, Value, json};

use crate::base::diagnostic::Findings;
use crate::base::path::Path;
use crate::grammar::value::what;

type Fits = fn(&Value) -> bool;

/// Keys of an Encoding Object that the typed document reads, and what they hold.
const KEYS: [(&str, Fits, &str); 5] = [
    ("contentType", Value::is_string, "a text"),
    ("style", is_style, "form, spaceDelimited, pipeDelimited or deepObject"),
    ("explode", Value::is_boolean, "true or false"),
    ("allowReserved", Value::is_boolean, "true or false"),
    ("headers", Value::is_object, "a mapping"),
];

/// Checks each encoding, and writes out the default of `explode`, which the typed document can't tell from
/// `false`.
pub(super) fn rewrite_media_type(findings: &mut Findings, at: &Path<'_>, media: &mut Map<String, Value>) {
    let Some(encodings) = media.get_mut("encoding") else { return };
    let at = Path::Key(at, "encoding");
    let Value::Object(encodings) = encodings else {
        let message = format!("`encoding` must be a mapping, not {}", what(encodings));
        findings.mistake(&at.to_pointer(), message, "map names of fields to encodings");
        media.shift_remove("encoding");
        return;
    };
    encodings.retain(|name, encoding| {
        let at = Path::Key(&at, name);
        let Value::Object(entries) = encoding else {
            let message = format!("an Encoding Object must be a mapping, not {}", what(encoding));
            findings.mistake(&at.to_pointer(), message, "say how the field is written");
            return false;
        };
        for (key, fits, expected) in KEYS {
            if entries.get(key).is_some_and(|value| !fits(value)) {
                let message = format!("`{key}` must be {expected}");
                findings.mistake(&at.child(key), message, "mend the value; an overlay can do it");
                entries.shift_remove(key);
            }
        }
        // Nothing is made of the headers of a part.
        entries.shift_remove("headers");
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
