//! Recorded responses of the live server, if `../shared` has them.

use std::fs;

use serde_json::Value;
use zendesk_client::models as m;
use zendesk_client::{Decode, decode, encode};

use crate::project;

fn check<T: Decode>(body: &Value) -> Result<(), String> {
    let decoded: T = decode(body.to_string().as_bytes()).map_err(|error| error.to_string())?;
    let json = encode(&decoded).map_err(|error| error.to_string())?;
    let after: Value = serde_json::from_slice(&json).map_err(|error| error.to_string())?;
    if after == *body { Ok(()) } else { Err(format!("it changed:\n{body}\n{after}")) }
}

fn check_by_name(name: &str, body: &Value) -> Result<(), String> {
    match name.split("__").next().unwrap_or(name) {
        "chat_incremental_agent_timeline" => check::<m::AgentTimelinePage>(body),
        "chat_incremental_chats" => check::<m::ChatPage>(body),
        "incremental_organizations" => check::<m::OrganizationPage>(body),
        "incremental_ticket_events" => check::<m::TicketEventPage>(body),
        "incremental_ticket_metric_events" => check::<m::TicketMetricEventPage>(body),
        "incremental_tickets_cursor" => check::<m::TicketCursorPage>(body),
        error if error.starts_with("error_") => check::<m::ErrorBody>(body),
        other => Err(format!("unknown recording {other}")),
    }
}

#[test]
fn recorded_bodies_survive_a_round_trip() {
    let Some(folder) = project::beside("recorded") else { return };
    let mut failures = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let recording: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        count += 1;
        if let Err(error) = check_by_name(&name, &recording["response"]["body"]) {
            failures.push(format!("{name}: {error}"));
        }
    }
    assert!(count > 0);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
