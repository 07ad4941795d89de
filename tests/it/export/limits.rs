//! The limits are kept before the server has to say no.

use simulator::{Config, Limits, Spelling};

use super::kinds::kinds;
use super::{Received, World};

#[tokio::test]
async fn an_account_of_ones_own_is_never_refused() {
    for spelling in [Spelling::All, Spelling::XRateLimit, Spelling::RateLimit, Spelling::Ratelimit] {
        let limits = Limits::On { add_on: false, other_client: 0.0, spelling };
        let config =
            Config::default().seed(5).tickets(600).limits(limits).metric_page_size(20).routing_page_size(10);
        let world = World::start(config.checked_answers(false)).await;
        let client = world.client();
        for kind in kinds() {
            let mut received = Received::default();
            received.run_on(&kind, &client, 20).await;
            received.check(&kind, &world.simulator, 5);
            assert!(received.errors.is_empty());
        }
        assert!(world.requests() > 200, "too few requests to tell: {}", world.requests());
        assert_eq!(world.simulator.refusals(), 0);
    }
}

#[tokio::test]
async fn an_add_on_is_made_use_of() {
    let mut minutes = Vec::new();
    for add_on in [false, true] {
        let limits = Limits::On { add_on, other_client: 0.0, spelling: Spelling::All };
        let world = World::start(Config::default().tickets(600).limits(limits).checked_answers(false)).await;
        let begin = world.simulator.now();
        let mut received = Received::default();
        received.run_on(&kinds()[0], &world.client(), 10).await;
        assert_eq!(world.simulator.refusals(), 0);
        minutes.push((world.simulator.now() - begin) / 60);
    }
    assert!(minutes[1] * 2 < minutes[0], "{minutes:?}");
}

#[tokio::test]
async fn another_client_causes_no_storm() {
    let limits = Limits::On { add_on: false, other_client: 0.5, spelling: Spelling::All };
    let config = Config::default().seed(6).tickets(900).limits(limits).checked_answers(false);
    let world = World::start(config).await;
    let begin = world.simulator.now();
    let mut received = Received::default();
    received.run_on(&kinds()[0], &world.client(), 10).await;
    received.check(&kinds()[0], &world.simulator, 6);
    assert!(received.errors.is_empty());
    let windows = (world.simulator.now() - begin) / 60 + 1;
    let refusals = i64::try_from(world.simulator.refusals()).unwrap();
    assert!(refusals <= windows, "{refusals} refusals in {windows} minutes");
}
