//! Access tokens that are exchanged for new ones.

use std::error::Error as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};

use super::{API, Client, RetryPolicy, SECRET, Server, TestClock, answer, fine, get, post, run};
use crate::{Auth, Error, OAuth, OAuthErrorKind, Timestamp, Tokens};

type Saved = Arc<Mutex<Vec<(String, String)>>>;

/// A client whose first access token expires after so many seconds.
struct Setup {
    client: Client,
    clock: Arc<TestClock>,
    saved: Saved,
}

fn after(seconds: u64) -> Timestamp {
    (UNIX_EPOCH + Duration::from_secs(seconds)).into()
}

impl Setup {
    fn new(server: &Server, expires_in: Option<u64>) -> Self {
        Self::failing(server, expires_in, 0)
    }

    /// The store fails that many times first.
    fn failing(server: &Server, expires_in: Option<u64>, failures: usize) -> Self {
        let tokens = Tokens::new("a0", "r0");
        let tokens = match expires_in {
            Some(seconds) => tokens.expiring_at(after(seconds)),
            None => tokens,
        };
        Self::with_tokens(server, tokens, failures)
    }

    fn with_tokens(server: &Server, tokens: Tokens, failures: usize) -> Self {
        let saved = Saved::default();
        let log = Arc::clone(&saved);
        let failures = AtomicUsize::new(failures);
        let store = move |tokens: &Tokens| {
            if failures.load(Ordering::Relaxed) > 0 {
                failures.fetch_sub(1, Ordering::Relaxed);
                return Err("the disk is full".into());
            }
            log.lock().unwrap().push((tokens.access_token().to_owned(), tokens.refresh_token().to_owned()));
            Ok(())
        };
        let clock = Arc::new(TestClock::default());
        let auth = Auth::oauth(OAuth::new("app", SECRET, tokens, store));
        let builder = Client::builder(&API).base_url(&server.address).auth(auth);
        Self { client: builder.clock(clock.clone()).build().unwrap(), clock, saved }
    }

    fn saved(&self) -> usize {
        self.saved.lock().unwrap().len()
    }
}

