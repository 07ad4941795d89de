//! A response before it is sent, and the structures of error responses.

use serde_json::{Value, json};

use crate::resource::Resource;

/// The content type of a body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyKind {
    Json,
    Text,
    Html,
}

/// A response.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) kind: BodyKind,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// For a page of an export: the resource, and the second of its last record.
    pub(crate) page: Option<(Resource, Option<i64>)>,
}

impl Response {
    fn new(status: u16, kind: BodyKind, body: Vec<u8>) -> Self {
        Self { status, kind, headers: Vec::new(), body, page: None }
    }

    /// Creates a response with JSON that is already serialized.
    pub(crate) fn json(status: u16, body: Vec<u8>) -> Self {
        Self::new(status, BodyKind::Json, body)
    }

    /// Creates a response with a JSON value.
    pub(crate) fn value(status: u16, value: &Value) -> Self {
        Self::json(status, value.to_string().into_bytes())
    }

    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self::new(status, BodyKind::Text, text.as_bytes().to_vec())
    }

    pub(crate) fn html(status: u16, title: &str) -> Self {
        let page = format!("<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>");
        Self::new(status, BodyKind::Html, page.into_bytes())
    }

    /// Creates a 204 response.
    pub(crate) fn no_content() -> Self {
        Self::new(204, BodyKind::Json, Vec::new())
    }

    pub(crate) fn with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((header, value.into()));
        self
    }

    /// Creates an error response with a code and a description.
    pub(crate) fn error(status: u16, code: &str, description: &str) -> Self {
        Self::value(status, &json!({"error": code, "description": description}))
    }

    /// Creates an error response with a title and a message.
    pub(crate) fn error_with_title(status: u16, title: &str, message: &str) -> Self {
        Self::value(status, &json!({"error": {"title": title, "message": message}}))
    }

    /// Creates the error response for an invalid pagination parameter.
    pub(crate) fn invalid_pagination(parameter: &str, detail: &str) -> Self {
        let title = format!("Invalid value for parameter {parameter}");
        Self::value(
            400,
            &json!({"errors": [{"code": "InvalidPaginationParameter", "title": title, "detail": detail}]}),
        )
    }

    /// Creates the error response for too many requests.
    pub(crate) fn too_many_requests() -> Self {
        Self::error(429, "APIRateLimitExceeded", "Number of allowed API requests exceeded")
    }

    /// Creates the error response for an unknown id.
    pub(crate) fn not_found() -> Self {
        Self::error(404, "RecordNotFound", "Not found")
    }

    /// Creates the error response for an invalid field.
    pub(crate) fn invalid_record(field: &str, description: &str, code: Option<&str>) -> Self {
        let problem = json!({"description": description, "error": code});
        let details = json!({field: [problem]});
        Self::value(
            422,
            &json!({"error": "RecordInvalid", "description": "Record validation errors", "details": details}),
        )
    }
}
