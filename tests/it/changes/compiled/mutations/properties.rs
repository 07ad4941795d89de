//! Mutations of properties.

use fastrand::Rng;
use serde_json::{Value, json};

use super::pointers::{components, properties, properties_with, schemas_with, split, step};
use super::schemas::{any, is_object};
use super::{Mutation, one, shuffle, toggle};

pub(super) const ALL: &[Mutation] = &[
    ("remove property", remove_property),
    ("add property", add_property),
    ("rename property a little", |document, rng| rename_property(document, rng, |name| format!("{name}s"))),
    ("rename property", |document, rng| rename_property(document, rng, |name| format!("quite-{name}"))),
    ("change case of property", |document, rng| rename_property(document, rng, str::to_uppercase)),
    ("retype property", retype_property),
    ("retype property", retype_property),
    ("toggle required", toggle_required),
    ("toggle required", toggle_required),
    ("toggle readOnly", |document, rng| flag_property(document, rng, "readOnly")),
    ("toggle writeOnly", |document, rng| flag_property(document, rng, "writeOnly")),
    ("toggle deprecated of property", |document, rng| flag_property(document, rng, "deprecated")),
    ("read integers from strings", read_leniently),
    ("change default of property", change_default),
    ("name property in Rust", |document, rng| name_in_rust(document, rng, properties)),
    ("name component in Rust", |document, rng| name_in_rust(document, rng, component_pointers)),
    ("reorder properties", reorder_properties),
];

fn component_pointers(document: &Value) -> Vec<String> {
    components(document).iter().map(|name| format!("/components/schemas/{}", step(name))).collect()
}

fn remove_property(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&properties(document), rng)?;
    let (parent, name) = split(&at);
    document.pointer_mut(parent)?.as_object_mut()?.shift_remove(&name)?;
    let owner = document.pointer_mut(split(parent).0)?;
    if let Some(required) = owner["required"].as_array_mut() {
        required.retain(|other| *other != name);
    }
    Some(at)
}

fn add_property(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&schemas_with(document, is_object), rng)?;
    let schema = any(document, rng);
    let owner = document.pointer_mut(&at)?;
    owner["properties"]["fresh"] = schema;
    if rng.bool() {
        let required = owner.as_object_mut()?.entry("required").or_insert_with(|| json!([]));
        required.as_array_mut()?.push(json!("fresh"));
    }
    Some(at)
}

fn rename_property(document: &mut Value, rng: &mut Rng, new: fn(&str) -> String) -> Option<String> {
    let at = one(&properties(document), rng)?;
    let (parent, name) = split(&at);
    let new_name = new(&name);
    let all = document.pointer_mut(parent)?.as_object_mut()?;
    *all = std::mem::take(all)
        .into_iter()
        .map(|(key, value)| (if key == name { new_name.clone() } else { key }, value))
        .collect();
    let owner = document.pointer_mut(split(parent).0)?;
    for required in owner["required"].as_array_mut().into_iter().flatten() {
        if *required == name {
            *required = json!(new_name);
        }
    }
    Some(format!("{at} to {new_name}"))
}

fn retype_property(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&properties(document), rng)?;
    let schema = any(document, rng);
    let changed = format!("{at} to {schema}");
    *document.pointer_mut(&at)? = schema;
    Some(changed)
}

fn toggle_required(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&properties(document), rng)?;
    let (parent, name) = split(&at);
    let owner = document.pointer_mut(split(parent).0)?.as_object_mut()?;
    let required = owner.entry("required").or_insert_with(|| json!([])).as_array_mut()?;
    match required.iter().position(|other| *other == name) {
        Some(index) => drop(required.remove(index)),
        None => required.push(json!(name)),
    }
    Some(at)
}

fn flag_property(document: &mut Value, rng: &mut Rng, flag: &str) -> Option<String> {
    let at = one(&properties_with(document, |schema| schema.get("$ref").is_none()), rng)?;
    toggle(document.pointer_mut(&at)?, flag);
    Some(at)
}

fn read_leniently(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&properties_with(document, |schema| schema["type"] == "integer"), rng)?;
    document.pointer_mut(&at)?["x-read-as"] = json!("integer");
    Some(at)
}

fn change_default(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&properties_with(document, |schema| schema["type"] == "string"), rng)?;
    document.pointer_mut(&at)?["default"] = json!("new");
    Some(at)
}

fn name_in_rust(document: &mut Value, rng: &mut Rng, pointers: fn(&Value) -> Vec<String>) -> Option<String> {
    let plain = |at: &String| document.pointer(at).is_some_and(|node| node.get("$ref").is_none());
    let at = one(&pointers(document).into_iter().filter(plain).collect::<Vec<_>>(), rng)?;
    document.pointer_mut(&at)?["x-rust-name"] = json!("other_name");
    Some(at)
}

fn reorder_properties(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&schemas_with(document, is_object), rng)?;
    shuffle(&mut document.pointer_mut(&at)?["properties"], rng)?;
    Some(at)
}
