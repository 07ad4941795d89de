//! Errors of transports and middleware.

use std::error::Error;
use std::fmt;

use crate::error::{ErrorKind, TransportFailure};

/// An error of a [`Transport`](super::Transport) or a [`Middleware`](super::Middleware) that says what it means. The client
/// decides by it whether the request is sent again.
///
/// The errors of `reqwest` need no conversion. Any other error is of the kind [`Other`](ErrorKind::Other), after which the
/// request is not sent again.
#[derive(Debug)]
pub struct TransportError {
    kind: ErrorKind,
    may_have_arrived: bool,
    source: Option<BoxError>,
}

type BoxError = Box<dyn Error + Send + Sync>;

impl TransportError {
    /// No connection could be established, so the server has not received the request.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self { kind: ErrorKind::Connect, may_have_arrived: false, source: Some(source.into()) }
    }

    /// A timeout expired. The server may have received the request.
    #[must_use]
    pub fn timeout() -> Self {
        Self { kind: ErrorKind::Timeout, may_have_arrived: true, source: None }
    }

    /// The connection was closed before a response arrived. The server may have received the request.
    pub fn interrupted(source: impl Into<BoxError>) -> Self {
        Self { kind: ErrorKind::Interrupted, may_have_arrived: true, source: Some(source.into()) }
    }

    /// The request was not sent, and can't be.
    pub fn rejected(source: impl Into<BoxError>) -> Self {
        Self { kind: ErrorKind::Other, may_have_arrived: false, source: Some(source.into()) }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

/// Classifies an error of a transport or of middleware.
pub(super) fn failure(error: BoxError) -> TransportFailure {
    match error.downcast::<reqwest::Error>() {
        Ok(error) => TransportFailure::new(*error),
        Err(error) => of_sources(&*error).with_source(error),
    }
}

/// Classifies an error by the first of its sources that says what it means.
fn of_sources(error: &(dyn Error + 'static)) -> TransportFailure {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(known) = error.downcast_ref::<TransportError>() {
            return TransportFailure::of_kind(known.kind, known.may_have_arrived);
        }
        if let Some(error) = error.downcast_ref::<reqwest::Error>() {
            return TransportFailure::of_library(error);
        }
        // `io::Error::source` skips the inner error and returns the source of that one.
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    TransportFailure::of_kind(ErrorKind::Other, true)
}

/// Classifies an error within the body of a response: the body is incomplete, unless the error says something else.
pub(super) fn body_failure(error: BoxError) -> TransportFailure {
    let failure = failure(error);
    if failure.is_other() { failure.with_kind(ErrorKind::Incomplete) } else { failure }
}
