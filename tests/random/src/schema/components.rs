//! The schema components, and the references to them.

use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::names;
use crate::version::OpenApiVersion;

/// The schema components of a document.
pub(crate) struct Schemas {
    pub(super) version: OpenApiVersion,
    /// The names of all components, including those that are not generated yet.
    pub(super) names: Vec<String>,
    pub(crate) components: Map<String, Value>,
    /// The components that can be used in `allOf`: objects to which properties can be added.
    pub(super) extensible: Vec<String>,
}

impl Schemas {
    /// Chooses the names of all components, so that each component can refer to any other.
    pub(crate) fn new(version: OpenApiVersion, choices: &mut Choices<'_>) -> Self {
        let mut names: Vec<String> = Vec::new();
        for _ in 0..=choices.up_to(7) {
            let name = names::unique(|name| names.iter().any(|other| other == name), choices);
            names.push(name);
        }
        Self { version, names, components: Map::new(), extensible: Vec::new() }
    }

    /// Adds a component that was not planned.
    pub(super) fn add(&mut self, schema: Value, choices: &mut Choices<'_>) -> String {
        let taken =
            |name: &str| self.components.contains_key(name) || self.names.iter().any(|other| other == name);
        let name = names::unique(taken, choices);
        self.components.insert(name.clone(), schema);
        name
    }

    /// Returns a reference to any component.
    pub(crate) fn reference(&self, choices: &mut Choices<'_>) -> Value {
        refer_to(&choices.pick(&self.names))
    }

    /// Returns a reference to a component that is already generated. A component must not be a cycle of references.
    pub(super) fn alias(&self, choices: &mut Choices<'_>) -> Value {
        let components: Vec<&str> = self.components.keys().map(String::as_str).collect();
        if components.is_empty() { json!({"type": "string"}) } else { refer_to(choices.pick(&components)) }
    }

    /// Adds annotations to a schema, and may make it nullable.
    pub(super) fn annotated(&self, mut schema: Value, choices: &mut Choices<'_>) -> Value {
        if choices.chance(4) {
            schema = self.nullable(schema, choices);
        }
        let bare_reference = self.version == OpenApiVersion::V30 && schema.get("$ref").is_some();
        let Some(entries) = schema.as_object_mut().filter(|_| !bare_reference) else { return schema };
        if choices.chance(2) {
            entries.insert("description".to_owned(), names::prose(choices).into());
        }
        for (keyword, value) in [
            ("title", json!("A title")),
            ("deprecated", json!(true)),
            ("readOnly", json!(true)),
            ("x-note", json!({"any": ["thing"]})),
        ] {
            if choices.chance(10) {
                entries.insert(keyword.to_owned(), value);
            }
        }
        schema
    }

    /// Makes a schema nullable, with one of the possible keywords.
    fn nullable(&self, mut schema: Value, choices: &mut Choices<'_>) -> Value {
        let reference = schema.get("$ref").is_some();
        if self.version == OpenApiVersion::V30 {
            if reference {
                return json!({"allOf": [schema], "nullable": true});
            }
            let Some(entries) = schema.as_object_mut() else { return schema };
            entries.insert("nullable".to_owned(), json!(true));
            if let Some(Value::Array(values)) = entries.get_mut("enum")
                && !values.contains(&Value::Null)
            {
                values.push(Value::Null);
            }
            return schema;
        }
        let ty = schema.get("type").and_then(Value::as_str).map(str::to_owned);
        match ty.filter(|_| schema.get("enum").is_none()) {
            Some(ty) => {
                schema["type"] = json!([ty, "null"]);
                schema
            }
            None => json!({choices.pick(&["anyOf", "oneOf"]): [schema, {"type": "null"}]}),
        }
    }
}

pub(super) fn refer_to(component: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", names::token(component))})
}
