//! Attributes (skill types).

use serde_json::{Value, json};

use crate::http::Response;

use super::call::Call;
use super::list;

/// Lists all attributes, with all values if the request includes them.
pub(super) fn list(call: &Call<'_>) -> Result<Response, Response> {
    let account = call.server.account();
    let attributes: Vec<Value> = account.routing.attributes().iter().map(|found| found.json(false)).collect();
    let values: Vec<Value> = account.routing.values().iter().map(|found| found.json(true)).collect();
    drop(account);
    let mut response = list::page(call, "attributes", &attributes, false)?;
    if call.request.includes("include", "attribute_values")
        && let Ok(mut body) = serde_json::from_slice::<Value>(&response.body)
    {
        body["attribute_values"] = json!(values);
        response.body = body.to_string().into_bytes();
    }
    Ok(response)
}

/// Returns the conditions.
pub(super) fn definitions() -> Response {
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
    Response::value(200, &json!({"definitions": definitions}))
}

pub(super) fn show(call: &Call<'_>) -> Result<Response, Response> {
    let account = call.server.account();
    let attribute = account.routing.attribute(call.id(0)).ok_or_else(Response::not_found)?;
    Ok(Response::value(200, &json!({"attribute": attribute.json(true)})))
}

pub(super) fn create(call: &Call<'_>) -> Result<Response, Response> {
    let name = call.name("attribute")?;
    let mut account = call.server.account();
    let account = &mut *account;
    if account.routing.attributes().iter().any(|attribute| attribute.name == name) {
        return Err(Response::invalid_record("base", "Name: has already been taken", None));
    }
    let attribute = account.routing.add_attribute(&name, call.now);
    account.logs.attribute("create", &attribute.id, &name, call.now);
    Ok(Response::value(201, &json!({"attribute": attribute.json(true)})))
}

pub(super) fn update(call: &Call<'_>) -> Result<Response, Response> {
    let name = call.name("attribute")?;
    let mut account = call.server.account();
    let account = &mut *account;
    let attribute =
        account.routing.rename_attribute(call.id(0), &name, call.now).ok_or_else(Response::not_found)?;
    account.logs.attribute("update", &attribute.id, &name, call.now);
    Ok(Response::value(200, &json!({"attribute": attribute.json(true)})))
}

pub(super) fn delete(call: &Call<'_>) -> Result<Response, Response> {
    let mut account = call.server.account();
    let account = &mut *account;
    let removed = account.routing.remove_attribute(call.id(0), call.now, &mut account.logs);
    let attribute = removed.ok_or_else(Response::not_found)?;
    account.logs.attribute("delete", &attribute.id, &attribute.name, call.now);
    Ok(Response::no_content())
}
