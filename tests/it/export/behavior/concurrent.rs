//! Several concurrent exports with clones of one client.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use simulator::Limits;
use zendesk_client::{Auth, Error, ErrorKind, OAuth, Tokens};

use super::config;
use crate::export::export_kinds::{ExportKind, export_kinds};
use crate::export::{ExportResult, TestServer};

/// Returns eight different exports. Four of them share a rate limit.
fn eight() -> Vec<ExportKind> {
    export_kinds().into_iter().filter(|kind| !kind.name.starts_with("attribute")).take(8).collect()
}

/// Runs all exports concurrently, each with a clone of the client.
async fn run(server: &TestServer, client: &zendesk_client::Client) {
    let running: Vec<_> = eight()
        .into_iter()
        .map(|kind| {
            let client = client.clone();
            tokio::spawn(async move {
                let mut received = ExportResult::default();
                received.run_to_end(&kind, &client, 4).await;
                (kind, received)
            })
        })
        .collect();
    for running in running {
        let (kind, received) = running.await.unwrap();
        assert!(received.errors.is_empty(), "{}: {:?}", kind.name, received.errors);
        received.check(&kind, &server.simulator, 11);
    }
}

#[tokio::test]
async fn concurrent_exports_stay_within_the_limits() {
    let server = TestServer::start(config().limits(Limits::on())).await;
    run(&server, &server.client()).await;
    assert!(server.requests() > 100, "{}", server.requests());
    assert_eq!(server.simulator.rate_limited_requests(), 0);
}

#[tokio::test]
async fn tokens_that_expire_are_refreshed_once() {
    let lifetime = Duration::from_mins(4);
    let server = TestServer::start(config().limits(Limits::on()).token_lifetime(lifetime)).await;
    let began = server.simulator.now();
    let saved = Arc::new(Mutex::new(Vec::new()));
    let store = Arc::clone(&saved);
    let good = server.simulator.credentials();
    let tokens = Tokens::new(&good.access_token, &good.refresh_token);
    let auth = Auth::oauth(OAuth::new("app", "its secret", tokens, move |tokens: &Tokens| {
        store.lock().unwrap().push(tokens.refresh_token().to_owned());
        Ok(())
    }));
    run(&server, &server.builder().auth(auth).build().unwrap()).await;

    let refreshes = usize::try_from(server.simulator.refreshes()).unwrap();
    let mut saved = saved.lock().unwrap().clone();
    assert_eq!(saved.last(), Some(&server.simulator.credentials().refresh_token));
    assert_eq!(saved.len(), refreshes, "each pair is saved once");
    saved.sort_unstable();
    saved.dedup();
    assert_eq!(saved.len(), refreshes, "they are all different");
    // Each token is used for at least three and a half minutes before it is refreshed.
    let elapsed = usize::try_from(server.simulator.now() - began).unwrap();
    assert!(refreshes > 2 && refreshes <= elapsed / 210 + 1, "{refreshes} in {elapsed} seconds");
}

#[tokio::test]
async fn a_token_store_that_fails_stops_the_export_and_loses_no_token() {
    let server =
        TestServer::start(config().limits(Limits::on()).token_lifetime(Duration::from_mins(2))).await;
    let attempts = Arc::new(Mutex::new(Vec::new()));
    let store = Arc::clone(&attempts);
    let good = server.simulator.credentials();
    let tokens = Tokens::new(&good.access_token, &good.refresh_token);
    let auth = Auth::oauth(OAuth::new("app", "its secret", tokens, move |tokens: &Tokens| {
        let mut attempts = store.lock().unwrap();
        attempts.push(tokens.refresh_token().to_owned());
        if attempts.len() == 1 { Err("the disk is full".into()) } else { Ok(()) }
    }));
    let client = server.builder().auth(auth).build().unwrap();
    let kind = super::export_kind("tickets by cursor");
    let mut received = ExportResult::default();
    received.run_to_end(&kind, &client, 4).await;
    received.check(&kind, &server.simulator, 11);
    let error_kinds: Vec<_> = received.errors.iter().map(Error::kind).collect();
    assert_eq!(error_kinds, [ErrorKind::TokenStore]);
    let attempts = attempts.lock().unwrap().clone();
    assert_eq!(attempts[0], attempts[1], "the same pair is saved again");
    assert_eq!(attempts.len(), usize::try_from(server.simulator.refreshes()).unwrap() + 1);
    let text = format!("{:?} {:#}", received.errors[0], received.errors[0]);
    assert!(!attempts.iter().any(|token| text.contains(token)), "the error shows a token");
}
