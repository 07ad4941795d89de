//! Jobs on many agents, and how far they are.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::http::Answer;
use crate::world::jobs::Order;
use crate::world::routing::Assign;

use super::call::Call;
use super::instance_values::{MOST_AGENTS, too_many};

pub(super) fn create(call: &Call<'_>) -> Result<Answer, Answer> {
    let body = call.body()?;
    let job = &body["job"];
    let action = job["action"].as_str().unwrap_or_default();
    let how = match action {
        "upsert" => Assign::Upsert,
        "update" => Assign::Replace,
        "delete" => Assign::Delete,
        _ => return Err(wrong("action", "must be upsert, update or delete")),
    };
    let items = job["items"].as_array().ok_or_else(|| wrong("items", "must be a list"))?;
    if items.len() > MOST_AGENTS {
        return Err(too_many("job.items"));
    }
    let agents: Option<Vec<i64>> = items.iter().map(Value::as_i64).collect();
    let agents = agents.ok_or_else(|| wrong("items", "must be an integer"))?;
    let values = job["attributes"]["attribute_values"].as_array();
    let values = values.ok_or_else(|| wrong("attributes", "must hold attribute_values"))?;
    let values: BTreeSet<String> =
        values.iter().filter_map(|value| value["id"].as_str()).map(ToOwned::to_owned).collect();
    let order = Order { action: action.to_owned(), how, values, agents };
    Ok(Answer::value(200, &call.server.world().jobs.take(order)))
}

pub(super) fn show(call: &Call<'_>) -> Result<Answer, Answer> {
    let mut world = call.server.world();
    let world = &mut *world;
    let status = world.jobs.poll(call.id(0), &mut world.routing, &mut world.logs, call.now);
    status.map(|status| Answer::value(200, &status)).ok_or_else(Answer::no_record)
}

fn wrong(field: &str, rule: &str) -> Answer {
    let message = format!(
        "You passed an invalid value for the job.{field} attribute. Invalid parameter: job.{field} {rule}"
    );
    Answer::titled(400, "Invalid attribute", &message)
}