/// A server on which only the newest tokens are valid: `a1` and `r1` after the first exchange, and so on.
async fn authority() -> Server {
    let mut newest = 0;
    Server::start(move |_, request| {
        let body = request.split("\r\n\r\n").nth(1).unwrap();
        if !request.starts_with("POST /oauth/tokens ") {
            let valid = request.contains(&format!("authorization: Bearer a{newest}\r\n"));
            return if valid {
                fine()
            } else {
                answer("401 Unauthorized", "", r#"{"error": "invalid_token"}"#)
            };
        }
        assert!(!request.contains("authorization"), "{request}");
        // The order of the keys is up to the features that serde_json is built with.
        let expected = json!({
            "grant_type": "refresh_token",
            "refresh_token": format!("r{newest}"),
            "client_id": "app",
            "client_secret": SECRET,
        });
        if serde_json::from_str::<Value>(body).ok() != Some(expected) {
            return answer(
                "400 Bad Request",
                "",
                r#"{"error": "invalid_grant", "error_description": "used"}"#,
            );
        }
        newest += 1;
        let tokens =
            format!(r#"{{"access_token":"a{newest}","refresh_token":"r{newest}","expires_in":1800}}"#);
        answer("200 OK", "", &tokens)
    })
    .await
}

fn kind<T>(result: Result<T, Error>) -> Option<OAuthErrorKind> {
    match result {
        Err(Error::OAuth(error)) => Some(error.kind()),
        _ => None,
    }
}

fn exchanges(server: &Server) -> usize {
    server.seen().iter().filter(|request| request.starts_with("POST /oauth/tokens ")).count()
}

#[test]
fn tokens_are_exchanged_before_they_expire() {
    run(async {
        let server = authority().await;
        let setup = Setup::new(&server, Some(100));
        setup.client.send(get()).await.unwrap();
        assert_eq!(exchanges(&server), 0);
        setup.clock.advance(Duration::from_secs(40));
        setup.client.send(post()).await.unwrap();
        assert_eq!((exchanges(&server), setup.saved()), (1, 1));
        setup.clock.advance(Duration::from_secs(1739));
        setup.client.send(get()).await.unwrap();
        assert_eq!(exchanges(&server), 1);
        setup.clock.advance(Duration::from_secs(1));
        setup.client.send(get()).await.unwrap();
        assert_eq!(
            *setup.saved.lock().unwrap(),
            [("a1", "r1"), ("a2", "r2")].map(|(a, r)| (a.into(), r.into()))
        );
        // Nothing was refused on the way.
        assert_eq!(server.count(), 4 + 2);
    });
}

/// Sends five requests at once.
async fn together(client: &Client) -> Vec<Option<OAuthErrorKind>> {
    let call = |_| {
        let client = client.clone();
        tokio::spawn(async move { client.send(get()).await.map(|part| assert_eq!(part.id, 7)) })
    };
    let calls: Vec<_> = (0..5).map(call).collect();
    let mut results = Vec::new();
    for call in calls {
        results.push(call.await.unwrap().map_or_else(|error| kind::<()>(Err(error)), |()| None));
    }
    results
}

#[test]
fn requests_that_come_together_share_one_exchange() {
    run(async {
        let server = authority().await;
        let setup = Setup::new(&server, Some(0));
        assert_eq!(together(&setup.client).await, [None; 5]);
        assert_eq!((exchanges(&server), server.count(), setup.saved()), (1, 6, 1));
    });
}

#[test]
fn rejected_tokens_are_exchanged_once() {
    run(async {
        let server = authority().await;
        let setup = Setup::new(&server, None);
        // The server does not take the first access token any more, but its refresh token.
        let wrong = Setup::with_tokens(&server, Tokens::new("old", "r0"), 0);
        assert_eq!(together(&wrong.client).await, [None; 5]);
        assert_eq!((exchanges(&server), wrong.saved()), (1, 1));
        // Another session is left with a dead pair.
        assert_eq!(together(&setup.client).await, [Some(OAuthErrorKind::InvalidGrant); 5]);
        assert_eq!(exchanges(&server), 2);
        let refused = Server::script([answer("401 Unauthorized", "", "")]).await;
        let fixed = super::builder(&refused.address).build().unwrap();
        assert!(fixed.send(get()).await.unwrap_err().api().unwrap().is_unauthorized());
        assert_eq!(refused.count(), 1);
    });
}

/// A server that rejects tokens. The first ones have expired by the time that their request arrives, and the
/// one after them is good unless there are none.
async fn slow_authority(setup: Arc<Mutex<Option<Arc<TestClock>>>>, expire: usize) -> Server {
    let mut exchanges = 0;
    let mut rejections = 0;
    Server::start(move |_, request| {
        if request.starts_with("POST /oauth/tokens ") {
            exchanges += 1;
            let number = exchanges;
            let tokens =
                format!(r#"{{"access_token":"a{number}","refresh_token":"r{number}","expires_in":1800}}"#);
            return answer("200 OK", "", &tokens);
        }
        rejections += 1;
        if rejections <= expire {
            let clock = setup.lock().unwrap().clone().unwrap();
            clock.advance(Duration::from_secs(30 * 60));
        } else if expire > 0 && request.contains(&format!("authorization: Bearer a{expire}\r\n")) {
            return fine();
        }
        answer("401 Unauthorized", "", r#"{"error": "invalid_token"}"#)
    })
    .await
}

#[test]
fn tokens_that_expire_on_the_way_are_replaced_again() {
    run(async {
        // Twice on the way; and for ever.
        for (expire, exchanged, arrives) in [(2, 2, true), (usize::MAX, 4, false)] {
            let clock = Arc::default();
            let server = slow_authority(Arc::clone(&clock), expire).await;
            let setup = Setup::new(&server, Some(1800));
            *clock.lock().unwrap() = Some(Arc::clone(&setup.clock));
            let result = setup.client.send(get()).await;
            assert_eq!(result.is_ok(), arrives, "{result:?}");
            assert_eq!((exchanges(&server), setup.saved()), (exchanged, exchanged));
            assert_eq!(server.count(), 2 * exchanged + 1);
        }
    });
}

#[test]
fn a_new_token_that_is_rejected_is_not_replaced_again() {
    run(async {
        let clock = Arc::default();
        let server = slow_authority(Arc::clone(&clock), 0).await;
        let setup = Setup::new(&server, Some(1800));
        let error = setup.client.send(get()).await.unwrap_err();
        assert!(error.api().unwrap().is_unauthorized());
        assert_eq!((exchanges(&server), server.count()), (1, 3));
    });
}

#[test]
fn tokens_are_not_used_before_they_are_saved() {
    run(async {
        let server = authority().await;
        let setup = Setup::failing(&server, Some(0), 2);
        for _ in 0..2 {
            let Err(Error::OAuth(error)) = setup.client.send(get()).await else { panic!("not refused") };
            assert_eq!(error.kind(), OAuthErrorKind::NotSaved);
            assert_eq!(error.unsaved_tokens().unwrap().refresh_token(), "r1");
            assert!(error.to_string().contains("the disk is full") && !format!("{error:?}").contains("r1"));
        }
        assert_eq!((server.count(), setup.saved()), (1, 0));
        setup.client.send(get()).await.unwrap();
        assert_eq!((exchanges(&server), server.count(), setup.saved()), (1, 2, 1));
    });
}

#[test]
fn an_exchange_outlives_the_request_that_needed_it() {
    run(async {
        let server = authority().await;
        let setup = Setup::new(&server, Some(0));
        let dropped = tokio::spawn({
            let client = setup.client.clone();
            async move { client.send(get()).await.is_ok() }
        });
        while server.count() == 0 {
            tokio::task::yield_now().await;
        }
        dropped.abort();
        assert!(dropped.await.is_err());
        setup.client.send(get()).await.unwrap();
        assert_eq!((exchanges(&server), setup.saved()), (1, 1));
    });
}

#[test]
fn dead_refresh_tokens_ask_for_a_new_authorization() {
    run(async {
        let server = authority().await;
        Setup::new(&server, Some(0)).client.send(get()).await.unwrap();
        let before = server.count();
        let late = Setup::new(&server, None);
        for _ in 0..2 {
            let error = late.client.send(get()).await.unwrap_err();
            assert!(error.to_string().contains("authorize the application again"), "{error}");
            assert!(error.source().is_none() && error.attempts() == 1);
            assert_eq!(kind::<()>(Err(error)), Some(OAuthErrorKind::InvalidGrant));
        }
        // The rejected request and one exchange; the second call asks for nothing.
        assert_eq!(server.count() - before, 2);
    });
}

#[test]
fn a_token_is_exchanged_again_only_if_it_cannot_have_been_used() {
    run(async {
        let tokens = || answer("200 OK", "", r#"{"access_token": "a1", "refresh_token": "r1"}"#);
        let busy = answer("503 Busy", "retry-after: 1\r\n", "");
        let server = Server::script([answer("429 Slow down", "", ""), busy, tokens(), fine()]).await;
        Setup::new(&server, Some(0)).client.send(get()).await.unwrap();
        let cut = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_owned();
        for (broken, expected) in [
            (String::new(), OAuthErrorKind::Transport),
            (cut, OAuthErrorKind::Transport),
            (answer("500 Oh", "", ""), OAuthErrorKind::Refused),
            (answer("401 Unauthorized", "", r#"{"error": "invalid_client"}"#), OAuthErrorKind::Refused),
            (answer("200 OK", "", "{}"), OAuthErrorKind::Answer),
        ] {
            let server = Server::script([broken.clone()]).await;
            let result = Setup::new(&server, Some(0)).client.send(get()).await;
            assert_eq!((kind(result), server.count()), (Some(expected), 1), "{broken}");
        }
    });
}

#[test]
fn an_exchange_that_fails_fails_for_all_who_wait() {
    run(async {
        let server = Server::script([answer("500 Oh", "", "")]).await;
        let setup = Setup::new(&server, Some(0));
        assert_eq!(together(&setup.client).await, [Some(OAuthErrorKind::Refused); 5]);
        assert_eq!(server.count(), 1);
        // The next one tries again.
        assert!(setup.client.send(get()).await.is_err());
        assert_eq!(server.count(), 2);
    });
}

#[test]
fn a_store_that_panics_loses_nothing() {
    run(async {
        let server = authority().await;
        let mut first = true;
        let store = Mutex::new(move || assert!(!std::mem::take(&mut first), "the store broke"));
        let store = move |_: &Tokens| {
            store.lock().unwrap_or_else(std::sync::PoisonError::into_inner)();
            Ok(())
        };
        let tokens = Tokens::new("", "r0");
        let auth = Auth::oauth(OAuth::new("app", SECRET, tokens, store));
        let client = Client::builder(&API).base_url(&server.address).auth(auth).build().unwrap();
        assert_eq!(kind(client.send(get()).await), Some(OAuthErrorKind::Stopped));
        client.send(get()).await.unwrap();
        assert_eq!(exchanges(&server), 1);
    });
}

#[test]
fn tokens_are_never_shown() {
    run(async {
        let body = format!(r#"{{"access_token": "{SECRET}", "refresh_token": "{SECRET}"}}"#);
        let server = Server::script([answer("200 OK", "", &body), answer("401 Unauthorized", "", "")]).await;
        let tokens = Tokens::new(SECRET, SECRET).expiring_at(after(0));
        let oauth = OAuth::new("app", SECRET, tokens.clone(), |_: &Tokens| Ok(()));
        let auth = Auth::oauth(oauth.clone());
        let builder =
            Client::builder(&API).base_url(&server.address).auth(auth.clone()).retry(RetryPolicy::none());
        let client = builder.clone().build().unwrap();
        let error = client.send(get()).await.unwrap_err();
        let shown = format!("{tokens:?} {oauth:?} {auth:?} {builder:?} {client:?} {error} {error:?}");
        assert!(!shown.contains(SECRET), "{shown}");
        let incomplete = Auth::oauth(OAuth::new("app", "", tokens, |_: &Tokens| Ok(())));
        assert!(Client::builder(&API).base_url(&server.address).auth(incomplete).build().is_err());
    });
}
