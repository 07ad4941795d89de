//! The head of a response whose body is read while it arrives.

use reqwest::header::HeaderMap;

use crate::client::observer::Observer;
use crate::client::transport::OpenResponse;
use crate::decode::error::DecodeError;
use crate::model::node::Decode;
use crate::response::ResponseHeader;

/// The status code and headers of a response.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
}

impl Head {
    pub(super) fn of(response: &OpenResponse) -> Self {
        Self { status: response.status(), headers: response.headers().clone() }
    }

    /// Returns the value of a header; the first one if there are several.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the value of a declared header.
    pub(super) fn typed<H: Decode>(&self, header: ResponseHeader<H>) -> Result<Option<H>, DecodeError> {
        header.parse(self.headers.get_all(header.name()).iter().filter_map(|line| line.to_str().ok()))
    }

    /// Returns the names and values of all headers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }
}

/// Observes nothing.
pub(super) struct NoObserver;

impl Observer for NoObserver {}
