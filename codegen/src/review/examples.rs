//! The examples in a description, with the types that they should have.

use serde_json::Value;

use crate::base::pointer::Pointer;
use crate::grammar::reference::resolve;
use crate::ir::api::{Operation, TypeDef, TypeKind};
use crate::ir::request::{BodyKind, ResponseFormat};
use crate::ir::ty::Type;
use crate::output::generator_output::Output;
use crate::render::symbol::ExternalPaths;
use crate::render::types::type_text;

/// An example in the description.
#[derive(Clone, Debug, PartialEq)]
pub struct Example<'a> {
    /// The pointer of the example.
    pub pointer: Pointer,
    /// The pointer of its schema.
    pub schema: Pointer,
    /// The type that it should have, as code outside the crate writes it. The crate is called `client`.
    pub ty: String,
    /// The JSON value.
    pub value: &'a Value,
}

/// Returns the examples of emitted types and their properties, of JSON request bodies, and of JSON responses.
#[must_use]
pub fn examples(output: &Output) -> Vec<Example<'_>> {
    let mut found = ExampleFinder { output, tree: &output.patched, examples: Vec::new() };
    for def in &output.api.types {
        found.of_schema(&def.pointer, &Type::Named(def.name.clone()));
        found.of_properties(def);
    }
    for (_, operation) in output.api.operations() {
        found.of_operation(operation);
    }
    let mut examples = found.examples;
    examples.sort_by(|a, b| (&a.pointer, &a.ty).cmp(&(&b.pointer, &b.ty)));
    examples.dedup_by(|a, b| a.pointer == b.pointer && a.ty == b.ty);
    examples
}

struct ExampleFinder<'a> {
    output: &'a Output,
    tree: &'a Value,
    examples: Vec<Example<'a>>,
}

impl<'a> ExampleFinder<'a> {
    fn of_schema(&mut self, at: &Pointer, ty: &Type) {
        let Some(schema) = at.find(self.tree) else { return };
        // Null is not a value of the type itself, but of the field that uses it.
        let null = allows_null(schema);
        let mut push = |pointer, value: &'a Value| {
            if !(null && value.is_null()) {
                self.push(pointer, at.clone(), ty, value);
            }
        };
        if let Some(value) = schema.get("example") {
            push(at.child("example"), value);
        }
        for (index, value) in
            schema.get("examples").and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            push(at.child("examples").index(index), value);
        }
    }

    fn of_properties(&mut self, def: &TypeDef) {
        let TypeKind::Model(fields) = &def.kind else { return };
        for field in fields {
            let at = def.pointer.child("properties").child(field.wire.as_str());
            self.of_schema(&at, &field.ty);
        }
    }

    fn of_operation(&mut self, operation: &Operation) {
        let Some(declared) = operation.pointer.find(self.tree) else { return };
        if let Some((body, value)) = operation.body.as_ref().zip(declared.get("requestBody"))
            && body.kind == BodyKind::Json
        {
            // Each media type of a body has its own operation.
            let own = |media_type: &str| media_type == body.media_type;
            self.of_contents(value, operation.pointer.child("requestBody"), &body.ty, own);
        }
        let responses = declared.get("responses").and_then(Value::as_object);
        let at = operation.pointer.child("responses");
        for (status, response) in responses.into_iter().flatten() {
            let error_response = operation
                .error_responses
                .iter()
                .find(|response| response.status.eq_ignore_ascii_case(status));
            let ty = match (&operation.response, operation.response_format, error_response) {
                (_, _, Some(response)) => &response.ty,
                (Some(ty), ResponseFormat::Json, _) if status.starts_with('2') => ty,
                // A union by status code is not decoded from JSON alone, but each of its variants is.
                (_, ResponseFormat::ByStatus, _) => {
                    let mut successes = operation.success_responses.iter();
                    match successes.find(|success| success.status.eq_ignore_ascii_case(status)) {
                        Some(success) => &success.ty,
                        None => continue,
                    }
                }
                _ => continue,
            };
            // The type is that of one media type, and of the others with the same schema.
            let (resolved, _) = self.resolve(response, at.child(status.as_str()));
            let schema = |media_type: &str| resolved.get("content")?.get(media_type)?.get("schema");
            let mut stated = operation.responses.iter();
            let stated = stated.find(|stated| stated.status.eq_ignore_ascii_case(status));
            let Some(usual) = stated.and_then(|stated| stated.media_types.first()) else { continue };
            self.of_contents(response, at.child(status.as_str()), ty, |media_type| {
                media_type == usual || media_type.contains("json") && schema(media_type) == schema(usual)
            });
        }
    }

    fn of_contents(&mut self, holder: &'a Value, at: Pointer, ty: &Type, own: impl Fn(&str) -> bool) {
        let (holder, at) = self.resolve(holder, at);
        let contents = holder.get("content").and_then(Value::as_object);
        for (media_type, media) in contents.into_iter().flatten().filter(|(key, _)| own(key)) {
            let at = at.child("content").child(media_type.as_str());
            if self.output.api.skipped.iter().any(|skipped| skipped.pointer == at) {
                continue;
            }
            let schema = at.child("schema");
            if let Some(value) = media.get("example") {
                self.push(at.child("example"), schema.clone(), ty, value);
            }
            for (name, example) in media.get("examples").and_then(Value::as_object).into_iter().flatten() {
                let (example, at) = self.resolve(example, at.child("examples").child(name.as_str()));
                if let Some(value) = example.get("value") {
                    self.push(at.child("value"), schema.clone(), ty, value);
                }
            }
        }
    }

    fn resolve(&self, value: &'a Value, at: Pointer) -> (&'a Value, Pointer) {
        resolve(self.tree, value, at)
    }

    fn push(&mut self, pointer: Pointer, schema: Pointer, ty: &Type, value: &'a Value) {
        self.examples.push(Example {
            pointer,
            schema,
            ty: type_text(ty, &mut ExternalPaths("client")),
            value,
        });
    }
}

fn allows_null(schema: &Value) -> bool {
    let any_matches = |key: &str, null: &dyn Fn(&Value) -> bool| {
        schema.get(key).and_then(Value::as_array).is_some_and(|values| values.iter().any(null))
    };
    schema.get("nullable") == Some(&Value::Bool(true))
        || any_matches("type", &|ty| ty == "null")
        || any_matches("enum", &Value::is_null)
        || ["oneOf", "anyOf"].iter().any(|key| {
            any_matches(key, &|branch| allows_null(branch) || branch.get("type") == Some(&"null".into()))
        })
}
