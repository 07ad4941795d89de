//! The response that could not be decoded.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use super::api_error::{ApiError, reason, shortened};
use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::model::node::Decode;
use crate::nodes::lenient::{Lenient, decode_lenient};
use crate::response::{charset, media_type};

/// Names of the object that says why there is no result.
const ERROR_KEYS: [&str; 5] = ["error", "errors", "error_description", "errorMessage", "fault"];
/// The maximum length of a body that says so, in bytes.
const MAX_ERROR_BODY: usize = 1 << 16;

/// A successful response that could not be decoded. The server has processed the request.
///
/// `Debug` shows the sizes only, because the body may contain confidential data.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedResponse {
    status: u16,
    content_type: Option<String>,
    body: Vec<u8>,
    length: usize,
}

impl ReceivedResponse {
    /// The maximum length of a body that is kept, in bytes.
    const MAX_BODY: usize = 8 << 20;

    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) fn new(status: u16, content_type: Option<String>, mut body: Vec<u8>) -> Self {
        let length = body.len();
        body.truncate(Self::MAX_BODY);
        body.shrink_to_fit();
        Self { status, content_type, body, length }
    }

    /// Returns the status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the value of the `Content-Type` header.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the body, 8 MiB at most.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// Returns the body as text, 8 MiB at most. Bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Decodes the body as JSON, and leaves out what doesn't match the type.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON, or a required part of it doesn't match the type.
    pub fn decode_lenient<T: Decode>(&self) -> Result<Lenient<T>, DecodeError> {
        let charset = self.content_type().and_then(media_type::charset);
        decode_lenient(&charset::json_text(&self.body, charset))
    }

    /// Returns the length of the body as it arrived. It exceeds that of [`bytes`](Self::bytes) if the body is longer than
    /// 8 MiB.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// Writes that the server accepted the request, and the error. If the content is of another kind than the declared
    /// one, its first characters follow.
    pub(super) fn describe(&self, error: &DecodeError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server accepted the request ({}", self.status)?;
        if let Some(reason) = reason(self.status) {
            write!(f, " {reason}")?;
        }
        write!(f, "), but the response does not match its declared type: {error}")?;
        if error.is_other_content() && !self.body.is_empty() {
            // Only the beginning is shown, so the rest need not be converted.
            let start = self.body.get(..1024).unwrap_or(&self.body);
            write!(f, ", which begins with {:?}", shortened(String::from_utf8_lossy(start).trim()))?;
        }
        for words in self.error_words() {
            write!(f, ": {words}")?;
        }
        Ok(())
    }

    /// Returns what the server says about an error, if the body is a JSON object with the usual name of one. Other bodies
    /// may contain confidential data.
    fn error_words(&self) -> Vec<String> {
        let text = if self.length <= MAX_ERROR_BODY { &*self.body } else { &[] };
        match decode::<Value>(text) {
            Ok(Value::Object(fields)) if ERROR_KEYS.iter().any(|key| fields.contains_key(*key)) => {
                ApiError::new(self.status, [], &self.body).words()
            }
            _ => Vec::new(),
        }
    }
}

impl fmt::Debug for ReceivedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedResponse")
            .field("status", &self.status)
            .field("content_type", &self.content_type.as_deref().map(shortened))
            .field("body_length", &self.length)
            .finish_non_exhaustive()
    }
}
