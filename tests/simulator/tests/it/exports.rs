//! An ideal client gets exactly the account's records from each export.

use std::collections::BTreeSet;

use serde_json::Value;
use simulator::{Config, Resource, Simulator, Version};

use crate::client::get;

/// Returns the key and the change of a record.
pub(crate) fn version(resource: Resource, record: &Value) -> Version {
    let (key, change) = match resource {
        Resource::Tickets => ("id", "generated_timestamp"),
        Resource::Users | Resource::Organizations => ("id", "updated_at"),
        Resource::Chats => ("id", "update_timestamp"),
        Resource::AgentTimeline => ("agent_id", "start_time"),
        Resource::TicketEvents | Resource::Conversions | Resource::DepartmentEvents => ("id", "timestamp"),
        _ => ("id", "time"),
    };
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    (text(&record[key]), text(&record[change]))
}

/// The received versions, and the number of requests.
struct Exported {
    versions: BTreeSet<Version>,
    requests: usize,
}

impl Exported {
    fn new() -> Self {
        Self { versions: BTreeSet::new(), requests: 0 }
    }

    fn take(&mut self, resource: Resource, page: &Value) -> usize {
        let records = page[resource.key()].as_array().unwrap();
        self.requests += 1;
        let before = self.versions.len();
        self.versions.extend(records.iter().map(|record| version(resource, record)));
        self.versions.len() - before
    }
}

async fn by_time(simulator: &Simulator, resource: Resource, path: &str, per_page: Option<usize>) -> Exported {
    let mut exported = Exported::new();
    let size = per_page.map(|size| format!("&per_page={size}")).unwrap_or_default();
    let mut start = 0;
    loop {
        let response = get(simulator, &format!("{path}?start_time={start}{size}")).await;
        assert_eq!(response.status, 200, "{}", response.text());
        let page = response.json();
        exported.take(resource, &page);
        let end = page["end_time"].as_i64();
        let last = page["end_of_stream"].as_bool().unwrap_or(end.is_none_or(|end| end == start));
        match end {
            Some(end) if !last => start = end,
            _ => return exported,
        }
    }
}

async fn by_cursor(simulator: &Simulator, resource: Resource, path: &str, per_page: usize) -> Exported {
    let mut exported = Exported::new();
    let mut url = format!("{path}?start_time=0&per_page={per_page}");
    loop {
        let page = get(simulator, &url).await.json();
        let records = page[resource.key()].as_array().unwrap().len();
        assert_eq!(exported.take(resource, &page), records, "a record was repeated");
        if page["end_of_stream"] == true {
            return exported;
        }
        let cursor = page["after_cursor"].as_str().unwrap().replace('=', "%3D");
        url = format!("{path}?cursor={cursor}&per_page={per_page}");
    }
}

async fn by_next_page(
    simulator: &Simulator,
    resource: Resource,
    path: &str,
    limit: Option<usize>,
) -> Exported {
    let mut exported = Exported::new();
    let size = limit.map(|limit| format!("&limit={limit}")).unwrap_or_default();
    let mut url =
        if limit.is_some() { format!("{path}?fields={}(*){size}", resource.key()) } else { path.to_owned() };
    loop {
        let page = get(simulator, &url).await.json();
        exported.take(resource, &page);
        let count = usize::try_from(page["count"].as_u64().unwrap()).unwrap();
        if count < limit.unwrap_or(1) {
            return exported;
        }
        page["next_page"].as_str().unwrap().clone_into(&mut url);
    }
}

fn config() -> Config {
    Config::default().seed(7).tickets(600)
}

fn assert_complete(simulator: &Simulator, resource: Resource, exported: &Exported, minimum: Option<usize>) {
    assert_eq!(simulator.problems(), Vec::<String>::new());
    assert_eq!(exported.versions, simulator.versions(resource));
    assert!(!exported.versions.is_empty());
    assert_eq!(Some(exported.requests), minimum);
}

#[tokio::test]
async fn exports_by_time_return_all_records() {
    let simulator = Simulator::start(config()).await;
    for (resource, name, operation) in [
        (Resource::Tickets, "tickets", "IncrementalTicketExportTime"),
        (Resource::TicketEvents, "ticket_events", "IncrementalTicketEvents"),
        (Resource::Users, "users", "IncrementalUserExportTime"),
        (Resource::Organizations, "organizations", "IncrementalOrganizationExport"),
    ] {
        for per_page in [1, 7, 100, 1_000] {
            let path = format!("/api/v2/incremental/{name}");
            let exported = by_time(&simulator, resource, &path, Some(per_page)).await;
            let minimum = simulator.minimum_requests(operation, 0, per_page);
            assert_complete(&simulator, resource, &exported, minimum);
        }
    }
}

#[tokio::test]
async fn exports_by_cursor_return_all_records_without_repeats() {
    let simulator = Simulator::start(config()).await;
    for (resource, name, operation) in [
        (Resource::Tickets, "tickets", "IncrementalTicketExportCursor"),
        (Resource::Users, "users", "IncrementalUserExportCursor"),
    ] {
        for per_page in [1, 50, 1_000] {
            let path = format!("/api/v2/incremental/{name}/cursor");
            let exported = by_cursor(&simulator, resource, &path, per_page).await;
            let minimum = simulator.minimum_requests(operation, 0, per_page);
            assert_complete(&simulator, resource, &exported, minimum);
        }
    }
}

#[tokio::test]
async fn metric_events_by_time_return_all_records_with_and_without_end_of_stream() {
    for end_of_stream in [true, false] {
        let config = config().metric_page_size(40).end_of_stream(end_of_stream);
        let simulator = Simulator::start(config).await;
        let path = "/api/v2/incremental/ticket_metric_events";
        let exported = by_time(&simulator, Resource::MetricEvents, path, None).await;
        let minimum = simulator.minimum_requests("ListTicketMetricEvents", 0, 1_000);
        assert_complete(&simulator, Resource::MetricEvents, &exported, minimum);
    }
}

#[tokio::test]
async fn chat_exports_return_all_records() {
    let simulator = Simulator::start(config()).await;
    for (resource, name, operation) in [
        (Resource::Chats, "chats", "IncrementalChatExport"),
        (Resource::AgentTimeline, "agent_timeline", "IncrementalAgentTimelineExport"),
        (Resource::Conversions, "conversions", "IncrementalConversionsExport"),
        (Resource::DepartmentEvents, "department_events", "IncrementalDepartmentEventsExport"),
    ] {
        for limit in [2, 13, 1_000] {
            let path = format!("/api/v2/chat/incremental/{name}");
            let exported = by_next_page(&simulator, resource, &path, Some(limit)).await;
            let minimum = simulator.minimum_requests(operation, 0, limit);
            assert_complete(&simulator, resource, &exported, minimum);
        }
    }
}

#[tokio::test]
async fn routing_exports_return_all_records() {
    let simulator = Simulator::start(config().routing_page_size(17)).await;
    for (resource, name, operation) in [
        (Resource::AttributeChanges, "attributes", "IncrementalSkilBasedRoutingAttributesExport"),
        (
            Resource::AttributeValueChanges,
            "attribute_values",
            "IncrementalSkilBasedRoutingAttributeValuesExport",
        ),
        (
            Resource::InstanceValueChanges,
            "instance_values",
            "IncrementalSkilBasedRoutingInstanceValuesExport",
        ),
    ] {
        let path = format!("/api/v2/incremental/routing/{name}");
        let exported = by_next_page(&simulator, resource, &path, None).await;
        let minimum = simulator.minimum_requests(operation, 0, 1_000);
        assert_complete(&simulator, resource, &exported, minimum);
    }
}
