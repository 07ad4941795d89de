//! Successful responses that differ from what is declared, whole responses, and redirects.

use super::{
    GET, RetryPolicy, SECRET, TestServer, builder, client_with_test_clock, get, ok_response, response, run,
};
use crate::operation::Operation;
use crate::wire::samples::Part;
use crate::{Error, ErrorKind, Redirect, Request, Value};

static HEAD: Operation = Operation::head("Head", "/a");
static MOVED: Operation = Operation::get("Moved", "/a").redirects_with(&["302", "304"]);
static MOVED_ANYWHERE: Operation = Operation::get("MovedAnywhere", "/a").redirects_with(&["3XX"]);
static SEVERAL: Operation =
    Operation::get("Several", "/a").offers(&["application/json", "text/csv", "image/png"]);
static LATIN: Operation = Operation::get("Latin", "/a").accepts("text/plain; charset=ISO-8859-1, */*;q=0.1");

fn send<T: Send>(
    request: Request<T>,
    response: impl Into<Vec<u8>> + Clone + Send + 'static,
) -> Result<T, Error> {
    run(async {
        let server = TestServer::responding([response]).await;
        let result = client_with_test_clock(&server).0.send(request).await;
        assert_eq!(server.count(), 1);
        result
    })
}

#[test]
fn an_empty_success_is_a_decode_error_at_once() {
    let error = send(get(), response("200 OK", "", "")).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
    assert_eq!(
        error.to_string(),
        "the server accepted the request (200 OK), but the response does not match its declared type: \
         expected `application/json`, found no content; \
         help: `send_optional` returns `None` for a response without content"
    );
    assert!(error.is_no_content());
}

/// A 204 has no content, whatever is declared (RFC 9110, section 15.3.5): also where only 2XX or the default is.
#[test]
fn a_success_without_content_can_be_none() {
    run(async {
        let part = r#"{"id": 7}"#;
        let responses = [
            response("204 No Content", "", ""),
            response("205 Reset Content", "content-length: 0\r\n", ""),
            response("202 Accepted", "content-type: application/json\r\n", ""),
            response("200 OK", "", part),
            response("200 OK", "", "[]"),
            response("404 Not Found", "", ""),
        ];
        let server = TestServer::responding(responses).await;
        let (client, _) = client_with_test_clock(&server);
        for _ in 0..3 {
            assert_eq!(client.send_optional(get()).await.unwrap(), None);
        }
        assert_eq!(client.send_optional(get()).await.unwrap().map(|part| part.id), Some(7));
        let error = client.send_optional(get()).await.unwrap_err();
        assert!(error.is_decode() && !error.is_no_content());
        let error = client.send_optional(get()).await.unwrap_err();
        assert!(error.is_not_found() && !error.is_no_content());
        assert_eq!(server.count(), 6);
    });
}

/// One of several successes.
#[derive(Debug)]
enum Outcome {
    Parts(Vec<Part>),
    Text(String),
    Accepted(Part),
    Unknown(Value),
}
crate::response_union! {
    Outcome {
        Parts(Vec<Part>): json "2XX";
        Text(String): text "201";
        Accepted(Part): json "202";
    }
}

