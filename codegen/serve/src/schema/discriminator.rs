//! Discriminators: the values of the property, and the schema of each.

use indexmap::IndexMap;
use serde_json::Value;

use super::tree::{Tree, entries, items, pointer_of, text};
use crate::base::pointer::{child, last};

/// The components that a value without a path names.
const SCHEMAS: &str = "/components/schemas";

/// The property that distinguishes schemas.
pub(super) struct Discriminator {
    pub(super) property: String,
    /// The pointers of the schemas by the value of the property.
    pub(super) mapping: IndexMap<String, String>,
}

/// Returns the discriminator of a schema, with the values that are implied by the names of components.
pub(super) fn discriminator(tree: &Tree, schema: &Value, at: &str) -> Option<Discriminator> {
    let declared = schema.get("discriminator")?;
    let property = text(declared, "propertyName")?.to_owned();
    let mut mapping = IndexMap::new();
    for (value, target) in entries(declared, "mapping") {
        let Some(target) = target.as_str() else { continue };
        let target = pointer_of(target).unwrap_or_else(|| child(SCHEMAS, target));
        if tree.get(&target).is_some() {
            mapping.insert(value.clone(), target);
        }
    }
    let branches = items(schema, "oneOf").chain(items(schema, "anyOf"));
    let targets: Vec<_> = branches.filter_map(|branch| text(branch, "$ref")).filter_map(pointer_of).collect();
    let implied = if targets.is_empty() { family(tree, at) } else { targets };
    for target in implied {
        if tree.get(&target).is_some() && !mapping.values().any(|known| *known == target) {
            mapping.entry(last(&target)).or_insert(target);
        }
    }
    Some(Discriminator { property, mapping })
}

/// Returns the components that are composed of a schema, and the schema itself if there are none.
fn family(tree: &Tree, at: &str) -> Vec<String> {
    let is_parent = |part: &Value| text(part, "$ref").and_then(pointer_of).as_deref() == Some(at);
    let schemas = tree.get(SCHEMAS).and_then(Value::as_object).into_iter().flatten();
    let children = schemas.filter(|(_, schema)| items(schema, "allOf").any(is_parent));
    let children: Vec<_> = children.map(|(name, _)| child(SCHEMAS, name)).collect();
    if children.is_empty() && at.starts_with(SCHEMAS) { vec![at.to_owned()] } else { children }
}
