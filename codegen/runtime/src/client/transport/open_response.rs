//! A response whose body isn't read yet.

use std::borrow::Cow;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::SystemTime;

use bytes::Bytes;
use http_body::Body as _;
use reqwest::header::{CONTENT_LENGTH, DATE, HeaderMap, TRANSFER_ENCODING};

use super::failure::body_failure;
use super::http_types::HttpResponse;
use super::limits::{BodyLimits, within};
use crate::api::Api;
use crate::client::raw_response::RawResponse;
use crate::error::{ApiError, Arrival, Error, TransportFailure};
use crate::json::syntax::is_truncated;
use crate::operation::Operation;
use crate::secrets::Secrets;

/// A response whose body isn't read yet.
pub(in crate::client) struct OpenResponse {
    response: HttpResponse,
    api: &'static Api,
    limits: BodyLimits,
    /// Credentials, which the response may repeat.
    secrets: Secrets,
    /// Whether the body of an error response is kept without them.
    hides_body: bool,
}

impl OpenResponse {
    pub(super) fn new(
        response: HttpResponse,
        api: &'static Api,
        limits: BodyLimits,
        secrets: Secrets,
    ) -> Self {
        Self { response, api, limits, secrets, hides_body: false }
    }

    /// Keeps the body of an error response without credentials.
    pub(super) fn hiding_body(self) -> Self {
        Self { hides_body: true, ..self }
    }

    pub(in crate::client) fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    pub(in crate::client) fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// Returns the value of a header field, if it is a string.
    pub(in crate::client) fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    /// Returns the value of a header field without credentials, if it is a string.
    pub(in crate::client) fn redacted_header(&self, name: &str) -> Option<Cow<'_, str>> {
        self.header(name).map(|value| self.secrets.redacted(value))
    }

    /// Returns the time in the header field `Date`.
    pub(in crate::client) fn server_time(&self) -> Option<SystemTime> {
        httpdate::parse_http_date(self.header(DATE.as_str())?).ok()
    }

    /// Returns the length of the body in bytes, if the server states it.
    pub(in crate::client) fn content_length(&self) -> Option<u64> {
        self.response.body().size_hint().exact()
    }

    /// Returns the credentials that the response may repeat.
    pub(in crate::client) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Returns whether the response states where its body ends: by its length or by chunks. Otherwise the end of the
    /// connection ends it, so that a part of it can't be distinguished from all of it (RFC 9112, section 6.3).
    pub(in crate::client) fn is_delimited(&self) -> bool {
        let headers = self.headers();
        self.response.version() > http::Version::HTTP_11
            || headers.contains_key(CONTENT_LENGTH)
            || headers.contains_key(TRANSFER_ENCODING)
    }

    /// Reads the next bytes of the body; `None` at its end.
    pub(in crate::client) async fn chunk(&mut self) -> Result<Option<Bytes>, TransportFailure> {
        loop {
            let remaining = self.limits.remaining();
            let body = self.response.body_mut();
            let frame = poll_fn(|context| Pin::new(&mut *body).poll_frame(context));
            match within(remaining, frame).await? {
                None => return Ok(None),
                Some(Err(error)) => return Err(body_failure(error).redacted(&self.secrets)),
                // Trailers are not read.
                Some(Ok(frame)) => {
                    if let Ok(bytes) = frame.into_data() {
                        return Ok(Some(bytes));
                    }
                }
            }
        }
    }

    /// Turns an error response into its error.
    pub(in crate::client) async fn success(
        self,
        operation: &Operation,
        is_idempotent: bool,
        now: SystemTime,
    ) -> Result<Self, Error> {
        if self.response.status().is_success() || operation.is_declared_redirect(self.status()) {
            return Ok(self);
        }
        Err(self.into_error(is_idempotent, now).await)
    }

    /// Reads a successful response to a request for an operation.
    pub(in crate::client) async fn read(
        mut self,
        operation: &'static Operation,
    ) -> Result<RawResponse, TransportFailure> {
        let (status, server_time, is_delimited) = (self.status(), self.server_time(), self.is_delimited());
        self.limits = self.limits.begun();
        let maximum = self.limits.max_body;
        let body = read_body(&mut self, maximum).await?;
        let headers = std::mem::take(self.response.headers_mut());
        let secrets = self.secrets;
        Ok(RawResponse { operation, status, headers, body, server_time, is_delimited, secrets })
    }

    /// Reads the body. An error response becomes an error.
    pub(in crate::client) async fn body(
        mut self,
        is_idempotent: bool,
        now: SystemTime,
    ) -> Result<Bytes, Error> {
        if self.response.status().is_success() {
            let maximum = self.limits.max_body;
            return Ok(read_body(&mut self, maximum).await?);
        }
        Err(self.into_error(is_idempotent, now).await)
    }

    /// Reads an error response, which becomes an [`ApiError`], with `now` as the time of its arrival.
    ///
    /// If its body is incomplete, the error is that of the transport where the request can be repeated: a second attempt
    /// may give the complete message. Otherwise the status and the start of the body are all that is known.
    async fn into_error(mut self, is_idempotent: bool, now: SystemTime) -> Error {
        self.limits = self.limits.begun();
        let status = self.status();
        let (body, failure) = read_error_body(&mut self).await;
        let body = if self.hides_body { self.secrets.redacted_bytes(body) } else { body };
        let is_temporary = status == 429 || status >= 500;
        if is_idempotent
            && !is_temporary
            && let Some(failure) = failure
        {
            return failure.into();
        }
        let headers =
            self.headers().iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let arrival = Arrival { now, is_idempotent, secrets: &self.secrets };
        ApiError::received(&arrival, self.api, status, headers, &body).into()
    }
}

/// The maximum capacity that is reserved for a body at once, in bytes. The declared length of a body may be wrong.
const MAX_CAPACITY: u64 = 8 << 20;
/// The capacity for a long body is a multiple of this, in bytes. Pages have similar lengths: the memory of one page
/// then fits the next, and the allocator doesn't return it to the system in between.
const CAPACITY_STEP: u64 = 512 << 10;

/// Reads an entire body of at most `maximum` bytes. Chunks are copied as they arrive, so that the connection can reuse
/// their memory.
pub(super) async fn read_body(
    response: &mut OpenResponse,
    maximum: usize,
) -> Result<Bytes, TransportFailure> {
    let too_large = || TransportFailure::too_large(maximum);
    let length = response.content_length().unwrap_or_default();
    if usize::try_from(length).map_or(true, |length| length > maximum) {
        return Err(too_large());
    }
    let capacity = length.min(MAX_CAPACITY);
    let capacity = if capacity > CAPACITY_STEP { capacity.next_multiple_of(CAPACITY_STEP) } else { capacity };
    let mut body = Vec::with_capacity(usize::try_from(capacity).unwrap_or_default());
    while let Some(chunk) = response.chunk().await? {
        if chunk.len() > maximum - body.len() {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.into())
}

/// Reads the body of an error response up to the length that is kept. Also returns why it is incomplete, if it is.
pub(super) async fn read_error_body(response: &mut OpenResponse) -> (Vec<u8>, Option<TransportFailure>) {
    let is_delimited = response.is_delimited();
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(failure) => return (body, Some(failure)),
        }
        if body.len() > ApiError::MAX_BODY {
            return (body, None);
        }
    }
    let is_incomplete = !is_delimited && body.trim_ascii_start().starts_with(b"{") && is_truncated(&body);
    (body, is_incomplete.then(TransportFailure::incomplete))
}
