//! Everything that can go wrong with a request.

mod advice;
mod api;
#[cfg(feature = "client")]
mod transport;

use std::fmt;

pub use api::{ApiError, ApiErrorItem};
#[cfg(feature = "client")]
pub use transport::{TransportError, TransportErrorKind};

#[cfg(feature = "client")]
use crate::client::ConfigError;
use crate::request::RequestError;
use crate::wire::DecodeError;

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
    /// No complete answer came.
    #[cfg(feature = "client")]
    Transport(TransportError),
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
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::Config(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::Transport(error) => error.fmt(f),
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
            Self::Transport(error) => error.source(),
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
impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
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
