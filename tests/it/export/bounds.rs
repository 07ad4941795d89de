//! The number of requests of an export is close to the minimum.

use simulator::Config;

use super::export_kinds::{START, export_kinds};
use super::{ExportResult, TestServer};

#[tokio::test]
async fn exports_send_at_most_two_unnecessary_requests() {
    for (seed, size) in [(1, 1_000), (2, 100), (3, 37)] {
        for end_of_stream in [true, false] {
            let config =
                Config::default().seed(seed).tickets(400).end_of_stream(end_of_stream).routing_page_size(30);
            let server = TestServer::start(config.metric_page_size(50).check_responses(false)).await;
            for kind in export_kinds() {
                // The maximum page size of metric events by cursor is 100.
                let size = if kind.name.ends_with("events by cursor") { size.min(100) } else { size };
                let before = server.requests();
                let mut received = ExportResult::default();
                received.run_to_end(&kind, &server.client(), size).await;
                received.check(&kind, &server.simulator, seed);
                let requests = server.requests() - before;
                let per_page = usize::try_from(size).unwrap();
                let least = match kind.name {
                    "metric events by cursor" => received.versions.len().div_ceil(per_page),
                    _ => server.simulator.minimum_requests(kind.operation, START, per_page).unwrap(),
                };
                assert!(
                    (least..=least + 2).contains(&requests),
                    "{}: {requests} requests instead of {least}, page size {size}",
                    kind.name
                );
            }
        }
    }
}
