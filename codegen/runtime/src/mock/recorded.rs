//! The requests that a mock has received.

use std::fmt;

use reqwest::header::HeaderMap;

use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::model::node::Decode;

/// A request that a [`Mock`](super::Mock) has received.
#[derive(Clone)]
pub struct RecordedRequest {
    pub(super) operation: &'static str,
    pub(super) method: String,
    pub(super) path_and_query: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl RecordedRequest {
    /// Returns the ID of the operation; empty for a request for an access token.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the percent-encoded path and query.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        &self.path_and_query
    }

    /// Returns the value of a header; the first one if there are several.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the body doesn't match the type.
    pub fn decode<T: Decode>(&self) -> Result<T, DecodeError> {
        decode(&self.body)
    }
}

/// Shows neither the values of headers nor the body.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path_and_query", &self.path_and_query)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}
