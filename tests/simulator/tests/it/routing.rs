//! Skills: created, changed, assigned, removed, also by jobs.

use serde_json::{Value, json};
use simulator::{Config, Resource, Simulator};

use crate::client::{call, get};

async fn start(page_size: usize) -> Simulator {
    Simulator::start(Config::default().tickets(100).list_page_size(page_size)).await
}

/// Returns all records of a list.
async fn all(simulator: &Simulator, path: &str, key: &str) -> Vec<Value> {
    let mut records = Vec::new();
    let mut address = path.to_owned();
    loop {
        let response = get(simulator, &address).await;
        assert_eq!(response.status, 200, "{}", response.text());
        assert_eq!(response.header("x-zendesk-api-warn"), None);
        let page = response.json();
        records.extend(page[key].as_array().unwrap().clone());
        match page["next_page"].as_str().or(page["links"]["next"].as_str()) {
            Some(next) => next.clone_into(&mut address),
            None => return records,
        }
    }
}

fn names(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["name"].as_str().unwrap()).collect()
}

const ATTRIBUTES: &str = "/api/v2/routing/attributes";

#[tokio::test]
async fn attributes_are_created_renamed_and_deleted_and_the_changes_are_logged() {
    let simulator = start(5).await;
    let before = all(&simulator, ATTRIBUTES, "attributes").await;
    assert_eq!(before.len(), 12);
    let made = call(&simulator, "POST", ATTRIBUTES, Some(json!({"attribute": {"name": "Language"}}))).await;
    assert_eq!(made.status, 201);
    let id = made.json()["attribute"]["id"].as_str().unwrap().to_owned();
    let path = format!("{ATTRIBUTES}/{id}");
    let renamed = call(&simulator, "PUT", &path, Some(json!({"attribute": {"name": "Lingua"}}))).await;
    assert_eq!((renamed.status, &renamed.json()["attribute"]["name"]), (200, &json!("Lingua")));
    assert_eq!(get(&simulator, &format!("{path}.json")).await.json()["attribute"]["name"], "Lingua");
    let deleted = call(&simulator, "DELETE", &path, None).await;
    assert_eq!((deleted.status, deleted.text()), (204, ""));
    assert_eq!(get(&simulator, &path).await.status, 404);
    assert_eq!(all(&simulator, ATTRIBUTES, "attributes").await, before);
    let log = get(&simulator, "/api/v2/incremental/routing/attributes").await.json();
    let own: Vec<Value> =
        log["attributes"].as_array().unwrap().iter().filter(|change| change["id"] == id).cloned().collect();
    let kinds: Vec<_> = own.iter().map(|change| change["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["create", "update", "delete"]);
    assert_eq!(simulator.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn values_are_created_assigned_and_removed_with_their_attribute() {
    let simulator = start(3).await;
    let listed = get(&simulator, &format!("{ATTRIBUTES}?include=attribute_values")).await.json();
    assert!(listed["attribute_values"].as_array().unwrap().len() > 12);
    let attribute = listed["attributes"][0]["id"].as_str().unwrap();
    let path = format!("{ATTRIBUTES}/{attribute}/values");
    let made = call(&simulator, "POST", &path, Some(json!({"attribute_value": {"name": "Japanese"}}))).await;
    let value = made.json()["attribute_value"]["id"].as_str().unwrap().to_owned();
    assert!(names(&all(&simulator, &path, "attribute_values").await).contains(&"Japanese"));

    let conditions = json!({"all": [{"subject": "locale_id", "operator": "is", "value": "8"}], "any": []});
    let body = json!({"attribute_value": {"conditions": conditions}});
    let own = format!("{path}/{value}");
    let changed = call(&simulator, "PATCH", &own, Some(body)).await.json();
    assert_eq!(changed["attribute_value"]["conditions"], conditions);
    assert_eq!(changed["attribute_value"]["name"], "Japanese");

    let owner = "/api/v2/routing/agents/224/instance_values";
    let body = json!({"attribute_value_ids": [value, "unknown"]});
    let set = call(&simulator, "POST", owner, Some(body)).await.json();
    assert_eq!(names(set["attribute_values"].as_array().unwrap()), ["Japanese"]);
    assert_eq!(call(&simulator, "DELETE", &format!("{ATTRIBUTES}/{attribute}"), None).await.status, 204);
    assert_eq!(get(&simulator, &own).await.status, 404);
    assert_eq!(all(&simulator, owner, "attribute_values").await, Vec::<Value>::new());
    let log = simulator.versions(Resource::InstanceValueChanges).len();
    assert!(log > 100, "assigning and removing are logged");
    assert_eq!(simulator.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn values_of_many_agents_are_paginated_forwards_and_backwards() {
    let simulator = start(100).await;
    let filter: Vec<String> = (224..284).map(|id: i64| id.to_string()).collect();
    let path = format!("/api/v2/routing/agents/instance_values?filter[agent_ids]={}", filter.join(","));
    let whole = all(&simulator, &path, "instance_values").await;
    let in_pages = all(&simulator, &format!("{path}&page[size]=7"), "instance_values").await;
    assert!(whole.len() > 60);
    assert_eq!(whole, in_pages);
    assert!(whole.iter().any(|record| record["agent_id"].is_string()));
    assert!(whole.iter().any(|record| record["agent_id"].is_number()));
    let first = get(&simulator, &format!("{path}&page[size]=7")).await.json();
    let second = get(&simulator, first["links"]["next"].as_str().unwrap()).await.json();
    let back = get(&simulator, second["links"]["prev"].as_str().unwrap()).await.json();
    assert_eq!(back["instance_values"], first["instance_values"]);
    let hundred = vec!["224"; 101].join(",");
    let rejected =
        get(&simulator, &format!("/api/v2/routing/agents/instance_values?filter[agent_ids]={hundred}")).await;
    assert_eq!(rejected.json()["max_count"], 100);
}

#[tokio::test]
async fn tickets_are_fulfilled_by_an_agent_with_the_required_skills() {
    let simulator = start(100).await;
    let values = get(&simulator, &format!("{ATTRIBUTES}?include=attribute_values")).await.json();
    let id = |index: usize| values["attribute_values"][index]["id"].as_str().unwrap().to_owned();
    let give = |path: &'static str, ids: Vec<String>| {
        let simulator = &simulator;
        async move { call(simulator, "POST", path, Some(json!({"attribute_value_ids": ids}))).await.status }
    };
    assert_eq!(give("/api/v2/routing/agents/224/instance_values", vec![id(0), id(1)]).await, 200);
    assert_eq!(give("/api/v2/routing/tickets/1/instance_values", vec![id(1)]).await, 200);
    assert_eq!(give("/api/v2/routing/tickets/2/instance_values", vec![id(1), id(2)]).await, 200);
    let path = "/api/v2/routing/requirements/fulfilled?ticket_ids[]=1&ticket_ids[]=2&ticket_ids[]=999";
    assert_eq!(get(&simulator, path).await.json(), json!({"fulfilled_ticket_ids": [1]}));
    let of_ticket = get(&simulator, "/api/v2/routing/tickets/1/instance_values").await.json();
    assert!(of_ticket["attribute_values"][0]["attribute_id"].is_string());
    assert_eq!(get(&simulator, "/api/v2/routing/tickets/999/instance_values").await.status, 404);
    assert_eq!(simulator.problems(), Vec::<String>::new());
}

/// Requests the status of a job until it is completed. Returns the states in between, and the final status.
async fn completed(simulator: &Simulator, job: &Value) -> (Vec<String>, Value) {
    let path = format!("/api/v2/job_statuses/{}", job["id"].as_str().unwrap());
    let mut states = vec![job["status"].as_str().unwrap().to_owned()];
    loop {
        let status = get(simulator, &path).await.json()["job_status"].clone();
        let state = status["status"].as_str().unwrap().to_owned();
        if states.last() != Some(&state) {
            states.push(state.clone());
        }
        if state == "completed" {
            return (states, status);
        }
    }
}

#[tokio::test]
async fn a_job_is_queued_then_working_then_completed_with_failed_items() {
    let simulator = start(100).await;
    let values = get(&simulator, &format!("{ATTRIBUTES}?include=attribute_values")).await.json();
    let value = values["attribute_values"][0]["id"].as_str().unwrap();
    let job = |items: Value| {
        let attributes = json!({"attribute_values": [{"id": value}]});
        json!({"job": {"action": "update", "attributes": attributes, "items": items}})
    };
    let path = "/api/v2/routing/agents/instance_values/jobs";
    let made = call(&simulator, "POST", path, Some(job(json!([224, 7, 225])))).await;
    assert_eq!(made.status, 200);
    let (states, status) = completed(&simulator, &made.json()["job_status"]).await;
    assert_eq!(states, ["queued", "working", "completed"]);
    assert_eq!(status["results"][0]["success"], true);
    assert_eq!(status["results"][1]["error"], "AgentNotFound");
    assert_eq!(status["results"][1]["index"], 1);
    let held = all(&simulator, "/api/v2/routing/agents/225/instance_values", "attribute_values").await;
    assert_eq!((held.len(), &held[0]["id"]), (1, &json!(value)));

    let single = call(&simulator, "POST", path, Some(job(json!([226])))).await;
    let (_, status) = completed(&simulator, &single.json()["job_status"]).await;
    assert_eq!(status["results"], json!({"success": true}));
    assert_eq!(status.get("job_type"), None);
    assert_eq!(simulator.problems(), Vec::<String>::new());

    let wrong = call(&simulator, "POST", path, Some(job(json!(["x"])))).await;
    assert_eq!((wrong.status, &wrong.json()["error"]["title"]), (400, &json!("Invalid attribute")));
    assert_eq!(get(&simulator, "/api/v2/job_statuses/none").await.json()["error"], "RecordNotFound");
}

#[tokio::test]
async fn some_definitions_have_all_fields_and_some_have_few() {
    let simulator = start(100).await;
    let all = get(&simulator, "/api/v2/routing/attributes/definitions").await.json();
    let conditions = all["definitions"]["conditions_all"].as_array().unwrap();
    assert!(conditions.iter().any(|condition| condition.get("operators").is_none()));
    assert!(conditions.iter().any(|condition| condition["metadata"]["item_key"] == "brand"));
    assert_eq!(simulator.problems(), Vec::<String>::new());
}
