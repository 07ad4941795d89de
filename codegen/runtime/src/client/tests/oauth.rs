//! Access tokens that are refreshed.

use std::error::Error as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};

use super::{API, Client, RetryPolicy, SECRET, TestClock, TestServer, get, ok_response, post, response, run};
use crate::{Auth, Error, ErrorKind, OAuth, Timestamp, Tokens};

type Saved = Arc<Mutex<Vec<(String, String)>>>;

/// A client with an access token, its clock, and the tokens that were saved.
struct Setup {
    client: Client,
    clock: Arc<TestClock>,
    saved: Saved,
}

fn after(seconds: u64) -> Timestamp {
    (UNIX_EPOCH + Duration::from_secs(seconds)).into()
}

impl Setup {
    fn new(server: &TestServer, expires_in: Option<u64>) -> Self {
        Self::failing(server, expires_in, 0)
    }

    /// Creates a client whose store fails a number of times first.
    fn failing(server: &TestServer, expires_in: Option<u64>, failures: usize) -> Self {
        let tokens = Tokens::new("a0", "r0");
        let tokens = match expires_in {
            Some(seconds) => tokens.expiring_at(after(seconds)),
            None => tokens,
        };
        Self::with_tokens(server, tokens, failures)
    }

    fn with_tokens(server: &TestServer, tokens: Tokens, failures: usize) -> Self {
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
        let builder = Client::builder(&API).base_url(&server.url).auth(auth);
        Self { client: builder.clock(clock.clone()).build().unwrap(), clock, saved }
    }

    fn saved(&self) -> usize {
        self.saved.lock().unwrap().len()
    }
}

