//! Attribute values (skills).

use serde_json::{Value, json};

use crate::http::Answer;

use super::call::Call;
use super::list;

/// The values of one attribute.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Answer> {
    let world = call.server.world();
    let attribute = world.routing.attribute(call.id(0)).ok_or_else(Answer::no_record)?;
    let values = world.routing.values().iter().filter(|value| value.attribute == attribute.id);
    let values: Vec<Value> = values.map(|value| value.json(false)).collect();
    drop(world);
    list::page(call, "attribute_values", &values, true)
}

pub(super) fn show(call: &Call<'_>) -> Result<Answer, Answer> {
    let world = call.server.world();
    let value = world.routing.value(call.id(0), call.id(1)).ok_or_else(Answer::no_record)?;
    Ok(Answer::value(200, &json!({"attribute_value": value.json(false)})))
}

pub(super) fn create(call: &Call<'_>) -> Result<Answer, Answer> {
    let name = call.name("attribute_value")?;
    let mut world = call.server.world();
    let world = &mut *world;
    world.routing.attribute(call.id(0)).ok_or_else(Answer::no_record)?;
    let value = world.routing.add_value(call.id(0), &name, call.now);
    world.logs.attribute_value("create", &value.id, &value.attribute, &name, call.now);
    Ok(Answer::value(201, &json!({"attribute_value": value.json(false)})))
}

pub(super) fn update(call: &Call<'_>) -> Result<Answer, Answer> {
    let body = call.body()?;
    let change = &body["attribute_value"];
    let name = change.get("name").map(|_| call.name("attribute_value")).transpose()?;
    let mut world = call.server.world();
    let world = &mut *world;
    let (attribute, id) = (call.id(0), call.id(1));
    let changed =
        world.routing.update_value(attribute, id, name.as_deref(), change.get("conditions"), call.now);
    let value = changed.ok_or_else(Answer::no_record)?;
    world.logs.attribute_value("update", &value.id, &value.attribute, &value.name, call.now);
    let mut record = value.json(false);
    record["conditions"] = value.conditions;
    Ok(Answer::value(200, &json!({"attribute_value": record})))
}

pub(super) fn delete(call: &Call<'_>) -> Result<Answer, Answer> {
    let mut world = call.server.world();
    let world = &mut *world;
    let removed = world.routing.remove_value(call.id(0), call.id(1), call.now, &mut world.logs);
    removed.map(|_| Answer::no_content()).ok_or_else(Answer::no_record)
}
