//! Mutations of enums and of `oneOf` and `anyOf`.

use fastrand::Rng;
use serde_json::{Value, json};

use super::pointers::{properties, schemas, schemas_with};
use super::schemas::any;
use super::{Mutation, one, shuffle};

pub(super) const ALL: &[Mutation] = &[
    ("add value", add_value),
    ("remove value", remove_value),
    ("rename value", rename_value),
    ("make string an enum", make_enum),
    ("make enum a string", unmake_enum),
    ("add choice", add_choice),
    ("remove choice", remove_choice),
    ("retype choice", retype_choice),
    ("reorder choices", reorder_choices),
    ("make a choice", make_choice),
    ("change tag", change_tag),
    ("change mapping of tag", change_mapping),
];

fn enums(document: &Value) -> Vec<String> {
    schemas_with(document, |schema| schema["enum"].as_array().is_some_and(|values| !values.is_empty()))
}

fn add_value(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&enums(document), rng)?;
    let values = document.pointer_mut(&at)?["enum"].as_array_mut()?;
    values.insert(rng.usize(..=values.len()), json!("brand-new"));
    Some(at)
}

fn remove_value(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&enums(document), rng)?;
    let values = document.pointer_mut(&at)?["enum"].as_array_mut()?;
    values.remove(rng.usize(..values.len()));
    Some(at)
}

fn rename_value(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&enums(document), rng)?;
    let values = document.pointer_mut(&at)?["enum"].as_array_mut()?;
    let index = rng.usize(..values.len());
    let value = values[index].as_str()?;
    let new = if rng.bool() { value.to_uppercase() } else { format!("{value}-too") };
    values[index] = json!(new);
    Some(at)
}

fn make_enum(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let is_string = |schema: &Value| {
        schema["type"] == "string" && schema.get("enum").is_none() && schema.get("format").is_none()
    };
    let at = one(&schemas_with(document, is_string), rng)?;
    document.pointer_mut(&at)?["enum"] = json!(["one", "two"]);
    Some(at)
}

fn unmake_enum(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&enums(document), rng)?;
    document.pointer_mut(&at)?.as_object_mut()?.shift_remove("enum");
    Some(at)
}

fn choices(document: &Value) -> Vec<String> {
    let schemas = schemas(document);
    let lists = schemas.iter().flat_map(|at| ["oneOf", "anyOf"].map(|key| format!("{at}/{key}")));
    lists.filter(|at| document.pointer(at).is_some_and(Value::is_array)).collect()
}

fn add_choice(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&choices(document), rng)?;
    let schema = any(document, rng);
    let changed = format!("{at}: {schema}");
    document.pointer_mut(&at)?.as_array_mut()?.push(schema);
    Some(changed)
}

fn remove_choice(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&choices(document), rng)?;
    let list = document.pointer_mut(&at)?.as_array_mut()?;
    if list.len() < 2 {
        return None;
    }
    list.remove(rng.usize(..list.len()));
    Some(at)
}

fn retype_choice(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&choices(document), rng)?;
    let schema = any(document, rng);
    let list = document.pointer_mut(&at)?.as_array_mut()?;
    let index = rng.usize(..list.len().max(1));
    let changed = format!("{at}/{index} to {schema}");
    *list.get_mut(index)? = schema;
    Some(changed)
}

fn reorder_choices(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&choices(document), rng)?;
    shuffle(document.pointer_mut(&at)?, rng)?;
    Some(at)
}

fn make_choice(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&properties(document), rng)?;
    let other = any(document, rng);
    let schema = document.pointer_mut(&at)?;
    *schema = json!({"oneOf": [schema, other]});
    Some(at)
}

fn change_tag(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&schemas_with(document, |schema| schema["discriminator"].is_object()), rng)?;
    let schema = document.pointer_mut(&at)?;
    if rng.bool() {
        schema.as_object_mut()?.shift_remove("discriminator");
    } else {
        schema["discriminator"]["propertyName"] = json!("kind");
    }
    Some(at)
}

fn change_mapping(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let at = one(&schemas_with(document, |schema| schema["discriminator"]["mapping"].is_object()), rng)?;
    let mapping = document.pointer_mut(&at)?["discriminator"]["mapping"].as_object_mut()?;
    let tag = one(&mapping.keys().cloned().collect::<Vec<_>>(), rng)?;
    let target = if rng.bool() { mapping.shift_remove(&tag)? } else { mapping[&tag].clone() };
    mapping.insert(format!("{tag}-too"), target);
    Some(at)
}
