//! Collects a schema and all schemas that it refers to as one JSON Schema.
//!
//! References become `#/$defs/0`, `#/$defs/1`, and so on. Keywords that JSON Schema doesn't have are rewritten or removed,
//! except for `example`, `readOnly`, `writeOnly` and `discriminator`, which describe values to generate.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::cycles::without_cycles;
use super::dialect::{adapted, kept};
use super::direction_rules::{Direction, unsent};
use super::discriminator::discriminator;
use super::tree::{Tree, pointer_of};
use crate::base::pointer::child;

/// The maximum number of schemas in one. Others accept every value.
const MAX_SCHEMAS: usize = 20_000;
/// The maximum nesting of inline schemas.
const MAX_DEPTH: usize = 100;

const SCHEMAS_BY_NAME: [&str; 3] = ["properties", "patternProperties", "dependentSchemas"];
const SCHEMA: [&str; 10] = [
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];
const SCHEMAS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];

/// Returns the schema at a JSON pointer as a JSON Schema without references to others.
pub(crate) fn closed(tree: &Tree, at: &str, direction: Direction) -> Value {
    let mut closer = Closer { tree, direction, definitions: IndexMap::new() };
    let root = closer.reference(at);
    let mut next = 0;
    while let Some((at, _)) = closer.definitions.get_index(next) {
        let at = at.clone();
        let schema =
            tree.get(&at).map_or(Value::Bool(true), |schema| closer.schema(schema, &at, &BTreeSet::new(), 0));
        if let Some((_, definition)) = closer.definitions.get_index_mut(next) {
            *definition = schema;
        }
        next += 1;
    }
    let definitions = closer.definitions.into_values().enumerate();
    let mut definitions: Map<_, _> = definitions.map(|(index, schema)| (index.to_string(), schema)).collect();
    without_cycles(&mut definitions);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": root,
        "$defs": definitions,
    })
}

struct Closer<'t> {
    tree: &'t Tree,
    direction: Direction,
    /// The schemas by their pointers.
    definitions: IndexMap<String, Value>,
}

impl Closer<'_> {
    /// Returns the reference to the schema at a pointer.
    fn reference(&mut self, at: &str) -> String {
        let index = match self.definitions.get_index_of(at) {
            Some(index) => index,
            None => self.definitions.insert_full(at.to_owned(), Value::Bool(true)).0,
        };
        format!("#/$defs/{index}")
    }

    /// Returns a schema as JSON Schema. Properties in `unsent` are not required.
    fn schema(&mut self, schema: &Value, at: &str, outer: &BTreeSet<String>, depth: usize) -> Value {
        let Value::Object(entries) = schema else {
            return Value::Bool(schema != &Value::Bool(false));
        };
        if depth > MAX_DEPTH {
            return Value::Bool(true);
        }
        let mut own = outer.clone();
        unsent(self.tree, schema, self.direction, &mut own);
        let mut closed = Map::new();
        if let Some(target) = entries.get("$ref").and_then(Value::as_str).and_then(pointer_of)
            && self.tree.get(&target).is_some()
            && self.definitions.len() < MAX_SCHEMAS
        {
            closed.insert("$ref".to_owned(), Value::String(self.reference(&target)));
            if self.tree.is_3_0() {
                return Value::Object(closed);
            }
        }
        for (key, value) in entries {
            if let Some(value) = self.keyword(key, value, &child(at, key), &own, depth) {
                closed.insert(key.clone(), value);
            }
        }
        if let Some(found) = discriminator(self.tree, schema, at) {
            let mapping =
                found.mapping.iter().map(|(value, target)| (value.clone(), self.reference(target).into()));
            let mapping: Map<_, _> = mapping.collect();
            closed.insert(
                "discriminator".to_owned(),
                json!({"propertyName": found.property, "mapping": mapping}),
            );
        }
        adapted(closed, entries)
    }

    fn keyword(
        &mut self,
        key: &str,
        value: &Value,
        at: &str,
        unsent: &BTreeSet<String>,
        depth: usize,
    ) -> Option<Value> {
        let none = BTreeSet::new();
        if SCHEMAS_BY_NAME.contains(&key) {
            let schemas = value.as_object()?.iter();
            let schemas = schemas.map(|(name, schema)| {
                (name.clone(), self.schema(schema, &child(at, name), &none, depth + 1))
            });
            return Some(Value::Object(schemas.collect()));
        }
        if SCHEMAS.contains(&key) {
            let schemas = value.as_array().filter(|schemas| !schemas.is_empty())?.iter().enumerate();
            let inherited = if key == "prefixItems" { &none } else { unsent };
            let schemas = schemas
                .map(|(index, schema)| self.schema(schema, &format!("{at}/{index}"), inherited, depth + 1));
            return Some(Value::Array(schemas.collect()));
        }
        if SCHEMA.contains(&key) {
            return (value.is_object() || value.is_boolean())
                .then(|| self.schema(value, at, &none, depth + 1));
        }
        if key == "required" {
            let names = value.as_array()?.iter().filter_map(Value::as_str);
            let names: BTreeSet<_> = names.filter(|name| !unsent.contains(*name)).collect();
            return Some(json!(names));
        }
        kept(key, value)
    }
}
