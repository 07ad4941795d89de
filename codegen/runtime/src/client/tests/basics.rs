//! One request and one response.

use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

use super::{CHANGE, GET, RetryPolicy, TestServer, builder, get, response, run};
use crate::wire::samples::{Change, Part};
use crate::{Error, ErrorKind, Request};

/// Sends a request to a server with one response. Returns the request as received, and the result of the call.
fn exchange<T: Send>(request: Request<T>, response: &str) -> (String, Result<T, Error>) {
    run(async {
        let server = TestServer::responding([response.to_owned()]).await;
        let client = builder(&server.url).retry(RetryPolicy::none()).build().unwrap();
        let result = client.send(request).await;
        (server.requests().concat(), result)
    })
}

#[test]
fn a_request_is_sent_with_credentials_and_headers() {
    let (received, result) = exchange(get(), &response("200 OK", "", r#"{"id": 7}"#));
    assert_eq!(result.unwrap().id, 7);
    assert!(received.starts_with("GET /parts/a%20b?page%5Bsize%5D=5 HTTP/1.1\r\n"), "{received}");
    // The base64 form of `me@example.com/token:s3cret-token`.
    assert!(
        received.contains("\r\nauthorization: Basic bWVAZXhhbXBsZS5jb20vdG9rZW46czNjcmV0LXRva2Vu\r\n"),
        "{received}"
    );
    assert!(received.contains("\r\naccept: application/json\r\n"));
    assert!(received.contains("\r\nuser-agent: test/1\r\n"));
}

#[test]
fn a_body_is_sent_as_json() {
    let change = Change { name: "ä".to_owned(), ..Change::default() };
    let request: Request<()> = Request::new(&CHANGE).json(&change);
    let (received, result) = exchange(request, &response("204 No Content", "", ""));
    assert!(result.is_ok());
    assert!(received.contains("\r\ncontent-type: application/json\r\n"));
    assert!(received.ends_with("\r\n\r\n{\"name\":\"ä\",\"parent\":null}"), "{received}");
}

#[test]
fn an_error_response_becomes_an_error() {
    let body = r#"{"error": "TooManyRequests", "description": "slow down"}"#;
    let headers = "retry-after: 7\r\nx-request-id: abc\r\n";
    let (_, result) = exchange(get(), &response("429 Too Many Requests", headers, body));
    let error = result.unwrap_err();
    assert!(error.is_rate_limited() && !error.is_not_found());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(
        (error.kind(), error.status(), error.request_id()),
        (ErrorKind::Status, Some(429), Some("abc"))
    );
    assert!(
        error.to_string().contains("429: TooManyRequests: slow down (too many requests: wait 7 seconds)"),
        "{error}"
    );
    let (_, result) = exchange(get(), &response("502 Bad Gateway", "", "<html>oops</html>"));
    assert_eq!(result.unwrap_err().status(), Some(502));
}

#[test]
fn a_response_of_another_type_becomes_an_error() {
    let (_, result) = exchange(get(), &response("200 OK", "", r#"{"id": "secret"}"#));
    let error = result.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.decode_error().map(crate::DecodeError::path), Some("/id"));
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[test]
fn redirects_are_not_followed() {
    let headers = "location: https://other.example/path?token=x\r\n";
    let (_, result) = exchange(get(), &response("302 Found", headers, ""));
    let error = result.unwrap_err();
    assert_eq!((error.kind(), error.rejected_host()), (ErrorKind::Redirect, Some("other.example")));
    assert!(error.is_redirect());
    assert!(!format!("{error} {error:?}").contains("token"));
}

#[test]
fn an_incomplete_response_becomes_an_error() {
    let (_, result) = exchange(get(), "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\": 1");
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Incomplete);
    assert!(!format!("{error:?}").contains("/parts"), "{error:?}");
}

#[test]
fn a_slow_server_is_a_timeout() {
    let result = run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        builder(&url)
            .retry(RetryPolicy::none())
            .timeout(Duration::from_millis(50))
            .build()
            .unwrap()
            .send(get())
            .await
    });
    let error = result.unwrap_err();
    assert!(error.is_timeout() && error.may_have_arrived());
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[test]
fn an_unreachable_server_is_reported() {
    let result = run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        builder(&url).retry(RetryPolicy::none()).build().unwrap().send(get()).await
    });
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.is_connect() && !error.may_have_arrived());
    assert_eq!(error.to_string(), "could not connect to the server");
    assert!(std::error::Error::source(&error).is_some_and(<dyn std::error::Error>::is::<std::io::Error>));
    assert!(format!("{error:#}").starts_with("could not connect to the server: "), "{error:#}");
}

#[test]
fn a_server_without_tls_is_reported() {
    let result = run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = builder(&format!("https://{}", listener.local_addr().unwrap())).build()?;
        let server = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        };
        tokio::join!(server, client.send(get())).1
    });
    let error = result.unwrap_err();
    // On a machine without certificates, the client can't be built.
    assert!(
        error.kind() == ErrorKind::Tls || error.to_string().contains("TLS could not be set up"),
        "{error:?}"
    );
}

#[test]
fn an_incomplete_request_is_not_sent() {
    let client = builder("http://127.0.0.1:1").build().unwrap();
    let request: Request<Part> = Request::new(&GET);
    let error = run(client.send(request)).unwrap_err();
    assert!(error.is_request() && !error.may_have_arrived());
    assert_eq!((error.attempts(), error.request_error().unwrap().parameters()), (0, vec!["part_id"]));
}
