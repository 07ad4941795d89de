//! A part of a request that doesn't match the description.

use serde_json::{Value, json};

/// A part of a request that doesn't match the description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer into the request: `/path/id`, `/query/page`, `/header/x-trace`, `/cookie/session`, `/body/name`.
    pub request: String,
    /// JSON pointer to the part of the description.
    pub description: String,
    /// The problem.
    pub message: String,
}

impl Violation {
    pub(crate) fn new(
        request: impl Into<String>,
        description: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self { request: request.into(), description: description.into(), message: message.into() }
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({"request": self.request, "description": self.description, "message": self.message})
    }
}
