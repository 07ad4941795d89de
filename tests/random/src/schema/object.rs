//! Objects: properties, additional properties, `allOf`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::components::{Schemas, refer_to};
use crate::choices::Choices;
use crate::names;
use crate::version::OpenApiVersion;

/// Generates an object with properties, to which other schemas can add more.
pub(super) fn plain(schemas: &mut Schemas, depth: usize, choices: &mut Choices<'_>) -> Value {
    with_properties(schemas, depth, &BTreeSet::new(), choices)
}

fn with_properties(
    schemas: &mut Schemas,
    depth: usize,
    taken: &BTreeSet<String>,
    choices: &mut Choices<'_>,
) -> Value {
    let mut properties = Map::new();
    for _ in 0..=choices.up_to(4) {
        let name = names::unique(|name| properties.contains_key(name) || taken.contains(name), choices);
        properties.insert(name, schemas.schema(depth, choices));
    }
    let required: Vec<_> = properties.keys().filter(|_| choices.chance(2)).cloned().collect();
    let mut object = json!({"type": "object", "properties": properties});
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    // Many documents omit the type of an object.
    if choices.chance(6)
        && let Some(entries) = object.as_object_mut()
    {
        entries.shift_remove("type");
    }
    object
}

/// Generates an object with a further constraint, such as `additionalProperties`.
pub(super) fn extended(schemas: &mut Schemas, depth: usize, choices: &mut Choices<'_>) -> Value {
    let mut object = plain(schemas, depth, choices);
    match choices.up_to(4) {
        0 => object["additionalProperties"] = json!(false),
        1 => object["additionalProperties"] = json!(true),
        2 => object["additionalProperties"] = schemas.schema(depth, choices),
        3 if schemas.version > OpenApiVersion::V30 => object["unevaluatedProperties"] = json!(false),
        _ => object[choices.pick(&["anyOf", "oneOf"])] = branches(schemas, &object, depth, choices),
    }
    object
}

/// Generates branches next to properties: each requires some properties, or declares more.
fn branches(schemas: &mut Schemas, object: &Value, depth: usize, choices: &mut Choices<'_>) -> Value {
    let own = schemas.declared(object);
    let mut branches: Vec<Value> = own.iter().take(2).map(|name| json!({"required": [name]})).collect();
    if choices.chance(2) {
        branches.push(with_properties(schemas, depth.min(1), &own, choices));
    }
    Value::Array(branches)
}

/// Generates an `allOf` of components and of properties that none of them has.
pub(super) fn merged(schemas: &mut Schemas, depth: usize, choices: &mut Choices<'_>) -> Value {
    let mut subschemas = Vec::new();
    let mut declared = BTreeSet::new();
    for _ in 0..=choices.up_to(1) {
        let name = choices.pick(&schemas.extensible);
        let own = schemas.components.get(&name).map(|schema| schemas.declared(schema)).unwrap_or_default();
        // Two schemas for one property could contradict each other.
        if declared.is_disjoint(&own) {
            declared.extend(own);
            subschemas.push(refer_to(&name));
        }
    }
    let mut object = with_properties(schemas, depth, &declared, choices);
    match choices.up_to(3) {
        // Requires a property of a subschema.
        0 => {
            if let Some(name) = declared.first() {
                subschemas.push(json!({"required": [name]}));
            }
        }
        // Describes a property of a subschema.
        1 => {
            if let Some(name) = declared.first() {
                object["properties"][name] = json!({"description": "More about it."});
            }
        }
        _ => {}
    }
    if choices.chance(2) {
        subschemas.push(object);
        return json!({"allOf": subschemas});
    }
    object["allOf"] = json!(subschemas);
    object
}

impl Schemas {
    /// Returns the names of an object's properties, including those of its subschemas.
    fn declared(&self, schema: &Value) -> BTreeSet<String> {
        let list = |keyword: &str| schema.get(keyword).and_then(Value::as_array).into_iter().flatten();
        let own = schema.get("properties").and_then(Value::as_object);
        let mut names: BTreeSet<String> = own.into_iter().flat_map(Map::keys).cloned().collect();
        for subschema in list("allOf").chain(list("anyOf")).chain(list("oneOf")) {
            names.extend(self.declared(subschema));
        }
        let target = schema.get("$ref").and_then(Value::as_str);
        let target = self.components.iter().find(|(name, _)| target == refer_to(name)["$ref"].as_str());
        names.extend(target.map(|(_, schema)| self.declared(schema)).unwrap_or_default());
        names
    }
}
