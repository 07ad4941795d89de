//! Checks the tree against the grammar and rewrites it, children first.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::coerce::{
    any_content, assume_content, assumption, coerced, make_integer, object_meant, unknown_response,
};
use super::normalized_extensions::{ADDITIONAL_OPERATIONS, ITEMS, QUERY, WEBHOOKS};
use super::null_components::null_components;
use super::{encoding, link, parameter, schema};
use crate::base::diagnostic::Findings;
use crate::base::digits;
use crate::base::node_path::NodePath;
use crate::base::pointer::Pointer;
use crate::grammar::json_type::json_type;
use crate::grammar::object_kind::ObjectKind;
use crate::grammar::paths::{ADDITIONAL, METHODS};
use crate::grammar::value_kind::ValueKind;

/// Rewrites the tree in place.
///
/// A value that is missing or has the wrong type is reported and replaced by an empty one, so that later stages can
/// find more problems.
pub(crate) fn normalize(tree: &mut Value, findings: &mut Findings) {
    let version = tree.get("openapi").and_then(Value::as_str);
    let has_any_keyword = version.is_some_and(|version| !is_version(version, "3.0"));
    let mut normalizer = Normalizer { findings, has_any_keyword, nulls: null_components(tree) };
    if normalizer.check_version(tree) {
        normalizer.node(ObjectKind::Root, &NodePath::Root, tree);
    }
}

/// Checks a tree of Swagger 2.0 against the grammar, before it is spelled as OpenAPI 3.0. Replaces invalid values, and
/// removes unknown keys.
pub(super) fn check_swagger(tree: &mut Value, findings: &mut Findings) {
    let mut normalizer = Normalizer { findings, has_any_keyword: false, nulls: HashSet::new() };
    normalizer.node(ObjectKind::Swagger, &NodePath::Root, tree);
}

struct Normalizer<'f> {
    findings: &'f mut Findings,
    /// Whether schemas may have keywords of their own without `x-`, as in JSON Schema.
    has_any_keyword: bool,
    /// The references to components whose only value is null.
    nulls: HashSet<String>,
}