/// Starts a server that accepts the newest tokens only: `a1` and `r1` after the first refresh, and so on.
async fn token_server() -> TestServer {
    let mut newest = 0;
    TestServer::start(move |_, request| {
        let body = request.split("\r\n\r\n").nth(1).unwrap();
        if !request.starts_with("POST /oauth/tokens ") {
            let valid = request.contains(&format!("authorization: Bearer a{newest}\r\n"));
            return if valid {
                ok_response()
            } else {
                response("401 Unauthorized", "", r#"{"error": "invalid_token"}"#)
            };
        }
        assert!(!request.contains("authorization"), "{request}");
        // The order of the keys depends on the features of serde_json.
        let expected = json!({
            "grant_type": "refresh_token",
            "refresh_token": format!("r{newest}"),
            "client_id": "app",
            "client_secret": SECRET,
        });
        if serde_json::from_str::<Value>(body).ok() != Some(expected) {
            return response(
                "400 Bad Request",
                "",
                r#"{"error": "invalid_grant", "error_description": "used"}"#,
            );
        }
        newest += 1;
        let tokens =
            format!(r#"{{"access_token":"a{newest}","refresh_token":"r{newest}","expires_in":1800}}"#);
        response("200 OK", "", &tokens)
    })
    .await
}

fn kind<T>(result: Result<T, Error>) -> Option<ErrorKind> {
    result.err().map(|error| error.kind())
}

fn refreshes(server: &TestServer) -> usize {
    server.requests().iter().filter(|request| request.starts_with("POST /oauth/tokens ")).count()
}

#[test]
fn tokens_are_refreshed_before_they_expire() {
    run(async {
        let server = token_server().await;
        let setup = Setup::new(&server, Some(100));
        setup.client.send(get()).await.unwrap();
        assert_eq!(refreshes(&server), 0);
        setup.clock.advance(Duration::from_secs(40));
        setup.client.send(post()).await.unwrap();
        assert_eq!((refreshes(&server), setup.saved()), (1, 1));
        setup.clock.advance(Duration::from_secs(1739));
        setup.client.send(get()).await.unwrap();
        assert_eq!(refreshes(&server), 1);
        setup.clock.advance(Duration::from_secs(1));
        setup.client.send(get()).await.unwrap();
        assert_eq!(
            *setup.saved.lock().unwrap(),
            [("a1", "r1"), ("a2", "r2")].map(|(a, r)| (a.into(), r.into()))
        );
        // The server rejected no token.
        assert_eq!(server.count(), 4 + 2);
    });
}

/// Sends five requests at once.
async fn five_at_once(client: &Client) -> Vec<Option<ErrorKind>> {
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
fn concurrent_requests_share_one_refresh() {
    run(async {
        let server = token_server().await;
        let setup = Setup::new(&server, Some(0));
        assert_eq!(five_at_once(&setup.client).await, [None; 5]);
        assert_eq!((refreshes(&server), server.count(), setup.saved()), (1, 6, 1));
    });
}

#[test]
fn a_rejected_token_is_refreshed_once() {
    run(async {
        let server = token_server().await;
        let setup = Setup::new(&server, None);
        // The server rejects the first access token, but accepts its refresh token.
        let wrong = Setup::with_tokens(&server, Tokens::new("old", "r0"), 0);
        assert_eq!(five_at_once(&wrong.client).await, [None; 5]);
        assert_eq!((refreshes(&server), wrong.saved()), (1, 1));
        // The tokens of another session are no longer valid.
        assert_eq!(five_at_once(&setup.client).await, [Some(ErrorKind::InvalidGrant); 5]);
        assert_eq!(refreshes(&server), 2);
        let rejecting = TestServer::responding([response("401 Unauthorized", "", "")]).await;
        let fixed = super::builder(&rejecting.url).build().unwrap();
        assert!(fixed.send(get()).await.unwrap_err().api_error().unwrap().is_unauthorized());
        assert_eq!(rejecting.count(), 1);
    });
}

/// Starts a server that rejects tokens. The first `expire` tokens expire before their request arrives. If there are
/// such tokens, the next one is valid.
async fn rejecting_server(setup: Arc<Mutex<Option<Arc<TestClock>>>>, expire: usize) -> TestServer {
    let mut refreshes = 0;
    let mut rejections = 0;
    TestServer::start(move |_, request| {
        if request.starts_with("POST /oauth/tokens ") {
            refreshes += 1;
            let number = refreshes;
            let tokens =
                format!(r#"{{"access_token":"a{number}","refresh_token":"r{number}","expires_in":1800}}"#);
            return response("200 OK", "", &tokens);
        }
        rejections += 1;
        if rejections <= expire {
            let clock = setup.lock().unwrap().clone().unwrap();
            clock.advance(Duration::from_secs(30 * 60));
        } else if expire > 0 && request.contains(&format!("authorization: Bearer a{expire}\r\n")) {
            return ok_response();
        }
        response("401 Unauthorized", "", r#"{"error": "invalid_token"}"#)
    })
    .await
}

#[test]
fn a_token_that_expires_before_its_request_arrives_is_refreshed_again() {
    run(async {
        // Twice, and always.
        for (expire, refreshed, succeeds) in [(2, 2, true), (usize::MAX, 4, false)] {
            let clock = Arc::default();
            let server = rejecting_server(Arc::clone(&clock), expire).await;
            let setup = Setup::new(&server, Some(1800));
            *clock.lock().unwrap() = Some(Arc::clone(&setup.clock));
            let result = setup.client.send(get()).await;
            assert_eq!(result.is_ok(), succeeds, "{result:?}");
            assert_eq!((refreshes(&server), setup.saved()), (refreshed, refreshed));
            assert_eq!(server.count(), 2 * refreshed + 1);
        }
    });
}

#[test]
fn a_new_token_that_is_rejected_is_not_refreshed_again() {
    run(async {
        let clock = Arc::default();
        let server = rejecting_server(Arc::clone(&clock), 0).await;
        let setup = Setup::new(&server, Some(1800));
        let error = setup.client.send(get()).await.unwrap_err();
        assert!(error.api_error().unwrap().is_unauthorized());
        assert_eq!((refreshes(&server), server.count(), error.attempts()), (1, 3, 2));
    });
}

#[test]
fn tokens_are_not_used_before_they_are_saved() {
    run(async {
        let server = token_server().await;
        let setup = Setup::failing(&server, Some(0), 2);
        for _ in 0..2 {
            let error = setup.client.send(get()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TokenStore);
            assert_eq!(error.unsaved_tokens().unwrap().refresh_token(), "r1");
            assert_eq!(error.source().unwrap().to_string(), "the disk is full");
            assert!(!format!("{error:#} {error:?}").contains("r1"));
        }
        assert_eq!((server.count(), setup.saved()), (1, 0));
        setup.client.send(get()).await.unwrap();
        assert_eq!((refreshes(&server), server.count(), setup.saved()), (1, 2, 1));
    });
}

#[test]
fn a_refresh_finishes_if_its_request_is_dropped() {
    run(async {
        let server = token_server().await;
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
        assert_eq!((refreshes(&server), setup.saved()), (1, 1));
    });
}

#[test]
fn an_invalid_refresh_token_needs_a_new_authorization() {
    run(async {
        let server = token_server().await;
        Setup::new(&server, Some(0)).client.send(get()).await.unwrap();
        let before = server.count();
        let late = Setup::new(&server, None);
        for _ in 0..2 {
            let error = late.client.send(get()).await.unwrap_err();
            assert!(error.to_string().contains("authorize the application again"), "{error}");
            assert!(format!("{error:#}").contains(": the server responded with 400: invalid_grant: used"));
            assert_eq!(error.attempts(), 1);
            assert_eq!(kind::<()>(Err(error)), Some(ErrorKind::InvalidGrant));
        }
        // The rejected request and one refresh. The second call sends nothing.
        assert_eq!(server.count() - before, 2);
    });
}

#[test]
fn a_token_request_is_retried_only_if_the_token_cannot_have_been_used() {
    run(async {
        let tokens = || response("200 OK", "", r#"{"access_token": "a1", "refresh_token": "r1"}"#);
        let busy = response("503 Busy", "retry-after: 1\r\n", "");
        let server =
            TestServer::responding([response("429 Slow down", "", ""), busy, tokens(), ok_response()]).await;
        Setup::new(&server, Some(0)).client.send(get()).await.unwrap();
        // As often as another request.
        let server = TestServer::responding([response("429 Slow down", "retry-after: 1\r\n", "")]).await;
        let error = Setup::new(&server, Some(0)).client.send(get()).await.unwrap_err();
        assert_eq!((error.attempts(), server.count()), (6, 6), "{error}");
        let truncated = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_owned();
        for (broken, expected) in [
            (String::new(), "the token request failed: the connection was closed before"),
            (truncated, "the token request failed: the response is incomplete"),
            (response("500 Oh", "", ""), "the server did not issue an access token"),
            (
                response("401 Unauthorized", "", r#"{"error": "invalid_client"}"#),
                "check the client ID and secret",
            ),
            (response("200 OK", "", "{}"), "contains no access token"),
        ] {
            let server = TestServer::responding([broken.clone()]).await;
            let error = Setup::new(&server, Some(0)).client.send(get()).await.unwrap_err();
            assert_eq!((error.kind(), server.count()), (ErrorKind::Token, 1), "{broken}");
            assert!(format!("{error:#}").contains(expected), "{error:#}");
        }
    });
}

#[test]
fn a_failed_refresh_is_an_error_for_all_waiting_requests() {
    run(async {
        let server = TestServer::responding([response("500 Oh", "", "")]).await;
        let setup = Setup::new(&server, Some(0));
        assert_eq!(five_at_once(&setup.client).await, [Some(ErrorKind::Token); 5]);
        assert_eq!(server.count(), 1);
        // The next request tries again.
        assert!(setup.client.send(get()).await.is_err());
        assert_eq!(server.count(), 2);
    });
}

#[test]
fn no_token_is_lost_if_the_store_panics() {
    run(async {
        let server = token_server().await;
        let mut first = true;
        let store = Mutex::new(move || assert!(!std::mem::take(&mut first), "the store broke"));
        let store = move |_: &Tokens| {
            store.lock().unwrap_or_else(std::sync::PoisonError::into_inner)();
            Ok(())
        };
        let tokens = Tokens::new("", "r0");
        let auth = Auth::oauth(OAuth::new("app", SECRET, tokens, store));
        let client = Client::builder(&API).base_url(&server.url).auth(auth).build().unwrap();
        assert_eq!(kind(client.send(get()).await), Some(ErrorKind::Token));
        client.send(get()).await.unwrap();
        assert_eq!(refreshes(&server), 1);
    });
}

/// Starts a server that issues tokens with a lifetime and a `Date`, and that accepts the newest one.
async fn issuing_server(lifetime: &'static str, date: &'static str) -> TestServer {
    let mut newest = 0;
    TestServer::start(move |_, request| {
        if request.starts_with("POST /oauth/tokens ") {
            newest += 1;
            let tokens = format!(r#"{{"access_token":"a{newest}","expires_in":{lifetime}}}"#);
            return response("200 OK", &format!("date: {date}\r\n"), &tokens);
        }
        let is_valid = request.contains(&format!("authorization: Bearer a{newest}\r\n"));
        if is_valid { ok_response() } else { response("401 Unauthorized", "", "") }
    })
    .await
}

#[test]
fn no_lifetime_or_date_of_the_server_causes_a_refresh_for_each_request() {
    run(async {
        for lifetime in
            ["0", "0.1", "5", "-1", "\"0\"", "1800", "1e9", "1e18", "18446744073709551615", "1e300"]
        {
            for date in ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "no date"] {
                let server = issuing_server(lifetime, date).await;
                let setup = Setup::new(&server, Some(50));
                for _ in 0..5 {
                    setup.client.send(get()).await.unwrap();
                    setup.clock.advance(Duration::from_secs(20));
                }
                assert_eq!((refreshes(&server), setup.saved()), (1, 1), "{lifetime}, {date}");
            }
        }
    });
}

#[test]
fn a_short_lived_token_is_refreshed_when_the_server_rejects_it() {
    run(async {
        let mut uses = 0;
        let server = TestServer::start(move |_, request| {
            if request.starts_with("POST /oauth/tokens ") {
                uses = 0;
                return response("200 OK", "", r#"{"access_token":"a","expires_in":0}"#);
            }
            uses += 1;
            if uses <= 2 { ok_response() } else { response("401 Unauthorized", "", "") }
        })
        .await;
        let setup = Setup::new(&server, None);
        for _ in 0..6 {
            setup.client.send(get()).await.unwrap();
        }
        assert_eq!((refreshes(&server), setup.saved()), (2, 2));
    });
}

#[test]
fn tokens_are_never_shown() {
    run(async {
        let body = format!(r#"{{"access_token": "{SECRET}", "refresh_token": "{SECRET}"}}"#);
        let server =
            TestServer::responding([response("200 OK", "", &body), response("401 Unauthorized", "", "")])
                .await;
        let tokens = Tokens::new(SECRET, SECRET).expiring_at(after(0));
        let oauth = OAuth::new("app", SECRET, tokens.clone(), |_: &Tokens| Ok(()));
        let auth = Auth::oauth(oauth.clone());
        let builder =
            Client::builder(&API).base_url(&server.url).auth(auth.clone()).retry(RetryPolicy::none());
        let client = builder.clone().build().unwrap();
        let error = client.send(get()).await.unwrap_err();
        let shown = format!("{tokens:?} {oauth:?} {auth:?} {builder:?} {client:?} {error} {error:?}");
        assert!(!shown.contains(SECRET), "{shown}");
        assert!(shown.contains("OAuth { client_id: \"app\", .. } Auth(OAuth …)"), "{shown}");
        let incomplete = Auth::oauth(OAuth::new("app", "", tokens, |_: &Tokens| Ok(())));
        assert!(Client::builder(&API).base_url(&server.url).auth(incomplete).build().is_err());
    });
}

#[test]
fn credentials_that_the_token_endpoint_repeats_appear_in_no_error() {
    run(async {
        let repeated = |request: &str| {
            let grant = request.split("\r\n\r\n").nth(1).unwrap().replace('"', "'");
            let body = format!(
                r#"{{"error": "invalid_request", "error_description": "in {grant} refresh/0 and access/0"}}"#
            );
            response("400 Bad Request", "", &body)
        };
        let server = TestServer::start(move |_, request| repeated(request)).await;
        let tokens = Tokens::new("access/0", "refresh/0").expiring_at(after(0));
        let setup = Setup::with_tokens(&server, tokens, 0);
        let error = setup.client.send(get()).await.unwrap_err();
        let shown = format!("{error:#} {error:?} {:?}", error.source());
        assert!(shown.contains("invalid_request") && shown.contains("***"), "{shown}");
        let failed = error.source().and_then(|source| source.downcast_ref::<Error>()).unwrap();
        let body = failed.api_error().unwrap().body();
        assert!(body.contains("invalid_request"), "{body}");
        let shown = format!("{shown} {body}");
        for secret in [SECRET, "refresh/", "refresh%2F", "access/0", "access%2F0"] {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
    });
}

/// In any response, and in any of its parts.
#[test]
fn tokens_that_the_token_endpoint_repeats_anywhere_appear_in_no_error() {
    let html = "<html><title>refresh/0</title>refresh%2F0 s3cret-token</html>";
    for (status, headers, body) in [
        ("200 OK", "", r#"{"refresh_token": "refresh/0", "client_secret": "s3cret-token"}"#),
        ("200 OK", "", r#"{"access_token": ["refresh/0"], "x": "refresh\\/0"}"#),
        ("200 OK", "content-type: text/html\r\n", html),
        ("200 OK", "", "refresh/0"),
        (
            "400 Bad Request",
            "x-request-id: refresh/0\r\n",
            r#"{"error": "refresh\\/0", "refresh/0": "s3cret-token"}"#,
        ),
        ("401 Unauthorized", "content-type: text/html\r\nwww-authenticate: refresh/0\r\n", html),
        (
            "403 Forbidden",
            "",
            r#"{"errors": [{"code": "refresh/0", "message": "refresh/0", "field": "s3cret-token"}]}"#,
        ),
        ("302 Found", "location: https://other.example/refresh/0?secret=s3cret-token\r\n", ""),
    ] {
        run(async {
            let server = TestServer::responding([response(status, headers, body)]).await;
            let tokens = Tokens::new("access/0", "refresh/0").expiring_at(after(0));
            let error = Setup::with_tokens(&server, tokens, 0).client.send(get()).await.unwrap_err();
            let mut shown = format!("{error:#} {error:?} {:?}", error.source());
            if let Some(failed) = error.source().and_then(|source| source.downcast_ref::<Error>()) {
                let failed = failed.api_error().map(|api| (api.body(), api.message(), api.errors()));
                shown += &format!("{failed:?}");
            }
            for secret in [SECRET, "refresh/0", "refresh%2F0", "refresh\\/0"] {
                assert!(!shown.contains(secret), "{status} {body}: {shown}");
            }
        });
    }
}
