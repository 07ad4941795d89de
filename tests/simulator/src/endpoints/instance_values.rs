//! Which agents and tickets have which skills.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::http::Answer;
use crate::world::routing::{Assign, Holder};

use super::call::Call;
use super::list;

/// Most agents that a filter or a job may name.
pub(super) const MOST_AGENTS: usize = 100;

/// The agent that all credentials belong to.
const SELF: i64 = 224;

/// What an agent or ticket has.
pub(super) fn list(call: &Call<'_>, holder: fn(i64) -> Holder) -> Result<Answer, Answer> {
    let holder = known(call, holder)?;
    let values = held(call, holder);
    list::page(call, "attribute_values", &values, true)
}

/// Replaces what an agent or ticket has.
pub(super) fn set(call: &Call<'_>, holder: fn(i64) -> Holder) -> Result<Answer, Answer> {
    let holder = known(call, holder)?;
    let body = call.body()?;
    let missing = || Answer::error(400, "ParameterMissing", "Parameter attribute_value_ids is required");
    let ids = body["attribute_value_ids"].as_array().ok_or_else(missing)?;
    let ids: BTreeSet<String> = ids.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
    let mut world = call.server.world();
    let world_now = &mut *world;
    world_now.routing.assign(holder, Assign::Replace, &ids, call.now, &mut world_now.logs);
    drop(world);
    Ok(Answer::value(200, &json!({"attribute_values": held(call, holder)})))
}

/// What many agents have.
pub(super) fn list_many(call: &Call<'_>) -> Result<Answer, Answer> {
    let Some(filter) = call.request.param("filter[agent_ids]").filter(|filter| !filter.is_empty()) else {
        let message =
            "You passed an invalid value for the filter attribute. Invalid parameter: filter must be present";
        return Err(Answer::titled(400, "Invalid attribute", message));
    };
    let agents: Result<Vec<i64>, _> = filter.split(',').map(str::parse).collect();
    let agents = agents.map_err(|_| Answer::error(400, "InvalidValue", "filter[agent_ids] must hold ids"))?;
    if agents.len() > MOST_AGENTS {
        return Err(too_many("filter[agent_ids]"));
    }
    let records = call.server.world().routing.instances(&agents);
    list::by_cursor(call, "instance_values", &records)
}

/// Which of some tickets ask for no more than the caller has.
pub(super) fn fulfilled(call: &Call<'_>) -> Result<Answer, Answer> {
    let ids: Result<Vec<i64>, _> = call.request.params("ticket_ids[]").map(str::parse).collect();
    let ids = ids.map_err(|_| Answer::error(400, "InvalidValue", "ticket_ids must hold ids"))?;
    if ids.is_empty() {
        return Err(Answer::error(400, "ParameterMissing", "Parameter ticket_ids is required"));
    }
    let world = call.server.world();
    let names = |holder| -> BTreeSet<&str> {
        world.routing.held_by(holder).into_iter().map(|value| value.id.as_str()).collect()
    };
    let own = names(Holder::Agent(SELF));
    let fits =
        |id: &i64| world.routing.knows(Holder::Ticket(*id)) && names(Holder::Ticket(*id)).is_subset(&own);
    let found: BTreeSet<i64> = ids.into_iter().filter(fits).collect();
    Ok(Answer::value(200, &json!({"fulfilled_ticket_ids": found})))
}

/// More values than are allowed.
pub(super) fn too_many(parameter: &str) -> Answer {
    let description = format!("Parameter {parameter} takes {MOST_AGENTS} values at most");
    Answer::value(
        400,
        &json!({"error": "TooManyValues", "description": description, "max_count": MOST_AGENTS}),
    )
}

fn known(call: &Call<'_>, holder: fn(i64) -> Holder) -> Result<Holder, Answer> {
    let holder = call.id(0).parse().map(holder).map_err(|_| Answer::no_record())?;
    if call.server.world().routing.knows(holder) { Ok(holder) } else { Err(Answer::no_record()) }
}

fn held(call: &Call<'_>, holder: Holder) -> Vec<Value> {
    let of_ticket = matches!(holder, Holder::Ticket(_));
    let world = call.server.world();
    world.routing.held_by(holder).into_iter().map(|value| value.json(of_ticket)).collect()
}
