//! What the fake server rejects.

use clientwright_serve::{FakeServer, ServeOptions};
use serde_json::{Value, json};

use crate::documents::{document, exchange, json_of, server, verdict, with_parameter};

#[test]
fn a_path_and_method_select_the_operation() {
    let operation = |status: &str| json!({"responses": {status: {"description": ""}}});
    let tree = json!({
        "openapi": "3.0.3", "info": {"title": "", "version": "1"},
        "servers": [{"url": "https://api.test/v1"}, {"url": "/{stage}/v2", "variables": {"stage": {"default": "prod"}}}],
        "paths": {
            "/pets/{id}": {"get": operation("200"), "parameters": [{"name": "id", "in": "path", "schema": {"type": "integer"}}]},
            "/pets/mine": {"get": operation("201"), "additionalOperations": {"COPY": operation("202")}},
            "/pets": {"servers": [{"url": "/other"}], "post": operation("203")},
        },
    });
    let server = server(&tree);
    for (request, expected) in [
        ("GET /v1/pets/7", "200"),
        ("GET /pets/7", "200"),
        ("GET /prod/v2/pets/7", "200"),
        ("GET /test/v2/pets/7", "200"),
        ("GET /pets/seven", "400 /path/id"),
        ("GET /v1/pets/mine", "201"),
        ("COPY /pets/mine", "202"),
        ("POST /other/pets", "203"),
        ("DELETE /pets/mine", "405 /method"),
        ("GET /pets/7/more", "404 /path"),
        ("GET /", "404 /path"),
    ] {
        assert_eq!(verdict(&exchange(&server, request)), expected, "{request}");
    }
    let allowed = exchange(&server, "DELETE /pets/mine");
    assert_eq!(allowed.response.header("allow"), Some("COPY, GET"));
}

#[test]
fn parameters_are_read_in_their_styles() {
    let array = || json!({"type": "array", "items": {"type": "integer"}});
    let object =
        || json!({"type": "object", "properties": {"R": {"type": "integer"}, "g": {"type": "string"}}});
    let parameter = |location: &str, style: &str, explode: bool, schema: Value| json!({"name": "v", "in": location, "style": style, "explode": explode, "schema": schema});
    let read = |parameter: &Value, request: &str| {
        let exchange = exchange(&with_parameter(parameter), request);
        assert_eq!(verdict(&exchange), "204", "{parameter} {request}: {:?}", exchange.violations);
        exchange.parameters.first().map(|(_, _, value)| value.clone()).unwrap_or_default()
    };
    let (list, color) = (json!([1, 2]), json!({"R": 1, "g": "a,b"}));
    for (location, style, explode, request, is_list) in [
        ("query", "form", true, "GET /a?v=1&v=2", true),
        ("query", "form", false, "GET /a?v=1,2", true),
        ("query", "form", true, "GET /a?R=1&g=a%2Cb", false),
        ("query", "form", false, "GET /a?v=R,1,g,a%2Cb", false),
        ("query", "spaceDelimited", false, "GET /a?v=1%202", true),
        ("query", "spaceDelimited", false, "GET /a?v=R+1+g+a%2Cb", false),
        ("query", "pipeDelimited", false, "GET /a?v=1%7C2", true),
        ("query", "pipeDelimited", false, "GET /a?v=R|1|g|a%2Cb", false),
        ("query", "deepObject", true, "GET /a?v%5BR%5D=1&v[g]=a%2Cb", false),
        ("query", "deepObject", true, "GET /a?v[]=1&v[]=2", true),
        ("path", "simple", false, "GET /a/1,2", true),
        ("path", "simple", false, "GET /a/R,1,g,a%2Cb", false),
        ("path", "simple", true, "GET /a/R=1,g=a%2Cb", false),
        ("path", "label", false, "GET /a/.1,2", true),
        ("path", "label", true, "GET /a/.1.2", true),
        ("path", "label", true, "GET /a/.R=1.g=a%2Cb", false),
        ("path", "matrix", false, "GET /a/;v=1,2", true),
        ("path", "matrix", true, "GET /a/;v=1;v=2", true),
        ("path", "matrix", false, "GET /a/;v=R,1,g,a%2Cb", false),
        ("path", "matrix", true, "GET /a/;R=1;g=a%2Cb", false),
        ("header", "simple", false, "GET /a\nv: 1,2", true),
        ("cookie", "form", false, "GET /a\ncookie: x=y; v=1,2", true),
        ("cookie", "form", true, "GET /a\ncookie: v=1; v=2", true),
    ] {
        let schema = if is_list { array() } else { object() };
        let expected = if is_list { &list } else { &color };
        assert_eq!(
            read(&parameter(location, style, explode, schema), request),
            *expected,
            "{style} {request}"
        );
    }
    let text = parameter("path", "matrix", false, json!({"type": "string"}));
    assert_eq!(read(&text, "GET /a/;v=a%2Fb"), json!("a/b"));
    assert_eq!(read(&text, "GET /a/;v"), json!(""));
    let filter = json!({"name": "v", "in": "query", "content": {"application/json": {"schema": object()}}});
    assert_eq!(read(&filter, "GET /a?v=%7B%22R%22%3A1%7D"), json!({"R": 1}));
}

