//! Request bodies: a body parameter, or the form parameters together.

use serde_json::{Map, Value, json};

use super::content;
use super::entries::{strings, text};
use super::parameter::split;
use super::schema::is_file;
use super::site::Site;
use super::speller::Speller;
use crate::base::copies::size_of;
use crate::base::json_object::JsonObject;
use crate::base::pointer::Pointer;

/// A body or form parameter that an operation uses.
#[derive(Clone)]
pub(super) struct BodyParameter {
    pub(super) entries: JsonObject,
    /// The pointer of its use.
    pub(super) used: Pointer,
    /// The pointer of its declaration, which differs if the parameter is shared.
    pub(super) declared: Pointer,
}

impl BodyParameter {
    fn name(&self) -> &str {
        text(&self.entries, "name")
    }

    fn is_required(&self) -> bool {
        self.entries.get("required") == Some(&json!(true))
    }

    pub(super) fn is_body(&self) -> bool {
        text(&self.entries, "in") == "body"
    }

    /// Returns whether a parameter of the operation replaces this one of the path item.
    pub(super) fn is_replaced_by(&self, own: &Self) -> bool {
        self.is_body() == own.is_body() && (self.is_body() || self.name() == own.name())
    }
}

/// The media types of the bodies of an operation.
struct Consumes {
    media_types: Vec<String>,
    /// The pointer of the list.
    declared: Pointer,
    /// Whether the operation declares them itself.
    is_own: bool,
}

