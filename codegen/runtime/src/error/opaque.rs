//! The error type that all calls return.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::api_error::ApiError;
use super::attempts::Attempts;
#[cfg(feature = "client")]
use super::config::ConfigProblem;
#[cfg(feature = "export")]
use super::export::ExportError;
use super::kind::ErrorKind;
#[cfg(feature = "export")]
use super::page_failure::PageFailure;
use super::received_response::ReceivedResponse;
#[cfg(feature = "blocking")]
use super::runtime::RuntimeFailure;
#[cfg(feature = "client")]
use super::token::{TokenFailure, TokenProblem};
#[cfg(feature = "client")]
use super::transport::TransportFailure;
use crate::decode::error::DecodeError;
use crate::model::node::Decode;
use crate::nodes::lenient::Lenient;
use crate::request::RequestError;
#[cfg(feature = "export")]
use crate::secrets::Secrets;
#[cfg(feature = "client")]
use crate::tokens::Tokens;

/// An error of the client.
///
/// [`kind`](Self::kind) returns its kind. The docs of each [`ErrorKind`] state what to do about it. Predicates such as
/// [`is_timeout`](Self::is_timeout) cover the most frequent cases. [`api_error`](Self::api_error),
/// [`decode_error`](Self::decode_error), [`request_error`](Self::request_error) and `export_error` return the details.
///
/// # Messages
///
/// `{error}` prints what happened and, if known, what to do. It contains the details, but not the
/// [source](StdError::source), which is an error of a lower layer, such as the `std::io::Error` of a failed connection.
/// `{error:#}` appends the chain of sources, as `anyhow` does. None of these, nor `{error:?}`, prints credentials or
/// entire bodies.
///
/// ```
/// # use clientwright_runtime::{Error, ErrorKind};
/// fn report(error: &Error) {
///     match error.kind() {
///         ErrorKind::Status if error.is_not_found() => println!("there is no such record"),
///         ErrorKind::Status => println!("{error}, request {:?}", error.request_id()),
///         ErrorKind::InvalidGrant => println!("please sign in again"),
///         _ => eprintln!("{error:#}"),
///     }
/// }
/// ```
pub struct Error(Box<ErrorInner>);

struct ErrorInner {
    detail: Detail,
    attempts: Attempts,
    #[cfg(feature = "export")]
    page: Option<PageFailure>,
}

#[derive(Debug)]
enum Detail {
    Request(RequestError),
    #[cfg(feature = "client")]
    Config(ConfigProblem),
    #[cfg(feature = "blocking")]
    Runtime(RuntimeFailure),
    #[cfg(feature = "client")]
    Token(TokenFailure),
    #[cfg(feature = "client")]
    Transport(TransportFailure),
    Api(ApiError),
    /// The error that an item of a stream reports.
    #[cfg(feature = "client")]
    Event(ApiError),
    Decode(DecodeError, Option<ReceivedResponse>),
    #[cfg(feature = "export")]
    Export(ExportError),
}

impl Error {
    fn new(detail: Detail, attempts: Attempts) -> Self {
        Self(Box::new(ErrorInner {
            detail,
            attempts,
            #[cfg(feature = "export")]
            page: None,
        }))
    }

