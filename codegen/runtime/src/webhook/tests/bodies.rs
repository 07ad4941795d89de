use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::{IncomingRequest, WebhookError};
use crate::Timestamp;
use crate::wire::samples::{Entry, Message, Part, Status};

fn request<'r>(content_type: &'r str, body: &'r [u8]) -> IncomingRequest<'r> {
    IncomingRequest::new("POST", [("content-type", content_type)], body)
}

/// A model with fields of several types.
#[derive(Clone)]
struct Call {
    pub id: i64,
    pub text: String,
    pub is_new: bool,
    pub status: Option<Status>,
    pub at: Option<Timestamp>,
    pub tags: Vec<String>,
    pub counts: Option<Vec<i64>>,
    pub part: Option<Part>,
    pub extra: crate::Extra,
}
crate::model! {
    Call: open default,
    0 "id" => id: REQUIRED,
    1 "text" => text: REQUIRED,
    2 "is_new" => is_new,
    3 "status" => status,
    4 "at" => at,
    5 "tags[]" => tags,
    6 "counts" => counts,
    7 "part" => part,
}

#[test]
fn json_is_read_as_its_type_and_keeps_the_rest() {
    let part: Part = request("application/json", br#"{"id": 5, "more": [1]}"#).json().unwrap();
    assert_eq!((part.id, part.extra.get("more")), (5, Some(&json!([1]))));
    let unknown: Entry = request("", br#"{"type": "a.new", "it": 7}"#).json().unwrap();
    assert_eq!(unknown, Entry::Unknown(json!({"type": "a.new", "it": 7})));
    let marked: Part = request("application/json; charset=utf-8", b"\xef\xbb\xbf{\"id\": 1}").json().unwrap();
    assert_eq!(marked.id, 1);
}

#[test]
fn a_form_is_read_as_its_type() {
    let body = b"id=5&text=12+%2B1&is_new=true&status=open&at=2026-03-05T10:11:12Z&tags%5B%5D=a&tags%5B%5D=b&counts=7&part=%7B%22id%22%3A1%7D&more=x";
    let call: Call = request("application/x-www-form-urlencoded", body).form().unwrap();
    assert_eq!((call.id, call.text.as_str(), call.is_new), (5, "12 +1", true));
    assert_eq!((call.status, call.tags), (Some(Status::Open), vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!((call.counts, call.part.map(|part| part.id)), (Some(vec![7]), Some(1)));
    assert_eq!(
        (call.at.map(Timestamp::as_seconds), call.extra.get("more")),
        (Some(1_772_705_472), Some(&json!("x")))
    );
    let json: Call = request("application/json", br#"{"id": 5, "text": "a"}"#).form().unwrap();
    assert_eq!((json.id, json.text.as_str()), (5, "a"));
    let headers: [(&str, &str); 0] = [];
    let unnamed: Call = IncomingRequest::new("POST", headers, br#" {"id": 5, "text": "a"}"#).form().unwrap();
    assert_eq!(unnamed.id, 5);
}

#[test]
fn a_body_that_does_not_match_is_an_error_without_its_content() {
    for (content_type, body, expected) in [
        (
            "application/json",
            &br#"{"sender": true, "text": "my secret"}"#[..],
            "/sender: expected a 64-bit integer, found a boolean",
        ),
        ("application/json", br#"{"sender": 5, "text": "my sec"#, "EOF while parsing a string"),
        ("application/json", b"", "expected `application/json`, found no content"),
        ("text/csv", b"secret,1", "expected `application/json`, found `text/csv`"),
    ] {
        let error = request(content_type, body).json::<Message>().unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(expected) && !shown.contains("my sec"), "{shown}");
    }
    let error = request("", b"text=secret").form::<Message>().unwrap_err();
    assert!(matches!(&error, WebhookError::Body(error) if error.missing_fields() == ["sender"]), "{error}");
    let error = request("", b"sender=secret").form::<Message>().unwrap_err();
    assert!(error.to_string().contains("/sender") && !error.to_string().contains("secret"), "{error}");
    let error = request("", b"sender=%ff").form::<Message>().unwrap_err();
    assert!(error.to_string().contains("UTF-8"), "{error}");
}

#[test]
fn text_is_read_in_its_charset() {
    assert_eq!(request("text/plain; charset=latin1", b"caf\xe9").text().unwrap(), "café");
    assert!(request("text/plain", b"caf\xe9").text().unwrap_err().to_string().contains("not text"));
}

#[test]
fn a_request_is_shown_without_its_secrets() {
    let headers = [("Authorization", "Bearer token"), ("X-Event", " made ")];
    let request = IncomingRequest::new("POST", headers, b"content");
    let shown = format!("{request:?}");
    assert_eq!(
        shown,
        r#"IncomingRequest { method: "POST", headers: ["Authorization", "X-Event"], body: 7 bytes }"#
    );
    assert!(request.has_header("x-event", &["lost", "made"]) && !request.has_header("x-event", &["lost"]));
    for (body, has) in [
        (&br#"{"type": "made"}"#[..], true),
        (b"type=made&id=1", true),
        (b"type=lost", false),
        (b"{}", false),
        (b"[", false),
    ] {
        let request = IncomingRequest::new("POST", headers, body);
        assert_eq!(request.has_property("type", &["made", "kept"]), has, "{body:?}");
    }
    assert_eq!((request.method(), request.body()), ("POST", &b"content"[..]));
}

#[cfg(feature = "client")]
#[test]
fn a_header_map_is_a_list_of_headers() {
    let mut headers = reqwest::header::HeaderMap::new();
    headers.append("x-event", reqwest::header::HeaderValue::from_static("made"));
    headers.append("x-event", reqwest::header::HeaderValue::from_static("kept"));
    let method = reqwest::Method::PUT;
    let request = IncomingRequest::new(method.as_str(), &headers, b"");
    assert_eq!(request.headers("X-Event").collect::<Vec<_>>(), [&b"made"[..], b"kept"]);
    assert_eq!(request.method(), "PUT");
}

proptest! {
    #[test]
    fn any_body_is_read_or_rejected(
        content_type in "[ -~]{0,20}|application/x-www-form-urlencoded|application/json",
        body in prop::collection::vec(any::<u8>(), 0..80),
        text in "([a-z]{0,3}[=&%+\\[\\]]){0,9}[ -~]{0,9}",
    ) {
        for body in [body.as_slice(), text.as_bytes()] {
            let request = request(&content_type, body);
            let any = request.form::<Value>();
            prop_assert!(any.is_ok() || str::from_utf8(body).is_err() || body.contains(&b'%') || content_type.contains("json"));
            let _ = (request.json::<Entry>(), request.form::<Call>(), request.text());
        }
    }
}
