//! Start times that are too recent for the server.

use std::time::Duration;

use serde_json::{Value, json};
use zendesk_client::{Checkpoint, Timestamp, UnixSeconds, incremental_export, ticket_metric_events};

use super::{config, export_kind};
use crate::export::{ExportResult, TestServer};

const RESPONSES: [(bool, u16); 2] = [(false, 400), (true, 422)];

/// Returns a checkpoint with another start time.
fn moved(checkpoint: &Checkpoint, second: i64) -> Checkpoint {
    let mut value: Value = serde_json::to_value(checkpoint).unwrap();
    value["next"] = json!({"start_time": second});
    serde_json::from_value(value).unwrap()
}

#[tokio::test]
async fn a_too_recent_start_time_of_the_caller_is_an_error() {
    for (plain, status) in RESPONSES {
        let server = TestServer::start(config().plain_too_recent(plain)).await;
        let client = server.client();
        let start = UnixSeconds::new(server.simulator.now() - 20);
        let errors = [
            client
                .export(incremental_export::tickets_by_cursor().start_time(start))
                .pages()
                .next()
                .await
                .unwrap()
                .err(),
            client.export(incremental_export::tickets_by_time(start)).pages().next().await.unwrap().err(),
            client.export(ticket_metric_events::metric_events(start)).pages().next().await.unwrap().err(),
        ];
        for error in errors {
            let error = error.unwrap();
            assert_eq!(error.api_error().map(zendesk_client::ApiError::status), Some(status), "{error}");
            assert!(error.is_too_early(), "{error}");
        }
        assert_eq!(server.requests(), 3, "one request each");
    }
}

#[tokio::test]
async fn a_too_recent_start_time_of_a_checkpoint_is_an_empty_page() {
    for (plain, _) in RESPONSES {
        for name in ["tickets by time", "ticket events", "users by time", "metric events by time"] {
            let kind = export_kind(name);
            let server = TestServer::start(config().plain_too_recent(plain)).await;
            let client = server.client();
            let mut received = ExportResult::default();
            received.run_to_end(&kind, &client, 100).await;
            let recent = moved(&received.checkpoint.clone().unwrap(), server.simulator.now() - 20);

            let mut pages = kind.export(&client, 100).resume(recent.clone()).pages();
            let page = pages.next().await.unwrap().unwrap();
            assert!(page.records.is_empty() && page.is_caught_up() && page.checkpoint.is_caught_up());
            assert!(pages.next().await.is_none());
            let text = page.checkpoint.to_string();
            assert!(text.contains(&format!(r#"{{"start_time":{}}}"#, server.simulator.now() - 20)), "{text}");

            // When it follows, it continues later.
            let mut pages = kind.export(&client, 100).resume(recent).follow(Duration::from_mins(5)).pages();
            for _ in 0..3 {
                let page = pages.next().await.unwrap().unwrap();
                assert!(page.records.is_empty() && page.is_caught_up(), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn progress_has_the_lag() {
    let server = TestServer::start(config()).await;
    let mut pages = export_kind("tickets by time").export(&server.client(), 40).pages();
    let mut lags = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        let now = Timestamp::from_seconds(server.simulator.now()).unwrap();
        assert_eq!(page.progress.lag, now.since(page.progress.reached.unwrap()));
        assert_eq!(page.checkpoint.reached(), page.progress.reached);
        lags.push(page.progress.lag.unwrap());
    }
    assert!(lags.len() > 3 && lags.is_sorted_by(|one, next| one >= next), "{lags:?}");
}
