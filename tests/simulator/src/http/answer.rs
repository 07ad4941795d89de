//! An answer before it goes out, and the shapes of errors.

use serde_json::{Value, json};

use crate::resource::Resource;

/// What the body is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Json,
    Text,
    Html,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) kind: Kind,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// For a page of an export: of what, and the second that it ends in.
    pub(crate) page: Option<(Resource, Option<i64>)>,
}

impl Answer {
    fn new(status: u16, kind: Kind, body: Vec<u8>) -> Self {
        Self { status, kind, headers: Vec::new(), body, page: None }
    }

    /// A body of JSON that is there already.
    pub(crate) fn json(status: u16, body: Vec<u8>) -> Self {
        Self::new(status, Kind::Json, body)
    }

    /// A value as the body.
    pub(crate) fn value(status: u16, value: &Value) -> Self {
        Self::json(status, value.to_string().into_bytes())
    }

    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self::new(status, Kind::Text, text.as_bytes().to_vec())
    }

    pub(crate) fn html(status: u16, title: &str) -> Self {
        let page = format!("<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>");
        Self::new(status, Kind::Html, page.into_bytes())
    }

    /// Done, and nothing to say.
    pub(crate) fn no_content() -> Self {
        Self::new(204, Kind::Json, Vec::new())
    }

    pub(crate) fn with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((header, value.into()));
        self
    }

    /// A code and what it means.
    pub(crate) fn error(status: u16, code: &str, description: &str) -> Self {
        Self::value(status, &json!({"error": code, "description": description}))
    }

    /// A title and a message.
    pub(crate) fn titled(status: u16, title: &str, message: &str) -> Self {
        Self::value(status, &json!({"error": {"title": title, "message": message}}))
    }

    /// A parameter of paging that can't be read.
    pub(crate) fn bad_paging(parameter: &str, detail: &str) -> Self {
        let title = format!("Invalid value for parameter {parameter}");
        Self::value(
            400,
            &json!({"errors": [{"code": "InvalidPaginationParameter", "title": title, "detail": detail}]}),
        )
    }

    /// Too many requests.
    pub(crate) fn exceeded() -> Self {
        Self::error(429, "APIRateLimitExceeded", "Number of allowed API requests exceeded")
    }

    /// There is no record of that id.
    pub(crate) fn no_record() -> Self {
        Self::error(404, "RecordNotFound", "Not found")
    }

    /// A field of a record that can't be like that.
    pub(crate) fn invalid(field: &str, description: &str, code: Option<&str>) -> Self {
        let problem = json!({"description": description, "error": code});
        let details = json!({field: [problem]});
        Self::value(
            422,
            &json!({"error": "RecordInvalid", "description": "Record validation errors", "details": details}),
        )
    }
}
