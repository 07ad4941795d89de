//! Checks requests that the description does not allow, and the log of requests.

use serde_json::json;
use simulator::{Config, Simulator};

use crate::client::{call, get};

async fn start() -> Simulator {
    Simulator::start(Config::default().tickets(100)).await
}

/// Returns the problems of one request.
async fn problems_of(path: &str) -> Vec<String> {
    let simulator = start().await;
    get(&simulator, path).await;
    simulator.problems()
}

#[tokio::test]
async fn an_invalid_request_is_a_problem_with_its_operation() {
    for (path, problem) in [
        (
            "tickets?start_time=0&color=red",
            "IncrementalTicketExportTime: query parameter color is not declared",
        ),
        ("tickets", "IncrementalTicketExportTime: query parameter start_time is required"),
        (
            "tickets?start_time=0&per_page=0",
            "IncrementalTicketExportTime: parameter per_page: 0 is less than",
        ),
        (
            "tickets?start_time=soon",
            "IncrementalTicketExportTime: parameter start_time: \"soon\" is not of type",
        ),
        (
            "tickets?start_time=0&start_time=1",
            "IncrementalTicketExportTime: parameter start_time is sent 2 times",
        ),
        (
            "tickets?start_time=0&include=weather",
            "IncrementalTicketExportTime: parameter include: \"weather\" is not",
        ),
        (
            "tickets/cursor?start_time=0&cursor=MC4wfHwwfA%3D%3D",
            "IncrementalTicketExportCursor: exactly-one-of [\"start_time\", \"cursor\"]: 2 were sent",
        ),
        (
            "ticket_metric_events?start_time=0&page[size]=5&page[after]=YQ&page[before]=YQ",
            "ListTicketMetricEvents: at-most-one-of",
        ),
        ("moons", "GET /api/v2/incremental/moons: no operation matches"),
    ] {
        let problems = problems_of(&format!("/api/v2/incremental/{path}")).await;
        assert_eq!(problems.len(), 1, "{path}: {problems:?}");
        assert!(problems[0].starts_with(problem), "{problems:?}");
    }
}

#[tokio::test]
async fn an_invalid_request_body_is_a_problem() {
    let simulator = start().await;
    let path = "/api/v2/routing/attributes";
    call(&simulator, "POST", path, Some(json!({"attribute": {"name": 7}}))).await;
    call(&simulator, "POST", path, None).await;
    call(&simulator, "GET", path, Some(json!({}))).await;
    let problems = simulator.problems();
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(problems[0].contains("request body: 7 is not of type"), "{problems:?}");
    assert!(problems[1].contains("request body: required"), "{problems:?}");
    assert!(problems[2].contains("a body was sent"), "{problems:?}");
}

#[tokio::test]
async fn an_undeclared_parameter_gets_a_warning_header() {
    let simulator = start().await;
    let response = get(&simulator, "/api/v2/routing/attributes?color=red").await;
    assert!(response.header("x-zendesk-api-warn").unwrap().contains("color"));
    assert_eq!(get(&simulator, "/api/v2/routing/attributes").await.header("x-zendesk-api-warn"), None);
}

#[tokio::test]
async fn requests_are_logged_with_their_operation_and_outcome() {
    let simulator = start().await;
    get(&simulator, "/api/v2/incremental/tickets.json?start_time=0").await;
    let seen = simulator.requests().remove(0);
    assert_eq!((seen.method.as_str(), seen.path.as_str()), ("GET", "/api/v2/incremental/tickets"));
    assert_eq!((seen.query.as_str(), seen.status, seen.fault), ("start_time=0", Some(200), None));
    assert_eq!(seen.operation.as_deref(), Some("IncrementalTicketExportTime"));
    assert!(seen.time.div_euclid(1_000_000) <= simulator.now());
}