    /// Returns what kind of error occurred. The docs of each [`ErrorKind`] state what to do about it.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &self.0.detail {
            Detail::Request(_) => ErrorKind::Request,
            #[cfg(feature = "client")]
            Detail::Config(_) => ErrorKind::Config,
            #[cfg(feature = "blocking")]
            Detail::Runtime(_) => ErrorKind::Runtime,
            #[cfg(feature = "client")]
            Detail::Token(failure) => failure.kind(),
            #[cfg(feature = "client")]
            Detail::Transport(failure) => failure.kind,
            Detail::Api(_) => ErrorKind::Status,
            #[cfg(feature = "client")]
            Detail::Event(_) => ErrorKind::ErrorEvent,
            Detail::Decode(..) => ErrorKind::Decode,
            #[cfg(feature = "export")]
            Detail::Export(_) => ErrorKind::Export,
        }
    }

    /// Returns the error response, or the error that an item of a stream reports, if there is one.
    #[must_use]
    pub fn api_error(&self) -> Option<&ApiError> {
        match &self.0.detail {
            Detail::Api(error) => Some(error),
            #[cfg(feature = "client")]
            Detail::Event(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the decode error, if the response could not be decoded.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.0.detail {
            Detail::Decode(error, _) => Some(error),
            _ => None,
        }
    }

    /// Returns the successful response that could not be decoded: its status code, media type and body.
    #[must_use]
    pub fn received_response(&self) -> Option<&ReceivedResponse> {
        match &self.0.detail {
            Detail::Decode(_, response) => response.as_ref(),
            _ => None,
        }
    }

    /// Decodes the response that doesn't match its declared type, and leaves out what doesn't match: the value that
    /// `Client::send_lenient` would have returned. `T` is the type of the response.
    ///
    /// `None` if this is another error, a required part of the response doesn't match, or it is longer than 8 MiB.
    #[must_use]
    pub fn decode_lenient<T: Decode>(&self) -> Option<Lenient<T>> {
        self.received_response().and_then(|response| response.decode_lenient().ok())
    }

    /// Returns the request error, if the request is not valid.
    #[must_use]
    pub fn request_error(&self) -> Option<&RequestError> {
        match &self.0.detail {
            Detail::Request(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the export error, if an export or a wait can't continue.
    #[cfg(feature = "export")]
    #[must_use]
    pub fn export_error(&self) -> Option<&ExportError> {
        match &self.0.detail {
            Detail::Export(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the status code of the error response, if there is one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match &self.0.detail {
            Detail::Api(error) => Some(error.status()),
            _ => None,
        }
    }

    /// Returns the request ID in the error response, if there is one. Quote it when you report a problem to the
    /// vendor.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.api_error().and_then(ApiError::request_id)
    }

    /// Returns the delay before the next attempt that the server requests, counted from when the response arrived.
    ///
    /// It is the value of the `Retry-After` header, in seconds or as a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.api_error().and_then(ApiError::retry_after)
    }

    /// Returns how many times the request was sent; 0 if it was not sent.
    ///
    /// If a token request failed, this is the number of its attempts. If the response could not be decoded, this is
    /// always 1, except in exports: a complete response never causes another attempt, except for the status codes of the
    /// retry policy. In exports, a request for a smaller page is another request.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.failed_request().0.attempts.count
    }

    /// Returns the total delay between the attempts.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.failed_request().0.attempts.waited
    }

    /// Returns true if the request may have reached the server. If false, it is safe to send it again.
    #[must_use]
    pub fn may_have_arrived(&self) -> bool {
        match &self.0.detail {
            #[cfg(feature = "client")]
            Detail::Transport(failure) => failure.may_have_arrived(),
            Detail::Api(_) | Detail::Decode(..) => true,
            #[cfg(feature = "client")]
            Detail::Event(_) => true,
            #[cfg(feature = "export")]
            Detail::Export(_) => true,
            _ => false,
        }
    }

    /// Returns the host of the redirect, or of the URL in the response, that the client did not follow.
    #[must_use]
    pub fn rejected_host(&self) -> Option<&str> {
        match &self.0.detail {
            #[cfg(feature = "client")]
            Detail::Transport(failure) => failure.host.as_deref(),
            _ => None,
        }
    }

    /// Returns the new tokens that the store could not save, for an error of the kind [`ErrorKind::TokenStore`]. The
    /// old ones are no longer valid.
    #[cfg(feature = "client")]
    #[must_use]
    pub fn unsaved_tokens(&self) -> Option<&Tokens> {
        match &self.0.detail {
            Detail::Token(failure) => failure.unsaved.as_ref(),
            _ => None,
        }
    }

    /// Returns the error of the token request if that failed, otherwise this error.
    pub(super) fn failed_request(&self) -> &Self {
        #[cfg(feature = "client")]
        if let Detail::Token(failure) = &self.0.detail
            && let Some(error) = failure.source().and_then(<dyn StdError>::downcast_ref::<Self>)
        {
            return error;
        }
        self
    }

    /// Creates the error of a successful response that could not be decoded.
    #[cfg(feature = "client")]
    pub(crate) fn unreadable(error: DecodeError, response: ReceivedResponse) -> Self {
        Self::new(Detail::Decode(error, Some(response)), Attempts::default())
    }

    /// Creates the error that an item of a stream reports.
    #[cfg(feature = "client")]
    pub(crate) fn event(error: ApiError) -> Self {
        Self::new(Detail::Event(error), Attempts::default())
    }

    /// Sets the attempts of a request that failed at the server or in transport.
    #[cfg(feature = "client")]
    pub(crate) fn after(mut self, attempts: Attempts) -> Self {
        if matches!(self.0.detail, Detail::Transport(_) | Detail::Api(_) | Detail::Decode(..)) {
            self.0.attempts = attempts;
        }
        self
    }

    /// Hides credentials in the host of a URL that the server sent.
    #[cfg(feature = "export")]
    pub(crate) fn with_redacted_host(mut self, secrets: &Secrets) -> Self {
        if let Detail::Transport(failure) = self.0.detail {
            self.0.detail = Detail::Transport(failure.redacted(secrets));
        }
        self
    }

    /// Adds which page of an export failed, and what to do.
    #[cfg(feature = "export")]
    pub(crate) fn with_page(mut self, page: PageFailure) -> Self {
        self.0.page = Some(page);
        self
    }

    /// Returns true if the server no longer accepts the cursor of an export, such as one from an old checkpoint.
    ///
    /// Start the export without the checkpoint, from the time that it had reached. The export can do that itself:
    /// `Export::restart_rejected_cursor`.
    #[cfg(feature = "export")]
    #[must_use]
    pub fn is_rejected_cursor(&self) -> bool {
        matches!(self.0.page, Some(PageFailure::RejectedCursor { .. }))
    }

    /// Turns the error of a token request into the reason why there is no access token.
    #[cfg(feature = "client")]
    pub(crate) fn into_token_failure(self) -> TokenFailure {
        let problem = match self.api_error() {
            Some(error) if error.code() == Some("invalid_grant") => TokenProblem::InvalidGrant,
            Some(_) => TokenProblem::Status,
            None => TokenProblem::Request,
        };
        TokenFailure::of_request(problem, self)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.detail {
            Detail::Request(error) => write!(f, "{error}"),
            #[cfg(feature = "client")]
            Detail::Config(problem) => write!(f, "{problem}"),
            #[cfg(feature = "blocking")]
            Detail::Runtime(failure) => write!(f, "{failure}"),
            #[cfg(feature = "client")]
            Detail::Token(failure) => write!(f, "{failure}"),
            #[cfg(feature = "client")]
            Detail::Transport(failure) => write!(f, "{failure}"),
            Detail::Api(error) => write!(f, "{error}"),
            #[cfg(feature = "client")]
            Detail::Event(error) => error.describe_event(f),
            Detail::Decode(error, Some(response)) => response.describe(error, f),
            Detail::Decode(error, None) => write!(f, "{}: {error}", ErrorKind::Decode),
            #[cfg(feature = "export")]
            Detail::Export(error) => write!(f, "{error}"),
        }?;
        #[cfg(feature = "export")]
        if let Some(page) = &self.0.page {
            write!(f, "; {page}")?;
        }
        self.0.attempts.fmt(f)?;
        if f.alternate() {
            let mut source = self.source();
            while let Some(error) = source {
                write!(f, ": {error}")?;
                source = error.source();
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("detail", &self.0.detail)
            .field("attempts", &self.attempts())
            .field("waited", &self.waited())
            .finish()
    }
}

/// The source is an error of a lower layer, whose message isn't part of this error's message. The details that
/// [`Error::api_error`], [`Error::decode_error`] and similar methods return are not sources.
impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.detail {
            Detail::Request(error) => error.source(),
            #[cfg(feature = "client")]
            Detail::Config(problem) => problem.source(),
            #[cfg(feature = "blocking")]
            Detail::Runtime(failure) => failure.source(),
            #[cfg(feature = "client")]
            Detail::Token(failure) => failure.source(),
            #[cfg(feature = "client")]
            Detail::Transport(failure) => failure.source(),
            Detail::Api(error) => error.source(),
            #[cfg(feature = "client")]
            Detail::Event(error) => error.source(),
            Detail::Decode(error, _) => error.source(),
            #[cfg(feature = "export")]
            Detail::Export(error) => error.source(),
        }
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::new(Detail::Request(error), Attempts::NONE)
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::new(Detail::Api(error), Attempts::default())
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::new(Detail::Decode(error, None), Attempts::default())
    }
}

#[cfg(feature = "export")]
impl From<ExportError> for Error {
    fn from(error: ExportError) -> Self {
        Self::new(Detail::Export(error), Attempts::NONE)
    }
}

#[cfg(feature = "client")]
impl From<ConfigProblem> for Error {
    fn from(problem: ConfigProblem) -> Self {
        Self::new(Detail::Config(problem), Attempts::NONE)
    }
}

#[cfg(feature = "blocking")]
impl From<RuntimeFailure> for Error {
    fn from(failure: RuntimeFailure) -> Self {
        Self::new(Detail::Runtime(failure), Attempts::NONE)
    }
}

#[cfg(feature = "client")]
impl From<TransportFailure> for Error {
    fn from(failure: TransportFailure) -> Self {
        Self::new(Detail::Transport(failure), Attempts::default())
    }
}

#[cfg(feature = "client")]
impl From<TokenFailure> for Error {
    fn from(failure: TokenFailure) -> Self {
        Self::new(Detail::Token(failure), Attempts::NONE)
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::time::Duration;

    use super::{ApiError, Error, ErrorKind};
    use crate::decode;

    /// Prints an error as reporters such as `anyhow` do.
    fn chain(error: &Error) -> String {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(error) = source {
            text.push_str(&format!("\n{error}"));
            source = error.source();
        }
        text
    }

    fn decode_error() -> Error {
        decode::<i64>(b"\"x\"").unwrap_err().into()
    }

    #[test]
    fn an_error_is_one_pointer_wide() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn details_are_part_of_the_message_and_are_not_sources() {
        let api: Error = ApiError::new(404, [], br#"{"error": "RecordNotFound"}"#).into();
        for (error, part) in [(api, "RecordNotFound"), (decode_error(), "line 1")] {
            assert_eq!(chain(&error).matches(part).count(), 1, "{error}");
            assert_eq!(format!("{error:#}"), error.to_string());
        }
    }

    #[test]
    fn predicates_match_the_kind_and_the_status() {
        let error: Error = ApiError::new(429, [("retry-after", "7"), ("x-request-id", "r1")], b"").into();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(429)));
        assert!(error.is_status() && error.is_rate_limited() && error.may_have_arrived());
        assert!(!error.is_timeout() && !error.is_not_found() && !error.is_request());
        assert_eq!((error.retry_after(), error.request_id()), (Some(Duration::from_secs(7)), Some("r1")));
        assert!(Error::from(ApiError::new(504, [], b"")).is_timeout());
        let error = decode_error();
        assert!(error.is_decode() && error.decode_error().is_some() && error.api_error().is_none());
    }

    #[cfg(feature = "client")]
    #[test]
    fn sources_are_printed_once() {
        use crate::error::TokenFailure;
        use crate::tokens::Tokens;

        let failure = TokenFailure::not_saved(Tokens::new("s3cret", "s3cret"), "the disk is full".into());
        let error = Error::from(failure);
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::TokenStore, 0));
        assert_eq!(chain(&error).matches("the disk is full").count(), 1);
        assert_eq!(format!("{error:#}"), chain(&error).replace('\n', ": "));
        assert!(error.unsaved_tokens().is_some() && error.is_token());
        assert!(!format!("{error:#} {error:?}").contains("s3cret"));

        let response = ApiError::new(504, [], br#"{"error": "Busy"}"#);
        let error = Error::from(Error::from(response).into_token_failure());
        assert_eq!(error.kind(), ErrorKind::Token);
        assert!(error.is_timeout() && !error.is_status());
        assert_eq!(chain(&error).matches("Busy").count(), 1);
        assert!(error.source().is_some_and(<dyn std::error::Error>::is::<Error>));
    }
}