#[test]
fn parameters_are_checked_against_their_schemas() {
    let required =
        json!({"name": "v", "in": "query", "required": true, "schema": {"type": "integer", "maximum": 5}});
    for (request, expected) in [
        ("GET /a?v=5", "204"),
        ("GET /a?v=6", "400 /query/v"),
        ("GET /a?v=x", "400 /query/v"),
        ("GET /a?v=", "400 /query/v"),
        ("GET /a", "400 /query/v"),
        ("GET /a?other=1&v=1", "204"),
    ] {
        assert_eq!(verdict(&exchange(&with_parameter(&required), request)), expected, "{request}");
    }
    let list =
        json!({"name": "v", "in": "header", "schema": {"type": "array", "items": {"enum": ["a", "b"]}}});
    assert_eq!(verdict(&exchange(&with_parameter(&list), "GET /a\nv: a,c")), "400 /header/v/1");
    let empty = json!({"name": "v", "in": "query", "allowEmptyValue": true, "schema": {"type": "integer"}});
    assert_eq!(verdict(&exchange(&with_parameter(&empty), "GET /a?v=")), "204");
    // Its header field is described elsewhere.
    let accept = json!({"name": "Accept", "in": "header", "required": true, "schema": {"type": "integer"}});
    assert_eq!(verdict(&exchange(&with_parameter(&accept), "GET /a")), "204");
}

fn with_body(content: &Value, required: bool) -> FakeServer {
    let body = json!({"required": required, "content": content});
    server(&document(
        "/a",
        &json!({"post": {"requestBody": body, "responses": {"204": {"description": ""}}}}),
    ))
}

#[test]
fn a_body_is_checked_against_its_schema() {
    let thing = json!({"type": "object", "required": ["id", "n"], "properties": {
        "id": {"type": "integer", "readOnly": true}, "n": {"type": "integer"}, "tags": {"type": "array", "items": {"type": "string"}},
    }});
    let media = json!({"schema": thing});
    let content = json!({
        "application/json": media, "application/x-www-form-urlencoded": media, "multipart/form-data": media,
        "application/jsonl": {"itemSchema": thing}, "text/plain": {"schema": {"type": "string", "maxLength": 3}}, "image/*": {},
    });
    let server = with_body(&content, true);
    for (request, expected) in [
        ("POST /a\ncontent-type: application/json; charset=utf-8\n\n{\"n\": 1}", "204"),
        (
            "POST /a\ncontent-type: application/json\n\n{\"n\": \"1\", \"tags\": [1]}",
            "400 /body/n /body/tags/0",
        ),
        ("POST /a\ncontent-type: application/json\n\n{\"id\": 1}", "400 /body"),
        ("POST /a\ncontent-type: application/json\n\n{", "400 /body"),
        ("POST /a\ncontent-type: application/x-www-form-urlencoded\n\nn=1&tags=a&tags=b+c", "204"),
        ("POST /a\ncontent-type: application/x-www-form-urlencoded\n\nn=x", "400 /body/n"),
        ("POST /a\ncontent-type: application/jsonl\n\n{\"n\": 1}\n\n{\"n\": 2}\n", "204"),
        ("POST /a\ncontent-type: application/jsonl\n\n{\"n\": 1}\n{\"n\": null}\n", "400 /body/1/n"),
        ("POST /a\ncontent-type: text/plain\n\nabc", "204"),
        ("POST /a\ncontent-type: text/plain\n\nabcd", "400 /body"),
        ("POST /a\ncontent-type: image/gif\n\nGIF", "204"),
        ("POST /a\ncontent-type: application/xml\n\n<a/>", "415 /header/content-type"),
        ("POST /a\n\nx", "415 /header/content-type"),
        ("POST /a", "400 /body"),
    ] {
        let exchange = exchange(&server, request);
        assert_eq!(verdict(&exchange), expected, "{request}: {:?}", exchange.violations);
    }
    assert_eq!(verdict(&exchange(&with_body(&content, false), "POST /a")), "204");
}

