//! Rewrites branches that are constants as one enum.
//!
//! OpenAPI 3.1 annotates the values of an enum as `oneOf: [{const: 1, title: Low, description: …}, …]`.

use serde_json::{Value, json};

use crate::base::json_object::JsonObject;

/// The extensions with names and descriptions of values, which other generators have, too.
const NAMES: &str = "x-enum-varnames";
const DESCRIPTIONS: &str = "x-enum-descriptions";

/// Keywords beside a constant that don't change which values are valid.
const SILENT: [&str; 11] = [
    "enum",
    "type",
    "title",
    "description",
    "nullable",
    "deprecated",
    "example",
    "examples",
    "format",
    "externalDocs",
    "default",
];

/// Keywords beside the branches that say more about their values than an enum can.
const COMPOSITIONS: [&str; 6] = ["allOf", "enum", "properties", "discriminator", "items", "not"];

/// Rewrites the branches of `oneOf` or `anyOf`, if all of them are constants. Branches were rewritten before, so a
/// constant is an `enum` of one value, or `nullable`.
pub(super) fn rewrite_const_branches(schema: &mut JsonObject) {
    for (keyword, other) in [("oneOf", "anyOf"), ("anyOf", "oneOf")] {
        let is_plain = !COMPOSITIONS.iter().chain([&other]).any(|keyword| schema.contains_key(*keyword));
        let Some(Value::Array(branches)) = schema.get(keyword).filter(|_| is_plain) else { continue };
        let constants: Option<Vec<_>> = branches.iter().map(constant).collect();
        let Some(constants) = constants.filter(|constants| !constants.is_empty()) else { continue };
        let list = |key: &str| Value::Array(constants.iter().map(|branch| text(branch, key)).collect());
        let (names, descriptions) = (list("title"), list("description"));
        let values = constants.iter().filter_map(|branch| branch.get("enum")?.get(0).cloned()).collect();
        let nullable = branches.iter().any(|branch| branch.get("nullable") == Some(&json!(true)));
        let ty = shared(&constants, "type");
        schema.shift_remove(keyword);
        schema.insert("enum".to_owned(), Value::Array(values));
        schema.entry(NAMES).or_insert(names);
        schema.entry(DESCRIPTIONS).or_insert(descriptions);
        if let Some(ty) = ty {
            schema.entry("type").or_insert(ty);
        }
        if nullable {
            schema.insert("nullable".to_owned(), json!(true));
        }
    }
}

/// Returns a branch that allows one value.
fn constant(branch: &Value) -> Option<&JsonObject> {
    let branch = branch.as_object()?;
    let is_silent = |key: &String| SILENT.contains(&key.as_str()) || key.starts_with("x-");
    let values = branch.get("enum")?.as_array()?;
    (values.len() == 1 && branch.keys().all(is_silent)).then_some(branch)
}

fn text(branch: &JsonObject, key: &str) -> Value {
    branch.get(key).filter(|text| text.is_string()).cloned().unwrap_or_default()
}

/// Returns the value of a keyword that all branches have.
fn shared(branches: &[&JsonObject], key: &str) -> Option<Value> {
    let first = branches.first()?.get(key)?;
    branches.iter().all(|branch| branch.get(key) == Some(first)).then(|| first.clone())
}
