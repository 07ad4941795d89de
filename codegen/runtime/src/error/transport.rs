//! Requests that got no complete response.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use super::kind::ErrorKind;
use crate::secrets::Secrets;

type BoxError = Box<dyn Error + Send + Sync>;

/// The reason why there is no complete response.
pub(crate) struct TransportFailure {
    pub(super) kind: ErrorKind,
    /// The host of a redirect or of a URL in the response.
    pub(super) host: Option<String>,
    /// Whether the request may have reached the server.
    may_have_arrived: bool,
    /// The maximum size of a body, if it was exceeded.
    maximum: Option<usize>,
    source: Option<BoxError>,
}

impl TransportFailure {
    /// Classifies an error of the HTTP library. Removes its URL, since the query may contain data.
    pub(crate) fn new(error: reqwest::Error) -> Self {
        let error = error.without_url();
        Self::of_library(&error).with_source(Box::new(error))
    }

    /// Classifies an error of the HTTP library, which is a source of another error.
    pub(crate) fn of_library(error: &reqwest::Error) -> Self {
        let kind = if error.is_timeout() {
            ErrorKind::Timeout
        } else if is_tls(error) {
            ErrorKind::Tls
        } else if is_connect(error) {
            ErrorKind::Connect
        } else if is_large_head(error) {
            ErrorKind::TooLarge
        } else if error.is_body() || error.is_decode() {
            ErrorKind::Incomplete
        } else if error.is_request() {
            ErrorKind::Interrupted
        } else {
            ErrorKind::Other
        };
        Self::of_kind(kind, !is_connect(error) && !error.is_builder())
    }

    /// Creates a failure without a source.
    pub(crate) fn of_kind(kind: ErrorKind, may_have_arrived: bool) -> Self {
        Self { kind, host: None, may_have_arrived, maximum: None, source: None }
    }

    /// Returns whether nothing is known of its meaning.
    pub(crate) fn is_other(&self) -> bool {
        self.kind == ErrorKind::Other
    }

    /// Sets what it means.
    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.kind = kind;
        self
    }

    /// Sets the error of a lower layer.
    pub(crate) fn with_source(mut self, source: BoxError) -> Self {
        self.source = Some(source);
        self
    }

    fn without_source(kind: ErrorKind, host: Option<String>) -> Self {
        Self { host, ..Self::of_kind(kind, true) }
    }

    /// Creates the failure of a redirect to a host.
    pub(crate) fn redirect(host: Option<String>) -> Self {
        Self::without_source(ErrorKind::Redirect, host)
    }

    /// Creates the failure of a URL that isn't below the base URL.
    pub(crate) fn cross_origin(host: Option<String>) -> Self {
        Self::without_source(ErrorKind::CrossOrigin, host)
    }

    /// Removes credentials from the host, where the server may have put them, and from the message of the source, where a
    /// transport of the program may have put a URL.
    pub(crate) fn redacted(mut self, secrets: &Secrets) -> Self {
        if let Some(host) = &mut self.host {
            secrets.redact(host);
        }
        let message = self.source().map(ToString::to_string);
        if let Some(Cow::Owned(message)) = message.as_deref().map(|message| secrets.redacted(message)) {
            self.source = Some(message.into());
        }
        self
    }

    /// Creates the failure of a response that ended early.
    pub(crate) fn incomplete() -> Self {
        Self::without_source(ErrorKind::Incomplete, None)
    }

    /// Creates the failure of a response that is larger than a number of bytes.
    pub(crate) fn too_large(maximum: usize) -> Self {
        Self { maximum: Some(maximum), ..Self::without_source(ErrorKind::TooLarge, None) }
    }

    /// Returns false if the request certainly did not reach the server.
    pub(crate) fn may_have_arrived(&self) -> bool {
        self.may_have_arrived
    }

    /// Returns the innermost source: it is the cause. The sources in between are layers of the HTTP library.
    pub(super) fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|error| innermost(&**error))
    }
}

/// Shows the message of the innermost source only: those of the others may contain URLs.
impl fmt::Debug for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportFailure")
            .field("kind", &self.kind)
            .field("host", &self.host)
            .field("may_have_arrived", &self.may_have_arrived)
            .field("maximum", &self.maximum)
            .field("source", &self.source().map(ToString::to_string))
            .finish()
    }
}

/// In a browser, the error doesn't say whether there was a connection.
#[cfg(target_arch = "wasm32")]
fn is_connect(_: &reqwest::Error) -> bool {
    false
}

#[cfg(not(target_arch = "wasm32"))]
fn is_connect(error: &reqwest::Error) -> bool {
    error.is_connect()
}

fn innermost<'e>(error: &'e (dyn Error + 'static)) -> &'e (dyn Error + 'static) {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause
}

/// Returns true if the head of the response has too many or too long fields. The HTTP library doesn't export the type of
/// its error; a test notices another text.
fn is_large_head(error: &(dyn Error + 'static)) -> bool {
    innermost(error).to_string() == "message head is too large"
}

/// In a browser, the error doesn't say whether TLS failed.
#[cfg(target_arch = "wasm32")]
fn is_tls(_: &(dyn Error + 'static)) -> bool {
    false
}

/// Returns true if an error of the TLS library is among the sources.
#[cfg(not(target_arch = "wasm32"))]
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if error.is::<rustls::Error>() {
            return true;
        }
        // `io::Error::source` skips the inner error and returns the source of that one.
        next = match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, &self.host) {
            (ErrorKind::Redirect, Some(host)) => {
                write!(
                    f,
                    "the server redirects to {host}, but redirects are not followed: check the base URL"
                )
            }
            (ErrorKind::Redirect, None) => f.write_str(
                "the server responded with a redirect, but redirects are not followed: check the base URL",
            ),
            (ErrorKind::CrossOrigin, Some(host)) => write!(
                f,
                "the response contains a URL of {host} that is not below the base URL, \
                 so it was not requested: check the base URL"
            ),
            (ErrorKind::CrossOrigin, None) => f.write_str(
                "the response contains a URL that is not below the base URL, \
                 so it was not requested: check the base URL",
            ),
            (kind, _) => {
                kind.fmt(f)?;
                self.maximum.map_or(Ok(()), |maximum| {
                    write!(
                        f,
                        ": its body has more than {maximum} bytes, the maximum that `max_response_size` sets"
                    )
                })
            }
        }
    }
}
