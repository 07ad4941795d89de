//! Exports that never end.

use std::collections::BTreeSet;
use std::time::Duration;

use simulator::{Changes, Config};

use super::TestServer;
use super::export_kinds::export_kinds;

#[tokio::test]
async fn a_following_export_gets_all_changes() {
    for (seed, kind) in export_kinds().iter().enumerate() {
        let config =
            Config::default().seed(seed as u64).tickets(120).metric_page_size(30).routing_page_size(20);
        let changes = Changes { per_request: 2, total: 24 };
        let server = TestServer::start(
            config.changes(changes).late_records(if kind.looks_back { 3 } else { 0 }).check_responses(false),
        )
        .await;
        let mut pages = kind.export(&server.client(), 30).follow(Duration::from_mins(10)).pages();
        let mut versions = Vec::new();
        let mut quiet_polls = 0;
        // Breaches may be up to half an hour late, so four polls without records are the end.
        while quiet_polls < 8 {
            let page = pages.next().await.unwrap().unwrap();
            let nothing = page.records.is_empty() && page.is_caught_up() && server.simulator.is_quiet();
            quiet_polls = if nothing { quiet_polls + 1 } else { 0 };
            assert_eq!(page.checkpoint.is_caught_up(), page.is_caught_up());
            versions.extend(page.records.iter().map(|record| kind.version(record)));
        }
        let received: BTreeSet<_> = versions.iter().cloned().collect();
        assert_eq!(received.len(), versions.len(), "{}: records were repeated", kind.name);
        let lost: Vec<_> = server.simulator.versions(kind.resource).difference(&received).cloned().collect();
        assert!(lost.is_empty(), "{}: {lost:?} lost", kind.name);
    }
}
