//! One request and one answer.

use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

use super::{CHANGE, GET, RetryPolicy, Server, answer, builder, get, run};
use crate::wire::samples::{Change, Part};
use crate::{Error, Request, TransportErrorKind};

/// Sends a request to a server that gives one answer; returns what the server saw beside what the caller got.
fn exchange<T: Send>(request: Request<T>, answer: &str) -> (String, Result<T, Error>) {
    run(async {
        let server = Server::script([answer.to_owned()]).await;
        let client = builder(&server.address).retry(RetryPolicy::none()).build().unwrap();
        let result = client.send(request).await;
        (server.seen().concat(), result)
    })
}

#[test]
fn requests_go_out_as_they_are() {
    let (seen, result) = exchange(get(), &answer("200 OK", "", r#"{"id": 7}"#));
    assert_eq!(result.unwrap().id, 7);
    assert!(seen.starts_with("GET /parts/a%20b?page%5Bsize%5D=5 HTTP/1.1\r\n"), "{seen}");
    // The base64 form of `me@example.com/token:s3cret-token`.
    assert!(
        seen.contains("\r\nauthorization: Basic bWVAZXhhbXBsZS5jb20vdG9rZW46czNjcmV0LXRva2Vu\r\n"),
        "{seen}"
    );
    assert!(seen.contains("\r\naccept: application/json\r\n"));
    assert!(seen.contains("\r\nuser-agent: test/1\r\n"));
}

#[test]
fn bodies_go_out_as_json() {
    let change = Change { name: "ä".to_owned(), ..Change::default() };
    let request: Request<()> = Request::new(&CHANGE).json(&change);
    let (seen, result) = exchange(request, &answer("204 No Content", "", ""));
    assert!(result.is_ok());
    assert!(seen.contains("\r\ncontent-type: application/json\r\n"));
    assert!(seen.ends_with("\r\n\r\n{\"name\":\"ä\",\"parent\":null}"), "{seen}");
}

#[test]
fn refusals_become_errors() {
    let body = r#"{"error": "TooManyRequests", "description": "slow down"}"#;
    let headers = "retry-after: 7\r\nx-request-id: abc\r\n";
    let (_, result) = exchange(get(), &answer("429 Too Many Requests", headers, body));
    let error = result.unwrap_err();
    assert!(error.is_rate_limited() && !error.is_not_found());
    assert_eq!(error.retry_after(), Some("7"));
    assert!(error.to_string().contains("429 TooManyRequests: slow down"), "{error}");
    let (_, result) = exchange(get(), &answer("502 Bad Gateway", "", "<html>oops</html>"));
    assert_eq!(result.unwrap_err().api().map(crate::ApiError::status), Some(502));
}

#[test]
fn answers_of_another_shape_become_errors() {
    let (_, result) = exchange(get(), &answer("200 OK", "", r#"{"id": "secret"}"#));
    let error = result.unwrap_err();
    assert!(matches!(&error, Error::Decode(error) if error.path() == "/id"));
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[test]
fn redirects_are_not_followed() {
    let headers = "location: https://other.example/path?token=x\r\n";
    let (_, result) = exchange(get(), &answer("302 Found", headers, ""));
    let Err(Error::Transport(error)) = result else { panic!("no transport error") };
    assert_eq!((error.kind(), error.host()), (TransportErrorKind::Redirect, Some("other.example")));
    assert!(!format!("{error} {error:?}").contains("token"));
}

#[test]
fn answers_that_break_off_become_errors() {
    let (_, result) = exchange(get(), "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\": 1");
    let Err(Error::Transport(error)) = result else { panic!("no transport error") };
    assert_eq!(error.kind(), TransportErrorKind::Body);
    assert!(!format!("{error:?}").contains("/parts"), "{error:?}");
}

#[test]
fn slow_servers_time_out() {
    let result = run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        builder(&address)
            .retry(RetryPolicy::none())
            .timeout(Duration::from_millis(50))
            .build()
            .unwrap()
            .send(get())
            .await
    });
    assert!(matches!(result, Err(Error::Transport(error)) if error.kind() == TransportErrorKind::Timeout));
}

#[test]
fn servers_that_are_not_there_are_told() {
    let result = run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        builder(&address).retry(RetryPolicy::none()).build().unwrap().send(get()).await
    });
    let Err(Error::Transport(error)) = result else { panic!("no transport error") };
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(error.to_string().starts_with("the server cannot be reached: "), "{error}");
}

#[test]
fn servers_without_encryption_are_told() {
    let result = run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = builder(&format!("https://{}", listener.local_addr().unwrap())).build()?;
        let server = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        };
        tokio::join!(server, client.send(get())).1
    });
    match result {
        Err(Error::Transport(error)) => assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}"),
        // A machine without certificates cannot make such a client at all.
        Err(Error::Config(error)) => assert!(error.to_string().contains("encryption"), "{error}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn incomplete_requests_are_not_sent() {
    let client = builder("http://127.0.0.1:1").build().unwrap();
    let request: Request<Part> = Request::new(&GET);
    assert!(matches!(run(client.send(request)), Err(Error::Request(_))));
}
