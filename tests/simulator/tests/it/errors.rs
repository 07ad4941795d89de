//! Refusals, in all their shapes.

use serde_json::json;
use simulator::{Config, Simulator};

use crate::client::{Call, basic, call, get, send};

async fn quiet() -> Simulator {
    Simulator::start(Config::default().tickets(100).time_scale(0.0)).await
}

#[tokio::test]
async fn too_recent_a_start_is_refused_now_and_as_in_old_days() {
    for (plain, status) in [(false, 400), (true, 422)] {
        let config = Config::default().tickets(10).time_scale(0.0).plain_too_recent(plain);
        let simulator = Simulator::start(config).await;
        for path in ["tickets", "tickets/cursor", "ticket_metric_events"] {
            let address = |age| format!("/api/v2/incremental/{path}?start_time={}", simulator.now() - age);
            let refused = get(&simulator, &address(60)).await;
            assert_eq!(refused.status, status);
            if plain {
                assert_eq!(refused.text(), "Too recent start_time.");
            } else {
                assert_eq!(refused.json()["error"], "StartTimeTooRecent");
            }
            assert_eq!(get(&simulator, &address(61)).await.status, 200);
        }
    }
}

#[tokio::test]
async fn chat_starts_more_than_five_minutes_ago() {
    let simulator = quiet().await;
    let address = |age| format!("/api/v2/chat/incremental/chats?start_time={}", simulator.now() - age);
    assert_eq!(get(&simulator, &address(299)).await.json()["error"], "StartTimeTooRecent");
    assert_eq!(get(&simulator, &address(300)).await.status, 200);
}

#[tokio::test]
async fn parameters_are_refused_each_in_its_way() {
    let simulator = quiet().await;
    let error = |path: &'static str| {
        let simulator = &simulator;
        async move {
            let answer = get(simulator, path).await;
            (answer.status, answer.json())
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
async fn another_host_has_no_help_desk() {
    let simulator = quiet().await;
    let url = format!("{}/api/v2/routing/attributes", simulator.url());
    let request = Call {
        method: "GET",
        url: &url,
        authorization: basic("anyone", "anything"),
        host: Some("nowhere.example.com"),
        body: None,
    };
    let answer = send(request).await.unwrap();
    assert_eq!(answer.status, 404);
    assert_eq!(answer.json()["error"]["title"], "No help desk at nowhere.example.com");
}

#[tokio::test]
async fn records_are_refused_with_details_of_two_shapes() {
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
