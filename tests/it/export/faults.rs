//! Nothing is lost and nothing comes twice, whatever goes wrong.

use std::time::Duration;

use simulator::{Changes, Config, Fault, FaultPlan};

use super::kinds::{Kind, kinds};
use super::{Received, World};

/// Records to a page; small, so that there are many pages.
const SIZE: i64 = 40;

fn config(kind: &Kind, seed: u64, faults: FaultPlan) -> Config {
    Config::default()
        .seed(seed)
        .tickets(240)
        .metric_page_size(40)
        .routing_page_size(20)
        .changes(Changes { per_request: 3, total: 30 })
        .late_breaches(if kind.looks_back { 4 } else { 0 })
        .end_of_stream(!seed.is_multiple_of(3))
        .plain_too_recent(seed.is_multiple_of(2))
        .faults(faults.large_page(15).drip_milliseconds(40))
        .checked_answers(seed.is_multiple_of(10))
}

/// Exports everything while it changes and while things go wrong, and then what has changed since.
async fn run(kind: &Kind, seed: u64, faults: FaultPlan) -> Received {
    let world = World::start(config(kind, seed, faults)).await;
    let client =
        world.builder().read_timeout(Duration::from_millis(150)).timeout(Duration::from_millis(250)).build();
    let client = client.unwrap();
    let mut received = Received::default();
    // The last round finds a quiet world, of which nothing is held back any more.
    let mut quiet = false;
    for _ in 0..60 {
        received.run_on(kind, &client, SIZE).await;
        if quiet {
            break;
        }
        quiet = world.simulator.is_quiet();
        world.simulator.advance(Duration::from_hours(1));
    }
    assert!(quiet, "{}, seed {seed}: the world does not come to rest", kind.name);
    received.check(kind, &world.simulator, seed);
    assert_eq!(world.simulator.problems(), Vec::<String>::new(), "{}, seed {seed}", kind.name);
    for request in world.simulator.foreign_requests() {
        let credentials = request.headers.iter().any(|(name, _)| name == "authorization");
        assert!(!credentials, "credentials went to another host: {} {}", request.method, request.target);
    }
    received
}

#[tokio::test]
async fn survives_each_fault_alone() {
    for (index, kind) in kinds().iter().enumerate() {
        for (number, fault) in Fault::ALL.into_iter().enumerate() {
            let seed = (index * Fault::ALL.len() + number) as u64;
            let received = run(kind, seed, FaultPlan::only(fault)).await;
            if !fault.needs_decision() {
                assert!(received.errors.is_empty(), "{}, {fault:?}: {:?}", kind.name, received.errors);
            }
        }
    }
}

#[tokio::test]
async fn survives_all_faults_at_once() {
    for (index, kind) in kinds().iter().enumerate() {
        for number in 0..4 {
            run(kind, 1_000 + (index * 4 + number) as u64, FaultPlan::all()).await;
        }
    }
}