impl Normalizer<'_> {
    fn check_version(&mut self, tree: &Value) -> bool {
        const HELP: &str =
            "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are supported; convert older documents first";
        let root = Pointer::root();
        if let Some(version) = tree.get("swagger").filter(|_| tree.get("openapi").is_none()) {
            let message = format!("Swagger version {version} is not supported");
            self.findings.error(&root.child("swagger"), message, HELP);
            return false;
        }
        match tree.get("openapi") {
            Some(Value::String(version))
                if ["3.0", "3.1", "3.2"].iter().any(|known| is_version(version, known)) =>
            {
                true
            }
            Some(version) if !version.is_string() => {
                let message = format!("the version must be a string, not {}", json_type(version));
                self.findings.error(&root.child("openapi"), message, "put it in quotes: `openapi: '3.1.0'`");
                false
            }
            Some(version) => {
                let message = format!("OpenAPI version {version} is not supported");
                self.findings.error(&root.child("openapi"), message, HELP);
                false
            }
            None => {
                let message = "this is not an OpenAPI document: the key `openapi` is missing";
                self.findings.error(&root, message, "begin it with `openapi: 3.1.0`");
                false
            }
        }
    }

    /// Checks an object against the grammar and rewrites it, children first. An object that can't be used is replaced
    /// by null, and its parent leaves it out.
    fn node(&mut self, kind: ObjectKind, at: &NodePath<'_>, value: &mut Value) {
        if kind.is_schema()
            && let Some(spelled) = schema::spelled_boolean(value)
        {
            *value = spelled;
            return;
        }
        if !value.is_object() {
            let (what, found, assumption) = (kind.with_article(), json_type(value), assumption(kind));
            let message = format!("{what} must be an object, not {found}{assumption}");
            self.findings.problem(&at.to_pointer(), message, "write it as an object");
            *value = object_meant(kind, value);
        }
        let Value::Object(entries) = value else { return };
        self.reference(at, entries);
        if !kind.is_schema() && kind.may_be_reference() && entries.contains_key("$ref") {
            // Its summary and description, since OpenAPI 3.1, are not used.
            entries.retain(|key, _| key == "$ref");
            return;
        }
        if kind.is_schema() {
            schema::open_item_list(self.findings, at, entries);
        }
        let (found, fields) = (self.findings.len(), kind.fixed_fields());
        for (key, child) in entries.iter_mut() {
            let path = NodePath::Key(at, key);
            match fields.iter().find(|(name, _)| name == key) {
                Some((_, value_kind)) => {
                    if kind.newer_keys().contains(&key.as_str()) {
                        self.newer_key(kind, &path, key);
                    }
                    self.child(*value_kind, &path, child);
                }
                None if key.starts_with("x-") && kind.may_be_extended() => {}
                None => match kind.patterned_field() {
                    Some(value_kind) => self.entry(value_kind, &path, child),
                    None => self.unknown_key(kind, &path, key),
                },
            }
        }
        assume_content(kind, entries);
        entries.retain(|key, value| !value.is_null() || may_be_null(kind, key));
        if kind.is_swagger() {
            // Unknown keys are ignored, although some have a meaning in OpenAPI 3.
            let is_field = |key: &str| fields.iter().any(|(name, _)| *name == key);
            let is_known = |key: &str| kind.patterned_field().is_some() || is_field(key);
            entries.retain(|key, value| {
                key.starts_with("x-") || is_known(key) && (is_field(key) || !value.is_null())
            });
        }
        let is_usable = self.require(kind, at, entries) && self.rewrite(kind, at, entries);
        // An extension with problems may belong to another tool.
        if !is_usable || (kind.is_extension() && self.findings.len() > found) {
            *value = Value::Null;
        }
    }

    /// Removes a `$ref` that is not a string.
    fn reference(&mut self, at: &NodePath<'_>, entries: &mut Map<String, Value>) {
        if entries.get("$ref").is_some_and(|reference| !reference.is_string()) {
            let message = "`$ref` must be a string";
            self.findings.problem(&at.child("$ref"), message, "write `$ref: '#/components/…'`");
            entries.shift_remove("$ref");
        }
    }

    /// Warns of a key of OpenAPI 3 in a document of Swagger 2.0.
    fn newer_key(&mut self, kind: ObjectKind, at: &NodePath<'_>, key: &str) {
        let what = kind.with_article();
        let message = format!("{what} of Swagger 2.0 has no `{key}`; it is read as in OpenAPI 3");
        let help = "delete it, or convert the document to OpenAPI 3";
        self.findings.warning(&at.to_pointer(), message, help);
    }

    fn unknown_key(&mut self, kind: ObjectKind, at: &NodePath<'_>, key: &str) {
        let known = kind.fixed_fields().iter().map(|(name, _)| *name);
        if kind.is_extension() {
            let message = format!("unknown key `{key}` in {}", kind.with_article());
            let help = format!("known keys: {}", known.collect::<Vec<_>>().join(", "));
            self.findings.problem(&at.to_pointer(), message, help);
            return;
        }
        let help = match self.findings.nearest(key, known) {
            Some(name) => format!("did you mean `{name}`? Extensions begin with `x-`"),
            None if kind.is_schema() && self.has_any_keyword => return,
            None => "delete it, or prefix it with `x-` if it is an extension".to_owned(),
        };
        let message = format!("unknown key `{key}` in {}; it is ignored", kind.with_article());
        self.findings.warning(&at.to_pointer(), message, help);
    }

    /// Checks the value under a fixed key. A value without a clear meaning is replaced by null.
    fn child(&mut self, value_kind: ValueKind, at: &NodePath<'_>, value: &mut Value) {
        if value.is_null() && !matches!(value_kind, ValueKind::Any) {
            let message = format!("{at} must be {}, not null", value_kind.with_article());
            self.findings.problem(&at.to_pointer(), message, "delete the key, or give it a value");
            return;
        }
        make_integer(value_kind, value);
        let is_valid = match value_kind {
            ValueKind::Any => true,
            ValueKind::String => digits::is_string(value),
            ValueKind::Boolean => value.is_boolean(),
            ValueKind::Number => digits::is_number(value),
            ValueKind::Count => value.is_u64(),
            ValueKind::SmallCount => value.as_u64().is_some_and(|count| u32::try_from(count).is_ok()),
            ValueKind::Strings => value.as_array().is_some_and(|items| items.iter().all(digits::is_string)),
            ValueKind::Array => value.is_array(),
            ValueKind::Object(kind) => {
                self.node(kind, at, value);
                true
            }
            ValueKind::ObjectOrObjects(kind) if value.is_object() => {
                self.node(kind, at, value);
                true
            }
            ValueKind::Objects(kind) | ValueKind::ObjectOrObjects(kind) => self.array(kind, at, value),
            ValueKind::Map(kind) => self.map(kind, at, value),
        };
        if !is_valid {
            let found =
                if digits::is_number(value) { digits::json(value) } else { json_type(value).to_owned() };
            let message = format!("{at} must be {}, not {found}", value_kind.with_article());
            self.findings.problem(&at.to_pointer(), message, "fix the value, for example with an overlay");
            *value = coerced(value_kind, value).unwrap_or_default();
            if let ValueKind::Objects(kind) = value_kind {
                self.array(kind, at, value);
            }
        }
    }

    /// Checks the value under an arbitrary key. The key stays if it has a meaning without its value.
    fn entry(&mut self, value_kind: ValueKind, at: &NodePath<'_>, value: &mut Value) {
        match value_kind {
            ValueKind::Object(kind) => self.node(kind, at, value),
            value_kind => {
                self.child(value_kind, at, value);
                if value.is_null() {
                    *value = value_kind.empty_value();
                }
            }
        }
    }

    fn array(&mut self, kind: ObjectKind, at: &NodePath<'_>, value: &mut Value) -> bool {
        let Value::Array(items) = value else { return false };
        let declared = items.len();
        for (index, item) in items.iter_mut().enumerate() {
            self.node(kind, &NodePath::Index(at, index), item);
        }
        let former: Vec<_> = (0..declared).filter(|index| !items[*index].is_null()).collect();
        if former.len() < declared {
            self.findings.keep_items(at.to_pointer(), former);
        }
        items.retain(|item| !item.is_null());
        // Without requirements, an operation would need no credentials.
        if kind == ObjectKind::SecurityRequirement && items.is_empty() && declared > 0 {
            *value = Value::Null;
        }
        true
    }

    fn map(&mut self, kind: ObjectKind, at: &NodePath<'_>, value: &mut Value) -> bool {
        let Value::Object(entries) = value else { return false };
        for (key, item) in entries.iter_mut() {
            self.node(kind, &NodePath::Key(at, key), item);
        }
        entries.retain(|_, item| !item.is_null());
        true
    }

    /// Reports required keys that are missing, and adds them without a value. Returns `false` if the object has no
    /// meaning without one of them.
    fn require(&mut self, kind: ObjectKind, at: &NodePath<'_>, entries: &mut Map<String, Value>) -> bool {
        let mut is_usable = true;
        for key in kind.required_keys() {
            if entries.contains_key(*key) {
                continue;
            }
            // A value that was left out was reported.
            if !self.findings.any_below(&at.child(key)) {
                let message = format!("{} has no `{key}`", kind.with_article());
                self.findings.problem(&at.to_pointer(), message, format!("add `{key}`"));
            }
            is_usable &= kind.may_lack_keys();
            let empty = kind.value_kind(key).map(ValueKind::empty_value);
            entries.insert((*key).to_owned(), empty.unwrap_or_default());
        }
        is_usable
    }

    /// Rewrites an object as OpenAPI 3.0. Returns `false` if it can't be used.
    fn rewrite(&mut self, kind: ObjectKind, at: &NodePath<'_>, entries: &mut Map<String, Value>) -> bool {
        if kind == ObjectKind::Response && has_entries(entries, "links") {
            let reason = "a client doesn't follow links; the operations that they name can be called";
            self.findings.skip(&at.child("links"), reason);
        }
        for key in kind.unused_keys() {
            entries.shift_remove(*key);
        }
        match kind {
            ObjectKind::Root => Self::rewrite_root(entries),
            ObjectKind::Link => return link::check_link(self.findings, at, entries),
            ObjectKind::Callback => entries.retain(|key, _| !key.starts_with("x-")),
            // An extension, or a scope with such a name.
            ObjectKind::Scopes => entries.retain(|key, docs| !key.starts_with("x-") || docs.is_string()),
            ObjectKind::Operation => {
                entries.entry("responses").or_insert_with(|| json!({}));
            }
            ObjectKind::PathItem => self.rewrite_path_item(at, entries),
            ObjectKind::Server => {
                // Names of servers are new in 3.2.
                if let Some(name) = entries.shift_remove("name") {
                    entries.insert("x-name".to_owned(), name);
                }
            }
            ObjectKind::Responses | ObjectKind::SwaggerResponses => self.rewrite_responses(at, entries),
            ObjectKind::RequestBody => self.rewrite_request_body(at, entries),
            ObjectKind::Response => {
                // New in 3.2.
                let summary = entries.shift_remove("summary").unwrap_or_else(|| json!(""));
                if entries.get("description").and_then(Value::as_str).is_none_or(str::is_empty) {
                    entries.insert("description".to_owned(), summary);
                }
            }
            ObjectKind::Parameter => return parameter::rewrite_parameter(self.findings, at, entries),
            ObjectKind::Header => parameter::rewrite_header(self.findings, at, entries),
            ObjectKind::SecurityScheme => {
                return parameter::rewrite_security_scheme(self.findings, at, entries);
            }
            ObjectKind::OAuthFlows => parameter::rewrite_flows(self.findings, at, entries),
            ObjectKind::MediaType => {
                // A sequence must be treated as an array of its items (OpenAPI 3.2, Sequential Media Types).
                if let Some(item) = entries.shift_remove("itemSchema") {
                    entries.insert("schema".to_owned(), json!({"type": "array", "items": item}));
                    entries.insert(ITEMS.to_owned(), json!(true));
                }
                encoding::rewrite_media_type(self.findings, at, entries);
            }
            ObjectKind::Encoding => encoding::rewrite_encoding(self.findings, at, entries),
            ObjectKind::Schema => schema::rewrite_schema(self.findings, at, entries, &self.nulls),
            ObjectKind::Discriminator => schema::rewrite_discriminator(self.findings, at, entries),
            _ => {}
        }
        true
    }

    fn rewrite_root(entries: &mut Map<String, Value>) {
        entries.insert("openapi".to_owned(), json!("3.0.3"));
        entries.entry("paths").or_insert_with(|| json!({}));
        if let Some(Value::Object(info)) = entries.get_mut("info") {
            for key in ObjectKind::Info.required_keys() {
                info.entry(*key).or_insert_with(|| json!(""));
            }
        }
        if let Some(webhooks) = entries.shift_remove("webhooks") {
            entries.insert(WEBHOOKS.to_owned(), webhooks);
        }
    }

    /// Removes responses with an invalid status code. If no success is left, one with any content is assumed.
    fn rewrite_responses(&mut self, at: &NodePath<'_>, entries: &mut Map<String, Value>) {
        let declared = entries.len();
        entries.retain(|key, _| {
            let known = key == "default" || key.starts_with("x-") || is_status(key);
            if !known {
                let message = format!("invalid status code {key:?}");
                let help = "use a status code such as `200`, a range such as `4XX`, or `default`";
                self.findings.problem(&at.child(key), message, help);
            }
            known
        });
        let is_value = |key: &String| key == "default" || key.starts_with(['2', '3']);
        if entries.len() < declared && !entries.keys().any(is_value) {
            entries.insert("default".to_owned(), unknown_response());
        }
    }

    /// Adds any content to a request body that declares no media type: without one, it could not be sent.
    fn rewrite_request_body(&mut self, at: &NodePath<'_>, entries: &mut Map<String, Value>) {
        if has_entries(entries, "content") {
            return;
        }
        if !self.findings.any_below(&at.to_pointer()) {
            let message = "the request body declares no media type; any JSON content is assumed";
            self.findings.warning(&at.child("content"), message, "add its media type");
        }
        entries.insert("content".to_owned(), any_content());
    }

    fn rewrite_path_item(&mut self, at: &NodePath<'_>, entries: &mut Map<String, Value>) {
        if let Some(Value::Object(mut others)) = entries.shift_remove(ADDITIONAL) {
            let at = NodePath::Key(at, ADDITIONAL);
            others.retain(|method, _| self.check_method(&at, method));
            entries.insert(ADDITIONAL_OPERATIONS.to_owned(), Value::Object(others));
        }
        if let Some(query) = entries.shift_remove("query") {
            entries.insert(QUERY.to_owned(), query);
        }
    }

    /// Returns whether a key of `additionalOperations` is a method that has no key of its own.
    fn check_method(&mut self, at: &NodePath<'_>, method: &str) -> bool {
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if method.is_empty() || !method.bytes().all(is_token) {
            let message = format!("{method:?} is not an HTTP method");
            self.findings.problem(
                &at.child(method),
                message,
                "write the method as it is sent, such as `COPY`",
            );
            return false;
        }
        let Some(key) = METHODS.iter().find(|key| key.to_uppercase() == method) else { return true };
        let message = format!("`{ADDITIONAL}` can't have the method {method}");
        self.findings.problem(&at.child(method), message, format!("move the operation to the key `{key}`"));
        false
    }
}

