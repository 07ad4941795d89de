//! No record is lost or repeated, with any fault.

use std::time::Duration;

use simulator::{Changes, Config, Fault, FaultPlan};

use super::export_kinds::{ExportKind, export_kinds};
use super::{ExportResult, TestServer};

/// The page size, small for many pages.
const SIZE: i64 = 40;

fn config(kind: &ExportKind, seed: u64, faults: FaultPlan) -> Config {
    Config::default()
        .seed(seed)
        .tickets(240)
        .metric_page_size(40)
        .routing_page_size(20)
        .changes(Changes { per_request: 3, total: 30 })
        .late_records(if kind.looks_back { 4 } else { 0 })
        .end_of_stream(!seed.is_multiple_of(3))
        .plain_too_recent(seed.is_multiple_of(2))
        .faults(faults.large_page(15).drip_milliseconds(40))
        .check_responses(seed.is_multiple_of(10))
}

/// Exports all records while they change and faults occur, and then the changes since.
async fn run(kind: &ExportKind, seed: u64, faults: FaultPlan) -> ExportResult {
    let server = TestServer::start(config(kind, seed, faults)).await;
    let client =
        server.builder().read_timeout(Duration::from_millis(150)).timeout(Duration::from_millis(250)).build();
    let client = client.unwrap();
    let mut received = ExportResult::default();
    // The last round runs when nothing changes and no record is held back.
    let mut quiet = false;
    for _ in 0..60 {
        received.run_to_end(kind, &client, SIZE).await;
        if quiet {
            break;
        }
        quiet = server.simulator.is_quiet();
        server.simulator.advance(Duration::from_hours(1));
    }
    assert!(quiet, "{}, seed {seed}: the account keeps changing", kind.name);
    received.check(kind, &server.simulator, seed);
    // Where every third page is incomplete, a page has few records in the end.
    let (requests, records) = (server.requests(), received.versions.len());
    assert!(
        requests <= records + 40,
        "{}, seed {seed}: {requests} requests for {records} records",
        kind.name
    );
    assert_eq!(server.simulator.problems(), Vec::<String>::new(), "{}, seed {seed}", kind.name);
    for request in server.simulator.other_host_requests() {
        let credentials = request.headers.iter().any(|(name, _)| name == "authorization");
        assert!(!credentials, "credentials were sent to another host: {} {}", request.method, request.target);
    }
    received
}

#[tokio::test]
async fn exports_are_complete_despite_each_fault() {
    for (index, kind) in export_kinds().iter().enumerate() {
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
async fn exports_are_complete_despite_all_faults_at_once() {
    for (index, kind) in export_kinds().iter().enumerate() {
        for number in 0..4 {
            run(kind, 1_000 + (index * 4 + number) as u64, FaultPlan::all()).await;
        }
    }
}
