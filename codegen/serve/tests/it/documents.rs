//! Documents and requests for tests.

use clientwright_serve::{Exchange, FakeServer, Request, ServeOptions};
use serde_json::{Value, json};

/// Returns a document with one path item.
pub(crate) fn document(path: &str, item: &Value) -> Value {
    json!({"openapi": "3.1.0", "info": {"title": "Test", "version": "1"}, "paths": {path: item}})
}

/// Returns a server for an operation with one parameter.
pub(crate) fn with_parameter(parameter: &Value) -> FakeServer {
    let path = if parameter["in"] == "path" { "/a/{v}" } else { "/a" };
    let responses = json!({"204": {"description": ""}});
    server(&document(path, &json!({"get": {"parameters": [parameter], "responses": responses}})))
}

pub(crate) fn server(document: &Value) -> FakeServer {
    FakeServer::new(document, ServeOptions::default())
}

/// Returns the exchange of a request: `GET /a?x=1`, then header fields, then an empty line and the body.
pub(crate) fn exchange(server: &FakeServer, text: &str) -> Exchange {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let (method, target) = lines.next().unwrap().split_once(' ').unwrap();
    let headers = lines.map(|line| line.split_once(": ").unwrap());
    server.respond(Request {
        method: method.to_owned(),
        target: target.to_owned(),
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        body: body.as_bytes().to_vec(),
    })
}

/// Returns the status code and the pointers of violations.
pub(crate) fn verdict(exchange: &Exchange) -> String {
    let pointers = exchange.violations.iter().map(|violation| format!(" {}", violation.request));
    format!("{}{}", exchange.response.status, pointers.collect::<String>())
}

/// Returns the JSON of a response.
pub(crate) fn json_of(exchange: &Exchange) -> Value {
    serde_json::from_slice(&exchange.response.body).unwrap()
}
