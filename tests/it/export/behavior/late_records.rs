//! Metric events that appear before the export's current position.

use std::collections::BTreeSet;
use std::time::Duration;

use simulator::{Changes, Resource, Version};
use zendesk_client::{ExportError, ExportErrorKind};

use super::{config, export_kind, remaining};
use crate::export::TestServer;

/// Exports metric events until nothing changes, resuming at each checkpoint. Returns the lost versions.
async fn lost(seed: u64, late: Option<Duration>) -> BTreeSet<Version> {
    let changes = Changes { per_request: 3, total: 30 };
    let server = TestServer::start(config().seed(seed).changes(changes).late_breaches(8)).await;
    let kind = export_kind("metric events by time");
    let (mut checkpoint, mut versions, mut quiet) = (None, Vec::new(), 0);
    while quiet < 3 {
        let mut export = kind.export(&server.client(), 0).resume(checkpoint.take());
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
    server.simulator.versions(Resource::MetricEvents).difference(&received).cloned().collect()
}

#[tokio::test]
async fn late_events_are_found_unless_the_lateness_is_zero() {
    let mut missed = 0;
    for seed in 0..6 {
        assert_eq!(lost(seed, None).await, BTreeSet::new(), "seed {seed}");
        assert_eq!(lost(seed, Some(Duration::MAX)).await, BTreeSet::new(), "seed {seed}");
        missed += lost(seed, Some(Duration::ZERO)).await.len();
    }
    assert!(missed > 0, "no event appears late, so this test shows nothing");
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
