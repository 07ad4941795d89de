//! Generates a value for a schema.

use serde_json::{Value, json};

use crate::choices::Choices;

/// The maximum nesting of values. A schema that requires itself has no finite value.
const MAX_DEPTH: usize = 12;
/// The maximum number of schemas that are visited for a value, because the work can double with each level.
const MAX_SCHEMAS: usize = 2_000;

/// Generates values for schemas of a document.
pub(super) struct Sampler<'t> {
    tree: &'t Value,
    work: usize,
}

impl<'t> Sampler<'t> {
    pub(super) fn new(tree: &'t Value) -> Self {
        Self { tree, work: MAX_SCHEMAS }
    }

    /// Generates a value that is valid for a schema; returns `None` if there is none, or only too large ones.
    pub(super) fn value(&mut self, schema: &Value, choices: &mut Choices<'_>) -> Option<Value> {
        self.value_at(schema, 0, choices)
    }

    /// Generates a value for a nested schema.
    pub(super) fn value_at(
        &mut self,
        schema: &Value,
        depth: usize,
        choices: &mut Choices<'_>,
    ) -> Option<Value> {
        self.work = self.work.checked_sub(1)?;
        if depth > MAX_DEPTH || *schema == Value::Bool(false) {
            return None;
        }
        let schema = self.resolve(schema);
        if is_nullable(schema) {
            let value = if choices.chance(4) { None } else { self.present(schema, depth, choices) };
            return Some(value.unwrap_or_default());
        }
        self.present(schema, depth, choices)
    }

    /// Resolves references.
    pub(super) fn resolve<'s>(&self, schema: &'s Value) -> &'s Value
    where
        't: 's,
    {
        let mut schema = schema;
        for _ in 0..MAX_DEPTH {
            let Some(target) = schema.get("$ref").and_then(Value::as_str) else { break };
            let path = target.trim_start_matches('#').replace("%25", "%");
            let Some(target) = self.tree.pointer(&path) else { break };
            schema = target;
        }
        schema
    }

    fn present(&mut self, schema: &Value, depth: usize, choices: &mut Choices<'_>) -> Option<Value> {
        if let Some(value) = schema.get("const") {
            return Some(value.clone());
        }
        if let Some(values) = list(schema, "enum") {
            return Some(choices.pick(values));
        }
        if schema.get("allOf").is_some() || schema.get("properties").is_some() {
            return self.object(schema, depth, choices);
        }
        if let Some(branches) = list(schema, "oneOf").or_else(|| list(schema, "anyOf")) {
            return self.branch(schema, branches, depth, choices);
        }
        let ty = match &schema["type"] {
            Value::Array(types) => {
                let types: Vec<_> = types.iter().filter(|ty| *ty != "null").collect();
                if types.is_empty() { "null" } else { choices.pick(&types).as_str()? }
            }
            ty => ty.as_str().unwrap_or_default(),
        };
        Some(match ty {
            "string" => json!(string(schema, choices)),
            "integer" => integer(schema, choices),
            "number" => number(schema, choices),
            "boolean" => json!(choices.chance(2)),
            "null" => Value::Null,
            "array" => return self.array(schema, depth, choices),
            "object" => return self.object(schema, depth, choices),
            _ => any_value(choices),
        })
    }

    fn array(&mut self, schema: &Value, depth: usize, choices: &mut Choices<'_>) -> Option<Value> {
        if let Some(items) = list(schema, "prefixItems") {
            return items.iter().map(|item| self.value_at(item, depth + 1, choices)).collect();
        }
        let items = schema.get("items").unwrap_or(&Value::Bool(true));
        let length = choices.up_to(3);
        let values: Option<Vec<_>> = (0..length).map(|_| self.value_at(items, depth + 1, choices)).collect();
        Some(json!(values.unwrap_or_default()))
    }

    /// Generates a value for one of several branches, with the discriminator's property.
    fn branch(
        &mut self,
        schema: &Value,
        branches: &[Value],
        depth: usize,
        choices: &mut Choices<'_>,
    ) -> Option<Value> {
        let first = choices.up_to(branches.len().saturating_sub(1));
        let order = branches[first..].iter().chain(&branches[..first]);
        for branch in order.filter(|branch| branch["type"] != "null") {
            let Some(mut value) = self.value_at(branch, depth + 1, choices) else { continue };
            if let Some(discriminator) = schema.get("discriminator") {
                let property = discriminator["propertyName"].as_str()?;
                value[property] = json!(self.tag(discriminator, property, branch)?);
            }
            return Some(value);
        }
        None
    }

    /// Returns the value of the discriminator's property: from the mapping, from the branch's enum, or the branch's
    /// name.
    fn tag(&self, discriminator: &Value, property: &str, branch: &Value) -> Option<String> {
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let mapped = mapping.into_iter().flatten().find(|(_, target)| **target == branch["$ref"]);
        if let Some((tag, _)) = mapped {
            return Some(tag.clone());
        }
        let listed = &self.resolve(branch)["properties"][property]["enum"][0];
        if let Some(tag) = listed.as_str() {
            return Some(tag.to_owned());
        }
        let name = branch["$ref"].as_str()?.rsplit('/').next()?;
        Some(name.replace("~1", "/").replace("~0", "~").replace("%25", "%"))
    }
}

