//! No export asks more than it has to.

use simulator::Config;

use super::kinds::{START, kinds};
use super::{Received, World};

#[tokio::test]
async fn asks_hardly_more_than_it_has_to() {
    for (seed, size) in [(1, 1_000), (2, 100), (3, 37)] {
        for end_of_stream in [true, false] {
            let config =
                Config::default().seed(seed).tickets(400).end_of_stream(end_of_stream).routing_page_size(30);
            let world = World::start(config.metric_page_size(50).checked_answers(false)).await;
            for kind in kinds() {
                // Metric events by cursor come at most 100 to a page.
                let size = if kind.name.ends_with("events by cursor") { size.min(100) } else { size };
                let before = world.requests();
                let mut received = Received::default();
                received.run_on(&kind, &world.client(), size).await;
                received.check(&kind, &world.simulator, seed);
                let requests = world.requests() - before;
                let per_page = usize::try_from(size).unwrap();
                let least = match kind.name {
                    "metric events by cursor" => received.versions.len().div_ceil(per_page),
                    _ => world.simulator.minimum_requests(kind.operation, START, per_page).unwrap(),
                };
                assert!(
                    (least..=least + 2).contains(&requests),
                    "{}: {requests} requests where {least} would do, {size} to a page",
                    kind.name
                );
            }
        }
    }
}