#[test]
fn a_success_without_content_is_none_of_several_types() {
    run(async {
        let responses = ["204 No Content", "205 Reset Content", "204 No Content", "205 Reset Content"]
            .map(|status| response(status, "", ""));
        let server = TestServer::responding(responses).await;
        let (client, _) = client_with_test_clock(&server);
        let several = || Request::<Outcome>::by_status(&SEVERAL);
        for _ in 0..2 {
            let error = client.send(several()).await.unwrap_err();
            assert!(error.is_decode() && error.is_no_content(), "{error}");
        }
        for _ in 0..2 {
            assert!(client.send_optional(several()).await.unwrap().is_none());
        }
    });
    let text = response("201 Created", "content-type: text/plain\r\n", "a");
    assert!(matches!(send(Request::by_status(&SEVERAL), text), Ok(Outcome::Text(text)) if text == "a"));
    let accepted = response("202 Accepted", "", r#"{"id": 7}"#);
    assert!(
        matches!(send(Request::by_status(&SEVERAL), accepted), Ok(Outcome::Accepted(part)) if part.id == 7)
    );
    let parts = response("203 Other", "", "[]");
    assert!(
        matches!(send(Request::by_status(&SEVERAL), parts), Ok(Outcome::Parts(parts)) if parts.is_empty())
    );
    let other = response("302 Found", "", "");
    assert!(!matches!(send(Request::by_status(&SEVERAL), other), Ok(Outcome::Unknown(Value::Null))));
}

#[test]
fn a_type_that_contains_null_needs_no_content() {
    let nullable = || Request::<Option<Part>>::new(&GET).path("part_id", &1_i64);
    let any = || Request::<Value>::new(&GET).path("part_id", &1_i64);
    for status in ["200 OK", "204 No Content"] {
        assert_eq!(send(nullable(), response(status, "", "")).unwrap(), None);
    }
    assert_eq!(send(any(), response("204 No Content", "", "")).unwrap(), Value::Null);
    assert!(send(any(), response("200 OK", "", "")).unwrap_err().is_no_content());
}

#[test]
fn a_success_that_cannot_be_decoded_is_handed_out() {
    let csv = response("201 Created", "content-type: text/csv; charset=utf-8\r\n", "a,\"b\"\n1,\u{7}2");
    let error = send(get(), csv).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the server accepted the request (201 Created), but the response does not match its declared type: \
         expected `application/json`, found `text/csv`, which begins with \"a,\\\"b\\\" 1, 2\""
    );
    let received = error.received_response().unwrap();
    assert_eq!((received.status(), received.content_type()), (201, Some("text/csv; charset=utf-8")));
    assert_eq!(
        (received.text().as_ref(), received.bytes().len(), received.length()),
        ("a,\"b\"\n1,\u{7}2", 10, 10)
    );
    assert!(error.is_decode() && error.may_have_arrived() && error.status().is_none());
    assert!(!format!("{error:?}").contains("1, 2"), "{error:?}");
}

