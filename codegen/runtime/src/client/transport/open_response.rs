//! A response whose body isn't read yet.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::header::{CONTENT_LENGTH, DATE, HeaderMap, TRANSFER_ENCODING};
use reqwest::{Response, Version};
use tokio::time::Instant;

use super::body::{read_body, read_error_body};
use super::sender::{Sender, within};
use crate::api::Api;
use crate::client::raw_response::RawResponse;
use crate::error::{ApiError, Arrival, Error, TransportFailure};
use crate::operation::Operation;
use crate::secrets::Secrets;

/// A response whose body isn't read yet.
pub(in crate::client) struct OpenResponse {
    response: Response,
    api: &'static Api,
    limits: BodyLimits,
    /// Credentials, which the response may repeat.
    secrets: Secrets,
    /// Whether the body of an error response is kept without them.
    hides_body: bool,
}

/// The limits of the body of a response.
#[derive(Clone, Copy, Debug)]
pub(in crate::client) struct BodyLimits {
    /// The maximum size of a body that is read whole, in bytes.
    pub(super) max_body: usize,
    /// When the entire body has to be there, unless the HTTP library cares for it.
    deadline: Option<Instant>,
    /// The maximum time without data, unless the HTTP library cares for it.
    read_timeout: Option<Duration>,
}

impl BodyLimits {
    /// Creates the limits of a response to a request that is sent now.
    pub(super) fn new(sender: &Sender, total: Option<Duration>) -> Self {
        let is_ours = !sender.chain.is_reqwest;
        let deadline = total.filter(|_| is_ours).and_then(|total| Instant::now().checked_add(total));
        Self { max_body: sender.max_body, deadline, read_timeout: sender.read_timeout.filter(|_| is_ours) }
    }

    /// Returns how long the next data may take.
    fn remaining(&self) -> Option<Duration> {
        let deadline = self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        deadline.into_iter().chain(self.read_timeout).min()
    }
}

impl OpenResponse {
    pub(super) fn new(response: Response, api: &'static Api, limits: BodyLimits, secrets: Secrets) -> Self {
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
        self.response.content_length()
    }

    /// Returns the credentials that the response may repeat.
    pub(in crate::client) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Returns whether the response states where its body ends: by its length or by chunks. Otherwise the end of the
    /// connection ends it, so that a part of it can't be distinguished from all of it (RFC 9112, section 6.3).
    pub(in crate::client) fn is_delimited(&self) -> bool {
        let headers = self.headers();
        self.response.version() > Version::HTTP_11
            || headers.contains_key(CONTENT_LENGTH)
            || headers.contains_key(TRANSFER_ENCODING)
    }

    /// Reads the next bytes of the body; `None` at its end.
    pub(in crate::client) async fn chunk(&mut self) -> Result<Option<Bytes>, TransportFailure> {
        let remaining = self.limits.remaining();
        within(remaining, self.response.chunk()).await?.map_err(TransportFailure::new)
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
