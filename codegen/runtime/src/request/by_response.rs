//! Requests by the kind of their response. Emitted code creates its requests here.

use super::parts::RequestParts;
use super::typed_request::Request;
use crate::decode::error::DecodeError;
use crate::model::node::Decode;
use crate::operation::Operation;
use crate::response::{Events, FromResponse, Received, Redirect};

#[doc(hidden)]
impl<T: Decode> Request<T> {
    /// Creates a request whose response is JSON.
    pub fn new(operation: &'static Operation) -> Self {
        Self { parts: RequestParts::new(operation), decode: |response| response.json() }
    }
}

#[doc(hidden)]
impl<T: Decode> Request<Vec<T>> {
    /// Creates a request whose response is a sequence of JSON values.
    pub fn items(operation: &'static Operation) -> Self {
        Self { parts: RequestParts::new(operation), decode: |response| response.items() }
    }
}

#[doc(hidden)]
impl<T: Decode> Request<Events<T>> {
    /// Creates a request whose response is a stream of items.
    pub fn events(operation: &'static Operation) -> Self {
        Self { parts: RequestParts::new(operation), decode: |response| response.events() }
    }
}

#[doc(hidden)]
impl<T: FromResponse> Request<T> {
    /// Creates a request for which the status code of the response decides how it is read.
    pub fn by_status(operation: &'static Operation) -> Self {
        Self { parts: RequestParts::new(operation), decode: T::from_response }
    }
}

#[doc(hidden)]
impl Request<Redirect> {
    /// Creates a request whose response is a redirect.
    pub fn redirect(operation: &'static Operation) -> Self {
        Self { parts: RequestParts::new(operation), decode: |response| Ok(response.redirect()) }
    }
}

#[doc(hidden)]
impl<T: Decode> Request<Option<T>> {
    /// Creates a request whose response is JSON or empty.
    pub fn or_empty(operation: &'static Operation) -> Self {
        // Null is no content either.
        let decode = |response: &Received<'_>| if response.is_empty() { Ok(None) } else { response.json() };
        Self { parts: RequestParts::new(operation), decode }
    }
}

#[doc(hidden)]
impl<T: Decode> Request<Option<Vec<T>>> {
    /// Creates a request whose response is a sequence of JSON values or empty.
    pub fn items_or_empty(operation: &'static Operation) -> Self {
        let decode = |response: &Received<'_>| unless_empty(response, Received::items);
        Self { parts: RequestParts::new(operation), decode }
    }
}

#[doc(hidden)]
impl Request<String> {
    /// Creates a request whose response is text.
    pub fn text(operation: &'static Operation) -> Self {
        Self { parts: RequestParts::new(operation), decode: |response| response.text() }
    }
}

#[doc(hidden)]
impl Request<Option<String>> {
    /// Creates a request whose response is text or empty.
    pub fn text_or_empty(operation: &'static Operation) -> Self {
        let decode = |response: &Received<'_>| unless_empty(response, Received::text);
        Self { parts: RequestParts::new(operation), decode }
    }
}

#[doc(hidden)]
impl Request<Vec<u8>> {
    /// Creates a request whose response is bytes.
    pub fn bytes(operation: &'static Operation) -> Self {
        Self { parts: RequestParts::new(operation), decode: |response| Ok(response.bytes()) }
    }
}

#[doc(hidden)]
impl Request<Option<Vec<u8>>> {
    /// Creates a request whose response is bytes or empty.
    pub fn bytes_or_empty(operation: &'static Operation) -> Self {
        let decode = |response: &Received<'_>| unless_empty(response, |response| Ok(response.bytes()));
        Self { parts: RequestParts::new(operation), decode }
    }
}

/// Reads a response that may have no content.
fn unless_empty<'a, T>(
    response: &Received<'a>,
    read: impl FnOnce(&Received<'a>) -> Result<T, DecodeError>,
) -> Result<Option<T>, DecodeError> {
    if response.is_empty() { Ok(None) } else { read(response).map(Some) }
}
