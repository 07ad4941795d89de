//! Access tokens of a provider, a file, and client credentials.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::{API, Client, SECRET, TestClock, TestServer, get, ok_response, response, run};
use crate::{Auth, ErrorKind, OAuth};

fn client(server: &TestServer, auth: Auth) -> Client {
    let clock = Arc::new(TestClock::default());
    Client::builder(&API).base_url(&server.url).auth(auth).clock(clock).build().unwrap()
}

#[test]
fn a_provider_is_asked_for_each_attempt() {
    run(async {
        let server = TestServer::responding([ok_response(), response("401 No", "", ""), ok_response()]).await;
        let count = Arc::new(AtomicUsize::new(0));
        let auth = Auth::provider(move || {
            let number = count.fetch_add(1, Ordering::Relaxed);
            async move { Ok::<_, std::io::Error>(format!("{SECRET}-{number}")) }
        });
        let client = client(&server, auth);
        client.send(get()).await.unwrap();
        client.send(get()).await.unwrap();
        let requests = server.requests();
        for (number, request) in requests.iter().enumerate() {
            assert!(request.contains(&format!("authorization: Bearer {SECRET}-{number}\r\n")), "{request}");
        }
        assert_eq!(requests.len(), 3);
    });
}

#[test]
fn a_provider_that_fails_sends_nothing() {
    run(async {
        let server = TestServer::responding([ok_response()]).await;
        let failing = Auth::provider(|| async { Err::<String, _>("the vault is locked") });
        let invalid = Auth::provider(|| async { Ok::<_, std::io::Error>("a\nb".to_owned()) });
        for (auth, source) in [(failing, "the vault is locked"), (invalid, "")] {
            assert!(!format!("{auth:?}").contains("vault"));
            let error = client(&server, auth).send(get()).await.unwrap_err();
            assert_eq!((error.kind(), server.count()), (ErrorKind::Token, 0));
            assert!(format!("{error:#}").contains(source), "{error:#}");
        }
    });
}

#[test]
fn a_token_file_is_read_for_each_attempt() {
    run(async {
        let path = std::env::temp_dir().join(format!("clientwright-token-{}", std::process::id()));
        std::fs::write(&path, "first-token\n").unwrap();
        let server = TestServer::responding([ok_response()]).await;
        let client = client(&server, Auth::token_file(&path));
        client.send(get()).await.unwrap();
        std::fs::write(&path, "second-token").unwrap();
        client.send(get()).await.unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(client.send(get()).await.unwrap_err().kind(), ErrorKind::Token);
        let requests = server.requests().concat();
        assert!(requests.contains("Bearer first-token\r\n") && requests.contains("Bearer second-token\r\n"));
    });
}

#[test]
fn client_credentials_give_tokens_that_are_renewed() {
    run(async {
        let tokens = TestServer::start(|number, _| {
            response(
                "200 OK",
                "",
                &format!(r#"{{"access_token":"token-number-{number}","expires_in":3600}}"#),
            )
        })
        .await;
        let server = TestServer::responding([ok_response()]).await;
        let oauth = OAuth::client_credentials("app", SECRET, ["read", "write"]);
        let auth = Auth::oauth(oauth.token_url(format!("{}/token", tokens.url)));
        let clock = Arc::new(TestClock::default());
        let client =
            Client::builder(&API).base_url(&server.url).auth(auth).clock(clock.clone()).build().unwrap();
        client.send(get()).await.unwrap();
        client.send(get()).await.unwrap();
        clock.advance(Duration::from_secs(3600));
        client.send(get()).await.unwrap();
        let grants = tokens.requests();
        assert_eq!(grants.len(), 2);
        for part in
            ["\"grant_type\":\"client_credentials\"", "\"client_id\":\"app\"", "\"scope\":\"read write\""]
        {
            assert!(grants[0].contains(part), "{}", grants[0]);
        }
        assert!(grants[0].starts_with("POST /token ") && !grants[0].contains("refresh_token"));
        let requests = server.requests();
        assert!(requests[1].contains("Bearer token-number-0\r\n"), "{}", requests[1]);
        assert!(requests[2].contains("Bearer token-number-1\r\n"), "{}", requests[2]);
    });
}

#[test]
fn a_token_url_needs_tls() {
    run(async {
        let server = TestServer::responding([ok_response()]).await;
        let oauth = OAuth::client_credentials("app", SECRET, [""; 0]).token_url("http://example.com/token");
        let error = client(&server, Auth::oauth(oauth)).send(get()).await.unwrap_err();
        assert_eq!((error.kind(), server.count()), (ErrorKind::Token, 0));
        assert!(format!("{error:#}").contains("must begin with `https://`"), "{error:#}");
    });
}
