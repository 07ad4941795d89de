//! Bodies that are slow, cut, endless, or not as long as they say: each ends in an error of its kind, within the bounds.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::{RetryPolicy, builder, run};
use crate::operation::{Operation, Streaming};
use crate::{Client, ErrorKind, Events, Request, Value};

static GET: Operation = Operation::get("Get", "/value");
static FILE: Operation = Operation::get("File", "/file").accepts("*/*");
static EVENTS: Operation = Operation::get("Events", "/events")
    .accepts("text/event-stream")
    .streams(Streaming::new().ends_with(&["end"]));

/// What a server sends: the beginning, and a part that it repeats for ever after a delay.
struct Body {
    begin: &'static str,
    repeated: &'static str,
    delay: Duration,
}

impl Body {
    fn ending(begin: &'static str) -> Self {
        Self { begin, repeated: "", delay: Duration::ZERO }
    }

    fn endless(begin: &'static str, repeated: &'static str) -> Self {
        Self { begin, repeated, delay: Duration::ZERO }
    }

    fn slow(begin: &'static str, repeated: &'static str) -> Self {
        Self { begin, repeated, delay: Duration::from_millis(30) }
    }
}

/// Starts a server that sends a body to each connection.
async fn client(body: Body) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            let mut sent = stream.write_all(body.begin.as_bytes()).await;
            while sent.is_ok() && !body.repeated.is_empty() {
                tokio::time::sleep(body.delay).await;
                sent = stream.write_all(body.repeated.as_bytes()).await;
            }
        }
    });
    builder(&url)
        .retry(RetryPolicy::none())
        .timeout(Duration::from_millis(400))
        .read_timeout(Duration::from_millis(200))
        .max_response_size(100_000)
        .build()
        .unwrap()
}

const OK: &str = "HTTP/1.1 200 OK\r\n";

#[test]
fn a_whole_body_ends_in_an_error_of_its_kind() {
    run(async {
        let space = " ".repeat(1000).leak();
        for (body, kind) in [
            (Body::ending("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n[1"), ErrorKind::Incomplete),
            (
                Body::ending("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[1"),
                ErrorKind::Incomplete,
            ),
            (
                Body::ending("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n[1]"),
                ErrorKind::Incomplete,
            ),
            (
                Body::ending("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n"),
                ErrorKind::Incomplete,
            ),
            (Body::ending("HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n[1]"), ErrorKind::Interrupted),
            (Body::ending("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n"), ErrorKind::TooLarge),
            (Body::endless("HTTP/1.1 200 OK\r\n\r\n", space), ErrorKind::TooLarge),
            // Each read is in time, but not the whole.
            (Body::slow("HTTP/1.1 200 OK\r\n\r\n", " "), ErrorKind::Timeout),
            (Body::slow("HTTP/1.1 200 OK\r\n", "a: b\r\n"), ErrorKind::Timeout),
        ] {
            let begin = body.begin;
            let error = client(body).await.send(Request::<Value>::new(&GET)).await.unwrap_err();
            assert_eq!(error.kind(), kind, "{begin:?} {error:#}");
        }
        // What follows the stated length is not a part of the body.
        let longer = Body::ending("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n[1]23");
        let value = client(longer).await.send(Request::<Value>::new(&GET)).await.unwrap();
        assert_eq!(value, serde_json::json!([1]));
    });
}

#[test]
fn a_download_ends_in_an_error_of_its_kind() {
    run(async {
        for (body, kind, received) in [
            (Body::ending("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc"), ErrorKind::Incomplete, 3),
            (
                Body::ending("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n5\r\nd"),
                ErrorKind::Incomplete,
                4,
            ),
            (
                Body::ending("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nxyz\r\n"),
                ErrorKind::Incomplete,
                3,
            ),
        ] {
            let begin = body.begin;
            let mut download = client(body).await.download(Request::bytes(&FILE)).await.unwrap();
            let error = loop {
                match download.chunk().await {
                    Ok(chunk) => assert!(chunk.is_some(), "{begin:?}"),
                    Err(error) => break error,
                }
            };
            assert_eq!((error.kind(), download.received()), (kind, received), "{begin:?} {error:#}");
        }
        // The body of an error response is read whole, so it has to arrive within the timeout of the attempt.
        let slow = Body::slow("HTTP/1.1 500 Oh\r\n\r\n", " ");
        let slow = client(slow).await;
        let result =
            tokio::time::timeout(Duration::from_secs(20), slow.download(Request::bytes(&FILE))).await;
        assert!(result.unwrap().is_err());
        // An endless download is read as far as the caller wants.
        let endless = Body::endless("HTTP/1.1 200 OK\r\n\r\n", "a".repeat(1000).leak());
        let mut download = client(endless).await.download(Request::bytes(&FILE)).await.unwrap();
        while download.received() < 200_000 {
            assert!(download.chunk().await.unwrap().is_some());
        }
    });
}

#[test]
fn a_stream_ends_in_an_error_of_its_kind_after_its_items() {
    run(async {
        let line = "data: 123456789".repeat(100).leak();
        let head = |body: &str| -> &'static str {
            format!("{OK}content-type: text/event-stream\r\n\r\ndata: 1\n\n{body}").leak()
        };
        for (body, kind) in [
            (Body::ending(head("")), ErrorKind::Incomplete),
            (Body::ending(head("data: 2")), ErrorKind::Incomplete),
            (Body::endless(head(""), line), ErrorKind::TooLarge),
            (Body::endless(head(""), "data: 1234\n"), ErrorKind::TooLarge),
            // Comments keep the connection, but nothing arrives after them.
            (
                Body { begin: head(": ping\n"), repeated: "x", delay: Duration::from_secs(60) },
                ErrorKind::Timeout,
            ),
        ] {
            let begin = body.begin;
            let mut stream =
                client(body).await.stream(Request::<Events<Value>>::events(&EVENTS)).await.unwrap();
            assert_eq!(stream.next().await.unwrap().unwrap(), 1);
            let error = stream.next().await.unwrap().unwrap_err();
            assert_eq!(error.kind(), kind, "{begin:?} {error:#}");
            assert!(stream.next().await.is_none());
        }
    });
}
