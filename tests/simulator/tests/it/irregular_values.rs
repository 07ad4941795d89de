//! Records differ from the declared schemas in the same ways as those of the live server.

use std::collections::BTreeSet;

use serde_json::Value;
use simulator::{Config, Simulator};

use crate::client::get;

/// Returns the records of one page that contains all.
async fn records(path: &str, key: &str) -> Vec<Value> {
    let simulator = Simulator::start(Config::default().tickets(900)).await;
    let page = get(&simulator, &format!("/api/v2/{path}")).await.json();
    assert_eq!(simulator.problems(), Vec::<String>::new());
    page[key].as_array().unwrap().clone()
}

/// Returns the JSON types of the values at a pointer, such as `null`, `string`, `integer`; `absent` if there is none.
fn types(records: &[Value], pointer: &str) -> BTreeSet<&'static str> {
    let json_type = |record: &Value| match record.pointer(pointer) {
        None => "absent",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Number(number)) if number.is_f64() => "float",
        Some(Value::Number(_)) => "integer",
        Some(Value::String(_)) => "string",
        Some(Value::Array(_)) => "array",
        Some(Value::Object(_)) => "object",
    };
    records.iter().map(json_type).collect()
}

fn assert_types(records: &[Value], expected: &[(&str, &[&'static str])]) {
    for (pointer, expected) in expected {
        assert_eq!(types(records, pointer), expected.iter().copied().collect(), "{pointer}");
    }
}

#[tokio::test]
async fn tickets_have_irregular_values() {
    let tickets = records("incremental/tickets/cursor?start_time=0", "tickets").await;
    assert_types(
        &tickets,
        &[
            ("/external_id", &["null", "string"]),
            ("/recipient", &["null", "string"]),
            ("/type", &["null", "string"]),
            ("/priority", &["null", "string"]),
            ("/assignee_id", &["null", "integer"]),
            ("/group_id", &["null", "integer"]),
            ("/organization_id", &["null", "integer"]),
            ("/problem_id", &["null", "integer"]),
            ("/forum_topic_id", &["null"]),
            ("/due_at", &["null", "string"]),
            ("/satisfaction_rating", &["null", "object", "string"]),
            ("/satisfaction_rating/id", &["absent", "integer"]),
            ("/custom_fields/0/value", &["null", "string", "boolean", "integer", "float", "array"]),
            ("/via/source", &["absent", "object"]),
            ("/encoded_id", &["string"]),
            ("/deleted_ticket_form_id", &["absent", "integer"]),
        ],
    );
    assert!(tickets.iter().all(|ticket| ticket["fields"] == ticket["custom_fields"]));
    let text = |pointer: &str| -> BTreeSet<&str> {
        tickets.iter().filter_map(|ticket| ticket.pointer(pointer)?.as_str()).collect()
    };
    assert!(text("/status").contains("deleted"));
    assert!(text("/via/channel").is_superset(&BTreeSet::from(["sample_ticket", "voice", "smoke_signal"])));
    let lengths: Vec<usize> = tickets.iter().map(|ticket| ticket.to_string().len()).collect();
    let mean = lengths.iter().sum::<usize>() / lengths.len();
    assert!((1_400..1_800).contains(&mean), "{mean} bytes");
    let left_behind = tickets.iter().filter(|ticket| {
        let moved = ticket["generated_timestamp"].as_i64().unwrap();
        let updated = time::OffsetDateTime::from_unix_timestamp(moved).unwrap();
        !ticket["updated_at"].as_str().unwrap().starts_with(&updated.date().to_string())
    });
    assert!(left_behind.count() > 100);
}

#[tokio::test]
async fn users_and_organizations_have_irregular_values() {
    let users = records("incremental/users/cursor?start_time=0", "users").await;
    assert_types(
        &users,
        &[
            ("/id", &["integer"]),
            ("/email", &["null", "string"]),
            ("/alias", &["null", "string"]),
            ("/last_login_at", &["null", "string"]),
            ("/default_group_id", &["null", "integer"]),
            ("/role_type", &["null", "integer"]),
            ("/two_factor_auth_enabled", &["null", "boolean"]),
            ("/permanently_deleted", &["absent", "boolean"]),
            ("/photo", &["null", "object"]),
            ("/photo/width", &["absent", "string", "integer"]),
            ("/user_fields/system::embeddable_last_seen", &["null", "string"]),
        ],
    );
    assert!(users.iter().all(|user| (user["active"] == false) == user.get("permanently_deleted").is_some()));
    let organizations = records("incremental/organizations?start_time=0", "organizations").await;
    assert_types(
        &organizations,
        &[("/deleted_at", &["null", "string"]), ("/organization_fields/seats", &["integer"])],
    );
    let deleted = organizations.iter().filter(|organization| organization["deleted_at"].is_string());
    let renamed = deleted.map(|organization| organization["name"].as_str().unwrap().contains(" deleted "));
    assert!(renamed.collect::<Vec<_>>().iter().all(|renamed| *renamed));
}

#[tokio::test]
async fn events_have_irregular_values() {
    let events = records("incremental/ticket_events?start_time=0", "ticket_events").await;
    assert_types(
        &events,
        &[
            ("/event_type", &["string"]),
            ("/system/client", &["null", "string"]),
            ("/system/latitude", &["null", "float"]),
            ("/system/ip_address", &["absent", "string"]),
            ("/child_events/0/organization_id", &["absent", "string"]),
            ("/child_events/0/group_id", &["absent", "integer"]),
            ("/child_events/0/previous_value", &["absent", "null", "string", "array"]),
        ],
    );
    let metrics = records("incremental/ticket_metric_events?start_time=0", "ticket_metric_events").await;
    assert_types(
        &metrics,
        &[
            ("/sla", &["absent", "object"]),
            ("/group_sla/policy/id", &["absent", "string"]),
            ("/status", &["absent", "object"]),
            ("/deleted", &["absent", "boolean"]),
        ],
    );
    assert!(metrics.iter().any(|event| event["instance_id"] == 0));
}

#[tokio::test]
async fn chats_have_irregular_values() {
    let chats = records("chat/incremental/chats?fields=chats(*)", "chats").await;
    assert_types(
        &chats,
        &[
            ("/agent_ids/0", &["absent", "string", "integer"]),
            ("/engagements/0/agent_id", &["absent", "string", "integer"]),
            ("/engagements/0/duration", &["absent", "float"]),
            ("/duration", &["absent", "integer"]),
            ("/department_id", &["null", "string", "integer"]),
            ("/unread", &["boolean", "integer"]),
            ("/session", &["null", "object"]),
            ("/webpath/0", &["absent", "object"]),
            ("/webpath/1", &["absent", "string"]),
            ("/response_time/avg", &["absent", "null", "float", "integer"]),
            ("/triggered_response", &["absent", "null", "boolean"]),
            ("/history", &["absent", "array"]),
            ("/history/0/department_id", &["absent", "null", "string", "integer"]),
            ("/history/2/msg_id", &["absent", "string", "integer"]),
            ("/message", &["absent", "string"]),
            ("/nick", &["absent", "string"]),
        ],
    );
    let offline: Vec<&Value> = chats.iter().filter(|chat| chat["type"] == "offline_msg").collect();
    assert!(!offline.is_empty());
    for missing in ["history", "duration", "agent_ids", "count", "response_time", "end_timestamp", "rating"] {
        assert!(offline.iter().all(|chat| chat.get(missing).is_none()), "{missing}");
    }
    let stamps = chats.iter().map(|chat| chat["update_timestamp"].as_str().unwrap().len());
    assert_eq!(stamps.collect::<BTreeSet<_>>(), BTreeSet::from([20, 27]));
}

#[tokio::test]
async fn smaller_chat_exports_have_irregular_values() {
    let spans = records("chat/incremental/agent_timeline", "agent_timeline").await;
    assert_types(&spans, &[("/agent_id", &["string", "integer"]), ("/duration", &["float"])]);
    let conversions = records("chat/incremental/conversions?fields=conversions(*)", "conversions").await;
    assert_types(
        &conversions,
        &[
            ("/attribution", &["null", "object"]),
            ("/attribution/agent_id", &["absent", "null", "string", "integer"]),
            ("/goal_id", &["null", "integer"]),
        ],
    );
    let path = "chat/incremental/department_events?fields=department_events(*)";
    let events = records(path, "department_events").await;
    assert_types(
        &events,
        &[("/previous_value", &["absent", "object"]), ("/department_id", &["null", "integer"])],
    );
}
