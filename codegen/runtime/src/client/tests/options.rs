//! Options of a single request.

use std::time::{Duration, Instant};

use super::{Auth, RetryPolicy, SECRET, TestServer, builder, get, ok_response, post, response, run};
use crate::{ErrorKind, RequestOptions};

#[test]
fn headers_and_query_parameters_are_added() {
    run(async {
        let server = TestServer::responding([ok_response()]).await;
        let client = builder(&server.url).build().unwrap();
        let options = RequestOptions::new()
            .header("X-Tenant", "north")
            .header("accept", "application/vnd.example+json")
            .query("trace id", "a&b");
        let request = get().with_options(options);
        assert_eq!(request.path_and_query(), "/parts/a%20b?page%5Bsize%5D=5&trace%20id=a%26b");
        client.send(request).await.unwrap();
        let received = server.requests().concat();
        assert!(received.starts_with("GET /parts/a%20b?page%5Bsize%5D=5&trace%20id=a%26b HTTP/1.1\r\n"));
        assert!(received.contains("x-tenant: north\r\n"), "{received}");
        assert_eq!(received.matches("accept: ").count(), 1, "{received}");
        assert!(received.contains("accept: application/vnd.example+json\r\n"), "{received}");
    });
}

#[test]
fn an_invalid_header_is_an_error_before_anything_is_sent() {
    for options in [
        RequestOptions::new().header("a b", "c"),
        RequestOptions::new().header("a", "c\r\nd: e"),
        RequestOptions::new().header("", "c"),
        RequestOptions::new().idempotency_key(""),
    ] {
        let error = run(async {
            let server = TestServer::responding([ok_response()]).await;
            let error = builder(&server.url).build().unwrap().send(get().with_options(options)).await;
            assert_eq!(server.count(), 0);
            error.unwrap_err()
        });
        assert!(error.is_request() && error.to_string().contains("cannot be sent"), "{error}");
    }
}

#[test]
fn the_timeout_of_a_request_replaces_that_of_the_client() {
    run(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let client = builder(&url).retry(RetryPolicy::none()).build().unwrap();
        let options = RequestOptions::new().timeout(Duration::from_millis(30));
        let start = Instant::now();
        let error = client.send(get().with_options(options)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(start.elapsed() < Duration::from_secs(60));
    });
}

#[test]
fn an_idempotency_key_lets_a_post_be_retried() {
    run(async {
        let server = TestServer::responding([response("500 Oh", "", ""), ok_response()]).await;
        let client =
            builder(&server.url).retry(RetryPolicy::new().base_delay(Duration::ZERO)).build().unwrap();
        client.send(post().with_options(RequestOptions::new().idempotency_key("k-1"))).await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        assert!(requests.iter().all(|request| request.contains("idempotency-key: k-1\r\n")));
    });
}

#[test]
fn a_retry_policy_of_a_request_replaces_that_of_the_client() {
    run(async {
        let server = TestServer::responding([response("503 Busy", "", ""), ok_response()]).await;
        let client =
            builder(&server.url).retry(RetryPolicy::new().base_delay(Duration::ZERO)).build().unwrap();
        let options = RequestOptions::new().retry(RetryPolicy::none());
        let error = client.send(get().with_options(options)).await.unwrap_err();
        assert_eq!((error.status(), server.count()), (Some(503), 1));
    });
}

#[test]
fn credentials_of_a_request_replace_those_of_the_client() {
    run(async {
        let server = TestServer::responding([ok_response()]).await;
        let client = builder(&server.url).build().unwrap();
        let options = RequestOptions::new().auth(Auth::bearer("another-token"));
        client.send(get().with_options(options)).await.unwrap();
        let received = server.requests().concat();
        assert!(received.contains("authorization: Bearer another-token\r\n"), "{received}");
        assert_eq!(received.matches("authorization").count(), 1);
    });
}

/// Credentials reach another host only if they are set for it.
#[test]
fn another_server_gets_no_credentials_of_the_client() {
    run(async {
        let own = TestServer::responding([ok_response()]).await;
        let other = TestServer::responding([ok_response()]).await;
        let client = builder(&own.url).build().unwrap();
        let options = RequestOptions::new().base_url(&other.url);
        client.send(get().with_options(options.clone())).await.unwrap();
        client.send(get().with_options(options.auth(Auth::bearer("for-the-other")))).await.unwrap();
        let received = other.requests();
        assert!(!received[0].contains("authorization"), "{}", received[0]);
        assert!(received[1].contains("authorization: Bearer for-the-other\r\n"));
        assert_eq!(own.count(), 0);
        let error = client
            .send(get().with_options(RequestOptions::new().base_url("http://example.com")))
            .await
            .unwrap_err();
        assert!(error.is_config(), "{error}");
    });
}

#[test]
fn a_sensitive_header_is_not_shown() {
    run(async {
        let body = format!(r#"{{"error": "no {SECRET}-2 here"}}"#);
        let server = TestServer::responding([response("400 Bad", "", &body)]).await;
        let client = builder(&server.url).build().unwrap();
        let options = RequestOptions::new()
            .sensitive_header("x-key", format!("{SECRET}-2"))
            .header("x-other", "value-of-other")
            .query("q", "value-of-query");
        let request = get().with_options(options);
        let shown = format!("{request:?}");
        assert!(shown.contains("x-key") && shown.contains("x-other"), "{shown}");
        assert!(!shown.contains(SECRET) && !shown.contains("value-of-"), "{shown}");
        let error = client.send(request).await.unwrap_err();
        assert!(error.to_string().contains("no *** here"), "{error}");
    });
}

#[test]
fn a_header_of_the_options_replaces_the_credentials() {
    run(async {
        let server = TestServer::responding([ok_response()]).await;
        let options = RequestOptions::new().sensitive_header("Authorization", "Own 123456789");
        builder(&server.url).build().unwrap().send(get().with_options(options)).await.unwrap();
        let received = server.requests().concat();
        assert_eq!(received.matches("authorization").count(), 1, "{received}");
        assert!(received.contains("authorization: Own 123456789\r\n"));
    });
}
