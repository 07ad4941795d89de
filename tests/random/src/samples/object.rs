//! Generates values for objects and for `allOf`.

use serde_json::{Map, Value, json};

use super::value::{Sampler, list};
use crate::choices::Choices;

/// The maximum number of nested subschemas.
const MAX_STEPS: usize = 32;

/// The constraints of all schemas that apply to an object.
#[derive(Default)]
struct MergedObject {
    properties: Map<String, Value>,
    required: Vec<Value>,
    /// The schema of additional properties, if there is one.
    others: Option<Value>,
    /// Whether additional properties are forbidden.
    closed: bool,
    /// The schema of a value that is not an object.
    scalar: Option<Value>,
}

impl Sampler<'_> {
    /// Generates an object with the properties of a schema and its subschemas, or another value if they declare one.
    pub(super) fn object(
        &mut self,
        schema: &Value,
        depth: usize,
        choices: &mut Choices<'_>,
    ) -> Option<Value> {
        let mut merged = MergedObject::default();
        self.collect(schema, 0, &mut merged, choices);
        if let Some(scalar) = merged.scalar.filter(|_| merged.properties.is_empty()) {
            return self.value_at(&scalar, depth + 1, choices);
        }
        let mut object = Map::new();
        for (name, property) in &merged.properties {
            let required = merged.required.iter().any(|required| required == name);
            if !required && choices.chance(2) {
                continue;
            }
            match self.value_at(property, depth + 1, choices) {
                Some(value) => drop(object.insert(name.clone(), value)),
                None if required => return None,
                None => {}
            }
        }
        let free = || (merged.properties.is_empty() && !merged.closed).then(|| json!(true));
        if let Some(others) = merged.others.clone().or_else(free) {
            for name in ["x-more", "x-😀"].into_iter().take(choices.up_to(2)) {
                let value = self.value_at(&others, depth + 1, choices);
                object.extend(value.map(|value| (name.to_owned(), value)));
            }
        }
        Some(Value::Object(object))
    }

    fn collect(
        &mut self,
        schema: &Value,
        depth: usize,
        merged: &mut MergedObject,
        choices: &mut Choices<'_>,
    ) {
        let schema = self.resolve(schema);
        // `allOf` can't be cyclic, but branches of a union can.
        if depth > MAX_STEPS {
            return;
        }
        for subschema in list(schema, "allOf").unwrap_or_default() {
            self.collect(subschema, depth + 1, merged, choices);
        }
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let only_described = merged.properties.contains_key(name) && is_annotation(property);
            if !only_described {
                merged.properties.insert(name.clone(), property.clone());
            }
        }
        merged.required.extend_from_slice(list(schema, "required").unwrap_or_default());
        for keyword in ["oneOf", "anyOf"] {
            let branches = list(schema, keyword).unwrap_or_default();
            let branches: Vec<_> = branches.iter().filter(|branch| branch["type"] != "null").collect();
            if !branches.is_empty() {
                self.collect(choices.pick(&branches), depth + 1, merged, choices);
            }
        }
        match (schema.get("additionalProperties"), schema["patternProperties"].as_object()) {
            (None, None) => {}
            (Some(Value::Bool(false)), None) => merged.closed = true,
            (Some(Value::Bool(true)), _) => merged.others = Some(json!(true)),
            (None | Some(Value::Bool(false)), Some(patterns)) => {
                merged.others = patterns.values().next().cloned()
            }
            (Some(others), _) => merged.others = Some(others.clone()),
        }
        let scalar = schema["type"].as_str().is_some_and(|ty| ty != "object") || schema.get("enum").is_some();
        if scalar && merged.scalar.is_none() {
            merged.scalar = Some(schema.clone());
        }
    }
}

/// Returns whether a schema only has annotations.
fn is_annotation(schema: &Value) -> bool {
    schema.as_object().is_some_and(|schema| schema.keys().all(|key| key == "description"))
}
