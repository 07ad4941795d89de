//! Failures on the way to the server and back.

use std::error::Error;
use std::fmt;

/// No complete answer came.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    redirect: Option<String>,
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
    /// It took too long.
    Timeout,
    /// The answer broke off.
    Body,
    /// The server pointed to another address; credentials are never taken there.
    Redirect,
    /// Anything else.
    Other,
}

impl TransportError {
    /// Sorts an error of the HTTP library; its address is taken out, because queries may hold data.
    pub(crate) fn new(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let kind = if error.is_timeout() {
            TransportErrorKind::Timeout
        } else if is_tls(&error) {
            TransportErrorKind::Tls
        } else if error.is_connect() {
            TransportErrorKind::Connect
        } else if error.is_body() || error.is_decode() {
            TransportErrorKind::Body
        } else {
            TransportErrorKind::Other
        };
        Self { kind, redirect: None, source: Some(Box::new(error)) }
    }

    /// A redirect to a host.
    pub(crate) fn redirect(host: Option<String>) -> Self {
        Self { kind: TransportErrorKind::Redirect, redirect: host, source: None }
    }

    /// Why no complete answer came.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The host that the server pointed to.
    #[must_use]
    pub fn redirect_host(&self) -> Option<&str> {
        self.redirect.as_deref()
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
        match self.kind {
            TransportErrorKind::Connect => f.write_str("the server cannot be reached")?,
            TransportErrorKind::Tls => f.write_str("no secure connection to the server")?,
            TransportErrorKind::Timeout => f.write_str("the server took too long to answer")?,
            TransportErrorKind::Body => f.write_str("the answer broke off")?,
            TransportErrorKind::Redirect => {
                let host = self.redirect.as_deref().unwrap_or("an unknown place");
                return write!(f, "the server points to {host}, which is not followed: check the subdomain");
            }
            TransportErrorKind::Other => f.write_str("the request failed")?,
        }
        // The innermost cause is the one that says what happened.
        let mut cause = self.source();
        while let Some(next) = cause.and_then(Error::source) {
            cause = Some(next);
        }
        cause.map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
