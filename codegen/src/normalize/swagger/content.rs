//! Media types: `consumes` and `produces` become the keys of `content`.

use serde_json::Value;

use super::schema::is_file;
use super::site::Site;
use super::speller::Speller;
use crate::base::json_object::JsonObject;

const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

impl Speller<'_> {
    /// Spells the schemas in a `content` of OpenAPI 3.
    pub(super) fn content(&mut self, content: &mut Value, site: &Site) {
        let Value::Object(entries) = content else { return };
        for (media_type, media) in entries.iter_mut() {
            if let Some(schema) = media.get_mut("schema") {
                self.schema(schema, &site.child(media_type).child("schema"));
            }
        }
    }
}

/// Returns the media types of a body. Those of forms are meant for operations with form parameters. Without any, it is
/// JSON, or bytes.
pub(super) fn of_body(consumes: &[String], schema: &Value) -> Vec<String> {
    let (forms, others): (Vec<_>, Vec<_>) = consumes.iter().cloned().partition(|name| is_form(name));
    match (others.is_empty(), forms.is_empty()) {
        (false, _) => others,
        (true, false) => forms,
        (true, true) => vec![default_for(schema)],
    }
}

/// Returns the media types of a form. Only multipart bodies contain files.
pub(super) fn of_form(consumes: &[String], has_file: bool) -> Vec<String> {
    let fits = |name: &&String| is_form(name) && (!has_file || essence(name) == MULTIPART);
    let declared: Vec<_> = consumes.iter().filter(fits).cloned().collect();
    if !declared.is_empty() {
        return declared;
    }
    vec![if has_file { MULTIPART } else { FORM }.to_owned()]
}

/// Returns whether one of the media types is that of a form, for a form with or without files.
pub(super) fn allows_form(consumes: &[String], has_file: bool) -> bool {
    consumes.iter().any(|name| if has_file { essence(name) == MULTIPART } else { is_form(name) })
}

/// Returns the media types of a response with a schema.
///
/// Without any, they are those of its examples, or JSON, or bytes. An error response is usually JSON, although the
/// operation declares the media type of its success only.
pub(super) fn of_response(
    produces: &[String],
    examples: &JsonObject,
    schema: &Value,
    is_error: bool,
) -> Vec<String> {
    let is_media_type = |key: &&String| key.contains('/');
    let named: Vec<String> = if produces.is_empty() {
        examples.keys().filter(is_media_type).cloned().collect()
    } else {
        produces.to_vec()
    };
    let is_opaque = |name: &String| {
        // Streams of JSON values are not a media type of error responses.
        let is_json = ["/json", "+json"].iter().any(|ending| essence(name).ends_with(ending));
        !is_json && !["xml", "yaml", "*"].iter().any(|word| name.contains(word))
    };
    match named.as_slice() {
        [] => vec![default_for(schema)],
        _ if is_error && is_structured(schema) && named.iter().all(is_opaque) => vec![JSON.to_owned()],
        _ => named,
    }
}

fn default_for(schema: &Value) -> String {
    let is_binary = schema.get("format").and_then(Value::as_str) == Some("binary");
    let is_bytes = is_binary || schema.as_object().is_some_and(is_file);
    if is_bytes { BYTES } else { JSON }.to_owned()
}

/// Returns whether a schema describes more than a string.
fn is_structured(schema: &Value) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        Some(name) => matches!(name, "object" | "array"),
        None => ["$ref", "allOf", "properties"].iter().any(|key| schema.get(key).is_some()),
    }
}

fn is_form(media_type: &str) -> bool {
    [FORM, MULTIPART].contains(&essence(media_type).as_str())
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{of_form, of_response};
    use crate::base::json_object::JsonObject;

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_form_with_files_is_a_multipart_body() {
        let both = owned(&["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]);
        assert_eq!(of_form(&both, true), both[1..]);
        assert_eq!(of_form(&both, false), both);
        assert_eq!(of_form(&both[..1], true), ["multipart/form-data"]);
        assert_eq!(of_form(&owned(&["application/json"]), false), both[..1]);
    }

    #[test]
    fn an_error_response_with_an_object_is_json_unless_another_text_format_is_declared() {
        let of = |produces: &[&str], schema: &Value, is_error| {
            of_response(&owned(produces), &JsonObject::new(), schema, is_error)
        };
        let (object, text) = (json!({"type": "object"}), json!({"type": "string"}));
        let opaque = ["application/pdf", "text/csv"];
        for schema in [&object, &json!({"$ref": "#/definitions/A"}), &json!({"properties": {}})] {
            assert_eq!(of(&opaque, schema, true), ["application/json"]);
            assert_eq!(of(&opaque, schema, false), opaque);
        }
        for schema in [&text, &json!({"type": "integer"}), &json!({})] {
            assert_eq!(of(&opaque, schema, true), opaque);
        }
        for name in ["application/xml", "application/problem+json", "application/x-yaml", "*/*"] {
            assert_eq!(of(&["application/pdf", name], &object, true), ["application/pdf", name]);
        }
        assert_eq!(of(&["application/stream+json-seq"], &object, true), ["application/json"]);
    }

    #[test]
    fn without_media_types_those_of_the_examples_count() {
        let examples: JsonObject = [("text/csv", "a,b"), ("first", "c")]
            .into_iter()
            .map(|(key, value)| (key.to_owned(), json!(value)))
            .collect();
        let text = json!({"type": "string"});
        assert_eq!(of_response(&[], &examples, &text, false), ["text/csv"]);
        assert_eq!(of_response(&[], &JsonObject::new(), &text, false), ["application/json"]);
        let file = json!({"type": "file"});
        assert_eq!(of_response(&[], &JsonObject::new(), &file, false), ["application/octet-stream"]);
    }
}
