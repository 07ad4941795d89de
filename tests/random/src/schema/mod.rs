//! Schemas: components that refer to each other, and inline ones.

mod components;
mod object;
mod scalar;
mod union;

use serde_json::{Value, json};

use crate::choices::Choices;
use crate::names;
use crate::version::OpenApiVersion;

pub(crate) use self::components::Schemas;

/// The maximum nesting of inline schemas.
const MAX_DEPTH: usize = 3;

impl Schemas {
    /// Generates all components.
    pub(crate) fn generate_all(&mut self, choices: &mut Choices<'_>) {
        for name in self.names.clone() {
            let schema = self.component(&name, choices);
            self.components.insert(name, schema);
        }
    }

    fn component(&mut self, name: &str, choices: &mut Choices<'_>) -> Value {
        let schema = match choices.up_to(11) {
            0..=3 => {
                let object = object::plain(self, MAX_DEPTH, choices);
                self.extensible.push(name.to_owned());
                object
            }
            4 => object::extended(self, MAX_DEPTH, choices),
            5 => scalar::enumeration(choices),
            6 => union::untagged(self, MAX_DEPTH, choices),
            7 => union::tagged(self, choices),
            8 if !self.extensible.is_empty() => {
                let whole = object::merged(self, MAX_DEPTH, choices);
                self.extensible.push(name.to_owned());
                whole
            }
            9 => self.alias(choices),
            10 if self.version > OpenApiVersion::V30 => self.with_definitions(name, choices),
            _ => json!({"type": "array", "items": self.schema(MAX_DEPTH, choices)}),
        };
        self.annotated(schema, choices)
    }

    /// Generates a branch of a union. It only refers to components that are already generated: a cycle of unions has no
    /// values.
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

    /// Generates any schema, possibly with annotations.
    pub(crate) fn schema(&mut self, depth: usize, choices: &mut Choices<'_>) -> Value {
        let schema = self.any_schema(depth, choices);
        if choices.chance(3) { self.annotated(schema, choices) } else { schema }
    }

    fn any_schema(&mut self, depth: usize, choices: &mut Choices<'_>) -> Value {
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
            12 => union::untagged(self, depth - 1, choices),
            13 if !self.extensible.is_empty() => object::merged(self, depth - 1, choices),
            14 if self.version > OpenApiVersion::V30 => self.with_newer_keywords(depth - 1, choices),
            _ => choices.pick(&[json!({}), json!({"type": "object"}), json!({"type": "array", "items": {}})]),
        }
    }

    /// Generates a schema with keywords that only OpenAPI 3.1 has.
    fn with_newer_keywords(&mut self, depth: usize, choices: &mut Choices<'_>) -> Value {
        match choices.up_to(5) {
            0 => union::of_types(self, depth, choices),
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

    /// Generates a schema with its own definitions.
    fn with_definitions(&mut self, name: &str, choices: &mut Choices<'_>) -> Value {
        let inner = names::any(choices);
        let pointer = format!("#/components/schemas/{}/$defs/{}", names::token(name), names::token(&inner));
        json!({
            "type": "object",
            "properties": {"first": {"$ref": pointer}, "others": {"type": "array", "items": {"$ref": pointer}}},
            "$defs": {inner: object::plain(self, 1, choices)},
        })
    }
}
