//! The response that could not be decoded.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use super::api_error::ApiError;
use super::markup;
use super::server_text::{reason, shortened};
use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::model::node::Decode;
use crate::nodes::lenient::{Lenient, decode_lenient};
use crate::response::{charset, media_type};
use crate::secrets::Secrets;

/// Names of the object that says why there is no result.
const ERROR_KEYS: [&str; 5] = ["error", "errors", "error_description", "errorMessage", "fault"];
/// The media type of an error (RFC 9457).
const PROBLEM: &str = "application/problem+json";
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
    /// The beginning of the body, or the title of a page, without credentials.
    beginning: Option<String>,
    /// What the server says about an error, without credentials.
    words: Vec<String>,
}

impl ReceivedResponse {
    /// The maximum length of a body that is kept, in bytes.
    const MAX_BODY: usize = 8 << 20;

    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) fn new(
        status: u16,
        content_type: Option<String>,
        mut body: Vec<u8>,
        secrets: &Secrets,
    ) -> Self {
        let length = body.len();
        let content_type = content_type.map(|text| secrets.redacted(&text).into_owned());
        let charset = content_type.as_deref().and_then(media_type::charset);
        let beginning = beginning(&body, charset, secrets);
        let words = if length <= MAX_ERROR_BODY {
            error_words(status, content_type.as_deref(), &body, secrets)
        } else {
            Vec::new()
        };
        body.truncate(Self::MAX_BODY);
        body.shrink_to_fit();
        Self { status, content_type, body, length, beginning, words }
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

    /// Returns true if the response has no content.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        // Only the beginning of a long body is kept, but then it isn't empty.
        matches!(self.status, 204 | 205) || self.body.trim_ascii().is_empty()
    }

    /// Writes that the server accepted the request, and the error. If the content is of another kind than the declared
    /// one, its first characters follow, or its title.
    pub(super) fn describe(&self, error: &DecodeError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server accepted the request ({}", self.status)?;
        if let Some(reason) = reason(self.status) {
            write!(f, " {reason}")?;
        }
        f.write_str("), but the response does not match its declared type: ")?;
        let mut more = self.beginning.clone().filter(|_| error.is_other_content()).unwrap_or_default();
        for words in &self.words {
            more.push_str(": ");
            more.push_str(words);
        }
        error.describe(&more, f)
    }
}

/// Returns the title of a page, or the first characters of another text.
fn beginning(body: &[u8], charset: Option<&str>, secrets: &Secrets) -> Option<String> {
    let text = charset::text(body.get(..MAX_ERROR_BODY).unwrap_or(body), charset);
    let text = secrets.redacted(text.trim());
    let title = text.starts_with('<').then(|| markup::title(&text)).flatten();
    match title {
        Some(title) => Some(format!(", which has the title {:?}", shortened(&secrets.redacted(&title)))),
        None => is_readable(&text).then(|| format!(", which begins with {:?}", shortened(&text))),
    }
}

/// Returns whether a text is not that of bytes with another meaning: nearly all of its first characters can be read.
fn is_readable(text: &str) -> bool {
    let is_unreadable = |char: &char| *char == '\u{fffd}' || char.is_control() && !char.is_whitespace();
    let first: Vec<_> = text.chars().take(100).collect();
    let unreadable = first.iter().filter(|char| is_unreadable(char)).count();
    !first.is_empty() && unreadable * 8 <= first.len() && !text.contains('\0')
}

/// Returns whether a value is an object with the usual name of an error.
pub(crate) fn names_error(value: &Value) -> bool {
    ERROR_KEYS.iter().any(|key| value.get(*key).is_some_and(|value| !value.is_null()))
}

/// Returns whether this is the usual name of an error.
pub(crate) fn is_error_key(name: &str) -> bool {
    ERROR_KEYS.contains(&name)
}

/// Returns what the server says about an error, if the body has its media type, or is a JSON object with the usual name of
/// one. Other bodies may contain confidential data.
fn error_words(status: u16, content_type: Option<&str>, body: &[u8], secrets: &Secrets) -> Vec<String> {
    let is_problem = content_type.is_some_and(|own| media_type::essence(own).eq_ignore_ascii_case(PROBLEM));
    match decode::<Value>(body) {
        Ok(value) if is_problem || names_error(&value) => ApiError::of_body(status, body, secrets).words(),
        _ => Vec::new(),
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
