//! The components that there are, and what may refer to them or stand beside them.

use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::names;
use crate::version::Version;

/// The components of a document.
pub(crate) struct Schemas {
    pub(super) version: Version,
    /// The names of all, those that are not made yet included.
    pub(super) names: Vec<String>,
    pub(crate) made: Map<String, Value>,
    /// Those that others may be made of: objects to which properties may be added.
    pub(super) open: Vec<String>,
}

impl Schemas {
    /// None of them made yet, so that each may refer to any.
    pub(crate) fn new(version: Version, choices: &mut Choices<'_>) -> Self {
        let mut names: Vec<String> = Vec::new();
        for _ in 0..=choices.up_to(7) {
            let name = names::unlike(|name| names.iter().any(|other| other == name), choices);
            names.push(name);
        }
        Self { version, names, made: Map::new(), open: Vec::new() }
    }

    /// A new component beside the planned ones.
    pub(super) fn add(&mut self, schema: Value, choices: &mut Choices<'_>) -> String {
        let taken = |name: &str| self.made.contains_key(name) || self.names.iter().any(|other| other == name);
        let name = names::unlike(taken, choices);
        self.made.insert(name.clone(), schema);
        name
    }

    /// A reference to any component.
    pub(crate) fn reference(&self, choices: &mut Choices<'_>) -> Value {
        refer_to(&choices.pick(&self.names))
    }

    /// Another name for a component; only of those that are made, since names alone would make no type.
    pub(super) fn alias(&self, choices: &mut Choices<'_>) -> Value {
        let made: Vec<&str> = self.made.keys().map(String::as_str).collect();
        if made.is_empty() { json!({"type": "string"}) } else { refer_to(choices.pick(&made)) }
    }

    /// The schema with annotations, and perhaps null.
    pub(super) fn annotated(&self, mut schema: Value, choices: &mut Choices<'_>) -> Value {
        if choices.chance(4) {
            schema = self.nullable(schema, choices);
        }
        let bare_reference = self.version == Version::V30 && schema.get("$ref").is_some();
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

    /// The same or null, in one of the spellings.
    fn nullable(&self, mut schema: Value, choices: &mut Choices<'_>) -> Value {
        let reference = schema.get("$ref").is_some();
        if self.version == Version::V30 {
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
