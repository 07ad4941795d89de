//! Attributes (skill types).

use serde_json::{Value, json};

use crate::http::Answer;

use super::call::Call;
use super::list;

/// All attributes, with all values where they are asked for.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Answer> {
    let world = call.server.world();
    let attributes: Vec<Value> = world.routing.attributes().iter().map(|found| found.json(false)).collect();
    let values: Vec<Value> = world.routing.values().iter().map(|found| found.json(true)).collect();
    drop(world);
    let mut answer = list::page(call, "attributes", &attributes, false)?;
    if call.request.lists("include", "attribute_values")
        && let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body)
    {
        body["attribute_values"] = json!(values);
        answer.body = body.to_string().into_bytes();
    }
    Ok(answer)
}

/// The conditions that there are.
pub(super) fn definitions() -> Answer {
    let incidents = json!({
        "subject": "number_of_incidents", "title": "Number of incidents", "type": "text", "group": "ticket",
        "nullable": false, "repeatable": false, "metadata": null,
        "operators": [{"value": "less_than", "title": "Less than", "terminal": false},
            {"value": "present", "title": "Present", "terminal": true}],
    });
    let brand = json!({
        "subject": "brand", "title": "Brand", "type": "list", "group": "ticket", "nullable": true,
        "repeatable": true, "operators": [{"value": "is", "title": "Is", "terminal": false}],
        "values": [{"value": "26363596759827", "title": "Acme", "enabled": true},
            {"value": "", "title": "-", "enabled": false}],
        "metadata": {"collection_key": "brands", "item_key": "brand"},
    });
    let plain = json!({"subject": "locale_id", "title": "Language"});
    let definitions = json!({"conditions_all": [incidents, brand, plain], "conditions_any": [brand]});
    Answer::value(200, &json!({"definitions": definitions}))
}

pub(super) fn show(call: &Call<'_>) -> Result<Answer, Answer> {
    let world = call.server.world();
    let attribute = world.routing.attribute(call.id(0)).ok_or_else(Answer::no_record)?;
    Ok(Answer::value(200, &json!({"attribute": attribute.json(true)})))
}

pub(super) fn create(call: &Call<'_>) -> Result<Answer, Answer> {
    let name = call.name("attribute")?;
    let mut world = call.server.world();
    let world = &mut *world;
    if world.routing.attributes().iter().any(|attribute| attribute.name == name) {
        return Err(Answer::invalid("base", "Name: has already been taken", None));
    }
    let attribute = world.routing.add_attribute(&name, call.now);
    world.logs.attribute("create", &attribute.id, &name, call.now);
    Ok(Answer::value(201, &json!({"attribute": attribute.json(true)})))
}

pub(super) fn update(call: &Call<'_>) -> Result<Answer, Answer> {
    let name = call.name("attribute")?;
    let mut world = call.server.world();
    let world = &mut *world;
    let attribute =
        world.routing.rename_attribute(call.id(0), &name, call.now).ok_or_else(Answer::no_record)?;
    world.logs.attribute("update", &attribute.id, &name, call.now);
    Ok(Answer::value(200, &json!({"attribute": attribute.json(true)})))
}

pub(super) fn delete(call: &Call<'_>) -> Result<Answer, Answer> {
    let mut world = call.server.world();
    let world = &mut *world;
    let removed = world.routing.remove_attribute(call.id(0), call.now, &mut world.logs);
    let attribute = removed.ok_or_else(Answer::no_record)?;
    world.logs.attribute("delete", &attribute.id, &attribute.name, call.now);
    Ok(Answer::no_content())
}
