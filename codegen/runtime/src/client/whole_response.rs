//! A response with its status code and headers.

use std::fmt;

use reqwest::header::HeaderMap;

use super::raw_response::RawResponse;
use crate::decode::error::DecodeError;
use crate::decode::mismatch::Mismatches;
use crate::model::node::Decode;
use crate::nodes::lenient::Lenient;
use crate::response::ResponseHeader;

/// A successful response: its value, status code and headers. [`Client::send_whole`](crate::Client::send_whole) returns
/// it.
#[derive(Clone)]
#[must_use]
pub struct Response<T> {
    status: u16,
    headers: HeaderMap,
    value: Lenient<T>,
}

impl<T> Response<T> {
    pub(super) fn new(raw: RawResponse, value: Lenient<T>) -> Self {
        Self { status: raw.status, headers: raw.headers, value }
    }

    /// Returns the status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the value of a header; the first one if there are several. `None` if it is missing, or not visible ASCII:
    /// then [`headers`](Self::headers) has its bytes.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the names and values of all headers. The names are in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }

    /// Returns the value of a header that the description declares; `None` if it is missing.
    ///
    /// # Errors
    ///
    /// Returns an error if the value doesn't match the declared type.
    pub fn typed_header<H: Decode>(&self, header: ResponseHeader<H>) -> Result<Option<H>, DecodeError> {
        header.parse(self.headers.get_all(header.name()).iter().filter_map(|line| line.to_str().ok()))
    }

    /// Returns the value: what [`Client::send`](crate::Client::send) returns.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value.value
    }

    /// Converts into the value.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value.value
    }

    /// Returns the value with what was left out of it. Encoded, it is what the server sent.
    pub fn lenient(&self) -> &Lenient<T> {
        &self.value
    }

    /// Returns what doesn't match the declared type, and was left out of the value. Unless the client is
    /// [lenient](crate::ClientBuilder::lenient), these are only numbers and times beyond the range of their types.
    #[must_use]
    pub fn mismatches(&self) -> &Mismatches {
        &self.value.mismatches
    }
}

/// Shows only the names of the headers, because their values may contain cookies.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.keys().collect();
        let mut output = f.debug_struct("Response");
        output
            .field("status", &self.status)
            .field("headers", &names)
            .field("value", &self.value.value)
            .finish()
    }
}
