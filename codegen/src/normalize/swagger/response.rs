//! Responses: schemas, examples and headers.

use serde_json::{Map, Value, json};

use super::content;
use super::schema::{is_file, make_binary};
use super::shared::{RESPONSES, is_error};
use super::site::Site;
use super::speller::Speller;
use crate::base::copies::size_of;
use crate::base::json_object::JsonObject;
use crate::grammar::json_type::json_type;

impl Speller<'_> {
    /// Spells a reusable response, with the media types of the document.
    pub(super) fn shared_response(&mut self, value: Value, site: &Site) -> Value {
        let is_error = site.from.last().is_none_or(|key| !self.shared.successes.contains(key));
        let produces = self.shared.produces.clone();
        self.response(value, site, &produces, is_error)
    }

    /// Spells the responses of an operation with these media types.
    pub(super) fn responses(&mut self, value: Value, site: &Site, produces: &[String]) -> Value {
        let Value::Object(entries) = value else { return value };
        let errors: Vec<bool> = entries.keys().map(|status| is_error(status, &entries)).collect();
        let spelled = entries.into_iter().zip(errors).map(|((status, response), is_error)| {
            let site = site.child(&status);
            let spelled = if status.starts_with("x-") {
                response
            } else if response.get("$ref").is_some() {
                self.referenced(response, &site, produces, is_error)
            } else {
                self.response(response, &site, produces, is_error)
            };
            (status, spelled)
        });
        Value::Object(spelled.collect())
    }

    /// Spells a reference to a reusable response. If the operation has other media types, it gets a copy.
    fn referenced(&mut self, reference: Value, site: &Site, produces: &[String], is_error: bool) -> Value {
        let (declared, from) = self.shared.resolved(&reference, &site.from);
        let is_error_elsewhere = from.last().is_none_or(|key| !self.shared.successes.contains(key));
        let media_types = |produces: &[String], is_error: bool| {
            let schema = declared.get("schema")?;
            Some(content::of_response(produces, &examples(&declared), schema, is_error))
        };
        if media_types(produces, is_error) == media_types(&self.shared.produces, is_error_elsewhere) {
            return self.response(reference, site, produces, is_error);
        }
        self.written.moved(&site.to, &from);
        self.response(declared, &Site { from, to: site.to.clone() }, produces, is_error)
    }

    fn response(&mut self, value: Value, site: &Site, produces: &[String], is_error: bool) -> Value {
        let Value::Object(mut response) = value else { return value };
        if response.contains_key("$ref") {
            self.shared.rewrite_reference(RESPONSES, &mut response);
            return Value::Object(response);
        }
        if let Some(Value::Object(headers)) = response.get_mut("headers") {
            let site = site.child("headers");
            for (name, header) in headers.iter_mut() {
                self.header(header, &site.child(name));
            }
        }
        if let Some(content) = response.get_mut("content") {
            self.content(content, &site.child("content"));
        }
        let declared = response.shift_remove("examples");
        let schema = response.shift_remove("schema");
        let examples = self.examples(declared, site);
        let schema =
            schema.or_else(|| self.schema_of_examples(&examples, response.contains_key("content"), site));
        if let Some(schema) = schema {
            let media_types = content::of_response(produces, &examples, &schema, is_error);
            let content = self.response_content(media_types, schema, examples, site);
            response.insert("content".to_owned(), Value::Object(content));
        }
        Value::Object(response)
    }

    fn response_content(
        &mut self,
        media_types: Vec<String>,
        mut schema: Value,
        mut examples: JsonObject,
        site: &Site,
    ) -> JsonObject {
        let to = site.to.child("content");
        let from = site.from.child("schema");
        let first = media_types.first().map(String::as_str).unwrap_or_default();
        if let Value::Object(entries) = &mut schema
            && is_file(entries)
        {
            make_binary(entries);
        }
        self.schema(&mut schema, &Site { from: from.clone(), to: to.child(first).child("schema") });
        self.written.made(&to, &site.from);
        let mut content = Map::new();
        let size = size_of(&schema);
        for media_type in media_types {
            if !self.findings.can_copy(&site.from, size + media_type.len()) {
                break;
            }
            let to = to.child(media_type.as_str());
            self.written.moved(&to.child("schema"), &from);
            let mut media = json!({"schema": schema});
            if let Some(example) = examples.shift_remove(&media_type) {
                let from = site.from.child("examples").child(media_type.as_str());
                self.written.moved(&to.child("example"), &from);
                media["example"] = example;
            }
            content.insert(media_type, media);
        }
        content
    }

    fn examples(&mut self, declared: Option<Value>, site: &Site) -> JsonObject {
        match declared {
            None => JsonObject::new(),
            Some(Value::Object(examples)) => examples,
            Some(other) => {
                let message = format!("`examples` must be an object, not {}", json_type(&other));
                self.problem(&site.from.child("examples"), message, "map media types to examples");
                JsonObject::new()
            }
        }
    }

    /// Returns the schema of a response that has examples only: any value.
    fn schema_of_examples(&mut self, examples: &JsonObject, has_content: bool, site: &Site) -> Option<Value> {
        if examples.is_empty() || has_content {
            return None;
        }
        let message = "the response has examples, but no `schema`; its content is any value";
        self.findings.warning(
            &site.from.child("examples"),
            message,
            "add a `schema`, or delete the examples",
        );
        Some(json!({}))
    }
}

fn examples(response: &Value) -> JsonObject {
    response.get("examples").and_then(Value::as_object).cloned().unwrap_or_default()
}