#[test]
fn json_of_another_type_is_not_shown() {
    let error = send(get(), response("200 OK", "", &format!(r#"{{"id": "{SECRET}"}}"#))).unwrap_err();
    assert!(
        error.to_string().contains("accepted the request (200 OK)") && error.to_string().contains("/id: ")
    );
    assert!(!format!("{error} {error:?}").contains(SECRET));
    assert!(error.received_response().unwrap().text().contains(SECRET));
    // Whatever the server calls it, the error is that of the JSON.
    let plain = |json: &str| response("200 OK", "content-type: text/plain\r\n", json);
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let request: Request<Value> = Request::new(&GET).path("part_id", &"a");
    for (error, expected) in [
        (send(get(), plain(r#"{"name": "a"}"#)).unwrap_err().to_string(), "missing field `id`"),
        (send(request, plain(&deep)).unwrap_err().to_string(), "recursion limit exceeded"),
    ] {
        assert!(error.contains(expected) && !error.contains("text/plain"), "{error}");
    }
}

#[test]
fn only_the_beginning_of_other_content_is_shown() {
    let html =
        response("200 OK", "content-type: text/html\r\n", &format!("<html>{}</html>", "x\n".repeat(5000)));
    let error = send(get(), html).unwrap_err();
    let shown = error.to_string();
    assert!(
        shown.contains("found `text/html`, which begins with \"<html>x x ") && shown.len() < 420,
        "{shown}"
    );
    assert!(!shown.contains('\n') && format!("{error:?}").len() < 420, "{error:?}");
    assert_eq!(error.received_response().unwrap().bytes().len(), 10_013);
}

#[test]
fn a_compressed_response_is_named() {
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n";
    let zipped = [head.as_bytes(), b"content-length: 5\r\n\r\n\x1f\x8b\x08\0\0"].concat();
    let error = send(get(), zipped.clone()).unwrap_err();
    assert!(
        error.to_string().contains("found data compressed with `gzip`, which was not requested"),
        "{error}"
    );
    assert_eq!(send(get().into_bytes(), zipped).unwrap(), b"\x1f\x8b\x08\0\0");
}

#[test]
fn compressed_content_that_no_header_declares_is_named() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 12\r\n\r\n";
    let zipped = [head.as_bytes(), b"\x1f\x8b\x08\x01\x02\x03\x04\x05\x06\x07\x09\x0a"].concat();
    let expected = "found data compressed with `gzip`, which was neither requested nor declared; help: turn";
    for error in [send(get(), zipped.clone()).unwrap_err(), send(get().into_text(), zipped).unwrap_err()] {
        let shown = error.to_string();
        assert!(shown.contains(expected) && !shown.contains('\u{fffd}'), "{shown}");
        assert!(shown.ends_with("`into_bytes`"), "{shown}");
    }
    let head = "HTTP/1.1 400 Bad Request\r\ncontent-encoding: gzip\r\ncontent-length: 5\r\n\r\n";
    let error = send(get().with_accept("a/b"), [head.as_bytes(), b"\x1f\x8b\x08\x01\x02"].concat());
    assert_eq!(
        error.unwrap_err().api_error().unwrap().to_string(),
        "the server responded with 400 Bad Request, with data compressed with `gzip`, which was not requested"
    );
}

#[test]
fn another_declared_media_type_names_how_to_read_it() {
    for (content_type, method) in [("text/csv; charset=utf-8", "into_text"), ("image/png", "into_bytes")] {
        let request: Request<Part> = Request::new(&SEVERAL);
        let other = response("200 OK", &format!("content-type: {content_type}\r\n"), "a,b");
        let error = send(request, other).unwrap_err().to_string();
        let expected = format!(
            ", which begins with \"a,b\"; help: the description declares this media type, too: \
             to read it, convert the request with `{method}`"
        );
        assert!(error.ends_with(&expected), "{error}");
    }
}

#[test]
fn bytes_that_are_no_text_are_named_by_their_media_type() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 5\r\n\r\n";
    let error = send(get().into_text(), [head.as_bytes(), b"\x89PNG\xff"].concat()).unwrap_err();
    let expected = "expected text, found `image/png`; help: to read it as it came, convert the request with `into_bytes`";
    assert!(error.to_string().ends_with(expected), "{error}");
}

/// The media type says that it is an error (RFC 9457), whatever the status code.
#[test]
fn a_problem_with_a_status_code_of_a_success_shows_its_words() {
    let problem = response(
        "200 OK",
        "content-type: application/problem+json\r\n",
        r#"{"title": "Out of stock", "detail": "No widget is left"}"#,
    );
    let error = send(get(), problem).unwrap_err().to_string();
    assert!(
        error.contains("missing field `id`") && error.contains(": Out of stock: No widget is left; help: "),
        "{error}"
    );
}

#[test]
fn a_page_is_named_by_its_title() {
    let html = "<!DOCTYPE html>\n<html><head><title>Sign in &amp; go</title></head><body>x</body></html>";
    let error = send(get(), response("200 OK", "content-type: text/html\r\n", html)).unwrap_err();
    assert!(
        error.to_string().ends_with("found `text/html`, which has the title \"Sign in & go\""),
        "{error}"
    );
}

#[test]
fn json_is_read_in_other_charsets() {
    let bytes = |content_type: &str, body: &[u8]| {
        let length = body.len();
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n");
        [head.as_bytes(), body].concat()
    };
    let latin = b"{\"id\": 7, \"type\": \"caf\xe9\"}";
    let part = send(get(), bytes("application/json; charset=iso-8859-1", latin)).unwrap();
    assert_eq!(part.r#type.as_deref(), Some("café"));
    let error = send(get(), bytes("application/json", latin)).unwrap_err().to_string();
    assert!(error.ends_with("/type: expected UTF-8, found other bytes (line 1, column 23)"), "{error}");
    let utf_16: Vec<u8> = "{\"id\": 7}".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(send(get(), bytes("application/json", &utf_16)).unwrap().id, 7);
}

#[test]
fn an_error_response_is_read_in_its_charset() {
    for (content_type, body) in [
        ("application/json; charset=iso-8859-1", b"{\"message\": \"Gr\xf6\xdfe\"}".as_slice()),
        ("text/plain; charset=windows-1252", b"Gr\xf6\xdfe"),
        ("text/html; charset=latin1", b"<title>Gr\xf6\xdfe</title>"),
    ] {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 400 Bad Request\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n"
        );
        let error = send(get(), [head.as_bytes(), body].concat()).unwrap_err();
        assert_eq!(error.to_string(), "the server responded with 400: Größe", "{content_type}");
    }
    // Without a charset, what can't be read is replaced, and the JSON is still read.
    let head = "HTTP/1.1 400 Bad Request\r\ncontent-length: 17\r\n\r\n";
    let error = send(get(), [head.as_bytes(), b"{\"message\": \"\xf6k\"}"].concat()).unwrap_err();
    assert_eq!(error.to_string(), "the server responded with 400: \u{fffd}k");
}

#[test]
fn text_is_read_in_its_charset() {
    for content_type in ["text/plain; charset=ISO-8859-1", "text/plain"] {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncontent-length: 4\r\n\r\n");
        let latin = [head.as_bytes(), b"caf\xe9"].concat();
        assert_eq!(send(Request::text(&LATIN), latin).unwrap(), "café");
    }
    let error = send(
        Request::text(&GET).path("part_id", &1_i64),
        b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\ncaf\xe9".to_vec(),
    );
    assert!(error.unwrap_err().to_string().contains("found bytes that are not valid UTF-8"));
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert_eq!(send(get(), response("200 OK", "", "\u{feff}{\"id\": 7}")).unwrap().id, 7);
}

#[test]
fn a_whole_response_has_the_status_and_the_headers() {
    run(async {
        let headers = "x-total: 12\r\nlocation: /parts/7\r\nset-cookie: s3cret-token\r\nset-cookie: b=2\r\n";
        let responses = [
            response("201 Created", headers, "{\"id\": 7}"),
            "HTTP/1.1 200 OK\r\ncontent-length: 42\r\n\r\n".to_owned(),
        ];
        let server = TestServer::responding(responses).await;
        let (client, _) = client_with_test_clock(&server);
        let whole = client.send_whole(get()).await.unwrap();
        assert_eq!(
            (whole.status(), whole.header("X-Total"), whole.header("location")),
            (201, Some("12"), Some("/parts/7"))
        );
        assert_eq!(whole.headers().filter(|(name, _)| *name == "set-cookie").count(), 2);
        assert!(!format!("{whole:?}").contains(SECRET));
        assert_eq!((whole.value().id, whole.into_value().id), (7, 7));
        // The response to HEAD has no content.
        let head = client.send_whole(Request::<()>::new(&HEAD)).await.unwrap();
        assert_eq!((head.status(), head.header("content-length")), (200, Some("42")));
    });
}

#[test]
fn a_declared_redirect_is_a_response_and_is_not_followed() {
    run(async {
        let other = TestServer::responding([ok_response()]).await;
        let location = format!("{}/file?token={SECRET}", other.url);
        let found = response("302 Found", &format!("location: {location}\r\n"), "moved");
        let server = TestServer::responding([found]).await;
        let (client, _) = client_with_test_clock(&server);
        let redirect = client.send(Request::redirect(&MOVED)).await.unwrap();
        assert_eq!(redirect, Redirect { status: 302, location: Some(location) });
        assert!(!format!("{redirect:?}").contains(SECRET));
        assert_eq!(client.send(Request::redirect(&MOVED_ANYWHERE)).await.unwrap().status, 302);
        assert_eq!((server.count(), other.count()), (2, 0));
    });
}

#[test]
fn a_declared_304_has_no_content() {
    let not_modified = "HTTP/1.1 304 Not Modified\r\netag: \"1\"\r\n\r\n";
    assert_eq!(send(Request::<Option<Part>>::or_empty(&MOVED), not_modified).unwrap(), None);
    // Otherwise it is an error response that names its status code.
    let error = send(get(), not_modified).unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(304)));
}

#[test]
fn a_redirect_of_another_status_is_an_error() {
    let error =
        send(Request::redirect(&MOVED), response("301 Moved", "location: https://a.example/\r\n", ""));
    let error = error.unwrap_err();
    assert_eq!((error.kind(), error.rejected_host()), (ErrorKind::Redirect, Some("a.example")));
}

#[test]
fn a_long_error_response_can_be_decoded() {
    let body = |length| format!(r#"{{"id": 7, "name": "{}"}}"#, "x".repeat(length));
    let error = send(get(), response("404 No", "", &body(70_000))).unwrap_err();
    assert_eq!(error.api_error().unwrap().decode::<Part>().unwrap().id, 7);
    let error = send(get(), response("404 No", "", &body(3 << 20))).unwrap_err();
    let error = error.api_error().unwrap();
    assert!(error.body().len() <= 1 << 20);
    assert_eq!(
        error.decode::<Part>().unwrap_err().to_string(),
        "expected the entire body, found its first MiB"
    );
}

#[test]
fn the_accept_header_is_that_of_the_request() {
    run(async {
        let server = TestServer::responding([response("200 OK", "content-type: text/csv\r\n", "a,b")]).await;
        let client = builder(&server.url).retry(RetryPolicy::none()).build().unwrap();
        assert_eq!(client.send(get().into_text().with_accept("text/csv")).await.unwrap(), "a,b");
        assert!(server.requests()[0].contains("\r\naccept: text/csv\r\n"));
    });
}
