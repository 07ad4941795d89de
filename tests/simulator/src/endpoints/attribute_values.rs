//! Attribute values (skills).

use serde_json::{Value, json};

use crate::http::Response;

use super::call::Call;
use super::list;

/// Lists the values of one attribute.
pub(super) fn list(call: &Call<'_>) -> Result<Response, Response> {
    let account = call.server.account();
    let attribute = account.routing.attribute(call.id(0)).ok_or_else(Response::not_found)?;
    let values = account.routing.values().iter().filter(|value| value.attribute == attribute.id);
    let values: Vec<Value> = values.map(|value| value.json(false)).collect();
    drop(account);
    list::page(call, "attribute_values", &values, true)
}

pub(super) fn show(call: &Call<'_>) -> Result<Response, Response> {
    let account = call.server.account();
    let value = account.routing.value(call.id(0), call.id(1)).ok_or_else(Response::not_found)?;
    Ok(Response::value(200, &json!({"attribute_value": value.json(false)})))
}

pub(super) fn create(call: &Call<'_>) -> Result<Response, Response> {
    let name = call.name("attribute_value")?;
    let mut account = call.server.account();
    let account = &mut *account;
    account.routing.attribute(call.id(0)).ok_or_else(Response::not_found)?;
    let value = account.routing.add_value(call.id(0), &name, call.now);
    account.logs.attribute_value("create", &value.id, &value.attribute, &name, call.now);
    Ok(Response::value(201, &json!({"attribute_value": value.json(false)})))
}

pub(super) fn update(call: &Call<'_>) -> Result<Response, Response> {
    let body = call.body()?;
    let change = &body["attribute_value"];
    let name = change.get("name").map(|_| call.name("attribute_value")).transpose()?;
    let mut account = call.server.account();
    let account = &mut *account;
    let (attribute, id) = (call.id(0), call.id(1));
    let changed =
        account.routing.update_value(attribute, id, name.as_deref(), change.get("conditions"), call.now);
    let value = changed.ok_or_else(Response::not_found)?;
    account.logs.attribute_value("update", &value.id, &value.attribute, &value.name, call.now);
    let mut record = value.json(false);
    record["conditions"] = value.conditions;
    Ok(Response::value(200, &json!({"attribute_value": record})))
}

pub(super) fn delete(call: &Call<'_>) -> Result<Response, Response> {
    let mut account = call.server.account();
    let account = &mut *account;
    let removed = account.routing.remove_value(call.id(0), call.id(1), call.now, &mut account.logs);
    removed.map(|_| Response::no_content()).ok_or_else(Response::not_found)
}
