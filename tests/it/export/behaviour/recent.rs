//! Starting later than the server lets exports start.

use std::time::Duration;

use serde_json::{Value, json};
use zendesk_client::{Checkpoint, Timestamp, UnixSeconds, incremental_export, ticket_metric_events};

use super::{config, kind};
use crate::export::{Received, World};

const SPELLINGS: [(bool, u16); 2] = [(false, 400), (true, 422)];

/// A checkpoint that goes on at another second.
fn moved(checkpoint: &Checkpoint, second: i64) -> Checkpoint {
    let mut value: Value = serde_json::to_value(checkpoint).unwrap();
    value["next"] = json!({"start_time": second});
    serde_json::from_value(value).unwrap()
}

#[tokio::test]
async fn at_first_it_is_the_callers_error() {
    for (plain, status) in SPELLINGS {
        let world = World::start(config().plain_too_recent(plain)).await;
        let client = world.client();
        let start = UnixSeconds::new(world.simulator.now() - 20);
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
            assert_eq!(error.api().map(zendesk_client::ApiError::status), Some(status), "{error}");
            assert!(error.is_caught_up(), "{error}");
        }
        assert_eq!(world.requests(), 3, "asked once each");
    }
}

#[tokio::test]
async fn later_it_is_a_page_without_records() {
    for (plain, _) in SPELLINGS {
        for name in ["tickets by time", "ticket events", "users by time", "metric events by time"] {
            let kind = kind(name);
            let world = World::start(config().plain_too_recent(plain)).await;
            let client = world.client();
            let mut received = Received::default();
            received.run_on(&kind, &client, 100).await;
            let recent = moved(&received.checkpoint.clone().unwrap(), world.simulator.now() - 20);

            let mut pages = kind.export(&client, 100).resume(recent.clone()).pages();
            let page = pages.next().await.unwrap().unwrap();
            assert!(page.records.is_empty() && page.is_caught_up() && page.checkpoint.is_caught_up());
            assert!(pages.next().await.is_none());
            let text = page.checkpoint.to_string();
            assert!(text.contains(&format!(r#"{{"start_time":{}}}"#, world.simulator.now() - 20)), "{text}");

            // Followed, it finds what is there later.
            let mut pages = kind.export(&client, 100).resume(recent).follow(Duration::from_mins(5)).pages();
            for _ in 0..3 {
                let page = pages.next().await.unwrap().unwrap();
                assert!(page.records.is_empty() && page.is_caught_up(), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn progress_tells_how_far_behind_it_is() {
    let world = World::start(config()).await;
    let mut pages = kind("tickets by time").export(&world.client(), 40).pages();
    let mut lags = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        let now = Timestamp::from_seconds(world.simulator.now()).unwrap();
        assert_eq!(page.progress.lag, now.since(page.progress.reached.unwrap()));
        assert_eq!(page.checkpoint.reached(), page.progress.reached);
        lags.push(page.progress.lag.unwrap());
    }
    assert!(lags.len() > 3 && lags.is_sorted_by(|one, next| one >= next), "{lags:?}");
}
