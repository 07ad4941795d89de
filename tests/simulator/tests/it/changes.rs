//! The account changes during an export, and a careful client misses no change.

use std::collections::BTreeSet;
use std::time::Duration;

use simulator::{Changes, Config, Resource, Simulator, Version};

use crate::client::get;
use crate::exports::version;

fn config() -> Config {
    Config::default().seed(11).tickets(600).time_scale(0.0).changes(Changes { per_request: 4, total: 120 })
}

/// Exports by time until nothing is new, and advances the clock between rounds.
async fn settle(simulator: &Simulator, resource: Resource, name: &str) -> BTreeSet<Version> {
    let mut got = BTreeSet::new();
    let mut start = 0;
    loop {
        let path = format!("/api/v2/incremental/{name}?start_time={start}&per_page=50");
        let page = get(simulator, &path).await.json();
        let records = page[resource.key()].as_array().unwrap();
        got.extend(records.iter().map(|record| version(resource, record)));
        start = page["end_time"].as_i64().unwrap_or(start);
        if page["end_of_stream"] == true {
            if simulator.is_quiet() && records.len() < 50 && got.is_superset(&simulator.versions(resource)) {
                return got;
            }
            simulator.advance(Duration::from_mins(10));
        }
    }
}

#[tokio::test]
async fn a_client_that_continues_gets_the_final_versions_and_only_versions_that_existed() {
    for (resource, name) in [
        (Resource::Tickets, "tickets"),
        (Resource::TicketEvents, "ticket_events"),
        (Resource::Users, "users"),
        (Resource::Organizations, "organizations"),
    ] {
        let simulator = Simulator::start(config()).await;
        let before = simulator.versions(resource);
        let got = settle(&simulator, resource, name).await;
        let (now, all_versions) = (simulator.versions(resource), simulator.all_versions(resource));
        assert!(got.is_superset(&now) && got.is_subset(&all_versions), "{name}");
        assert!(before.is_subset(&all_versions));
        assert!(now.difference(&before).count() > 40, "{name}: {}", now.difference(&before).count());
        assert_eq!(simulator.problems(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn sent_records_change_again_and_some_records_arrive_late() {
    let simulator = Simulator::start(config().changes(Changes { per_request: 12, total: 400 })).await;
    let mut served = BTreeSet::new();
    let (mut start, mut late) = (0, 0);
    loop {
        let before = simulator.versions(Resource::Tickets);
        let path = format!("/api/v2/incremental/tickets?start_time={start}&per_page=50");
        let page = get(&simulator, &path).await.json();
        served.extend(
            page["tickets"].as_array().unwrap().iter().map(|ticket| version(Resource::Tickets, ticket)),
        );
        start = page["end_time"].as_i64().unwrap();
        let after = simulator.versions(Resource::Tickets);
        late += after.difference(&before).filter(|(_, change)| *change == start.to_string()).count();
        if page["end_of_stream"] == true {
            break;
        }
    }
    assert!(late > 2, "records added in the last second of a page: {late}");
    let gone = simulator.all_versions(Resource::Tickets);
    let gone: BTreeSet<_> = gone.difference(&simulator.versions(Resource::Tickets)).cloned().collect();
    assert!(gone.intersection(&served).count() > 10, "changed after they were sent");
}

#[tokio::test]
async fn changes_of_tickets_create_events() {
    let simulator = Simulator::start(config()).await;
    let events = simulator.versions(Resource::TicketEvents).len();
    settle(&simulator, Resource::Tickets, "tickets").await;
    assert!(simulator.versions(Resource::TicketEvents).len() > events + 20);
}

#[tokio::test]
async fn routing_logs_and_chats_grow() {
    for (resource, path) in [
        (Resource::InstanceValueChanges, "incremental/routing/instance_values"),
        (Resource::Chats, "chat/incremental/chats"),
        (Resource::AgentTimeline, "chat/incremental/agent_timeline"),
    ] {
        let simulator = Simulator::start(config()).await;
        let before = simulator.versions(resource);
        for _ in 0..40 {
            get(&simulator, &format!("/api/v2/{path}")).await;
        }
        assert!(simulator.is_quiet());
        assert!(simulator.versions(resource).difference(&before).count() > 40);
        assert_eq!(simulator.problems(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn breaches_appear_late_in_the_recent_past_and_in_the_future() {
    let simulator = Simulator::start(Config::default().tickets(200).time_scale(0.0).late_records(12)).await;
    let before = simulator.versions(Resource::MetricEvents);
    let path = "/api/v2/incremental/ticket_metric_events?start_time=0";
    let first = get(&simulator, path).await.json();
    let end = first["end_time"].as_i64().unwrap();
    for _ in 0..11 {
        get(&simulator, path).await;
    }
    assert!(simulator.is_quiet());
    let look_back = format!("/api/v2/incremental/ticket_metric_events?start_time={}", end - 1_800);
    let page = get(&simulator, &look_back).await.json();
    let events = page["ticket_metric_events"].as_array().unwrap();
    let new: Vec<_> =
        events.iter().filter(|event| !before.contains(&version(Resource::MetricEvents, event))).collect();
    assert_eq!(new.len(), 12);
    assert!(new.iter().all(|event| event["type"] == "breach"));
    assert!(page["end_time"].as_i64().unwrap() > simulator.now(), "the last breach is in the future");
}
