//! Several exports at once, with clones of one client.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use simulator::Limits;
use zendesk_client::{Auth, OAuth, OAuthErrorKind, Tokens};

use super::config;
use crate::export::kinds::{Kind, kinds};
use crate::export::{Received, World};

/// Eight exports of all sorts, four of which share one limit.
fn eight() -> Vec<Kind> {
    kinds().into_iter().filter(|kind| !kind.name.starts_with("attribute")).take(8).collect()
}

/// Runs them all at once, each on a clone of the client.
async fn run(world: &World, client: &zendesk_client::Client) {
    let running: Vec<_> = eight()
        .into_iter()
        .map(|kind| {
            let client = client.clone();
            tokio::spawn(async move {
                let mut received = Received::default();
                received.run_on(&kind, &client, 4).await;
                (kind, received)
            })
        })
        .collect();
    for running in running {
        let (kind, received) = running.await.unwrap();
        assert!(received.errors.is_empty(), "{}: {:?}", kind.name, received.errors);
        received.check(&kind, &world.simulator, 11);
    }
}

#[tokio::test]
async fn the_limits_are_kept_together() {
    let world = World::start(config().limits(Limits::on())).await;
    run(&world, &world.client()).await;
    assert!(world.requests() > 100, "{}", world.requests());
    assert_eq!(world.simulator.refusals(), 0);
}

#[tokio::test]
async fn tokens_that_expire_on_the_way_are_refreshed_once() {
    let lifetime = Duration::from_mins(4);
    let world = World::start(config().limits(Limits::on()).token_lifetime(lifetime)).await;
    let began = world.simulator.now();
    let saved = Arc::new(Mutex::new(Vec::new()));
    let store = Arc::clone(&saved);
    let good = world.simulator.credentials();
    let tokens = Tokens::new(&good.access_token, &good.refresh_token);
    let auth = Auth::oauth(OAuth::new("app", "its secret", tokens, move |tokens: &Tokens| {
        store.lock().unwrap().push(tokens.refresh_token().to_owned());
        Ok(())
    }));
    run(&world, &world.builder().auth(auth).build().unwrap()).await;

    let refreshes = usize::try_from(world.simulator.refreshes()).unwrap();
    let mut saved = saved.lock().unwrap().clone();
    assert_eq!(saved.last(), Some(&world.simulator.credentials().refresh_token));
    assert_eq!(saved.len(), refreshes, "each pair is saved once");
    saved.sort_unstable();
    saved.dedup();
    assert_eq!(saved.len(), refreshes, "each is another one");
    // Each lives for at least three and a half minutes before it is exchanged.
    let elapsed = usize::try_from(world.simulator.now() - began).unwrap();
    assert!(refreshes > 2 && refreshes <= elapsed / 210 + 1, "{refreshes} in {elapsed} seconds");
}

#[tokio::test]
async fn a_store_that_fails_once_stops_the_export_and_loses_no_token() {
    let world = World::start(config().limits(Limits::on()).token_lifetime(Duration::from_mins(2))).await;
    let attempts = Arc::new(Mutex::new(Vec::new()));
    let store = Arc::clone(&attempts);
    let good = world.simulator.credentials();
    let tokens = Tokens::new(&good.access_token, &good.refresh_token);
    let auth = Auth::oauth(OAuth::new("app", "its secret", tokens, move |tokens: &Tokens| {
        let mut attempts = store.lock().unwrap();
        attempts.push(tokens.refresh_token().to_owned());
        if attempts.len() == 1 { Err("the disk is full".into()) } else { Ok(()) }
    }));
    let client = world.builder().auth(auth).build().unwrap();
    let kind = super::kind("tickets by cursor");
    let mut received = Received::default();
    received.run_on(&kind, &client, 4).await;
    received.check(&kind, &world.simulator, 11);
    let kinds: Vec<_> = received
        .errors
        .iter()
        .map(|error| match error {
            zendesk_client::Error::OAuth(error) => error.kind(),
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(kinds, [OAuthErrorKind::NotSaved]);
    let attempts = attempts.lock().unwrap().clone();
    assert_eq!(attempts[0], attempts[1], "the same pair is saved again");
    assert_eq!(attempts.len(), usize::try_from(world.simulator.refreshes()).unwrap() + 1);
    let text = format!("{:?} {}", received.errors[0], received.errors[0]);
    assert!(!attempts.iter().any(|token| text.contains(token)), "the error shows a token");
}