fn is_nullable(schema: &Value) -> bool {
    let has_null = |keyword: &str| {
        list(schema, keyword).is_some_and(|branches| branches.iter().any(|branch| branch["type"] == "null"))
    };
    let listed = list(schema, "enum").is_none_or(|values| values.contains(&Value::Null));
    let types = schema["type"].as_array().is_some_and(|types| types.contains(&json!("null")));
    listed && (schema["nullable"] == true || types || has_null("anyOf") || has_null("oneOf"))
}

pub(super) fn list<'s>(schema: &'s Value, keyword: &str) -> Option<&'s [Value]> {
    schema.get(keyword).and_then(Value::as_array).map(Vec::as_slice)
}

fn string(schema: &Value, choices: &mut Choices<'_>) -> String {
    let pick = |choices: &mut Choices<'_>, from: &[&str]| choices.pick(from).to_owned();
    if schema.get("pattern").is_some() || schema.get("maxLength").is_some() {
        return pick(choices, &["abc", "x"]);
    }
    match schema["format"].as_str().unwrap_or_default() {
        "date-time" => pick(
            choices,
            &[
                "2026-03-05T10:11:12Z",
                "1969-12-31T23:59:59.123456789+02:30",
                "2024-02-29t00:00:00.500z",
                "2016-12-31T23:59:60Z",
                "2026-03-05 10:11:12",
                "2026-03-05T10:11+0100",
            ],
        ),
        "date" => pick(choices, &["2026-03-05"]),
        "uuid" => pick(choices, &["123e4567-e89b-12d3-a456-426614174000"]),
        "email" => pick(choices, &["a@example.com"]),
        "uri" => pick(choices, &["https://example.com/?a=b#c"]),
        "byte" => pick(choices, &["aGk=", ""]),
        "int64" => pick(choices, &["9007199254740993", "-1"]),
        _ if choices.chance(4) => choices.text(),
        _ => pick(
            choices,
            &["text", "", "two words", "😀", "\"\\\n\u{0}", "null", "1", "2026-03-05T10:11:12Z"],
        ),
    }
}

fn integer(schema: &Value, choices: &mut Choices<'_>) -> Value {
    if schema["format"] == "uint64" {
        return json!(choices.pick(&[0, 1, u64::MAX]));
    }
    if schema["format"] == "int32" {
        return json!(choices.pick(&[0, 1, i32::MAX, i32::MIN]));
    }
    if schema.get("minimum").is_some() || schema["format"] == "unix-time" {
        return json!(choices.pick(&[0, -10, 1_772_705_472]));
    }
    choices.pick(&[
        json!(0),
        json!(-1),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(9_007_199_254_740_993_i64),
        json!(5.0),
    ])
}

/// Generates a number that `f64` can represent.
fn number(schema: &Value, choices: &mut Choices<'_>) -> Value {
    if schema.get("multipleOf").is_some() || schema.get("maximum").is_some() {
        return choices.pick(&[json!(0.5), json!(1000), json!(3.0)]);
    }
    choices.pick(&[
        json!(0),
        json!(0.1),
        json!(-1),
        json!(1e300),
        json!(1e-7),
        json!(3.0),
        json!(9_007_199_254_740_992_i64),
    ])
}

fn any_value(choices: &mut Choices<'_>) -> Value {
    choices.pick(&[
        json!(null),
        json!(true),
        json!(u64::MAX),
        json!(1.5),
        json!("text"),
        json!([1, null, []]),
        json!({"a": {"b": []}, "": null}),
    ])
}
