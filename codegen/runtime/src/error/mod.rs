//! Everything that can go wrong with a request.

mod advice;
mod api;
mod effort;
#[cfg(feature = "client")]
mod oauth;
pub(crate) mod retry_after;
#[cfg(feature = "client")]
mod transport;

use std::fmt;
use std::time::{Duration, SystemTime};

pub use api::{ApiError, ApiErrorItem};
#[cfg(feature = "client")]
pub(crate) use effort::Effort;
#[cfg(feature = "client")]
pub use oauth::{OAuthError, OAuthErrorKind};
#[cfg(feature = "client")]
pub use transport::{TransportError, TransportErrorKind};

#[cfg(feature = "blocking")]
use crate::blocking::BlockingError;
#[cfg(feature = "client")]
use crate::client::ConfigError;
use crate::decode::error::DecodeError;
#[cfg(feature = "export")]
use crate::export::ExportError;
use crate::request::RequestError;

/// Everything that can go wrong with a request.
///
/// Neither the text of an error nor its debug form shows credentials or the bodies of answers.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request cannot be sent as it is; the server was not asked.
    Request(RequestError),
    /// The client cannot be set up as asked.
    #[cfg(feature = "client")]
    Config(ConfigError),
    /// No access token could be had.
    #[cfg(feature = "client")]
    OAuth(OAuthError),
    /// No complete answer came.
    #[cfg(feature = "client")]
    Transport(TransportError),
    /// The thread cannot be blocked here.
    #[cfg(feature = "blocking")]
    Blocking(BlockingError),
    /// An export cannot go on, or background work was not over in time.
    #[cfg(feature = "export")]
    Export(ExportError),
    /// The server refused.
    Api(Box<ApiError>),
    /// The answer does not have the declared shape.
    Decode(DecodeError),
}

impl Error {
    /// What the server said, if it refused.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Whether the server asks to slow down.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.api().is_some_and(ApiError::is_rate_limited)
    }

    /// Why an export cannot go on, if that is what it is about.
    #[cfg(feature = "export")]
    #[must_use]
    pub fn export(&self) -> Option<&ExportError> {
        match self {
            Self::Export(error) => Some(error),
            _ => None,
        }
    }

    /// Whether there is nothing at that address.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.api().is_some_and(ApiError::is_not_found)
    }

    /// When to ask again, as the server sent it: mostly seconds, sometimes a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<&str> {
        self.api().and_then(ApiError::retry_after)
    }

    /// How long to wait from now on before asking again, if the server sent seconds or a date to come.
    #[must_use]
    pub fn retry_after_from(&self, now: SystemTime) -> Option<Duration> {
        self.api()?.retry_after_from(now)
    }

    /// Whether an export was asked for records that are too new: all older ones have been read, and a minute
    /// later there may be more.
    #[must_use]
    pub fn is_caught_up(&self) -> bool {
        self.api().is_some_and(ApiError::is_too_early)
    }

    /// Whether it took too long, here or on the server's side: asking for less at once may help.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            #[cfg(feature = "client")]
            Self::Transport(error) => error.kind() == TransportErrorKind::Timeout,
            #[cfg(feature = "client")]
            Self::OAuth(error) => error.cause().is_some_and(Self::is_timeout),
            Self::Api(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// Whether the answer broke off: asking for less at once may help.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        match self {
            #[cfg(feature = "client")]
            Self::Transport(error) => error.kind() == TransportErrorKind::Body,
            Self::Decode(error) => error.is_cut(),
            _ => false,
        }
    }

    /// How many times the request went out: 0 if never, 1 if an answer came that cannot be read.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.effort().attempts
    }

    /// How long the client waited between these attempts.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.effort().waited
    }

    fn effort(&self) -> effort::Effort {
        match self {
            #[cfg(feature = "client")]
            Self::Transport(error) => error.effort,
            #[cfg(feature = "client")]
            Self::OAuth(error) => error.cause().map_or(effort::Effort::NONE, Self::effort),
            Self::Api(error) => error.effort,
            Self::Decode(_) => effort::Effort::default(),
            _ => effort::Effort::NONE,
        }
    }

    /// The same error with what was tried before it was given up on.
    #[cfg(feature = "client")]
    pub(crate) fn after(mut self, effort: Effort) -> Self {
        match &mut self {
            Self::Transport(error) => error.effort = effort,
            Self::Api(error) => error.effort = effort,
            _ => {}
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::Config(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::OAuth(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::Transport(error) => error.fmt(f),
            #[cfg(feature = "blocking")]
            Self::Blocking(error) => error.fmt(f),
            #[cfg(feature = "export")]
            Self::Export(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => write!(f, "the answer does not have the declared shape: {error}"),
        }
    }
}

/// The source is that of the error inside, whose own text is part of this one's.
impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Request(error) => error.source(),
            #[cfg(feature = "client")]
            Self::Config(error) => error.source(),
            #[cfg(feature = "client")]
            Self::OAuth(error) => error.source(),
            #[cfg(feature = "client")]
            Self::Transport(error) => error.source(),
            #[cfg(feature = "blocking")]
            Self::Blocking(error) => error.source(),
            #[cfg(feature = "export")]
            Self::Export(error) => error.source(),
            Self::Api(error) => error.source(),
            Self::Decode(error) => error.source(),
        }
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

#[cfg(feature = "client")]
impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

#[cfg(feature = "client")]
impl From<OAuthError> for Error {
    fn from(error: OAuthError) -> Self {
        Self::OAuth(error)
    }
}

#[cfg(feature = "client")]
impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

#[cfg(feature = "blocking")]
impl From<BlockingError> for Error {
    fn from(error: BlockingError) -> Self {
        Self::Blocking(error)
    }
}

#[cfg(feature = "export")]
impl From<ExportError> for Error {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}
