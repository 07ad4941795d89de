//! Records that appear before the export's current position.

use std::collections::BTreeSet;
use std::time::Duration;

use simulator::{Changes, Version};
use zendesk_client::{ExportError, ExportErrorKind};

use super::scripted_server::{NOW, ScriptedServer};
use super::{config, export_kind, parameter, remaining};
use crate::export::TestServer;
use crate::export::export_kinds::BY_TIME;

/// Exports until nothing changes, resuming at each checkpoint. Returns the lost versions.
async fn lost(name: &str, seed: u64, late: Option<Duration>) -> BTreeSet<Version> {
    let changes = Changes { per_request: 3, total: 30 };
    let server = TestServer::start(config().seed(seed).changes(changes).late_records(8)).await;
    let kind = export_kind(name);
    let (mut checkpoint, mut versions, mut quiet) = (None, Vec::new(), 0);
    while quiet < 3 {
        let mut export = kind.export(&server.client(), 40).resume(checkpoint.take());
        if let Some(late) = late {
            export = export.allowed_lateness(late);
        }
        let mut pages = export.pages();
        while let Some(page) = pages.next().await {
            let page = page.unwrap();
            versions.extend(page.records.iter().map(|record| kind.version(record)));
            checkpoint = Some(page.checkpoint);
        }
        let (again, error) = remaining(&mut pages).await;
        assert!(again.is_empty() && error.is_none());
        quiet = if server.simulator.is_quiet() { quiet + 1 } else { 0 };
        server.simulator.advance(Duration::from_mins(10));
    }
    let received: BTreeSet<_> = versions.iter().cloned().collect();
    assert_eq!(received.len(), versions.len(), "records were repeated");
    server.simulator.versions(kind.resource).difference(&received).cloned().collect()
}

#[tokio::test]
async fn late_records_are_found_unless_the_lateness_is_zero() {
    for name in BY_TIME {
        let mut missed = 0;
        for seed in 0..4 {
            assert_eq!(lost(name, seed, None).await, BTreeSet::new(), "{name}, seed {seed}");
            assert_eq!(lost(name, seed, Some(Duration::MAX)).await, BTreeSet::new(), "{name}, seed {seed}");
            missed += lost(name, seed, Some(Duration::ZERO)).await.len();
        }
        assert!(missed > 0, "{name}: no record appears late, so this test shows nothing");
    }
}

#[tokio::test]
async fn late_records_are_found_by_each_export_by_time() {
    let now = i64::try_from(NOW).unwrap();
    let record = |id: i64, time: i64| {
        format!(r#"{{"id": {id}, "generated_timestamp": {time}, "timestamp": {time}, "name": "n{id}"}}"#)
    };
    for (key, operation) in [
        ("tickets", "tickets by time"),
        ("ticket_events", "ticket events"),
        ("organizations", "organizations"),
        ("users", "users by time"),
    ] {
        let first = [record(1, now - 400), record(2, now - 80)];
        // The last one appears late, before the position already passed.
        let second = [record(3, now - 200), record(2, now - 80)];
        let page = |records: &[String]| {
            let records = records.join(", ");
            format!(r#"{{"{key}": [{records}], "end_time": {}, "end_of_stream": true}}"#, now - 80)
        };
        let server = ScriptedServer::pages([&page(&first), &page(&second)]);
        let export = || export_kind(operation).export(&server.client(), 100);
        let page = export().pages().next().await.unwrap().unwrap();
        assert_eq!(page.records.len(), 2);
        let resumed = export().resume(page.checkpoint.clone()).pages().next().await.unwrap().unwrap();
        let found: Vec<_> = resumed.records.iter().map(ToString::to_string).collect();
        let starts: Vec<_> = server
            .targets()
            .iter()
            .map(|target| parameter(target, "start_time").unwrap().parse::<i64>().unwrap())
            .collect();
        // The clock of the client is a minute ahead.
        assert!((now - 301..=now - 230).contains(&starts[1]), "{operation}: {starts:?}");
        assert_eq!(found, [record(3, now - 200)], "{operation}");
        let again = export().resume(resumed.checkpoint).pages().next().await.unwrap().unwrap();
        assert!(again.records.is_empty(), "{operation}");
    }
}

#[tokio::test]
async fn an_export_without_look_back_rejects_a_lateness() {
    let server = TestServer::start(config()).await;
    for name in ["users by cursor", "tickets by cursor", "chats", "attributes"] {
        let export = |late| export_kind(name).export(&server.client(), 20).allowed_lateness(late).pages();
        let error = export(Duration::from_secs(1)).next().await.unwrap().unwrap_err();
        assert_eq!(
            error.export_error().map(ExportError::kind),
            Some(&ExportErrorKind::LatenessNotSupported),
            "{name}"
        );
        assert!(export(Duration::ZERO).next().await.unwrap().is_ok(), "{name}");
    }
}
