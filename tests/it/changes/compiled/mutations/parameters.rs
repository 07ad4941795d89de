//! Mutations of parameters.

use fastrand::Rng;
use serde_json::{Value, json};

use super::pointers::{operations, operations_with, parameters, parameters_with, split};
use super::schemas::any;
use super::{Mutation, one, shuffle, toggle};

pub(super) const ALL: &[Mutation] = &[
    ("add parameter", add),
    ("add parameter", add),
    ("remove parameter", remove),
    ("rename parameter a little", |document, rng| rename(document, rng, |name| format!("{name}s"))),
    ("rename parameter", |document, rng| rename(document, rng, |name| format!("quite-{name}"))),
    ("change case of parameter", |document, rng| rename(document, rng, str::to_uppercase)),
    ("retype parameter", retype),
    ("retype parameter", retype),
    ("retype items of parameter", retype_items),
    ("toggle required of parameter", toggle_required),
    ("relocate parameter", relocate),
    ("reorder parameters", reorder),
    ("swap parameters", swap),
    ("restyle parameter", restyle),
    ("change default of parameter", change_default),
    ("toggle deprecated of parameter", deprecate),
    ("describe parameter", describe),
    ("name parameter in Rust", name_in_rust),
];

/// Returns the parameters that are not in the path.
fn free(document: &Value) -> Vec<String> {
    parameters_with(document, |parameter| parameter["in"] != "path")
}

fn add(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations(document), rng)?;
    let schema = any(document, rng);
    let required = rng.bool();
    let operation = document.pointer_mut(&at)?.as_object_mut()?;
    let list = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut()?;
    let index = rng.usize(..=list.len());
    list.insert(index, json!({"name": "fresh", "in": "query", "required": required, "schema": schema}));
    Some(format!("{at}/parameters/{index} {required}: {schema}"))
}

fn remove(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&free(document), rng)?;
    let (list, index) = split(&at);
    document.pointer_mut(list)?.as_array_mut()?.remove(index.parse().ok()?);
    Some(at)
}

fn rename(document: &mut Value, rng: &mut Rng, new: fn(&str) -> String) -> Option<String> {
    let at = one(&free(document), rng)?;
    let parameter = document.pointer_mut(&at)?;
    parameter["name"] = json!(new(parameter["name"].as_str()?));
    Some(format!("{at} to {}", parameter["name"]))
}

fn retype(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&parameters_with(document, |parameter| parameter["schema"].is_object()), rng)?;
    let schema = any(document, rng);
    let changed = format!("{at} to {schema}");
    document.pointer_mut(&at)?["schema"] = schema;
    Some(changed)
}

fn retype_items(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&parameters_with(document, |parameter| parameter["schema"]["items"].is_object()), rng)?;
    let schema = any(document, rng);
    let changed = format!("{at} to {schema}");
    document.pointer_mut(&at)?["schema"]["items"] = schema;
    Some(changed)
}

fn toggle_required(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&free(document), rng)?;
    toggle(document.pointer_mut(&at)?, "required");
    Some(at)
}

fn relocate(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&free(document), rng)?;
    let parameter = document.pointer_mut(&at)?;
    let others: Vec<_> =
        ["query", "header", "cookie"].into_iter().filter(|location| parameter["in"] != **location).collect();
    parameter["in"] = json!(one(&others, rng)?);
    parameter.as_object_mut()?.shift_remove("style");
    Some(at)
}

fn reorder(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&operations_with(document, |operation| operation["parameters"][1].is_object()), rng)?;
    shuffle(&mut document.pointer_mut(&at)?["parameters"], rng)?;
    Some(at)
}

fn swap(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&parameters_with(document, |parameter| parameter["required"] == true), rng)?;
    let (list, index) = split(&at);
    let (list, index) = (document.pointer_mut(list)?.as_array_mut()?, index.parse::<usize>().ok()?);
    let other = index.checked_sub(1)?;
    list.swap(index, other);
    Some(at)
}

fn restyle(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&parameters(document), rng)?;
    let parameter = document.pointer_mut(&at)?;
    match (rng.u8(..3), parameter["in"].as_str()?) {
        (0, "query") => toggle(parameter, "allowReserved"),
        (0, "path") => parameter["style"] = json!("label"),
        (1, "query") => toggle(parameter, "allowEmptyValue"),
        _ => toggle(parameter, "explode"),
    }
    Some(at)
}

fn change_default(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&parameters_with(document, |parameter| parameter["schema"]["type"] == "integer"), rng)?;
    document.pointer_mut(&at)?["schema"]["default"] = json!(rng.u8(..100));
    Some(at)
}

fn deprecate(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&parameters(document), rng)?;
    toggle(document.pointer_mut(&at)?, "deprecated");
    Some(at)
}

fn describe(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&parameters(document), rng)?;
    document.pointer_mut(&at)?["description"] = json!("Another description.");
    Some(at)
}

fn name_in_rust(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&parameters(document), rng)?;
    document.pointer_mut(&at)?["x-rust-name"] = json!("other_name");
    Some(at)
}
