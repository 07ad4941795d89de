//! The client stays within the rate limits before the server rejects requests.

use simulator::{Config, Limits, RateLimitHeaders};

use super::export_kinds::export_kinds;
use super::{ExportResult, TestServer};

#[tokio::test]
async fn a_client_that_uses_the_account_alone_gets_no_429() {
    for headers in [
        RateLimitHeaders::All,
        RateLimitHeaders::XRateLimit,
        RateLimitHeaders::RateLimit,
        RateLimitHeaders::Ratelimit,
    ] {
        let limits = Limits::On { add_on: false, other_client: 0.0, headers };
        let config =
            Config::default().seed(5).tickets(600).limits(limits).metric_page_size(20).routing_page_size(10);
        let server = TestServer::start(config.check_responses(false)).await;
        let client = server.client();
        for kind in export_kinds() {
            let mut received = ExportResult::default();
            received.run_to_end(&kind, &client, 20).await;
            received.check(&kind, &server.simulator, 5);
            assert!(received.errors.is_empty());
        }
        assert!(server.requests() > 200, "too few requests: {}", server.requests());
        assert_eq!(server.simulator.rate_limited_requests(), 0);
    }
}

#[tokio::test]
async fn the_add_on_makes_exports_faster() {
    let mut minutes = Vec::new();
    for add_on in [false, true] {
        let limits = Limits::On { add_on, other_client: 0.0, headers: RateLimitHeaders::All };
        let server =
            TestServer::start(Config::default().tickets(600).limits(limits).check_responses(false)).await;
        let begin = server.simulator.now();
        let mut received = ExportResult::default();
        received.run_to_end(&export_kinds()[0], &server.client(), 10).await;
        assert_eq!(server.simulator.rate_limited_requests(), 0);
        minutes.push((server.simulator.now() - begin) / 60);
    }
    assert!(minutes[1] * 2 < minutes[0], "{minutes:?}");
}

#[tokio::test]
async fn another_client_causes_at_most_one_429_per_minute() {
    let limits = Limits::On { add_on: false, other_client: 0.5, headers: RateLimitHeaders::All };
    let config = Config::default().seed(6).tickets(900).limits(limits).check_responses(false);
    let server = TestServer::start(config).await;
    let begin = server.simulator.now();
    let mut received = ExportResult::default();
    received.run_to_end(&export_kinds()[0], &server.client(), 10).await;
    received.check(&export_kinds()[0], &server.simulator, 6);
    assert!(received.errors.is_empty());
    let windows = (server.simulator.now() - begin) / 60 + 1;
    let rejected = i64::try_from(server.simulator.rate_limited_requests()).unwrap();
    assert!(rejected <= windows, "{rejected} responses with 429 in {windows} minutes");
}