/// Returns whether an object has a key with an object that isn't empty.
fn has_entries(entries: &Map<String, Value>, key: &str) -> bool {
    entries.get(key).and_then(Value::as_object).is_some_and(|all| !all.is_empty())
}

/// Returns whether a key is a status code of three digits, or a range of status codes.
fn is_status(key: &str) -> bool {
    let digits = key.strip_suffix(['X', 'x']).and_then(|key| key.strip_suffix(['X', 'x'])).unwrap_or(key);
    let is_range = digits.len() == 1;
    let begins = digits.starts_with(|c: char| matches!(c, '1'..='5') || !is_range && matches!(c, '6'..='9'));
    begins && key.len() == 3 && digits.len() != 2 && digits.chars().all(|c| c.is_ascii_digit())
}

/// Returns whether null is a valid value of a key.
fn may_be_null(kind: ObjectKind, key: &str) -> bool {
    kind.value_kind(key).is_none_or(|value_kind| matches!(value_kind, ValueKind::Any))
}

fn is_version(version: &str, known: &str) -> bool {
    version.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::is_status;

    #[test]
    fn a_status_code_has_three_digits_or_is_a_range() {
        for status in ["100", "200", "599", "600", "999", "1XX", "4XX", "5xx"] {
            assert!(is_status(status), "{status}");
        }
        for other in ["", "20", "099", "1000", "2X", "20X", "0XX", "6XX", "XXX", "2XXX", "abc", "2-0"] {
            assert!(!is_status(other), "{other}");
        }
    }
}