impl Speller<'_> {
    /// Spells the body of an operation from its parameters.
    pub(super) fn request_body(
        &mut self,
        operation: &JsonObject,
        at: &Pointer,
        parameters: Vec<BodyParameter>,
    ) -> Option<Value> {
        let consumes = self.consumes(operation, at);
        let (bodies, forms): (Vec<_>, Vec<_>) = parameters.into_iter().partition(BodyParameter::is_body);
        let mut bodies = bodies.into_iter();
        let body = bodies.next();
        let to = at.child("requestBody");
        for extra in bodies {
            let message = format!("the operation has two body parameters; {:?} is ignored", extra.name());
            self.problem(&extra.used, message, "delete one of the two, or merge their schemas");
        }
        let Some(body) = body else {
            return (!forms.is_empty()).then(|| self.form(&consumes, &to, forms));
        };
        for extra in forms {
            let message =
                format!("an operation with a body has no form parameters; {:?} is ignored", extra.name());
            self.problem(&extra.used, message, "delete it, or make the body a form parameter");
        }
        Some(self.body(&consumes, &to, body))
    }

    fn consumes(&self, operation: &JsonObject, at: &Pointer) -> Consumes {
        let own = strings(operation, "consumes");
        let is_own = own.is_some();
        let holder = if is_own { at.clone() } else { Pointer::root() };
        let media_types = own.unwrap_or_else(|| self.shared.consumes.clone());
        Consumes { media_types, declared: holder.child("consumes"), is_own }
    }

    fn body(&mut self, consumes: &Consumes, to: &Pointer, body: BodyParameter) -> Value {
        let required = body.is_required();
        let (mut spelled, value) = split(body.entries);
        let (mut schema, from) = if let Some(schema) = spelled.shift_remove("schema") {
            (schema, body.declared.child("schema"))
        } else {
            let message = "the body parameter has no `schema`";
            self.problem(&body.declared, message, "move the keys of its value to `schema`");
            (Value::Object(value), body.declared.clone())
        };
        let media_types = content::of_body(&consumes.media_types, &schema);
        let first = media_types.first().map(String::as_str).unwrap_or_default();
        let content_to = to.child("content");
        self.schema(&mut schema, &Site { from: from.clone(), to: content_to.child(first).child("schema") });
        self.written.moved(to, &body.used);
        self.written.made(&content_to, &body.used);
        let mut content = Map::new();
        let size = size_of(&schema);
        for media_type in media_types {
            if !self.findings.can_copy(&from, size + media_type.len()) {
                break;
            }
            let media_to = content_to.child(media_type.as_str());
            if let Some(index) = consumes.media_types.iter().position(|declared| *declared == media_type) {
                self.written.made(&media_to, &consumes.declared.index(index));
            }
            self.written.moved(&media_to.child("schema"), &from);
            content.insert(media_type, json!({"schema": schema}));
        }
        for key in ["name", "in", "required", "allowEmptyValue", "example", "deprecated"] {
            spelled.shift_remove(key);
        }
        spelled.insert("required".to_owned(), json!(required));
        spelled.insert("content".to_owned(), Value::Object(content));
        Value::Object(spelled)
    }

    /// Spells form parameters as the properties of an object.
    fn form(&mut self, consumes: &Consumes, to: &Pointer, forms: Vec<BodyParameter>) -> Value {
        let has_file = forms.iter().any(|form| is_file_or_files(&form.entries));
        let declared = &consumes.media_types;
        if consumes.is_own && !declared.is_empty() && !content::allows_form(declared, has_file) {
            let (needed, what) = if has_file {
                ("`multipart/form-data`", "files")
            } else {
                ("`application/x-www-form-urlencoded` or `multipart/form-data`", "form parameters")
            };
            let message =
                format!("the operation has {what}, but none of the media types in `consumes` is {needed}");
            self.problem(&consumes.declared, message, format!("add {needed}"));
        }
        let media_types = content::of_form(declared, has_file);
        if let Some(first) = forms.first() {
            self.written.made(to, &first.used);
        }
        let required: Vec<String> =
            forms.iter().filter(|form| form.is_required()).map(|form| form.name().to_owned()).collect();
        let (mut properties, mut encodings) = (Map::new(), Map::new());
        for form in forms {
            let name = form.name().to_owned();
            for media_type in &media_types {
                let property =
                    to.child("content").child(media_type.as_str()).child("schema").child("properties");
                self.written.moved(&property.child(name.as_str()), &form.declared);
            }
            let (property, encoding) = self.form_property(form);
            properties.insert(name.clone(), Value::Object(property));
            if !encoding.is_empty() {
                encodings.insert(name, Value::Object(encoding));
            }
        }
        let is_required = !required.is_empty();
        let mut schema = json!({"type": "object", "properties": properties});
        if is_required {
            schema["required"] = json!(required);
        }
        let mut media = json!({"schema": schema});
        if !encodings.is_empty() {
            media["encoding"] = Value::Object(encodings);
        }
        let content: Map<String, Value> =
            media_types.into_iter().map(|media_type| (media_type, media.clone())).collect();
        json!({"required": is_required, "content": content})
    }

    /// Returns the property of a form parameter, and its encoding.
    fn form_property(&mut self, form: BodyParameter) -> (JsonObject, JsonObject) {
        let declared = form.declared;
        let (mut own, mut property) = split(form.entries);
        let mut encoding = JsonObject::new();
        if let Some(schema) = own.shift_remove("schema") {
            let message = "a form parameter has no `schema` in Swagger 2.0; it is read as in OpenAPI 3";
            let help = "write the keys of the schema in the parameter itself";
            self.findings.warning(&declared.child("schema"), message, help);
            let mut schema = schema;
            self.schema(&mut schema, &Site::same(declared.child("schema")));
            if let Value::Object(schema) = schema {
                property = schema;
            }
        } else {
            encoding = self.value(&mut property, "formData", &declared);
            // Arrays repeat their names unless something else is declared.
            if encoding.get("explode") == Some(&json!(true)) && encoding.len() == 2 {
                encoding.clear();
            }
        }
        for key in ["name", "in", "required", "allowEmptyValue"] {
            own.shift_remove(key);
        }
        property.extend(own);
        (property, encoding)
    }
}

fn is_file_or_files(parameter: &JsonObject) -> bool {
    is_file(parameter) || parameter.get("items").and_then(Value::as_object).is_some_and(is_file)
}
