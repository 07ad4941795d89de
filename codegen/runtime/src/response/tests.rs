//! Reading responses: by status code, media type and charset.

use std::cell::RefCell;

use super::{FromResponse, Received, Redirect};
use crate::operation::Operation;
use crate::wire::samples::{Change, Part};
use crate::{Request, Value, decode, encode};

static JSON: Operation = Operation::get("Json", "/json");
static DATA: Operation =
    Operation::get("Data", "/data").offers(&["application/json", "text/csv", "text/html", "image/png"]);
static LATIN: Operation =
    Operation::get("Latin", "/latin").accepts("text/plain; charset=ISO-8859-1, */*;q=0.1");

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum Outcome {
    Part(Part),
    Change(Change),
    NoContent,
    Unknown(Value),
}

response_union! {
    json Outcome {
        Part(Part): json "200" "203";
        Change(Change): json "2XX";
        NoContent: empty "204";
    }
}

#[derive(Debug, PartialEq)]
enum Ranged {
    Part(Part),
    Change(Change),
    Unknown(Value),
}

response_union! {
    Ranged {
        Part(Part): json "200";
        Change(Change): json "2XX";
    }
}

#[derive(Debug, PartialEq)]
enum Mixed {
    Part(Part),
    Text(String),
    Bytes(Vec<u8>),
    NotModified,
    Redirect(Redirect),
    Unknown(Value),
}

response_union! {
    Mixed {
        Part(Part): json "200";
        Text(String): text "201";
        Bytes(Vec<u8>): bytes "202";
        NotModified: empty "304";
        Redirect(Redirect): redirect "3XX";
    }
}

fn received<'a>(status: u16, content_type: &'a str, body: &'a [u8]) -> Received<'a> {
    Received { status, content_type: Some(content_type), ..Received::of_body(&JSON, body) }
}

#[track_caller]
fn read<T: FromResponse>(status: u16, content_type: &str, body: &str) -> T {
    T::from_response(&received(status, content_type, body.as_bytes())).unwrap()
}

const APPLICATION_JSON: &str = "application/json";

