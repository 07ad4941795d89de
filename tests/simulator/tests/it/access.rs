//! Authentication, token refresh, rate limits.

use std::time::Duration;

use serde_json::json;
use simulator::{Bucket, Config, Limits, RateLimitHeaders, Simulator};

use crate::client::{Call, basic, call, get, send};

async fn signed(simulator: &Simulator, path: &str, authorization: String) -> (u16, String) {
    let url = format!("{}{path}", simulator.url());
    let response =
        send(Call { method: "GET", url: &url, authorization, host: None, body: None }).await.unwrap();
    (response.status, response.text().to_owned())
}

const ATTRIBUTES: &str = "/api/v2/routing/attributes";
const CHATS: &str = "/api/v2/chat/incremental/chats";

#[tokio::test]
async fn the_three_kinds_of_credentials_are_accepted_and_others_are_not() {
    let simulator = Simulator::start(Config::default().tickets(10)).await;
    let known = simulator.credentials();
    for good in [
        basic(&format!("{}/token", known.email), &known.api_token),
        basic(&known.email, &known.password),
        format!("Bearer {}", known.access_token),
    ] {
        assert_eq!(signed(&simulator, ATTRIBUTES, good).await.0, 200);
    }
    for bad in [String::new(), basic(&known.email, &known.api_token), "Basic !".to_owned()] {
        let (status, body) = signed(&simulator, ATTRIBUTES, bad).await;
        assert_eq!((status, body.as_str()), (401, r#"{"error":"Couldn't authenticate you"}"#));
    }
    assert!(!format!("{known:?}").contains(&known.access_token));
}

#[tokio::test]
async fn chat_exports_accept_only_bearer_tokens() {
    let simulator = Simulator::start(Config::default().tickets(10)).await;
    let known = simulator.credentials();
    let (status, body) = signed(&simulator, CHATS, basic(&known.email, &known.password)).await;
    assert_eq!(status, 403);
    assert!(body.contains("Missing the following required scopes: "), "{body}");
    assert_eq!(signed(&simulator, CHATS, format!("Bearer {}", known.access_token)).await.0, 200);
}

#[tokio::test]
async fn a_refresh_invalidates_the_old_pair_of_tokens() {
    let config = Config::default().tickets(10).time_scale(0.0).token_lifetime(Duration::from_mins(10));
    let simulator = Simulator::start(config).await;
    let old = simulator.credentials();
    simulator.advance(Duration::from_secs(599));
    assert_eq!(get(&simulator, ATTRIBUTES).await.status, 200);
    simulator.advance(Duration::from_secs(1));
    let expired = get(&simulator, ATTRIBUTES).await;
    assert_eq!(expired.status, 401);
    assert_eq!(expired.json()["error"], "invalid_token");

    let body = json!({"grant_type": "refresh_token", "refresh_token": old.refresh_token});
    let fresh = call(&simulator, "POST", "/oauth/tokens", Some(body.clone())).await;
    assert_eq!(fresh.status, 200);
    let new = simulator.credentials();
    assert_eq!(fresh.json()["access_token"], new.access_token);
    assert_eq!(fresh.json()["refresh_token"], new.refresh_token);
    assert_eq!(fresh.json()["expires_in"], 600);
    assert_ne!(new.access_token, old.access_token);
    assert_eq!(get(&simulator, ATTRIBUTES).await.status, 200);
    assert_eq!(signed(&simulator, ATTRIBUTES, format!("Bearer {}", old.access_token)).await.0, 401);

    let again = call(&simulator, "POST", "/oauth/tokens", Some(body)).await;
    assert_eq!((again.status, again.json()["error"].as_str()), (400, Some("invalid_grant")));
    assert_eq!(simulator.refreshes(), 1);
}

#[tokio::test]
async fn the_eleventh_export_request_of_a_minute_is_rejected_until_the_next_minute() {
    let config = Config::default().tickets(10).time_scale(0.0).limits(Limits::on());
    let simulator = Simulator::start(config).await;
    let path = "/api/v2/incremental/tickets?start_time=0";
    for left in (0..10).rev() {
        let response = get(&simulator, path).await;
        let expected = format!("total=10; remaining={left}; resets=60");
        assert_eq!(response.header("zendesk-ratelimit-incremental-exports"), Some(expected.as_str()));
        assert_eq!(response.header("x-rate-limit"), Some("700"));
        assert_eq!(response.header("ratelimit-reset"), Some("60"));
    }
    let rejected = get(&simulator, path).await;
    assert_eq!((rejected.status, rejected.header("retry-after")), (429, Some("60")));
    // Another limit.
    assert_eq!(get(&simulator, "/api/v2/incremental/users/cursor?start_time=0").await.status, 200);
    simulator.advance(Duration::from_mins(1));
    assert_eq!(get(&simulator, path).await.status, 200);
    assert_eq!(simulator.rate_limited_requests(), 1);
    let rejected: Vec<_> = simulator.requests().into_iter().filter(|seen| seen.status == Some(429)).collect();
    assert_eq!(rejected[0].bucket, Some(Bucket::IncrementalExports));
    assert_eq!(rejected[0].fault, None);
}

#[tokio::test]
async fn only_the_configured_headers_are_sent() {
    let limits = Limits::On { add_on: true, other_client: 0.0, headers: RateLimitHeaders::RateLimit };
    let simulator = Simulator::start(Config::default().tickets(10).limits(limits)).await;
    let response = get(&simulator, "/api/v2/incremental/users/cursor?start_time=0").await;
    assert_eq!(response.header("rate-limit-limit"), Some("700"));
    assert_eq!(response.header("x-rate-limit"), None);
    assert_eq!(response.header("ratelimit-limit"), None);
    let own = response.header("zendesk-ratelimit-incremental-exports-cursor").unwrap();
    assert!(own.starts_with("total=60; remaining=59; "), "{own}");
}
