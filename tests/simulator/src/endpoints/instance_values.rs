//! The skills of agents and tickets.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::account::routing::{Assign, SkillOwner};
use crate::http::Response;

use super::call::Call;
use super::list;

/// The maximum number of agents in a filter or a job.
pub(super) const MAX_AGENTS: usize = 100;

/// The agent that all credentials belong to.
const SELF: i64 = 224;

/// Lists the values of an agent or ticket.
pub(super) fn list(call: &Call<'_>, owner: fn(i64) -> SkillOwner) -> Result<Response, Response> {
    let owner = find_owner(call, owner)?;
    let values = assigned_values(call, owner);
    list::page(call, "attribute_values", &values, true)
}

/// Replaces the values of an agent or ticket.
pub(super) fn set(call: &Call<'_>, owner: fn(i64) -> SkillOwner) -> Result<Response, Response> {
    let owner = find_owner(call, owner)?;
    let body = call.body()?;
    let missing = || Response::error(400, "ParameterMissing", "Parameter attribute_value_ids is required");
    let ids = body["attribute_value_ids"].as_array().ok_or_else(missing)?;
    let ids: BTreeSet<String> = ids.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
    let mut account = call.server.account();
    let account_data = &mut *account;
    account_data.routing.assign(owner, Assign::Replace, &ids, call.now, &mut account_data.logs);
    drop(account);
    Ok(Response::value(200, &json!({"attribute_values": assigned_values(call, owner)})))
}

/// Lists the values of many agents.
pub(super) fn list_many(call: &Call<'_>) -> Result<Response, Response> {
    let Some(filter) = call.request.param("filter[agent_ids]").filter(|filter| !filter.is_empty()) else {
        let message =
            "You passed an invalid value for the filter attribute. Invalid parameter: filter must be present";
        return Err(Response::error_with_title(400, "Invalid attribute", message));
    };
    let agents: Result<Vec<i64>, _> = filter.split(',').map(str::parse).collect();
    let agents =
        agents.map_err(|_| Response::error(400, "InvalidValue", "filter[agent_ids] must contain IDs"))?;
    if agents.len() > MAX_AGENTS {
        return Err(too_many("filter[agent_ids]"));
    }
    let records = call.server.account().routing.instances(&agents);
    list::by_cursor(call, "instance_values", &records)
}

/// Returns which of the given tickets require only skills that the caller has.
pub(super) fn fulfilled(call: &Call<'_>) -> Result<Response, Response> {
    let ids: Result<Vec<i64>, _> = call.request.params("ticket_ids[]").map(str::parse).collect();
    let ids = ids.map_err(|_| Response::error(400, "InvalidValue", "ticket_ids must contain IDs"))?;
    if ids.is_empty() {
        return Err(Response::error(400, "ParameterMissing", "Parameter ticket_ids is required"));
    }
    let account = call.server.account();
    let value_ids = |owner| -> BTreeSet<&str> {
        account.routing.values_of(owner).into_iter().map(|value| value.id.as_str()).collect()
    };
    let own = value_ids(SkillOwner::Agent(SELF));
    let is_fulfilled = |id: &i64| {
        account.routing.exists(SkillOwner::Ticket(*id)) && value_ids(SkillOwner::Ticket(*id)).is_subset(&own)
    };
    let found: BTreeSet<i64> = ids.into_iter().filter(is_fulfilled).collect();
    Ok(Response::value(200, &json!({"fulfilled_ticket_ids": found})))
}

/// Creates the error response for too many values.
pub(super) fn too_many(parameter: &str) -> Response {
    let description = format!("Parameter {parameter} takes {MAX_AGENTS} values at most");
    Response::value(
        400,
        &json!({"error": "TooManyValues", "description": description, "max_count": MAX_AGENTS}),
    )
}

fn find_owner(call: &Call<'_>, owner: fn(i64) -> SkillOwner) -> Result<SkillOwner, Response> {
    let owner = call.id(0).parse().map(owner).map_err(|_| Response::not_found())?;
    if call.server.account().routing.exists(owner) { Ok(owner) } else { Err(Response::not_found()) }
}

fn assigned_values(call: &Call<'_>, owner: SkillOwner) -> Vec<Value> {
    let of_ticket = matches!(owner, SkillOwner::Ticket(_));
    let account = call.server.account();
    account.routing.values_of(owner).into_iter().map(|value| value.json(of_ticket)).collect()
}
