//! Schemas: references, discriminators and files.

use serde_json::{Value, json};

use super::shared::DEFINITIONS;
use super::site::Site;
use super::speller::Speller;
use crate::base::json_object::JsonObject;
use crate::base::node_path::NodePath;
use crate::base::pointer::Pointer;
use crate::grammar::json_type::json_type;
use crate::grammar::object_kind::ObjectKind;
use crate::grammar::value_kind::ValueKind;

impl Speller<'_> {
    /// Spells a schema and those in it.
    pub(super) fn schema(&mut self, schema: &mut Value, site: &Site) {
        self.schema_at(schema, &NodePath::Root, site);
    }

    /// Spells a schema. `at` is its path in the schema at the site.
    fn schema_at(&mut self, value: &mut Value, at: &NodePath<'_>, site: &Site) {
        let Value::Object(entries) = value else { return };
        self.shared.rewrite_reference(DEFINITIONS, entries);
        if is_file(entries) {
            let message = "`type: file` is allowed only for form parameters and responses";
            let help = "use `type: string` with `format: binary`, which it is interpreted as";
            self.problem(&below(&site.from, at).child("type"), message, help);
            make_binary(entries);
        }
        self.discriminator(entries, at, site);
        let fields = ObjectKind::SwaggerSchema.fixed_fields();
        for (key, child) in entries.iter_mut() {
            let here = NodePath::Key(at, key);
            let value_kind = fields.iter().find(|(name, _)| name == key).map(|(_, value_kind)| *value_kind);
            match (value_kind, child) {
                (Some(ValueKind::Object(ObjectKind::SwaggerSchema)), child) => {
                    self.schema_at(child, &here, site)
                }
                (Some(ValueKind::Objects(ObjectKind::SwaggerSchema)), Value::Array(items)) => {
                    for (index, item) in items.iter_mut().enumerate() {
                        self.schema_at(item, &NodePath::Index(&here, index), site);
                    }
                }
                (Some(ValueKind::Map(ObjectKind::SwaggerSchema)), Value::Object(entries)) => {
                    for (key, entry) in entries.iter_mut() {
                        self.schema_at(entry, &NodePath::Key(&here, key), site);
                    }
                }
                _ => {}
            }
        }
    }

    /// Spells the name of the property that selects a definition. Definitions are selected by their names, unless they
    /// declare other values.
    fn discriminator(&mut self, entries: &mut JsonObject, at: &NodePath<'_>, site: &Site) {
        let Some(discriminator) = entries.get_mut("discriminator") else { return };
        let (from, to) =
            (below(&site.from, at).child("discriminator"), below(&site.to, at).child("discriminator"));
        match discriminator {
            Value::String(name) => {
                let mut spelled = json!({"propertyName": name});
                let mapping = || self.shared.mappings.get(site.to.last()?);
                if let (NodePath::Root, Some(mapping)) = (at, mapping()) {
                    spelled["mapping"] = Value::Object(mapping.clone());
                }
                *discriminator = spelled;
                self.written.made(&to, &from);
            }
            Value::Object(entries) => {
                let message = "a discriminator of Swagger 2.0 is a string; it is read as in OpenAPI 3";
                let help = "write the name of the property alone, or convert the document to OpenAPI 3";
                self.findings.warning(&from, message, help);
                let mapping = entries.get_mut("mapping").and_then(Value::as_object_mut);
                for target in mapping.into_iter().flat_map(|mapping| mapping.values_mut()) {
                    self.shared.rewrite_target(DEFINITIONS, target);
                }
            }
            other => {
                let message = format!("`discriminator` must be a string, not {}", json_type(other));
                self.findings.problem(&from, message, "write the name of the property");
                entries.shift_remove("discriminator");
            }
        }
    }
}

fn below(site: &Pointer, at: &NodePath<'_>) -> Pointer {
    site.join(at.to_pointer().tokens())
}

/// Returns whether a schema has the type of a file.
pub(super) fn is_file(entries: &JsonObject) -> bool {
    entries.get("type").and_then(Value::as_str) == Some("file")
}

/// Makes a schema that of a file in OpenAPI 3.
pub(super) fn make_binary(entries: &mut JsonObject) {
    entries.insert("type".to_owned(), json!("string"));
    entries.insert("format".to_owned(), json!("binary"));
}