#[test]
fn the_status_code_chooses_the_variant() {
    let body = r#"{"id": 1, "name": "a", "parent": null}"#;
    assert!(matches!(read(200, APPLICATION_JSON, body), Outcome::Part(_)));
    assert!(matches!(read(203, APPLICATION_JSON, body), Outcome::Part(_)));
    assert!(matches!(read(201, APPLICATION_JSON, r#"{"name": "a", "parent": 1}"#), Outcome::Change(_)));
    assert_eq!(read::<Outcome>(204, "", ""), Outcome::NoContent);
    // A declared status code decides, even if another variant would fit.
    let error = Outcome::from_response(&received(200, APPLICATION_JSON, br#"{"name": "a"}"#)).unwrap_err();
    assert_eq!(error.missing_fields(), ["id"]);
}

/// A range covers 204, which never has content (RFC 9110, section 15.3.5), nor has 205 (section 15.3.6).
#[test]
fn a_status_code_without_content_is_no_value_of_a_type_that_needs_some() {
    for status in [204, 205] {
        for content_type in ["", APPLICATION_JSON, "text/plain", "image/png"] {
            let received = received(status, content_type, b"");
            let results = [
                Mixed::from_response(&received).map(drop),
                Ranged::from_response(&received).map(drop),
                Texts::from_response(&received).map(drop),
                Request::<Part>::new(&JSON).read(received).map(drop),
            ];
            for (index, result) in results.into_iter().enumerate() {
                assert_eq!(
                    result.unwrap_err().found(),
                    Some("no content"),
                    "{status} {content_type} {index}"
                );
            }
        }
        // Null is no content.
        assert_eq!(Request::<crate::Null>::new(&JSON).decode_as(status, None, b""), Ok(crate::Null));
        assert_eq!(Request::<Value>::new(&JSON).decode_as(status, None, b""), Ok(Value::Null));
        // Text, bytes and sequences may be empty.
        assert_eq!(Request::text(&LATIN).decode_as(status, None, b"").as_deref(), Ok(""));
        assert_eq!(Request::bytes(&DATA).decode_as(status, None, b"").as_deref(), Ok(&b""[..]));
        assert_eq!(Request::<Vec<Part>>::items(&JSON).decode_as(status, None, b"").as_deref(), Ok(&[][..]));
    }
    assert!(Ranged::from_response(&received(206, APPLICATION_JSON, b"")).is_err());
    assert!(Request::<crate::Null>::new(&JSON).decode_as(200, None, b"{}").is_err());
}

#[derive(Debug, PartialEq)]
enum Texts {
    Text(String),
    Bytes(Vec<u8>),
    Parts(Vec<Part>),
    Unknown(Value),
}

response_union! {
    Texts {
        Text(String): text "2XX";
        Bytes(Vec<u8>): bytes "202";
        Parts(Vec<Part>): items "203";
    }
}

#[derive(Debug, PartialEq)]
enum Fitting {
    First(First),
    Second(Second),
    Third(First),
    Unknown(Value),
}

response_union! {
    Fitting {
        First(First): json "200";
        Second(Second): json "201";
        Third(First): json "203";
    }
}

#[derive(Clone)]
struct First {
    a: Option<i64>,
    extra: crate::Extra,
}
crate::model! { First: open default, 0 "a" => a, }

#[derive(Clone)]
struct Second {
    b: i64,
    extra: crate::Extra,
}
crate::model! { Second: open default, 0 "b" => b: REQUIRED, }

#[test]
fn an_undeclared_status_code_gives_the_variant_that_matches_best() {
    let fitting = |status, body| read::<Fitting>(status, APPLICATION_JSON, body);
    assert!(matches!(fitting(202, r#"{"b": 5}"#), Fitting::Second(second) if second.b == 5));
    assert!(matches!(fitting(202, r#"{"b": 5, "x": 1}"#), Fitting::Second(_)));
    assert!(matches!(fitting(202, r#"{"a": 5}"#), Fitting::First(_)));
    // Of equal ones, the first; and the declared status code decides.
    assert!(matches!(fitting(202, "{}"), Fitting::First(_)));
    assert!(matches!(fitting(200, r#"{"b": 5}"#), Fitting::First(_)));
    assert!(matches!(fitting(203, r#"{"b": 5}"#), Fitting::Third(_)));
    assert!(matches!(fitting(202, "[]"), Fitting::Unknown(_)));
}

#[test]
fn a_media_type_belongs_to_its_status_code() {
    assert!(matches!(read(200, APPLICATION_JSON, r#"{"id": 1}"#), Mixed::Part(_)));
    assert_eq!(read::<Mixed>(201, "text/plain", "{}"), Mixed::Text("{}".to_owned()));
    assert_eq!(read::<Mixed>(202, "image/png", "x"), Mixed::Bytes(b"x".to_vec()));
    assert_eq!(read::<Mixed>(304, "", ""), Mixed::NotModified);
    let moved = Received { location: Some("/b"), ..received(307, "", b"") };
    let expected = Redirect { status: 307, location: Some("/b".to_owned()) };
    assert_eq!(Mixed::from_response(&moved), Ok(Mixed::Redirect(expected)));
}

#[test]
fn an_undeclared_status_code_gives_the_variant_that_fits() {
    assert!(matches!(read(207, APPLICATION_JSON, r#"{"id": 1}"#), Mixed::Part(_)));
    assert_eq!(read::<Mixed>(207, "text/csv", "a,b"), Mixed::Text("a,b".to_owned()));
    assert_eq!(read::<Mixed>(207, "image/gif", "x"), Mixed::Bytes(b"x".to_vec()));
    assert_eq!(
        read::<Mixed>(207, APPLICATION_JSON, r#"{"a": 1}"#),
        Mixed::Unknown(serde_json::json!({"a": 1}))
    );
    assert!(Mixed::from_response(&received(207, APPLICATION_JSON, b"{")).is_err());
}

#[test]
fn a_union_by_status_code_is_read_leniently_if_the_status_code_is_declared() {
    let left_out = RefCell::default();
    let body = br#"{"id": 1, "type": 5}"#;
    let lenient =
        Received { left_out: Some(&left_out), is_lenient: true, ..received(200, APPLICATION_JSON, body) };
    assert!(matches!(Mixed::from_response(&lenient), Ok(Mixed::Part(part)) if part.id == 1));
    assert_eq!(left_out.take().mismatches[0].path(), "/type");
    // Any variant could be meant.
    let undeclared = Received { status: 207, ..lenient };
    let expected = Mixed::Unknown(decode(body).unwrap());
    assert_eq!(Mixed::from_response(&undeclared), Ok(expected));
    assert_eq!(left_out.take().mismatches.total(), 0);
}

#[test]
fn a_union_by_status_code_is_encoded_as_its_content() {
    let outcome: Outcome = read(200, APPLICATION_JSON, r#"{"id": 1, "x": 2}"#);
    let json = encode(&outcome).unwrap();
    assert!(matches!(decode(&json), Ok(Outcome::Part(part)) if part.id == 1));
    assert_eq!(encode(&Outcome::NoContent).unwrap(), b"null");
    assert_eq!(serde_json::to_value(&outcome).unwrap(), decode::<Value>(&json).unwrap());
}

#[test]
fn json_is_read_whatever_the_media_type_says() {
    let request: Request<Part> = Request::new(&JSON);
    for content_type in [
        None,
        Some(""),
        Some("application/octet-stream"),
        Some("text/plain; charset=utf-8"),
        Some("text/html"),
        Some("text/json"),
        Some("application/problem+json; profile=a"),
        Some("text/csv"),
    ] {
        let decoded = request.decode_as(200, content_type, b"\xef\xbb\xbf {\"id\": 1}");
        assert_eq!(decoded.map(|part| part.id), Ok(1), "{content_type:?}");
    }
    let utf_16: Vec<u8> = "{\"id\": 1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(request.decode_as(200, Some("application/json; charset=utf-16le"), &utf_16).is_ok());
}

#[test]
fn other_content_is_named() {
    let request: Request<Value> = Request::new(&JSON);
    for (content_type, body, found) in [
        (Some("text/csv; header=present"), b"a,b\n1,2".as_slice(), "`text/csv`"),
        (Some("text/csv"), b"1\n", "`text/csv`"),
        (Some("text/html"), b"<!doctype html>", "`text/html`"),
        (Some("text/event-stream"), b"data: {}\n\n", "`text/event-stream`"),
        (Some(APPLICATION_JSON), b"<html>", "a text with markup"),
        (None, b"OK", "another text"),
        (None, b"\x1f\x8b\x08", "data compressed with `gzip`, which was neither requested nor declared"),
        (None, b"\x89PNG\xff", "bytes that are not text"),
        (Some(APPLICATION_JSON), b" \n", "no content"),
        (Some("text/plain"), b"", "no content"),
    ] {
        let error = request.decode_as(200, content_type, body).unwrap_err();
        assert_eq!(
            (error.expected(), error.found()),
            (Some("`application/json`"), Some(found)),
            "{content_type:?}"
        );
    }
    let zipped = Received { encoding: Some("gzip"), ..received(200, APPLICATION_JSON, b"\x1f\x8b\x08") };
    let error = request.read(zipped).unwrap_err().to_string();
    assert_eq!(
        error,
        "expected `application/json`, found data compressed with `gzip`, which was not requested; \
         help: turn the compression off in the server or the proxy, or convert the request with `into_bytes`"
    );
    // JSON that ends early, or doesn't match, has a position.
    let error = request.decode_as(200, Some(APPLICATION_JSON), b"{\"a\": ").unwrap_err();
    assert!(error.is_truncated() && error.to_string().contains("line 1"), "{error}");
}

#[test]
fn text_is_read_in_the_charset_that_is_named() {
    let request = Request::text(&LATIN);
    for (content_type, body) in [
        (Some("text/plain; charset=iso-8859-1"), b"caf\xe9".as_slice()),
        (Some("text/plain"), b"caf\xe9"),
        (None, b"caf\xe9"),
        (Some("text/plain; charset=utf-8"), "café".as_bytes()),
        (Some("text/csv"), "café".as_bytes()),
    ] {
        assert_eq!(request.decode_as(200, content_type, body).as_deref(), Ok("café"), "{content_type:?}");
    }
    let error = request.decode_as(200, Some("text/plain; charset=big5"), b"\xa4\xa4").unwrap_err();
    assert_eq!(error.found(), Some("text in the charset `big5`, which is not supported"));
}

#[test]
fn a_request_is_converted_into_one_for_text_or_bytes() {
    let request: Request<Part> = Request::new(&DATA);
    assert_eq!(request.accept(), "application/json");
    let text = request.clone().into_text();
    assert_eq!((text.accept(), text.decode(b"a,b").as_deref()), ("text/csv, text/html", Ok("a,b")));
    assert_eq!(text.with_accept("text/csv").accept(), "text/csv");
    let bytes = request.into_bytes();
    assert_eq!((bytes.accept(), bytes.decode(b"\x01")), ("image/png", Ok(vec![1])));
    let only: Request<Part> = Request::new(&JSON);
    assert_eq!(only.clone().into_text().accept(), "application/json");
    assert!(crate::IntoRequest::into_request(only.with_accept("a\nb")).is_err());
}

#[test]
fn a_sequence_is_read_as_an_array() {
    let request: Request<Vec<Part>> = Request::items(&JSON);
    for (content_type, body) in [
        ("application/jsonl", "{\"id\": 1}\n{\"id\": 2}"),
        ("application/x-ndjson", "{\"id\": 1}\r\n\r\n{\"id\": 2}\r\n"),
        ("application/json-seq", "\x1e{\"id\":\n1}\n\x1e{\"id\": 2}\n"),
        (APPLICATION_JSON, "[{\"id\": 1}, {\"id\": 2}]"),
    ] {
        let ids = request.decode_as(200, Some(content_type), body.as_bytes()).unwrap();
        assert_eq!(ids.iter().map(|part| part.id).collect::<Vec<_>>(), [1, 2], "{content_type}");
    }
    let error =
        request.decode_as(200, Some("application/jsonl"), b"{\"id\": 1}\n{\"id\": \"x\"}").unwrap_err();
    assert_eq!((error.path(), error.line(), error.column()), ("/1/id", 2, 10));
    for (body, position) in [
        ("\r\n{\"id\": 1}\r\n\r\n  {\"id\": \"x\"}", (4, 12)),
        ("{\"id\": 1}\n{\"id\": 2}\n{\"id\": ]", (3, 8)),
        ("\x1e{\"id\": 1}\n\x1e{\n\"id\": \"x\"}", (3, 9)),
    ] {
        let error = request.decode_as(200, Some("application/jsonl"), body.as_bytes()).unwrap_err();
        assert_eq!((error.line(), error.column()), position, "{body:?} {error}");
    }
    let lenient = request.decode_lenient(b"{\"id\": 1}\n{\"id\": 2, \"type\": 5}").unwrap();
    assert_eq!((lenient.mismatches[0].path(), lenient.mismatches[0].line()), ("/1/type", 2));
    assert_eq!(request.decode_as(200, Some("application/jsonl"), b"").unwrap(), []);
}

#[test]
fn content_that_is_not_declared_is_ignored() {
    let nothing: Request<()> = Request::new(&JSON);
    let maybe: Request<Option<Part>> = Request::or_empty(&JSON);
    for body in [b"".as_slice(), b"{\"note\": 1}", b"<svg/>", b"\xff"] {
        assert_eq!(nothing.decode_as(201, Some("image/svg+xml"), body), Ok(()));
        for status in [204, 205, 304] {
            assert_eq!(maybe.decode_as(status, None, body), Ok(None));
        }
    }
    assert!(matches!(maybe.decode(b"{\"id\": 1}"), Ok(Some(_))) && maybe.decode(b"x").is_err());
}
