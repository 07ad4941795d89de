//! Jobs for many agents, and their status.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::account::jobs::JobRequest;
use crate::account::routing::Assign;
use crate::http::Response;

use super::call::Call;
use super::instance_values::{MAX_AGENTS, too_many};

pub(super) fn create(call: &Call<'_>) -> Result<Response, Response> {
    let body = call.body()?;
    let job = &body["job"];
    let action = job["action"].as_str().unwrap_or_default();
    let assign = match action {
        "upsert" => Assign::Upsert,
        "update" => Assign::Replace,
        "delete" => Assign::Delete,
        _ => return Err(invalid_attribute("action", "must be upsert, update or delete")),
    };
    let items = job["items"].as_array().ok_or_else(|| invalid_attribute("items", "must be a list"))?;
    if items.len() > MAX_AGENTS {
        return Err(too_many("job.items"));
    }
    let agents: Option<Vec<i64>> = items.iter().map(Value::as_i64).collect();
    let agents = agents.ok_or_else(|| invalid_attribute("items", "must be an integer"))?;
    let values = job["attributes"]["attribute_values"].as_array();
    let values = values.ok_or_else(|| invalid_attribute("attributes", "must contain attribute_values"))?;
    let values: BTreeSet<String> =
        values.iter().filter_map(|value| value["id"].as_str()).map(ToOwned::to_owned).collect();
    let request = JobRequest { action: action.to_owned(), assign, values, agents };
    Ok(Response::value(200, &call.server.account().jobs.add(request)))
}

pub(super) fn show(call: &Call<'_>) -> Result<Response, Response> {
    let mut account = call.server.account();
    let account = &mut *account;
    let status = account.jobs.poll(call.id(0), &mut account.routing, &mut account.logs, call.now);
    status.map(|status| Response::value(200, &status)).ok_or_else(Response::not_found)
}

fn invalid_attribute(field: &str, rule: &str) -> Response {
    let message = format!(
        "You passed an invalid value for the job.{field} attribute. Invalid parameter: job.{field} {rule}"
    );
    Response::error_with_title(400, "Invalid attribute", &message)
}
