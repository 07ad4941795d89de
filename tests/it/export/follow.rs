//! Exports that never end.

use std::collections::BTreeSet;
use std::time::Duration;

use simulator::{Changes, Config};

use super::World;
use super::kinds::kinds;

#[tokio::test]
async fn follows_the_world_until_it_rests() {
    for (seed, kind) in kinds().iter().enumerate() {
        let config =
            Config::default().seed(seed as u64).tickets(120).metric_page_size(30).routing_page_size(20);
        let changes = Changes { per_request: 2, total: 24 };
        let world = World::start(
            config.changes(changes).late_breaches(if kind.looks_back { 3 } else { 0 }).checked_answers(false),
        )
        .await;
        let mut pages = kind.export(&world.client(), 30).follow(Duration::from_mins(10)).pages();
        let mut versions = Vec::new();
        let mut quiet_polls = 0;
        // Breaches may be up to half an hour late: four polls in a row that find nothing are the end.
        while quiet_polls < 8 {
            let page = pages.next().await.unwrap().unwrap();
            let nothing = page.records.is_empty() && page.is_caught_up() && world.simulator.is_quiet();
            quiet_polls = if nothing { quiet_polls + 1 } else { 0 };
            assert_eq!(page.checkpoint.is_caught_up(), page.is_caught_up());
            versions.extend(page.records.iter().map(|record| kind.version(record)));
        }
        let received: BTreeSet<_> = versions.iter().cloned().collect();
        assert_eq!(received.len(), versions.len(), "{}: records came twice", kind.name);
        let lost: Vec<_> = world.simulator.versions(kind.resource).difference(&received).cloned().collect();
        assert!(lost.is_empty(), "{}: {lost:?} lost", kind.name);
    }
}
