//! Schemas with their validators, each compiled when it is first used.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use super::closed::closed;
use super::direction_rules::Direction;
use super::tree::Tree;

/// The maximum number of problems that are listed for one value.
const MAX_PROBLEMS: usize = 20;
/// The maximum length of a message, which may contain the value.
const MAX_MESSAGE: usize = 300;

/// A schema with its validator.
#[derive(Debug)]
pub(crate) struct Schema {
    /// The schema as JSON Schema, with all schemas that it refers to.
    pub(crate) root: Value,
    /// The validator. `None` if the schema is invalid, so that it accepts every value.
    validator: Option<Validator>,
}

impl Schema {
    fn new(mut root: Value) -> Self {
        let build = |root: &Value| {
            let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
            options.build(root).ok()
        };
        let validator = build(&root).or_else(|| {
            // Most invalid schemas have a pattern in another dialect of regular expressions.
            remove_patterns(&mut root);
            build(&root)
        });
        Self { root, validator }
    }

    /// Returns a part of a closed schema as a schema of its own.
    pub(crate) fn part(root: &Value, schema: &Value) -> Self {
        let definitions = root.get("$defs").cloned().unwrap_or_default();
        Self::new(json!({"allOf": [schema], "$defs": definitions}))
    }

    pub(crate) fn is_valid(&self, value: &Value) -> bool {
        self.validator.as_ref().is_none_or(|validator| validator.is_valid(value))
    }

    /// Returns the problems of a value: their JSON pointers in the value, and messages.
    pub(crate) fn problems(&self, value: &Value) -> Vec<(String, String)> {
        let Some(validator) = &self.validator else { return Vec::new() };
        let problems = validator.iter_errors(value).take(MAX_PROBLEMS).map(|error| {
            (error.instance_path().to_string(), error.to_string().chars().take(MAX_MESSAGE).collect())
        });
        problems.collect()
    }
}

fn remove_patterns(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(remove_patterns),
        Value::Object(entries) => {
            if entries.get("pattern").is_some_and(Value::is_string) {
                entries.remove("pattern");
            }
            if entries.get("patternProperties").is_some_and(Value::is_object) {
                entries.remove("patternProperties");
            }
            entries.values_mut().for_each(remove_patterns);
        }
        _ => {}
    }
}

/// The schemas of a description that were used.
#[derive(Debug, Default)]
pub(crate) struct Schemas(Mutex<HashMap<(String, Direction), Arc<Schema>>>);

impl Schemas {
    /// Returns the schema at a JSON pointer.
    pub(crate) fn get(&self, tree: &Tree, at: &str, direction: Direction) -> Arc<Schema> {
        let key = (at.to_owned(), direction);
        let mut schemas = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let schema = schemas.entry(key).or_insert_with(|| Arc::new(Schema::new(closed(tree, at, direction))));
        Arc::clone(schema)
    }
}
