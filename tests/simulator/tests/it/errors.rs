//! Error responses in all their structures.

use serde_json::json;
use simulator::{Config, Simulator};

use crate::client::{Call, basic, call, get, send};

async fn quiet() -> Simulator {
    Simulator::start(Config::default().tickets(100).time_scale(0.0)).await
}

#[tokio::test]
async fn a_too_recent_start_time_is_rejected_in_the_new_and_the_old_way() {
    for (plain, status) in [(false, 400), (true, 422)] {
        let config = Config::default().tickets(10).time_scale(0.0).plain_too_recent(plain);
        let simulator = Simulator::start(config).await;
        for path in ["tickets", "tickets/cursor", "ticket_metric_events"] {
            let address = |age| format!("/api/v2/incremental/{path}?start_time={}", simulator.now() - age);
            let rejected = get(&simulator, &address(60)).await;
            assert_eq!(rejected.status, status);
            if plain {
                assert_eq!(rejected.text(), "Too recent start_time.");
            } else {
                assert_eq!(rejected.json()["error"], "StartTimeTooRecent");
            }
            assert_eq!(get(&simulator, &address(61)).await.status, 200);
        }
    }
}

#[tokio::test]
async fn a_start_time_may_have_a_fraction() {
    let simulator = quiet().await;
    for path in
        ["tickets", "tickets/cursor", "users", "organizations", "ticket_events", "ticket_metric_events"]
    {
        let address = |start: &str| format!("/api/v2/incremental/{path}?start_time={start}");
        let body = get(&simulator, &address("1262304000.0")).await.json();
        assert_eq!(body, get(&simulator, &address("1262304000")).await.json(), "{path}");
        for invalid in ["x", "1262304000.x", "", "1.2.3"] {
            assert_eq!(get(&simulator, &address(invalid)).await.status, 400, "{path}, {invalid}");
        }
    }
}

#[tokio::test]
async fn chat_exports_need_a_start_time_of_at_least_five_minutes_ago() {
    let simulator = quiet().await;
    let address = |age| format!("/api/v2/chat/incremental/chats?start_time={}", simulator.now() - age);
    assert_eq!(get(&simulator, &address(299)).await.json()["error"], "StartTimeTooRecent");
    assert_eq!(get(&simulator, &address(300)).await.status, 200);
}

#[tokio::test]
async fn invalid_parameters_have_different_error_responses() {
    let simulator = quiet().await;
    let error = |path: &'static str| {
        let simulator = &simulator;
        async move {
            let response = get(simulator, path).await;
            (response.status, response.json())
        }
    };
    let (status, body) = error("/api/v2/incremental/tickets").await;
    assert_eq!((status, &body["error"]), (400, &json!("ParameterMissing")));
    let (status, body) = error("/api/v2/incremental/tickets?start_time=0&per_page=1001").await;
    assert_eq!((status, &body["errors"][0]["code"]), (400, &json!("InvalidPaginationParameter")));
    let (status, body) = error("/api/v2/incremental/tickets/cursor?cursor=nonsense").await;
    assert_eq!((status, &body["errors"][0]["code"]), (400, &json!("InvalidPaginationParameter")));
    let (status, body) = error("/api/v2/routing/agents/instance_values").await;
    assert_eq!((status, &body["error"]["title"]), (400, &json!("Invalid attribute")));
    let (status, body) = error("/api/v2/routing/attributes/none").await;
    assert_eq!((status, &body["error"]), (404, &json!("RecordNotFound")));
    let (status, body) = error("/api/v2/satellites").await;
    assert_eq!((status, &body["error"]), (404, &json!("InvalidEndpoint")));
}

#[tokio::test]
async fn a_request_with_another_host_header_gets_404() {
    let simulator = quiet().await;
    let url = format!("{}/api/v2/routing/attributes", simulator.url());
    let request = Call {
        method: "GET",
        url: &url,
        authorization: basic("anyone", "anything"),
        host: Some("nowhere.example.com"),
        body: None,
    };
    let response = send(request).await.unwrap();
    assert_eq!(response.status, 404);
    assert_eq!(response.json()["error"]["title"], "No help desk at nowhere.example.com");
}

#[tokio::test]
async fn invalid_records_are_rejected_with_details_of_two_shapes() {
    let simulator = quiet().await;
    let path = "/api/v2/routing/attributes";
    let blank = call(&simulator, "POST", path, Some(json!({"attribute": {"name": " "}}))).await;
    assert_eq!(blank.status, 422);
    assert_eq!(blank.json()["details"]["name"][0]["error"], "BlankValue");
    let taken = call(&simulator, "POST", path, Some(json!({"attribute": {"name": "Skill type 1"}}))).await;
    assert_eq!(taken.json()["error"], "RecordInvalid");
    assert_eq!(taken.json()["details"]["base"][0]["error"], json!(null));
    assert_eq!(simulator.problems(), Vec::<String>::new());
}
