//! The walk over the raw tree: each object is checked against the grammar, its children first, and spelled anew.

use serde_json::{Map, Value, json};

use super::coerce::coerced;
use super::later::{QUERY, WEBHOOKS};
use super::{encoding, parameter, schema};
use crate::base::diagnostic::Findings;
use crate::base::path::Path;
use crate::base::pointer::Pointer;
use crate::grammar::kind::Kind;
use crate::grammar::shape::{Fields, Shape};
use crate::grammar::value::what;

/// Rewrites the tree in place.
///
/// A value that is missing or of a wrong kind is reported and replaced by an empty one, so that later stages
/// can look for more.
pub(crate) fn normalize(tree: &mut Value, findings: &mut Findings) {
    let mut normalizer = Normalizer { findings };
    if normalizer.check_version(tree) {
        normalizer.node(Kind::Root, &Path::Root, tree);
    }
}

struct Normalizer<'f> {
    findings: &'f mut Findings,
}

impl Normalizer<'_> {
    fn check_version(&mut self, tree: &Value) -> bool {
        const HELP: &str = "this generator reads OpenAPI 3.0, 3.1 and 3.2; convert older documents first";
        let root = Pointer::root();
        if tree.get("swagger").is_some() {
            self.findings.error(&root.child("swagger"), "this is a Swagger 2.0 document", HELP);
            return false;
        }
        match tree.get("openapi") {
            Some(Value::String(version))
                if ["3.0", "3.1", "3.2"].iter().any(|known| is_version(version, known)) =>
            {
                true
            }
            Some(version) if !version.is_string() => {
                let message = format!("the version must be a text, not {}", what(version));
                self.findings.error(&root.child("openapi"), message, "put it in quotes: `openapi: '3.1.0'`");
                false
            }
            Some(version) => {
                let message = format!("OpenAPI version {version} is not supported");
                self.findings.error(&root.child("openapi"), message, HELP);
                false
            }
            None => {
                let message = "this is no OpenAPI document: the key `openapi` is missing";
                self.findings.error(&root, message, "begin it with `openapi: 3.1.0`");
                false
            }
        }
    }

    /// Checks one object against the grammar, its children first, and rewrites it. Null takes the place of one
    /// of which nothing is left.
    fn node(&mut self, kind: Kind, at: &Path<'_>, value: &mut Value) {
        if kind == Kind::Schema && value.is_boolean() {
            *value = if *value == json!(true) { json!({}) } else { json!({"not": {}}) };
            return;
        }
        let Value::Object(entries) = value else {
            let message = format!("{} must be an object, not {}", kind.article(), what(value));
            self.findings.mistake(&at.to_pointer(), message, "write it as a mapping of keys to values");
            *value = json!({});
            return;
        };
        if kind != Kind::Schema && kind.may_refer() && entries.contains_key("$ref") {
            return self.reference(at, entries);
        }
        let found = self.findings.len();
        let fields = kind.fields();
        for (key, child) in entries.iter_mut() {
            let path = Path::Key(at, key);
            match fields.iter().find(|(name, _)| name == key) {
                Some((_, shape)) => self.child(*shape, &path, child),
                None if key.starts_with("x-") => {}
                None => match kind.pattern() {
                    Some(shape) => self.child(shape, &path, child),
                    None => self.unknown_key(kind, &path, key),
                },
            }
        }
        entries.retain(|key, value| !value.is_null() || may_be_null(fields, key));
        let stays = self.rewrite(kind, at, entries);
        // An extension that doesn't fit is meant for another tool.
        if !stays || (kind.is_own() && self.findings.len() > found) {
            *value = Value::Null;
        }
    }

    /// A Reference Object: in 3.1 it may carry a summary and a description, which nothing here uses.
    fn reference(&mut self, at: &Path<'_>, entries: &mut Map<String, Value>) {
        if !entries.get("$ref").is_some_and(Value::is_string) {
            let message = "`$ref` must be a text";
            self.findings.mistake(&at.child("$ref"), message, "write `$ref: '#/components/…'`");
        }
        entries.retain(|key, _| key == "$ref");
    }

    fn unknown_key(&mut self, kind: Kind, at: &Path<'_>, key: &str) {
        let known = kind.fields().iter().map(|(name, _)| *name);
        if kind.is_own() {
            let message = format!("`{key}` is no key of {}", kind.article());
            let help = format!("known keys: {}", known.collect::<Vec<_>>().join(", "));
            self.findings.mistake(&at.to_pointer(), message, help);
            return;
        }
        let help = match self.findings.nearest(key, known) {
            Some(name) => format!("did you mean `{name}`? Keys of your own begin with `x-`"),
            None => "delete it, or begin it with `x-` if it is meant for a tool".to_owned(),
        };
        let message = format!("`{key}` is no key of {} and is ignored", kind.article());
        self.findings.warning(&at.to_pointer(), message, help);
    }

    fn child(&mut self, shape: Shape, at: &Path<'_>, value: &mut Value) {
        if value.is_null() && !matches!(shape, Shape::Any) {
            let message = format!("{at} must be {}, not null", shape.article());
            self.findings.mistake(&at.to_pointer(), message, "delete the key, or give it a value");
            return;
        }
        let fits = match shape {
            Shape::Any => true,
            Shape::Text => value.is_string(),
            Shape::Bool => value.is_boolean(),
            Shape::Number => value.is_number(),
            Shape::Count => value.is_u64(),
            Shape::SmallCount => value.as_u64().is_some_and(|count| u32::try_from(count).is_ok()),
            Shape::Texts => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
            Shape::List => value.is_array(),
            Shape::Node(kind) => {
                self.node(kind, at, value);
                true
            }
            Shape::NodeOrNodes(kind) if value.is_object() => {
                self.node(kind, at, value);
                true
            }
            Shape::Nodes(kind) | Shape::NodeOrNodes(kind) => self.list(kind, at, value),
            Shape::Map(kind) => self.map(kind, at, value),
        };
        if !fits {
            let found = if value.is_number() { value.to_string() } else { what(value).to_owned() };
            let message = format!("{at} must be {}, not {found}", shape.article());
            self.findings.mistake(&at.to_pointer(), message, "mend the value; an overlay can do it");
            *value = coerced(shape, value).unwrap_or_else(|| shape.neutral());
        }
    }

    fn list(&mut self, kind: Kind, at: &Path<'_>, value: &mut Value) -> bool {
        let Value::Array(items) = value else { return false };
        for (index, item) in items.iter_mut().enumerate() {
            self.node(kind, &Path::Index(at, index), item);
        }
        items.retain(|item| !item.is_null());
        true
    }

    fn map(&mut self, kind: Kind, at: &Path<'_>, value: &mut Value) -> bool {
        let Value::Object(entries) = value else { return false };
        for (key, item) in entries.iter_mut() {
            self.node(kind, &Path::Key(at, key), item);
        }
        entries.retain(|_, item| !item.is_null());
        true
    }

    /// Spells an object as 3.0 does; `false` where nothing of it can be used.
    fn rewrite(&mut self, kind: Kind, at: &Path<'_>, entries: &mut Map<String, Value>) -> bool {
        for key in kind.required() {
            if !entries.contains_key(*key) {
                let message = format!("{} has no `{key}`", kind.article());
                self.findings.mistake(&at.to_pointer(), message, format!("add `{key}`"));
                let fields = kind.fields();
                let shape =
                    fields.iter().find(|(name, _)| name == key).map_or(Shape::Any, |(_, shape)| *shape);
                entries.insert((*key).to_owned(), shape.neutral());
            }
        }
        for key in kind.unused() {
            entries.shift_remove(*key);
        }
        match kind {
            Kind::Root => self.rewrite_root(entries),
            Kind::Operation => {
                entries.entry("responses").or_insert_with(|| json!({}));
                if entries.get("callbacks").and_then(Value::as_object).is_some_and(|all| !all.is_empty()) {
                    let reason =
                        "a client doesn't receive callbacks; what they send can be decoded".to_owned();
                    self.findings.skip(&at.child("callbacks"), reason);
                }
            }
            Kind::PathItem => self.rewrite_path_item(at, entries),
            Kind::Server => {
                // The typed document knows no names of servers, which are new in 3.2.
                if let Some(name) = entries.shift_remove("name") {
                    entries.insert("x-name".to_owned(), name);
                }
            }
            Kind::Responses => self.rewrite_responses(at, entries),
            Kind::Response => {
                entries.entry("description").or_insert_with(|| json!(""));
            }
            Kind::Parameter => return parameter::rewrite_parameter(self.findings, at, entries),
            Kind::SecurityScheme => return parameter::rewrite_security_scheme(self.findings, at, entries),
            Kind::MediaType => encoding::rewrite_media_type(self.findings, at, entries),
            Kind::Schema => schema::rewrite_schema(self.findings, at, entries),
            Kind::Discriminator => schema::rewrite_discriminator(self.findings, at, entries),
            _ => {}
        }
        true
    }

    fn rewrite_root(&mut self, entries: &mut Map<String, Value>) {
        entries.insert("openapi".to_owned(), json!("3.0.3"));
        entries.entry("paths").or_insert_with(|| json!({}));
        if let Some(webhooks) = entries.shift_remove("webhooks") {
            for name in webhooks.as_object().into_iter().flat_map(Map::keys) {
                let pointer = Path::Key(&Path::Root, "webhooks").child(name);
                let reason = "a client doesn't receive webhooks; what they send can be decoded".to_owned();
                self.findings.skip(&pointer, reason);
            }
            entries.insert(WEBHOOKS.to_owned(), webhooks);
        }
    }

    /// Takes away answers of which nobody can tell when they come.
    fn rewrite_responses(&mut self, at: &Path<'_>, entries: &mut Map<String, Value>) {
        entries.retain(|key, _| {
            let known = key == "default" || key.starts_with("x-") || is_status(key);
            if !known {
                let message = format!("{key:?} is no status");
                let help = "write a status such as `200`, a range such as `4XX`, or `default`";
                self.findings.mistake(&at.child(key), message, help);
            }
            known
        });
    }

    fn rewrite_path_item(&mut self, at: &Path<'_>, entries: &mut Map<String, Value>) {
        self.skip_key(at, entries, "additionalOperations", "requests of this method are not generated");
        if let Some(query) = entries.shift_remove("query") {
            entries.insert(QUERY.to_owned(), query);
        }
    }

    fn skip_key(&mut self, at: &Path<'_>, entries: &mut Map<String, Value>, key: &str, reason: &str) {
        if let Some(value) = entries.shift_remove(key) {
            let empty = value.as_object().is_some_and(Map::is_empty);
            if !empty {
                self.findings.skip(&at.child(key), reason);
            }
        }
    }
}

/// A status of three digits, or a range of them.
fn is_status(key: &str) -> bool {
    let digits = key.strip_suffix(['X', 'x']).and_then(|key| key.strip_suffix(['X', 'x'])).unwrap_or(key);
    let begins = digits.starts_with(|c: char| matches!(c, '1'..='9'));
    begins && key.len() == 3 && digits.len() != 2 && digits.chars().all(|c| c.is_ascii_digit())
}

/// Whether null says something where a key stands.
fn may_be_null(fields: Fields, key: &str) -> bool {
    fields.iter().find(|(name, _)| *name == key).is_none_or(|(_, shape)| matches!(shape, Shape::Any))
}

fn is_version(version: &str, known: &str) -> bool {
    version.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
