//! Failures on the way to the server and back.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use super::effort::Effort;

/// No complete answer came.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    host: Option<String>,
    sent: bool,
    pub(super) effort: Effort,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// Why no complete answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made.
    Connect,
    /// The server could not be trusted, or the encryption failed.
    Tls,
    /// The connection broke before an answer came.
    Interrupted,
    /// A time-out of the client ended it.
    Timeout,
    /// The answer broke off, or is JSON that ends too early.
    Body,
    /// The server pointed to another address; credentials are never taken there.
    Redirect,
    /// An address in an answer leads to another place than the client; credentials are never taken there.
    ForeignAddress,
    /// Anything else.
    Other,
}

impl TransportError {
    /// Sorts an error of the HTTP library; its address is taken out, because queries may hold data.
    pub(crate) fn new(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let sent = !error.is_connect() && !error.is_builder();
        let kind = if error.is_timeout() {
            TransportErrorKind::Timeout
        } else if is_tls(&error) {
            TransportErrorKind::Tls
        } else if error.is_connect() {
            TransportErrorKind::Connect
        } else if error.is_body() || error.is_decode() {
            TransportErrorKind::Body
        } else if error.is_request() {
            TransportErrorKind::Interrupted
        } else {
            TransportErrorKind::Other
        };
        Self { kind, host: None, sent, effort: Effort::default(), source: Some(Box::new(error)) }
    }

    fn without_source(kind: TransportErrorKind, host: Option<String>) -> Self {
        Self { kind, host, sent: true, effort: Effort::default(), source: None }
    }

    /// A redirect to a host.
    pub(crate) fn redirect(host: Option<String>) -> Self {
        Self::without_source(TransportErrorKind::Redirect, host)
    }

    /// An address of another host, where one of the same was to be.
    pub(crate) fn foreign_address(host: Option<String>) -> Self {
        Self::without_source(TransportErrorKind::ForeignAddress, host)
    }

    /// An answer that ends too early.
    pub(crate) fn cut_short() -> Self {
        Self::without_source(TransportErrorKind::Body, None)
    }

    /// Why no complete answer came.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The host that the server pointed to, by a redirect or an address in an answer.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// Whether the request can have reached the server: without a connection, certainly not.
    #[must_use]
    pub fn may_have_arrived(&self) -> bool {
        self.sent
    }

    /// How many times the request went out.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.effort.attempts
    }

    /// How long the client waited between these attempts.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.effort.waited
    }
}

/// Whether an error of the TLS library is at the bottom of another one.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if error.is::<rustls::Error>() {
            return true;
        }
        // An `io::Error` passes its inner error over and names that one's source as its own.
        next = match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.host().unwrap_or("an unknown place");
        match self.kind {
            TransportErrorKind::Connect => f.write_str("the server cannot be reached")?,
            TransportErrorKind::Tls => f.write_str("no secure connection to the server")?,
            TransportErrorKind::Interrupted => f.write_str("the connection broke before an answer came")?,
            TransportErrorKind::Timeout => f.write_str("the server took too long to answer")?,
            TransportErrorKind::Body => f.write_str("the answer broke off")?,
            TransportErrorKind::Redirect => {
                write!(f, "the server points to {host}, which is not followed: check the client's address")?;
            }
            TransportErrorKind::ForeignAddress => {
                write!(f, "the answer leads to {host}, which is not followed: check the client's address")?;
            }
            TransportErrorKind::Other => f.write_str("the request failed")?,
        }
        // The innermost cause is the one that says what happened.
        let mut cause = self.source();
        while let Some(next) = cause.and_then(Error::source) {
            cause = Some(next);
        }
        cause.map_or(Ok(()), |cause| write!(f, ": {cause}"))?;
        self.effort.fmt(f)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
