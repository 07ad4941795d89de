//! Which response the fake server chooses, and its content.

use clientwright_serve::{FakeServer, ServeOptions, Values};
use serde_json::{Value, json};

use crate::documents::{document, exchange, json_of, server, verdict};

fn with_responses(responses: &Value) -> Value {
    let operation = json!({"responses": responses});
    document("/a", &json!({"get": operation, "head": operation}))
}

#[expect(clippy::needless_pass_by_value, reason = "for literals")]
fn content(media_type: &str, media: Value) -> Value {
    json!({"200": {"description": "", "content": {media_type: media}}})
}

#[test]
fn the_first_success_is_sent_unless_the_client_prefers_another() {
    let text = |text: &str| json!({"description": "", "content": {"text/plain": {"example": text}}});
    for (responses, expected) in [
        (json!({"404": text("no"), "201": text("made"), "default": text("other")}), "201 made"),
        (json!({"2XX": text("range"), "202": text("later")}), "202 later"),
        (json!({"2XX": text("range"), "default": text("other")}), "200 range"),
        (json!({"4XX": text("no"), "default": text("other")}), "200 other"),
        (json!({"3XX": text("moved"), "default": text("other")}), "302 moved"),
        (json!({"404": text("no")}), "404 no"),
        (json!({}), "200 "),
    ] {
        let response = exchange(&server(&with_responses(&responses)), "GET /a").response;
        assert_eq!(format!("{} {}", response.status, String::from_utf8_lossy(&response.body)), expected);
    }
    let server =
        server(&with_responses(&json!({"200": text("yes"), "4XX": text("no"), "default": text("other")})));
    for (prefer, expected) in
        [("code=404", "404 no"), ("code=500", "500 other"), ("code=200; dynamic=false", "200 yes")]
    {
        let response = exchange(&server, &format!("GET /a\nPrefer: {prefer}")).response;
        assert_eq!(format!("{} {}", response.status, String::from_utf8_lossy(&response.body)), expected);
    }
}

#[test]
fn an_example_takes_precedence_over_generated_values() {
    let schema = json!({"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}, "example": {"id": 5}});
    let examples = json!({"first": {"value": {"id": 1}}, "second": {"$ref": "#/components/examples/Second"}});
    let mut tree =
        with_responses(&content("application/json", json!({"schema": schema, "examples": examples})));
    tree["components"] = json!({"examples": {"Second": {"value": {"id": 2}}}});
    let with_examples = server(&tree);
    let value = |server: &FakeServer, request: &str| json_of(&exchange(server, request));
    assert_eq!(value(&with_examples, "GET /a"), json!({"id": 1}));
    assert_eq!(value(&with_examples, "GET /a\nPrefer: example=second"), json!({"id": 2}));
    assert_eq!(verdict(&exchange(&with_examples, "GET /a\nPrefer: example=third")), "404 /header/prefer");
    let dynamic = value(&with_examples, "GET /a\nPrefer: dynamic=true");
    let generated = FakeServer::new(&tree, ServeOptions::default().with_values(Values::Generated));
    assert_eq!(value(&generated, "GET /a"), dynamic);
    assert!(dynamic["id"].is_i64() && dynamic != json!({"id": 1}));
    let of_schema = server(&with_responses(&content("application/json", json!({"schema": schema}))));
    assert_eq!(value(&of_schema, "GET /a"), json!({"id": 5}));
    // An example that is invalid for the schema is not sent.
    let invalid = json!({"type": "integer", "example": "seven", "default": 8});
    let invalid = server(&with_responses(&content("application/json", json!({"schema": invalid}))));
    assert_eq!(value(&invalid, "GET /a"), json!(8));
}

#[test]
fn the_accepted_media_type_is_sent() {
    let contents = json!({"application/json": {"example": 1}, "text/csv": {"example": "a,b"}, "image/*": {"schema": {"type": "string"}}});
    let server = server(&with_responses(&json!({"200": {"description": "", "content": contents}})));
    for (accept, expected) in [
        ("*/*", "application/json"),
        ("text/*", "text/csv"),
        ("application/json;q=0.1, text/csv", "text/csv"),
        ("image/gif", "image/gif"),
        ("image/*", "image/png"),
        ("text/*;q=0, */*;q=0.1", "application/json"),
    ] {
        let response = exchange(&server, &format!("GET /a\naccept: {accept}")).response;
        assert_eq!(response.header("content-type"), Some(expected), "{accept}");
    }
    assert_eq!(verdict(&exchange(&server, "GET /a\naccept: audio/mpeg")), "406 /header/accept");
}

#[test]
fn responses_without_content_are_empty() {
    let media = json!({"application/json": {"example": 1}});
    for status in ["204", "205", "304"] {
        let server = server(&with_responses(&json!({status: {"description": "", "content": media}})));
        let response = exchange(&server, "GET /a").response;
        assert_eq!((response.status.to_string().as_str(), response.body.len()), (status, 0));
    }
    let server = server(&with_responses(&json!({"200": {"description": "", "content": media}})));
    assert_eq!(exchange(&server, "HEAD /a").response.body, b"");
}

#[test]
fn header_fields_are_sent() {
    let headers = json!({
        "X-Count": {"schema": {"type": "integer", "minimum": 3, "maximum": 3}},
        "X-List": {"schema": {"type": "array", "items": {"const": "a"}, "minItems": 2, "maxItems": 2}},
        "X-Example": {"schema": {"type": "string"}, "example": "given"},
        "Content-Length": {"schema": {"type": "integer"}},
        "bad name": {"schema": {"type": "string"}},
    });
    let server = server(&with_responses(&json!({"302": {"description": "", "headers": headers}})));
    let response = exchange(&server, "GET /a").response;
    let fields: Vec<_> = response.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let expected =
        ["x-count: 3", "x-list: a,a", "x-example: given", "location: https://example.com/elsewhere"];
    assert_eq!(fields, expected);
}

#[test]
fn sequences_have_a_few_items() {
    let item = json!({"itemSchema": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}});
    let body = |media_type: &str| {
        let server = server(&with_responses(&content(media_type, item.clone())));
        String::from_utf8(exchange(&server, "GET /a").response.body).unwrap()
    };
    let lines = body("application/jsonl");
    let values: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(values.len() == 3 && values.iter().all(|value| value["n"].is_i64()), "{lines}");
    assert_eq!(body("application/json-seq").matches('\u{1e}').count(), 3);
    let event = json!({"itemSchema": {"type": "object", "required": ["data", "event"], "properties": {
        "data": {"const": "one\ntwo"}, "event": {"const": "news"},
    }}});
    let server = server(&with_responses(&content("text/event-stream", event)));
    let events = String::from_utf8(exchange(&server, "GET /a").response.body).unwrap();
    assert_eq!(events, "event: news\ndata: one\ndata: two\n\n".repeat(3));
}

/// The schema of OpenAPI 3.0 for whole events, and one whose values have a property of that name.
#[test]
fn events_are_distinguished_from_data() {
    let body = |properties: &Value, required: &[&str]| {
        let schema = json!({"schema": {"type": "object", "required": required, "properties": properties,
            "additionalProperties": false}});
        let server = server(&with_responses(&content("text/event-stream", schema)));
        String::from_utf8(exchange(&server, "GET /a").response.body).unwrap()
    };
    let event = json!({"id": {"const": "7"}, "data": {"const": {"n": 1}}});
    assert_eq!(body(&event, &["id", "data"]), "id: 7\ndata: {\"n\":1}\n\n");
    assert!(!body(&event, &["id"]).contains("\"id\""));
    let page = json!({"data": {"const": [1]}, "total": {"const": 1}});
    assert_eq!(body(&page, &["data", "total"]), "data: {\"data\":[1],\"total\":1}\n\n");
}

#[test]
fn an_example_that_matches_its_schema_comes_first() {
    let of = |examples: Value| {
        let media = json!({"schema": {"type": "array", "items": {"type": "integer"}}, "examples": examples});
        let server = server(&with_responses(&content("application/json", media)));
        let exchange = exchange(&server, "GET /a");
        (String::from_utf8(exchange.response.body).unwrap(), exchange.note)
    };
    let old = json!({"old": {"value": {"items": [1]}}, "new": {"value": [1]}});
    assert_eq!(of(old), ("[1]".to_owned(), None));
    let (body, note) = of(json!({"old": {"value": {"items": [1]}}}));
    assert_eq!(body, "{\"items\":[1]}");
    assert!(note.unwrap().contains("doesn't match its schema"));
}

/// Operations of one method and path are distinguished by a fragment, which no request contains.
#[test]
fn the_accepted_media_type_selects_the_operation() {
    let responses = |media_type: &str| {
        json!({"get": {"responses": {"200": {"description": "", "content":
        {media_type: {"schema": {"const": "x"}}}}}}})
    };
    let document = json!({"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "paths": {
        "/a": responses("application/json"), "/a#stream": responses("text/event-stream"),
    }});
    let server = server(&document);
    for (accept, body) in
        [("text/event-stream, */*;q=0.1", "data: x\n\n"), ("application/json", "\"x\""), ("*/*", "\"x\"")]
    {
        let exchange = exchange(&server, &format!("GET /a\naccept: {accept}"));
        assert_eq!(String::from_utf8(exchange.response.body).unwrap(), body, "{accept}");
    }
}

