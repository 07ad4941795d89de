//! Schemas: components that refer to each other, and inline ones.

mod choice;
mod object;
mod scalar;

use serde_json::{Map, Value, json};

use crate::Version;
use crate::choices::Choices;
use crate::names;

/// How deep inline schemas nest.
const DEPTH: usize = 3;

/// The components of a document.
pub(crate) struct Schemas {
    version: Version,
    /// The names of all, those that are not made yet included.
    names: Vec<String>,
    pub(crate) made: Map<String, Value>,
    /// Those that others may be made of: objects to which properties may be added.
    open: Vec<String>,
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

    /// Makes all of them.
    pub(crate) fn fill(&mut self, choices: &mut Choices<'_>) {
        for name in self.names.clone() {
            let schema = self.component(&name, choices);
            self.made.insert(name, schema);
        }
    }

    fn component(&mut self, name: &str, choices: &mut Choices<'_>) -> Value {
        let schema = match choices.up_to(11) {
            0..=3 => {
                let object = object::plain(self, DEPTH, choices);
                self.open.push(name.to_owned());
                object
            }
            4 => object::extended(self, DEPTH, choices),
            5 => scalar::enumeration(choices),
            6 => choice::untagged(self, DEPTH, choices),
            7 => choice::tagged(self, choices),
            8 if !self.open.is_empty() => {
                let whole = object::merged(self, DEPTH, choices);
                self.open.push(name.to_owned());
                whole
            }
            9 => self.alias(choices),
            10 if self.version > Version::V30 => self.with_definitions(name, choices),
            _ => json!({"type": "array", "items": self.schema(DEPTH, choices)}),
        };
        self.annotated(schema, choices)
    }

    /// One of the schemas that may stand in a place. Here a component may only be one that is made: nothing would
    /// end a circle of choices.
    fn branch(&mut self, depth: usize, choices: &mut Choices<'_>) -> Value {
        match choices.up_to(9) {
            0..=3 => self.alias(choices),
            4 => json!({"type": "array", "items": self.schema(depth, choices)}),
            5 => object::plain(self, depth, choices),
            6 => scalar::integer(choices),
            7 => scalar::number(choices),
            8 => scalar::enumeration(choices),
            _ => scalar::string(choices),
        }
    }

    /// A new component beside the planned ones.
    fn add(&mut self, schema: Value, choices: &mut Choices<'_>) -> String {
        let taken = |name: &str| self.made.contains_key(name) || self.names.iter().any(|other| other == name);
        let name = names::unlike(taken, choices);
        self.made.insert(name.clone(), schema);
        name
    }

    /// Any schema, with what may stand beside it.
    pub(crate) fn schema(&mut self, depth: usize, choices: &mut Choices<'_>) -> Value {
        let schema = self.shape(depth, choices);
        if choices.chance(3) { self.annotated(schema, choices) } else { schema }
    }

    fn shape(&mut self, depth: usize, choices: &mut Choices<'_>) -> Value {
        let most = if depth == 0 { 7 } else { 15 };
        match choices.up_to(most) {
            0 => json!({"type": "string"}),
            1 => scalar::string(choices),
            2 => scalar::integer(choices),
            3 => scalar::number(choices),
            4 => json!({"type": "boolean"}),
            5 => scalar::enumeration(choices),
            6..=7 => self.reference(choices),
            8 => object::plain(self, depth - 1, choices),
            9 => object::extended(self, depth - 1, choices),
            10 => json!({"type": "array", "items": self.schema(depth - 1, choices)}),
            11 => json!({"type": "object", "additionalProperties": self.schema(depth - 1, choices)}),
            12 => choice::untagged(self, depth - 1, choices),
            13 if !self.open.is_empty() => object::merged(self, depth - 1, choices),
            14 if self.version > Version::V30 => self.modern(depth - 1, choices),
            _ => choices.pick(&[json!({}), json!({"type": "object"}), json!({"type": "array", "items": {}})]),
        }
    }

    /// A reference to any component.
    pub(crate) fn reference(&self, choices: &mut Choices<'_>) -> Value {
        refer_to(&choices.pick(&self.names))
    }

    /// Another name for a component; only of those that are made, since names alone would make no type.
    fn alias(&self, choices: &mut Choices<'_>) -> Value {
        let made: Vec<&str> = self.made.keys().map(String::as_str).collect();
        if made.is_empty() { json!({"type": "string"}) } else { refer_to(choices.pick(&made)) }
    }

    /// What only 3.1 can say.
    fn modern(&mut self, depth: usize, choices: &mut Choices<'_>) -> Value {
        match choices.up_to(5) {
            0 => choice::of_types(self, depth, choices),
            1 => {
                json!({"const": choices.pick(&[json!("a"), json!(1), json!(true), json!(null), json!(1.5)])})
            }
            2 => {
                json!({"type": "array", "prefixItems": [self.schema(0, choices), self.schema(0, choices)], "items": false})
            }
            3 => json!({"type": "object", "patternProperties": {"^x-": self.schema(depth, choices)}}),
            4 => json!(true),
            _ => json!({"type": "number", "exclusiveMinimum": 0, "maximum": 1000}),
        }
    }

    /// A schema with definitions of its own.
    fn with_definitions(&mut self, name: &str, choices: &mut Choices<'_>) -> Value {
        let inner = names::any(choices);
        let place = format!("#/components/schemas/{}/$defs/{}", names::token(name), names::token(&inner));
        json!({
            "type": "object",
            "properties": {"first": {"$ref": place}, "others": {"type": "array", "items": {"$ref": place}}},
            "$defs": {inner: object::plain(self, 1, choices)},
        })
    }

    /// The schema with annotations, and perhaps null.
    fn annotated(&self, mut schema: Value, choices: &mut Choices<'_>) -> Value {
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

pub(crate) fn refer_to(component: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", names::token(component))})
}
