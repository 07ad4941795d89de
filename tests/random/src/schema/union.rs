//! Unions, with and without a discriminator.

use serde_json::{Map, Value, json};

use super::components::{Schemas, refer_to};
use super::object;
use crate::choices::Choices;
use crate::names;

/// Generates a union without a discriminator. Its branches may overlap.
pub(super) fn untagged(schemas: &mut Schemas, depth: usize, choices: &mut Choices<'_>) -> Value {
    let branches: Vec<_> = (0..=choices.up_to(3)).map(|_| schemas.branch(depth, choices)).collect();
    json!({choices.pick(&["oneOf", "anyOf"]): branches})
}

/// Generates a union of new components with a discriminator.
pub(super) fn tagged(schemas: &mut Schemas, choices: &mut Choices<'_>) -> Value {
    let property = names::any(choices);
    let mapped = choices.chance(2);
    let listed = choices.chance(2);
    let mut branches = Vec::new();
    let mut mapping = Map::new();
    for _ in 0..=choices.up_to(2) {
        let tag = names::unique(|name| mapping.contains_key(name), choices);
        let mut branch = object::plain(schemas, 1, choices);
        let values =
            if listed { json!({"type": "string", "enum": [tag]}) } else { json!({"type": "string"}) };
        branch["properties"][&property] = values;
        branch["required"] = json!([property]);
        let name = schemas.add(branch, choices);
        let target = refer_to(&name);
        mapping.insert(tag, target["$ref"].clone());
        branches.push(target);
    }
    let mut discriminator = json!({"propertyName": property});
    if mapped {
        discriminator["mapping"] = Value::Object(mapping);
    }
    json!({choices.pick(&["oneOf", "anyOf"]): branches, "discriminator": discriminator})
}

/// Generates a schema with several types, and keywords for some of them.
pub(super) fn of_types(schemas: &mut Schemas, depth: usize, choices: &mut Choices<'_>) -> Value {
    let all = ["string", "integer", "number", "boolean", "array", "object", "null"];
    let types: Vec<_> = all.into_iter().filter(|_| choices.chance(2)).collect();
    if types.is_empty() {
        return json!({"type": ["string", "null"]});
    }
    let mut schema = json!({"type": types});
    if types.contains(&"array") {
        schema["items"] = schemas.schema(depth, choices);
    }
    schema
}
