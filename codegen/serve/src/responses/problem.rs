//! Responses to requests that don't match the description.

use serde_json::{Value, json};

use crate::base::message::Response;
use crate::base::violation::Violation;

/// Returns a response with `application/problem+json` that lists all violations.
pub(crate) fn problem(status: u16, title: &str, violations: &[Violation]) -> Response {
    let listed: Vec<Value> = violations.iter().map(Violation::to_json).collect();
    let body = json!({"type": "about:blank", "title": title, "status": status, "violations": listed});
    let content_type = ("content-type".to_owned(), "application/problem+json".to_owned());
    Response { status, headers: vec![content_type], body: body.to_string().into_bytes() }
}