#[test]
fn other_media_types_are_written() {
    let object = json!({"schema": {"const": {"a b": 1, "list": ["x", "<y>"]}}});
    for (media_type, media, expected) in [
        ("application/x-www-form-urlencoded", object.clone(), "a%20b=1&list=x&list=%3Cy%3E"),
        (
            "application/xml",
            object,
            "<?xml version=\"1.0\"?><root><ab>1</ab><list>x</list><list>&lt;y&gt;</list></root>",
        ),
        ("text/plain", json!({"schema": {"const": "plain"}}), "plain"),
        ("application/vnd.a+json", json!({"schema": {"const": [1]}}), "[1]"),
        ("application/octet-stream", json!({"example": "x"}), "\u{89}PNG\r\n\u{1a}\nx"),
    ] {
        let server = server(&with_responses(&content(media_type, media)));
        let body = exchange(&server, "GET /a").response.body;
        let text: String = body.iter().map(|byte| char::from(*byte)).collect();
        assert_eq!(text, expected, "{media_type}");
    }
}

#[test]
fn the_seed_determines_the_response() {
    let schema = json!({"type": "array", "minItems": 3, "items": {"type": "string", "minLength": 8}});
    let responses = json!({"200": {"description": "", "content": {"application/json": {"schema": schema}}}, "202": {"description": ""}});
    let response = |seed: u64, target: &str| {
        let options = ServeOptions::default().with_seed(seed);
        exchange(&FakeServer::new(&with_responses(&responses), options), &format!("GET {target}")).response
    };
    assert_eq!(response(1, "/a"), response(1, "/a"));
    assert_ne!(response(1, "/a"), response(2, "/a"));
    assert_ne!(response(1, "/a"), response(1, "/a?page=2"));
    let statuses = (0..20).map(|seed| {
        let options = ServeOptions::default().with_seed(seed).with_any_status(true);
        exchange(&FakeServer::new(&with_responses(&responses), options), "GET /a").response.status
    });
    let statuses: std::collections::BTreeSet<_> = statuses.collect();
    assert_eq!(statuses, [200, 202].into());
}
