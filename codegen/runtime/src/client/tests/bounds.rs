//! What the server sends is bounded.

use super::{SECRET, TestServer, builder, get, post, response, run};
use crate::{Error, ErrorKind};

const MAXIMUM: usize = 1000;

/// Returns the result of a request with a maximum size, and the number of requests.
fn bounded(body: impl Into<Vec<u8>> + Clone + Send + 'static) -> (Result<i64, Error>, usize) {
    run(async {
        let server = TestServer::responding([body]).await;
        let client = builder(&server.url).max_response_size(MAXIMUM).build().unwrap();
        (client.send(get()).await.map(|part| part.id), server.count())
    })
}

/// Returns an object of a number of bytes.
fn json(bytes: usize) -> String {
    let object = r#"{"id": 7}"#;
    format!("{object}{}", " ".repeat(bytes - object.len()))
}

/// Returns a response in chunks of 100 bytes.
fn chunked(chunks: usize) -> String {
    let chunks = format!("64\r\n{}\r\n", json(100)) + &format!("64\r\n{:100}\r\n", "").repeat(chunks - 1);
    format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}0\r\n\r\n")
}

#[test]
fn a_body_of_the_maximum_size_is_read() {
    for body in [
        response("200 OK", "", &json(MAXIMUM)),
        chunked(10),
        format!("HTTP/1.1 200 OK\r\n\r\n{}", json(MAXIMUM)),
    ] {
        assert_eq!(bounded(body).0.unwrap(), 7);
    }
}

#[test]
fn a_larger_body_is_an_error_that_is_not_repeated() {
    let declared = "HTTP/1.1 200 OK\r\ncontent-length: 1000000000000\r\n\r\n{";
    let until_closed = format!("HTTP/1.1 200 OK\r\n\r\n{}", json(MAXIMUM + 1));
    for body in [response("200 OK", "", &json(MAXIMUM + 1)), chunked(11), until_closed, declared.to_owned()] {
        let (result, requests) = bounded(body);
        let error = result.unwrap_err();
        assert_eq!((error.kind(), requests), (ErrorKind::TooLarge, 1));
        let expected = "the response is too large: its body has more than 1000 bytes, the maximum that `max_response_size` sets";
        assert_eq!(error.to_string(), expected);
    }
}

/// The server never ends the body: the client closes the connection.
#[test]
fn an_endless_body_is_not_read_to_its_end() {
    run(async {
        let endless = format!("HTTP/1.1 200 OK\r\n\r\n{}", json(64 << 20));
        let server = TestServer::responding([endless]).await;
        let client = builder(&server.url).max_response_size(MAXIMUM).build().unwrap();
        assert_eq!(client.send(post()).await.unwrap_err().kind(), ErrorKind::TooLarge);
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn too_many_or_too_long_headers_are_an_error() {
    let many = "a: b\r\n".repeat(1_000_000);
    let long = format!("a: {}\r\n", "b".repeat(8 << 20));
    for headers in [many, long] {
        run(async {
            let server = TestServer::responding([response("200 OK", &headers, &json(10))]).await;
            let error = builder(&server.url).build().unwrap().send(get()).await.unwrap_err();
            assert_eq!((error.kind(), server.count()), (ErrorKind::TooLarge, 1), "{error:?}");
            let expected = "the response is too large: message head is too large";
            assert_eq!(format!("{error:#}"), expected);
        });
    }
}

/// Also if the dependency tree of a program enables compression in `reqwest`, as the tests of this repository may.
#[test]
fn compression_is_neither_requested_nor_undone() {
    run(async {
        let headers = "content-encoding: gzip\r\n";
        let server = TestServer::responding([response("200 OK", headers, "\u{1f}?")]).await;
        let client = builder(&server.url).build().unwrap();
        let error = client.send(get()).await.unwrap_err();
        assert!(error.to_string().contains("compressed with `gzip`"), "{error}");
        assert!(!server.requests()[0].contains("accept-encoding"), "{}", server.requests()[0]);
    });
}

#[test]
fn text_of_the_server_changes_no_direction_and_begins_no_line() {
    let body = "{\"error\": \"a\u{202e}b\u{2028}c\u{2066}d\u{200b}e\u{85}f\\u001b[0m\u{e0041}g words\"}";
    run(async {
        let server = TestServer::responding([response("400 Bad Request", "", body)]).await;
        let error = builder(&server.url).build().unwrap().send(get()).await.unwrap_err();
        let shown = format!("{error:#} {error:?}");
        let hidden = ['\u{202e}', '\u{2028}', '\u{2066}', '\u{200b}', '\u{85}', '\u{1b}', '\u{e0041}'];
        assert!(!shown.contains(hidden), "{shown:?}");
        assert!(error.to_string().contains("a b c d e f [0m g words"), "{error}");
        assert!(!shown.contains(SECRET));
    });
}
