//! Removes references that lead back to themselves without a property or an item between.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The maximum length of a chain of references.
const MAX_CHAIN: usize = 500;

/// Replaces references that close such a cycle by a schema that accepts every value: they say nothing about it, and no
/// validator would end.
pub(super) fn without_cycles(definitions: &mut Map<String, Value>) {
    let mut done = BTreeSet::new();
    let names: Vec<String> = definitions.keys().cloned().collect();
    for name in names {
        visit(definitions, &name, &mut Vec::new(), &mut done);
    }
}

fn visit(
    definitions: &mut Map<String, Value>,
    name: &str,
    open: &mut Vec<String>,
    done: &mut BTreeSet<String>,
) {
    if done.contains(name) {
        return;
    }
    open.push(name.to_owned());
    let Some(mut schema) = definitions.get(name).cloned() else { return };
    let mut targets = Vec::new();
    same_value(&mut schema, &mut |reference| {
        let target = reference.trim_start_matches("#/$defs/").to_owned();
        let is_cycle = open.contains(&target) || open.len() > MAX_CHAIN;
        if !is_cycle {
            targets.push(target);
        }
        !is_cycle
    });
    definitions.insert(name.to_owned(), schema);
    for target in targets {
        visit(definitions, &target, open, done);
    }
    open.pop();
    done.insert(name.to_owned());
}

/// Removes the references that apply to the same value as the schema, unless they are kept.
fn same_value(schema: &mut Value, keep: &mut dyn FnMut(&str) -> bool) {
    let Some(entries) = schema.as_object_mut() else { return };
    if entries.get("$ref").and_then(Value::as_str).is_some_and(|reference| !keep(reference)) {
        entries.remove("$ref");
    }
    for (key, value) in entries {
        match (key.as_str(), value) {
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => {
                for schema in schemas {
                    same_value(schema, keep);
                }
            }
            ("not" | "if" | "then" | "else", schema) => same_value(schema, keep),
            ("dependentSchemas", Value::Object(schemas)) => {
                for schema in schemas.values_mut() {
                    same_value(schema, keep);
                }
            }
            _ => {}
        }
    }
}
