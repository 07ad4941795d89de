//! Metric events that appear behind what was exported already.

use std::collections::BTreeSet;
use std::time::Duration;

use simulator::{Changes, Resource, Version};
use zendesk_client::{ExportError, ExportErrorKind};

use super::{config, kind, rest};
use crate::export::World;

/// Exports metric events until the world has come to rest, resuming at each checkpoint; what was lost.
async fn lost(seed: u64, late: Option<Duration>) -> BTreeSet<Version> {
    let changes = Changes { per_request: 3, total: 30 };
    let world = World::start(config().seed(seed).changes(changes).late_breaches(8)).await;
    let kind = kind("metric events by time");
    let (mut checkpoint, mut versions, mut quiet) = (None, Vec::new(), 0);
    while quiet < 3 {
        let mut export = kind.export(&world.client(), 0).resume(checkpoint.take());
        if let Some(late) = late {
            export = export.late(late);
        }
        let mut pages = export.pages();
        while let Some(page) = pages.next().await {
            let page = page.unwrap();
            versions.extend(page.records.iter().map(|record| kind.version(record)));
            checkpoint = Some(page.checkpoint);
        }
        let (again, error) = rest(&mut pages).await;
        assert!(again.is_empty() && error.is_none());
        quiet = if world.simulator.is_quiet() { quiet + 1 } else { 0 };
        world.simulator.advance(Duration::from_mins(10));
    }
    let received: BTreeSet<_> = versions.iter().cloned().collect();
    assert_eq!(received.len(), versions.len(), "records came twice");
    world.simulator.versions(Resource::MetricEvents).difference(&received).cloned().collect()
}

#[tokio::test]
async fn they_are_found_unless_that_is_turned_off() {
    let mut missed = 0;
    for seed in 0..6 {
        assert_eq!(lost(seed, None).await, BTreeSet::new(), "seed {seed}");
        assert_eq!(lost(seed, Some(Duration::MAX)).await, BTreeSet::new(), "seed {seed}");
        missed += lost(seed, Some(Duration::ZERO)).await.len();
    }
    assert!(missed > 0, "nothing appears late, so the time for it is not needed");
}

#[tokio::test]
async fn who_cannot_look_back_says_so() {
    let world = World::start(config()).await;
    for name in ["users by time", "organizations", "tickets by cursor", "chats", "attributes"] {
        let export = |late| kind(name).export(&world.client(), 20).late(late).pages();
        let error = export(Duration::from_secs(1)).next().await.unwrap().unwrap_err();
        assert_eq!(error.export().map(ExportError::kind), Some(&ExportErrorKind::NoLookBack), "{name}");
        assert!(export(Duration::ZERO).next().await.unwrap().is_ok(), "{name}");
    }
}