#[test]
fn the_parts_of_a_multipart_body_are_read() {
    let schema = json!({"type": "object", "required": ["file", "meta"], "properties": {
        "file": {"type": "string", "format": "binary"}, "meta": {"type": "object", "properties": {"n": {"type": "integer"}}},
        "sizes": {"type": "array", "items": {"type": "integer"}},
    }});
    let server = with_body(&json!({"multipart/form-data": {"schema": schema}}), true);
    let body = |parts: &[(&str, &str)]| {
        let part = |(head, text): &(&str, &str)| {
            format!("--x\r\nContent-Disposition: form-data; name={head}\r\n\r\n{text}\r\n")
        };
        let parts: String = parts.iter().map(part).collect();
        format!("POST /a\ncontent-type: multipart/form-data; boundary=x\n\n{parts}--x--\r\n")
    };
    let all = [
        ("\"file\"; filename=\"a\"\r\nContent-Type: image/png", "PNG"),
        ("\"meta\"\r\nContent-Type: application/json", "{\"n\": 1}"),
        ("\"sizes\"", "1"),
    ];
    let complete = exchange(&server, &body(&all));
    assert_eq!(verdict(&complete), "204", "{:?}", complete.violations);
    assert_eq!(complete.body, Some(json!({"file": "PNG", "meta": {"n": 1}, "sizes": [1]})));
    assert_eq!(verdict(&exchange(&server, &body(&all[1..]))), "400 /body");
    let invalid = [all[0], all[1], ("\"sizes\"", "x")];
    assert_eq!(verdict(&exchange(&server, &body(&invalid))), "400 /body/sizes/0");
    assert_eq!(
        verdict(&exchange(&server, "POST /a\ncontent-type: multipart/form-data; boundary=x\n\n--x")),
        "400 /body"
    );
}

#[test]
fn credentials_have_to_be_there() {
    let tree = json!({
        "openapi": "3.1.0", "info": {"title": "", "version": "1"}, "security": [{"token": []}, {"key": [], "sid": []}],
        "paths": {
            "/a": {"get": {"responses": {"204": {"description": ""}}}},
            "/open": {"get": {"security": [], "responses": {"204": {"description": ""}}}},
            "/optional": {"get": {"security": [{}, {"token": []}], "responses": {"204": {"description": ""}}}},
        },
        "components": {"securitySchemes": {
            "token": {"type": "http", "scheme": "bearer"},
            "key": {"type": "apiKey", "in": "query", "name": "k"}, "sid": {"type": "apiKey", "in": "cookie", "name": "s"},
        }},
    });
    let secured = server(&tree);
    for (request, expected) in [
        ("GET /a", "401 /header/authorization"),
        ("GET /a\nauthorization: Basic eA==", "401 /header/authorization"),
        ("GET /a\nauthorization: bearer x", "204"),
        ("GET /a?k=1", "401 /header/authorization"),
        ("GET /a?k=1\ncookie: s=1", "204"),
        ("GET /open", "204"),
        ("GET /optional", "204"),
    ] {
        assert_eq!(verdict(&exchange(&secured, request)), expected, "{request}");
    }
    assert!(exchange(&secured, "GET /a").response.header("www-authenticate").unwrap().starts_with("bearer "));
    let open = FakeServer::new(&tree, ServeOptions::default().with_security(false));
    assert_eq!(verdict(&exchange(&open, "GET /a")), "204");
}

#[test]
fn all_violations_are_listed_with_both_pointers() {
    let server = server(&document(
        "/a/{id}",
        &json!({"post": {
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}},
                {"name": "q", "in": "query", "required": true, "schema": {"type": "string"}},
            ],
            "requestBody": {"content": {"application/json": {"schema": {"type": "array"}}}},
            "responses": {},
        }}),
    ));
    let exchange = exchange(&server, "POST /a/x\ncontent-type: application/json\n\n{}");
    assert_eq!(exchange.response.header("content-type"), Some("application/problem+json"));
    let problem = json_of(&exchange);
    let listed: Vec<_> = problem["violations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|violation| (violation["request"].as_str().unwrap(), violation["description"].as_str().unwrap()))
        .collect();
    assert_eq!(
        listed,
        [
            ("/path/id", "/paths/~1a~1{id}/post/parameters/0/schema"),
            ("/query/q", "/paths/~1a~1{id}/post/parameters/1"),
            ("/body", "/paths/~1a~1{id}/post/requestBody/content/application~1json/schema"),
        ]
    );
    assert_eq!((problem["status"].clone(), exchange.response.status), (json!(400), 400));
}

/// No part of an invalid document makes the server fail.
#[test]
fn invalid_parts_of_a_document_accept_everything() {
    let a = |schema: Value| json!({"name": "v", "in": "query", "schema": schema});
    for schema in [
        json!({"$ref": "#/nowhere"}),
        json!({"type": "nothing"}),
        json!({"type": 7, "required": 3, "pattern": "(", "minLength": -1}),
        json!({"pattern": "(?=a)("}),
        json!({"allOf": [{"$ref": "#/paths/~1a/get/parameters/0/schema"}]}),
        json!({"$ref": "#/paths/~1a/get/parameters/0/schema"}),
        json!([]),
    ] {
        let found = verdict(&exchange(&with_parameter(&a(schema.clone())), "GET /a?v=x"));
        assert_eq!(found, "204", "{schema}");
    }
    for tree in [json!(null), json!({"paths": []}), json!({"paths": {"/a": 7, "b": {}, "/c": {"get": 1}}})] {
        assert_eq!(verdict(&exchange(&server(&tree), "GET /a")), "404 /path");
    }
}
