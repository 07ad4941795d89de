//! A successful response whose body has arrived.

use std::time::SystemTime;

use bytes::Bytes;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, LOCATION};
use tracing::warn;

use crate::decode::error::DecodeError;
use crate::decode::mismatch::Mismatches;
use crate::error::{Error, ReceivedResponse};
use crate::nodes::lenient::Lenient;
use crate::operation::Operation;
use crate::request::Request;
use crate::response::Received;
use crate::secrets::Secrets;

/// A successful response whose body has arrived.
pub(crate) struct RawResponse {
    pub(super) operation: &'static Operation,
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The header field `Date`.
    pub(crate) server_time: Option<SystemTime>,
    /// Whether the server states where the body ends, so that it is certainly complete.
    pub(super) is_delimited: bool,
    /// Credentials, which the response may repeat.
    pub(super) secrets: Secrets,
}

impl RawResponse {
    /// Returns whether the body may lack its end: only the end of the connection has ended it.
    pub(crate) fn may_be_cut(&self) -> bool {
        !self.is_delimited && !self.body.is_empty()
    }

    /// Reads the response to a request. In lenient mode, leaves out what doesn't match.
    pub(crate) fn decode<T>(
        &self,
        request: &Request<T>,
        is_lenient: bool,
    ) -> Result<Lenient<T>, DecodeError> {
        request.read(Received { is_lenient, ..self.received() })
    }

    fn received(&self) -> Received<'_> {
        Received {
            operation: self.operation,
            status: self.status,
            content_type: self.header(&CONTENT_TYPE),
            encoding: self.header(&CONTENT_ENCODING),
            location: self.header(&LOCATION),
            body: &self.body,
            left_out: None,
            is_lenient: false,
        }
    }

    /// Logs what was left out of the response.
    pub(crate) fn log_mismatches(&self, mismatches: &Mismatches) {
        if mismatches.total() > 0 {
            let mismatches = self.secrets.redacted(&mismatches.to_string()).into_owned();
            warn!(operation = self.operation.id(), %mismatches, "the response doesn't match its declared type");
        }
    }

    /// Returns the credentials that no error may show.
    #[cfg(feature = "export")]
    pub(crate) fn secrets(&self) -> Secrets {
        self.secrets.clone()
    }

    /// Returns whether the body is JSON.
    pub(super) fn is_json(&self) -> bool {
        crate::json::syntax::is_valid(&self.body)
    }

    /// Turns the response into the error that it has content of another kind than the declared one.
    #[cold]
    pub(super) fn into_foreign(self) -> Error {
        let error = self.received().unexpected_content();
        self.into_error(error)
    }

    /// Turns the response into the error that it is not what was requested, such as a page of records.
    #[cfg(feature = "export")]
    #[cold]
    pub(crate) fn into_unexpected(self, error: DecodeError) -> Error {
        let error = self.received().explained(&self.body, error);
        self.into_error(error)
    }

    /// Turns the response into the error that it can't be decoded, which contains it.
    #[cold]
    pub(crate) fn into_error(self, error: DecodeError) -> Error {
        let content_type = self.header(&CONTENT_TYPE).map(str::to_owned);
        let error = error.redacted(&self.secrets);
        let response = ReceivedResponse::new(self.status, content_type, self.body.into(), &self.secrets);
        Error::unreadable(error, response)
    }

    fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
