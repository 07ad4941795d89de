//! Parameters and headers: the keys of their values become a schema.

use serde_json::{Value, json};

use super::entries::text;
use super::schema::{is_file, make_binary};
use super::shared::PARAMETERS;
use super::site::Site;
use super::speller::Speller;
use crate::base::json_object::JsonObject;
use crate::base::pointer::Pointer;
use crate::grammar::paths::TEMPLATE_KEYS;

/// The keys that describe the value of a parameter or header.
const KEYS_OF_VALUE: [&str; 19] = [
    "type",
    "format",
    "items",
    "collectionFormat",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "nullable",
    "title",
];

/// Extensions that describe the value of a parameter or header, and not the parameter itself.
const EXTENSIONS_OF_VALUE: [&str; 4] = ["x-enum", "x-nullable", "x-read-as", "x-rust-type"];

impl Speller<'_> {
    /// Spells the reusable parameters. Those of bodies are left out: they are spelled where they are used.
    pub(super) fn shared_parameters(&mut self, value: Value, site: &Site) -> Value {
        self.written.moved(&site.to, &site.from);
        let Value::Object(entries) = value else { return value };
        let mut spelled = JsonObject::new();
        for (key, value) in entries {
            let site = site.child(&key);
            let (resolved, _) = self.shared.resolved(&value, &site.from);
            if !is_of_body(&resolved) {
                spelled.insert(key, self.parameter(value, &site));
            }
        }
        Value::Object(spelled)
    }

    /// Spells a parameter that is not part of a body.
    pub(super) fn parameter(&mut self, value: Value, site: &Site) -> Value {
        let Value::Object(mut entries) = value else { return value };
        if entries.contains_key("$ref") {
            self.shared.rewrite_reference(PARAMETERS, &mut entries);
            return Value::Object(entries);
        }
        let location = text(&entries, "in").to_owned();
        let (mut parameter, mut value) = split(entries);
        if let Some(Value::Object(keys)) = parameter.shift_remove(TEMPLATE_KEYS) {
            parameter.extend(keys);
        }
        if let Some(content) = parameter.get_mut("content") {
            self.content(content, &site.child("content"));
        } else if let Some(schema) = parameter.get_mut("schema") {
            let message = format!(
                "a parameter in {location:?} has no `schema` in Swagger 2.0; it is read as in OpenAPI 3"
            );
            let help = "write the keys of the schema in the parameter itself";
            self.findings.warning(&site.from.child("schema"), message, help);
            self.schema(schema, &site.child("schema"));
        } else {
            let keys = self.value(&mut value, &location, &site.from);
            for (key, value) in keys {
                parameter.entry(key).or_insert(value);
            }
            self.written.moved(&site.to.child("schema"), &site.from);
            parameter.insert("schema".to_owned(), Value::Object(value));
        }
        Value::Object(parameter)
    }

    /// Spells a response header.
    pub(super) fn header(&mut self, value: &mut Value, site: &Site) {
        let Value::Object(entries) = value else { return };
        let (mut header, mut value) = split(std::mem::take(entries));
        if let Some(schema) = header.get_mut("schema") {
            self.schema(schema, &site.child("schema"));
        } else {
            self.typed_value("header", &value, &site.from);
            self.files(&mut value, "header", &site.from);
            self.collection(&mut value, "header", &site.from);
            self.written.moved(&site.to.child("schema"), &site.from);
            header.insert("schema".to_owned(), Value::Object(value));
        }
        *entries = header;
    }

    /// Spells the keys of a value as a schema. Returns the keys that serialize it.
    pub(super) fn value(&mut self, value: &mut JsonObject, location: &str, at: &Pointer) -> JsonObject {
        self.typed_value("parameter", value, at);
        self.files(value, location, at);
        self.collection(value, location, at)
    }

    /// Reports a value without a type.
    fn typed_value(&mut self, what: &str, value: &JsonObject, at: &Pointer) {
        if !value.contains_key("type") && !value.contains_key("enum") {
            self.problem(at, format!("the {what} has no `type`"), "add the `type` of its value");
        }
    }

    /// Spells files, which only form parameters can be.
    fn files(&mut self, value: &mut JsonObject, location: &str, at: &Pointer) {
        if is_file(value) {
            if location != "formData" {
                let message = "`type: file` is allowed only for form parameters and responses";
                let help = "write `in: formData`, or another type; it is interpreted as a string";
                self.problem(&at.child("type"), message, help);
            }
            make_binary(value);
        }
        if let Some(Value::Object(items)) = value.get_mut("items") {
            self.files(items, location, &at.child("items"));
        }
    }
}

/// Returns the keys of a parameter or header, and the keys of its value.
pub(super) fn split(entries: JsonObject) -> (JsonObject, JsonObject) {
    let is_of_value = |key: &str| {
        KEYS_OF_VALUE.contains(&key) || EXTENSIONS_OF_VALUE.iter().any(|extension| key.starts_with(extension))
    };
    let (value, mut own): (JsonObject, JsonObject) =
        entries.into_iter().partition(|(key, _)| is_of_value(key));
    // Only OpenAPI 3 has several examples of a parameter, in another form.
    own.shift_remove("examples");
    (own, value)
}

/// Returns whether a parameter is the body of a request, or a part of it.
pub(super) fn is_of_body(parameter: &Value) -> bool {
    parameter.get("in").is_some_and(|location| *location == json!("body") || *location == json!("formData"))
}
