//! A value for an object, and for what several schemas demand together.

use serde_json::{Map, Value, json};

use super::value::{Sampler, list};
use crate::choices::Choices;

/// How many members and branches lead to each other.
const STEPS: usize = 32;

/// What several schemas say about an object.
#[derive(Default)]
struct Whole {
    properties: Map<String, Value>,
    required: Vec<Value>,
    /// What other properties may be, where a schema says it.
    others: Option<Value>,
    /// Whether a schema forbids others.
    closed: bool,
    /// The schema of a value that is no object.
    scalar: Option<Value>,
}

impl Sampler<'_> {
    /// An object with what a schema and its members declare; what is not an object, where they declare that.
    pub(super) fn object(
        &mut self,
        schema: &Value,
        depth: usize,
        choices: &mut Choices<'_>,
    ) -> Option<Value> {
        let mut whole = Whole::default();
        self.collect(schema, 0, &mut whole, choices);
        if let Some(scalar) = whole.scalar.filter(|_| whole.properties.is_empty()) {
            return self.value_at(&scalar, depth + 1, choices);
        }
        let mut object = Map::new();
        for (name, property) in &whole.properties {
            let required = whole.required.iter().any(|required| required == name);
            if !required && choices.chance(2) {
                continue;
            }
            match self.value_at(property, depth + 1, choices) {
                Some(value) => drop(object.insert(name.clone(), value)),
                None if required => return None,
                None => {}
            }
        }
        let free = || (whole.properties.is_empty() && !whole.closed).then(|| json!(true));
        if let Some(others) = whole.others.clone().or_else(free) {
            for name in ["x-more", "x-😀"].into_iter().take(choices.up_to(2)) {
                let value = self.value_at(&others, depth + 1, choices);
                object.extend(value.map(|value| (name.to_owned(), value)));
            }
        }
        Some(Value::Object(object))
    }

    fn collect(&mut self, schema: &Value, steps: usize, whole: &mut Whole, choices: &mut Choices<'_>) {
        let schema = self.resolve(schema);
        // Members are no circle, but branches may lead back.
        if steps > STEPS {
            return;
        }
        for member in list(schema, "allOf").unwrap_or_default() {
            self.collect(member, steps + 1, whole, choices);
        }
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let only_described = whole.properties.contains_key(name) && is_shapeless(property);
            if !only_described {
                whole.properties.insert(name.clone(), property.clone());
            }
        }
        whole.required.extend_from_slice(list(schema, "required").unwrap_or_default());
        for keyword in ["oneOf", "anyOf"] {
            let branches = list(schema, keyword).unwrap_or_default();
            let branches: Vec<_> = branches.iter().filter(|branch| branch["type"] != "null").collect();
            if !branches.is_empty() {
                self.collect(choices.pick(&branches), steps + 1, whole, choices);
            }
        }
        match (schema.get("additionalProperties"), schema["patternProperties"].as_object()) {
            (None, None) => {}
            (Some(Value::Bool(false)), None) => whole.closed = true,
            (Some(Value::Bool(true)), _) => whole.others = Some(json!(true)),
            (None | Some(Value::Bool(false)), Some(patterns)) => {
                whole.others = patterns.values().next().cloned()
            }
            (Some(others), _) => whole.others = Some(others.clone()),
        }
        let scalar = schema["type"].as_str().is_some_and(|ty| ty != "object") || schema.get("enum").is_some();
        if scalar && whole.scalar.is_none() {
            whole.scalar = Some(schema.clone());
        }
    }
}

/// Whether a schema only annotates.
fn is_shapeless(schema: &Value) -> bool {
    schema.as_object().is_some_and(|schema| schema.keys().all(|key| key == "description"))
}
